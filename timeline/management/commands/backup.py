"""manage.py backup FILE"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.operation.backup import NotDone, back_up


class Command(BaseCommand):
    help = (
        "Write the whole database to a file, while the site runs: articles as they came, what was read, and what "
        "people have put right. The file appears whole or not at all; `manage.py restore FILE` brings it back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace the file, if there is one")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if target.exists() and not options["replace"]:
            raise CommandError(f"{target} is there already; --replace replaces it")
        try:
            with tqdm(unit=" pages", disable=None, file=self.stderr._out, leave=False) as bar:
                back_up(target, lambda done, of: show(bar, done, of))
        except NotDone as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror or error}") from error
        self.stdout.write(f"{target}: {target.stat().st_size:,} bytes")


def show(bar: Any, done: int, of: int) -> None:
    """How far a copy is."""
    bar.total, bar.n = of, done
    bar.refresh()
