"""Background doors: primitives in, one call."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.extraction.records import Record, UnreadableDocument
from timeline.ingest.connections import NotFetched
from timeline.ingest.opml import follow, read_opml, write_opml
from timeline.ingest.reader import read_apart
from timeline.ingest.run import IngestResult, ingest
from timeline.ingest.web import plain_address, record_at, visitor
from timeline.models import Feed


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
