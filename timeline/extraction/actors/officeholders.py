"""Offices that stand for who holds them: "the president", "the Russian leader"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from timeline.extraction.names import titles

_LEADING = frozenset({"president", "premier", "chancellor", "king", "queen", "emir", "sultan", "prime", "leader"})
_NOT_LEADING = frozenset({"vice", "deputy", "former", "elect", "ex"})


def office_at(doc: Doc, start: int) -> tuple[Token | None, list[Token]]:
    """The noun of office after an article, and the words before it: "Russian", "former"."""
    words: list[Token] = []
    for token in doc[start : start + 5]:
        if token.lower_ in titles():
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if after is not None and after.lower_ in titles():
                words.append(token)
                continue
            if after is not None and (
                after.pos_ == "PROPN" or after.lower_ in ("of", "for") or token.dep_ == "compound"
            ):
                return None, []
            return token, words
        if token.pos_ not in ("ADJ", "PROPN", "NOUN") and token.text not in ("-", "."):
            return None, []
        words.append(token)
    return None, []


def holds(office: str, head: Token, words: Sequence[Token]) -> bool:
    """Whether an office is the one meant: its noun, and the words before it that make it another ("vice", "prime")."""
    parts = office.replace("-", " ").split()
    if head.lower_ not in parts:
        return False
    for pair in (("vice", "president"), ("prime", "minister"), ("deputy", head.lower_), ("attorney", "general")):
        if head.lower_ == pair[1] and (pair[0] in parts) != any(word.lower_ == pair[0] for word in words):
            return False
    told = [word for word in words if word.lower_ not in ("vice", "prime", "deputy") and not word.is_punct]
    return all(word.lower_ in parts for word in told if word.pos_ == "NOUN" or word.text[0].isupper())


def leads(office: str) -> bool:
    """Whether an office is that of a country's leader."""
    words = set(office.casefold().replace("-", " ").split())
    return bool(words & _LEADING) and not words & _NOT_LEADING
