"""The names of one paragraph: those that are known, and those the language model sees.

What is known overrides the model, which misreads many names of the news; a longer name that only contains a known one
overrides the known one ("Ivanka Trump", "Bank of England").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.actors.enclosing import enclosing_name
from timeline.extraction.actors.lines import Line
from timeline.extraction.actors.national import NationalBody, national_bodies
from timeline.extraction.actors.overlooked import people_by_first_name, people_by_title
from timeline.extraction.actors.pieces import Piece, cut
from timeline.extraction.actors.sightings import BODY, PERSON, PLACE, Sighting
from timeline.extraction.knowledge import Found, Hit, Knowledge
from timeline.extraction.names import fold
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.vocabulary import ActorKind

_GUESSES = {"PERSON": PERSON, "ORG": BODY, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}


class Reading:
    """The words of one paragraph and the names among them."""

    def __init__(self, paragraph: Paragraph, knowledge: Knowledge, day: date | None = None) -> None:
        self.paragraph = paragraph
        self.line = Line(paragraph, knowledge)
        self.sightings: list[Sighting] = []
        self.nations: list[str] = []  # those of the known names that are part of a body's
        self._read(list(_of_their_time(knowledge.find(self.line.words), day)))

    def overlooked(self, surnames: set[str]) -> Iterator[Sighting]:
        """Surnames of the document's people that nothing has read as a name so far."""
        covered = [(sighting.start, sighting.end) for sighting in self.sightings]
        for n, word in enumerate(self.line.words):
            if fold(word.text).casefold() not in surnames or not word.is_capitalised:
                continue
            if any(start <= word.start < end for start, end in covered):
                continue
            token = self.line.token(word.start)
            if token is None:
                continue
            if token.pos_ == "PROPN" or token.ent_type_ == "PERSON" or self._is_written_as_a_name(n, token):
                yield self._sighting(n - self._has_given_name(n), n + 1, PERSON)

    def _is_written_as_a_name(self, n: int, token: Token) -> bool:
        """Whether the capital of a surname that is a common word too is a name's: "fired by Jobs", "Jobs has left".

        A capital within a sentence of the body, and not beside another as in "the Jobs Act"; one that begins the
        sentence where the verb is that of one person.
        """
        if not self.paragraph.is_body or token.pos_ not in ("NOUN", "ADJ") or self.line.words[n].text.isupper():
            return False
        if token.i == sentence_of(token).start:
            helpers = [child for child in token.head.children if child.dep_ in ("aux", "auxpass")]
            single = any(verb.tag_ == "VBZ" or verb.lower_ == "was" for verb in (token.head, *helpers))
            return token.tag_ == "NNS" and token.dep_ in ("nsubj", "nsubjpass") and single
        beside = (*self.line.words[max(n - 1, 0) : n], *self.line.words[n + 1 : n + 2])
        return not any(word.is_capitalised for word in beside) and not any(
            child.dep_ in ("det", "amod", "nummod") for child in token.children
        )

    def _has_given_name(self, n: int) -> bool:
        """Whether the model takes an overlooked surname and the word before it for one name of two: "Tima Kurdi"."""
        start, end = self.line.words[n - 1].start if n else 0, self.line.words[n].end
        alike = (ent for ent in self.paragraph.doc.ents if (ent.start_char, ent.end_char) == (start, end))
        return n > 0 and any(ent.label_ == "NORP" for ent in alike) and not self.line.is_title(n - 1)

    def unread(self, names: Collection[str]) -> Iterator[Sighting]:
        """Where one of these words stands and nothing has been read."""
        covered = [(sighting.start, sighting.end) for sighting in self.sightings]
        for n, word in enumerate(self.line.words):
            if word.text in names and not any(start <= word.start < end for start, end in covered):
                yield self._sighting(n, n + 1, BODY)

    def _read(self, known: list[Found]) -> None:
        pieces = [piece for ent in self.paragraph.doc.ents for piece in cut(self.line, ent.label_, *self._range(ent))]
        kept: list[Found] = []
        national = list(national_bodies(self.line.text, self.line.words, known))
        inside = {n for body in national for n in range(body.first, body.last)}
        pieces = [piece for piece in pieces if not any(_is_within(piece, body) for body in national)]
        self.nations = [
            hit.entry.id
            for found in known
            if found.first in inside
            for hit in found.hits[:1]
            if hit.entry.kind is ActorKind.STATE
        ]
        known = [found for found in known if found.first not in inside]
        kept += [Found(body.first, body.last, body.hits) for body in national if body.hits]
        pieces += [Piece(body.first, body.last, "ORG") for body in national if body.is_name and not body.hits]
        for found in known:
            stronger = enclosing_name(self.line, found, pieces, known)
            if stronger is None:
                kept.append(found)
            elif stronger not in pieces:
                pieces.append(stronger)
        taken = {n for found in kept for n in range(found.first, found.last)}
        for found in kept:
            if found.hits:
                self.sightings.append(self._sighting(found.first, found.last, _guess(found.hits), found.hits))
        pieces += people_by_title(self.line, taken | {n for piece in pieces for n in range(piece.first, piece.last)})
        pieces += people_by_first_name(
            self.line, taken | {n for piece in pieces for n in range(piece.first, piece.last)}
        )
        for piece in sorted(pieces, key=lambda piece: (piece.first - piece.last, piece.first)):
            guess = _GUESSES.get(piece.label)
            if guess is None or taken & set(range(piece.first, piece.last)):
                continue
            taken |= set(range(piece.first, piece.last))
            self.sightings.append(self._sighting(piece.first, piece.last, guess))
        self.sightings.sort(key=lambda sighting: sighting.start)

    def _range(self, ent: DocSpan) -> tuple[int, int]:
        start, end = ent.start_char, ent.end_char
        first = next((n for n, word in enumerate(self.line.words) if word.end > start), len(self.line.words))
        last = first
        while last < len(self.line.words) and self.line.words[last].start < end:
            last += 1
        return first, last

    def _sighting(self, first: int, last: int, guess: str, hits: tuple[Hit, ...] = ()) -> Sighting:
        start, end = self.line.words[first].start, self.line.words[last - 1].end
        before = first - 1
        if before > 0 and self.line.words[before].text == ".":
            before -= 1
        title = self.line.words[before].text.lower() if before >= 0 and self.line.is_title(before) else ""
        return Sighting(self.paragraph, start, end, self.line.text[start:end], guess, hits, title, self.line.text)


def _is_within(piece: Piece, body: NationalBody) -> bool:
    """Whether what the model reads is no more than a body of a nation."""
    return body.is_name and body.first <= piece.first and piece.last <= body.last


def _of_their_time(known: Iterable[Found], day: date | None) -> Iterator[Found]:
    """Without those who are known by a surname only since long after a day: "Vance" in 1987."""
    for found in known:
        hits = tuple(hit for hit in found.hits if not (hit.alias.alone and hit.entry.is_before_its_time(day)))
        if hits == found.hits:
            yield found
        elif hits:
            yield Found(found.first, found.last, hits)


def _guess(hits: tuple[Hit, ...]) -> str:
    match hits[0].entry.kind:
        case ActorKind.PERSON:
            return PERSON
        case ActorKind.STATE:
            return PLACE
    return BODY
