from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.desk import Desk, admin_url
from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_place,
    make_publisher,
    make_statement,
)
from timeline.models import Actor, Alias, Article, Claim, Event, Judgement, Place, Publisher, Statement
from timeline.vocabulary import PartialDate


def fill(number: int) -> None:
    """A row of every kind, each with what its list shows."""
    actor = make_actor(f"Actor {number}", f"Alias {number}")
    place = make_place(f"Place {number}", part_of=make_place(f"Region {number}"))
    event = make_event(f"Event {number}", actor, place=place)
    article = make_article(f"Text {number}.", publisher=make_publisher(f"Paper {number}"))
    make_article(f"Copy {number}.", duplicate_of=article, publisher=article.publisher)
    make_evidence(event, article, "Text")
    make_statement(f"Words {number}", speaker=actor, event=event)
    Claim.objects.create(event=event, article=article)
    by = User.objects.create(username=f"user {number}")
    Judgement.objects.create(verdict="rejected", left=str(number), by=by, made_at=timezone.now())


@pytest.mark.parametrize("model", [Event, Statement, Actor, Alias, Place, Article, Publisher, Judgement, Claim])
def test_a_list_asks_as_many_questions_for_many_rows_as_for_few(
    desk: Desk, model: Any, django_assert_num_queries: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(12):
        fill(number)
        if number in (1, 11):
            with CaptureQueriesContext(connection) as asked:
                response = desk.client.get(admin_url(model, "changelist"))
            assert response.status_code == 200
            counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 9


@pytest.mark.parametrize("model", [Judgement, Claim])
def test_what_is_only_to_be_read_cannot_be_added_or_changed(desk: Desk, model: Any) -> None:
    fill(1)
    row = model.objects.get()

    assert desk.client.get(admin_url(model, "add")).status_code == 403
    assert desk.client.get(admin_url(row)).status_code == 200
    assert desk.client.post(admin_url(row), {}).status_code == 403
    assert desk.client.get(admin_url(row, "delete")).status_code == 403


def test_a_judgement_can_be_undone(desk: Desk) -> None:
    judgement = Judgement.objects.create(verdict="rejected", left="f1", made_at=timezone.now())

    desk.act("undo", [judgement])

    judgement.refresh_from_db()
    assert judgement.undone_at is not None


@pytest.mark.parametrize("model", [Event, Statement, Actor, Alias, Place, Article, Publisher, Judgement, Claim])
def test_every_list_can_be_searched(desk: Desk, model: Any) -> None:
    fill(1)

    assert desk.client.get(admin_url(model, "changelist"), {"q": "nothing “like” this"}).status_code == 200


def test_the_first_page_leads_to_adding_and_to_what_waits(desk: Desk) -> None:
    make_event(status="review")

    page = desk.client.get("/admin/").content.decode()

    assert "Review queue (1)" in page
    assert "Add article" in page


def test_who_may_only_look_sees_the_form_without_fields(desk: Desk) -> None:
    from django.contrib.auth.models import Permission

    event = make_event("Two presidents meet")
    desk.save(event, {"title": "Two presidents quarrel"})
    viewer = User.objects.create(username="vera", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_event"))
    desk.client.force_login(viewer)

    page = desk.client.get(admin_url(event))

    assert page.status_code == 200
    assert b'<input type="text" name="title"' not in page.content
    assert desk.client.post(admin_url(event, "restore", 1)).status_code == 403
    assert desk.client.get(admin_url(event, "history")).status_code == 200


@pytest.mark.parametrize(("model", "column"), [(Article, "-1"), (Event, "1.-2"), (Statement, "2"), (Claim, "0")])
def test_a_long_list_is_sorted_by_no_column_without_an_index_and_says_so(desk: Desk, model: Any, column: str) -> None:
    for number in range(3):
        fill(number)
    usual = desk.client.get(admin_url(model, "changelist"))

    asked = desk.client.get(admin_url(model, "changelist"), {"o": column})

    said = [str(message) for message in asked.context["messages"]]
    assert len(said) == 1 and said[0].startswith("So long a list cannot be sorted by “")
    assert list(asked.context["cl"].result_list) == list(usual.context["cl"].result_list)


def test_a_list_is_sorted_by_the_headings_it_offers(desk: Desk) -> None:
    first, second = (make_event(date=PartialDate.on(date(2025, 3, day))) for day in (1, 2))

    listed = [desk.client.get(admin_url(Event, "changelist"), {"o": order}).context["cl"] for order in ("2", "-2")]

    assert [list(one.result_list) for one in listed] == [[first, second], [second, first]]


@pytest.mark.parametrize("order", ["99", "-", "x", "1.x", "."])
def test_an_order_that_is_none_is_left_alone(desk: Desk, order: str) -> None:
    fill(1)

    assert desk.client.get(admin_url(Event, "changelist"), {"o": order}).status_code == 200
