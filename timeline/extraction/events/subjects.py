"""The subject of a headline: the phrase before its verb, as headlines drop the words by which a parse would find it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.words import event_words
from timeline.extraction.statements.speakers import subject_of

BESIDE = frozenset({"advmod", "aux", "auxpass", "punct", "neg"})
HELPERS = frozenset({"AUX", "ADV", "PART"})
ARTICLES = frozenset({"a", "an", "the"})
LONGEST = 9  # words


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The words of a subject, without its article: its noun, and from the first to the last with what "of" adds."""

    first: Token
    head: Token
    last: Token


def find_subject(clause: Headline) -> Subject | None:
    """Who or what the verb of a headline is said of; None where a noun tells the event, or nothing stands before it."""
    if clause.nominal:
        return None
    if clause.spoken and clause.by is not None:
        return _subject(*clause.by.who, clause.by.who[1].i)
    doc, own = clause.paragraph.doc, subject_of(clause.word)
    if own is not None and clause.word.i < own.i <= clause.last:
        return _subject(own.left_edge, own, clause.last)  # "'It is over,' say scientists"
    verb = clause.word.i
    while verb > clause.first and not doc[verb - 1].whitespace_:
        verb -= 1  # "u-turns"
    before = [token for token in doc[clause.first : verb] if token.dep_ not in BESIDE and token.pos_ not in HELPERS]
    if not before:
        return None
    end = next((n for n, token in enumerate(before) if n and _ends_phrase(token)), len(before))
    return _subject(before[0], before[end - 1], verb - 1)


def is_deed(noun: Token) -> bool:
    """Whether a noun tells what somebody does, so that it is their doing: "Lee's plan", "price change"; not a phone."""
    words, lemma = event_words(), noun.lemma_.lower()
    return lemma in words.nouns or lemma in words["occasions"] or lemma in words["purposes"]


def _ends_phrase(token: Token) -> bool:
    """ "Fire at hotel kills", "Tweet that blasts", "Man held in", "Smith, minister": what hangs on it or renames."""
    if token.lower_ == "to" and _is_route(token):
        return False
    if token.tag_ in ("IN", "TO", "WDT", "WP") or (token.pos_ == "VERB" and token.dep_ in ("acl", "relcl")):
        return True
    return token.doc[token.i - 1].text == "," and token.pos_ != "PROPN"


def _is_route(to: Token) -> bool:
    """ "LAX to Tokyo flight": between two names, with the noun behind that they qualify."""
    doc = to.doc
    if not 0 < to.i < len(doc) - 2:
        return False
    ends = doc[to.i - 1].text[0].isupper() and doc[to.i + 1].text[0].isupper()
    return ends and doc[to.i + 2].pos_ == "NOUN" and doc[to.i + 2].text.islower()


def _subject(first: Token, head: Token, end: int) -> Subject:
    while first.i < head.i and (first.lower_ in ARTICLES or not first.text[0].isalnum()):
        first = first.nbor()
    behind = head.nbor() if head.i < end else None
    last = head
    if behind is not None and behind.lower_ == "of" and head.pos_ != "PROPN":
        noun = next((child for child in behind.children if child.dep_ == "pobj"), head)
        last = noun if head.i < noun.i <= end and noun.i - first.i < LONGEST else head
    return Subject(first, head, last)  # "killing of gorilla", "hundreds of council seats"
