"""manage.py ingest PATH... | URL... | - | --jsonl FILE"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure
from tqdm import tqdm

from timeline.extraction.records import LARGEST, Record, UnreadableDocument, parse_record, record_id
from timeline.ingest.connections import NotFetched
from timeline.ingest.reader import Reader
from timeline.ingest.robots import Visitor
from timeline.ingest.run import IngestResult, ingest, preview
from timeline.ingest.web import is_web_address, record_at, visitor
from timeline.reconciliation.steps import (
    Create,
    Keep,
    Leave,
    Update,
)

READ = (".html", ".htm", ".xhtml", ".txt", ".md")
SOME_REFUSED, NOT_WRITABLE, INTERRUPTED = 3, 4, 130
# JSON writes some characters as six bytes.
LONGEST_LINE = 6 * LARGEST
LONGEST_NAME, LONGEST_NOTE = 200, 500

# A record, or the name of one that is none and why.
Input = Record | tuple[str, str]


class Command(BaseCommand):
    help = (
        "Read articles into the chronology: HTML or text files, folders of them, addresses of the web, “-” for "
        "standard input, or records in JSON Lines. Every input ends taken, duplicate (read before) or refused with its "
        "reason. Reading again what was read before changes nothing. Exit code 0: nothing refused; 3: some refused; "
        "4: the database is not writable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", help="a file, a folder, https://…, or - for standard input"
        )
        parser.add_argument("--jsonl", metavar="FILE", help="records, one a line; - for standard input")
        parser.add_argument("--url", default="", help="the address of the article, for a single input")
        parser.add_argument("--publisher", default="", help="the publisher of the articles, where they do not say it")
        parser.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["paths"]) == bool(options["jsonl"]):
            raise CommandError("give files, folders or addresses, or --jsonl FILE")
        if options["jsonl"] and options["url"]:
            raise CommandError("--url is for a single file; records carry their own")
        self.outcomes: Counter[str] = Counter()
        self.made: Counter[str] = Counter()
        self.refused: list[str] = []
        code = 0
        try:
            with Reader() as read:
                for item in self._inputs(options):
                    self._note(*self._take(item, read, dry_run=options["dry_run"]))
        except DatabaseFailure as error:
            self.stderr.write(plain(f"The database cannot be written: {error}"))
            if "no such table" in str(error) or "does not exist" in str(error):
                self.stderr.write("`manage.py migrate` makes its tables.")
            self.stderr.write("What was taken before is kept; run it again.")
            code = NOT_WRITABLE
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What was taken before is kept; run it again.")
            code = INTERRUPTED
        for line in self.refused:
            self.stderr.write(line)
        self.stdout.write(
            f"{self.outcomes['taken']} taken, {self.outcomes['duplicate']} duplicate, "
            f"{self.outcomes['refused']} refused; {self.made['events']} events, {self.made['statements']} statements, "
            f"{self.made['review']} to review"
        )
        if code or self.refused:
            sys.exit(code or SOME_REFUSED)

    # --- one input -----------------------------------------------------------------------------------------------

    def _take(self, item: Input, read: Reader, *, dry_run: bool) -> tuple[str, IngestResult]:
        if isinstance(item, tuple):
            return item[0], IngestResult.refused(item[1])
        return item.id, self._preview(item, read) if dry_run else ingest(item, read=read)

    def _preview(self, record: Record, read: Reader) -> IngestResult:
        steps = preview(record, read=read)
        if isinstance(steps, IngestResult):
            return steps
        self._say(record.id)
        for step in steps:
            match step:
                case Create(what=what, values=values):
                    self._say(f"  create {what}: {values.get('title') or values.get('name') or values['text']}")
                case Update(what=what, uid=uid, values=values):
                    self._say(f"  update {what} {uid}: {', '.join(values)}")
                case Keep(what=what, uid=uid):
                    self._say(f"  keep {what} {uid}")
                case Leave(what=what, reason=reason):
                    self._say(f"  leave {what}: {reason}")
        return IngestResult(outcome="taken")

    def _say(self, line: str) -> None:
        tqdm.write(plain(line), file=self.stdout._out)

    def _note(self, name: str, result: IngestResult) -> None:
        self.outcomes[result.outcome] += 1
        self.made.update(events=result.events, statements=result.statements, review=result.review)
        self.progress.set_postfix(self.outcomes)
        if result.outcome == "refused":
            self.refused.append(f"refused {plain(name, LONGEST_NAME)}: {plain(result.reason)}")
        for warning in result.warnings:
            tqdm.write(f"warning {plain(name, LONGEST_NAME)}: {plain(warning)}", file=self.stderr._out)

    # --- all inputs ----------------------------------------------------------------------------------------------

    def _inputs(self, options: dict[str, Any]) -> Iterator[Input]:
        if options["jsonl"]:
            inputs, total = _records(options["jsonl"], options["publisher"])
        else:
            found = [file for path in options["paths"] for file in _files(path)]
            if options["url"] and len(found) != 1:
                raise CommandError(f"--url is for a single input, there are {len(found)}")
            visits = visitor()
            inputs = (
                _content(f, options["url"], options["publisher"], visits) if isinstance(f, str) else f for f in found
            )
            total = len(found)
        self.progress = tqdm(
            inputs, total=total, unit=" articles", disable=None, file=self.stderr._out, dynamic_ncols=True
        )
        with self.progress:
            yield from self.progress


def plain(text: str, longest: int = LONGEST_NOTE) -> str:
    """One line that moves no cursor, whatever the name of a file or the id of a record holds."""
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:longest])
    return line + ("…" if len(text) > longest else "")


# --- files -------------------------------------------------------------------------------------------------------


def _files(given: str) -> Iterable[str | tuple[str, str]]:
    """The files that a path stands for, and what of it cannot be opened; a path that is no folder stands for itself."""
    if given == "-" or is_web_address(given) or not Path(given).is_dir():
        return [given]
    closed: list[tuple[str, str]] = []
    walk = os.walk(given, onerror=lambda error: closed.append((str(error.filename), error.strerror or str(error))))
    files = [str(Path(folder, name)) for folder, _, names in walk for name in names if name.lower().endswith(READ)]
    if not files and not closed:
        return [(given, f"no {', '.join(READ)} file in this folder")]
    return [*sorted(files), *closed]


def _content(name: str, url: str, publisher: str, visits: Visitor) -> Input:
    """What a file or an address holds; of a file that is larger than what is read, no more than shows it."""
    try:
        if is_web_address(name):
            return record_at(name, visits, publisher=publisher)
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with _opened(name) as stream:
                content = stream.read(LARGEST + 1)
    except NotFetched as error:
        return name, str(error)
    except OSError as error:
        return name, error.strerror or str(error)
    return Record(id=name, content=content, url=url or None, publisher=publisher or None)


def _opened(name: str) -> IO[bytes]:
    path = Path(name)
    if path.is_socket() or path.is_block_device():
        raise OSError("a device or a socket")
    return path.open("rb")


# --- records -----------------------------------------------------------------------------------------------------


def _records(given: str, publisher: str) -> tuple[Iterator[Input], int | None]:
    """The records of a file, read line by line, and how many there are where it can be told beforehand."""
    if given == "-":
        return _lines(sys.stdin.buffer, publisher), None
    try:
        stream = _opened(given)
        total = None
        if stream.seekable():
            total = sum(1 for line in stream if line.strip())
            stream.seek(0)
    except OSError as error:
        return iter([(given, error.strerror or str(error))]), 1
    return _lines(stream, publisher), total


def _lines(stream: IO[bytes], publisher: str) -> Iterator[Input]:
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield f"line {number}", f"a line of more than {LONGEST_LINE // 1_000_000} MB"
        elif raw.strip():
            yield _record(number, raw.decode("utf-8", "replace"), publisher)


def _record(number: int, line: str, publisher: str) -> Input:
    try:
        record = parse_record(line, fallback_id=f"line {number}")
    except UnreadableDocument as error:
        return record_id(line) or f"line {number}", str(error)
    return replace(record, publisher=record.publisher or publisher or None)
