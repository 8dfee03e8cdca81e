"""What follows from evidence, dates and relations: sources, importance, order in time, contradictions. Always rebuilt,
never edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from timeline.ingest.sources import recount_sources
from timeline.models import Article, Claim, Event, EventRelation, Evidence, Participation, Statement
from timeline.models.dated import date_columns
from timeline.models.identity import chrono
from timeline.reconciliation.dating import exclude_each_other, preferred_date
from timeline.reconciliation.importance import Importance, Telling, weigh
from timeline.reconciliation.ordering import order_of
from timeline.vocabulary import PartialDate, RelationKind

# Relations reach from a changed event to those it stands beside; a chain longer than this is cut.
MOST_NEIGHBOURS = 500
BOUNDS = ("pk", "earliest", "latest")


def refresh(events: Iterable[int]) -> None:
    """Bring everything derived up to date for events, and for those that relations tie to them."""
    touched = set(events)
    recount_sources(touched)
    _refresh_importance(touched)
    _refresh_claims(touched)
    _refresh_order(touched)


def importance_of(events: Iterable[int]) -> dict[int, Importance]:
    """How much each of some events counts and why, in the same number of queries for many as for few."""
    ids = set(events)
    last = {pk: latest or earliest for pk, earliest, latest in Event.objects.filter(pk__in=ids).values_list(*BOUNDS)}
    tellings: dict[int, dict[str, Telling]] = {pk: {} for pk in last}
    evidence = Evidence.objects.filter(event__in=last, article__isnull=False).order_by()
    for event, source, newsroom, day, start in evidence.values_list(
        "event_id", "article__source_key", "article__publisher__name", "article__latest", "start"
    ):
        _add(tellings[event], source, Telling(newsroom=newsroom or "", day=day, start=start or 0))
    current = Article.objects.current()
    for main, source, newsroom, day in current.filter(main_event__in=last).values_list(
        "main_event_id", "source_key", "publisher__name", "latest"
    ):
        told = tellings[main].get(source) or Telling(newsroom=newsroom or "", day=day)
        tellings[main][source] = replace(told, main=True)
    carrying_on = current.filter(carries_on__in=last).order_by().values_list("carries_on_id")
    followed = dict(carrying_on.annotate(Count("source_key", distinct=True)))
    believed = Q(earliest=F("event__earliest"), latest=F("event__latest"))
    to_the_day = Claim.objects.filter(believed, event__in=last, earliest=F("latest"))
    for event, source in to_the_day.exclude(rank=Claim.Rank.DEPRECATED).values_list("event_id", "article__source_key"):
        if source in tellings[event]:
            tellings[event][source] = replace(tellings[event][source], dated=True)
    acting = Participation.objects.filter(event__in=last).order_by().values_list("event_id")
    actors = dict(acting.annotate(Count("pk")))
    return {
        pk: weigh(tellings[pk].values(), day=last[pk], followed=followed.get(pk, 0), actors=actors.get(pk, 0))
        for pk in last
    }


def _add(told: dict[str, Telling], source: str, telling: Telling) -> None:
    """Count what one source says once: by its first print, and by the first passage in its text."""
    before = told.setdefault(source, telling)
    first = min(before, telling, key=lambda one: (one.day or date.max, one.newsroom))
    told[source] = replace(first, start=min(before.start, telling.start))


def _refresh_importance(events: set[int]) -> None:
    found = importance_of(events)
    before = dict(Event.objects.filter(pk__in=found).values_list("pk", "importance"))
    changed = [Event(pk=pk, importance=one.number) for pk, one in found.items() if one.number != before[pk]]
    Event.objects.bulk_update(changed, ["importance"])


def settle_dates(events: Iterable[int]) -> None:
    """Where the article is gone that an event had its date from, believe the claims that are left, else the day by
    which it was told. The caller refreshes."""
    for event in Event.objects.filter(pk__in=set(events)):
        claims = [claim.date for claim in event.claims.exclude(rank=Claim.Rank.DEPRECATED).order_by("pk")]
        if event.is_locked("date") or any((c.earliest, c.latest) == (event.earliest, event.latest) for c in claims):
            continue
        told = _told_by(Article.objects.filter(evidence__event=event))
        Event.objects.filter(pk=event.pk).update(**date_columns(preferred_date(claims, otherwise=told)))


def leave_alone(statements: Iterable[int]) -> None:
    """Let statements whose event is gone stand by themselves: said before they were told."""
    for statement in Statement.objects.filter(pk__in=set(statements), event__isnull=True):
        if not statement.has_own_date:
            statement.date = _told_by(Article.objects.filter(evidence__statement=statement))
            statement.order = 0
        statement.place_in_time()
        columns = (*Statement.DATE_FIELDS, "order", "chrono")
        Statement.objects.filter(pk=statement.pk).update(**{name: getattr(statement, name) for name in columns})


def _told_by(articles: QuerySet[Article]) -> PartialDate:
    """Until the first of some articles."""
    first = articles.aggregate(day=Min("latest"))["day"]
    return PartialDate.until(first) if first else PartialDate.unknown()


def _refresh_claims(events: set[int]) -> None:
    """Which claim of each date is believed, and whether two exclude each other."""
    claims: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(event__in=events).select_related("event").order_by("pk"):
        claims.setdefault(claim.event_id, []).append(claim)
        believed = (claim.earliest, claim.latest) == (claim.event.earliest, claim.event.latest)
        rank = Claim.Rank.PREFERRED if believed else Claim.Rank.NORMAL
        if claim.rank not in (rank, Claim.Rank.DEPRECATED):
            Claim.objects.filter(pk=claim.pk).update(rank=rank)
    for pk in events:
        disputed = exclude_each_other([claim.date for claim in claims.get(pk, ())])
        Event.objects.filter(pk=pk).exclude(date_disputed=disputed).update(date_disputed=disputed)


def _refresh_order(touched: set[int]) -> None:
    related = _neighbours(touched)
    events = {event.pk: event for event in Event.objects.filter(pk__in=related).defer("description")}
    relations = [
        (RelationKind(kind), source, target)
        for kind, source, target in EventRelation.objects.filter(source__in=related, target__in=related).values_list(
            "kind", "source", "target"
        )
    ]
    dates = {str(pk): event.date for pk, event in events.items()}
    ranks = order_of(dates, [(kind, str(source), str(target)) for kind, source, target in relations])
    disputed = {
        pk
        for kind, source, target in relations
        if source in events and target in events and not kind.fits(events[source].date, events[target].date)
        for pk in (source, target)
    }
    for pk, event in events.items():
        order = ranks[str(pk)]
        key = chrono(event.date, row_id=pk, order=order)
        if (event.order, event.chrono, event.order_disputed) != (order, key, pk in disputed):
            Event.objects.filter(pk=pk).update(order=order, chrono=key, order_disputed=pk in disputed)
        _follow(event, order)


def _neighbours(touched: set[int]) -> set[int]:
    """The events, and all that relations tie to them, directly or through others."""
    found, edge = set(touched), set(touched)
    while edge and len(found) < MOST_NEIGHBOURS:
        rows = EventRelation.objects.filter(Q(source__in=edge) | Q(target__in=edge)).values_list("source", "target")
        edge = {pk for pair in rows for pk in pair} - found
        found |= edge
    return found


def _follow(event: Event, order: int) -> None:
    """Statements without a date of their own stand where their event stands."""
    own_date = date_columns(event.date)
    for statement in Statement.objects.filter(event=event):
        if statement.has_own_date:
            key = chrono(statement.date, row_id=statement.pk, order=statement.order)
            if statement.chrono != key:
                Statement.objects.filter(pk=statement.pk).update(chrono=key)
            continue
        key = chrono(event.date, row_id=statement.pk, order=order)
        if statement.chrono != key or statement.date != event.date:
            Statement.objects.filter(pk=statement.pk).update(chrono=key, order=order, **own_date)
