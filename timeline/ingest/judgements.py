"""What people decide for good: what never comes back, and which spelling never names whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from timeline.extraction.names import normal_form
from timeline.models import Actor, Alias, Event, Judgement, Statement


def forbid_return(thing: Event | Statement, *, by: User, why: str, at: datetime) -> int:
    """Before an entry is deleted: let none of the mentions behind it make it again. How many there were."""
    fingerprints = set(thing.evidence.exclude(fingerprint="").values_list("fingerprint", flat=True))
    kind = Judgement.Kind.EVENT if isinstance(thing, Event) else Judgement.Kind.STATEMENT
    for fingerprint in fingerprints:
        judge(Judgement.Verdict.REJECTED, fingerprint, kind=kind, by=by, why=why, at=at)
    return len(fingerprints)


def spell(alias: Alias, *, at: datetime) -> None:
    """Make a spelling a person's word, whatever was decided before. The caller saves."""
    alias.by_hand = True
    alias.normal = normal_form(alias.text)
    standing = Judgement.objects.filter(verdict=Judgement.Verdict.NOT_ALIAS, undone_at__isnull=True)
    standing.filter(left=alias.actor.uid, right=alias.normal).update(undone_at=at)


def withdraw_spelling(actor: Actor, text: str, *, by: User, why: str, at: datetime) -> None:
    """Let a spelling never name this actor again, unless another one that is left compares equal to it."""
    normal = normal_form(text)
    if not actor.aliases.exclude(text=text).filter(normal=normal).exists():
        judge(Judgement.Verdict.NOT_ALIAS, actor.uid, normal, kind=Judgement.Kind.ACTOR, by=by, why=why, at=at)


def pair_of(one: Actor | Event | Statement, other: Actor | Event | Statement) -> tuple[str, str]:
    """Two entries as a judgement names them, whichever comes first."""
    left, right = sorted((one.uid, other.uid))
    return left, right


def judge(
    verdict: str,
    left: str,
    right: str = "",
    *,
    by: User,
    why: str,
    at: datetime,
    kind: str = "",
    moved: dict[str, Any] | None = None,
) -> Judgement:
    """Write a judgement down, unless it holds already."""
    values = {"by": by, "why": why, "made_at": at, "kind": kind, "moved": moved or {}}
    return Judgement.objects.get_or_create(verdict=verdict, left=left, right=right, undone_at=None, defaults=values)[0]
