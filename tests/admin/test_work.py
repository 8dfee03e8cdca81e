"""Editors give archives to be read in the background, see how far it is, stop it and have it go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.desk import Desk, errors, text_of
from tests.factories import make_article, make_publisher
from timeline.ingest import work
from timeline.ingest.run import IngestResult
from timeline.models import Work, WorkContent, Worker, WorkPart

pytestmark = pytest.mark.django_db

PAGE = "/admin/background/"
ADD = "/admin/timeline/article/add/"


def make_worker(**fields: datetime) -> Worker:
    now = datetime.now(UTC)
    seen = {"since": now, "seen_at": now, "alive_until": now + timedelta(minutes=1), **fields}
    return Worker.objects.create(host="reading-room", process=7, **seen)


def refuse_one(asked: Work) -> None:
    """As a worker that reads one article, of which nothing comes, and then is ended."""
    part = work.claim("w", datetime.now(UTC))
    assert part is not None
    assert part.work == asked
    work.settle(part, "https://a.example/1", IngestResult.refused("there is no such page"), spent=2.0)


def test_a_page_without_work_says_so(desk: Desk) -> None:
    page = text_of(desk.client.get(PAGE).content)

    assert "Nothing was given to be done in the background yet." in page
    assert "No worker is running." in page


def test_a_file_is_given_and_waits_under_the_name_of_who_gave_it(desk: Desk) -> None:
    file = SimpleUploadedFile("../../storms.jsonl", b'{"id": "a", "text": "One."}')

    answer = desk.client.post(PAGE, {"file": file, "publisher": "Herald"}, follow=True)

    asked = Work.objects.get()
    assert (asked.kind, asked.name, asked.publisher, str(asked.by)) == ("file", "storms.jsonl", "Herald", "edith")
    assert bytes(WorkContent.objects.get().content) == b'{"id": "a", "text": "One."}'
    page = text_of(answer.content)
    assert "Waiting: 0 read" in page
    assert "No worker is running, so nothing is done." in page


def test_a_text_of_addresses_is_a_list_and_so_is_what_is_typed(desk: Desk) -> None:
    file = SimpleUploadedFile("list.txt", b"https://a.example/1\nhttps://a.example/2\n")
    desk.client.post(PAGE, {"file": file})
    desk.client.post(PAGE, {"addresses": "https://a.example/3\n\nhttps://a.example/3\nhttps://a.example/4"})

    assert [(one.kind, one.name) for one in Work.objects.order_by("pk")] == [
        ("addresses", "list.txt"),
        ("addresses", "2 addresses"),
    ]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Choose a file or name addresses, one of the two."),
        ({"addresses": "https://a.example/1\nnews"}, "Line 2 is no address of a page: news"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(desk: Desk, typed: dict[str, str], error: str) -> None:
    assert error in errors(desk.client.post(PAGE, typed))
    assert not Work.objects.exists()


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_read(desk: Desk) -> None:
    found = errors(desk.client.post(PAGE, {"file": SimpleUploadedFile("a.exe", b"MZ")}))

    assert found[0].startswith("No file of these kinds: .html")


def test_progress_rate_and_reasons_are_told(desk: Desk, editor: User) -> None:
    urls = b"https://a.example/1\nhttps://a.example/2\nhttps://a.example/3"
    asked = work.ask(Work.Kind.ADDRESSES, "3 addresses", urls, by=editor)
    Work.objects.update(total=3)
    refuse_one(asked)
    make_worker()

    page = text_of(desk.client.get(asked.get_absolute_url()).content)

    assert "Running: 1 of 3 read · 30 a minute · less than a minute left" in page
    assert "0 taken, 0 read before, 1 refused" in page
    assert "https://a.example/1: there is no such page" in page
    assert "reading-room, process 7: alive" in text_of(desk.client.get(PAGE).content)


def test_what_was_read_last_is_one_click_away(desk: Desk, editor: User) -> None:
    article = make_article("The harbour was closed.", title="Harbour closed")
    asked = work.ask(Work.Kind.ADDRESSES, "https://a.example/1", b"https://a.example/1", by=editor)
    part = work.claim("w", datetime.now(UTC))
    assert part is not None
    work.settle(part, "https://a.example/1", IngestResult(outcome="taken", article_uid=article.uid), spent=2.0)
    work.finish(part)

    page = desk.client.get(asked.get_absolute_url()).content

    assert "Done: 1 of 1 read" in text_of(page)
    assert f'<a href="{ADD}?read={article.uid}" id="to-last">Harbour closed</a>' in page.decode()


def test_what_the_list_asks_does_not_grow(desk: Desk, editor: User) -> None:
    def asked_of_the_database() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.client.get(PAGE)
        return len(queries)

    work.ask(Work.Kind.FILE, "storms.zip", b"", by=editor)
    before = asked_of_the_database()
    for number in range(40):
        work.ask(Work.Kind.FILE, f"{number}.zip", b"", by=editor)
        make_worker()

    assert asked_of_the_database() == before


def test_work_is_stopped_goes_on_and_is_run_again_when_it_failed(desk: Desk, editor: User) -> None:
    asked = work.ask(Work.Kind.FILE, "storms.zip", b"", by=editor)
    act = f"{asked.get_absolute_url()}act/"

    assert "Stopped by edith" in text_of(desk.client.post(act, {"act": "stop"}, follow=True).content)
    assert "Waiting" in text_of(desk.client.post(act, {"act": "go_on"}, follow=True).content)
    WorkPart.objects.update(state=WorkPart.State.FAILED, attempts=3, reason="the disk is full")
    page = text_of(desk.client.get(asked.get_absolute_url()).content)
    assert "Failed" in page
    assert "The disk is full" in page
    assert "Run again" in page

    desk.client.post(act, {"act": "go_on"})

    assert WorkPart.objects.values_list("state", "attempts", "reason").get() == ("waiting", 0, "")
    assert "Nothing to do there" in desk.client.post(act, {"act": "go_on"}, follow=True).content.decode()


def test_refused_addresses_are_fetched_once_more(desk: Desk, editor: User) -> None:
    asked = work.ask(Work.Kind.ADDRESSES, "2 addresses", b"https://a.example/1\nhttps://a.example/2", by=editor)
    refuse_one(asked)

    desk.client.post(f"{asked.get_absolute_url()}act/", {"act": "refused"})

    again = Work.objects.latest("pk")
    assert again.name == "https://a.example/1"
    assert bytes(again.content.content) == b"https://a.example/1"


def test_an_address_alone_waits_for_a_worker_that_lives_and_is_read_at_once_without(desk: Desk) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    make_worker(seen_at=long_ago, alive_until=long_ago)
    typed = {"text": "", "url": "http://127.0.0.1/story"}
    assert "It was not taken" in errors(desk.client.post(ADD, typed))[0]
    assert not Work.objects.exists()
    make_worker()

    answer = desk.client.post(ADD, typed)

    assert answer["Location"] == Work.objects.get().get_absolute_url()
    assert WorkPart.objects.get().worth == work.AT_ONCE


def test_an_address_that_somebody_waits_for_is_read_before_an_archive(editor: User) -> None:
    work.ask(Work.Kind.FILE, "storms.zip", b"", by=editor)
    waited_for = work.ask(Work.Kind.ADDRESSES, "https://a.example/1", b"https://a.example/1", by=editor)

    part = work.claim("w", datetime.now(UTC))

    assert part is not None
    assert part.work == waited_for


@pytest.mark.parametrize(("button", "kind"), [("doubles", "suggest"), ("index", "reindex")])
def test_what_is_stored_is_looked_after_once_at_a_time(desk: Desk, button: str, kind: str) -> None:
    first = desk.client.post(PAGE, {"upkeep": button})
    again = desk.client.post(PAGE, {"upkeep": button})

    asked = Work.objects.get()
    assert (asked.kind, str(asked.by)) == (kind, "edith")
    assert first["Location"] == again["Location"] == asked.get_absolute_url()


def test_articles_are_read_again_where_there_are_some(desk: Desk) -> None:
    answer = desk.client.post(PAGE, {"upkeep": "read", "again-which": "older"}, follow=True)
    assert "There is no such article: the rules of today have read all of them." in answer.content.decode()
    make_article("The harbour was closed.", publisher=make_publisher("Herald"), extracted_with="1")

    page = text_of(desk.client.post(PAGE, {"upkeep": "read", "again-which": "older"}, follow=True).content)

    assert "What older rules have read, once more" in page
    assert Work.objects.get().kind == "reread"


def test_a_publisher_that_nobody_knows_is_told(desk: Desk) -> None:
    typed = {"upkeep": "read", "again-which": "all", "again-publisher": "Heralt"}

    assert errors(desk.client.post(PAGE, typed)) == ["No publisher is called “Heralt”."]
    assert not Work.objects.exists()


def test_how_far_upkeep_is_is_told_in_words_of_its_own(desk: Desk, editor: User) -> None:
    work.ask(Work.Kind.REINDEX, "The index", b"", by=editor, total=2000)
    part = work.claim("w", datetime.now(UTC))
    assert part is not None
    work.advance(part, 500, spent=30.0)
    make_worker()

    page = text_of(desk.client.get(part.work.get_absolute_url()).content)

    assert "Running: 500 of 2,000 rows in the new index · 1000 a minute · about 2 minutes left" in page
    assert "taken" not in page


def test_the_tables_of_the_engine_are_no_pages_of_the_editor(desk: Desk) -> None:
    page = text_of(desk.client.get("/admin/").content)

    assert "Task" not in page
    assert desk.client.get("/admin/django_tasks_database/dbtaskresult/").status_code == 404
