"""What articles say of before and after narrows open dates, and goes with what it rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.ingest.articles import CLASH, REMARKS, take
from timeline.ingest.derived import refresh
from timeline.ingest.takedown import take_down
from timeline.models import Article, Event, EventRelation
from timeline.vocabulary import DateBasis, EventStatus, PartialDate

pytestmark = pytest.mark.django_db
BOUNDED, OPEN = "[2025-02-28..2025-03-02]", "[..2025-03-02]"


@pytest.fixture
def told() -> tuple[Event, Event]:
    """The clash, and the remarks that an article says came after it."""
    take(CLASH, url="https://one.example/clash", publisher="One")
    take(REMARKS, url="https://two.example/remarks", publisher="Two")
    relation = EventRelation.objects.get()
    assert relation.target.date.edtf == BOUNDED
    return relation.source, relation.target


def edtf(event: Event) -> str | None:
    event.refresh_from_db()
    return event.date.edtf


def test_a_bound_goes_with_the_article_that_gave_the_day(told: tuple[Event, Event]) -> None:
    take_down(Article.objects.get(url="https://one.example/clash"))

    assert edtf(told[1]) == OPEN


def test_a_bound_goes_with_the_relation(told: tuple[Event, Event]) -> None:
    EventRelation.objects.all().delete()
    refresh([told[1].pk])

    assert edtf(told[1]) == OPEN


def test_a_bound_goes_where_the_other_event_is_rejected_and_comes_back_with_it(told: tuple[Event, Event]) -> None:
    clash, remarks = told
    for status, bound in ((EventStatus.REJECTED, OPEN), (EventStatus.CONFIRMED, BOUNDED)):
        Event.objects.filter(pk=clash.pk).update(status=status)
        refresh([clash.pk])
        assert edtf(remarks) == bound


def test_a_day_that_a_person_sets_moves_the_bounds_of_others_and_stays(told: tuple[Event, Event]) -> None:
    clash, remarks = told
    clash.refresh_from_db()
    clash.date = PartialDate.on(date(2025, 3, 1), basis=DateBasis.HUMAN)
    clash.lock(["date"], by="ann", why="seen on film", at=datetime(2025, 3, 4, tzinfo=UTC))
    clash.save()
    refresh([clash.pk])

    assert (edtf(clash), edtf(remarks)) == ("2025-03-01", "[2025-03-01..2025-03-02]")


def test_reading_again_leaves_a_bound_as_it_is(told: tuple[Event, Event]) -> None:
    take(REMARKS.replace("on rare earths", "on rare-earth metals"), url="https://two.example/remarks", publisher="Two")

    assert edtf(told[1]) == BOUNDED
