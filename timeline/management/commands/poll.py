"""manage.py poll [--watch] [--all]"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from timeline.ingest.reader import Reader
from timeline.ingest.web import visitor
from timeline.ingest.worker import Background
from timeline.management.commands.ingest import plain
from timeline.models import Feed


class Command(BaseCommand):
    help = (
        "Ask the feeds that are due what is new, and read it. Several may run at once: no feed is asked twice. With "
        "--watch it goes on until it is stopped; what was read before is kept then, and the rest is read the next "
        "time. `manage.py worker` does this too, beside everything else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on, and ask each feed when it is due again")
        parser.add_argument("--all", action="store_true", help="ask all feeds that are not paused, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            Feed.objects.filter(paused=False).update(due_at=datetime.now(UTC))

        def say(line: str) -> None:
            if settings.LOG == "plain":  # else the log says it, with more
                self.stdout.write(plain(line))

        try:
            with Reader() as read:
                worker = Background(read=read, look=read.feed, visitor=visitor(), say=say, parts=False)
                worker.run(watch=options["watch"])
        except KeyboardInterrupt:
            self.stderr.write("Stopped.")
