"""The document's prose, parsed paragraph by paragraph.

Parsing a whole text at once glues headline, caption and subhead into sentences that nobody wrote. Each block becomes a
spaCy Doc; the only place where Docs are made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from timeline.extraction.mentions import Document, Span
from timeline.vocabulary import BlockRole

# One for one, so that offsets stay: the model was trained on straight quotes and plain hyphens and spaces. A line break
# within a block is one of a text that was wrapped at some width.
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "`": "'",
                          "\n": " ", "\r": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-",
                          "\u2010": "-"})  # fmt: skip

WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
# A headline in sentence case has names for a third of its long words, one in title case nearly all.
HEADLINE_CASE = 0.7

# Roles that are read as prose. Bylines, datelines, credits and junk name people who did nothing.
PROSE = (BlockRole.TITLE, BlockRole.DEK, BlockRole.SUBHEAD, BlockRole.BODY, BlockRole.CAPTION)

# The language model takes a million characters at once; its tokenizer takes the square of a word's length, the patterns
# of dates that of a gap's. No paragraph, word or gap of the news is as long: such a word is passed over.
LONGEST, ENDLESS = 20_000, re.compile(r"\S{500,}|\s{500,}")


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A parsed block. `start` is the offset of the Doc's first character in the document's text."""

    doc: Doc
    start: int
    role: BlockRole
    index: int

    @cached_property
    def text(self) -> str:
        """The Doc's text, kept: a Doc makes it anew at each call."""
        return self.doc.text

    @property
    def length(self) -> int:
        return len(self.text)

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def is_body(self) -> bool:
        return self.role is BlockRole.BODY

    def offset(self, token: Token) -> int:
        """Where a token starts in the document's text."""
        return self.start + token.idx

    def span(self, text: str, part: Token | DocSpan) -> Span:
        """The document's span of a token or of a run of tokens; `text` is the document's text."""
        if isinstance(part, Token):
            first, last = part.idx, part.idx + len(part)
        else:
            first, last = part.start_char, part.end_char
        return Span.of(text, self.start + first, self.start + last)

    def token_at(self, offset: int) -> Token | None:
        """The token that covers an offset of the document's text."""
        at = offset - self.start
        if not 0 <= at < self.length:
            return None
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return span[0] if span else None


def sentence_of(token: Token) -> DocSpan:
    """The sentence of a token: `token.sent`, which walks through its whole Doc at each call."""
    doc = token.doc
    starts: list[int] | None = doc.user_data.get("sentence starts")
    if starts is None:
        starts = doc.user_data["sentence starts"] = [sentence.start for sentence in doc.sents]
    at = bisect_right(starts, token.i)
    return doc[starts[at - 1] : starts[at] if at < len(starts) else len(doc)]


def parse(document: Document, nlp: Language) -> tuple[Paragraph, ...]:
    """Parse the prose blocks of a document, in text order, one Doc a block."""
    pieces = list(_pieces(document))
    common = _common_words(document)
    docs = nlp.pipe(_readable(document.text[start:end], role, common) for start, end, role in pieces)
    return tuple(
        Paragraph(doc, start, role, index)
        for index, (doc, (start, _, role)) in enumerate(zip(docs, pieces, strict=True))
    )


def parse_headline(document: Document, nlp: Language) -> Paragraph | None:
    """The title, parsed, where it does not stand in the text. It lies beyond the text: no span can be made of it."""
    if not document.title or any(block.role is BlockRole.TITLE for block in document.blocks):
        return None
    readable = _readable(ENDLESS.sub(" ", document.title)[:LONGEST], BlockRole.TITLE, _common_words(document))
    return Paragraph(nlp(readable), len(document.text) + 1, BlockRole.TITLE, -1)


def body(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    return (paragraph for paragraph in paragraphs if paragraph.is_body)


SHORT = 3  # letters of a stem that may be any word's


def _common_words(document: Document) -> frozenset[str]:
    """Words that the prose writes with a small letter: no names, whatever a headline makes of them."""
    return frozenset(
        word
        for block in document.blocks
        if block.role in (BlockRole.BODY, BlockRole.DEK)
        for word in WORD.findall(document.text[block.start : block.end])
        if word.islower()
    )


def _readable(text: str, role: BlockRole, common: frozenset[str]) -> str:
    """Straightened, one for one; a Headline Written Like This gets its small letters back, or every word is a name."""
    straight = text.translate(STRAIGHT)
    if role is not BlockRole.TITLE:
        return straight
    words = [word for word in WORD.findall(straight) if len(word) > 3]
    if sum(word[0].isupper() for word in words) < HEADLINE_CASE * len(words):
        return straight
    first = WORD.search(straight)
    return WORD.sub(
        lambda m: m[0].lower() if _is_common(m[0], common) and m.start() != (first.start() if first else -1) else m[0],
        straight,
    )


def _is_common(word: str, common: frozenset[str]) -> bool:
    """Whether the prose has a word of a headline with a small letter, or a verb's "altered", "alter" for "Alters"."""
    small = word.lower()
    if small in common:
        return True
    stem = small.removesuffix("s")
    return stem != small and len(stem) > SHORT and bool({f"{stem}ed", f"{stem}d", f"{stem}ing"} & common)


def _pieces(document: Document) -> Iterator[tuple[int, int, BlockRole]]:
    for block in document.blocks:
        if block.role not in PROSE:
            continue
        yield from ((first, last, block.role) for first, last in _parts(document.text, block.start, block.end))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line as a whole; one that is longer than any paragraph in parts, each up to the end of a sentence."""
    gaps = [match.span() for match in ENDLESS.finditer(text, start, end)]
    for first, last in zip([start, *(gap[1] for gap in gaps)], [*(gap[0] for gap in gaps), end], strict=True):
        at = first
        while last - at > LONGEST:
            most = at + LONGEST
            cut = text.rfind(". ", at, most) + 1 or text.rfind(" ", at, most) + 1 or most
            yield from _stripped(text, at, cut)
            at = cut
        yield from _stripped(text, at, last)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
    if start < end:
        yield start, end
