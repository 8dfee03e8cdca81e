"""Which tables the index is in: one generation that readers ask, and, while it is built anew, the next one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.search.dialects import Index
from timeline.search.documents import of_ids, read_articles, read_events, read_names, read_statements
from timeline.search.names import Names
from timeline.search.postgresql import PostgresIndex
from timeline.search.sqlite import SqliteIndex

EVENTS, STATEMENTS, ARTICLES, NAMES = "event", "statement", "article", "name"
READ = {EVENTS: read_events, STATEMENTS: read_statements, ARTICLES: read_articles}
# "search", as the key of PostgreSQL's lock that lets one transaction at a time bring the index up to date.
LOCK = 0x73656172


class NoIndex(Exception):
    """The index has not been laid out."""


@dataclass(frozen=True, slots=True)
class Generation:
    connection: BaseDatabaseWrapper
    number: int

    def index(self, collection: str) -> Index:
        dialect = PostgresIndex if self.connection.vendor == "postgresql" else SqliteIndex
        return dialect(self.connection, f"search_{self.number}_{collection}")

    @property
    def names(self) -> Names:
        return Names(self.connection, f"search_{self.number}_{NAMES}")

    def create(self) -> None:
        for collection in READ:
            self.index(collection).create()
        self.names.create()

    def is_laid_out(self) -> bool:
        """Whether it has the tables that are asked now."""
        return all(self.index(collection).is_laid_out() for collection in READ)

    def drop(self) -> None:
        for collection in READ:
            self.index(collection).drop()
        self.names.drop()

    def renew(self, collection: str, rows: list[int]) -> None:
        """Let the documents say what the rows say now."""
        if collection == NAMES:
            self.names.renew(rows, read_names(self.connection, of_ids(rows)))
        else:
            self.index(collection).renew(rows, READ[collection](self.connection, of_ids(rows)))

    def clear(self, collection: str) -> None:
        if collection == NAMES:
            self.names.clear()
        else:
            self.index(collection).clear()


def generations(connection: BaseDatabaseWrapper) -> list[tuple[int, bool]]:
    """Their numbers, and whether readers ask them."""
    return [(number, bool(live)) for number, live in ask(connection, "SELECT number, live FROM search_generation")]


def ask(connection: BaseDatabaseWrapper, sql: str, values: Any = ()) -> list[Any]:
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def do(connection: BaseDatabaseWrapper, sql: str, values: Any = None) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, values)
