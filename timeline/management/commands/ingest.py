"""manage.py ingest PATH... | - | --jsonl FILE"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from timeline.extraction.interchange import read
from timeline.extraction.records import Record, UnreadableDocument, parse_record, record_id
from timeline.ingest.run import IngestResult, ingest, preview
from timeline.reconciliation.plan import Create, Keep, Leave, Update

READ = (".html", ".htm", ".xhtml", ".txt", ".md")
SOME_REFUSED, NOT_WRITABLE = 3, 4

# A record, or the name of one that is none and why.
Input = Record | tuple[str, str]


class Command(BaseCommand):
    help = (
        "Read articles into the chronology: HTML or text files, folders of them, “-” for standard input, or records "
        "in JSON Lines. Every input ends taken, duplicate (read before) or refused with its reason. Reading again what "
        "was read before changes nothing. Exit code 0: nothing refused; 3: some refused; 4: the database is not "
        "writable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input")
        parser.add_argument("--jsonl", metavar="FILE", help="records, one a line; - for standard input")
        parser.add_argument("--url", default="", help="the address of the article, for a single input")
        parser.add_argument("--publisher", default="", help="the publisher of the articles, where they do not say it")
        parser.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["paths"]) == bool(options["jsonl"]):
            raise CommandError("give files or folders, or --jsonl FILE")
        if options["jsonl"]:
            lines = _lines(options["jsonl"])
            inputs: Iterator[Input]
            total, inputs = len(lines), (_record(*line) for line in lines)
        else:
            files = [file for path in options["paths"] for file in _files(path)]
            if options["url"] and len(files) != 1:
                raise CommandError(f"--url is for a single input, there are {len(files)}")
            total, inputs = len(files), (_content(f, options["url"], options["publisher"]) for f in files)
        outcomes: Counter[str] = Counter()
        made: Counter[str] = Counter()
        refused: list[str] = []
        try:
            with tqdm(
                inputs, total=total, unit=" articles", disable=None, file=self.stderr._out, dynamic_ncols=True
            ) as progress:
                for item in progress:
                    name, result = self._take(item, dry_run=options["dry_run"])
                    outcomes[result.outcome] += 1
                    made.update(events=result.events, statements=result.statements, review=result.review)
                    progress.set_postfix(outcomes)
                    if result.outcome == "refused":
                        refused.append(f"refused {name}: {result.reason}")
                    for warning in result.warnings:
                        tqdm.write(f"warning {name}: {warning}", file=self.stderr._out)
        except DatabaseError as error:
            self.stderr.write(f"The database is not writable: {error}. What was taken before is kept; run it again.")
            self._summary(outcomes, made)
            sys.exit(NOT_WRITABLE)
        for line in refused:
            self.stderr.write(line)
        self._summary(outcomes, made)
        if refused:
            sys.exit(SOME_REFUSED)

    def _take(self, item: Input, *, dry_run: bool) -> tuple[str, IngestResult]:
        if isinstance(item, tuple):
            return item[0], IngestResult.refused(item[1])
        return item.id, self._preview(item) if dry_run else ingest(item, read=read)

    def _preview(self, record: Record) -> IngestResult:
        steps = preview(record, read=read)
        if isinstance(steps, IngestResult):
            return steps
        self.stdout.write(f"{record.id}")
        for step in steps:
            match step:
                case Create(what=what, values=values):
                    self.stdout.write(f"  create {what}: {values.get('title') or values.get('name') or values['text']}")
                case Update(what=what, uid=uid, values=values):
                    self.stdout.write(f"  update {what} {uid}: {', '.join(values)}")
                case Keep(what=what, uid=uid):
                    self.stdout.write(f"  keep {what} {uid}")
                case Leave(what=what, reason=reason):
                    self.stdout.write(f"  leave {what}: {reason}")
        return IngestResult(outcome="taken")

    def _summary(self, outcomes: Counter[str], made: Counter[str]) -> None:
        self.stdout.write(
            f"{outcomes['taken']} taken, {outcomes['duplicate']} duplicate, {outcomes['refused']} refused; "
            f"{made['events']} events, {made['statements']} statements, {made['review']} to review"
        )


def _files(given: str) -> list[str]:
    """The files that a path stands for; a path that is no folder stands for itself."""
    path = Path(given)
    if given == "-" or not path.is_dir():
        return [given]
    return sorted(str(file) for file in path.rglob("*") if file.suffix.lower() in READ) or [given]


def _content(name: str, url: str, publisher: str) -> Input:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except IsADirectoryError:
        return name, f"no {', '.join(READ)} file in this folder"
    except OSError as error:
        return name, error.strerror or str(error)
    return Record(id=name, content=content, url=url or None, publisher=publisher or None)


def _lines(given: str) -> list[tuple[int, str]]:
    try:
        content = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
    except OSError as error:
        raise CommandError(f"{given}: {error.strerror or error}") from error
    lines = (raw.decode("utf-8", "replace") for raw in content.split(b"\n"))
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _record(number: int, line: str) -> Input:
    try:
        return parse_record(line, fallback_id=f"line {number}")
    except UnreadableDocument as error:
        return record_id(line) or f"line {number}", str(error)
