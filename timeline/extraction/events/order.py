"""Before and after: what a document says of the order of its events."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.mentions import Span
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.vocabulary import EventKind, RelationKind

Relation = tuple[RelationKind, Happening, Happening, Span | None]

# Verbs that only place their subject in time: "this comes after", "the vote followed".
PLACING = frozenset({"come", "follow", "happen", "occur", "take", "be"})
TODAY = frozenset({"today", "tonight"})


class Order:
    """The relations found in one document."""

    def __init__(self) -> None:
        self.relations: list[Relation] = []

    def add(self, kind: RelationKind, source: Happening, target: Happening, evidence: Span | None) -> None:
        known = {(k, id(a), id(b)) for k, a, b, _ in self.relations}
        if source is target or (kind, id(source), id(target)) in known or (kind, id(target), id(source)) in known:
            return
        self.relations.append((kind, source, target, evidence))

    def mentions(self, happening: Happening) -> bool:
        return any(happening is a or happening is b for _, a, b, _ in self.relations)

    def whole(self, happening: Happening) -> Happening:
        """What a happening is part of, or itself."""
        for kind, part, whole, _ in self.relations:
            if kind is RelationKind.PART_OF and part is happening:
                return whole
        return happening


class _Reader:
    def __init__(self, scene: Scene, happenings: Sequence[Happening], main: Happening | None) -> None:
        self.scene = scene
        self.main = main
        self.order = Order()
        self.words: EventWords = event_words()
        self.at: dict[tuple[int, int], Happening] = {}
        placed = [(c, h) for h in happenings for c in h.candidates]
        placed.sort(key=lambda pair: (pair[0].paragraph.index, pair[0].token.i))
        self.placed = placed
        for candidate, happening in placed:
            self.at[candidate.paragraph.index, candidate.token.i] = happening

    def read(self) -> Order:
        for candidate, happening in self.placed:
            self._part(candidate, happening)
        for candidate, happening in self.placed:
            self._preposition(candidate, happening)
            self._clause(candidate, happening)
            self._follow(candidate, happening)
            self._later(candidate, happening)
            self._made_public(candidate, happening)
            self._today(candidate, happening)
        return self.order

    def _happening(self, paragraph: Paragraph, token: Token) -> Happening | None:
        return self.at.get((paragraph.index, token.i))

    def _above(self, paragraph: Paragraph, token: Token) -> Happening | None:
        """The event that a word's clause speaks of: its own, or the nearest above."""
        for _ in range(8):
            found = self._happening(paragraph, token)
            if found is not None:
                return found
            if token.lemma_ in PLACING and (subject := self._subject(paragraph, token)) is not None:
                return subject
            if token.head == token:
                break
            token = token.head
        below = [self._happening(paragraph, child) for child in token.children if child.dep_ in ("xcomp", "ccomp")]
        return next((h for h in below if h is not None), None)

    def _subject(self, paragraph: Paragraph, verb: Token) -> Happening | None:
        """What comes: an event noun, or "this" for what the sentence before tells."""
        for child in verb.children:
            if child.dep_ not in ("nsubj", "nsubjpass"):
                continue
            if (found := self._happening(paragraph, child)) is not None:
                return found
            if child.lower_ in ("this", "that", "it", "which") or child.lemma_ in ("move", "news", "decision"):
                return self._before(paragraph, sentence_of(child).start)
        return None

    def _before(self, paragraph: Paragraph, start: int) -> Happening | None:
        """The event that the sentence before tells of, by its main clause."""
        earlier = [(c, h) for c, h in self.placed if c.paragraph is paragraph and c.token.i < start]
        if not earlier:
            return self.main
        last = max(sentence_of(c.token).start for c, _ in earlier)
        return min(
            ((c, h) for c, h in earlier if sentence_of(c.token).start == last), key=lambda pair: _height(pair[0].token)
        )[1]

    def _evidence(self, candidate: Candidate) -> Span | None:
        return candidate.evidence(self.scene)

    def _preposition(self, candidate: Candidate, happening: Happening) -> None:
        prep = candidate.token.head
        if candidate.token.dep_ not in ("pobj", "pcomp") or prep.dep_ != "prep":
            return
        before, after = prep.lower_ in self.words["before"], prep.lower_ in self.words["after"]
        if not (before or after):
            return
        other = self._above(candidate.paragraph, prep.head)
        if other is None:
            return
        first, second = (happening, other) if after else (other, happening)
        self.order.add(RelationKind.BEFORE, first, second, self._evidence(candidate))

    def _clause(self, candidate: Candidate, happening: Happening) -> None:
        if candidate.token.dep_ != "advcl":
            return
        marks = {child.lower_ for child in candidate.token.children if child.dep_ == "mark"}
        other = self._above(candidate.paragraph, candidate.token.head)
        if other is None:
            return
        if marks & self.words["after"]:
            self.order.add(RelationKind.BEFORE, happening, other, self._evidence(candidate))
        elif marks & self.words["before"]:
            self.order.add(RelationKind.BEFORE, other, happening, self._evidence(candidate))

    def _follow(self, candidate: Candidate, happening: Happening) -> None:
        """ "The vote followed a debate": the subject after the object."""
        verb = candidate.token.head
        if candidate.token.dep_ == "dobj" and verb.lemma_ in ("follow", "precede"):
            other = self._subject(candidate.paragraph, verb) or self._above(candidate.paragraph, verb)
            if other is not None:
                pair = (happening, other) if verb.lemma_ == "follow" else (other, happening)
                self.order.add(RelationKind.BEFORE, *pair, self._evidence(candidate))

    def _later(self, candidate: Candidate, happening: Happening) -> None:
        """ "Trump later posted": after the last event told before, of those with the same people if there is one."""
        if not candidate.is_verb or candidate.paragraph.index < 0:
            return
        if not any(
            child.dep_ == "advmod" and child.lower_ in self.words["later"] for child in candidate.token.children
        ):
            return
        here = (candidate.paragraph.index, candidate.token.i)
        earlier = [
            h
            for c, h in self.placed
            if (c.paragraph.index, c.token.i) < here and h is not happening and not c.in_title
            and here[0] - c.paragraph.index <= 2
        ]  # fmt: skip
        shared = [h for h in earlier if set(h.actors) & set(happening.actors)]
        if shared:
            self.order.add(RelationKind.BEFORE, self.order.whole(shared[-1]), happening, self._evidence(candidate))

    def _part(self, candidate: Candidate, happening: Happening) -> None:
        """ "Trump ended the conversation": part of the meeting that "the conversation" names."""
        if not candidate.is_verb or candidate.token.lemma_ not in self.words["phase_verbs"]:
            return
        for child in candidate.token.children:
            whole = self._happening(candidate.paragraph, child) if child.dep_ == "dobj" else None
            if whole is not None and whole is not happening and whole.first.kind is EventKind.MEETING:
                self.order.add(RelationKind.PART_OF, happening, whole, self._evidence(candidate))

    def _made_public(self, candidate: Candidate, happening: Happening) -> None:
        """Words are spoken before the video of them spreads."""
        if candidate.family != self.words.families["media"] or not candidate.medium:
            return
        for other, said in self.placed:
            if other.speech and other.medium == candidate.medium and set(candidate.patients) & set(other.agents):
                self.order.add(RelationKind.BEFORE, said, happening, self._evidence(candidate))
                return

    def _today(self, candidate: Candidate, happening: Happening) -> None:
        """ "We had a meeting today": said on the day of the meeting."""
        if not candidate.speech or candidate.in_title:
            return
        for statement in self.scene.statements:
            if statement.key not in candidate.speech:
                continue
            for span in statement.content:
                self._today_in(span, statement.speaker, happening)

    def _today_in(self, span: Span, speaker: str | None, happening: Happening) -> None:
        if not any(word in span.text.lower() for word in TODAY):
            return
        for paragraph in self.scene.paragraphs:
            if not (paragraph.start <= span.start < paragraph.end):
                continue
            for token in paragraph.doc:
                if token.lower_ not in TODAY or not span.start <= paragraph.offset(token) < span.end:
                    continue
                for noun in sentence_of(token):
                    family = self.words.nouns.get(noun.lemma_.lower()) or self.words.verbs.get(noun.lemma_.lower())
                    if family is None or family.name == "speech":
                        continue
                    for other in dict.fromkeys(h for _, h in self.placed):
                        if other.first.family == family and speaker in other.actors:
                            evidence = paragraph.span(self.scene.document.text, sentence_of(token))
                            self.order.add(RelationKind.SAME_DAY, other, happening, evidence)
                            return


def find_relations(scene: Scene, happenings: Sequence[Happening], main: Happening | None) -> Order:
    """Read the words of order: after, before, following, later, then, today, part of."""
    return _Reader(scene, happenings, main).read()


def _height(token: Token) -> int:
    height = 0
    while token.head != token:
        token, height = token.head, height + 1
    return height
