"""What an index can do, whichever database it is in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.search.documents import Document, of_ids
from timeline.search.query import SHORT_KINDS, Query, Stretch
from timeline.search.tags import Facet

Bounds = tuple[int | None, int | None]
# An entry has one kind and a few marks, of which there are few.
COARSE = (Facet.KIND, Facet.MARK)
# The kinds of statements that an entry may have, together.
SAID = ["".join(some) for count in (1, 2, 3) for some in combinations(sorted(SHORT_KINDS.values()), count)]
# The number of all documents stands among the numbers of tags, under no tag.
ALL = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the list, and the row that stands there."""

    chrono: int
    row: int


class Found(NamedTuple):
    """What counting needs to know of a document; tags with a space around each."""

    chrono: int
    row: int
    earliest: int | None
    latest: int | None
    tags: str

    @property
    def bounds(self) -> Bounds:
        return self.earliest, self.latest

    def has(self, tag: str) -> bool:
        return f" {tag} " in self.tags


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for, and the tags of whoever bears it as a spelling."""

    word: str
    tags: tuple[str, ...] = ()


class Index(ABC):
    """The documents of one collection, in tables of their own named after it."""

    def __init__(self, connection: BaseDatabaseWrapper, name: str) -> None:
        self.connection = connection
        self.name = name

    # --- keeping -------------------------------------------------------------------------------------------------

    @abstractmethod
    def create(self) -> None: ...

    @abstractmethod
    def add(self, documents: Sequence[Document]) -> None:
        """Take documents in, sorted by `chrono`."""

    @abstractmethod
    def _take_out(self, condition: str) -> list[Document]:
        """Take documents out; their words are given only where the database needs them."""

    @abstractmethod
    def finish(self) -> None:
        """After the first filling: what makes asking fast and filling slow."""

    @abstractmethod
    def forget(self) -> None:
        """Leave no trace of words that no document has any more."""

    @abstractmethod
    def drop(self) -> None: ...

    def renew(self, rows: Iterable[int], documents: Sequence[Document]) -> None:
        """Let these documents be all that tells of some rows."""
        gone = self._take_out(f"id {of_ids(rows)}")
        self.add(documents)
        self.count(documents, gone)

    def clear(self) -> None:
        self.count((), self._take_out("id IS NOT NULL"))

    def count(self, come: Iterable[Document], gone: Iterable[Document]) -> None:
        """Keep the numbers of all documents by tag, and by bounds for all and for each value of the coarse facets."""
        tags: Counter[str] = Counter()
        spans: Counter[tuple[str, int | None, int | None]] = Counter()
        for documents, step in ((come, 1), (gone, -1)):
            for one in documents:
                own = one.tags.split()
                tags[ALL] += step
                for tag in own:
                    tags[tag] += step
                for group in groups_of(own):
                    spans[group, one.earliest, one.latest] += step
        self.add_to_totals(tags)
        self.add_to_spans(spans)

    def add_to_totals(self, tags: Counter[str]) -> None:
        self._many(
            f"INSERT INTO {self.name}_totals AS t (tag, facet, documents) VALUES (%s, %s, %s)"  # noqa: S608
            " ON CONFLICT (tag) DO UPDATE SET documents = t.documents + excluded.documents",
            [(tag, tag[:1], number) for tag, number in sorted(tags.items()) if number],
        )

    def add_to_spans(self, spans: Counter[tuple[str, int | None, int | None]]) -> None:
        self._many(
            f"INSERT INTO {self.name}_spans AS s (tag, earliest, latest, documents) VALUES (%s, %s, %s, %s)"  # noqa: S608
            " ON CONFLICT (tag, earliest, latest) DO UPDATE SET documents = s.documents + excluded.documents",
            sorted(
                (tag, _column(first), _column(last), number) for (tag, first, last), number in spans.items() if number
            ),
        )

    def is_laid_out(self) -> bool:
        """Whether its tables are those that are asked now; an earlier version may have made them."""
        with closing(self.connection.cursor()) as cursor:
            if f"{self.name}_spans" not in self.connection.introspection.table_names(cursor):
                return False
            columns = self.connection.introspection.get_table_description(cursor, f"{self.name}_spans")
        return "tag" in {column.name for column in columns}

    # --- asking --------------------------------------------------------------------------------------------------

    @abstractmethod
    def _where(self, query: Query, terms: Sequence[Term], stretch: Stretch, *tags: str) -> tuple[str, str, list[Any]]:
        """The tables to ask, with the place as `chrono`, a condition, and its values; `tags` are asked for besides."""

    def keys(
        self, query: Query, terms: Sequence[Term], *, after: int | None, newest_first: bool, limit: int
    ) -> list[Key]:
        """The next so many documents beyond a place, in the direction of reading."""
        found: list[Key] = []
        for stretch in reversed(query.stretches()) if newest_first else query.stretches():
            rest = beyond(stretch, after, newest_first=newest_first)
            if rest is None:
                continue
            inner, values = self._places(query, terms, rest, newest_first=newest_first, limit=limit - len(found))
            order = "DESC" if newest_first else "ASC"
            sql = f"SELECT d.chrono, d.id FROM ({inner}) p JOIN {self.name} d USING (chrono) ORDER BY 1 {order}"  # noqa: S608
            found += [Key(chrono, row) for chrono, row in self._rows(sql, values)]
            if len(found) >= limit:
                break
        return found

    def found(self, query: Query, terms: Sequence[Term], limit: int) -> list[Found]:
        """The newest so many documents, for counting."""
        found: list[Found] = []
        for stretch in reversed(query.stretches()):
            inner, values = self._places(query, terms, stretch, newest_first=True, limit=limit - len(found))
            sql = (
                "SELECT d.chrono, d.id, d.earliest, d.latest, d.tags"  # noqa: S608
                f" FROM ({inner}) p JOIN {self.name} d USING (chrono) ORDER BY 1 DESC"
            )
            found += map(Found._make, self._rows(sql, values))
            if len(found) >= limit:
                break
        return found

    def told_of(self, rows: Iterable[int]) -> list[Found]:
        """The documents of some rows, newest first."""
        sql = f"SELECT chrono, id, earliest, latest, tags FROM {self.name} WHERE id {of_ids(rows)} ORDER BY 1 DESC"  # noqa: S608
        return list(map(Found._make, self._rows(sql)))

    def places(self, query: Query, terms: Sequence[Term]) -> tuple[str, list[Any]]:
        """A query for the places of all documents, in no order."""
        parts: list[str] = []
        values: list[Any] = []
        for stretch in query.stretches():
            sql, some = self._places(query, terms, stretch, newest_first=False, limit=None)
            parts.append(sql)
            values += some
        return " UNION ALL ".join(parts) or "SELECT CAST(NULL AS bigint) WHERE 1 = 0", values

    def rows(self, query: Query, terms: Sequence[Term]) -> set[int]:
        """All documents, as the rows they tell of."""
        found: set[int] = set()
        for stretch in query.stretches():
            inner, values = self._places(query, terms, stretch, newest_first=False, limit=None)
            sql = f"SELECT d.id FROM ({inner}) p JOIN {self.name} d USING (chrono)"  # noqa: S608
            found.update(row for (row,) in self._rows(sql, values))
        return found

    def kept_size(self, query: Query) -> int | None:
        """How many documents there are, where that is kept; else None."""
        known = ALL if query.is_everything else query.only_tag
        if known is None:
            return None
        rows = self._rows(f"SELECT documents FROM {self.name}_totals WHERE tag = %s", [known])  # noqa: S608
        return rows[0][0] if rows else 0

    def size(self, query: Query, terms: Sequence[Term]) -> int:
        """How many documents there are, counted."""
        if self.knows_spans(query):
            return sum(number for _, number in self.spans(query))
        total = 0
        for stretch in query.stretches():
            tables, condition, values = self._where(query, terms, stretch)
            [[number]] = self._rows(f"SELECT COUNT(*) FROM {tables} WHERE {condition}", values)  # noqa: S608
            total += number
        return total

    def moments(self, query: Query, terms: Sequence[Term], shift: int) -> Counter[int]:
        """How many documents stand at each moment, a `chrono` shifted to the right."""
        counted: Counter[int] = Counter()
        for stretch in query.stretches():
            counted.update(self._moments(shift, *self._where(query, terms, stretch)))
        return counted

    def _moments(self, shift: int, tables: str, condition: str, values: Sequence[Any]) -> Counter[int]:
        sql = f"SELECT {self._place} >> {shift}, COUNT(*) FROM {tables} WHERE {condition} GROUP BY 1"  # noqa: S608
        return Counter(dict(self._rows(sql, values)))

    def bounds_at(self, query: Query, terms: Sequence[Term], shift: int, tag: str) -> Iterator[tuple[int, Bounds, int]]:
        """Of the documents with a tag besides: how many have each pair of bounds at each moment."""
        for stretch in query.stretches():
            tables, condition, values = self._where(query, terms, stretch, tag)
            sql = (
                f"SELECT d.chrono >> {shift}, d.earliest, d.latest, COUNT(*) FROM (SELECT {self._place} AS chrono"  # noqa: S608
                f" FROM {tables} WHERE {condition}) p JOIN {self.name} d USING (chrono) GROUP BY 1, 2, 3"
            )
            for moment, first, last, number in self._rows(sql, values):
                yield moment, (first, last), number

    def knows_spans(self, query: Query) -> bool:
        """Whether the bounds of what a query lets through are kept, and need not be counted."""
        return groups_for(query) is not None

    def spans(self, query: Query) -> list[tuple[Bounds, int]]:
        """How many documents have each pair of bounds, where that is kept."""
        groups = groups_for(query) or []
        conditions = [f"tag IN ({', '.join(['%s'] * len(groups))})", "documents > 0"]
        values: list[Any] = [*groups]
        if query.first is not None:
            conditions.append(f"(latest >= %s OR latest = {OPEN})")
            values.append(query.first)
        if query.last is not None:
            conditions.append("earliest <= %s")
            values.append(query.last)
        sql = (
            f"SELECT NULLIF(earliest, {OPEN}), NULLIF(latest, {OPEN}), CAST(SUM(documents) AS bigint)"  # noqa: S608
            f" FROM {self.name}_spans WHERE {' AND '.join(conditions)} GROUP BY earliest, latest"
        )
        return [((first, last), number) for first, last, number in self._rows(sql, values)]

    def totals(self, facet: Facet, limit: int | None = None) -> list[tuple[str, int]]:
        """The tags of a facet with the numbers of their documents, most first, and all that equal the last one."""
        sql = f"SELECT tag, documents FROM {self.name}_totals WHERE facet = %s AND documents > 0"  # noqa: S608
        values: list[Any] = [facet.value]
        if limit is not None:
            least = (
                f"SELECT documents FROM {self.name}_totals WHERE facet = %s AND documents > 0"  # noqa: S608
                " ORDER BY documents DESC LIMIT 1 OFFSET %s"
            )
            sql += f" AND documents >= COALESCE(({least}), 0)"
            values += [facet.value, limit - 1]
        return [(tag, number) for tag, number in self._rows(f"{sql} ORDER BY documents DESC", values)]

    _place = "chrono"

    def _places(
        self, query: Query, terms: Sequence[Term], stretch: Stretch, *, newest_first: bool, limit: int | None
    ) -> tuple[str, list[Any]]:
        tables, condition, values = self._where(query, terms, stretch)
        sql = f"SELECT {self._place} AS chrono FROM {tables} WHERE {condition}"  # noqa: S608
        if limit is None:
            return sql, values
        order = "DESC" if newest_first else "ASC"
        return f"{sql} ORDER BY {self._place} {order} LIMIT %s", [*values, limit]

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def _do(self, sql: str, values: Sequence[Any] | None = None) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(sql, values)

    def _many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.executemany(sql, values)


def groups_of(tags: Iterable[str]) -> Iterator[str]:
    """The groups whose bounds are counted that a document with these tags is in: all, its kind, each of its marks, and
    what kinds of statements it has together, so that those with one of several kinds are counted once."""
    yield ALL
    said = ""
    for one in tags:
        if one[0] in COARSE:
            yield one
        elif one[0] == Facet.QUOTED:
            said += one[1:]
    if said:
        yield Facet.QUOTED + "".join(sorted(said))


def groups_for(query: Query) -> list[str] | None:
    """The groups that together are what a query lets through, whatever its dates; None where there are none."""
    if query.words != () or len(query.tags) > 1:
        return None
    [wanted] = query.tags or [(ALL,)]
    facets = {one[:1] for one in wanted}
    if facets == {Facet.QUOTED}:
        letters = {one[1:] for one in wanted}
        return [Facet.QUOTED + said for said in SAID if letters & set(said)]
    return list(wanted) if facets in ({""}, {Facet.KIND}) or (facets == {Facet.MARK} and len(wanted) == 1) else None


def beyond(stretch: Stretch, after: int | None, *, newest_first: bool) -> Stretch | None:
    """What is left of a stretch after a place, in the direction of reading."""
    low, high = stretch.low, stretch.high
    if after is not None and newest_first:
        high = after if high is None else min(high, after)
    elif after is not None:
        low = after + 1 if low is None else max(low, after + 1)
    return None if low is not None and high is not None and low >= high else Stretch(low, high, stretch.one_of)


# An open bound in a column that must be unique: NULL never equals NULL.
OPEN = -(2**31)


def _column(day: int | None) -> int:
    return OPEN if day is None else day
