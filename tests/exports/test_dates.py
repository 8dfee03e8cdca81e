"""Dates as the readers of an export understand them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from timeline.exports.dates import in_words, localised, moment, published, slide_dates, zone_named
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

DAY = PartialDate.on(date(2025, 2, 28))
BOUND = PartialDate.until(date(2025, 3, 2))
YEAR = PartialDate.in_year(2022)
MONTH = PartialDate.in_month(2022, 8)


def between(first: date, last: date, precision: DatePrecision) -> PartialDate:
    return PartialDate(earliest=first, latest=last, precision=precision, basis=DateBasis.STATED)


def at_noon(zone: str | None = "Europe/London") -> PartialDate:
    instant = datetime(2025, 2, 28, 12, tzinfo=UTC) if zone else None
    return replace(DAY, precision=DatePrecision.MINUTE, clock=time(12), instant=instant, zone=zone)


QUARTER = between(date(2025, 1, 1), date(2025, 3, 31), DatePrecision.QUARTER)
DECADE = between(date(1990, 1, 1), date(1999, 12, 31), DatePrecision.DECADE)
RANGE = between(date(2025, 2, 27), date(2025, 3, 1), DatePrecision.RANGE)
SOME_DAY = between(date(2025, 2, 27), date(2025, 3, 1), DatePrecision.UNKNOWN)
OPEN_END = PartialDate(
    earliest=date(2025, 3, 1), latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.RELATIVE
)


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        (DAY, {"Year": 2025, "Month": 2, "Day": 28}),
        (at_noon(), {"Year": 2025, "Month": 2, "Day": 28, "Time": "12:00"}),
        (at_noon(None), {"Year": 2025, "Month": 2, "Day": 28, "Time": "12:00"}),
        (BOUND, {"Year": 2025, "Month": 3, "Day": 2}),
        (OPEN_END, {"Year": 2025, "Month": 3, "Day": 1}),
        (MONTH, {"Year": 2022, "Month": 8}),
        (YEAR, {"Year": 2022}),
        (DECADE, {"Year": 1990, "End Year": 1999}),
        (QUARTER, {"Year": 2025, "Month": 1, "End Year": 2025, "End Month": 3}),
        (RANGE, {"Year": 2025, "Month": 2, "Day": 27, "End Year": 2025, "End Month": 3, "End Day": 1}),
        (PartialDate.unknown(), {}),
    ],
)
def test_a_slide_is_dated_no_more_precisely_than_is_known(when, cells):
    assert slide_dates(when) == cells


@pytest.mark.parametrize(
    ("when", "instant", "meaning"),
    [
        (DAY, "2025-02-28T00:00:00+00:00", "Occurred (day only)"),
        (replace(DAY, approximate=True), "2025-02-28T00:00:00+00:00", "Occurred (day only, approximate)"),
        (at_noon(), "2025-02-28T12:00:00+00:00", "Occurred"),
        (at_noon(None), "2025-02-28T12:00:00+00:00", "Occurred (local time, zone not stated)"),
        (YEAR, "2022-01-01T00:00:00+00:00", "Occurred (year only)"),
        (MONTH, "2022-08-01T00:00:00+00:00", "Occurred (month only)"),
        (RANGE, "2025-02-27T00:00:00+00:00", "Began"),
        (SOME_DAY, "2025-02-27T00:00:00+00:00", "Earliest possible (some day until 2025-03-01)"),
        (OPEN_END, "2025-03-01T00:00:00+00:00", "Earliest possible (date not stated)"),
        (BOUND, "2025-03-02T23:59:59+00:00", "Latest possible: source published (date not stated)"),
        (
            PartialDate.until(date(2025, 3, 2), basis=DateBasis.RELATIVE),
            "2025-03-02T23:59:59+00:00",
            "Latest possible (date not stated)",
        ),
        (PartialDate.unknown(), "", "Date unknown"),
    ],
)
def test_a_moment_says_what_it_is_of_the_date(when, instant, meaning):
    assert moment(when) == (instant, meaning)


def test_a_bound_set_by_a_publication_is_its_instant():
    other = PartialDate.on(date(2025, 3, 3))
    publication = replace(
        PartialDate.on(date(2025, 3, 2)),
        precision=DatePrecision.MINUTE,
        instant=datetime(2025, 3, 2, 6, 10, tzinfo=UTC),
        zone="+05:30",
    )
    assert moment(BOUND, [other, publication]) == (
        "2025-03-02T06:10:00+00:00",
        "Latest possible: source published (date not stated)",
    )
    assert published(publication) == "2025-03-02T11:40:00+05:30"


def test_an_instant_is_shown_on_the_clock_of_its_zone():
    summer = replace(at_noon(), instant=datetime(2025, 7, 1, 12, tzinfo=UTC))
    assert localised(summer).instant.isoformat() == "2025-07-01T13:00:00+01:00"
    assert localised(replace(summer, zone="IST?")) == replace(summer, zone="IST?")
    assert localised(DAY) == DAY


@pytest.mark.parametrize(("name", "offset"), [("+05:30", 330), ("-03:00", -180), ("Asia/Kolkata", 330), ("Z", 0)])
def test_a_zone_is_an_offset_or_a_place(name, offset):
    zone = zone_named(name)
    assert datetime(2025, 3, 2, tzinfo=zone).utcoffset() == timedelta(minutes=offset)


@pytest.mark.parametrize("name", [None, "", "IST or so", "../etc/passwd", "/etc/localtime"])
def test_another_word_is_no_zone(name):
    assert zone_named(name) is None


def test_words_of_a_date_carry_their_caveat():
    assert in_words(BOUND) == "on or before 2 March 2025 (date not stated)"
    assert in_words(DAY) == "28 February 2025"
    assert in_words(PartialDate.unknown()) == "date unknown"
    assert in_words(BOUND, "early spring") == "early spring"


def test_a_publication_without_a_time_is_its_day():
    assert published(DAY) == "2025-02-28"
    assert published(PartialDate.unknown()) == ""
    unzoned = replace(DAY, instant=datetime(2025, 2, 28, 12, tzinfo=timezone(timedelta(hours=1))))
    assert published(unzoned) == "2025-02-28T12:00:00+01:00"
