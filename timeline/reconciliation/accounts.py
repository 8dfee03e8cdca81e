"""From what several articles say of one event to what is believed of it, whatever order they came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from timeline.reconciliation.dating import Dating, preferred_date
from timeline.reconciliation.standing import standing_of_event
from timeline.vocabulary import DateBasis, EventKind, EventStatus, PartialDate

# However many newsrooms tell of an event.
SUREST = 0.98


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part, by uid; `named` is whether the article names them and does not only describe them."""

    actor: str
    role: str
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one article says of an event. `printed` sorts articles by when and where they were printed, `newsroom` is
    one for all that count as one source; `own` is false where it is what a person has merged into the event."""

    printed: tuple[str, ...]
    newsroom: str
    title: str
    kind: EventKind
    date: PartialDate
    place: int | None = None
    hedged: bool = False
    main: bool = False
    confidence: float
    parts: tuple[Part, ...] = ()
    own: bool = True

    @property
    def named(self) -> int:
        return sum(part.named for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What is believed of an event, as its witnesses together have it."""

    title: str
    kind: EventKind
    date: PartialDate
    place: int | None
    hedged: bool
    confidence: float
    parts: tuple[Part, ...]
    status: EventStatus
    review_reason: str


def believe(witnesses: Iterable[Witness], claims: Sequence[Dating]) -> Belief | None:
    """What to believe of an event. The same witnesses end in the same belief, whichever was heard first.

    Title and kind are those of one article: of those that are about the event first of all the earliest printed, else
    of all the one that names most of those who take part, of equals the earliest. The place is the one that most
    newsrooms name, of equals that of the better witness in the same order. The date is what `preferred_date` says of
    the claims; without any it is the narrowest bound. It is hedged where all hedge. Everybody whom any article names
    takes part, in that same order; whom articles only describe where nobody is named before them. Each newsroom makes
    it surer once, by its surest article. Articles printed at the same time stand by newsroom, address and title.

    Args:
        witnesses: what the articles say, in any order.
        claims: the dates that they claim, with their newsrooms, in any order.

    Returns:
        The belief; None without a witness of the event's own.
    """
    heard = sorted(witnesses, key=_rank)
    own = [one for one in heard if one.own]
    if not own:
        return None
    head = own[0]
    bounds = [one.date for one in heard if one.date.basis is DateBasis.PUBLICATION_BOUND]
    date = preferred_date(claims, otherwise=min(bounds, key=_bound) if bounds else head.date)
    hedged = all(one.hedged for one in heard)
    parts = _parts(heard)
    sure = _confidence(heard)
    main = any(one.main for one in heard)
    standing = standing_of_event(sure, main=main, hedged=hedged, somebody=bool(parts), date=date)
    return Belief(
        title=head.title,
        kind=head.kind,
        date=date,
        place=_place(own) or _place(heard),
        hedged=hedged,
        confidence=sure,
        parts=parts,
        **standing,
    )


def _rank(one: Witness) -> tuple[object, ...]:
    """The better witness first; what was merged into the event after what is its own."""
    return (not one.own, not one.main, 0 if one.main else -one.named, one.printed, str(one))


def _bound(date: PartialDate) -> tuple[bool, str]:
    return (date.latest is None, str(date.latest))


def _place(heard: Sequence[Witness]) -> int | None:
    said: defaultdict[int, set[str]] = defaultdict(set)
    for one in heard:
        if one.place is not None:
            said[one.place].add(one.newsroom)
    return max(said, key=lambda place: len(said[place])) if said else None


def _parts(heard: Sequence[Witness]) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for own in (True, False):
        # What a merge has brought along stays whole, so that it can be taken back.
        empty = True
        for one in (one for one in heard if one.own is own):
            for part in one.parts:
                if part.named or empty:
                    found.setdefault(part.actor, part)
            empty = empty and not one.parts
    return tuple(found.values())


def _confidence(heard: Sequence[Witness]) -> float:
    """Two newsrooms that tell the same are misread alike only where both are misread."""
    surest: dict[str, float] = {}
    for one in heard:
        surest[one.newsroom] = max(surest.get(one.newsroom, 0.0), one.confidence)
    if len(surest) == 1:
        return max(surest.values())
    return round(min(1 - prod(1 - sure for sure in sorted(surest.values())), SUREST), 6)
