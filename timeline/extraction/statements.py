"""Who said exactly what: quotations and reported speech, each with its speaker, cue and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from timeline.extraction.attribution import TRUST, Attribution, attribute
from timeline.extraction.cast import Cast
from timeline.extraction.cues import is_hedged, lexicon, words_of_cue
from timeline.extraction.mentions import Document, Span, StatementMention, TimeMention
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.passages import Passage
from timeline.extraction.quotations import continues_from
from timeline.extraction.reported import find_indirect
from timeline.extraction.speakers import words_of
from timeline.vocabulary import StatementKind

# Below this a floating quotation keeps the words nearest to it, and nobody is named.
SURE = 0.9

_INSERTION = re.compile(r"[(\[](?!\d)[^()\[\]\n]{2,60}[)\]]")


def find_statements(
    document: Document, paragraphs: Sequence[Paragraph], cast: Cast, times: Sequence[TimeMention]
) -> tuple[StatementMention, ...]:
    """Read the statements of a document, in text order.

    Args:
        document: the article; all spans are offsets into its text.
        paragraphs: its parsed prose.
        cast: its actors, by whom speakers are named; with an empty cast statements have words for a speaker only.
        times: its time expressions, for the day on which something was said.
    """
    words = lexicon()
    found: list[StatementMention] = []
    previous: Passage | None = None
    last: Attribution | None = None
    for paragraph in paragraphs:
        passage = Passage(document.text, paragraph)
        attributions = attribute(passage, words)
        direct: dict[int, StatementMention] = {}
        for number in range(len(passage.quotations)):
            if not passage.is_utterance(number):
                continue
            attribution = attributions.get(number)
            if attribution is None:
                if (
                    number == 0
                    and previous is not None
                    and last is not None
                    and continues_from(previous.quotations, passage.quotations, previous.paragraph.end, paragraph.start)
                ):
                    attribution = replace(last, sieve="continuation", follows=None)
                elif not passage.begins_sentence(number) or len(passage.inner(number).split()) < 4:
                    continue
                elif last is not None:
                    attribution = replace(last, sieve="previous paragraph", follows=None)
                else:
                    attribution = Attribution(passage, None, None, "nobody")
                attributions[number] = attribution
            direct[number] = _direct(document, passage, number, attribution, cast)
            last = attribution
        found += direct.values()
        found += _indirect(passage, frozenset(direct), cast)
        previous = passage
    found.sort(key=lambda mention: (mention.content[0].start, mention.content[-1].end))
    return tuple(replace(mention, key=f"s{n}") for n, mention in enumerate(found, 1))


def _speaker(attribution_passage: Passage, speaker: Token | None, cast: Cast) -> tuple[str | None, Span | None]:
    if speaker is None:
        return None, None
    passage = attribution_passage
    span = passage.span(*words_of(speaker, passage.outside))
    actor = cast.at(passage.paragraph.offset(speaker))
    return actor[0].key if actor else None, span


def _direct(
    document: Document, passage: Passage, number: int, attribution: Attribution, cast: Cast
) -> StatementMention:
    quotation = passage.quotations[number]
    speaker, span = _speaker(attribution.passage, attribution.speaker, cast)
    trust = TRUST[attribution.sieve]
    cue = attribution.cue
    return StatementMention(
        key="",
        kind=StatementKind.DIRECT,
        content=(Span.of(document.text, quotation.start, quotation.end),),
        speaker=speaker if trust >= SURE else None,
        speaker_span=span,
        cue=attribution.passage.span(*words_of_cue(cue, cue)) if cue is not None else None,
        hedged=cue is not None and is_hedged(cue),
        inserted=bool(_INSERTION.search(document.text, quotation.inner_start, quotation.inner_end)),
        confidence=trust,
        sieve=attribution.sieve,
    )


def _indirect(passage: Passage, taken: frozenset[int], cast: Cast) -> Iterator[StatementMention]:
    for indirect in find_indirect(passage, lexicon(), taken):
        report = indirect.report
        speaker, span = _speaker(passage, report.speaker, cast)
        content = tuple(passage.span(first, last) for first, last in indirect.runs)
        quoted = any(passage.quotation_of[i] >= 0 for first, last in indirect.runs for i in range(first, last + 1))
        yield StatementMention(
            key="",
            kind=StatementKind.MIXED if quoted else StatementKind.INDIRECT,
            content=content,
            speaker=speaker,
            speaker_span=span,
            cue=passage.span(*words_of_cue(report.cue, report.last)),
            hedged=is_hedged(report.cue),
            confidence=report.weight,
            sieve=report.construction,
        )
