"""The lines of a plain text: joined where they were wrapped at a width, and those that were copied from a gallery."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from timeline.extraction.documents.furniture import GALLERY
from timeline.vocabulary import BlockRole

ENDS = re.compile(r"[.!?][\"'”’»)\]\s]*$")
SENTENCE_END = re.compile(r"[a-zà-ÿ0-9%)”»\"’][.!?][\"”»’)]*(?=\s|$)")
LEAST_WRAPPED, NARROWEST, WIDEST = 3, 36, 100  # lines; characters
LEAST_PICTURES, SHARED = 3, 4  # lines of a gallery; words of its name


@dataclass(slots=True)
class Line:
    start: int
    text: str
    spaced: bool  # a blank line stands before it
    role: BlockRole | None = None
    label: int = 0  # characters before the caption or the text itself: a gallery's name, a box's heading

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def count(self) -> int:
        return len(self.text.split())

    @property
    def key(self) -> str:
        return re.sub(r"\W+", " ", self.text).strip().casefold()

    @property
    def is_prose(self) -> bool:
        """Long enough, and with the end of a sentence, to be a paragraph."""
        return self.count >= 8 and (bool(ENDS.search(self.text)) or (self.count >= 12 and self.has_sentences))

    @property
    def has_sentences(self) -> bool:
        return bool(SENTENCE_END.search(self.text))


def lines_of(text: str) -> list[Line]:
    """The lines that hold something, less the space around them; of a text wrapped at some width, its paragraphs."""
    lines, indents, at, spaced = [], [], 0, True
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            indents.append(len(raw) - len(raw.lstrip()))
            lines.append(Line(at + indents[-1], bare, spaced))
        spaced = not bare
        at += len(raw) + 1
    return _unwrapped(text, lines, indents) if _is_wrapped(lines) else lines


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines are cut at a width, as in telegrams and e-mails: most that another follows at once are nearly as
    long as any, and end amid a sentence."""
    before = [line for line, following in pairwise(lines) if not following.spaced]
    widths = sorted(len(line.text) for line in lines)
    if len(before) < LEAST_WRAPPED or widths[-1] > WIDEST or len(before) < 0.4 * len(lines):
        return False
    full = max(0.6 * widths[int(0.9 * (len(widths) - 1))], NARROWEST)
    amid = [line for line in before if not ENDS.search(line.text)]
    return len(amid) >= 0.5 * len(before) and sum(len(line.text) >= full for line in amid) >= 0.6 * len(amid)


def _unwrapped(text: str, lines: list[Line], indents: list[int]) -> list[Line]:
    """The paragraphs of wrapped lines: each up to a blank line, an indent or a short line that ends a sentence."""
    full = 0.6 * max(len(line.text) for line in lines)
    merged: list[Line] = []
    for place, line in enumerate(lines):
        previous = lines[place - 1] if place else None
        goes_on = (
            previous is not None
            and not line.spaced
            and indents[place] <= indents[place - 1]
            and (len(previous.text) >= full or not ENDS.search(previous.text))
            and (len(previous.text) >= full or place == 1 or line.text[0].islower())
        )
        if goes_on:
            start = merged[-1].start
            merged[-1].text = text[start : line.end].replace("\n", " ")
        else:
            merged.append(line)
    return merged


def mark_galleries(lines: list[Line]) -> None:
    """Captions copied from a gallery: lines in a row that begin with its name, or with their number in it."""
    open_lines = [line for line in lines if line.role is None]
    numbered = [line for line in open_lines if GALLERY.match(line.text)]
    if len(numbered) >= LEAST_PICTURES:
        for line in numbered:
            match = GALLERY.match(line.text)
            line.role, line.label = BlockRole.CAPTION, match.end() if match else 0
    at = 0
    while at < len(open_lines):
        run = at + 1
        shared = open_lines[at].text.split(" ")
        while run < len(open_lines):
            common = _shared(shared, open_lines[run].text.split(" "))
            if len(common) < SHARED:
                break
            shared, run = common, run + 1
        name = " ".join(shared)
        if run - at >= LEAST_PICTURES and all(_is_named_after(line.text, name) for line in open_lines[at:run]):
            for line in open_lines[at:run]:
                line.role, line.label = BlockRole.CAPTION, len(name) + 1
        at = run


def _shared(ours: list[str], theirs: list[str]) -> list[str]:
    """The words both begin with."""
    same = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return ours[:same]


def _is_named_after(text: str, name: str) -> bool:
    """Whether a sentence begins after a gallery's name; a sentence begun in the same words goes on in small letters."""
    rest = text[len(name) :].strip()
    return bool(rest) and (rest[0].isupper() or rest[0] in "\"“'‘")
