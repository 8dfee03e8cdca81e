"""A date in the words of those who read the export."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from functools import cached_property, lru_cache

from timeline.exports.cells import line, written
from timeline.models.dated import date_of
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

FINE = (DatePrecision.HOUR, DatePrecision.MINUTE)
LAST_SECOND = time(23, 59, 59)
# TimelineJS's columns of a date.
SLIDE_DATES = ("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time")
# Neighbours share their dates: a few thousand are all that is met for a while.
MOST_KEPT = 4096


def zone_named(name: str | None) -> tzinfo | None:
    """The zone of an IANA name or of an offset such as "+05:30"; None for any other word."""
    if not name:
        return None
    try:
        return datetime.strptime(name, "%z").tzinfo
    except ValueError:
        pass
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None


def localised(when: PartialDate) -> PartialDate:
    """The same date with its instant on the clock of its own zone; the rows keep it in UTC."""
    zone = zone_named(when.zone)
    if when.instant is None or zone is None:
        return when
    return replace(when, instant=when.instant.astimezone(zone))


def in_words(when: PartialDate, display: str = "") -> str:
    """The date as the page shows it, with what a reader must know beside it."""
    if display or not when.caveat or when.best_day is None:
        return display or when.display
    return f"{when.display} ({when.caveat})"


def published(when: PartialDate) -> str:
    """A publication as ISO 8601, with its time where that is known."""
    if when.instant is not None:
        return (localised(when).instant or when.instant).isoformat(timespec="seconds")
    return when.best_day.isoformat() if when.best_day else ""


def slide_dates(when: PartialDate) -> dict[str, str | int]:
    """TimelineJS's columns of a date, no more precise than it is known; none where it is not known at all."""
    first, last = when.earliest, when.latest
    day = when.best_day
    if day is None:
        return {}
    if first is None or last is None:
        return _parts(day)
    match when.precision:
        case DatePrecision.YEAR:
            return {"Year": first.year}
        case DatePrecision.DECADE:
            return {"Year": first.year, "End Year": last.year}
        case DatePrecision.MONTH:
            return {"Year": first.year, "Month": first.month}
        case DatePrecision.QUARTER | DatePrecision.SEASON:
            return {
                "Year": first.year,
                "Month": first.month,
                "End Year": last.year,
                "End Month": last.month,
            }
        case _ if first != last:
            return {**_parts(first), **_parts(last, "End ")}
        case DatePrecision.HOUR | DatePrecision.MINUTE if when.clock is not None:
            return {**_parts(first), "Time": f"{when.clock:%H:%M}"}
    return _parts(first)


def _parts(day: date, prefix: str = "") -> dict[str, str | int]:
    return {f"{prefix}Year": day.year, f"{prefix}Month": day.month, f"{prefix}Day": day.day}


def moment(when: PartialDate, publications: Iterable[PartialDate] = ()) -> tuple[str, str]:
    """Timesketch's `datetime` and `timestamp_desc`: one instant, and what it is of the date.

    All instants are written alike, in UTC: the reader takes the form of the first and drops what has another. A bound
    that an article's publication set is the instant of that publication, where its time is known.
    """
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return "", "Date unknown"
    if first is None and last is not None:
        if when.basis is not DateBasis.PUBLICATION_BOUND:
            return _utc(datetime.combine(last, LAST_SECOND, UTC)), "Latest possible (date not stated)"
        known = [p.instant for p in publications if p.instant is not None and p.latest == last]
        bound = min(known, default=datetime.combine(last, LAST_SECOND, UTC))
        return _utc(bound), "Latest possible: source published (date not stated)"
    assert first is not None
    start = datetime.combine(first, time(0), UTC)
    if last is None:
        return _utc(start), "Earliest possible (date not stated)"
    about = ", approximate" if when.approximate else ""
    if when.precision in FINE and when.instant is not None:
        return _utc(when.instant), f"Occurred{about and ' (approximate)'}"
    if when.precision in FINE and when.clock is not None:
        return _utc(datetime.combine(first, when.clock, UTC)), f"Occurred (local time, zone not stated{about})"
    if first == last:
        return _utc(start), f"Occurred (day only{about})"
    match when.precision:
        case DatePrecision.RANGE:
            return _utc(start), f"Began{about and ' (approximate)'}"
        case DatePrecision.UNKNOWN:
            return _utc(start), f"Earliest possible (some day until {last.isoformat()}{about})"
    return _utc(start), f"Occurred ({when.precision.value} only{about})"


@lru_cache(MOST_KEPT)
def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def last_moment(moments: Iterable[str]) -> str:
    """The latest of some moments as databases write them, as ISO 8601 in UTC, or nothing."""
    last = max(moments, default="")
    return _utc(in_utc(last)) if last else ""


class When:
    """A date with all that an export says of it, each made when it is first asked for.

    Cells are as they stand in the CSV.
    """

    def __init__(self, when: PartialDate) -> None:
        self.date = when

    @cached_property
    def words(self) -> str:
        return in_words(self.date)

    @cached_property
    def words_cell(self) -> str:
        return written(self.words)

    @cached_property
    def cells(self) -> str:
        """Our own columns: earliest, latest, precision, EDTF, basis, time zone."""
        when = localised(self.date)
        return line(
            [
                when.earliest.isoformat() if when.earliest else "",
                when.latest.isoformat() if when.latest else "",
                when.precision.value,
                when.edtf or "",
                f"{when.basis.value}: {when.reason}" if when.reason else when.basis.value,
                when.zone or "",
            ]
        )

    @cached_property
    def slide_cells(self) -> str:
        """The columns of SLIDE_DATES."""
        cells = slide_dates(self.date)
        return line(str(cells.get(column, "")) for column in SLIDE_DATES)

    @cached_property
    def published(self) -> str:
        return published(self.date)

    @cached_property
    def json(self) -> dict[str, str | None]:
        return localised(self.date).to_json()

    @cached_property
    def _moment_cells(self) -> str:
        return line(moment(self.date))

    def moment_cells(self, publications: Iterable[When]) -> str:
        """What `moment` says; only a bound that a publication set asks for the publications."""
        if self.date.earliest is None and self.date.basis is DateBasis.PUBLICATION_BOUND:
            return line(moment(self.date, [one.date for one in publications]))
        return self._moment_cells


@lru_cache(MOST_KEPT)
def when_of(columns: str) -> When:
    """The date that stands in some columns, given as a JSON array in the order of Dated.DATE_FIELDS."""
    earliest, latest, precision, basis, instant, clock, zone, raw, reason, approximate = json.loads(columns)
    return When(
        date_of(
            date.fromisoformat(earliest) if earliest else None,
            date.fromisoformat(latest) if latest else None,
            precision,
            basis,
            in_utc(instant) if instant else None,
            time.fromisoformat(clock) if clock else None,
            zone,
            raw,
            reason,
            bool(approximate),
        )
    )


@lru_cache(MOST_KEPT)
def in_utc(moment: str) -> datetime:
    """A moment as databases write it; where they name no zone, it is UTC."""
    read = datetime.fromisoformat(moment)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
