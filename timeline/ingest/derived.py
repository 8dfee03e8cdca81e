"""What follows from evidence, dates and relations: sources, importance, order in time, contradictions. Always rebuilt,
never edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from timeline.ingest.accounts import Settled, claims_of, own_dates, settle
from timeline.ingest.bulk import rewrite
from timeline.ingest.days import count_naming
from timeline.ingest.sources import count_sources, passages_of
from timeline.models import Article, Claim, Event, EventRelation, Participation, Statement
from timeline.reconciliation.dating import exclude_each_other
from timeline.reconciliation.importance import Importance, Telling, weigh
from timeline.reconciliation.ordering import MOST_STEPS, InTime, place_events
from timeline.vocabulary import DateBasis, EventStatus, PartialDate, RelationKind

# Beside a changed event so many others are looked at, and of each step away from it so many relations.
MOST_NEIGHBOURS, MOST_TIES = 500, 1000
BOUNDS = ("pk", "earliest", "latest", "basis")
# Why a day is believed, where articles give it.
GIVEN = (DateBasis.STATED, DateBasis.RELATIVE)
DISPUTES = ("date_disputed", "order_disputed")
DERIVED = ("sources", "importance", *DISPUTES, "contradicted", "order", "chrono", *Event.DATE_FIELDS)


def refresh(events: Iterable[int], *, days: Iterable[date] = (), reading: bool = False) -> None:
    """Bring everything derived up to date for events, and for those that relations tie to them; and the importance of
    all events of some days, where how many articles name a day has changed. Where it is a `reading` that brings a new
    contradiction to what a person has confirmed, it waits for a person again; it stays confirmed.

    As many queries for many events as for few; only rows that change are written.
    """
    touched = set(events)
    on_days = Event.objects.filter(earliest__in=set(days), latest=F("earliest"), merged_into__isnull=True)
    named = {event.pk: event for event in on_days.defer("description")}
    settled = settle(touched, beside=named, reading=reading)
    near, found = _neighbours(touched)
    others = Event.objects.filter(pk__in=found - set(settled.rows)).defer("description")
    rows = {**settled.rows, **{event.pk: event for event in others}}
    near &= set(rows)
    all_rows = named | rows
    before = {pk: _derived(event) for pk, event in all_rows.items()}
    bounds = {pk: _bounds(event) for pk, event in all_rows.items()}
    disputes = {pk: _disputes(event) for pk, event in rows.items()}
    told = touched & set(rows)
    disputed = _settle_claims({pk: rows[pk] for pk in told}, settled.claims)
    for pk in told:
        rows[pk].date_disputed = pk in disputed
    _put_in_order(rows, near, settled)
    moved = {pk for pk in near - told if _bounds(rows[pk]) != bounds[pk]}
    claims = {**settled.claims, **claims_of(moved - set(named))}
    for pk, weighed in _weigh({pk: all_rows[pk] for pk in told | moved | set(named)}, claims).items():
        all_rows[pk].importance = weighed.importance.number
        if pk in told:
            rows[pk].sources = weighed.sources
    for pk, event in rows.items():
        is_new = reading and event.status == EventStatus.CONFIRMED and bool(_disputes(event) - disputes[pk])
        event.contradicted = (event.contradicted or is_new) and bool(_disputes(event))
    rewrite([event for pk, event in all_rows.items() if _derived(event) != before[pk]], DERIVED)
    _follow({pk: rows[pk] for pk in near})
    _take_along(rows)


def _bounds(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in BOUNDS)


def _disputes(event: Event) -> set[str]:
    return {name for name in DISPUTES if getattr(event, name)}


def _derived(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in DERIVED)


def importance_of(events: Iterable[int]) -> dict[int, Importance]:
    """How much each of some events counts and why, by a fixed number of queries."""
    rows = {event.pk: event for event in Event.objects.filter(pk__in=set(events)).only(*BOUNDS)}
    return {pk: weighed.importance for pk, weighed in _weigh(rows, claims_of(rows)).items()}


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What stands behind an event: how many newsrooms, by texts of their own, and how much it counts."""

    sources: int
    importance: Importance


def _weigh(events: Mapping[int, Event], claims: Mapping[int, Iterable[Claim]]) -> dict[int, _Weighed]:
    """`claims` are what is claimed of the dates of these events, by their ids."""
    last = {pk: event.latest or event.earliest for pk, event in events.items()}
    days = {pk: event.latest for pk, event in events.items() if event.latest and event.earliest == event.latest}
    naming = count_naming(days.values())
    passages = passages_of(events)
    tellings: dict[int, dict[str, Telling]] = {pk: {} for pk in events}
    for pk, found in passages.items():
        for one in found:
            add_telling(tellings[pk], one.text, Telling(newsroom=one.house, day=one.day, start=one.start))
    current = Article.objects.current()
    for main, text, house, day in current.filter(main_event__in=last).values_list(
        "main_event_id", "source_key", "publisher__name", "latest"
    ):
        told = tellings[main].get(text) or Telling(newsroom=house or "", day=day)
        tellings[main][text] = replace(told, main=True)
    carrying_on = current.filter(carries_on__in=last).order_by().values_list("carries_on_id")
    followed = dict(carrying_on.annotate(Count("source_key", distinct=True)))
    for pk, day in days.items():
        for claim in claims.get(pk, ()):
            if claim.rank != Claim.Rank.DEPRECATED and claim.earliest == claim.latest == day:
                text = claim.source  # type: ignore[attr-defined]
                if text in tellings[pk]:
                    tellings[pk][text] = replace(tellings[pk][text], dated=True)
    acting = Participation.objects.filter(event__in=last).order_by().values_list("event_id")
    actors = dict(acting.annotate(Count("pk")))
    return {
        pk: _Weighed(
            count_sources(passages[pk]),
            weigh(
                tellings[pk].values(),
                day=last[pk],
                stated=pk in days and events[pk].basis in GIVEN,
                named=naming[days[pk]].sources if pk in days else 0,
                recalled=naming[days[pk]].later if pk in days else 0,
                followed=followed.get(pk, 0),
                actors=actors.get(pk, 0),
            ),
        )
        for pk in events
    }


