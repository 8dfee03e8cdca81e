"""Work in the background as rows: asked for, divided, taken under a lease, settled article by article, given back.

An article and the count of it are stored in one transaction, under the name of the worker that has the lease: who is
killed loses the article that was being read and no other, and who comes too late stores nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q

from timeline.ingest.asked import articles_to_read_again, entries_to_look_through, lines_of, rows_of_the_index
from timeline.ingest.engine import ring
from timeline.ingest.run import IngestResult
from timeline.models import Publisher, Work, WorkContent, Worker, WorkPart, WorkRefusal

LEASE = timedelta(seconds=30)
# Articles in a part, and parts of one piece of work: few enough to list, enough for every machine of a house.
PART, PARTS = 20, 200
ATTEMPTS = 3
BACK_OFF = timedelta(seconds=10)  # before the second attempt; three times as long before the third
KEPT = timedelta(days=90)  # what is done, with its refusals
AT_ONCE, IN_BULK = 0, 1  # what is read first
HELD = (WorkPart.State.RUNNING, WorkPart.State.STOPPED)
COUNTED = {"taken": "taken", "duplicate": "duplicates", "refused": "refused"}


class Lost(Exception):
    """The lease was over, and the part is another worker's."""


def ask(
    kind: Work.Kind,
    name: str,
    content: bytes,
    *,
    by: User | None,
    publisher: str = "",
    total: int | None = None,
    now: datetime | None = None,
) -> Work:
    """Note down what is to be done, of how many pieces where that is known; a worker takes it when there is one."""
    now = now or datetime.now(UTC)
    alone = kind == Work.Kind.ADDRESSES and len(lines_of(content)) == 1
    worth = AT_ONCE if alone else IN_BULK
    with transaction.atomic():
        work = Work.objects.create(
            kind=kind,
            name=name[:300],
            publisher=publisher,
            by=by,
            asked_at=now,
            worth=worth,
            total=1 if alone else total,
        )
        WorkContent.objects.create(work=work, content=content)
        WorkPart.objects.create(work=work, worth=worth, not_before=now)
        ring()
    return work


def ask_to_read_again(*, by: User | None, publisher: Publisher | None = None, all_of_them: bool = False) -> Work | None:
    """Have the articles that older rules have read, or all, read with those of today; None where there are none."""
    houses = [publisher] if publisher else []
    uids = articles_to_read_again(publishers=houses, all_of_them=all_of_them)
    if not uids:
        return None
    name = f"{'All articles' if all_of_them else 'What older rules have read'}, once more"
    return ask(Work.Kind.REREAD, name, uids, by=by, publisher=publisher.name if publisher else "")


def ask_to_look_through(*, by: User | None) -> Work:
    """Have all actors and events looked through for those that may be one."""
    return ask(Work.Kind.SUGGEST, "Who and what may be one", entries_to_look_through(), by=by)


def ask_to_rebuild(*, by: User | None) -> Work:
    """Have the index of the search built anew."""
    return ask(Work.Kind.REINDEX, "The index of the search", b"", by=by, total=rows_of_the_index())


def under_way(kind: Work.Kind) -> Work | None:
    """Work of a kind that somebody has asked for and that has not ended."""
    return Work.objects.filter(kind=kind, parts__in=WorkPart.objects.unfinished()).order_by("-pk").first()


def claim(worker: str, now: datetime, lease: timedelta = LEASE) -> WorkPart | None:
    """A part to read, for whoever asks first; nobody else is given it while the lease is renewed.

    One that ended its workers again and again, even with the article left out at which it did, has failed.
    """
    while WorkPart.objects.due(now).exists():
        with transaction.atomic():
            # PostgreSQL passes over what another is just taking; SQLite lets one in at a time.
            part = WorkPart.objects.due(now).select_for_update(skip_locked=True).first()
            if part is None:
                return None
            mine: Any = WorkPart.objects.filter(pk=part.pk, state=part.state, worker=part.worker)
            if part.attempts > ATTEMPTS:
                told = f"its worker ended without a word {part.attempts} times, last at article {part.position + 1}"
                mine.update(state=WorkPart.State.FAILED, worker="", lease_until=None, reason=told)
            elif mine.update(
                state=WorkPart.State.RUNNING,
                worker=worker,
                lease_until=now + lease,
                attempts=F("attempts") + 1,
                reason="",
            ):
                return WorkPart.objects.select_related("work").get(pk=part.pk)
    return None


