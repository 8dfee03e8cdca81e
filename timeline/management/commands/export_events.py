"""Takes the chronology away: `manage.py export_events --format json --output chronology.json`."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.http import QueryDict
from tqdm import tqdm

from timeline.exports.chronology_csv import write_csv
from timeline.exports.chronology_json import write_json
from timeline.exports.columns import PRESETS, Layout
from timeline.exports.entries import undated_count
from timeline.forms import ChronologyForm
from timeline.models import Event, Story
from timeline.models.events import EventQuerySet
from timeline.stories import Selection

WRONG_ARGUMENTS = 2
NOT_WRITABLE = 4

Write = Callable[[str], object]


class Command(BaseCommand):
    help = (
        "Write what is on the page as JSON or CSV, to a file or to standard output. "
        'JSON without a filter is all that is held: what waits for review too, with the status "review".'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("json", "csv"), default="json")
        parser.add_argument("--output", type=Path, metavar="FILE", help="appears whole or not at all")
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

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path | None = options["output"]
        try:
            self.export(output, options)
        except BrokenPipeError:
            # The reader of the pipe has what it wanted; what is left in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = output or "Standard output"
            raise CommandError(
                f"{where} cannot be written: {error.strerror or error}", returncode=NOT_WRITABLE
            ) from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}") from error

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

    @contextmanager
    def destination(self, output: Path | None) -> Iterator[Write]:
        """Where the text goes: a whole new file, a device or pipe, or standard output."""
        if output is None:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            yield partial(self.stdout.write, ending="")
            self.stdout.flush()
        elif output.exists() and not output.is_file() and not output.is_dir():
            with output.open("w", encoding="utf-8", newline="") as stream:
                yield stream.write
        else:
            with whole_file(output.resolve()) as write:
                yield write


@contextmanager
def whole_file(path: Path) -> Iterator[Write]:
    """A file that takes the place of `path` when all is written and safe on the disk, and is gone otherwise."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream.write
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~current_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
