"""What an expression says, and what it is read beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from timeline.extraction.dates.timex import period_of, quarter
from timeline.extraction.dates.words import Words
from timeline.vocabulary import DatePrecision

DAYS = (DatePrecision.DAY, DatePrecision.HOUR, DatePrecision.MINUTE)
COARSER = (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.QUARTER, DatePrecision.SEASON, DatePrecision.YEAR)
# From what "the previous day", "the previous month" are counted: from nothing coarser than they are.
COUNTED_FROM = {"D": DAYS, "W": DAYS + COARSER[:1], "M": DAYS + COARSER[:2]}
MONTH = re.compile(r"\d{4}-\d\d(?!\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
QUARTER = re.compile(r"\d{4}-Q[1-4]")
SENTENCE_END = re.compile(r"[.!?][\"')]*\s")


class NoAnchor(Exception):
    """A relative expression in a document whose day of publication is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression says. `relative` is whether it was read from another day; `clock` the time of day.

    `until` is the last day of a range, `since` its first where that is not the reading's own. `guessed` is whether
    its day is only likely: it has a value, but no date on the timeline. `told` is whether it was read from a time
    named before it, not from the publication.
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
    since: str = ""
    approximate: bool = False
    guessed: bool = False
    told: bool = False


@dataclass(slots=True)
class Setting:
    """What an expression is read beside: the anchor, the times named before it, and the tense of its clause.

    `south` is whether the page comes from south of the equator, where July is winter; None where nothing tells.
    `countries` are those the page seems to come from (ISO 3166).
    """

    anchor: date | None
    words: Words
    month_first: bool | None = None
    south: bool | None = None
    countries: frozenset[str] = frozenset()
    side: int = 0
    now: bool = False  # the clause is in the present tense
    plain_past: bool = False  # its verb is a plain past just above
    said: list[Reading] = field(default_factory=list)
    near: int = 0  # readings of this paragraph in `said`
    text: str = ""

    @property
    def day(self) -> date:
        if self.anchor is None:
            raise NoAnchor
        return self.anchor

    def last(self, unit: str = "Y", *, here: bool = False, until: date | None = None) -> date | None:
        """The first day of the last date named, in this paragraph or in the document.

        `unit` passes over what is coarser than a day, week or month, `until` over what begins after it.
        """
        pool = self.said[len(self.said) - self.near :] if here else self.said
        for said in reversed(pool):
            period = period_of(said.value) if said.type in ("DATE", "TIME") else None
            if period is None or period[2] not in COUNTED_FROM.get(unit, DAYS + COARSER):
                continue
            if until is None or period[0] <= until:
                return period[0]
        return None

    def day_told(self, month: int, day: int) -> date | None:
        """A day without a year that follows soon on one of an earlier year: "On May 3, 2017, ... On May 5 ..." """
        told = next((said for said in reversed(self.said[-3:]) if not said.relative and DAY.match(said.value)), None)
        if told is None:
            return None
        first = date.fromisoformat(told.value[:10])
        return next((d for d in (first + timedelta(n) for n in range(32)) if (d.month, d.day) == (month, day)), None)

    def year_told(self) -> date | None:
        """The first day of the last date of another year than the publication's: "in May of that year"."""
        for said in reversed(self.said):
            period = period_of(said.value) if said.type in ("DATE", "TIME") else None
            if period is None or (said.relative and period[2] is not DatePrecision.YEAR):
                continue
            if period[2] in DAYS + COARSER and period[0].year != self.day.year:
                return period[0]
        return None

    def month_told(self, match: re.Match[str], number: int) -> int | None:
        """The year of a month that follows one of a stated other year in its sentence: "April 1989 ... in May"."""
        here = self.said[len(self.said) - self.near :]
        told = next((said for said in reversed(here[-3:]) if not said.relative and MONTH.match(said.value)), None)
        if told is None or SENTENCE_END.search(self.text[told.end : match.start()]):
            return None
        year, month = int(told.value[:4]), int(told.value[5:7])
        return None if year == self.day.year else year + (number < month)

    def other_year_told(self) -> bool:
        """Whether the last few times name a day or month of another year: a day without one may be of that year."""
        return any(
            not said.relative and MONTH.match(said.value) and int(said.value[:4]) != self.day.year
            for said in self.said[-3:]
        )

    def reach(self, way: str | None) -> int:
        """How many days off a time without a year may lie on the side its verb looks to."""
        return 400 if way else 366 if self.plain_past else 245

    def against(self, first: date) -> bool:
        """Whether a time that begins on a day lies months off on the side where the verb does not look."""
        return (first - self.day).days * self.side < -31

    def days_here(self) -> int:
        """How many different days this paragraph has named so far."""
        here = self.said[len(self.said) - self.near :]
        return len({said.value[:10] for said in here if said.type in ("DATE", "TIME") and len(said.value) >= 10})

    def day_in_mind(self) -> bool:
        """Whether the last time named is one day, which "that night" may mean."""
        told = next(
            (said for said in reversed(self.said) if said.type in ("DATE", "TIME") and said.value[0].isdigit()), None
        )
        return told is not None and not told.guessed and bool(DAY.match(told.value))

    def day_meant(self, match: re.Match[str]) -> tuple[date, bool]:
        """The day a bare time of day belongs to, and whether that is a guess.

        It is one where the day was named further up, or in another sentence and is no news.
        """
        here = [r for r in self.said[len(self.said) - self.near :] if r.type in ("DATE", "TIME") and DAY.match(r.value)]
        if here:
            day = date.fromisoformat(here[-1].value[:10])
            apart = SENTENCE_END.search(self.text[here[-1].end : match.start()]) is not None
            return day, here[-1].guessed or (apart and abs(day - self.day) > timedelta(days=7))
        told = self.last("D")
        return told or self.day, told not in (None, self.day)

    def quarter_meant(self, *, within: int | None = None) -> str | None:
        """The latest quarter named that has ended or begun, but for those named as a year before another.

        `within` looks at the last few times only.
        """
        pool = self.said[-within:] if within else self.said
        said = [r.value for r in pool if QUARTER.fullmatch(r.value) and "ago" not in r.rule]
        now = quarter(self.day)
        ended, begun = [q for q in said if q < now], [q for q in said if q == now]
        return max(ended or begun, default=None)

    def before(self, match: re.Match[str], form: str) -> re.Match[str] | None:
        """What a small pattern of the lexicon finds in the words just before an expression."""
        return self.words.forms[form].search(self.text[max(0, match.start() - 30) : match.start()])

    def after(self, match: re.Match[str], form: str) -> re.Match[str] | None:
        """What a small pattern of the lexicon finds just after an expression."""
        return self.words.forms[form].match(self.text, match.end())


def reading(match: re.Match[str], value: str, *, type_: str = "DATE", relative: bool = False, **more: Any) -> Reading:
    return Reading(match.start(), match.end(), type_, value, relative, **more)
