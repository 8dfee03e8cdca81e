"""Where: the places a document names, and which of several is meant."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from spacy.language import Language

from tests.extraction.test_actors import PIECES, document_of
from timeline.extraction.actors.identities import find_actors
from timeline.extraction.mentions import PlaceMention
from timeline.extraction.paragraphs import parse
from timeline.extraction.places import gazetteer
from timeline.extraction.places.toponyms import find_places

Locate = Callable[..., tuple[PlaceMention, ...]]


@pytest.fixture
def locate(nlp: Language) -> Locate:
    def locator(*paragraphs: str) -> tuple[PlaceMention, ...]:
        document = document_of(*paragraphs)
        parsed = parse(document, nlp)
        return find_places(document, parsed, find_actors(document, parsed))

    return locator


def found(places: tuple[PlaceMention, ...]) -> list[tuple[str, str | None]]:
    return [(place.name, place.country) for place in places]


def test_a_venue_lies_in_its_building(locate: Locate) -> None:
    (place,) = locate("They talked in the Oval Office for an hour.")

    assert (place.name, place.part_of, place.country) == ("Oval Office", "White House", "United States")


def test_states_are_places_too(locate: Locate) -> None:
    (place,) = locate("Fighting went on in Ukraine.")

    assert (place.name, place.latitude is not None) == ("Ukraine", True)


def test_towns_that_models_misread_are_on_the_map(locate: Locate) -> None:
    assert found(locate("Shells fell on Khan Younis. A drone was seen in Kursk.")) == [
        ("Khan Younis", "Palestine"),
        ("Kursk", "Russia"),
    ]


def test_what_stands_beside_a_town_decides_between_homonyms(locate: Locate) -> None:
    assert found(locate("She was born in Paris, Texas.")) == [("Paris", "United States"), ("Texas", "United States")]
    assert found(locate("She was born in Paris.")) == [("Paris", "France")]


def test_the_country_spoken_of_decides_between_homonyms(locate: Locate) -> None:
    assert ("Tripoli", "Lebanon") in found(locate("Lebanon sent troops on Monday. There was fighting in Tripoli."))
    assert ("Tripoli", "Libya") in found(locate("There was fighting in Tripoli."))


def test_a_town_elsewhere_than_any_known_has_no_coordinates(locate: Locate) -> None:
    first, *_ = locate("He lives in Rotterdam, Vermont.")

    assert (first.name, first.country, first.latitude) == ("Rotterdam", None, None)


def test_people_are_no_places(locate: Locate) -> None:
    assert locate("Jordan Peterman and Paris Hilton met Jack London.") == ()


def test_a_capital_that_acts_is_no_place(locate: Locate) -> None:
    assert locate("Moscow denied it.") == ()


def test_other_names_lead_to_one_place(locate: Locate) -> None:
    (place,) = locate("He flew to Kiev. Later she was in Kyiv too.")

    assert (place.name, [span.text for span in place.mentions]) == ("Kyiv", ["Kiev", "Kyiv"])


def test_a_longer_name_is_not_its_beginning(locate: Locate) -> None:
    assert found(locate("They danced in Atlantic City.")) == [("Atlantic City", "United States")]


def test_regions_and_venues_outweigh_towns() -> None:
    spot = gazetteer.choose("Georgia", near="United States")

    assert spot is not None and spot.is_region


def test_laws_of_places(nlp: Language) -> None:
    document = document_of(*PIECES)
    parsed = parse(document, nlp)
    places = find_places(document, parsed, find_actors(document, parsed))

    assert [place.key for place in places] == [f"p{n}" for n in range(1, len(places) + 1)]
    assert len({(place.name, place.country) for place in places}) == len(places)
    spans = sorted((span.start, span.end, span.text) for place in places for span in place.mentions)
    assert all(document.text[start:end] == text for start, end, text in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
