"""The places that a title tells."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.closeness import is_known
from timeline.extraction.events.opening import VERBAL, places_another
from timeline.extraction.events.passing import is_seat
from timeline.extraction.events.placing import Setting, sets
from timeline.extraction.events.scene import Scene, is_scene_of, is_spoken_of
from timeline.extraction.events.times import INCIDENTS
from timeline.extraction.events.words import event_words
from timeline.extraction.places.toponyms import find_home_events


def in_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Blast in Oslo", "Oslo plane crash kills ten", "Oslo plane crash: pilot held", "Rain at French Open"."""
    clause = next((c.headline for c in happening.candidates if c.headline), None)
    if clause is None:
        return
    doc, nouns = clause.paragraph.doc, event_words().nouns.keys() | event_words()["verbless"]
    beside: list[Setting] = []
    for token in doc:
        key = scene.place_at(clause.paragraph, token)
        if key is None or places_another(token) or key == scene.place_at(clause.paragraph, token.head):
            continue  # no place, another's, or the beginning of a name of several words
        head = token
        while head.dep_ in ("compound", "nmod", "npadvmod") and head.head != head:
            head = head.head
        free = scene.venue_of(clause.paragraph, token) is not None or is_scene_of(head)
        if (token.i >= clause.first or _opens(token)) and sets(head) and (head is token or free):
            yield Setting(key)
        elif free and head.i != token.i and head.lemma_.lower() in nouns:
            beside.append(Setting(key))
    yield from beside
    yield from at_home_event(scene, doc.text)


def of_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Stores in Oslo lower prices": where a title that nobody could parse sets what the opening tells."""
    title = scene.title
    if title is None or any(c.in_title for c in happening.candidates):
        return
    for token in title.doc:
        key = scene.place_at(title, token)
        if key is not None and sets(token) and not places_another(token) and not is_spoken_of(token):
            yield Setting(key)


def labelled(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Lviv: Five hurt by missiles", "Ukraine war: Civilians abducted": the word before the colon of a title."""
    title = scene.title
    colon = next((t for t in title.doc[:LABEL] if t.text == ":"), None) if title is not None else None
    if title is None or colon is None or happening.is_speech or happening.first.kind in VERBAL:
        return
    key = scene.place_at(title, title.doc[0])
    bare = all(scene.place_at(title, token) == key for token in title.doc[: colon.i])
    about = title.doc[colon.i - 1].lemma_.lower() in event_words()["elsewhere"]
    if key is not None and is_known(scene, key) and (bare or (about and happening.first.kind in INCIDENTS)):
        yield Setting(key)


def _opens(token: Token) -> bool:
    """ "In China, wins churn up supporters"."""
    return token.dep_ == "pobj" and token.head.i == 0


def at_home_event(scene: Scene, text: str) -> Iterator[Setting]:
    """The country of "the Brazilian Grand Prix"."""
    countries = knowledge.load().countries
    for _, _, state in find_home_events(text):
        yield from (Setting(key) for key, place in scene.places.items() if place.name == countries[state].name)


def beside_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Oslo zoo bear escapes": what a title names in passing, as the last that tells anything."""
    clause = next((c.headline for c in happening.candidates if c.headline), None)
    for token in clause.paragraph.doc if clause else ():
        if token.dep_ in ("compound", "nmod", "poss") and not places_another(token):
            key = scene.venue_of(clause.paragraph, token) if clause else None
            if key and is_known(scene, key) and not scene.is_country(key) and not is_seat(scene, key):
                yield Setting(key)


# Words of a title before a colon that may name a place.
LABEL = 5
