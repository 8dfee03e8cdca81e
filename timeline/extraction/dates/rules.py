"""Which rule reads which pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from timeline.extraction.dates import absolute as calendar
from timeline.extraction.dates import relative as relative
from timeline.extraction.dates.setting import Reading, Setting
from timeline.extraction.dates.words import words_of

Maker = Callable[[re.Match[str], Setting], Reading | None]
Rule = tuple[str, frozenset[str], re.Pattern[str], Maker]

MAKERS: dict[str, Maker] = {
    "full": calendar.read_full,
    "days": calendar.read_days,
    "iso": calendar.read_iso,
    "numeric": calendar.read_numeric,
    "month day": calendar.read_month_day,
    "month year": calendar.read_month_year,
    "month": calendar.read_month,
    "decade": calendar.read_decade,
    "century": calendar.read_century,
    "fiscal": calendar.read_fiscal,
    "years": calendar.read_years,
    "year": calendar.read_year,
    "year in words": calendar.read_year_in_words,
    "quarter": calendar.read_quarter,
    "half": calendar.read_half,
    "that quarter": calendar.read_that_quarter,
    "holiday": calendar.read_holiday,
    "clock": calendar.read_clock,
    "day": relative.read_day,
    "last night": relative.read_part,
    "weekday": relative.read_weekday,
    "weekdays": relative.read_weekdays,
    "which": relative.read_which,
    "the year": relative.read_the_year,
    "the season": relative.read_the_season,
    "season": relative.read_season,
    "ago": relative.read_ago,
    "year ago": relative.read_year_ago,
    "year end": relative.read_year_end,
    "the past": relative.read_the_past,
    "rate": relative.read_rate,
    "every": relative.read_every,
    "set": relative.read_set,
    "for": relative.read_for,
    "long": relative.read_long,
    "plural": relative.read_plural,
    "all day": relative.read_all,
    "part": relative.read_the_part,
    "reference": relative.read_reference,
    "some day": relative.read_some_day,
    "some time": relative.read_some_time,
}


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """Name, what a text must hold, pattern and reading of every kind of expression a language has.

    The earlier wins where two are equally long.
    """
    return tuple((name, needs, form, MAKERS[name]) for name, needs, form in words_of(language).patterns)
