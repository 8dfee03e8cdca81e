"""How many independent sources stand behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from timeline.models import Evidence


def newsroom_of(article: int | None, *, publisher: int | None, repeats: int | None, original: int | None) -> str:
    """What counts as one source: the newsroom of an article, or of the one that it repeats; where none is known, the
    text. All by the ids of their rows."""
    newsroom = original if repeats else publisher
    return f"newsroom {newsroom}" if newsroom else f"text {repeats or article}"


class Passage(NamedTuple):
    """A passage that supports an event: which text and its versions it is from, where and when that was printed, how
    far into it the passage stands, and what it counts as one source with."""

    text: str
    house: str
    day: date | None
    start: int
    newsroom: str


def passages_of(events: Iterable[int]) -> dict[int, list[Passage]]:
    """The passages of articles that support each of some events."""
    found: dict[int, list[Passage]] = {pk: [] for pk in events}
    rows: QuerySet[Evidence, Any] = Evidence.objects.filter(event__in=list(found), article__isnull=False).order_by()
    told = ("article__source_key", "article__publisher__name", "article__latest", "start")
    printed = ("article", "article__publisher", "article__duplicate_of", "article__duplicate_of__publisher")
    for event, text, house, day, start, article, publisher, repeats, original in rows.values_list(
        "event", *told, *printed
    ):
        newsroom = newsroom_of(article, publisher=publisher, repeats=repeats, original=original)
        found[event].append(Passage(text, house or "", day, start or 0, newsroom))
    return found


def count_sources(passages: Iterable[Passage]) -> int:
    """How many newsrooms stand behind an event, by texts of their own: a copy counts with its original."""
    return len({passage.newsroom for passage in passages})
