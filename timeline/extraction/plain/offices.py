"""The office a person is named with: before the name, "el presidente ruso, X", or behind it, "X, ministra"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from timeline.extraction.plain.wording import Wording

_LONGEST = 10  # words of an office; more is a description
_PARTS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Office:
    """The words of an office, first to last, its head, and the gender it tells, "" where none."""

    first: int
    last: int
    head: str
    gender: str
    is_kin: bool

    def text(self, doc: Doc) -> str:
        return str(doc[self.first : self.last + 1])


def office_before(doc: Doc, name: int, wording: Wording) -> Office | None:
    """The office before the word that begins a name, with at most a comma between."""
    at = name - 1
    beside = at >= 0 and doc[at].text == ","  # then the name stands for the whole phrase: "el abogado del rey, X"
    at -= beside
    last = at
    head = None
    while at >= 0 and last - at < _LONGEST:
        if doc[at].lower_.rstrip(".") in wording.titles:
            head = at
            if not beside:
                break
        elif head is not None and not _leads_on(doc, at, wording):
            break
        if doc[at].text == ")" and at > 2 and doc[at - 2].text == "(":
            at -= 3  # "líder del Partido Popular (PP), X"
            continue
        if not _continues(doc[at], wording):
            break
        at -= 1
    if head is None or (last > head and doc[head + 1].is_punct):
        return None
    first = head
    while first > 0 and _opens(doc[first - 1], wording):
        first -= 1
    return _office(doc, first, last, wording)


def office_behind(doc: Doc, name: int, wording: Wording) -> Office | None:
    """The office behind the comma after the word that ends a name."""
    at = name + 1
    if at + 1 >= len(doc) or doc[at].text not in (",", "("):
        return None
    at += 1
    if wording.has("articles", doc[at].lower_) and at + 1 < len(doc):
        at += 1
    return office_at(doc, at, wording)


def office_at(doc: Doc, first: int, wording: Wording) -> Office | None:
    """The office that begins with a word, with what belongs to it: "secretario general del partido"."""
    ahead = wording.has("office prefix", doc[first].lower_) and first + 1 < len(doc)
    if doc[first + ahead].lower_ not in wording.titles:
        return None
    last = first + ahead
    while last + 1 < len(doc) and last - first < _LONGEST and _continues(doc[last + 1], wording):
        last += 1
    while last > first + ahead and doc[last].pos_ not in _PARTS:
        last -= 1
    return _office(doc, first, last, wording)


def _opens(token: Token, wording: Wording) -> bool:
    """Whether a word before the head of an office is part of it: "primer ministro", "secretario general"."""
    title = wording.titles.get(token.lower_)
    return wording.has("office prefix", token.lower_) or (title is not None and not title.kin)


def _leads_on(doc: Doc, at: int, wording: Wording) -> bool:
    """Whether a word before an office ties it to another one before it: "abogado de la infanta"."""
    token = doc[at]
    if wording.has("and", token.lower_):
        return not wording.has("articles", doc[at + 1].lower_)
    article = wording.has("articles", token.lower_)
    return not article or (at > 0 and wording.has("inside an office", doc[at - 1].lower_))


def _continues(token: Token, wording: Wording) -> bool:
    if token.is_punct or token.is_space or token.lower_ in wording.cues:
        return False
    return token.pos_ in _PARTS or wording.has("inside an office", token.lower_)


def _office(doc: Doc, first: int, last: int, wording: Wording) -> Office:
    marks = [wording.titles[token.lower_] for token in doc[first : last + 1] if token.lower_ in wording.titles]
    gender = next((mark.gender for mark in marks[:1] if mark.gender), "")
    if not gender and first > 0:
        gender = {"Masc": "male", "Fem": "female"}.get("".join(doc[first - 1].morph.get("Gender", [])), "")
    return Office(first, last, doc[first].lower_, gender, marks[0].kin if marks else False)
