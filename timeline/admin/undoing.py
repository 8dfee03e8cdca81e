"""Taking back what a person did: things as they were a moment before, and what later people would lose by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from timeline.admin.acts import Deed, Entry
from timeline.admin.history import PARTS, Edit, history_of, last_rows, part_ids
from timeline.admin.ledger import Ledger, undo_judgement
from timeline.admin.pages import CorrectionAdmin
from timeline.admin.versions import Version, brought_back, restore, versions
from timeline.ingest.judgements import spell
from timeline.models import Actor, Alias, Event, Participation, Statement, Story
from timeline.models.corrections import Correctable

A_MOMENT = timedelta(milliseconds=1)


class NotUndone(Exception):
    """What cannot be taken back, and why."""


def changed_since(thing: Correctable, at: datetime) -> list[Version]:
    """What people have changed after a moment and not undone since, newest first."""
    if not isinstance(thing, Actor | Story) and _is_as_left(thing, at):
        return []
    return [version for version in versions(thing) if version.by and version.at > at]


def _is_as_left(thing: Correctable, at: datetime) -> bool:
    """Whether what people have set on a thing, its actors and its statements, is what they had set at a moment."""
    if isinstance(thing, Event) and thing.is_locked("actors") and _cast(thing) != _cast_at(thing, at):
        return False
    family: list[Correctable] = [thing, *(thing.statements.all() if isinstance(thing, Event) else ())]
    for model in {type(one) for one in family}:
        now = {one.pk: one.corrections for one in family if isinstance(one, model)}
        then = {row.id: row.corrections for row in last_rows(model, set(now), at)}
        if any(then.get(pk, {}) != corrections for pk, corrections in now.items()):
            return False
    return True


def _cast(event: Event) -> set[tuple[int, str, int]]:
    return {(part.actor_id, part.role, part.position) for part in event.participations.all()}


def _cast_at(event: Event, at: datetime) -> set[tuple[int, str, int]]:
    rows = last_rows(Participation, part_ids(Participation, "event_id", event.pk), at)
    standing = (row for row in rows if row.history_type != "-" and row.event_id == event.pk)
    return {(row.actor_id, row.role, row.position) for row in standing}


def take_back(model_admin: CorrectionAdmin, request: HttpRequest, thing: Correctable, at: datetime, why: str) -> bool:
    """Bring a thing back to how it was before the act of this moment; False where there is no such version."""
    edit: Edit = model_admin.edit_of(request, why)
    with transaction.atomic():
        found = restore(thing, at - A_MOMENT, edit)
        if found:
            model_admin.log_change(request, thing, why)
    return found


def may_undo(request: HttpRequest, deed: Deed) -> bool:
    if deed.binds or deed.deletes or not deed.entries:
        return all(request.user.has_perm(f"timeline.change_{name}") for name in ("event", "statement", "actor"))
    return all(
        _admin_of(entry.model).has_delete_permission(request, entry.thing)
        if entry.done == "added"
        else _admin_of(entry.model).has_change_permission(request, entry.thing)
        for entry in deed.entries
    )


def undo(request: HttpRequest, deed: Deed) -> None:
    """Take back an act, whole or not at all.

    Raises:
        NotUndone: a thing of it is gone, or has no earlier version.
    """
    if not may_undo(request, deed):
        raise PermissionDenied
    why = f"undone: what {deed.by} did"
    with transaction.atomic():
        if deed.binds or deed.deletes or not deed.entries:
            edit = _admin_of(Event).edit_of(request, why)
            for judgement in sorted(deed.standing, key=lambda one: -one.pk):
                undo_judgement(judgement, edit)
            return
        edit = _admin_of(deed.entries[0].model).edit_of(request, why)
        for entry in deed.entries:
            _undo_entry(request, entry, deed.at, edit)


def _undo_entry(request: HttpRequest, entry: Entry, at: datetime, edit: Edit) -> None:
    model_admin = _admin_of(entry.model)
    match entry.done:
        case "added" if entry.thing is not None:
            model_admin.log_deletions(request, entry.model._default_manager.filter(pk=entry.pk))
            model_admin.remove(entry.thing, edit)
        case "deleted":
            revive(entry, edit)
        case _:
            thing = None if entry.thing is None else entry.model._default_manager.filter(pk=entry.pk).first()
            if not isinstance(thing, Correctable):
                raise NotUndone(f"“{entry.name}” is no longer there.")
            if not restore(thing, at - A_MOMENT, edit):
                raise NotUndone(f"“{entry.name}” has no earlier version.")
            model_admin.log_change(request, thing, edit.why)


def revive(entry: Entry, edit: Edit) -> None:
    """Bring back an actor with its spellings, a place, or a story with its entries, that was deleted."""
    if entry.row is None or entry.model in (Event, Statement) or entry.thing is not None:
        raise NotUndone(f"“{entry.name}” cannot be brought back.")
    _insert(entry.model, [entry.row], edit)
    for model, key in PARTS.get(entry.model, ()):
        gone = history_of(model).objects.filter(
            **{key: entry.pk}, history_type="-", history_date__gte=entry.row.history_date
        )
        parts = _insert(model, list(gone), edit)
        for part in parts:
            if isinstance(part, Alias) and part.by_hand:
                spell(part, at=edit.at)


def _insert(model: type[Model], rows: Sequence[Any], edit: Edit) -> list[Any]:
    """Bring rows back from history, all at once."""
    ledger = Ledger(edit)
    things = model._default_manager.bulk_create(brought_back(model, rows))
    ledger.made(things)
    ledger.close()
    return things


def _admin_of(model: type[Any]) -> CorrectionAdmin:
    found = admin.site.get_model_admin(model)
    assert isinstance(found, CorrectionAdmin)
    return found
