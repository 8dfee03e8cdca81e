"""manage.py ingest PATH... | URL... | - | --jsonl FILE"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure
from tqdm import tqdm

from timeline.extraction.records import Record
from timeline.ingest import inputs
from timeline.ingest.inputs import Input
from timeline.ingest.reader import Reader
from timeline.ingest.run import IngestResult, ingest, preview
from timeline.ingest.web import visitor
from timeline.reconciliation.steps import (
    Create,
    Keep,
    Leave,
    Update,
)

SOME_REFUSED, NOT_WRITABLE, INTERRUPTED = 3, 4, 130
LONGEST_NAME, LONGEST_NOTE = 200, 500


class Command(BaseCommand):
    help = (
        "Read articles into the chronology: pages, texts, PDF files and mails; JSON Lines, CSV tables, web archives "
        "and ZIP files of them; folders; addresses of the web; “-” for standard input. Every input ends taken, "
        "duplicate (read before) or refused with its reason. Reading again what was read before changes nothing. "
        "Exit code 0: nothing refused; 3: some refused; 4: the database is not writable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", help="a file or archive, a folder, https://…, or - for standard input"
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
            sources: list[str | tuple[str, str]] = [options["jsonl"]]
        else:
            sources = [source for path in options["paths"] for source in inputs.sources_of(path)]
        kind = inputs.LINES if options["jsonl"] else None
        total = sum(inputs.count(source, kind) if isinstance(source, str) else 1 for source in sources)
        if options["url"] and total != 1:
            raise CommandError(f"--url is for a single input, there are {total}")
        visits = visitor()
        with tqdm(total=total, unit=" articles", disable=None, file=self.stderr._out, dynamic_ncols=True) as progress:
            self.progress = progress
            for source in sources:
                for item in inputs.read(source, visits, kind) if isinstance(source, str) else [source]:
                    yield _with_given(item, options["url"], options["publisher"])
                    progress.update()


def _with_given(item: Input, url: str, publisher: str) -> Input:
    if isinstance(item, tuple):
        return item
    return replace(item, url=item.url or url or None, publisher=item.publisher or publisher or None)


def plain(text: str, longest: int = LONGEST_NOTE) -> str:
    """One line that moves no cursor, whatever the name of a file or the id of a record holds."""
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:longest])
    return line + ("…" if len(text) > longest else "")
