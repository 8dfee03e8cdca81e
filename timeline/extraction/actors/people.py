"""The people of a document: full names first, then the surnames, first names and nicknames that stand for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from timeline.extraction.actors.register import Actor, Register, key
from timeline.extraction.actors.sightings import PARTICLES, PERSON, PLACE, Sighting
from timeline.extraction.actors.standing import (
    has_article,
    in_credits,
    is_called_a_body,
    is_passing,
    may_be_person,
    may_be_place,
    stands_as_place,
)
from timeline.extraction.names import (
    first_names,
    fold,
    gendered_titles,
    honorifics,
    is_short_for,
    is_slip_of,
    normal_form,
    short_forms,
    word_list,
)
from timeline.vocabulary import ActorKind

# Where the surname stands before the given name.
_SURNAME_FIRST = frozenset({"china", "taiwan", "north-korea", "south-korea", "vietnam", "cambodia"})
# Forms of address that stand before a given name: "Sir Keir".
_BEFORE_GIVEN_NAMES = frozenset(["sir", "dame", "lord", "lady", "prince", "princess", "king", "queen", "pope"])


def find_people(register: Register) -> None:
    """Enter everybody who is named."""
    _People(register).find()


class _People:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.people: dict[str, list[Actor]] = defaultdict(list)
        self.middle: dict[str, list[Actor]] = defaultdict(list)
        self.given: dict[str, list[Actor]] = defaultdict(list)
        self.nicknamed: dict[str, list[Actor]] = defaultdict(list)

    def find(self) -> None:
        self._surnames(self._full_names())

    def _full_names(self) -> list[Sighting]:
        """Everybody who is named in full; the names that need them are left for later."""
        later = []
        guesses = self.register.labels
        endings = {ending for text, label in guesses.items() if label == PERSON for ending in _long_endings(text)}
        for sighting in self.register.sightings:
            hits = [hit for hit in sighting.hits if hit.entry.kind is ActorKind.PERSON]
            if hits and not all(hit.alias.alone for hit in hits):
                self.register.known(self.register.choose([hit for hit in hits if not hit.alias.alone])).add(sighting)
            elif hits:
                if not is_called_a_body(sighting):
                    later.append(sighting)
            elif not sighting.hits and guesses[sighting.text] == PERSON and not in_credits(sighting):
                if sighting.is_alone or key(sighting.text) in endings:
                    later.append(sighting)
                elif not may_be_place(sighting) and self._may_be_person(sighting):
                    entry = self.register.knowledge.figure(sighting.text)
                    (self.register.known(entry) if entry else self._person(sighting.text)).add(sighting)
        self._by_first_names(later)
        self._join_spellings()
        for actor in self.register.actors:
            for name in {actor.full_name, *actor.names}:
                parts = [key(part) for part in name.split() if part.rstrip(".") not in ("Jr", "Sr", "II", "III")]
                if len(parts) > 1:
                    own = {parts[0]} if self._has_surname_first(actor, name) else set()
                    for ending in own | {
                        parts[-1],
                        *parts[-1].split("-")[-1:],
                        " ".join(parts[-2:]),
                        *_long_endings(name),
                    }:
                        if actor not in self.people[ending]:
                            self.people[ending].append(actor)
                    # "Rosselló" of "Ricardo Rosselló Nevares": the first of two surnames.
                    if len(parts) == 3 and not actor.entry and name.split()[1] not in first_names():
                        self.middle[parts[1]].append(actor)
                    if actor not in self.given[parts[0]]:
                        self.given[parts[0]].append(actor)
                    for short in short_forms(parts[0]):
                        if actor not in self.nicknamed[short]:
                            self.nicknamed[short].append(actor)
        return later

    @staticmethod
    def _has_surname_first(actor: Actor, name: str) -> bool:
        """Whether a name is written with the surname first, as Chinese, Koreans and Vietnamese do."""
        if actor.entry is not None:
            return actor.entry.country in _SURNAME_FIRST
        first, *rest = name.split()
        given = fold(rest[0]) not in first_names() if rest else False
        return first in word_list("en", "surnames_first.txt") and (fold(first) not in first_names() or given)

    def _join_spellings(self) -> None:
        """Make one person of two full names that differ in a middle or further surname, a nickname or an initial.

        Only where one other person of the document suits: "John Luk" and "John Luk Jok", "Mike" and "Michael Purdy".
        """
        people = [actor for actor in self.register.actors if actor.kind is ActorKind.PERSON]
        parts = {id(actor): normal_form(actor.full_name).split() for actor in people}
        for actor in people:
            mine = parts[id(actor)]
            if actor.entry is not None or len(mine) < 2:
                continue
            alike = [one for one in self.register.actors if id(one) in parts and is_short_for(mine, parts[id(one)])]
            alike = [one for one in alike if one.gender is None or actor.gender in (None, one.gender)]
            alike = alike or [one for one in people if one in self.register.actors and _is_the_end(mine, one, parts)]
            alike = alike or [one for one in people if one.entry and len(mine) == 3 and _is_middle_named(mine, one)]
            alike = alike or [
                one
                for one in people
                if one in self.register.actors
                and len(actor.seen) == 1
                and mine[:-1] == parts[id(one)][:-1]
                and is_slip_of(mine[-1], parts[id(one)][-1])
                and self._count(mine[-1]) == 1
                and self._count(parts[id(one)][-1]) > 2
            ]
            if len(alike) == 1:
                self.register.merge(actor, alike[0])

    def _by_first_names(self, later: Sequence[Sighting]) -> None:
        """A surname that several figures bear names the one whose first name stands elsewhere: "Hillary"."""
        alone = {sighting.text for sighting in self.register.sightings if sighting.is_alone}
        for sighting in later:
            entries = {hit.entry.id: hit.entry for hit in sighting.hits}
            if len(entries) > 1 and not entries.keys() & self.register.by_entry.keys():
                called = [entry for entry in entries.values() if entry.name.split()[0] in alone]
                if len(called) == 1:
                    self.register.known(called[0])

    def _person(self, name: str) -> Actor:
        parts = normal_form(name).split()
        for form in (" ".join(parts), f"{parts[0]} {parts[-1]}"):
            if form in self.register.by_form and self.register.by_form[form].kind is ActorKind.PERSON:
                return self.register.by_form[form]
        actor = Actor(ActorKind.PERSON)
        self.register.actors.append(actor)
        self.register.by_form[" ".join(parts)] = actor
        if len(parts) > 2:
            self.register.by_form.setdefault(f"{parts[0]} {parts[-1]}", actor)
        return actor

    def _surnames(self, later: list[Sighting]) -> None:
        surnames = {*self.people, *(name for name in self.middle if len(name) > 3)}
        later += [sighting for reading in self.register.readings for sighting in reading.overlooked(surnames)]
        # A body or place of one word that is the surname of somebody here is that somebody.
        called = {name for name in (*self.given, *self.nicknamed) if len(name) > 3 and name.title() in first_names()}
        unknown = [s for s in self.register.sightings if not s.hits and s.is_alone and key(s.text) in surnames | called]
        unknown += self._called_like_a_nation(surnames)
        seen = {id(sighting) for sighting in later}
        later += [sighting for sighting in unknown if id(sighting) not in seen]
        # "Sir Keir" waits until all surnames are known.
        later.sort(key=lambda sighting: (sighting.honorific in _BEFORE_GIVEN_NAMES, sighting.where))
        last_named: dict[str, Actor] = {}
        named = sorted(
            ((sighting.where, actor) for actor in self.register.actors for sighting, _ in actor.seen),
            key=lambda pair: pair[0],
        )
        at = 0
        for sighting in later:
            while at < len(named) and named[at][0] < sighting.where:
                last_named[key(named[at][1].full_name.split()[-1])] = named[at][1]
                at += 1
            actor = self._bearer(sighting, last_named)
            if actor is not None:
                actor.add(sighting)
                last_named[key(sighting.text)] = actor

    def _called_like_a_nation(self, surnames: Collection[str]) -> list[Sighting]:
        """Names of nations and firms that here are but the surname of somebody named in full: "Jordan"."""
        bodies = [s for s in self.register.sightings if s.hits and s.hits[0].entry.kind is not ActorKind.PERSON]
        texts: dict[str, set[str]] = defaultdict(set)
        for sighting in bodies:
            texts[sighting.hits[0].entry.id].add(sighting.text)
        return [
            sighting
            for sighting in bodies
            if sighting.is_alone
            and len(texts[sighting.hits[0].entry.id]) == 1
            and (key(sighting.text) in surnames if sighting.guess == PLACE else self._is_famous(sighting.text))
            and not stands_as_place(sighting)
        ]

    def _is_famous(self, surname: str) -> bool:
        """Whether somebody known is named in full here who bears a firm's name: Michael Bloomberg."""
        return any(actor.entry is not None for actor in self.people.get(key(surname), ()))

    def _bearer(self, sighting: Sighting, last_named: dict[str, Actor]) -> Actor | None:
        """Whom a surname names: somebody named in full, else somebody known by it, else somebody unknown."""
        name = key(sighting.text)
        bearers = self.people.get(name, [])
        gender = honorifics().get(sighting.honorific) or gendered_titles().get(sighting.honorific)
        agreeing = [actor for actor in bearers if not gender or actor.gender in (None, gender)]
        people = [hit.entry for hit in sighting.hits if hit.entry.kind is ActorKind.PERSON]
        known = [entry for entry in people if not gender or entry.gender == gender]
        titled = [entry for entry in known if sighting.honorific and sighting.honorific in (entry.role or "").lower()]
        if len(known) == 1 and agreeing and not any(actor.entry is known[0] for actor in agreeing):
            named = min(seen.where for actor in agreeing for seen, _ in actor.seen if " " in seen.text)
            if sighting.paragraph.is_body and sighting.where < named and agreeing[0].entry is not None:
                return self.register.known(known[0])  # "Obama" before Michelle Obama is spoken of
        led = self.register.leader(sighting, sighting.text) if len(known) > 1 else None
        if led in known and led is not None and all(actor.entry for actor in bearers):
            return self.register.known(led)  # "the Clinton administration" is not Hillary Clinton's
        if agreeing:
            if len(titled) == 1 and not any(actor.entry is titled[0] for actor in agreeing):
                return self.register.known(titled[0])
            so_far = [actor for actor in agreeing if _is_named_before(actor, sighting)]
            if so_far and sighting.paragraph.is_body:
                # "Mr. Bush" where Jeb Bush has been named, often, and his brother will be or only has been once.
                spoken_of = _far_oftenest(so_far, sighting)
                if spoken_of is not None:
                    return spoken_of
            famous = [actor for actor in agreeing if actor.entry in known]
            return famous[0] if len(famous) == 1 else self._likeliest(agreeing, last_named.get(name))
        if len(titled) == 1:
            return self.register.known(titled[0])
        if len(known) == 1:
            return self.register.known(known[0])
        if not known and len(self.middle.get(name, [])) == 1:
            return self.middle[name][0]
        if sighting.honorific in _BEFORE_GIVEN_NAMES or sighting.honorific not in honorifics():
            called = self.given.get(name) or [
                actor for actor in self.register.by_entry.values() if key(actor.full_name.split()[0]) == name
            ]
            called = called or self.nicknamed.get(name, [])
            called = [actor for actor in called if not gender or actor.gender in (None, gender)]
            if len(called) == 1 and called[0].kind is ActorKind.PERSON:
                return called[0]
        if not sighting.honorific and (len(sighting.text) < 4 or has_article(sighting) or is_passing(sighting)):
            return None
        if sighting.guess != PERSON or (may_be_place(sighting) and not sighting.hits):
            return None
        if not self._may_be_person(sighting):
            return None
        meant = self._misspelt(name)
        if meant is not None:
            return meant
        person = self._person(sighting.text)
        if sighting.honorific.title() in first_names():
            person.names[f"{sighting.honorific.title()} {sighting.text}"] += 1  # "Economist Dean Baker"
        return person

    def _misspelt(self, name: str) -> Actor | None:
        """Whose surname a lone name that nobody bears is but for a slip: "Giulini" where Giuliani is named in full.

        A report names everybody in full once, so a surname out of nowhere is a slip; a first name is none.
        """
        if name.title() in first_names():
            return None
        alike = [actor for surname, bearers in self.people.items() if is_slip_of(name, surname) for actor in bearers]
        meant = list({id(actor): actor for actor in alike}.values())
        return meant[0] if len(meant) == 1 and self._count(name) == 1 else None

    def _count(self, surname: str) -> int:
        """How often a surname stands in the document, alone or behind first names."""
        return len(re.findall(rf"\b{re.escape(surname)}\b", key(self.register.document.text)))

    def _may_be_person(self, sighting: Sighting) -> bool:
        return may_be_person(sighting, self.register.conduct[sighting.text], self.register.common)

    def _likeliest(self, bearers: Sequence[Actor], last: Actor | None) -> Actor:
        """The one named far more often, else the one named last."""
        ranked = sorted(bearers, key=lambda actor: -len(actor.seen))
        if len(ranked) == 1 or len(ranked[0].seen) >= 2 * len(ranked[1].seen):
            return ranked[0]
        return last if last is not None and last in bearers else ranked[0]


