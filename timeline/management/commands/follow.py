"""manage.py follow URL... | FILE.opml..."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.extraction.records import UnreadableDocument
from timeline.ingest.connections import NotFetched
from timeline.ingest.fetch import Address
from timeline.ingest.opml import Listed, follow, read_opml
from timeline.ingest.web import is_web_address


class Command(BaseCommand):
    help = (
        "Follow feeds (RSS, Atom, JSON Feed) and news sitemaps, given by their addresses or in OPML files as other "
        "readers export them. `manage.py poll` asks them what is new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feeds", nargs="+", metavar="FEED", help="the address of a feed, or an OPML file")

    def handle(self, *args: Any, **options: Any) -> None:
        listed = [entry for given in options["feeds"] for entry in _listed(given)]
        fresh, known = follow(listed)
        self.stdout.write(f"{fresh} new, {known} followed before")


def _listed(given: str) -> list[Listed]:
    try:
        if is_web_address(given):
            return [Listed(Address.of(given).url, "")]
        return read_opml(Path(given).read_bytes())
    except (NotFetched, UnreadableDocument) as error:
        raise CommandError(f"{given}: {error}") from error
    except OSError as error:
        raise CommandError(f"{given}: {error.strerror or error}") from error
