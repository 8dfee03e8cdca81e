"""Two entries that a person finds to be one, one that is found to be two, and the way back from both.

A merge moves what names one entry to the other, and keeps in its judgement what taking it back needs. The entry that
went stays as a row; readings, pages and filters see the one that stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.db import models
from django.db.models import Model, Q

from timeline.extraction.names import normal_form
from timeline.ingest.derived import refresh
from timeline.ingest.judgements import judge, pair_of, spell, withdraw_spelling
from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggest_anew
from timeline.models import (
    Account,
    Actor,
    Alias,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Judgement,
    Participation,
    Statement,
    StoryEntry,
)
from timeline.models.dated import Dated
from timeline.models.suggestions import NameKey, Suggestion
from timeline.reconciliation.identity import passage_key
from timeline.vocabulary import DateBasis, EventStatus

Entry = Actor | Event | Statement
QUOTES = '“”„«»"'
# What a statement split from another has of it.
SHARED = (
    "kind",
    "speaker_id",
    "speaker_as_written",
    "cue",
    "medium",
    "addressee",
    "hedged",
    "inserted",
    "event_id",
    "confidence",
    "own_date",
)
Touch = Callable[[Iterable[Model]], None]

# What the kept entry takes over where it says nothing itself, or where a person has said it of the other one alone.
TAKEN_OVER: dict[type[Model], tuple[str, ...]] = {
    Actor: ("role", "description", "country", "part_of"),
    Event: ("title", "description", "date", "date_display", "place", "part_of", "hedged", "status"),
    Statement: ("speaker", "event", "medium", "addressee", "cue", "date", "hedged", "status"),
}


class NotMergeable(Exception):
    """Two entries that cannot be merged, or a merge that cannot be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decides, when and why. `touch` is told of rows before they change and `made` of new ones, so that history can
    be written."""

    by: User
    at: datetime
    why: str = ""
    touch: Touch = field(default=lambda rows: None)
    made: Touch = field(default=lambda rows: None)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names entries of one kind, and what must stay unique with it."""

    model: type[Model]
    name: str
    unique: tuple[tuple[str, ...], ...]

    @property
    def label(self) -> str:
        return f"{self.model.__name__}.{self.name}"

    def naming(self, entry: Model) -> list[Any]:
        return list(self.model._default_manager.filter(**{self.name: entry.pk}).order_by("pk"))

    def key(self, row: Any, others: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in others)


