"""The text of a PDF file: its paragraphs in reading order, without what is printed on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from wordfreq import zipf_frequency

from timeline.extraction.records import UnreadableDocument

MAGIC = b"%PDF-"
MOST_PAGES = 200
ON_EVERY_PAGE = 3  # pages on which the same words stand at the same height: a running head or foot
INDENT, GAP = 0.5, 0.7  # of a line's height: from there on a line begins a paragraph
CUT = re.compile(r"([^\W\d_]+)([-\u00ad])$")
BEGIN = re.compile(r"[^\W\d_]+")
# Whose words are known when one is put together again, and how frequent it must be (Zipf; "selfmade" has 1.7).
LANGUAGES, KNOWN = ("en", "es"), 2.3
NUMBER = re.compile(r"\d+")


def text_of_pdf(content: bytes) -> str:
    """The paragraphs of a PDF file, one a line, with an empty line between them.

    Raises:
        UnreadableDocument: it is broken, needs a password, or holds pictures of text alone.
    """
    try:
        pages = list(_pages(content))
    except (MemoryError, UnreadableDocument):
        raise
    except Exception as error:  # whatever a hostile file makes the parser stumble over
        raise UnreadableDocument(f"this PDF file cannot be read ({type(error).__name__})") from error
    seen = Counter(line.place for page in pages for line in page)
    texts = ([line for line in page if seen[line.place] < ON_EVERY_PAGE] for page in pages)
    paragraphs = [paragraph for lines in texts for paragraph in _paragraphs(lines)]
    if not paragraphs:
        raise UnreadableDocument("this PDF file holds no text, only pictures; text recognition has to read it first")
    return "\n\n".join(paragraphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed: its words, and where it stands on the page, in points from the left and the bottom."""

    words: str
    left: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands and what it says, whatever the number of the page in it."""
        return round(self.bottom), NUMBER.sub("0", self.words)


def _pages(content: bytes) -> Iterator[list[Line]]:
    """The lines of each page in reading order."""
    # Here and not above: few articles are PDF files, and the parser is large.
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox, LTTextLine
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        for page in extract_pages(BytesIO(content), maxpages=MOST_PAGES, laparams=LAParams()):
            boxes = (box for box in page if isinstance(box, LTTextBox))
            lines = (line for box in boxes for line in box if isinstance(line, LTTextLine))
            found = (Line(" ".join(line.get_text().split()), line.x0, line.y0, line.y1) for line in lines)
            yield [line for line in found if line.words]
    except PDFPasswordIncorrect as error:
        raise UnreadableDocument("this PDF file needs a password") from error


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """The paragraphs of a page. One begins where a line is set in or does not stand close below the one before."""
    text = ""
    for above, line in pairwise([None, *lines]):
        assert line is not None
        if above is not None and not _goes_on(above, line):
            yield text
            text = ""
        text = _joined(text, line.words)
    if text:
        yield text


def _goes_on(above: Line, line: Line) -> bool:
    gap = above.bottom - line.top
    return abs(gap) < GAP * line.height and line.left - above.left < INDENT * line.height


def _joined(text: str, words: str) -> str:
    """Two lines of a paragraph; the hyphen at the end of the first goes only where that makes a word."""
    cut, rest = CUT.search(text), BEGIN.match(words)
    if cut is None or rest is None:
        return f"{text} {words}".strip()
    whole = cut[1] + rest[0]
    if cut[2] == "\u00ad" or any(zipf_frequency(whole, language) >= KNOWN for language in LANGUAGES):
        return text[: cut.start(2)] + words
    return text + words
