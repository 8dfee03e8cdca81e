"""Filters as words of the index: every document carries one for each filter that lets it through.

A tag is a letter that says what it names, then a number or a name. They stand apart from the words of the text, where
nobody can type them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from timeline.models.identity import EPOCH

EXACT = "x"
# Open at the end: any day from one on. Open at the beginning: any day until one, or no day known at all.
OPEN_END, OPEN_START = "e", "b"
# Where `chrono` does not tell the bounds.
IRREGULAR = "v"
LEVELS = 22  # days of the calendar as a binary tree: 2**22 days are more than 9999 years


class Facet(StrEnum):
    ACTOR = "a"
    SPEAKER = "s"
    PLACE = "p"
    PUBLISHER = "u"
    STORY = "h"
    KIND = "k"
    MARK = "m"
    QUOTED = "q"
    MEDIUM = "w"
    MEDIUM_FOLDED = "l"
    SPAN = "y"


def tag(facet: Facet, value: object, suffix: str = "") -> str:
    return f"{facet}{value}{suffix}"


def hexed(text: str) -> str:
    """Any text as letters and digits."""
    return text.encode("utf-8", "replace").hex()


def unhexed(text: str) -> str:
    return bytes.fromhex(text).decode()


def number_of(day: date) -> int:
    """A day as the index counts it: days since 1970."""
    return day.toordinal() - EPOCH


def within(first: int, last: int) -> Iterator[str]:
    """The tags of a stretch of days, both inclusive, such that any day in it has exactly one of them among its own.

    The stretch is cut into whole branches of the binary tree over the calendar: at most two a level.
    """
    low, high, level = first + EPOCH, last + EPOCH + 1, 0
    while low < high:
        if low & 1:
            yield tag(Facet.SPAN, level, f"x{low}")
            low += 1
        if high & 1:
            high -= 1
            yield tag(Facet.SPAN, level, f"x{high}")
        low, high, level = low >> 1, high >> 1, level + 1


def around(day: int) -> tuple[str, ...]:
    """The tags of a day: every stretch that holds the day carries one of them."""
    return tuple(tag(Facet.SPAN, level, f"x{(day + EPOCH) >> level}") for level in range(LEVELS))


def padded(tags: Iterable[str]) -> str:
    """Tags one after another, a space around each."""
    return f" {' '.join(tags)} "
