"""The words of reported speech: how far a complement reaches in its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.extraction.cues import Lexicon, Report, find_reports, is_negated
from timeline.extraction.passages import Passage

_RANK = ("clause", "according to", "infinitive", "passive", "preposition", "object", "adjective", "noun clause")
_TRIMMED = frozenset({",", ".", ";", ":", "—", "–", "-", "--", "!", "?", "…", "..."})
_COORDINATORS = frozenset({"and", "but", "or"})


@dataclass(frozen=True, slots=True, eq=False)
class Indirect:
    """A report and the token runs (first, last) of what it reports."""

    report: Report
    runs: tuple[tuple[int, int], ...]


def find_indirect(passage: Passage, words: Lexicon, taken: frozenset[int]) -> Iterator[Indirect]:
    """The reported speech of a paragraph; `taken` are the quotations that are statements of their own."""
    doc = passage.paragraph.doc
    used: dict[int, str] = {}
    for report in find_reports(doc, words):
        cue = report.cue
        if cue.i not in passage.outside or is_negated(cue):
            continue
        if used.setdefault(cue.i, report.construction) != report.construction:
            continue
        runs = tuple(_runs(passage, report, taken))
        if runs:
            yield Indirect(report, runs)


def _runs(passage: Passage, report: Report, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    doc = passage.paragraph.doc
    if passage.quotation_of[report.content.i] in taken and passage.quotation_of[report.content.i] >= 0:
        return
    inside = {token.i for token in report.content.subtree}
    if report.cue.i in inside:
        inside -= {token.i for token in report.cue.subtree}
    else:
        inside.discard(report.cue.i)
    if report.last != report.cue:
        inside.discard(report.last.i)
    inside -= {i for i in inside if passage.quotation_of[i] in taken}
    if report.speaker is not None and report.speaker.i in inside and report.content.i != report.speaker.i:
        inside -= {token.i for token in report.speaker.subtree}
    if not inside:
        return
    first = last = -1
    for i in sorted(inside):
        if last >= 0 and i - last <= 2 and all(doc[n].is_punct or n in inside for n in range(last + 1, i)):
            last = i
            continue
        if last >= 0:
            yield from _trimmed(passage, first, last)
        first = last = i
    yield from _trimmed(passage, first, last)


def _trimmed(passage: Passage, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A run without punctuation at its ends, and with whole quotations."""
    doc, places = passage.paragraph.doc, passage.quotation_of
    while first <= last and places[first] < 0 and (doc[first].text in _TRIMMED or doc[first].is_space):
        first += 1
    while (
        last >= first
        and places[last] < 0
        and (doc[last].text in _TRIMMED or doc[last].is_space or doc[last].lower_ in _COORDINATORS)
    ):
        last -= 1
    if first > last:
        return
    while first > 0 and places[first] >= 0 and places[first - 1] == places[first]:
        first -= 1
    while last + 1 < len(doc) and places[last] >= 0 and places[last + 1] == places[last]:
        last += 1
    if any(doc[i].is_alpha or doc[i].like_num for i in range(first, last + 1)):
        yield first, last
