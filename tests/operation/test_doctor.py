"""What is wrong with a site is said in plain words."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.factories import make_event
from timeline.ingest import work
from timeline.models import Event, Feed, Work, Worker, WorkPart
from timeline.operation import doctor
from timeline.operation.doctor import Finding, Verdict, examine
from timeline.search import asking
from timeline.search.generations import do

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")


def findings(about: str) -> list[tuple[Verdict, str]]:
    return [(found.verdict, found.words) for found in examine() if found.about == about]


def test_a_site_in_good_health_has_nothing_broken() -> None:
    assert not [found for found in examine() if found.verdict is Verdict.BAD]
    assert findings("tables") == [(Verdict.GOOD, "as this version needs them")]


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ((3, 40, 1), Verdict.DOUBT),
        ((3, 44, 5), Verdict.DOUBT),
        ((3, 44, 6), Verdict.GOOD),
        ((3, 50, 7), Verdict.GOOD),
        ((3, 51, 2), Verdict.DOUBT),
        ((3, 51, 3), Verdict.GOOD),
    ],
)
def test_an_sqlite_with_the_fault_of_its_log_is_told(version: tuple[int, int, int], verdict: Verdict) -> None:
    assert doctor._sqlite_version(version).verdict is verdict


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, verdict in ((100_000_000, Verdict.BAD), (1_000_000_000, Verdict.DOUBT), (9_000_000_000, Verdict.GOOD)):
        monkeypatch.setattr(shutil, "disk_usage", lambda path, free=free: Usage(0, 0, free))
        assert findings("disk")[0][0] is verdict


def test_feeds_that_fail_or_are_not_asked_are_told() -> None:
    Feed.objects.create(url="https://a.example/feed", failures=7, failure="there is no such page")
    Feed.objects.create(url="https://b.example/feed", due_at=timezone.now() - timedelta(hours=3))

    assert findings("feed") == [(Verdict.DOUBT, "https://a.example/feed failed 7 times: there is no such page")]
    assert "1 have been due for hours" in findings("feeds")[0][1]


def test_work_that_nobody_does_is_told_and_so_is_what_failed() -> None:
    assert findings("work") == [(Verdict.GOOD, "0 waiting, 0 workers alive")]
    for name in ("one.zip", "two.zip"):
        work.ask(Work.Kind.FILE, name, b"", by=None)

    assert findings("work") == [
        (Verdict.DOUBT, "2 waiting, and no worker lives to do it; start `manage.py worker`"),
    ]
    now = timezone.now()
    row = {"host": "here", "process": 1, "since": now, "seen_at": now, "alive_until": now + timedelta(minutes=1)}
    Worker.objects.create(**row)
    WorkPart.objects.filter(work__name="two.zip").update(state=WorkPart.State.FAILED)
    assert findings("work") == [
        (Verdict.GOOD, "1 waiting, 1 workers alive"),
        (Verdict.DOUBT, "1 failed; “Background work” in the editor says why"),
    ]


def test_the_command_ends_badly_where_something_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("doctor", stdout=StringIO())
    monkeypatch.setattr(doctor, "LOOKS", (lambda: iter([Finding("disk", Verdict.BAD, "full")]),))
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)

    assert ended.value.code == 1
    assert "broken     disk: full" in out.getvalue()


def test_what_watches_over_the_site_is_answered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}

    def fail(*names: str) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(Event.objects, "values_list", fail)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})


def test_an_index_that_lacks_something_is_told() -> None:
    strike, double = make_event("Strike"), make_event("Walkout")
    Event.objects.filter(pk=double.pk).update(merged_into=strike, status="merged")
    assert findings("search") == [(Verdict.GOOD, "1 events in the index")]
    index = asking.live().index("event")

    do(connection, f"DELETE FROM {index.name}")

    [(verdict, words)] = findings("search")
    assert verdict is Verdict.DOUBT
    assert words == "0 events are in the index, 1 should be; `manage.py reindex` builds it anew"
