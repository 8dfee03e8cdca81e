from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timeline.models.identity import chrono, first_chrono, new_uid
from timeline.vocabulary import PartialDate

DAYS = st.dates(max_value=date.max - timedelta(days=1))
IDS = st.integers(1, (1 << 28) - 1)


@given(DAYS, IDS, IDS)
def test_an_earlier_day_stands_before_a_later_one_whatever_the_ids(day: date, one: int, other: int) -> None:
    earlier, later = PartialDate.on(day), PartialDate.on(day + timedelta(days=1))

    assert chrono(earlier, row_id=one) < first_chrono(day + timedelta(days=1)) <= chrono(later, row_id=other)


@given(DAYS, IDS, IDS)
def test_a_coarser_date_stands_before_a_finer_one_of_its_first_day(day: date, one: int, other: int) -> None:
    first = day.replace(day=1)

    assert chrono(PartialDate.in_month(first.year, first.month), row_id=one) < chrono(
        PartialDate.on(first), row_id=other
    )


@given(DAYS, IDS, IDS, st.integers(0, 254))
def test_stated_order_decides_among_equals(day: date, one: int, other: int, order: int) -> None:
    when = PartialDate.until(day)

    assert chrono(when, row_id=one, order=order) < chrono(when, row_id=other, order=order + 1)


@given(DAYS, st.integers(0, 300), IDS)
def test_a_key_fits_into_the_database(day: date, order: int, row: int) -> None:
    key = chrono(PartialDate.on(day), row_id=row, order=order)

    assert -(2**63) <= key < 2**63


def test_what_has_no_date_stands_at_the_end() -> None:
    assert chrono(PartialDate.unknown(), row_id=1) > chrono(PartialDate.on(date(9999, 12, 30)), row_id=2)


def test_uids_are_never_alike() -> None:
    assert len({new_uid() for _ in range(2000)}) == 2000
