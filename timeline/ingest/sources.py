"""How many independent sources stand behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from timeline.models import Event, Evidence


def recount_sources(events: Iterable[int]) -> None:
    """Count again how many newsrooms stand behind events, by texts of their own: a copy counts with its original."""
    ids = list(events)
    sources: dict[int, set[tuple[str, int]]] = {pk: set() for pk in ids}
    rows: QuerySet[Evidence, Any] = Evidence.objects.filter(event__in=ids, article__isnull=False)
    columns = ("event", "article", "article__publisher", "article__duplicate_of", "article__duplicate_of__publisher")
    for event, article, publisher, repeats, original in rows.values_list(*columns):
        newsroom = original if repeats else publisher
        sources[event].add(("newsroom", newsroom) if newsroom else ("text", repeats or article))
    for pk, found in sources.items():
        Event.objects.filter(pk=pk).exclude(sources=len(found)).update(sources=len(found))
