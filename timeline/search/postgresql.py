"""The index in PostgreSQL: words and tags of a document in one tsvector, under a GIN index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeline.search.dialects import Index, Term
from timeline.search.documents import Document
from timeline.search.query import Query, Stretch
from timeline.search.words import begins, words_of

# No word begins with it: words are letters and digits.
TAG = "#"


class PostgresIndex(Index):
    def create(self) -> None:
        name = self.name
        self._do(
            f"CREATE TABLE {name} (chrono bigint PRIMARY KEY, id bigint NOT NULL,"
            " earliest integer, latest integer, tags text NOT NULL, document tsvector NOT NULL)"
        )
        self._do(f"ALTER TABLE {name} ALTER COLUMN document SET STATISTICS 1000")
        self._do(f"CREATE TABLE {name}_totals (tag text PRIMARY KEY, facet text NOT NULL, documents bigint NOT NULL)")
        self._do(
            f"CREATE TABLE {name}_spans (tag text NOT NULL, earliest integer NOT NULL, latest integer NOT NULL,"
            " documents bigint NOT NULL, PRIMARY KEY (tag, earliest, latest))"
        )

    def finish(self) -> None:
        self._do(f"CREATE UNIQUE INDEX {self.name}_id ON {self.name} (id)")
        self._do(f"CREATE INDEX {self.name}_document ON {self.name} USING gin (document)")
        self._do(f"CREATE INDEX {self.name}_facet ON {self.name}_totals (facet, documents)")
        self._do(f"ANALYZE {self.name}")

    def forget(self) -> None:
        """PostgreSQL writes over what is deleted when it next vacuums, here as in the rows themselves."""

    def drop(self) -> None:
        for part in ("_totals", "_spans", ""):
            self._do(f"DROP TABLE IF EXISTS {self.name}{part}")

    def add(self, documents: Sequence[Document]) -> None:
        self._many(
            f"INSERT INTO {self.name} (chrono, id, earliest, latest, tags, document)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s))",
            [
                (d.chrono, d.row, d.earliest, d.latest, d.tags,
                 [*set(words_of(d.words)), *(TAG + tag for tag in d.searched_tags.split())])
                for d in documents
            ],
        )  # fmt: skip

    def _take_out(self, condition: str) -> list[Document]:
        sql = f"DELETE FROM {self.name} WHERE {condition} RETURNING chrono, id, earliest, latest, '', tags"  # noqa: S608
        return [Document(*row) for row in self._rows(sql)]

    def _where(self, query: Query, terms: Sequence[Term], stretch: Stretch, *tags: str) -> tuple[str, str, list[Any]]:
        match = matching(query, terms, stretch, tags)
        conditions: list[tuple[str, Any]] = [("document @@ %s::tsquery", match)] if match else []
        if stretch.low is not None:
            conditions.append(("chrono >= %s", stretch.low))
        if stretch.high is not None:
            conditions.append(("chrono < %s", stretch.high))
        return self.name, " AND ".join(one for one, _ in conditions) or "TRUE", [value for _, value in conditions]


def matching(query: Query, terms: Sequence[Term], stretch: Stretch, tags: Sequence[str]) -> str:
    """The question as a tsquery: words as they are, tags by what no word begins with."""
    wanted = []
    for term in terms:
        word = f"'{term.word}'" + (":*" if begins(term.word) else "")
        wanted.append(" | ".join([word, *map(_tag, term.tags)]))
    groups = [*query.tags, *([stretch.one_of] if stretch.one_of else []), *((tag,) for tag in tags)]
    wanted += [" | ".join(map(_tag, group)) for group in groups]
    return " & ".join(f"({one})" for one in wanted)


def _tag(tag: str) -> str:
    return f"'{TAG}{tag}'"
