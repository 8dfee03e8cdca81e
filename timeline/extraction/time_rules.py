"""How English names a time: patterns, and what each means beside the day of publication and the times named before."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from timeline.extraction.timex import (
    SEASON_MONTHS,
    add_months,
    duration,
    holiday,
    nearest,
    period_of,
    quarter,
    season_of,
    shift,
    unit_at,
    week,
    weekday,
)

WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "lexicon" / "en" / "times.json").read_text("utf-8"))
MONTHS: dict[str, int] = WORDS["months"]
WEEKDAYS: dict[str, int] = WORDS["weekdays"]
NUMBERS: dict[str, int] = WORDS["numbers"]
UNITS: dict[str, str] = WORDS["units"]
SEASONS: dict[str, str] = WORDS["seasons"]
PARTS: dict[str, str] = WORDS["parts"]
ORDINALS: dict[str, int] = WORDS["ordinals"]


class NoAnchor(Exception):
    """A relative expression in a document whose day of publication is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression says. `relative` is whether it was read from another day; `clock` the time of day."""

    start: int
    end: int
    type: str
    value: str
    relative: bool = False
    rule: str = ""
    clock: str = ""
    zone: str = ""
    until: str = ""
    approximate: bool = False


@dataclass(slots=True)
class Setting:
    """What an expression is read beside: the anchor, the times named before it, and the tense of its clause."""

    anchor: date | None
    month_first: bool | None = None
    side: int = 0
    said: list[Reading] = field(default_factory=list)
    near: int = 0  # readings of this paragraph in `said`
    text: str = ""

    @property
    def day(self) -> date:
        if self.anchor is None:
            raise NoAnchor
        return self.anchor

    def last(self, *, grains: str = "DMYQ", here: bool = False) -> date | None:
        """The first day of the last date named, in this paragraph or in the document."""
        pool = self.said[len(self.said) - self.near :] if here else self.said
        for reading in reversed(pool):
            period = period_of(reading.value) if reading.type in ("DATE", "TIME") else None
            if period is not None and period[2].value[0].upper() in grains.replace("D", "DM"):
                return period[0]
        return None

    def last_value(self, form: str, *, here: bool = False) -> str | None:
        pool = self.said[len(self.said) - self.near :] if here else self.said
        return next((r.value for r in reversed(pool) if re.fullmatch(form, r.value)), None)


Maker = Callable[["re.Match[str]", Setting], "Reading | None"]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_long_months = [m for m in MONTHS if len(m) > 4 or m in ("may", "june", "july")]
M = rf"(?:{_any(m.capitalize() for m in _long_months)}|{_any(m.upper() for m in _long_months)}|(?:{_any(m.capitalize() for m in MONTHS if m not in _long_months)})\b\.?)"  # noqa: E501
_long_days = [d for d in WEEKDAYS if d.endswith("day")]
WD = rf"(?:{_any(d.capitalize() for d in _long_days)}|{_any(d.upper() for d in _long_days)})"
WD_ANY = rf"(?:{WD}|(?:{_any(d.capitalize() for d in WEEKDAYS if not d.endswith('day'))})\b\.?)"
Y = r"(?:1[0-9]\d\d|20\d\d)"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_plain = _any(n for n in NUMBERS if n not in ("a", "an", "hundred", "thousand"))
N = rf"(?:\d+(?:,\d\d\d)*(?:\.\d+)?(?:\s+1/2)?|(?:{_plain})(?:[\s-](?:and\s)?(?:{_plain}|hundred|thousand))*|an?\s+(?:hundred|thousand)|half\s+an?|an?|a\s+couple(?:\s+of)?|a\s+dozen)"  # noqa: E501
VAGUE = rf"(?:{_any(WORDS['vague'])})"
U = rf"(?:{_any(u for u in UNITS if u not in ('night', 'weekend', 'centurie'))}|centurie)s?"
MORE = r"(?:(?:about|around|nearly|almost|over|more than|less than|fewer than|at least|up to|roughly|approximately|no more than|as many as|at most|close to|an estimated|an additional|another)\s+)?"  # noqa: E501
MOD = r"(?:(?:the\s+)?(?:very\s+)?(?:early|late|mid|middle|end|beginning|start|close|turn)(?:\s+of|\s+in)?(?:\s+the)?[\s-]+|(?:earlier|later|sometime|some\s+time)(?:\s+in)?\s+)?"  # noqa: E501
PART = rf"(?:{_any(PARTS)})"
SEASON = rf"(?:{_any(SEASONS)})"
LAST = r"(?:last|past|previous|this past)"
NEXT = r"(?:next|coming|following|upcoming)"
WHICH = r"(?:last|next|this|this past|this coming|the past|the coming|the next|the last|the previous|the current|current|the latest|that|that same|the same|the following|following|the previous|the preceding)"  # noqa: E501
CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[AaPp]\.?\s?[Mm]\b\.?)"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?P<hour4>[01]\d|2[0-3])(?P<minute4>[0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours|local\stime))"
    r"|(?P<bell>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o'clock"
    r"|(?P<word>noon|midnight|midday))(?:\s*(?P<zone>GMT|UTC|[A-Z]{2,4}T|ET|PT)\b)?(?:\s+local\stime)?"
)


@cache
def rules() -> tuple[tuple[str, re.Pattern[str], Maker], ...]:
    """Name, pattern and reading of every kind of expression; the earlier wins where two are equally long."""
    forms: list[tuple[str, str, Maker, bool]] = [
        ("full", rf"(?:{WD_ANY},?\s+)?(?:{M}\s*{D},?\s+{Y}|{D}\s+(?:of\s+)?{M},?\s+{Y})(?!\d)", _full, True),
        ("iso", r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", _iso, True),
        ("numeric", r"(?<![\d/.])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])", _numeric, True),
        (
            "month day",
            rf"(?:(?P<way>last|next|this)\s+)?(?:{WD_ANY},?\s+)?(?:{M}\s*{D}(?:\s?(?:-|–|to|and)\s?(?P<to>{D})(?![\d:]))?|{D}\s+(?:of\s+)?{M})(?![\d%]|:\d|\s?(?:percent|million|billion|years))(?:\s+(?:of\s+)?(?P<which>last|this|next)\s+year)?",
            _month_day,
            True,
        ),
        ("month year", rf"{MOD}{M}(?:,|\s+of|\s+in)?\s+{Y}(?!\d)", _month_year, True),
        (
            "month",
            rf"(?:{MOD}(?:(?P<side>{WHICH})\s+)?){M}(?:\s+(?:of\s+)?(?P<which>last|this|next)\s+year)?(?![\w'])",
            _month,
            True,
        ),
        (
            "decade",
            rf"{MOD}(?:the\s+)?{MOD}(?:(?P<full>1[0-9]\d|20\d)0s|['’](?P<short>\d)0s|(?P<word>{_any(WORDS['decades'])}))\b",
            _decade,
            False,
        ),
        (
            "century",
            r"(?:the\s+)?(?:early\s+|late\s+|mid-?\s?)?(?P<nth>\d{1,2}(?:st|nd|rd|th)|[a-z]+th|twenty-first)[\s-]century",
            _century,
            False,
        ),
        (
            "fiscal",
            rf"(?:the\s+)?(?:fiscal|financial)(?:\s+year)?[\s-](?P<year>{Y})(?:[-/]\d\d)?(?!\d)",
            _fiscal,
            False,
        ),
        ("years", rf"(?<![\d$£€#.,/-])(?P<year>{Y})\s?[-–/]\s?(?P<to>{Y}|\d\d)(?![\d%]|-\d)", _years, False),
        (
            "year",
            rf"(?<![\d$£€#.,/:-])(?:{MOD}|(?:post|pre|mid)-)(?:the\s+year\s+|the\s+(?=\d{{4}}\s+[a-z]))?(?P<year>{Y})(?![\d%]|[.,:/]\d|-\d|\s?(?:percent|million|billion|miles|km|people|feet))",
            _year,
            False,
        ),
        (
            "year in words",
            rf"(?:the\s+year\s+)?(?:(?P<hundreds>nineteen|eighteen|seventeen)[\s-](?:hundred\s+)?(?P<rest>(?:{_plain})(?:[\s-](?:{_plain}))?)|(?<=year\s)two\s+thousand(?:\s+(?:and\s+)?(?P<ones>{_plain}))?)",
            _year_in_words,
            False,
        ),
        (
            "quarter",
            rf"(?:the\s+|its\s+|their\s+)?(?:(?P<pre>{Y}|fiscal|year-ago|year-earlier|this\s+year's|last\s+year's|next\s+year's|latest|current)[\s-]+)?(?:fiscal[\s-]+)?(?:(?P<nth>first|second|third|fourth|final)[\s-]quarter|Q(?P<q>[1-4]))(?:\s+(?:of\s+)?(?:fiscal\s+)?(?P<post>{Y}|last\s+year|this\s+year|next\s+year|a\s+year\s+(?:ago|earlier)))?",
            _quarter,
            False,
        ),
        (
            "half",
            rf"(?:the\s+)?(?P<nth>first|second|last)[\s-]half(?:\s+of)?\s+(?P<post>{Y}|last\s+year|this\s+year|next\s+year|the\s+year)",
            _half,
            False,
        ),
        (
            "that quarter",
            rf"(?:the\s+)?(?:(?P<pre>latest|year-ago|year-earlier|comparable|current|previous|next|last|that|this|same|past|preceding|following)[\s-])(?:fiscal\s+)?quarter|the\s+quarter|(?:the\s+)?(?P<year>{Y})\s+(?:quarter|period)",
            _that_quarter,
            False,
        ),
        (
            "day",
            rf"(?:(?:early|late|earlier|later)\s+)?(?P<word>today|yesterday|tomorrow|tonight|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<part>{PART}))?",
            _day,
            False,
        ),
        (
            "last night",
            rf"(?:(?:early|late|earlier|later)\s+)?(?P<which>last|this|that|tomorrow)\s+(?P<part>{PART})|overnight",
            _part,
            False,
        ),
        (
            "weekday",
            rf"(?:(?:early|late|earlier|later|by)\s+)?(?:(?P<which>last|next|this|this past|this coming|the following|the previous)\s+)?(?P<day>{WD})(?:\s+(?:last|next|this)\s+week)?(?:\s+(?P<part>{PART}))?(?!s\b)(?!\w)",
            _weekday,
            False,
        ),
        (
            "weekdays",
            rf"(?:(?P<every>every|each)\s+)?(?P<day>{WD})(?P<plural>s)?(?:\s+(?P<part>{PART})(?P<parts>s)?)?\b",
            _weekdays,
            False,
        ),
        (
            "which",
            rf"(?:(?:the\s+)?(?:early|late|earlier|later|mid|end|middle|beginning|start|sometime|rest|remainder)(?:\s+of|\s+in)?[\s-]+)?(?P<which>{WHICH}|the)\s+(?:full\s+|calendar\s+|fiscal\s+|entire\s+|whole\s+)?(?P<unit>week|weekend|month|year|decade|century|day|{SEASON})\b(?!s|[\s-](?:old|long|end|ago|earlier|later))",
            _which,
            False,
        ),
        (
            "season",
            rf"(?:(?:early|late|mid|the|in|this|every|each|last|next)[\s-]+)*(?P<season>{SEASON})(?:\s+(?:of\s+)?(?P<year>{Y}|last\s+year|this\s+year|next\s+year|nineteen\s+\w+(?:-\w+)?))",
            _season,
            False,
        ),
        (
            "ago",
            rf"{MORE}(?:(?P<n>{N})|(?P<vague>{VAGUE}))?(?:\s*(?<=\s)|^)(?P<unit>{U})(?:\s+or\s+(?:so|more|two))?\s+(?P<way>ago|earlier|before|previously|later|after|afterwards|from\s+now|hence|on)\b(?:\s+(?P<yesterday>yesterday|tomorrow|today))?",
            _ago,
            False,
        ),
        ("year ago", r"(?:the\s+)?year-(?:ago|earlier)(?:\s+(?:period|quarter|levels?|month))?", _year_ago, False),
        (
            "year end",
            r"(?:(?:the|around|by)\s+)*(?:(?P<whose>this|last|next)\s+)?(?:year|month|week)(?:'s)?[\s-]end\b",
            _year_end,
            False,
        ),
        (
            "the past",
            rf"(?:(?:at\s+least|over)\s+)?(?:the|this|these|his|her|its|their|each\s+of\s+the)?\s*(?P<way>past|last|next|coming|first|final|latest|recent|previous|following)\s+(?:(?P<n>{N})|(?P<vague>{VAGUE}|few|couple(?:\s+of)?))\s+(?P<more>more\s+)?(?:business\s+|fiscal\s+|calendar\s+)?(?P<unit>{U}|{SEASON}s?)\b(?:\s+or\s+so)?",
            _the_past,
            False,
        ),
        (
            "rate",
            r"(?<=\w\s)(?:a|an|per|each|every)\s+(?:single\s+)?(?P<unit>second|minute|hour|day|night|week|month|quarter|year)\b(?!\s+(?:ago|earlier|later|or|before|after|and|old|long|in|of|to|from|on)|-)",
            _rate,
            False,
        ),
        ("every", rf"(?:every|each)\s+(?:(?P<n>{N}|other|few)\s+)?(?P<unit>{U}|{PART}|{SEASON})\b", _every, False),
        ("set", rf"(?:twice\s+|once\s+)?\b(?:{_any(WORDS['sets'])})\b", _set, False),
        (
            "for",
            rf"{MORE}(?:(?P<n>{N})|(?P<vague>{VAGUE}|a\s+very\s+few))(?:\s+(?:or\s+\w+|to\s+{N}|-\s?{N}))?[\s-]+(?:(?:more|full|whole|straight|consecutive|additional|business|solid|long|calendar)\s+)*(?P<unit>{U}|weekends?)(?:[\s-](?:long|and-a-half))?(?!-old|\s+old)(?:\s+and\s+a\s+half)?(?![\w'])",
            _for,
            False,
        ),
        ("long", r"(?:years?|months?|weeks?|days?|hours?|decades?|centuries)-long\b", _long, False),
        (
            "plural",
            r"(?:(?<=for\s)|(?<=in\s)|(?<=within\s)|(?<=over\s)|(?<=after\s)|(?<=took\s)|(?<=take\s)|(?<=spent\s)|(?<=of\s))(?P<unit>seconds|minutes|hours|days|weeks|months|years|decades|centuries)\b(?!\s+of\b)",
            _plural,
            False,
        ),
        ("all day", r"\ball\s+(?P<unit>day|night|week|month|year)(?:\s+long)?\b", _all, False),
        (
            "holiday",
            rf"(?:(?P<which>last|next|this)\s+)?(?P<name>{_any(w.title().replace('Of July', 'of July').replace(chr(39) + 'S', chr(39) + 's') for w in WORDS['holidays'])})\b(?:,?\s+(?P<year>{Y}))?(?!\s+(?:[A-Z]|tree|card|carol|shopping|bonus|present|gift|egg))",
            _holiday,
            True,
        ),
        ("clock", rf"(?:(?:about|around|shortly\s+(?:before|after)|just\s+(?:before|after))\s+)?{CLOCK}", _clock, True),
        (
            "part",
            r"\b(?:(?:early|late|mid)[\s-])?(?:in\s+)?the\s+(?:early\s+|late\s+|next\s+)?(?P<part>morning|afternoon|evening)\b|\bmid-?(?P<part2>morning|afternoon)\b",
            _the_part,
            False,
        ),
        ("adjective", r"\b(?P<ref>current|recent|future)\b(?=\s+[a-z])", _adjective, False),
        ("reference", rf"\b(?:{_any(w for r in WORDS['references'].values() for w in r)})\b", _reference, False),
    ]
    return tuple(
        (name, re.compile(r"(?<![\w-])" + form, re.NOFLAG if cased else re.IGNORECASE), maker)
        for name, form, maker, cased in forms
    )  # fmt: skip


def named_day(text: str, end: int, number: int, day: int) -> int | None:
    """The year of a day that has become a name: "the Sept. 11 attacks"."""
    following = re.findall(r"[A-Za-z]+", text[end : end + 30].lower())[:2]
    for known in WORDS["named"]:
        if (known["month"], known["day"]) == (number, day) and any(word in known["words"] for word in following):
            return int(known["year"])
    return None


def count_of(words: str | None) -> float | None:
    """The number in "3", "2 1/2", "twenty-four", "a couple of", "a hundred"; None for "several"."""
    low = " ".join((words or "").lower().replace("-", " ").split())
    if not low:
        return None
    if low.startswith("half"):
        return 0.5
    if "couple" in low:
        return 2
    if low == "a dozen":
        return 12
    if match := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:\s+(1)/2)?", low):
        return float(match[1].replace(",", "")) + (0.5 if match[2] else 0)
    total, current = 0, 0
    for word in low.split():
        value = NUMBERS.get(word)
        if value is None:
            continue
        if value in (100, 1000):
            total, current = total + max(current, 1) * value, 0
        else:
            current += value
    return float(total + current) or None


def unit_of(word: str) -> str:
    low = word.lower()
    return UNITS.get(low) or UNITS.get(low.rstrip("s")) or "D"


def _month_in(text: str) -> int:
    found = re.search(rf"\b(?:{_any(MONTHS)})\b", text.lower())
    return MONTHS[found[0]] if found else 0


def _day_in(text: str) -> int:
    found = re.search(rf"(?<!\d){D}(?!\d)", re.sub(Y, " ", text))
    return int(re.sub(r"\D", "", found[0])) if found else 0


def _year_in(text: str) -> int:
    found = re.search(Y, text)
    return int(found[0]) if found else 0


def _reading(match: re.Match[str], value: str, *, type_: str = "DATE", relative: bool = False, **more: Any) -> Reading:
    return Reading(match.start(), match.end(), type_, value, relative, **more)


def _valid(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _full(match: re.Match[str], at: Setting) -> Reading | None:
    day = _valid(_year_in(match[0]), _month_in(match[0]), _day_in(match[0]))
    return _reading(match, day.isoformat()) if day else None


def _iso(match: re.Match[str], at: Setting) -> Reading | None:
    return _reading(match, match[0]) if period_of(match[0]) else None


def _numeric(match: re.Match[str], at: Setting) -> Reading | None:
    first, second, year = (int(part) for part in match[0].split("/"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    if first > 12 or (second <= 12 and at.month_first is False):
        first, second = second, first
    elif second <= 12 and first != second and at.month_first is None:
        return None
    day = _valid(year, first, second)
    return _reading(match, day.isoformat()) if day else None


def _month_day(match: re.Match[str], at: Setting) -> Reading | None:
    words = match[0][: match.start("to") - match.start()] if match["to"] else match[0]
    number, day = _month_in(words), _day_in(words)
    way = (match["way"] or "").lower()
    if _valid(2000, number, day) is None:
        return None
    if (year := named_day(at.text, match.end(), number, day)) is not None:
        return _reading(match, f"{year}-{number:02d}-{day:02d}")
    if at.anchor is None:
        return _reading(match, f"XXXX-{number:02d}-{day:02d}", relative=True)
    if match["which"]:
        years = [at.day.year + {"last": -1, "this": 0, "next": 1}[match["which"]]]
    else:
        years = [at.day.year + step for step in (-1, 0, 1)]
    side = -1 if "last" in way else 1 if "next" in way else at.side
    found = nearest(years, lambda y: _valid(y, number, day), at.day, side)
    if found is None or (chosen := _valid(found, number, day)) is None:
        return None
    until = ""
    if match["to"]:
        last = _valid(found, number, int(re.sub(r"\D", "", match["to"])))
        until = last.isoformat() if last and last > chosen else ""
    return _reading(match, chosen.isoformat(), relative=True, until=until)


def _month_year(match: re.Match[str], at: Setting) -> Reading:
    return _reading(match, f"{_year_in(match[0]):04d}-{_month_in(match[0]):02d}")


def _month(match: re.Match[str], at: Setting) -> Reading | None:
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
        year = at.day.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        return _reading(match, f"{year:04d}-{number:02d}", relative=True)
    if at.anchor is None:
        return _reading(match, f"XXXX-{number:02d}", relative=True)
    first = at.day.replace(day=1)
    way = -1 if "last" in side or "past" in side else 1 if "next" in side or "coming" in side else at.side
    options = [first.year + step for step in (-1, 0, 1)]
    if "last" in side or "next" in side:
        options = [y for y in options if (y, number) != (first.year, first.month)]
    if "this" in side and "past" not in side:
        options = [first.year]
    year_found = nearest(options, lambda y: date(y, number, 1), first, way)
    return _reading(match, f"{year_found:04d}-{number:02d}", relative=True)


MONTH_AFTER = frozenset(
    ["in", "of", "since", "last", "until", "till", "by", "early", "late", "this", "next", "from", "to", "between", "during", "for", "through", "before", "after", "mid", "every", "each", "and", "or", "end", "beginning", "middle", "start", "around", "through"]
)


def _decade(match: re.Match[str], at: Setting) -> Reading:
    if match["full"]:
        return _reading(match, match["full"])
    digit = match["short"] or str(WORDS["decades"][match["word"].lower()])
    return _reading(match, f"19{digit}" if int(digit) > 2 else f"20{digit}")


def _century(match: re.Match[str], at: Setting) -> Reading | None:
    words = {"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
             "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}  # fmt: skip
    digits = re.match(r"\d+", match["nth"])
    number = int(digits[0]) if digits else words.get(match["nth"].lower(), 0)
    return _reading(match, f"{number - 1:02d}") if 1 < number <= 22 else None


def _fiscal(match: re.Match[str], at: Setting) -> Reading:
    return _reading(match, match["year"], approximate=True)


def _years(match: re.Match[str], at: Setting) -> Reading | None:
    first = int(match["year"])
    last = int(match["to"]) if len(match["to"]) == 4 else first // 100 * 100 + int(match["to"])
    return _reading(match, f"{first:04d}", until=f"{last:04d}-12-31") if last > first else None


def _year(match: re.Match[str], at: Setting) -> Reading:
    return _reading(match, match["year"])


def _year_in_words(match: re.Match[str], at: Setting) -> Reading | None:
    if match["hundreds"]:
        rest = count_of(match["rest"])
        if rest is None or not 1 <= rest <= 99:
            return None
        return _reading(match, str(NUMBERS[match["hundreds"].lower()] * 100 + int(rest)))
    return _reading(match, str(2000 + int(count_of(match["ones"]) or 0)))


def _which_year(words: str, day: date) -> int:
    low = words.lower()
    if re.fullmatch(Y, low):
        return int(low)
    return day.year + (-1 if "last" in low or "ago" in low or "earlier" in low else 1 if "next" in low else 0)


def _quarter(match: re.Match[str], at: Setting) -> Reading:
    number = int(match["q"]) if match["q"] else ORDINALS[match["nth"].lower()]
    words = match["post"] or (
        match["pre"] if match["pre"] and match["pre"].lower() not in ("fiscal", "latest", "current") else ""
    )
    if words and re.fullmatch(Y, words):
        return _reading(match, f"{words}-Q{number}")
    if words:
        return _reading(match, f"{_which_year(words, at.day):04d}-Q{number}", relative=True)
    options = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(options, lambda y: add_months(date(y, 3 * number - 2, 1), 3), at.day, 0)
    return _reading(match, f"{year:04d}-Q{number}", relative=True)


def _half(match: re.Match[str], at: Setting) -> Reading:
    number = 1 if match["nth"].lower() == "first" else 2
    year = int(match["post"]) if match["post"].isdigit() else _which_year(match["post"], at.day)
    return _reading(match, f"{year:04d}-H{number}", relative=not match["post"].isdigit())


def _that_quarter(match: re.Match[str], at: Setting) -> Reading:
    way = (match["pre"] or "").lower()
    said = max((r.value for r in at.said if re.fullmatch(r"\d{4}-Q[1-4]", r.value)), default=None)
    if (match["year"] or "") and said:
        return _reading(match, f"{match['year']}{said[4:]}", relative=True)
    if match["year"]:
        return _reading(match, match["year"])
    if way in ("this", "current"):
        return _reading(match, quarter(at.day), relative=True)
    if way == "next":
        return _reading(match, shift_quarter(quarter(at.day), 1), relative=True)
    base = said or shift_quarter(quarter(at.day), -1)
    if way in ("year-ago", "year-earlier"):
        return _reading(match, f"{int(base[:4]) - 1:04d}{base[4:]}", relative=True)
    if way in ("previous", "preceding"):
        return _reading(match, shift_quarter(base, -1), relative=True)
    if way == "following":
        return _reading(match, shift_quarter(base, 1), relative=True)
    if way == "last":
        return _reading(match, shift_quarter(quarter(at.day), -1), relative=True)
    return _reading(match, base, relative=True)


def shift_quarter(value: str, count: int) -> str:
    at = int(value[:4]) * 4 + int(value[-1]) - 1 + count
    return f"{at // 4:04d}-Q{at % 4 + 1}"


def _day(match: re.Match[str], at: Setting) -> Reading:
    word = " ".join(match["word"].lower().split())
    steps = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    value = (at.day + timedelta(days=steps.get(word, 0))).isoformat()
    part = "NI" if word == "tonight" else PARTS.get((match["part"] or "").lower(), "")
    return _reading(match, f"{value}T{part}" if part else value, type_="TIME" if part else "DATE", relative=True)


def _part(match: re.Match[str], at: Setting) -> Reading:
    if match[0].lower() == "overnight":
        return _reading(match, f"{at.day.isoformat()}TNI", type_="TIME", relative=True)
    which, part = match["which"].lower(), PARTS[match["part"].lower()]
    day = at.day
    if which == "last":
        day -= timedelta(days=1)
    elif which == "tomorrow":
        day += timedelta(days=1)
    elif which == "that":
        day = at.last(grains="D") or day
    return _reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True)


def _weekday(match: re.Match[str], at: Setting) -> Reading:
    number = WEEKDAYS[match["day"].lower()]
    part = PARTS.get((match["part"] or "").lower(), "")
    which = (match["which"] or "").lower()
    if at.anchor is None:
        return _reading(match, f"XXXX-WXX-{number}", relative=True)
    tail = re.search(r"\b(last|next|this)\s+week\b", match[0].lower())
    if tail:
        monday = date.fromisocalendar(*at.day.isocalendar()[:2], 1)
        day = monday + timedelta(days=number - 1, weeks={"last": -1, "this": 0, "next": 1}[tail[1]])
    elif "following" in which:
        base = at.last(grains="D") or at.day
        day = weekday(base + timedelta(days=1), number, 1)
    elif which in ("last", "this past", "the previous"):
        day = weekday(at.day - timedelta(days=1), number, -1)
    elif which in ("next", "this coming"):
        day = weekday(at.day + timedelta(days=1), number, 1)
    elif which == "this":
        day = weekday(at.day, number, at.side or 1)
    else:
        day = weekday(at.day, number, at.side)
    value = day.isoformat()
    return _reading(match, f"{value}T{part}" if part else value, type_="TIME" if part else "DATE", relative=True)


def _weekdays(match: re.Match[str], at: Setting) -> Reading | None:
    if not (match["every"] or match["plural"] or match["parts"]):
        return None
    part = f"T{PARTS[match['part'].lower()]}" if match["part"] else ""
    return _reading(match, f"XXXX-WXX-{WEEKDAYS[match['day'].lower()]}{part}", type_="SET")


def _which(match: re.Match[str], at: Setting) -> Reading | None:
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
            return _reading(match, unit_at(weekday(at.day, 6, at.side), "WE"), relative=True)
        return _reading(match, unit_at(at.day, unit), relative=True) if bounded else None
    if "following" in which or "previous" in which or "preceding" in which or "that" in which or "same" in which:
        base = at.last(grains="DMYQ") or at.day
        step = 1 if "following" in which else -1 if "previous" in which or "preceding" in which else 0
        return _reading(match, shift(base, step, unit) if step else unit_at(base, unit), relative=True)
    step = -1 if "last" in which or "past" in which else 1 if "next" in which or "coming" in which else 0
    if unit == "WE":
        base = weekday(at.day, 6, 1 if step > 0 else -1) if at.day.isoweekday() < 6 else at.day + timedelta(weeks=step)
        if step == 0 and at.day.isoweekday() < 6 and at.side >= 0:
            base = weekday(at.day, 6, 1)
        return _reading(match, f"{week(base)}-WE", relative=True)
    return _reading(match, shift(at.day, step, unit) if step else unit_at(at.day, unit), relative=True)


def _which_day(match: re.Match[str], at: Setting, which: str) -> Reading | None:
    if which in ("the", "this", "current", "the current", "the latest", "last", "next"):
        return None
    base = at.last(grains="D")
    if base is None:
        return None
    forward = which in ("the following", "following", "the next", "the coming")
    step = 1 if forward else -1 if "previous" in which or "preceding" in which else 0
    return _reading(match, (base + timedelta(days=step)).isoformat(), relative=True)


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
    year = nearest(years, lambda y: date(y, number, 1), at.day, side)
    return _reading(match, f"{year:04d}-{code}", relative=True)


def _season(match: re.Match[str], at: Setting) -> Reading | None:
    words = match["year"]
    if words.lower().startswith("nineteen"):
        rest = count_of(words.split(" ", 1)[1])
        year = 1900 + int(rest) if rest else 0
    else:
        year = int(words) if words.isdigit() else _which_year(words, at.day)
    return (
        _reading(match, f"{year:04d}-{SEASONS[match['season'].lower()]}", relative=not words.isdigit())
        if year
        else None
    )


def _ago(match: re.Match[str], at: Setting) -> Reading | None:
    unit, way = unit_of(match["unit"]), " ".join(match["way"].lower().split())
    if not match["n"] and not match["vague"] and not match["unit"].lower().endswith("s"):
        return None
    back = way in ("ago", "earlier", "before", "previously")
    if way in ("before", "after", "on") and not re.match(r"\s*(?:[.,;:)]|$)", at.text[match.end() :]):
        return None  # "two days before the vote" is a distance from another event
    count = count_of(match["n"])
    if count is None or match["vague"]:
        return _reading(match, "PAST_REF" if back else "FUTURE_REF")
    sign = -1 if back else 1
    from_anchor = way in ("ago", "from now", "hence")
    if unit == "Y" and count == 1 and way in ("ago", "earlier", "before"):
        if said := at.last_value(r"\d{4}-Q[1-4]", here=True):
            return _reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
        if way == "earlier" and (base := at.last(grains="YM", here=True)):
            return _reading(match, f"{base.year - 1:04d}", relative=True)
    base_day = at.day if from_anchor else at.last(grains="D") if unit in ("D", "W", "H", "m") else at.last()
    if base_day is None:
        base_day = at.day
    whole = int(count)
    if count != whole and unit in ("Y", "W"):
        whole, unit = round(count * (12 if unit == "Y" else 7)), "M" if unit == "Y" else "D"
    try:
        return _reading(match, shift(base_day, sign * whole, unit), relative=True, approximate=unit == "E")
    except (ValueError, OverflowError):
        return None


def _year_ago(match: re.Match[str], at: Setting) -> Reading:
    if said := at.last_value(r"\d{4}-Q[1-4]"):
        return _reading(match, f"{int(said[:4]) - 1:04d}{said[4:]}", relative=True)
    return _reading(match, f"{at.day.year - 1:04d}", relative=True)


def _year_end(match: re.Match[str], at: Setting) -> Reading:
    low = match[0].lower()
    unit = "M" if "month" in low else "W" if "week" in low else "Y"
    step = {"last": -1, "next": 1}.get((match["whose"] or "").lower(), 0)
    return _reading(match, shift(at.day, step, unit), relative=True)


def _the_past(match: re.Match[str], at: Setting) -> Reading | None:
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
    return _reading(match, duration(count, unit_of(word)), type_="DURATION")


def _rate(match: re.Match[str], at: Setting) -> Reading | None:
    if match[0].lower().startswith(("a ", "an ")):
        before = at.text[max(0, match.start() - 25) : match.start()]
        if not re.search(
            r"(?:\d|cents?|dollars|pounds|euros|times|twice|once|thrice|barrels|shares?|million|billion|hours|people|percent|%)\s$",
            before,
        ):
            return None
    return _reading(match, duration(1, unit_of(match["unit"])), type_="SET")


def _every(match: re.Match[str], at: Setting) -> Reading | None:
    word = match["unit"].lower()
    if word in SEASONS:
        return _reading(match, f"XXXX-{SEASONS[word]}", type_="SET")
    if word in PARTS:
        return _reading(match, f"XXXX-XX-XXT{PARTS[word]}", type_="SET")
    count = 2 if (match["n"] or "").lower() == "other" else count_of(match["n"]) if match["n"] else 1
    return _reading(match, duration(count, unit_of(word)), type_="SET")


def _set(match: re.Match[str], at: Setting) -> Reading:
    word = match[0].lower().split()[-1]
    return _reading(match, WORDS["sets"][word], type_="SET")


def _for(match: re.Match[str], at: Setting) -> Reading | None:
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
    if re.search(r"and\s+a\s+half|and-a-half", match[0], re.IGNORECASE) and count:
        count += 0.5
    return _reading(match, duration(count, unit), type_="DURATION")


def _long(match: re.Match[str], at: Setting) -> Reading:
    word = match[0].split("-")[0].lower()
    return _reading(match, duration(None if word.endswith("s") else 1, unit_of(word)), type_="DURATION")


def _plural(match: re.Match[str], at: Setting) -> Reading:
    return _reading(match, duration(None, unit_of(match["unit"])), type_="DURATION")


def _all(match: re.Match[str], at: Setting) -> Reading:
    return _reading(match, duration(1, unit_of(match["unit"])), type_="DURATION")


def _holiday(match: re.Match[str], at: Setting) -> Reading | None:
    rule = WORDS["holidays"][match["name"].lower()]
    if match["year"]:
        return _reading(match, holiday(rule, int(match["year"])).isoformat())
    which = (match["which"] or "").lower()
    side = -1 if which == "last" else 1 if which == "next" else at.side
    years = [at.day.year + step for step in (-1, 0, 1)]
    year = nearest(years, lambda y: holiday(rule, y), at.day, side)
    return _reading(match, holiday(rule, year or at.day.year).isoformat(), relative=True)


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


def _clock(match: re.Match[str], at: Setting) -> Reading:
    day = at.last(grains="D", here=True) or at.day
    clock = clock_of(match)
    return _reading(
        match, f"{day.isoformat()}T{clock}", type_="TIME", relative=True, clock=clock, zone=match["zone"] or ""
    )


def _the_part(match: re.Match[str], at: Setting) -> Reading:
    day = at.last(grains="D", here=True) or at.day
    if re.search(r"\bnext\b", match[0], re.IGNORECASE):
        day += timedelta(days=1)
    part = PARTS[(match["part"] or match["part2"]).lower()]
    return _reading(match, f"{day.isoformat()}T{part}", type_="TIME", relative=True)


def _adjective(match: re.Match[str], at: Setting) -> Reading:
    ref = {"current": "PRESENT_REF", "recent": "PAST_REF", "future": "FUTURE_REF"}[match["ref"].lower()]
    return _reading(match, ref)


def _reference(match: re.Match[str], at: Setting) -> Reading | None:
    low = " ".join(match[0].lower().split())
    for value, phrases in WORDS["references"].items():
        if low in phrases:
            return _reading(match, value)
    return None


def at_clock(day: Reading, clock: Reading) -> Reading:
    """A day and the time of day beside it, as one."""
    return replace(
        day, start=min(day.start, clock.start), end=max(day.end, clock.end), type="TIME",
        value=f"{day.value[:10]}T{clock.clock}", clock=clock.clock, zone=clock.zone,
    )  # fmt: skip
