"""What a person has found to be another entry's double: it stays as a row, and the other one stands for it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class Mergeable(models.Model):
    """`merged_into` is the entry that took this one's place; that one may itself be merged into another."""

    merged_into: models.ForeignKey[Any, Any] = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", verbose_name="merged into"
    )

    class Meta:
        abstract = True

    @property
    def is_merged(self) -> bool:
        return self.merged_into is not None

    @property
    def kept(self) -> Self:
        """The entry that stands for this one: itself, or the end of the chain that it was merged into."""
        entry: Any = self
        while entry.merged_into is not None:
            entry = entry.merged_into
        kept: Self = entry
        return kept


def kept_uid(model: Any, uid: str) -> str:
    """The uid of the entry that stands for the one with this uid; the same, where nothing has been merged."""
    row = model._default_manager.filter(uid=uid, merged_into__isnull=False).first()
    return str(row.kept.uid) if row is not None else uid
