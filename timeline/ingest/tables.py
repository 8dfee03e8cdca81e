"""Articles in rows: JSON Lines as the interface describes them, and CSV with a column for the text or the page.

Every row is an input of its own: one that is broken is named with its reason, and the others are read.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from timeline.extraction.records import LARGEST, Record, UnreadableDocument, parse_record, record_id

# JSON writes some characters as six bytes.
LONGEST_LINE = 6 * LARGEST
CHUNK = 1 << 20  # bytes
# What the columns of a table may be called; the first is the name that is told where none is there.
COLUMNS = {
    "text": ("text", "content", "body", "article", "full_text", "fulltext"),
    "html": ("html", "page"),
    "url": ("url", "link", "address", "web_url"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "pub_date", "publication_date"),
    "publisher": ("publisher", "publication", "source", "outlet", "newspaper"),
    "id": ("id", "article_id"),
}
DELIMITERS = ",;\t|"


def count_lines(stream: IO[bytes]) -> int:
    """How many records a stream of JSON Lines holds."""
    return sum(1 for line in stream if line.strip())


def read_lines(stream: IO[bytes], name: str) -> Iterator[Record | tuple[str, str]]:
    """The records of JSON Lines; `name` is not told, each line has a name of its own."""
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield f"line {number}", f"a line of more than {LONGEST_LINE // 1_000_000} MB"
        elif raw.strip():
            yield _record(number, raw.decode("utf-8", "replace"))


def _record(number: int, line: str) -> Record | tuple[str, str]:
    try:
        return parse_record(line, fallback_id=f"line {number}")
    except UnreadableDocument as error:
        return record_id(line) or f"line {number}", str(error)


def count_table(stream: IO[bytes]) -> int:
    """How many rows a table holds below its head, as far as it can be read."""
    rows = _rows(stream)
    try:
        return max(sum(1 for row in rows if any(row)) - 1, 0)
    except csv.Error:
        return 1


def read_table(stream: IO[bytes], name: str) -> Iterator[Record | tuple[str, str]]:
    """The rows of a CSV file, any of the usual delimiters, UTF-8 or Windows-1252; its first row names the columns."""
    rows = _rows(stream)
    try:
        head = next(rows, [])
        columns = _columns(head)
        if "text" not in columns and "html" not in columns:
            found = ", ".join(title[:40] for title in head[:12]) or "none"
            yield name, f"no column is called text or html; its columns: {found}"
            return
        for number, row in enumerate(rows, start=2):
            if any(row):
                yield _article(f"{name}, row {number}", row, columns)
    except csv.Error as error:
        yield name, f"not a table from here on: {error}"


def _rows(stream: IO[bytes]) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST)
    start = stream.read(CHUNK)
    rest = io.BufferedReader(_Joined(start, stream))
    text = io.TextIOWrapper(rest, encoding=_encoding(start), errors="replace", newline="")
    head = start.partition(b"\n")[0].decode("latin-1")
    delimiter = max(DELIMITERS, key=head.count)
    return csv.reader((line.replace("\0", "\ufffd") for line in text), delimiter=delimiter)


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8-sig"


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [title.strip().lower().replace(" ", "_") for title in head]
    found = {}
    for column, spellings in COLUMNS.items():
        place = next((names.index(spelling) for spelling in spellings if spelling in names), None)
        if place is not None:
            found[column] = place
    return found


def _article(name: str, row: Sequence[str], columns: Mapping[str, int]) -> Record | tuple[str, str]:
    given = {column: row[place].strip() for column, place in columns.items() if place < len(row)}
    html, text = given.get("html"), given.get("text")
    if not html and not text:
        return given.get("url") or name, "the row has no text"
    return Record(
        id=given.get("url") or given.get("id") or name,
        html=html or None,
        text=None if html else text,
        url=given.get("url") or None,
        title=given.get("title") or None,
        published=given.get("published") or None,
        publisher=given.get("publisher") or None,
    )


class _Joined(io.RawIOBase):
    """A stream whose beginning was read already, put together again."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self.start, self.rest = memoryview(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.start:
            size = min(len(buffer), len(self.start))
            buffer[:size], self.start = self.start[:size], self.start[size:]
            return size
        found = self.rest.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
