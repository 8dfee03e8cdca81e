"""The days of the news that an article gives: not those of long ago, of what others said, or of what is to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span as DocSpan

from timeline.extraction.events.scene import Scene
from timeline.extraction.events.times import elsewhere, head_of, looks_ahead, only_bounds
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

DAYS = (DatePrecision.DAY, DatePrecision.HOUR, DatePrecision.MINUTE)
# News is not older than this; what is further back is told as background.
NEWS_DAYS = 8
# A day named with its month is said of what is new up to this long ago: "a study published on January 17".
STATED_DAYS = 21


def is_recent(scene: Scene, time: TimeMention) -> bool:
    """A day of the week before publication: news is not older."""
    return time.date is not None and is_news(scene, time.date)


def is_news(scene: Scene, date: PartialDate) -> bool:
    """Whether a date is one day, and of the week before publication; of three weeks, where its month is named."""
    published = scene.document.published
    if date.precision not in DAYS or date.earliest is None:
        return False
    if published is None or published.latest is None:
        return True
    reach = STATED_DAYS if date.basis is DateBasis.STATED else NEWS_DAYS
    return 0 <= (published.latest - date.earliest).days <= reach


def days_told(scene: Scene) -> Iterator[tuple[Paragraph, DocSpan, TimeMention]]:
    """The days of the news that the body gives, with their sentences; not those of whoever reports."""
    for paragraph in scene.paragraphs:
        if not paragraph.is_body:
            continue
        for time in scene.times_in(paragraph):
            token = paragraph.token_at(time.span.start) if is_recent(scene, time) else None
            if token is None:
                continue
            sentence = sentence_of(token)
            if time in recent_in(scene, paragraph, sentence):
                yield paragraph, sentence, time


def recent_in(scene: Scene, paragraph: Paragraph, sentence: DocSpan) -> list[TimeMention]:
    """The days of the news that a sentence gives to what it tells, and not to a post, a plan or another place."""
    start, end = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
    return [
        t
        for t in scene.times_in(paragraph)
        if start <= t.span.start < end
        and is_recent(scene, t)
        and not is_quoted(scene, paragraph, t)
        and not only_bounds(paragraph, t)
        and not _is_attribute(paragraph, t)
        and not looks_ahead(paragraph, t)
        and not elsewhere(paragraph, t)
        and not signs_post(paragraph, t)
    ]


def signs_post(paragraph: Paragraph, time: TimeMention) -> bool:
    """Whether a time is that of an embedded post: "Ann Lee (@annlee) 8 November 2016"."""
    at = time.span.start - paragraph.start
    return "(@" in paragraph.text and HANDLE.search(paragraph.text, 0, max(at, 0)) is not None


HANDLE = re.compile(r"\(@\w+\)\W{0,3}$")


def _is_attribute(paragraph: Paragraph, time: TimeMention) -> bool:
    """The "evening" of "the evening sky": what sort of a thing it is, not when; "the Monday raid" was on Monday."""
    head = head_of(paragraph, time)
    if head is None or head.dep_ not in ("compound", "amod", "nmod"):
        return False
    return head.head.lemma_.lower() not in event_words().nouns


def is_quoted(scene: Scene, paragraph: Paragraph, time: TimeMention) -> bool:
    token = paragraph.token_at(time.span.start)
    return token is not None and scene.in_quotation(paragraph, token)
