"""What waits for a person: which entries, for what reasons, in which order, and how many.

Everything here asks an index for a page of rows, however many wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import merge
from itertools import islice
from operator import or_
from typing import Any, Literal

from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value

from timeline.models import (
    ActorSuggestion,
    Event,
    EventSuggestion,
    Evidence,
    Participation,
    Publisher,
    Statement,
)
from timeline.vocabulary import EventStatus

Thing = Event | Statement
Pair = ActorSuggestion | EventSuggestion
Item = Thing | Pair
Key = tuple[Any, ...]
Order = Literal["worth", "newest"]

# What is longer is told as “10,000+”.
COUNTED = 10_000
# A statement weighs as much as an event that one source tells in passing, a pair as one that two newsrooms tell. A pair
# has no date: of the latest it comes first.
WEIGHT_OF_STATEMENT, WEIGHT_OF_PAIR, NO_DATE = 3.5, 5.0, 2.0**63
ANY = Q(pk__isnull=False)
# What the readings write of a doubt that a column tells too; the rest is told in their words.
DOUBTS_IN_COLUMNS = frozenset({"hedged", "nobody named", "no day stated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why entries wait: in words, and how those of each kind are known by it."""

    name: str
    label: str
    events: Q | None = None
    statements: Q | None = None
    pairs: type[Pair] | None = None

    def of(self, model: type[Item]) -> Q | None:
        if model is self.pairs:
            return ANY
        return self.events if model is Event else self.statements if model is Statement else None


