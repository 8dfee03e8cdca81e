"""The bodies, states and governments of a document, with their acronyms, short forms and seats."""

from __future__ import annotations

import re

from timeline.extraction.actors.register import Actor, Register, key
from timeline.extraction.actors.sightings import BODY, PLACE, Sighting, institutions
from timeline.extraction.actors.standing import acts, governs, is_called_a_town, is_credit, may_be_body
from timeline.extraction.knowledge import Entry, Hit
from timeline.extraction.names import normal_form, word_list
from timeline.extraction.places import gazetteer
from timeline.vocabulary import ActorKind, BlockRole, MentionForm

_LEGAL_FORMS = frozenset(["co", "corp", "inc", "ltd", "plc", "llc", "sa", "ag", "nv", "gmbh", "limited", "company"])
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z-]{1,11})\)|, (?:or )?([A-Z]{2,9})\b")


def find_bodies(register: Register) -> None:
    """Enter every body, state and government that is named, where people have been entered before."""
    _Bodies(register).find()


class _Bodies:
    def __init__(self, register: Register) -> None:
        self.register = register

    def find(self) -> None:
        self._bodies()
        self._places()

    def _bodies(self) -> None:
        taken = {id(sighting) for actor in self.register.actors for sighting, _ in actor.seen}
        guesses = self.register.labels
        acronyms: dict[str, Actor] = {}
        waiting = []
        outlets: dict[str, Actor] = {}
        for sighting in self.register.sightings:
            if id(sighting) in taken:
                continue
            hits = [hit for hit in sighting.hits if hit.entry.kind is not ActorKind.PERSON]
            usable = [hit for hit in hits if self._speaks_of(sighting, hit)]
            if not hits and self._are_two_people(sighting):
                continue
            actor = None
            form = MentionForm.NAME
            if usable:
                entry = self.register.choose(usable)
                form = next(hit.alias.form for hit in usable if hit.entry is entry)
                if form is MentionForm.DEMONYM and entry.kind is ActorKind.STATE and _is_somebody(sighting):
                    continue
                firm = self._firm_of(sighting) if form is MentionForm.DEMONYM else None
                if firm is not None:
                    entry, form = firm, MentionForm.NAME
                actor = self.register.known(entry)
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
            for reading in self.register.readings:
                for sighting in reading.unread(acronyms):
                    acronyms[sighting.text].add(sighting)
        self._join_defined()
        self._join_short_forms()

    def _may_be_body(self, sighting: Sighting) -> bool:
        return may_be_body(sighting, self.register.conduct[sighting.text], self.register.common)

    def _are_two_people(self, sighting: Sighting) -> bool:
        """Whether a name joins the surnames of two people here: "Burrell and Teague"."""
        parts = sighting.text.split()
        if len(parts) != 3 or parts[1] != "and":
            return False
        people = {
            key(name.split()[-1])
            for actor in self.register.actors
            if actor.kind is ActorKind.PERSON
            for name in actor.names
        }
        return key(parts[0]) in people and key(parts[2]) in people

    def _join_defined(self) -> None:
        """Join the two names of one body where brackets give the second: "WWE (World Wrestling Entertainment)"."""
        bodies = [actor for actor in self.register.actors if actor.kind is ActorKind.ORGANISATION and actor.seen]
        begins = {s.where[0]: actor for actor in bodies for s, form in actor.seen if form is MentionForm.NAME}
        gone: dict[int, Actor] = {}
        for actor in bodies:
            for sighting, _ in list(actor.seen):
                other = begins.get(sighting.where[1] + 2)
                bracket = self.register.document.text[sighting.where[1] : sighting.where[1] + 2] == " ("
                if not bracket or other is None or other is actor or id(other) in gone or id(actor) in gone:
                    continue
                short, long = sorted((actor, other), key=lambda one: len(one.full_name))
                if short.full_name.isupper() and _initials(long.full_name).startswith(short.full_name[:2]):
                    keep, drop = (short, long) if short.entry else (long, short)
                    if drop.entry is None:
                        for seen, form in drop.seen:
                            keep.add(seen, form)
                        gone[id(drop)] = keep
        self.register.actors = [actor for actor in self.register.actors if id(actor) not in gone]

    def _speaks_of(self, sighting: Sighting, hit: Hit) -> bool:
        """Whether a known name is an actor here: seats and media where they act, generic names at home."""
        alias, entry = hit.alias, hit.entry
        if entry.kind is ActorKind.STATE and alias.form is MentionForm.NAME and self._means_a_region(sighting, entry):
            return False
        if alias.text.isupper() and not sighting.paragraph.is_body and entry.kind is ActorKind.ORGANISATION:
            return acts(sighting) or sighting.paragraph.role is BlockRole.TITLE  # a photographer's agency
        if alias.generic:
            if " " not in alias.text and sighting.tokens.root.ent_type_ != "ORG":
                return False
            return not self._has_bearer(alias.text) and self._is_at_home(entry)
        if alias.form is MentionForm.METONYM:
            return acts(sighting) and not (alias.capital and is_called_a_town(sighting))
        match entry.trade:
            case "platform":
                return acts(sighting)
            case "agency":
                return not is_credit(sighting)
        return True

    def _firm_of(self, sighting: Sighting) -> Entry | None:
        """The known firm here that a demonym without an article and a noun is short for: "American" of an airline."""
        root = sighting.tokens.root
        if root.dep_ not in ("nsubj", "nsubjpass") or any(child.dep_ == "det" for child in root.children):
            return None
        start = f"{sighting.text} "
        firms = {
            hit.entry.id: hit.entry
            for other in self.register.sightings
            if other.text.startswith(start)
            for hit in other.hits
            if hit.entry.kind is ActorKind.ORGANISATION
        }
        return firms.popitem()[1] if len(firms) == 1 else None

    def _has_bearer(self, name: str) -> bool:
        """Whether an unknown body here bears a generic name with more words: "Philippine Coast Guard"."""
        return any(
            not sighting.hits and (sighting.text.endswith(f" {name}") or sighting.text.startswith(f"{name} of "))
            for sighting in self.register.sightings
        )

    def _is_at_home(self, entry: Entry) -> bool:
        """Whether a document is about a body's country, or about none and written there."""
        nations = self.register.nations
        most = max(nations.values(), default=0)
        if not most:
            return entry.country in (self.register.home or {"united-states"})
        own = nations[entry.country or ""]
        return 2 * own >= most or (own > 0 and entry.country in self.register.home)

    def _means_a_region(self, sighting: Sighting, state: Entry) -> bool:
        """Whether a state's name is meant as a region's, of a country the document speaks of: "Georgia"."""
        regions = [spot for spot in gazetteer.spots(sighting.text) if spot.is_region and spot.country != state.name]
        if not regions:
            return False
        told = sum(s.text == sighting.text for s in self.register.sightings)
        countries: set[str | None] = {
            self.register.knowledge.by_id[country].name for country in self.register.nations if country
        }
        unknown = (s.text for s in self.register.sightings if not s.hits)
        countries |= {spot.country for text in unknown for spot in gazetteer.spots(text) if spot.is_region}
        return self.register.nations[state.id] <= told and any(spot.country in countries for spot in regions)

    def _body(self, name: str) -> Actor:
        form = normal_form(name)
        actor = self.register.by_form.get(form)
        if actor is None:
            actor = self.register.by_form[form] = Actor(ActorKind.ORGANISATION)
            self.register.actors.append(actor)
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
        bodies = [actor for actor in self.register.actors if actor.kind is ActorKind.ORGANISATION and actor.seen]
        spelt = {id(actor): {_without_legal_form(name) for name in actor.names} for actor in bodies}
        plain = {word.casefold() for word in word_list("en", "body_words.txt") | institutions()}
        for actor in bodies:
            mine = _without_legal_form(actor.full_name)
            if (
                actor.entry is not None
                or plain.issuperset(mine)
                or (len(mine) == 1 and self.register.knowledge.is_demonym(mine[0]))
            ):
                continue
            longer = [
                other
                for other in bodies
                if other is not actor
                and other in self.register.actors
                and any(
                    len(name) > len(mine) and mine in (name[: len(mine)], name[-len(mine) :])
                    for name in spelt[id(other)]
                )
            ]
            if len(longer) == 1:
                self.register.merge(actor, longer[0])

    def _places(self) -> None:
        """Cities and provinces that act stand for those who govern them."""
        taken = {id(sighting) for actor in self.register.actors for sighting, _ in actor.seen}
        for sighting in self.register.sightings:
            if id(sighting) in taken or sighting.hits or sighting.guess != PLACE:
                continue
            if not governs(sighting) or not any(spot.country for spot in gazetteer.spots(sighting.text)):
                continue
            form = normal_form(sighting.text)
            if form not in self.register.by_form:
                self.register.by_form[form] = Actor(ActorKind.GOVERNMENT)
                self.register.actors.append(self.register.by_form[form])
            self.register.by_form[form].add(sighting, MentionForm.METONYM)


def _is_somebody(sighting: Sighting) -> bool:
    """Whether a demonym is one unnamed person and not a nation: "a Tunisian", "the Afghan"."""
    root = sighting.tokens.root
    if root.pos_ not in ("NOUN", "PROPN", "ADJ") or root.dep_ in ("amod", "compound", "nmod", "poss"):
        return False
    articles = {child.lower_ for child in root.children if child.dep_ in ("det", "nummod")}
    if articles & {"a", "an", "one", "another"}:
        return not sighting.text.endswith("s")
    return "the" in articles and sighting.text.endswith(("an", "i"))


def _without_legal_form(name: str) -> tuple[str, ...]:
    """The words of a firm's name but the last that only says what it is in law: "Eastman Kodak" of "… Co"."""
    parts = key(name).replace(".", "").split()
    return tuple(parts[:-1] if len(parts) > 1 and parts[-1] in _LEGAL_FORMS else parts)


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.replace("-", " ").split() if part[0].isupper())
