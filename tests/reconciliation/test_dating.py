from __future__ import annotations

from datetime import date

from timeline.reconciliation.dating import exclude_each_other, preferred_date
from timeline.vocabulary import PartialDate

THIRD, FOURTH = PartialDate.on(date(2025, 3, 3)), PartialDate.on(date(2025, 3, 4))
MARCH = PartialDate.in_month(2025, 3)
BOUND = PartialDate.until(date(2025, 3, 12))


def test_the_most_precise_claim_wins() -> None:
    assert preferred_date([MARCH, THIRD], otherwise=BOUND) == THIRD


def test_among_equally_precise_claims_most_sources_win() -> None:
    assert preferred_date([FOURTH, THIRD, THIRD], otherwise=BOUND) == THIRD


def test_among_equals_the_first_claim_wins() -> None:
    assert preferred_date([FOURTH, THIRD], otherwise=BOUND) == FOURTH


def test_without_claims_the_bound_stays() -> None:
    assert preferred_date([], otherwise=BOUND) == BOUND


def test_two_days_exclude_each_other_and_a_month_excludes_no_day_in_it() -> None:
    assert exclude_each_other([THIRD, FOURTH])
    assert not exclude_each_other([THIRD, MARCH])
