"""Where an event took place: what hangs on its words, the title, its sentences, the dateline, or else the opening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.opening import VERBAL, opening_sentences, places_another
from timeline.extraction.events.scene import AT, Scene
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import Span
from timeline.extraction.names import titles, word_list
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.places.datelines import find_datelines
from timeline.extraction.places.gazetteer import place_words, spots
from timeline.extraction.places.toponyms import find_home_events

# Something happens at these, and goes elsewhere along the others: "aid to Ukraine".
_WITHIN = AT - {"to", "into", "across"}
_Stretch = tuple[Paragraph, DocSpan]


@dataclass(frozen=True, slots=True)
class Setting:
    """The key of a place, with the words that name it where they do not hang on the event's own."""

    place: str
    proof: Span | None = None


def setting_of(scene: Scene, happening: Happening, *, is_main: bool) -> Setting | None:
    """Where an event took place, by the first that tells it; only of the main event what stands further off.

    Measured on thirty-one articles with a stated place: what hangs on its words, the title and its own sentences are
    right four times in five, the dateline and the opening three times in five.
    """
    attached = list(dict.fromkeys(key for c in happening.candidates for key in c.places))
    own = [(c.paragraph, sentence_of(c.token)) for c in happening.candidates if not c.in_title]
    if attached:
        key = _closest(scene, attached)
        return _narrowed(scene, key, own, is_main) or Setting(key)
    if not is_main:
        return None
    titled = _in_title(scene, happening)
    if titled is not None:
        return _narrowed(scene, titled, own, is_main) or Setting(titled)
    opening = list(opening_sentences(scene))
    spoken = happening.is_speech or happening.first.kind in VERBAL
    found = chain(
        _set_in(scene, happening, own, spoken=spoken),
        _filed(scene),
        _set_in(scene, happening, opening, spoken=spoken),
        () if spoken else _named_in(scene, happening, [*own, *opening]),
    )
    first = next(found, None)
    return first and (_narrowed(scene, first.place, [*own, *opening], is_main) or first)


def _closest(scene: Scene, keys: list[str]) -> str:
    """The place that is named most closely: a venue before the town around it, a town before its country."""
    around = {scene.places[key].part_of for key in keys}
    venues = (key for key in keys if scene.places[key].part_of and scene.places[key].name not in around)
    country = scene.places[keys[0]].country
    within = (key for key in keys if scene.places[key].country == country and not is_wide(scene, key))
    return next(venues, None) or next(within if is_wide(scene, keys[0]) else iter(()), keys[0])


def is_wide(scene: Scene, key: str) -> bool:
    """Whether a place is a country or region, in which a town may be meant."""
    place = scene.places[key]
    return place.name == place.country or any(spot.is_region for spot in spots(place.name))


def _narrowed(scene: Scene, key: str, stretches: list[_Stretch], is_main: bool) -> Setting | None:
    """The town of a wide place: "Baoding, Hebei province", "Afghanistan's city of Kunduz"; elsewhere none is meant."""
    if not is_wide(scene, key) or scene.places[key].country is None:
        return None
    if is_main:
        stretches = [*stretches, *opening_sentences(scene)]
    country, wide = scene.places[key].country, scene.places[key]
    for paragraph, sentence in stretches:
        for token in sentence:
            inner = scene.place_at(paragraph, token)
            if inner is None or inner == key or scene.places[inner].country != country:
                continue
            if is_wide(scene, inner) and wide.name != country:
                continue
            if _is_within(token) and not scene.in_quotation(paragraph, token):
                return Setting(inner, scene.span(paragraph, token))
    return None


def _is_within(token: Token) -> bool:
    """ "in Kunduz", "in Kunduz province", "Afghanistan's Kunduz city", "the city of Kunduz"."""
    if sets(token):
        return True
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_.lower() in place_words()["kinds"] and not _is_elsewhere(head.head)
    if token.dep_ in ("compound", "nmod", "poss", "appos"):
        return sets(head) or head.lemma_.lower() in place_words()["kinds"]
    return False


# --- the title -----------------------------------------------------------------------------------------------------


def _in_title(scene: Scene, happening: Happening) -> str | None:
    clause = next((c.headline for c in happening.candidates if c.headline), None)
    if clause is None:
        return None
    for token in clause.paragraph.doc[clause.first :]:
        if places_another(token):
            continue
        venue = scene.venue_of(clause.paragraph, token)
        if venue and (token.dep_ in ("compound", "nmod", "npadvmod") or sets(token)):
            return venue
        key = scene.place_at(clause.paragraph, token)
        if key and sets(token):
            return key
    countries = knowledge.load().countries
    for _, _, state in find_home_events(clause.paragraph.doc.text):
        return next((key for key, place in scene.places.items() if place.name == countries[state].name), None)
    return None


# --- sentences -----------------------------------------------------------------------------------------------------


def sets(token: Token) -> bool:
    """ "in Croydon", "near the station": not "aid to Ukraine", nor "the war in Ukraine", which is elsewhere."""
    prep = token.head
    return token.dep_ == "pobj" and prep.lower_ in _WITHIN and not _is_elsewhere(prep.head)


def _is_elsewhere(head: Token) -> bool:
    """Whether a place beside a word tells where that is, or somebody comes from, and not where the event was."""
    lemma = head.lemma_.lower()
    return lemma in event_words()["elsewhere"] or lemma in place_words()["of_origin"]


def _set_in(scene: Scene, happening: Happening, stretches: list[_Stretch], *, spoken: bool) -> Iterator[Setting]:
    """Places at which the sentences set something; where the event is `spoken` words, not those it speaks of."""
    for paragraph, sentence in stretches:
        for token in sentence:
            if not sets(token) or scene.in_quotation(paragraph, token):
                continue
            if not (spoken and scene.is_reported(paragraph.offset(token))):
                for word in (token, *(t for t in token.lefts if t.dep_ == "compound")):
                    key = _free_place(scene, happening, paragraph, word)
                    # "in Nairobi hospitals" are there, "in US politics" are not.
                    if key and (word is token or scene.places[key].name != scene.places[key].country):
                        yield Setting(key, scene.span(paragraph, word))


def _named_in(scene: Scene, happening: Happening, stretches: list[_Stretch]) -> Iterator[Setting]:
    """Places that the sentences name in passing: "the firm's Kenyan range" does not, "its Nairobi plant" does."""
    institutions = word_list("en", "institutions.txt")
    for paragraph, sentence in stretches:
        for token in sentence:
            head, after = token.head, token.doc[token.i + 1 : token.i + 3].text
            if token.dep_ not in ("compound", "nmod", "poss", "appos", "npadvmod", "amod") and after != "-only":
                continue
            if (
                head.lemma_.lower() in titles()
                or head.text.capitalize() in institutions
                or _is_elsewhere(head)
                or (after.startswith("-") and after != "-only")
                or scene.in_quotation(paragraph, token)
            ):
                continue
            key = _free_place(scene, happening, paragraph, token)
            if key:
                yield Setting(key, scene.span(paragraph, token))


def _free_place(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> str | None:
    """The place that a word names, unless somebody who takes part bears the name."""
    key = scene.place_at(paragraph, token)
    actor = scene.actor_of(paragraph, token) if key else None
    return key if actor is None or actor.key not in happening.actors else None


# --- the dateline --------------------------------------------------------------------------------------------------


def _filed(scene: Scene) -> Iterator[Setting]:
    """The town the report was filed from."""
    for span, _ in find_datelines(scene.document):
        yield from (Setting(key, span) for key, place in scene.places.items() if span in place.mentions)
