"""Background doors: primitives in, one call."""

from __future__ import annotations

from timeline.extraction.documents import UnreadableDocument
from timeline.extraction.interchange import Record
from timeline.extraction.language import NoModel
from timeline.ingest.reader import ReaderStopped, read_apart
from timeline.ingest.run import IngestResult, keep
from timeline.ingest.versions import find_same


def read_article(content: bytes, url: str = "", publisher: str = "") -> IngestResult:
    """Read a pasted or uploaded article in a child process, then store it here."""
    record = Record(id="pasted", content=content, url=url or None, publisher=publisher or None)
    same = find_same(content, url)
    if same is not None:
        return IngestResult.duplicate(same)
    try:
        extraction = read_apart(record)
    except (UnreadableDocument, NoModel, ReaderStopped) as error:
        return IngestResult.refused(str(error))
    return keep(record, extraction)
