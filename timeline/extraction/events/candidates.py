"""Words that may say that something happened, and those of them that speak of the same event. Not yet mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import Family
from timeline.extraction.mentions import Span, TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.vocabulary import BlockRole, EventKind


@dataclass(slots=True, eq=False)
class Candidate:
    """A word that may say that something happened, with what hangs on it.

    `speech` holds the keys of the statements that it is the giving of; `nominal` marks a noun that the parse of a
    headline takes for a verb, `carried` one whose verb only says that it took place; `headline` is the main clause of
    the title, where this is its predicate. `again` is when it was done another time. `weak` words say too little by
    themselves, and count only where they retell the headline; those told `aside` are for a person to look at.
    """

    paragraph: Paragraph
    token: Token
    words: tuple[Token, Token]
    kind: EventKind
    family: Family | None
    agents: list[str]
    patients: list[str]
    places: list[str]
    hedged: bool = False
    attributed: bool = False
    subject: Token | None = None
    passive: bool = False
    time: TimeMention | None = None
    told: TimeMention | None = None
    again: TimeMention | None = None
    speech: tuple[str, ...] = field(default_factory=tuple)
    medium: str | None = None
    nominal: bool = False
    carried: bool = False
    headline: Headline | None = None
    weak: bool = False
    aside: bool = False

    @property
    def is_verb(self) -> bool:
        return self.token.pos_ in ("VERB", "AUX") and not self.nominal

    @property
    def in_title(self) -> bool:
        return self.paragraph.role is BlockRole.TITLE

    @property
    def actors(self) -> list[str]:
        return list(dict.fromkeys([*self.agents, *self.patients]))

    def carries_out(self, plan: Candidate) -> bool:
        """Whether this tells that somebody did what was planned, or has agreed to; "says that it will" does not."""
        governed = (
            child
            for child in self.token.children
            if child.dep_ in ("xcomp", "ccomp") and not any(c.tag_ == "MD" for c in child.children)
        )
        same = any(token.lemma_.lower() == plan.token.lemma_.lower() for token in (self.token, *governed))
        return same and bool(set(self.agents) & set(plan.agents))

    def evidence(self, scene: Scene) -> Span | None:
        return scene.span(self.paragraph, sentence_of(self.token))

    def trigger(self, scene: Scene) -> Span | None:
        first, last = self.words
        return scene.span(self.paragraph, self.token.doc[first.i : last.i + 1])


@dataclass(slots=True, eq=False)
class Happening:
    """Candidates of one document that speak of the same event.

    `around` is a day that no word of the event carries itself, but the sentence beside it; `beside` a time that stands
    near and may be that of something else.
    """

    candidates: list[Candidate] = field(default_factory=list)
    around: TimeMention | None = None
    beside: TimeMention | None = None
    score: float = 0.0
    title: str = ""
    key: str = ""

    @property
    def first(self) -> Candidate:
        return self.candidates[0]

    @property
    def in_title(self) -> bool:
        return any(c.in_title for c in self.candidates)

    @property
    def is_speech(self) -> bool:
        return any(c.speech for c in self.candidates)

    @property
    def aside(self) -> bool:
        return all(c.aside for c in self.candidates)

    @property
    def actors(self) -> list[str]:
        agents = [key for c in self.candidates for key in c.agents]
        patients = [key for c in self.candidates for key in c.patients]
        return list(dict.fromkeys([*agents, *patients]))

    @property
    def hedged(self) -> bool:
        """A plan of the headline stays one, unless the text tells of the deed itself or of the decision to do it."""
        planned = next((c for c in self.candidates if c.headline and c.headline.planned), None)
        told = [c for c in self.candidates if planned is None or (not c.in_title and c.carries_out(planned))]
        return all(c.hedged for c in told)
