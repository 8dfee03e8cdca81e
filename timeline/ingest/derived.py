"""What follows from evidence, dates and relations: sources, importance, order in time, contradictions. Always rebuilt,
never edited."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min, Q, QuerySet

from timeline.ingest.sources import recount_sources
from timeline.models import Article, Claim, Event, EventRelation, Statement
from timeline.models.dated import date_columns
from timeline.models.identity import chrono
from timeline.reconciliation.dating import exclude_each_other, preferred_date
from timeline.reconciliation.ordering import order_of
from timeline.vocabulary import PartialDate, RelationKind

# Relations reach from a changed event to those it stands beside; a chain longer than this is cut.
MOST_NEIGHBOURS = 500


def refresh(events: Iterable[int]) -> None:
    """Bring everything derived up to date for events, and for those that relations tie to them."""
    touched = set(events)
    recount_sources(touched)
    _refresh_importance(touched)
    _refresh_claims(touched)
    _refresh_order(touched)


def _refresh_importance(events: set[int]) -> None:
    """Independent sources count most, then how many articles tell it first of all, then what was said in it."""
    main: dict[int, set[int]] = {}
    about = Article.objects.current().filter(Q(main_event__in=events) | Q(carries_on__in=events))
    for own, head, article, repeats in about.values_list("main_event", "carries_on", "pk", "duplicate_of"):
        for event in {own, head} - {None}:
            main.setdefault(event, set()).add(repeats or article)
    said: dict[int, int] = {}
    for event in Statement.objects.on_page().filter(event__in=events).values_list("event", flat=True):
        said[event] = said.get(event, 0) + 1
    for pk, sources in Event.objects.filter(pk__in=events).values_list("pk", "sources"):
        importance = sources + 0.5 * len(main.get(pk, ())) + 0.1 * min(said.get(pk, 0), 10)
        Event.objects.filter(pk=pk).exclude(importance=importance).update(importance=importance)


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
