"""The register of a document's actors in the making: what was sighted, and whom it has been given to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from timeline.extraction import knowledge
from timeline.extraction.actors.conduct import weigh
from timeline.extraction.actors.readings import Reading
from timeline.extraction.actors.sightings import Sighting
from timeline.extraction.actors.standing import labels, trusted
from timeline.extraction.documents.publication import provenance
from timeline.extraction.knowledge import Entry, Hit
from timeline.extraction.mentions import Document
from timeline.extraction.names import fold, gender_of, gendered_titles, honorifics
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, MentionForm

# "the Bush administration", "Thatcher-era": a time in office, and before it what says that it has not come yet.
_IN_OFFICE = re.compile(r" (?:administration|presidency|era|years)\b|-era\b", re.IGNORECASE)
_TO_COME = frozenset(["a", "an", "another", "any", "future", "hypothetical", "next", "possible", "potential"])


@dataclass(slots=True, eq=False)
class Actor:
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


class Register:
    """Everybody found so far, by the entry of the knowledge file and by the normal form of the name.

    `labels` and `conduct` tell of unknown names what they are taken for and what they do; `common` are the words that
    the prose writes with a small letter; `nations` counts how often each country is spoken of, `home` are the
    publisher's.
    """

    def __init__(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        self.document = document
        self.knowledge = knowledge.load()
        published = document.published
        self.day = (published.latest or published.earliest) if published else None
        self.readings = [Reading(paragraph, self.knowledge, self.day) for paragraph in paragraphs]
        self.common = frozenset(
            word.text
            for reading in self.readings
            if reading.paragraph.is_body
            for word in reading.line.words
            if word.text.islower()
        )
        sighted = (sighting for reading in self.readings for sighting in reading.sightings)
        self.sightings = list(trusted(sighted, self.common, document.text))
        self.conduct = weigh(self.sightings)
        self.labels = labels(self.sightings, self.conduct)
        self.actors: list[Actor] = []
        self.by_entry: dict[str, Actor] = {}
        self.by_form: dict[str, Actor] = {}
        self.nations = Counter(
            hit.entry.country
            for sighting in self.sightings
            for hit in sighting.hits[:1]
            if hit.entry.country and not hit.alias.generic
        )
        self.nations.update(nation for reading in self.readings for nation in reading.nations)
        self.home = frozenset(_home(document, self.knowledge))

    def known(self, entry: Entry) -> Actor:
        """The actor of an entry, new or not."""
        if entry.id not in self.by_entry:
            self.by_entry[entry.id] = Actor(entry.kind, entry)
            self.actors.append(self.by_entry[entry.id])
        return self.by_entry[entry.id]

    def choose(self, hits: Sequence[Hit]) -> Entry:
        """Of several bearers of one name the one whose country the document speaks of most."""
        return max(hits, key=lambda hit: (self.nations[hit.entry.country or ""], not hit.alias.generic)).entry

    def leader(self, sighting: Sighting, surname: str) -> Entry | None:
        """The known leader whose time in office a name with "administration" and the like behind it speaks of."""
        before, rest = sighting.line[: sighting.start].split()[-1:], sighting.line[sighting.start + len(surname) :]
        if not _IN_OFFICE.match(rest) or (before and before[0].lower() in _TO_COME):
            return None
        return self.knowledge.leader(surname, self.day) or self.knowledge.leader(surname, None)

    def merge(self, gone: Actor, kept: Actor) -> None:
        """Give all that names one actor to another."""
        for sighting, seen_as in gone.seen:
            kept.add(sighting, seen_as)
        self.actors.remove(gone)
        for form in [form for form, actor in self.by_form.items() if actor is gone]:
            self.by_form[form] = kept


def _home(document: Document, known: knowledge.Knowledge) -> Iterator[str]:
    """The ids of the countries that a document's publisher is known to write in."""
    stated = provenance(url=document.url, publisher=document.publisher).stated
    return (country.id for country in known.countries.values() if country.iso2 in stated)


def key(name: str) -> str:
    """A name without accents and case."""
    return fold(name).casefold()
