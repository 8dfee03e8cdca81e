"""The columns of the CSV, in three groups, and which of them a reader asks for."""

from __future__ import annotations

from enum import StrEnum

CORE = (
    "order",
    "entry_id",
    "entry_type",
    "parent_event_id",
    "title",
    "date_display",
    "date_earliest",
    "date_latest",
    "date_precision",
    "date_edtf",
    "date_basis",
    "timezone",
    "kind",
    "actors",
    "places",
    "speaker",
    "quote",
    "quote_kind",
    "medium",
    "description",
    "source_title",
    "source_publisher",
    "source_author",
    "source_published",
    "source_url",
    "evidence",
    "evidence_locator",
    "source_count",
    "confidence",
    "status",
    "corrected_fields",
    "conflicts",
    "topics",
    "permalink",
    "updated_at",
)

# What a story says of its entries: the editor's note, and the rank among the key entries.
OF_STORY = ("note", "emphasis")

# Never "Start Date" or "End Date": a header of that name makes TimelineJS read the whole file by older rules.
TIMELINEJS = (
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Alt Text",
    "Type",
    "Group",
    "Background",
)

TIMESKETCH = ("message", "datetime", "timestamp_desc", "tag")


class Layout(StrEnum):
    """What the file is for. TimelineJS has a slide for an event and none for a statement."""

    EVERYTHING = "everything"
    CORE = "core"
    TIMELINEJS = "timelinejs"
    TIMESKETCH = "timesketch"

    @property
    def columns(self) -> tuple[str, ...]:
        match self:
            case Layout.CORE:
                return CORE
            case Layout.TIMELINEJS:
                return TIMELINEJS
            case Layout.TIMESKETCH:
                return TIMESKETCH
        return CORE + TIMELINEJS + TIMESKETCH

    @property
    def story_columns(self) -> tuple[str, ...]:
        """The columns of a story's file."""
        if self is Layout.EVERYTHING:
            return CORE + OF_STORY + TIMELINEJS + TIMESKETCH
        return self.columns + OF_STORY if self is Layout.CORE else self.columns

    @property
    def has_title_row(self) -> bool:
        """Whether a story's file begins with a row for its title: TimelineJS makes the first slide of it."""
        return self is Layout.TIMELINEJS

    @property
    def has_statement_rows(self) -> bool:
        return self is not Layout.TIMELINEJS


PRESETS = (Layout.TIMELINEJS, Layout.TIMESKETCH)
