"""What a plan is made of. Steps name things by the mention's key, so that a new event can point at a new actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from timeline.extraction.mentions import Span
from timeline.vocabulary import MentionForm, PartialDate, RelationKind

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
class TakePart:
    event: str
    actor: str
    role: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown:
    """An actor, by uid, whom a newer version of the only article about an event no longer names in it."""

    event: str
    actor: str


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


Step = Create | Update | Keep | Leave | Name | Support | TakePart | StepDown | ClaimDate | Relate | Head | CarryOn
