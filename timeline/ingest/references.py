"""The rows that name an entry, and how they come to name another and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.db import models
from django.db.models import Model

from timeline.ingest.acts import Act
from timeline.models import Account, EventRelation, StoryEntry
from timeline.models.suggestions import NameKey, Suggestion


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names entries of one kind, and what must stay unique with it."""

    model: type[Model]
    name: str
    unique: tuple[tuple[str, ...], ...]

    @property
    def label(self) -> str:
        return f"{self.model.__name__}.{self.name}"

    def naming(self, entry: Model) -> list[Any]:
        return list(self.model._default_manager.filter(**{self.name: entry.pk}).order_by("pk"))

    def key(self, row: Any, others: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in others)


def references(model: type[Model]) -> tuple[Reference, ...]:
    """Every column that names an entry of a kind; also that of what was merged into it, so that no chains arise."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or isinstance(relation, models.OneToOneRel):
            continue
        naming, name = relation.related_model, relation.field.name
        if naming is Account:
            continue  # what was read of an entry stays with it, and is believed of the one that stands for it
        if isinstance(naming, str) or naming._meta.auto_created or hasattr(naming, "history_object"):
            continue
        if issubclass(naming, Suggestion | NameKey):
            continue  # found anew
        unique = tuple(
            tuple(naming._meta.get_field(other).attname for other in constraint.fields if other != name)  # type: ignore[union-attr]
            for constraint in naming._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields
        )
        found.append(Reference(naming, name, tuple(dict.fromkeys(unique))))
    return tuple(found)


def move_rows(
    reference: Reference, kept: Any, gone: Any, moved: dict[str, Any], before: list[dict[str, Any]], act: Act
) -> None:
    """Let the rows that name the one name the other; of two that would say the same the kept one's own stays.

    That a double is left out of a story says nothing of the one it is a double of; that it is put in does.
    """
    rows = [row for row in reference.naming(gone) if not (isinstance(row, StoryEntry) and row.left_out)]
    if not rows:
        return
    came = {pk for other in before for pk in other["rows"].get(reference.label, ())}
    taken = {
        (others, reference.key(row, others)): row
        for row in (reference.naming(kept) if reference.unique else ())
        for others in reference.unique
    }
    above = _above(kept, reference)
    moving, deleted, loose = [], [], []
    met: set[int] = set()
    for row in rows:
        rivals = {
            rival.pk: rival
            for others in reference.unique
            if (rival := taken.get((others, reference.key(row, others)))) is not None
        }
        met |= set(rivals)
        if row.pk in above or (reference.name == "carries_on" and row.main_event_id == kept.pk):
            loose.append(row)
        elif reference.model is EventRelation and kept.pk in (row.source_id, row.target_id):
            deleted.append(row)
        elif not rivals:
            moving.append(row)
        elif all(rival.pk in came and rival.pk > row.pk for rival in rivals.values()) or (
            isinstance(row, StoryEntry) and all(row.weight > rival.weight for rival in rivals.values())
        ):
            # The order in which doubles are merged must not matter, and nobody's words in a story are to be lost.
            deleted.extend(rivals.values())
            moving.append(row)
        else:
            deleted.append(row)
    act.touch([*moving, *deleted, *loose])
    moved["deleted"] += json.loads(serializers.serialize("json", deleted))
    manager = reference.model._default_manager
    manager.filter(pk__in=[row.pk for row in deleted]).delete()
    manager.filter(pk__in=[row.pk for row in moving]).update(**{reference.name: kept})
    manager.filter(pk__in=[row.pk for row in loose]).update(**{reference.name: None})
    moved["rows"][reference.label] = [row.pk for row in moving]
    moved["rivals"][reference.label] = sorted(met)
    moved["loosened"][reference.label] = [row.pk for row in loose]


def _above(kept: Any, reference: Reference) -> set[int]:
    """The kept entry and what it is part of: they can be no part of it."""
    found: set[int] = set()
    if reference.model is type(kept):
        entry = kept
        while entry is not None and entry.pk not in found:
            found.add(entry.pk)
            entry = getattr(entry, reference.name)
    return found


def restore(deleted: list[dict[str, Any]], act: Act) -> None:
    """Bring rows back that a merge took away, unless what they name is gone or another says the same by now."""
    for one in serializers.deserialize("json", json.dumps(deleted)):
        row: Any = one.object
        model = type(row)
        if model._default_manager.filter(pk=row.pk).exists() or not _can_stand(row):
            continue
        act.made([row])
        row.save_base(raw=True, force_insert=True)


def _can_stand(row: Any) -> bool:
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if isinstance(column, models.ForeignKey) and value is not None:
            related: Any = column.related_model
            if not related._default_manager.filter(pk=value).exists():
                return False
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            same = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}
            if None not in same.values() and type(row)._default_manager.filter(**same).exists():
                return False
    return True
