"""Takes the chronology away: `manage.py export_events --format json --output chronology.json`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.http import QueryDict
from tqdm import tqdm

from timeline.exports.chronology_csv import write_csv
from timeline.exports.chronology_json import write_json
from timeline.exports.columns import PRESETS, Layout
from timeline.exports.entries import undated_count
from timeline.forms import ChronologyForm
from timeline.management.exporting import ExportCommand
from timeline.models import Event, Story
from timeline.models.events import EventQuerySet
from timeline.stories import Selection

WRONG_ARGUMENTS = 2


class Command(ExportCommand):
    help = (
        "Write what is on the page as JSON or CSV, to a file or to standard output. "
        'JSON without a filter is all that is held: what waits for review too, with the status "review".'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("json", "csv"), default="json")
        super().add_arguments(parser)
        parser.add_argument(
            "--filter", default="", metavar="QUERY", help='the page\'s filters, such as "actor=Ann Lee&from=2025-03"'
        )
        parser.add_argument("--story", default="", metavar="ADDRESS", help="a story, published or not, by its address")
        parser.add_argument(
            "--layout",
            choices=[layout.value for layout in (Layout.EVERYTHING, Layout.CORE, *PRESETS)],
            default=Layout.EVERYTHING.value,
            help="the columns of the CSV",
        )
        parser.add_argument(
            "--site", default="http://127.0.0.1:8000", metavar="URL", help="what the CSV's permalinks begin with"
        )

    def export(self, output: Path | None, options: dict[str, Any]) -> None:
        if options["story"]:
            events, pieces = self.story(options)
        else:
            events, pieces = self.chronology(options)
        with (
            self.destination(output) as write,
            tqdm(desc=f"{events.count()} events", unit="B", unit_scale=True, disable=None, leave=False) as progress,
        ):
            for piece in pieces:
                write(piece)
                progress.update(len(piece))
        if options["format"] == "csv" and sys.stderr.isatty():
            undated = undated_count(events)
            words = f"{undated} events without any date, which TimelineJS and Timesketch leave out"
            self.stderr.write(words, style_func=str)

    def story(self, options: dict[str, Any]) -> tuple[EventQuerySet, Iterator[str]]:
        """The events of a story, and its file in pieces."""
        if options["filter"]:
            raise CommandError("A story has filters of its own; give --story or --filter.", returncode=WRONG_ARGUMENTS)
        story = Story.objects.filter(slug=options["story"]).first()
        if story is None:
            raise CommandError(f"No story has the address {options['story']!r}.", returncode=WRONG_ARGUMENTS)
        chosen = Selection(story)
        events, statements, marks = chosen.events(), chosen.statements(), chosen.entries
        if options["format"] == "json":
            return events, write_json(events, statements, whole=False, story=story, marks=marks)
        site, layout = options["site"].rstrip("/"), Layout(options["layout"])
        return events, write_csv(events, statements, site=site, layout=layout, story=story, marks=marks)

    def chronology(self, options: dict[str, Any]) -> tuple[EventQuerySet, Iterator[str]]:
        """The events that the filters let through, and their file in pieces."""
        form = ChronologyForm(QueryDict(options["filter"].lstrip("?")))
        del form.fields["after"]  # A file has no pages.
        if not form.is_valid():
            reasons = [f"{name}={value}: {why}" if name else why for name, value, why in form.problems]
            raise CommandError("\n".join(reasons), returncode=WRONG_ARGUMENTS)
        events, statements = form.events(), form.statements()
        if options["format"] == "json":
            if not form.is_filtered:
                held = Event.objects.held()
                events = held.newest_first() if form.newest_first else held.oldest_first()
            return events, write_json(events, statements, whole=not form.is_filtered)
        layout = Layout(options["layout"])
        return events, write_csv(events, statements, site=options["site"].rstrip("/"), layout=layout)
