"""Where places are: cities, regions, venues and countries, with the homonyms of each name."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from timeline.extraction.knowledge import load
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import fold, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map. `state` is the state or province that tells homonyms apart ("Paris, Texas")."""

    name: str
    country: str | None
    state: str = ""
    latitude: float
    longitude: float
    population: int = 0
    part_of: str | None = None
    is_venue: bool = False
    is_region: bool = False


def is_place(name: str) -> bool:
    return bool(spots(name))


def spots(name: str) -> Sequence[Spot]:
    """All places of a name."""
    plain = fold(name)
    return _by_name().get(plain.title() if plain.isupper() and len(plain) > 3 else plain, ())


def longest_names() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Regions and venues by the first word of their name, longest first: what is found without the language model."""
    return _by_first_word()


def choose(name: str, *, near: str | None = None, countries: Collection[str] = ()) -> Spot | None:
    """The place a name most likely means.

    `near` is what the text says beside it ("Texas" in "Paris, Texas"); `countries` those the document speaks of. A town
    of a country spoken of outweighs one thirty times larger elsewhere; regions and venues outweigh towns.
    """
    best, best_weight = None, -1.0
    if near is not None and (not _encloses(near) or any(spot.is_region or spot.is_venue for spot in spots(name))):
        near = None
    if near is not None and not any(_is_near(spot, near) for spot in spots(name)):
        return None
    for spot in spots(name):
        weight = math.log10(spot.population + 10) + (6.5 if spot.is_venue or spot.is_region else 0)
        weight += 1.5 * (spot.country in countries)
        if near is not None:
            weight += 10 * _is_near(spot, near)
        if weight > best_weight:
            best, best_weight = spot, weight
    return best


def _encloses(name: str) -> bool:
    """Whether a name is a country's or a region's: what may stand behind a town and a comma."""
    return name in country_names().values() or any(spot.is_region for spot in spots(name))


def _is_near(spot: Spot, near: str) -> bool:
    """Whether a place lies in what is named beside it: its country, its state, or a region of its country."""
    around = {fold(near), *(other.name for other in spots(near))}
    if around & {spot.country, _state_names().get(spot.state), spot.part_of} or (
        spot.state and fold(near) == spot.state
    ):
        return True
    return not spot.state and any(other.is_region and other.country == spot.country for other in spots(near))


@cache
def _by_name() -> dict[str, tuple[Spot, ...]]:
    found: dict[str, list[Spot]] = {}
    names = country_names()
    for file, is_region in (("places.tsv", False), ("regions.tsv", True)):
        for row in table(file):
            spot = Spot(
                name=row[0],
                country=names.get(row[1]),
                state=row[2],
                latitude=float(row[3]),
                longitude=float(row[4]),
                population=0 if is_region else int(row[5]),
                is_region=is_region,
            )
            others = row[5 if is_region else 6] if len(row) > (5 if is_region else 6) else ""
            for name in filter(None, (row[0], *others.split(";"))):
                found.setdefault(fold(name), []).append(spot)
    for venue in _venues():
        spot = Spot(
            name=venue["name"],
            country=names.get(venue["country"]),
            latitude=venue["latitude"],
            longitude=venue["longitude"],
            part_of=venue.get("part_of"),
            is_venue=True,
        )
        for name in (venue["name"], *venue.get("aliases", ())):
            found.setdefault(fold(name), []).append(spot)
    return {name: tuple(places) for name, places in found.items()}


@cache
def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    names = {name for name, places in _by_name().items() if any(spot.is_venue or spot.is_region for spot in places)}
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        parts = tuple(name.split())
        found.setdefault(parts[0], []).append(parts)
    for rows in found.values():
        rows.sort(key=len, reverse=True)
    return found


@cache
def country_names() -> dict[str, str]:
    """Country codes with the name of the country."""
    return {country.iso2: country.name for country in load().countries.values() if not country.defunct} | {
        "HK": "China", "MO": "China", "PR": "United States", "GU": "United States", "GL": "Denmark", "FO": "Denmark",
        "BM": "United Kingdom", "FK": "United Kingdom", "GI": "United Kingdom",
    }  # fmt: skip


@cache
def _state_names() -> dict[str, str]:
    """Codes of the states of the United States with their names."""
    return {row[2]: row[0] for row in table("regions.tsv") if row[2]}


def _venues() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((LEXICON / "venues.json").read_text("utf-8"))["venues"]
    return rows
