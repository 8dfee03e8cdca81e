"""Work in the background, by real processes that are killed, ended and set upon the same work at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.safety.conftest import ROOT, database_url
from timeline.ingest import work
from timeline.ingest.work import Progress, progress_of
from timeline.models import Article, Original, Work, WorkContent, Worker, WorkPart

pytestmark = pytest.mark.django_db(transaction=True)

LEASE, PATIENCE = 3, 180  # seconds
TOWNS = ("Aldmouth", "Birchport", "Cedarwick", "Dunmere", "Elmford", "Fernhaven", "Goldcliff", "Hartsea")
THINGS = ("harbour", "bridge", "market", "school", "theatre", "library", "station", "museum")
StartWorker = Callable[..., "subprocess.Popen[str]"]


def articles(number: int) -> list[str]:
    """Articles of one sentence or two, no two alike."""
    return [
        f"The {THINGS[n % 8]} of {TOWNS[n // 8 % 8]} closed on {1 + n % 28} February 2025 after storm {n}. "
        f"Mayor Ada Lee said on {1 + n % 28} February 2025 that {n + 2} workers were safe."
        for n in range(number)
    ]


def lines(texts: list[str]) -> bytes:
    return "\n".join(json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)).encode()


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """Starts a worker on the tests' database; it has said that it is ready. In the end all are killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--lease", str(LEASE), *arguments],
            env={**os.environ, "DATABASE_URL": database_url(), "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        assert process.stdout
        assert process.stdout.readline().endswith("is ready\n")
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def until(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What it answers once it is true."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
        connection.close()
    return found


def how_far(asked: Work) -> Progress:
    return progress_of(Work.objects.with_progress().get(pk=asked.pk), datetime.now(UTC))


def holder(asked: Work) -> str:
    return asked.parts.values_list("worker", flat=True).get()


def test_what_a_killed_worker_leaves_another_finishes_within_its_lease_and_nothing_twice(
    start_worker: StartWorker,
) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(12)), by=None)
    first = start_worker()
    until(lambda: how_far(asked).done >= 3)
    had = holder(asked)

    first.kill()
    killed = time.monotonic()
    start_worker()
    ready = time.monotonic()
    until(lambda: holder(asked) not in (had, ""))

    assert time.monotonic() - max(killed + LEASE, ready) <= 5
    done = until(lambda: (found := how_far(asked)).state == "done" and found)
    assert (done.taken, done.duplicates, done.refused) == (12, 0, 0)
    assert Article.objects.count() == Original.objects.count() == 12
    assert not WorkContent.objects.exists()
    assert Worker.objects.count() == 2  # the killed one is told until it is forgotten


def test_of_two_workers_one_is_killed_and_the_other_has_its_part_within_the_lease_and_five_seconds(
    start_worker: StartWorker,
) -> None:
    workers = [start_worker(), start_worker()]
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(12)), by=None)
    until(lambda: how_far(asked).done >= 2)
    had = Worker.objects.get(name=holder(asked))
    [first] = [process for process in workers if process.pid == had.process]

    first.kill()
    killed = time.monotonic()
    until(lambda: holder(asked) not in (had.name, ""))

    assert time.monotonic() - killed <= LEASE + 5
    done = until(lambda: (found := how_far(asked)).state == "done" and found)
    assert (done.taken, done.duplicates, done.refused, Article.objects.count()) == (12, 0, 0, 12)


def test_what_the_engine_has_lost_is_done_all_the_same(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(2)), by=None)
    table = {"database": "django_tasks_database_dbtaskresult", "procrastinate": "procrastinate_jobs"}[settings.ENGINE]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")

    start_worker()

    done = until(lambda: (found := how_far(asked)).state == "done" and found)
    assert (done.taken, done.refused) == (2, 0)


def test_two_workers_share_one_file_and_read_each_article_once(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(2 * work.PART)), by=None)

    processes = [start_worker("--once"), start_worker("--once")]

    outs = [process.communicate(timeout=2 * PATIENCE)[0] for process in processes]
    done = how_far(asked)
    assert (done.state, done.total) == ("done", 2 * work.PART)
    assert (done.taken, done.duplicates, done.refused) == (2 * work.PART, 0, 0)
    assert Article.objects.count() == 2 * work.PART
    assert any("done" in out for out in outs)  # on a busy machine one may be done before the other has started
    assert not Worker.objects.exists()


def test_a_worker_that_is_ended_stores_the_article_it_is_at_and_gives_the_rest_back(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(12)), by=None)
    worker = start_worker()
    until(lambda: how_far(asked).done >= 2)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 0
    far = how_far(asked)
    assert far.state == "waiting"
    assert 2 <= far.done == Article.objects.count() < 12
    assert not Worker.objects.exists()
    start_worker("--once").wait(timeout=PATIENCE)
    done = how_far(asked)
    assert (done.state, done.taken, done.duplicates, Article.objects.count()) == ("done", 12, 0, 12)


def test_work_is_stopped_and_goes_on(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(12)), by=None)
    start_worker()
    until(lambda: how_far(asked).done >= 2)

    work.stop(asked, "edith")
    until(lambda: holder(asked) == "")

    far = how_far(asked)
    assert far.state == "stopped"
    assert 2 <= far.done == Article.objects.count() < 12
    work.go_on(asked, datetime.now(UTC))
    done = until(lambda: (found := how_far(asked)).state == "done" and found)
    assert (done.taken, done.duplicates, done.refused, Article.objects.count()) == (12, 0, 0, 12)


def reader_of(worker: subprocess.Popen[str]) -> int | None:
    """The process in which a worker reads."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return next(
        (int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()), None
    )


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process are looked up in /proc")
def test_an_article_that_ends_the_reading_costs_one_refused_article(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(12)), by=None)
    worker = start_worker("--once")
    until(lambda: how_far(asked).done >= 2)

    os.kill(reader_of(worker) or 0, signal.SIGKILL)

    assert worker.wait(timeout=PATIENCE) == 0
    done = how_far(asked)
    assert (done.state, done.taken, done.refused, Article.objects.count()) == ("done", 11, 1, 11)
    assert asked.refusals.get().reason.startswith("reading went over its limits")


def test_an_article_over_which_workers_end_again_and_again_is_left_out(start_worker: StartWorker) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", lines(articles(3)), by=None)
    WorkPart.objects.update(attempts=work.ATTEMPTS, position=1, taken=1)

    start_worker("--once").wait(timeout=PATIENCE)

    done = how_far(asked)
    assert (done.state, done.taken, done.refused) == ("done", 2, 1)
    assert "ended 3 times" in asked.refusals.get().reason
