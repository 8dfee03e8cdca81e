"""The search boxes of long lists ask the index, and find what is off the page too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.admin.desk import Desk, admin_url
from tests.factories import make_actor, make_article, make_event, make_statement
from timeline.models import Article, Claim, Event, Statement


def found(desk: Desk, model: Any, typed: str, **filters: str) -> set[Any]:
    response = desk.client.get(admin_url(model, "changelist"), {"q": typed, **filters})
    return set(response.context["cl"].result_list)


@pytest.mark.parametrize("status", ["automatic", "confirmed", "review", "rejected"])
def test_an_event_is_found_by_words_whatever_its_status(desk: Desk, status: str) -> None:
    event = make_event("Mayor opens the power station", status=status)
    make_event("Council closes the mine", status=status)

    assert found(desk, Event, "power mayor") == {event}
    assert found(desk, Event, event.uid) == {event}
    assert found(desk, Event, "mayor", status__exact=status) == {event}
    assert found(desk, Event, "mayor", status__exact="disputed") == set()


def test_an_event_is_found_by_who_takes_part(desk: Desk) -> None:
    event = make_event("A dam is opened", make_actor("Olena Marchuk"))

    assert found(desk, Event, "marchuk") == {event}


@pytest.mark.parametrize("status", ["automatic", "review", "rejected"])
def test_a_statement_is_found_by_its_words_and_by_who_said_it(desk: Desk, status: str) -> None:
    statement = make_statement("The dam holds", speaker=make_actor("Olena Marchuk"), status=status)
    make_statement("The mine is closed", speaker=make_actor("Pavlo Bondar"), status=status)

    assert found(desk, Statement, "dam") == {statement}
    assert found(desk, Statement, "marchuk") == {statement}
    assert found(desk, Statement, statement.uid) == {statement}


def test_an_article_is_found_by_headline_address_and_uid_whatever_its_state(desk: Desk) -> None:
    article = make_article("Text.", title="Mine closes", url="https://herald.example/2025/closing", state="superseded")
    make_article("Other text.", title="Dam opens", url="https://gazette.example/dam")

    for typed in ("mine", "herald closing", article.uid):
        assert found(desk, Article, typed) == {article}


def test_an_article_is_found_by_what_it_is_called_now_and_not_once_it_is_gone(desk: Desk) -> None:
    article = make_article("Text.", title="Mine closes")
    desk.save(article, {"title": "Quarry closes"})

    assert (found(desk, Article, "mine"), found(desk, Article, "quarry")) == (set(), {article})
    Article.objects.all().delete()
    assert found(desk, Article, "quarry") == set()


def test_articles_of_one_day_and_of_none_are_listed_latest_first(desk: Desk) -> None:
    old, new = (make_article(f"{day}.", latest=day, earliest=day) for day in ("2024-03-01", "2025-03-01"))
    also = make_article("Also.", latest="2025-03-01", earliest="2025-03-01")

    listed = desk.client.get(admin_url(Article, "changelist"), {"q": ""}).context["cl"].result_list

    assert list(listed) == [also, new, old]


def test_a_claim_is_found_by_the_words_of_its_event(desk: Desk) -> None:
    claim = Claim.objects.create(event=make_event("Mayor opens the dam"), article=make_article("Text."))
    Claim.objects.create(event=make_event("Council closes the mine"), article=make_article("Other."))

    assert found(desk, Claim, "dam mayor") == {claim}


def test_what_is_no_word_finds_nothing(desk: Desk) -> None:
    make_event("Mayor opens the dam")
    make_article("Text.", title="Mine closes")

    assert (found(desk, Event, "“?”"), found(desk, Article, "“?”")) == (set(), set())