def references(model: type[Model]) -> tuple[Reference, ...]:
    """Every column that names an entry of a kind; also that of what was merged into it, so that no chains arise."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or isinstance(relation, models.OneToOneRel):
            continue
        naming, name = relation.related_model, relation.field.name
        if naming is Account:
            continue  # what was read of an entry stays with it, and is believed of the one that stands for it
        if isinstance(naming, str) or naming._meta.auto_created or hasattr(naming, "history_object"):
            continue
        if issubclass(naming, Suggestion | NameKey):
            continue  # found anew
        unique = tuple(
            tuple(naming._meta.get_field(other).attname for other in constraint.fields if other != name)  # type: ignore[union-attr]
            for constraint in naming._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields
        )
        found.append(Reference(naming, name, tuple(dict.fromkeys(unique))))
    return tuple(found)


def kind_of(entry: Entry) -> str:
    return str(type(entry)._meta.model_name)


def give_back_names(actors: Iterable[Actor]) -> None:
    """Before actors go that have been merged into others: let these have no more of them than a person has said."""
    for gone in actors:
        judgement = merge_of(gone)
        if judgement is not None:
            taken = judgement.moved["taken"]
            _give_back(gone.kept, {name: one for name, one in taken.items() if "mark" not in one})


def find(uid: str, kind: str) -> Entry | None:
    """The entry with a uid."""
    model: Any = {"actor": Actor, "event": Event, "statement": Statement}[kind]
    found: Entry | None = model.objects.filter(uid=uid).first()
    return found


# --- merging -------------------------------------------------------------------------------------------------------


def merge(kept: Entry, gone: Entry, act: Act) -> Judgement:
    """Let one entry stand for another, for good: what names the one that goes names the kept one from now on.

    Raises:
        NotMergeable: they are of two kinds, or one and the same already.
    """
    if type(kept) is not type(gone):
        raise NotMergeable("Only two entries of one kind can be merged.")
    kept, gone = kept.kept, gone.kept
    if kept.pk == gone.pk:
        raise NotMergeable("They are one entry already.")
    with one_at_a_time():
        left, right = pair_of(kept, gone)
        standing = Judgement.objects.filter(left=left, right=right, undone_at__isnull=True)
        standing.filter(verdict=Judgement.Verdict.DIFFERENT).update(undone_at=act.at)
        judgement = judge(
            Judgement.Verdict.SAME, left, right, kind=kind_of(kept), by=act.by, why=act.why, at=act.at
        )  # fmt: skip
        _move(judgement, kept, gone, act)
        _bring_up_to_date(kept, gone, thinned=_thinned(judgement))
    return judgement


def undo(judgement: Judgement, act: Act, *, for_good: bool = True) -> None:
    """Take back a merge or a split, or let any other judgement hold no longer.

    What a merge moved goes back, and what readings have added to the kept entry since stays there; that the two are
    different is remembered, unless it is not `for_good`: then they may be one again. Merges made since into the same
    entry stay.

    Raises:
        NotMergeable: an entry of it is gone.
    """
    with one_at_a_time():
        judgement.refresh_from_db()
        if judgement.undone_at is not None:
            return
        if judgement.verdict == Judgement.Verdict.SAME:
            _undo_merge(judgement, act, for_good)
        elif judgement.moved.get("split"):
            _undo_split(judgement, act)
        else:
            Judgement.objects.filter(pk=judgement.pk).update(undone_at=act.at)
            if judgement.verdict == Judgement.Verdict.DIFFERENT:
                suggest_anew(*filter(None, (find(uid, judgement.kind) for uid in (judgement.left, judgement.right))))
    judgement.refresh_from_db()


def _undo_merge(judgement: Judgement, act: Act, for_good: bool) -> None:
    later = _later(judgement)
    thinned = _thinned(judgement, *later)
    for other in (*reversed(later), judgement):
        _move_back(other, act)
    Judgement.objects.filter(pk=judgement.pk).update(undone_at=act.at)
    for other in later:
        _move(other, *_entries(other), act)
    if for_good:
        judge(
            Judgement.Verdict.DIFFERENT, judgement.left, judgement.right,
            kind=judgement.kind, by=act.by, why=act.why, at=act.at,
        )  # fmt: skip
    entries = {entry.uid: entry.kept for other in (judgement, *later) for entry in _entries(other)}
    _bring_up_to_date(*entries.values(), thinned=thinned | _thinned(*later))


def _undo_split(judgement: Judgement, act: Act) -> None:
    whole, part = (find(uid, judgement.kind) for uid in judgement.moved["split"])
    if whole is None or part is None:
        raise NotMergeable("One of the two is deleted.")
    merge(whole, part, act)


def _entries(judgement: Judgement) -> tuple[Any, Any]:
    kept, gone = (find(judgement.moved[name], judgement.kind) for name in ("kept", "gone"))
    if kept is None or gone is None:
        raise NotMergeable("One of the two is deleted.")
    return kept, gone


def _later(judgement: Judgement) -> list[Judgement]:
    """The merges made since that build on this one, oldest first: they touch what it touched, or what these touch."""
    touched = _touched(judgement)
    found = []
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True, pk__gt=judgement.pk)
    for other in merges.order_by("pk"):
        rows = _touched(other)
        if not touched.isdisjoint(rows) and _is_there(other):
            touched |= rows
            found.append(other)
    return found


def _is_there(judgement: Judgement) -> bool:
    """Whether nobody has deleted its entries since."""
    return all(find(judgement.moved[name], judgement.kind) is not None for name in ("kept", "gone"))


def _touched(judgement: Judgement) -> set[tuple[str, int]]:
    """The rows that a merge moved or put away, those that it compared them with, and its two entries."""
    moved = judgement.moved
    found = {(judgement.kind, pk) for pk in moved["entries"]}
    for rows in (moved["rows"], moved["loosened"], moved["rivals"]):
        found |= {(label.partition(".")[0].lower(), pk) for label, pks in rows.items() for pk in pks}
    return found | {(row["model"].partition(".")[2], row["pk"]) for row in moved["deleted"]}


def merge_of(gone: Entry | None) -> Judgement | None:
    """The merge that holds, by which an entry has gone into another."""
    if gone is None:
        return None
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True)
    found = merges.filter(Q(left=gone.uid) | Q(right=gone.uid))
    return next((judgement for judgement in found if judgement.moved.get("gone") == gone.uid), None)


def merges_into(kept: Entry) -> list[Judgement]:
    """The merges that hold, by which others have gone into this entry."""
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True)
    found = merges.filter(Q(left=kept.uid) | Q(right=kept.uid)).order_by("pk")
    return [judgement for judgement in found if judgement.moved.get("kept") == kept.uid]


def _move(judgement: Judgement, kept: Any, gone: Any, act: Act) -> None:
    """Carry out a merge, and write down in its judgement all that it changes."""
    before = [other.moved for other in merges_into(kept) if other.pk != judgement.pk]
    moved: dict[str, Any] = {
        "entries": [kept.pk, gone.pk],
        "kept": kept.uid,
        "gone": gone.uid,
        "rows": {},
        "loosened": {},
        "rivals": {},
        "deleted": [],
        "spelled": [],
        "status": getattr(gone, "status", ""),
    }
    act.touch([kept, gone])
    if not isinstance(gone, Actor):
        proof = gone.evidence.select_related("article")
        moved["fingerprints"] = sorted({row.fingerprint for row in proof if row.fingerprint})
        moved["passages"] = sorted({passage_key(row.exact) for row in proof})
        own = kept.evidence.filter(fingerprint__in=moved["fingerprints"])
        moved["shared"] = sorted(set(own.values_list("fingerprint", flat=True)))
        moved["sources"] = sorted({row.article.source_key for row in proof if row.article})
    for reference in references(type(kept)):
        _move_rows(reference, kept, gone, moved, before, act)
    if isinstance(kept, Actor):
        withdrawn = Judgement.objects.filter(
            verdict=Judgement.Verdict.NOT_ALIAS, left=kept.uid, undone_at__isnull=True,
            right__in=kept.aliases.values("normal"),
        )  # fmt: skip
        moved["spelled"] = list(withdrawn.values_list("pk", flat=True))
        withdrawn.update(undone_at=act.at)
    moved["taken"] = _take_over(kept, gone, before)
    gone.merged_into = kept
    columns = {"merged_into": kept}
    if not isinstance(gone, Actor):
        columns["status"] = gone.status = EventStatus.MERGED
    type(gone)._default_manager.filter(pk=gone.pk).update(**columns)
    judgement.moved = moved
    judgement.save(update_fields=["moved"])


def _move_rows(
    reference: Reference, kept: Any, gone: Any, moved: dict[str, Any], before: list[dict[str, Any]], act: Act
) -> None:
    """Let the rows that name the one name the other; of two that would say the same the kept one's own stays.

    That a double is left out of a story says nothing of the one it is a double of; that it is put in does.
    """
    rows = [row for row in reference.naming(gone) if not (isinstance(row, StoryEntry) and row.left_out)]
    if not rows:
        return
    came = {pk for other in before for pk in other["rows"].get(reference.label, ())}
    taken = {
        (others, reference.key(row, others)): row
        for row in (reference.naming(kept) if reference.unique else ())
        for others in reference.unique
    }
    above = _above(kept, reference)
    moving, deleted, loose = [], [], []
    met: set[int] = set()
    for row in rows:
        rivals = {
            rival.pk: rival
            for others in reference.unique
            if (rival := taken.get((others, reference.key(row, others)))) is not None
        }
        met |= set(rivals)
        if row.pk in above or (reference.name == "carries_on" and row.main_event_id == kept.pk):
            loose.append(row)
        elif reference.model is EventRelation and kept.pk in (row.source_id, row.target_id):
            deleted.append(row)
        elif not rivals:
            moving.append(row)
        elif all(rival.pk in came and rival.pk > row.pk for rival in rivals.values()) or (
            isinstance(row, StoryEntry) and all(row.weight > rival.weight for rival in rivals.values())
        ):
            # The order in which doubles are merged must not matter, and nobody's words in a story are to be lost.
            deleted.extend(rivals.values())
            moving.append(row)
        else:
            deleted.append(row)
    act.touch([*moving, *deleted, *loose])
    moved["deleted"] += json.loads(serializers.serialize("json", deleted))
    manager = reference.model._default_manager
    manager.filter(pk__in=[row.pk for row in deleted]).delete()
    manager.filter(pk__in=[row.pk for row in moving]).update(**{reference.name: kept})
    manager.filter(pk__in=[row.pk for row in loose]).update(**{reference.name: None})
    moved["rows"][reference.label] = [row.pk for row in moving]
    moved["rivals"][reference.label] = sorted(met)
    moved["loosened"][reference.label] = [row.pk for row in loose]


def _above(kept: Any, reference: Reference) -> set[int]:
    """The kept entry and what it is part of: they can be no part of it."""
    found: set[int] = set()
    if reference.model is type(kept):
        entry = kept
        while entry is not None and entry.pk not in found:
            found.add(entry.pk)
            entry = getattr(entry, reference.name)
    return found


def _move_back(judgement: Judgement, act: Act) -> None:
    """Undo what a merge changed, as far as it is still there to be undone."""
    kept, gone = _entries(judgement)
    moved = judgement.moved
    act.touch([kept, gone])
    _give_back(kept, moved["taken"])
    for reference in references(type(kept)):
        back = reference.model._default_manager.filter(
            Q(pk__in=moved["rows"].get(reference.label, ())) | _read_again(reference, moved),
            **{reference.name: kept},
        )
        rows = list(back)
        act.touch(rows)
        reference.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**{reference.name: gone})
        loosened = reference.model._default_manager.filter(
            pk__in=moved["loosened"].get(reference.label, ()), **{reference.name: None}
        )
        act.touch(list(loosened))
        loosened.update(**{reference.name: gone})
    _restore(moved["deleted"], act)
    Judgement.objects.filter(pk__in=moved["spelled"]).update(undone_at=None)
    columns: dict[str, Any] = {"merged_into": None}
    if not isinstance(gone, Actor):
        columns["status"] = moved["status"]
    type(gone)._default_manager.filter(pk=gone.pk).update(**columns)
    if isinstance(kept, Event) and not _all_there(moved, "Evidence.event"):
        _let_claims_follow(kept, gone)


def _read_again(reference: Reference, moved: dict[str, Any]) -> Q:
    """Passages that stand for moved ones since their article was read again."""
    if reference.model is not Evidence or _all_there(moved, reference.label):
        return Q(pk__in=())
    return Q(fingerprint__in=set(moved["fingerprints"]) - set(moved["shared"]), by_hand=False)


def _all_there(moved: dict[str, Any], label: str) -> bool:
    rows = moved["rows"].get(label, ())
    return Evidence.objects.filter(pk__in=rows).count() == len(rows)


def _let_claims_follow(kept: Event, gone: Event) -> None:
    """What an article read again says of the date goes where its passages have gone."""
    staying = set(kept.evidence.values_list("article", flat=True))
    going = set(gone.evidence.values_list("article", flat=True)) - staying
    said = set(gone.claims.values_list("article", flat=True))
    Claim.objects.filter(event=kept, article__in=going - said - {None}).update(event=gone)


def _restore(deleted: list[dict[str, Any]], act: Act) -> None:
    """Bring rows back that a merge took away, unless what they name is gone or another says the same by now."""
    for one in serializers.deserialize("json", json.dumps(deleted)):
        row: Any = one.object
        model = type(row)
        if model._default_manager.filter(pk=row.pk).exists() or not _can_stand(row):
            continue
        act.made([row])
        row.save_base(raw=True, force_insert=True)


def _can_stand(row: Any) -> bool:
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if isinstance(column, models.ForeignKey) and value is not None:
            related: Any = column.related_model
            if not related._default_manager.filter(pk=value).exists():
                return False
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            same = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}
            if None not in same.values() and type(row)._default_manager.filter(**same).exists():
                return False
    return True


# --- what the kept entry takes over --------------------------------------------------------------------------------


def _columns(model: type[Model], name: str) -> tuple[str, ...]:
    if name == "date":
        return (*Dated.DATE_FIELDS, "own_date") if model is Statement else Dated.DATE_FIELDS
    if name == "status":
        return ("status", "review_reason")
    return (model._meta.get_field(name).attname,)  # type: ignore[union-attr]


def _plain(row: Any, columns: Iterable[str]) -> dict[str, Any]:
    """Columns as JSON has them."""
    values = {name: getattr(row, name) for name in columns}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _says_nothing(entry: Any, name: str) -> bool:
    if name == "date":
        if isinstance(entry, Statement):
            return not entry.has_own_date
        return entry.basis in (DateBasis.PUBLICATION_BOUND, DateBasis.ORDER) or (
            entry.earliest is None and entry.latest is None
        )
    if name == "status":
        return str(entry.status) not in (EventStatus.AUTOMATIC, EventStatus.CONFIRMED, EventStatus.DISPUTED)
    if name == "hedged":
        return bool(entry.hedged)  # one source that says it as a fact is enough
    return getattr(entry, _columns(type(entry), name)[0]) in (None, "")


def _take_over(kept: Any, gone: Any, before: list[dict[str, Any]]) -> dict[str, Any]:
    """What the kept entry says nothing of and the other does; and what a person has set of the other alone.

    Of several that have gone into one the first row speaks, in whatever order they went.
    """
    taken: dict[str, Any] = {}
    for name in TAKEN_OVER[type(kept)]:
        columns = _columns(type(kept), name)
        mark = gone.corrections.get(name)
        silent = _says_nothing(gone, name)
        # A rejection is of the entry that goes, and no word on the kept one.
        rank = [1, gone.pk] if mark and not (name == "status" and silent) else [3, gone.pk]
        if silent and rank[0] == 3:
            continue
        now = _plain(kept, columns)
        earlier = [other["taken"][name] for other in before if name in other["taken"]]
        lent = next((one for one in reversed(earlier) if one["after"] == now), None)
        if lent is not None:
            own = lent["rank"]
        else:
            own = [0, 0] if kept.is_locked(name) else [4, 0] if _says_nothing(kept, name) else [2, 0]
        if rank >= own:
            continue
        after = _plain(gone, columns)
        if name == "part_of" and after[columns[0]] == kept.pk:
            continue
        taken[name] = {"before": now, "after": after, "rank": rank, "lock": kept.corrections.get(name)}
        _set(kept, after)
        kept.corrections = {key: value for key, value in kept.corrections.items() if key != name}
        if mark:
            kept.corrections = {**kept.corrections, name: mark}
            taken[name]["mark"] = mark
    if taken:
        written = {column for name in taken for column in _columns(type(kept), name)} | {"corrections"}
        type(kept)._default_manager.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in written})
    return taken


def _give_back(kept: Any, taken: dict[str, Any]) -> None:
    """What was taken over and still stands there."""
    columns: set[str] = set()
    for name, one in taken.items():
        if _plain(kept, one["after"]) != one["after"] or kept.corrections.get(name) != one.get("mark"):
            continue
        _set(kept, one["before"])
        columns |= {*one["before"], "corrections"}
        kept.corrections = {key: value for key, value in kept.corrections.items() if key != name}
        if one["lock"]:
            kept.corrections = {**kept.corrections, name: one["lock"]}
    if columns:
        type(kept)._default_manager.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in columns})


def _set(entry: Any, plain: dict[str, Any]) -> None:
    for column in entry._meta.concrete_fields:
        if column.attname in plain:
            setattr(entry, column.attname, column.to_python(plain[column.attname]))


def _thinned(*judgements: Judgement) -> set[int]:
    """The events in which merges have made one actor of two."""
    deleted = [row for judgement in judgements for row in judgement.moved["deleted"]]
    return {row["fields"]["event"] for row in deleted if row["model"] == Participation._meta.label_lower}


def _bring_up_to_date(*entries: Entry, thinned: set[int]) -> None:
    """What follows from evidence, dates and actors, of these entries and the events that they stand in."""
    events = set(Event.objects.filter(pk__in=thinned, merged_into__isnull=True).values_list("pk", flat=True))
    for entry in entries:
        entry.refresh_from_db()
        if isinstance(entry, Event) and not entry.is_merged:
            events.add(entry.pk)
        if isinstance(entry, Statement):
            events |= {entry.event_id} if entry.event_id else set()
            if not entry.is_merged:
                entry.place_in_time()
                Statement.objects.filter(pk=entry.pk).update(chrono=entry.chrono)
    if events:
        refresh(events)
    for entry in entries:
        entry.refresh_from_db()
    suggest_anew(*entries)


# --- splitting -----------------------------------------------------------------------------------------------------


def split_actor(
    actor: Actor,
    aliases: Iterable[Alias],
    act: Act,
    *,
    name: str = "",
    statements: Iterable[Statement] = (),
    events: Iterable[Event] = (),
) -> Actor:
    """Make an actor of their own of some spellings, with what was said and done under them.

    The spellings never name the first actor again, and no reading gives back what is moved.

    Raises:
        NotMergeable: no spelling is chosen, or none would be left.
    """
    chosen = list(aliases)
    normals = {alias.normal for alias in chosen}
    staying = actor.aliases.exclude(pk__in=[alias.pk for alias in chosen])
    if not chosen:
        raise NotMergeable("Choose at least one spelling that belongs to somebody else.")
    if not staying.exists():
        raise NotMergeable("Leave at least one spelling: somebody must be left who bears it.")
    with one_at_a_time():
        act.touch([actor, *chosen])
        other = Actor(name=(name or chosen[0].text)[:300], kind=actor.kind)
        other.lock(["name"], by=act.by.get_username(), why=act.why, at=act.at)
        Actor.objects.bulk_create([other])
        act.made([other])
        if normal_form(actor.name) in normals:
            left = staying.order_by("pk").first()
            assert left is not None
            actor.name = left.text
            actor.lock(["name"], by=act.by.get_username(), why=act.why, at=act.at)
            Actor.objects.filter(pk=actor.pk).update(name=actor.name, corrections=actor.corrections)
        Alias.objects.filter(pk__in=[alias.pk for alias in chosen]).update(actor=other)
        for alias in chosen:
            alias.actor = other
            spell(alias, at=act.at)
            Alias.objects.filter(pk=alias.pk).update(by_hand=True, normal=alias.normal)
            withdraw_spelling(actor, alias.text, by=act.by, why=act.why, at=act.at)
        if normal_form(other.name) not in normals:
            own = Alias(actor=other, text=other.name)
            spell(own, at=act.at)
            act.made(Alias.objects.bulk_create([own]))
        spoken = list(statements)
        act.touch(spoken)
        for statement in spoken:
            statement.speaker = other
            statement.lock(["speaker"], by=act.by.get_username(), why=act.why, at=act.at)
            Statement.objects.filter(pk=statement.pk).update(speaker=other, corrections=statement.corrections)
        done = list(events)
        parts = Participation.objects.filter(actor=actor, event__in=done)
        act.touch([*done, *parts])
        for event in done:
            event.lock(["actors"], by=act.by.get_username(), why=act.why, at=act.at)
            Event.objects.filter(pk=event.pk).update(corrections=event.corrections)
        parts.update(actor=other)
        _remember_split(actor, other, act)
        suggest_anew(actor, other)
    actor.refresh_from_db()
    return other


def under_spellings(actor: Actor, aliases: Iterable[Alias]) -> tuple[list[Statement], list[Event]]:
    """What an actor said under some spellings, and the events whose passages name them by no other spelling."""
    chosen = list(aliases)
    texts = {alias.text for alias in chosen}
    others = {alias.text for alias in actor.aliases.all()} - texts
    said = [row for row in actor.statements.all() if row.speaker_as_written in texts]
    done = []
    for event in Event.objects.filter(participations__actor=actor).prefetch_related("evidence"):
        words = " ".join(row.exact for row in event.evidence.all())
        for text in sorted(others, key=len, reverse=True):
            if not any(text in longer for longer in texts):
                words = words if text not in words else ""
        if any(text in words for text in texts):
            done.append(event)
    return said, done


def split_event(event: Event, evidence: Iterable[Evidence], act: Act, *, title: str = "") -> Event:
    """Make an event of its own of some passages, with the statements that stand in them.

    Raises:
        NotMergeable: no passage is chosen, or none would be left.
    """
    chosen = list(evidence)
    if not chosen:
        raise NotMergeable("Choose at least one passage that tells of something else.")
    if event.evidence.count() <= len(chosen):
        raise NotMergeable("Leave at least one passage: it is the event's source.")
    with one_at_a_time():
        act.touch([event])
        fields = ("kind", "place_id", "hedged", "confidence", *Dated.DATE_FIELDS)
        other = Event(title=(title or chosen[0].exact)[:500], status=EventStatus.CONFIRMED, **{
            name: getattr(event, name) for name in fields
        })  # fmt: skip
        named = ["title", "status"] if title else ["status"]
        other.lock(named, by=act.by.get_username(), why=act.why, at=act.at)
        Event.objects.bulk_create([other])
        act.made([other])
        Evidence.objects.filter(pk__in=[row.pk for row in chosen]).update(event=other)
        articles = {row.article_id for row in chosen} - set(event.evidence.values_list("article", flat=True))
        event.claims.filter(article__in=articles).update(event=other)
        _share_accounts(event, other, chosen, articles)
        within = [
            statement
            for statement in event.statements.prefetch_related("evidence")
            if any(_stands_in(said, row) for said in statement.evidence.all() for row in chosen)
        ]
        act.touch(within)
        Statement.objects.filter(pk__in=[statement.pk for statement in within]).update(event=other)
        for part in event.participations.all():
            Participation.objects.bulk_create(
                [Participation(event=other, actor_id=part.actor_id, role=part.role, position=part.position)]
            )
        act.made(list(other.participations.all()))
        _remember_split(event, other, act)
        refresh([event.pk, other.pk])
        suggest_anew(event, other)
    event.refresh_from_db()
    other.refresh_from_db()
    return other


def _share_accounts(event: Event, other: Event, chosen: Iterable[Evidence], alone: Iterable[int | None]) -> None:
    """Let an event that is split from another have what the articles behind its passages say of both; the one that
    stays keeps what is said by articles that prove it too."""
    for account in event.accounts.filter(article__in={row.article_id for row in chosen}):
        if account.article_id not in alone:
            account.pk = None
            account._state.adding = True
        account.event, account.title = other, other.title
        account.save()
    for claim in event.claims.filter(article__in={row.article_id for row in chosen}):
        claim.pk = None
        claim._state.adding = True
        claim.event = other
        claim.save()


def split_statement(statement: Statement, evidence: Iterable[Evidence], act: Act, *, text: str = "") -> Statement:
    """Make a statement of its own of some passages; without a text, of the words of the first article among them.

    Raises:
        NotMergeable: no passage is chosen, or none would be left.
    """
    chosen = sorted(evidence, key=lambda row: (row.article_id or 0, row.start or 0))
    if not chosen:
        raise NotMergeable("Choose at least one passage with other words.")
    if statement.evidence.count() <= len(chosen):
        raise NotMergeable("Leave at least one passage: it is the statement's source.")
    printed = " … ".join(row.exact.strip(QUOTES) for row in chosen if row.article_id == chosen[0].article_id)
    with one_at_a_time():
        act.touch([statement])
        values = {name: getattr(statement, name) for name in (*SHARED, *Dated.DATE_FIELDS)}
        other = Statement(text=text or printed, status=EventStatus.CONFIRMED, **values)
        named = ["text", "status"] if text else ["status"]
        other.lock(named, by=act.by.get_username(), why=act.why, at=act.at)
        Statement.objects.bulk_create([other])
        act.made([other])
        Evidence.objects.filter(pk__in=[row.pk for row in chosen]).update(statement=other)
        _remember_split(statement, other, act)
        _bring_up_to_date(statement, other, thinned=set())
    return other


def _stands_in(inner: Evidence, outer: Evidence) -> bool:
    if inner.article_id != outer.article_id or None in (inner.start, inner.end, outer.start, outer.end):
        return False
    assert inner.start is not None and inner.end is not None and outer.start is not None and outer.end is not None
    return outer.start <= inner.start and inner.end <= outer.end


def _remember_split(whole: Entry, part: Entry, act: Act) -> None:
    judge(
        Judgement.Verdict.DIFFERENT, *pair_of(whole, part),
        kind=kind_of(whole), by=act.by, why=act.why, at=act.at, moved={"split": [whole.uid, part.uid]},
    )  # fmt: skip


def tell_apart(one: Entry, other: Entry, act: Act) -> Judgement:
    """Remember that two entries are not the same: no reading and no suggestion joins them."""
    with one_at_a_time():
        judgement = judge(
            Judgement.Verdict.DIFFERENT, *pair_of(one, other), kind=kind_of(one), by=act.by, why=act.why, at=act.at
        )  # fmt: skip
        suggest_anew(one, other)
    return judgement


def forget_merges(entries: Iterable[Entry], articles: Iterable[Article]) -> list[Entry]:
    """Before articles are taken down: what has been merged into entries that stay and rests on these articles alone.

    What the merges keep of the articles' words is forgotten, and what the kept entry had of theirs alone given back.
    """
    going = list(articles)
    ids, sources = {article.pk for article in going}, {article.source_key for article in going}
    found = []
    for entry in entries:
        for judgement in merges_into(entry):
            gone = find(judgement.moved["gone"], judgement.kind)
            rested = set(judgement.moved["sources"])
            if gone is not None and rested and rested <= sources:
                _give_back(entry, {name: one for name, one in judgement.moved["taken"].items() if "mark" not in one})
                found.append(gone)
            if isinstance(entry, Event):
                # What its accounts say comes back from them; what a person has said stays without what stood there.
                taken = judgement.moved["taken"]
                judgement.moved["taken"] = {n: {**one, "before": {}} for n, one in taken.items() if "mark" in one}
            kept = [row for row in judgement.moved["deleted"] if row["fields"].get("article") not in ids]
            judgement.moved["deleted"] = kept
            judgement.save(update_fields=["moved"])
    return found
