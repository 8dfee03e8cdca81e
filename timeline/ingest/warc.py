"""The pages in a web archive: WARC and ARC files, packed or not, as crawlers and libraries keep them."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from timeline.extraction.records import LARGEST, Record
from timeline.ingest.fetch import PAGES, media_type_of

BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError)
# The library would write the bytes of a broken archive to the terminal, as they are.
logging.getLogger("warcio").setLevel(logging.ERROR)


class Records(ArchiveIterator):  # type: ignore[misc]
    """Those of an archive, without a word on standard error."""

    INC_RECORD = ""


def count_web_archive(stream: IO[bytes]) -> int:
    """How many pages an archive holds, as far as it can be read."""
    number = 0
    with contextlib.suppress(*BROKEN):
        for record in Records(stream, arc2warc=True):
            number += _is_page(record)
    return number


def read_web_archive(stream: IO[bytes], name: str) -> Iterator[Record | tuple[str, str]]:
    """The pages that servers answered with, and what was kept as a page; pictures, scripts and redirects are none."""
    number = 0
    try:
        for record in Records(stream, arc2warc=True):
            if _is_page(record):
                number += 1
                yield _page(record, f"{name}, page {number}")
    except BROKEN as error:
        yield name, f"the archive is broken after {number} pages ({type(error).__name__})"
        return
    if not number:
        yield name, "no page in this archive"


def _is_page(record: Any) -> bool:
    media_type, _ = media_type_of(_type_of(record))
    if record.rec_type == "response":
        return bool(record.http_headers) and record.http_headers.get_statuscode() == "200" and media_type in PAGES
    return record.rec_type == "resource" and media_type in PAGES


def _type_of(record: Any) -> str:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return (headers.get_header("Content-Type") or "").strip() if headers else ""


def _page(record: Any, name: str) -> Record | tuple[str, str]:
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    try:
        content = record.content_stream().read(LARGEST + 1)
    except BROKEN as error:
        return address or name, f"its bytes are broken ({type(error).__name__})"
    _, charset = media_type_of(_type_of(record))
    return Record(id=address or name, content=content, url=address or None, charset=charset or None)