REASONS = (
    Reason(
        name="confidence",
        label="low confidence",
        events=Q(status=EventStatus.REVIEW),
        statements=Q(status=EventStatus.REVIEW),
    ),
    Reason(name="hedged", label="hedged", events=Q(hedged=True), statements=Q(hedged=True)),
    Reason(name="undated", label="no day stated", events=Q(earliest__isnull=True), statements=Q(earliest__isnull=True)),
    Reason(
        name="nobody",
        label="nobody named",
        events=Q(somebody=False),
        statements=Q(speaker__isnull=True),
    ),
    Reason(name="dates", label="conflicting dates", events=Q(date_disputed=True)),
    Reason(name="order", label="disputed order", events=Q(order_disputed=True)),
    Reason(name="same-actor", label="possible same actor", pairs=ActorSuggestion),
    Reason(name="duplicate", label="possible duplicate", pairs=EventSuggestion),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    kind: str = ""
    reason: str = ""
    publisher: Publisher | None = None
    words: str = ""
    order: Order = "worth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Entries of one kind that wait, in an order that an index holds.

    An order is a sequence of columns, largest first, and of numbers that stand for a column which the kind lacks.
    `told` are the ways from an article's passage to the entry.
    """

    kind: str
    label: str
    model: type[Item]
    waits: Q
    orders: dict[Order, tuple[str | float, ...]]
    beside: tuple[str, ...]
    searched: tuple[str, ...]
    told: tuple[tuple[str, str], ...]

    def things(self, filters: Filters, *, any_reason: bool = False) -> QuerySet[Any]:
        """All that wait, for the reason asked for, in the order asked for."""
        found: QuerySet[Any] = self.model._default_manager.filter(self.waits).select_related(*self.beside)
        if self.model is Event:
            found = found.annotate(somebody=Exists(Participation.objects.filter(event=OuterRef("pk"))))
        for word in filters.words.split():
            found = found.filter(Q(*((f"{column}__icontains", word) for column in self.searched), _connector=Q.OR))
        if filters.publisher is not None:
            printed = Evidence.objects.filter(article__publisher=filters.publisher)
            told = (Exists(printed.filter(**{way: OuterRef(column)})) for way, column in self.told)
            found = found.filter(reduce(or_, map(Q, told)))
        for reason in REASONS:
            if reason.name == filters.reason and not any_reason:
                by = reason.of(self.model)
                found = found.none() if by is None else found.filter(by)
        return found.order_by(*(f"-{term}" for term in self.orders[filters.order] if isinstance(term, str)))

    def key(self, thing: Item, order: Order) -> Key:
        """The place of an entry among those of all kinds."""
        return tuple((getattr(thing, term) or 0) if isinstance(term, str) else term for term in self.orders[order])

    def beyond(self, found: QuerySet[Any], key: Key, order: Order, *, back: bool) -> QuerySet[Any]:
        """Those on one side of a place."""
        columns: list[str] = []
        values: list[Any] = []
        sign = ">" if back else "<"
        for term, value in zip(self.orders[order], key, strict=True):
            if isinstance(term, str):
                columns.append(term)
                values.append(value)
            elif term != value:
                # Whatever is equal so far lies on one side as a whole.
                here = (term > value) is back
                if not columns:
                    return found if here else found.none()
                sign += "=" if here else ""
                break
        return found.filter(Compared(columns, sign, values))


class Compared(Func):
    """(a, b) < (x, y): compared column by column, which an index on the columns answers."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[str], sign: str, values: Sequence[Any]) -> None:
        super().__init__(*map(F, columns), *map(Value, values))
        self.width = len(columns)
        self.sign = sign

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        left = ", ".join(sql for sql, _ in parts[: self.width])
        right = ", ".join(sql for sql, _ in parts[self.width :])
        return f"({left}) {self.sign} ({right})", [value for _, values in parts for value in values]


_EVENTS: dict[Order, tuple[str | float, ...]] = {
    "worth": ("importance", "confidence", 1, "id"),
    "newest": ("chrono", 1, "id"),
}
_BESIDE_EVENTS, _SEARCHED_EVENTS = ("place", "part_of"), ("title", "description")
STREAMS = (
    Stream(
        kind="event",
        label="events",
        model=Event,
        waits=Q(status=EventStatus.REVIEW.value),
        orders=_EVENTS,
        beside=_BESIDE_EVENTS,
        searched=_SEARCHED_EVENTS,
        told=(("event", "pk"),),
    ),
    # On the page, and yet articles contradict each other about them.
    Stream(
        kind="event",
        label="events",
        model=Event,
        waits=Q(status=EventStatus.AUTOMATIC.value) & (Q(date_disputed=True) | Q(order_disputed=True)),
        orders=_EVENTS,
        beside=_BESIDE_EVENTS,
        searched=_SEARCHED_EVENTS,
        told=(("event", "pk"),),
    ),
    # Confirmed, and contradicted since.
    Stream(
        kind="event",
        label="events",
        model=Event,
        waits=Q(status=EventStatus.CONFIRMED.value, contradicted=True),
        orders=_EVENTS,
        beside=_BESIDE_EVENTS,
        searched=_SEARCHED_EVENTS,
        told=(("event", "pk"),),
    ),
    Stream(
        kind="statement",
        label="statements",
        model=Statement,
        waits=Q(status=EventStatus.REVIEW.value),
        orders={"worth": (WEIGHT_OF_STATEMENT, "confidence", 0, "id"), "newest": ("chrono", 0, "id")},
        beside=("speaker", "event"),
        searched=("text", "speaker__name"),
        told=(("statement", "pk"),),
    ),
    Stream(
        kind="actors",
        label="pairs of actors",
        model=ActorSuggestion,
        waits=Q(),
        orders={"worth": (WEIGHT_OF_PAIR, "score", 3, "id"), "newest": (NO_DATE, 3, "id")},
        beside=("left", "right"),
        searched=("left__name", "right__name"),
        told=tuple(
            (way, side) for side in ("left", "right") for way in ("event__participations__actor", "statement__speaker")
        ),
    ),
    Stream(
        kind="doubles",
        label="pairs of events",
        model=EventSuggestion,
        waits=Q(),
        orders={"worth": (WEIGHT_OF_PAIR, "score", 2, "id"), "newest": (NO_DATE, 2, "id")},
        beside=("left", "right"),
        searched=("left__title", "right__title"),
        told=(("event", "left"), ("event", "right")),
    ),
)
# The kinds with their plurals.
KINDS = {stream.kind: stream.label for stream in STREAMS}


def stream_of(thing: Item) -> Stream:
    return next(stream for stream in STREAMS if stream.model is type(thing))


def name_of(thing: Item) -> str:
    """The name of an entry in addresses."""
    return f"{stream_of(thing).kind}-{thing.pk}"


def find(name: str, *, locked: bool = False) -> Item | None:
    """The entry of this name, whether it waits or not, but none that another stands for; locked until the transaction
    ends. A pair is there as long as it waits."""
    kind, _, number = name.partition("-")
    stream = next((stream for stream in STREAMS if stream.kind == kind), None)
    if stream is None or not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    things: QuerySet[Any] = stream.model._default_manager.select_related(*stream.beside)
    if locked:
        things = things.select_for_update(of=("self",))
    standing = {"merged_into__isnull": True} if stream.model in (Event, Statement) else {}
    found: Item | None = things.filter(pk=int(number), **standing).first()
    return found


def still_waits(thing: Item) -> bool:
    if isinstance(thing, Pair):
        return True
    if thing.status == EventStatus.REVIEW:
        return True
    if not isinstance(thing, Event):
        return False
    disputed = thing.date_disputed or thing.order_disputed
    return thing.contradicted or (disputed and thing.status == EventStatus.AUTOMATIC)


def beside(thing: Item | None, filters: Filters, limit: int, *, back: bool = False) -> list[Item]:
    """The entries that wait after one, or before it, nearest first; from the first on where none is named."""
    order = filters.order
    key = stream_of(thing).key(thing, order) if thing is not None else None
    pages = []
    for stream in STREAMS:
        if filters.kind in ("", stream.kind):
            found = stream.things(filters)
            if key is not None:
                found = stream.beyond(found, key, order, back=back)
            pages.append((found.reverse() if back else found)[:limit])
    return list(islice(merge(*pages, key=lambda one: stream_of(one).key(one, order), reverse=not back), limit))


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of entries, or at least so many."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{min(self.number, COUNTED):,}+" if self.more else f"{self.number:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many wait: all that the filters leave, and by each choice as if it were made."""

    total: Tally
    kinds: dict[str, Tally]
    reasons: dict[str, Tally]


def count(filters: Filters) -> Counts:
    """How many wait; of each stream no more than `COUNTED` are looked at."""
    total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    capped: set[str] = set()
    for stream in STREAMS:
        numbers = _count_stream(stream, filters)
        if numbers.pop("more"):
            capped.add(stream.kind)
        left = numbers[filters.reason]
        kinds[stream.kind] += left
        if filters.kind in ("", stream.kind):
            total["all"] += left
            reasons.update(numbers)
    chosen = capped if not filters.kind else capped & {filters.kind}
    return Counts(
        total=Tally(total["all"], bool(chosen)),
        kinds={kind: Tally(kinds[kind], kind in capped) for kind in KINDS},
        reasons={reason.name: Tally(reasons[reason.name], bool(chosen)) for reason in REASONS},
    )


def _count_stream(stream: Stream, filters: Filters) -> dict[str, int]:
    """By reason; all of them under no name, and whether there are more."""
    rows = stream.things(filters, any_reason=True).select_related(None)[: COUNTED + 1]
    asked: dict[str, Any] = {"n": Count("pk")}
    for reason in REASONS:
        if (by := reason.of(stream.model)) is not None:
            asked[f"n_{reason.name}"] = Count("pk", filter=by)
    found = rows.aggregate(**asked)
    numbers = {reason.name: min(found.get(f"n_{reason.name}", 0), COUNTED) for reason in REASONS}
    return {"": min(found["n"], COUNTED), **numbers, "more": int(found["n"] > COUNTED)}


def all_waiting() -> Tally:
    return count(Filters()).total


def reasons_of(thing: Item, *, nobody: bool) -> list[str]:
    """Why an entry waits, in words."""
    if isinstance(thing, Pair):
        return [reason.label for reason in REASONS if reason.pairs is type(thing)] + [thing.reason]
    found = []
    if isinstance(thing, Event):
        found += ["contradicted since it was confirmed"] if thing.contradicted else []
        found += ["articles give conflicting dates"] if thing.date_disputed else []
        found += ["an article’s order contradicts the dates"] if thing.order_disputed else []
    stated, _, doubts = thing.review_reason.partition(": ")
    if thing.status == EventStatus.REVIEW:
        found.append(f"right about {round(thing.confidence * 10)} times in 10")
        told = [*doubts.split(", ")] if doubts else [] if stated.startswith("right about") else [stated]
        found += [doubt for doubt in told if doubt and doubt not in DOUBTS_IN_COLUMNS]
    if thing.hedged:
        found.append("hedged")
    if thing.earliest is None:
        found.append("no day stated")
    if nobody:
        found.append("nobody named")
    return found


def nameless(things: Iterable[Item]) -> set[str]:
    """The names of those in which nobody is named: as their stream annotates them, or looked up."""
    found = {name_of(one) for one in things if isinstance(one, Statement) and one.speaker_id is None}
    events = {one.pk for one in things if isinstance(one, Event)}
    peopled = set(Participation.objects.filter(event__in=events).values_list("event", flat=True).distinct())
    return found | {f"event-{pk}" for pk in events - peopled}
