"""A feed is asked when it is due, and what it offers becomes an article once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import make_actor
from tests.ingest.servers import Answer, Server, moved, page, sending, serving
from timeline.extraction.interchange import read
from timeline.ingest.feeds import A_ROUND, LEASE, claim, poll
from timeline.ingest.fetch import Fetcher
from timeline.ingest.opml import read_opml, write_opml
from timeline.ingest.reader import Reader
from timeline.ingest.robots import Visitor
from timeline.ingest.web import plain_address
from timeline.models import Article, Feed, FeedItem, Publisher

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def visitor(server: Server) -> Visitor:
    fetcher = Fetcher(seconds=3, private=frozenset({server.host}), resolve=lambda host, port: ["127.0.0.1"])
    return Visitor(fetcher, pause=0.0)


@pytest.fixture
def feed(server: Server) -> Feed:
    return Feed.objects.create(url=server.url("/feed"), due_at=NOW)


def story(town: str) -> Answer:
    return page(
        f"<html><head><title>Harbour of {town} closed</title></head><body><article><h1>Harbour of {town} closed</h1>"
        f"<p>The harbour of {town} was closed on 28 February 2025 after a storm.</p></article></body></html>".encode()
    )


def offering(server: Server, *paths: str, title: str = "Harbour closed", head: tuple[str, ...] = ()) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{server.url(path)}</link><guid>{path.partition('?')[0]}</guid></item>"
        for path in paths
    )
    text = f'<rss version="2.0"><channel><title>Herald</title>{items}</channel></rss>'
    server.answers["/feed"] = page(text.encode(), *head, media_type="application/rss+xml")


def ask(feed: Feed, visitor: Visitor, now: datetime = NOW) -> str:
    feed.refresh_from_db()
    return poll(feed, visitor=visitor, read=read, now=now).result


def test_what_a_feed_newly_offers_is_read_once(server: Server, feed: Feed, visitor: Visitor) -> None:
    server.answers |= {"/a": story("Aldmouth"), "/b": story("Birchport")}
    offering(server, "/a")
    assert ask(feed, visitor) == "1 taken"

    offering(server, "/b", "/a")

    assert ask(feed, visitor) == "1 taken"
    assert ask(feed, visitor) == "nothing new"
    assert sorted(Article.objects.values_list("url", flat=True)) == [server.url("/a"), server.url("/b")]
    feed.refresh_from_db()
    assert (feed.title, feed.result, feed.failure) == ("Herald", "nothing new", "")


def test_one_article_under_several_addresses_and_in_several_feeds_is_one(
    server: Server, feed: Feed, visitor: Visitor
) -> None:
    server.answers |= {"/a": story("Aldmouth")}
    offering(server, "/a?utm_source=rss&fbclid=x#top")
    ask(feed, visitor)
    other = Feed.objects.create(url=server.url("/feed?2"), due_at=NOW)
    server.answers["/feed?2"] = server.answers["/feed"]

    assert ask(other, visitor) == "1 duplicate"
    assert Article.objects.get().url == server.url("/a")
    assert server.paths.count("/a") == 1


def test_a_feed_that_keeps_the_reading_busy_fails_and_costs_nothing_else(
    server: Server, feed: Feed, visitor: Visitor
) -> None:
    attributes = b" ".join(b'a%d="1"' % number for number in range(60_000))
    server.answers["/feed"] = page(b"<rss " + attributes + b">", media_type="application/rss+xml")

    with Reader(seconds=1) as reader:
        found = poll(feed, visitor=visitor, read=reader, look=reader.feed, now=NOW)

    assert (found.failed, found.result) == (True, "reading went over its limits (1 s, 1500 MB)")


def test_a_feed_that_has_not_changed_is_not_read_again(server: Server, feed: Feed, visitor: Visitor) -> None:
    server.answers["/a"] = story("Aldmouth")
    offering(server, "/a", head=('ETag: "7"',))
    ask(feed, visitor)
    server.answers["/feed"] = sending(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")

    assert ask(feed, visitor) == "nothing new"
    assert 'If-None-Match: "7"' in server.asked[-1]


def test_a_long_feed_is_read_in_rounds(server: Server, feed: Feed, visitor: Visitor) -> None:
    offering(server, *(f"/{number}" for number in range(A_ROUND + 5)), head=('ETag: "7"',))

    assert ask(feed, visitor) == f"{A_ROUND} refused"
    feed.refresh_from_db()
    assert feed.etag == ""
    assert ask(feed, visitor) == "5 refused"


def test_only_items_with_a_word_or_a_name_are_read(server: Server, feed: Feed, visitor: Visitor) -> None:
    Feed.objects.filter(pk=feed.pk).update(words="harbour closed, storm surge")
    feed.actors.add(make_actor("Volodymyr Zelenskyy"))
    server.answers |= {"/a": story("Aldmouth"), "/b": story("Birchport"), "/c": story("Cedar")}
    offering(server, "/a", title="The Harbour, closed!")
    assert ask(feed, visitor) == "1 taken"
    offering(server, "/b", title="Harbour opened")
    assert ask(feed, visitor) == "1 left out"
    offering(server, "/c", title="VOLODYMYR ZELENSKYY speaks")
    assert ask(feed, visitor) == "1 taken"


def test_an_article_that_its_server_does_not_give_is_tried_three_times(
    server: Server, feed: Feed, visitor: Visitor
) -> None:
    server.answers["/a"] = page(b"", status="503 Busy")
    offering(server, "/a")

    told = [ask(feed, visitor) for _ in range(4)]

    assert told == ["1 not fetched yet"] * 3 + ["nothing new"]
    item = FeedItem.objects.get()
    assert (item.outcome, item.reason, item.attempts) == ("failed", "the server answers with 503", 3)


def test_a_feed_that_fails_is_asked_ever_later_and_recovers(server: Server, feed: Feed, visitor: Visitor) -> None:
    server.answers["/feed"] = page(b"", status="500 Oh")
    waits = []
    for _ in range(9):
        assert ask(feed, visitor) == "the server answers with 500"
        feed.refresh_from_db()
        waits.append(feed.due_at - NOW)

    assert waits == [*(timedelta(minutes=15 * 2**power) for power in range(1, 7)), *[timedelta(hours=24)] * 3]
    offering(server, "/a")
    ask(feed, visitor)
    feed.refresh_from_db()
    assert (feed.failures, feed.failure, feed.due_at - NOW) == (0, "", timedelta(minutes=15))


def test_a_feed_that_is_gone_is_paused(server: Server, feed: Feed, visitor: Visitor) -> None:
    server.answers["/feed"] = page(b"", status="410 Gone")

    ask(feed, visitor)

    feed.refresh_from_db()
    assert (feed.paused, feed.failure) == (True, "the page is gone")
    assert claim(NOW + timedelta(days=9)) is None


def test_a_feed_that_moved_for_good_is_followed(server: Server, feed: Feed, visitor: Visitor) -> None:
    offering(server, "/a")
    server.answers["/feed2"], server.answers["/feed"] = server.answers["/feed"], moved("/feed2")

    ask(feed, visitor)

    feed.refresh_from_db()
    assert feed.url == server.url("/feed2")


def test_what_is_no_feed_says_so(server: Server, feed: Feed, visitor: Visitor) -> None:
    server.answers["/feed"] = page(b"<html><body>News</body></html>")

    assert ask(feed, visitor) == "this is no feed"


def test_a_feed_is_given_to_one_who_asks_and_again_when_that_one_is_gone(feed: Feed) -> None:
    assert claim(NOW - timedelta(seconds=1)) is None
    assert claim(NOW) == feed
    assert claim(NOW) is None
    assert claim(NOW + LEASE) == feed


def test_articles_are_of_the_publisher_that_is_set(server: Server, feed: Feed, visitor: Visitor) -> None:
    Feed.objects.filter(pk=feed.pk).update(publisher=Publisher.objects.create(name="Harbour Herald"))
    server.answers["/a"] = story("Aldmouth")
    offering(server, "/a")

    ask(feed, visitor)

    assert str(Article.objects.get().publisher) == "Harbour Herald"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("https://a.example/1?utm_source=x&id=7&UTM_medium=y#top", "https://a.example/1?id=7"),
        ("https://a.example/1?b=2&a=%C3%A9", "https://a.example/1?b=2&a=%C3%A9"),
        ("https://a.example/1?fbclid=1", "https://a.example/1"),
        ("https://a.example/1?q=", "https://a.example/1?q="),
        ("http://[broken", "http://[broken"),
    ],
)
def test_an_address_is_kept_without_what_tells_where_a_reader_came_from(given: str, plain: str) -> None:
    assert plain_address(given) == plain


# --- lists and commands ---

OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="World">
<outline type="rss" text="Herald" xmlUrl="https://a.example/feed"/><outline xmlUrl="https://b.example/feed"/></outline>
<outline xmlUrl="file:///etc/passwd"/><outline text="Twice" xmlUrl="https://a.example/feed"/></body></opml>"""


