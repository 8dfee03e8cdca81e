"""How a reader takes the file apart again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from timeline.exports.cells import OPENERS


def restored(text: str) -> str:
    """The text behind a cell, without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(OPENERS) else text


def read_rows(pieces: Iterable[str]) -> list[dict[str, str]]:
    content = "".join(pieces)
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content[1:], newline="")))
