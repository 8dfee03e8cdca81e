"""Names as they stand in one paragraph, and what makes a body of a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span as DocSpan

from timeline.extraction.knowledge import Hit
from timeline.extraction.names import table, word_list
from timeline.extraction.paragraphs import Paragraph

PERSON, BODY, PLACE = "person", "body", "place"
PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "ben",
        "ibn",
        "al",
        "el",
        "ul",
        "y",
        "e",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A name in a paragraph. `start` and `end` are offsets of the paragraph's Doc.

    `hits` are the known bearers of the name, `guess` what it names if nobody known; `honorific` the form of address
    or title directly before it.
    """

    paragraph: Paragraph
    start: int
    end: int
    text: str
    guess: str
    hits: tuple[Hit, ...] = ()
    honorific: str = ""
    line: str = field(default="", repr=False)  # the paragraph's text: a Doc writes it anew each time it is asked

    @property
    def is_alone(self) -> bool:
        """One word, which may be a surname."""
        return " " not in self.text

    @property
    def tokens(self) -> DocSpan:
        """The words of the name as the language model cuts them."""
        span = self.paragraph.doc.char_span(self.start, self.end, alignment_mode="expand")
        assert span is not None
        return span

    @property
    def where(self) -> tuple[int, int]:
        return self.paragraph.start + self.start, self.paragraph.start + self.end


@cache
def institutions() -> frozenset[str]:
    """Words that make a body, a building or a district of the name before them."""
    return frozenset(row[0] for row in table("en", "institutions.txt"))


@cache
def surnames_too() -> frozenset[str]:
    return frozenset(row[0] for row in table("en", "institutions.txt") if len(row) > 1)


@cache
def no_names() -> frozenset[str]:
    """Capitalised words that begin no name and are none by themselves."""
    return word_list("en", "no_names.txt")
