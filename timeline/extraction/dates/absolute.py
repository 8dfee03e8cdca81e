"""Times named by the calendar: days, months, years, quarters, decades, holidays, and the time of day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from timeline.extraction.dates.setting import Reading, Setting, reading
from timeline.extraction.dates.timex import add_months, holiday, long_weekend, nearest, period_of, quarter, week
from timeline.extraction.dates.words import D, Words, Y

DAY_FORM = re.compile(rf"(?<!\d){D}(?!\d)")
YEAR_FORM = re.compile(Y)
FAR = 300  # days off at which the same day of another year is so near that a reporter would say which is meant
NEWS = 60  # days around its publication of which an article speaks without saying the year, whatever it told before


def _month_in(text: str, words: Words) -> int:
    found = words.month_form.search(text)
    return words.months[found[0].lower()] if found else 0


def _day_in(text: str) -> int:
    found = DAY_FORM.search(YEAR_FORM.sub(" ", text))
    return _number(found[0]) if found else 0


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year_in(text: str) -> int:
    found = YEAR_FORM.search(text)
    return int(found[0]) if found else 0


def _calendar_day(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def named_day(at: Setting, end: int, number: int, day: int) -> int | None:
    """The year of a day that has become a name: "the Sept. 11 attacks"."""
    following = re.findall(r"[^\W\d_]+", at.text[end : end + 30].lower())[:2]
    for known in at.words.named:
        if (known["month"], known["day"]) == (number, day) and any(word in known["words"] for word in following):
            return int(known["year"])
    return None


def year_of(which: str, at: Setting) -> int:
    """The year in "last year", "this year", "that year"."""
    way = at.words.way(which)
    if way in ("last", "this", "next"):
        return at.day.year + {"last": -1, "this": 0, "next": 1}[way]
    return (at.year_told() or at.last() or at.day).year


def read_full(match: re.Match[str], at: Setting) -> Reading | None:
    day = _calendar_day(_year_in(match[0]), _month_in(match[0], at.words), _day_in(match[0]))
    if day is None:
        return None
    if match["week"]:
        return reading(match, _week_of(day))
    return reading(match, day.isoformat(), until=_until(match, day))


def _week_of(day: date) -> str:
    """ "The week of Oct. 20": one named by its Sunday begins with it."""
    return week(day + timedelta(days=1))


def _until(match: re.Match[str], first: date) -> str:
    """The last day of "March 3-5"; empty where there is none after the first."""
    last = _calendar_day(first.year, first.month, _number(match["to"])) if match["to"] else None
    return last.isoformat() if last and last > first else ""


def read_days(match: re.Match[str], at: Setting) -> Reading | None:
    """Days in front of their month: "3 to 5 March 2019"."""
    number, first, last = _month_in(match[0], at.words), _number(match["first"]), _number(match["to"])
    year = int(match["year"]) if match["year"] else None
    if last <= first or _calendar_day(2000, number, last) is None:
        return None
    if year is None:
        if at.anchor is None:
            return reading(match, f"XXXX-{number:02d}-{first:02d}", relative=True)
        years = [at.day.year + step for step in (-1, 0, 1)]
        year = nearest(years, lambda y: _calendar_day(y, number, first), at.day, at.side)
    start, end = _calendar_day(year or 0, number, first), _calendar_day(year or 0, number, last)
    if start is None or end is None:
        return None
    return reading(match, start.isoformat(), relative=not match["year"], until=end.isoformat())


def read_iso(match: re.Match[str], at: Setting) -> Reading | None:
    return reading(match, match[0]) if period_of(match[0]) else None


def read_numeric(match: re.Match[str], at: Setting) -> Reading | None:
    first, second, year = (int(part) for part in re.split(r"\D", match[0]))
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
    number, day = _month_in(words, at.words), _day_in(words)
    if _calendar_day(2000, number, day) is None:
        return None
    if (year := named_day(at, match.end(), number, day)) is not None:
        return reading(match, f"{year}-{number:02d}-{day:02d}")
    if at.anchor is None:
        return reading(match, f"XXXX-{number:02d}-{day:02d}", relative=True)
    which, way = match["which"], match["way"]
    told = at.day_told(number, day) if at.side <= 0 and not which and not way else None
    years = [year_of(which, at)] if which else [at.day.year + step for step in (-1, 0, 1)]
    side = (at.words.step(way) or at.side) if way else at.side
    found = nearest(years, lambda y: _calendar_day(y, number, day), at.day, side, far=at.reach(way))
    chosen = told or (_calendar_day(found, number, day) if found else None)
    if chosen is None:
        return None
    far = abs((at.day - chosen).days) > NEWS
    guessed = far and told is None and not which and at.side <= 0 and at.other_year_told()
    guessed = guessed or at.against(chosen) or (at.side == 0 and (chosen - at.day).days > NEWS)
    guessed = guessed or (told is None and not which and abs((chosen - at.day).days) > FAR)
    value = _week_of(chosen) if match["week"] else chosen.isoformat()
    return reading(match, value, relative=True, until=_until(match, chosen), guessed=guessed, told=told is not None)


def read_month_year(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, f"{_year_in(match[0]):04d}-{_month_in(match[0], at.words):02d}")


def read_month(match: re.Match[str], at: Setting) -> Reading | None:
    number = _month_in(match[0], at.words)
    low = match[0].strip().rstrip(".").lower()
    if low in at.words.months and not at.before(match, "before a month"):
        if low in at.words.listed("months that are words"):
            return None  # "May", "March": a verb, a name, a demonstration
        if re.match(r"\s+[A-Z][a-z]", at.text[match.end() :]):
            return None  # "April Jones"
    if match["which"]:
        return reading(match, f"{year_of(match['which'], at):04d}-{number:02d}", relative=True)
    if at.anchor is None:
        return reading(match, f"XXXX-{number:02d}", relative=True)
    first = at.day.replace(day=1)
    way = at.words.way(match["side"])
    if way == "same":
        return reading(match, f"{year_of(match['side'], at):04d}-{number:02d}", relative=True, told=True, guessed=True)
    if not way and (told := at.month_told(match, number)) is not None:
        return reading(match, f"{told:04d}-{number:02d}", relative=True, told=True, guessed=True)
    side = {"last": -1, "next": 1}.get(way, at.side)
    options = [first.year + step for step in (-1, 0, 1)]
    if way in ("last", "next"):
        options = [y for y in options if (y, number) != (first.year, first.month)]
    if way == "this":
        options = [first.year]
    year = nearest(options, lambda y: date(y, number, 1), first, side, far=at.reach(way))
    against = bool(year) and not way and at.against(date(year or 1, number, 1))
    return reading(match, f"{year:04d}-{number:02d}", relative=True, guessed=against)


def read_decade(match: re.Match[str], at: Setting) -> Reading:
    if match["full"]:
        return reading(match, match["full"])
    digit = match["short"] or str(at.words.decades[match["word"].lower()])
    return reading(match, f"19{digit}" if int(digit) > 2 else f"20{digit}")


def read_century(match: re.Match[str], at: Setting) -> Reading | None:
    digits = re.match(r"\d+", match["nth"])
    number = int(digits[0]) if digits else at.words.centuries.get(match["nth"].lower(), 0)
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
        rest = at.words.count(match["rest"])
        if rest is None or not 1 <= rest <= 99:
            return None
        return reading(match, str(at.words.numbers[match["hundreds"].lower()] * 100 + int(rest)))
    return reading(match, str(2000 + int(at.words.count(match["ones"]) or 0)))


def year_meant(text: str, at: Setting) -> int:
    return int(text) if re.fullmatch(Y, text) else at.day.year + (at.words.step(text) or 0)


def read_quarter(match: re.Match[str], at: Setting) -> Reading:
    number = int(match["q"]) if match["q"] else at.words.ordinals[match["nth"].lower()]
    words = match["post"] or match["pre"] or ""
    # The year of a company may begin in any month: which days its quarters are is not known.
    fiscal = any(match[group] for group in ("fiscal", "fiscal2", "fiscal3"))
    own = fiscal or ((ended := _quarter_ended(match, at)) is not None and int(ended[-1]) != number)
    if re.fullmatch(Y, words):
        return reading(match, f"{words}-Q{number}", guessed=own)
    if at.words.way(words) in ("last", "this", "next", "previous"):
        return reading(match, f"{year_meant(words, at):04d}-Q{number}", relative=True, guessed=own)
    options = [at.day.year + step for step in (-1, 0, 1)]
    if at.side < 0:  # "earned in the first quarter": one that has begun
        options = [y for y in options if date(y, 3 * number - 2, 1) <= at.day]
    year = nearest(options, lambda y: add_months(date(y, 3 * number - 2, 1), 3), at.day, 0)
    return reading(match, f"{year:04d}-Q{number}", relative=True, guessed=own)


def _quarter_ended(match: re.Match[str], at: Setting) -> str | None:
    """The calendar quarter of the month in "the quarter ended Sept. 30"; None where none follows."""
    ended = at.after(match, "ended")
    number = _month_in(at.text[ended.end() : ended.end() + 15], at.words) if ended else 0
    if not ended or not number:
        return None
    year = _year_in(at.text[ended.end() : ended.end() + 25]) or at.day.year - (number > at.day.month)
    return quarter(date(year, number, 1))


def read_half(match: re.Match[str], at: Setting) -> Reading:
    number = at.words.ordinals.get(match["nth"].lower(), 2)
    return reading(
        match, f"{year_meant(match['post'], at):04d}-H{min(number, 2)}", relative=not match["post"].isdigit()
    )


def read_that_quarter(match: re.Match[str], at: Setting) -> Reading:
    said = at.quarter_meant()
    if match["year"]:
        return reading(match, f"{match['year']}{said[4:]}" if said else match["year"], relative=bool(said))
    now = quarter(at.day)
    if ended := _quarter_ended(match, at):
        return reading(match, ended, relative=True)
    way = "year ago" if match["ago"] else at.words.way(match["pre"])
    own = bool(match["fiscal"])
    base = said or shift_quarter(now, -1)
    value = {
        "this": now,
        "next": shift_quarter(now, 1),
        "last": shift_quarter(now, -1),
        "previous": shift_quarter(base, -1),
        "following": shift_quarter(base, 1),
        "year ago": shift_quarter(base, -4),
    }.get(way, base)
    return reading(match, value, relative=True, guessed=own)


def shift_quarter(value: str, count: int) -> str:
    at = int(value[:4]) * 4 + int(value[-1]) - 1 + count
    return f"{at // 4:04d}-Q{at % 4 + 1}"


def read_holiday(match: re.Match[str], at: Setting) -> Reading | None:
    rule = at.words.holidays[match["name"].lower()].removesuffix(WEEK_LONG)
    if match["every"]:
        return reading(match, f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "P1Y", type_="SET")
    if match["year"]:
        return _on_holiday(match, at, holiday(rule, int(match["year"])), relative=False)
    way = at.words.way(match["which"])
    if match["of"]:
        return _on_holiday(match, at, holiday(rule, year_of(match["of"], at)), relative=True)
    side = {"last": -1, "next": 1}.get(way, at.side)
    years = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(years, lambda y: holiday(rule, y), at.day, side, far=at.reach(way))
    return _on_holiday(match, at, holiday(rule, year or at.day.year), relative=True)


WEEK_LONG = " W"  # behind the rule of a holiday that lasts a week


def _on_holiday(match: re.Match[str], at: Setting, day: date, *, relative: bool) -> Reading:
    """A holiday, its week, its long weekend, or what "over Christmas" and "last Easter" mean: some days around it."""
    name = match["name"].lower()
    if match["week"] or at.words.holidays[name].endswith(WEEK_LONG):
        return reading(match, week(day), relative=relative)
    against = relative and not match["which"] and not match["of"] and at.against(day)
    guessed = against or at.words.of_one_country.get(name, "") not in {"", *at.countries}
    weekend, around = match["long"] or match["long2"], at.words.stretches.get(name)
    if around and (weekend or match["off"] or match["over"] is not None or match["which"]):
        first, last = (day + timedelta(days=step) for step in around)
    elif weekend:
        first, last = long_weekend(day)
    else:
        return reading(match, day.isoformat(), relative=relative, guessed=guessed)
    since, until = first.isoformat(), last.isoformat()
    return reading(match, day.isoformat(), relative=relative, since=since, until=until, guessed=guessed)


def clock_of(match: re.Match[str], words: Words) -> str:
    """HH:MM of a time of day."""
    if match["word"]:
        return words.clocks[match["word"].lower()]
    hour = int(match["hour"] or match["hour24"] or match["hour4"] or words.count(match["bell"]) or 0)
    minute = int(match["minute"] or match["minute24"] or match["minute4"] or 0)
    half, part = (match["half"] or "").lower(), words.part(match["daypart"])
    if (half.startswith("p") or part in ("AF", "EV")) and hour < 12:
        hour += 12
    elif (half.startswith("a") or part == "MO") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def read_clock(match: re.Match[str], at: Setting) -> Reading | None:
    if _is_count(match, at):
        return None
    day, guessed = at.day_meant(match)
    clock = clock_of(match, at.words)
    value = f"{day.isoformat()}T{clock}"
    return reading(match, value, type_="TIME", relative=True, clock=clock, zone=match["zone"] or "", guessed=guessed)


def _is_count(match: re.Match[str], at: Setting) -> bool:
    """ "Won in 2:14:04", "hurt four in the morning": a length or a number beside a time."""
    forms = at.words.forms
    if match["bell"]:
        return not match["oclock"] and not forms["before a clock"].search(at.text[: match.start("bell")])
    if not match["hour24"] or match["zone"]:
        return False
    before = at.text[: match.start("hour24")]
    return bool(
        forms["before a result"].search(before) or (match["seconds"] and not forms["before a clock"].search(before))
    )


def at_clock(day: Reading, clock: Reading) -> Reading:
    """A day and the time of day beside it, as one."""
    return replace(
        day, start=min(day.start, clock.start), end=max(day.end, clock.end), type="TIME",
        value=f"{day.value[:10]}T{clock.clock}", clock=clock.clock, zone=clock.zone,
    )  # fmt: skip
