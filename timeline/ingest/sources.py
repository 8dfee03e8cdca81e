"""How many independent sources stand behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from timeline.models import Evidence


def newsroom_of(article: int | None, *, publisher: int | None, repeats: int | None, original: int | None) -> str:
    """What counts as one source: the newsroom of an article, or of the one that it repeats; where none is known, the
    text. All by the ids of their rows."""
    newsroom = original if repeats else publisher
    return f"newsroom {newsroom}" if newsroom else f"text {repeats or article}"


def count_sources(events: Iterable[int]) -> dict[int, int]:
    """How many newsrooms stand behind each event, by texts of their own: a copy counts with its original."""
    sources: dict[int, set[str]] = {pk: set() for pk in events}
    rows: QuerySet[Evidence, Any] = Evidence.objects.filter(event__in=list(sources), article__isnull=False).order_by()
    columns = ("event", "article", "article__publisher", "article__duplicate_of", "article__duplicate_of__publisher")
    for event, article, publisher, repeats, original in rows.values_list(*columns):
        sources[event].add(newsroom_of(article, publisher=publisher, repeats=repeats, original=original))
    return {pk: len(found) for pk, found in sources.items()}