def divide(part: WorkPart, total: int) -> None:
    """Leave all but the beginning of a piece of work, whose size is now known, to whoever comes first."""
    size = max(PART, ceil(total / PARTS))
    starts = range(size, total, size)
    with transaction.atomic():
        last = size if starts else None
        if not WorkPart.objects.filter(pk=part.pk, worker=part.worker, state__in=HELD).update(last=last):
            raise Lost
        Work.objects.filter(pk=part.work_id).update(total=total)
        state = WorkPart.objects.values_list("state", flat=True).get(pk=part.pk)
        WorkPart.objects.bulk_create(
            WorkPart(
                work_id=part.work_id,
                first=start,
                position=start,
                last=start + size if start + size < total else None,
                worth=part.worth,
                state=WorkPart.State.STOPPED if state == WorkPart.State.STOPPED else WorkPart.State.WAITING,
                not_before=part.not_before,
            )
            for start in starts
        )
    part.last, part.work.total = last, total
    if starts:
        ring()


def settle(part: WorkPart, name: str, result: IngestResult, *, spent: float) -> bool:
    """Count an article; to be called in the transaction that stores it. Whether the part goes on.

    `spent` is in seconds.

    Raises:
        Lost: the part is another's; nothing of the transaction may stay.
    """
    column = COUNTED[result.outcome]
    mine: Any = WorkPart.objects.filter(pk=part.pk, worker=part.worker, position=part.position)
    counted: dict[str, Any] = {
        "position": part.position + 1,
        "attempts": 1,
        column: F(column) + 1,
        "spent": F("spent") + spent,
    }
    if result.article_uid:
        counted["article"] = result.article_uid
    goes_on = bool(mine.filter(state=WorkPart.State.RUNNING).update(**counted))
    if not goes_on and not mine.filter(state=WorkPart.State.STOPPED).update(**counted):
        raise Lost
    if result.outcome == "refused":
        WorkRefusal.objects.create(
            work_id=part.work_id, position=part.position, name=name[:2000], reason=result.reason[:500]
        )
    return goes_on


def advance(part: WorkPart, done: int, *, spent: float) -> bool:
    """Say how far a long step is that stores by itself, in rows and in seconds since it began; whether it goes on.

    Raises:
        Lost: the part is another's.
    """
    mine: Any = WorkPart.objects.filter(pk=part.pk, worker=part.worker)
    if mine.filter(state=WorkPart.State.RUNNING).update(taken=done, spent=spent):
        return True
    if not mine.filter(state=WorkPart.State.STOPPED).exists():
        raise Lost
    return False


def fail(part: WorkPart, reason: str) -> None:
    """Say that it cannot be done, and why; a person may have it run again."""
    _leave(part, state=WorkPart.State.FAILED, reason=reason[:500])


def finish(part: WorkPart) -> None:
    """A part is read to its end; what was uploaded goes with the last.

    Raises:
        Lost: the part is another's.
    """
    with transaction.atomic():
        Work.objects.select_for_update().get(pk=part.work_id)  # two that end at once see each other
        _leave(part, state=WorkPart.State.DONE)
        if not WorkPart.objects.filter(work=part.work_id).exclude(state=WorkPart.State.DONE).exists():
            WorkContent.objects.filter(work=part.work_id).delete()


def give_back(part: WorkPart, now: datetime) -> None:
    """Leave what is not read to another worker, as this one ends."""
    _leave(part, state=WorkPart.State.WAITING, attempts=0, not_before=now)


def put_off(part: WorkPart, reason: str, now: datetime) -> None:
    """Try again later, three times as late each time, and at most three times."""
    if part.attempts >= ATTEMPTS:
        _leave(part, state=WorkPart.State.FAILED, reason=reason[:500])
    else:
        later = now + BACK_OFF * 3 ** (part.attempts - 1)
        _leave(part, state=WorkPart.State.WAITING, reason=reason[:500], not_before=later)


def _leave(part: WorkPart, **fields: Any) -> None:
    mine: Any = WorkPart.objects.filter(pk=part.pk, worker=part.worker)
    if mine.filter(state=WorkPart.State.RUNNING).update(worker="", lease_until=None, **fields):
        return
    # Stopped by a person meanwhile: it stays so, unless nothing is left of it.
    kept = fields if fields["state"] == WorkPart.State.DONE else {}
    if not mine.filter(state=WorkPart.State.STOPPED).update(worker="", lease_until=None, **kept):
        raise Lost


