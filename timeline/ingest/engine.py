"""The task that brings work to a worker.

It carries nothing: it says that something waits, and whoever is brought it takes what is due, under a lease. So nothing
hangs on any one task: lost with a worker that was killed, told twice or told late, it costs a second and no work. What
is due is in our own rows (`ingest/work.py`, `ingest/feeds.py`), and every idle worker looks there for what no task has
told.
"""

from __future__ import annotations

from collections.abc import Callable

from django_tasks import task

# What the worker that this process is does with it.
_at_work: list[Callable[[], None]] = []


@task()
def do_what_waits() -> None:
    """Take what is due until nothing is left."""
    if not _at_work:
        raise RuntimeError("this process is no worker; start `manage.py worker`")
    _at_work[-1]()


def ring() -> None:
    """Let a worker be told that something waits; once, until one has been."""
    do_what_waits.enqueue()


def when_rung(act: Callable[[], None]) -> None:
    """Make this process a worker: what it does when it is told."""
    _at_work[:] = [act]
