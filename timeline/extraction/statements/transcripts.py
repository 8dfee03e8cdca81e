"""Interviews printed as turns: "Q:" and "A:", a name and a colon, or "((name))" at the start of every paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction.cast import Cast
from timeline.extraction.mentions import ActorMention
from timeline.extraction.statements.media import MediaWords
from timeline.extraction.statements.passages import Passage
from timeline.vocabulary import ActorKind, BlockRole

_LABEL = re.compile(
    r"(?P<open>\(\()?(?P<label>[QA](?=\.)|[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3})"
    r"(?(open)\)\)\s?:?|(?::|(?<=\b[QA])\.))\s+(?=[^\W_]|[\"“‘'\[(…])"
)
# "AS We repeated the analysis …": an answer behind initials or a name, between questions whose labels are set off.
_BARE = re.compile(
    r"(?P<label>[A-Z]{2,3}|[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,3})(?P<open>)\s+(?=[A-Z][a-z’']*\s|[\"“])"
)
_INITIALS = re.compile(r"[A-Z]{2,4}")
_LETTER = re.compile(r"[^\W\d_]")
# A label that stands once is a caption or a list; two speakers who alternate make three turns.
_FEWEST = 3
# A question set in bold looks like a heading.
_TURNS = (BlockRole.BODY, BlockRole.DEK, BlockRole.SUBHEAD)
# Paragraphs without a label that an answer may run on for.
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words in an interview; offsets are those of the document's text.

    `speaker` is None where the label names nobody whom the document knows. `parts` are the paragraphs after the first.
    """

    label_start: int
    label_end: int
    start: int
    end: int
    speaker: str | None
    parts: tuple[tuple[int, int], ...] = ()


def find_turns(passages: Sequence[Passage], cast: Cast, words: MediaWords) -> dict[int, Turn | None]:
    """The turns of an article, by the index of their paragraph; empty unless it is an interview.

    A paragraph that goes on with the turn before it has None.
    """
    labelled: dict[int, re.Match[str]] = {}
    labels: Counter[str] = Counter()
    for position, passage in enumerate(passages):
        paragraph = passage.paragraph
        match = _LABEL.match(passage.text, paragraph.start, paragraph.end)
        if (
            match is None
            or paragraph.role not in _TURNS
            or not _LETTER.search(passage.text, match.end(), paragraph.end)
        ):
            continue
        label = match["label"]
        if match["open"] or label.isupper() or _stands_for(label, words) or cast.at(match.end("label") - 1) is not None:
            labels[label] += 1
            labelled[position] = match
    _add_bare(passages, cast, labelled, labels)
    if len(labelled) < _FEWEST or len(labels) < 2 or max(labels.values()) < 2:
        return {}
    guest = _guest(passages, cast, min(labelled))
    turns: dict[int, Turn | None] = {}
    for position, match in labelled.items():
        paragraph = passages[position].paragraph
        speaker = _speaker(cast, match, guest, words)
        turn = Turn(match.start("label"), match.end("label"), match.end(), paragraph.end, speaker)
        following = next((later for later in labelled if later > position), None)
        rest = passages[position + 1 : following] if following is not None else ()
        asks = passages[position].text[: paragraph.end].endswith("?")
        if 0 < len(rest) <= _LONGEST and not asks and all(p.paragraph.is_body and not p.quotations for p in rest):
            turn = replace(turn, parts=tuple((p.paragraph.start, p.paragraph.end) for p in rest))
            turns.update((p.paragraph.index, None) for p in rest)
        turns[paragraph.index] = turn
    return turns


def _add_bare(
    passages: Sequence[Passage], cast: Cast, labelled: dict[int, re.Match[str]], labels: Counter[str]
) -> None:
    """Add the answers whose labels are not set off, where the questions' are."""
    if sum(bool(match["open"]) for match in labelled.values()) < _FEWEST:
        return
    for position in range(min(labelled) + 1, len(passages)):
        paragraph = passages[position].paragraph
        if position in labelled or position - 1 not in labelled or paragraph.role not in _TURNS:
            continue
        match = _BARE.match(passages[position].text, paragraph.start, paragraph.end)
        if match is not None and _initialled(cast, match["label"]):
            labels[match["label"]] += 1
            labelled[position] = match
    ordered = sorted(labelled.items())
    labelled.clear()
    labelled.update(ordered)


def _initialled(cast: Cast, label: str) -> ActorMention | None:
    """The only person of the article with these initials or this name."""
    named = [
        actor
        for actor in cast.actors
        if actor.kind is ActorKind.PERSON
        and label in (actor.name, "".join(part[0] for part in actor.name.split() if part[0].isupper()))
    ]
    return named[0] if len(named) == 1 else None


def _stands_for(label: str, words: MediaWords) -> bool:
    return label.lower() in words.askers or label.lower() in words.answerers


def _speaker(cast: Cast, match: re.Match[str], guest: ActorMention | None, words: MediaWords) -> str | None:
    label = match["label"]
    if label.lower() in words.askers:
        return None
    if label.lower() in words.answerers:
        return guest.key if guest is not None else None
    if _INITIALS.fullmatch(label) and (meant := _initialled(cast, label)) is not None:
        return meant.key
    found = cast.at(match.end("label") - 1)
    if found is not None:
        return found[0].key
    named = [a for a in cast.actors if a.kind is ActorKind.PERSON and _ends_with(a.name, label)]
    return named[0].key if len(named) == 1 else None


def _ends_with(name: str, label: str) -> bool:
    return f" {name}".casefold().endswith(f" {label}".casefold())


def _guest(passages: Sequence[Passage], cast: Cast, first: int) -> ActorMention | None:
    """Whom "A" answers for: the one person whom the headline and the words before the first question speak of most."""
    counts: Counter[str] = Counter()
    for passage in passages[:first]:
        paragraph = passage.paragraph
        for actor, _ in cast.between(paragraph.start, paragraph.end):
            if actor.kind is ActorKind.PERSON:
                counts[actor.key] += 3 if paragraph.role is BlockRole.TITLE else 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return cast.by_key[ranked[0][0]]
