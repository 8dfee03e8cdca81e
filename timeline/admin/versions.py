"""The history of a thing as versions with their differences, and the way back to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils import timezone

from timeline.admin.dates import let_others_follow
from timeline.admin.history import PARTS, Edit, attributes, history_of, last_rows, part_ids, remember
from timeline.admin.ledger import Ledger
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, Alias, Article, Event, Judgement, Participation, Place, Statement, Story, StoryEntry
from timeline.models.corrections import Correctable
from timeline.models.dated import Dated
from timeline.models.merged import Mergeable
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

UNTOLD: dict[type[Model], tuple[str, ...]] = {
    Event: ("id", "confidence"),
    Statement: ("id", "confidence"),
    Participation: ("id", "event"),
    Alias: ("id", "actor"),
    Actor: ("id",),
    Article: ("id", "retrieved_at"),
    Place: ("id",),
    Story: ("id", "corrections"),
    StoryEntry: ("id", "story"),
}
# Parts that tie a thing to another one, which may have been merged or deleted since: the key to that one.
TIED: dict[type[Model], str] = {Participation: "actor_id", StoryEntry: "event_id"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of a thing, or of a part of it, before and after."""

    field: str
    before: str
    after: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one edit left; `by` is empty where it was the readings."""

    at: datetime
    by: str
    why: str
    changes: tuple[Change, ...]

    @property
    def stamp(self) -> int:
        """The moment as a number that goes into an address."""
        return (self.at - EPOCH) // timedelta(microseconds=1)


def moment_of(stamp: int) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=stamp)
    except OverflowError:
        return EPOCH


def versions(thing: Model) -> list[Version]:
    """All versions of a thing and its parts, newest first."""
    names = Names()
    edits: dict[datetime, list[tuple[Any, Any]]] = defaultdict(list)
    for model, ids in _family(thing):
        before: dict[int, Any] = {}
        rows = history_of(model).objects.filter(id__in=ids).select_related("history_user")
        for row in rows.order_by("history_date", "history_id"):
            edits[row.history_date].append((before.get(row.id), row))
            before[row.id] = row
    names.learn(row for pairs in edits.values() for _, row in pairs)
    found = []
    for at, pairs in edits.items():
        rows = [row for _, row in pairs]
        changes = [change for old, new in pairs for change in differences(old, new, names, thing)]
        found.append(
            Version(
                at=at,
                by=next((row.history_user.get_username() for row in rows if row.history_user), ""),
                why=next((row.history_change_reason for row in rows if row.history_change_reason), ""),
                changes=tuple(changes),
            )
        )
    return sorted((v for v in found if v.changes or v.by), key=lambda version: version.at, reverse=True)


def _family(thing: Model) -> Iterable[tuple[type[Model], set[int]]]:
    yield type(thing), {thing.pk}
    for model, key in PARTS.get(type(thing), ()):
        yield model, part_ids(model, key, thing.pk)


class Names:
    """What rows are called that history knows by number."""

    def __init__(self) -> None:
        self.known: dict[tuple[type[Model], Any], str] = {}

    def learn(self, rows: Iterable[Any]) -> None:
        """Ask for all names that history rows will need, with one query a model."""
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for row in rows:
            for field in history_of(row.instance_type).tracked_fields:
                if isinstance(field, ForeignKey) and (pk := getattr(row, field.attname)) is not None:
                    wanted[field.related_model].add(pk)
        for model, pks in wanted.items():
            found = model._default_manager.filter(pk__in=pks)
            beside = found.select_related("speaker") if model is Statement else found
            self.known |= {(model, row.pk): str(row) for row in beside}

    def __call__(self, model: type[Model], pk: Any) -> str:
        if pk is None:
            return ""
        if (model, pk) not in self.known:
            row = model._default_manager.filter(pk=pk).first()
            self.known[model, pk] = str(row) if row is not None else f"{model._meta.verbose_name} no longer there"
        return self.known[model, pk]


def differences(old: Any | None, new: Any, names: Names, thing: Model) -> list[Change]:
    """What a row says of a thing before and after; a part that is another thing's says nothing of this one."""
    model: type[Model] = new.instance_type
    was = {} if old is None or old.history_type == "-" or not _is_of(thing, old) else _told(model, old, names)
    now = {} if new.history_type == "-" or not _is_of(thing, new) else _told(model, new, names)
    part = "" if model is type(thing) else _part_name(model, new, names)
    return [
        Change(field=field, before=was.get(field, ""), after=now.get(field, ""), part=part)
        for field in dict.fromkeys([*was, *now])
        if was.get(field, "") != now.get(field, "")
    ]


