"""manage.py generate --events N [--seed N] [--add]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.ingest.generation import GeneratedBefore, generate
from timeline.models import Article

MOST = 10_000_000


class Command(BaseCommand):
    help = (
        "Fill the database with an invented archive, to try the site at its size: articles of ten years, the events "
        "and statements in them with their passages, and what people have put right. Nobody in it is real. The same "
        "seed and number store the same. A run that is stopped leaves whole articles behind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--events", type=int, required=True, metavar="N", help="how many events")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number invents another archive")
        parser.add_argument(
            "--add", action="store_true", help="beside the articles that are stored; nothing takes them out again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        events, seed = options["events"], options["seed"]
        if not 1 <= events <= MOST:
            raise CommandError(f"--events is a number from 1 to {MOST:,}")
        stored = Article.objects.count()
        if stored and not options["add"]:
            raise CommandError(
                f"This database holds {stored:,} articles. Invented ones would stand among them for good; use another "
                "database (DATABASE_URL), or give --add if that is what you want."
            )
        progress = tqdm(total=events, unit=" events", disable=None, file=self.stderr._out, dynamic_ncols=True)
        try:
            with progress:
                for count in generate(seed=seed, events=events):
                    progress.update(count)
        except GeneratedBefore as error:
            raise CommandError(f"{error} Give another --seed.") from error
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. The articles stored so far stay.") from error
        self.stdout.write(f"{Article.objects.count() - stored:,} articles with {events:,} events stored")
