"""What was asked for, opened: its pieces in their order, from any of them on."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Max

from timeline.ingest import inputs
from timeline.ingest.again import articles_read_before, of_other_rules
from timeline.ingest.inputs import Input
from timeline.models import Actor, Article, Event, Publisher, Statement, Work, WorkContent

STRETCH = 100  # entries looked through in one transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is in the database, by its uid."""

    uid: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries of a kind, by the first and the last of their keys."""

    kind: str
    first: int
    last: int

    def ids(self) -> list[int]:
        """Those that are there and stand for themselves."""
        held: Any = ENTRIES[self.kind].objects.filter(merged_into__isnull=True, pk__range=(self.first, self.last))
        return list(held.order_by("pk").values_list("pk", flat=True))

    def __str__(self) -> str:
        return f"{self.kind}s {self.first:,} to {self.last:,}"


Piece = Input | str | Kept | Stretch
ENTRIES: dict[str, type[Actor] | type[Event]] = {"actor": Actor, "event": Event}


class Asked:
    """The pieces of some work: articles, addresses of those that are still to be fetched, articles that are stored
    already, or stretches of entries."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.content = bytes(WorkContent.objects.get(work=work).content)
        self._at = 0
        self._rest: Iterator[Piece] = iter(())
        self._opened = False

    def count(self) -> int:
        if self.work.kind == Work.Kind.FILE:
            return inputs.count_stream(io.BytesIO(self.content), self.work.name)
        return sum(1 for _ in self._open())

    def between(self, first: int, last: int | None) -> Iterator[Piece]:
        """The pieces from one on, up to another."""
        if not self._opened or self._at > first:
            self._rest, self._at, self._opened = self._open(), 0, True
        for _ in islice(self._rest, first - self._at):
            self._at += 1
        while last is None or self._at < last:
            item = next(self._rest, None)
            if item is None:
                return
            self._at += 1
            yield item

    def _open(self) -> Iterator[Piece]:
        match self.work.kind:
            case Work.Kind.ADDRESSES:
                return iter(lines_of(self.content))
            case Work.Kind.REREAD:
                return (Kept(uid) for uid in lines_of(self.content))
            case Work.Kind.SUGGEST:
                return _stretches(self.content)
        return inputs.read_stream(io.BytesIO(self.content), self.work.name)


def lines_of(content: bytes) -> list[str]:
    """The lines of a list, each once."""
    lines = (line.strip() for line in content.decode("utf-8", "replace").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def articles_to_read_again(*, publishers: Iterable[Publisher] = (), all_of_them: bool = False) -> bytes:
    """A list of the current articles that other rules than those of today have read, or of all."""
    current = articles_read_before(publishers=publishers)
    reading = current if all_of_them else of_other_rules(current)
    return "\n".join(reading.order_by("pk").values_list("uid", flat=True)).encode()


def entries_to_look_through() -> bytes:
    """How far the actors and the events go."""
    return "\n".join(f"{kind} {_last(model)}" for kind, model in ENTRIES.items()).encode()


def rows_of_the_index() -> int:
    """How far a new index goes, in keys."""
    return sum(_last(model) for model in (Event, Statement, Actor))


def article_of(kept: Kept) -> Article | None:
    """The current article of this name, with what reading it needs."""
    return Article.objects.current().filter(uid=kept.uid).select_related("original", "publisher").first()


def _last(model: type[Any]) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def _stretches(content: bytes) -> Iterator[Stretch]:
    for line in lines_of(content):
        kind, last = line.split()
        for first in range(1, int(last) + 1, STRETCH):
            yield Stretch(kind, first, min(first + STRETCH - 1, int(last)))
