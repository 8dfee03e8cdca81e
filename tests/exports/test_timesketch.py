"""Timesketch loads the file, and drops nothing that is dated.

How its reader is imitated (`read_and_validate_csv` of timesketch/lib/utils.py, 2020 to 2024, itself upon pandas):

- the header is read alone first; without `message`, `datetime` and `timestamp_desc` the whole file is refused;
- the file is UTF-8, a byte order mark at its beginning is no part of the first name, quotes are doubled;
- an empty cell is missing, and so is one that reads NaN, null, None, NA or the like: `pandas.read_csv` says so;
- `datetime` goes through `pandas.to_datetime(errors="coerce")`. Since pandas 2 that takes the form of the first value
  for all of them, and whatever has another form, is no date or lies outside of 1677-09-21 to 2262-04-11 becomes "not
  a time"; rows of that kind are dropped without a word to the reader. Here: each value must parse with dateutil, have
  the form of the first, and lie within those days;
- `tag` is read as JSON where it stands in brackets; "-" is no tag; anything else is split at commas, and a missing
  cell becomes the tag "nan".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from dateutil import parser

from tests.factories import make_event
from timeline.exports.chronology_csv import write_csv
from timeline.exports.columns import Layout
from timeline.exports.entries import undated_count
from timeline.models import Event, Statement
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

REQUIRED = {"message", "datetime", "timestamp_desc"}
MISSING = {"", "NaN", "nan", "NA", "N/A", "n/a", "null", "NULL", "None", "<NA>", "#N/A", "-nan", "-NaN"}
FIRST, LAST = datetime(1677, 9, 22, tzinfo=UTC), datetime(2262, 4, 11, tzinfo=UTC)


def read_timesketch(content: bytes) -> Iterator[dict[str, Any]]:
    """The events that Timesketch would store."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    missing = REQUIRED - set(reader.fieldnames or ())
    if missing:
        raise RuntimeError(f"Missing mandatory CSV headers: {missing}")
    form: str | None = None
    for row in reader:
        written = row["datetime"]
        if written in MISSING:
            continue
        form = form or shape(written)
        try:
            instant = parser.parse(written)
        except ValueError:
            continue
        if shape(written) != form or not FIRST <= instant <= LAST:
            continue
        kept: dict[str, Any] = {name: value for name, value in row.items() if value not in MISSING}
        kept["datetime"] = instant.isoformat()
        if "tag" in row:
            kept["tag"] = read_tags(kept.get("tag", "nan"))
        yield kept


def shape(written: str) -> str:
    return re.sub(r"\d", "0", written)


def read_tags(written: str) -> list[str]:
    if written.startswith("[") and written.endswith("]"):
        return json.loads(written)
    return [] if written == "-" else written.split(",")


def exported(layout: Layout) -> bytes:
    events, statements = Event.objects.on_page().oldest_first(), Statement.objects.on_page().oldest_first()
    return "".join(write_csv(events, statements, site="https://t.example", layout=layout)).encode()


@pytest.mark.parametrize("layout", [Layout.EVERYTHING, Layout.TIMESKETCH])
def test_every_dated_row_is_loaded(chronology, layout):
    loaded = [(row["datetime"], row["timestamp_desc"], row["tag"]) for row in read_timesketch(exported(layout))]
    assert loaded == [
        ("2022-08-01T00:00:00+00:00", "Occurred (month only)", ["protest"]),
        ("2025-03-01T00:00:00+00:00", "Occurred (day only)", ["meeting", "corrected"]),
        ("2025-03-01T00:00:00+00:00", "Occurred (day only)", ["statement"]),
        ("2025-03-01T00:00:00+00:00", "Occurred (day only)", ["statement"]),
        (
            "2025-03-02T06:10:00+00:00",
            "Latest possible: source published (date not stated)",
            ["meeting", "hedged"],
        ),
    ]


@pytest.mark.parametrize("layout", [Layout.EVERYTHING, Layout.TIMESKETCH])
@pytest.mark.django_db
def test_dates_of_every_precision_are_written_in_one_form(layout):
    first = date(2024, 1, 1)
    for precision in DatePrecision:
        make_event(
            precision.value,
            date=PartialDate(
                earliest=first, latest=date(2024, 3, 31), precision=precision, basis=DateBasis.STATED, zone="+05:30"
            ),
        )
    make_event("open", date=PartialDate.until(first))
    make_event("undated", date=PartialDate.unknown())
    loaded = list(read_timesketch(exported(layout)))
    events = Event.objects.on_page()
    assert len(loaded) == events.count() - undated_count(events) == len(DatePrecision) + 1


def test_the_imitation_refuses_a_file_without_the_columns(chronology):
    with pytest.raises(RuntimeError, match="Missing mandatory CSV headers"):
        list(read_timesketch(exported(Layout.TIMELINEJS)))
