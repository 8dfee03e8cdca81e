"""Who decides on entries, when and why; and the merges that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q

from timeline.models import Actor, Event, Judgement, Statement

Entry = Actor | Event | Statement
Touch = Callable[[Iterable[Model]], None]


class NotMergeable(Exception):
    """Two entries that cannot be merged, or a merge that cannot be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decides, when and why. `touch` is told of rows before they change and `made` of new ones, so that history can
    be written."""

    by: User
    at: datetime
    why: str = ""
    touch: Touch = field(default=lambda rows: None)
    made: Touch = field(default=lambda rows: None)


def kind_of(entry: Entry) -> str:
    return str(type(entry)._meta.model_name)


def find(uid: str, kind: str) -> Entry | None:
    """The entry with a uid."""
    model: Any = {"actor": Actor, "event": Event, "statement": Statement}[kind]
    found: Entry | None = model.objects.filter(uid=uid).first()
    return found


def merge_of(gone: Entry | None) -> Judgement | None:
    """The merge that holds, by which an entry has gone into another."""
    if gone is None:
        return None
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True)
    found = merges.filter(Q(left=gone.uid) | Q(right=gone.uid))
    return next((judgement for judgement in found if judgement.moved.get("gone") == gone.uid), None)


def merges_into(kept: Entry) -> list[Judgement]:
    """The merges that hold, by which others have gone into this entry."""
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True)
    found = merges.filter(Q(left=kept.uid) | Q(right=kept.uid)).order_by("pk")
    return [judgement for judgement in found if judgement.moved.get("kept") == kept.uid]
