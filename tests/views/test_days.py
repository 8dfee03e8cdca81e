"""Dates as readers see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from tests.views.conftest import PUBLISHED
from timeline.views.days import Dating, basis_words, clock_of, group_by_date, heading_of, moment_words
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate


def between(first: date, last: date, precision: DatePrecision) -> PartialDate:
    return PartialDate(earliest=first, latest=last, precision=precision, basis=DateBasis.STATED)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (PartialDate.on(date(2022, 6, 29)), "29 June 2022, Wednesday"),
        (PartialDate.in_month(2022, 8), "August 2022 · month only"),
        (PartialDate.in_year(2022), "2022 · year only"),
        (PartialDate.until(date(2025, 3, 2)), "on or before 2 March 2025 · date not stated"),
        (PartialDate.unknown(), "Date unknown · date not stated"),
        (
            PartialDate(
                earliest=date(2025, 3, 2), latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.STATED
            ),
            "on or after 2 March 2025 · date not stated",
        ),
        (between(date(2020, 1, 1), date(2029, 12, 31), DatePrecision.DECADE), "2020s · decade only"),
        (between(date(2025, 3, 3), date(2025, 3, 9), DatePrecision.WEEK), "week of 3 March 2025 · day not stated"),
        (between(date(2025, 3, 3), date(2025, 3, 9), DatePrecision.RANGE), "3 to 9 March 2025"),
    ],
)
def test_a_heading_is_no_more_precise_than_the_date(when: PartialDate, words: str) -> None:
    assert heading_of(when).words == words


def test_an_editors_words_go_before_ours() -> None:
    assert heading_of(PartialDate.in_year(2022), "in the spring of 2022").words == "in the spring of 2022"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (PUBLISHED, "2 March 2025, 11:40 IST (06:10 UTC)"),
        (PartialDate.on(date(2025, 3, 2)), "2 March 2025"),
        (PartialDate.in_month(2025, 3), "March 2025 (month only)"),
        (PartialDate.unknown(), "date unknown (date not stated)"),
    ],
)
def test_an_article_appeared_at_a_moment_in_its_own_zone_and_in_utc(when: PartialDate, words: str) -> None:
    assert moment_words(when) == words


def at(clock: time, zone: str | None, instant: datetime | None) -> PartialDate:
    day = date(2025, 3, 2)
    return PartialDate(
        earliest=day,
        latest=day,
        precision=DatePrecision.MINUTE,
        basis=DateBasis.STATED,
        clock=clock,
        zone=zone,
        instant=instant,
    )


def test_another_day_in_utc_is_said() -> None:
    local = datetime(2025, 3, 2, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert moment_words(at(time(1, 30), "+05:30", local)) == "2 March 2025, 01:30 UTC+05:30 (1 March 20:00 UTC)"


@pytest.mark.parametrize("zone", ["UTC", "+00:00"])
def test_utc_is_not_said_twice(zone: str) -> None:
    when = at(time(9, 5), zone, datetime(2025, 3, 2, 9, 5, tzinfo=UTC))
    assert moment_words(when) == "2 March 2025, 09:05 UTC"


def test_a_clock_without_a_zone_says_so() -> None:
    assert clock_of(at(time(9, 5), None, None)) == "09:05 (time zone not stated)"
    assert clock_of(PartialDate.on(date(2025, 3, 2))) == ""


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (
            PartialDate.until(date(2025, 3, 2)),
            "2 March 2025 is the publication day of the article; the day itself is not stated.",
        ),
        (PartialDate.on(date(2025, 3, 2), raw="2 March"), "The article says “2 March”."),
        (PartialDate.on(date(2025, 3, 2)), "Stated in the article."),
        (
            PartialDate.on(date(2025, 3, 2), basis=DateBasis.RELATIVE, raw="last Sunday"),
            "Worked out from “last Sunday”.",
        ),
        (
            PartialDate(
                earliest=date(2025, 2, 28),
                latest=date(2025, 2, 28),
                precision=DatePrecision.DAY,
                basis=DateBasis.RELATIVE,
                raw="Friday",
                reason="“Friday” read from the publication day",
            ),
            "“Friday” read from the publication day.",
        ),
        (PartialDate.on(date(2025, 3, 2), basis=DateBasis.HUMAN), "Set by an editor."),
        (PartialDate.on(date(2025, 3, 2), basis=DateBasis.EXTERNAL), "From a source outside the articles."),
        (
            PartialDate.until(date(2025, 3, 2), reason="it comes after the clash"),
            "2 March 2025 is the publication day of the article; the day itself is not stated."
            " It comes after the clash.",
        ),
    ],
)
def test_the_basis_of_a_date_is_said_in_words(when: PartialDate, words: str) -> None:
    assert basis_words(when) == words


def grouped(*rows: Dating) -> list[tuple[str, int, bool]]:
    groups = group_by_date(rows, lambda row: row)
    return [(group.heading.words, len(group.rows), group.order_not_stated) for group in groups]


def test_neighbours_of_one_date_stand_under_one_heading() -> None:
    month, day = PartialDate.in_month(2022, 8), PartialDate.on(date(2022, 8, 1))
    assert grouped(Dating(month), Dating(month), Dating(day), Dating(month)) == [
        ("August 2022 · month only", 2, True),
        ("1 August 2022, Monday", 1, False),
        ("August 2022 · month only", 1, False),
    ]


def test_an_order_that_relations_give_is_not_called_open() -> None:
    month = PartialDate.in_month(2022, 8)
    assert grouped(Dating(month, order=1), Dating(month, order=2)) == [("August 2022 · month only", 2, False)]
    assert grouped(Dating(month, order=1), Dating(month, order=1)) == [("August 2022 · month only", 2, True)]


def test_the_order_within_a_day_is_not_called_open() -> None:
    day = PartialDate.on(date(2022, 8, 1))
    assert grouped(Dating(day), Dating(day)) == [("1 August 2022, Monday", 2, False)]


def test_times_of_one_day_stand_under_that_day() -> None:
    day = Dating(PartialDate.on(date(2025, 3, 2)))
    assert grouped(day, Dating(PUBLISHED)) == [("2 March 2025, Sunday", 2, False)]


def test_a_group_that_goes_on_from_the_page_before_says_so() -> None:
    month = PartialDate.in_month(2022, 8)
    (group,) = group_by_date([Dating(month)], lambda row: row, before=heading_of(month))
    assert group.continued


def test_that_the_day_is_not_stated_is_said_once() -> None:
    reason = "The article does not say when; it cannot have been after the article was published."
    when = PartialDate.until(date(2025, 3, 2), reason=reason)
    assert basis_words(when) == "2 March 2025 is the publication day of the article; the day itself is not stated."