def _is_of(thing: Model, row: Any) -> bool:
    keys = dict(PARTS.get(type(thing), ()))
    return row.instance_type not in keys or getattr(row, keys[row.instance_type]) == thing.pk


def _part_name(model: type[Model], row: Any, names: Names) -> str:
    if model is Participation:
        return f"actor {names(Actor, row.actor_id)}"
    if model is StoryEntry:
        return f"entry “{names(Event, row.event_id)}”"
    if model is Statement:
        text = row.text if len(row.text) <= 60 else row.text[:59] + "…"
        return f"statement “{text}”"
    return f"spelling “{row.text}”"


def _told(model: type[Model], row: Any, names: Names) -> dict[str, str]:
    """A history row as words, field by field; the columns of a date are one field."""
    told: dict[str, str] = {}
    dated = issubclass(model, Dated)
    for field in history_of(model).tracked_fields:
        if dated and field.name in Dated.DATE_FIELDS:
            if field.name == "earliest":
                told["date"] = _date_in_words(row)
            continue
        if field.name in UNTOLD.get(model, ()) or not (field.editable or field.name == "page_clock"):
            continue
        value = getattr(row, field.attname)
        label = str(field.verbose_name)
        if isinstance(field, ForeignKey):
            told[label] = names(field.related_model, value)
        elif isinstance(value, bool):
            told[label] = "yes" if value else ""
        elif isinstance(value, list):
            told[label] = ", ".join(map(str, value))
        else:
            told[label] = "" if value is None else str(value)
    if (locked := getattr(row, "corrections", None)) and "corrections" not in UNTOLD.get(model, ()):
        told["kept by hand"] = ", ".join(sorted(locked))
    return told


def _date_in_words(row: Any) -> str:
    value = PartialDate(
        earliest=row.earliest,
        latest=row.latest,
        precision=DatePrecision(row.precision),
        basis=DateBasis(row.basis),
        clock=row.clock,
        zone=row.timezone or None,
        approximate=row.approximate,
    )
    reason = f"; {row.date_reason}" if row.date_reason else ""
    return f"{value.display} ({row.basis}{reason})"


def restore(thing: Correctable, at: datetime, edit: Edit) -> bool:
    """Bring back what people had said at a moment, and what they had not; False where there was no such version.

    Only fields that were locked then or are now take their old value, with their lock as it was: the rest belongs to
    the readings.
    """
    remember(thing, edit)
    own = last_rows(type(thing), {thing.pk}, at)
    if not own or own[0].history_type == "-":
        return False
    actors_are_ours = "actors" in {*thing.corrections, *own[0].corrections}
    _take_back(thing, own[0])
    for model, key in PARTS.get(type(thing), ()):
        then = {row.id: row for row in last_rows(model, part_ids(model, key, thing.pk), at)}
        if model is StoryEntry or (model is Participation and actors_are_ours):
            _restore_ties(thing, model, key, then, edit)
        elif model is Statement:
            _restore_statements(then, edit)
        elif model is Alias:
            _restore_aliases(thing, then, edit)
    edit.sign(thing)
    if isinstance(thing, Event | Statement):
        thing.place_in_time()
    thing.save()
    event = thing.event if isinstance(thing, Statement) else thing
    if isinstance(event, Event):
        let_others_follow(event, edit)
    elif isinstance(thing, Actor):
        suggest_anew(thing)
    return True


def give_back(thing: Correctable, locks: Iterable[str]) -> set[str]:
    """Release locks: what was read comes back where history knows it. The columns that have changed; the caller saves.

    A status stays: what was decided is taken back by deciding otherwise.
    """
    freed = set(locks)
    changed: set[str] = set()
    rows = history_of(type(thing)).objects.filter(id=thing.pk).exclude(history_type="-")
    for lock in freed & set(thing.corrections) - {"status"}:
        ordered = rows.order_by("-history_date", "-history_id").iterator()
        read = next((row for row in ordered if lock not in row.corrections), None)
        for column in columns_of(type(thing), lock) if read is not None else ():
            setattr(thing, column, still_there(type(thing), column, getattr(read, column)))
            changed.add(column)
    if "earliest" in changed and isinstance(thing, Event | Statement):
        thing.place_in_time()
        changed.add("chrono")
    thing.release(freed)
    return changed


def columns_of(model: type[Model], lock: str) -> list[str]:
    """The columns behind the name of a lock."""
    if lock == "date":
        return list(Dated.DATE_FIELDS)
    return [field.attname for field in model._meta.concrete_fields if field.name == lock]


