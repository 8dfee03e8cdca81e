from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.dating import Dating, exclude_each_other, preferred_date
from timeline.vocabulary import PartialDate

THIRD, FOURTH = PartialDate.on(date(2025, 3, 3)), PartialDate.on(date(2025, 3, 4))
MARCH = PartialDate.in_month(2025, 3)
BOUND = PartialDate.until(date(2025, 3, 12))


def claim(when: PartialDate, newsroom: str, printed: str = "2025-03-05") -> Dating:
    return Dating(printed=(printed,), newsroom=newsroom, date=when)


def test_the_most_precise_claim_wins() -> None:
    assert preferred_date([claim(MARCH, "One"), claim(THIRD, "Two")], otherwise=BOUND) == THIRD


def test_among_equally_precise_claims_most_newsrooms_win() -> None:
    claims = [claim(FOURTH, "One", "a"), claim(FOURTH, "One", "b"), claim(THIRD, "Two"), claim(THIRD, "Three")]

    assert preferred_date([claims[0], *claims[2:]], otherwise=BOUND) == THIRD
    assert preferred_date(claims, otherwise=BOUND) == THIRD


def test_among_equals_the_one_printed_first_wins() -> None:
    claims = [claim(FOURTH, "One", "2025-03-06"), claim(THIRD, "Two", "2025-03-05")]

    assert preferred_date(claims, otherwise=BOUND) == THIRD


def test_without_claims_the_bound_stays() -> None:
    assert preferred_date([], otherwise=BOUND) == BOUND


CLAIMS = st.builds(
    claim, st.sampled_from([THIRD, FOURTH, MARCH]), st.sampled_from(["One", "Two"]), st.sampled_from(["a", "b"])
)


@given(st.lists(CLAIMS, max_size=5).flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_the_order_in_which_claims_come_decides_nothing(orders: tuple[list[Dating], list[Dating]]) -> None:
    one, other = orders

    assert preferred_date(one, otherwise=BOUND) == preferred_date(other, otherwise=BOUND)


def test_two_days_exclude_each_other_and_a_month_excludes_no_day_in_it() -> None:
    assert exclude_each_other([THIRD, FOURTH])
    assert not exclude_each_other([THIRD, MARCH])