def _is_named_before(actor: Actor, sighting: Sighting) -> bool:
    return any(" " in seen.text and seen.where < sighting.where for seen, _ in actor.seen)


def _far_oftenest(bearers: Sequence[Actor], sighting: Sighting) -> Actor | None:
    """Whom a text has named three times and twice as often as any other by a place; None where there is none such."""
    told = sorted(((sum(s.where < sighting.where for s, _ in one.seen), n) for n, one in enumerate(bearers)))[::-1]
    return bearers[told[0][1]] if len(told) == 1 or told[0][0] >= max(3, 2 * told[1][0]) else None


def _is_the_end(name: Sequence[str], actor: Actor, parts: Mapping[int, Sequence[str]]) -> bool:
    """Whether a name is the two surnames of somebody: "Pierluisi Urrutia" of "Pedro Pierluisi Urrutia"."""
    whole = parts[id(actor)]
    return len(name) == 2 and len(whole) > 2 and list(whole[-2:]) == list(name) and name[0].title() not in first_names()


def _is_middle_named(name: Sequence[str], actor: Actor) -> bool:
    """Whether a name is a known one's with a middle name: "Robert Gabriel Mugabe"."""
    return normal_form(actor.full_name).split() == [name[0], name[2]]


def _long_endings(name: str) -> Iterator[str]:
    """Surnames of several words: "De La Rosa" in "Alano De La Rosa", "von der Leyen"."""
    parts = key(name).split()
    for n in range(1, len(parts) - 1):
        if parts[n] in PARTICLES:
            yield " ".join(parts[n:])
            return
