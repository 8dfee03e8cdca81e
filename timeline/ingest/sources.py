"""How many independent sources stand behind an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from timeline.models import Event, Evidence


def recount_sources(events: Iterable[int]) -> None:
    """Count again how many independent articles stand behind events."""
    ids = list(events)
    sources: dict[int, set[int]] = {pk: set() for pk in ids}
    rows: QuerySet[Evidence, Any] = Evidence.objects.filter(event__in=ids, article__isnull=False)
    for event, article, repeats in rows.values_list("event", "article", "article__duplicate_of"):
        sources[event].add(repeats or article)
    for pk, found in sources.items():
        Event.objects.filter(pk=pk).exclude(sources=len(found)).update(sources=len(found))
