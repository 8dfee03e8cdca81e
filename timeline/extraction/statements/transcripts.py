"""Interviews printed as turns: "Q:" and "A:", or a name and a colon at the start of every paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.extraction.cast import Cast
from timeline.extraction.statements.passages import Passage
from timeline.vocabulary import ActorKind

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3}):\s+(?=[^\W_])")
_QUESTION_AND_ANSWER = frozenset({"Q", "A"})
# A label that stands once is a caption or a list; two speakers who alternate make three turns.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of an interview; offsets are those of the document's text."""

    label_start: int
    label_end: int
    start: int
    end: int


def find_turns(passages: Sequence[Passage], cast: Cast) -> dict[int, Turn]:
    """The turns of an article, by the index of their paragraph; empty unless it is an interview."""
    turns: dict[int, Turn] = {}
    labels: Counter[str] = Counter()
    for passage in passages:
        paragraph = passage.paragraph
        match = _LABEL.match(passage.text, paragraph.start, paragraph.end)
        if match is None or not paragraph.is_body:
            continue
        label = match["label"]
        if not (label in _QUESTION_AND_ANSWER or label.isupper() or _is_person(cast, match.end("label") - 1)):
            continue
        labels[label] += 1
        turns[paragraph.index] = Turn(match.start("label"), match.end("label"), match.end(), paragraph.end)
    if len(turns) < _FEWEST or len(labels) < 2 or max(labels.values()) < 2:
        return {}
    return turns


def _is_person(cast: Cast, offset: int) -> bool:
    found = cast.at(offset)
    return found is not None and found[0].kind is ActorKind.PERSON
