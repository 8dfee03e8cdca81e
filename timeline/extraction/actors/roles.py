"""The office a person is named with, as written: "Russian President X", "X, the Kremlin spokesman"."""

from __future__ import annotations

import calendar
from collections.abc import Collection

from spacy.tokens import Doc, Token

from timeline.extraction.names import gendered_titles, honorifics, kin, name_titles, titles

_OFFICE_PARTS = frozenset({"PROPN", "NOUN", "ADJ"})
_LINKS = frozenset({"of", "for"})
_RANKS = frozenset({"former", "senior", "deputy", "acting", "executive", "assistant", "associate", "outgoing", "then"})
_LEVELS = frozenset({"state", "city", "county", "house", "vice", "deputy"})
# "On 28 February US President X": the month is no part of the office.
_CALENDAR = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name) if name)
_LONGEST = 9  # words of an office; more is a description


def office_before(doc: Doc, first: Token, people: Collection[int]) -> str | None:
    """The office directly before a name; `people` are the tokens of other persons' names."""
    run: list[Token] = []
    token = first
    while token.i > 0 and len(run) < _LONGEST:
        token = doc[token.i - 1]
        if token.i in people or token.is_space or token.lower_ in _CALENDAR:
            break
        lower = token.lower_
        if lower in honorifics() or lower.rstrip(".") in honorifics():
            if run:
                break
            continue
        if not run and lower not in name_titles() and token.pos_ not in _OFFICE_PARTS:
            break
        if not (
            (lower in titles() and not _is_verb(token))
            or token.pos_ in _OFFICE_PARTS
            or lower in ("'s", "'", "-", "/")
            or (lower in _LINKS and any(t.lower_ in titles() for t in doc[max(0, token.i - 3) : token.i]))
            or (lower in ("and", "&") and run and run[-1].lower_ in titles() and doc[token.i - 1].lower_ in titles())
            or (lower in ("and", "&") and len(run) and run[-1].pos_ == "PROPN" and _in_office(doc, token.i))
            or (lower == "the" and doc[token.i - 1].lower_ in _LINKS)
        ):
            break
        run.append(token)
    run.reverse()
    relatives = [n for n, token in enumerate(run) if token.lower_ in kin()]
    if relatives and relatives[-1] + 1 < len(run):
        del run[: relatives[-1] + 1]  # "her opponent Sen. X"
    while run and (run[0].lower_ in _LINKS or run[0].lower_ in ("'s", "'", "-", "/", "and", "&", "the")):
        run.pop(0)
    if not any(token.lower_ in titles() and token.lower_ not in kin() for token in run):
        return None
    if run[-1].lower_ not in titles() and not any(token.lower_ in _LINKS for token in run):
        return None
    # A verb or a common noun of the sentence that is no part of the office stays out: "news conference President X".
    links = [n for n, token in enumerate(run) if token.lower_ in _LINKS]
    if links and run[-1].lower_ in name_titles():
        # "a spokesman for Ohio Gov. X": the office of X begins behind the link.
        del run[: links[-1] + 1]
        while run[0].lower_ == "the":
            run.pop(0)
    heads = [n for n, token in enumerate(run) if token.lower_ in titles()]
    begin = heads[0]
    while begin and (_describes(run[begin - 1], run[heads[0]]) or _is_joint(run[begin - 1])):
        begin -= 1
    return doc[run[begin].i : run[-1].i + 1].text


def _is_verb(token: Token) -> bool:
    """Whether a word that may be an office is something done: "to host X"."""
    return token.text.islower() and token.pos_ == "VERB"


def _is_joint(token: Token) -> bool:
    """Whether a sign joins two words of an office: "City's", "vice-", but not the dash of " - Gov. X"."""
    return token.lower_ in ("'s", "'") or (token.text == "-" and not token.nbor(-1).whitespace_)


