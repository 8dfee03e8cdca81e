"""The words that report speech, and what they report in a parsed sentence.

The lexicon gives every word the share of its uses that are attributions, and what raises or lowers it in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Any

from spacy.tokens import Doc, Token

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.statements.speakers import agent_of, author_of, inverted_subject, speaker_of_noun, subject_of

_HEDGES = frozenset({"reportedly", "allegedly", "supposedly", "purportedly", "apparently"})
_HEDGING_VERBS = frozenset({"believe", "allege", "report", "think", "understand", "rumor", "rumour", "say"})
REFUSALS = frozenset({"decline", "refuse", "fail", "neglect", "avoid", "stop"})
_NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "hardly"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SEVERAL = frozenset({"some", "several", "many", "most", "all", "two", "three", "four", "five", "a", "half"})
_PARTIES = frozenset({"i", "we", "you", "me", "us"})
_PERSONAL = frozenset({"he", "she", "they", "who"})
_MODALS = frozenset({"would", "could", "might", "should", "may", "can", "must", "will"})
_IMAGINED = frozenset({"would", "could", "might", "may", "should", "will", "'ll", "'d"})
_AFTERWARDS = frozenset({"later", "eventually", "subsequently"})
_UNLESS = frozenset({"if", "unless", "whether"})
_BREAKS = frozenset({":", ";"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Reporting words by construction, each with its weight.

    `quotation` are verbs by their base form; `outcry` forms of verbs, and `outcries` nouns, after which even a word or
    two in quotation marks are somebody's speech: they chanted "No!", shouts of "Go on".
    """

    quotation: frozenset[str]
    outcry: frozenset[str]
    outcries: frozenset[str]
    companions: Mapping[str, Sequence[str]]
    clause: Mapping[str, float]
    infinitive: Mapping[str, float]
    object: Mapping[str, float]
    enumeration: Mapping[str, float]
    naming: Mapping[str, float]
    preposition: Mapping[str, float]
    noun_clause: Mapping[str, float]
    noun_preposition: Mapping[str, float]
    adjective: Mapping[str, float]
    passive_infinitive: Mapping[str, float]
    odds: Mapping[str, float]
    attitudes: frozenset[str]
    mute: frozenset[str]
    sources: frozenset[str]
    persons: frozenset[str]
    happenings: frozenset[str]
    asides: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A reporting word with what it reports: the heads of speaker and content, neither yet cut to size.

    `also` is the head of a first part of the content that does not belong to the second: "called him a fool".
    """

    cue: Token
    construction: str
    weight: float
    speaker: Token | None
    content: Token
    last: Token
    also: Token | None = None


@cache
def lexicon(language: str = "en") -> Lexicon:
    data = json.loads((LEXICON / language / "cues.json").read_text("utf-8"))
    sets = ("quotation", "outcry", "outcries", "attitudes", "mute", "sources", "persons", "happenings", "asides")
    fields: dict[str, Any] = {key: frozenset(data[key]) if key in sets else data[key] for key in Lexicon.__slots__}
    return Lexicon(**fields)


def is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" or (token.tag_.startswith("VB") and token.pos_ != "AUX")


def introduces_quotation(token: Token, words: Lexicon) -> bool:
    """Whether a word may stand beside a quotation as its verb."""
    if not is_verb(token):
        return False
    lemma = token.lemma_.lower()
    if lemma in words.quotation:
        return True
    companion = words.companions.get(lemma)
    return companion is not None and any(child.lower_ in companion and child.dep_ != "prep" for child in token.children)


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is told, asked or quoted; "been", "was", and participles without "have"."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.lemma_ == "tell" and verb.i and verb.nbor(-1).lower_ in ("when", "once", "if", "after"):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in verb.children)


def find_reports(doc: Doc, words: Lexicon) -> Iterator[Report]:
    """Every report of the sentences of one paragraph, in the order of its words."""
    for token in doc:
        if is_verb(token):
            if token.lower_ == "according":
                yield from _according(token, words)
            else:
                yield from _of_verb(token, words)
                if token.dep_ == "parataxis":
                    yield from _parenthesis(token, words)
        elif token.pos_ == "NOUN":
            yield from _of_noun(token, words)
        elif token.pos_ == "ADJ":
            weight = words.adjective.get(token.lower_, 0.0)
            if weight:
                for child in token.children:
                    if child.dep_ in ("ccomp", "xcomp"):
                        yield Report(token, "adjective", weight, subject_of(token), child, token)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a report reports: its letters and words, and whether some of them are quoted."""

    letters: int
    words: int
    quoted: bool


