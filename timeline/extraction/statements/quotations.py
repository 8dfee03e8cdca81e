"""Where the quotation marks of a paragraph begin and end.

Straight and curly marks, guillemets, two apostrophes for one mark, and single marks as the outer pair in the British
style. What stands inside another quotation is part of it, never a quotation of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARK = re.compile(r"''|``|[\"“”„«»‘’'`]")
# Marks of which the opening one cannot close.
_NESTING = frozenset("«“")
_BEFORE_AN_OPENING = frozenset(" \t\u00a0\u202f\u2009([{—–-/:;,…*")
_ENDS_A_SENTENCE = frozenset(".,!?…;:—–-")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run in quotation marks. `start` and `end` include the marks, `inner_start` and `inner_end` do not.

    `closed` is False where the run goes on to the end of its paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str
    opens: bool
    closes: bool

    @property
    def is_double(self) -> bool:
        return self.sign not in "‘’'`"


def find_quotations(
    text: str, start: int = 0, end: int | None = None, *, inside: bool = False
) -> tuple[Quotation, ...]:
    """The outermost quotations of one paragraph, in text order; offsets count from the start of `text`.

    `inside` says that the paragraph begins within a quotation that an earlier line opened.
    """
    end = len(text) if end is None else end
    marks = list(_marks(text, start, end))
    found: list[Quotation] = []
    at = 0
    if inside:
        at = next((n for n, mark in enumerate(marks) if mark.is_double), len(marks))
        close = marks[at] if at < len(marks) else None
        if close is None:
            return (Quotation(start, end, start, end, closed=False),)
        found.append(Quotation(start, close.end, start, close.start))
        at += 1
    while at < len(marks):
        mark = marks[at]
        if not mark.opens:
            at += 1
            continue
        closing = _closing_double(marks, at) if mark.is_double else _closing_single(text, marks, at)
        if closing is not None:
            close = marks[closing]
            if text[mark.end : close.start].strip():
                found.append(Quotation(mark.start, close.end, mark.end, close.start))
            at = closing + 1
        elif mark.is_double:
            following = next((n for n in range(at + 1, len(marks)) if marks[n].is_double), len(marks))
            stop = marks[following].start if following < len(marks) else end
            stop = mark.end + len(text[mark.end : stop].rstrip())
            if stop > mark.end:
                found.append(Quotation(mark.start, stop, mark.end, stop, closed=False))
            at = following
        elif found and text[found[-1].start] == mark.sign and text[: mark.start].rstrip()[-1:] in _ENDS_A_SENTENCE:
            # In a paragraph that quotes in single marks, one that the next paragraph closes.
            stop = mark.end + len(text[mark.end : end].rstrip())
            found.append(Quotation(mark.start, stop, mark.end, stop, closed=False))
            at = len(marks)
        else:
            at += 1
    return tuple(found)


def continues_from(
    earlier: Sequence[Quotation], later: Sequence[Quotation], earlier_end: int, later_start: int
) -> bool:
    """Whether a quotation left open at a paragraph's end goes on with the mark that opens the next paragraph."""
    return bool(
        earlier
        and later
        and not earlier[-1].closed
        and earlier[-1].end >= earlier_end - 1
        and later[0].start <= later_start + 1
    )


def closes_first(text: str, start: int, end: int) -> bool | None:
    """Whether the first double mark of a line closes what an earlier line opened; None where it has no such mark."""
    first = next((mark for mark in _marks(text, start, end) if mark.is_double), None)
    return first.closes if first is not None else None


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        first, last, sign = match.start(), match.end(), match.group()
        before = text[first - 1] if first > start else " "
        after = text[last] if last < end else " "
        space_before = before.isspace() or before in _BEFORE_AN_OPENING or before in "\"“‘'"
        space_after = after.isspace()
        if sign == "'" or sign in "‘’`":
            if before.isalnum() and after.isalnum():
                continue  # an apostrophe
            # A year or a clipped word ("'90s", "’em") opens nothing.
            opens = sign != "’" and space_before and not space_after and not after.isdigit()
            yield _Mark(first, last, sign, opens, sign != "‘" and not before.isspace())
        elif sign in ("„", "«", "``"):
            yield _Mark(first, last, sign, True, False)
        elif sign == "»":
            yield _Mark(first, last, sign, False, True)
        elif sign == "”":
            # Some writers open with the closing mark.
            yield _Mark(first, last, sign, before.isspace() and not space_after, not before.isspace() or space_after)
        elif sign == "“":
            yield _Mark(
                first, last, sign, not space_after or before.isspace(), not before.isspace() and not after.isalnum()
            )
        elif before.isdigit() and not after.isalnum() and sign == '"':
            yield _Mark(first, last, sign, False, True)  # closes, or inches
        else:
            opens = space_before and not space_after
            closes = not before.isspace() and (space_after or not after.isalnum())
            if not opens and not closes:
                opens = closes = True
            yield _Mark(first, last, sign, opens, closes)


def _closing_double(marks: Sequence[_Mark], at: int) -> int | None:
    """The mark that closes a double quotation; None where another opens before one closes."""
    depth = 0
    for n in range(at + 1, len(marks)):
        mark = marks[n]
        if not mark.is_double:
            continue
        if mark.closes:
            if depth == 0:
                return n
            depth -= 1
        elif marks[at].sign == mark.sign and mark.sign in _NESTING:
            depth += 1
        elif mark.opens:
            return None
    return None


def _closing_single(text: str, marks: Sequence[_Mark], at: int) -> int | None:
    """The mark that closes a single quotation.

    The apostrophe of a plural possessive ("the members’ vote") looks like a closing mark: where several could close
    before the next quotation opens, one after punctuation is believed first.
    """
    candidates = []
    for n in range(at + 1, len(marks)):
        mark = marks[n]
        if mark.is_double:
            continue
        if mark.closes:
            candidates.append(n)
        elif mark.opens:
            break
    punctuated = [n for n in candidates if text[marks[n].start - 1] in _ENDS_A_SENTENCE]
    if punctuated and len(candidates) > 1 and candidates[-1] == punctuated[-1]:
        return punctuated[0]
    return candidates[0] if candidates else None
