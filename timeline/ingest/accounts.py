"""What is believed of events, chosen anew from all that articles say of them. Never from what was believed before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from timeline.ingest.bulk import insert, rewrite
from timeline.ingest.removal import erase, erase_unneeded
from timeline.ingest.sources import newsroom_of
from timeline.models import Account, Actor, Claim, Event, Participation
from timeline.reconciliation.accounts import Belief, Part, Witness, believe
from timeline.reconciliation.dating import Dating
from timeline.vocabulary import EventKind, EventStatus, PartialDate

# What a reading may decide of an event, as long as no person has.
FIELDS = ("title", "kind", "place_id", "hedged", "confidence", *Event.DATE_FIELDS, "status", "review_reason")
UNDECIDED = (EventStatus.AUTOMATIC, EventStatus.REVIEW)
# What sorts articles by when and where they were printed, and tells newsrooms.
PRINTED = {
    "day": F("article__latest"),
    "moment": F("article__instant"),
    "address": F("article__url"),
    "headline": F("article__title"),
    "house": F("article__publisher__name"),
    "newsroom": F("article__publisher"),
    "repeats": F("article__duplicate_of"),
    "original": F("article__duplicate_of__publisher"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Who took part before and no longer does, and where, by the ids of their rows."""

    actors: set[int]
    places: set[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Events as they stand now, by their ids: the rows, what is claimed of their dates and those of the others asked
    for, and what their accounts alone say of the dates, whatever stands beside them."""

    rows: Mapping[int, Event]
    claims: Mapping[int, Sequence[Claim]]
    dates: Mapping[int, PartialDate]


def settle(events: Iterable[int], *, beside: Iterable[int] = (), reading: bool = False) -> Settled:
    """Choose the values of events from the accounts of them, but for what people have set, and let go whom nothing
    names any more: no account of these events either, which may be believed again when a person takes back an act. A
    `reading` lets go whom accounts only describe, as it does where that article came in first. An event of which no
    article has given an account stays as it is; what is merged into another has no values of its own.

    Asks as often for many events as for few.
    """
    asked = set(events)
    rows = {event.pk: event for event in Event.objects.filter(pk__in=asked, merged_into__isnull=True)}
    witnesses = _witnesses(rows)
    claims = claims_of(asked | set(beside))
    beliefs = {
        pk: belief for pk, heard in witnesses.items() if (belief := believe(heard, _datings(claims[pk]))) is not None
    }
    left = _Found(actors=set(), places=set())
    before = {pk: _values(rows[pk]) for pk in beliefs}
    for pk, belief in beliefs.items():
        _write(rows[pk], belief, left)
    rewrite([rows[pk] for pk in beliefs if _values(rows[pk]) != before[pk]], FIELDS)
    _let_take_part({pk: b.parts for pk, b in beliefs.items() if not rows[pk].is_locked("actors")}, left)
    parts = [part for heard in witnesses.values() for witness in heard for part in witness.parts]
    named = {part.actor for part in parts if part.named or not reading}
    told_of = Actor.objects.filter(pk__in=left.actors, uid__in=named) if left.actors else Actor.objects.none()
    erase_unneeded(left.actors - set(told_of.values_list("pk", flat=True)), left.places)
    return Settled(rows=rows, claims=claims, dates={pk: belief.date for pk, belief in beliefs.items()})


def own_dates(events: Iterable[int]) -> dict[int, PartialDate]:
    """What the accounts of events alone say of their dates, whatever stands beside them; nothing of an event without
    any account."""
    ids = set(events)
    if not ids:
        return {}
    witnesses, claims = _witnesses(ids), claims_of(ids)
    beliefs = {pk: believe(heard, _datings(claims[pk])) for pk, heard in witnesses.items()}
    return {pk: belief.date for pk, belief in beliefs.items() if belief is not None}


def believed_without(events: Iterable[int], source: str) -> dict[int, Belief]:
    """What is believed of events without what one text says, its copies and versions; nothing of an event that no other
    text tells."""
    ids = set(events)
    witnesses, claims = _witnesses(ids, without=source), claims_of(ids)
    beliefs = {pk: believe(heard, _datings(claims[pk], without=source)) for pk, heard in witnesses.items()}
    return {pk: belief for pk, belief in beliefs.items() if belief is not None}


def _values(event: Event) -> list[object]:
    return [event.serializable_value(name) for name in FIELDS]


def _witnesses(events: Collection[int], *, without: str = "") -> dict[int, list[Witness]]:
    found: defaultdict[int, list[Witness]] = defaultdict(list)
    merged = dict(Event.objects.filter(merged_into__in=list(events)).values_list("pk", "merged_into"))
    told = Account.objects.filter(event__in={*events, *merged}).order_by("pk")
    if without:
        told = told.exclude(article__source_key=without)
    for row in told.annotate(**PRINTED):
        whole = merged.get(row.event_id) or row.event_id
        found[whole].append(
            Witness(
                printed=_printed(row),
                newsroom=_newsroom(row),
                title=row.title,
                kind=EventKind(row.kind),
                date=row.date,
                place=row.place_id,
                hedged=row.hedged,
                main=row.main,
                confidence=row.confidence,
                parts=tuple(Part(one["actor"], one["role"], one["named"]) for one in row.parts),
                own=whole == row.event_id,
            )
        )
    return found


def claims_of(events: Iterable[int]) -> defaultdict[int, list[Claim]]:
    """What articles say of the dates of events, with where and when they were printed."""
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    claims = Claim.objects.filter(event__in=list(events)).order_by("pk")
    for claim in claims.annotate(source=F("article__source_key"), **PRINTED):
        found[claim.event_id].append(claim)
    return found


def _datings(claims: Iterable[Claim], *, without: str = "") -> list[Dating]:
    return [
        Dating(printed=_printed(claim), newsroom=_newsroom(claim), date=claim.date)
        for claim in claims
        if claim.rank != Claim.Rank.DEPRECATED and not (without and claim.source == without)  # type: ignore[attr-defined]
    ]


def _printed(row: Any) -> tuple[str, ...]:
    """By day, moment, newsroom, address and title: nothing that depends on when an article came in. What was believed
    before any article was read comes first."""
    if row.article_id is None:
        return ("",)
    return (str(row.day or "~"), str(row.moment or "~"), row.house or "", row.address or "", row.headline or "")


def _newsroom(row: Any) -> str:
    return newsroom_of(row.article_id, publisher=row.newsroom, repeats=row.repeats, original=row.original)


def _write(event: Event, belief: Belief, left: _Found) -> None:
    """Set what no person has set."""
    values = {
        "title": belief.title,
        "kind": belief.kind.value,
        "place_id": belief.place,
        "hedged": belief.hedged,
        "confidence": belief.confidence,
    }
    if event.place_id and event.place_id != belief.place:
        left.places.add(event.place_id)
    for name, value in values.items():
        if not event.is_locked(name.removesuffix("_id")):
            setattr(event, name, value)
    if not event.is_locked("date"):
        event.date = belief.date
    if event.status in UNDECIDED and not event.is_locked("status"):
        event.status, event.review_reason = belief.status.value, belief.review_reason


def _let_take_part(wanted: Mapping[int, Sequence[Part]], left: _Found) -> None:
    uids = {part.actor for parts in wanted.values() for part in parts}
    actors = {row.uid: row.kept.pk for row in Actor.objects.filter(uid__in=uids).select_related("merged_into")}
    present: defaultdict[int, dict[int, Participation]] = defaultdict(dict)
    for row in Participation.objects.filter(event__in=list(wanted)):
        present[row.event_id][row.actor_id] = row
    new: list[Participation] = []
    moved: list[Participation] = []
    gone: list[Participation] = []
    for event, parts in wanted.items():
        roles: dict[int, str] = {}
        for part in parts:
            if part.actor in actors:
                roles.setdefault(actors[part.actor], part.role)
        for position, (actor, role) in enumerate(roles.items()):
            if actor not in present[event]:
                new.append(Participation(event_id=event, actor_id=actor, role=role, position=position))
                continue
            row = present[event].pop(actor)
            if (row.role, row.position) != (role, position):
                row.role, row.position = role, position
                moved.append(row)
        gone += present[event].values()
    erase(gone)
    insert(new)
    rewrite(moved, ("role", "position"))
    left.actors.update(row.actor_id for row in gone)
