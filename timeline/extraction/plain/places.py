"""Places that a preposition says to be places: "en Bogotá", "en Brasil". Nothing else is taken for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from timeline.extraction import knowledge
from timeline.extraction.cast import Cast
from timeline.extraction.documents.publication import provenance
from timeline.extraction.mentions import Document, PlaceMention, Span
from timeline.extraction.names import Word, words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places import gazetteer
from timeline.extraction.places.gazetteer import Spot
from timeline.extraction.plain.wording import Wording
from timeline.vocabulary import ActorKind, MentionForm

# A town this large, and so many times larger than its namesakes abroad, is meant by its name alone; of others the
# article must tell the country.
_METROPOLIS, _FAR_LARGER = 1_000_000, 10
_LONGEST = 4  # words of a place's name


def find_places(
    document: Document, paragraphs: Sequence[Paragraph], cast: Cast, wording: Wording
) -> tuple[PlaceMention, ...]:
    """The towns, regions and states that a document says something happened in, in the order of first mention.

    Args:
        document: the article as read; its publisher's country is evidence for homonyms.
        paragraphs: its parsed prose.
        cast: its actors; the states among them are evidence too, and no person's or body's name is a place.
        wording: the words of its language.
    """
    found: dict[tuple[str, str | None], tuple[Spot, list[Span]]] = {}
    finder = _Finder(document, cast, wording)
    for paragraph in paragraphs:
        for spot, span in finder.find(paragraph):
            found.setdefault((spot.name, spot.country), (spot, []))[1].append(span)
    return tuple(
        PlaceMention(
            key=f"p{number}",
            name=spot.name,
            country=spot.country,
            latitude=spot.latitude,
            longitude=spot.longitude,
            part_of=spot.part_of,
            mentions=tuple(spans),
        )
        for number, (spot, spans) in enumerate(found.values(), 1)
    )


class _Finder:
    def __init__(self, document: Document, cast: Cast, wording: Wording) -> None:
        self.document = document
        self.cast = cast
        self.wording = wording
        self.known = knowledge.load(wording.language)
        states = [actor for actor in cast.actors if actor.kind is ActorKind.STATE]
        self.countries: Counter[str | None] = Counter({actor.name: len(actor.mentions) for actor in states})
        names = gazetteer.country_names()
        origin = provenance(url=document.url, publisher=document.publisher)
        self.home = {names[code] for code in origin.stated if code in names}

    def find(self, paragraph: Paragraph) -> Iterator[tuple[Spot, Span]]:
        text = words(paragraph.text)
        for n, word in enumerate(text[:-1]):
            if not self.wording.has("in", word.text.lower()):
                continue
            first = n + 1
            while first < len(text) - 1 and self.wording.has("articles", text[first].text):
                first += 1
            spot, last = self._place(text, first)
            if spot is not None:
                start, end = paragraph.start + text[first].start, paragraph.start + text[last - 1].end
                yield spot, Span.of(self.document.text, start, end)

    def _place(self, text: Sequence[Word], first: int) -> tuple[Spot | None, int]:
        """The place whose name begins with a word, and where it ends: the longest name that is one."""
        if not text[first].is_capitalised:
            return None, first
        for last in range(min(first + _LONGEST, len(text)), first, -1):
            if not text[last - 1].is_capitalised or (last < len(text) and self._goes_on(text, last)):
                continue
            spot = self._known(text[first:last]) or self._on_map(" ".join(word.text for word in text[first:last]))
            if spot is not None:
                return spot, last
        return None, first

    def _goes_on(self, text: Sequence[Word], last: int) -> bool:
        return text[last].is_capitalised and text[last].start == text[last - 1].end + 1

    def _known(self, name: Sequence[Word]) -> Spot | None:
        """A state, or a capital under the name that the language gives it."""
        for found in self.known.find(name):
            if found.last - found.first < len(name):
                continue
            for hit in found.hits:
                country = self.known.countries.get(hit.entry.id)
                if country is not None and hit.alias.capital:
                    return gazetteer.choose(country.capital, countries={country.name: 1})
                if country is not None and hit.alias.form is MentionForm.NAME:
                    return Spot(
                        name=country.name,
                        country=country.name,
                        latitude=country.latitude,
                        longitude=country.longitude,
                    )
        return None

    def _on_map(self, name: str) -> Spot | None:
        name = self.wording.towns.get(name, name)
        if not gazetteer.is_place(name):
            return None
        spot = gazetteer.choose(name, countries=self.countries, home=self.home)
        if spot is None or spot.country in self.countries or spot.country in self.home:
            return spot
        rivals = [other.population for other in gazetteer.spots(name) if other.country != spot.country]
        large = spot.population >= _METROPOLIS and spot.population > _FAR_LARGER * max(rivals, default=0)
        return spot if not rivals or large else None
