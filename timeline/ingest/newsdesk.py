"""What people would have done with an invented archive: confirmed, rejected, disputed, put right and merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from timeline.ingest.acts import Act
from timeline.ingest.bulk import rewrite
from timeline.ingest.merging import merge
from timeline.ingest.store import one_at_a_time
from timeline.models import Event, Participation, Statement
from timeline.vocabulary import EventStatus

NAME = "newsdesk"
# Of a thousand events.
CONFIRMED, REJECTED, DISPUTED, RETITLED = 10, 4, 3, 3
# Of ten thousand; each is merged as a person would merge it, one after another.
MERGED, MOST_MERGED = 5, 500
AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
AS_READ = "as read"


def edit(*, seed: int, events: Sequence[int]) -> None:
    """Let an invented person go over events just stored, by their keys. The same seed does the same."""
    random = Random(f"newsdesk {seed}")  # noqa: S311 (not for secrets)
    by, made = User.objects.get_or_create(username=NAME, defaults={"is_active": False, "first_name": "Invented"})
    if made:
        by.set_unusable_password()
        by.save(update_fields=["password"])
    shares = (
        (CONFIRMED, "checked against the record", _confirm),
        (REJECTED, "this is no event", _reject),
        (DISPUTED, "the two sides say otherwise", _dispute),
        (RETITLED, "shorter", _retitle),
    )
    count = sum(len(events) * share // 1000 for share, _, _ in shares)
    chosen = random.sample(events, count)
    for number, (share, why, change) in enumerate(shares):
        some, chosen = chosen[: len(events) * share // 1000], chosen[len(events) * share // 1000 :]
        for at in range(0, len(some), 1000):
            with one_at_a_time():
                _change(some[at : at + 1000], change, by=by, at=AT + timedelta(minutes=number, seconds=at), why=why)
    for number in range(min(len(events) * MERGED // 10_000, MOST_MERGED)):
        first = random.randrange(len(events) - 1)
        pair = Event.objects.filter(pk__in=events[first : first + 2], status=EventStatus.AUTOMATIC).order_by("pk")
        if len(pair) == 2:
            merge(pair[0], pair[1], Act(by=by, at=AT + timedelta(hours=1, seconds=number), why="told twice"))


def _change(ids: Sequence[int], change: Callable[[Event], str], *, by: User, at: datetime, why: str) -> None:
    """Change events, with who, when and why, and what they were before."""
    rows = list(Event.objects.filter(pk__in=ids).order_by("pk"))
    before = at - timedelta(milliseconds=1)
    _remember(rows, at=before, why=AS_READ)
    for model in (Participation, Statement):
        parts: Any = model._default_manager
        _remember(parts.filter(event__in=rows).order_by("pk"), at=before, why=AS_READ)
    for row in rows:
        row.lock([change(row)], by=by.get_username(), why=why, at=at)
    rewrite(rows, ("title", "status", "corrections"))
    _remember(rows, at=at, why=why, by=by)


def _remember(rows: Any, *, at: datetime, why: str, by: User | None = None) -> None:
    """Write rows down in the history as they are; what nobody changed as what readings left."""
    found: list[Model] = list(rows)
    if found:
        history: Any = type(found[0]).history  # type: ignore[attr-defined]
        history.bulk_history_create(
            found, update=by is not None, default_user=by, default_change_reason=why, default_date=at
        )


def _confirm(event: Event) -> str:
    event.status = EventStatus.CONFIRMED.value
    return "status"


def _reject(event: Event) -> str:
    event.status = EventStatus.REJECTED.value
    return "status"


def _dispute(event: Event) -> str:
    event.status = EventStatus.DISPUTED.value
    return "status"


def _retitle(event: Event) -> str:
    event.title = event.title.replace(" the ", " ", 1)
    return "title"
