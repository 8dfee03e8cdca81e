"""What people did, newest first, from the history of everything and from judgements: one act is one person's moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, OuterRef, Q, Subquery
from django.urls import reverse

from timeline.admin.history import history_of
from timeline.admin.versions import EPOCH, Change, Names, differences
from timeline.models import Actor, Alias, Article, Event, Judgement, Participation, Place, Statement, Story, StoryEntry

MODELS: tuple[type[Model], ...] = (Event, Statement, Actor, Place, Article, Story, Participation, Alias, StoryEntry)
OWNERS: Mapping[type[Model], tuple[type[Model], str]] = {
    Participation: (Event, "event_id"),
    Alias: (Actor, "actor_id"),
    StoryEntry: (Story, "story_id"),
}
# The kinds of things that acts are looked up by, and the history that tells of each.
KINDS: Mapping[str, tuple[type[Model], ...]] = {
    "event": (Event, Participation),
    "statement": (Statement,),
    "actor": (Actor, Alias),
    "place": (Place,),
    "article": (Article,),
    "story": (Story, StoryEntry),
    "judgement": (Judgement,),
}
# An act may touch thousands of rows; the page tells of so many of them, and of each so many fields.
ROWS, THINGS, FIELDS, WIDTH = 1_000, 20, 5, 90
DONE = {"+": "added", "~": "changed", "-": "deleted"}
KEPT = "kept by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which acts are asked for: by whom, on what, on which day, and before which moment."""

    person: Any = None
    kind: str = ""
    first: datetime | None = None
    last: datetime | None = None
    before: datetime | None = None
    exactly: datetime | None = None

    def rows(self, model: type[Model]) -> Any:
        """The history of a model, or the judgements, that tell of them."""
        moment, who = ("made_at", "by") if model is Judgement else ("history_date", "history_user")
        rows: Any = Judgement.objects.all() if model is Judgement else history_of(model).objects.all()
        asked = Q(**{f"{who}__isnull": False} if self.person is None else {who: self.person})
        for lookup, at in (("gte", self.first), ("lt", self.last), ("lt", self.before), ("exact", self.exactly)):
            if at is not None:
                asked &= Q(**{f"{moment}__{lookup}": at})
        return rows.filter(asked).order_by(f"-{moment}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing in an act: what became of it. `row` is the history row that tells it, if it is the thing's own."""

    model: type[Model]
    pk: int
    thing: Any | None
    name: str
    done: str
    changes: tuple[Change, ...]
    more: int
    row: Any | None

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def url(self) -> str:
        if self.thing is None:
            return ""
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", args=[self.pk])


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act of one person, on one thing or on many at once."""

    at: datetime
    by: str
    by_id: int
    why: str
    entries: tuple[Entry, ...]
    judgements: tuple[Judgement, ...]

    @property
    def stamp(self) -> int:
        return (self.at - EPOCH) // timedelta(microseconds=1)

    @property
    def shown(self) -> tuple[Entry, ...]:
        return self.entries[:THINGS]

    @property
    def hidden(self) -> int:
        return len(self.entries) - len(self.shown)

    @property
    def standing(self) -> tuple[Judgement, ...]:
        """The judgements of it that still hold."""
        return tuple(one for one in self.judgements if one.undone_at is None)

    @property
    def binds(self) -> bool:
        """Whether it merged or split: then its judgement knows the way back."""
        return any(one.verdict == Judgement.Verdict.SAME or one.moved.get("split") for one in self.judgements)

    @property
    def deletes(self) -> bool:
        """Whether an event or a statement went, with its passages: nothing but a reading can bring it back."""
        return any(entry.done == "deleted" and entry.model in (Event, Statement) for entry in self.entries)

    @property
    def way_back(self) -> str:
        """The words of the button that undoes it, or ''."""
        if self.binds:
            return "Undo" if self.standing else ""
        if self.deletes:
            return "Let it come back with the next reading" if self.standing else ""
        if any(entry.done == "deleted" and entry.model is Article for entry in self.entries):
            return ""
        return "Undo" if self.entries or self.standing else ""


def deeds(wanted: Wanted, limit: int) -> tuple[list[Deed], datetime | None]:
    """The newest acts that are asked for, and the moment to go on from, if there are more."""
    models: tuple[type[Model], ...] = KINDS[wanted.kind] if wanted.kind else (*MODELS, Judgement)
    moments: set[tuple[datetime, int]] = set()
    for model in models:
        names = ("made_at", "by") if model is Judgement else ("history_date", "history_user")
        moments.update(wanted.rows(model).values_list(*names).distinct()[: limit + 1])
    newest = sorted(moments, reverse=True)
    # What happened in one moment stays on one page.
    more = newest[limit - 1][0] if len(newest) > limit else None
    return _told([pair for pair in newest if more is None or pair[0] >= more]), more


def deed_at(at: datetime, person: int) -> Deed | None:
    """What one person did in one moment."""
    return next(iter(_told([(at, person)])), None)


def _told(moments: list[tuple[datetime, int]]) -> list[Deed]:
    chosen = set(moments)
    times = {at for at, _ in moments}
    rows: list[Any] = []
    before: dict[tuple[type[Model], int], Any] = {}
    for model in MODELS:
        found = _rows_at(model, times)
        rows += [row for row in found if (row.history_date, row.history_user_id) in chosen]
        earlier = history_of(model).objects.in_bulk({row.previous for row in found if row.previous is not None})
        before |= {(model, row.history_id): earlier.get(row.previous) for row in found}
    judgements: dict[tuple[datetime, int], list[Judgement]] = defaultdict(list)
    people: dict[int, str] = {row.history_user_id: row.history_user.get_username() for row in rows}
    for judgement in Judgement.objects.filter(made_at__in=times, by__isnull=False).select_related("by")[:ROWS]:
        assert judgement.by is not None
        judgements[judgement.made_at, judgement.by.pk].append(judgement)
        people[judgement.by.pk] = judgement.by.get_username()
    names = Names()
    names.learn([*rows, *(row for row in before.values() if row is not None)])
    grouped: dict[tuple[datetime, int], list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.history_date, row.history_user_id].append(row)
    things = _things(rows)
    found_deeds = []
    for moment in sorted(chosen, reverse=True):
        own = grouped[moment]
        entries = _entries(own, before, things, names)
        if entries or judgements[moment]:
            reasons = (*(row.history_change_reason for row in own), *(one.why for one in judgements[moment]))
            found_deeds.append(
                Deed(
                    at=moment[0],
                    by=people[moment[1]],
                    by_id=moment[1],
                    why=next((reason for reason in reasons if reason), ""),
                    entries=entries,
                    judgements=tuple(judgements[moment]),
                )
            )
    return found_deeds


def _rows_at(model: type[Model], times: set[datetime]) -> list[Any]:
    """History rows of some moments, each with the number of the row before it."""
    history = history_of(model)
    earlier = history.objects.filter(id=OuterRef("id"), history_date__lt=OuterRef("history_date"))
    previous = Subquery(earlier.order_by("-history_date", "-history_id").values("history_id")[:1])
    rows = history.objects.filter(history_date__in=times, history_user__isnull=False)
    return list(rows.select_related("history_user").annotate(previous=previous).order_by("history_id")[:ROWS])


def _owner(row: Any) -> tuple[type[Model], int]:
    model: type[Model] = row.instance_type
    if model in OWNERS:
        whole, key = OWNERS[model]
        return whole, getattr(row, key)
    return model, row.id


def _things(rows: Iterable[Any]) -> dict[tuple[type[Model], int], Any]:
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        model, pk = _owner(row)
        wanted[model].add(pk)
    found: dict[tuple[type[Model], int], Any] = {}
    for model, pks in wanted.items():
        things: Any = model._default_manager.filter(pk__in=pks)
        if model is Statement:
            things = things.select_related("speaker")
        found |= {(model, thing.pk): thing for thing in things}
    return found


def _entries(
    rows: list[Any],
    before: Mapping[tuple[type[Model], int], Any],
    things: Mapping[tuple[type[Model], int], Any],
    names: Names,
) -> tuple[Entry, ...]:
    own = {(row.instance_type, row.id): row for row in rows if row.instance_type not in OWNERS}
    gathered: dict[tuple[type[Model], int], list[Any]] = defaultdict(list)
    for row in rows:
        owner = _owner(row)
        if row.instance_type is Statement and (Event, row.event_id) in own:
            owner = (Event, row.event_id)  # it followed its event
        if owner in own or owner in things:  # the parts of what was deleted went with it
            gathered[owner].append(row)
    found = []
    for (model, pk), parts in gathered.items():
        thing = things.get((model, pk))
        stand_in: Any = thing if thing is not None else model(pk=pk)
        row = own.get((model, pk))
        changes = [
            change
            for part in parts
            for change in differences(before.get((part.instance_type, part.history_id)), part, names, stand_in)
        ]
        told = [change for change in changes if change.field != KEPT] or changes
        done = DONE[row.history_type] if row is not None else DONE["~"]
        if done != DONE["~"]:
            told = []
        found.append(
            Entry(
                model=model,
                pk=pk,
                thing=thing,
                name=str(thing) if thing is not None else _name_of(row),
                done=done,
                changes=tuple(_short(change) for change in told[:FIELDS]),
                more=max(0, len(told) - FIELDS),
                row=row,
            )
        )
    return tuple(sorted(found, key=lambda entry: (entry.done != "deleted", entry.kind, entry.name)))


def _name_of(row: Any) -> str:
    return str(next((getattr(row, name) for name in ("title", "name", "text") if getattr(row, name, "")), "it"))[:WIDTH]


def _short(change: Change) -> Change:
    def cut(words: str) -> str:
        return words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"

    return replace(change, before=cut(change.before), after=cut(change.after))
