"""Where a journey took place that no sentence sets anywhere: where a rocket rose, or a craft came down or set out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.closeness import is_known
from timeline.extraction.events.placing import Setting, Stretch
from timeline.extraction.events.scene import AT, Scene
from timeline.extraction.events.times import INCIDENTS
from timeline.extraction.paragraphs import sentence_of
from timeline.extraction.places.gazetteer import place_words
from timeline.extraction.places.space import BEYOND

# A craft comes down along these, and sets out along the last.
_DOWN = frozenset({"at", "in", "to"})
_OUT = frozenset({"from"})


def journey_of(scene: Scene, happening: Happening, opening: list[Stretch]) -> Iterator[Setting]:
    """ "The plane returned to Oslo", "a flight from Oslo to Bergen": where it came down, then where it set out."""
    told = [sentence_of(c.token) for c in happening.candidates]
    if not any(token.lemma_.lower() in place_words()["craft"] for sentence in told for token in sentence):
        return
    yield from _along(scene, opening, _DOWN, place_words()["comes_down"])
    yield from _along(scene, opening, _OUT, place_words()["sets_out"] | place_words()["craft"])


def launch_of(scene: Scene, happening: Happening, opening: list[Stretch]) -> Iterator[Setting]:
    """ "It blasted off from the Naro Space Center in Goheung": where a rocket rose, not where that was told."""
    told = [sentence_of(c.token) for c in happening.candidates]
    risen = any(token.lemma_.lower() in place_words()["rockets"] for sentence in told for token in sentence)
    if not risen or happening.first.kind in INCIDENTS:
        return  # missiles strike where they come down
    for paragraph, sentence in opening:
        for token in sentence:
            site = _site(token)
            key = scene.place_at(paragraph, token) if site is not None else None
            if site is None or key is None or scene.in_quotation(paragraph, token):
                continue
            if any(word.lemma_.lower() in place_words()["lifts"] for word in sentence if word.i < site.i):
                yield Setting(key, scene.span(paragraph, token), pinned=site != token)


def _site(place: Token) -> Token | None:
    """ "From Kourou", "from the Naro Space Center in Goheung": what somebody sets out from."""
    site = place
    if place.dep_ == "pobj" and place.head.lower_ in _DOWN | {"near"} and place.head.head.dep_ == "pobj":
        site = place.head.head
    return site if site.dep_ == "pobj" and site.head.lower_ in _OUT else None


def _along(scene: Scene, stretches: list[Stretch], ways: frozenset[str], heads: frozenset[str]) -> Iterator[Setting]:
    for paragraph, sentence in stretches:
        for token in sentence:
            key = scene.place_at(paragraph, token) if token.dep_ == "pobj" and token.head.lower_ in ways else None
            if key is None or not is_known(scene, key) or scene.in_quotation(paragraph, token):
                continue
            if _moves(token, heads):
                yield Setting(key, scene.span(paragraph, token))


def _moves(place: Token, heads: frozenset[str]) -> bool:
    """ "Returned to Oslo", "headed back to Oslo", "was back at Oslo"."""
    word = place.head.head
    beside = {child.lower_ for child in word.children} | {word.lower_}
    return word.lemma_.lower() in heads or (heads == place_words()["comes_down"] and "back" in beside)


def in_space(scene: Scene, happening: Happening, stretches: list[Stretch]) -> Iterator[Setting]:
    """ "A mission to the far side of the Moon", "to reach Mars": whoever goes there acts there."""
    titles_of = [(c.paragraph, c.paragraph.doc[:]) for c in happening.candidates if c.headline]
    keys = {
        scene.place_at(paragraph, token)
        for paragraph, sentence in [*titles_of, *stretches]
        for token in sentence
        if token.dep_ in ("pobj", "dobj") and _goes_to(token)
    }
    named = {scene.places[key].name: key for key in keys if key is not None}
    yield from (Setting(named[name]) for name in BEYOND if name in named)


def _goes_to(place: Token) -> bool:
    head = place.head
    return (
        head.lower_ in AT | {"for"} if place.dep_ == "pobj" else head.lemma_.lower() in place_words()["where_objects"]
    )
