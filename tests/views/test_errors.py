"""Mistakes are named, in the site's look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from tests.views.conftest import World
from tests.views.page import Page
from timeline.views import errors

Visit = Callable[..., Page]


def test_every_mistake_of_an_address_is_named_and_can_be_left_out(world: World, visit: Visit) -> None:
    page = visit("/?q=clash&from=yesterday&speaker=Nobody&colour=red", status=400)
    assert page.text("<h1>") == "Not understood"
    assert page.texts("problems") == [
        "This address asks for something that makes no sense here:"
        " speaker=Nobody No speaker here is called “Nobody”."
        " from=yesterday Write a day as 2025-03-02, a month as 2025-03 or a year as 2025."
        " “colour” is no parameter of this page. It knows: q, actor, speaker, place, publisher, story, kind, quote,"
        " direct, indirect, status, from, to, exact, top, sort, after."
        " Go on without it"
    ]
    assert page.links("problems") == [("Go on without it", "/?q=clash")]


def test_a_piece_gets_the_words_alone(db: None, visit: Visit) -> None:
    page = visit("/?from=2025&to=2024", into="events", status=400)
    assert page.elements("<h1>") == []
    assert page.links("problems") == [("Go on without it", "/?from=2025")]


@pytest.mark.parametrize("path", ["/events/{clash}/", "/articles/{article}/", "/actors/{putin}/", "/statements/"])
def test_every_page_names_what_it_does_not_know(world: World, visit: Visit, path: str) -> None:
    uids = {"clash": world.clash.uid, "article": world.article.uid, "putin": world.putin.uid}
    page = visit(path.format(**uids) + "?colour=red", status=400)
    assert page.text("<h1>") == "Not understood"


@pytest.mark.parametrize("path", ["/events/none/", "/articles/none/", "/actors/none/", "/nowhere/"])
def test_what_is_not_there_is_said_plainly(db: None, visit: Visit, path: str) -> None:
    assert visit(path, status=404).text("<h1>") == "There is nothing at this address"


def test_a_broken_page_says_so_without_asking_the_database(rf: RequestFactory) -> None:
    page = Page(errors.server_error(rf.get("/")))
    assert (page.status, page.text("<h1>")) == (500, "Something broke on our side")


def test_what_is_not_allowed_is_said(rf: RequestFactory) -> None:
    page = Page(errors.forbidden(rf.get("/"), PermissionError()))
    assert (page.status, page.text("<h1>")) == (403, "Not allowed")


def test_a_request_that_cannot_be_read_is_a_400(client: Client, db: None) -> None:
    response = client.get("/?" + "&".join("q=a" for _ in range(2000)))
    assert response.status_code == 400
    assert Page(response).text("<h1>") == "Not understood"
