"""The chronology as CSV: for Excel, TimelineJS and Timesketch at once, or for one of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain

from timeline.exports.cells import cell
from timeline.exports.columns import Layout
from timeline.exports.entries import read_entries
from timeline.exports.rows import rows_of, title_row
from timeline.models import Story, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

# Without it Excel reads “é” as two characters of the machine's old code page.
BYTE_ORDER_MARK = "\ufeff"

# Large enough that the server sends few small packets, small enough to be nothing in memory.
CHUNK = 32 * 1024


def write_csv(
    events: EventQuerySet,
    statements: StatementQuerySet,
    *,
    site: str,
    layout: Layout = Layout.EVERYTHING,
    story: Story | None = None,
    marks: Mapping[int, StoryEntry] | None = None,
) -> Iterator[str]:
    """The file in pieces, each row made when it is asked for.

    Events in the order of their queryset, after each the `statements` of it. `site` is the address of the site. `marks`
    is what a story says of its entries, by the event's key.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    columns = layout.story_columns if story else layout.columns
    writer.writerow(columns)
    first = [title_row(story)] if story and layout.has_title_row else []
    for row in chain(first, rows_of(read_entries(events, statements, marks=marks), site=site)):
        if row.get("entry_type") == "statement" and not layout.has_statement_rows:
            continue
        writer.writerow([cell(row.get(column, "")) for column in columns])
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
