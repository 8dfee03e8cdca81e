"""A small chronology of the kinds of entries there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    in_month,
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_place,
    make_publisher,
    make_statement,
    until,
)
from timeline.models import Claim, Event
from timeline.vocabulary import DatePrecision, EventKind, PartialDate, StatementKind

TEXT = (
    "Ann Lee met the dockers at the harbour. “We open on Monday,” she told Radio Coast. "
    "She is said to have left early. The strike began in August 2022."
)


@pytest.fixture
def chronology(db: None) -> dict[str, Event]:
    """A month, a day with two quotes and a competing date, a bound, and an event without any date."""
    ann = make_actor("Ann Lee", "Lee")
    dockers = make_actor("Dockers’ Union", kind="organisation")
    article = make_article(
        TEXT,
        title="Harbour to open",
        url="https://dispatch.example/1",
        publisher=make_publisher(),
        bylines=["Jo Park", "Ali Ray"],
        date=replace(
            PartialDate.on(date(2025, 3, 2)),
            precision=DatePrecision.MINUTE,
            instant=datetime(2025, 3, 2, 6, 10, tzinfo=UTC),
            zone="+05:30",
        ),
    )
    other = make_article("They met in February.", url="https://echo.example/2", publisher=make_publisher("Echo"))
    harbour = make_place("Quay", part_of=make_place("Harbour"))
    strike = make_event("Dockers strike", dockers, date=in_month(2022, 8), kind=EventKind.PROTEST)
    make_evidence(strike, article, "The strike began in August 2022.")
    meeting = make_event(
        "Ann Lee meets the dockers",
        ann,
        dockers,
        date=PartialDate.on(date(2025, 3, 1)),
        place=harbour,
        description="At the <quay>.",
        confidence=0.875,
        corrections={"title": {"by": "jo", "at": "2025-03-03T10:00:00+00:00", "why": "clearer"}},
    )
    make_evidence(meeting, article, "Ann Lee met the dockers at the harbour.")
    make_evidence(meeting, other, "They met in February.")
    Claim.objects.create(event=meeting, article=article)
    claim = Claim(event=meeting, article=other, date=PartialDate.in_month(2025, 2))
    claim.save()
    said = make_statement("We open on Monday,", speaker=ann, event=meeting, medium="Radio Coast")
    make_evidence(said, article, "“We open on Monday,”")
    make_statement(
        "the harbour is safe & sound", speaker_as_written="officials", event=meeting, kind=StatementKind.INDIRECT
    )
    left = make_event("Ann Lee leaves early", ann, date=until(date(2025, 3, 2)), hedged=True)
    make_evidence(left, article, "She is said to have left early.", stance="hedged")
    sometime = make_event("=Cargo() is counted", date=PartialDate.unknown(), status="confirmed")
    make_event("Rejected", status="rejected")
    article.main_event = meeting
    article.save()
    return {event.title: event for event in (strike, meeting, left, sometime)}
