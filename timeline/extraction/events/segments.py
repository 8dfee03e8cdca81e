"""The parts of a headline between its marks, and who is named at its end as the one who says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from timeline.extraction.actors.described import kind_described
from timeline.extraction.events.words import EventWords, event_words

BREAKS = frozenset({":", ";", ".", "|", "?", "!", "…", "..."})
DASHES = frozenset({"-", "–", "—", "--"})
QUOTES = frozenset({"'", '"'})


def find_quoted(doc: Doc) -> set[int]:
    """The tokens inside quotation marks; an apostrophe opens none."""
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for token in doc:
        if token.text not in QUOTES:
            continue
        if opened is None:
            if token.i == 0 or doc[token.i - 1].whitespace_ or doc[token.i - 1].is_punct:
                opened = (token.i, token.text)
        elif token.text == opened[1]:
            inside.update(range(opened[0], token.i + 1))
            opened = None
    if opened is not None:
        inside.update(range(opened[0], len(doc)))
    return inside


def segments(doc: Doc, quoted: set[int]) -> Iterator[tuple[int, int, bool]]:
    """The parts between colons, dashes and full stops: first and last token, and whether it is a question."""
    words = event_words()
    start = 0
    tail = _attribution_behind_dash(doc, quoted)
    for token in doc:
        if tail is not None and token.i >= tail - 1:
            yield start, tail - 2, doc[start].lower_ in words["questions"]
            return
        ends = token.i == len(doc) - 1
        dash = token.text in DASHES and token.i > 0 and bool(doc[token.i - 1].whitespace_)
        breaks = token.i not in quoted and (token.text in BREAKS or dash)
        if not (ends or breaks):
            continue
        last = token.i - 1 if breaks else token.i
        if last >= start:
            told = _presupposed(doc, start, last)
            asked = token.text == "?" or (doc[start].lower_ in words["questions"] and told is None)
            yield told if told is not None else start, last, asked
        start = token.i + 1


def _presupposed(doc: Doc, start: int, last: int) -> int | None:
    """Where the clause of "How X came to Y" and "This is why X left" begins: it takes for granted that X did."""
    at = start
    if doc[start].lower_ in ("this", "here") and last - start > 3:
        at = next((t.i for t in doc[start : start + 4] if t.lower_ in ("how", "why")), start)
    if (
        doc[at].lower_ not in ("how", "why")
        or at + 2 > last
        or doc[at + 1].pos_ in ("AUX", "PART", "VERB", "ADV", "ADJ")
    ):
        return None
    past = next((t for t in doc[at + 1 : last + 1] if t.pos_ in ("VERB", "AUX")), None)
    return at + 1 if past is not None and past.tag_ == "VBD" else None


def _attribution_behind_dash(doc: Doc, quoted: set[int]) -> int | None:
    """Where the "prosecutors" of "… – prosecutors" begin: who says it, not who prints it."""
    dash = next((t.i for t in reversed(doc) if t.text in DASHES and t.i not in quoted and doc[t.i - 1].whitespace_), 0)
    behind = doc[dash + 1 :]
    if not dash or not 0 < len(behind) <= 3 or not behind[0].is_lower or behind[-1].pos_ != "NOUN":
        return None
    return dash + 1 if behind[-1].lower_ in event_words()["tellers"] or kind_described(behind[-1]) is not None else None


@dataclass(frozen=True, slots=True, eq=False)
class Teller:
    """Who says it by name at the end of a headline, by what verb, and the last word of what they say."""

    who: tuple[Token, Token]
    verb: Token | None
    end_of_claim: int


def find_teller(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> Teller | None:
    """ "…, police say", "…, says minister", "… – prosecutors": a claim, which never stands in a title as a fact."""
    behind = _attribution_behind_dash(doc, quoted)
    if behind is not None and last == behind - 2:
        return Teller((doc[behind], doc[-1]), None, last)
    comma = next((t.i for t in reversed(doc[first:last]) if t.text == "," and t.i not in quoted), None)
    if comma is None or not is_attribution(doc, comma, last, words):
        return None
    begin, end = comma + 1, last
    verb = doc[begin] if doc[begin].lemma_.lower() in words["attributions"] else doc[end]
    if verb.lemma_.lower() not in words["attributions"] and verb.tag_ != "VBZ":
        return None
    begin, end = (begin + 1, end) if verb.i == begin else (begin, end - 1)
    named = doc[begin : end + 1]
    if not len(named) or any(t.pos_ in ("ADP", "PART", "VERB", "AUX", "SCONJ") for t in named):
        return None
    return Teller((doc[begin], doc[end]), verb, comma - 1)


def is_attribution(doc: Doc, comma: int, last: int, words: EventWords) -> bool:
    """ ", minister says", ", say scientists": who claims it stays in the title."""
    rest = doc[comma + 1 : last + 1]
    if not 1 < len(rest) <= 6:
        return False
    tells = bool({rest[0].lemma_.lower(), rest[-1].lemma_.lower()} & words["attributions"])
    return tells or (rest[-1].tag_ == "VBZ" and not any(t.pos_ in ("VERB", "AUX", "ADP") for t in rest[:-1]))
