"""Where: countries, towns, regions and venues a document names, with their place on the map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from timeline.extraction import knowledge
from timeline.extraction.cast import Cast
from timeline.extraction.documents.publication import provenance
from timeline.extraction.mentions import Document, PlaceMention, Span
from timeline.extraction.names import fold, word_list, words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places import gazetteer
from timeline.extraction.places.datelines import find_datelines
from timeline.extraction.places.gazetteer import Spot, place_words
from timeline.extraction.places.space import find_beyond
from timeline.vocabulary import ActorKind, MentionForm

_KINDS = frozenset({"GPE", "LOC", "FAC"})
# A name, and what stands beside it.
_Named = tuple[Span, str | None]
_Key = tuple[str, str | None]


def find_places(
    document: Document, paragraphs: Sequence[Paragraph], cast: Cast, headline: Paragraph | None = None
) -> tuple[PlaceMention, ...]:
    """Find the places a document names.

    Args:
        document: the article as read.
        paragraphs: its parsed prose.
        cast: its actors: their states are places too, the names of its people are not.
        headline: its parsed title, where that does not stand in the text.

    Returns:
        The places in the order of first mention; without coordinates where the map does not know them, without mentions
        where only the title outside the text names them.
    """
    return _Search(document, paragraphs, cast).places(headline)


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
        self.countries = Counter[str | None]()
        for actor in cast.actors:
            if actor.known and actor.kind is ActorKind.STATE:
                self.countries[self.known.by_id[actor.known].name] += len(actor.mentions)
        names = gazetteer.country_names()
        origin = provenance(url=document.url, publisher=document.publisher)
        self.home = {names[code] for code in origin.stated if code in names}
        self.teams: set[str] = set()
        self.found: dict[_Key, list[Span]] = {}
        self.facts: dict[_Key, Spot | None] = {}

    def places(self, headline: Paragraph | None) -> tuple[PlaceMention, ...]:
        for span, state in self.states:
            self._add_state(state, span)
        titled = list(self._titled(headline)) if headline is not None else []
        filed = list(find_datelines(self.document))
        reported = [span for span, _ in filed]
        named = [
            (span, near)
            for paragraph in self.paragraphs
            for span, near in self._names(paragraph)
            if not any(span.overlaps(other) for other in reported)
        ]
        for text in [*(span.text for span, _ in (*filed, *named)), *(text for text, _ in titled)]:
            regions = {spot.country for spot in gazetteer.spots(text) if spot.is_region}
            named_state = _state_of(text)
            self.countries.update(country for country in regions if country)
            self.countries.update([self.known.by_id[named_state].name] if named_state else ())
        for span, near in (*filed, *named):
            if not self._is_team(span):
                self._add(span.text, near, span)
        for span, state in self._at_home():
            self._add_state(state, span)
        for text, near in titled:
            self._add(text, near, None)
        self._add_beyond(headline)
        if headline is not None:
            for _, _, state in find_home_events(headline.doc.text):
                self._add_state(state, None)
        rows = sorted(
            ((_apart(spans), *key, self.facts[key]) for key, spans in self.found.items()),
            key=lambda row: row[0][0].start if row[0] else -1,
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

    # --- what a name means ---------------------------------------------------------------------------------------

    def _add(self, text: str, near: str | None, span: Span | None) -> None:
        state = _state_of(text)
        if state is not None and not any(spot.is_region for spot in gazetteer.spots(text)):
            self._add_state(state, span)
            return
        spot = gazetteer.choose(text, near=near, countries=self.countries, home=self.home)
        if spot and span and spot.country not in self.countries and self._is_facility(span):
            spot = None  # "Waterloo station" need not be where the largest Waterloo is
        key = (spot.name, spot.country) if spot else (text, gazetteer.enclosing_country(near) if near else None)
        self._put(key, spot, span)

    def _add_state(self, state: str, span: Span | None) -> None:
        country = self.known.countries[state]
        spot = Spot(name=country.name, country=country.name, latitude=country.latitude, longitude=country.longitude)
        self._put((country.name, country.name), spot, span)

    def _add_beyond(self, headline: Paragraph | None) -> None:
        for paragraph in self.paragraphs:
            for start, end, name in find_beyond(paragraph.text):
                span = Span.of(self.document.text, paragraph.start + start, paragraph.start + end)
                if not any(span.overlaps(other) and not span.contains(other) for other in self.taken):
                    self._put((name, None), None, span)
        for _, _, name in find_beyond(headline.text) if headline is not None else ():
            self._put((name, None), None, None)

    def _is_facility(self, span: Span) -> bool:
        following = self.document.text[span.end : span.end + 20].split()
        return bool(following) and following[0].lower().strip(".,") in place_words()["facilities"]

    def _put(self, key: _Key, spot: Spot | None, span: Span | None) -> None:
        self.facts[key] = spot
        self.found.setdefault(key, []).extend([span] if span else [])

    # --- names of places -----------------------------------------------------------------------------------------

    def _names(self, paragraph: Paragraph) -> Iterator[_Named]:
        """The names of places in a paragraph, with what stands beside them after a comma."""
        doc = paragraph.doc
        read: set[int] = set()
        for first, last in (*_listed(doc), *self._recognised(doc)):
            tokens = range(first, last)
            span = paragraph.span(self.document.text, doc[first:last])
            if not read.isdisjoint(tokens) or self._is_taken(span, doc[first:last].root, doc[last - 1]):
                continue
            if _state_of(span.text) and not any(spot.is_region for spot in gazetteer.spots(span.text)):
                continue
            read.update(tokens)
            if _names_other(doc, last):
                continue
            if _plays(doc[first:last].root):
                self.teams.add(span.text)
            yield span, _beside(doc, last)

    def _titled(self, headline: Paragraph) -> Iterator[tuple[str, str | None]]:
        """The same in a title outside the text, but for what the text takes for somebody's name."""
        doc = headline.doc
        names = {span.text for span in self.taken}
        read: set[int] = set()
        for first, last in (*_listed(doc), *self._recognised(doc, states=True)):
            text = doc[first:last].text
            if read.isdisjoint(range(first, last)) and text not in names and not _plays(doc[first:last].root):
                read.update(range(first, last))
                yield text, _beside(doc, last)

    def _is_taken(self, span: Span, root: Token, last: Token) -> bool:
        """Whether a name is a state's or somebody else's: yet one is "at Brussels Airport", whoever runs it."""
        if any(state.overlaps(span) for state, _ in self.states):
            return True
        over = [other for other in self.taken if other.overlaps(span)]
        if over and last.lower_ in place_words()["facilities"] and all(span.contains(other) for other in over):
            return not (root.dep_ == "pobj" and root.head.lower_ in place_words()["at"] - {"by", "over", "under"})
        return bool(over)

    def _recognised(self, doc: Doc, *, states: bool = False) -> Iterator[tuple[int, int]]:
        """What the model takes for a place, without articles and possessives; `states` with those of countries."""
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
                state = self.known.of_nation(text)
                is_code = first + 1 == last and len(text) < 5 and text.isupper() and not gazetteer.is_place(text)
                if is_code and not (states and state):
                    continue
                if state is not None and (states or any(spot.is_region for spot in gazetteer.spots(text))):
                    state = None
                if not word_list("en", "no_names.txt") & {text} and state is None and not _is_direction(text):
                    yield first, last

    # --- what names no place, and what names one in passing ------------------------------------------------------

    def _is_team(self, span: Span) -> bool:
        """Whether a name is a team's here or elsewhere in the document: "Essex beat Kent", but not "in Essex"."""
        if span.text not in self.teams:
            return False
        before = self.document.text[max(span.start - 12, 0) : span.start].split()
        return not before or before[-1].lower() not in place_words()["at"]

    def _at_home(self) -> Iterator[tuple[Span, str]]:
        for start, end, state in find_home_events(self.document.text):
            yield Span.of(self.document.text, start, end), state


