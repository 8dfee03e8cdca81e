from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.admin.when import UnclearDate, objection, parse_when, write_when
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "precision"),
    [
        ("2025-02-28", date(2025, 2, 28), date(2025, 2, 28), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "year"),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "decade"),
        ("..2025-03-02", None, date(2025, 3, 2), "unknown"),
        ("[..2025-03-02]", None, date(2025, 3, 2), "unknown"),
        ("2025-02-28..", date(2025, 2, 28), None, "unknown"),
        ("2025-02-01..2025-02-20", date(2025, 2, 1), date(2025, 2, 20), "unknown"),
        ("2025-02-28/2025-03-02", date(2025, 2, 28), date(2025, 3, 2), "range"),
        ("2025-02/2025-03", date(2025, 2, 1), date(2025, 3, 31), "range"),
        ("", None, None, "unknown"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_typed(
    words: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    assert parse_when(words) == PartialDate(
        earliest=earliest, latest=latest, precision=DatePrecision(precision), basis=DateBasis.HUMAN
    )


def test_a_time_of_day_with_its_zone_is_an_instant() -> None:
    when = parse_when("2025-02-28 11:40 Europe/Kyiv")

    assert (when.precision, when.clock, when.zone) == (DatePrecision.MINUTE, time(11, 40), "Europe/Kyiv")
    assert when.instant_utc is not None
    assert when.instant_utc.isoformat() == "2025-02-28T09:40:00+00:00"


def test_a_time_of_day_without_a_zone_is_no_instant() -> None:
    when = parse_when("2025-02-28 11:40")

    assert (when.clock, when.instant) == (time(11, 40), None)


@pytest.mark.parametrize(
    "words",
    [
        "2025-02-30",
        "30 February",
        "2025-13",
        "0000",
        "2025-03-02..2025-02-28",
        "2025-01-01 25:00",
        "1/2/3",
        "20250101 x",
    ],
)
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(UnclearDate):
        parse_when(words)


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


@given(days, days, st.sampled_from([DatePrecision.RANGE, DatePrecision.UNKNOWN]))
def test_what_is_shown_in_the_form_reads_back_as_the_same_bounds(first: date, last: date, how: DatePrecision) -> None:
    first, last = sorted((first, last))
    shown = [
        PartialDate.on(first),
        PartialDate.in_month(first.year, first.month),
        PartialDate.in_year(first.year),
        PartialDate.until(last),
        PartialDate(earliest=first, latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.STATED),
        PartialDate(earliest=first, latest=last, precision=how, basis=DateBasis.STATED, approximate=True),
    ]

    for value in shown:
        read = parse_when(write_when(value))
        assert (read.earliest, read.latest, read.approximate) == (value.earliest, value.latest, value.approximate)


def test_bounds_that_do_not_fit_their_precision_are_objected_to() -> None:
    month = PartialDate(
        earliest=date(2025, 2, 3), latest=date(2025, 2, 28), precision=DatePrecision.MONTH, basis=DateBasis.HUMAN
    )

    assert objection(month) == "A precision of “month” needs the whole month; else choose “range”."
    assert objection(PartialDate.in_month(2025, 2)) == ""
