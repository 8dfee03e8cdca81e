"""The events of a queryset with everything an export says of them, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from timeline.models import Article, Claim, Event, Evidence, Statement
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

BATCH = 200

# What an article's row weighs, and no export writes.
HEAVY = ("text", "blocks", "removed", "warnings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event, the statements of it that the filter lets through, and when rows of them were last changed by id."""

    event: Event
    statements: list[Statement]
    event_changes: dict[int, datetime]
    statement_changes: dict[int, datetime]


def read_entries(events: EventQuerySet, statements: StatementQuerySet, *, size: int = BATCH) -> Iterator[Entry]:
    """Every event in the order of the queryset, by chrono or by -chrono, never more than a batch of them in memory.

    Each batch costs the same number of queries. A batch begins after the key of the last one, so that no cursor stays
    open while somebody's slow line takes the rows.
    """
    newest_first = "-chrono" in events.query.order_by
    keyed = events.filter(chrono__isnull=False).select_related("place__part_of__part_of")
    keyed = keyed.prefetch_related(None).prefetch_related(*_related(statements))
    last: int | None = None
    while True:
        batch = list(keyed.beyond(last, newest_first=newest_first)[:size])
        yield from _with_changes(batch)
        if len(batch) < size:
            return
        last = batch[-1].chrono


def undated_count(events: EventQuerySet) -> int:
    """How many events have no date at all: TimelineJS and Timesketch leave those out without a word."""
    return events.filter(earliest__isnull=True, latest__isnull=True).count()


def light(prefix: str = "") -> list[str]:
    """The columns of an article to leave in the database."""
    return [f"{prefix}{column}" for column in HEAVY]


def _related(statements: StatementQuerySet) -> list[str | Prefetch[Any]]:
    evidence = Evidence.objects.select_related("article__publisher").defer(*light("article__"))
    claims = Claim.objects.select_related("article__publisher").defer(*light("article__"))
    said = statements.select_related("speaker").prefetch_related(None).prefetch_related(Prefetch("evidence", evidence))
    return [
        "participations__actor",
        Prefetch("statements", said),
        Prefetch("evidence", evidence),
        Prefetch("claims", claims),
        Prefetch("main_for", Article.objects.current().defer(*light())),
    ]


def _with_changes(batch: list[Event]) -> Iterator[Entry]:
    said = {event.pk: list(event.statements.all()) for event in batch}
    event_changes = _last_changes(Event, [event.pk for event in batch])
    statement_changes = _last_changes(Statement, [s.pk for statements in said.values() for s in statements])
    for event in batch:
        yield Entry(
            event=event,
            statements=said[event.pk],
            event_changes=event_changes,
            statement_changes=statement_changes,
        )


def _last_changes(model: type[Event] | type[Statement], ids: Iterable[int]) -> dict[int, datetime]:
    history: QuerySet[Any] = model.history.filter(id__in=list(ids))
    return dict(history.order_by().values_list("id").annotate(Max("history_date")))
