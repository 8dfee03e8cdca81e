"""The sentences that prove it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from timeline.models.articles import Article
from timeline.models.events import Event
from timeline.models.statements import Statement


class Evidence(models.Model):
    """A passage of an article, or an outside source, that supports an event or a statement.

    `article.text[start:end] == exact`, always; prefix and suffix are what stands around it. `fingerprint` identifies
    what is said across readings: the same mention of a changed copy or of newer rules has the same one.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports"
        CONTRADICTS = "contradicts"
        HEDGED = "hedged"

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="evidence")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, blank=True, related_name="evidence")
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="evidence")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField("passage", blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    stance = models.CharField(max_length=12, choices=Stance.choices, default=Stance.SUPPORTS)
    fingerprint = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    version = models.CharField(max_length=20, blank=True, editable=False)
    outside_title = models.CharField("outside source", max_length=300, blank=True)
    outside_url = models.URLField("its URL", max_length=2000, blank=True)
    by_hand = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["article_id", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, statement__isnull=True)
                | Q(event__isnull=True, statement__isnull=False),
                name="evidence_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(outside_title="") | ~Q(outside_url=""),
                name="evidence_has_a_source",
                violation_error_message="Evidence needs an article or an outside source.",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=models.F("end")),
                name="evidence_span_in_order",
            ),
        ]
        indexes = [models.Index(fields=["article", "start"], name="evidence_article_start")]

    def __str__(self) -> str:
        return self.exact or self.outside_title or self.outside_url
