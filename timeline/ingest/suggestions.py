"""Pairs of entries that may be one, as rows: found among those that share an index key, withdrawn when no longer true.

What people have answered is never asked again, nor what one article tells apart. Costs as much in a large archive as in
a small one: of each key and each stretch of days the newest few are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from timeline.ingest.bulk import Table
from timeline.models import (
    Actor,
    ActorSuggestion,
    Alias,
    Event,
    EventSuggestion,
    Evidence,
    Judgement,
    NameKey,
    Participation,
)
from timeline.models.identity import first_chrono
from timeline.models.suggestions import Suggestion
from timeline.reconciliation.likeness import LIKELY, Likeness, Pair, choose
from timeline.reconciliation.matching import MANIFOLD
from timeline.reconciliation.same_actor import ActorSide, compare_actors, name_keys
from timeline.reconciliation.same_event import EventSide, compare_events
from timeline.vocabulary import ActorKind, EventKind, MentionForm, PartialDate

# Of each key so many actors, of each stretch of days so many events, of each actor so many passages; for so many of one
# actor's likes it is asked whether one article has both.
OF_KEY, OF_DAYS, PASSAGES, MOST_ASKED = 20, 60, 200, 10
# An event without its day may be told with it under one of the days before; a day is told a day early or late.
BEFORE, SLIP = timedelta(days=7), timedelta(days=1)
Met = Mapping[int, set[int]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How entries of a kind are loaded and compared; `told_apart` asks whether one article has both, where the sides
    themselves do not say."""

    entries: Any
    rows: Any
    load: Callable[[Iterable[int]], Mapping[int, Any]]
    compare: Callable[[Any, Any], Likeness | None]
    told_apart: Callable[[int, int], bool]


def suggest_actors(actors: Iterable[int]) -> None:
    """Find whom some actors may be the same as."""
    ids = set(actors)
    sides = _actor_sides(ids)
    NameKey.objects.filter(actor__in=ids - set(sides)).delete()
    _keep_keys(sides)
    _settle(ACTORS, ids, sides, _namesakes(sides))


def suggest_actors_of_article(actors: Iterable[int]) -> None:
    """Find whom the actors of one article may be the same as, where it gave them a new name or office. The article
    tells them apart from each other."""
    ids = set(actors)
    ActorSuggestion.objects.filter(left__in=ids, right__in=ids).delete()
    sides = _actor_sides(ids)
    new = _keep_keys(sides)
    _settle(ACTORS, new, sides, _namesakes({pk: sides[pk] for pk in new}))


def suggest_events(events: Iterable[int]) -> None:
    """Find what some events may be the same as."""
    ids = set(events)
    sides = _event_sides(ids)
    _settle(EVENTS, ids, sides, _around(sides))


def suggest_anew(*entries: Model) -> None:
    """Find anew what some entries may be the same as, after a person's act on them."""
    suggest_actors(entry.pk for entry in entries if isinstance(entry, Actor))
    suggest_events(entry.pk for entry in entries if isinstance(entry, Event))


def suggested(entry: Model) -> QuerySet[Any]:
    """What an actor or an event may be the same as, likeliest first."""
    rows: Any = ActorSuggestion if isinstance(entry, Actor) else EventSuggestion
    found: QuerySet[Any] = rows.objects.filter(Q(left=entry) | Q(right=entry))
    return found.select_related("left", "right").order_by("-score", "pk")


# --- deciding ------------------------------------------------------------------------------------------------------


