"""When a page says it was published: stamps such as "Mar 02, 2025 11:40 AM IST", read no further than they are clear.

Ambiguous zone letters and numeric dates are decided by where the page comes from; where that is not known the local
time stays and the zone is left open, and a date of unclear order is not read at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from timeline.extraction.lexicon import LEXICON
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate


def _calendar_words(kind: str) -> dict[str, int]:
    """The months or weekdays of every language of the lexicon: a page is dated before anyone knows its language."""
    found: dict[str, int] = {}
    for path in sorted(LEXICON.glob("*/times.json")):
        found |= json.loads(path.read_text("utf-8"))[kind]
    return found


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


MONTHS = _calendar_words("months")
WEEKDAYS = _calendar_words("weekdays")
MONTH = rf"(?P<month>{_any_of(MONTHS)})\.?"
WEEKDAY = rf"(?:(?:{_any_of(WEEKDAYS)})\.?,?\s+)?"

CLOCK = (
    r"(?:(?P<h>[01]?\d|2[0-3])[:.](?P<mi>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?\s*(?P<half>(?i:[ap]\.?\s?m\b\.?))?"
    r"|(?P<h2>1[0-2]|0?[1-9])\s*(?P<half2>(?i:[ap]\.?m\b\.?))"
    r"|(?P<h4>[01]\d|2[0-3])(?P<mi4>[0-5]\d)(?:[0-5]\d)?(?=\s?(?:hrs|hours|GMT|UTC|Z\b|[+-]\d\d|[A-Z]{3,4}\b)))"
    r"(?:\s*(?:hrs|hours|Uhr|horas|h)\b)?"
)
ZONE = (
    r"\s*[(\[]?(?P<zone>(?:UTC|GMT)?\s?[+\-−]\d{1,2}(?::?\d\d)?(?!\d|/)"
    r"|(?i:uk time|uae time|eastern time|central time|pacific time)|Z\b|[A-Z]{2,5}\b)?[)\]]?"
)
GAP = r"[\s,|·•/–—-]{0,4}(?:(?:at|on|@|um|a\slas?)\s+)?"
DATES = tuple(
    re.compile(WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)",
        r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d\d?)\s?[月월]\s?(?P<d>\d\d?)\s?[日일]",
        rf"\b{MONTH}\s+(?P<d>\d{{1,2}})(?=\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{{2,5}}\s+)?(?P<y>\d{{4}})\b)",
        rf"\b{MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:of\s+|del?\s+)?(?P<y>\d{{4}})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?:of\s+|de\s+)?{MONTH},?[\s-]+(?:del?\s+)?(?P<y>\d{{4}})\b",
        r"\b(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})\b",
        r"(?<![\w.-])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d.])",
    )
)
AFTER = re.compile(rf"(?:T|{GAP}){CLOCK}{ZONE}")
BEFORE = re.compile(rf"{CLOCK}{ZONE}{GAP}$")
IN_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d\d?|[a-z]{3})[/-](?P<d>\d\d?)(?=[/-]|$)", re.IGNORECASE)
FIRST_PAPER = 1605  # the year of the first newspaper, in Strasbourg; what is older is no date of publication
NOTHING = {date(1, 1, 1), date(1900, 1, 1), date(1970, 1, 1)}  # what content systems write where no date is known


@dataclass(frozen=True, slots=True)
class Provenance:
    """Countries a page seems to come from: by its address or publisher, and by places named in its furniture; and the
    language it is in."""

    stated: frozenset[str] = frozenset()
    furniture: frozenset[str] = frozenset()
    language: str | None = None

    @property
    def month_first(self) -> bool | None:
        """Whether 03/02 is 2 March; None where that is not known."""
        for countries in (self.stated, self.furniture):
            orders = {_countries()[c]["month_first"] for c in countries if _has_order(c)}
            if len(orders) == 1:
                return bool(orders.pop())
            if orders:
                return None
        return _month_first_in(self.language) if self.language else None

    @property
    def south(self) -> bool | None:
        """Whether July is winter there; None where that is not known, or has no meaning."""
        for countries in (self.stated, self.furniture):
            sides = {_countries()[country].get("south", False) for country in countries}
            if sides:
                return sides.pop() if len(sides) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date written out in a text, with the time of day and zone beside it."""

    start: int
    end: int
    date: PartialDate


