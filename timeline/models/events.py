"""Events: what happened, when, where and who took part."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Substr
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.models.actors import Actor
from timeline.models.articles import Article
from timeline.models.corrections import Correctable
from timeline.models.dated import Dated, date_constraints
from timeline.models.identity import chrono, new_uid
from timeline.models.merged import Mergeable, merged_index
from timeline.models.places import Place
from timeline.vocabulary import DECIDABLE, ON_PAGE, EventKind, EventStatus, RelationKind

HELD = (*ON_PAGE, EventStatus.REVIEW)


class EventQuerySet(models.QuerySet["Event"]):
    def on_page(self) -> EventQuerySet:
        """Neither rejected nor waiting for review."""
        return self.filter(status__in=ON_PAGE)

    def held(self) -> EventQuerySet:
        """Those on the page and those that wait for review."""
        return self.filter(status__in=HELD)

    def of_one_story_with(self, event: Event) -> EventQuerySet:
        """The other main events of the articles that tell the same story."""
        own = Article.objects.current().filter(main_event=event, carries_on__isnull=False)
        heads = Q(pk=event.pk) | Q(pk__in=own.values("carries_on"))
        carrying_on = Article.objects.current().filter(carries_on__in=self.model.objects.filter(heads).values("pk"))
        told = Q(pk__in=own.values("carries_on")) | Q(pk__in=carrying_on.values("main_event"))
        return self.filter(told).exclude(pk=event.pk)

    def tally(self, field: str) -> dict[str, int]:
        """How many events have each value of a field."""
        return dict(self.order_by().values_list(field).annotate(events=models.Count("pk")))

    def beyond(self, cursor: int | None, *, newest_first: bool = False) -> EventQuerySet:
        """What comes after a place in the chronology, in the direction of reading."""
        if cursor is None:
            return self
        return self.filter(chrono__lt=cursor) if newest_first else self.filter(chrono__gt=cursor)

    def placed_at(self, cursor: int) -> EventQuerySet:
        """The one event with this place, if it is still there."""
        return self.filter(chrono=cursor)

    def oldest_first(self) -> EventQuerySet:
        return self.order_by("chrono")

    def newest_first(self) -> EventQuerySet:
        return self.order_by("-chrono")

    def leading(self) -> EventQuerySet:
        """The most important first; of equals the earlier."""
        return self.order_by("-importance", "chrono")


class Event(Correctable, Mergeable, Dated):
    """What the timeline believes happened. `chrono` is its place in the chronology, unique.

    `sources` counts independent articles behind it, kept with the evidence. `contradicted` says that articles have come
    to contradict each other about it after a person had confirmed it, and that nobody has looked at it since.
    """

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    title = models.CharField(max_length=500, help_text="A short sentence in the present tense: who does what.")
    description = models.TextField(blank=True)
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in EventKind], default=EventKind.OTHER.value
    )
    date_display = models.CharField(
        "date as shown", max_length=200, blank=True, help_text="Only where the words made from the bounds will not do."
    )
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="events")
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    actors: models.ManyToManyField[Actor, Participation] = models.ManyToManyField(
        Actor, through="Participation", related_name="events"
    )
    hedged = models.BooleanField(default=False, help_text="The sources do not say it as a fact.")
    confidence = models.FloatField(default=1.0)
    importance = models.FloatField(default=0.0, editable=False)
    sources = models.PositiveIntegerField("independent sources", default=0, editable=False)
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in DECIDABLE], default=EventStatus.AUTOMATIC.value
    )
    review_reason = models.CharField(max_length=300, blank=True, editable=False)
    date_disputed = models.BooleanField(default=False, editable=False)
    order_disputed = models.BooleanField(default=False, editable=False)
    contradicted = models.BooleanField(default=False, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    chrono = models.BigIntegerField(unique=True, null=True, editable=False)

    history = HistoricalRecords(excluded_fields=["chrono", "order", "importance", "sources", "contradicted"])

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = date_constraints("event")
        indexes = [
            merged_index("event"),
            models.Index(fields=["status", "chrono"], name="event_status_chrono"),
            models.Index(fields=["kind", "chrono"], name="event_kind_chrono"),
            models.Index(fields=["earliest", "latest"], name="event_bounds"),
            models.Index(fields=["status", "-importance", "chrono"], name="event_importance"),
            # What waits for a person; with the status in front, so that a planner without statistics takes them.
            models.Index(
                fields=["status", "importance", "confidence", "id"],
                condition=Q(status=EventStatus.REVIEW.value),
                name="event_waiting",
            ),
            models.Index(
                fields=["status", "importance", "confidence", "id"],
                condition=Q(status=EventStatus.AUTOMATIC.value) & (Q(date_disputed=True) | Q(order_disputed=True)),
                name="event_contradicted",
            ),
            models.Index(
                fields=["status", "importance", "confidence", "id"],
                condition=Q(contradicted=True),
                name="event_contradicted_anew",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.uid])

    @property
    def is_on_page(self) -> bool:
        return self.status in ON_PAGE

    @property
    def is_held(self) -> bool:
        """Whether it is on the page or waits for review."""
        return self.status in HELD

    @property
    def story_head(self) -> Event:
        """The event at the head of the running story whose articles have this one for their main event."""
        if Article.objects.current().filter(carries_on=self).exists():
            return self
        carrying_on = Article.objects.current().filter(main_event=self, carries_on__isnull=False)
        first = carrying_on.select_related("carries_on").order_by("latest", "pk").first()
        return self if first is None or first.carries_on is None else first.carries_on

    @property
    def story_name(self) -> Event | None:
        """The event that its running story goes by: the head, or else the first main event that is on the page."""
        head = self.story_head
        told = Event.objects.on_page().filter(main_for__in=Article.objects.of_story(head))
        return told.order_by(models.Case(models.When(pk=head.pk, then=0), default=1), "chrono").first()

    def place_in_time(self) -> None:
        """Recompute the sort key after a change of date or order. The row needs its id; the caller saves."""
        self.chrono = chrono(self.date, row_id=self.pk, order=self.order)


class Participation(models.Model):
    """An actor in an event; `position` 0 is the one who acts. `chrono` is that of the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="participations")
    role = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    chrono = models.BigIntegerField(null=True, editable=False)

    history = HistoricalRecords(excluded_fields=["chrono"])

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="participation_once_per_event")]
        indexes = [models.Index(fields=["actor", "chrono", "event"], name="participation_actor_chrono")]

    def __str__(self) -> str:
        return f"{self.actor} in {self.event}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.chrono = self.event.chrono
        super().save(*args, **kwargs)


