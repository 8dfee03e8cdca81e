"""How closely a place is named: a venue before the town around it, a town before its country."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.placing import Setting, Stretch, is_elsewhere, sets
from timeline.extraction.events.scene import Scene, answers
from timeline.extraction.mentions import PlaceMention
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places.gazetteer import is_near, place_words, spots
from timeline.extraction.places.space import BEYOND


def is_known(scene: Scene, key: str) -> bool:
    """Whether the map has a place, or it is in space, or a hall, tower or street with a name of its own."""
    place = scene.places[key]
    first, *_, last = f"{place.name} {place.name}".split()
    own_name = " " in place.name and knowledge.load().of_nation(first) is None
    return (
        place.latitude is not None or place.name in BEYOND or (own_name and last.lower() in place_words()["facilities"])
    )


def closest(scene: Scene, keys: list[str]) -> str:
    """The place that is named most closely: a venue before the town around it, a town before its country."""
    around = {scene.places[key].part_of for key in keys}
    venues = (key for key in keys if scene.places[key].part_of and scene.places[key].name not in around)
    country = scene.places[keys[0]].country
    within = (key for key in keys if scene.places[key].country == country and not is_wide(scene, key))
    return next(venues, None) or next(within if is_wide(scene, keys[0]) else iter(()), keys[0])


def is_wide(scene: Scene, key: str) -> bool:
    """Whether a place is a country or region, in which a town may be meant."""
    return scene.is_country(key) or any(spot.is_region for spot in spots(scene.places[key].name))


def mapped(scene: Scene, key: str, stretches: list[Stretch]) -> Setting | None:
    """The town in which a sentence sets a place that no map knows: "near the Mill Lane stop in Croydon"."""
    for paragraph, sentence in stretches:
        keys = [(token, scene.place_at(paragraph, token)) for token in sentence]
        if not any(here == key for _, here in keys):
            continue
        for token, here in keys:
            if here is not None and here != key and scene.places[here].latitude is not None and sets(token):
                return Setting(here, scene.span(paragraph, token))
    return None


def narrowed(scene: Scene, key: str, stretches: list[Stretch]) -> Setting | None:
    """The town of a wide place: "Baoding, Hebei province", "Afghanistan's city of Kunduz"; elsewhere none is meant."""
    country = scene.places[key].country
    if not is_wide(scene, key) or country is None or _is_listed(scene, key, stretches):
        return None
    for paragraph, sentence in stretches:
        for token in sentence:
            inner = scene.place_at(paragraph, token)
            if inner is None or inner == key or scene.places[inner].country != country or is_wide(scene, inner):
                continue
            if (
                _lies_in(scene.places[inner], scene.places[key].name)
                and _is_within(token)
                and not scene.in_quotation(paragraph, token)
            ):
                return Setting(inner, scene.span(paragraph, token))
    return None


def _lies_in(town: PlaceMention, around: str) -> bool:
    """Whether a town lies in a region of its country: Cleveland is in Ohio, not in Indiana."""
    return town.latitude is None or any(
        is_near(spot, around)
        for spot in spots(town.name)
        if (spot.latitude, spot.longitude) == (town.latitude, town.longitude)
    )


def _is_listed(scene: Scene, key: str, stretches: list[Stretch]) -> bool:
    """ "In France, Spain and Italy": no town of one of them is meant."""
    return any(
        scene.place_at(paragraph, token) == key
        and any(not _is_one_place(scene, paragraph, *pair) for pair in _joined(token))
        for paragraph, sentence in stretches
        for token in sentence
    )


def _joined(token: Token) -> list[tuple[Token, Token]]:
    """The words of a list beside one of them, each with it, in text order."""
    above = [(token.head, token)] if token.dep_ == "conj" else []
    return above + [(token, child) for child in token.children if child.dep_ == "conj" and child.pos_ == "PROPN"]


def _is_one_place(scene: Scene, paragraph: Paragraph, inner: Token, outer: Token) -> bool:
    """ "Randolph, New Hampshire, United States": a town and what it lies in, which the parse takes for a list."""
    keys = [scene.place_at(paragraph, token) for token in (inner, outer)]
    if None in keys or any(child.dep_ == "cc" for child in inner.children):
        return False
    first, second = (scene.places[key] for key in keys if key is not None)
    wide = [is_wide(scene, place.key) for place in (first, second)]
    return first.country == second.country and (not wide[0] or second.name == second.country) and wide[1]


def _is_within(token: Token) -> bool:
    """ "in Kunduz", "in Kunduz province", "Afghanistan's Kunduz city", "the city of Kunduz"."""
    if sets(token):
        return True
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_.lower() in place_words()["kinds"] and not is_elsewhere(head.head)
    if token.dep_ in ("compound", "nmod", "poss", "appos"):
        return sets(head) or (head.lemma_.lower() in place_words()["kinds"] and not answers(token))
    return False