def provenance(
    *, url: str | None = None, publisher: str | None = None, furniture: str = "", language: str | None = None
) -> Provenance:
    """Where a page seems to come from."""
    stated: set[str] = set()
    host = host_of(url)
    for name in filter(None, (host, publisher)):
        stated |= _by_domain(name) or _by_publisher(name)
    return Provenance(frozenset(stated), frozenset(_by_place(furniture)), language)


@cache
def _month_first_in(language: str) -> bool | None:
    """Whether all who write a language put the month first, or none; None where they differ or it is not known."""
    path = LEXICON / language / "times.json"
    told: bool | None = json.loads(path.read_text("utf-8")).get("month_first") if path.exists() else None
    return told


def host_of(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


def find_stamps(text: str, origin: Provenance) -> list[Stamp]:
    """Every full date (with a year) of a short text, in text order; unclear ones are left out."""
    found: list[Stamp] = []
    for form in DATES:
        for match in form.finditer(text):
            if any(match.start() < s.end and s.start < match.end() for s in found):
                continue
            day = _day(match, origin)
            if day is not None:
                found.append(_with_clock(text, match, day, origin))
    return sorted(found, key=lambda stamp: stamp.start)


def without_stamps(text: str) -> str:
    """A short text less its dates, clear or not, with their times of day and weekdays."""
    for form in DATES:
        text = form.sub(" \x00 ", text)
    if "\x00" in text:
        text = re.sub(CLOCK + ZONE, " ", text)
    return " ".join(text.replace("\x00", " ").split())


def read_stamp(text: str | None, origin: Provenance, *, reason: str = "") -> PartialDate | None:
    """The first full date of a short text such as a metadata value."""
    stamps = find_stamps((text or "")[:200], origin)
    if not stamps:
        return None
    found = stamps[0].date
    if found.earliest in NOTHING or (found.earliest and found.earliest.year < FIRST_PAPER):
        return None
    if found.clock == time(0, 0) and found.zone in (None, "+00:00"):
        found = replace(found, clock=None, instant=None, zone=None, precision=DatePrecision.DAY)
    return replace(found, reason=reason) if reason else found


def date_in_url(url: str | None) -> PartialDate | None:
    """The day in an address such as /2025/03/02/."""
    match = IN_URL.search(urlsplit(url).path) if url and host_of(url) else None
    if match is None:
        return None
    month = match["m"].lower()
    number = int(month) if month.isdigit() else MONTHS.get(month, 0)
    day = _calendar(int(match["y"]), number, int(match["d"]))
    if day is None:
        return None
    return PartialDate(
        earliest=day, latest=day, precision=DatePrecision.DAY, basis=DateBasis.STATED, raw=match[0].strip("/-"),
        reason="the day in the page's address",
    )  # fmt: skip


def _with_clock(text: str, match: re.Match[str], day: date, origin: Provenance) -> Stamp:
    start, end = match.span()
    start += len(match[0]) - len(match[0].lstrip())
    clock = AFTER.match(text, end)
    if clock is not None:
        end = clock.end()
    else:
        clock = BEFORE.search(text, max(0, start - 40), start)
        start = clock.start() if clock else start
    if clock is not None and clock["zone"] and not _is_zone(clock["zone"]) and end == clock.end():
        end = clock.start("zone")
    words = text[start:end].strip()
    partial = PartialDate(
        earliest=day, latest=day, precision=DatePrecision.DAY, basis=DateBasis.STATED, raw=words,
        reason=f"stated as “{words}”",
    )  # fmt: skip
    moment = _time(clock) if clock else None
    if clock is None or moment is None:
        return Stamp(start, end, partial)
    zone, why = zone_of(clock["zone"] or "", origin)
    local = datetime.combine(day, moment)
    return Stamp(start, end, replace(
        partial, precision=DatePrecision.MINUTE, clock=moment, instant=instant_at(local, zone), zone=zone,
        reason=partial.reason + (f"; {why}" if why else "" if zone else "; the zone is not stated"),
    ))  # fmt: skip


def zone_of(letters: str, origin: Provenance) -> tuple[str | None, str]:
    """The zone some letters mean on this page, and why; None where the letters could mean several."""
    letters = " ".join(letters.split()).upper().replace("−", "-")
    if offset := re.fullmatch(r"(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d\d))?", letters):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours <= 15 and minutes < 60:
            return f"{offset[1]}{hours:02d}:{minutes:02d}", ""
        return None, f"{letters} is no zone"
    candidates = _zones().get(letters)
    if not candidates:
        return None, ""
    if len({c["zone"] for c in candidates}) == 1:
        return candidates[0]["zone"], f"{letters} is {candidates[0]['zone']}"
    for countries, where in ((origin.stated, "address or publisher"), (origin.furniture, "furniture")):
        zones = {c["zone"] for c in candidates if c["country"] in countries}
        if len(zones) == 1:
            zone = zones.pop()
            return zone, f"{letters} read as {zone} from the page's {where}"
        if zones:
            break
    return None, f"{letters} could mean {len(candidates)} zones, and nothing decides"


def instant_at(local: datetime, zone: str | None) -> datetime | None:
    """The moment of a local time in a zone such as "+05:30" or "Asia/Kolkata"; None where the zone is not known."""
    if zone is None:
        return None
    info: tzinfo
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        info = timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    else:
        info = ZoneInfo(zone)
    aware = local.replace(tzinfo=info)
    try:
        aware.astimezone(timezone.utc)  # noqa: UP017 - one spelling for fixed offsets here
    except OverflowError:
        return None
    return aware


def _time(clock: re.Match[str]) -> time | None:
    hour = int(clock["h"] or clock["h2"] or clock["h4"])
    minute = int(clock["mi"] or clock["mi4"] or 0)
    half = (clock["half"] or clock["half2"] or "").lower()
    if half and hour > 12:
        half = ""
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return time(hour, minute)


def _day(match: re.Match[str], origin: Provenance) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if parts.get("month"):
        return _calendar(year, MONTHS[parts["month"].lower()], int(parts["d"]))
    if parts.get("m"):
        return _calendar(year, int(parts["m"]), int(parts["d"]))
    first, second = int(parts["a"]), int(parts["b"])
    if first == second or second > 12:
        return _calendar(year, first, second)
    if first > 12:
        return _calendar(year, second, first)
    if origin.month_first is None:
        return None
    return _calendar(year, first, second) if origin.month_first else _calendar(year, second, first)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((LEXICON / "zones.json").read_text("utf-8"))
    return table


def _zones() -> dict[str, list[dict[str, str]]]:
    zones: dict[str, list[dict[str, str]]] = _table()["abbreviations"]
    return zones


def _countries() -> dict[str, dict[str, Any]]:
    countries: dict[str, dict[str, Any]] = _table()["countries"]
    return countries


def _is_zone(letters: str) -> bool:
    return letters.upper() in _zones() or any(c in "+-−" for c in letters)


def _has_order(country: str) -> bool:
    return bool(_countries()[country]["month_first"]) or bool(_countries()[country]["day_first"])


def _by_domain(name: str) -> set[str]:
    ending = name.lower().rsplit(".", 1)[-1] if "." in name and " " not in name else ""
    return {country for country, facts in _countries().items() if facts["domain"] == ending}


def _by_publisher(name: str) -> set[str]:
    parts = name.split(".") if " " not in name else [name]
    squeezed = {_squeeze(part) for part in parts} | {_squeeze(name)}
    known = {country for country, facts in _countries().items()
             if any(_squeeze(publisher) in squeezed for publisher in facts["publishers"])}  # fmt: skip
    return known or _by_place(name)


def _by_place(text: str) -> set[str]:
    return {_places()[found] for found in _place_form().findall(text)} if text else set()


def _squeeze(name: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return letters[3:] if letters.startswith("the") and len(letters) > 6 else letters


@cache
def _places() -> dict[str, str]:
    return {name: country for country, facts in _countries().items() for name in facts["places"]}


@cache
def _place_form() -> re.Pattern[str]:
    names: Iterable[str] = sorted(_places(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
