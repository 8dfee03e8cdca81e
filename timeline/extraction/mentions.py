"""What one document says, as frozen values with the spans that prove it.

Offsets count Unicode code points of `Document.text`, end-exclusive; `text[start:end] == span.text`, always.
Mentions of one document refer to each other by `key` ("a1", "s2", "e3"), never by object.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline.vocabulary import (
    ActorKind,
    BlockRole,
    EventKind,
    MentionForm,
    PartialDate,
    RelationKind,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    start: int
    end: int
    role: BlockRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as read: its text with the role of every block, and what the page says about itself.

    `text` of plain text is the input itself, character for character; of HTML the article's text. Text in no block
    counts as junk, unless there are no blocks at all. `page_clock` is the site's own date at capture: never a date of
    anything else. `removed` is what of a page was left out of `text` as furniture. `warnings` say in words what could
    not be read in full ("the page was cut").
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    bylines: tuple[str, ...] = ()
    dek: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    page_clock: PartialDate | None = None
    removed: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    span: Span
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """Somebody the document speaks of, with every place where it does.

    `known` is the id in the knowledge file, where the actor is in it. `role` is the office as written.
    """

    key: str
    name: str
    kind: ActorKind
    role: str | None = None
    known: str | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def is_unnamed(self) -> bool:
        """Whether the document only describes them ("seven people"): such a one is nobody in another document."""
        own = (MentionForm.NAME, MentionForm.DEMONYM, MentionForm.METONYM)
        return self.known is None and not any(mention.form in own for mention in self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """`country` is the country's name; `part_of` the enclosing place's name ("Oval Office" in "White House")."""

    key: str
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    part_of: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression. `type` is DATE, TIME, DURATION or SET, `value` its TIMEX3 value; `date` is None where the
    value names no calendar period."""

    span: Span
    type: str
    value: str
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMention:
    """Who said what. `sieve` names the rule that found the speaker."""

    key: str
    kind: StatementKind
    content: tuple[Span, ...]
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    medium: str | None = None
    addressee: str | None = None
    date: PartialDate | None = None
    continues: str | None = None
    hedged: bool = False
    inserted: bool = False
    confidence: float
    sieve: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    actor: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """Who did what, when and where. The first participant is the one who acts."""

    key: str
    title: str
    kind: EventKind
    date: PartialDate
    confidence: float
    main: bool = False
    hedged: bool = False
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    trigger: Span | None = None
    evidence: tuple[Span, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationMention:
    kind: RelationKind
    source: str
    target: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document says, and the version of the rules that read it."""

    version: str
    document: Document
    actors: tuple[ActorMention, ...] = ()
    statements: tuple[StatementMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    events: tuple[EventMention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
