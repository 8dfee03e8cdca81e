"""The entries of a story as people set them: put in, left out, emphasised, with a note. Each act is signed as one."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError

from timeline.admin.history import Edit, remember
from timeline.models import Event, Story, StoryEntry

# What a button does with an entry, and the words that tell of it afterwards.
ACTS = {
    "pin": "is put in",
    "leave": "is left out",
    "clear": "is as the filters say",
    "key": "is a key entry",
    "plain": "is no key entry any more",
    "up": "is moved up",
    "down": "is moved down",
}


class Entries:
    """What people have said of a story's entries; `save` writes what an act has changed of it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.rows: list[StoryEntry] = list(story.entries.select_related("event").order_by("pk"))
        self.before = {entry.pk: _said(entry) for entry in self.rows}
        self.fingerprint = hashlib.sha256(repr(sorted(self.before.items())).encode()).hexdigest()[:24]

    @property
    def ranked(self) -> list[StoryEntry]:
        """The key entries, the leading one first."""
        return sorted((entry for entry in self.rows if entry.emphasis is not None), key=lambda one: one.emphasis or 0)

    def of(self, event: Event) -> StoryEntry | None:
        return next((entry for entry in self.rows if entry.event_id == event.pk), None)

    def change(self, act: str, event: Event) -> None:
        """Do what a button says; of an act that is not known, nothing.

        Raises:
            ValidationError: there are as many entries as a story may have.
        """
        match act:
            case "pin":
                self._made(event).left_out = False
            case "leave":
                entry = self._made(event)
                entry.left_out, entry.emphasis = True, None
            case "key":
                entry = self._made(event)
                entry.left_out, entry.emphasis = False, len(self.ranked) + 1
            case "plain" | "clear" | "up" | "down" if (known := self.of(event)) is not None:
                if act == "clear":
                    self.rows.remove(known)
                elif act == "plain":
                    known.emphasis = None
                else:
                    self._move(known, -1 if act == "up" else 1)
        self._rank()

    def forget(self, pk: int) -> None:
        """Drop what was said of an event that is there no longer."""
        self.rows = [entry for entry in self.rows if entry.pk != pk or entry.event_id is not None]
        self._rank()

    def note(self, event: Event, words: str) -> None:
        """Write a note, which puts the entry in: it stays, whatever the filters say.

        Raises:
            ValidationError: there are as many entries as a story may have.
        """
        if words or self.of(event) is not None:
            self._made(event).note = words

    def save(self, edit: Edit) -> bool:
        """Write what has changed, in the name of whoever did it; whether anything has."""
        staying = {entry.pk for entry in self.rows}
        dropped = [entry for entry in self.story.entries.all() if entry.pk not in staying]
        changed = [entry for entry in self.rows if self.before.get(entry.pk) != _said(entry)]
        if not changed and not dropped:
            return False
        remember(self.story, edit)
        for entry in dropped:
            edit.sign(entry)
            entry.delete()
        for entry in changed:
            edit.sign(entry)
            entry.save()
        return True

    def _made(self, event: Event) -> StoryEntry:
        if (known := self.of(event)) is not None:
            return known
        if len(self.rows) >= Story.MOST_ENTRIES:
            raise ValidationError(f"A story has at most {Story.MOST_ENTRIES} entries set by hand. Clear one first.")
        entry = StoryEntry(story=self.story, event=event)
        self.rows.append(entry)
        return entry

    def _move(self, entry: StoryEntry, by: int) -> None:
        ranked = self.ranked
        if entry in ranked:
            place = ranked.index(entry)
            other = ranked[min(max(place + by, 0), len(ranked) - 1)]
            entry.emphasis, other.emphasis = other.emphasis, entry.emphasis

    def _rank(self) -> None:
        """Count the ranks from 1, without gaps."""
        for rank, entry in enumerate(self.ranked, start=1):
            entry.emphasis = rank


def _said(entry: StoryEntry) -> tuple[int | None, bool, int | None, str]:
    return entry.event_id, entry.left_out, entry.emphasis, entry.note
