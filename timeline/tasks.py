"""Background doors: primitives in, one call."""

from __future__ import annotations

from timeline.extraction.records import Record
from timeline.ingest.reader import read_apart
from timeline.ingest.run import IngestResult, ingest


def read_article(content: bytes, url: str = "", publisher: str = "") -> IngestResult:
    """Read a pasted or uploaded article in a child process, then store it here."""
    record = Record(id="pasted", content=content, url=url or None, publisher=publisher or None)
    return ingest(record, read=read_apart)
