"""What may stand in a cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

# A spreadsheet takes a text that begins with one of these for a formula, or for one after what it swallows.
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\0")

# Excel cuts a cell at 32,767 characters and counts as UTF-16 does, where an emoji is two.
LONGEST = 32_766

Cell = str | int | float


def cell(value: Cell) -> str:
    """A value as written: numbers as they are, texts so that no program takes them for anything else.

    A text that would begin a formula gets an apostrophe before it, and so does one that has apostrophes before such a
    beginning: taking one apostrophe away gives back what it was.
    """
    if not isinstance(value, str):
        return str(value)
    if not value:
        return value
    text = encodable(value)
    if text.lstrip("'").startswith(OPENERS):
        text = "'" + text
    return shortened(text)


def encodable(text: str) -> str:
    """The text without halves of characters, which pages sometimes carry and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def width(text: str) -> int:
    """How many characters a spreadsheet counts."""
    return len(text.encode("utf-16-le", "replace")) // 2


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cut with an ellipsis where it is longer than a cell."""
    if len(text) * 2 <= longest or width(text) <= longest:
        return text
    kept = text[: longest - 1]
    while width(kept) > longest - 1:
        kept = kept[: len(kept) - max(1, (width(kept) - longest + 1) // 2)]
    return kept + "…"


def joined(names: Iterable[str]) -> str:
    """A list in one cell."""
    return "; ".join(names)


def fitting(pieces: Iterable[str], rest: str = "", longest: int = LONGEST) -> str:
    """The pieces one after another, as many whole ones as a cell holds, with `rest` in place of what did not fit.

    Room for the apostrophe of `cell` is left.
    """
    room = longest - width(rest) - 1
    kept: list[str] = []
    for piece in pieces:
        if width(piece) > room:
            kept.append(rest)
            break
        room -= width(piece)
        kept.append(piece)
    return "".join(kept)
