"""Where places are: towns, regions, venues and countries, with the homonyms of each name."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import fold, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map. `state` is GeoNames' code of its state or province, which tells homonyms apart; `fame`
    how many names the languages of the world have for it."""

    name: str
    country: str | None
    state: str = ""
    latitude: float
    longitude: float
    population: int = 0
    fame: int = 0
    part_of: str | None = None
    is_venue: bool = False
    is_region: bool = False


# A region or venue weighs more than any town, a region that shares its name with a town ("Norfolk") as much as one of
# two hundred thousand with a hundred names; a town of a country spoken of outweighs one elsewhere that is eight times
# larger or more famous, of the country most spoken of one forty times.
KNOWN, SHARED, SPOKEN_OF, MOST, HOME, BESIDE = 9.5, 7.3, 0.9, 0.7, 0.7, 10.0
PARTS = re.compile(r"[ -]")
# Words inside a name that "RIO DE JANEIRO" in small letters does not capitalise.
SMALL = re.compile(r"(?<=[ -])(?:De|Da|Do|Dos|Del|Di|Am|An|Of|The|Sur|Es|Upon|On|I|E|Al|El)(?=[ -])")
# Lines of the table: those with other names, and the names of several words of towns from a hundred thousand.
RENAMED = re.compile(r"^([^#\t\n][^\t\n]*(?:\t[^\t\n]*){6})\t([^\t\n]+)$", re.MULTILINE)
TOWN, LARGE = 30_000, 100_000
LONG_NAMES = re.compile(r"^([^#\t\n ][^\t\n -]*[ -][^\t\n]*)(?:\t[^\t\n]*){4}\t\d{6,}\b", re.MULTILINE)


def is_place(name: str) -> bool:
    """Whether a name by itself is likely a place's: a small town's may well be somebody's name."""
    return any(spot.population >= TOWN or spot.is_region or spot.is_venue for spot in spots(name))


@lru_cache(maxsize=4096)
def spots(name: str) -> Sequence[Spot]:
    """All places of a name; "south London" and "Hebei province" lie in what they are named after."""
    plain = fold(name)
    if plain.isupper() and len(plain) > 3:
        plain = plain.title()
        found = _known(plain) or _known(SMALL.sub(lambda word: word[0].lower(), plain))
    else:
        found = _known(plain)
    if " " not in plain:
        return found
    rest = plain
    while " " in rest and rest.split(" ", 1)[0].lower() in place_words()["compass"]:
        rest = rest.split(" ", 1)[1]
    if rest != plain:
        return (*found, *(replace(spot, name=name, part_of=spot.name) for spot in _known(rest)))
    rest, last = plain.rsplit(" ", 1)
    if found or last.lower() not in place_words()["kinds"] | place_words()["of_towns"]:
        return found
    return _known(rest) if last.lower() in place_words()["kinds"] else _of_town(name, rest)


def _of_town(name: str, rest: str) -> tuple[Spot, ...]:
    """ "Cincinnati Zoo", "Baghdad International Airport": the map has the town, and so roughly where they are."""
    while rest:
        towns = [spot for spot in _known(rest) if spot.population >= LARGE]
        if towns:
            return tuple(replace(town, name=name, part_of=town.name) for town in towns)
        rest = rest.rpartition(" ")[0]
    return ()


@cache
def place_words() -> Mapping[str, frozenset[str]]:
    """What stands around the names of places, in lower case."""
    raw = json.loads((LEXICON / "en" / "place_words.json").read_text("utf-8"))
    return {name: frozenset(words) for name, words in raw.items() if name != "source"}


