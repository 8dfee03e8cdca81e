"""What an export reads of the rows: columns as values, for models of a million rows would take their time.

The fields of each value are the look-ups of its columns, but for `date`, which stands for all columns of a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, IntegerField, QuerySet, TextField
from django.db.models.functions import Cast, JSONArray

from timeline.exports.dates import When, when_of
from timeline.models.dated import Dated

Row = tuple[Any, ...]


class Event(NamedTuple):
    pk: int
    date: str
    uid: str
    title: str
    description: str
    kind: str
    date_display: str
    hedged: bool
    confidence: float
    importance: float
    sources: int
    status: str
    date_disputed: bool
    order_disputed: bool
    corrections: str
    place__name: str | None
    place__part_of__name: str | None
    place__part_of__part_of__name: str | None

    @property
    def when(self) -> When:
        return when_of(self.date)


class Statement(NamedTuple):
    event: int
    date: str
    pk: int
    uid: str
    kind: str
    text: str
    speaker__uid: str | None
    speaker__name: str | None
    speaker_as_written: str
    medium: str
    hedged: bool
    confidence: float
    status: str
    corrections: str

    @property
    def when(self) -> When:
        return when_of(self.date)


class Article(NamedTuple):
    pk: int
    date: str
    uid: str
    url: str
    title: str
    bylines: str
    publisher__name: str | None
    retrieved_at: str
    duplicate_of: int | None

    @property
    def when(self) -> When:
        return when_of(self.date)


class Listed(NamedTuple):
    """An article in the list of all that an export refers to."""

    date: str
    uid: str
    url: str
    title: str
    publisher__name: str | None
    duplicate_of__uid: str | None

    @property
    def when(self) -> When:
        return when_of(self.date)


class Participation(NamedTuple):
    event: int
    actor__name: str
    actor__uid: str
    role: str


class Evidence(NamedTuple):
    """`of` is the event or the statement that it proves."""

    of: int
    article: int | None
    start: int | None
    end: int | None
    exact: str
    stance: str
    outside_title: str
    outside_url: str


class Claim(NamedTuple):
    event: int
    date: str
    article: int

    @property
    def when(self) -> When:
        return when_of(self.date)


class Relation(NamedTuple):
    """What is said of the order of an event and another; the date, uid, title and status are the other's."""

    event: int
    date: str
    article: int | None
    kind: str
    start: int | None
    end: int | None
    sentence: str
    uid: str
    title: str
    status: str

    @property
    def when(self) -> When:
        return when_of(self.date)


# What is read as the text that stands in the database: JSON that is nearly always empty, and moments.
AS_TEXT = ("corrections", "bylines", "retrieved_at")


def columns(kind: type[NamedTuple], **of: str) -> list[Expression | str]:
    """What to ask for to have the values; `of` names the columns of some fields where they are called otherwise."""
    return [_column(name, of.get(name, name)) for name in kind._fields]


def _column(name: str, of: str) -> Expression | str:
    if name == "date":
        return Cast(JSONArray(*(of.removesuffix("date") + column for column in Dated.DATE_FIELDS)), TextField())
    return Cast(of, TextField()) if name in AS_TEXT else of


class These(Expression):
    """Where the ids stand in a query that is put again and again: `filter(pk__in=These())`."""

    SQL = "(/* these */ NULL)"

    def __init__(self) -> None:
        super().__init__(output_field=IntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return self.SQL, ()


class Asking:
    """Rows of a queryset for these and those ids. It is compiled once, for that takes as long as reading a batch."""

    def __init__(self, rows: QuerySet[Any, Row]) -> None:
        try:
            self.sql, self.params = rows.query.sql_with_params()
        except EmptyResultSet:
            self.sql = ""

    def rows(self, ids: Iterable[int]) -> list[Row]:
        these = ",".join(map(str, map(int, ids)))
        if not these or not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql.replace(These.SQL, f"({these})"), self.params)
            return list(cursor.fetchall())