def _take_back(thing: Correctable, row: Any) -> None:
    model = type(thing)
    for lock in {*thing.corrections, *row.corrections}:
        for column in columns_of(model, lock):
            setattr(thing, column, still_there(model, column, getattr(row, column)))
    thing.corrections = row.corrections


def still_there(model: type[Model], column: str, value: Any) -> Any:
    """A reference to what now stands for what it names, unless that has been deleted since."""
    return _still_there(model, column, {value})[value]


def _still_there(model: type[Model], column: str, values: set[Any]) -> dict[Any, Any]:
    field = next(field for field in model._meta.concrete_fields if field.attname == column)
    if not isinstance(field, ForeignKey):
        return {value: value for value in values}
    related: Any = field.related_model
    found = related._default_manager.in_bulk(values - {None})
    kept = {pk: row.kept.pk if isinstance(row, Mergeable) else pk for pk, row in found.items()}
    return {value: kept.get(value) for value in values}


def brought_back(model: type[Any], rows: Sequence[Any]) -> list[Any]:
    """History rows as things that can be saved again, in as many queries for many as for few."""
    columns = {name: [getattr(row, name) for row in rows] for name in attributes(model)}
    for name, values in columns.items():
        now = _still_there(model, name, set(values)) if _is_reference(model, name) else None
        columns[name] = values if now is None else [now[value] for value in values]
    return [model(**{name: values[number] for name, values in columns.items()}) for number in range(len(rows))]


def _is_reference(model: type[Model], column: str) -> bool:
    return any(isinstance(field, ForeignKey) and field.attname == column for field in model._meta.concrete_fields)


def _restore_ties(thing: Model, model: type[Any], key: str, then: dict[int, Any], edit: Edit) -> None:
    """Each actor of an event, or event of a story, once, as whoever stands for it now: what has been merged stays
    merged."""
    other = TIED[model]
    wanted: dict[int, Any] = {}
    for row in brought_back(model, [row for row in then.values() if row.history_type != "-"]):
        tied = getattr(row, other)
        if tied is not None:
            setattr(row, key, thing.pk)
            wanted.setdefault(tied, row)
    rows = model._default_manager
    present = {row.pk: row for row in rows.filter(**{key: thing.pk})}
    told = attributes(model)
    staying = {
        row.pk
        for row in wanted.values()
        if row.pk in present and all(getattr(present[row.pk], name) == getattr(row, name) for name in told)
    }
    going = [row for pk, row in present.items() if pk not in staying]
    coming = [row for row in wanted.values() if row.pk not in staying]
    elsewhere = rows.filter(pk__in=[row.pk for row in coming]).exclude(**{key: thing.pk})
    taken = set(elsewhere.values_list("pk", flat=True))
    for row in coming:
        row.pk = None if row.pk in taken else row.pk
    ledger = Ledger(edit)
    ledger.touch(going)
    gone = rows.filter(pk__in=[row.pk for row in going])
    gone._raw_delete(gone.db)  # the ledger writes the history of all of them at once
    ledger.made(rows.bulk_create(coming))
    ledger.close()


def _restore_statements(then: dict[int, Any], edit: Edit) -> None:
    for statement in Statement.objects.filter(pk__in=then):
        row = then[statement.pk]
        if row.history_type == "-" or statement.corrections == row.corrections:
            continue
        _take_back(statement, row)
        statement.place_in_time()
        edit.sign(statement)
        statement.save()


def _restore_aliases(actor: Model, then: dict[int, Any], edit: Edit) -> None:
    """Spellings that people added since go, those that people took away since come back."""
    for alias in Alias.objects.filter(actor=actor.pk, by_hand=True):
        if alias.pk not in then or then[alias.pk].history_type == "-":
            edit.sign(alias)
            alias.delete()
    assert isinstance(actor, Actor)
    withdrawn = Judgement.objects.filter(verdict=Judgement.Verdict.NOT_ALIAS, left=actor.uid, undone_at__isnull=True)
    for row in then.values():
        judged = withdrawn.filter(right=row.normal)
        if row.history_type == "-" or not judged.exists() or Alias.objects.filter(pk=row.id).exists():
            continue
        judged.update(undone_at=timezone.now())
        restored = Alias(
            pk=row.id, actor_id=actor.pk, text=row.text, normal=row.normal, form=row.form, by_hand=row.by_hand
        )
        edit.sign(restored)
        restored.save(force_insert=True)
