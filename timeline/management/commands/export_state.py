"""manage.py export_state [--output FILE]"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tqdm import tqdm

from timeline.exports.state import write_state
from timeline.management.exporting import ExportCommand
from timeline.models import Article


class Command(ExportCommand):
    help = (
        "Write one line an article, with the events, actors and statements that rest on it and their passages, and one "
        "for each thing that people have set beside them; no names of rows and no times of work, so that two databases "
        "with the same contents give the same bytes and `diff` shows what another one has."
    )

    def export(self, output: Path | None, options: dict[str, Any]) -> None:
        total = Article.objects.count()
        with (
            self.destination(output) as write,
            tqdm(write_state(), total=total, unit=" lines", disable=None, leave=False) as lines,
        ):
            for line in lines:
                write(line)
