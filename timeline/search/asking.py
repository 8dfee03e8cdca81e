"""The door for readers: a query in, places in the list, counts and what counting needs out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression

from timeline.models.identity import EPOCH, PRECISION_BITS
from timeline.search.dialects import Bounds, Found, Index, Key, Term
from timeline.search.documents import MOMENT_SHIFT, bounds_of
from timeline.search.generations import ARTICLES, EVENTS, STATEMENTS, Generation, NoIndex, ask
from timeline.search.query import EventQuery, Query, StatementQuery
from timeline.search.tags import IRREGULAR, Facet, tag
from timeline.search.upkeep import catch_up_now

# So many documents are looked at one by one for counting; of more, the newest.
MOST_COUNTED = 10_000
BATCH = 500
Density = list[tuple[date | None, date | None, int]]


def live() -> Generation:
    """The generation that readers ask, with all that has changed in it.

    Raises:
        NoIndex: nobody has migrated the database.
    """
    [[number, stale]] = ask(
        connection,
        "SELECT (SELECT number FROM search_generation WHERE live = 1), (SELECT 1 FROM search_stale LIMIT 1)",
    )
    if number is None:
        raise NoIndex("There is no search index here; run `manage.py migrate`.")
    here: BaseDatabaseWrapper = connection
    if stale:
        catch_up_now(here)
    return Generation(here, number)


@dataclass
class Answer:
    """What the index knows of one query. Nothing is asked before it is needed, and nothing twice."""

    query: Query
    collection: str

    @cached_property
    def _generation(self) -> Generation:
        return live()

    @property
    def _index(self) -> Index:
        return self._generation.index(self.collection)

    @cached_property
    def _terms(self) -> Sequence[Term]:
        words = self.query.words or ()
        if self.collection != EVENTS:
            return [Term(word) for word in words]
        names = self._generation.names
        return [Term(word, tuple(tag(Facet.ACTOR, actor) for actor in names.meant_by(word))) for word in words]

    def keys(self, *, after: int | None = None, newest_first: bool = False, limit: int) -> list[Key]:
        """The next so many entries beyond a place in the list, in the direction of reading."""
        return self._index.keys(self.query, self._terms, after=after, newest_first=newest_first, limit=limit)

    def batches(self, *, newest_first: bool = False, size: int = BATCH) -> Iterator[list[int]]:
        """All entries in their order, as ids; each batch is asked for when the one before is done with."""
        last: int | None = None
        while True:
            fresh = Answer(self.query, self.collection)
            keys = fresh.keys(after=last, newest_first=newest_first, limit=size)
            if keys:
                yield [key.row for key in keys]
            if len(keys) < size:
                return
            last = keys[-1].chrono

    @cached_property
    def size(self) -> int:
        """How many entries there are."""
        return self._index.size(self.query, self._terms) if self._kept_size is None else self._kept_size

    @cached_property
    def _kept_size(self) -> int | None:
        return self._index.kept_size(self.query)

    @property
    def total(self) -> int:
        """The same, for whoever asks for the density too: that is known without counting once more."""
        return sum(number for _, _, number in self.density)

    @cached_property
    def found(self) -> list[Found]:
        """The entries for counting, newest first: all, or the newest of them."""
        return self._newest[:MOST_COUNTED]

    @cached_property
    def _newest(self) -> list[Found]:
        """One more than are counted says that there are more."""
        return self._index.found(self.query, self._terms, MOST_COUNTED + 1)

    @cached_property
    def is_whole(self) -> bool:
        """Whether `found` is all there is."""
        return (len(self._newest) if self._kept_size is None else self._kept_size) <= MOST_COUNTED

    @property
    def knows_totals(self) -> bool:
        """Whether the numbers of all entries are asked for, which the index keeps."""
        return self.query.is_everything

    @property
    def _knows_spans(self) -> bool:
        return self._index.knows_spans(self.query)

    @property
    def counts_all(self) -> bool:
        """Whether `tally` is of all entries, and not of the newest of them."""
        return self.knows_totals or self.is_whole

    @cached_property
    def tags(self) -> Counter[str]:
        """How many of `found` have each tag."""
        return Counter("".join([one.tags for one in self.found]).split())

    @cached_property
    def _facets(self) -> dict[str, list[tuple[str, int]]]:
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for one, number in self.tags.items():
            found[one[0]].append((one, number))
        return found

    def tally(self, facet: Facet, limit: int | None = None) -> list[tuple[str, int]]:
        """How many entries have each tag of a facet, most first; beyond the limit only those that equal the last."""
        if self.knows_totals:
            return self._index.totals(facet, limit)
        counted = sorted(self._facets[facet], key=lambda one: -one[1])
        if limit is None or len(counted) <= limit:
            return counted
        least = counted[limit - 1][1]
        return [one for one in counted if one[1] >= least]

    def places(self) -> Places:
        """The entries as a condition for other queries: `filter(chrono__in=answer.places())`."""
        return Places(self)

    def rows(self) -> set[int]:
        """All entries, as ids."""
        return self._index.rows(self.query, self._terms)

    def as_sql(self) -> tuple[str, tuple[str | int, ...]]:
        sql, values = self._index.places(self.query, self._terms)
        return f"({sql})", tuple(values)

    @cached_property
    def density(self) -> Density:
        """How many entries have each pair of bounds: always of all of them."""
        counted: Iterable[tuple[Bounds, int]]
        if self._knows_spans:
            counted = self._index.spans(self.query)
        elif self.is_whole:
            counted = Counter(one.bounds for one in self.found).items()
        else:
            counted = self._of_very_many().items()
        days = _Days({None: None})
        return [(days[first], days[last], number) for (first, last), number in counted]

    def _of_very_many(self) -> Counter[Bounds]:
        """Bounds are told by the moments; of the few entries where they are not, each is looked at."""
        moments = self._index.moments(self.query, self._terms, MOMENT_SHIFT)
        found: Counter[Bounds] = Counter()
        for moment, bounds, number in self._index.bounds_at(self.query, self._terms, MOMENT_SHIFT, IRREGULAR):
            moments[moment] -= number
            found[bounds] += number
        for moment, number in moments.items():
            if number > 0:
                found[bounds_of(moment)] += number
        return found

    def days(self, tag: str) -> list[tuple[date | None, int]]:
        """At which days the entries with a tag stand, and how many: always all of them."""
        if self.is_whole:
            days = Counter(_best_day(one.bounds) for one in self.found if one.has(tag))
            return [(_day(day), number) for day, number in days.items()]
        asked, shift = self.query.tagged(tag), MOMENT_SHIFT + PRECISION_BITS
        return [(_day_of(day), number) for day, number in self._index.moments(asked, self._terms, shift).items()]


@dataclass
class Picked(Answer):
    """Some entries chosen by their ids, to be counted like an answer."""

    ids: Sequence[int] = ()
    knows_totals = False
    _knows_spans = False
    is_whole = True

    @cached_property
    def size(self) -> int:
        return len(self.found)

    @cached_property
    def found(self) -> list[Found]:
        return self._index.told_of(self.ids)


class Places(Expression):
    """Where the entries of an answer stand, asked for when the query around it is."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(output_field=BigIntegerField())
        self.answer = answer

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return Answer(self.answer.query, self.answer.collection).as_sql()


def events(query: EventQuery) -> Answer:
    return Answer(query, EVENTS)


def picked_events(ids: Iterable[int]) -> Picked:
    return Picked(EventQuery(), EVENTS, tuple(ids))


def statements(query: StatementQuery) -> Answer:
    return Answer(query, STATEMENTS)


def articles(query: Query) -> Answer:
    return Answer(query, ARTICLES)


def _best_day(bounds: Bounds) -> int | None:
    first, last = bounds
    return last if first is None else first


class _Days(dict[int | None, date | None]):
    """Days by their numbers, each made once."""

    def __missing__(self, number: int | None) -> date | None:
        self[number] = _day(number)
        return self[number]


def _day(number: int | None) -> date | None:
    return None if number is None else _day_of(number)


def _day_of(number: int) -> date:
    return date.fromordinal(number + EPOCH)
