"""Feeds are asked when they are due, and what they newly offer is read once.

The network is asked outside of any transaction. An item is noted after its article is stored: killed in between, the
article is found to be known when the item is met again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.db.models import F

from timeline.extraction.feeds import Item, Offer, read_feed
from timeline.extraction.names import fold
from timeline.extraction.records import Unread
from timeline.ingest.connections import NotFetched
from timeline.ingest.robots import Visitor
from timeline.ingest.run import IngestResult, Reader, ingest
from timeline.ingest.web import plain_address, record_at
from timeline.models import Alias, Article, Feed, FeedItem
from timeline.vocabulary import ArticleState

FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
    "application/rdf+xml",
    "text/plain",
    "text/html",  # as some servers call everything
)
LEASE = timedelta(minutes=30)  # in which nobody else asks a feed that is being asked
LONGEST_WAIT = timedelta(hours=24)  # however often a feed failed
A_ROUND = 50  # new items of one feed in one round, so that no feed keeps the others waiting
ATTEMPTS = 3  # at an article that its server did not give
REMEMBERED = timedelta(days=60)  # after a feed offered an item last
GONE = 410


class Look(Protocol):
    """Reads what a feed offers: `read_feed` in this process, `reader.Reader.feed` in one of its own."""

    def __call__(self, content: bytes, *, url: str) -> Offer: ...


@dataclass(frozen=True, slots=True)
class Round:
    """How asking a feed went: in words, and how many of its items were new, by outcome."""

    result: str
    failed: bool = False
    outcomes: Counter[str] | None = None


def claim(now: datetime, lease: timedelta = LEASE) -> Feed | None:
    """A feed that is due, for whoever asks first; nobody else is given it until the lease is over."""
    for feed in Feed.objects.due(now)[:20]:
        claimed = Feed.objects.filter(pk=feed.pk, due_at=feed.due_at, paused=False).update(due_at=now + lease)
        if claimed:
            feed.due_at = now + lease
            return feed
    return None


def renew(feed: Feed, until: datetime) -> None:
    """Keep a feed that is being asked, unless it was set meanwhile when it is asked next."""
    if Feed.objects.filter(pk=feed.pk, due_at=feed.due_at).update(due_at=until):
        feed.due_at = until


def poll(
    feed: Feed,
    *,
    visitor: Visitor,
    read: Reader,
    look: Look = read_feed,
    now: datetime | None = None,
    ending: Callable[[], bool] = bool,
) -> Round:
    """Ask a feed, read the articles that it newly offers, and set when it is asked next.

    `look` reads the feed itself, `read` the articles. Once `ending` says so, what is left is for whoever asks the feed
    then.

    Raises:
        django.db.Error: the database cannot be read or written.
    """
    now = now or datetime.now(UTC)
    try:
        page = visitor.fetch(feed.url, media_types=FEEDS, etag=feed.etag, changed=feed.changed)
        offer = None if page.unchanged else look(page.content, url=page.url)
    except (NotFetched, Unread) as error:
        return _failed(feed, str(error), now, gone=isinstance(error, NotFetched) and error.status == GONE)
    if offer is None:
        return _went_well(feed, Round("nothing new"), now)
    found, more = _take(feed, offer, visitor, read, now, ending)
    FeedItem.objects.filter(feed=feed, last_seen__lt=now - REMEMBERED).delete()
    if page.moved_for_good and not Feed.objects.filter(url=page.url).exists():
        Feed.objects.filter(pk=feed.pk).update(url=page.url)
    # What is left for the next round is not to be hidden behind "nothing has changed".
    stamps: dict[str, Any] = {} if more else {"etag": page.etag, "changed": page.changed}
    if ending():
        stamps["due_at"] = now
    return _went_well(feed, found, now, title=feed.title or offer.title, **stamps)


def _take(
    feed: Feed, offer: Offer, visitor: Visitor, read: Reader, now: datetime, ending: Callable[[], bool]
) -> tuple[Round, bool]:
    """Read what is new of an offer, the oldest first as feeds put the newest on top; whether some is left for later."""
    items = {_digest(item.key): item for item in reversed(offer.items)}
    known = {row.digest: row for row in FeedItem.objects.filter(feed=feed, digest__in=list(items))}
    FeedItem.objects.filter(feed=feed, digest__in=list(known)).update(last_seen=now)
    fresh = [
        (digest, item)
        for digest, item in items.items()
        if digest not in known
        or (known[digest].outcome == FeedItem.Outcome.FAILED and known[digest].attempts < ATTEMPTS)
    ]
    wanted = _wanted(feed)
    outcomes: Counter[str] = Counter()
    for digest, item in fresh[:A_ROUND]:
        if ending():
            break
        outcome, reason, article = _outcome(item, wanted, feed, visitor, read)
        outcomes[outcome] += 1
        _note(feed, digest, item, outcome, reason, article, now)
    words = ", ".join(f"{number} {FeedItem.Outcome(name).label}" for name, number in outcomes.items())
    return Round(words or "nothing new", outcomes=outcomes), len(fresh) > outcomes.total()


def _outcome(
    item: Item, wanted: Sequence[str], feed: Feed, visitor: Visitor, read: Reader
) -> tuple[str, str, str | None]:
    """What became of an item, why, and the article that it is."""
    if wanted and not _is_wanted(item, wanted):
        return FeedItem.Outcome.LEFT, "none of the words and names", None
    address = plain_address(item.url)
    same = FeedItem.objects.filter(address_digest=_digest(address), outcome=FeedItem.Outcome.TAKEN).first()
    if same is not None:
        return FeedItem.Outcome.DUPLICATE, f"{same.feed} has offered it", same.article.uid if same.article else None
    stored = Article.objects.filter(url=address, state=ArticleState.TAKEN).first()
    if stored is not None:
        return FeedItem.Outcome.DUPLICATE, "it has been read before", stored.uid
    try:
        record = record_at(address, visitor, publisher=feed.publisher.name if feed.publisher else "")
    except NotFetched as error:
        lasting = error.status is not None and 400 <= error.status < 500
        return FeedItem.Outcome.REFUSED if lasting else FeedItem.Outcome.FAILED, str(error), None
    result: IngestResult = ingest(replace(record, title=item.title or None, published=item.published), read=read)
    return result.outcome, result.reason, result.article_uid


def _note(feed: Feed, digest: str, item: Item, outcome: str, reason: str, article: str | None, now: datetime) -> None:
    address = plain_address(item.url)[:2000]
    became = {
        "outcome": outcome,
        "reason": reason[:500],
        "article": Article.objects.filter(uid=article).first() if article else None,
        "last_seen": now,
    }
    offered = {"address": address, "address_digest": _digest(address), "title": item.title, "first_seen": now}
    row, _ = FeedItem.objects.update_or_create(
        feed=feed, digest=digest, defaults=became, create_defaults=became | offered
    )
    FeedItem.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)


def _wanted(feed: Feed) -> list[str]:
    """The words and names of which an item must have one; none where all are wanted."""
    words = [word for word in feed.words.split(",") if word.strip()]
    names = Alias.objects.filter(actor__in=feed.actors.all()).values_list("text", flat=True)[:1000]
    return [_words(word) for word in (*words, *names)]


def _is_wanted(item: Item, wanted: Iterable[str]) -> bool:
    text = f" {_words(f'{item.title} {item.summary}')} "
    return any(f" {words} " in text for words in wanted)


def _words(text: str) -> str:
    """The words of a text as they are compared: small, without accents, one blank between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text).casefold()).split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _went_well(feed: Feed, found: Round, now: datetime, **stamps: Any) -> Round:
    went = {
        "asked_at": now,
        "due_at": now + timedelta(minutes=feed.minutes),
        "result": found.result[:300],
        "failure": "",
        "failures": 0,
    }
    Feed.objects.filter(pk=feed.pk).update(**went | stamps)
    return found


def _failed(feed: Feed, reason: str, now: datetime, *, gone: bool) -> Round:
    """Ask again later, twice as late with every failure; a feed that is gone for good is paused."""
    wait = min(timedelta(minutes=feed.minutes) * 2 ** min(feed.failures + 1, 12), LONGEST_WAIT)
    Feed.objects.filter(pk=feed.pk).update(
        asked_at=now, due_at=now + wait, failure=reason[:300], failures=F("failures") + 1, paused=gone
    )
    return Round(reason, failed=True)
