"""The index in SQLite: FTS5, whose documents come in the order of their numbers without sorting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from timeline.search.dialects import Index, Term
from timeline.search.documents import Document
from timeline.search.query import Query, Stretch
from timeline.search.words import begins


class SqliteIndex(Index):
    """`…_text` keeps what FTS5 was given, which it must be told again to forget it; the documents themselves stay
    small, for counting reads them by the thousand."""

    def create(self) -> None:
        name = self.name
        self._do(
            f"CREATE TABLE {name} (chrono INTEGER PRIMARY KEY, id INTEGER NOT NULL,"
            " earliest INTEGER, latest INTEGER, tags TEXT NOT NULL)"
        )
        self._do(f"CREATE TABLE {name}_text (chrono INTEGER PRIMARY KEY, words TEXT NOT NULL)")
        # What is folded is ASCII, or letters of other scripts with nothing but spaces between their words.
        self._do(
            f"CREATE VIRTUAL TABLE {name}_fts USING fts5"
            "(words, tags, content='', tokenize='ascii', detail='column', columnsize=0)"
        )
        self._do(
            f"CREATE TABLE {name}_totals"
            " (tag TEXT PRIMARY KEY, facet TEXT NOT NULL, documents INTEGER NOT NULL) WITHOUT ROWID"
        )
        self._do(
            f"CREATE TABLE {name}_spans (tag TEXT NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL,"
            " documents INTEGER NOT NULL, PRIMARY KEY (tag, earliest, latest)) WITHOUT ROWID"
        )

    def finish(self) -> None:
        # One piece in place of those it was filled in: each question went through all of them, and a place deep in the
        # list was found a quarter as fast (1,040,000 events in eleven pieces; three seconds to join).
        self.forget()
        self._do(f"CREATE UNIQUE INDEX {self.name}_id ON {self.name} (id)")
        self._do(f"CREATE INDEX {self.name}_facet ON {self.name}_totals (facet, documents)")

    def drop(self) -> None:
        for part in ("_fts", "_text", "_totals", "_spans", ""):
            self._do(f"DROP TABLE IF EXISTS {self.name}{part}")

    def forget(self) -> None:
        self._do(f"INSERT INTO {self.name}_fts({self.name}_fts) VALUES ('optimize')")  # noqa: S608

    def add(self, documents: Sequence[Document]) -> None:
        name = self.name
        self._many(
            f"INSERT INTO {name} (chrono, id, earliest, latest, tags) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [(d.chrono, d.row, d.earliest, d.latest, d.tags) for d in documents],
        )
        self._many(
            f"INSERT INTO {name}_text (chrono, words) VALUES (%s, %s)",  # noqa: S608
            [(d.chrono, d.words) for d in documents],
        )
        self._many(
            f"INSERT INTO {name}_fts (rowid, words, tags) VALUES (%s, %s, %s)",  # noqa: S608
            [(d.chrono, d.words, d.searched_tags) for d in documents],
        )

    def _take_out(self, condition: str) -> list[Document]:
        name = self.name
        rows = self._rows(
            f"SELECT d.chrono, d.id, d.earliest, d.latest, t.words, d.tags FROM {name} d"  # noqa: S608
            f" JOIN {name}_text t USING (chrono) WHERE d.{condition} ORDER BY d.chrono"
        )
        gone = [Document(*row) for row in rows]
        self._many(
            f"INSERT INTO {name}_fts ({name}_fts, rowid, words, tags) VALUES ('delete', %s, %s, %s)",  # noqa: S608
            [(d.chrono, d.words, d.searched_tags) for d in gone],
        )
        for part in ("_text", ""):
            self._many(f"DELETE FROM {name}{part} WHERE chrono = %s", [(d.chrono,) for d in gone])  # noqa: S608
        return gone

    def _where(self, query: Query, terms: Sequence[Term], stretch: Stretch, *tags: str) -> tuple[str, str, list[Any]]:
        match = matching(query, terms, stretch, tags)
        column = "rowid" if match else "chrono"
        conditions = [(f"{self.name}_fts MATCH %s", match)] if match else []
        if stretch.low is not None:
            conditions.append((f"{column} >= %s", str(stretch.low)))
        if stretch.high is not None:
            conditions.append((f"{column} < %s", str(stretch.high)))
        table = f"{self.name}_fts" if match else self.name
        values = [value if "MATCH" in condition else int(value) for condition, value in conditions]
        return table, " AND ".join(condition for condition, _ in conditions) or "1 = 1", values

    def _moments(self, shift: int, tables: str, condition: str, values: Sequence[Any]) -> Counter[int]:
        """Handed over as one text and counted here: SQLite would sort the moments to group them."""
        sql = f"SELECT group_concat({self._place} >> {shift}) FROM {tables} WHERE {condition}"  # noqa: S608
        [[moments]] = self._rows(sql, values)
        return Counter(
            {int(moment): number for moment, number in Counter((moments or "").split(",")).items() if moment}
        )

    _place = "rowid"


def matching(query: Query, terms: Sequence[Term], stretch: Stretch, tags: Sequence[str]) -> str:
    """The question in FTS5's own words. Every word is quoted and looked for among words, every tag among tags."""
    wanted = []
    for term in terms:
        word = f'words : "{term.word}"' + (" *" if begins(term.word) else "")
        wanted.append(f"({word} OR {_tags(term.tags)})" if term.tags else f"({word})")
    groups = [*query.tags, *([stretch.one_of] if stretch.one_of else []), *((tag,) for tag in tags)]
    return " AND ".join([*wanted, *(f"({_tags(group)})" for group in groups)])


def _tags(tags: Sequence[str]) -> str:
    return "tags : (" + " OR ".join(f'"{tag}"' for tag in tags) + ")"
