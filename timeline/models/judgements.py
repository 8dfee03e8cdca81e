"""What people have decided, for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Judgement(models.Model):
    """A person's word on mentions, kept by fingerprint so that it outlives rows and readings.

    "rejected" on an event's or statement's fingerprint: it never comes back. "not an alias": the spelling `right` never
    names the actor `left` again.
    """

    class Verdict(models.TextChoices):
        REJECTED = "rejected"
        NOT_ALIAS = "not an alias"

    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    left = models.CharField(max_length=100, db_index=True)
    right = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "left", "right"],
                condition=models.Q(undone_at__isnull=True),
                name="judgement_once_while_it_holds",
            )
        ]

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right}".strip()
