"""What people decide for good: what never comes back, and which spelling never names whom."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from timeline.extraction.names import normal_form
from timeline.models import Actor, Alias, Event, Judgement, Statement


def forbid_return(thing: Event | Statement, *, by: User, why: str, at: datetime) -> int:
    """Before an entry is deleted: let none of the mentions behind it make it again. How many there were."""
    fingerprints = set(thing.evidence.exclude(fingerprint="").values_list("fingerprint", flat=True))
    for fingerprint in fingerprints:
        _judge(Judgement.Verdict.REJECTED, fingerprint, "", by=by, why=why, at=at)
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
        _judge(Judgement.Verdict.NOT_ALIAS, actor.uid, normal, by=by, why=why, at=at)


def _judge(verdict: str, left: str, right: str, *, by: User, why: str, at: datetime) -> None:
    Judgement.objects.get_or_create(
        verdict=verdict, left=left, right=right, undone_at=None, defaults={"by": by, "why": why, "made_at": at}
    )
