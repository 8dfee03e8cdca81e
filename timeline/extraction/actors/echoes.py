"""Words that name a body again by what it is: "the ministry" after "Ministry of Transport", "the coast guard"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from timeline.extraction.names import table, word_list

_JOINTS = (" of ", " for ", " on ", " against ")


def nouns_of(name: str) -> frozenset[str]:
    """What a body of this name is called for short, in lower case: the last words of its head, one and two of them."""
    for joint in _JOINTS:
        name = name.partition(joint)[0]
    parts = name.lower().split()
    if not parts or parts[-1] not in _kinds():
        return frozenset()
    return frozenset({parts[-1], " ".join(parts[-2:])})


def is_kind(noun: str) -> bool:
    """Whether a noun says what a body is: "union", "airline"."""
    return noun in _kinds() or noun in firm_words()


def echo_at(article: Token) -> tuple[Token, str] | None:
    """The last word of "the ministry" or "the coast guard" at an article, and the words; None for any other phrase."""
    doc = article.doc
    for length in (2, 1):
        last = article.i + length
        if last >= len(doc) or doc[last].lower_ not in _kinds() or doc[last].dep_ == "compound":
            continue
        words = doc[article.i + 1 : last + 1]
        following = doc[last + 1].lower_ if last + 1 < len(doc) else ""
        if all(word.text.islower() for word in words) and following not in ("of", "for", "-", "'s"):
            return doc[last], words.text
    return None


@cache
def _kinds() -> frozenset[str]:
    """Nouns that say what a body is, in lower case."""
    return word_list("en", "echoes.txt")


@cache
def firm_words() -> frozenset[str]:
    """Nouns for any firm, and for those of one trade, in lower case."""
    return frozenset(_trades())


def suits(name: frozenset[str], noun: str) -> float | None:
    """How well a body with these words in its name suits "the company" or "the airline": 1.0 where the name tells the
    trade of the noun, 0.0 where it tells none, None where it cannot be: a ministry is no firm."""
    trade = _trades()[noun]
    if trade & name:
        return 1.0
    others = frozenset().union(*_trades().values())
    strange = (_kinds() - others) | (others - trade if trade else frozenset())
    return None if "*" in trade or name & strange else 0.0


@cache
def _trades() -> dict[str, frozenset[str]]:
    """Each noun with the words of names that tell its trade; "*" where every such firm has one in its name."""
    return {noun: frozenset(" ".join(words).split()) for noun, *words in table("en", "firms.txt")}