# --- what people say ---------------------------------------------------------------------------------------------


def stop(work: Work, by: str) -> int:
    """Read no further; the article that is being read is still stored. How many parts are stopped."""
    stopped = work.parts.unfinished().update(state=WorkPart.State.STOPPED)
    if stopped:
        Work.objects.filter(pk=work.pk).update(stopped_by=by)
    return stopped


def go_on(work: Work, now: datetime) -> int:
    """Read on what was stopped, and try again what failed. How many parts wait again."""
    asleep = Q(state__in=[WorkPart.State.STOPPED, WorkPart.State.FAILED])
    woken = work.parts.filter(asleep).update(
        state=WorkPart.State.WAITING, worker="", lease_until=None, attempts=0, reason="", not_before=now
    )
    # What waits for its next attempt is not to wait any longer.
    woken += work.parts.filter(state=WorkPart.State.WAITING, not_before__gt=now).update(not_before=now)
    if woken:
        Work.objects.filter(pk=work.pk).update(stopped_by="")
        ring()
    return woken


def ask_for_refused(work: Work, by: User | None) -> Work | None:
    """Ask once more for the addresses that were refused, as new work."""
    refused = list(work.refusals.values_list("name", flat=True))
    if work.kind != Work.Kind.ADDRESSES or not refused:
        return None
    name = refused[0] if len(refused) == 1 else f"{work.name}, those refused"
    return ask(Work.Kind.ADDRESSES, name, "\n".join(refused).encode(), by=by, publisher=work.publisher)


# --- workers -----------------------------------------------------------------------------------------------------


def renew(worker: Worker, now: datetime, lease: timedelta) -> None:
    """Say that a worker lives, and keep what it has."""
    Worker.objects.update_or_create(
        name=worker.name,
        defaults={"seen_at": now, "alive_until": now + lease},
        create_defaults={
            "host": worker.host,
            "process": worker.process,
            "since": worker.since,
            "seen_at": now,
            "alive_until": now + lease,
        },
    )
    WorkPart.objects.filter(worker=worker.name, state=WorkPart.State.RUNNING).update(lease_until=now + lease)


def is_due(now: datetime) -> bool:
    """Whether something waits for a worker."""
    return WorkPart.objects.due(now).exists()


def forget(now: datetime) -> None:
    """Forget work that was done long ago, and workers that ended without a word yesterday."""
    old = Work.objects.filter(asked_at__lt=now - KEPT)
    old.exclude(parts__in=WorkPart.objects.exclude(state=WorkPart.State.DONE)).delete()
    Worker.objects.filter(alive_until__lt=now - timedelta(days=1)).delete()


# --- how far it is -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a piece of work is. `rate` is articles a minute, `left` the time until the end; None where unknown."""

    state: str
    done: int
    total: int | None
    taken: int
    duplicates: int
    refused: int
    rate: float | None
    left: timedelta | None
    reason: str
    again_at: datetime | None

    @property
    def is_moving(self) -> bool:
        return self.state in (WorkPart.State.WAITING, WorkPart.State.RUNNING)

    @property
    def words_left(self) -> str:
        if self.left is None:
            return ""
        minutes = round(self.left.total_seconds() / 60)
        if minutes < 1:
            return "less than a minute"
        if minutes < 90:
            return f"about {minutes} minute{'s' * (minutes != 1)}"
        return f"about {round(minutes / 60)} hours"


def progress_of(work: Any, now: datetime) -> Progress:
    """Of work as `with_progress` gives it."""
    taken, duplicates, refused = work.sum_taken or 0, work.sum_duplicates or 0, work.sum_refused or 0
    done = taken + duplicates + refused
    states = ("running", "waiting", "failed", "stopped", "done")
    state = next(name for name in states if name == "done" or getattr(work, f"n_{name}"))
    rate = left = None
    if state == "running" and done and work.sum_spent:
        rate = 60 * done / work.sum_spent * work.n_running
        if work.total is not None:
            left = timedelta(minutes=max(work.total - done, 0) / rate)
    later = work.again_at if state == "waiting" and work.again_at and work.again_at > now else None
    return Progress(
        state=state,
        done=done,
        # A count made before reading may be wrong where a file is broken.
        total=done if state == "done" else max(work.total, done) if work.total is not None else None,
        taken=taken,
        duplicates=duplicates,
        refused=refused,
        rate=rate,
        left=left,
        reason=work.reason or "" if later or work.n_failed else "",
        again_at=later,
    )
