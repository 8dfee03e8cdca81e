"""What the timeline already believes, as values: the candidates that share an identity key with a document."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.extraction.offices import Office, office_of
from timeline.reconciliation.stories import KnownStory, Story, Stray
from timeline.vocabulary import ActorKind, EventKind, EventStatus, PartialDate, StatementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """`names` are normal forms of every spelling; `here` is whether the document's earlier version names it; `ids` are
    those in the knowledge file of the actors that a person has merged into it, `roles` what these are called."""

    uid: str
    name: str
    kind: ActorKind
    role: str = ""
    known: str | None = None
    ids: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    here: bool = False

    @property
    def known_ids(self) -> frozenset[str]:
        return self.ids | ({self.known} if self.known else set())

    @property
    def offices(self) -> tuple[Office, ...]:
        """What is held, as far as the roles tell."""
        return tuple(office for role in (self.role, *self.roles) if (office := office_of(role)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    uid: str
    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """`fingerprints` are those of its evidence, `sources` the articles behind it (a copy counts as its original),
    `words` the content words of its title and evidence, `names` the capitalised ones of its evidence, `acting` what its
    first actor is, `statements` the uids of what was said in it, `stories` the articles that are about it first of all,
    `unnamed` the actors whom an article only describes, `here` whether nothing but the document's earlier version tells
    it. `passages` are the keys of its evidence, `merged` the events that a person has merged into it, as they were
    told before."""

    uid: str
    title: str
    kind: EventKind
    date: PartialDate
    status: EventStatus
    actors: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    place: str | None = None
    country: str = ""
    locked: frozenset[str] = frozenset()
    fingerprints: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    acting: ActorKind | None = None
    statements: frozenset[str] = frozenset()
    stories: tuple[Story, ...] = ()
    here: bool = False
    passages: frozenset[str] = frozenset()
    merged: tuple[KnownEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStatement:
    """`fingerprints` are those of its evidence, `sources` the articles behind it (a copy counts as its original)."""

    uid: str
    kind: StatementKind
    text: str
    speaker: str | None
    event: str | None
    status: EventStatus
    confidence: float = 1.0
    locked: frozenset[str] = frozenset()
    fingerprints: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything a plan may refer to.

    `source` names the document through its copies and versions. `rejected` holds the fingerprints that a person has
    judged never to come back, `not_aliases` pairs of actor uid and normal form that never belong together, `apart`
    pairs of uids of events that a person has judged different. `afresh` says that other rules have read the document's
    earlier version: an event that others tell too is known as they tell it.
    """

    source: str
    actors: tuple[KnownActor, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    events: tuple[KnownEvent, ...] = ()
    statements: tuple[KnownStatement, ...] = ()
    stories: tuple[KnownStory, ...] = ()
    strays: tuple[Stray, ...] = ()
    rejected: frozenset[str] = frozenset()
    not_aliases: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    afresh: bool = False

    def are_apart(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self.apart
