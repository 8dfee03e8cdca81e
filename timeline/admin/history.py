"""Who changed what, when and why: written at each edit by a person, read back as versions, restored in one click.

Readings write no history. So before a person's edit the state that the readings left is written down as a version
without a person, "as read"; what the person changed is then the difference to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from timeline.models import Actor, Alias, Event, Participation, Statement, Story, StoryEntry

AS_READ = "as read"
# What belongs to a thing and is told and restored with it: the model, and its key to the thing.
PARTS: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Event: ((Participation, "event_id"), (Statement, "event_id")),
    Actor: ((Alias, "actor_id"),),
    Story: ((StoryEntry, "story_id"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One act of a person: all rows that it writes share its moment."""

    by: User
    at: datetime
    why: str = ""

    def sign(self, row: Any) -> None:
        """Let the history row that saving or deleting this row writes carry the edit."""
        row._history_user = self.by
        row._history_date = self.at
        row._change_reason = self.why or None


def history_of(model: type[Model]) -> Any:
    """The model of a model's history rows."""
    return model.history.model  # type: ignore[attr-defined]


def attributes(model: type[Model]) -> list[str]:
    return [field.attname for field in history_of(model).tracked_fields]


def write(thing: Model, kind: str, *, at: datetime, by: User | None, why: str) -> None:
    """Add a history row of a thing as it is."""
    model = type(thing)
    history_of(model).objects.create(
        history_type=kind,
        history_date=at,
        history_user=by,
        history_change_reason=why or None,
        **{name: getattr(thing, name) for name in attributes(model)},
    )


def record(thing: Model, kind: str, edit: Edit) -> None:
    write(thing, kind, at=edit.at, by=edit.by, why=edit.why)


def remember(thing: Model, edit: Edit) -> None:
    """Before an edit: write down what the readings left of a thing and its parts, where history does not know it. Asks
    as often for many parts as for few."""
    before = edit.at - timedelta(milliseconds=1)
    _remember_rows(type(thing), {thing.pk}, before)
    for model, key in PARTS.get(type(thing), ()):
        present = set(model._default_manager.filter(**{key: thing.pk}).values_list("pk", flat=True))
        _remember_rows(model, present, before)
        for last in last_rows(model, part_ids(model, key, thing.pk)):
            if last.id not in present and last.history_type != "-":
                _remember_gone(model, last, before)


def _remember_rows(model: type[Model], ids: set[int], at: datetime) -> None:
    if not ids:
        return
    known = {row.id: row for row in last_rows(model, ids)}
    history, names = history_of(model), attributes(model)
    history.objects.bulk_create(
        history(
            history_type="+" if last is None or last.history_type == "-" else "~",
            history_date=at,
            history_change_reason=AS_READ,
            **{name: getattr(row, name) for name in names},
        )
        for pk, row in sorted(model._default_manager.in_bulk(ids).items())
        if (last := known.get(pk)) is None
        or last.history_type == "-"
        or any(getattr(last, name) != getattr(row, name) for name in names)
    )


def _remember_gone(model: type[Model], last: Any, at: datetime) -> None:
    """A part that a reading has taken away, or moved elsewhere."""
    if model._default_manager.filter(pk=last.id).exists():
        _remember_rows(model, {last.id}, at)
    else:
        history_of(model).objects.create(
            history_type="-",
            history_date=at,
            history_change_reason=AS_READ,
            **{name: getattr(last, name) for name in attributes(model)},
        )


def part_ids(model: type[Model], key: str, owner: int) -> set[int]:
    """The parts that a thing has, or once had."""
    ids = set(model._default_manager.filter(**{key: owner}).values_list("pk", flat=True))
    return ids | set(history_of(model).objects.filter(**{key: owner}).values_list("id", flat=True))


def last_rows(model: type[Model], ids: set[int], at: datetime | None = None) -> list[Any]:
    """The newest history row of each of these things, up to a moment."""
    rows = history_of(model).objects.filter(id__in=ids).order_by("history_date", "history_id")
    if at is not None:
        rows = rows.filter(history_date__lte=at)
    return list({row.id: row for row in rows}.values())
