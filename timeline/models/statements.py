"""Statements: who said exactly what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.models.actors import Actor
from timeline.models.corrections import Correctable
from timeline.models.dated import Dated, date_constraints
from timeline.models.events import Event
from timeline.models.identity import chrono, new_uid
from timeline.models.merged import Mergeable, merged_index
from timeline.vocabulary import DECIDABLE, ON_PAGE, EventStatus, StatementKind


class StatementQuerySet(models.QuerySet["Statement"]):
    def on_page(self) -> StatementQuerySet:
        return self.filter(status__in=ON_PAGE)

    def by(self, speaker: Actor | None) -> StatementQuerySet:
        return self.filter(speaker=speaker) if speaker else self

    def of_kinds(self, kinds: Iterable[StatementKind]) -> StatementQuerySet:
        """Of one of these kinds; of any, where none is named."""
        wanted = list(kinds)
        return self.filter(kind__in=wanted) if wanted else self

    def beyond(self, cursor: int | None, *, newest_first: bool = False) -> StatementQuerySet:
        """What comes after a place in the list, in the direction of reading."""
        if cursor is None:
            return self
        return self.filter(chrono__lt=cursor) if newest_first else self.filter(chrono__gt=cursor)

    def placed_at(self, cursor: int) -> StatementQuerySet:
        """The one statement with this place, if it is still there."""
        return self.filter(chrono=cursor)

    def oldest_first(self) -> StatementQuerySet:
        return self.order_by("chrono")

    def newest_first(self) -> StatementQuerySet:
        return self.order_by("-chrono")


class Statement(Correctable, Mergeable, Dated):
    """`text` is verbatim: the words of the article without the quotation marks around them; parts of one statement that
    the article interrupts are joined by " … ". Its own date is when it was said; where that is not known, it has its
    event's bounds."""

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in StatementKind])
    text = models.TextField(help_text="Verbatim, without the quotation marks around it.")
    speaker = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="statements")
    speaker_as_written = models.CharField(max_length=300, blank=True)
    cue = models.CharField(max_length=200, blank=True)
    medium = models.CharField(max_length=200, blank=True, help_text="Where it was said: a post, an interview, a video.")
    addressee = models.CharField(max_length=300, blank=True)
    hedged = models.BooleanField(default=False)
    inserted = models.BooleanField("has an editor's insertion", default=False)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="statements")
    confidence = models.FloatField(default=1.0)
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in DECIDABLE], default=EventStatus.AUTOMATIC.value
    )
    review_reason = models.CharField(max_length=300, blank=True, editable=False)
    own_date = models.BooleanField(default=False, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    chrono = models.BigIntegerField(unique=True, null=True, editable=False)

    history = HistoricalRecords(excluded_fields=["chrono", "order"])

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = date_constraints("statement")
        indexes = [
            merged_index("statement"),
            models.Index(fields=["speaker", "chrono"], name="statement_speaker_chrono"),
            models.Index(fields=["event", "chrono"], name="statement_event_chrono"),
            models.Index(
                fields=["status", "confidence", "id"],
                condition=models.Q(status=EventStatus.REVIEW.value),
                name="statement_waiting",
            ),
            # Nearly all are automatic: those are met soon in any order, and take no room here.
            *(
                models.Index(
                    fields=["status", "chrono"],
                    condition=models.Q(status=status.value),
                    name=f"statement_{status.value}_chrono",
                )
                for status in EventStatus
                if status is not EventStatus.AUTOMATIC
            ),
        ]

    def __str__(self) -> str:
        shortened = self.text if len(self.text) <= 80 else self.text[:79] + "…"
        return f"{self.speaker or self.speaker_as_written or 'Somebody'}: {shortened}"

    def get_absolute_url(self) -> str:
        """Its place on its event's page; without an event, the page of all statements."""
        return f"{self.event.get_absolute_url()}#s{self.uid}" if self.event else reverse("statements")

    @property
    def is_on_page(self) -> bool:
        return self.status in ON_PAGE

    @property
    def has_own_date(self) -> bool:
        """Whether an article or a person says when it was said; else it follows its event."""
        return self.own_date or self.is_locked("date")

    @property
    def is_verbatim(self) -> bool:
        """Whether quotation marks may stand around it."""
        return self.kind == StatementKind.DIRECT

    def place_in_time(self) -> None:
        """Recompute the sort key after a change of date or order. The row needs its id; the caller saves."""
        self.chrono = chrono(self.date, row_id=self.pk, order=self.order)
