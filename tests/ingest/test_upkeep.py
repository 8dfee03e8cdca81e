"""What is stored is read again, looked through and indexed anew in the background, and may be stopped at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import ceil
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_actor, make_event, make_publisher
from tests.ingest.articles import AGAIN, CLASH, REMARKS, reading
from tests.ingest.test_again import take_as_of_old
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, UnreadableDocument
from timeline.extraction.version import VERSION
from timeline.ingest import work
from timeline.ingest.asked import STRETCH
from timeline.ingest.run import Reader
from timeline.ingest.web import visitor
from timeline.ingest.worker import Background
from timeline.models import ActorSuggestion, Article, Event, Statement, Work, WorkContent, WorkPart
from timeline.search.generations import generations
from timeline.search.rebuild import rebuild

pytestmark = pytest.mark.django_db(transaction=True)


def read_today(record: Record) -> Extraction:
    return reading(record.raw.decode())


def worker(read: Reader = read_today) -> Background:
    return Background(read=read, visitor=visitor(), say=lambda line: None)


def far(one: Work) -> work.Progress:
    return work.progress_of(Work.objects.with_progress().get(pk=one.pk), datetime.now(UTC))


def of_old(*texts: str) -> list[Article]:
    return [take_as_of_old(text, f"https://one.example/{number}") for number, text in enumerate(texts)]


# --- articles ------------------------------------------------------------------------------------------------------


def test_what_older_rules_have_read_is_read_again_and_what_a_person_has_set_stays() -> None:
    first, second = of_old(CLASH, AGAIN)
    event = first.evidence.exclude(event=None).order_by("pk").first().event
    event.title = "As Ada says"
    event.lock(["title"], by="ada", why="", at=datetime.now(UTC))
    event.save()
    one = work.ask_to_read_again(by=None)
    assert one is not None

    worker().run(watch=False)

    done = far(one)
    assert (done.state, done.total, done.taken, done.refused) == ("done", 2, 2, 0)
    assert set(Article.objects.current().values_list("uid", "extracted_with")) == {
        (first.uid, VERSION),
        (second.uid, VERSION),
    }
    assert Statement.objects.exists()  # which older rules did not find
    assert Event.objects.get(pk=event.pk).title == "As Ada says"
    assert not WorkContent.objects.exists()


def test_there_is_nothing_to_ask_for_where_the_rules_of_today_have_read_everything() -> None:
    of_old(CLASH)
    work.ask_to_read_again(by=None)
    worker().run(watch=False)

    assert work.ask_to_read_again(by=None) is None
    assert work.ask_to_read_again(by=None, all_of_them=True) is not None


def test_only_articles_of_a_publisher_are_read_again_where_one_is_named() -> None:
    [article, _] = of_old(CLASH, AGAIN)
    Article.objects.filter(pk=article.pk).update(publisher=make_publisher("Herald"))

    one = work.ask_to_read_again(by=None, publisher=make_publisher("Herald"))

    assert one is not None
    assert bytes(WorkContent.objects.get(work=one).content).decode() == article.uid


def test_reading_again_is_stopped_and_goes_on_where_it_was() -> None:
    of_old(CLASH, AGAIN, REMARKS)
    one = work.ask_to_read_again(by=None)
    assert one is not None
    read: list[str] = []

    def stops_after_one(record: Record) -> Extraction:
        read.append(record.id)
        work.stop(one, "edith")
        return read_today(record)

    worker(stops_after_one).run(watch=False)
    stopped = far(one)
    assert (stopped.state, stopped.done, len(read)) == ("stopped", 1, 1)
    work.go_on(one, datetime.now(UTC))

    worker().run(watch=False)

    assert (far(one).state, far(one).taken) == ("done", 3)


def test_what_the_rules_do_not_take_is_refused_by_name_and_stays_as_it_was() -> None:
    [article] = of_old(CLASH)
    one = work.ask_to_read_again(by=None)
    assert one is not None
    before = Event.objects.count()

    def refuses(record: Record) -> Extraction:
        raise UnreadableDocument("no text is in it")

    worker(refuses).run(watch=False)

    assert (far(one).state, far(one).refused) == ("done", 1)
    refusal = one.refusals.get()
    assert (refusal.name, refusal.reason) == (str(article), "no text is in it; what was read before stays")
    assert Event.objects.count() == before > 0


def test_an_article_that_was_taken_down_meanwhile_is_passed_over() -> None:
    [article] = of_old(CLASH)
    one = work.ask_to_read_again(by=None)
    assert one is not None
    Article.objects.filter(pk=article.pk).update(state="superseded")

    worker().run(watch=False)

    assert (far(one).state, far(one).taken, far(one).duplicates) == ("done", 0, 1)


# --- doubles -------------------------------------------------------------------------------------------------------


def test_all_that_is_stored_is_looked_through_for_doubles() -> None:
    make_actor("Mira Novak")
    last = make_actor("Mira Nowak", pk=10 * STRETCH + 1)
    one = work.ask_to_look_through(by=None)

    worker().run(watch=False)

    stretches = ceil(last.pk / STRETCH)
    assert (far(one).state, far(one).total, far(one).taken) == ("done", stretches, stretches)
    pair = ActorSuggestion.objects.get()
    assert {pair.left.name, pair.right.name} == {"Mira Novak", "Mira Nowak"}


# --- the index -----------------------------------------------------------------------------------------------------


def live() -> int:
    return next(number for number, is_live in generations(connection) if is_live)


def test_the_index_is_built_anew_and_readers_ask_the_new_one() -> None:
    ann = make_actor()
    event = make_event("Strike", ann)
    before = live()
    one = work.ask_to_rebuild(by=None)

    worker().run(watch=False)

    assert live() > before
    assert (far(one).state, far(one).done) == ("done", event.pk + ann.pk)


@contextmanager
def as_it_is_built(act: Callable[[], object]) -> Iterator[None]:
    """Does something, once, as soon as a worker says how far the index is."""
    done: list[object] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not done and sql.startswith('UPDATE "timeline_workpart"') and '"taken"' in sql:
            done.append("begun")
            act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert done


def test_an_index_that_is_stopped_leaves_the_one_before_in_use_and_is_built_from_its_beginning() -> None:
    make_event("Strike", make_actor())
    before = live()
    one = work.ask_to_rebuild(by=None)

    with as_it_is_built(lambda: work.stop(one, "edith")):
        worker().run(watch=False)
    assert (far(one).state, live()) == ("stopped", before)
    work.go_on(one, datetime.now(UTC))
    worker().run(watch=False)

    assert (far(one).state, live() > before) == ("done", True)


def test_a_worker_that_lost_its_lease_builds_no_further() -> None:
    make_event("Strike")
    work.ask_to_rebuild(by=None)
    part = work.claim("first", datetime.now(UTC))
    assert part is not None
    WorkPart.objects.update(worker="second")

    with pytest.raises(work.Lost):
        work.advance(part, 1, spent=1.0)


def test_an_index_that_another_has_overtaken_says_so() -> None:
    make_event("Strike", make_actor())
    one = work.ask_to_rebuild(by=None)

    with as_it_is_built(lambda: rebuild(connection, lambda what, last, of: None, grace=0)):
        worker().run(watch=False)

    assert (far(one).state, far(one).reason) == ("failed", "Another rebuild of the index has been started since.")


def test_one_piece_of_a_kind_is_under_way_at_a_time() -> None:
    make_event("Strike")
    one = work.ask_to_rebuild(by=None)
    assert work.under_way(Work.Kind.REINDEX) == one

    worker().run(watch=False)

    assert work.under_way(Work.Kind.REINDEX) is None
