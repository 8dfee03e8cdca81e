"""The events of a queryset with everything an export says of them, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Max, QuerySet, TextField
from django.db.models.functions import Cast

from timeline.exports import values
from timeline.exports.values import Asking, These, columns
from timeline.models import Article, Claim, Event, EventRelation, Evidence, Participation, Statement, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

BATCH = 1_000
# So many keys are asked for at once.
STRETCH = 10_000

Value = TypeVar("Value", bound=tuple[Any, ...])


class Saying(NamedTuple):
    """A statement with what proves it, and when its row was last changed by hand, or ""."""

    statement: values.Statement
    evidence: list[values.Evidence]
    changed: str


class Entry(NamedTuple):
    """An event with what belongs to it: of its statements those that the filter lets through.

    `claims` are the dates that articles give and the event does not have; `articles` are those that it refers to, and
    those of its neighbours. `changed` is when its row was last changed by hand, or "". `mark` is what a story makes of
    it, where it is a story's entry.
    """

    event: values.Event
    participations: list[values.Participation]
    sayings: list[Saying]
    evidence: list[values.Evidence]
    claims: list[values.Claim]
    leading: list[values.Relation]
    following: list[values.Relation]
    changed: str
    articles: Mapping[int, values.Article]
    mark: StoryEntry | None = None


def read_entries(
    events: EventQuerySet,
    statements: StatementQuerySet,
    *,
    marks: Mapping[int, StoryEntry] | None = None,
    size: int = BATCH,
) -> Iterator[Entry]:
    """Every event in the order of the queryset, by chrono or by -chrono, never more than a batch of them in memory."""
    reader = Reader(statements, marks or {})
    for ids in batches(events, size):
        yield from reader.entries(ids)


def batches(events: EventQuerySet, size: int = BATCH) -> Iterator[list[int]]:
    """The ids of events in their order.

    The keys of a stretch are read at a time, and a stretch begins after the last key of the one before, so that no
    cursor stays open while somebody's slow line takes the rows.
    """
    newest_first = "-chrono" in events.query.order_by
    keyed = events.filter(chrono__isnull=False)
    last: int | None = None
    while keys := list(keyed.beyond(last, newest_first=newest_first).values_list("chrono", "pk")[:STRETCH]):
        for start in range(0, len(keys), size):
            yield [pk for _, pk in keys[start : start + size]]
        if len(keys) < STRETCH:
            return
        last = keys[-1][0]


def undated_count(events: EventQuerySet) -> int:
    """How many events have no date at all: TimelineJS and Timesketch leave those out without a word."""
    return events.filter(earliest__isnull=True, latest__isnull=True).count()


class Reader:
    """Reads entries; each batch costs the same number of queries, and two more where an order is disputed."""

    def __init__(self, statements: StatementQuerySet, marks: Mapping[int, StoryEntry]) -> None:
        these = These()
        self.marks = marks
        self._events = Asking(Event.objects.filter(pk__in=these).values_list(*columns(values.Event)))
        taking_part = Participation.objects.filter(event__in=these)
        self._participations = Asking(taking_part.values_list(*columns(values.Participation)))
        said = statements.prefetch_related(None).filter(event__in=these).oldest_first()
        self._statements = Asking(said.values_list(*columns(values.Statement)))
        self._evidence = {
            of: Asking(Evidence.objects.filter(**{f"{of}__in": these}).values_list(*columns(values.Evidence, of=of)))
            for of in ("event", "statement")
        }
        other_dates = Claim.objects.exclude(earliest=F("event__earliest"), latest=F("event__latest"))
        self._claims = Asking(other_dates.filter(event__in=these).values_list(*columns(values.Claim)))
        told = EventRelation.objects.with_sentences().order_by("pk")
        self._relations = {
            event: Asking(
                told.filter(**{f"{event}__in": these}).values_list(
                    *columns(
                        values.Relation,
                        event=event,
                        date=f"{other}__date",
                        uid=f"{other}__uid",
                        title=f"{other}__title",
                        status=f"{other}__status",
                    )
                )
            )
            for event, other in (("source", "target"), ("target", "source"))
        }
        self._articles = Asking(Article.objects.filter(pk__in=these).values_list(*columns(values.Article)))
        self._changes = {
            model: Asking(last_changes(model, these).values_list("id", Cast("last", TextField())))
            for model in (Event, Statement)
        }

    def entries(self, ids: list[int]) -> Iterator[Entry]:
        """Entries of some events, in the order of the ids; who is gone in the meantime is left out."""
        happened = {row[0]: values.Event._make(row) for row in self._events.rows(ids)}
        acting = _by_first(map(values.Participation._make, self._participations.rows(ids)))
        said = list(map(values.Statement._make, self._statements.rows(ids)))
        sayings = [statement.pk for statement in said]
        proofs = list(map(values.Evidence._make, self._evidence["event"].rows(ids)))
        own_proofs = list(map(values.Evidence._make, self._evidence["statement"].rows(sayings)))
        claims = list(map(values.Claim._make, self._claims.rows(ids)))
        disputed = [event.pk for event in happened.values() if event.order_disputed]
        forth = list(map(values.Relation._make, self._relations["source"].rows(disputed)))
        back = list(map(values.Relation._make, self._relations["target"].rows(disputed)))
        named = {one.article for some in (proofs, own_proofs) for one in some if one.article is not None}
        named |= {one.article for some in (forth, back) for one in some if one.article is not None}
        named |= {claim.article for claim in claims}
        articles = {row[0]: values.Article._make(row) for row in self._articles.rows(named)}
        changed: dict[int, str] = dict(self._changes[Event].rows(ids))
        said_when: dict[int, str] = dict(self._changes[Statement].rows(sayings))
        of_event, of_statement, quotes = _by_first(proofs), _by_first(own_proofs), _by_first(said)
        dates, leading, following = _by_first(claims), _by_first(forth), _by_first(back)
        for pk in ids:
            if event := happened.get(pk):
                yield Entry(
                    event,
                    acting[pk],
                    [Saying(one, of_statement[one.pk], said_when.get(one.pk, "")) for one in quotes[pk]],
                    of_event[pk],
                    dates[pk],
                    leading[pk],
                    following[pk],
                    changed.get(pk, ""),
                    articles,
                    self.marks.get(pk),
                )


def _by_first(rows: Iterable[Value]) -> defaultdict[int, list[Value]]:
    """Rows by what stands first in them, in their order."""
    found: defaultdict[int, list[Value]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def last_changes(model: type[Event] | type[Statement], ids: Iterable[int] | These) -> QuerySet[Any]:
    """The ids of rows, and when each was last changed by hand, as `last`; those that were."""
    history: QuerySet[Any] = model.history.filter(id__in=ids)
    changes: QuerySet[Any] = history.order_by().values_list("id").annotate(last=Max("history_date"))
    return changes
