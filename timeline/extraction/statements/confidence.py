"""How likely reported speech is a statement in the right mouth with its words whole, by how it is told.

What annotators of attributions mark is not yet what an editor would print as somebody's words: "she hopes to win" is an
attribution and no statement. The weights are in lexicon/en/credence.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Any

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import ActorMention, Span
from timeline.extraction.names import gender_of, honorifics
from timeline.extraction.paragraphs import sentence_of
from timeline.extraction.statements.cues import Lexicon, Report, is_hedged, speaker_kind
from timeline.extraction.statements.passages import Passage
from timeline.extraction.statements.speakers import is_asked
from timeline.vocabulary import ActorKind, BlockRole, MentionForm

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CUT = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "AUX", "PART"})
_ENDS = frozenset({".", ",", ";", ":", "!", "?", "-", "–", "—", "--", ")", '"', "'", "''", "...", "…"})
_FEW, _SOME = 5, 9
# The share of right speakers among pronouns where another person was named in between, of 40 such statements.
CONTESTED = 0.78
# A surname that two people of the article bear is as good as a guess; it is not where one is named so much more often.
SHARED, DOMINANT = 0.6, 3
# "If he says", "they would say": few are words that were spoken.
IMAGINED = 0.6


@dataclass(frozen=True, slots=True)
class Credence:
    """Weights of circumstances, and the words that make some of them."""

    weights: Mapping[str, float]
    saying: frozenset[str]
    thinking: frozenset[str]
    showing: frozenset[str]
    undertaking: frozenset[str]
    pronouncing: frozenset[str]
    evincing: frozenset[str]


@cache
def credence(language: str = "en") -> Credence:
    data = json.loads((LEXICON / language / "credence.json").read_text("utf-8"))
    fields: dict[str, Any] = {
        key: data[key] if key == "weights" else frozenset(data[key]) for key in Credence.__slots__
    }
    return Credence(**fields)


def confidence(likely: float, names: Iterator[str], words: Credence) -> float:
    """The share of right statements among those told so; `likely` is the share that annotators marked."""
    likely = min(0.99, max(0.01, likely))
    logit = words.weights["constant"] + words.weights["likely"] * log(likely / (1 - likely))
    logit += sum(words.weights.get(name, 0.0) for name in names)
    return round(min(0.97, max(0.03, 1 / (1 + exp(-logit)))), 2)


def is_contested(cast: Cast, speaker: str, pronoun: Span) -> bool:
    """Whether somebody else was named between a pronoun and the last name of whom it is taken for."""
    mentions = (m.span.start for m in cast.by_key[speaker].mentions if m.form is MentionForm.NAME)
    named = max((start for start in mentions if start < pronoun.start), default=0)
    return any(
        actor.key != speaker and actor.kind is ActorKind.PERSON and mention.form is MentionForm.NAME
        for actor, mention in cast.between(named + 1, pronoun.start)
    )


def is_shared(cast: Cast, speaker: str, called: Span) -> bool:
    """Whether whoever is called by a surname alone may be one of two people who bear it and were named in full before.

    It is not in doubt where a form of address tells a man from a woman, and where one is named far more often.
    """
    *address, surname = called.text.split() or [""]
    gender = honorifics().get(address[-1].lower().rstrip(".")) if address else None
    if len(address) > 1 or (address and gender is None):
        return False
    told: dict[str, int] = {}
    for actor in cast.actors:
        if actor.kind is ActorKind.PERSON and actor.name.rpartition(" ")[2] == surname:
            names = [m.span for m in actor.mentions if m.form is MentionForm.NAME and m.span.start < called.start]
            if any(" " in name.text for name in names) and not (gender and gender_of(actor.name) not in (None, gender)):
                told[actor.key] = len(names)
    own = told.pop(speaker, 0)
    return bool(own and told) and own < DOMINANT * max(told.values())


def is_named_behind(passage: Passage, speaker: Token, cue: Token, actor: ActorMention) -> bool:
    """Whether whom a speaker is taken for is named behind it in the sentence, and so must be another.

    "He said Berg left" and "Berg said Berg left" are of two people, and so is "he announced, as Berg recalled it".
    """
    if actor.kind is not ActorKind.PERSON or not speaker.i < cue.i:
        return False
    if speaker.pos_ == "PRON" and speaker.lower_ not in ("he", "she"):
        return False
    start, end = passage.paragraph.offset(cue), passage.paragraph.start + sentence_of(cue).end_char
    for mention in actor.mentions:
        if mention.form is MentionForm.NAME and start < mention.span.start < end:
            token = passage.paragraph.token_at(mention.span.end - 1)
            if token is not None and token.i in passage.outside and token.dep_ in _SUBJECTS:
                return True
    return False


def telling(
    passage: Passage, report: Report, runs: Sequence[tuple[int, int]], words: Lexicon, credence: Credence
) -> Iterator[str]:
    """What speaks for or against reported speech: names of `Credence.weights`."""
    cue, lemma = report.cue, report.cue.lemma_.lower()
    speaker = report.speaker
    kind = _kind_of(cue, lemma, credence)
    yield speaker_kind(speaker)
    if speaker is not None and speaker.lower_ in ("it", "this", "that", "which", "these", "those"):
        yield "a thing speaks"
    elif speaker is not None and speaker.pos_ == "NOUN":
        if speaker.lemma_.lower() in words.persons or speaker.lemma_.lower() in words.sources:
            yield "somebody speaks"
        elif lemma in credence.evincing:
            kind = "showing"  # "the trip suggests"
    yield f"{report.construction}, {kind}"
    yield kind
    if is_hedged(cue):
        yield "hedged"
    if is_asked(cue):
        yield "asked to say"
    if cue.tag_ == "VB":
        yield "bare infinitive"
    if cue.tag_ in ("VBP", "VBG"):
        yield f"cue is {cue.tag_}"
    sentence = sentence_of(cue)
    if sentence[-1].text == "?" and sentence.end - 1 in passage.outside:
        yield "question"
    if passage.paragraph.role is not BlockRole.BODY:
        yield "heading"
    yield from _of_words(passage, report, runs)


def is_cut(passage: Passage, last: int) -> bool:
    """Whether words end on "and", "that", "the" or before a colon: something is missing behind them."""
    doc = passage.paragraph.doc
    if last not in passage.outside:
        return False
    return (doc[last].pos_ in _CUT and doc[last].dep_ not in ("prt", "prep")) or (
        last + 1 < len(doc) and doc[last + 1].text == ":"
    )


def _kind_of(cue: Token, lemma: str, credence: Credence) -> str:
    if cue.pos_ not in ("VERB", "AUX"):
        return "noun or adjective"
    for name in ("saying", "thinking", "showing", "undertaking", "pronouncing"):
        found: frozenset[str] = getattr(credence, name)
        if lemma in found:
            return name
    return "other verb"


def _of_words(passage: Passage, report: Report, runs: Sequence[tuple[int, int]]) -> Iterator[str]:
    doc, content = passage.paragraph.doc, report.content
    first, last = runs[0][0], runs[-1][1]
    length = sum(stop - start + 1 for start, stop in runs)
    yield "few words" if length < _FEW else "some words" if length < _SOME else "many words"
    if len(runs) > 1:
        yield "parted"
    tags = {doc[i].tag_ for start, stop in runs for i in range(start, stop + 1)}
    if not tags & _FINITE:
        yield "no finite verb"
    if not any(child.dep_ in _SUBJECTS for child in content.children):
        yield "no subject"
    if doc[first].lower_ == "that":
        yield "that clause"
    elif doc[first].tag_ in ("WP", "WRB", "WDT") or doc[first].lower_ in ("if", "whether"):
        yield "asks"
    if first > report.cue.i and first - report.last.i > 1 and passage.quotation_of[first] < 0:
        yield "apart from its verb"
    if content.i < report.cue.i:
        yield "words first"
    if last + 1 < len(doc) and doc[last + 1].text not in _ENDS:
        yield "goes on"
    for child in content.children:
        if child.i > content.i and first <= child.i <= last and child.i in passage.outside:
            if child.dep_ == "conj" and not any(part.dep_ in _SUBJECTS for part in child.children):
                yield "second verb"
            elif child.dep_ == "conj":
                yield "second clause"
            elif child.dep_ == "advcl" and doc[child.left_edge.i - 1].text == ",":
                yield "clause behind a comma"
    if any(doc[i].text in (";", ":", "(") for start, stop in runs for i in range(start, stop + 1)):
        yield "broken up"
    quoted = sum(passage.quotation_of[i] >= 0 for start, stop in runs for i in range(start, stop + 1))
    if quoted:
        yield "all quoted" if quoted >= length - 1 else "quoted words"
