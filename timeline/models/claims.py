"""Competing values of a field, each with who says so."""

from __future__ import annotations

from django.db import models

from timeline.models.articles import Article
from timeline.models.dated import Dated, date_constraints
from timeline.models.events import Event


class Claim(Dated):
    """What one article says an event's date is. All stay visible; one is preferred."""

    class Rank(models.TextChoices):
        PREFERRED = "preferred"
        NORMAL = "normal"
        DEPRECATED = "deprecated"

    event = models.ForeignKey(Event, models.CASCADE, related_name="claims")
    article = models.ForeignKey(Article, models.CASCADE, related_name="claims")
    rank = models.CharField(max_length=10, choices=Rank.choices, default=Rank.NORMAL)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *date_constraints("claim"),
            models.UniqueConstraint(fields=["event", "article"], name="claim_once_per_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.date.display}"
