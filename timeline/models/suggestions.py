"""Pairs of entries that may be one, as readings found them: for a person to answer. Always found anew, never edited."""

from __future__ import annotations

from typing import Any

from django.db import models

from timeline.models.actors import Actor
from timeline.models.events import Event


class NameKey(models.Model):
    """A key under which an actor's names meet other spellings of them."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["key", "-actor"], name="name_key_actor")]

    def __str__(self) -> str:
        return self.key


class Suggestion(models.Model):
    """`left` is the older row of the two. `reason` says in words why they may be one, `score` how likely, 0 to 1."""

    left: models.ForeignKey[Any, Any]
    right: models.ForeignKey[Any, Any]
    score = models.FloatField()
    reason = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"“{self.left}” and “{self.right}” may be one: {self.reason}"


def _rules(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["left", "right"], name=f"{name}_once"),
        models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name=f"{name}_older_left"),
    ]


class ActorSuggestion(Suggestion):
    left = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    right = models.ForeignKey(Actor, models.CASCADE, related_name="+")

    class Meta:
        constraints = _rules("actor_suggestion")
        indexes = [models.Index(fields=["score", "id"], name="actor_suggestion_score")]


class EventSuggestion(Suggestion):
    left = models.ForeignKey(Event, models.CASCADE, related_name="+")
    right = models.ForeignKey(Event, models.CASCADE, related_name="+")

    class Meta:
        constraints = _rules("event_suggestion")
        indexes = [models.Index(fields=["score", "id"], name="event_suggestion_score")]
