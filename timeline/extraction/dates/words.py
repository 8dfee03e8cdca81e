"""The words and patterns by which English names times, what one of them says, and what it is read beside.

The words are in lexicon/en/times.json, the patterns in lexicon/en/time_patterns.txt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from timeline.extraction.dates.timex import period_of
from timeline.extraction.lexicon import LEXICON
from timeline.vocabulary import DatePrecision

ENGLISH = LEXICON / "en"
WORDS: dict[str, Any] = json.loads((ENGLISH / "times.json").read_text("utf-8"))
MONTHS: dict[str, int] = WORDS["months"]
WEEKDAYS: dict[str, int] = WORDS["weekdays"]
NUMBERS: dict[str, int] = WORDS["numbers"]
UNITS: dict[str, str] = WORDS["units"]
SEASONS: dict[str, str] = WORDS["seasons"]
PARTS: dict[str, str] = WORDS["parts"]
ORDINALS: dict[str, int] = WORDS["ordinals"]
Y = r"(?:1[0-9]\d\d|20\d\d)"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
NOT_PLAIN = ("a", "an", "hundred", "thousand")


DAYS = (DatePrecision.DAY, DatePrecision.HOUR, DatePrecision.MINUTE)
COARSER = (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.QUARTER, DatePrecision.SEASON, DatePrecision.YEAR)


class NoAnchor(Exception):
    """A relative expression in a document whose day of publication is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression says. `relative` is whether it was read from another day; `clock` the time of day.

    `guessed` is whether its day is only likely: it has a value, but no date on the timeline.
    """

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
    guessed: bool = False


@dataclass(slots=True)
class Setting:
    """What an expression is read beside: the anchor, the times named before it, and the tense of its clause."""

    anchor: date | None
    month_first: bool | None = None
    side: int = 0
    now: bool = False  # the clause is in the present tense
    said: list[Reading] = field(default_factory=list)
    near: int = 0  # readings of this paragraph in `said`
    text: str = ""

    @property
    def day(self) -> date:
        if self.anchor is None:
            raise NoAnchor
        return self.anchor

    def last(self, *, day: bool = False, here: bool = False) -> date | None:
        """The first day of the last date named, in this paragraph or in the document; `day` passes over the coarser."""
        pool = self.said[len(self.said) - self.near :] if here else self.said
        for said in reversed(pool):
            period = period_of(said.value) if said.type in ("DATE", "TIME") else None
            if period is not None and period[2] in (DAYS if day else DAYS + COARSER):
                return period[0]
        return None

    def day_meant(self) -> tuple[date, bool]:
        """The day a bare time of day belongs to, and whether that is a guess: others were named further up."""
        here = self.last(day=True, here=True)
        if here is not None:
            return here, False
        return self.day, self.last(day=True) not in (None, self.day)

    def quarter_meant(self, *, within: int | None = None) -> str | None:
        """The latest quarter named, but for those named as a year before another; `within` the last few times only."""
        pool = self.said[-within:] if within else self.said
        said = [r.value for r in pool if re.fullmatch(r"\d{4}-Q[1-4]", r.value) and "ago" not in r.rule]
        return max(said, default=None)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every pattern with its name, in the order of the file; the earlier wins where two are equally long."""
    pieces = dict(_pieces())
    made: list[tuple[str, re.Pattern[str]]] = []
    for section in re.split(r"\n\n(?=\[)", (ENGLISH / "time_patterns.txt").read_text("utf-8"))[1:]:
        head, *rows = section.strip().split("\n")
        name, cased = head[1:].split("]")
        form = re.sub(r"«([A-Z_]+)»", lambda match: pieces[match[1]], "".join(rows))
        if name.startswith("«"):
            pieces[name.strip("«»")] = form
        else:
            made.append((name, re.compile(r"(?<![\w-])" + form, re.NOFLAG if cased else re.IGNORECASE)))
    return tuple(made)


def _pieces() -> dict[str, str]:
    long_months = [m for m in MONTHS if len(m) > 4 or m in ("may", "june", "july")]
    short_months = [m.capitalize() for m in MONTHS if m not in long_months]
    days = [d for d in WEEKDAYS if d.endswith("day")]
    short_days = [d.capitalize() for d in WEEKDAYS if not d.endswith("day")]
    plain = any_of(number for number in NUMBERS if number not in NOT_PLAIN)
    weekday = f"(?:{any_of(d.capitalize() for d in days)}|{any_of(d.upper() for d in days)})"
    names = any_of(m.capitalize() for m in long_months) + "|" + any_of(m.upper() for m in long_months)
    return {
        "M": rf"(?:{names}|(?:{any_of(short_months)})\b\.?)",
        "WD": weekday,
        "WD_ANY": rf"(?:{weekday}|(?:{any_of(short_days)})\b\.?)",
        "Y": Y,
        "D": D,
        "PLAIN": plain,
        "N": r"(?:\d+(?:,\d\d\d)*(?:\.\d+)?(?:\s+1/2)?"
        rf"|(?:{plain})(?:[\s-](?:and\s)?(?:{plain}|hundred|thousand)){{0,6}}(?:[\s-]and[\s-]a[\s-]half)?"
        r"|an?\s+(?:hundred|thousand)|half\s+an?|an?|a\s+couple(?:\s+of)?|a\s+dozen)",
        "VAGUE": f"(?:{any_of(WORDS['vague'])})",
        "U": f"(?:{any_of(u for u in UNITS if u not in ('night', 'weekend'))})s?",
        "PART": f"(?:{any_of(PARTS)})",
        "SEASON": f"(?:{any_of(SEASONS)})",
        "DECADE": any_of(WORDS["decades"]),
        "SET": any_of(WORDS["sets"]),
        "HOLIDAY": any_of(_in_capitals(name) for name in WORDS["holidays"]),
        "REFERENCE": any_of(word for words in WORDS["references"].values() for word in words),
    }


def _in_capitals(name: str) -> str:
    return " ".join(word if word in ("of", "the") else word.capitalize() for word in name.split())


def count_of(words: str | None) -> float | None:
    """The number in "3", "2 1/2", "twenty-four", "a couple of", "a hundred"; None for "several"."""
    low = " ".join((words or "").lower().replace("-", " ").split())
    if not low:
        return None
    if low in ("half a", "half an"):
        return 0.5
    if low.endswith(" and a half"):
        return (count_of(low[: -len(" and a half")]) or 0) + 0.5
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


def reading(match: re.Match[str], value: str, *, type_: str = "DATE", relative: bool = False, **more: Any) -> Reading:
    return Reading(match.start(), match.end(), type_, value, relative, **more)
