"""Storing an article asks as much of a large archive as of a small one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_article, make_event, make_evidence, make_statement
from tests.ingest.articles import AGAIN, take
from timeline.models import Article, Event
from timeline.vocabulary import EventKind, PartialDate

pytestmark = pytest.mark.django_db


def archive(size: int) -> None:
    """Events of the actors of the article, in the days around it, each with an article and a statement."""
    trump = make_actor("Donald Trump", "Trump", known="donald-trump")
    zelensky = make_actor("Volodymyr Zelenskyy", "Zelensky", known="volodymyr-zelenskyy")
    kinds = list(EventKind)
    for number in range(size):
        article = make_article(f"Note {number}: they spoke of harbour {number}.", title=f"Harbour {number}")
        day = PartialDate.on(date(2025, 3, 1) - timedelta(days=number % 12))
        event = make_event(
            f"They speak of harbour {number}", trump, zelensky, date=day, kind=kinds[number % len(kinds)]
        )
        make_evidence(event, article, "they spoke of harbour")
        make_evidence(make_statement(f"Harbour {number} is open", speaker=trump, event=event), article, "harbour")
        Article.objects.filter(pk=article.pk).update(main_event=event)


def queries_with(size: int) -> int:
    with transaction.atomic():
        archive(size)
        with CaptureQueriesContext(connection) as asked:
            assert take(AGAIN, url="https://two.example/b").outcome == "taken"
        assert Event.objects.count() > size
        transaction.set_rollback(True)
    return len(asked)


def test_storing_an_article_asks_no_more_of_a_large_archive() -> None:
    assert queries_with(12) == queries_with(60)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite answers, which has no statistics")
def test_storing_an_article_reads_no_table_from_end_to_end() -> None:
    archive(150)
    asked: dict[str, Any] = {}

    def remember(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and not many:
            asked.setdefault(sql, params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        assert take(AGAIN, url="https://two.example/b").outcome == "taken"

    read_whole = []
    with connection.cursor() as cursor:
        for sql, params in asked.items():
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [step for *_, step in cursor.fetchall()]
            # All current articles share a state, and most events a status: to go by it is to read them all.
            whole = ("SCAN timeline_", "SCAN U")  # also under the name that a query within another gives it
            if any(step.startswith(whole) or "(state=?)" in step or "(status=?)" in step for step in steps):
                read_whole.append((sql, steps))
    assert read_whole == []
