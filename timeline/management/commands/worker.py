"""manage.py worker [--once] [--lease SECONDS]"""

from __future__ import annotations

import signal
from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from timeline.ingest.reader import Reader
from timeline.ingest.web import visitor
from timeline.ingest.work import LEASE
from timeline.ingest.worker import Background
from timeline.management.commands.ingest import plain

SHORTEST, LONGEST = 2, 3600


def seconds(text: str) -> timedelta:
    if not text.isascii() or not text.isdecimal() or not SHORTEST <= int(text) <= LONGEST:
        raise ArgumentTypeError(f"write whole seconds, {SHORTEST} to {LONGEST}")
    return timedelta(seconds=int(text))


class Command(BaseCommand):
    help = (
        "Read in the background: what editors have given to be read, and the feeds that are due. Several may run, on "
        "several machines with one database; nothing is read twice. Ended (SIGTERM, Ctrl-C) it stores the article it "
        "is at and gives the rest back; killed, the others take the rest once its lease is over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing waits and no feed is due")
        parser.add_argument(
            "--lease",
            type=seconds,
            default=LEASE,
            metavar="SECONDS",
            help=f"after how many seconds without a sign of life others take the rest ({LEASE.seconds})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        def say(line: str) -> None:
            if settings.LOG == "plain":  # else the log says it, with more
                self.stdout.write(plain(line))

        with Reader() as read:
            worker = Background(read=read, look=read.feed, visitor=visitor(), say=say, lease=options["lease"])
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: worker.end())
            if not options["once"]:
                worker.warm_up()
            say(f"worker {worker.row} is ready")
            worker.run(watch=False) if options["once"] else worker.serve()
        say("ended")
