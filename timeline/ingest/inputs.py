"""What can be given to be read: files, folders and archives of articles, addresses of the web, standard input.

An input is a record, or the name of one that cannot be read and why: a broken article costs no other one.
"""

from __future__ import annotations

import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from timeline.extraction.records import LARGEST, Record
from timeline.ingest.connections import NotFetched
from timeline.ingest.mail import read_mail
from timeline.ingest.robots import Visitor
from timeline.ingest.tables import count_lines, count_table, read_lines, read_table
from timeline.ingest.warc import count_web_archive, read_web_archive
from timeline.ingest.web import is_web_address, record_at

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it, which reads no such files
    LZMAError = zlib.error  # type: ignore[misc, assignment]

Input = Record | tuple[str, str]
# What Python's library says of a ZIP file that is broken, of another kind than it says, or of a kind it does not know.
BROKEN = (EOFError, RuntimeError, ValueError, OverflowError, struct.error, zipfile.BadZipFile, zlib.error, LZMAError)
STANDARD = "-"
PAGES = (".html", ".htm", ".xhtml", ".txt", ".md", ".pdf")
MAIL = ".eml"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that holds several articles: how many, and which. Both are given the stream at its beginning."""

    count: Callable[[IO[bytes]], int]
    read: Callable[[IO[bytes], str], Iterator[Input]]


LINES = Kind(count_lines, read_lines)
TABLE = Kind(count_table, read_table)
WEB_ARCHIVE = Kind(count_web_archive, read_web_archive)


def read_zip(stream: IO[bytes], name: str) -> Iterator[Input]:
    """The articles in a ZIP file, and in the tables and web archives in it; what is no article is passed over."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in filter(_is_read, archive.infolist()):
                yield from _member(archive, member, f"{name}/{member.filename}")
    except BROKEN as error:
        yield name, f"not a ZIP file that can be read ({error})"


def count_zip(stream: IO[bytes]) -> int:
    """How many articles a ZIP file holds, as far as it can be read."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return sum(_count_member(archive, member) for member in filter(_is_read, archive.infolist()))
    except BROKEN:
        return 1


ZIP = Kind(count_zip, read_zip)
IN_ZIP = {
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".warc": WEB_ARCHIVE,
    ".warc.gz": WEB_ARCHIVE,
    ".arc": WEB_ARCHIVE,
    ".arc.gz": WEB_ARCHIVE,
}
KINDS = {**IN_ZIP, ".zip": ZIP}
# What is read of a folder; another file is read where it is named itself.
READ = (*PAGES, MAIL, *KINDS)


def sources_of(given: str) -> list[str | tuple[str, str]]:
    """The files that a path stands for, and what of it cannot be opened; what is no folder stands for itself."""
    if given == STANDARD or is_web_address(given) or not Path(given).is_dir():
        return [given]
    closed: list[tuple[str, str]] = []
    walk = os.walk(given, onerror=lambda error: closed.append((str(error.filename), error.strerror or str(error))))
    files = [str(Path(folder, name)) for folder, _, names in walk for name in names if name.lower().endswith(READ)]
    if not files and not closed:
        return [(given, f"no file of these kinds in this folder: {', '.join(READ)}")]
    return [*sorted(files), *closed]


def count(source: str, kind: Kind | None = None) -> int:
    """How many articles a source holds; 1 where that is not to be known before they are read."""
    kind = kind or kind_of(source)
    if kind is None or source == STANDARD or is_web_address(source):
        return 1
    try:
        with _opened(source) as stream:
            return kind.count(stream) if stream.seekable() else 1
    except OSError:
        return 1


def read(source: str, visitor: Visitor, kind: Kind | None = None) -> Iterator[Input]:
    """The articles of a source, one after another. `kind` is what it holds, where its name does not say it."""
    kind = kind or (None if is_web_address(source) else kind_of(source))
    try:
        if is_web_address(source):
            yield record_at(source, visitor)
        elif source == STANDARD:
            yield from _articles(sys.stdin.buffer, source, kind)
        else:
            with _opened(source) as stream:
                yield from _articles(stream, source, kind)
    except NotFetched as error:
        yield source, str(error)
    except OSError as error:
        yield source, error.strerror or str(error)


def count_stream(stream: IO[bytes], name: str) -> int:
    """How many articles an open file holds, by what its name says that it is, as far as it can be read."""
    kind = kind_of(name)
    return kind.count(stream) if kind else 1


def read_stream(stream: IO[bytes], name: str) -> Iterator[Input]:
    """The articles of an open file, one after another and each time in the same order."""
    yield from _articles(stream, name, kind_of(name))


def kind_of(name: str) -> Kind | None:
    """What a file with several articles holds, by its name; None for a file that is one article."""
    return _kind(name, KINDS)


def _kind(name: str, kinds: dict[str, Kind]) -> Kind | None:
    return next((kind for ending, kind in kinds.items() if name.lower().endswith(ending)), None)


def _articles(stream: IO[bytes], name: str, kind: Kind | None) -> Iterable[Input]:
    """The articles of a stream; of one that is larger than what is read, no more than shows it."""
    if kind is not None:
        return kind.read(stream, name)
    content = stream.read(LARGEST + 1)
    if name.lower().endswith(MAIL):
        return [read_mail(content, name)]
    return [Record(id=name, content=content)]


def _opened(name: str) -> IO[bytes]:
    path = Path(name)
    if path.is_socket() or path.is_block_device():
        raise OSError("a device or a socket")
    return path.open("rb")


# --- in a ZIP file -----------------------------------------------------------------------------------------------


def _is_read(member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    return not member.is_dir() and name.endswith((*PAGES, MAIL, *IN_ZIP)) and not name.startswith("__macosx/")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Input]:
    try:
        with archive.open(member) as stream:
            yield from _articles(stream, name, _kind(name, IN_ZIP))
    except (OSError, *BROKEN) as error:
        reason = "it needs a password" if member.flag_bits & 1 else f"it is broken ({type(error).__name__})"
        yield name, reason


def _count_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    kind = _kind(member.filename, IN_ZIP)
    if kind is None:
        return 1
    try:
        with archive.open(member) as stream:
            return kind.count(stream)
    except (OSError, *BROKEN):
        return 1
