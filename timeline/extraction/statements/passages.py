"""A paragraph with its quotations laid over its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from timeline.extraction.mentions import Span
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.cues import Lexicon
from timeline.extraction.statements.quotations import Quotation, closes_first, find_quotations

TERMINATORS = frozenset({".", "!", "?", "...", "…"})
_ENDS_INSIDE = frozenset(",.!?…;:—–-")
_CLEAN_BEFORE = frozenset({",", ":", ";", "—", "–", "-", "--", "(", "…", "...", ".", "!", "?"})
_CLEAN_AFTER = frozenset({",", ".", "!", "?", ";", ":", "—", "–", "--", ")", "…", "-"})
# Lines that a quotation may run on for, in a text that breaks its lines within paragraphs.
_LINES = 8
# Words: what stands alone in brackets and quotation marks explains the word before it.
_GLOSS = 4


@dataclass(frozen=True, eq=False)
class Passage:
    """`text` is the document's; token numbers are those of the paragraph's Doc.

    `inside` says that the paragraph begins within a quotation that an earlier line opened.
    """

    text: str
    paragraph: Paragraph
    words: Lexicon
    inside: bool = False

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return find_quotations(self.text, self.paragraph.start, self.paragraph.end, inside=self.inside)

    @property
    def is_left_open(self) -> bool:
        """Whether the last quotation runs on to the paragraph's end without a closing mark."""
        return bool(self.quotations) and not self.quotations[-1].closed

    @cached_property
    def quotation_of(self) -> Sequence[int]:
        """For every token the number of the quotation it stands in, -1 outside."""
        places = [-1] * len(self.paragraph.doc)
        if not self.quotations:
            return places
        number = 0
        for token in self.paragraph.doc:
            at = self.paragraph.start + token.idx
            while number < len(self.quotations) and at >= self.quotations[number].end:
                number += 1
            if number == len(self.quotations):
                break
            if at + len(token) > self.quotations[number].start:
                places[token.i] = number
        return places

    @cached_property
    def outside(self) -> frozenset[int]:
        return frozenset(i for i, number in enumerate(self.quotation_of) if number < 0)

    @cached_property
    def gaps(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens before, between and after the quotations: one more than there are quotations."""
        gaps: list[list[Token]] = [[] for _ in range(len(self.quotations) + 1)]
        at = 0
        for token in self.paragraph.doc:
            number = self.quotation_of[token.i]
            if number >= 0:
                at = number + 1
            else:
                gaps[at].append(token)
        return tuple(tuple(gap) for gap in gaps)

    def lead(self, number: int) -> tuple[Token, ...]:
        """What follows a quotation in its sentence, up to the next utterance."""
        lead: list[Token] = []
        for at in range(number + 1, len(self.gaps)):
            gap = self.gaps[at]
            stop = next((n for n, token in enumerate(gap) if token.text in TERMINATORS), None)
            lead += gap[:stop]
            if stop is not None or at == len(self.quotations) or self.is_utterance(at) or self._ends_sentence(at):
                break
        return tuple(lead)

    def tail(self, number: int) -> tuple[Token, ...]:
        """What precedes a quotation in its sentence, back to the utterance before."""
        tail: list[Token] = []
        for at in range(number, -1, -1):
            gap = self.gaps[at]
            start = next((n + 1 for n in range(len(gap) - 1, -1, -1) if gap[n].text in TERMINATORS), None)
            tail[:0] = gap[start or 0 :]
            if start is not None or at == 0 or self.is_utterance(at - 1) or self._ends_sentence(at - 1):
                break
        return tuple(tail)

    def _ends_sentence(self, number: int) -> bool:
        return self.inner(number)[-1:] in (".", "!", "?")

    def inner(self, number: int) -> str:
        quotation = self.quotations[number]
        return self.text[quotation.inner_start : quotation.inner_end].strip()

    def starts_afresh(self, number: int) -> bool:
        """Whether the quotation begins a sentence, or follows punctuation that sets it off."""
        gap = self.gaps[number]
        return not gap or gap[-1].text in _CLEAN_BEFORE

    def is_cried(self, number: int) -> bool:
        """Whether the word before a quotation is of crying out: they chanted "No!", shouts of "Go on"."""
        gap = self.gaps[number]
        if not gap:
            return False
        if gap[-1].lower_ == "of":
            return len(gap) > 1 and gap[-2].lower_ in self.words.outcries
        return gap[-1].lower_ in self.words.outcry

    def begins_sentence(self, number: int) -> bool:
        gap = self.gaps[number]
        return not gap or gap[-1].text in TERMINATORS or gap[-1].text == ":"

    def is_utterance(self, number: int) -> bool:
        """Whether a quotation is speech of its own, and not words within another's sentence."""
        return self._utterances[number]

    @cached_property
    def _utterances(self) -> tuple[bool, ...]:
        return tuple(self._speaks(number) for number in range(len(self.quotations)))

    def _speaks(self, number: int) -> bool:
        quotation, inner = self.quotations[number], self.inner(number)
        if number == 0 and self.inside:
            return True
        words = inner.count(" ") + 1
        letter = next((character for character in inner if character.isalnum()), "")
        gap, after = self.gaps[number], self.gaps[number + 1]
        ends = (
            not quotation.closed
            or inner[-1:] in _ENDS_INSIDE
            or not after
            or after[0].text in _CLEAN_AFTER
            or after[0].pos_ == "VERB"
            or (words > 3 and any(token.pos_ == "VERB" and token.dep_ == "ROOT" for token in after[:5]))
        )
        capital = not letter.islower()
        if letter and (capital or inner[-1:] in ("!", "?")) and self.is_cried(number):
            return True
        glossed = words <= _GLOSS and gap and after and gap[-1].text == "(" and after[0].text == ")"
        if not ends or not letter or glossed or self._is_a_title(quotation, inner, after):
            return False
        if self.starts_afresh(number):
            if capital or inner.startswith(("...", "…")):
                return words > 1 or not quotation.closed or inner[-1:] in ",.!?…"
            return words > 5 or number > 0
        return capital and words > 3 and gap[-1].pos_ in ("VERB", "SCONJ", "PROPN", "NOUN", "PRON")

    def _is_a_title(self, quotation: Quotation, inner: str, after: Sequence[Token]) -> bool:
        """Whether a name in quotation marks goes on without a comma: the "Night Shift" star, 'the States' Senate'."""
        if not quotation.closed or not after or inner[-1:] in _ENDS_INSIDE or after[0].text in _CLEAN_AFTER:
            return False
        single = self.text[quotation.end - 1] in "'’‘"
        return (single and after[0].pos_ in ("NOUN", "PROPN", "ADJ")) or (
            after[0].pos_ == "NOUN" and after[0].text.islower()
        )

    def span(self, first: int, last: int) -> Span:
        """The document's span of the tokens from first to last, inclusive."""
        doc = self.paragraph.doc
        end = doc[last].idx + len(doc[last])
        return Span.of(self.text, self.paragraph.start + doc[first].idx, self.paragraph.start + end)


def passages_of(text: str, paragraphs: Sequence[Paragraph], words: Lexicon) -> list[Passage]:
    """Every paragraph with its quotations, also those that one line opens and a later one closes."""
    found: list[Passage] = []
    inside = 0
    for number, paragraph in enumerate(paragraphs):
        if not inside and found and found[-1].is_left_open and found[-1].paragraph.is_body:
            inside = _lines_to_the_close(text, paragraphs[number : number + _LINES])
        found.append(Passage(text, paragraph, words, inside > 0))
        inside = max(0, inside - 1)
    return found


def _lines_to_the_close(text: str, lines: Sequence[Paragraph]) -> int:
    """How many lines it takes to close a quotation left open; 0 where another one opens first."""
    for number, line in enumerate(lines, 1):
        closes = closes_first(text, line.start, line.end) if line.is_body else False
        if closes is not None:
            return number if closes else 0
    return 0
