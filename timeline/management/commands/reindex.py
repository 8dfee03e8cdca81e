"""Build the search index anew, while the site runs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from timeline.search.rebuild import Overtaken, rebuild


class Command(BaseCommand):
    help = (
        "Builds the search index anew from the rows, beside the one in use; readers ask the new one once it is whole. "
        "It is never needed in daily use: the index follows every change by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = tqdm(unit=" rows", disable=not sys.stderr.isatty(), leave=False)

        def report(what: str, done: int, of: int) -> None:
            bar.set_description(what)
            bar.total, bar.n = of, done
            bar.refresh()

        try:
            built = rebuild(connection, report)
        except Overtaken as error:
            raise CommandError(str(error)) from error
        finally:
            bar.close()
        rate = built.events / built.seconds if built.seconds else 0
        self.stdout.write(
            f"{built.events:,} events and {built.statements:,} statements in the index, "
            f"{built.seconds:.1f} s, {rate:,.0f} events a second"
        )
