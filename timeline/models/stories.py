"""Stories: chronologies with a name, made of saved filters and of entries put in or left out by hand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.models.corrections import Correctable
from timeline.models.events import Event


class StoryQuerySet(models.QuerySet["Story"]):
    def published(self) -> StoryQuerySet:
        return self.filter(status=Story.Status.PUBLISHED)

    def newest_first(self) -> StoryQuerySet:
        return self.order_by("-published_at", "-pk")

    def with_entry(self, event: Event) -> StoryQuerySet:
        """Those that an event has been put in by hand."""
        return self.filter(entries__event=event, entries__left_out=False)

    def beyond(self, cursor: int | None) -> StoryQuerySet:
        """What comes after a story in the list, the newest first."""
        last = Story.objects.filter(pk=cursor, published_at__isnull=False).first() if cursor is not None else None
        if last is None:
            return self
        return self.filter(Q(published_at__lt=last.published_at) | Q(published_at=last.published_at, pk__lt=last.pk))

    def once_at(self, slug: str) -> StoryQuerySet:
        """Those whose address it once was."""
        return self.filter(pk__in=Story.history.filter(slug=slug).values("id"))


class Story(Correctable):
    """A named chronology. `filters` holds query strings of the chronology, one a line: what any of them lets through is
    in it."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    MOST_FILTERS, MOST_ENTRIES = 10, 500

    title = models.CharField(max_length=200)
    slug = models.SlugField(
        "address",
        max_length=80,
        unique=True,
        help_text="The last part of its web address: small letters, digits and hyphens. An earlier address leads here.",
    )
    standfirst = models.TextField(blank=True, help_text="One or two sentences under the title and in lists.")
    text = models.TextField("cover text", blank=True, help_text="What stands before the entries; an empty line parts.")
    filters = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="story_published_has_a_moment"
            )
        ]
        indexes = [models.Index(fields=["status", "-published_at", "-id"], name="story_status_published")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def queries(self) -> list[str]:
        """Its filters, each a query string."""
        return [line for line in self.filters.splitlines() if line]


class StoryEntry(models.Model):
    """An event that a person put into a story, or left out of it.

    `emphasis` is its rank among the key entries: 1 leads. `event` is empty where it has been deleted since.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="entries")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="story_entries")
    left_out = models.BooleanField(default=False)
    emphasis = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField("editor’s note", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "story entries"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "event"], name="story_entry_once"),
            models.CheckConstraint(
                condition=Q(left_out=False) | Q(emphasis__isnull=True), name="story_entry_left_out_has_no_emphasis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or 'an entry no longer there'} in {self.story}"

    @property
    def weight(self) -> int:
        """How much a person has said of it: nothing but that it is left out, that it is in, and more."""
        return 0 if self.left_out else 1 + bool(self.note) + (self.emphasis is not None)