def plausibility(report: Report, extent: Extent, words: Lexicon, headline: bool = False) -> float:
    """How likely a report is one, and its content rightly cut: the share of those like it that were."""
    weight = min(0.97, max(0.05, report.weight))
    logit = words.odds["constant"] + words.odds["weight"] * log(weight / (1 - weight))
    logit += sum(words.odds.get(name, 0.0) for name in circumstances(report, extent, words))
    if headline:
        logit += words.odds["headline"]
    return round(1 / (1 + exp(-logit)), 2)


def circumstances(report: Report, extent: Extent, words: Lexicon) -> Iterator[str]:
    """What makes a report more or less likely to be one, beyond its word: names of `Lexicon.odds`."""
    cue, content, letters = report.cue, report.content, extent.letters
    yield report.construction
    yield speaker_kind(report.speaker)
    if letters < 40:
        yield "under ten letters" if letters < 10 else "under twenty letters" if letters < 20 else "under forty letters"
    elif extent.words > 25:
        yield "over forty words" if extent.words > 40 else "over twenty-five words"
    if extent.quoted:
        yield "quoted words"
    if cue.dep_ in ("ROOT", "relcl", "acl", "ccomp", "pcomp", "advcl", "conj", "xcomp"):
        yield f"cue is {cue.dep_}"
    if cue.tag_ == "VB":
        yield "bare infinitive"
    if report.construction in ("object", "preposition", "noun preposition") and content.pos_ in (
        "PRON",
        "PROPN",
        "DET",
    ):
        yield "no thing said"
    if report.construction in ("clause", "parenthesis"):
        yield from _of_clause(content)
    if content.i < cue.i and report.construction != "clause":
        yield "content first"
    if _is_inside_a_report(cue, words):
        yield "inside a report"
    for child in cue.children:
        if child.dep_ == "mark" and child.lower_ in ("because", "if", "that", "as"):
            yield f"after {child.lower_}"
        elif child.dep_ == "aux" and child.lower_ in _MODALS:
            yield "modal"


def speaker_kind(speaker: Token | None) -> str:
    """What kind of word speaks, in the terms of `Lexicon.odds`."""
    if speaker is None:
        return "no speaker"
    if speaker.lower_ in _PARTIES:
        return "writer or reader speaks"
    if speaker.pos_ == "PROPN":
        return "a name speaks"
    if speaker.pos_ == "PRON":
        return "he or she speaks" if speaker.lower_ in _PERSONAL else "it speaks"
    return "a noun speaks"


def _of_clause(content: Token) -> Iterator[str]:
    subject = False
    for child in content.children:
        if child.dep_ == "mark" and child.lower_ == "that":
            yield "that clause"
        subject = subject or child.dep_ in _SUBJECTS
    if not subject:
        yield "clause without subject"


def _is_inside_a_report(cue: Token, words: Lexicon) -> bool:
    """Whether a cue stands in what another one reports: she said that *he believed* …"""
    token = cue
    for _ in range(8):
        head = token.head
        if token.dep_ == "ccomp" and head != token:
            return head.lemma_.lower() in words.clause
        if head == token:
            return False
        token = head
    return False


