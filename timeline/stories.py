"""What a story shows: all that its saved filters let through and all that is put in by hand, less what is left out.

Page, exports, feed and editor ask through one selection, and so they show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nlargest
from typing import Any
from urllib.parse import parse_qs

from django.db.models import Q
from django.http import QueryDict

from timeline.forms import ChronologyForm
from timeline.models import Actor, Event, Place, Publisher, Statement, Story, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet

# A story of more entries than this says “more than”: counting must not cost what the archive is large.
COUNTED = 1_000
# What saved filters name, and the column by which they name it.
NAMING: Mapping[str, tuple[Any, str]] = {
    "actor": (Actor, "uid"),
    "speaker": (Actor, "uid"),
    "place": (Place, "uid"),
    "publisher": (Publisher, "name"),
    "story": (Event, "uid"),
}


def form_of(query: str) -> ChronologyForm:
    """A saved filter as the chronology's form. A story is in order of time and begins at its beginning."""
    form = ChronologyForm(QueryDict(query))
    del form.fields["sort"], form.fields["after"]
    return form


def missing_something(stories: Iterable[Story]) -> list[Story]:
    """Those of which a filter names somebody or something that is no longer here, in as many queries for many stories
    as for few."""
    named: dict[str, set[str]] = {name: set() for name in NAMING}
    asked = {story: [parse_qs(query) for query in story.queries] for story in stories}
    for queries in asked.values():
        for name in named:
            named[name] |= {value for query in queries for value in query.get(name, ())}
    here = {
        name: set(model.objects.filter(**{f"{column}__in": named[name]}).values_list(column, flat=True))
        for name, (model, column) in NAMING.items()
    }
    return [
        story
        for story, queries in asked.items()
        if any(value not in here[name] for query in queries for name in NAMING for value in query.get(name, ()))
    ]


class Selection:
    """The events of a story and their statements, as they are now."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.entries: dict[int, StoryEntry] = {
            entry.event_id: entry for entry in story.entries.all() if entry.event_id is not None
        }
        self.forms = [form_of(query) for query in story.queries]
        self.sound = [form for form in self.forms if form.is_valid()]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """What filters ask for that no longer makes sense: the parameter, its value, and why. They let nothing through
        until it is put right; without the one part they would let through too much."""
        return [problem for form in self.forms for problem in form.problems]

    @cached_property
    def left_out(self) -> frozenset[int]:
        return frozenset(event for event, entry in self.entries.items() if entry.left_out)

    @cached_property
    def pinned(self) -> list[int]:
        return [event for event, entry in self.entries.items() if not entry.left_out]

    @cached_property
    def key_entries(self) -> list[int]:
        """The events that are emphasised, the leading one first."""
        ranked = [(entry.emphasis, event) for event, entry in self.entries.items() if entry.emphasis is not None]
        return [event for _, event in sorted(ranked)]

    def stretch(self, cursor: int | None, size: int) -> list[int]:
        """The ids of the next so many events after a place in the chronology, in order of time."""
        put_in = Event.objects.on_page().filter(pk__in=self.pinned).beyond(cursor).values_list("chrono", "pk")
        found = {chrono: pk for chrono, pk in put_in if chrono is not None}
        for form in self.sound:
            keys = form.keys(size + len(self.left_out), after=cursor)
            found |= {key.chrono: key.row for key in keys if key.row not in self.left_out}
        return [pk for _, pk in sorted(found.items())[:size]]

    def latest(self, size: int) -> EventQuerySet:
        """The events that came in last, the newest first."""
        found = set(Event.objects.on_page().filter(pk__in=self.pinned).values_list("pk", flat=True))
        for form in self.sound:
            found |= {pk for pk in form.latest(size + len(self.left_out)) if pk not in self.left_out}
        return Event.objects.filter(pk__in=nlargest(size, found)).order_by("-pk")

    @cached_property
    def beginning(self) -> list[int]:
        """The ids of its events, as far as they are counted."""
        return self.stretch(None, COUNTED + 1)

    @property
    def is_counted(self) -> bool:
        """Whether `beginning` is all there is."""
        return len(self.beginning) <= COUNTED

    @property
    def count(self) -> int:
        """How many events it has, as far as they are counted."""
        return min(len(self.beginning), COUNTED)

    def events(self) -> EventQuerySet:
        """All its events in order of time."""
        if self.is_counted:
            return Event.objects.filter(pk__in=self.beginning).oldest_first()
        among = Q(pk__in=self.pinned)
        for form in self.sound:
            among |= Q(pk__in=form.events().order_by().values("pk"))
        return Event.objects.on_page().filter(among).exclude(pk__in=self.left_out).oldest_first()

    @property
    def picks_statements(self) -> bool:
        """Whether events show only the statements asked for: where every filter asks for some."""
        return bool(self.sound) and all(form.picks_statements for form in self.sound)

    def statements(self) -> StatementQuerySet:
        """The statements shown with its events, in order; of an event put in by hand all."""
        if not self.picks_statements:
            return Statement.objects.on_page().oldest_first()
        found: StatementQuerySet = Statement.objects.on_page().filter(event__in=self.pinned)
        for form in self.sound:
            found |= form.statements()
        return found.oldest_first()