class EventRelationQuerySet(models.QuerySet["EventRelation"]):
    def touching(self, event: Event) -> EventRelationQuerySet:
        """Relations on either side of an event, with both events."""
        return self.filter(Q(source=event) | Q(target=event)).select_related("source", "target").order_by("pk")

    def with_sentences(self) -> EventRelationQuerySet:
        """Each with the words of its article that say so, and no more of its text."""
        length = models.F("end") - models.F("start")
        words = Substr("article__text", models.F("start") + 1, length, output_field=models.TextField())
        nothing = models.Value("", models.TextField())
        return self.annotate(sentence=Case(When(start__isnull=False, then=words), default=nothing))


class EventRelation(models.Model):
    """One event before, after, on the same day as, or part of another, as an article says it or a person."""

    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RelationKind])
    source = models.ForeignKey(Event, models.CASCADE, related_name="relations_from")
    target = models.ForeignKey(Event, models.CASCADE, related_name="relations_to")
    article = models.ForeignKey("timeline.Article", models.CASCADE, null=True, blank=True, related_name="relations")
    start = models.PositiveIntegerField(null=True, editable=False)
    end = models.PositiveIntegerField(null=True, editable=False)
    by_hand = models.BooleanField(default=False, editable=False)

    objects = EventRelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "target", "article"], name="relation_once_per_article"),
            models.UniqueConstraint(
                fields=["kind", "source", "target"],
                condition=Q(article__isnull=True),
                name="relation_once_by_hand",
            ),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.target}"

    @property
    def fits_dates(self) -> bool:
        """Whether the dates believed leave room for it."""
        return RelationKind(self.kind).fits(self.source.date, self.target.date)
