from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.vocabulary import DateBasis, DatePrecision, PartialDate, RelationKind

INDIA = timezone(timedelta(hours=5, minutes=30))


def dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates()
    return st.one_of(
        days.map(PartialDate.on),
        days.map(PartialDate.until),
        days.map(lambda d: PartialDate.in_month(d.year, d.month)),
        days.map(lambda d: PartialDate.in_year(d.year)),
        st.just(PartialDate.unknown()),
        st.tuples(days, days).map(
            lambda pair: PartialDate(
                earliest=min(pair), latest=max(pair), precision=DatePrecision.RANGE, basis=DateBasis.STATED
            )
        ),
    )


@pytest.mark.parametrize(
    ("value", "display", "caveat", "edtf"),
    [
        (PartialDate.on(date(2025, 3, 2)), "2 March 2025", "", "2025-03-02"),
        (PartialDate.in_month(2022, 8), "August 2022", "month only", "2022-08"),
        (PartialDate.in_year(2022), "2022", "year only", "2022"),
        (PartialDate.until(date(2025, 3, 2)), "on or before 2 March 2025", "date not stated", "[..2025-03-02]"),
        (PartialDate.unknown(), "date unknown", "date not stated", None),
        (
            PartialDate(
                earliest=date(2025, 3, 2),
                latest=date(2025, 3, 5),
                precision=DatePrecision.RANGE,
                basis=DateBasis.STATED,
            ),
            "2 to 5 March 2025",
            "",
            "2025-03-02/2025-03-05",
        ),
        (
            PartialDate(
                earliest=date(2025, 3, 2),
                latest=date(2025, 3, 2),
                precision=DatePrecision.MINUTE,
                basis=DateBasis.STATED,
                instant=datetime(2025, 3, 2, 11, 40, tzinfo=INDIA),
                clock=time(11, 40),
                zone="Asia/Kolkata",
            ),
            "2 March 2025, 11:40 Asia/Kolkata",
            "",
            "2025-03-02T11:40+05:30",
        ),
    ],
)
def test_a_date_says_no_more_than_is_known(value: PartialDate, display: str, caveat: str, edtf: str | None) -> None:
    assert (value.display, value.caveat, value.edtf) == (display, caveat, edtf)


def test_an_instant_is_told_with_its_offset() -> None:
    value = PartialDate(
        earliest=date(2025, 3, 2),
        latest=date(2025, 3, 2),
        precision=DatePrecision.MINUTE,
        basis=DateBasis.STATED,
        instant=datetime(2025, 3, 2, 11, 40, tzinfo=INDIA),
        clock=time(11, 40),
        zone="Asia/Kolkata",
        raw="Mar 02, 2025 11:40 AM IST",
    )

    assert value.to_json() == {
        "earliest": "2025-03-02T11:40+05:30",
        "latest": "2025-03-02T11:40+05:30",
        "precision": "minute",
        "edtf": "2025-03-02T11:40+05:30",
        "timezone": "Asia/Kolkata",
        "basis": "stated",
        "raw": "Mar 02, 2025 11:40 AM IST",
    }
    assert value.instant_utc == datetime(2025, 3, 2, 6, 10, tzinfo=UTC)


def test_bounds_in_the_wrong_order_are_no_date() -> None:
    with pytest.raises(ValueError, match="is after"):
        PartialDate(
            earliest=date(2025, 3, 5),
            latest=date(2025, 3, 2),
            precision=DatePrecision.RANGE,
            basis=DateBasis.STATED,
        )


def test_coarser_dates_stand_before_finer_ones_of_the_same_day() -> None:
    ranks = [p.rank for p in (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.UNKNOWN, DatePrecision.DAY)]

    assert ranks == sorted(ranks)


@given(dates(), dates())
def test_overlap_is_symmetric_and_every_date_overlaps_itself(one: PartialDate, other: PartialDate) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@given(dates())
def test_every_date_can_be_shown_and_exchanged(value: PartialDate) -> None:
    assert value.display
    assert set(value.to_json()) == {"earliest", "latest", "precision", "edtf", "timezone", "basis", "raw"}


def test_a_relation_fits_dates_that_leave_room_for_it() -> None:
    clash, remarks = PartialDate.on(date(2025, 2, 28)), PartialDate.on(date(2025, 2, 24))
    bound = PartialDate.until(date(2025, 3, 2))

    assert not RelationKind.BEFORE.fits(clash, remarks)
    assert RelationKind.BEFORE.fits(remarks, clash)
    assert not RelationKind.AFTER.fits(remarks, clash)
    assert RelationKind.AFTER.fits(clash, remarks)
    assert not RelationKind.SAME_DAY.fits(clash, remarks)
    assert RelationKind.SAME_DAY.fits(bound, clash)
    assert RelationKind.BEFORE.fits(bound, clash)
    assert RelationKind.PART_OF.fits(clash, remarks)
