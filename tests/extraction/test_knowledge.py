"""What is known before any article: the data files keep their promises."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from timeline.extraction import knowledge
from timeline.extraction.knowledge import Hit
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import fold, gender_of, normal_form, words
from timeline.extraction.places import gazetteer
from timeline.vocabulary import ActorKind, MentionForm

# Names that several entries bear, told apart by the document they stand in.
SHARED_OFFICES = {"Senator", "Representative", "Justice of the Supreme Court", "Opposition leader", "Businessman"}
AMBIGUOUS = {"Brussels", "Clinton", "House of Commons", "King Abdullah", "Senate", "Supreme Court"}


def countries_file() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((LEXICON / "countries.json").read_text("utf-8"))
    return read


def test_no_name_belongs_to_two_unless_it_is_known_to_be_ambiguous() -> None:
    bearers = defaultdict(set)
    for entry in knowledge.entries():
        for alias in entry.aliases:
            bearers[alias.text].add(entry.id)

    assert {name for name, ids in bearers.items() if len(ids) > 1} == AMBIGUOUS


def test_every_country_has_a_code_a_capital_and_a_place_on_the_map() -> None:
    countries = knowledge.load().countries.values()

    assert len(countries) > 195
    assert len({country.iso2 for country in countries}) == len(countries)
    assert all(len(country.iso2) == 2 and country.iso2.isupper() and country.capital for country in countries)
    assert all(-90 <= country.latitude <= 90 and -180 <= country.longitude <= 180 for country in countries)


def test_a_territory_belongs_to_a_country_and_is_none() -> None:
    codes = {country.iso2 for country in knowledge.load().countries.values() if not country.defunct}
    territories = countries_file()["territories"]

    assert set(territories.values()) <= codes
    assert not territories.keys() & codes
    assert [gazetteer.country_names()[code] for code in ("HK", "PF", "GL")] == ["China", "France", "Denmark"]


def test_every_demonym_has_one_country() -> None:
    bearers = defaultdict(set)
    for row in countries_file()["countries"]:
        for word in (*row["adjectives"], *row["people"]):
            bearers[word].add(row["id"])

    assert {word for word, ids in bearers.items() if len(ids) > 1} == set()


def test_countries_name_their_sources_and_official_names() -> None:
    aliases = {row["id"]: row["aliases"] for row in countries_file()["countries"]}

    assert any("ISO 3166-1" in source for source in countries_file()["sources"])
    assert "Swiss Confederation" in aliases["switzerland"]
    assert "Islamic Republic of Pakistan" in aliases["pakistan"]


def test_every_capital_that_governs_is_on_the_map_of_its_country() -> None:
    missing = {
        country.name
        for country in knowledge.load().countries.values()
        if not country.defunct
        and country.capital != country.name
        and country.name not in {spot.country for spot in gazetteer.spots(country.capital)}
    }

    assert missing == set()


def test_ids_point_at_entries() -> None:
    by_id = knowledge.load().by_id
    pointed = {link for entry in by_id.values() for link in (entry.country, entry.part_of) if link}

    assert pointed <= by_id.keys()


def test_every_country_code_is_one_of_iso() -> None:
    codes = {country.iso2 for country in knowledge.load().countries.values() if not country.defunct}

    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    iso = {line[:2] for line in table.splitlines() if not line.startswith("#")}
    assert codes - iso == {"XK"}  # Kosovo has only a code of its users


def test_every_seat_of_power_is_a_government_or_belongs_to_a_body() -> None:
    for entry in knowledge.entries():
        seats = [alias.text for alias in entry.aliases if alias.form is MentionForm.METONYM]
        if seats and entry.kind is ActorKind.GOVERNMENT:
            assert entry.country in knowledge.load().countries, seats


def test_no_office_of_one_holder_is_held_by_two_at_a_time() -> None:
    held = defaultdict(list)
    for entry in knowledge.entries():
        for tenure in entry.roles:
            assert tenure.start is None or tenure.end is None or tenure.start <= tenure.end
            held[tenure.role].append((tenure.start or "", tenure.end or "9999", entry.id))

    twice = {
        (role, one, other)
        for role, terms in held.items()
        for (_, end, one), (start, _, other) in pairwise(sorted(terms))
        if role not in SHARED_OFFICES and one != other and start[:7] < end[:7]
    }
    assert twice == set()


def test_dates_of_offices_are_years_months_or_days() -> None:
    dates = [
        day for entry in knowledge.entries() for tenure in entry.roles for day in (tenure.start, tenure.end) if day
    ]

    assert len(dates) > 900
    assert all(re.fullmatch(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?", day) for day in dates)


@pytest.mark.parametrize(
    ("who", "day", "offices"),
    [
        ("joe-biden", date(2016, 5, 1), ("Vice President of the United States",)),
        ("joe-biden", date(2022, 5, 1), ("President of the United States",)),
        ("joe-biden", date(2019, 5, 1), ()),
        ("joe-biden", None, ("President of the United States",)),
        ("mark-rutte", date(2024, 7, 2), ("Prime Minister of the Netherlands",)),
        ("greta-thunberg", date(2019, 5, 1), ("Climate activist",)),
    ],
)
def test_an_office_is_held_while_it_is_held(who: str, day: date | None, offices: tuple[str, ...]) -> None:
    assert knowledge.load().by_id[who].offices_on(day) == offices


def test_a_surname_is_nobodys_a_generation_before_its_fame() -> None:
    vance = knowledge.load().by_id["jd-vance"]

    assert [vance.is_before_its_time(day) for day in (date(1987, 4, 1), date(2022, 4, 1), None)] == [True, False, False]


def test_each_file_says_what_it_was_checked_against() -> None:
    for file in ("bodies.json", "figures.json"):
        told = json.loads((LEXICON / file).read_text("utf-8"))["sources"]

        assert all({"what", "against", "found"} == row.keys() for row in told)


@pytest.mark.parametrize("name", ["Miguel Díaz-Canel", "Pedro Sanchez", "Donald J. Trump", "Joseph R. Biden Jr."])
def test_initials_accents_and_suffixes_make_nobody_else(name: str) -> None:
    assert knowledge.load().figure(name) is not None


def test_every_figure_has_a_gender_and_every_entry_bears_its_own_name() -> None:
    figures = [entry for entry in knowledge.entries() if entry.kind is ActorKind.PERSON]

    assert len(figures) > 300
    assert {figure.gender for figure in figures} == {"male", "female"}
    assert all(entry.name in {alias.text for alias in entry.aliases} for entry in knowledge.entries())


@pytest.mark.parametrize(
    ("spelling", "who"),
    [
        ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
        ("Zelenskiy", "volodymyr-zelenskyy"),
        ("Erdoğan", "recep-tayyip-erdogan"),
        ("U.S.", "united-states"),
        ("Holland", "netherlands"),
        ("Nato", "north-atlantic-treaty-organization"),
        ("the Kremlin", "kremlin"),
        ("PUTIN", "vladimir-putin"),
    ],
)
def test_spellings_lead_to_one_entry(spelling: str, who: str) -> None:
    (found,) = knowledge.load().find(words(spelling))

    assert [hit.entry.id for hit in found.hits] == [who]


def test_the_longest_name_is_found() -> None:
    found = knowledge.load().find(words("Democratic Republic of Congo, Papua New Guinea and New Mexico"))

    assert [[hit.entry.name for hit in one.hits] for one in found] == [
        ["Democratic Republic of the Congo"],
        ["Papua New Guinea"],
        [],
    ]


def test_a_capital_is_a_metonym_of_its_state() -> None:
    (found,) = knowledge.load().find(words("Ankara"))
    (hit,) = found.hits

    assert isinstance(hit, Hit)
    assert (hit.entry.name, hit.alias.form, hit.alias.capital) == ("Turkey", MentionForm.METONYM, True)


def test_the_nation_of_a_demonym() -> None:
    known = knowledge.load()

    assert [known.of_nation(word) for word in ("Russian", "Americans", "Danes", "table")] == [
        "russia",
        "united-states",
        "denmark",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("President Volodymyr Zelenskyy’s", "volodymyr zelenskyy"),
        ("Mr. Erdoğan", "erdogan"),
        ("U.S.", "us"),
        ("The United Nations", "united nations"),
        ("Jean-Claude Juncker", "jean claude juncker"),
        ("Sen. Bernie Sanders", "bernie sanders"),
        ("Łukasz Nowak", "lukasz nowak"),
    ],
)
def test_one_key_for_all_ways_to_write_a_name(name: str, key: str) -> None:
    assert normal_form(name) == key


def test_the_key_of_a_key_is_the_key() -> None:
    for entry in knowledge.entries():
        for alias in entry.aliases:
            assert normal_form(normal_form(alias.text)) == normal_form(alias.text)


def test_accents_fold_and_case_stays() -> None:
    assert fold("Erdoğan Støre") == "Erdogan Store"


def test_first_names_tell_a_gender_only_with_a_surname() -> None:
    assert [gender_of(name) for name in ("Angela Merkel", "Kim Smith", "Angela", "Xyzzy Smith")] == [
        "female",
        None,
        None,
        None,
    ]
