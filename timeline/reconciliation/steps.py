"""What a plan is made of. Steps name things by the mention's key, so that a new event can point at a new actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from timeline.extraction.mentions import Span
from timeline.vocabulary import EventKind, MentionForm, PartialDate, RelationKind

What = Literal["actor", "place", "event", "statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """A new belief. `key` is the mention's; other steps refer to it by it."""

    what: What
    key: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Values of a known belief that change; never a locked one."""

    what: What
    key: str
    uid: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A known belief, met again as it is."""

    what: What
    key: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """A mention that a person has rejected: nothing is made of it."""

    what: What
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A spelling under which an actor was met."""

    key: str
    text: str
    normal: str
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A passage that proves an event or a statement."""

    what: Literal["event", "statement"]
    key: str
    span: Span
    fingerprint: str
    hedged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """What this document says of an event; `parts` are who takes part, by key, each with a role and whether they are
    named. `uid` is that of an event which a person has merged into it, where the document tells it as that one."""

    event: str
    uid: str | None
    title: str
    kind: EventKind
    date: PartialDate
    place: str | None
    hedged: bool
    main: bool
    confidence: float
    parts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDate:
    """What this document says the date of an event is."""

    event: str
    date: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Relate:
    kind: RelationKind
    source: str
    target: str
    evidence: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The main event of the document."""

    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOn:
    """The document carries on a story, whose head is an event by its uid."""

    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAlong:
    """An earlier article without a main event, by its uid, carries on the story that the document tells."""

    article: str


Step = Create | Update | Keep | Leave | Name | Support | Tell | ClaimDate | Relate | Head | CarryOn | TakeAlong
