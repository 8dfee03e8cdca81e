"""Spellings of actors that their names do not have: what is typed, and whom it may mean.

They are kept beside the documents and looked up for each question: an article with a new spelling of somebody who is in
a hundred thousand events changes one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.search.documents import of_ids
from timeline.search.words import begins

# Above every character that a word may have.
LAST = "\U0010ffff"


class Names:
    def __init__(self, connection: BaseDatabaseWrapper, name: str) -> None:
        self.connection = connection
        self.name = name

    def create(self) -> None:
        # By code points, so that a beginning is a range.
        collation = ' COLLATE "C"' if self.connection.vendor == "postgresql" else ""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(
                f"CREATE TABLE {self.name} (word text{collation} NOT NULL, actor bigint NOT NULL,"
                " PRIMARY KEY (word, actor))"
            )
            cursor.execute(f"CREATE INDEX {self.name}_actor ON {self.name} (actor)")

    def drop(self) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def add(self, words: Iterable[tuple[str, int]]) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.executemany(f"INSERT INTO {self.name} (word, actor) VALUES (%s, %s)", list(words))  # noqa: S608

    def renew(self, actors: Iterable[int], words: Iterable[tuple[str, int]]) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(f"DELETE FROM {self.name} WHERE actor {of_ids(actors)}")  # noqa: S608
        self.add(words)

    def clear(self) -> None:
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(f"DELETE FROM {self.name}")  # noqa: S608

    def meant_by(self, word: str) -> list[int]:
        """The actors with a spelling that has this word, or one that begins with it."""
        with closing(self.connection.cursor()) as cursor:
            cursor.execute(
                f"SELECT DISTINCT actor FROM {self.name} WHERE word >= %s AND word < %s ORDER BY 1",  # noqa: S608
                [word, word + (LAST if begins(word) else "\x01")],
            )
            return [actor for (actor,) in cursor.fetchall()]
