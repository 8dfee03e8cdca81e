"""What a person has found to be another entry's double: it stays as a row, and the other one stands for it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


def merged_index(name: str) -> models.Index:
    """Of what is merged alone: nearly nothing is, and an index of the rest is one that a planner without statistics
    takes and then sorts the whole table by hand."""
    return models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name=f"{name}_merged")


class Mergeable(models.Model):
    """`merged_into` is the entry that stands for this one; it is never one that is itself merged."""

    merged_into: models.ForeignKey[Any, Any] = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", verbose_name="merged into", db_index=False
    )

    class Meta:
        abstract = True

    @property
    def is_merged(self) -> bool:
        return self.merged_into is not None

    @property
    def kept(self) -> Self:
        """The entry that stands for this one; itself, where it is not merged."""
        kept: Self = self if self.merged_into is None else self.merged_into
        return kept
