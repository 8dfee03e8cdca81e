"""Dates as an editor types them: 2025-02-28, 2025-02, 2025, ..2025-03-02, 2025-02-28/2025-03-02."""

from __future__ import annotations

import calendar
import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

EXAMPLES = (
    "2025-02-28, 2025-02, 2025, 202X (a decade), ..2025-03-02 (on or before), 2025-02-28.. (on or after), "
    "2025-02-01..2025-02-20 (some day in between), 2025-02-28/2025-03-02 (from one day to another), "
    "2025-02-28 11:40 +02:00; with ~ at the end: about. Empty: not known."
)
WITH_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]+(\d\d?:\d\d)(?::\d\d)? *(\S+)?")
DECADE = re.compile(r"(\d{3})X")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"(\d{4})-(\d\d)")
YEAR = re.compile(r"\d{4}")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
TO_THE_DAY = (DatePrecision.MINUTE, DatePrecision.HOUR, DatePrecision.DAY)


class UnclearDate(ValueError):
    """The words are no date; the message says what is wrong."""


def parse_when(words: str) -> PartialDate:
    """Read an editor's date. The basis is a person's."""
    text = words.strip().strip("[]").strip()
    approximate = "~" in text
    text = text.replace("~", "")
    if not text:
        return PartialDate(earliest=None, latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.HUMAN)
    if "/" in text and not WITH_CLOCK.fullmatch(text):
        return _between(text.split("/"), DatePrecision.RANGE, approximate)
    if ".." in text:
        return _between(text.split(".."), DatePrecision.UNKNOWN, approximate)
    return _single(text, approximate)


def _single(text: str, approximate: bool) -> PartialDate:
    clock, zone = None, None
    if match := WITH_CLOCK.fullmatch(text):
        text, zone = match[1], match[3]
        clock = _clock(match[2])
        if zone is not None and zone_named(zone) is None:
            raise UnclearDate(f"“{zone}” is no time zone; write +02:00 or Europe/Kyiv.")
    first, last, precision = _bounds(text)
    return PartialDate(
        earliest=first,
        latest=last,
        precision=DatePrecision.MINUTE if clock else precision,
        basis=DateBasis.HUMAN,
        clock=clock,
        zone=zone,
        instant=moment(first, clock, zone),
        approximate=approximate,
    )


def _between(ends: list[str], precision: DatePrecision, approximate: bool) -> PartialDate:
    if len(ends) != 2:
        raise UnclearDate("Write two days, with one “..” or one “/” between them.")
    first, last = (end.strip() for end in ends)
    earliest = _bounds(first)[0] if first else None
    latest = _bounds(last)[1] if last else None
    if earliest and latest and earliest > latest:
        raise UnclearDate("The latest day is before the earliest.")
    if earliest is None or latest is None:
        precision = DatePrecision.UNKNOWN
    return PartialDate(
        earliest=earliest, latest=latest, precision=precision, basis=DateBasis.HUMAN, approximate=approximate
    )


def _bounds(text: str) -> tuple[date, date, DatePrecision]:
    try:
        if match := DECADE.fullmatch(text):
            first = int(match[1]) * 10
            return date(first, 1, 1), date(first + 9, 12, 31), DatePrecision.DECADE
        if YEAR.fullmatch(text):
            return date(int(text), 1, 1), date(int(text), 12, 31), DatePrecision.YEAR
        if match := MONTH.fullmatch(text):
            year, month = int(match[1]), int(match[2])
            first_day = date(year, month, 1)
            return first_day, date(year, month, calendar.monthrange(year, month)[1]), DatePrecision.MONTH
        if not DAY.fullmatch(text):
            raise ValueError("not in the order of year, month, day")
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UnclearDate(f"“{text}” is no date. Write year, month, day: 2025-02-28.") from error
    return day, day, DatePrecision.DAY


def _clock(text: str) -> time:
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError as error:
        raise UnclearDate(f"“{text}” is no time of day.") from error


def zone_named(name: str) -> tzinfo | None:
    if name in ("Z", "UTC"):
        return UTC
    if match := OFFSET.fullmatch(name):
        distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
        if distance >= timedelta(hours=24):
            return None
        return timezone(distance if match[1] == "+" else -distance)
    return zoneinfo.ZoneInfo(name) if name in zoneinfo.available_timezones() else None


def moment(day: date | None, clock: time | None, zone: str | None) -> datetime | None:
    """The instant of a local time, where its zone is known."""
    if day is None or clock is None or not zone or (found := zone_named(zone)) is None:
        return None
    return datetime.combine(day, clock, found)


def write_when(value: PartialDate) -> str:
    """The shortest words that read back as this date's bounds."""
    first, last = value.earliest, value.latest
    mark = "~" if value.approximate else ""
    if first is None or last is None:
        return f"{first or ''}..{last or ''}" if first or last else ""
    match value.precision:
        case DatePrecision.MINUTE | DatePrecision.HOUR if value.clock is not None and first == last:
            return f"{first} {value.clock:%H:%M} {value.zone or ''}".strip() + mark
        case DatePrecision.MONTH:
            return f"{first:%Y-%m}{mark}"
        case DatePrecision.YEAR:
            return f"{first.year:04d}{mark}"
        case DatePrecision.DECADE:
            return f"{first.year // 10:03d}X{mark}"
        case _ if first == last:
            return f"{first}{mark}"
        case DatePrecision.RANGE:
            return f"{first}/{last}{mark}"
        case _:
            return f"{first}..{last}{mark}"


def objection(value: PartialDate) -> str:
    """Why these bounds cannot have this precision, or ''."""
    first, last = value.earliest, value.latest
    if value.precision == DatePrecision.UNKNOWN:
        return ""
    if first is None or last is None:
        return f"A precision of “{value.precision}” needs both bounds; where one is open, choose “unknown”."
    if value.precision in TO_THE_DAY and first != last:
        return f"A precision of “{value.precision}” needs the same day twice; for several days choose “range”."
    spans = {
        DatePrecision.MONTH: lambda: _bounds(f"{first:%Y-%m}"),
        DatePrecision.YEAR: lambda: _bounds(f"{first.year:04d}"),
        DatePrecision.DECADE: lambda: _bounds(f"{first.year // 10:03d}X"),
    }
    if (span := spans.get(value.precision)) and span()[:2] != (first, last):
        return f"A precision of “{value.precision}” needs the whole {value.precision}; else choose “range”."
    return ""
