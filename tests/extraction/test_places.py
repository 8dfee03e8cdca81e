"""Where: the places a document names, and which of several is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from spacy.language import Language

from tests.extraction.test_actors import PIECES, document_of
from timeline.extraction.actors.identities import find_actors
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import Block, Document, PlaceMention
from timeline.extraction.names import table
from timeline.extraction.paragraphs import parse, parse_headline
from timeline.extraction.pipeline import extract
from timeline.extraction.places import gazetteer
from timeline.extraction.places.toponyms import find_places
from timeline.vocabulary import BlockRole

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


def test_a_town_elsewhere_than_any_known_has_its_country_but_no_coordinates(locate: Locate) -> None:
    first, *_ = locate("He lives in Rotterdam, Vermont.")

    assert (first.name, first.country, first.latitude) == ("Rotterdam", "United States", None)


def test_a_country_is_no_town_of_its_name(locate: Locate) -> None:
    assert found(locate("Rain fell on Costa Rica. Snow fell on South Korea.")) == [
        ("Costa Rica", "Costa Rica"),
        ("South Korea", "South Korea"),
    ]


def test_the_country_most_spoken_of_decides_between_large_towns(locate: Locate) -> None:
    assert ("San Jose", "Costa Rica") in found(locate("Costa Rica mourns. Americans died near San Jose in Costa Rica."))


def test_a_state_may_be_abbreviated(locate: Locate) -> None:
    eastern, *_ = locate("The fire began near Portland, Maine.")
    western, *_ = locate("The fire began in Portland, Ore.")

    assert (eastern.name, eastern.latitude) == ("Portland", 43.66)
    assert (western.name, western.latitude) == ("Portland", 45.52)


def test_a_town_of_many_words_is_found_where_the_model_overlooks_it(locate: Locate) -> None:
    assert ("Mazar-i-Sharif", "Afghanistan") in found(locate("Smoke rose over Afghanistan's Mazar-i-Sharif city."))


def test_a_part_of_a_town_lies_in_it(locate: Locate) -> None:
    (place,) = locate("The factory stood in South London.")

    assert (place.part_of, place.country) == ("London", "United Kingdom")


def test_a_province_is_known_with_its_kind_or_without(locate: Locate) -> None:
    assert found(locate("Rescuers came to Hebei province. Hebei has many wells.")) == [("Hebei", "China")]


def test_a_team_is_no_place(locate: Locate) -> None:
    assert found(locate("Essex beat Kent by six wickets. It rained in Essex.")) == [("Essex", "United Kingdom")]


def test_a_contest_at_home_names_its_country(locate: Locate) -> None:
    (place,) = locate("It rained during the Brazilian Grand Prix.")

    assert (place.name, [span.text for span in place.mentions]) == ("Brazil", ["Brazilian"])
    assert locate("A Brazilian driver won.") == ()


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


@pytest.mark.parametrize(
    ("role", "text", "names"),
    [
        (BlockRole.DATELINE, "OSLO, March 3 (Agency) -", [("Oslo", "Norway")]),
        (BlockRole.DATELINE, "CLEVELAND -", [("Cleveland", "United States")]),
        (BlockRole.DATELINE, "RIO DE JANEIRO —", [("Rio de Janeiro", "Brazil")]),
        (BlockRole.BYLINE, "PORTLAND, Ore. 2001-03-04", [("Portland", "United States"), ("Oregon", "United States")]),
        (BlockRole.BODY, "CARDIFF (Agency) – The bridge was closed.", [("Cardiff", "United Kingdom")]),
        (BlockRole.BODY, "Photo: A. Smith LIMA -- The bridge was closed.", [("Lima", "Peru")]),
        (BlockRole.BYLINE, "PARIS HILTON", []),
        (BlockRole.BODY, "The CEO -- a Parisian -- was late.", []),
    ],
)
def test_a_report_is_filed_from_a_place(
    role: BlockRole, text: str, names: list[tuple[str, str]], nlp: Language
) -> None:
    document = Document(text=text, blocks=(Block(0, len(text), role),))
    parsed = parse(document, nlp)

    assert found(find_places(document, parsed, find_actors(document, parsed))) == names


def test_a_title_outside_the_text_names_places_too(nlp: Language) -> None:
    text = "The driver was pleased."
    document = Document(text=text, blocks=(Block(0, len(text), BlockRole.BODY),), title="Smith wins the race in Brazil")
    parsed = parse(document, nlp)
    places = find_places(document, parsed, find_actors(document, parsed), parse_headline(document, nlp))

    assert [(place.name, place.mentions) for place in places] == [("Brazil", ())]


MOURNED = (
    "Two families are mourning on Monday. Friends wept. The crash in Peru was the worst in Peru for years, "
    "and the government of Peru said so."
)
GRUMBLED = (
    "Envoys announced a deal on Monday. Peru grumbled. Nobody asked Peru, a friend of Peru said, and Peru was hurt."
)
SPACE_STATION = "International Space Station"


@pytest.mark.parametrize(
    ("title", "text", "where"),
    [
        ("Two killed in Oslo blast", "Two people were killed on Monday.", "Oslo"),
        ("Bus crashes into shop", "A bus crashed into a shop in Leeds on Monday.", "Leeds"),
        ("Bus crashes into shop", "LEEDS (Agency) – A bus crashed into a shop on Monday.", "Leeds"),
        ("Bus crashes into shop", "A bus crashed into a shop on Monday. Fans in Leeds were sad.", "Leeds"),
        ("Bus crash in Peru kills ten", "A bus fell into a ravine. It happened in Cusco, Peru.", "Cusco"),
        ("Leeds bus crash: driver arrested", "A driver was arrested on Monday.", "Leeds"),
        ("Gunmen attack barracks", "Gunmen attacked barracks in Kano in revenge for a raid in Jos.", "Kano"),
        ("Gunmen attack barracks", "Gunmen attacked barracks in the city of Kano on Monday.", "Kano"),
        ("Smith wins race", "Smith won the Brazilian Grand Prix.", "Brazil"),
        ("Storm hits Leeds", "A storm hit Leeds on Monday.", "Leeds"),
        ("Delegates vote", "The vote on the war in Ukraine took place in Brussels.", "Brussels"),
        ("Assembly adopts resolution against war in Chad", "GENEVA (Agency) – The vote was close.", "Geneva"),
        ("Assembly adopts resolution on violence in Chad", "GENEVA (Agency) – The vote was close.", "Geneva"),
        ("Assembly adopts resolution", "The assembly adopted a resolution on violence in Chad on Monday.", None),
        ("Ministry sets limits", "The ministry set limits on flights to the airport in Havana on Monday.", None),
        ("Assembly adopts resolution in Geneva", "The vote on violence was close.", "Geneva"),
        (
            "North Korea announces launch of satellite",
            "PYONGYANG (Agency) – The country launched a satellite on Monday. It blasted off from the Sohae "
            "Space Center.",
            "Sohae Space Center",
        ),
        (
            "Officials announce launch of rocket",
            "OSLO (Agency) – Officials announced on Monday that a rocket had been launched from Kourou.",
            "Kourou",
        ),
        (
            "New Hampshire crash kills seven",
            "A truck and a bus collided on Friday on Route 2 in Randolph, New Hampshire, United States.",
            "Randolph",
        ),
        ("Storm hits Peru and Chile", "A storm hit Peru and Chile on Monday. Roofs in Lima were torn off.", "Peru"),
        (
            "Ministry announces limits",
            "The ministry announced limits on Monday, with the exception of flights to the airport in Havana.",
            None,
        ),
        (
            "States sue president",
            "The lawsuit was filed on Monday in the U.S. District Court for the Northern District of California.",
            "California",
        ),
        ("Missile kills five", "A missile launched from Kano killed five people on Monday.", None),
        ("Bank is sued", "The bank was sued on Monday in the High Court of Kenya.", "Kenya"),
        ("Judges agree", "Judges in Oslo agreed on Monday.", "Oslo"),
        ("Gorilla escapes", "A gorilla escaped at the Cincinnati Zoo on Monday.", "Cincinnati Zoo"),
        ("Minister resigns", "Anna Smith resigned on Monday. She was born in Leeds.", None),
        ("Minister resigns", 'Anna Smith resigned on Monday. "I love it in Leeds," she said.', None),
        (
            "Minister denies fraud",
            "Anna Smith denied fraud on Monday. She said that the bank in Leeds had failed.",
            None,
        ),
        ("Firm cuts jobs", "The Leeds-based firm cut jobs on Monday.", None),
        ("Rocket is launched", "A rocket blasted off from Cape Canaveral on Monday.", "Cape Canaveral"),
        ("Quake hits island", "A quake hit the commonwealth of Puerto Rico on Monday.", "Puerto Rico"),
        ("In Kenya, storm kills ten", "A storm killed ten people on Monday.", "Kenya"),
        ("Couple killed in Peru bus crash", "A couple from Leeds died, a neighbour there said.", "Peru"),
        ("Stores in Kenya lower prices", "The chain Uchumi lowered its prices on Monday.", "Kenya"),
        ("Recorder is recovered from Java Sea", "The recorder of a jet was found on Monday.", "Java Sea"),
        ("Hall in Paris catches fire", "A hall in the French capital Paris caught fire on Monday.", "Paris"),
        (
            "Nevada becomes first state in U.S. with it",
            "Nevada became the first state in the United States to begin.",
            "Nevada",
        ),
        ("Leeds: Two pupils hurt at school", "Two pupils were hurt at a school on Monday.", "Leeds"),
        ("Peru: Prices rise", "Prices rose on Monday. Chile was not spared.", None),
        ("Records are sought", "Judges sought White House records on Monday.", None),
        ("Man wins lottery", "A Leeds man won the lottery on Monday.", "Leeds"),
        ("Drones are shot down", "Three drones were shot down over Kano on Monday.", "Kano"),
        ("China lands probe", "China landed a probe on the far side of the moon on Monday.", "far side of the Moon"),
        ("Firm sends car to Mars", "A firm sent a car into space on Monday.", "Mars"),
        ("Microbes are found", "Astronauts aboard the International Space Station found microbes.", SPACE_STATION),
        ("Candidate leaves race", "She left the race ahead of a debate in Leeds on Monday.", None),
        ("Nine stabbed at fair", "WASHINGTON ― Nine people were hurt on Monday.", "Washington"),
        ("Flight turns around", "A flight from Oslo to Leeds turned around on Monday.", "Oslo"),
        (
            "Flight turns around",
            "A flight from Oslo to Leeds had to turn around. The plane returned to Bergen.",
            "Bergen",
        ),
        (
            "China to be first to reach far side of the moon",
            "China plans a mission to the moon.",
            "far side of the Moon",
        ),
        ("Smith trails in Indiana", "Smith trails on Monday. The party will meet in Cleveland in July.", "Indiana"),
        ("Leeds crimes worry minister", "A minister said so. He spoke of war-torn Kenya towns.", "Leeds"),
        ("Emissions fall", "Emissions fell on Monday. The Paris Agreement was praised.", None),
        ("Study is praised", "A study in the New England Journal of Medicine was praised on Monday.", None),
        ("Families mourn after crash in Peru", MOURNED, "Peru"),
        ("Envoys announce deal with Chile as Peru grumbles", GRUMBLED, None),
        ("Panel calls in minister", "It did so on Monday. Anna Smith ran the ministry's affairs in Chile.", None),
    ],
)
def test_where_an_event_took_place(title: str, text: str, where: str | None, nlp: Language) -> None:
    document = Document(text=text, blocks=(Block(0, len(text), BlockRole.BODY),), title=title, language="en")
    extraction = extract(document, nlp)
    (event,) = [event for event in extraction.events if event.main]

    assert next((place.name for place in extraction.places if place.key == event.place), None) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Peru banned plastic bags on Monday.", "Peru"),
        ("The Peruvian government banned plastic bags on Monday. Shops all over Peru had sold them.", "Peru"),
        ("The government of Peru banned plastic bags on Monday.", "Peru"),
        ("The US state of Texas banned plastic bags on Monday.", "Texas"),
        ("The governor of Texas banned plastic bags on Monday.", "Texas"),
        ("Peru bought plastic bags from Chile on Monday.", None),
        ("Peru banned plastic bags from Chile on Monday.", "Peru"),
        ("New South Wales decriminalized abortion on Monday. Australia had waited.", "New South Wales"),
        ("Peru announced tariffs on copper from Chile on Monday.", "Peru"),
        ("Peru announced talks with Chile on Monday.", None),
        ("The Texas Senate passed the bill on Monday. All over Texas people cheered.", "Texas"),
        ("The Parliament of New South Wales passed the bill on Monday. New South Wales cheered.", "New South Wales"),
        ("Peruvian singer Anna Smith died on Monday. Peru was shocked.", "Peru"),
        ("A Peruvian tourist was robbed on Monday. Peru was shocked.", None),
        ("The governor of Texas, a state on the Gulf of Mexico, banned plastic bags on Monday.", "Texas"),
        ("Native American groups sued the bank on Monday. Americans cheered.", None),
        ("Peru accused critics of the Panama Papers on Monday.", "Peru"),
        (
            "Anna Smith resigned. The shops of Lima, the roads of Lima, the air of Lima were quiet. So was Lima.",
            "Lima",
        ),
        ("The Peru Papers accused the bank on Monday. Peru was shocked.", None),
    ],
)
def test_who_acts_in_no_other_place_acts_at_home(text: str, where: str | None, nlp: Language) -> None:
    document = Document(text=text, blocks=(Block(0, len(text), BlockRole.BODY),), language="en")
    extraction = extract(document, nlp)
    (event,) = [event for event in extraction.events if event.main]

    assert next((place.name for place in extraction.places if place.key == event.place), None) == where


def test_the_words_that_tell_a_place_are_evidence(nlp: Language) -> None:
    text = "A bus crashed into a shop on Monday. Nobody was hurt. Shops in Leeds closed."
    document = Document(text=text, blocks=(Block(0, len(text), BlockRole.BODY),), title="Bus crashes", language="en")
    (event,) = [event for event in extract(document, nlp).events if event.main]

    assert "Shops in Leeds closed." in [span.text for span in event.evidence]


def test_the_table_of_towns_is_sorted_and_its_source_is_named() -> None:
    lines = (LEXICON / "places.tsv").read_text("utf-8").splitlines()
    head, rows = lines[:4], lines[4:]

    assert "CC BY 4.0" in " ".join(head)
    assert all(line.startswith("#") for line in head)
    assert len(rows) > 30_000
    assert rows == sorted(rows)
    assert all(
        re.fullmatch(r"[^\t]+\t[A-Z]{2}\t\w*\t-?\d+\.\d\d\t-?\d+\.\d\d\t\d+\t\d+(\t[^\t]+)?", row) for row in rows
    )


def test_no_region_has_two_entries_in_one_country() -> None:
    regions = [(name, country) for name, country, *_ in table("regions.tsv")]

    assert len(set(regions)) == len(regions)


@pytest.mark.parametrize(
    ("name", "near", "countries", "where"),
    [
        ("Norfolk", None, {"United States"}, "United States"),
        ("Norfolk", None, {"United Kingdom"}, "United Kingdom"),
        ("Baoding", "Hebei", set(), "China"),
        ("Odessa", None, set(), "Ukraine"),
        ("Odessa", "Texas", set(), "United States"),
        ("Nice", None, set(), "France"),
        ("Geneva", None, {"United States"}, "Switzerland"),
        ("Kobani", None, set(), "Syria"),
        ("Vancouver", "B.C.", {"United States"}, "Canada"),
        ("Strait of Malacca", None, set(), None),
    ],
)
def test_which_of_several_places_is_meant(name: str, near: str | None, countries: set[str], where: str | None) -> None:
    spot = gazetteer.choose(name, near=near, countries=dict.fromkeys(countries, 1))

    assert spot is not None and spot.country == where


def test_the_home_of_a_publisher_decides_between_equals() -> None:
    spots = [gazetteer.choose("Birmingham", home={country}) for country in ("United States", "United Kingdom")]

    assert [spot.country for spot in spots if spot] == ["United Kingdom", "United Kingdom"]
    assert getattr(gazetteer.choose("Hamilton", home={"New Zealand"}), "country", None) == "New Zealand"


def test_laws_of_places(nlp: Language) -> None:
    document = document_of(*PIECES)
    parsed = parse(document, nlp)
    places = find_places(document, parsed, find_actors(document, parsed))

    assert [place.key for place in places] == [f"p{n}" for n in range(1, len(places) + 1)]
    assert len({(place.name, place.country) for place in places}) == len(places)
    spans = sorted((span.start, span.end, span.text) for place in places for span in place.mentions)
    assert all(document.text[start:end] == text for start, end, text in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