def _settle(kind: _Kind, ids: set[int], own: Mapping[int, Any], met: Met) -> None:
    """Compare some entries with those they met and those they were suggested for, and write what is true now."""
    rows: Any = kind.rows._default_manager
    standing = {(row.left_id, row.right_id): row for row in rows.filter(Q(left__in=ids) | Q(right__in=ids))}
    asked = {_in_order(one, other) for one, found in met.items() for other in found} | set(standing)
    sides = {**kind.load({pk for pair in asked for pk in pair} - set(own)), **own}
    like = {
        pair: found
        for pair in asked
        if pair[0] in sides and pair[1] in sides and (found := kind.compare(sides[pair[0]], sides[pair[1]]))
    }
    for pair in _answered(kind, like):
        del like[pair]
    like = {pair: found for pair, found in choose(like, MOST_ASKED).items() if not kind.told_apart(*pair)}
    others = {pk for pair in like for pk in pair} - ids
    for row in rows.filter(Q(left__in=others) | Q(right__in=others), score__lt=LIKELY):
        standing[row.left_id, row.right_id] = row
        like.setdefault((row.left_id, row.right_id), Likeness(score=row.score, reason=row.reason))
    chosen = choose(like)
    rows.filter(pk__in=[row.pk for pair, row in standing.items() if pair not in chosen]).delete()
    new = [
        kind.rows(left_id=left, right_id=right, score=found.score, reason=found.reason)
        for (left, right), found in chosen.items()
        if (left, right) not in standing
    ]
    rows.bulk_create(new, ignore_conflicts=True)  # an editor and a reading may find the same at once
    changed = [row for pair, row in standing.items() if pair in chosen and _now_says(row, chosen[pair])]
    rows.bulk_update(changed, ["score", "reason"])


def _now_says(row: Suggestion, found: Likeness) -> bool:
    """Let a row say what is true now; whether it said something else."""
    before = (row.score, row.reason)
    row.score, row.reason = found.score, found.reason
    return before != (row.score, row.reason)


