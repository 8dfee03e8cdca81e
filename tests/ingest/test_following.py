"""From a publisher's server to the page: a worker follows feeds by itself, at the times that are set."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.ingest.servers import Server, page, serving
from tests.ingest.test_feeds import story
from tests.safety.test_workers import StartWorker, start_worker, until
from timeline.models import Article, Feed, FeedItem

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["start_worker"]

INTERVAL, GRACE = timedelta(seconds=8), timedelta(seconds=10)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A publisher on this machine, which workers may visit."""
    with serving() as server:
        monkeypatch.setenv("TIMELINE_PRIVATE_SERVERS", f"127.0.0.1:{server.port}")
        yield server


def address(server: Server, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def offer(server: Server, **items: str) -> None:
    """A feed with these items, each a title by its path."""
    told = "".join(
        f"<item><title>{title}</title><link>{address(server, f'/{path}')}</link></item>"
        for path, title in items.items()
    )
    text = f'<rss version="2.0"><channel><title>Herald</title>{told}</channel></rss>'
    server.answers["/feed"] = page(text.encode(), media_type="application/rss+xml")


def test_an_item_is_on_the_page_within_one_interval_and_ten_seconds(
    server: Server, start_worker: StartWorker, client: Client
) -> None:
    offer(server)
    feed = Feed.objects.create(url=address(server, "/feed"))
    start_worker()
    until(lambda: Feed.objects.filter(pk=feed.pk, asked_at__isnull=False).exists())
    # The shortest interval that can be set is minutes long; so this one is set to its end.
    Feed.objects.filter(pk=feed.pk).update(due_at=datetime.now(UTC) + INTERVAL)

    server.answers["/a"] = story("Aldmouth")
    offer(server, a="Harbour of Aldmouth closed")
    published = time.monotonic()
    until(lambda: "Aldmouth" in client.get("/").content.decode())

    assert time.monotonic() - published <= (INTERVAL + GRACE).total_seconds()
    feed.refresh_from_db()
    assert feed.due_at > datetime.now(UTC) + timedelta(minutes=10)


def test_a_watched_story_brings_in_what_speaks_of_it_and_nothing_else(
    server: Server, start_worker: StartWorker
) -> None:
    server.answers |= {"/a": story("Aldmouth"), "/b": story("Birchport")}
    offer(server, a="Harbour of Aldmouth closed", b="A recipe for bread")
    Feed.objects.create(url=address(server, "/feed"), words="harbour, storm")
    start_worker()

    until(lambda: FeedItem.objects.count() == 2)
    until(lambda: Article.objects.exists())

    assert Article.objects.get().url == address(server, "/a")
    assert "/b" not in server.paths