def find_home_events(text: str) -> Iterator[tuple[int, int, str]]:
    """Countries named by what takes place in them alone: "the Brazilian Grand Prix", "the Kenyan election".

    Each as where its name starts and ends, and its id in the knowledge file.
    """
    for match in _home_event().finditer(text):
        state = knowledge.load().of_nation(match[1])
        if state is not None:
            yield *match.span(1), state


@lru_cache(maxsize=4096)
def _state_of(name: str) -> str | None:
    """The id of the country that a name is, in full."""
    parts = words(name)
    found = knowledge.load().find(parts)
    if len(found) != 1 or (found[0].first, found[0].last) != (0, len(parts)):
        return None
    return next(
        (
            hit.entry.id
            for hit in found[0].hits
            if hit.entry.kind is ActorKind.STATE and hit.alias.form is MentionForm.NAME
        ),
        None,
    )


@cache
def _home_event() -> re.Pattern[str]:
    events = "|".join(sorted(place_words()["home_events"], key=len, reverse=True))
    return re.compile(rf"\b([A-Z][A-Za-z]+)(?: \d{{4}})? (?i:{events})\b")


def _listed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Regions, venues and large towns of the list, and others after "in" that the model overlooks."""
    names = gazetteer.longest_names()
    at = 0
    for token in doc:
        if token.i < at or not token.text[0].isupper():
            continue
        parts = names.get(fold(token.text), ())
        if parts and "." in token.text and (token.i == 0 or token.nbor(-1).text != ","):
            continue  # "Wash." and "B.C." are places behind a town alone
        end = next((end for row in parts if (end := _end(doc, token.i, row))), None)
        if end is None and _is_overlooked(token):
            end = token.i + 1
        if end is not None:
            at = end
            yield token.i, end


def _is_overlooked(token: Token) -> bool:
    if token.ent_type_ in _KINDS or token.i == 0 or token.pos_ != "PROPN":
        return False
    if token.nbor(-1).lower_ not in place_words()["where"]:
        return False
    if token.i + 1 < len(token.doc) and (token.nbor().pos_ == "PROPN" or token.nbor().text == "-"):
        return False
    return any(spot.population > gazetteer.LARGE for spot in gazetteer.spots(token.text))


def _names_other(doc: Doc, last: int) -> bool:
    """ "The Paris Agreement", "the New England Journal", "the Oslo Herald": called after a place, and elsewhere."""
    here = doc[last - 1].text.rpartition("-")[2]
    following = doc[last].text if last < len(doc) and doc[last - 1].whitespace_ else ""
    return any(name[:1].isupper() and name.lower() in place_words()["of_names"] for name in (here, following))


def _is_direction(name: str) -> bool:
    """ "the West", "the Northern District": nowhere on a map."""
    *first, last = name.lower().split()
    parts = {*first, last} - (place_words()["kinds"] if first else frozenset())
    return parts <= place_words()["compass"] and not gazetteer.is_place(name)


def _is_city(text: str, first: Token) -> bool:
    """Whether a name the model takes for a body or person is a city after all: "in Kursk", "Khan Younis"."""
    if " " not in text and (first.i == 0 or first.nbor(-1).lower_ not in place_words()["where"]):
        return False
    return any(spot.population > gazetteer.LARGE or spot.is_region or spot.is_venue for spot in gazetteer.spots(text))


def _end(doc: Doc, at: int, parts: Sequence[str]) -> int | None:
    """Where a name of the list ends that begins at a token; None where it does not stand there, or goes on."""
    joined, wanted = "", "".join(parts)
    for token in doc[at : at + 2 * len(parts)]:
        joined += fold(token.text).replace("-", "")
        if joined == wanted:
            return None if _goes_on(doc, token.i + 1) else token.i + 1
        if not wanted.startswith(joined):
            return None
    return None


def _goes_on(doc: Doc, last: int) -> bool:
    """Whether a name is only the beginning of the one that stands here: "Atlantic City"."""
    if last >= len(doc) or not doc[last].text[0].isupper() or doc[last - 1].whitespace_ != " ":
        return False
    return doc[last].ent_iob_ == "I" and doc[last].ent_type_ in _KINDS


def _beside(doc: Doc, last: int) -> str | None:
    """ "Texas" in "Paris, Texas"."""
    if last + 1 >= len(doc) or doc[last].text != "," or not doc[last + 1].text[0].isupper():
        return None
    end = last + 2
    while end < len(doc) and doc[end].pos_ == "PROPN" and end - last < 4:
        end += 1
    return doc[last + 1 : end].text


def _plays(token: Token) -> bool:
    """Whether a name does or suffers what a team does: "Essex thrashed Kent"."""
    if token.dep_ not in ("nsubj", "dobj") or token.head.pos_ != "VERB":
        return False
    return token.head.lemma_ in place_words()["contests" if token.dep_ == "nsubj" else "beaten"]


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
