"""Which way a clause looks, back or ahead, by the verb above an expression."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.dates.words import Words
from timeline.extraction.paragraphs import Paragraph, sentence_of


def tense_of(paragraph: Paragraph, start: int, end: int, words: Words) -> tuple[int, bool, bool]:
    """Which way the clause looks, -1 back, 1 ahead, 0 neither, by the verb above.

    And whether it is in the present; and whether the verb is a plain past just above, which is seldom misread.
    """
    span = paragraph.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return 0, False, False
    before = paragraph.text[max(0, start - 40) : start]
    owns = words.forms["owns"].match(paragraph.text, end) is not None
    not_yet = (
        words.forms["not yet"].search(before) is not None
        and not (owns and words.forms["before what is owned"].search(before))
        and words.listed("had").isdisjoint(token.lower_ for token in sentence_of(span.root))
    )
    by = not_yet and words.forms["by then"].search(before) is not None
    if not_yet and not by:
        return (-1 if _is_not_until(span.root, words) else 1), False, False
    token: Token = span.root
    for step in range(12):
        if token.pos_ in ("VERB", "AUX"):
            fronted = step <= 2 and span.end <= token.i  # "in June they postponed the flight", not "to June"
            side = _tense(token, words, fronted=fronted)
            if by:  # "must leave by Friday", but "had fallen to three by Friday", "fell to three by Friday"
                return (-1 if side == -1 else 1), False, False
            if owns:  # "Wednesday's ruling" has been, but in "will skip Thursday's debate"
                return (1 if words.listed("will") & {child.lower_ for child in token.children} else -1), False, False
            if side is not None:
                # "They meet Monday" is ahead, "says Monday" and a caption's "leaves court Monday" are not.
                ahead = (
                    side == 0
                    and step <= 2
                    and paragraph.is_body
                    and token.lemma_.lower() not in words.listed("reports")
                )
                return side, ahead, side == -1 and step <= 2 and token.tag_ == "VBD"
        if token.head is token:
            break
        token = token.head
    return int(by), False, False


def _is_not_until(token: Token, words: Words) -> bool:
    """ "Did not reopen until June": then it did."""
    verb = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)
    if verb is None or not any(child.dep_ == "neg" for child in verb.children):
        return False
    return not words.listed("did").isdisjoint(child.lower_ for child in verb.children)


def _tense(verb: Token, words: Words, *, fronted: bool) -> int | None:
    """-1 past, 1 future, 0 present; None where only the verb above tells."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    tag = verb.tag_
    if helpers & words.listed("will"):
        return 1
    if verb.lemma_.lower() in words.listed("looks ahead") and helpers & words.listed("is"):
        return 1
    if verb.lower_ in words.listed("is") and any(
        child.lower_ in words.listed("looks ahead") for child in verb.children
    ):
        return 1  # "is due", "are ready"
    if helpers & words.listed("could") and any(child.dep_ == "neg" for child in verb.children):
        return -1  # "could not be reached on Sunday"
    if helpers & words.listed("modals"):
        return -1 if helpers & words.listed("have") else 1
    schedules = verb.lemma_.lower() in words.listed("schedules") and not (fronted and tag == "VBD")
    if schedules and not helpers & words.listed("had"):
        return 1
    if tag == "VBD" and verb.lemma_.lower() in words.listed("forecasts"):
        return None  # "expected a fall in October"
    if tag == "VBD" or (tag == "VBN" and verb.dep_ == "acl") or helpers & words.listed("past helpers"):
        return -1
    if tag == "VB" and "to" in helpers:
        above = verb.head
        if above.lower_ in words.listed("is"):
            return 1  # "is to resume"
        if above.lemma_.lower() in words.listed("looks ahead") or above is verb:
            return -1 if any(child.lower_ in words.listed("had") for child in above.children) else 1
        return None
    if tag in ("VBZ", "VBP"):
        return 0
    if tag == "VBG" and helpers & words.listed("is"):
        return 0
    return (
        {"Fut": 1, "Past": -1, "Imp": -1}.get("".join(verb.morph.get("Tense", [])))
        if "Fin" in verb.morph.get("VerbForm", [])
        else None
    )
