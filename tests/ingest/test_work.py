"""Work waits, is taken by one worker at a time, and ends in words whatever happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from tests.ingest.servers import Server, page, serving
from tests.ingest.test_feeds import offering, story
from timeline.extraction.interchange import read
from timeline.ingest import feeds, work
from timeline.ingest.fetch import Fetcher
from timeline.ingest.robots import Visitor
from timeline.ingest.run import IngestResult
from timeline.ingest.worker import Background
from timeline.models import Article, Feed, Work, WorkContent, WorkPart

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def worker(server: Server) -> Background:
    fetcher = Fetcher(seconds=3, private=frozenset({server.host}), resolve=lambda host, port: ["127.0.0.1"])
    return Background(read=read, visitor=Visitor(fetcher, pause=0.0), say=lambda line: None)


def ask_for(*urls: str) -> Work:
    return work.ask(Work.Kind.ADDRESSES, urls[0], "\n".join(urls).encode(), by=None)


def counts(asked: Work) -> tuple[str, int, int, int]:
    far = work.progress_of(Work.objects.with_progress().get(pk=asked.pk), datetime.now(UTC))
    return far.state, far.taken, far.duplicates, far.refused


def due_now() -> None:
    WorkPart.objects.update(not_before=timezone.now())


def test_addresses_are_fetched_and_what_is_not_there_is_refused(server: Server, worker: Background) -> None:
    server.answers["/a"] = story("Aldmouth")
    asked = ask_for(server.url("/a"), server.url("/none"), server.url("/a"))

    worker.run(watch=False)

    assert counts(asked) == ("done", 1, 0, 1)
    assert [(one.name, one.reason) for one in asked.refusals.all()] == [
        (server.url("/none"), "there is no such page"),
    ]
    assert Article.objects.get().url == server.url("/a")
    assert not WorkContent.objects.exists()


def test_an_address_that_does_not_answer_is_tried_three_times_and_ever_later(
    server: Server, worker: Background
) -> None:
    server.answers["/a"] = page(b"", status="503 Service Unavailable")
    asked = ask_for(server.url("/a"))
    waits = []
    for _ in range(work.ATTEMPTS - 1):
        began = timezone.now()
        worker.run(watch=False)
        part = asked.parts.get()
        assert (part.state, part.position, bool(part.reason)) == ("waiting", 0, True)
        waits.append(round((part.not_before - began) / work.BACK_OFF))
        due_now()

    worker.run(watch=False)

    assert waits == [1, 3]
    assert counts(asked) == ("done", 0, 0, 1)
    assert server.paths.count("/a") == 3


def test_an_address_that_answers_the_second_time_is_read(server: Server, worker: Background) -> None:
    server.answers["/a"] = page(b"", status="503 Service Unavailable")
    asked = ask_for(server.url("/a"))
    worker.run(watch=False)
    server.answers["/a"] = story("Aldmouth")
    due_now()

    worker.run(watch=False)

    assert counts(asked) == ("done", 1, 0, 0)


def test_a_file_that_is_broken_says_why(worker: Background) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.zip", b"no archive", by=None)

    worker.run(watch=False)

    assert counts(asked) == ("done", 0, 0, 1)
    assert asked.refusals.get().reason.startswith("not a ZIP file that can be read")


def test_what_is_read_again_is_told_to_be_known(worker: Background) -> None:
    texts = (f"The harbour of {town} was closed on 28 February 2025." for town in ("Aldmouth", "Birchport"))
    content = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    works = [work.ask(Work.Kind.FILE, "storms.jsonl", content, by=None) for _ in range(2)]

    worker.run(watch=False)

    assert [counts(asked) for asked in works] == [("done", 2, 0, 0), ("done", 0, 2, 0)]


def test_a_part_is_given_to_one_worker_until_its_lease_is_over() -> None:
    asked = work.ask(Work.Kind.FILE, "storms.zip", b"", by=None)
    now = datetime.now(UTC)
    first = work.claim("first", now)
    assert first is not None
    assert work.claim("second", now + work.LEASE / 2) is None

    second = work.claim("second", now + work.LEASE)

    assert second is not None
    with pytest.raises(work.Lost):
        work.settle(first, "a", IngestResult(outcome="taken"), spent=0)
    with pytest.raises(work.Lost):
        work.finish(first)
    assert work.settle(second, "a", IngestResult(outcome="taken"), spent=0)
    assert counts(asked) == ("running", 1, 0, 0)


def test_a_large_file_is_divided_among_workers_without_gap_or_overlap() -> None:
    for total in (1, work.PART, work.PART + 1, 5 * work.PART, 100 * work.PARTS * work.PART + 7):
        Work.objects.all().delete()
        asked = work.ask(Work.Kind.FILE, "storms.zip", b"", by=None)
        part = work.claim("w", datetime.now(UTC))
        assert part is not None

        work.divide(part, total)

        ends = list(asked.parts.order_by("first").values_list("first", "last"))
        assert ends[0][0] == 0
        assert ends[-1][1] is None
        assert [last for _, last in ends[:-1]] == [first for first, _ in ends[1:]]
        assert len(ends) <= work.PARTS


def test_a_part_that_ends_every_worker_has_failed() -> None:
    work.ask(Work.Kind.FILE, "storms.zip", b"", by=None)
    now = datetime.now(UTC)
    for number in range(work.ATTEMPTS + 1):
        assert work.claim(f"w{number}", now) is not None
        now += work.LEASE

    assert work.claim("one more", now) is None
    part = WorkPart.objects.get()
    assert (part.state, part.reason) == ("failed", "its worker ended without a word 4 times, last at article 1")


def test_done_work_is_forgotten_after_its_time_and_no_other(worker: Background) -> None:
    done, waits = ask_for("https://a.example/1"), ask_for("https://a.example/2")
    done.parts.update(state=WorkPart.State.DONE)
    now = datetime.now(UTC)

    work.forget(now)
    assert Work.objects.count() == 2
    work.forget(now + work.KEPT + timedelta(days=1))

    assert list(Work.objects.all()) == [waits]


def test_a_worker_asks_feeds_too_and_one_that_is_ended_leaves_the_rest_of_a_feed(
    server: Server, worker: Background
) -> None:
    server.answers |= {"/a": story("Aldmouth"), "/b": story("Birchport")}
    offering(server, "/a", "/b", head=('ETag: "7"',))
    feed = Feed.objects.create(url=server.url("/feed"))
    now = datetime.now(UTC)
    claimed = feeds.claim(now)
    assert claimed is not None

    feeds.poll(claimed, visitor=worker.visitor, read=read, now=now, ending=Article.objects.exists)

    feed.refresh_from_db()
    assert (Article.objects.count(), feed.due_at, feed.etag) == (1, now, "")
    worker.run(watch=False)
    assert Article.objects.count() == 2


def test_a_feed_that_is_being_asked_is_kept_and_one_that_was_asked_is_not_moved() -> None:
    Feed.objects.create(url="https://a.example/feed")
    now = datetime.now(UTC)
    feed = feeds.claim(now, work.LEASE)
    assert feed is not None
    feeds.renew(feed, now + 2 * work.LEASE)
    assert Feed.objects.get().due_at == now + 2 * work.LEASE
    Feed.objects.update(due_at=now + timedelta(hours=1))

    feeds.renew(feed, now + 3 * work.LEASE)

    assert Feed.objects.get().due_at == now + timedelta(hours=1)


def test_a_lease_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(CommandError, match="write whole seconds, 2 to 3600"):
        call_command("worker", "--once", "--lease", "soon")