def longest_names() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Regions, venues and large towns of several words, by the first word of their name, longest first: what is found
    without the language model."""
    return _tables().by_first_word


def choose(
    name: str, *, near: str | None = None, countries: Mapping[str | None, int] | None = None, home: Collection[str] = ()
) -> Spot | None:
    """The place a name most likely means.

    `near` is what the text says beside it ("Texas" in "Paris, Texas"); `countries` are those the document speaks of,
    with how often; `home` those of its publisher.
    """
    found = spots(name)
    if near is not None:
        if not _encloses(near) or any(spot.is_region or spot.is_venue for spot in found):
            near = None
        elif not any(is_near(spot, near) for spot in found):
            return None
    countries = countries or {}
    most = max(countries.values(), default=0)
    shared = any(spot.population for spot in found)

    def weight(spot: Spot) -> float:
        often = countries.get(spot.country, 0)
        spoken = SPOKEN_OF * (often > 0) + MOST * (0 < often == most)
        beside = BESIDE * (near is not None and is_near(spot, near))
        return _size(spot, shared) + spoken + HOME * (spot.country in home) + beside

    return max(found, key=weight, default=None)


def _size(spot: Spot, shared: bool) -> float:
    if spot.is_venue or spot.is_region:
        return SHARED if shared and spot.is_region else KNOWN
    return math.log10(spot.population + 10) + math.log10(spot.fame + 1)


def enclosing_country(name: str) -> str | None:
    """The country that a name beside a town tells: its own, or that of a state or province of one country alone."""
    if name in _countries():
        return name
    of = {spot.country for spot in spots(name) if spot.is_region}
    return of.pop() if len(of) == 1 else None


@cache
def _countries() -> frozenset[str]:
    return frozenset(country_names().values())


def _encloses(name: str) -> bool:
    """Whether a name is a country's or a region's: what may stand behind a town and a comma."""
    return name in _countries() or any(spot.is_region for spot in spots(name))


def is_near(spot: Spot, near: str) -> bool:
    """Whether a place lies in what is named beside it: its country, its state, or a region of its country."""
    if fold(near) in (spot.country, spot.part_of):
        return True
    around = [other for other in spots(near) if other.is_region and other.country == spot.country]
    return any(not other.state or not spot.state or other.state == spot.state for other in around)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The lines of the table of towns, sorted, stay text until somebody asks for a name: there are thirty thousand.

    `renamed` holds the towns by their other names, `others` regions and venues by all of theirs.
    """

    towns: Sequence[str]
    renamed: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[Spot]]
    by_first_word: Mapping[str, Sequence[tuple[str, ...]]]


def _known(name: str) -> tuple[Spot, ...]:
    tables = _tables()
    lines = list(tables.renamed.get(name, ()))
    start = f"{name}\t"
    for at in range(bisect_left(tables.towns, start), len(tables.towns)):
        if not tables.towns[at].startswith(start):
            break
        lines.append(tables.towns[at])
    return (*map(_town, lines), *tables.others.get(name, ()))


def _town(line: str) -> Spot:
    name, country, state, latitude, longitude, population, fame = line.split("\t")[:7]
    return Spot(
        name=name,
        country=country_names().get(country),
        state=state,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
        fame=int(fame),
    )


@cache
def _tables() -> _Tables:
    text = (LEXICON / "places.tsv").read_text("utf-8")
    renamed: dict[str, list[str]] = {}
    for line, names in RENAMED.findall(text):
        for name in names.split(";"):
            renamed.setdefault(name, []).append(line)
    spots = _regions()
    for venue in json.loads((LEXICON / "venues.json").read_text("utf-8"))["venues"]:
        _add_venue(spots, venue)
    long_names = {name for name in renamed if PARTS.search(name)}.union(LONG_NAMES.findall(text), spots)
    return _Tables(text.splitlines(), renamed, spots, _by_first_word(long_names))


def _regions() -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = {}
    for name, country, state, latitude, longitude, *others in table("regions.tsv"):
        spot = Spot(
            name=name,
            country=country_names().get(country),
            state=state,
            latitude=float(latitude),
            longitude=float(longitude),
            is_region=True,
        )
        for word in (name, *(others[0].split(";") if others else ())):
            found.setdefault(fold(word), []).append(spot)
    return found


def _add_venue(found: dict[str, list[Spot]], venue: Mapping[str, Any]) -> None:
    spot = Spot(
        name=venue["name"],
        country=country_names().get(venue["country"]),
        latitude=venue["latitude"],
        longitude=venue["longitude"],
        part_of=venue.get("part_of"),
        is_venue=True,
    )
    for name in (venue["name"], *venue.get("aliases", ())):
        found.setdefault(fold(name), []).append(spot)


def _by_first_word(names: Collection[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        parts = tuple(PARTS.split(name))
        found.setdefault(parts[0], []).append(parts)
    for rows in found.values():
        rows.sort(key=len, reverse=True)
    return found


@cache
def country_names() -> dict[str, str]:
    """Codes of countries and of the territories they govern, with the name of the country."""
    raw = json.loads((LEXICON / "countries.json").read_text("utf-8"))
    names = {row["iso2"]: row["name"] for row in raw["countries"] if not row.get("defunct")}
    return names | {territory: names[country] for territory, country in raw["territories"].items()}