def _in_order(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _answered(kind: _Kind, pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs that a person has answered, of themselves or of what has been merged into them."""
    wanted = set(pairs)
    ids = {pk for pair in wanted for pk in pair}
    owner = {
        uid: merged_into or pk
        for pk, uid, merged_into in kind.entries.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values_list(
            "pk", "uid", "merged_into"
        )
    }
    judged = Judgement.objects.filter(
        verdict__in=[Judgement.Verdict.SAME, Judgement.Verdict.DIFFERENT],
        undone_at__isnull=True,
        left__in=list(owner),
        right__in=list(owner),
    )
    answers = {_in_order(owner[left], owner[right]) for left, right in judged.values_list("left", "right")}
    return wanted & answers


# --- actors --------------------------------------------------------------------------------------------------------


def _actor_sides(ids: Iterable[int]) -> dict[int, ActorSide]:
    """Actors that stand for themselves and bear a name, with what has been merged into them."""
    rows = Actor.objects.filter(pk__in=set(ids), merged_into__isnull=True)
    names: defaultdict[int, set[str]] = defaultdict(set)
    forms = (MentionForm.NAME, MentionForm.METONYM)
    for actor, text in Alias.objects.filter(actor__in=rows, form__in=forms).values_list("actor", "text"):
        names[actor].add(text)
    faces: defaultdict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for pk, role, known in Actor.objects.filter(merged_into__in=rows).values_list("merged_into", "role", "known"):
        faces[pk or 0].append((role, known))
    found = {}
    for row in rows:
        called = [(row.role, row.known), *faces[row.pk]]
        if row.pk in names:
            found[row.pk] = ActorSide(
                names=frozenset(names[row.pk]),
                kind=ActorKind(row.kind),
                roles=tuple(role for role, _ in called if role),
                known=frozenset(known for _, known in called if known),
            )
    return found


def _keep_keys(sides: Mapping[int, ActorSide]) -> set[int]:
    """Let actors be found by their names; those of whom the keys have changed."""
    stored: defaultdict[int, set[str]] = defaultdict(set)
    for actor, key in NameKey.objects.filter(actor__in=list(sides)).values_list("actor", "key"):
        stored[actor].add(key)
    wanted = {pk: name_keys(side) for pk, side in sides.items()}
    changed = {pk for pk, keys in wanted.items() if keys != stored[pk]}
    NameKey.objects.filter(actor__in=changed).delete()
    Table(NameKey, "actor", "key").insert((pk, key) for pk in sorted(changed) for key in sorted(wanted[pk]))
    return changed


def _namesakes(sides: Mapping[int, ActorSide]) -> Met:
    """The actors that share a key with each of some, the newest of each key."""
    met: dict[int, set[int]] = {pk: set() for pk in sides}
    keys = {pk: name_keys(side) for pk, side in sides.items()}
    for key in sorted({key for own in keys.values() for key in own}):
        sharing = set(NameKey.objects.filter(key=key).order_by("-actor").values_list("actor", flat=True)[:OF_KEY])
        for pk, own in keys.items():
            if key in own:
                met[pk] |= sharing - {pk}
    return met


def _share_an_article(one: int, other: int) -> bool:
    """Whether both act or speak in one article: it tells them apart."""
    found = sorted(((_articles_of(pk), pk) for pk in (one, other)), key=lambda pair: len(pair[0]))
    (few, _), (_, many) = found
    return bool(_articles_of(many, among=few))


def _articles_of(actor: int, among: set[int] | None = None) -> set[int]:
    found: set[int] = set()
    for naming in (Q(event__participations__actor=actor), Q(statement__speaker=actor)):
        passages = Evidence.objects.filter(naming, article__isnull=False).order_by()
        if among is not None:
            passages = passages.filter(article__in=among)
        found |= set(passages.values_list("article", flat=True)[:PASSAGES])
    return found


# --- events --------------------------------------------------------------------------------------------------------


def _event_sides(ids: Iterable[int]) -> dict[int, EventSide]:
    """Events on the page and those that wait, each with who takes part and which articles tell it."""
    rows = Event.objects.filter(pk__in=set(ids), merged_into__isnull=True).select_related("place").defer("description")
    # Not asked of the database: a planner without statistics would go through every event held for some hundred keys.
    found = {row.pk: row for row in rows if row.is_held}
    actors: defaultdict[int, dict[int, str]] = defaultdict(dict)
    acting = Participation.objects.filter(event__in=list(found)).order_by("position", "pk")
    for event, actor, name in acting.values_list("event", "actor", "actor__name"):
        actors[event][actor] = name
    sources: defaultdict[int, set[str]] = defaultdict(set)
    told = Evidence.objects.filter(event__in=list(found), article__isnull=False).order_by()
    for event, source in told.values_list("event", "article__source_key").distinct():
        sources[event or 0].add(source)
    return {
        pk: EventSide(
            title=row.title,
            kind=EventKind(row.kind),
            date=row.date,
            actors=tuple(actors[pk]),
            names=frozenset(actors[pk].values()),
            country=row.place.country if row.place else "",
            sources=frozenset(sources[pk]),
        )
        for pk, row in found.items()
    }


def _around(sides: Mapping[int, EventSide]) -> Met:
    """For each of some events others of the same actors, or of the same kind, in the same days."""
    met: dict[int, set[int]] = {pk: set() for pk in sides}
    together: defaultdict[tuple[date, date, bool], list[int]] = defaultdict(list)
    for pk, side in sides.items():
        if (days := _days(side.date)) is not None:
            together[days].append(pk)
    for (first, last, wide), seeking in together.items():
        within = Q(chrono__gte=first_chrono(first), chrono__lt=first_chrono(last + SLIP))
        if wide:
            within = Q(
                chrono__gte=first_chrono(first), chrono__lt=first_chrono(first + SLIP), earliest=first, latest=last
            )
        acting = {actor for pk in seeking for actor in sides[pk].actors}
        # Asked of each event in these days, and not of all that a busy actor ever did.
        found = _newest(within, Exists(Participation.objects.filter(event=OuterRef("pk"), actor__in=acting)))
        for pk in seeking:
            met[pk] |= found - {pk}
        for kind in {sides[pk].kind for pk in seeking} - MANIFOLD if not wide else ():
            alike = _newest(within, Q(kind=kind))
            for pk in seeking:
                met[pk] |= alike - {pk} if sides[pk].kind is kind else set()
    return met


def _newest(*asked: Q | Exists) -> set[int]:
    found = Event.objects.filter(*asked).order_by("-chrono")
    return set(found.values_list("pk", flat=True)[:OF_DAYS])


def _days(when: PartialDate) -> tuple[date, date, bool] | None:
    """The days, first and last, in which the same may stand; and whether they are so many that only an event of these
    very days can be meant."""
    first, last = when.earliest, when.latest
    if last is None or not date.min + BEFORE < last < date.max - BEFORE:
        return None
    if first is None:
        return last - BEFORE, last + SLIP, False
    return (first, last, True) if last - first > BEFORE else (first - SLIP, last + SLIP, False)


def _apart(one: int, other: int) -> bool:
    return False


ACTORS = _Kind(Actor, ActorSuggestion, _actor_sides, compare_actors, _share_an_article)
EVENTS = _Kind(Event, EventSuggestion, _event_sides, compare_events, _apart)
