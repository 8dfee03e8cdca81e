"""The chronology as CSV: for Excel, TimelineJS and Timesketch at once, or for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from timeline.exports.cells import chunks, line
from timeline.exports.columns import Layout, columns_of
from timeline.exports.entries import read_entries
from timeline.exports.rows import rows_of, title_row
from timeline.models import Story, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

# Without it Excel reads “é” as two characters of the machine's old code page.
BYTE_ORDER_MARK = "\ufeff"


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
    groups = layout.story_groups if story else layout.groups
    first = [title_row(story)] if story and layout.has_title_row else []
    entries = read_entries(events, statements, marks=marks)
    header = BYTE_ORDER_MARK + line(columns_of(groups))
    rows = rows_of(entries, groups, site=site, sayings=layout.has_statement_rows)
    yield from chunks(f"{row}\r\n" for row in chain([header], first, rows))
