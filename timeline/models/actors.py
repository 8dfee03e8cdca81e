"""Actors and every spelling they were met under."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.models.corrections import Correctable
from timeline.models.identity import new_uid
from timeline.models.merged import Mergeable, merged_index
from timeline.models.places import Place
from timeline.vocabulary import ActorKind, MentionForm


class ActorQuerySet(models.QuerySet["Actor"]):
    def standing(self) -> ActorQuerySet:
        """Those that are not merged into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, name: str) -> ActorQuerySet:
        """Actors with this name or alias, whatever the case; a uid names its actor too, or the one it was merged
        into."""
        return self.standing().filter(
            models.Q(name__iexact=name)
            | models.Q(uid=name)
            | models.Q(pk__in=Actor.objects.filter(uid=name).values("merged_into"))
            | models.Q(pk__in=Alias.objects.filter(text__iexact=name).values("actor"))
        )


class Actor(Correctable, Mergeable):
    """Somebody who acts or speaks. `known` is the id in the knowledge file, where it is in it."""

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ActorKind])
    role = models.CharField(max_length=300, blank=True, help_text="Office or occupation, as the articles give it.")
    description = models.TextField(blank=True)
    known = models.CharField(max_length=100, null=True, blank=True, unique=True, editable=False)
    country = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")

    history = HistoricalRecords()

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [merged_index("actor"), models.Index(fields=["name"], name="actor_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.uid])


class AliasQuerySet(models.QuerySet["Alias"]):
    def of_those_in(self, article: models.Model) -> AliasQuerySet:
        """The spellings of those who act or speak in an article."""
        # Asked apart: together they would join all that each actor ever did with all that they ever said.
        acting = Actor.objects.filter(participations__event__evidence__article=article.pk)
        speaking = Actor.objects.filter(statements__evidence__article=article.pk)
        return self.filter(models.Q(actor__in=acting.values("pk")) | models.Q(actor__in=speaking.values("pk")))


class Alias(models.Model):
    """A spelling of an actor; `normal` is the form that names are compared in."""

    FORMS = (MentionForm.NAME, MentionForm.TITLE, MentionForm.DEMONYM, MentionForm.METONYM)

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=300)
    normal = models.CharField(max_length=300, db_index=True, editable=False)
    form = models.CharField(max_length=10, choices=[(f.value, f.value) for f in FORMS], default=MentionForm.NAME.value)
    by_hand = models.BooleanField(default=False, editable=False)

    history = HistoricalRecords()

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["actor", "text"], name="alias_once_per_actor")]

    def __str__(self) -> str:
        return self.text
