"""What people have decided, for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Judgement(models.Model):
    """A person's word on mentions and entries, kept by fingerprint and uid so that it outlives rows and readings.

    "rejected" on an event's or statement's fingerprint: it never comes back. "not an alias": the spelling `right` never
    names the actor `left` again. "no story": the running story of the event `left` is suggested no more. "same" and
    "different" on the uids of two entries, the smaller one left: they are merged, or never become one again. `kind`
    says what is judged; `moved` is what taking a merge back needs.
    """

    class Verdict(models.TextChoices):
        REJECTED = "rejected"
        NOT_ALIAS = "not an alias"
        SAME = "same"
        DIFFERENT = "different"
        NO_STORY = "no story"

    class Kind(models.TextChoices):
        ACTOR = "actor"
        EVENT = "event"
        STATEMENT = "statement"

    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    left = models.CharField(max_length=100, db_index=True)
    right = models.CharField(max_length=300, blank=True, db_index=True)
    moved = models.JSONField(default=dict, blank=True, editable=False)
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
