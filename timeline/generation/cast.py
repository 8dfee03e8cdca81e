"""Who there is to write about, and who writes: actors, towns and newsrooms, few of them in most of the news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from timeline.generation.words import (
    BODIES,
    COUNTRIES,
    CROWDS,
    FIRST_NAMES,
    OFFICES,
    PAPERS,
    ROLES,
    SURNAME_BEGINNINGS,
    SURNAME_ENDINGS,
    TOWN_BEGINNINGS,
    TOWN_ENDINGS,
    VENUES,
    ZONES,
)
from timeline.vocabulary import ActorKind

# One actor for so many events, as in news archives; the most frequent is in one event of thirty.
EVENTS_AN_ACTOR, EVENTS_A_TOWN, EVENTS_A_NEWSROOM = 20, 600, 5_000
FEWEST_ACTORS, MOST_ACTORS = 60, 100_000
FEWEST_TOWNS, MOST_TOWNS, VENUE = 20, 20_000, 0.1
FEWEST_NEWSROOMS, MOST_NEWSROOMS = 12, 200
KINDS = {
    ActorKind.PERSON: 60,
    ActorKind.ORGANISATION: 24,
    ActorKind.GROUP: 7,
    ActorKind.GOVERNMENT: 6,
    ActorKind.STATE: 3,
}


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    kind: ActorKind
    role: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """`within` is the number of the town that a venue stands in."""

    name: str
    country: str
    latitude: float
    longitude: float
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Newsroom:
    name: str
    domain: str
    country: str
    zone: str


class Zipf:
    """Draws from the numbers below `size`, the n-th one n times less often than the first."""

    def __init__(self, size: int) -> None:
        self.numbers = range(size)
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(size)))

    def draw(self, random: Random) -> int:
        return random.choices(self.numbers, cum_weights=self.weights)[0]

    def draw_some(self, count: int, random: Random) -> list[int]:
        """So many different ones, or all."""
        found: dict[int, None] = {}
        while len(found) < min(count, len(self.numbers)):
            found.update(dict.fromkeys(random.choices(self.numbers, cum_weights=self.weights, k=count)))
        return list(found)[:count]


class Cast:
    """Everybody and every place in an archive of a seed and size, by number."""

    def __init__(self, seed: int, events: int) -> None:
        random = Random(f"cast {seed}")  # noqa: S311 (not for secrets)
        self.towns = _towns(min(max(events // EVENTS_A_TOWN, FEWEST_TOWNS), MOST_TOWNS), random)
        self.figures = _figures(min(max(events // EVENTS_AN_ACTOR, FEWEST_ACTORS), MOST_ACTORS), self.towns, random)
        newsrooms = min(max(events // EVENTS_A_NEWSROOM, FEWEST_NEWSROOMS), MOST_NEWSROOMS)
        self.newsrooms = _newsrooms(newsrooms, self.towns, random)
        self.often = Zipf(len(self.figures))
        self.where = Zipf(len(self.towns))
        self.who_writes = Zipf(len(self.newsrooms))


def _towns(count: int, random: Random) -> tuple[Town, ...]:
    names = [beginning + ending for beginning in TOWN_BEGINNINGS for ending in TOWN_ENDINGS]
    random.shuffle(names)
    met: set[tuple[str, str]] = set()
    found: list[Town] = []
    for number in range(count):
        # The second town of a name is in another country.
        name, country = names[number % len(names)], COUNTRIES[(number * 7 + number // len(names)) % len(COUNTRIES)]
        town = Town(name, country, round(random.uniform(-55, 65), 4), round(random.uniform(-170, 170), 4))
        if found and random.random() < VENUE:
            within = random.randrange(len(found))
            around = found[within]
            if around.within is None:
                name = f"{around.name} {random.choice(VENUES)}"
                town = Town(name, around.country, around.latitude, around.longitude, within)
        if (town.name, town.country) not in met:
            met.add((town.name, town.country))
            found.append(town)
    return tuple(found)


def _figures(count: int, towns: Sequence[Town], random: Random) -> tuple[Figure, ...]:
    kinds = random.choices(list(KINDS), list(KINDS.values()), k=count)
    bodies = _without_repeats(f"{town.name} {body}" for body in BODIES for town in towns if town.within is None)
    crowds = _without_repeats(f"{town.name} {crowd}" for crowd in CROWDS for town in towns if town.within is None)
    offices = _without_repeats(f"{country} {office}" for office in OFFICES for country in COUNTRIES)
    pools = {
        ActorKind.ORGANISATION: bodies,
        ActorKind.GROUP: crowds,
        ActorKind.GOVERNMENT: offices,
        ActorKind.STATE: list(COUNTRIES),
    }
    for pool in pools.values():
        random.shuffle(pool)
    met: set[str] = set()
    found = []
    for kind in kinds:
        pool = pools.get(kind, [])
        if pool:
            found.append(Figure(pool.pop(), kind))
            continue
        # Where a list is used up, people come in their place.
        name = person(random)
        while name in met:
            name = person(random)
        met.add(name)
        found.append(Figure(name, ActorKind.PERSON, random.choice(ROLES) if random.random() < 0.7 else ""))
    return tuple(found)


def _without_repeats(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def person(random: Random) -> str:
    """A name that somebody may have."""
    surname = random.choice(SURNAME_BEGINNINGS) + random.choice(SURNAME_ENDINGS)
    return f"{random.choice(FIRST_NAMES)} {surname}"


def _newsrooms(count: int, towns: Sequence[Town], random: Random) -> tuple[Newsroom, ...]:
    places = [town for town in towns if town.within is None]
    names = [(f"{town.name} {paper}", town.country) for town in places for paper in PAPERS]
    return tuple(
        Newsroom(name, f"{name.lower().replace(' ', '')}.example", country, random.choice(ZONES))
        for name, country in random.sample(names, count)
    )
