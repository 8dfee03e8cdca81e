"""Rows that go for good, and those that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

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
    of_actors = Q(kind=Judgement.Kind.ACTOR) | Q(verdict=Judgement.Verdict.NOT_ALIAS)
    judged = Judgement.objects.filter(of_actors, undone_at__isnull=True)
    alone = (
        Actor.objects.filter(pk__in=actors, participations=None, statements=None, parts=None, corrections={})
        .exclude(pk__in=Alias.objects.filter(by_hand=True).values("actor"))
        .exclude(pk__in=Actor.history.values("id"))
        .exclude(uid__in=judged.values("left"))
        .exclude(uid__in=judged.values("right"))
    )
    erase(list(alone))


def _erase_places(places: set[int]) -> None:
    empty = (
        Place.objects.filter(pk__in=places, events=None, accounts=None, parts=None, corrections={})
        .exclude(pk__in=Actor.objects.filter(country__isnull=False).values("country"))
        .exclude(pk__in=Place.history.values("id"))
    )
    erase(list(empty))
