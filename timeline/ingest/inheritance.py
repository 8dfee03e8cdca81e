"""What an entry takes over from one that is merged into it, and gives back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from timeline.models import Actor, Event, Statement
from timeline.models.dated import Dated
from timeline.vocabulary import DateBasis, EventStatus

# What the kept entry takes over where it says nothing itself, or where a person has said it of the other one alone.
TAKEN_OVER: dict[type[Model], tuple[str, ...]] = {
    Actor: ("role", "description", "country", "part_of"),
    Event: ("title", "description", "date", "date_display", "place", "part_of", "hedged", "status"),
    Statement: ("speaker", "event", "medium", "addressee", "cue", "date", "hedged", "status"),
}


def take_over(kept: Any, gone: Any, before: list[dict[str, Any]]) -> dict[str, Any]:
    """What the kept entry says nothing of and the other does; and what a person has set of the other alone.

    Of several that have gone into one the first row speaks, in whatever order they went.
    """
    taken: dict[str, Any] = {}
    for name in TAKEN_OVER[type(kept)]:
        columns = _columns(type(kept), name)
        mark = gone.corrections.get(name)
        silent = _says_nothing(gone, name)
        # A rejection is of the entry that goes, and no word on the kept one.
        rank = [1, gone.pk] if mark and not (name == "status" and silent) else [3, gone.pk]
        if silent and rank[0] == 3:
            continue
        now = _plain(kept, columns)
        earlier = [other["taken"][name] for other in before if name in other["taken"]]
        lent = next((one for one in reversed(earlier) if one["after"] == now), None)
        if lent is not None:
            own = lent["rank"]
        else:
            own = [0, 0] if kept.is_locked(name) else [4, 0] if _says_nothing(kept, name) else [2, 0]
        if rank >= own:
            continue
        after = _plain(gone, columns)
        if name == "part_of" and after[columns[0]] == kept.pk:
            continue
        taken[name] = {"before": now, "after": after, "rank": rank, "lock": kept.corrections.get(name)}
        _set(kept, after)
        kept.corrections = {key: value for key, value in kept.corrections.items() if key != name}
        if mark:
            kept.corrections = {**kept.corrections, name: mark}
            taken[name]["mark"] = mark
    if taken:
        written = {column for name in taken for column in _columns(type(kept), name)} | {"corrections"}
        type(kept)._default_manager.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in written})
    return taken


def give_back(kept: Any, taken: dict[str, Any]) -> None:
    """What was taken over and still stands there."""
    columns: set[str] = set()
    for name, one in taken.items():
        if _plain(kept, one["after"]) != one["after"] or kept.corrections.get(name) != one.get("mark"):
            continue
        _set(kept, one["before"])
        columns |= {*one["before"], "corrections"}
        kept.corrections = {key: value for key, value in kept.corrections.items() if key != name}
        if one["lock"]:
            kept.corrections = {**kept.corrections, name: one["lock"]}
    if columns:
        type(kept)._default_manager.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in columns})


def _columns(model: type[Model], name: str) -> tuple[str, ...]:
    if name == "date":
        return (*Dated.DATE_FIELDS, "own_date") if model is Statement else Dated.DATE_FIELDS
    if name == "status":
        return ("status", "review_reason")
    return (model._meta.get_field(name).attname,)  # type: ignore[union-attr]


def _plain(row: Any, columns: Iterable[str]) -> dict[str, Any]:
    """Columns as JSON has them."""
    values = {name: getattr(row, name) for name in columns}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _says_nothing(entry: Any, name: str) -> bool:
    if name == "date":
        if isinstance(entry, Statement):
            return not entry.has_own_date
        return entry.basis in (DateBasis.PUBLICATION_BOUND, DateBasis.ORDER) or (
            entry.earliest is None and entry.latest is None
        )
    if name == "status":
        return str(entry.status) not in (EventStatus.AUTOMATIC, EventStatus.CONFIRMED, EventStatus.DISPUTED)
    if name == "hedged":
        return bool(entry.hedged)  # one source that says it as a fact is enough
    return getattr(entry, _columns(type(entry), name)[0]) in (None, "")


def _set(entry: Any, plain: dict[str, Any]) -> None:
    for column in entry._meta.concrete_fields:
        if column.attname in plain:
            setattr(entry, column.attname, column.to_python(plain[column.attname]))
