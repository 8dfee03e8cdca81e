"""Acts that touch many rows at once, with the history of each: merging, splitting, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from timeline.admin.history import AS_READ, Edit, attributes, history_of, last_rows
from timeline.ingest.acts import Act
from timeline.ingest.merging import merge, tell_apart, undo
from timeline.models import Judgement


@dataclass(slots=True)
class Ledger:
    """Writes history for all rows that one act touches, in a few queries however many they are."""

    edit: Edit
    touched: dict[type[Model], set[int]] = field(default_factory=dict)

    def act(self, why: str | None = None) -> Act:
        reason = self.edit.why if why is None else why
        return Act(by=self.edit.by, at=self.edit.at, why=reason, touch=self.touch, made=self.made)

    def touch(self, rows: Iterable[Model]) -> None:
        """Before rows change: write down what the readings left of them."""
        for model, ids in self._new(rows).items():
            before = self.edit.at - timedelta(milliseconds=1)
            last = {row.id: row for row in last_rows(model, ids)}
            fresh = model._default_manager.in_bulk(ids)
            names = attributes(model)
            history_of(model).objects.bulk_create(
                history_of(model)(
                    history_type="~" if pk in last and last[pk].history_type != "-" else "+",
                    history_date=before,
                    history_change_reason=AS_READ,
                    **{name: getattr(row, name) for name in names},
                )
                for pk, row in fresh.items()
                if pk not in last
                or last[pk].history_type == "-"
                or any(getattr(last[pk], name) != getattr(row, name) for name in names)
            )

    def made(self, rows: Iterable[Model]) -> None:
        self._new(rows)

    def _new(self, rows: Iterable[Model]) -> dict[type[Model], set[int]]:
        new: dict[type[Model], set[int]] = {}
        for row in rows:
            model = type(row)
            if hasattr(model, "history") and row.pk not in self.touched.setdefault(model, set()):
                self.touched[model].add(row.pk)
                new.setdefault(model, set()).add(row.pk)
        return new

    def close(self) -> None:
        """Write down what the act has made of all rows."""
        for model, ids in self.touched.items():
            last = {row.id: row for row in last_rows(model, ids)}
            fresh = model._default_manager.in_bulk(ids)
            history = history_of(model)
            written = []
            for pk in sorted(ids):
                known, row = last.get(pk), fresh.get(pk)
                if row is None and (known is None or known.history_type == "-"):
                    continue
                kind = "-" if row is None else "~" if known is not None and known.history_type != "-" else "+"
                values = {name: getattr(row or known, name) for name in attributes(model)}
                written.append(
                    history(
                        history_type=kind,
                        history_date=self.edit.at,
                        history_user=self.edit.by,
                        history_change_reason=self.edit.why or None,
                        **values,
                    )
                )
            history.objects.bulk_create(written)


def merge_all(kept: Any, others: Sequence[Any], edit: Edit) -> list[Judgement]:
    """Merge entries into one, with their history, which says so before it says why."""
    names = " and ".join(f"“{other}”" for other in others)
    ledger = Ledger(replace(edit, why=f"merged {names} into “{kept}”" + (f": {edit.why}" if edit.why else "")))
    with transaction.atomic():
        made = [merge(kept, gone, ledger.act(edit.why)) for gone in others]
        ledger.close()
    return made


def undo_judgement(judgement: Judgement, edit: Edit, *, for_good: bool = True) -> None:
    """Take back a merge, a split or any other judgement, with the history of what comes back; not `for_good`, the
    question stands open again."""
    ledger = Ledger(edit)
    with transaction.atomic():
        undo(judgement, ledger.act(), for_good=for_good)
        ledger.close()


def say_different(one: Any, other: Any, edit: Edit) -> Judgement:
    """Remember that two entries are not the same; nothing of theirs changes."""
    return tell_apart(one, other, Ledger(edit).act())
