"""manage.py reextract [--dry-run] [--article UID] [--publisher NAME] [--since DAY] [--older-than-version VERSION]"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure
from django.db.models import TextField, Value
from django.db.models.functions import Coalesce, NullIf
from tqdm import tqdm

from timeline.extraction.version import VERSION
from timeline.ingest.again import Again, Change, articles_read_before, of_other_rules, read_again
from timeline.ingest.reader import Reader
from timeline.management.commands.ingest import INTERRUPTED, NOT_WRITABLE, SOME_REFUSED, plain
from timeline.models import Publisher

KINDS = {"comes": "come", "changes": "change", "goes": "go"}


class Command(BaseCommand):
    help = (
        "Read stored articles again with the rules of today, from the bytes that were kept. An article stays the same "
        "row, and so does what it still says; what a person has set, merged, split, rejected or deleted stays so. "
        "Articles that these rules have read already are passed over, so that a run that broke off goes on where it "
        "ended; those named by --article are always read. Exit code 0: nothing refused; 3: some refused; 4: the "
        "database is not writable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than-version", default="", metavar="VERSION", help="only what older rules than these have read"
        )
        parser.add_argument("--article", action="append", default=[], metavar="UID", help="may be given several times")
        parser.add_argument("--publisher", default="", metavar="NAME", help="only articles of this publisher")
        parser.add_argument(
            "--since", default="", metavar="DAY", help="only what was published on this day or later: 2025-03-02"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print what each by itself would change, and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.outcomes: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.refused: list[str] = []
        self.rehearse: bool = options["dry_run"]
        code = 0
        try:
            self._read_all(*self._chosen(options))
        except DatabaseFailure as error:
            self.stderr.write(plain(f"The database cannot be read or written: {error}"))
            self.stderr.write("What was read again before is kept; run it again.")
            code = NOT_WRITABLE
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What was read again before is kept; run it again, and it goes on.")
            code = INTERRUPTED
        for line in self.refused:
            self.stderr.write(line)
        self.stdout.write(self._summary())
        if code or self.refused:
            sys.exit(code or SOME_REFUSED)

    def _chosen(self, options: dict[str, Any]) -> tuple[list[tuple[int, str, str]], int]:
        """The articles to read, each with its uid and title, and how many of the rules of today are passed over."""
        if options["older_than_version"] and not any(map(str.isdigit, options["older_than_version"])):
            raise CommandError(f"--older-than-version is a number such as {VERSION}")
        houses = list(Publisher.objects.named(options["publisher"])) if options["publisher"] else []
        if options["publisher"] and not houses:
            raise CommandError(f"no publisher is called {options['publisher']!r}")
        try:
            since = date.fromisoformat(options["since"]) if options["since"] else None
        except ValueError as error:
            raise CommandError(f"--since is a day such as 2025-03-02, not {options['since']!r}") from error
        wanted = articles_read_before(
            older_than=options["older_than_version"], uids=options["article"], publishers=houses, since=since
        )
        reading = wanted if options["article"] else of_other_rules(wanted)
        name = Coalesce(NullIf("title", Value("")), "url", output_field=TextField())
        rows = list(reading.order_by("pk").values_list("pk", "uid", name))
        missing = set(options["article"]) - {uid for _, uid, _ in rows}
        if missing and not (options["publisher"] or since or options["older_than_version"]):
            raise CommandError(f"no current article has the uid {', '.join(sorted(missing))}")
        return rows, wanted.count() - len(rows)

    def _read_all(self, rows: list[tuple[int, str, str]], passed: int) -> None:
        self.outcomes["passed"] = passed
        progress = tqdm(rows, unit=" articles", disable=None, file=self.stderr._out, dynamic_ncols=True)
        with Reader() as read, progress:
            for pk, uid, title in progress:
                self._note(f"{uid} {title}".strip(), read_again(pk, read=read, rehearse=self.rehearse))
                progress.set_postfix(self.changes)

    def _note(self, name: str, found: Again) -> None:
        self.outcomes[found.outcome] += 1
        self.changes.update(change.kind for change in found.changes)
        if found.outcome == "refused":
            self.refused.append(f"refused {plain(name, 200)}: {plain(found.reason)}")
        if found.loose:
            self._say(f"{name}: {found.loose} passages that people rely on are not in the new text; they stay as words")
        if self.rehearse and found.changes:
            self._say(name)
            for change in found.changes:
                self._show(change)

    def _show(self, change: Change) -> None:
        self._say(f"  would {KINDS[change.kind]}: {change.what} {change.title}")
        for field, before, after in change.values:
            self._say(f"    {field}: {before or '(nothing)'} -> {after or '(nothing)'}")

    def _say(self, line: str) -> None:
        tqdm.write(plain(line), file=self.stdout._out)

    def _summary(self) -> str:
        read = f"{self.outcomes['read']} {'would be read again' if self.rehearse else 'read again'}"
        would = "would " if self.rehearse else ""
        entries = ", ".join(f"{self.changes[kind]} {would}{word}" for kind, word in KINDS.items())
        gone = f"{self.outcomes['gone']} gone meanwhile, " if self.outcomes["gone"] else ""
        passed = f"{self.outcomes['passed']} passed over, of rules {VERSION} already"
        return f"{read}, {self.outcomes['refused']} refused, {gone}{passed}; entries: {entries}"
