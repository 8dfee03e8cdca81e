"""manage.py restore FILE"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.management.commands.backup import show
from timeline.operation.backup import NotDone, bring_back, is_empty


class Command(BaseCommand):
    help = (
        "Bring back what `manage.py backup` has written, in the place of all that the database holds, and bring its "
        "tables up to this version. A database with articles is replaced only with --replace."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace articles and events that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"]
        if not options["replace"] and not is_empty():
            raise CommandError(
                "the database holds articles or events, which would be lost; put them aside with `manage.py backup`, "
                "then give --replace"
            )
        try:
            with tqdm(unit=" pages", disable=None, file=self.stderr._out, leave=False) as bar:
                bring_back(source, lambda done, of: show(bar, done, of))
        except NotDone as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{source}: {error.strerror or error}") from error
        call_command("migrate", verbosity=0)
        self.stdout.write(f"{source} is in place.")
