"""What waits for a person says why in words that a reporter uses."""

from __future__ import annotations

import pytest

from timeline.extraction.mentions import Span, StatementMention
from timeline.extraction.plain.statements import TRUST
from timeline.extraction.statements.attribution import SHARES
from timeline.reconciliation.standing import LEFT_OPEN, SHOWN_STATEMENT, standing_of_statement
from timeline.vocabulary import EventStatus, StatementKind

# The verb or the words of attribution stand beside the quotation and name who speaks, or nobody is named at all.
LEAVES_NOTHING_OPEN = {
    "quote-cue-name",
    "name-cue-quote",
    "quote-name-verb",
    "split quotation",
    "transcript",
    "signature",
    "post",
    "according to",
    "clause",
    "nobody",
}


def statement(sieve: str, confidence: float) -> StatementMention:
    return StatementMention(
        key="s1",
        kind=StatementKind.DIRECT,
        content=(Span(start=0, end=2, text="No"),),
        speaker="a1",
        confidence=confidence,
        sieve=sieve,
    )


def test_a_sure_statement_stands_on_the_page_without_a_reason() -> None:
    assert standing_of_statement(statement("colon", SHOWN_STATEMENT)) == {
        "status": EventStatus.AUTOMATIC,
        "review_reason": "",
    }


def test_an_unsure_one_says_how_often_such_are_right_and_what_is_open() -> None:
    assert standing_of_statement(statement("last speaker", 0.3)) == {
        "status": EventStatus.REVIEW,
        "review_reason": "right about 3 times in 10: speaker taken from the paragraph before",
    }


def test_the_name_of_a_rule_is_never_the_reason() -> None:
    assert standing_of_statement(statement("quote-cue-name", 0.8))["review_reason"] == "right about 8 times in 10"


@pytest.mark.parametrize("sieve", sorted(SHARES.keys() | TRUST.keys()))
def test_every_way_of_finding_a_speaker_says_what_it_leaves_open_or_leaves_nothing(sieve: str) -> None:
    assert (sieve in LEFT_OPEN) != (sieve in LEAVES_NOTHING_OPEN)


def test_reasons_hold_none_of_the_signs_that_part_them() -> None:
    assert not [words for words in LEFT_OPEN.values() if "," in words or ":" in words]
