"""What each article says of an event: of all of them together the event's own values are chosen."""

from __future__ import annotations

from django.db import models

from timeline.models.articles import Article
from timeline.models.dated import Dated, date_constraints
from timeline.models.events import Event
from timeline.models.places import Place
from timeline.vocabulary import EventKind


class Account(Dated):
    """One article's account of an event, as it was read; without an article, what was believed before any was read.

    `parts` are those who take part, the acting one first, as {"actor": uid, "role", "named"}; `main` is whether the
    article is about it first of all. `event` is what it was read as: where a person has merged that into another, the
    account stays with it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="accounts")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="accounts")
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in EventKind])
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="accounts")
    hedged = models.BooleanField(default=False)
    main = models.BooleanField(default=False)
    confidence = models.FloatField(default=1.0)
    parts = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *date_constraints("account"),
            models.UniqueConstraint(fields=["event", "article"], name="account_once_per_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.title}"
