"""Names, and the words that refer back to them: who a document speaks of.

Longest names first: a lone surname is the person whose full name stands elsewhere in the document; then those known by
their surname alone; then bodies with their acronyms; states by name, demonym and seat of government.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from timeline.extraction import knowledge
from timeline.extraction.actors.conduct import weigh
from timeline.extraction.actors.reference import Referent, refer_back
from timeline.extraction.actors.roles import gender_beside, office_before, office_beside
from timeline.extraction.actors.sightings import BODY, PARTICLES, PERSON, PLACE, Reading, Sighting, institutions
from timeline.extraction.actors.standing import (
    acts,
    governs,
    has_article,
    in_credits,
    is_credit,
    is_passing,
    labels,
    may_be_body,
    may_be_person,
    may_be_place,
    trusted,
)
from timeline.extraction.cast import Cast
from timeline.extraction.knowledge import Entry, Hit
from timeline.extraction.mentions import ActorMention, Document, Mention, Span
from timeline.extraction.names import (
    first_names,
    fold,
    gender_of,
    gendered_titles,
    honorifics,
    is_short_for,
    normal_form,
    short_forms,
    word_list,
)
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places import gazetteer
from timeline.vocabulary import ActorKind, MentionForm

_LEGAL_FORMS = frozenset(["co", "corp", "inc", "ltd", "plc", "llc", "sa", "ag", "nv", "gmbh", "limited", "company"])
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z-]{1,11})\)|, (?:or )?([A-Z]{2,9})\b")
# Where the surname stands before the given name.
_SURNAME_FIRST = frozenset({"china", "taiwan", "north-korea", "south-korea", "vietnam", "cambodia"})
# Forms of address that stand before a given name: "Sir Keir".
_BEFORE_GIVEN_NAMES = frozenset(["sir", "dame", "lord", "lady", "prince", "princess", "king", "queen", "pope"])


@dataclass(slots=True, eq=False)
class _Actor:
    """An actor in the making."""

    kind: ActorKind
    entry: Entry | None = None
    names: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[Sighting, MentionForm]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)

    def add(self, sighting: Sighting, form: MentionForm = MentionForm.NAME) -> None:
        self.seen.append((sighting, form))
        if form is MentionForm.NAME:
            self.names[sighting.text] += 1
        gender = honorifics().get(sighting.honorific) or gendered_titles().get(sighting.honorific)
        if gender and self.kind is ActorKind.PERSON:
            self.genders[gender] += 1

    @property
    def gender(self) -> str | None:
        if self.entry is not None:
            return self.entry.gender
        if self.genders:
            return self.genders.most_common(1)[0][0]
        return gender_of(self.full_name)

    @property
    def full_name(self) -> str:
        if self.entry is not None:
            return self.entry.name
        names = self.names or Counter(sighting.text for sighting, _ in self.seen)
        return max(names, key=lambda name: (len(name.split()), names[name], name))

    @property
    def role(self) -> str | None:
        """The first office met; a later one that says more of the same goes before it."""
        best = None
        for role in self.roles:
            if best is None or (role.casefold().endswith(best.casefold()) and len(role) > len(best)):
                best = role
        return best


def find_actors(document: Document, paragraphs: Sequence[Paragraph]) -> Cast:
    """Find who a document speaks of, with every name, demonym, title, pronoun and nominal that stands for them.

    Args:
        document: the article as read; its bylines are nobody it speaks of.
        paragraphs: its parsed prose.

    Returns:
        The cast, in the order of first mention.
    """
    return _Casting(document, paragraphs).cast()


class _Casting:
    def __init__(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        self.document = document
        self.paragraphs = paragraphs
        self.knowledge = knowledge.load()
        published = document.published
        self.day = (published.latest or published.earliest) if published else None
        self.readings = [Reading(paragraph, self.knowledge, self.day) for paragraph in paragraphs]
        self.sightings = list(trusted(sighting for reading in self.readings for sighting in reading.sightings))
        self.conduct = weigh(self.sightings)
        self.labels = labels(self.sightings, self.conduct)
        self.common = frozenset(
            word.text
            for reading in self.readings
            if reading.paragraph.is_body
            for word in reading.words
            if word.text.islower()
        )
        self.actors: list[_Actor] = []
        self.by_entry: dict[str, _Actor] = {}
        self.by_form: dict[str, _Actor] = {}
        self.people: dict[str, list[_Actor]] = defaultdict(list)
        self.middle: dict[str, list[_Actor]] = defaultdict(list)
        self.given: dict[str, list[_Actor]] = defaultdict(list)
        self.nicknamed: dict[str, list[_Actor]] = defaultdict(list)
        self.nations = Counter(
            hit.entry.country
            for sighting in self.sightings
            for hit in sighting.hits[:1]
            if hit.entry.country and not hit.alias.generic
        )
        self.bylines = {normal_form(name) for name in document.bylines}

    def cast(self) -> Cast:
        later = self._full_names()
        self._surnames(later)
        self._bodies()
        self._places()
        self._remove_those_who_wrote_it()
        self._read_roles()
        referents = {id(actor): self._referent(actor) for actor in self.actors}
        extra = refer_back(self.document, self.paragraphs, list(referents.values()))
        found = []
        for actor in self.actors:
            mentions = [Mention(self._span(sighting), form) for sighting, form in actor.seen]
            mentions += extra.get(id(actor), [])
            found.append((actor, _in_order(mentions)))
        found.sort(key=lambda pair: (pair[1][0].span.start, -pair[1][0].span.end))
        return Cast(
            ActorMention(
                key=f"a{number}",
                name=actor.full_name,
                kind=actor.kind,
                role=actor.role,
                known=actor.entry.id if actor.entry else None,
                mentions=mentions,
            )
            for number, (actor, mentions) in enumerate(found, 1)
        )

    # people

    def _full_names(self) -> list[Sighting]:
        """Everybody who is named in full; the names that need them are left for later."""
        later = []
        guesses = self.labels
        endings = {ending for text, label in guesses.items() if label == PERSON for ending in _long_endings(text)}
        for sighting in self.sightings:
            hits = [hit for hit in sighting.hits if hit.entry.kind is ActorKind.PERSON]
            if hits and not all(hit.alias.alone for hit in hits):
                self._known(self._choose([hit for hit in hits if not hit.alias.alone])).add(sighting)
            elif hits:
                later.append(sighting)
            elif not sighting.hits and guesses[sighting.text] == PERSON and not in_credits(sighting):
                if sighting.is_alone or _key(sighting.text) in endings:
                    later.append(sighting)
                elif not may_be_place(sighting) and self._may_be_person(sighting):
                    entry = self.knowledge.figure(sighting.text)
                    (self._known(entry) if entry else self._person(sighting.text)).add(sighting)
        self._by_first_names(later)
        self._join_spellings()
        for actor in self.actors:
            for name in {actor.full_name, *actor.names}:
                parts = [_key(part) for part in name.split() if part.rstrip(".") not in ("Jr", "Sr", "II", "III")]
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
    def _has_surname_first(actor: _Actor, name: str) -> bool:
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
        people = [actor for actor in self.actors if actor.kind is ActorKind.PERSON]
        parts = {id(actor): normal_form(actor.full_name).split() for actor in people}
        for actor in people:
            mine = parts[id(actor)]
            if actor.entry is not None or len(mine) < 2:
                continue
            alike = [one for one in self.actors if id(one) in parts and is_short_for(mine, parts[id(one)])]
            alike = [one for one in alike if one.gender is None or actor.gender in (None, one.gender)]
            if len(alike) == 1:
                self._merge(actor, alike[0])

    def _by_first_names(self, later: Sequence[Sighting]) -> None:
        """A surname that several figures bear names the one whose first name stands elsewhere: "Hillary"."""
        alone = {sighting.text for sighting in self.sightings if sighting.is_alone}
        for sighting in later:
            entries = {hit.entry.id: hit.entry for hit in sighting.hits}
            if len(entries) > 1 and not entries.keys() & self.by_entry.keys():
                called = [entry for entry in entries.values() if entry.name.split()[0] in alone]
                if len(called) == 1:
                    self._known(called[0])

    def _person(self, name: str) -> _Actor:
        parts = normal_form(name).split()
        for form in (" ".join(parts), f"{parts[0]} {parts[-1]}"):
            if form in self.by_form and self.by_form[form].kind is ActorKind.PERSON:
                return self.by_form[form]
        actor = _Actor(ActorKind.PERSON)
        self.actors.append(actor)
        self.by_form[" ".join(parts)] = actor
        if len(parts) > 2:
            self.by_form.setdefault(f"{parts[0]} {parts[-1]}", actor)
        return actor

    def _known(self, entry: Entry) -> _Actor:
        if entry.id not in self.by_entry:
            self.by_entry[entry.id] = _Actor(entry.kind, entry)
            self.actors.append(self.by_entry[entry.id])
        return self.by_entry[entry.id]

    def _choose(self, hits: Sequence[Hit]) -> Entry:
        """Of several bearers of one name the one whose country the document speaks of most."""
        return max(hits, key=lambda hit: (self.nations[hit.entry.country or ""], not hit.alias.generic)).entry

    def _surnames(self, later: list[Sighting]) -> None:
        surnames = {*self.people, *(name for name in self.middle if len(name) > 3)}
        later += [sighting for reading in self.readings for sighting in reading.overlooked(surnames)]
        # A body or place of one word that is the surname of somebody here is that somebody.
        called = {name for name in (*self.given, *self.nicknamed) if len(name) > 3 and name.title() in first_names()}
        unknown = [s for s in self.sightings if not s.hits and s.is_alone and _key(s.text) in surnames | called]
        seen = {id(sighting) for sighting in later}
        later += [sighting for sighting in unknown if id(sighting) not in seen]
        # "Sir Keir" waits until all surnames are known.
        later.sort(key=lambda sighting: (sighting.honorific in _BEFORE_GIVEN_NAMES, sighting.where))
        last_named: dict[str, _Actor] = {}
        named = sorted(
            ((sighting.where, actor) for actor in self.actors for sighting, _ in actor.seen), key=lambda pair: pair[0]
        )
        at = 0
        for sighting in later:
            while at < len(named) and named[at][0] < sighting.where:
                last_named[_key(named[at][1].full_name.split()[-1])] = named[at][1]
                at += 1
            actor = self._bearer(sighting, last_named)
            if actor is not None:
                actor.add(sighting)
                last_named[_key(sighting.text)] = actor

    def _bearer(self, sighting: Sighting, last_named: dict[str, _Actor]) -> _Actor | None:
        """Whom a surname names: somebody named in full, else somebody known by it, else somebody unknown."""
        name = _key(sighting.text)
        bearers = self.people.get(name, [])
        gender = honorifics().get(sighting.honorific) or gendered_titles().get(sighting.honorific)
        agreeing = [actor for actor in bearers if not gender or actor.gender in (None, gender)]
        known = [hit.entry for hit in sighting.hits if not gender or hit.entry.gender == gender]
        titled = [entry for entry in known if sighting.honorific and sighting.honorific in (entry.role or "").lower()]
        if agreeing:
            if len(titled) == 1 and not any(actor.entry is titled[0] for actor in agreeing):
                return self._known(titled[0])
            famous = [actor for actor in agreeing if actor.entry in known]
            return famous[0] if len(famous) == 1 else self._likeliest(agreeing, last_named.get(name))
        if len(titled) == 1:
            return self._known(titled[0])
        if len(known) == 1:
            return self._known(known[0])
        if not known and len(self.middle.get(name, [])) == 1:
            return self.middle[name][0]
        if sighting.honorific in _BEFORE_GIVEN_NAMES or sighting.honorific not in honorifics():
            called = self.given.get(name) or [
                actor for actor in self.by_entry.values() if _key(actor.full_name.split()[0]) == name
            ]
            called = called or self.nicknamed.get(name, [])
            called = [actor for actor in called if not gender or actor.gender in (None, gender)]
            if len(called) == 1 and called[0].kind is ActorKind.PERSON:
                return called[0]
        if not sighting.honorific and (len(sighting.text) < 4 or has_article(sighting) or is_passing(sighting)):
            return None
        if sighting.guess != PERSON or (may_be_place(sighting) and not sighting.hits):
            return None
        return self._person(sighting.text) if self._may_be_person(sighting) else None

    def _may_be_person(self, sighting: Sighting) -> bool:
        return may_be_person(sighting, self.conduct[sighting.text], self.common)

    def _may_be_body(self, sighting: Sighting) -> bool:
        return may_be_body(sighting, self.conduct[sighting.text], self.common)

    def _likeliest(self, bearers: Sequence[_Actor], last: _Actor | None) -> _Actor:
        """The one named far more often, else the one named last."""
        ranked = sorted(bearers, key=lambda actor: -len(actor.seen))
        if len(ranked) == 1 or len(ranked[0].seen) >= 2 * len(ranked[1].seen):
            return ranked[0]
        return last if last is not None and last in bearers else ranked[0]

    # bodies and states

    def _bodies(self) -> None:
        taken = {id(sighting) for actor in self.actors for sighting, _ in actor.seen}
        guesses = self.labels
        acronyms: dict[str, _Actor] = {}
        waiting = []
        outlets: dict[str, _Actor] = {}
        for sighting in self.sightings:
            if id(sighting) in taken:
                continue
            hits = [hit for hit in sighting.hits if hit.entry.kind is not ActorKind.PERSON]
            usable = [hit for hit in hits if self._speaks_of(sighting, hit)]
            actor = None
            form = MentionForm.NAME
            if usable:
                entry = self._choose(usable)
                form = next(hit.alias.form for hit in usable if hit.entry is entry)
                actor = self._known(entry)
                if entry.trade == "outlet" and not sighting.is_alone:
                    outlets[sighting.text.split()[-1]] = actor  # "the Post" after "The Washington Post"
            elif not hits and sighting.is_alone and sighting.text in outlets | acronyms:
                actor = outlets.get(sighting.text) or acronyms[sighting.text]
            elif any(hit.alias.generic and " " in hit.alias.text for hit in hits) or (
                not hits and guesses.get(sighting.text) == BODY
            ):
                if sighting.is_alone and sighting.text.isupper():
                    waiting.append(sighting)
                    continue
                if self._may_be_body(sighting):
                    actor = self._body(sighting.text)
            if actor is not None:
                actor.add(sighting, form)
                acronym = self._defined_acronym(sighting)
                if acronym:
                    acronyms[acronym] = actor
        for sighting in waiting:
            if self._may_be_body(sighting):
                (acronyms.get(sighting.text) or self._body(sighting.text)).add(sighting)
        if acronyms:
            for reading in self.readings:
                for sighting in reading.unread(acronyms):
                    acronyms[sighting.text].add(sighting)
        self._join_defined()
        self._join_short_forms()

    def _join_defined(self) -> None:
        """Join the two names of one body where brackets give the second: "WWE (World Wrestling Entertainment)"."""
        bodies = [actor for actor in self.actors if actor.kind is ActorKind.ORGANISATION and actor.seen]
        begins = {s.where[0]: actor for actor in bodies for s, form in actor.seen if form is MentionForm.NAME}
        gone: dict[int, _Actor] = {}
        for actor in bodies:
            for sighting, _ in list(actor.seen):
                other = begins.get(sighting.where[1] + 2)
                bracket = self.document.text[sighting.where[1] : sighting.where[1] + 2] == " ("
                if not bracket or other is None or other is actor or id(other) in gone or id(actor) in gone:
                    continue
                short, long = sorted((actor, other), key=lambda one: len(one.full_name))
                if short.full_name.isupper() and _initials(long.full_name).startswith(short.full_name[:2]):
                    keep, drop = (short, long) if short.entry else (long, short)
                    if drop.entry is None:
                        for seen, form in drop.seen:
                            keep.add(seen, form)
                        gone[id(drop)] = keep
        self.actors = [actor for actor in self.actors if id(actor) not in gone]

    def _speaks_of(self, sighting: Sighting, hit: Hit) -> bool:
        """Whether a known name is an actor here: seats and media where they act, generic names at home."""
        alias, entry = hit.alias, hit.entry
        if entry.kind is ActorKind.STATE and alias.form is MentionForm.NAME and self._means_a_region(sighting, entry):
            return False
        if alias.generic:
            if " " not in alias.text and sighting.tokens.root.ent_type_ != "ORG":
                return False
            most = max(self.nations.values(), default=0)
            if not most:
                return entry.country == "united-states"
            return 2 * self.nations[entry.country or ""] >= most
        if alias.form is MentionForm.METONYM:
            return acts(sighting)
        match entry.trade:
            case "platform":
                return acts(sighting)
            case "agency":
                return not is_credit(sighting)
        return True

    def _means_a_region(self, sighting: Sighting, state: Entry) -> bool:
        """Whether a state's name is meant as a region's, of a country the document speaks of: "Georgia"."""
        regions = [spot for spot in gazetteer.spots(sighting.text) if spot.is_region and spot.country != state.name]
        if not regions:
            return False
        told = sum(s.text == sighting.text for s in self.sightings)
        countries: set[str | None] = {self.knowledge.by_id[country].name for country in self.nations if country}
        unknown = (s.text for s in self.sightings if not s.hits)
        countries |= {spot.country for text in unknown for spot in gazetteer.spots(text) if spot.is_region}
        return self.nations[state.id] <= told and any(spot.country in countries for spot in regions)

    def _body(self, name: str) -> _Actor:
        form = normal_form(name)
        actor = self.by_form.get(form)
        if actor is None:
            actor = self.by_form[form] = _Actor(ActorKind.ORGANISATION)
            self.actors.append(actor)
        return actor

    def _defined_acronym(self, sighting: Sighting) -> str:
        """The letters beside a name of several words: "European Commission (EC)", "General Office, GO,"."""
        told = _ACRONYM.match(sighting.line, sighting.end)
        if told is None:
            return ""
        letters = told[1] or told[2]
        initials = _initials(sighting.text)
        return letters if letters[0] == initials[:1] and (told[1] or letters == initials) else ""

    def _join_short_forms(self) -> None:
        """Join a body with the one body whose name begins or ends with its own: "Kodak" and "Eastman Kodak"."""
        bodies = [actor for actor in self.actors if actor.kind is ActorKind.ORGANISATION and actor.seen]
        spelt = {id(actor): {_without_legal_form(name) for name in actor.names} for actor in bodies}
        plain = {word.casefold() for word in word_list("en", "body_words.txt") | institutions()}
        for actor in bodies:
            mine = _without_legal_form(actor.full_name)
            if (
                actor.entry is not None
                or plain.issuperset(mine)
                or (len(mine) == 1 and self.knowledge.is_demonym(mine[0]))
            ):
                continue
            longer = [
                other
                for other in bodies
                if other is not actor
                and other in self.actors
                and any(
                    len(name) > len(mine) and mine in (name[: len(mine)], name[-len(mine) :])
                    for name in spelt[id(other)]
                )
            ]
            if len(longer) == 1:
                self._merge(actor, longer[0])

    def _merge(self, gone: _Actor, kept: _Actor) -> None:
        """Give all that names one actor to another."""
        for sighting, form in gone.seen:
            kept.add(sighting, form)
        self.actors.remove(gone)
        for key in [key for key, actor in self.by_form.items() if actor is gone]:
            self.by_form[key] = kept

    def _places(self) -> None:
        """Cities and provinces that act stand for those who govern them."""
        taken = {id(sighting) for actor in self.actors for sighting, _ in actor.seen}
        for sighting in self.sightings:
            if id(sighting) in taken or sighting.hits or sighting.guess != PLACE:
                continue
            if not governs(sighting) or not any(spot.country for spot in gazetteer.spots(sighting.text)):
                continue
            form = normal_form(sighting.text)
            if form not in self.by_form:
                self.by_form[form] = _Actor(ActorKind.GOVERNMENT)
                self.actors.append(self.by_form[form])
            self.by_form[form].add(sighting, MentionForm.METONYM)

    # roles and what refers back

    def _remove_those_who_wrote_it(self) -> None:
        self.actors = [
            actor
            for actor in self.actors
            if actor.seen
            and not (
                actor.kind is ActorKind.PERSON
                and self.bylines & {normal_form(actor.full_name), *map(normal_form, actor.names)}
            )
        ]

    def _read_roles(self) -> None:
        people: dict[int, set[int]] = defaultdict(set)
        spans = []
        for actor in self.actors:
            if actor.kind is not ActorKind.PERSON:
                continue
            for sighting, form in actor.seen:
                span = sighting.tokens
                people[sighting.paragraph.index].update(range(span.start, span.end))
                if form is MentionForm.NAME:
                    spans.append((sighting, actor, span))
        spans.sort(key=lambda item: (not item[0].paragraph.is_body, item[0].where))
        for sighting, actor, span in spans:
            doc = sighting.paragraph.doc
            role = office_before(doc, span[0], people[sighting.paragraph.index] - set(range(span.start, span.end)))
            role = role or office_beside(doc, span[0], span[-1])
            gender = gender_beside(span[0], span[-1])
            if gender:
                actor.genders[gender] += 1
            if role:
                actor.roles.append(role)

    def _referent(self, actor: _Actor) -> Referent:
        nation = actor.entry.country if actor.entry else None
        if nation is None and actor.role:
            nation = next((found for word in actor.role.split() if (found := self.knowledge.of_nation(word))), None)
        return Referent(
            id=id(actor),
            kind=actor.kind,
            gender=actor.gender,
            offices=tuple(role.lower() for role in dict.fromkeys(actor.roles)),
            known_offices=tuple(role.lower() for role in actor.entry.offices_on(self.day)) if actor.entry else (),
            nation=nation,
            entry=actor.entry.id if actor.entry else None,
            names=tuple(
                (sighting.paragraph.index, sighting.start, sighting.end)
                for sighting, form in actor.seen
                if form is not MentionForm.DEMONYM
            ),
        )

    def _span(self, sighting: Sighting) -> Span:
        return Span.of(self.document.text, *sighting.where)


def _key(name: str) -> str:
    return fold(name).casefold()


def _without_legal_form(name: str) -> tuple[str, ...]:
    """The words of a firm's name but the last that only says what it is in law: "Eastman Kodak" of "… Co"."""
    parts = _key(name).replace(".", "").split()
    return tuple(parts[:-1] if len(parts) > 1 and parts[-1] in _LEGAL_FORMS else parts)


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.replace("-", " ").split() if part[0].isupper())


def _long_endings(name: str) -> Iterator[str]:
    """Surnames of several words: "De La Rosa" in "Alano De La Rosa", "von der Leyen"."""
    parts = _key(name).split()
    for n in range(1, len(parts) - 1):
        if parts[n] in PARTICLES:
            yield " ".join(parts[n:])
            return


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In text order, none inside another of the same form."""
    kept: list[Mention] = []
    for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.form)):
        if not any(mention.form is other.form and mention.span.overlaps(other.span) for other in kept[-6:]):
            kept.append(mention)
    return tuple(kept)
