"""The paragraphs of a document as scenes: who is named in them, what is quoted, which words may refer back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from timeline.extraction.mentions import Document
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.quotations import find_quotations
from timeline.vocabulary import ActorKind

GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
PLURALS = frozenset({"they"})
REFERRING = frozenset({*GENDERS, *PLURALS, "it", "the", "both"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody words may refer back to. `names` are paragraph, start and end of each name, in the paragraph's text,
    `nouns` the words by which a body is called for short."""

    id: int
    kind: ActorKind
    gender: str | None
    offices: tuple[str, ...]
    known_offices: tuple[str, ...]
    nation: str | None
    entry: str | None
    names: tuple[tuple[int, int, int], ...]
    nouns: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Anchor:
    """A place where a referent stands; `shared` where others stand in the same word ("the two leaders")."""

    referent: Referent
    token: Token
    paragraph: Paragraph
    sentence: int
    quoted: bool
    shared: bool = False


@dataclass(slots=True)
class Scene:
    """One paragraph, with its names and quotations."""

    paragraph: Paragraph
    quotations: list[tuple[int, int]]
    sentences: list[tuple[bool, list[Token]]] = field(default_factory=list)
    number: list[int] = field(default_factory=list)  # of the sentence each word stands in
    names: dict[int, Referent] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    def is_quoted(self, token: Token) -> bool:
        at = self.paragraph.start + token.idx
        return any(start <= at < end for start, end in self.quotations)


def scenes_of(document: Document, paragraphs: Sequence[Paragraph], referents: Sequence[Referent]) -> list[Scene]:
    scenes = []
    for paragraph in paragraphs:
        quotations = find_quotations(document.text, paragraph.start, paragraph.end)
        scenes.append(Scene(paragraph, [(q.start, q.end) for q in quotations]))
    for referent in referents:
        for index, start, end in referent.names:
            span = paragraphs[index].doc.char_span(start, end, alignment_mode="expand")
            assert span is not None
            scenes[index].names[span.root.i] = referent
            scenes[index].covered.update(range(span.start, span.end))
    for scene in scenes:
        scene.sentences = list(_sentences(scene))
    return scenes


def _sentences(scene: Scene) -> Iterator[tuple[bool, list[Token]]]:
    """Whether each sentence has a verb outside quotation marks, and its words that name somebody or may refer back."""
    tokens = list(scene.paragraph.doc)
    for number, sentence in enumerate(scene.paragraph.doc.sents):
        scene.number += [number] * (sentence.end - sentence.start)
        own = tokens[sentence.start : sentence.end]
        told = any(token.pos_ in ("VERB", "AUX") and not scene.is_quoted(token) for token in own)
        yield told, [token for token in own if token.i in scene.names or token.lower_ in REFERRING]
