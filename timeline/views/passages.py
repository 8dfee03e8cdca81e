"""Passages of an article: one in its sentence, and the whole text with every mark."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timeline.vocabulary import BlockRole

CONTEXT = 280
SHORTEST_LINK = 4
SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*\w)")
GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of an article: `key` is its address in the page, `href` what it proves."""

    key: str
    start: int
    end: int
    href: str
    label: str
    kind: str


NAME = "name"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks; `anchors` are those that begin with it, `link` the narrowest one.

    A scrap of a passage, too short to be hit with a finger, has marks but no link: a full stop between two quotes.
    """

    text: str
    anchors: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    mark: Mark | None = None
    link: Mark | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article around one or more marks; whether its paragraph goes on before and after it."""

    segments: tuple[Segment, ...]
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    role: BlockRole
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that a span stands in, without the blanks around them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def context(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of its paragraph, cut at sentences, or else at words, where that is long."""
    first, last = paragraph_around(text, start, end)
    if start - first > CONTEXT:
        near = text[start - CONTEXT : start]
        cut = SENTENCE_END.search(near) or GAP.search(near)
        first = start - CONTEXT + cut.end() if cut else start
    if last - end > CONTEXT:
        near = text[end : end + CONTEXT]
        stops = [found.start() + len(found[0].rstrip()) for found in SENTENCE_END.finditer(near)]
        gaps = [found.start() for found in GAP.finditer(near)]
        last = end + (stops or gaps or [0])[-1]
    return first, last


def passages(text: str, marks: Sequence[Mark]) -> list[Passage]:
    """The marks in their sentences; those of one paragraph share it."""
    found: list[Passage] = []
    reached = -1
    stretches: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        first, last = context(text, mark.start, mark.end)
        if stretches and first <= reached:
            stretches[-1] = (min(first, stretches[-1][0]), max(last, stretches[-1][1]))
        else:
            stretches.append((first, last))
        reached = stretches[-1][1]
    for first, last in stretches:
        before, after = paragraph_around(text, first, last)
        found.append(Passage(segments(text, first, last, marks), first > before, last < after))
    return found


def names(text: str, spellings: Mapping[str, tuple[str, str]], marks: Sequence[Mark]) -> list[Mark]:
    """Where a text names somebody outside the passages already marked.

    `spellings` gives each spelling its label and address; the longest that fits counts.
    """
    if not spellings:
        return []
    longest_first = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
    taken = sorted((mark.start, mark.end) for mark in marks)
    # How far the passages up to each one reach; before the first, nowhere.
    reach = [*itertools.accumulate((end for _, end in taken), max), 0]
    found: list[Mark] = []
    for hit in re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", text):
        nearest = bisect_left(taken, (hit.end(),)) - 1
        if reach[nearest] <= hit.start():
            label, href = spellings[hit[0]]
            found.append(Mark("", hit.start(), hit.end(), href, label, NAME))
    return found


def segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Text[start:end] cut wherever a mark begins or ends, so that marks may overlap."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end}
    for mark in inside:
        cuts.update((max(start, mark.start), min(end, mark.end)))
    ordered = sorted(cuts)
    found = []
    for left, right in itertools.pairwise(ordered):
        over = [mark for mark in inside if mark.start <= left and right <= mark.end]
        narrowest = min(over, key=lambda mark: (mark.end - mark.start, mark.kind != "statement"), default=None)
        anchors = tuple(mark.key for mark in over if mark.start == left and mark.key)
        is_whole = narrowest is not None and (left, right) == (narrowest.start, narrowest.end)
        link = narrowest if is_whole or len(text[left:right].strip()) >= SHORTEST_LINK else None
        found.append(Segment(text[left:right], anchors, tuple(mark.key for mark in over), narrowest, link))
    return tuple(found)


def marked_blocks(
    text: str, blocks: Sequence[tuple[int, int, BlockRole]], marks: Sequence[Mark]
) -> tuple[list[TextBlock], list[TextBlock]]:
    """The article's prose, and apart from it the furniture: blocks of junk and text that stands in no block."""
    if not blocks:
        blocks = [(left, right, BlockRole.BODY) for left, right in _paragraphs(text, 0, len(text))]
    prose: list[TextBlock] = []
    furniture: list[TextBlock] = []
    reached = 0
    for start, end, role in sorted(blocks, key=lambda block: block[0]):
        furniture += _furniture(text, reached, start, marks)
        if role == BlockRole.JUNK:
            furniture += _furniture(text, start, end, marks)
        else:
            prose += [TextBlock(role, segments(text, a, b, marks)) for a, b in _paragraphs(text, start, end)]
        reached = max(reached, end)
    furniture += _furniture(text, reached, len(text), marks)
    return prose, furniture


def _furniture(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[TextBlock]:
    """Nothing was read from it, so nobody in it is named."""
    shown = [mark for mark in marks if mark.kind != NAME]
    return [TextBlock(BlockRole.JUNK, segments(text, a, b, shown)) for a, b in _paragraphs(text, start, end)]


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a stretch that hold more than blanks, without the blanks around them."""
    return [
        (start + line.start() + len(line[0]) - len(line[0].lstrip()), start + line.start() + len(line[0].rstrip()))
        for line in re.finditer(r"[^\n]+", text[start:end])
        if line[0].strip()
    ]
