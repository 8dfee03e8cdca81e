"""A page that has not changed is not sent again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from tests.factories import make_actor, make_event, make_publisher
from timeline.models import Alias, Event
from timeline.search.stamp import stamp

pytestmark = pytest.mark.django_db(transaction=True)
PATHS = ("/", "/?sort=newest", "/statements/", "/stories/")


def again(client: Client, path: str, tag: str, **headers: str) -> int:
    return client.get(path, headers={"If-None-Match": tag, **headers}).status_code


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_page_may_keep_it_until_something_is_stored(client: Client, path: str) -> None:
    with transaction.atomic():
        make_event("The port reopens")
    first = client.get(path)
    tag = first["ETag"]
    assert first["Cache-Control"] == "no-cache"

    kept = client.get(path, headers={"If-None-Match": tag})
    assert (kept.status_code, kept.content, kept["ETag"]) == (304, b"", tag)
    assert "HX-Request" in kept["Vary"]

    make_publisher("Any change at all")
    assert again(client, path, tag) == 200


def test_every_kind_of_change_changes_the_stamp() -> None:
    seen = {stamp()}
    actor = make_actor("Ann Lee")
    seen.add(stamp())
    event = make_event("The port reopens", actor)
    seen.add(stamp())
    Event.objects.filter(pk=event.pk).update(importance=1)
    seen.add(stamp())
    Alias.objects.create(actor=actor, text="A. Lee", normal="a lee")
    seen.add(stamp())
    event.delete()
    seen.add(stamp())
    assert len(seen) == 6
    assert stamp() in seen


def test_a_page_and_its_pieces_are_not_taken_for_one_another(client: Client) -> None:
    with transaction.atomic():
        make_event("The port reopens")
    tag = client.get("/")["ETag"]
    piece = {"HX-Request": "true", "HX-Target": "div#events"}
    assert again(client, "/", tag) == 304
    assert again(client, "/", tag, **piece) == 200
    assert again(client, "/?q=port", tag) == 200
    assert again(client, "/", client.get("/", headers=piece)["ETag"], **piece) == 304


def test_whoever_is_logged_in_gets_pages_of_their_own(client: Client) -> None:
    tag = client.get("/")["ETag"]
    client.force_login(User.objects.create(username="ann", is_staff=True))
    answer = client.get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.has_header("ETag")) == (200, False)


def test_a_page_that_is_not_there_is_not_kept(client: Client) -> None:
    assert not client.get("/events/nothere/").has_header("ETag")
    assert not client.get("/?colour=red").has_header("ETag")


def test_inside_a_transaction_nothing_is_kept(client: Client) -> None:
    with transaction.atomic():
        make_event("The port reopens")
        assert stamp() is None
        assert not client.get("/").has_header("ETag")
