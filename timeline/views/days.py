"""Dates for readers: the heading over a group, the basis in words, the moment an article appeared."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from timeline.vocabulary import MONTHS, DateBasis, DatePrecision, PartialDate

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCKED = (DatePrecision.MINUTE, DatePrecision.HOUR)
# How a reading says that it found no day; `basis_words` says so already.
NO_DAY = "The article does not say when"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHeading:
    """A date as it stands beside its events: "on or before" **2** March 2025, date not stated.

    `dotted` says that a note follows the date after a dot, as a caveat does and a weekday does not.
    """

    lead: str = ""
    big: str = ""
    main: str = ""
    note: str = ""
    dotted: bool = False
    machine: str = ""

    @property
    def runs_on(self) -> bool:
        """Whether the note belongs on the line of the year: **August** 2022 · month only."""
        return self.dotted and self.big.isalpha()

    @property
    def words(self) -> str:
        """The whole heading in one line."""
        date_words = " ".join(part for part in (self.lead, self.big, self.main) if part)
        if not self.note:
            return date_words
        return f"{date_words} · {self.note}" if self.dotted else f"{date_words}, {self.note}"


def heading_of(when: PartialDate, override: str = "") -> DateHeading:
    """The heading for a date; an editor's own words go before ours."""
    if override:
        return DateHeading(main=override)
    about = "about" if when.approximate else ""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return _open_heading(first, last)
    match when.precision:
        case _ if first == last:
            return DateHeading(
                lead=about,
                big=str(first.day),
                main=f"{MONTHS[first.month - 1]} {first.year}",
                note=WEEKDAYS[first.weekday()],
                machine=first.isoformat(),
            )
        case DatePrecision.MONTH:
            return DateHeading(
                lead=about,
                big=MONTHS[first.month - 1],
                main=str(first.year),
                note=when.caveat,
                dotted=True,
                machine=f"{first.year:04d}-{first.month:02d}",
            )
        case DatePrecision.YEAR:
            return DateHeading(
                lead=about, big=str(first.year), note=when.caveat, dotted=True, machine=f"{first.year:04d}"
            )
        case DatePrecision.DECADE:
            return DateHeading(lead=about, big=f"{first.year // 10 * 10}s", note=when.caveat, dotted=True)
        case _:
            return DateHeading(main=when.display, note=when.caveat, dotted=True)


def _open_heading(first: date | None, last: date | None) -> DateHeading:
    bound = first or last
    if bound is None:
        return DateHeading(main="Date unknown", note="date not stated", dotted=True)
    return DateHeading(
        lead="on or before" if first is None else "on or after",
        big=str(bound.day),
        main=f"{MONTHS[bound.month - 1]} {bound.year}",
        note="date not stated",
        dotted=True,
    )


def clock_of(when: PartialDate) -> str:
    """The time of day, where it is stated: "14:30 IST"."""
    if when.precision not in CLOCKED or when.clock is None:
        return ""
    zone = zone_name(when) if when.zone else "(time zone not stated)"
    return f"{when.clock:%H:%M} {zone}"


def zone_name(when: PartialDate) -> str:
    """What people call the zone at that moment: IST, or UTC+05:30 where only the offset is known."""
    zone = when.zone or ""
    if zone.startswith(("+", "-")):
        return "UTC" if zone[1:] == "00:00" else f"UTC{zone}"
    if when.instant is None:
        return zone
    try:
        local = when.instant.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return zone
    name = local.tzname() or zone
    return f"UTC{name}" if name[:1] in "+-" else name


def moment_words(when: PartialDate) -> str:
    """When an article appeared, in its own zone and in UTC: "2 March 2025, 11:40 IST (06:10 UTC)"."""
    if not (clock := clock_of(when)) or when.earliest is None:
        caveat = f" ({when.caveat})" if when.caveat else ""
        return when.display + caveat
    day = f"{when.earliest.day} {MONTHS[when.earliest.month - 1]} {when.earliest.year}"
    utc = when.instant_utc
    if utc is None or zone_name(when) == "UTC":
        return f"{day}, {clock}"
    other_day = "" if utc.date() == when.earliest else f"{utc.day} {MONTHS[utc.month - 1]} "
    return f"{day}, {clock} ({other_day}{utc:%H:%M} UTC)"


def basis_words(when: PartialDate) -> str:
    """Why we think so, in a sentence or two."""
    raw = f"“{when.raw}”" if when.raw else ""
    match when.basis:
        case DateBasis.STATED:
            words = f"The article says {raw}." if raw else "Stated in the article."
        case DateBasis.RELATIVE:
            words = f"Worked out from {raw}." if raw else "Worked out from what the article says around it."
        case DateBasis.PUBLICATION_BOUND if when.latest is not None and when.earliest is None:
            words = f"{day_words(when.latest)} is the publication day of the article; the day itself is not stated."
        case DateBasis.PUBLICATION_BOUND:
            words = "The article does not state the day."
        case DateBasis.ORDER:
            words = "No article states the day."
        case DateBasis.HUMAN:
            words = "Set by an editor."
        case DateBasis.EXTERNAL:
            words = "From a source outside the articles."
    reason = "" if when.reason.startswith(NO_DAY) else when.reason.strip()
    if raw and raw in reason:
        return _sentence(reason)
    if reason and reason.rstrip(".").lower() not in words.lower():
        words += f" {_sentence(reason)}"
    return words


def _sentence(words: str) -> str:
    stop = "" if words.endswith((".", "!", "?")) else "."
    return words[0].upper() + words[1:] + stop


@dataclass(slots=True)
class DateGroup(Generic[Row]):
    """Neighbours under one date."""

    heading: DateHeading
    rows: list[Row] = field(default_factory=list)
    basis: str = ""
    order_not_stated: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """A stretch of a list under its dates, and the address of the next one."""

    groups: list[DateGroup[Row]]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Dating:
    """What grouping needs to know of a row."""

    when: PartialDate
    override: str = ""
    order: int = 0


def group_by_date(
    rows: Iterable[Row], dating: Callable[[Row], Dating], *, before: DateHeading | None = None, ordered: bool = True
) -> list[DateGroup[Row]]:
    """Rows in their order, one group for neighbours with the same heading.

    `before` is the heading that the page before ended with: a first group under the same one is marked as continued.
    `ordered` says that a reader takes the order for what came first, and must be told where nobody knows.
    """
    groups: list[DateGroup[Row]] = []
    dates: list[list[Dating]] = []
    for row in rows:
        dated = dating(row)
        heading = heading_of(dated.when, dated.override)
        if not groups or groups[-1].heading != heading:
            groups.append(DateGroup(heading))
            dates.append([])
        groups[-1].rows.append(row)
        dates[-1].append(dated)
    for group, within in zip(groups, dates, strict=True):
        group.order_not_stated = ordered and order_is_open(within)
        bases = {basis_words(dated.when) for dated in within}
        group.basis = bases.pop() if len(bases) == 1 else ""
    if groups and groups[0].heading == before:
        groups[0].continued = True
    return groups


def order_is_open(neighbours: list[Dating]) -> bool:
    """Whether two neighbours share an inexact date and nothing says which came first."""
    return any(
        not one.when.is_exact and one.when.precision == other.when.precision and one.order == other.order
        for one, other in itertools.pairwise(neighbours)
    )


def day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_end(day: date) -> date:
    """The last day of a day's month."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day) if day.year < 9999 or day.month < 12 else date.max
