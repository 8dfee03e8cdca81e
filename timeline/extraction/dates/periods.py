"""The period on the calendar that a reading names, with its basis in words; never finer than what was said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

from timeline.extraction.dates.setting import Reading, Setting
from timeline.extraction.dates.timex import period_of
from timeline.extraction.documents.publication import Provenance, instant_at, provenance, zone_of
from timeline.extraction.mentions import Document
from timeline.vocabulary import MONTHS, BlockRole, DateBasis, DatePrecision, PartialDate

SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")


def origin_of(document: Document) -> Provenance:
    """Where the page comes from, by its address and publisher, else by its datelines and furniture."""
    datelines = [document.text[b.start : b.end] for b in document.blocks if b.role is BlockRole.DATELINE]
    return provenance(
        url=document.url,
        publisher=document.publisher,
        furniture="\n".join([document.removed, *datelines]),
        language=document.language,
    )


def period_on_calendar(
    reading: Reading, raw: str, setting: Setting, origin: Provenance, *, inside: bool
) -> PartialDate | None:
    """The days a reading names, both inclusive; None where it names none or is only likely.

    `raw` is its words, `inside` whether they stand in a quotation.
    """
    period = period_of(reading.value, south=bool(setting.south)) if reading.type in ("DATE", "TIME") else None
    if period is None or reading.guessed:
        return None
    first, last, precision = period
    reason = f"stated: “{raw}”"
    anchor = setting.anchor
    if reading.told:
        reason = f"“{raw}” read from the times named before it"
    elif reading.relative and anchor is not None:
        published = f"{anchor:%A} {anchor.day} {MONTHS[anchor.month - 1]} {anchor.year}"
        reason = f"“{raw}” read from the publication day, {published}"
    if season := SEASON.fullmatch(reading.value):
        first, last, precision, doubt = _season(int(season[1]), season[2], setting.south, relative=reading.relative)
        reason += doubt
        if reading.relative and anchor is not None and period[1] < anchor:
            last = min(last, anchor)  # "last summer" is over
    if reading.until:
        last, precision = date.fromisoformat(reading.until), DatePrecision.RANGE
    if reading.since:
        first = date.fromisoformat(reading.since)
        reason += "" if reading.rule == "holiday" else "; one end of a range"
    if inside:
        reason += "; inside a quotation"
    made = PartialDate(
        earliest=first,
        latest=last,
        precision=precision,
        basis=DateBasis.RELATIVE if reading.relative else DateBasis.STATED,
        raw=raw,
        reason=reason,
        approximate=reading.approximate,
    )
    return _with_clock(made, reading, origin) if precision is DatePrecision.MINUTE else made


def _season(year: int, code: str, south: bool | None, *, relative: bool) -> tuple[date, date, DatePrecision, str]:
    """The months of a season; of both halves of the earth, and of both turns of a year, where nothing decides.

    "The winter of 2021" may have begun in either December; "last winter" is the one before the publication.
    """
    spans = []
    for side in (False, True) if south is None else (south,):
        period = period_of(f"{year:04d}-{code}", south=side)
        if period:
            spans.append(period[:2])
            if period[0].month == 12 and not relative:
                before = period_of(f"{year - 1:04d}-{code}", south=side)
                spans += [before[:2]] if before else []
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    if len(spans) == 1:
        return first, last, DatePrecision.SEASON, ""
    doubt = "; the page does not tell north from south" if south is None else "; the season spans two years"
    return first, last, DatePrecision.RANGE, doubt


def _with_clock(made: PartialDate, reading: Reading, origin: Provenance) -> PartialDate:
    hour, minute = map(int, reading.value[11:16].split(":"))
    if hour > 23 or made.earliest is None:
        return replace(made, precision=DatePrecision.DAY)
    moment = time(hour, minute)
    zone, why = zone_of(reading.zone, origin) if reading.zone else (None, "the zone is not stated")
    instant = instant_at(datetime.combine(made.earliest, moment), zone)
    return replace(made, clock=moment, zone=zone, instant=instant, reason=made.reason + (f"; {why}" if why else ""))