def is_negated(cue: Token) -> bool:
    """Whether the words deny that anything was said: "did not say", "declined to say", "without saying"."""
    if any(child.lower_ in _NEGATIONS and child.i < cue.i for child in cue.children):
        return True
    head = cue.head
    if cue.dep_ == "xcomp" and head != cue:
        return head.lemma_.lower() in REFUSALS or any(child.dep_ == "neg" for child in head.children)
    return cue.dep_ == "pcomp" and head.lower_ == "without"


def is_hedged(cue: Token) -> bool:
    """Whether the words doubt the speech, or only imagine it: "reportedly said", "if she says", "would say"."""
    for child in cue.children:
        if child.lower_ in _HEDGES:
            return True
        if child.i < cue.i and (
            (child.dep_ == "aux" and child.lower_ in _IMAGINED) or (child.dep_ == "mark" and child.lower_ in _UNLESS)
        ):
            # "She would later say" tells what was said.
            return not any(part.lower_ in _AFTERWARDS for part in cue.children)
    head = cue.head
    if cue.dep_ == "conj" and any(child.dep_ == "mark" and child.lower_ in _UNLESS for child in head.children):
        return True
    return (
        cue.dep_ == "xcomp"
        and head != cue
        and head.lemma_.lower() in _HEDGING_VERBS
        and any(child.dep_ in ("nsubjpass", "auxpass") for child in head.children)
    )


def words_of_cue(report_cue: Token, last: Token) -> tuple[int, int]:
    """First and last token of the cue with its auxiliaries: "is heard saying", "went on to say", "accused ... of"."""
    first = report_cue
    while True:
        left = {child.i for child in first.children if child.dep_ in _AUXILIARIES and child.tag_ != "WRB"}
        lowest = first.i
        while lowest - 1 in left:
            lowest -= 1
        first = first.doc[lowest]
        if report_cue.dep_ == "xcomp" and report_cue.head.i < first.i and first.i - report_cue.head.i <= 3:
            report_cue = report_cue.head
            first = report_cue
            continue
        return first.i, max(last.i, first.i)


def _of_verb(verb: Token, words: Lexicon) -> Iterator[Report]:
    lemma = verb.lemma_.lower()
    passive = is_passive(verb)
    thing = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    for child in verb.children:
        match child.dep_:
            case "ccomp" if _is_complement(child, verb):
                weight = words.clause.get(lemma, 0.0)
                if weight:
                    yield Report(verb, "clause", weight, _speaker(verb, passive), child, verb)
            case "xcomp" if child.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                table = words.passive_infinitive if passive else words.infinitive
                weight = table.get(lemma, 0.0)
                if weight:
                    if passive:
                        yield Report(verb, "passive", weight, agent_of(verb), child, verb)
                    else:
                        called = thing or _called_on(verb)
                        also = called if called is not None and called.i < child.i else None
                        yield Report(verb, "infinitive", weight, _speaker(verb, passive), child, verb, also)
            case "oprd" if not passive:
                # Without a thing named: "which he called a disgrace".
                weight = words.naming.get(lemma, 0.0)
                if weight:
                    yield Report(verb, "naming", weight, _speaker(verb, passive), child, verb, thing)
            case "dobj" if not passive and thing is not None and thing.i < child.i and lemma in words.naming:
                yield Report(verb, "naming", words.naming[lemma], _speaker(verb, passive), child, verb, thing)
            case "dobj" if not passive and (teller := inverted_subject(verb)) is not None and teller in child.subtree:
                weight = words.clause.get(lemma, 0.0)
                if weight and verb.head != verb:
                    yield Report(verb, "parenthesis", weight, teller, verb.head, verb)
            case "dobj" if not passive:
                weight = words.object.get(lemma, 0.0)
                if lemma in words.enumeration and _is_enumeration(child):
                    weight = max(weight, words.enumeration[lemma])
                if weight:
                    yield Report(verb, "object", weight, _speaker(verb, passive), child, verb)
            case "oprd" | "prep" if passive and (child.dep_ == "oprd" or child.lower_ == "as"):
                weight, namer = words.naming.get(lemma, 0.0), agent_of(verb)
                named = next((part for part in verb.children if part.dep_ == "nsubjpass"), None)
                if weight and namer is not None and not _quotes(verb, child, words):
                    yield Report(verb, "naming", weight, namer, child, verb, named)
            case "prep" if not passive and not _quotes(verb, child, words):
                weight = words.naming.get(lemma, 0.0) if child.lower_ == "as" and thing is not None else 0.0
                if weight:
                    yield Report(verb, "naming", weight, _speaker(verb, passive), child, verb, thing)
                    continue
                weight = words.preposition.get(f"{lemma} {child.lower_}", 0.0)
                if weight:
                    for noun in child.children:
                        if noun.dep_ in ("pobj", "pcomp"):
                            yield Report(verb, "preposition", weight, _speaker(verb, passive), noun, child)


