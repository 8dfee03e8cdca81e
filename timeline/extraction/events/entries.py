"""Dated entries: "21 April: Fire crews battle the flames", as chronologies, captions and live pages have them."""

from __future__ import annotations

import re

from spacy.tokens import Token

from timeline.extraction.events.scene import Scene
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of

# What stands between a day and what happened on it.
COLON, DASH = re.compile(r"\s*:\s*"), re.compile(r"\s*[-–—]\s+")
LAST_WORD = re.compile(r"(\w+)\W*$")
# "It was to end on 21 April: the strike goes on": a day behind such a word belongs to the words before it.
BINDING = frozenset({
    "after", "and", "as", "before", "between", "by", "during", "for", "from", "in", "of", "on", "or", "since", "the",
    "through", "till", "to", "until", "with",
})  # fmt: skip
# A paragraph of no more sentences, the day among them, is one entry; of a longer one the day is that of the first.
ENTRY_SENTENCES = 4


def entry_day(scene: Scene, paragraph: Paragraph, token: Token) -> TimeMention | None:
    """The time that is set before the entry in which a word stands, as a heading of its own; None in running text."""
    sentence = sentence_of(token)
    for time in reversed(scene.times_in(paragraph)):
        start, end = time.span.start - paragraph.start, time.span.end - paragraph.start
        if end > paragraph.offset(token) - paragraph.start or time.date is None or not _heads(paragraph, start, end):
            continue
        if start >= sentence.start_char or COLON.fullmatch(paragraph.text[end : sentence.start_char]):
            return time
        whole = not paragraph.text[:start].strip() and sum(1 for _ in paragraph.doc.sents) <= ENTRY_SENTENCES
        return time if whole else None
    return None


def _heads(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a time stands by itself before a colon, or before a dash at the head of the paragraph."""
    text = paragraph.text
    if COLON.match(text, end) and not text[end : end + 2].strip(":").isdigit():
        word = LAST_WORD.search(text[:start])
        return word is None or word[1].lower() not in BINDING
    return DASH.match(text, end) is not None and not text[:start].strip()


def is_predicate(token: Token) -> bool:
    """Whether a word is the predicate of its sentence, or joined to it: the day of an entry is the day of that."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.dep_ == "ROOT"
