"""The choices beside the chronology, each with the number of events that choosing it leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from timeline.forms import STATUSES, ChronologyForm
from timeline.models import Evidence, Participation, Statement
from timeline.models.events import EventQuerySet

TOP_ACTORS = 14
TOP = 40
STATUS_WORDS = {
    "automatic": "Automatic, not looked at",
    "confirmed": "Confirmed by an editor",
    "disputed": "Disputed",
    "corrected": "Corrected",
    "hedged": "Reported, not confirmed",
}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    actors: tuple[Option, ...]
    speakers: tuple[Option, ...]
    places: tuple[Option, ...]
    publishers: tuple[Option, ...]
    kinds: tuple[Option, ...]
    statuses: tuple[Option, ...]


def facets(form: ChronologyForm) -> Facets:
    return Facets(
        actors=_shown(_actors(form), form),
        speakers=_shown(_speakers(form), form),
        places=_shown(_places(form), form),
        publishers=_shown(_publishers(form), form),
        kinds=_shown(_kinds(form), form),
        statuses=_shown(_statuses(form), form),
    )


def _shown(options: tuple[Option, ...], form: ChronologyForm) -> tuple[Option, ...]:
    """Where only the most important events are shown, choosing leaves no more than so many."""
    return tuple(replace(option, count=form.most_left(option.count)) for option in options)


def leading_actors(events: EventQuerySet, limit: int) -> list[tuple[int, str, str, int]]:
    """Who takes part most: id, uid, name and number of events."""
    counted = (
        Participation.objects.filter(event__in=events.order_by().values("pk"))
        .values_list("actor", "actor__uid", "actor__name")
        .annotate(events=Count("pk"))
        .order_by("-events", "actor__name", "actor")
    )
    return list(counted[:limit])


def _actors(form: ChronologyForm) -> tuple[Option, ...]:
    chosen = {actor.uid: actor for actor in form.value("actor") or ()}
    found = leading_actors(form.matching(), TOP_ACTORS + len(chosen))
    options = [Option(uid, name, count, uid in chosen) for _, uid, name, count in found]
    counted = {option.value for option in options}
    missing = [Option(uid, actor.name, 0, True) for uid, actor in chosen.items() if uid not in counted]
    picked = [option for option in options if option.chosen] + missing
    return tuple(picked + [option for option in options if not option.chosen][:TOP_ACTORS])


def _speakers(form: ChronologyForm) -> tuple[Option, ...]:
    events = form.matching(without="speaker")
    counted = (
        Statement.objects.on_page()
        .of_kinds(form.statement_kinds)
        .filter(event__in=events.order_by().values("pk"), speaker__isnull=False)
        .order_by()
        .values_list("speaker__uid", "speaker__name")
        .annotate(events=Count("event", distinct=True))
        .order_by("-events", "speaker__name")
    )
    return options(counted[: TOP + 1], form.value("speaker"))


def _places(form: ChronologyForm) -> tuple[Option, ...]:
    """Places with the events in them and in their parts, two steps down."""
    columns = [
        f"{step}{name}"
        for step in ("place__", "place__part_of__", "place__part_of__part_of__")
        for name in ("uid", "name")
    ]
    counted = form.matching(without="place").order_by().filter(place__isnull=False).values_list(*columns)
    totals: Counter[tuple[str, str]] = Counter()
    for *chain, events in counted.annotate(events=Count("pk")):
        for uid, name in set(zip(chain[::2], chain[1::2], strict=True)):
            if uid:
                totals[uid, name] += events
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0][1]))
    return options([(uid, name, events) for (uid, name), events in ranked], form.value("place"))


def _publishers(form: ChronologyForm) -> tuple[Option, ...]:
    events = form.matching(without="publisher")
    counted = (
        Evidence.objects.filter(event__in=events.order_by().values("pk"), article__publisher__isnull=False)
        .order_by()
        .values_list("article__publisher__name", "article__publisher__name")
        .annotate(events=Count("event", distinct=True))
        .order_by("-events", "article__publisher__name")
    )
    return options(counted[: TOP + 1], form.value("publisher"))


def _kinds(form: ChronologyForm) -> tuple[Option, ...]:
    tally = form.matching(without="kind").tally("kind")
    chosen = form.value("kind")
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    options = [Option(kind, kind.capitalize(), count, kind == chosen) for kind, count in ranked]
    if chosen and chosen not in tally:
        options.append(Option(chosen, chosen.capitalize(), 0, True))
    return tuple(options)


def _statuses(form: ChronologyForm) -> tuple[Option, ...]:
    tally = form.matching(without="status").marks_tally()
    chosen = form.value("status")
    return tuple(
        Option(status, STATUS_WORDS[status], tally[status], status == chosen)
        for status in STATUSES
        if tally[status] or status == chosen
    )


def options(counted: Any, chosen: Any) -> tuple[Option, ...]:
    """The leading options, and the chosen one wherever it stands."""
    value = str(getattr(chosen, "uid", None) or chosen) if chosen else ""
    options = [Option(key, name, events, key == value) for key, name, events in counted]
    shown = options[:TOP]
    if chosen and not any(option.chosen for option in shown):
        rest = [option for option in options if option.chosen]
        shown += rest or [Option(value, str(chosen), 0, True)]
    return tuple(shown)
