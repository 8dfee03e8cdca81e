"""Feeds of publishers that are followed, and what they have offered."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from timeline.models.actors import Actor
from timeline.models.articles import Article, Publisher
from timeline.models.identity import new_uid


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> FeedQuerySet:
        """Those to ask now, the longest waiting first."""
        return self.filter(paused=False, due_at__lte=now).order_by("due_at", "pk")


class Feed(models.Model):
    """A feed or news sitemap, and how asking it went last. `etag` and `changed` are what it said of its last state.

    `due_at` is when it is asked next; who asks it moves that first, so that nobody else asks at the same time.
    """

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    url = models.CharField("address", max_length=2000, unique=True)
    title = models.CharField(max_length=300, blank=True)
    publisher = models.ForeignKey(
        Publisher,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="feeds",
        help_text="Whose articles these are, where they do not say it themselves.",
    )
    minutes = models.PositiveIntegerField(
        "ask every … minutes", default=15, validators=[MinValueValidator(5), MaxValueValidator(7 * 24 * 60)]
    )
    words = models.CharField(
        "only items with one of these words",
        max_length=500,
        blank=True,
        help_text="Words or phrases with commas between them, looked for in headline and summary; empty for all.",
    )
    actors = models.ManyToManyField(
        Actor,
        blank=True,
        related_name="+",
        verbose_name="or that name one of these",
        help_text="Under any of their spellings.",
    )
    paused = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    result = models.CharField(max_length=300, blank=True, editable=False)
    failure = models.CharField(max_length=300, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    changed = models.CharField(max_length=300, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "url"]
        indexes = [models.Index(fields=["paused", "due_at"], name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url


class FeedItem(models.Model):
    """What a feed has offered, and what became of it: so that an item becomes an article once."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "taken"
        DUPLICATE = "duplicate", "duplicate"
        REFUSED = "refused", "refused"
        LEFT = "left", "left out"
        FAILED = "failed", "not fetched yet"

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=2000)
    address_digest = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-first_seen", "-pk"]
        constraints = [models.UniqueConstraint(fields=["feed", "digest"], name="feed_item_once")]

    def __str__(self) -> str:
        return self.title or self.address
