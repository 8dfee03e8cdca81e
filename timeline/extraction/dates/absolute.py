"""Times named by the calendar: days, months, years, quarters, decades, holidays, and the time of day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from timeline.extraction.dates.timex import add_months, holiday, nearest, period_of, quarter
from timeline.extraction.dates.words import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    WORDS,
    D,
    Reading,
    Setting,
    Y,
    any_of,
    count_of,
    reading,
)


def _month_in(text: str) -> int:
    found = re.search(rf"\b(?:{any_of(MONTHS)})\b", text.lower())
    return MONTHS[found[0]] if found else 0


def _day_in(text: str) -> int:
    found = re.search(rf"(?<!\d){D}(?!\d)", re.sub(Y, " ", text))
    return int(re.sub(r"\D", "", found[0])) if found else 0


def _year_in(text: str) -> int:
    found = re.search(Y, text)
    return int(found[0]) if found else 0


def _calendar_day(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def named_day(text: str, end: int, number: int, day: int) -> int | None:
    """The year of a day that has become a name: "the Sept. 11 attacks"."""
    following = re.findall(r"[A-Za-z]+", text[end : end + 30].lower())[:2]
    for known in WORDS["named"]:
        if (known["month"], known["day"]) == (number, day) and any(word in known["words"] for word in following):
            return int(known["year"])
    return None


def year_of(which: str, at: Setting) -> int:
    """The year in "last year", "this year", "that year"."""
    step = {"last": -1, "this": 0, "next": 1}.get(which.lower())
    return at.day.year + step if step is not None else (at.last() or at.day).year


def read_full(match: re.Match[str], at: Setting) -> Reading | None:
    day = _calendar_day(_year_in(match[0]), _month_in(match[0]), _day_in(match[0]))
    return reading(match, day.isoformat()) if day else None


def read_iso(match: re.Match[str], at: Setting) -> Reading | None:
    return reading(match, match[0]) if period_of(match[0]) else None


def read_numeric(match: re.Match[str], at: Setting) -> Reading | None:
    first, second, year = (int(part) for part in match[0].split("/"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    if first > 12 or (second <= 12 and at.month_first is False):
        first, second = second, first
    elif second <= 12 and first != second and at.month_first is None:
        return None
    day = _calendar_day(year, first, second)
    return reading(match, day.isoformat()) if day else None


def read_month_day(match: re.Match[str], at: Setting) -> Reading | None:
    words = match[0][: match.start("to") - match.start()] if match["to"] else match[0]
    number, day = _month_in(words), _day_in(words)
    way = (match["way"] or "").lower()
    if _calendar_day(2000, number, day) is None:
        return None
    if (year := named_day(at.text, match.end(), number, day)) is not None:
        return reading(match, f"{year}-{number:02d}-{day:02d}")
    if at.anchor is None:
        return reading(match, f"XXXX-{number:02d}-{day:02d}", relative=True)
    which = match["which"]
    years = [year_of(which, at)] if which else [at.day.year + step for step in (-1, 0, 1)]
    side = -1 if "last" in way else 1 if "next" in way else at.side
    found = nearest(years, lambda y: _calendar_day(y, number, day), at.day, side, far=400 if way else 245)
    if found is None or (chosen := _calendar_day(found, number, day)) is None:
        return None
    until = ""
    if match["to"]:
        last = _calendar_day(found, number, int(re.sub(r"\D", "", match["to"])))
        until = last.isoformat() if last and last > chosen else ""
    return reading(match, chosen.isoformat(), relative=True, until=until)


def read_month_year(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, f"{_year_in(match[0]):04d}-{_month_in(match[0]):02d}")


MONTH_AFTER = frozenset(
    [
        "in",
        "of",
        "since",
        "last",
        "until",
        "till",
        "by",
        "early",
        "late",
        "this",
        "next",
        "from",
        "to",
        "between",
        "during",
        "for",
        "through",
        "before",
        "after",
        "mid",
        "every",
        "each",
        "and",
        "or",
        "end",
        "beginning",
        "middle",
        "start",
        "around",
        "through",
    ]
)


def read_month(match: re.Match[str], at: Setting) -> Reading | None:
    number = _month_in(match[0])
    alone = match[0].strip().rstrip(".").lower() in MONTHS
    before = re.search(r"([A-Za-z]+),?\s*$", at.text[: match.start()])
    if alone and number in (3, 5) and not (before and before[1].lower() in MONTH_AFTER):
        return None  # "May", "March": a verb, a name, a demonstration
    if (
        alone
        and re.match(r"\s+[A-Z][a-z]", at.text[match.end() :])
        and not (before and before[1].lower() in MONTH_AFTER)
    ):
        return None  # "April Jones"
    side = (match["side"] or "").lower()
    if match["which"]:
        year = year_of(match["which"], at)
        return reading(match, f"{year:04d}-{number:02d}", relative=True)
    if at.anchor is None:
        return reading(match, f"XXXX-{number:02d}", relative=True)
    first = at.day.replace(day=1)
    way = -1 if "last" in side or "past" in side else 1 if "next" in side or "coming" in side else at.side
    options = [first.year + step for step in (-1, 0, 1)]
    if "last" in side or "next" in side:
        options = [y for y in options if (y, number) != (first.year, first.month)]
    if "this" in side and "past" not in side:
        options = [first.year]
    far = 400 if side else 245
    year_found = nearest(options, lambda y: date(y, number, 1), first, way, far=far)
    return reading(match, f"{year_found:04d}-{number:02d}", relative=True)


def read_decade(match: re.Match[str], at: Setting) -> Reading:
    if match["full"]:
        return reading(match, match["full"])
    digit = match["short"] or str(WORDS["decades"][match["word"].lower()])
    return reading(match, f"19{digit}" if int(digit) > 2 else f"20{digit}")


def read_century(match: re.Match[str], at: Setting) -> Reading | None:
    words = {"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
             "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}  # fmt: skip
    digits = re.match(r"\d+", match["nth"])
    number = int(digits[0]) if digits else words.get(match["nth"].lower(), 0)
    return reading(match, f"{number - 1:02d}") if 1 < number <= 22 else None


def read_fiscal(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, match["year"], approximate=True)


def read_years(match: re.Match[str], at: Setting) -> Reading | None:
    first = int(match["year"])
    last = int(match["to"]) if len(match["to"]) == 4 else first // 100 * 100 + int(match["to"])
    return reading(match, f"{first:04d}", until=f"{last:04d}-12-31") if last > first else None


def read_year(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, match["year"])


def read_year_in_words(match: re.Match[str], at: Setting) -> Reading | None:
    if match["hundreds"]:
        rest = count_of(match["rest"])
        if rest is None or not 1 <= rest <= 99:
            return None
        return reading(match, str(NUMBERS[match["hundreds"].lower()] * 100 + int(rest)))
    return reading(match, str(2000 + int(count_of(match["ones"]) or 0)))


def year_meant(words: str, day: date) -> int:
    low = words.lower()
    if re.fullmatch(Y, low):
        return int(low)
    return day.year + (-1 if "last" in low or "ago" in low or "earlier" in low else 1 if "next" in low else 0)


def read_quarter(match: re.Match[str], at: Setting) -> Reading:
    number = int(match["q"]) if match["q"] else ORDINALS[match["nth"].lower()]
    words = match["post"] or (
        match["pre"] if match["pre"] and match["pre"].lower() not in ("fiscal", "latest", "current") else ""
    )
    if words and re.fullmatch(Y, words):
        return reading(match, f"{words}-Q{number}")
    if words:
        return reading(match, f"{year_meant(words, at.day):04d}-Q{number}", relative=True)
    options = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(options, lambda y: add_months(date(y, 3 * number - 2, 1), 3), at.day, 0)
    return reading(match, f"{year:04d}-Q{number}", relative=True)


def read_half(match: re.Match[str], at: Setting) -> Reading:
    number = 1 if match["nth"].lower() == "first" else 2
    year = int(match["post"]) if match["post"].isdigit() else year_meant(match["post"], at.day)
    return reading(match, f"{year:04d}-H{number}", relative=not match["post"].isdigit())


def read_that_quarter(match: re.Match[str], at: Setting) -> Reading:
    way = (match["pre"] or "").lower()
    said = at.quarter_meant()
    if (match["year"] or "") and said:
        return reading(match, f"{match['year']}{said[4:]}", relative=True)
    if match["year"]:
        return reading(match, match["year"])
    if way in ("this", "current"):
        return reading(match, quarter(at.day), relative=True)
    if way == "next":
        return reading(match, shift_quarter(quarter(at.day), 1), relative=True)
    base = said or shift_quarter(quarter(at.day), -1)
    if way in ("year-ago", "year-earlier"):
        return reading(match, f"{int(base[:4]) - 1:04d}{base[4:]}", relative=True)
    if way in ("previous", "preceding"):
        return reading(match, shift_quarter(base, -1), relative=True)
    if way == "following":
        return reading(match, shift_quarter(base, 1), relative=True)
    if way == "last":
        return reading(match, shift_quarter(quarter(at.day), -1), relative=True)
    return reading(match, base, relative=True)


def shift_quarter(value: str, count: int) -> str:
    at = int(value[:4]) * 4 + int(value[-1]) - 1 + count
    return f"{at // 4:04d}-Q{at % 4 + 1}"


def read_holiday(match: re.Match[str], at: Setting) -> Reading | None:
    rule = WORDS["holidays"][match["name"].lower()]
    if match["year"]:
        return reading(match, holiday(rule, int(match["year"])).isoformat())
    which = (match["which"] or "").lower()
    side = -1 if which == "last" else 1 if which == "next" else at.side
    years = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(years, lambda y: holiday(rule, y), at.day, side, far=400 if which else 245)
    return reading(match, holiday(rule, year or at.day.year).isoformat(), relative=True)


def clock_of(match: re.Match[str]) -> str:
    """HH:MM of a time of day."""
    if match["word"]:
        return {"noon": "12:00", "midday": "12:00"}.get(match["word"].lower(), "24:00")
    if match["bell"]:
        return f"{int(count_of(match['bell']) or 0):02d}:00"
    hour = int(match["hour"] or match["hour24"] or match["hour4"])
    minute = int(match["minute"] or match["minute24"] or match["minute4"] or 0)
    half = (match["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def read_clock(match: re.Match[str], at: Setting) -> Reading:
    day, guessed = at.day_meant()
    clock = clock_of(match)
    return reading(
        match,
        f"{day.isoformat()}T{clock}",
        type_="TIME",
        relative=True,
        clock=clock,
        zone=match["zone"] or "",
        guessed=guessed,
    )


def at_clock(day: Reading, clock: Reading) -> Reading:
    """A day and the time of day beside it, as one."""
    return replace(
        day, start=min(day.start, clock.start), end=max(day.end, clock.end), type="TIME",
        value=f"{day.value[:10]}T{clock.clock}", clock=clock.clock, zone=clock.zone,
    )  # fmt: skip