def _quotes(verb: Token, preposition: Token, words: Lexicon) -> bool:
    """Whether "as" introduces a verb of speech, which reports by itself: "quoted as saying"."""
    return verb.lemma_.lower() in ("quote", "cite") and any(
        part.dep_ == "pcomp" and part.lemma_.lower() in words.quotation for part in preposition.children
    )


def _called_on(verb: Token) -> Token | None:
    """Whom "called on the council to resign" calls on."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "on":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def _is_complement(clause: Token, verb: Token) -> bool:
    """Whether a clause is what a verb reports, and not the main clause before a colon that the parser tied to it."""
    if clause.i > verb.i:
        return clause.pos_ in ("VERB", "AUX") or any(child.dep_ in _SUBJECTS for child in clause.children)
    between = verb.doc[clause.i + 1 : verb.i]
    return not any(token.text in _BREAKS for token in between) and not any(
        child.dep_ == "ccomp" and child.i > verb.i for child in verb.children
    )


def _is_enumeration(noun: Token) -> bool:
    """Whether things are told off one by one: "some of the regions", "places including"."""
    return any(child.lower_ in ("of", "including") and child.i > noun.i for child in noun.children) and (
        noun.lower_ in _SEVERAL or any(child.lower_ == "including" for child in noun.children)
    )


def _parenthesis(verb: Token, words: Lexicon) -> Iterator[Report]:
    """A cue in the middle of what it reports: The talks, officials say, have failed."""
    weight = words.clause.get(verb.lemma_.lower(), 0.0)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if weight and subject is not None and verb.head != verb and verb.head.pos_ in ("VERB", "AUX"):
        yield Report(verb, "parenthesis", weight, subject, verb.head, verb)


def _of_noun(noun: Token, words: Lexicon) -> Iterator[Report]:
    lemma = noun.lemma_.lower()
    for child in noun.children:
        if child.dep_ == "acl" and child.i > noun.i:
            weight = words.noun_clause.get(lemma, 0.0)
            if weight and any(part.dep_ in ("mark", "aux") and part.i < child.i for part in child.children):
                yield Report(noun, "noun clause", weight, speaker_of_noun(noun), child, noun)
        elif child.dep_ == "prep" and child.i > noun.i:
            weight = words.noun_preposition.get(f"{lemma} {child.lower_}", 0.0)
            if weight:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield Report(noun, "noun preposition", weight, speaker_of_noun(noun), inner, child)


def _according(token: Token, words: Lexicon) -> Iterator[Report]:
    source = next((part for child in token.children for part in child.children if part.dep_ == "pobj"), None)
    if source is None or source.lemma_.lower() in words.mute:
        return
    head = token.head
    while head.head != head and (
        head.pos_ not in ("VERB", "AUX")
        or (head.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in head.children))
    ):
        head = head.head
    if head != token:
        yield Report(token, "according to", 0.85, source, head, next(token.rights, token))


def _speaker(verb: Token, passive: bool) -> Token | None:
    if passive:
        # Who is told or asked does not speak.
        return agent_of(verb)
    subject = inverted_subject(verb) or subject_of(verb)
    return author_of(subject) if subject is not None and verb.dep_ == "acl" else subject
