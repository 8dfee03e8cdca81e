"""Those who act without a name: "seven people", "a driver", "police". The document says no more of who they are.

Only the main event has such actors, as it has to say who; elsewhere a description is nobody in particular.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from timeline.extraction.names import table, titles
from timeline.vocabulary import ActorKind

# "Figures show", "heads roll": offices that mean something else just as often.
_DOUBTFUL = frozenset({"figure", "head", "major", "private", "whip", "justice", "principal", "anchor", "general"})
# Along these a word belongs to the short description; what else hangs on the noun says more than who it is.
_OWN = frozenset({"compound", "amod", "nummod", "poss", "nmod", "quantmod", "case", "npadvmod", "advmod", "punct"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
# A picture's caption that a copied text runs into its first sentence.
_PICTURED = frozenset({"caption", "copyright"})
# "12", "1,200", "twelve"; not "3.5m".
_COUNT = re.compile(r"[a-z]+|\d{1,3}(?:,?\d{3})*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 9  # words of a description


def kind_described(head: Token) -> ActorKind | None:
    """What the noun of a phrase describes: a person, a group, a body; None where it is nobody ("the storm").

    A number alone counts people ("seven killed"), and so does a noun of measure over people ("dozens of rescuers").
    """
    sorts = sorts_of(head)
    if head.tag_ == "CD" and not _is_count(head):
        return None
    if head.tag_ == "CD" or "count" in sorts or "alone" in sorts:
        counted = _counted(head)
        if counted is not None:
            return ActorKind.GROUP if kind_described(counted) is not None else None
        if head.tag_ == "CD" or "alone" in sorts:
            return ActorKind.GROUP
    if head.pos_ not in ("NOUN", "PROPN", "ADJ") or not sorts:
        return None
    if "group" in sorts or _is_plural(head):
        return ActorKind.GROUP
    if "craft" in sorts:
        # A ship that strikes a bridge stands for those aboard.
        return ActorKind.GROUP
    if "body" in sorts:
        return ActorKind.ORGANISATION
    return ActorKind.PERSON if "person" in sorts else None


def description(head: Token) -> tuple[Token, Token] | None:
    """The first and last word of a description without its article: "Hillary Clinton aide", "dozens of rescuers"."""
    doc = head.doc
    first, last = head, _counted(head) or head
    for child in head.lefts:
        if child.dep_ in _OWN and child.left_edge.i < first.i:
            first = child.left_edge
    glued = [t.i for t in doc[first.i : head.i] if t.lower_ in _PICTURED]
    first = doc[glued[-1] + 1] if glued else first
    while first.i < head.i and (first.lower_ in _ARTICLES or not first.text[0].isalnum()):
        first = doc[first.i + 1]
    return (first, last) if last.i - first.i < _LONGEST else None


def _is_count(number: Token) -> bool:
    """Whether a number counts: no year ("Expo 2019"), no sum of money."""
    before = number.doc[number.i - 1] if number.i else None
    named = before is not None and (before.pos_ in ("PROPN", "NOUN") or before.is_currency)
    return not named and not _YEAR.fullmatch(number.text) and _COUNT.fullmatch(number.lower_) is not None


def _counted(head: Token) -> Token | None:
    """The "rescuers" of "dozens of rescuers"; the owner of "fans of the club" as well."""
    prep = next((child for child in head.rights if child.lower_ == "of" and child.i == head.i + 1), None)
    return next((noun for noun in prep.children if noun.dep_ == "pobj"), None) if prep is not None else None


def _is_plural(head: Token) -> bool:
    return head.tag_ in ("NNS", "NNPS") or any(child.dep_ == "nummod" and child.lower_ != "one" for child in head.lefts)


def sorts_of(head: Token) -> frozenset[str]:
    """What a noun is listed as; a plural that the parse takes for a name or a verb has its singular's."""
    word = head.lower_
    for form in (head.lemma_.lower(), word):
        if form in _people():
            return _people()[form]
    for ending, stem in (("ies", "y"), ("men", "man"), ("children", "child"), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + stem in _people():
            return _people()[word[: -len(ending)] + stem]
    return frozenset()


@cache
def _people() -> dict[str, frozenset[str]]:
    """Nouns for people with what they are: "person", "group", "body"; "count" and "alone" for words of number."""
    found = dict.fromkeys(titles() - _DOUBTFUL, frozenset({"person"}))
    found.update({row[0]: frozenset(row[1:]) or frozenset({"person"}) for row in table("en", "people.txt")})
    return found
