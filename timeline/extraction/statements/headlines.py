"""Headlines that give somebody's words behind or before a name: "Berg: bridge is unsafe"; "Bridge is unsafe: Berg"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.statements.passages import Passage
from timeline.vocabulary import ActorKind

_LONGEST_LABEL, _FEWEST_WORDS = 5, 3
# "Anna Berg: What we know", "Anna Berg: 5 facts": the name is a topic.
_ABOUT = frozenset({"WP", "WDT", "WRB", "WP$", "CD"})


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """The word that names the speaker, its mark, and the first and last token of what is said."""

    speaker: Token
    mark: Token
    first: int
    last: int


def read_headline(passage: Passage, cast: Cast) -> Headline | None:
    """The person, study or police before or behind the one colon of a headline; a topic says nothing."""
    doc = passage.paragraph.doc
    colons = [token for token in doc if token.text == ":" and token.i in passage.outside]
    if len(colons) != 1:
        return None
    mark, last = colons[0], len(doc) - 1
    while last > mark.i and doc[last].is_punct and last in passage.outside:
        last -= 1
    for first, end, start, stop in ((0, mark.i - 1, mark.i + 1, last), (mark.i + 1, last, 0, mark.i - 1)):
        if (
            not 0 <= end - first < _LONGEST_LABEL
            or sum(doc[i].is_alpha for i in range(start, stop + 1)) < _FEWEST_WORDS
        ):
            continue
        if doc[start].tag_ in _ABOUT:
            continue
        speaker = doc[end]
        if _speaks(passage, first, speaker, cast) and any(
            doc[i].pos_ in ("VERB", "AUX") and doc[i].tag_ != "VBG" and doc[i].dep_ != "relcl"
            for i in range(start, stop + 1)
        ):
            return Headline(speaker, mark, start, stop)
    return None


def _speaks(passage: Passage, first: int, speaker: Token, cast: Cast) -> bool:
    found = cast.at(passage.paragraph.offset(speaker))
    if found is not None and found[0].kind is ActorKind.PERSON:
        return True
    return first >= speaker.i - 2 and speaker.lower_ in passage.words.sources
