"""Where words were said and to whom: the post, the video, the interview, and the listener behind "told"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import StatementMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.passages import Passage
from timeline.extraction.statements.speakers import agent_of, words_of

_PLACING = frozenset({"in", "on", "at", "during", "via", "through", "by", "to"})
_PUBLISHING = frozenset({"on", "via", "to", "his", "her", "their", "its"})
_RELAYING = frozenset({"quote", "cite", "report"})
_HEARING = frozenset({"tell", "inform", "remind", "assure", "warn", "ask", "advise", "notify", "email", "text", "urge"})
_FAR = 80
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class MediaWords:
    """Where words are said. `publishing` are verbs that put a text before the public, `resorting` those of "took to
    Twitter". `askers` and `answerers` stand before the turns of an interview instead of names."""

    platforms: Mapping[str, str]
    verbs: Mapping[str, str]
    forms: frozenset[str]
    publishing: frozenset[str]
    resorting: frozenset[str]
    lasting: frozenset[str]
    askers: frozenset[str]
    answerers: frozenset[str]


@cache
def media_words(language: str = "en") -> MediaWords:
    data = json.loads((LEXICON / language / "media.json").read_text("utf-8"))
    return MediaWords(
        data["platforms"],
        data["verbs"],
        frozenset(data["forms"]),
        frozenset(data["publishing"]),
        frozenset(data["resorting"]),
        frozenset(data["lasting"]),
        frozenset(data["askers"]),
        frozenset(data["answerers"]),
    )


def medium_of(passage: Passage, cue: Token, words: MediaWords) -> str | None:
    """The medium that the cue's sentence names, outside what is quoted."""
    platform = form = None
    doc = passage.paragraph.doc
    sentence = sentence_of(cue)
    for token in doc[max(sentence.start, cue.i - _FAR) : min(sentence.end, cue.i + _FAR)]:
        if token.i not in passage.outside:
            continue
        if platform is None and token.i and doc[token.i - 1].lower_ in _PUBLISHING:
            platform = _platform(token, words)
        if form is None and token.lower_ in words.forms and token.pos_ == "NOUN" and _places(token, cue):
            form = _form(passage, token)
    if platform is None and form is None and cue.dep_ == "pcomp" and cue.head.head.lemma_.lower() in _RELAYING:
        relay = agent_of(cue.head.head)
        form = passage.span(*words_of(relay, passage.outside)).text if relay is not None else None
    return platform or form or words.verbs.get(cue.lemma_.lower())


def publishes(verb: Token, words: MediaWords) -> bool:
    """Whether a verb puts words before the public: "published a statement", "posted on Facebook", "took to Twitter"."""
    lemma = verb.lemma_.lower()
    if lemma in words.publishing:
        objects = [child for child in verb.children if child.dep_ == "dobj"]
        return any(noun.lower_ in words.forms for noun in objects) or (not objects and _goes_to_platform(verb, words))
    return lemma in words.resorting and _goes_to_platform(verb, words)


def _goes_to_platform(verb: Token, words: MediaWords) -> bool:
    return any(
        _platform(place, words) is not None or any(_platform(part, words) for part in place.children)
        for child in verb.children
        if child.lower_ in _PUBLISHING
        for place in child.children
        if place.dep_ == "pobj"
    )


def _platform(token: Token, words: MediaWords) -> str | None:
    doc = token.doc
    if token.i + 1 < len(doc):
        known = words.platforms.get(f"{token.lower_} {doc[token.i + 1].lower_}")
        if known:
            return known
    # "X." at a sentence's end is one token, an initial.
    return words.platforms.get(token.lower_.rstrip(".")) if token.text[0].isupper() else None


def is_of_another_time(paragraphs: Iterable[Paragraph], statement: StatementMention) -> bool:
    """ "When she showed the first phone, she praised it": said then, and not in the interview told before."""
    if statement.cue is None:
        return False
    at = statement.cue.start
    paragraph = next((p for p in paragraphs if p.start <= at < p.end), None)
    verb = paragraph.token_at(at) if paragraph is not None else None
    clauses = [child for child in verb.lefts if child.dep_ == "advcl"] if verb is not None else []
    return any(child.dep_ == "advmod" and child.lower_ == "when" for clause in clauses for child in clause.lefts)


def is_lasting(medium: str, words: MediaWords) -> bool:
    """Whether what follows from the same mouth is likely from the same video, interview or speech."""
    return any(word in words.lasting for word in medium.lower().split())


def addressee_of(passage: Passage, cue: Token) -> Token | None:
    """Whom the words were said to: the object of "told"."""
    if cue.lemma_.lower() not in _HEARING:
        return None
    for child in cue.children:
        if child.i in passage.outside and child.pos_ in _NOMINAL and child.dep_ in ("dobj", "dative", "nsubjpass"):
            return child
    return None


def _places(noun: Token, cue: Token) -> bool:
    """Whether "in a video" says where the cue's words are from."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in _PLACING or noun.i < preposition.i:
        return False
    holder = preposition.head
    if holder == cue or holder == cue.head or preposition.i < cue.i:
        return True
    determiner = next((child.lower_ for child in noun.children if child.dep_ == "det"), "")
    return determiner in ("a", "an")


def _form(passage: Passage, noun: Token) -> str:
    """The noun with what it is made of, and with whom an interview was: "television interview with Le Monde"."""
    first = noun
    for child in noun.children:
        if child.i < first.i and child.dep_ == "compound" and noun.i - child.i <= 2:
            first = child
    text = passage.span(first.i, noun.i).text
    if noun.lower_ in ("interview", "conversation"):
        for child in noun.children:
            partner = next((part for part in child.children if part.dep_ == "pobj"), None)
            if child.lower_ == "with" and partner is not None and partner.i in passage.outside:
                last = words_of(partner, passage.outside)[1]
                return passage.span(first.i, last).text
    return text
