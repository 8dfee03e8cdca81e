"""Places where things happen."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from timeline.models.corrections import Correctable
from timeline.models.identity import new_uid


class PlaceQuerySet(models.QuerySet["Place"]):
    def named(self, name: str) -> PlaceQuerySet:
        """Places with this name, whatever the case; a uid names its place too."""
        return self.filter(models.Q(name__iexact=name) | models.Q(uid=name))


class Place(Correctable):
    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=100, blank=True)
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    contested = models.CharField(
        max_length=300, blank=True, help_text="Who claims it, in the words of a source, where that is disputed."
    )

    history = HistoricalRecords()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "country"], name="place_once_per_country"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True) | models.Q(latitude__gte=-90, latitude__lte=90),
                name="place_latitude_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True) | models.Q(longitude__gte=-180, longitude__lte=180),
                name="place_longitude_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name
