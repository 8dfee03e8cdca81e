"""Times told from another time: yesterday, last week, three days ago; durations, and what happens every week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from timeline.extraction.dates.absolute import year_meant
from timeline.extraction.dates.timex import SEASON_MONTHS, duration, nearest, season_of, shift, unit_at, week, weekday
from timeline.extraction.dates.words import (
    PARTS,
    SEASONS,
    WEEKDAYS,
    WORDS,
    Reading,
    Setting,
    count_of,
    reading,
    unit_of,
)


def read_day(match: re.Match[str], at: Setting) -> Reading:
    word = " ".join(match["word"].lower().split())
    steps = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    value = (at.day + timedelta(days=steps.get(word, 0))).isoformat()
    part = "NI" if word == "tonight" else PARTS.get((match["part"] or "").lower(), "")
    return reading(match, f"{value}T{part}" if part else value, type_="TIME" if part else "DATE", relative=True)


def read_part(match: re.Match[str], at: Setting) -> Reading:
    if match[0].lower() == "overnight":
        return reading(match, f"{at.day.isoformat()}TNI", type_="TIME", relative=True)
    which, part = match["which"].lower(), PARTS[match["part"].lower()]
    day = at.day
    if which == "last":
        day -= timedelta(days=1)
    elif which == "tomorrow":
        day += timedelta(days=1)
    elif which == "that":
        day = at.last(day=True) or day
    return reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True)


def read_weekday(match: re.Match[str], at: Setting) -> Reading:
    number = WEEKDAYS[match["day"].lower()]
    part = PARTS.get((match["part"] or "").lower(), "")
    which = (match["which"] or "").lower()
    if at.anchor is None:
        return reading(match, f"XXXX-WXX-{number}", relative=True)
    tail = re.search(r"\b(last|next|this)\s+week\b", match[0].lower())
    if tail:
        monday = date.fromisocalendar(*at.day.isocalendar()[:2], 1)
        day = monday + timedelta(days=number - 1, weeks={"last": -1, "this": 0, "next": 1}[tail[1]])
    elif "following" in which:
        base = at.last(day=True) or at.day
        day = weekday(base + timedelta(days=1), number, 1)
    elif which in ("last", "this past", "the previous"):
        day = weekday(at.day - timedelta(days=1), number, -1)
    elif which in ("next", "this coming"):
        day = weekday(at.day + timedelta(days=1), number, 1)
    elif which == "this":
        day = weekday(at.day, number, at.side or 1)
    else:
        day = weekday(at.day, number, at.side or int(at.now))
    value = day.isoformat()
    return reading(match, f"{value}T{part}" if part else value, type_="TIME" if part else "DATE", relative=True)


def read_weekdays(match: re.Match[str], at: Setting) -> Reading | None:
    if not (match["every"] or match["plural"] or match["parts"]):
        return None
    part = f"T{PARTS[match['part'].lower()]}" if match["part"] else ""
    return reading(match, f"XXXX-WXX-{WEEKDAYS[match['day'].lower()]}{part}", type_="SET")


def read_which(match: re.Match[str], at: Setting) -> Reading | None:
    which, word = " ".join(match["which"].lower().split()), match["unit"].lower()
    if word in SEASONS:
        return _which_season(match, at, which, SEASONS[word])
    unit = unit_of(word)
    if unit == "D":
        return _which_day(match, at, which)
    if which == "the":
        bounded = re.match(
            r"(?:the\s+)?(?:early|late|earlier|later|mid|end|middle|beginning|start|rest|remainder)", match[0], re.I
        )
        if unit == "WE":
            return reading(match, unit_at(weekday(at.day, 6, at.side), "WE"), relative=True)
        return reading(match, unit_at(at.day, unit), relative=True) if bounded else None
    if "following" in which or "previous" in which or "preceding" in which or "that" in which or "same" in which:
        base = at.last() or at.day
        step = 1 if "following" in which else -1 if "previous" in which or "preceding" in which else 0
        return reading(match, shift(base, step, unit) if step else unit_at(base, unit), relative=True)
    step = -1 if "last" in which or "past" in which else 1 if "next" in which or "coming" in which else 0
    if unit == "WE":
        base = weekday(at.day, 6, 1 if step > 0 else -1) if at.day.isoweekday() < 6 else at.day + timedelta(weeks=step)
        if step == 0 and at.day.isoweekday() < 6 and at.side >= 0:
            base = weekday(at.day, 6, 1)
        return reading(match, f"{week(base)}-WE", relative=True)
    return reading(match, shift(at.day, step, unit) if step else unit_at(at.day, unit), relative=True)


def _which_day(match: re.Match[str], at: Setting, which: str) -> Reading | None:
    if which in ("the", "this", "current", "the current", "the latest", "last", "next"):
        return None
    base = at.last(day=True)
    if base is None:
        return None
    if "same" in which and re.match(r"\s+(?:as|that|when)\b", match.string[match.end() :]):
        # "On the same day as the interview": that of the interview, which is not the last day named.
        return None
    forward = which in ("the following", "following", "the next", "the coming")
    step = 1 if forward else -1 if "previous" in which or "preceding" in which else 0
    return reading(match, (base + timedelta(days=step)).isoformat(), relative=True)


def _which_season(match: re.Match[str], at: Setting, which: str, code: str) -> Reading | None:
    if which == "the" and not re.match(r"(?:the\s+)?(?:early|late|mid|end)", match[0], re.IGNORECASE):
        return None
    number = SEASON_MONTHS[code]
    side = -1 if "last" in which or "past" in which else 1 if "next" in which or "coming" in which else at.side
    years = [at.day.year + step for step in (-2, -1, 0, 1)]
    if side != 0 and ("last" in which or "next" in which):
        years = [y for y in years if f"{y:04d}-{code}" != season_of(at.day)]
    if which.startswith("this") and "past" not in which and "coming" not in which:
        years = [at.day.year if number < 12 or at.day.month > 2 else at.day.year - 1]
    year = nearest(years, lambda y: date(y, number, 1), at.day, side, far=500)
    return reading(match, f"{year:04d}-{code}", relative=True)


def read_season(match: re.Match[str], at: Setting) -> Reading | None:
    words = match["year"]
    if words.lower().startswith("nineteen"):
        rest = count_of(words.split(" ", 1)[1])
        year = 1900 + int(rest) if rest else 0
    else:
        year = int(words) if words.isdigit() else year_meant(words, at.day)
    return (
        reading(match, f"{year:04d}-{SEASONS[match['season'].lower()]}", relative=not words.isdigit()) if year else None
    )


def read_ago(match: re.Match[str], at: Setting) -> Reading | None:
    unit, way = unit_of(match["unit"]), " ".join(match["way"].lower().split())
    if not match["n"] and not match["vague"] and not match["unit"].lower().endswith("s"):
        return None
    back = way in ("ago", "earlier", "before", "previously")
    if way in ("before", "after", "on") and not re.match(r"\s*(?:[.,;:)]|$)", at.text[match.end() :]):
        return None  # "two days before the vote" is a distance from another event
    count = count_of(match["n"])
    if count is None or match["vague"]:
        return reading(match, "PAST_REF" if back else "FUTURE_REF")
    sign = -1 if back else 1
    from_anchor = way in ("ago", "from now", "hence")
    year_back = unit == "Y" and count == 1 and way in ("ago", "earlier", "before")
    if year_back and (said := at.quarter_meant(within=4)):
        return reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
    fine = unit in ("D", "W", "H", "m")
    base_day = at.day if from_anchor else at.last(day=fine, here=True)
    if base_day is None and unit == "Y" and count == 1 and back:
        base_day = at.day
    if base_day is None:  # "a day earlier", than what is not in this paragraph
        return reading(match, duration(count, unit), type_="DURATION")
    whole = int(count)
    if count != whole and unit in ("Y", "W"):
        whole, unit = round(count * (12 if unit == "Y" else 7)), "M" if unit == "Y" else "D"
    try:
        return reading(match, shift(base_day, sign * whole, unit), relative=True, approximate=unit == "E")
    except (ValueError, OverflowError):
        return None


def read_year_ago(match: re.Match[str], at: Setting) -> Reading:
    if said := at.quarter_meant():
        return reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
    return reading(match, f"{at.day.year - 1:04d}", relative=True)


def read_year_end(match: re.Match[str], at: Setting) -> Reading:
    low = match[0].lower()
    unit = "M" if "month" in low else "W" if "week" in low else "Y"
    step = {"last": -1, "next": 1}.get((match["whose"] or "").lower(), 0)
    return reading(match, shift(at.day, step, unit), relative=True)


def read_the_past(match: re.Match[str], at: Setting) -> Reading | None:
    way, word = match["way"].lower(), match["unit"].lower()
    if word.rstrip("s") in SEASONS:
        return None
    count = count_of(match["n"])
    if count is None and (match["vague"] or "").lower().startswith("couple"):
        count = 2
    if count == 1 and match["n"] and match["n"].lower() in ("a", "an"):
        return None
    if way == "first" and word.startswith("second"):
        return None
    return reading(match, duration(count, unit_of(word)), type_="DURATION")


def read_rate(match: re.Match[str], at: Setting) -> Reading | None:
    if match[0].lower().startswith(("a ", "an ")):
        before = at.text[max(0, match.start() - 25) : match.start()]
        if not re.search(
            r"(?:\d|cents?|dollars|pounds|euros|times|twice|once|thrice|barrels|shares?|million|billion|hours|people|percent|%)\s$",
            before,
        ):
            return None
    return reading(match, duration(1, unit_of(match["unit"])), type_="SET")


def read_every(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    if word in SEASONS:
        return reading(match, f"XXXX-{SEASONS[word]}", type_="SET")
    if word in PARTS:
        return reading(match, f"XXXX-XX-XXT{PARTS[word]}", type_="SET")
    count = 2 if (match["n"] or "").lower() == "other" else count_of(match["n"]) if match["n"] else 1
    return reading(match, duration(count, unit_of(word)), type_="SET")


def read_set(match: re.Match[str], at: Setting) -> Reading:
    word = match[0].lower().split()[-1]
    return reading(match, WORDS["sets"][word], type_="SET")


def read_for(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    unit = unit_of(word)
    number = (match["n"] or "").lower()
    if number in ("a", "an") and word.endswith("s"):
        return None
    if unit == "Q" and (count_of(number) or 0) > 40:
        return None
    if unit == "S" and not word.endswith("s"):
        return None  # "a second", "one second" is mostly an ordinal
    if (
        number in ("a", "an")
        and word in ("day", "quarter", "minute", "second", "night")
        and not re.search(
            r"\b(?:for|in|within|over|after|about|than|least|nearly|almost|of|took|take|takes|lasted|than|under)\s+$",
            at.text[: match.start()].lower(),
        )
    ):
        return None
    count = count_of(match["n"])
    return reading(match, duration(count, unit), type_="DURATION")


def read_long(match: re.Match[str], at: Setting) -> Reading:
    word = match[0].split("-")[0].lower()
    return reading(match, duration(None if word.endswith("s") else 1, unit_of(word)), type_="DURATION")


def read_plural(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, duration(None, unit_of(match["unit"])), type_="DURATION")


def read_all(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, duration(1, unit_of(match["unit"])), type_="DURATION")


def read_the_part(match: re.Match[str], at: Setting) -> Reading:
    day, guessed = at.day_meant()
    if re.search(r"\bnext\b", match[0], re.IGNORECASE):
        day += timedelta(days=1)
    part = PARTS[(match["part"] or match["part2"]).lower()]
    return reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True, guessed=guessed)


def read_adjective(match: re.Match[str], at: Setting) -> Reading:
    ref = {"current": "PRESENT_REF", "recent": "PAST_REF"}[match["ref"].lower()]
    return reading(match, ref)


def read_reference(match: re.Match[str], at: Setting) -> Reading | None:
    low = " ".join(match[0].lower().split())
    for value, phrases in WORDS["references"].items():
        if low in phrases:
            return reading(match, value)
    return None
