"""The choices beside the chronology, each with the number of events that choosing it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db.models import Model

from timeline.forms import STATUSES, ChronologyForm
from timeline.models import Actor, Place, Publisher
from timeline.search.asking import MOST_COUNTED, Answer
from timeline.search.query import SHORT_KINDS
from timeline.search.tags import Facet
from timeline.vocabulary import StatementKind

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
    """`at_least` says that only the newest entries were counted: there may be more."""

    value: str
    label: str
    count: int
    chosen: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    actors: tuple[Option, ...]
    speakers: tuple[Option, ...]
    places: tuple[Option, ...]
    publishers: tuple[Option, ...]
    kinds: tuple[Option, ...]
    statuses: tuple[Option, ...]

    @property
    def of_newest(self) -> int:
        """How many of the newest events were counted, where that are not all; 0 where they are."""
        options = chain(self.actors, self.speakers, self.places, self.publishers, self.kinds, self.statuses)
        return MOST_COUNTED if any(option.at_least for option in options) else 0


def facets(form: ChronologyForm) -> Facets:
    return Facets(
        actors=_shown(_actors(form), form.answer(), form),
        speakers=_shown(_speakers(form), form.answer(without="speaker"), form),
        places=_shown(_places(form), form.answer(without="place"), form),
        publishers=_shown(_publishers(form), form.answer(without="publisher"), form),
        kinds=_shown(_kinds(form), form.answer(without="kind"), form),
        statuses=_shown(_statuses(form), form.answer(without="status"), form),
    )


def _shown(options: tuple[Option, ...], answer: Answer, form: ChronologyForm) -> tuple[Option, ...]:
    """Where only the most important events are shown, choosing leaves no more than so many."""
    return tuple(
        replace(
            option,
            count=form.most_left(option.count),
            at_least=not answer.counts_all and form.most_left(option.count) != form.limit,
        )
        for option in options
    )


def named(model: type[Model], tally: Iterable[tuple[str, int]], value: str = "uid") -> list[tuple[int, str, str, int]]:
    """The rows behind tags: id, value, name and number of entries, most first, then by name."""
    counts = {int(tag[1:]): number for tag, number in tally}
    rows = model._default_manager.filter(pk__in=counts).values_list("pk", value, "name")
    found = [(pk, str(given), str(name), counts[pk]) for pk, given, name in rows]
    return sorted(found, key=lambda row: (-row[3], row[2], row[0]))


def leading_actors(answer: Answer, limit: int) -> list[tuple[int, str, str, int]]:
    """Who takes part most: id, uid, name and number of events."""
    return named(Actor, answer.tally(Facet.ACTOR, limit))[:limit]


def _actors(form: ChronologyForm) -> tuple[Option, ...]:
    chosen = {actor.uid: actor for actor in form.value("actor") or ()}
    found = leading_actors(form.answer(), TOP_ACTORS + len(chosen))
    options = [Option(uid, name, count, uid in chosen) for _, uid, name, count in found]
    counted = {option.value for option in options}
    missing = [Option(uid, actor.name, 0, True) for uid, actor in chosen.items() if uid not in counted]
    picked = [option for option in options if option.chosen] + missing
    return tuple(picked + [option for option in options if not option.chosen][:TOP_ACTORS])


def _speakers(form: ChronologyForm) -> tuple[Option, ...]:
    answer = form.answer(without="speaker")
    return options(Actor, speaking(answer, form.statement_kinds), form.value("speaker"))


def speaking(answer: Answer, kinds: Sequence[StatementKind]) -> list[tuple[str, int]]:
    """Who is quoted, in statements of some kinds or of any, and in how many entries."""
    if not kinds:
        # Beside the tag of a speaker stand those of the speaker's statements by their kinds.
        found = answer.tally(Facet.SPEAKER, (TOP + 1) * (1 + len(SHORT_KINDS)))
        return [(tag, number) for tag, number in found if tag[1:].isdecimal()]
    shorts = {SHORT_KINDS[kind] for kind in kinds}
    counted: Counter[str] = Counter()
    for one in answer.found:
        counted.update({tag[:-1] for tag in one.tags.split() if tag.startswith(Facet.SPEAKER) and tag[-1] in shorts})
    return counted.most_common()


def _places(form: ChronologyForm) -> tuple[Option, ...]:
    """Places with the events in them and in their parts, two steps down."""
    return options(Place, form.answer(without="place").tally(Facet.PLACE, TOP + 1), form.value("place"))


def _publishers(form: ChronologyForm) -> tuple[Option, ...]:
    tally = form.answer(without="publisher").tally(Facet.PUBLISHER, TOP + 1)
    return options(Publisher, tally, form.value("publisher"), value="name")


def _kinds(form: ChronologyForm) -> tuple[Option, ...]:
    tally = plain(form.answer(without="kind").tally(Facet.KIND))
    chosen = form.value("kind")
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    options = [Option(kind, kind.capitalize(), count, kind == chosen) for kind, count in ranked]
    if chosen and chosen not in tally:
        options.append(Option(chosen, chosen.capitalize(), 0, True))
    return tuple(options)


def plain(tally: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Tags by what they name."""
    return {tag[1:]: number for tag, number in tally}


def _statuses(form: ChronologyForm) -> tuple[Option, ...]:
    tally = plain(form.answer(without="status").tally(Facet.MARK))
    chosen = form.value("status")
    return tuple(
        Option(status, STATUS_WORDS[status], tally.get(status, 0), status == chosen)
        for status in STATUSES
        if tally.get(status) or status == chosen
    )


def options(
    model: type[Model], tally: Sequence[tuple[str, int]], chosen: Any, *, value: str = "uid"
) -> tuple[Option, ...]:
    """The leading options, and the chosen one wherever it stands."""
    own = str(getattr(chosen, value)) if chosen else ""
    found = [Option(given, name, count, given == own) for _, given, name, count in named(model, tally, value)]
    return leading(found, Option(own, str(chosen), 0, True) if chosen else None)


def leading(options: Sequence[Option], chosen: Option | None) -> tuple[Option, ...]:
    shown = list(options[:TOP])
    if chosen and not any(option.chosen for option in shown):
        rest = [option for option in options if option.chosen]
        shown += rest or [chosen]
    return tuple(shown)