def test_a_list_of_feeds_goes_in_and_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(OPML)
    out = StringIO()

    call_command("follow", str(path), "https://c.example/feed", stdout=out)
    call_command("follow", str(path), stdout=out)

    assert out.getvalue() == "3 new, 0 followed before\n0 new, 2 followed before\n"
    assert {entry.url for entry in read_opml(write_opml(Feed.objects.all()))} == {
        "https://a.example/feed",
        "https://b.example/feed",
        "https://c.example/feed",
    }


@pytest.mark.parametrize("content", [b"", b"<opml/>", b"<html/>", b"\x00", b"feeds"])
def test_what_is_no_list_of_feeds_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"feeds\.opml: (this is no OPML file|no feed is named)"):
        call_command("follow", str(path))


def test_an_address_inside_is_not_followed() -> None:
    with pytest.raises(CommandError, match="port 8080"):
        call_command("follow", "http://intranet:8080/feed")


def test_the_command_asks_what_is_due(
    server: Server, feed: Feed, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.management.commands.poll.visitor", lambda: visitor)
    Feed.objects.create(url=server.url("/none"), title="Gone")
    Feed.objects.create(url=server.url("/later"), due_at=datetime.now(UTC) + timedelta(hours=1))
    server.answers["/a"] = story("Aldmouth")
    offering(server, "/a")
    out = StringIO()

    call_command("poll", stdout=out)
    call_command("poll", stdout=out)

    assert sorted(out.getvalue().splitlines()) == [
        "Gone: failed: there is no such page",
        f"{server.url('/feed')}: 1 taken",
    ]
