"""The events of a queryset with everything an export says of them, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from timeline.models import Article, Claim, Event, EventRelation, Evidence, Participation, Statement, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

BATCH = 200
# So many keys are asked for at once.
STRETCH = 10_000

# What an article's row weighs, and no export writes.
HEAVY = ("text", "blocks", "removed", "warnings", "story")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A statement with what proves it, and when its row was last changed."""

    statement: Statement
    evidence: list[Evidence]
    changed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event with what belongs to it: of its statements those that the filter lets through.

    `mark` is what a story makes of it, where it is a story's entry.
    """

    event: Event
    participations: list[Participation]
    sayings: list[Saying]
    evidence: list[Evidence]
    claims: list[Claim]
    leading: list[EventRelation]
    following: list[EventRelation]
    main_for: list[Article]
    changed: datetime | None
    mark: StoryEntry | None = None


def read_entries(
    events: EventQuerySet,
    statements: StatementQuerySet,
    *,
    marks: Mapping[int, StoryEntry] | None = None,
    size: int = BATCH,
) -> Iterator[Entry]:
    """Every event in the order of the queryset, by chrono or by -chrono, never more than a batch of them in memory.

    Each batch costs the same number of queries. First the keys of a stretch are read, then its events a batch at a
    time; a stretch begins after the last key of the one before, so that no cursor stays open while somebody's slow line
    takes the rows.
    """
    newest_first = "-chrono" in events.query.order_by
    whole = Event.objects.select_related("place__part_of__part_of").prefetch_related(*_related(statements))
    keyed = events.filter(chrono__isnull=False)
    last: int | None = None
    while keys := list(keyed.beyond(last, newest_first=newest_first).values_list("chrono", "pk")[:STRETCH]):
        ids = [pk for _, pk in keys]
        for start in range(0, len(ids), size):
            some = ids[start : start + size]
            batch = {event.pk: event for event in whole.filter(pk__in=some)}
            yield from _entries([batch[pk] for pk in some if pk in batch], marks or {})
        if len(keys) < STRETCH:
            return
        last = keys[-1][0]


def undated_count(events: EventQuerySet) -> int:
    """How many events have no date at all: TimelineJS and Timesketch leave those out without a word."""
    return events.filter(earliest__isnull=True, latest__isnull=True).count()


def light(prefix: str = "") -> list[str]:
    """The columns of an article to leave in the database."""
    return [f"{prefix}{column}" for column in HEAVY]


def _related(statements: StatementQuerySet) -> list[Prefetch[Any]]:
    """Lists beside the rows, under names that no model has: Django fills those in half the time."""
    evidence = Evidence.objects.select_related("article__publisher").defer(*light("article__"))
    claims = Claim.objects.select_related("article__publisher").defer(*light("article__"))
    said = statements.select_related("speaker").prefetch_related(None)
    own = Article.objects.current().defer(*light())
    ties = (
        EventRelation.objects.with_sentences().select_related("source", "target", "article__publisher").order_by("pk")
    )
    ties = ties.defer(*light("article__"))
    return [
        Prefetch("participations", Participation.objects.select_related("actor"), to_attr="read_participations"),
        Prefetch(
            "statements", said.prefetch_related(Prefetch("evidence", evidence, to_attr="read_evidence")), to_attr="said"
        ),
        Prefetch("evidence", evidence, to_attr="read_evidence"),
        Prefetch("claims", claims, to_attr="read_claims"),
        Prefetch("relations_from", ties.filter(source__order_disputed=True), to_attr="read_leading"),
        Prefetch("relations_to", ties.filter(target__order_disputed=True), to_attr="read_following"),
        Prefetch("main_for", own.filter(carries_on=None), to_attr="read_main_for"),
        Prefetch("followed_by", own, to_attr="read_followed_by"),
    ]


def _entries(batch: list[Any], marks: Mapping[int, StoryEntry]) -> Iterator[Entry]:
    changed = last_changes(Event, [event.pk for event in batch])
    said_when = last_changes(Statement, [statement.pk for event in batch for statement in event.said])
    for event in batch:
        yield Entry(
            event=event,
            participations=event.read_participations,
            sayings=[
                Saying(statement=statement, evidence=statement.read_evidence, changed=said_when.get(statement.pk))
                for statement in event.said
            ],
            evidence=event.read_evidence,
            claims=event.read_claims,
            leading=event.read_leading,
            following=event.read_following,
            main_for=[*event.read_main_for, *event.read_followed_by],
            changed=changed.get(event.pk),
            mark=marks.get(event.pk),
        )


def last_changes(model: type[Event] | type[Statement], ids: list[int]) -> dict[int, datetime]:
    """When rows were last changed by hand, those that were."""
    history: QuerySet[Any] = model.history.filter(id__in=ids)
    return dict(history.order_by().values_list("id").annotate(Max("history_date")))
