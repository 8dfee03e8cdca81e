"""Rows that go for good, and those that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from timeline.ingest.stories import hand_over
from timeline.models import Actor, Alias, Event, Judgement, Place
from timeline.models.merged import Mergeable


def erase(rows: Sequence[Any]) -> None:
    """Delete rows and every history row of theirs: no words of theirs are left in the database."""
    if not rows:
        return
    model = type(rows[0])
    if issubclass(model, Mergeable):
        rows = [*rows, *merged_into(rows)]
        uids = [row.uid for row in rows]
        merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME)
        merges.filter(Q(left__in=uids) | Q(right__in=uids)).delete()
    ids = [row.pk for row in rows]
    parts = {part for row in rows for part in _parts(row)}
    if model is Event:
        hand_over(ids)
    model._default_manager.filter(pk__in=ids).delete()
    model.history.filter(id__in=ids).delete()
    for part, pk in parts:
        part.history.filter(id=pk).delete()


def merged_into(rows: Sequence[Any]) -> list[Any]:
    """What stands for nothing without these rows: all that has been merged into them."""
    return list(type(rows[0])._default_manager.filter(merged_into__in=rows).order_by("pk"))


def _parts(row: Any) -> Iterable[tuple[Any, int]]:
    match row:
        case Event():
            for participation in row.participations.all():
                yield type(participation), participation.pk
        case Actor():
            for alias in row.aliases.all():
                yield Alias, alias.pk


def erase_unneeded(actors: Iterable[int], places: Iterable[int]) -> None:
    """Delete those of some actors and places that nothing names any more and no person has had a hand in."""
    no_longer_acting, left = set(actors), set(places)
    if no_longer_acting:
        _erase_actors(no_longer_acting)
    if left:
        _erase_places(left)


def _erase_actors(actors: set[int]) -> None:
    alone = list(
        Actor.objects.filter(
            *_nothing_of(Actor, "participations", "statements", "parts"), pk__in=actors, corrections={}
        )
    )
    if alone:
        of_actors = Q(kind=Judgement.Kind.ACTOR) | Q(verdict=Judgement.Verdict.NOT_ALIAS)
        judged = Judgement.objects.filter(of_actors, undone_at__isnull=True)
        uids, named = [row.uid for row in alone], Alias.objects.filter(by_hand=True, actor__in=alone)
        spoken_of = {uid for side in ("left", "right") for uid in _values(judged.filter(**{f"{side}__in": uids}), side)}
        edited = {*_values(Actor.history.filter(id__in=[row.pk for row in alone]), "id"), *_values(named, "actor")}
        erase([row for row in alone if row.pk not in edited and row.uid not in spoken_of])


def _erase_places(places: set[int]) -> None:
    empty = list(
        Place.objects.filter(*_nothing_of(Place, "events", "accounts", "parts"), pk__in=places, corrections={})
    )
    if empty:
        needed = {
            *_values(Actor.objects.filter(country__in=empty), "country"),
            *_values(Place.history.filter(id__in=[row.pk for row in empty]), "id"),
        }
        erase([row for row in empty if row.pk not in needed])


def _nothing_of(model: Any, *names: str) -> list[Q]:
    """That no row stands on one through any of these relations. Of the many that may, one is looked for."""
    relations = [model._meta.get_field(name) for name in names]
    return [
        ~Q(Exists(one.related_model._default_manager.filter(**{one.field.name: OuterRef("pk")}))) for one in relations
    ]


def _values(rows: QuerySet[Any], column: str) -> set[Any]:
    return set(rows.order_by().values_list(column, flat=True))
