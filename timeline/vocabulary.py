"""Words that every room shares: kinds, and dates only as precise as they are known.

Touches nothing but the standard library.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    GOVERNMENT = "place-government"
    GROUP = "group"


class EventKind(StrEnum):
    """PLOVER's categories in plain words, and a few of the news (no conflict or cooperation in them)."""

    AGREEMENT = "agreement"
    MEETING = "meeting"
    SUPPORT = "support"
    COOPERATION = "cooperation"
    AID = "aid"
    CONCESSION = "concession"
    DEMAND = "demand"
    ACCUSATION = "accusation"
    REFUSAL = "refusal"
    THREAT = "threat"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILISATION = "mobilisation"
    COERCION = "coercion"
    ATTACK = "attack"
    STATEMENT = "statement"
    VOTE = "vote"
    DECISION = "decision"
    APPOINTMENT = "appointment"
    JUSTICE = "justice"
    ACCIDENT = "accident"
    DEATH = "death"
    MEDIA = "media"
    OTHER = "other"


class EventStatus(StrEnum):
    AUTOMATIC = "automatic"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    REVIEW = "review"  # waits for a person, is not on the page
    REJECTED = "rejected"
    MERGED = "merged"  # another entry stands for it


ON_PAGE = (EventStatus.AUTOMATIC, EventStatus.CONFIRMED, EventStatus.DISPUTED)

# What readings and people may decide of an entry.
DECIDABLE = tuple(status for status in EventStatus if status is not EventStatus.MERGED)


class StatementKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class RelationKind(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    SAME_DAY = "same_day"
    PART_OF = "part_of"

    def fits(self, source: PartialDate, target: PartialDate) -> bool:
        """Whether the dates of two events leave room for this relation of the first to the second."""
        match self:
            case RelationKind.BEFORE:
                return not source.is_after(target)
            case RelationKind.AFTER:
                return not target.is_after(source)
            case RelationKind.SAME_DAY:
                return source.overlaps(target)
            case RelationKind.PART_OF:
                return True


# The relation as a reader says it of its first event, and of its second.
ORDER_WORDS = {
    RelationKind.BEFORE: ("before", "after"),
    RelationKind.AFTER: ("after", "before"),
    RelationKind.SAME_DAY: ("on the same day as", "on the same day as"),
}


class BlockRole(StrEnum):
    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    DEK = "dek"
    SUBHEAD = "subhead"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    JUNK = "junk"


# The words that are an article's own: what copies repeat.
OWN_ROLES = (BlockRole.TITLE, BlockRole.DEK, BlockRole.SUBHEAD, BlockRole.BODY)


class MentionForm(StrEnum):
    NAME = "name"
    TITLE = "title"
    DEMONYM = "demonym"
    METONYM = "metonym"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"


class ArticleState(StrEnum):
    TAKEN = "taken"
    SUPERSEDED = "superseded"  # a newer version of the same article has been read


class DateBasis(StrEnum):
    """Why we think so. ORDER is what articles say of before and after; in interchange it is RELATIVE, with a reason."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLICATION_BOUND = "publication-bound"
    ORDER = "order"
    HUMAN = "human"
    EXTERNAL = "external"


class DatePrecision(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Coarser first: an event known to the month stands before those of the month's first day."""
        return COARSE_TO_FINE.index(self)


COARSE_TO_FINE = (
    DatePrecision.DECADE,
    DatePrecision.YEAR,
    DatePrecision.SEASON,
    DatePrecision.QUARTER,
    DatePrecision.MONTH,
    DatePrecision.RANGE,
    DatePrecision.WEEK,
    DatePrecision.UNKNOWN,
    DatePrecision.DAY,
    DatePrecision.HOUR,
    DatePrecision.MINUTE,
)

MONTHS = tuple(calendar.month_name)[1:]


def _day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _month(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _edtf_day(value: date) -> str:
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as precisely as it is known, and why we think so.

    `earliest` and `latest` are inclusive local days; None where open. `instant` is the aware moment behind a precision
    of minute or hour, where the zone is known; `clock` the local time of day as written, known or not. `zone` is an
    IANA name or a UTC offset such as "+05:30". `raw` is the words it was read from, `reason` the basis in words.
    """

    earliest: date | None
    latest: date | None
    precision: DatePrecision
    basis: DateBasis
    instant: datetime | None = None
    clock: time | None = None
    zone: str | None = None
    raw: str | None = None
    reason: str = ""
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is after {self.latest}")
        if self.instant is not None and self.instant.tzinfo is None:
            raise ValueError("an instant needs a zone")

    @classmethod
    def on(cls, day: date, *, basis: DateBasis = DateBasis.STATED, raw: str | None = None) -> PartialDate:
        return cls(earliest=day, latest=day, precision=DatePrecision.DAY, basis=basis, raw=raw)

    @classmethod
    def in_month(
        cls, year: int, month: int, *, basis: DateBasis = DateBasis.STATED, raw: str | None = None
    ) -> PartialDate:
        last = calendar.monthrange(year, month)[1]
        return cls(
            earliest=date(year, month, 1),
            latest=date(year, month, last),
            precision=DatePrecision.MONTH,
            basis=basis,
            raw=raw,
        )

    @classmethod
    def in_year(cls, year: int, *, basis: DateBasis = DateBasis.STATED, raw: str | None = None) -> PartialDate:
        return cls(
            earliest=date(year, 1, 1), latest=date(year, 12, 31), precision=DatePrecision.YEAR, basis=basis, raw=raw
        )

    @classmethod
    def until(
        cls, day: date, *, basis: DateBasis = DateBasis.PUBLICATION_BOUND, raw: str | None = None, reason: str = ""
    ) -> PartialDate:
        """Some unknown day up to and including this one."""
        return cls(earliest=None, latest=day, precision=DatePrecision.UNKNOWN, basis=basis, raw=raw, reason=reason)

    @classmethod
    def unknown(cls) -> PartialDate:
        return cls(earliest=None, latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLICATION_BOUND)

    @property
    def is_exact(self) -> bool:
        """One day, or finer."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def best_day(self) -> date | None:
        """The day it sorts under: the earliest if known, else the latest."""
        return self.earliest or self.latest

    @property
    def edtf(self) -> str | None:
        """Extended Date/Time Format (ISO 8601-2), for interchange."""
        first, last = self.earliest, self.latest
        if first is None and last is None:
            return None
        if first is None and last is not None:
            return f"[..{_edtf_day(last)}]"
        if last is None and first is not None:
            return f"[{_edtf_day(first)}..]"
        assert first is not None and last is not None
        mark = "~" if self.approximate else ""
        match self.precision:
            case DatePrecision.MINUTE | DatePrecision.HOUR if self.instant is not None:
                return self.instant.isoformat(timespec="minutes")
            case DatePrecision.MONTH:
                return f"{first.year:04d}-{first.month:02d}{mark}"
            case DatePrecision.YEAR:
                return f"{first.year:04d}{mark}"
            case DatePrecision.DECADE:
                return f"{first.year // 10:03d}X{mark}"
            case _ if first == last:
                return _edtf_day(first) + mark
            case DatePrecision.RANGE:
                return f"{_edtf_day(first)}{mark}/{_edtf_day(last)}{mark}"
            case _:
                return f"[{_edtf_day(first)}..{_edtf_day(last)}]"

    @property
    def display(self) -> str:
        """In words, no more precise than known: "on or before 2 March 2025"."""
        first, last = self.earliest, self.latest
        about = "about " if self.approximate else ""
        if first is None:
            return f"on or before {_day(last)}" if last else "date unknown"
        if last is None:
            return f"on or after {_day(first)}"
        match self.precision:
            case DatePrecision.MINUTE | DatePrecision.HOUR if self.clock is not None:
                zone = f" {self.zone}" if self.zone else " (time zone not stated)"
                return f"{about}{_day(first)}, {self.clock:%H:%M}{zone}"
            case _ if first == last:
                return about + _day(first)
            case DatePrecision.MONTH:
                return about + _month(first)
            case DatePrecision.YEAR:
                return f"{about}{first.year}"
            case DatePrecision.DECADE:
                return f"{about}{first.year // 10 * 10}s"
            case DatePrecision.QUARTER:
                return f"{about}{_ordinal_quarter(first)} quarter of {first.year}"
            case DatePrecision.WEEK:
                return f"{about}week of {_day(first)}"
            case _ if first.year == last.year and first.month == last.month:
                return f"{about}{first.day} to {_day(last)}"
            case _ if first.year == last.year:
                return f"{about}{first.day} {MONTHS[first.month - 1]} to {_day(last)}"
            case _:
                return f"{about}{_day(first)} to {_day(last)}"

    @property
    def caveat(self) -> str:
        """What a reader must know beside the date itself, or ''."""
        if self.earliest is None or self.latest is None:
            return "date not stated"
        match self.precision:
            case DatePrecision.MONTH | DatePrecision.YEAR | DatePrecision.DECADE | DatePrecision.QUARTER:
                return f"{self.precision.value} only"
            case DatePrecision.WEEK | DatePrecision.SEASON:
                return "day not stated"
            case _ if self.earliest != self.latest and self.precision != DatePrecision.RANGE:
                return "some day in between"
        return ""

    def overlaps(self, other: PartialDate) -> bool:
        return (self.earliest is None or other.latest is None or self.earliest <= other.latest) and (
            self.latest is None or other.earliest is None or other.earliest <= self.latest
        )

    def is_after(self, other: PartialDate) -> bool:
        """Whether it is on a later day than the other, for certain."""
        return self.earliest is not None and other.latest is not None and self.earliest > other.latest

    def to_json(self) -> dict[str, str | None]:
        """The seven DATE fields of the public interface."""
        if self.instant is not None and self.precision in (DatePrecision.MINUTE, DatePrecision.HOUR):
            first = last = self.instant.isoformat(timespec="minutes")
        else:
            first = self.earliest.isoformat() if self.earliest else None  # type: ignore[assignment]
            last = self.latest.isoformat() if self.latest else None  # type: ignore[assignment]
        return {
            "earliest": first,
            "latest": last,
            "precision": self.precision.value,
            "edtf": self.edtf,
            "timezone": self.zone,
            "basis": (DateBasis.RELATIVE if self.basis is DateBasis.ORDER else self.basis).value,
            "raw": self.raw,
        }

    @property
    def instant_utc(self) -> datetime | None:
        return self.instant.astimezone(UTC) if self.instant else None


def _ordinal_quarter(day: date) -> str:
    return ("first", "second", "third", "fourth")[(day.month - 1) // 3]
