"""Whether an entry stands on the page or waits for a person, and the reason in a reporter's words."""

from __future__ import annotations

from typing import Any

from timeline.extraction.mentions import StatementMention
from timeline.vocabulary import EventStatus, PartialDate

# From this confidence an entry stands on the page; below it waits for a person. Of the entries that readers judged,
# nine in ten were right from there on: docs/calibration.md.
SHOWN_EVENT, SHOWN_STATEMENT = 0.85, 0.85
# An article's main event stands there sooner, right three times in four: without it the article has no entry at all.
SHOWN_MAIN = 0.7

# What each way of finding a speaker, or what is said, leaves open. A way that leaves nothing open is not named.
LEFT_OPEN = {
    "earlier in paragraph": "speaker named earlier in the paragraph",
    "later in paragraph": "speaker named later in the paragraph",
    "cue in sentence before": "speaker named in the sentence before",
    "sentence before": "speaker named in the sentence before",
    "last speaker": "speaker taken from the paragraph before",
    "same paragraph": "speaker taken from the same paragraph",
    "continuation": "goes on from the quotation before",
    "run of quotations": "one of several quotations in a row",
    "colon": "only a colon leads to it",
    "introduced by colon": "only a colon leads to it",
    "name colon": "only a name and a colon before it",
    "headline": "told in the headline alone",
    "outcry": "told as a cry",
    "verb alone": "the verb names no speaker",
    "verb alone, several spoke": "the verb names no speaker and several spoke",
    "clause without subject": "the verb names no speaker",
    "passive": "told in the passive",
    "adjective": "what somebody thinks rather than says",
    "infinitive": "what somebody wants rather than says",
    "naming": "what was said is only named",
    "object": "what was said is only named",
    "preposition": "what was said is only named",
    "noun preposition": "what was said is only named",
    "noun clause": "told of somebody’s words by a noun",
    "parenthesis": "told in passing",
}


def standing_of_event(
    confidence: float, *, main: bool, hedged: bool, somebody: bool, date: PartialDate
) -> dict[str, Any]:
    """The status and review reason of an event believed with a confidence (a share of 1); `main` is whether an article
    is about it first of all, `somebody` whether anybody takes part."""
    doubts = [
        *(["hedged"] if hedged else []),
        *([] if somebody else ["nobody named"]),
        *(["no day stated"] if date.best_day is None or date.earliest is None else []),
    ]
    return _standing(confidence, SHOWN_MAIN if main else SHOWN_EVENT, doubts)


def standing_of_statement(statement: StatementMention) -> dict[str, Any]:
    """The status and review reason of a statement."""
    doubts = [
        *([LEFT_OPEN[statement.sieve]] if statement.sieve in LEFT_OPEN else []),
        *(["nobody named"] if statement.speaker is None else []),
        *(["hedged"] if statement.hedged else []),
    ]
    return _standing(statement.confidence, SHOWN_STATEMENT, doubts)


def _standing(confidence: float, shown: float, doubts: list[str]) -> dict[str, Any]:
    if confidence >= shown:
        return {"status": EventStatus.AUTOMATIC, "review_reason": ""}
    reason = f"right about {round(confidence * 10)} times in 10"
    return {"status": EventStatus.REVIEW, "review_reason": ": ".join(filter(None, (reason, ", ".join(doubts))))}
