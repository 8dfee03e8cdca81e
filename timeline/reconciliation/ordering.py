"""What relations ask for: an order among events of one day, and narrower bounds where a date is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from timeline.vocabulary import DateBasis, DatePrecision, PartialDate, RelationKind

# A relation is heard by events that are so many relations away, and no further.
MOST_STEPS = 8
# Dates of which the bounds are all that is known, or of which a part of the period may be meant.
OPEN = frozenset({
    DatePrecision.UNKNOWN,
    DatePrecision.WEEK,
    DatePrecision.MONTH,
    DatePrecision.QUARTER,
    DatePrecision.SEASON,
    DatePrecision.YEAR,
    DatePrecision.DECADE,
})  # fmt: skip

Relation = tuple[RelationKind, str, str]
Edges = dict[str, set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InTime:
    """An event with its own date. `fixed` is whether a person has set it, `shown` whether it stands on the page: what
    does not narrows nobody's date and contradicts nobody there."""

    title: str
    date: PartialDate
    fixed: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where an event stands: its date as relations narrow it, its rank among those of its day, and whether a relation
    contradicts the dates or another relation."""

    date: PartialDate
    order: int = 0
    disputed: bool = False


def place_events(events: Mapping[str, InTime], relations: Iterable[Relation]) -> dict[str, Placing]:
    """Put events in order by their own dates and what relations say of them, the same in whatever order they come.

    An open date is narrowed by every chain of relations up to `MOST_STEPS` long: not before the earliest day of what
    came before it, not after the latest day of what came after. What a person has set, what is known to the day and
    what lasted several days is never moved, but moves others. A relation that own dates exclude, and one that closes a
    circle, is a contradiction and moves nothing; so is a chain that leaves an event no day, which then keeps its own
    date. Among events of one day and no coarser a rank says how many stand before one in a chain; where the days
    differ, they decide.
    """
    pairs = {_in_time(*told) for told in relations if told[0] is not RelationKind.PART_OF}
    pairs = {(kind, a, b) for kind, a, b in pairs if a in events and b in events and a != b}
    fitting = {pair for pair in pairs if pair[0].fits(events[pair[1]].date, events[pair[2]].date)}
    before: Edges = defaultdict(set)
    for kind, first, second in fitting:
        if kind is RelationKind.BEFORE:
            before[first].add(second)
    circles = {pair for pair in fitting if pair[0] is RelationKind.BEFORE and pair[1] in _reached(pair[2], before)}
    contradicted = (pairs - fitting) | circles
    disputed = {
        one for _, a, b in contradicted for one, other in ((a, b), (b, a)) if events[other].shown
    }  # fmt: skip
    told = fitting - circles
    dates, torn = _narrowed(events, told)
    ranks = _ranks(dates, told)
    return {
        uid: Placing(date=dates[uid], order=ranks[uid], disputed=uid in disputed or uid in torn) for uid in events
    }  # fmt: skip


def _in_time(kind: RelationKind, source: str, target: str) -> Relation:
    """A relation with the earlier event first."""
    return (RelationKind.BEFORE, target, source) if kind is RelationKind.AFTER else (kind, source, target)


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """What can be reached from an event in so many steps, itself only by a circle."""
    found: set[str] = set()
    edge = {start}
    for _ in range(MOST_STEPS):
        edge = {other for uid in edge for other in edges.get(uid, ())} - found
        found |= edge
    return found


# --- bounds ----------------------------------------------------------------------------------------------------------


def _narrowed(events: Mapping[str, InTime], told: Collection[Relation]) -> tuple[dict[str, PartialDate], set[str]]:
    """The dates with the bounds that relations give, and the events whom these leave no day."""
    after: Edges = defaultdict(set)  # from an event to those that are told to come before it, and so the other way
    ahead: Edges = defaultdict(set)
    for kind, first, second in told:
        for one, other in ((first, second), (second, first)) if kind is RelationKind.SAME_DAY else ((first, second),):
            if events[one].shown:
                after[other].add(one)
            if events[other].shown:
                ahead[one].add(other)
    dates: dict[str, PartialDate] = {}
    torn: set[str] = set()
    for uid, event in events.items():
        lower = max((found for one in _reached(uid, after) - {uid} if (found := _first(events[one]))), default=None)
        upper = min((found for one in _reached(uid, ahead) - {uid} if (found := _last(events[one]))), default=None)
        own = event.date
        earliest, latest = lower[0] if lower else None, upper[0] if upper else None
        dates[uid] = own
        if _is_before(own.latest, earliest) or _is_before(latest, own.earliest) or _is_before(latest, earliest):
            torn.add(uid)
        elif not event.fixed and own.precision in OPEN and not own.is_exact:
            dates[uid] = _within(own, lower, upper)
    return dates, torn


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _first(event: InTime) -> tuple[date, str] | None:
    return (event.date.earliest, event.title) if event.date.earliest else None


def _last(event: InTime) -> tuple[date, str] | None:
    return (event.date.latest, event.title) if event.date.latest else None


def _within(own: PartialDate, lower: tuple[date, str] | None, upper: tuple[date, str] | None) -> PartialDate:
    """A date narrowed to the days that relations leave, with a reason that names what it rests on."""
    later = lower if lower and (own.earliest is None or lower[0] > own.earliest) else None
    sooner = upper if upper and (own.latest is None or upper[0] < own.latest) else None
    if later is None and sooner is None:
        return own
    first, last = later[0] if later else own.earliest, sooner[0] if sooner else own.latest
    told = [f"after “{later[1]}”"] if later else []
    told += [f"before “{sooner[1]}”"] if sooner else []
    return replace(
        own,
        earliest=first,
        latest=last,
        precision=DatePrecision.DAY if first == last else DatePrecision.UNKNOWN,
        basis=DateBasis.ORDER,
        reason=f"Articles place it {' and '.join(told)}.",
    )


# --- order -----------------------------------------------------------------------------------------------------------


def _ranks(dates: Mapping[str, PartialDate], told: Collection[Relation]) -> dict[str, int]:
    """How many stand before each event in a chain of events of its day, where its precision alone does not put it
    behind them."""
    earlier: Edges = defaultdict(set)
    for kind, first, second in told:
        if kind is RelationKind.BEFORE and dates[first].best_day == dates[second].best_day:
            earlier[second].add(first)
    ranks = dict.fromkeys(dates, 0)
    for _ in range(MOST_STEPS):
        following = {
            uid: max((ranks[one] + 1 for one in earlier[uid] if _stands_behind(dates, ranks, uid, one)), default=0)
            for uid in earlier
        }
        if all(ranks[uid] == rank for uid, rank in following.items()):
            break
        ranks |= following
    return ranks


def _stands_behind(dates: Mapping[str, PartialDate], ranks: Mapping[str, int], uid: str, one: str) -> bool:
    return ranks[one] > 0 or dates[one].precision.rank >= dates[uid].precision.rank
