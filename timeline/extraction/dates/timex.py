"""TIMEX3 values: how periods are written in them, which days they span, and the arithmetic between periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from dateutil.easter import EASTER_ORTHODOX, easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from timeline.vocabulary import DatePrecision

DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$")
WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
T = TypeVar("T")


def period_of(value: str, *, south: bool = False) -> tuple[date, date, DatePrecision] | None:
    """The first and last day a value names, and how precisely; None where it names no calendar period.

    `south` reads a season as one south of the equator: its summer begins in December of the year of the value.
    """
    try:
        return _period(value, south)
    except (ValueError, OverflowError):
        return None


def _period(value: str, south: bool) -> tuple[date, date, DatePrecision] | None:
    if match := DAY.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day, DatePrecision.MINUTE if re.search(r"T\d\d:\d\d", value) else DatePrecision.DAY
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        first = date(int(match[1]), int(match[2]), 1)
        return first, end_of_month(first), DatePrecision.MONTH
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if match[3]:
            return monday + timedelta(days=5), monday + timedelta(days=6), DatePrecision.RANGE
        return monday, monday + timedelta(days=6), DatePrecision.WEEK
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        first = date(int(match[1]), 3 * int(match[2]) - 2, 1)
        return first, end_of_month(first.replace(month=first.month + 2)), DatePrecision.QUARTER
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        year, half = int(match[1]), int(match[2])
        return date(year, 6 * half - 5, 1), date(year, 6 * half, 30 if half == 1 else 31), DatePrecision.RANGE
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first = season_start(int(match[1]), match[2], south=south)
        return first, end_of_month(add_months(first, 2)), DatePrecision.SEASON
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31), DatePrecision.YEAR
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), DatePrecision.DECADE
    if re.fullmatch(r"\d{2}", value):
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31), DatePrecision.RANGE
    return None


def end_of_month(day: date) -> date:
    return day + relativedelta(day=31)


def add_months(day: date, months: int) -> date:
    """The first of the month so many months on."""
    return day + relativedelta(months=months, day=1)


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def month(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def quarter(day: date) -> str:
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def season_start(year: int, code: str, *, south: bool = False) -> date:
    """The first day of the season that begins in a year."""
    number = SEASON_MONTHS[code]
    return date(year, (number + 5) % 12 + 1 if south else number, 1)


def season_of(day: date, *, south: bool = False) -> str:
    """The season a day is in; January and February belong to the one that began the year before."""
    year, number = (day.year - 1, 12) if day.month < 3 else (day.year, day.month - day.month % 3)
    code = next(code for code in SEASON_MONTHS if season_start(year, code, south=south).month == number)
    return f"{year:04d}-{code}"


def unit_at(day: date, unit: str) -> str:
    """The week, month, quarter ... a day is in."""
    match unit:
        case "D":
            return day.isoformat()
        case "W" | "F":
            return week(day)
        case "M":
            return month(day)
        case "Q":
            return quarter(day)
        case "WE":
            return f"{week(day)}-WE"
        case "E":
            return f"{day.year // 10:03d}"
        case "C":
            return f"{day.year // 100:02d}"
        case _:
            return f"{day.year:04d}"


def shift(day: date, count: int, unit: str) -> str:
    """So many units before or after a day, at the grain of the unit. May raise ValueError or OverflowError."""
    match unit:
        case "S" | "m" | "H":
            return day.isoformat()
        case "D":
            return (day + timedelta(days=count)).isoformat()
        case "W" | "F" | "WE":
            moved = day + timedelta(weeks=count * (2 if unit == "F" else 1))
            return unit_at(moved, "WE" if unit == "WE" else "W")
        case "M":
            return month(add_months(day, count))
        case "Q":
            return quarter(add_months(day, 3 * count))
        case _:
            years = {"Y": 1, "E": 10, "C": 100, "L": 1000}[unit]
            year = day.year + count * years
            return unit_at(date(year, 1, 1), unit if unit == "Y" or (abs(count) == 1 and unit != "E") else "Y")


def duration(count: float | None, unit: str) -> str:
    """P3D, PT2H, PXY; a half is written in the next smaller unit."""
    if unit == "F":
        count, unit = (count * 2 if count is not None else None), "W"
    if unit == "WE":
        count, unit = (count * 2 if count is not None else None), "D"
    if unit == "Q" and count is not None:
        count, unit = count * 3, "M"
    if unit in ("C", "L") and count is not None:
        count, unit = count * (100 if unit == "C" else 1000), "Y"
    if unit == "E" and count is not None:
        count, unit = count * 10, "Y"
    head, letter = ("PT", unit.upper()) if unit in ("S", "m", "H") else ("P", unit)
    if count is None:
        return f"{head}X{letter}"
    whole, part = int(count), count - int(count)
    if not part:
        return f"{head}{whole}{letter}"
    smaller = {"Y": (12, "M"), "H": (60, "M"), "m": (60, "S"), "W": (7, "D"), "D": (24, "H"), "M": (4, "W")}.get(unit)
    if smaller is None:
        return f"{head}{count:g}{letter}"
    rest = round(part * smaller[0])
    if unit == "D":
        return f"P{whole}DT{rest}H" if whole else f"PT{rest}H"
    return f"{head}{whole}{letter}{rest}{smaller[1]}" if whole else f"{head}{rest}{smaller[1]}"


def nearest(
    options: Iterable[T], start: Callable[[T], date | None], anchor: date, side: int, *, far: int = 245
) -> T | None:
    """Of several readings the one nearest to the anchor; `side` -1 only what has begun, 1 only what has not passed."""
    dated = [(option, first) for option in options if (first := start(option)) is not None]
    # The tense of a verb is misread more often than a reporter leaves out the year of a day eight months off.
    allowed = [
        (option, first)
        for option, first in dated
        if (side <= 0 or first >= anchor) and (side >= 0 or first <= anchor) and abs((first - anchor).days) <= far
    ]
    ranked = allowed or dated
    return min(ranked, key=lambda pair: abs((pair[1] - anchor).days))[0] if ranked else None


def weekday(anchor: date, number: int, side: int) -> date:
    """The last such weekday up to the anchor, or with side 1 the first from it on; the anchor itself is both."""
    return anchor + relativedelta(weekday=WEEKDAYS[number - 1](1 if side > 0 else -1))


def long_weekend(day: date) -> tuple[date, date]:
    """The days off around a holiday, up to the Saturday and Sunday that it lies beside."""
    before, after = {1: (2, 0), 2: (3, 0), 3: (0, 4), 4: (0, 3), 5: (0, 2), 6: (0, 1), 7: (1, 0)}[day.isoweekday()]
    return day - timedelta(days=before), day + timedelta(days=after)


def holiday(rule: str, year: int) -> date:
    """A holiday's day: "12-25", "11-4-4" (fourth Thursday of November, 9 for the last), "easter-2", "orthodox+0"."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if rule.startswith("orthodox"):
        return easter(year, EASTER_ORTHODOX) + timedelta(days=int(rule[8:]))
    parts = rule.split("-")
    if len(parts) == 2:
        return date(year, int(parts[0]), int(parts[1]))
    number, wanted = int(parts[0]), int(parts[1])
    if parts[2] == "E":  # the Tuesday after the first Monday
        return holiday(f"{parts[0]}-1-1", year) + timedelta(days=1)
    first = date(year, number, 1)
    if parts[2] == "9":
        return first + relativedelta(day=31, weekday=WEEKDAYS[wanted - 1](-1))
    return first + relativedelta(weekday=WEEKDAYS[wanted - 1](int(parts[2])))
