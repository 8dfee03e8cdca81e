"""What is known of the world before any article: countries, bodies and figures, with the names they go by.

The data are the JSON files in `lexicon/`: ours, sourced, and open to correction. Loaded once a process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import Word, fold, words
from timeline.vocabulary import ActorKind, MentionForm

# Years before the first office in which a figure may be in the news already.
GENERATION = 25
# How the offices of those begin who lead the government of a state, or the state.
LEADS = ("President of", "Prime Minister of", "Chancellor of")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entry.

    `alone` is a surname by itself, which names the figure where nothing speaks for another; `generic` a name that many
    countries give to a body of their own ("Supreme Court"); `capital` a seat that stands for its government.
    """

    text: str
    form: MentionForm = MentionForm.NAME
    alone: bool = False
    generic: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office and when it was held. `start` and `end` are ISO dates cut to year, month or day; None where open."""

    role: str
    start: str | None = None
    end: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the office was held on a day, as closely as the dates tell; a month of change counts for both."""
        told = day.isoformat()
        begun = self.start is None or self.start <= told[: len(self.start)]
        return begun and (self.end is None or told[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody known. `country` and `part_of` are ids of other entries.

    `role` is the office best known, `roles` those whose dates are known. `trade` says how a publisher is met in news:
    "agency" (credits), "outlet" or "platform" (what words came through).
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[Alias, ...]
    role: str | None = None
    roles: tuple[Tenure, ...] = ()
    gender: str | None = None
    country: str | None = None
    part_of: str | None = None
    trade: str | None = None

    def offices_on(self, day: date | None) -> tuple[str, ...]:
        """The offices held on a day; the one best known where no day or no dates are known."""
        if day is None or not self.roles:
            return (self.role,) if self.role else ()
        return tuple(tenure.role for tenure in self.roles if tenure.covers(day))

    def led_since(self, country: str, day: date | None) -> Iterator[str]:
        """The days, cut to month or year, on which somebody came to lead a country, up to a day; '' where unknown."""
        for tenure in self.roles or (Tenure(self.role or ""),):
            if tenure.role.startswith(LEADS) and tenure.role.endswith(country):
                begun = tenure.start or ""
                if day is None or begun <= day.isoformat()[: len(begun)]:
                    yield begun

    def is_before_its_time(self, day: date | None) -> bool:
        """Whether a day lies a generation before the first office: a surname alone is somebody else's then."""
        starts = [tenure.start for tenure in self.roles]
        first = min((start for start in starts if start), default=None) if all(starts) else None
        return day is not None and first is not None and day.year < int(first[:4]) - GENERATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What a state has beyond an actor: its code, seat of government and place on the map."""

    id: str
    iso2: str
    name: str
    capital: str
    latitude: float
    longitude: float
    defunct: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    entry: Entry
    alias: Alias


@dataclass(frozen=True, slots=True)
class Found:
    """Known names at the words first to last (exclusive); no hits where the words are the name of a region."""

    first: int
    last: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    by_id: Mapping[str, Entry]
    countries: Mapping[str, Country]
    names: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Hit, ...]]]] = field(repr=False)

    def find(self, text: Sequence[Word]) -> list[Found]:
        """The known names among words, longest first, none inside another."""
        found = []
        at, keys = 0, [_key(word.text) for word in text]
        while at < len(keys):
            step = 1
            for rest, hits in self.names.get(keys[at], ()):
                last = at + 1 + len(rest)
                if tuple(keys[at + 1 : last]) == rest:
                    found.append(Found(at, last, hits))
                    step = 1 + len(rest)
                    break
            at += step
        return found

    def figure(self, name: str) -> Entry | None:
        """The figure of a full name, whatever initials and suffix stand in it: "Donald J. Trump"."""
        parts = [word for word in words(name) if word.text not in ("Jr", "Sr", ".") and not _is_initial(word.text)]
        found = self.find(parts)
        if len(found) != 1 or (found[0].first, found[0].last) != (0, len(parts)):
            return None
        full = {hit.entry.id: hit.entry for hit in found[0].hits if not hit.alias.alone}
        people = [entry for entry in full.values() if entry.kind is ActorKind.PERSON]
        return people[0] if len(people) == 1 else None

    def leader(self, surname: str, day: date | None) -> Entry | None:
        """Who bears a surname and was, by a day, the last to come to lead a state: "the Bush administration" is his."""
        leaders = (
            (begun, entry.id)
            for entry in self.by_id.values()
            if entry.name.split()[-1] == surname and (country := self.countries.get(entry.country or ""))
            for begun in entry.led_since(country.name, day)
        )
        found = max(leaders, default=None)
        return self.by_id[found[1]] if found else None

    def is_demonym(self, word: str) -> bool:
        return any(
            hit.alias.form is MentionForm.DEMONYM
            for rest, hits in self.names.get(_key(word), ())
            for hit in hits
            if not rest
        )

    def of_nation(self, word: str) -> str | None:
        """The id of the country that a demonym ("Russian") or a country's name belongs to."""
        for rest, hits in self.names.get(_key(word), ()):
            if not rest:
                for hit in hits:
                    if hit.entry.kind is ActorKind.STATE and not hit.alias.capital:
                        return hit.entry.id
        return None

    def nations(self, text: Sequence[Word]) -> dict[int, str]:
        """The ids of the countries that words name, or whose people they name, by the words' places."""
        found = {at: nation for at, word in enumerate(text) if (nation := self.of_nation(word.text))}
        for name in self.find(text):
            for hit in name.hits:
                if hit.entry.kind is ActorKind.STATE and not hit.alias.capital:
                    found |= dict.fromkeys(range(name.first, name.last), hit.entry.id)
        return found


@cache
def load(language: str = "en") -> Knowledge:
    """All that is known, with its names in a language (ISO 639-1) ready to be found."""
    by_id: dict[str, Entry] = {}
    countries: dict[str, Country] = {}
    for row in _rows("countries.json", "countries"):
        by_id[row["id"]] = _state(row)
        countries[row["id"]] = Country(
            id=row["id"],
            iso2=row["iso2"],
            name=row["name"],
            capital=row["capital"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            defunct=row.get("defunct", False),
        )
    for row in _rows("bodies.json", "entries"):
        by_id[row["id"]] = _body(row)
    for row in _rows("figures.json", "entries"):
        by_id[row["id"]] = _figure(row)
    if language != "en":
        by_id = _in_language(by_id, language)
    return Knowledge(by_id, countries, _index(by_id, language))


def entries() -> tuple[Entry, ...]:
    """Every entry of the knowledge files: countries, then bodies, then figures."""
    return tuple(load().by_id.values())


def _rows(file: str, key: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((LEXICON / file).read_text("utf-8"))[key]


def _state(row: Mapping[str, Any]) -> Entry:
    names = [row["name"], *row["aliases"]]
    seats = [row["capital"], *row.get("seats", ())]
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind.STATE,
        country=row["id"],
        aliases=(
            *map(Alias, names),
            *(Alias(word, MentionForm.DEMONYM) for word in (*row["adjectives"], *row["people"])),
            *(
                Alias(seat, MentionForm.METONYM, capital=True)
                for seat in seats
                if seat not in names and not row.get("defunct")
            ),
        ),
    )


def _body(row: Mapping[str, Any]) -> Entry:
    own_form = MentionForm.METONYM if row["name"] in row.get("metonyms", ()) else MentionForm.NAME
    own = Alias(row["name"], own_form, generic=row["name"] in row.get("generic", ()))
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        country=row.get("country"),
        part_of=row.get("part_of"),
        trade=row.get("trade"),
        aliases=(
            own,
            *map(Alias, row.get("aliases", ())),
            *(Alias(text, MentionForm.METONYM) for text in row.get("metonyms", ()) if text != row["name"]),
            *(Alias(text, MentionForm.DEMONYM) for text in row.get("members", ())),
            *(Alias(text, generic=True) for text in row.get("generic", ()) if text != row["name"]),
        ),
    )


def _figure(row: Mapping[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind.PERSON,
        role=row.get("role"),
        roles=tuple(Tenure(held["role"], held.get("from"), held.get("to")) for held in row.get("roles", ())),
        gender=row["gender"],
        country=row.get("country"),
        aliases=(
            Alias(row["name"]),
            *map(Alias, row.get("aliases", ())),
            *(Alias(text, alone=True) for text in row.get("alone", ())),
        ),
    )


def _in_language(by_id: Mapping[str, Entry], language: str) -> dict[str, Entry]:
    """The entries under the names that another language gives them, and the bodies that only it speaks of.

    States are called by its names alone; figures and bodies keep their own beside them, but no word of English that
    stands for one ("Congress", "the House", "Republican").
    """
    file = f"{language}/names.json"
    data = json.loads((LEXICON / file).read_text("utf-8")) if (LEXICON / file).exists() else {}
    given = {key: row for kind in ("countries", "bodies", "figures") for key, row in data.get(kind, {}).items()}
    entries = {}
    for key, entry in by_id.items():
        row = given.get(key, {})
        kept = [a for a in entry.aliases if a.form is MentionForm.NAME and not a.generic]
        if entry.kind is ActorKind.STATE and "names" in row:
            kept = []
        entries[key] = replace(
            entry,
            aliases=(
                *kept,
                *(Alias(text) for text in row.get("names", ())),
                *(Alias(text, alone=True) for text in row.get("alone", ())),
                *(Alias(text, MentionForm.DEMONYM) for text in row.get("adjectives", ())),
                *(Alias(text, MentionForm.METONYM) for text in row.get("metonyms", ())),
                *(Alias(text, MentionForm.METONYM, capital=True) for text in row.get("seats", ())),
            ),
        )
    return entries | {row["id"]: _body(row) for row in data.get("entries", ())}


def _index(by_id: Mapping[str, Entry], language: str) -> dict[str, Sequence[tuple[tuple[str, ...], tuple[Hit, ...]]]]:
    """First word of a name -> the rest of it and whom it names, longest first."""
    hits: dict[tuple[str, ...], list[Hit]] = {}
    for entry in by_id.values():
        for alias in entry.aliases:
            hits.setdefault(tuple(_key(word.text) for word in words(alias.text)), []).append(Hit(entry, alias))
    regions = LEXICON / language / "regions.txt"
    for line in regions.read_text("utf-8").splitlines() if regions.exists() else ():
        if line and not line.startswith("#"):
            hits.setdefault(tuple(_key(word.text) for word in words(line)), [])
    index: dict[str, list[tuple[tuple[str, ...], tuple[Hit, ...]]]] = {}
    for key, found in hits.items():
        index.setdefault(key[0], []).append((key[1:], tuple(found)))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return dict(index)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _key(word: str) -> str:
    """Accents fold away, and capitals but the shortest: "PUTIN" in a shouted headline, "Nato" and "NATO"."""
    plain = fold(word)
    return plain.title() if len(plain) > 3 and plain.isupper() else plain
