"""Work in the background: what somebody asked for, the parts that workers take, and the workers.

The state of all work is in these rows. A worker is any process that takes a part by writing its name and a lease on it.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse

from timeline.models.identity import new_uid


class WorkQuerySet(models.QuerySet["Work"]):
    def with_progress(self) -> WorkQuerySet:
        """Each with the sums over its parts, by the names that `Work.progress` reads."""
        counts = {state.value: Count("parts", filter=Q(parts__state=state)) for state in WorkPart.State}
        sums = {name: Sum(f"parts__{name}") for name in ("taken", "duplicates", "refused", "spent")}
        return self.annotate(
            **{f"n_{name}": count for name, count in counts.items()},
            **{f"sum_{name}": total for name, total in sums.items()},
            again_at=Min("parts__not_before", filter=Q(parts__state=WorkPart.State.WAITING)),
            most_attempts=Max("parts__attempts", filter=Q(parts__state=WorkPart.State.WAITING)),
            reason=Max("parts__reason", filter=Q(parts__state__in=[WorkPart.State.FAILED, WorkPart.State.WAITING])),
        )


class Work(models.Model):
    """What somebody asked to be read, read again, looked through or built. `total` is how many articles, stretches of
    entries or rows it holds, once that is known.

    `worth` orders what waits: what a person sits and waits for is read before an archive.
    """

    class Kind(models.TextChoices):
        FILE = "file", "file"
        ADDRESSES = "addresses", "addresses"
        REREAD = "reread", "articles once more"
        SUGGEST = "suggest", "doubles"
        REINDEX = "reindex", "index"

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    stopped_by = models.CharField(max_length=150, blank=True)
    worth = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "work"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:work_one", args=[self.uid])

    @property
    def progress_words(self) -> str:
        """What a number says that tells how far it is."""
        match self.kind:
            case self.Kind.REREAD:
                return "read again"
            case self.Kind.SUGGEST:
                return "stretches of entries looked through"
            case self.Kind.REINDEX:
                return "rows in the new index"
        return "read"

    @property
    def tells_outcomes(self) -> bool:
        """Whether each of its pieces may be taken, known or refused."""
        return self.kind not in (self.Kind.SUGGEST, self.Kind.REINDEX)


class WorkContent(models.Model):
    """What was uploaded, as it came; kept until all of it is read, apart so that no list loads it."""

    work = models.OneToOneField(Work, models.CASCADE, related_name="content", primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.work)


class WorkPartQuerySet(models.QuerySet["WorkPart"]):
    def due(self, now: datetime) -> WorkPartQuerySet:
        """Those that a worker may take: they wait, or who had them is gone; in the order in which they are taken."""
        waiting = Q(state=WorkPart.State.WAITING, not_before__lte=now)
        left = Q(state=WorkPart.State.RUNNING, lease_until__lte=now)
        return self.filter(waiting | left).order_by("worth", "pk")

    def unfinished(self) -> WorkPartQuerySet:
        return self.filter(state__in=[WorkPart.State.WAITING, WorkPart.State.RUNNING])


class WorkPart(models.Model):
    """Some articles of a piece of work in a row, for one worker: from `first` up to `last`, or to the end without one.

    `position` is the first that is not read. It moves in the transaction that stores the article, under the name of the
    worker: who has lost the lease to another stores nothing. `attempts` are those at this position; `spent` counts
    seconds; `article` is the last that it became or was found to be, by its uid.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        STOPPED = "stopped", "stopped"

    work = models.ForeignKey(Work, models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(default=0)
    worth = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    worker = models.CharField(max_length=16, blank=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    spent = models.FloatField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    article = models.CharField(max_length=16, blank=True)

    objects = WorkPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "worth", "id"], name="work_part_due"),
            models.Index(fields=["worker"], name="work_part_worker", condition=Q(state="running")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["work", "first"], name="work_part_once"),
            models.CheckConstraint(
                condition=~Q(state="running") | (Q(lease_until__isnull=False) & ~Q(worker="")),
                name="work_part_runs_by_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}, from {self.first + 1}"


class WorkRefusal(models.Model):
    """An article that was not taken, and why."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="refusals")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=2000)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "position"], name="work_refusal_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, now: datetime) -> WorkerQuerySet:
        return self.filter(alive_until__gt=now)


class Worker(models.Model):
    """A process that reads in the background. It says again and again that it lives; one that ends well is gone."""

    name = models.CharField(max_length=16, unique=True, default=new_uid)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    alive_until = models.DateTimeField(db_index=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.host}, process {self.process}"
