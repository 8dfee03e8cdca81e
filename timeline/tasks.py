"""Background doors: primitives in, one call.

What is asked for here waits as rows (`ingest/work.py`); the engine of the settings tells a worker (`ingest/engine.py`),
and `manage.py worker` takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import User

from timeline.extraction.records import Record, UnreadableDocument
from timeline.ingest import work
from timeline.ingest.asked import lines_of
from timeline.ingest.connections import NotFetched
from timeline.ingest.inputs import READ as KINDS_OF_FILES
from timeline.ingest.opml import follow, read_opml, write_opml
from timeline.ingest.reader import read_apart
from timeline.ingest.run import IngestResult, ingest
from timeline.ingest.web import is_web_address, plain_address, record_at, visitor
from timeline.ingest.work import progress_of
from timeline.models import Feed, Publisher, Work, Worker

__all__ = [
    "KINDS_OF_FILES",
    "feeds_as_opml",
    "fetch_article",
    "fetch_later",
    "fetch_refused_again",
    "follow_listed",
    "go_on_with",
    "index_later",
    "is_worker_alive",
    "look_through_later",
    "progress_of",
    "read_again_later",
    "read_article",
    "read_later",
    "stop_work",
]


def read_article(content: bytes, url: str = "", publisher: str = "") -> IngestResult:
    """Read a pasted or uploaded article in a child process, then store it here."""
    record = Record(id="pasted", content=content, url=url or None, publisher=publisher or None)
    return ingest(record, read=read_apart)


def fetch_article(url: str, publisher: str = "") -> IngestResult:
    """Fetch the article at an address, read it in a child process, and store it here."""
    try:
        record = record_at(plain_address(url), visitor(), publisher=publisher)
    except NotFetched as error:
        return IngestResult.refused(str(error))
    return ingest(record, read=read_apart)


def is_worker_alive() -> bool:
    """Whether what is asked for now is read soon."""
    return Worker.objects.alive(datetime.now(UTC)).exists()


def read_later(name: str, content: bytes, *, by: User, publisher: str = "") -> Work:
    """Have a file or an archive of articles read by a worker; a text of nothing but addresses is a list of them."""
    lines = lines_of(content[:1_000_000]) if name.lower().endswith((".txt", ".csv")) else []
    is_list = bool(lines) and len(content) < 1_000_000 and all(map(is_web_address, lines))
    kind = Work.Kind.ADDRESSES if is_list else Work.Kind.FILE
    return work.ask(kind, name, content, by=by, publisher=publisher)


def fetch_later(urls: list[str], *, by: User, publisher: str = "") -> Work:
    """Have the articles at some addresses fetched and read by a worker."""
    name = urls[0] if len(urls) == 1 else f"{len(urls)} addresses"
    return work.ask(Work.Kind.ADDRESSES, name, "\n".join(urls).encode(), by=by, publisher=publisher)


def read_again_later(*, by: User, publisher: Publisher | None = None, all_of_them: bool = False) -> Work | None:
    """Have stored articles read with the rules of today; the work that is under way, where there is some, and None
    where no article is left to read."""
    going = work.under_way(Work.Kind.REREAD)
    return going or work.ask_to_read_again(by=by, publisher=publisher, all_of_them=all_of_them)


def look_through_later(*, by: User) -> Work:
    """Have all that is stored looked through for doubles, unless that is under way."""
    return work.under_way(Work.Kind.SUGGEST) or work.ask_to_look_through(by=by)


def index_later(*, by: User) -> Work:
    """Have the index of the search built anew, unless that is under way."""
    return work.under_way(Work.Kind.REINDEX) or work.ask_to_rebuild(by=by)


def stop_work(asked: Work, by: User) -> int:
    """Read no further; how many parts are stopped."""
    return work.stop(asked, by.get_username())


def go_on_with(asked: Work) -> int:
    """Read on what was stopped or has failed; how many parts wait again."""
    return work.go_on(asked, datetime.now(UTC))


def fetch_refused_again(asked: Work, by: User) -> Work | None:
    """Ask once more for the addresses that were refused."""
    return work.ask_for_refused(asked, by)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a list of feeds."""

    fresh: int = 0
    known: int = 0
    failure: str = ""


def follow_listed(content: bytes) -> Followed:
    """Follow the feeds of an OPML file."""
    try:
        return Followed(*follow(read_opml(content)))
    except UnreadableDocument as error:
        return Followed(failure=str(error))


def feeds_as_opml() -> bytes:
    """All feeds as an OPML file."""
    return write_opml(Feed.objects.all())
