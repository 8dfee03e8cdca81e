"""Where: countries, cities, regions and venues a document names, with their place on the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from timeline.extraction import knowledge
from timeline.extraction.cast import Cast
from timeline.extraction.mentions import Document, PlaceMention, Span
from timeline.extraction.names import fold, word_list
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places import gazetteer
from timeline.extraction.places.gazetteer import Spot
from timeline.vocabulary import ActorKind, MentionForm

_KINDS = frozenset({"GPE", "LOC", "FAC"})
_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "of",
        "outside",
        "around",
        "across",
        "towards",
        "toward",
        "into",
        "inside",
        "through",
        "over",
    ]
)


def find_places(document: Document, paragraphs: Sequence[Paragraph], cast: Cast) -> tuple[PlaceMention, ...]:
    """Find the places a document names.

    Args:
        document: the article as read.
        paragraphs: its parsed prose.
        cast: its actors: their states are places too, the names of its people are not.

    Returns:
        The places in the order of first mention; without coordinates where the map does not know them.
    """
    return _Search(document, paragraphs, cast).places()


class _Search:
    def __init__(self, document: Document, paragraphs: Sequence[Paragraph], cast: Cast) -> None:
        self.document = document
        self.paragraphs = paragraphs
        self.known = knowledge.load()
        self.states: list[tuple[Span, str]] = []
        self.taken: list[Span] = []
        for actor in cast.actors:
            for mention in actor.mentions:
                if mention.form is MentionForm.NAME and actor.kind is ActorKind.STATE and actor.known:
                    self.states.append((mention.span, actor.known))
                elif mention.form in (MentionForm.NAME, MentionForm.METONYM):
                    self.taken.append(mention.span)
        self.countries = {self.known.by_id[state].name for _, state in self.states}
        self.countries |= {
            self.known.by_id[actor.known].name for actor in cast.actors if actor.known and actor.kind is ActorKind.STATE
        }
        self._starts = sorted((span.start, span.end) for span in self.taken)

    def places(self) -> tuple[PlaceMention, ...]:
        found: dict[tuple[str, str | None], list[Span]] = {}
        facts: dict[tuple[str, str | None], Spot | None] = {}
        for span, state in self.states:
            key: tuple[str, str | None] = (self.known.by_id[state].name, self.known.by_id[state].name)
            found.setdefault(key, []).append(span)
            country = self.known.countries[state]
            facts[key] = Spot(
                name=country.name, country=country.name, latitude=country.latitude, longitude=country.longitude
            )
        named = [pair for paragraph in self.paragraphs for pair in self._names(paragraph)]
        for span, _ in named:
            self.countries |= {spot.country for spot in gazetteer.spots(span.text) if spot.is_region and spot.country}
        for span, near in named:
            spot = gazetteer.choose(span.text, near=near, countries=self.countries)
            key = (spot.name, spot.country) if spot else (span.text, None)
            found.setdefault(key, []).append(span)
            facts[key] = spot
        rows = sorted(
            ((_apart(spans), *key, facts[key]) for key, spans in found.items()), key=lambda row: row[0][0].start
        )
        return tuple(
            PlaceMention(
                key=f"p{number}",
                name=name,
                country=country,
                latitude=spot.latitude if spot else None,
                longitude=spot.longitude if spot else None,
                part_of=spot.part_of if spot else None,
                mentions=spans,
            )
            for number, (spans, name, country, spot) in enumerate(rows, 1)
        )

    def _names(self, paragraph: Paragraph) -> Iterator[tuple[Span, str | None]]:
        """The names of places in a paragraph, with what stands beside them after a comma."""
        doc = paragraph.doc
        read: set[int] = set()
        for first, last in [*self._listed(paragraph), *self._recognised(paragraph)]:
            tokens = set(range(first, last))
            span = paragraph.span(self.document.text, doc[first:last])
            if read & tokens or self._is_taken(span):
                continue
            read |= tokens
            yield span, self._beside(paragraph, last)

    def _is_taken(self, span: Span) -> bool:
        return any(start < span.end and span.start < end for start, end in self._starts) or any(
            state.overlaps(span) for state, _ in self.states
        )

    def _listed(self, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
        """Regions and venues of the list, and cities of several words or after "in" that the model overlooks."""
        doc = paragraph.doc
        names = gazetteer.longest_names()
        at = 0
        while at < len(doc):
            token = doc[at]
            step = 1
            if token.text[0].isupper():
                for parts in names.get(fold(token.text), ()):
                    if _matches(doc, at, parts) and not _goes_on(doc, at, parts):
                        step = len(parts)
                        yield at, at + step
                        break
                else:
                    if self._is_overlooked(token):
                        yield at, at + 1
            at += step

    def _is_overlooked(self, token: Token) -> bool:
        if token.ent_type_ in _KINDS or token.i == 0 or token.pos_ != "PROPN":
            return False
        if token.nbor(-1).lower_ not in _WHERE:
            return False
        if token.i + 1 < len(token.doc) and (token.nbor().pos_ == "PROPN" or token.nbor().text == "-"):
            return False
        return any(spot.population > 100_000 for spot in gazetteer.spots(token.text))

    def _recognised(self, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
        """What the model takes for a place, without articles and possessives."""
        doc = paragraph.doc
        for ent in doc.ents:
            if ent.label_ not in _KINDS and not (ent.label_ in ("ORG", "PERSON") and _is_city(ent.text, ent[0])):
                continue
            first, last = ent.start, ent.end
            while first < last and (doc[first].lower_ == "the" or not doc[first].text[0].isalnum()):
                first += 1
            while last > first and (doc[last - 1].lower_ in ("'s", "'") or not doc[last - 1].text[-1].isalnum()):
                if doc[last - 1].text[-1] == "." and len(doc[last - 1].text) > 1:
                    break
                last -= 1
            if first < last and any(token.text[0].isupper() for token in doc[first:last]):
                text = doc[first:last].text
                if first + 1 == last and len(text) < 5 and text.isupper() and not gazetteer.is_place(text):
                    continue
                state = self.known.of_nation(text)
                if state is not None and any(spot.is_region for spot in gazetteer.spots(text)):
                    state = None
                if not _no_places() & {text} and state is None:
                    yield first, last

    @staticmethod
    def _beside(paragraph: Paragraph, last: int) -> str | None:
        """ "Texas" in "Paris, Texas"."""
        doc = paragraph.doc
        if last + 1 >= len(doc) or doc[last].text != "," or not doc[last + 1].text[0].isupper():
            return None
        end = last + 2
        while end < len(doc) and doc[end].pos_ == "PROPN" and end - last < 4:
            end += 1
        return doc[last + 1 : end].text


def _is_city(text: str, first: Token) -> bool:
    """Whether a name the model takes for a body or person is a city after all: "in Kursk", "Khan Younis"."""
    where = " " in text or (first.i > 0 and first.nbor(-1).lower_ in _WHERE)
    known = [spot for spot in gazetteer.spots(text) if spot.population > 100_000 or spot.is_region or spot.is_venue]
    return where and bool(known)


def _matches(doc: Doc, at: int, parts: Sequence[str]) -> bool:
    if len(parts) == 1:
        return True
    joined = ""
    wanted = "".join(parts).replace("-", "")
    for token in doc[at : at + 2 * len(parts) + 2]:
        joined += fold(token.text).replace("-", "")
        if joined == wanted:
            return True
        if not wanted.startswith(joined):
            return False
    return False


def _goes_on(doc: Doc, at: int, parts: Sequence[str]) -> bool:
    """Whether a name of the list is only the beginning of the one that stands here: "Atlantic City"."""
    last = at + len(parts)
    if last >= len(doc) or not doc[last].text[0].isupper() or doc[last - 1].whitespace_ != " ":
        return False
    return doc[last].ent_iob_ == "I" and doc[last].ent_type_ in _KINDS


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _no_places() -> frozenset[str]:
    return word_list("en", "no_names.txt")
