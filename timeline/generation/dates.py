"""A day of the past as an article may give it: to the minute, the month, the decade, or not at all."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from timeline.vocabulary import MONTHS, DateBasis, DatePrecision, PartialDate

# Of a hundred dates in the news; the rest are days.
SHARES = {
    DatePrecision.MINUTE: 2.0,
    DatePrecision.HOUR: 1.0,
    DatePrecision.WEEK: 2.0,
    DatePrecision.MONTH: 7.0,
    DatePrecision.QUARTER: 0.7,
    DatePrecision.SEASON: 0.7,
    DatePrecision.YEAR: 3.0,
    DatePrecision.DECADE: 0.2,
    DatePrecision.RANGE: 2.0,
    DatePrecision.UNKNOWN: 9.0,
}
FORMS = (*SHARES, DatePrecision.DAY)
WEIGHTS = (*SHARES.values(), 100 - sum(SHARES.values()))
ORDINALS = ("first", "second", "third", "fourth")
SEASONS = ("winter", "spring", "summer", "autumn")


def any_precision(random: Random) -> DatePrecision:
    return random.choices(FORMS, WEIGHTS)[0]


def told(day: date, precision: DatePrecision, published: date, random: Random) -> tuple[PartialDate, str]:
    """A day as an article of a later day gives it: the date, and the words that say so ("" where there are none)."""
    month = f"{MONTHS[day.month - 1]} {day.year}"
    match precision:
        case DatePrecision.UNKNOWN:
            return PartialDate.until(published, reason="before it was printed"), ""
        case DatePrecision.MINUTE | DatePrecision.HOUR:
            clock = time(random.randrange(24), random.randrange(60) if precision is DatePrecision.MINUTE else 0)
            words = f"at {clock:%H:%M} UTC on {day.day} {month}"
            return PartialDate(
                earliest=day,
                latest=day,
                precision=precision,
                basis=DateBasis.STATED,
                instant=datetime.combine(day, clock, UTC),
                clock=clock,
                zone="UTC",
                raw=words,
            ), words
        case DatePrecision.WEEK:
            first = day - timedelta(days=day.weekday())
            return _between(
                first, first + timedelta(days=6), precision, f"in the week of {first.day} {MONTHS[first.month - 1]}"
            )
        case DatePrecision.MONTH:
            return _between(*_months(day.year, day.month, 1), precision, f"in {month}")
        case DatePrecision.QUARTER:
            quarter = (day.month - 1) // 3
            words = f"in the {ORDINALS[quarter]} quarter of {day.year}"
            return _between(*_months(day.year, quarter * 3 + 1, 3), precision, words)
        case DatePrecision.SEASON:
            season = day.month % 12 // 3
            begun, count = (season * 3, 3) if season else (12, 1) if day.month == 12 else (1, 2)
            return _between(*_months(day.year, begun, count), precision, f"in the {SEASONS[season]} of {day.year}")
        case DatePrecision.YEAR:
            return _between(date(day.year, 1, 1), date(day.year, 12, 31), precision, f"in {day.year}")
        case DatePrecision.DECADE:
            begins = day.year // 10 * 10
            return _between(date(begins, 1, 1), date(begins + 9, 12, 31), precision, f"in the {begins}s")
        case DatePrecision.RANGE:
            last = day + timedelta(days=random.randrange(1, 5))
            if last > published:
                return told(day, DatePrecision.DAY, published, random)
            words = f"from {day.day} {month} to {last.day} {MONTHS[last.month - 1]} {last.year}"
            return _between(day, last, precision, words)
        case DatePrecision.DAY:
            words = f"on {day.day} {month}"
            return PartialDate.on(day, raw=words), words


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


def _between(first: date, last: date, precision: DatePrecision, words: str) -> tuple[PartialDate, str]:
    return PartialDate(earliest=first, latest=last, precision=precision, basis=DateBasis.STATED, raw=words), words
