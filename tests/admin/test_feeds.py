"""Editors see how their feeds go, pause them, and bring lists of them in and out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import make_article
from tests.ingest.test_feeds import OPML
from timeline.ingest.connections import NotFetched
from timeline.models import Article, Feed, FeedItem

pytestmark = pytest.mark.django_db

LIST = "admin:timeline_feed_changelist"
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_the_list_says_how_each_feed_went(desk: Client) -> None:
    Feed.objects.create(url="https://a.example/feed", title="Herald", result="3 taken")
    Feed.objects.create(url="https://b.example/feed", failure="there is no such page", failures=3)
    Feed.objects.create(url="https://c.example/feed", paused=True)

    text = desk.get(reverse(LIST)).content.decode()

    assert "3 taken" in text
    assert "failed (3 times): there is no such page" in text
    assert "not asked yet" in text


def test_a_feed_is_added_by_its_address(desk: Client) -> None:
    address = reverse("admin:timeline_feed_add")
    items = {"items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0"}

    refused = desk.post(address, {"url": "ftp://a.example/feed", "minutes": "15", **items})
    desk.post(address, {"url": "https://a.example/feed", "minutes": "15", **items})

    assert "begins with http:// or https://" in refused.content.decode()
    assert Feed.objects.get().url == "https://a.example/feed"


def test_feeds_are_paused_and_go_on(desk: Client) -> None:
    feed = Feed.objects.create(url="https://a.example/feed", due_at=LATER, failures=3, failure="gone")
    for action in ("pause", "go_on"):
        desk.post(reverse(LIST), {"action": action, "_selected_action": [feed.pk]})
        feed.refresh_from_db()
        assert feed.paused == (action == "pause")

    assert (feed.failures, feed.failure) == (0, "")
    assert feed.due_at < LATER


def test_a_feed_is_asked_at_the_next_round_when_an_editor_wants_it(desk: Client) -> None:
    feed = Feed.objects.create(url="https://a.example/feed", due_at=LATER)

    desk.post(reverse(LIST), {"action": "ask_now", "_selected_action": [feed.pk]})

    feed.refresh_from_db()
    assert feed.due_at < datetime.now(UTC) + timedelta(seconds=5)


def test_a_feed_shows_what_it_offered_last(desk: Client) -> None:
    feed = Feed.objects.create(url="https://a.example/feed")
    article = make_article("The harbour was closed.", title="Harbour closed")
    for number in range(60):
        FeedItem.objects.create(
            feed=feed,
            digest=str(number),
            address=f"https://a.example/{number}",
            title=f"Item {number}",
            outcome="taken",
            article=article if number == 59 else None,
            first_seen=LATER + timedelta(minutes=number),
            last_seen=LATER,
        )

    text = desk.get(reverse("admin:timeline_feed_change", args=[feed.pk])).content.decode()

    assert "Item 59" in text
    assert "Item 9<" not in text
    assert reverse("admin:timeline_article_change", args=[article.pk]) in text


def test_a_list_of_feeds_is_taken_in_and_given_out(desk: Client) -> None:
    address = reverse("admin:timeline_feed_import")

    broken = desk.post(address, {"file": SimpleUploadedFile("feeds.opml", b"<html/>")})
    taken = desk.post(address, {"file": SimpleUploadedFile("feeds.opml", OPML)}, follow=True)

    assert "this is no OPML file" in broken.content.decode()
    assert "2 new feeds, 0 followed before." in taken.content.decode()
    given = desk.get(reverse("admin:timeline_feed_export"))
    assert given["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    assert b"https://a.example/feed" in given.content


def test_nobody_else_comes_near_them(client: Client) -> None:
    for name in ("changelist", "add", "import", "export"):
        assert client.get(reverse(f"admin:timeline_feed_{name}")).status_code == 302


def test_an_article_is_added_by_its_address_alone(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise NotFetched("there is no such page", 404)

    monkeypatch.setattr("timeline.tasks.record_at", refuse)

    answer = desk.post(reverse("admin:timeline_article_add"), {"url": "https://a.example/gone"})

    assert "It was not taken: there is no such page" in answer.content.decode()
    assert not Article.objects.exists()
