"""The columns of the CSV, in groups, and which of them a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum

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


class Group(Enum):
    """Columns that stand together, and are made together."""

    CORE = CORE
    OF_STORY = OF_STORY
    TIMELINEJS = TIMELINEJS
    TIMESKETCH = TIMESKETCH


def columns_of(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(column for group in groups for column in group.value)


class Layout(StrEnum):
    """What the file is for. TimelineJS has a slide for an event and none for a statement."""

    EVERYTHING = "everything"
    CORE = "core"
    TIMELINEJS = "timelinejs"
    TIMESKETCH = "timesketch"

    @property
    def groups(self) -> tuple[Group, ...]:
        match self:
            case Layout.CORE:
                return (Group.CORE,)
            case Layout.TIMELINEJS:
                return (Group.TIMELINEJS,)
            case Layout.TIMESKETCH:
                return (Group.TIMESKETCH,)
        return (Group.CORE, Group.TIMELINEJS, Group.TIMESKETCH)

    @property
    def story_groups(self) -> tuple[Group, ...]:
        """The groups of a story's file."""
        return tuple(group for one in self.groups for group in ((one, Group.OF_STORY) if one is Group.CORE else (one,)))

    @property
    def columns(self) -> tuple[str, ...]:
        return columns_of(self.groups)

    @property
    def has_title_row(self) -> bool:
        """Whether a story's file begins with a row for its title: TimelineJS makes the first slide of it."""
        return self is Layout.TIMELINEJS

    @property
    def has_statement_rows(self) -> bool:
        return self is not Layout.TIMELINEJS


PRESETS = (Layout.TIMELINEJS, Layout.TIMESKETCH)
