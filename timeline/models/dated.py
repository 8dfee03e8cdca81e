"""A date as columns: two inclusive bounds, how precise, and why."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from timeline.vocabulary import DateBasis, DatePrecision, PartialDate


class Dated(models.Model):
    """The columns of a PartialDate.

    The bounds are the truth for sorting and for overlap; the rest is never guessed back.
    """

    DATE_FIELDS: ClassVar[tuple[str, ...]] = (
        "earliest",
        "latest",
        "precision",
        "basis",
        "instant",
        "clock",
        "timezone",
        "date_raw",
        "date_reason",
        "approximate",
    )

    earliest = models.DateField("earliest day", null=True, blank=True, help_text="First day it can have been.")
    latest = models.DateField("latest day", null=True, blank=True, help_text="Last day it can have been, inclusive.")
    precision = models.CharField(
        max_length=8,
        choices=[(p.value, p.value) for p in DatePrecision],
        default=DatePrecision.UNKNOWN.value,
        help_text="How precisely it is known. “unknown” means that only the bounds are.",
    )
    basis = models.CharField(
        "basis of the date",
        max_length=20,
        choices=[(b.value, b.value) for b in DateBasis],
        default=DateBasis.PUBLICATION_BOUND.value,
    )
    instant = models.DateTimeField(null=True, blank=True, editable=False)
    clock = models.TimeField("time of day", null=True, blank=True, help_text="Local time, where it is stated.")
    timezone = models.CharField("time zone", max_length=40, blank=True)
    date_raw = models.CharField("words of the date", max_length=300, blank=True, editable=False)
    date_reason = models.CharField(
        "reason of the date", max_length=300, blank=True, help_text="Why we think so, in words."
    )
    approximate = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def date(self) -> PartialDate:
        return date_of(
            self.earliest,
            self.latest,
            self.precision,
            self.basis,
            self.instant,
            self.clock,
            self.timezone,
            self.date_raw,
            self.date_reason,
            self.approximate,
        )

    @date.setter
    def date(self, value: PartialDate) -> None:
        for field, column in date_columns(value).items():
            setattr(self, field, column)

    def clean(self) -> None:
        super().clean()
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValidationError({"latest": "The latest day is before the earliest."})


def date_of(
    earliest: date | None,
    latest: date | None,
    precision: str,
    basis: str,
    instant: datetime | None,
    clock: time | None,
    timezone: str,
    date_raw: str,
    date_reason: str,
    approximate: bool,
) -> PartialDate:
    """The date that stands in some columns, given in the order of DATE_FIELDS."""
    return PartialDate(
        earliest=earliest,
        latest=latest,
        precision=DatePrecision(precision),
        basis=DateBasis(basis),
        instant=instant,
        clock=clock,
        zone=timezone or None,
        raw=date_raw or None,
        reason=date_reason,
        approximate=approximate,
    )


def date_columns(value: PartialDate) -> dict[str, Any]:
    """The columns of a date, for bulk writes."""
    clock: time | None = value.clock
    return {
        "earliest": value.earliest,
        "latest": value.latest,
        "precision": value.precision.value,
        "basis": value.basis.value,
        "instant": value.instant,
        "clock": clock,
        "timezone": value.zone or "",
        "date_raw": (value.raw or "")[:300],
        "date_reason": value.reason[:300],
        "approximate": value.approximate,
    }


def date_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=models.Q(earliest__isnull=True)
            | models.Q(latest__isnull=True)
            | models.Q(earliest__lte=models.F("latest")),
            name=f"{name}_earliest_before_latest",
            violation_error_message="The latest day is before the earliest.",
        )
    ]