def add_telling(told: dict[str, Telling], source: str, telling: Telling) -> None:
    """Count what one source says once: by its first print, and by the first passage in its text."""
    before = told.setdefault(source, telling)
    first = min(before, telling, key=lambda one: (one.day or date.max, one.newsroom))
    told[source] = replace(first, start=min(before.start, telling.start))


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


def _settle_claims(events: Mapping[int, Event], claims: Mapping[int, Iterable[Claim]]) -> set[int]:
    """Write down which claim of each date is believed; answers the events of which two exclude each other."""
    changed = []
    for pk, event in events.items():
        for claim in claims.get(pk, ()):
            believed = (claim.earliest, claim.latest) == (event.earliest, event.latest)
            rank = Claim.Rank.PREFERRED if believed else Claim.Rank.NORMAL
            if claim.rank not in (rank, Claim.Rank.DEPRECATED):
                claim.rank = rank
                changed.append(claim)
    rewrite(changed, ("rank",))
    dates = {pk: [claim.date for claim in claims.get(pk, ())] for pk in events}
    return {pk for pk, told in dates.items() if len(told) > 1 and exclude_each_other(told)}


def _put_in_order(events: Mapping[int, Event], near: Collection[int], settled: Settled) -> None:
    """Set the place in time of those events that are near: their dates as relations narrow them, their order, and
    whether a relation contradicts them. What is rejected is neither before nor after anything."""
    told = {pk for pk, event in events.items() if event.status != EventStatus.REJECTED}
    between = EventRelation.objects.filter(source__in=told, target__in=told).order_by()
    others = [pk for pk, event in events.items() if pk not in settled.rows and event.merged_into_id is None]
    dates = {**own_dates(others), **settled.dates}
    own = {pk: date for pk, date in dates.items() if not events[pk].is_locked("date")}
    places = place_events(
        {
            str(pk): InTime(
                title=event.title,
                date=own.get(pk, event.date),
                fixed=pk not in own,
                shown=event.is_on_page,
            )
            for pk, event in events.items()
        },
        {(RelationKind(kind), str(a), str(b)) for kind, a, b in between.values_list("kind", "source", "target")},
    )
    for pk in near:
        event, place = events[pk], places[str(pk)]
        event.date, event.order, event.order_disputed = place.date, place.order, place.disputed
        event.place_in_time()


def _neighbours(touched: set[int]) -> tuple[set[int], set[int]]:
    """The events whose place in time may change with that of some, and all of which that depends: those that relations
    tie to them in so many steps, and in so many more. Of very many those that stand nearest."""
    levels = [set(touched)]
    found = set(touched)
    while levels[-1] and len(levels) <= 2 * MOST_STEPS and len(found) < len(touched) + MOST_NEIGHBOURS:
        edge = levels[-1]
        ties = EventRelation.objects.filter(Q(source__in=edge) | Q(target__in=edge)).order_by("source", "target")
        pairs = ties.values_list("source", "target").distinct()[:MOST_TIES]
        levels.append({pk for pair in pairs for pk in pair} - found)
        found |= levels[-1]
    whole = not levels[-1]
    near = found if whole else set().union(*levels[: max(len(levels) - MOST_STEPS, 1)])
    return near, found


def _follow(events: Mapping[int, Event]) -> None:
    """Statements without a date of their own stand where their event stands."""
    placed = ("order", "chrono", *Statement.DATE_FIELDS)
    needed = Statement.objects.filter(event__in=events).only("event", "own_date", "corrections", *placed)
    changed = []
    for statement in needed:
        event = events[statement.event_id or 0]
        before = [getattr(statement, name) for name in placed]
        if not statement.has_own_date:
            for name in ("order", *Statement.DATE_FIELDS):
                setattr(statement, name, getattr(event, name))
        statement.place_in_time()
        if [getattr(statement, name) for name in placed] != before:
            changed.append(statement)
    rewrite(changed, placed)


def _take_along(events: Mapping[int, Event]) -> None:
    """Whoever takes part stands where the event stands."""
    changed = []
    for part in Participation.objects.filter(event__in=events).only("event", "chrono"):
        place = events[part.event_id].chrono
        if part.chrono != place:
            part.chrono = place
            changed.append(part)
    rewrite(changed, ("chrono",))
