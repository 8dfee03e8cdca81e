"""What a person has set stays set: locked fields, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models


class Correctable(models.Model):
    """`corrections` maps a locked field to {"by", "at", "why"}. No reading ever changes a locked field."""

    corrections = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def is_locked(self, field: str) -> bool:
        return field in self.corrections

    @property
    def is_corrected(self) -> bool:
        return bool(self.corrections)

    @property
    def locked_fields(self) -> frozenset[str]:
        return frozenset(self.corrections)

    def lock(self, fields: Iterable[str], *, by: str, why: str, at: datetime) -> None:
        """Mark fields as a person's word. The caller saves."""
        mark: dict[str, Any] = {"by": by, "at": at.isoformat(timespec="seconds"), "why": why}
        self.corrections = {**self.corrections, **dict.fromkeys(fields, mark)}

    def release(self, fields: Iterable[str]) -> None:
        """Give fields back to the readings; the next one may change them. The caller saves."""
        freed = set(fields)
        self.corrections = {field: mark for field, mark in self.corrections.items() if field not in freed}
