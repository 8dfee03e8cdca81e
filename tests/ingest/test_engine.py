"""Tasks are told once, with what they are about, and nothing is lost with them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from tests.safety.conftest import ROOT
from timeline.ingest import work
from timeline.ingest.engine import ring, when_rung
from timeline.ingest.engines import the_engine
from timeline.models import Work, Worker, WorkPart

pytestmark = pytest.mark.django_db(transaction=True)

ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "timeline.settings"}


TABLE = {"database": "django_tasks_database_dbtaskresult", "procrastinate": "procrastinate_jobs"}[settings.ENGINE]


@pytest.fixture(autouse=True)
def no_tasks(transactional_db: None) -> None:
    """Procrastinate's tables are not Django's, and other tests leave tasks there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def tasks() -> list[str]:
    """The states of all tasks that the engine knows of."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT status FROM {TABLE}")
        return [str(name) for (name,) in cursor.fetchall()]


def ask() -> Work:
    return work.ask(Work.Kind.ADDRESSES, "https://a.example/1", b"https://a.example/1", by=None)


def test_however_much_is_asked_for_one_task_tells_of_it() -> None:
    ask()
    ask()
    ring()

    assert len(tasks()) == 1


def test_a_database_that_takes_no_task_is_a_failure_that_a_worker_waits_out() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {TABLE} RENAME TO elsewhere")
        with pytest.raises((DatabaseFailure, ConnectionError)):
            ring()
        transaction.set_rollback(True)

    ring()

    assert len(tasks()) == 1


def test_what_is_not_asked_for_after_all_is_not_told() -> None:
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert tasks() == []


def test_a_task_that_waits_already_breaks_no_transaction() -> None:
    ring()

    with transaction.atomic():
        ask()

    assert Work.objects.count() == len(tasks()) == 1


def test_a_worker_does_what_it_is_told_and_the_task_is_gone_or_done() -> None:
    told, ending = [], threading.Event()

    def act() -> None:
        told.append(WorkPart.objects.count())
        ending.set()

    when_rung(act)
    ask()

    the_engine().serve("w", ending)

    assert told == [1]
    assert tasks() in (["SUCCESSFUL"], [])


def test_a_process_that_is_no_worker_is_told_so() -> None:
    code = "import django; django.setup(); from timeline.ingest.engine import do_what_waits; do_what_waits.call()"

    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True)

    assert "this process is no worker; start `manage.py worker`" in done.stderr


@pytest.mark.skipif(settings.ENGINE != "database", reason="Procrastinate deletes what has ended")
def test_tasks_of_workers_that_are_gone_are_forgotten_and_those_of_others_are_not() -> None:
    from django_tasks_db.models import DBTaskResult

    now = datetime.now(UTC)
    for name in ("gone", "lives"):
        ring()
        DBTaskResult.objects.ready().get().claim(name)
    Worker.objects.create(name="lives", host="cellar", process=1, since=now, seen_at=now, alive_until=now + work.LEASE)

    the_engine().forget({"lives"})

    assert [one.worker_ids for one in DBTaskResult.objects.all()] == [["lives"]]