def _describes(token: Token, head: Token) -> bool:
    """Whether a word before an office belongs to it: not "rivals" and "dissent" in "his rivals Sen. X"."""
    if token.pos_ not in _OFFICE_PARTS or token.tag_ == "NNS" or token.lower_ in kin():
        return False
    capitals = head.text[0].isupper() and not token.text[0].isupper()
    return not (capitals and token.pos_ == "NOUN" and token.lower_ not in _LEVELS)


def _in_office(doc: Doc, at: int) -> bool:
    """Whether an "and" stands inside an office: "secretary of health and human services"."""
    before = doc[max(0, at - 4) : at]
    return any(token.lower_ in _LINKS for token in before) and any(token.lower_ in titles() for token in before)


def office_beside(doc: Doc, first: Token, last: Token) -> str | None:
    """The office in apposition to a name: "X, the Kremlin spokesman", "the prime minister, X"."""
    head = next((token for token in doc[first.i : last.i + 1] if token.head.i < first.i or token.head.i > last.i), last)
    for child in head.children:
        if child.dep_ == "appos" and child.i > last.i and _is_office(child):
            return _office(doc, child)
    if head.dep_ == "appos" and head.head.i < first.i and _is_office(head.head):
        return None if _is_aim(head.head) or _is_listed(head.head) else _office(doc, head.head)
    return None


def gender_beside(first: Token, last: Token) -> str | None:
    """What an apposition tells of a person: "his wife, X" female."""
    head = next((token for token in (first, last) if token.head.i < first.i or token.head.i > last.i), last)
    around = [child for child in head.children if child.dep_ == "appos" and child.i > last.i]
    if head.dep_ == "appos" and head.head.i < first.i:
        around.append(head.head)
    return next((gender for token in around if (gender := gendered_titles().get(token.lower_))), None)


def _is_aim(token: Token) -> bool:
    """Whether an office is only stood for: "candidate for governor", "running for president"."""
    return token.dep_ == "pobj" and token.head.lower_ == "for"


def _is_listed(office: Token) -> bool:
    """Whether an office is one more in a list, and not that of the name behind it: "the king, the president, X"."""
    start = office.left_edge
    if start.lower_ != "the" or start.i < 2 or start.nbor(-1).text != ",":
        return False
    return start.nbor(-2).lower_ in titles() or start.nbor(-2).ent_type_ == "PERSON"


def _is_office(token: Token) -> bool:
    return token.lower_ in titles() and token.lower_ not in kin()


def _office(doc: Doc, head: Token) -> str | None:
    left = head
    for child in head.lefts:
        if child.tag_ == "PRP$" or (child.dep_ == "amod" and child.left_edge.text[0].isdigit()):
            left = head
            continue
        if child.dep_ in ("compound", "amod", "poss", "nmod") and child.left_edge.i < left.i:
            left = child.left_edge
    while left.i < head.i and (left.dep_ == "det" or left.tag_ == "PRP$" or left.lower_ in ("a", "an", "the")):
        left = doc[left.i + 1]
    while (
        left.i > 1 and doc[left.i - 1].text == "-" and not doc[left.i - 1].whitespace_ and not doc[left.i - 2].like_num
    ):
        left = doc[left.i - 2]
    while left.i and doc[left.i - 1].lower_ in _RANKS:
        left = doc[left.i - 1]
    right = head
    for child in head.rights:
        of = child.lower_ in _LINKS or (child.lower_ in ("at", "to") and any(t.pos_ == "PROPN" for t in child.subtree))
        if child.dep_ == "prep" and of and child.i == right.i + 1:
            edge = child.right_edge
            if edge.i - left.i < _LONGEST and not any(t.dep_ in ("relcl", "acl") or t.is_punct for t in child.subtree):
                right = edge
        elif child.i == head.i + 1 and child.dep_ != "prep":
            break
    return doc[left.i : right.i + 1].text if right.i - left.i < _LONGEST else None
