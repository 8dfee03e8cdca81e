"""Who a document speaks of: names, roles, and the words that refer back to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.extraction.actors.identities import find_actors
from timeline.extraction.actors.national import national_bodies
from timeline.extraction.cast import Cast
from timeline.extraction.knowledge import load
from timeline.extraction.mentions import ActorMention, Block, Document
from timeline.extraction.names import words
from timeline.extraction.paragraphs import parse
from timeline.vocabulary import ActorKind, BlockRole, DateBasis, DatePrecision, MentionForm, PartialDate

Read = Callable[..., Cast]


def document_of(*paragraphs: str, title: str = "", bylines: tuple[str, ...] = ()) -> Document:
    """A document of one block a paragraph, under its title."""
    lines = [title, *paragraphs] if title else list(paragraphs)
    blocks, at = [], 0
    for number, line in enumerate(lines):
        role = BlockRole.TITLE if title and number == 0 else BlockRole.BODY
        blocks.append(Block(at, at + len(line), role))
        at += len(line) + 1
    return Document(text="\n".join(lines), blocks=tuple(blocks), title=title or None, bylines=bylines)


@pytest.fixture
def read(nlp: Language) -> Read:
    def reader(*paragraphs: str, title: str = "", bylines: tuple[str, ...] = ()) -> Cast:
        document = document_of(*paragraphs, title=title, bylines=bylines)
        return find_actors(document, parse(document, nlp))

    return reader


def names(cast: Cast, kind: ActorKind = ActorKind.PERSON) -> set[str]:
    return {actor.name for actor in cast.actors if actor.kind is kind}


def actor(cast: Cast, name: str) -> ActorMention:
    return next(one for one in cast.actors if one.name == name)


def texts(cast: Cast, name: str, form: MentionForm = MentionForm.NAME) -> list[str]:
    return [mention.span.text for mention in actor(cast, name).mentions if mention.form is form]


def test_a_lone_surname_is_the_person_named_in_full(read: Read) -> None:
    cast = read("Maria Kowalska resigned on Monday. Kowalska had led the bank since 2019.")

    assert texts(cast, "Maria Kowalska") == ["Maria Kowalska", "Kowalska"]


def test_a_surname_in_the_headline_is_the_person_of_the_body(read: Read) -> None:
    cast = read("Maria Kowalska resigned on Monday.", title="Kowalska leaves the bank")

    assert texts(cast, "Maria Kowalska") == ["Kowalska", "Maria Kowalska"]


@pytest.mark.parametrize(
    "told", ["Anna Reyes was hired by Banks.", "Her tribute to Banks was short.", "Banks, born in Leeds, has left."]
)
def test_a_surname_that_is_a_common_word_is_known_by_its_capital(read: Read, told: str) -> None:
    cast = read(f"Tyra Banks resigned on Monday. {told}")

    assert texts(cast, "Tyra Banks") == ["Tyra Banks", "Banks"]


@pytest.mark.parametrize("told", ["Banks have lost money.", "He owes banks money.", "Big Banks lost, he wrote."])
def test_a_common_word_is_no_surname(read: Read, told: str) -> None:
    cast = read(f"Tyra Banks resigned on Monday. {told}")

    assert texts(cast, "Tyra Banks") == ["Tyra Banks"]


def test_figures_are_known_by_their_surname(read: Read) -> None:
    cast = read("Starmer, Modi and Lavrov flew to Kursk.")

    assert names(cast) == {"Keir Starmer", "Narendra Modi", "Sergey Lavrov"}


def test_every_spelling_leads_to_the_canonical_name(read: Read) -> None:
    cast = read("Volodymyr Zelenskiy spoke first. Then Zelensky left.")

    assert texts(cast, "Volodymyr Zelenskyy") == ["Volodymyr Zelenskiy", "Zelensky"]


def test_joined_names_are_two(read: Read) -> None:
    cast = read("The Trump-Zelenskyy quarrel and the Russia-Ukraine war went on.")

    assert names(cast) == {"Donald Trump", "Volodymyr Zelenskyy"}
    assert names(cast, ActorKind.STATE) == {"Russia", "Ukraine"}


def test_a_name_stands_without_its_office_and_its_possessive(read: Read) -> None:
    cast = read("Russian President Vladimir Putin’s offer surprised President Donald Trump.")

    assert texts(cast, "Vladimir Putin") == ["Vladimir Putin"]
    assert actor(cast, "Vladimir Putin").role == "Russian President"
    assert actor(cast, "Donald Trump").role == "President"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Foreign Secretary Jane Doeman left the room.", "Foreign Secretary"),
        ("U.S. Secretary of State Jane Doeman left the room.", "U.S. Secretary of State"),
        ("Jane Doeman, the Kremlin spokeswoman, left the room.", "Kremlin spokeswoman"),
        ("Jane Doeman left the room.", None),
        ("With his rivals Sen. Jane Doeman left the room.", "Sen."),
        ("His wife, Jane Doeman, left the room.", None),
        ("Jane Doeman, a former vice-president of Kenya, left the room.", "former vice-president of Kenya"),
        ("A spokesman for Ohio Gov. Jane Doeman left the room.", "Ohio Gov."),
        ("He asked Jane Doeman, his national security adviser at the time.", "national security adviser"),
    ],
)
def test_the_office_is_as_written(read: Read, sentence: str, role: str | None) -> None:
    assert actor(read(sentence), "Jane Doeman").role == role


def test_another_bearer_of_a_famous_name_is_somebody_else(read: Read) -> None:
    cast = read("Rosalind Trump, a baker from Leeds, opened a shop.")

    assert names(cast) == {"Rosalind Trump"}


def test_initials_do_not_make_another_figure(read: Read) -> None:
    assert names(read("Lindsey O. Graham met Samuel A. Alito Jr. on Monday.")) == {"Lindsey Graham", "Samuel Alito"}


def test_a_shared_surname_is_the_figure_called_by_first_name(read: Read) -> None:
    cast = read("Clinton spoke in Ohio on Monday. “I like Hillary,” said a farmer.")

    assert names(cast) == {"Hillary Clinton"}


def test_a_headline_in_capitals_makes_no_bodies(read: Read) -> None:
    cast = read("Joe Biden fell ill.", title="Biden May Release Medical Records After Pressure From Allies")

    assert [one.name for one in cast.actors] == ["Joe Biden"]


def test_a_chinese_surname_stands_first(read: Read) -> None:
    cast = read("Wang Yi arrived in Jakarta. Wang will speak on Friday, officials said.")

    assert texts(cast, "Wang Yi") == ["Wang Yi", "Wang"]


def test_a_famous_surname_is_its_famous_bearer_beside_another(read: Read) -> None:
    cast = read("Boris Yeltsin visited his wife, Naina Yeltsin. Naina Yeltsin is well. Yeltsin flew home.")

    assert texts(cast, "Boris Yeltsin") == ["Boris Yeltsin", "Yeltsin"]


def test_a_state_or_a_region_by_what_else_is_spoken_of(read: Read) -> None:
    caucasus = read("Georgia called its troops back from South Ossetia after talks in Tbilisi.")
    america = read("Georgia, Michigan and Ohio will vote on Tuesday, as will the rest of the United States.")

    assert names(caucasus, ActorKind.STATE) == {"Georgia"}
    assert names(america, ActorKind.STATE) == {"United States"}


def test_namesakes_are_told_apart_by_address(read: Read) -> None:
    cast = read("Hillary Clinton and Bill Clinton spoke in Iowa. Mr. Clinton spoke first. Mrs. Clinton went on.")

    assert texts(cast, "Bill Clinton") == ["Bill Clinton", "Clinton"]
    assert texts(cast, "Hillary Clinton") == ["Hillary Clinton", "Clinton"]


def test_what_bears_a_name_is_not_its_bearer(read: Read) -> None:
    cast = read("The Bank of England stayed calm. A guard stood before Trump Tower.")

    assert names(cast) == set()
    assert names(cast, ActorKind.STATE) == set()
    assert "Bank of England" in names(cast, ActorKind.ORGANISATION)


def test_an_office_of_a_nation_is_no_body(read: Read) -> None:
    cast = read("U.S. District Judge Michael W. Oaksmith heard them. Oaksmith will rule in May.")

    assert texts(cast, "Michael W. Oaksmith") == ["Michael W. Oaksmith", "Oaksmith"]


def test_demonyms_stand_for_their_state(read: Read) -> None:
    cast = read("Danish farmers met the Americans.")

    assert texts(cast, "Denmark", MentionForm.DEMONYM) == ["Danish"]
    assert texts(cast, "United States", MentionForm.DEMONYM) == ["Americans"]


def test_the_kremlin_is_its_own_actor(read: Read) -> None:
    cast = read("The Kremlin denied the report.")

    assert texts(cast, "Kremlin", MentionForm.METONYM) == ["Kremlin"]
    assert actor(cast, "Kremlin").kind is ActorKind.GOVERNMENT


def test_a_capital_is_an_actor_only_where_it_acts(read: Read) -> None:
    acting = read("Washington rejected the plan.")
    standing = read("They met in Washington.")

    assert texts(acting, "United States", MentionForm.METONYM) == ["Washington"]
    assert standing.actors == ()


def test_an_acronym_in_brackets_names_the_body(read: Read) -> None:
    cast = read("The Northern Fisheries Board (NFB) voted on Friday. The NFB will publish its decision.")

    assert texts(cast, "Northern Fisheries Board") == ["Northern Fisheries Board", "NFB", "NFB"]


def test_those_who_wrote_the_article_are_nobody_in_it(read: Read) -> None:
    cast = read("Keir Starmer met farmers, Olive Penworth reports.", bylines=("Olive Penworth",))

    assert names(cast) == {"Keir Starmer"}


def test_the_medium_and_the_picture_agency_are_no_actors(read: Read) -> None:
    cast = read("Donald Trump wrote on Truth Social that he would go (AFP).")

    assert names(cast, ActorKind.ORGANISATION) == set()


@pytest.mark.parametrize(
    ("paragraphs", "who", "pronouns"),
    [
        (["Angela Merkel met Emmanuel Macron. She praised him."], "Angela Merkel", ["She"]),
        (["Angela Merkel met Emmanuel Macron. She praised him."], "Emmanuel Macron", ["him"]),
        (["Joe Biden called Vladimir Putin on Friday.", "“It was good,” he said."], "Joe Biden", ["he"]),
        (["Joe Biden criticised him."], "Joe Biden", []),
        (["Emmanuel Macron said he was hopeful, while Olaf Scholz warned that he was not."], "Olaf Scholz", ["he"]),
        (["A reporter asked Joe Biden about the war. “No comment,” he said."], "Joe Biden", ["he"]),
        (["According to Tom Marden, he will not run again."], "Tom Marden", ["he"]),
        (["Joe Biden left. In his speech, Emmanuel Macron thanked them."], "Emmanuel Macron", ["his"]),
        (["Joe Biden fled to Rome, Tom Marden said. Once there, he bought a house."], "Joe Biden", ["he"]),
        (["Joe Biden was wrong, Tom Marden said. He added that nobody cared."], "Tom Marden", ["He"]),
    ],
)
def test_pronouns_agree_with_the_last_subject(read: Read, paragraphs: list[str], who: str, pronouns: list[str]) -> None:
    assert texts(read(*paragraphs), who, MentionForm.PRONOUN) == pronouns


def test_a_pronoun_does_not_look_inside_quotation_marks(read: Read) -> None:
    cast = read("Joe Biden arrived late. “Barack Obama was here before me,” he said.")

    assert texts(cast, "Joe Biden", MentionForm.PRONOUN) == ["he"]
    assert texts(cast, "Barack Obama", MentionForm.PRONOUN) == []


def test_gender_is_learned_from_a_plain_case(read: Read) -> None:
    cast = read(
        "Robin Tarrant took over on Monday. She had waited for years.",
        "Tarrant met Joe Biden in the evening. He was tired, but she was not.",
    )

    assert texts(cast, "Robin Tarrant", MentionForm.PRONOUN) == ["She", "she"]
    assert texts(cast, "Joe Biden", MentionForm.PRONOUN) == ["He"]


def test_his_country_is_the_country_of_its_president(read: Read) -> None:
    cast = read("Vladimir Putin said that his country had reserves. Russia sells them.")

    assert texts(cast, "Russia", MentionForm.NOMINAL) == ["his country"]


def test_the_two_leaders_are_both_of_them(read: Read) -> None:
    cast = read("Keir Starmer met Emmanuel Macron in London. The two leaders signed a letter.")

    assert texts(cast, "Keir Starmer", MentionForm.NOMINAL) == ["The two leaders"]
    assert texts(cast, "Emmanuel Macron", MentionForm.NOMINAL) == ["The two leaders"]


def test_the_office_stands_for_its_holder(read: Read) -> None:
    cast = read("Chancellor Friedrich Merz met President Emmanuel Macron. The chancellor left early.")

    assert texts(cast, "Friedrich Merz", MentionForm.TITLE) == ["The chancellor"]
    assert texts(cast, "Emmanuel Macron", MentionForm.TITLE) == []


def test_described_speakers_are_nobody(read: Read) -> None:
    assert read("A senior official said on Sunday that police had come.").actors == ()


PIECES = (
    "Russian President Vladimir Putin said that he would wait.",
    "“He disrespected us,” Trump wrote, and Macron agreed with him.",
    "The two leaders met in Paris; Angela Merkel’s party (CDU) did not.",
    "TRUMP SAYS NATO IS “OBSOLETE”",
    "Jane Doeman, the U.N.’s envoy, and Sen. John Roe-Smith Jr. spoke to Reuters —",
    "Moscow denied it, while Washington, D.C., slept (AP).",
    "De La Rosa told the BBC: ‘It’s over’.",
    "Mr. O'Neil of Northfield, Texas, thanked the Red Cross; she did not.",
    "…",
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
def test_laws_of_the_cast(nlp: Language, paragraphs: list[str]) -> None:
    document = document_of(*paragraphs)
    cast = find_actors(document, parse(document, nlp))

    assert [one.key for one in cast.actors] == [f"a{n}" for n in range(1, len(cast.actors) + 1)]
    for one in cast.actors:
        assert one.name and one.mentions
        for mention in one.mentions:
            assert document.text[mention.span.start : mention.span.end] == mention.span.text
        for form in MentionForm:
            spans = [mention.span for mention in one.mentions if mention.form is form]
            assert all(before.end <= after.start for before, after in pairwise(spans))
    named = sorted(
        (m.span.start, m.span.end) for one in cast.actors for m in one.mentions if m.form is MentionForm.NAME
    )
    assert all(before[1] <= after[0] for before, after in pairwise(named))
    assert find_actors(document, parse(document, nlp)).actors == cast.actors


def test_the_leader_of_a_nation_is_whoever_leads_it(nlp: Language) -> None:
    text = "President Vladimir Putin spoke in Moscow. Vice President JD Vance listened. The Russian leader smiled."
    document = document_of(text)

    cast = find_actors(document, parse(document, nlp))

    found = cast.at(text.index("leader"))
    assert found is not None
    assert found[0].name == "Vladimir Putin"


@pytest.mark.parametrize(
    "sentence",
    [
        "The army fired a Zarkhon-4 missile into the sea.",
        "Fishermen met near the Dunmore Shallows on Friday.",
        "The frigate INS Malvika left the harbour, and Hurricane Odalys followed.",
        "The study appeared in Annals of Tides.",
    ],
)
def test_things_are_no_actors(read: Read, sentence: str) -> None:
    assert names(read(sentence), ActorKind.ORGANISATION) | names(read(sentence)) == set()


def test_a_body_is_known_by_its_name_or_by_what_it_does(read: Read) -> None:
    cast = read(
        "The Dunmore Patrolmen's Association wrote to the Northern Fisheries Board.",
        "The drugmaker Kelvora announced new prices, an analyst at Brightwater said.",
        "Smithson Lockridge and Co opened a shop.",
    )

    assert names(cast, ActorKind.ORGANISATION) == {
        "Dunmore Patrolmen's Association",
        "Northern Fisheries Board",
        "Kelvora",
        "Brightwater",
        "Smithson Lockridge and Co",
    }


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Olive Penworth in Rome; editing by Tom Marden)",
        "Olive Penworth in Rome and Tom Marden in Milan contributed to this report.",
        "Farmers at the gate. Image: Olive Penworth.",
        "Olive Penworth/Getty Images",
    ],
)
def test_those_who_reported_or_took_the_picture_are_nobody_in_it(read: Read, line: str) -> None:
    assert names(read("Keir Starmer met farmers.", line)) == {"Keir Starmer"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mike Tarrant", "Michael Tarrant"),
        ("J. Tarrant", "Joanna Tarrant"),
        ("Maria Tarrant", "Maria Tarrant Vidal"),
        ("Edward M. Tarrant", "Edward Tarrant"),
        ("James (Jim) Tarrant", "Jim Tarrant"),
        ("Pedro R. Tarrant Urrut", "Pedro Tarrant"),
    ],
)
def test_one_person_has_one_name(read: Read, first: str, second: str) -> None:
    assert len(names(read(f"{first} resigned on Monday. On Tuesday {second} left Rome."))) == 1


@pytest.mark.parametrize(("first", "second"), [("Mike Tarrant", "Mark Tarrant"), ("Lars Tarrant", "Lars Tarrant Jr.")])
def test_two_people_have_two_names(read: Read, first: str, second: str) -> None:
    assert len(names(read(f"{first} resigned on Monday. On Tuesday {second} left Rome."))) == 2


def test_a_famous_surname_may_be_anothers_given_name(read: Read) -> None:
    assert names(read("Gov. Haley Tarrant opened the bridge.")) == {"Haley Tarrant"}


def test_a_given_name_joined_by_a_hyphen_stays_whole(read: Read) -> None:
    cast = read("The spokesman, Moon Dae-sup, left early. Moon will return, officials said.")

    assert texts(cast, "Moon Dae-sup") == ["Moon Dae-sup", "Moon"]


def test_a_knight_is_called_by_his_first_name(read: Read) -> None:
    cast = read("Sir Keir left early.", "Starmer met farmers. Sir Keir thanked them.")

    assert texts(cast, "Keir Starmer") == ["Keir", "Starmer", "Keir"]
    assert names(cast) == {"Keir Starmer"}


def test_the_first_of_two_surnames_is_enough(read: Read) -> None:
    cast = read("Ricardo Tarrós Belnar resigned on Monday. Tarrós had led the island since 2019.")

    assert texts(cast, "Ricardo Tarrós Belnar") == ["Ricardo Tarrós Belnar", "Tarrós"]


def test_a_body_is_called_by_a_part_of_its_name(read: Read) -> None:
    cast = read("Eastfield Kelvora Co announced new prices. Kelvora said they were fair.")

    assert texts(cast, "Eastfield Kelvora Co") == ["Eastfield Kelvora Co", "Kelvora"]


def test_a_short_form_in_brackets_is_the_body_before_them(read: Read) -> None:
    cast = read("The Northern Institute of Tides (Nortides) warned sailors. Nortides will publish a map.")

    assert texts(cast, "Northern Institute of Tides") == ["Northern Institute of Tides", "Nortides", "Nortides"]


def test_a_general_name_is_the_body_of_the_country_spoken_of(read: Read) -> None:
    american = read("Americans watched as the Coast Guard towed the boat.")
    indonesian = read("Indonesia searched for the boat. The Indonesian Coast Guard said so.")

    assert "United States Coast Guard" in names(american, ActorKind.ORGANISATION)
    assert "United States Coast Guard" not in names(indonesian, ActorKind.ORGANISATION)


def test_a_surname_is_not_that_of_somebody_famous_much_later(nlp: Language) -> None:
    document = document_of("Vance opened the mill on Monday.")
    day = date(1987, 4, 1)
    published = PartialDate(earliest=day, latest=day, precision=DatePrecision.DAY, basis=DateBasis.STATED)
    document = replace(document, published=published)

    assert "JD Vance" not in names(find_actors(document, parse(document, nlp)))


@pytest.mark.parametrize("nation", sorted(load().countries)[::9])
def test_no_nations_body_is_taken_for_another_nations(nation: str) -> None:
    known, wrong = load(), []
    adjective = next(
        (a.text for a in known.by_id[nation].aliases if a.form is MentionForm.DEMONYM), known.by_id[nation].name
    )
    for alias in {alias.text for entry in known.by_id.values() for alias in entry.aliases if alias.generic}:
        text = words(f"The {adjective} {alias} said on Monday that it was ready.")
        found = known.find(text)
        bodies = list(national_bodies(f"The {adjective} {alias} said on Monday that it was ready.", text, found))
        inside = {n for body in bodies for n in range(body.first, body.last)}
        hits = [hit for body in bodies for hit in body.hits]
        hits += [hit for one in found if one.first not in inside for hit in one.hits]
        wrong += [(alias, hit.entry.id) for hit in hits if hit.entry.country != nation]

    assert wrong == []


def test_a_body_belongs_to_the_nation_named_behind_it(read: Read) -> None:
    cast = read("The Coast Guard of the Philippines said on Monday it was ready. The Kenyan Red Cross agreed.")

    assert [one.name for one in cast.actors] == ["Coast Guard of the Philippines", "Kenyan Red Cross"]


def test_a_body_that_a_nations_name_opens_is_no_nation(read: Read) -> None:
    cast = read("The United States Maritime Alliance and the Royal Thai Navy signed a contract on Monday.")

    assert [one.name for one in cast.actors] == ["United States Maritime Alliance", "Royal Thai Navy"]


def test_a_name_goes_on_over_for(read: Read) -> None:
    cast = read("The Umbrella for Democratic Change won 30 seats on Monday.")

    assert [one.name for one in cast.actors] == ["Umbrella for Democratic Change"]


def test_a_rank_tells_a_person(read: Read) -> None:
    cast = read('"We will win," said Colonel Radim Veseck\u00fd on Monday.')

    assert names(cast) == {"Radim Veseck\u00fd"}


def test_capitals_of_a_headline_make_nobody(read: Read) -> None:
    cast = read("Volkswagen said the fallout hurts sales.", title="Emissions Fallout Hurts Volkswagen Sales Again")

    assert [one.name for one in cast.actors] == ["Volkswagen"]


def test_what_happens_is_nobody_at_the_start_of_a_sentence(read: Read) -> None:
    cast = read("Ceasefire held on Sunday. Ceasefire talks began in Geneva.")

    assert cast.actors == ()


def test_a_town_with_a_first_name_is_no_person_before_its_region(read: Read) -> None:
    cast = read("Police in Sterling Heights, Michigan, arrested Anna Berg.")

    assert names(cast) == {"Anna Berg"}


def test_a_surname_that_a_nation_bears_is_the_person_named_in_full(read: Read) -> None:
    cast = read("Michael Jordan bought the team on Monday. Jordan smiled.")

    assert texts(cast, "Michael Jordan") == ["Michael Jordan", "Jordan"]
    assert names(cast, ActorKind.STATE) == set()


def test_an_outlets_edition_of_a_country_is_no_country(read: Read) -> None:
    cast = read("Minister Ana Cruz told CNN Philippines on Monday that the ferry sank.")

    assert [one.name for one in cast.actors] == ["Ana Cruz", "CNN Philippines"]


def test_one_unnamed_person_of_a_nation_is_not_the_nation(read: Read) -> None:
    cast = read("The attack was carried out by a Tunisian who had been rejected. The Afghan was arrested on Monday.")

    assert names(cast, ActorKind.STATE) == set()


def test_social_democrats_are_no_democrats(read: Read) -> None:
    cast = read("Angela Merkel met the Social Democrats on Monday. The Social Democrats said they would talk.")

    assert names(cast, ActorKind.ORGANISATION) == {"Social Democrats"}


def test_an_airline_is_called_by_its_nations_adjective(read: Read) -> None:
    cast = read("American Airlines said on Monday it was sorry. American apologized to the players.")

    assert texts(cast, "American Airlines") == ["American Airlines", "American"]


def test_a_body_is_taken_up_by_what_it_is_even_before_its_name(read: Read) -> None:
    cast = read("The coast guard said ten people were missing. The Philippine Coast Guard searched all night.")

    assert texts(cast, "Philippine Coast Guard", MentionForm.NOMINAL) == ["The coast guard"]


@pytest.mark.parametrize(
    ("text", "whose", "words"),
    [
        ("Boeing cut its forecast. The company blamed the strike.", "Boeing", ["The company"]),
        ("Ryanair sued Airbus. The airline wants damages.", "Ryanair", ["The airline"]),
        ("Boeing sued Airbus. The airline wants damages.", "Boeing", []),
        ("Singapore Airlines met Airbus. The airline ordered ten planes.", "Singapore Airlines", ["The airline"]),
        ("The Ministry of Transport fined Boeing. The company paid.", "Boeing", ["The company"]),
        ("Boeing said it was hiring.", "Boeing", []),
    ],
)
def test_a_firm_is_taken_up_by_what_firms_are_called(read: Read, text: str, whose: str, words: list[str]) -> None:
    assert texts(read(text), whose, MentionForm.NOMINAL) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Boeing said it was hiring.", ["it"]),
        ("Boeing cut its forecast. It blamed the strike.", ["It"]),
        ("Boeing cut its forecast. It was a surprise.", []),
        ("The forecast of Boeing was cut. It blamed the strike.", []),
    ],
)
def test_it_is_the_firm_that_speaks_or_acts_before(read: Read, text: str, words: list[str]) -> None:
    assert [word for word in texts(read(text), "Boeing", MentionForm.PRONOUN) if word != "its"] == words


def test_a_surname_before_its_bearers_relative_is_named_is_the_famous_one(read: Read) -> None:
    cast = read("Obama signed the treaty on Monday. Michelle Obama smiled.")

    assert texts(cast, "Barack Obama") == ["Obama"]


def test_a_verb_of_saying_in_a_headline_is_no_part_of_a_name(read: Read) -> None:
    cast = read("Trevor Noah laughed.", title="Trevor Noah Says Trump Is A Stand-Up Comedian")

    assert "Trevor Noah" in names(cast)


def test_a_calling_before_a_full_name_is_no_part_of_it(read: Read) -> None:
    cast = read("Model Chrissy Teigen arrived on Monday. Podcaster Spike Cohen agreed.")

    assert names(cast) == {"Chrissy Teigen", "Spike Cohen"}


def test_a_name_that_begins_like_a_creed_is_a_persons(read: Read) -> None:
    cast = read("Christian Horner said on Monday he was glad.")

    assert [(one.name, one.kind) for one in cast.actors] == [("Christian Horner", ActorKind.PERSON)]


def test_two_surnames_are_no_firm_where_both_are_people(read: Read) -> None:
    cast = read("The coach praised Burrell and Teague on Monday. Tom Burrell smiled. Marquis Teague laughed.")

    assert names(cast, ActorKind.ORGANISATION) == set()


def test_two_surnames_are_the_person_who_bears_both(read: Read) -> None:
    cast = read("Pedro Pierluisi Urrutia resigned on Monday. Pierluisi Urrutia said he was glad.")

    assert names(cast) == {"Pedro Pierluisi Urrutia"}


def test_a_known_person_keeps_a_middle_name(read: Read) -> None:
    cast = read("Robert Mugabe died on Friday. Robert Gabriel Mugabe was born in 1924.")

    assert names(cast) == {"Robert Mugabe"}


def test_a_storm_is_nobody_by_its_name_alone(read: Read) -> None:
    cast = read("Hurricane Dorian reached the Bahamas on Monday. Dorian destroyed many houses, Hubert Minnis said.")

    assert names(cast) == {"Hubert Minnis"}


def test_an_administration_acts_for_itself_and_names_who_leads_it(read: Read) -> None:
    cast = read("Barack Obama spoke in Flint. The Obama administration announced a plan for the city's water.")
    assert names(cast, ActorKind.GOVERNMENT) == {"Obama administration"}
    assert texts(cast, "Barack Obama") == ["Barack Obama", "Obama"]


def test_an_administration_alone_is_the_known_leaders(read: Read) -> None:
    cast = read("The Obama administration announced a plan for the water of Flint.")
    assert names(cast) == {"Barack Obama"}
    assert names(cast, ActorKind.GOVERNMENT) == {"Obama administration"}


@pytest.mark.parametrize(
    ("text", "leader"),
    [
        ("Jeb Bush spoke in Ohio. The Bush administration made it easier in 2004.", "George W. Bush"),
        ("The Clinton administration signed the law. Hillary Clinton said she was glad.", "Bill Clinton"),
        ("Hillary Clinton spoke in Ohio. Aides think of a Clinton administration.", "Hillary Clinton"),
        ("Mayor Brandon Johnson spoke. The Johnson administration will sue, he said.", "Brandon Johnson"),
    ],
)
def test_an_administration_is_that_of_who_led_not_of_a_namesake(read: Read, text: str, leader: str) -> None:
    starts = [mention.span.start for mention in actor(read(text), leader).mentions]

    assert text.index(f"{leader.split()[-1]} administration") in starts


def test_a_campaign_in_capitals_names_the_candidate(read: Read) -> None:
    cast = read("Latest Primary Has Big Impact On Clinton Campaign.\n\nHillary Clinton went on to win in Ohio.")
    assert texts(cast, "Hillary Clinton") == ["Clinton", "Hillary Clinton"]


def test_a_surname_is_the_bearers_named_so_far_not_that_of_one_named_later(read: Read) -> None:
    cast = read("Jeb Bush left the race on Saturday. Mr. Bush thanked his brother. George W. Bush had come too.")
    assert texts(cast, "Jeb Bush")[:2] == ["Jeb Bush", "Bush"]
    assert texts(cast, "George W. Bush") == ["George W. Bush"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reagan De Luca of Hawaii called for a boycott. De Luca has led the group since May.", "Reagan De Luca"),
        ("Anna Kurdi spoke first. The boy's aunt, Tima Kurdi, also attended the ceremony.", "Tima Kurdi"),
        ("The party of Prescott Bush, George Bush and George W. Bush is over.", "Prescott Bush"),
        ("“It is a test,” said Dean Zerbe, a lawyer who looked into the gifts. Zerbe once led a bank.", "Dean Zerbe"),
    ],
)
def test_a_given_name_makes_somebody_else_of_a_known_surname_or_a_title(read: Read, text: str, name: str) -> None:
    assert name in names(read(text))


def test_a_person_stays_one_where_a_ship_is_named_after_them(read: Read) -> None:
    cast = read(
        "A charity named its ship after Alan Horvat, a three-year-old child who drowned off the coast.",
        "The MV Alan Horvat was the MV Professor Albrecht Lindner before.",
    )

    assert names(cast) == {"Alan Horvat"}


@pytest.mark.parametrize(
    "text",
    [
        "The tanker ran aground in Alaska's remote Prince William Sound on Monday.",
        "Todd Jolly of Indian Shores is against it.",
        "The delegation boarded Air Force One on Tuesday.",
        "A super PAC paid for the flight to the ER.",
    ],
)
def test_places_craft_and_shorthand_are_nobody(read: Read, text: str) -> None:
    assert [one.name for one in read(text).actors if one.name != "Todd Jolly"] == []


def test_a_surname_in_apposition_to_a_maker_is_a_firm(read: Read) -> None:
    cast = read("They are eyeing Halliburton, the big services firm; and Cameron, maker of the well's failed valve.")

    assert names(cast, ActorKind.ORGANISATION) == {"Halliburton", "Cameron"}
    assert names(cast) == set()


def test_the_name_of_a_body_is_read_whole(read: Read) -> None:
    cast = read(
        "The 6th Circuit Court of Appeals on Tuesday overturned a ruling.",
        "Penna told the Jornal do Brasil that the utility was receiving money.",
    )

    assert names(cast, ActorKind.ORGANISATION) >= {"6th Circuit Court of Appeals", "Jornal do Brasil"}
    assert names(cast) <= {"Penna"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("We wrote to the president, the vice president, Susan Rice, and the cabinet.", "Susan Rice", None),
        ("The town is expected to host Trump's rivals on Monday.", "Donald Trump", None),
        ("Four candidates - Gov. John R. Holt of Ohio, Gov. Chris Berg and two more - lost.", "John R. Holt", "Gov."),
        ("Her opponent Sen. Carla Benson lost on Monday.", "Carla Benson", "Sen."),
        ("Meet our nation's next surgeon general, Carla Benson.", "Carla Benson", "nation's next surgeon general"),
    ],
)
def test_a_role_is_no_more_than_the_office_of_the_one_named(read: Read, text: str, name: str, role: str | None) -> None:
    assert actor(read(text), name).role == role


def test_a_line_of_capitals_gives_nobody_a_long_role(read: Read) -> None:
    cast = read(
        "A radio host wants to help Americans should Donald Trump win. He may become president in May.",
        title="Canada’s Cape Breton Will Welcome American Refugees Fleeing President Trump",
    )

    assert actor(cast, "Donald Trump").role in (None, "president")


def test_a_verb_before_a_name_is_no_form_of_address(read: Read) -> None:
    cast = read("Donald J. Trump led in Iowa. Mr. Trump lost on Monday.", title="Polls miss Trump's fall in Iowa vote")

    assert names(cast) == {"Donald Trump"}


def test_a_surname_stays_that_of_the_one_the_text_is_about(read: Read) -> None:
    cast = read(
        "Jeb Bush spoke of schools. Mr. Bush said he was glad. The plan is Mr. Bush's own.",
        "His brother, George W. Bush, praised it in 2004. Mr. Bush has not said what it will cost.",
    )

    assert texts(cast, "George W. Bush") == ["George W. Bush"]
    assert texts(cast, "Jeb Bush") == ["Jeb Bush", "Bush", "Bush", "Bush"]


def test_a_title_that_is_a_first_name_too_stays_before_a_surname_of_nobody_else(read: Read) -> None:
    cast = read("Economist Dean Baker said that prices rose. Baker wrote a book. Dean Minow met Martha Minow's class.")

    assert names(cast) == {"Dean Baker", "Martha Minow"}
    assert (actor(cast, "Dean Baker").role, texts(cast, "Dean Baker")) == ("Economist", ["Baker", "Baker"])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Former mayor Tomas Feldmann spoke on Monday. Feldman also questioned the plan.", "Tomas Feldmann"),
        ("Former mayor Tomas Feldmann spoke on Monday. Mr. Fledmann questioned the plan.", "Tomas Feldmann"),
        ("Tomas Feldmann spoke. Feldmann is mayor. Feldmann agreed. Later Tomas Feldman left.", "Tomas Feldmann"),
    ],
)
def test_a_surname_with_one_slip_of_the_keys_is_that_of_who_is_named(read: Read, text: str, who: str) -> None:
    assert names(read(text)) == {who}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Carl Hansen met Anna Hanson on Monday. Hansen agreed. Hanson did not.", {"Carl Hansen", "Anna Hanson"}),
        ("Tomas Feldmann met Tomas Feldman. Feldman said he knew nobody else of the name.",
         {"Tomas Feldmann", "Tomas Feldman"}),
    ],
)  # fmt: skip
def test_two_people_of_nearly_one_name_stay_two(read: Read, text: str, people: set[str]) -> None:
    assert names(read(text)) == people


@pytest.mark.parametrize(
    "text",
    [
        "Snow fell all night, a record for the town. (Karl Wohlmann/Erie Times-News via AP)",
        "The gate was closed on Monday. (Karl Wohlmann/dpa via AP, file)",
        "The harbour grows. Author: Karl Wohlmann / jm (AFP, dpa)",
        "The vote is on Monday. Karl Wohlmann reported from Oakland, Calif.",
        "The vote is on Monday. Karl Wohlmann reported from Oakland, Calif.; Ed O'Keefe from Paris.",
        "The vote is on Monday. Ann Marsh and Karl Wohlmann reported from Washington.",
    ],
)
def test_who_made_the_article_or_its_pictures_is_nobody_in_it(read: Read, text: str) -> None:
    assert names(read(text)) == set()


def test_a_reporter_who_is_told_of_is_somebody(read: Read) -> None:
    assert names(read("Karl Wohlmann reported from Homs that the town was shelled on Monday.")) == {"Karl Wohlmann"}


@pytest.mark.parametrize(
    "text",
    [
        "The Tokyo-bound flight, NH175, was interrupted on Monday.",
        "Its Caribbean neighbour, St. Kitts, is poor.",
        "The Marie Celeste was found empty. Sailors towed the Marie Celeste to Gibraltar.",
        "The Florida Senator lost seven points on Monday.",
        "Hurricane Dorian leaves a trail of ruin. Dorian made its initial landfall on Sunday.",
        "He has Parkinson's disease, and she fears Alzheimer's disease. Megan's Law protects them.",
        "The show moved to Madison Square Garden. Preston North End drew on Monday.",
    ],
)
def test_flights_islands_ships_storms_illnesses_and_halls_are_nobody(read: Read, text: str) -> None:
    assert names(read(text)) == set()


def test_a_saint_may_stand_in_a_surname(read: Read) -> None:
    assert names(read("Eva St. John resigned on Monday. Ms. St. John had led the bank.")) == {"Eva St. John"}


def test_a_case_or_trial_named_after_somebody_speaks_of_them(read: Read) -> None:
    assert names(read("The Maria Anders case was reopened on Monday.")) == {"Maria Anders"}


@pytest.mark.parametrize(
    "text",
    [
        "Shares rose, said analysts at Seymour Pierce on Monday. Seymour Pierce expects profits to grow.",
        "Seymour Pierce analyst Freddie George said so. Seymour Pierce expects profits to grow.",
        "Seymour Pierce shares fell on Monday after Seymour Pierce said it would close.",
    ],
)
def test_where_people_work_and_what_has_shares_is_a_firm(read: Read, text: str) -> None:
    cast = read(text)

    assert "Seymour Pierce" in names(cast, ActorKind.ORGANISATION)
    assert "Seymour Pierce" not in names(cast)
