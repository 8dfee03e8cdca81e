"""Times told from another time: yesterday, last week, three days ago; durations, and what happens every week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from timeline.extraction.dates.absolute import year_meant
from timeline.extraction.dates.setting import Reading, Setting, reading
from timeline.extraction.dates.timex import duration, nearest, season_of, season_start, shift, unit_at, week, weekday


def read_day(match: re.Match[str], at: Setting) -> Reading | None:
    word = " ".join(match["word"].lower().split())
    value = (at.day + timedelta(days=at.words.days[word])).isoformat()
    owned = at.after(match, "owned") if at.words.days[word] == 0 else None
    if owned and {(owned[word] or "").lower() for word in ("word", "head")} & at.words.listed("of any day"):
        return None  # "today's world" is of no one day
    part = at.words.part(match["part"]) or ("NI" if word in at.words.listed("nights") else "")
    return reading(match, f"{value}T{part}" if part else value, type_="TIME" if part else "DATE", relative=True)


def read_part(match: re.Match[str], at: Setting) -> Reading:
    if not match["part"]:
        # "Do not leave it on overnight" is no one night.
        return reading(match, f"{at.day.isoformat()}TNI", type_="TIME", relative=True, guessed=at.side >= 0)
    way, part = at.words.way(match["which"]), at.words.part(match["part"])
    day = (at.last("D") or at.day) if way == "same" else at.day
    day += timedelta(days={"last": -1, "next": 1}.get(way, 0))
    that = way == "same"
    guessed = that and not at.day_in_mind()
    return reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True, guessed=guessed, told=that)


def read_weekday(match: re.Match[str], at: Setting) -> Reading:
    number = at.words.weekdays[match["day"].lower()]
    part = at.words.part(match["part"])
    way = at.words.way(match["which"])
    if at.anchor is None:
        return reading(match, f"XXXX-WXX-{number}", relative=True)
    if match["week"]:
        monday = date.fromisocalendar(*at.day.isocalendar()[:2], 1)
        day = monday + timedelta(days=number - 1, weeks=at.words.step(match["week"]) or 0)
    elif way == "following":
        day = weekday((at.last("D") or at.day) + timedelta(days=1), number, 1)
    elif way in ("last", "previous"):
        day = weekday(at.day - timedelta(days=1), number, -1)
    elif way == "next":
        day = weekday(at.day + timedelta(days=1), number, 1)
    elif way == "this":
        day = weekday(at.day, number, at.side or 1)
    else:
        day = weekday(at.day, number, at.side or int(at.now))
    value = f"{day.isoformat()}T{part}" if part else day.isoformat()
    of_another = match["other"] is not None and at.before(match, "before what is known") is not None
    return reading(match, value, type_="TIME" if part else "DATE", relative=True, guessed=of_another)


def read_weekdays(match: re.Match[str], at: Setting) -> Reading | None:
    if not (match["every"] or match["plural"] or match["parts"] or match["beside"] is not None):
        return None
    part = f"T{at.words.part(match['part'] or match['part2'])}" if match["part"] or match["part2"] else ""
    return reading(match, f"XXXX-WXX-{at.words.weekdays[match['day'].lower()]}{part}", type_="SET")


def read_which(match: re.Match[str], at: Setting) -> Reading | None:
    way, word = at.words.way(match["which"]), match["unit"].lower()
    if code := at.words.season(word):
        return _which_season(match, at, way, code)
    unit = at.words.unit(word)
    if unit == "D":
        return _which_day(match, at, way)
    if way == "last" and at.words.forms["a past length"].match(match[0]):
        if match["of"] is not None:
            return None  # "the last week of the campaign" is not last week
        return reading(match, duration(1, unit), type_="DURATION")  # "in the past year"
    if not way:  # "the week", "the end of the year"
        if unit == "WE":
            return reading(match, unit_at(weekday(at.day, 6, at.side), "WE"), relative=True)
        if not match["bound"]:
            return None
        told = at.last(here=True) if unit == "M" else None  # "in late May ... earlier in the month": in May
        base = told or at.day
        return reading(match, unit_at(base, unit), relative=True, guessed=unit_at(base, unit) != unit_at(at.day, unit))
    if way in ("following", "previous", "same"):
        base = at.last(unit) or at.day
        step = at.words.step(match["which"]) or 0
        return reading(
            match, shift(base, step, unit) if step else unit_at(base, unit), relative=True, told=base != at.day
        )
    step = {"last": -1, "next": 1}.get(way, 0)
    if unit == "WE":
        base = weekday(at.day, 6, 1 if step > 0 else -1) if at.day.isoweekday() < 6 else at.day + timedelta(weeks=step)
        if step == 0 and at.day.isoweekday() < 6 and at.side >= 0:
            base = weekday(at.day, 6, 1)
        return reading(match, f"{week(base)}-WE", relative=True)
    # "Within the next year", "next month or two": a time from now on, not that of the calendar.
    guessed = match["within"] is not None or match["about"] is not None
    return reading(match, shift(at.day, step, unit) if step else unit_at(at.day, unit), relative=True, guessed=guessed)


def _which_day(match: re.Match[str], at: Setting, way: str) -> Reading | None:
    if way not in ("following", "previous", "same"):
        return None
    base = at.last("D")
    skipped = bool(base and at.anchor and base > at.anchor and at.side < 0)
    if skipped:  # "the ban starts on Friday ... was announced the same day": not on that Friday
        base = at.last("D", until=at.anchor)
    if base is None or (way == "same" and at.after(match, "as another")):
        # "On the same day as the interview": that of the interview, which is not the last day named.
        return None
    return reading(
        match,
        (base + timedelta(days=at.words.step(match["which"]) or 0)).isoformat(),
        relative=True,
        told=True,
        guessed=skipped or not at.day_in_mind(),
    )


def _which_season(match: re.Match[str], at: Setting, way: str, code: str) -> Reading | None:
    if not way and not match["bound"]:
        return None
    side = {"last": -1, "next": 1}.get(way, at.side)
    south = bool(at.south)
    years = [at.day.year + step for step in (-2, -1, 0, 1)]
    if way in ("last", "next"):
        years = [y for y in years if f"{y:04d}-{code}" != season_of(at.day, south=south)]
    if way == "this":
        begins_late = season_start(at.day.year, code, south=south).month == 12
        years = [at.day.year - 1 if begins_late and (at.day.month < 3 or at.side < 0) else at.day.year]
    year = nearest(years, lambda y: season_start(y, code, south=south), at.day, side, far=500)
    return reading(match, f"{year:04d}-{code}", relative=True)


def read_the_season(match: re.Match[str], at: Setting) -> Reading:
    """ "Over the summer": the nearest on the side of the verb, or any summer; so it dates nothing."""
    code = at.words.season(match["season"])
    years = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(years, lambda y: season_start(y, code, south=bool(at.south)), at.day, at.side, far=400)
    return reading(match, f"{year:04d}-{code}", relative=True, guessed=True)


def read_season(match: re.Match[str], at: Setting) -> Reading:
    year = year_meant(match["year"], at)
    return reading(match, f"{year:04d}-{at.words.season(match['season'])}", relative=not match["year"].isdigit())


def read_ago(match: re.Match[str], at: Setting) -> Reading | None:
    unit = at.words.unit(match["unit"])
    if not match["n"] and not match["vague"] and not match["unit"].lower().endswith("s"):
        return None
    if match["fromhere"] and not at.after(match, "end of a clause"):
        return None  # "two days before the vote" is a distance from another event
    back = bool(match["back"] or match["back2"] or match["ago"])
    count = at.words.count(match["n"])
    if count is None or match["vague"]:
        return reading(match, "PAST_REF" if back or (match["later"] and at.side < 0) else "FUTURE_REF")
    sign = -1 if back else 1
    if unit == "Y" and count == 1 and back and (said := at.quarter_meant(within=4)):
        return reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
    fine = unit in ("D", "W", "H", "m")
    base_day = at.day if match["ago"] or match["hence"] else at.last("D" if fine else unit, here=True)
    if base_day is None and unit == "Y" and count == 1 and back:
        base_day = at.day
    # Where a paragraph names several days, which of them "a day earlier" counts from is not sure.
    guessed = not (match["ago"] or match["hence"]) and at.days_here() > 1
    if match["later"] and not fine and at.text[: match.start()].rstrip().endswith("."):
        guessed = False  # "One year later they left" goes on from the sentence before
    if base_day is None:  # "a day earlier", than what is not in this paragraph
        return reading(match, duration(count, unit), type_="DURATION")
    whole = int(count)
    if count != whole and unit in ("Y", "W"):
        whole, unit = round(count * (12 if unit == "Y" else 7)), "M" if unit == "Y" else "D"
    try:
        return reading(
            match,
            shift(base_day, sign * whole, unit),
            relative=True,
            approximate=unit == "E" or bool(match["more"]),
            guessed=guessed,
            told=base_day != at.day,
        )
    except (ValueError, OverflowError):
        return None


def read_year_ago(match: re.Match[str], at: Setting) -> Reading:
    if said := at.quarter_meant():
        return reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
    return reading(match, f"{at.day.year - 1:04d}", relative=True)


def read_year_end(match: re.Match[str], at: Setting) -> Reading:
    step = at.words.step(match["whose"]) or 0
    return reading(match, shift(at.day, step, at.words.unit(match["unit"])), relative=True)


def read_the_past(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    if at.words.season(word):
        return None
    count = at.words.count(match["n"] or match["vague"])
    if (match["n"] or "").lower() in at.words.listed("articles"):
        return None
    unit = at.words.unit(word)
    if match["first"] and unit == "S":
        return None
    return reading(match, duration(count, unit), type_="DURATION")


def read_rate(match: re.Match[str], at: Setting) -> Reading | None:
    if match["article"] and not at.before(match, "before a rate"):
        return None
    return reading(match, duration(1, at.words.unit(match["unit"])), type_="SET")


def read_every(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    if code := at.words.season(word):
        return reading(match, f"XXXX-{code}", type_="SET")
    if part := at.words.part(word):
        return reading(match, f"XXXX-XX-XXT{part}", type_="SET")
    count = 2 if match["other"] else at.words.count(match["n"]) if match["n"] or match["vague"] else 1
    return reading(match, duration(count, at.words.unit(word)), type_="SET")


def read_set(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, at.words.sets[match["set"].lower()], type_="SET")


def read_for(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    unit = at.words.unit(word)
    number = (match["n"] or "").lower()
    article = number in at.words.listed("articles")
    if article and word.endswith("s"):
        return None
    count = at.words.count(number)
    if match["half"] and count is not None:
        count += 0.5
    if unit == "Q" and (count is None or count < 2 or count > 40 or (count == 3 and at.after(match, "a share"))):
        return None  # "a quarter of", "three-quarters of": a share, no time
    if unit == "S" and not word.endswith("s"):
        return None  # "a second", "one second" is mostly an ordinal
    if article and word in at.words.listed("no lengths alone") and not at.before(match, "before a length"):
        return None
    return reading(match, duration(count, unit), type_="DURATION")


def read_long(match: re.Match[str], at: Setting) -> Reading:
    word = match["unit"].lower()
    return reading(match, duration(None if word.endswith("s") else 1, at.words.unit(word)), type_="DURATION")


def read_plural(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, duration(None, at.words.unit(match["unit"] or match["unit2"])), type_="DURATION")


def read_all(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, duration(1, at.words.unit(match["unit"])), type_="DURATION")


def read_the_part(match: re.Match[str], at: Setting) -> Reading:
    day, guessed = at.day_meant(match)
    guessed = guessed or not at.days_here()  # "I rise early in the morning" is of no one day
    if match["next"]:
        day += timedelta(days=1)
    part = at.words.part(match["part"] or match["part2"] or match["part3"])
    return reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True, guessed=guessed)


def read_reference(match: re.Match[str], at: Setting) -> Reading:
    value = at.words.references[" ".join(match["ref"].lower().split())]
    return reading(match, value, type_="DURATION" if value == "PXX" else "DATE")


def read_some_day(match: re.Match[str], at: Setting) -> Reading:
    return reading(match, "FUTURE_REF")


def read_some_time(match: re.Match[str], at: Setting) -> Reading:
    """ "In recent weeks", "the coming months": some weeks or months that have no count."""
    return reading(match, duration(None, at.words.unit(match["unit"] or match["unit2"])), type_="DURATION")


def read_the_year(match: re.Match[str], at: Setting) -> Reading | None:
    """ "For the year": the one the report is of; in "the year ended June 30" its length alone, as of a week."""
    unit = at.words.unit(match["unit"])
    if match["bounds"]:
        return Reading(match.start(), match.start("bounds"), "DURATION", duration(1, unit))
    if unit != "Y":
        return None
    return reading(match, f"{at.day.year:04d}", relative=True)
