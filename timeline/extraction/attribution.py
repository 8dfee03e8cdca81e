"""Who said a quotation: sieves in order of trust, from the verb beside it to the speaker of the paragraph before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.cues import Lexicon, introduces_quotation
from timeline.extraction.passages import TERMINATORS, Passage
from timeline.extraction.speakers import agent_of, subject_of

# Shares of right speakers by sieve.
TRUST = {
    "quote-cue-name": 0.97,
    "name-cue-quote": 0.96,
    "split quotation": 0.96,
    "continuation": 0.95,
    "same paragraph": 0.92,
    "according to": 0.95,
    "colon": 0.85,
    "name colon": 0.9,
    "signature": 0.9,
    "later in paragraph": 0.8,
    "previous paragraph": 0.75,
    "sentence before": 0.6,
    "nobody": 0.3,
}
_NEAR = 16
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """A quotation's speaker and cue as tokens of `passage`, which for a floating quotation is that of its neighbour.

    `follows` is the number of the quotation in the same paragraph that this one goes on with.
    """

    passage: Passage
    speaker: Token | None
    cue: Token | None
    sieve: str
    follows: int | None = None


def attribute(passage: Passage, words: Lexicon) -> dict[int, Attribution]:
    """The attributions of a paragraph's quotations that its own words make, by the quotation's number."""
    found: dict[int, Attribution] = {}
    cue_after: Token | None = None
    for number in range(len(passage.quotations)):
        if not passage.is_utterance(number):
            cue_after = None
            continue
        before = _before(passage, number, words, taken=cue_after)
        after = None if before else _after(passage, number, words)
        if before is None and after is None and cue_after is not None and number - 1 in found:
            gap = passage.gaps[number]
            if not any(token.text in TERMINATORS for token in gap):
                earlier = found[number - 1]
                after = Attribution(passage, earlier.speaker, earlier.cue, "split quotation", number - 1)
        attribution = before or after
        cue_after = after.cue if after else None
        if attribution:
            found[number] = attribution
    _float(passage, found)
    return found


def _after(passage: Passage, number: int, words: Lexicon) -> Attribution | None:
    inner, lead = passage.inner(number), passage.lead(number)
    if not lead or (inner.endswith(".") and not inner.endswith("...")):
        return None
    if lead[0].text in ("-", "–", "—", "--") and len(lead) > 1 and lead[1].pos_ == "PROPN":
        return Attribution(passage, _name_in(lead[1:6]), None, "signature")
    for token in lead[:_NEAR]:
        if token.lower_ == "according":
            source = next((part for child in token.children for part in child.children if part.dep_ == "pobj"), None)
            return Attribution(passage, source, token, "according to")
        if introduces_quotation(token, words) and token.dep_ not in ("relcl", "acl"):
            speaker = _speaker(passage, token, lead)
            if speaker is not None:
                return Attribution(passage, speaker, token, "quote-cue-name")
    return None


def _before(passage: Passage, number: int, words: Lexicon, taken: Token | None) -> Attribution | None:
    tail = passage.tail(number)
    if not tail:
        return None
    colon = tail[-1].text == ":"
    for at in range(len(tail) - 1, max(-1, len(tail) - 1 - _NEAR), -1):
        token = tail[at]
        if taken is not None and token.i == taken.i:
            break
        if introduces_quotation(token, words):
            if not _leads_to(tail[at + 1 :], colon):
                break
            speaker = _speaker(passage, token, tail)
            if speaker is not None:
                return Attribution(passage, speaker, token, "name-cue-quote")
        if token.lower_ == "according":
            source = next((part for child in token.children for part in child.children if part.dep_ == "pobj"), None)
            return Attribution(passage, source, token, "according to")
    if colon:
        verb = next((token for token in tail if token.dep_ == "ROOT" and token.pos_ in ("VERB", "AUX")), None)
        if verb is not None:
            return Attribution(passage, subject_of(verb), verb, "colon")
        name = _name_in(tail)
        if name is not None:
            return Attribution(passage, name, tail[-1], "name colon")
    return None


def _leads_to(between: Sequence[Token], colon: bool) -> bool:
    """Whether the words between a cue and a quotation leave them together: addressee, time and place, no new clause."""
    if colon or not between:
        return True
    return not any(token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP") for token in between)


def _float(passage: Passage, found: dict[int, Attribution]) -> None:
    """Give quotations without a cue to the speaker of the same paragraph."""
    for number in range(len(passage.quotations)):
        if number in found or not passage.is_utterance(number) or not passage.begins_sentence(number):
            continue
        earlier = next((n for n in range(number - 1, -1, -1) if n in found), None)
        if earlier is not None:
            base = found[earlier]
            sieve = "same paragraph" if _is_bare(passage, number) else "later in paragraph"
            found[number] = Attribution(passage, base.speaker, base.cue, sieve, earlier)
            continue
        later = next((n for n in range(number + 1, len(passage.quotations)) if n in found), None)
        if later is not None:
            base = found[later]
            found[number] = Attribution(passage, base.speaker, base.cue, "later in paragraph")


def _is_bare(passage: Passage, number: int) -> bool:
    """Whether only the end of the sentence with the cue stands between a quotation and the one before."""
    return sum(token.text in TERMINATORS for token in passage.gaps[number]) <= 1


def _speaker(passage: Passage, verb: Token, near: Sequence[Token]) -> Token | None:
    """The subject of a verb beside a quotation, else the name that stands next to it."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) and verb.dep_ != "pcomp":
        return agent_of(verb)
    subject = subject_of(verb)
    if subject is not None and subject.i in passage.outside:
        return subject
    position = next((n for n, token in enumerate(near) if token.i == verb.i), None)
    if position is None:
        return None
    if position and near[position - 1].pos_ in _NOMINAL:
        return near[position - 1]
    return _name_in(near[position + 1 : position + 6])


def _name_in(tokens: Iterable[Token]) -> Token | None:
    """The last word of the first name or pronoun in a row of tokens."""
    name: Token | None = None
    for token in tokens:
        if token.pos_ in _NOMINAL:
            name = token
        elif name is not None or token.pos_ not in ("DET", "ADJ", "PUNCT", "ADV"):
            break
    return name
