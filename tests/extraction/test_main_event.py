"""Who the main event is about, what it is called, and how sure it is: by headline and first sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from timeline.extraction.documents import read_text
from timeline.extraction.mentions import EventMention, Extraction
from timeline.extraction.pipeline import extract
from timeline.vocabulary import ActorKind, EventKind

Read = Callable[..., Extraction]

WEATHER = "The weather in Rome was fine. Nobody in the town was surprised."
VISIT = "Emmanuel Macron visited Berlin on Tuesday."


@pytest.fixture
def read(read_under: Read) -> Read:
    return read_under


def main(extraction: Extraction) -> EventMention:
    [found] = [event for event in extraction.events if event.main]
    return found


def who(extraction: Extraction) -> list[str]:
    actors = {actor.key: actor.name for actor in extraction.actors}
    return [actors[participant.actor] for participant in main(extraction).participants]


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "text", "first"),
    [
        ("Scientists find new orchid in Rome", WEATHER, "Scientists"),
        ("Five killed in bus crash", "At least five people were killed when a bus hit a wall in Rome.",
         "At least five people"),
        ("Five killed in bus crash", WEATHER, "Five people"),
        ("Hundreds evacuated from burning ferry", WEATHER, "Hundreds of people"),
        ("Bus driver arrested after crash", "A driver was arrested after a bus hit a wall in Rome.", "Bus driver"),
        ("Police arrest two men in Rome", WEATHER, "Police"),
        ("Storm kills twelve people in Rome", WEATHER, "Storm"),
        ("A small dog in Rome managed to stop a tram", WEATHER, "Small dog"),
        ("Rome to Oslo flight turns back over Alps", WEATHER, "Rome to Oslo flight"),
        ("Block of flats collapses in Rome", WEATHER, "Block of flats"),
        ("Letter that praises storm includes map", WEATHER, "Letter"),
        ("Seven towns sue oil company", WEATHER, "Seven towns"),
        ("‘Choir was out of tune,’ say visitors", WEATHER, "Visitors"),
    ],
)  # fmt: skip
def test_whom_nobody_names_is_described(read: Read, headline: str, text: str, first: str) -> None:
    assert who(read(headline, text))[0] == first


def test_a_capital_may_act_for_itself(read: Read) -> None:
    text = (
        "Thousands came to Berlin. Streets in Berlin were closed, and trains to Berlin were full. Berlin said no more."
    )
    assert who(read("Berlin sets up tents for visitors", text)) == ["Berlin"]
    assert (
        who(read("Berlin rejects offer", "Berlin said no to Moscow. Moscow had asked Berlin for help."))[0] == "Germany"
    )


def test_a_thing_goes_before_whom_it_harms(read: Read) -> None:
    found = main(read("Storm kills twelve people in Rome", WEATHER))
    assert [participant.role for participant in found.participants] == ["agent", "patient"]


def test_who_does_it_goes_before_whom_it_is_done_to(read: Read) -> None:
    text = "A Taliban bomber attacked a bank in Rome on Monday."
    assert who(read("Four killed in Taliban raid on bank", text)) == ["Taliban", "Four people"]
    assert who(read("Bank in Rome bombed in attack by Taliban", text))[0] == "Taliban"


def test_a_thing_is_nobody_in_another_text(read: Read) -> None:
    found = read("Meteor streaks across sky", "A bright meteor streaked across the sky over Rome on Tuesday.")
    [actor] = [actor for actor in found.actors if actor.key == main(found).participants[0].actor]
    assert (actor.name, [m.span.text for m in actor.mentions], actor.is_unnamed) == ("Meteor", ["bright meteor"], True)


def test_those_whom_a_headline_lists_stand_in_its_order(read: Read) -> None:
    text = "Emmanuel Macron and Angela Merkel met in Rome. Merkel and Macron agreed on a plan on Tuesday."
    assert who(read("Merkel, Macron agree on plan", text))[:2] == ["Angela Merkel", "Emmanuel Macron"]


def test_a_capital_alone_makes_no_name(read: Read) -> None:
    text = "Flights from Rome were full. Passengers of United waited for hours, and United apologised to them."
    assert who(read("United Turns Away Two Girls From Flight For Wearing Hats", text))[0] == "United"


def test_a_verb_that_the_text_has_in_another_tense_is_no_name(read: Read) -> None:
    found = read(
        "Unilever Modifies Shape of Its Bars", "Fans were upset. Unilever has modified two bars, modified in May."
    )
    assert (main(found).title, who(found)[0]) == ("Unilever Modifies Shape of Its Bars", "Unilever")


def test_a_team_dismisses_its_coach(read: Read) -> None:
    text = "The Chicago Bears lost on Sunday. The Chicago Bears had hired John Fox in 2015."
    assert who(read("Chicago Bears fire coach John Fox", text))[0] == "Chicago Bears"


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("Lufthansa price change sparks anger among customers", "Lufthansa"),
        ("Lufthansa’s new jet wins prize", "Lufthansa’s new jet"),
    ],
)
def test_a_change_is_its_makers_and_a_thing_stands_for_itself(read: Read, headline: str, first: str) -> None:
    assert who(read(headline, "Lufthansa is based in Cologne. Lufthansa flies to Rome."))[0] == first


def test_a_description_quotes_the_words_of_the_text(read: Read) -> None:
    text = "At least five people were killed when a bus hit a wall in Rome."
    found = read("Five killed in bus crash", text)
    [actor] = [actor for actor in found.actors if actor.key == main(found).participants[0].actor]
    assert (actor.kind, [m.span.text for m in actor.mentions], actor.is_unnamed) == (
        ActorKind.GROUP,
        ["At least five people"],
        True,
    )


def test_a_name_goes_before_a_description(read: Read) -> None:
    assert who(read("President visits Berlin", VISIT)) == ["Emmanuel Macron"]


def test_who_is_named_in_full_only_in_the_title_has_that_name(read: Read) -> None:
    text = "Anna stepped down on Tuesday. The mayor thanked Anna for her work."
    assert who(read("Anna Lindqvist quits as head of zoo", text))[0] == "Anna Lindqvist"


def test_a_people_is_not_its_state(read: Read) -> None:
    found = read("Italians protest against new tax", "Thousands marched through Italy on Tuesday.")
    assert who(found)[0] == "Italians"


def test_what_befalls_the_driver_of_a_person_befalls_not_the_person(read: Read) -> None:
    found = read("Macron driver jailed for theft", f"{VISIT} The driver was jailed on Tuesday.")
    assert "Emmanuel Macron" not in who(found)


def test_a_year_or_a_sum_is_nobody(read: Read) -> None:
    assert who(read("Book Fair 2019 welcomes readers", "The fair opened its doors in Rome.")) != ["2019 people"]


@pytest.mark.parametrize(
    ("headline", "title", "first"),
    [
        ("Macron: I support new bridge", "Emmanuel Macron says: I support new bridge", "Emmanuel Macron"),
        ("Macron: ‘Never give up’", "Emmanuel Macron says: “Never give up”", "Emmanuel Macron"),
        ("Senior doctors: Hospital ‘far too small’", "Senior doctors say: Hospital ‘far too small’", "Senior doctors"),
    ],
)
def test_words_behind_a_colon_are_said(read: Read, headline: str, title: str, first: str) -> None:
    found = read(headline, VISIT)
    assert (main(found).title, who(found)[0], main(found).kind) == (title, first, EventKind.STATEMENT)


def test_an_opinion_is_its_tellers(read: Read) -> None:
    text = f"{VISIT} Olaf Scholz praised Macron on Tuesday."
    assert who(read("Macron is like sunshine, Scholz says", text))[0] == "Olaf Scholz"


def test_a_look_at_somebody_is_no_event(read: Read) -> None:
    found = read("As Macron turns 50, a look at where he works in Paris", VISIT)
    assert main(found).title == "Emmanuel Macron visits Berlin"


def test_a_mission_is_its_owners(read: Read) -> None:
    found = read("China’s moon mission to boldly go a step further", "China plans to land on the moon. China is ready.")
    assert (who(found)[0], main(found).hedged) == ("China", True)


# --- what has not happened -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Macron to visit Berlin", "Macron is to visit Berlin"),
        ("Macron will visit Berlin", "Macron will visit Berlin"),
        ("Old bridge to be repaired in Rome", "Old bridge is to be repaired in Rome"),
        ("Macron set for Berlin visit", "Macron is set for Berlin visit"),
    ],
)
def test_a_plan_stays_a_plan(read: Read, headline: str, title: str) -> None:
    found = main(read(headline, "Emmanuel Macron praised the mayor of Berlin. A similar visit was made in March."))
    assert (found.title, found.hedged) == (title, True)


@pytest.mark.parametrize(
    "headline",
    [
        "Macron could visit Berlin",
        "Will Macron visit Berlin?",
        "Watch Macron visit Berlin",
        "Your questions about Berlin answered",
        "Here is all you need to know about Berlin",
        "Macron: ‘We visit Berlin’",
        "My day with Macron in Berlin",
    ],
)
def test_a_guess_a_question_or_a_teaser_is_no_event(read: Read, headline: str) -> None:
    assert read(headline, WEATHER).events == ()


def test_a_claim_keeps_who_makes_it(read: Read) -> None:
    titles = [
        main(read(headline, WEATHER)).title
        for headline in (
            "Bridge was unsafe for years – engineers",
            "Bridge was unsafe for years, court hears",
            "Bridge was unsafe for years, says minister",
        )
    ]
    assert titles == [
        "Bridge was unsafe for years, engineers say",
        "Bridge was unsafe for years, court hears",
        "Bridge was unsafe for years, minister says",
    ]


def test_what_how_and_why_take_for_granted_is_told(read: Read) -> None:
    assert main(read("How Macron won over Berlin", VISIT)).title == "Macron won over Berlin"


# --- how sure ------------------------------------------------------------------------------------------------------


def test_a_headline_without_a_verb_is_less_sure_than_a_sentence(read: Read) -> None:
    topic, deed = main(read("Bus crash in Rome", WEATHER)), main(read("Macron visits Berlin", VISIT))
    assert topic.confidence < deed.confidence


# --- what it is not ------------------------------------------------------------------------------------------------


def test_behind_a_semicolon_stands_what_came_of_it(read: Read) -> None:
    assert main(read("Ferry with 84 aboard runs aground off Oslo; seven injured")).title == (
        "Ferry with 84 aboard runs aground off Oslo"
    )


def test_what_the_text_says_will_be_done_is_not_done(read: Read) -> None:
    found = main(read("Ford cuts 400 jobs", "Ford will cut 400 jobs in Rome, it told staff on Tuesday."))
    assert found.hedged
    assert found.date.latest is None


def test_a_trial_is_no_attack(read: Read) -> None:
    found = main(read("Oslo attacks trial opens", "The trial of two men over the attacks opened in Oslo on Tuesday."))
    assert found.kind is EventKind.JUSTICE


def test_a_coach_is_dismissed_and_a_strike_called_off(read: Read) -> None:
    kinds = [
        main(read("Chicago Bears fire coach John Fox")).kind,
        main(read("Unions call off strike", "Unions called off a strike that was to begin on Tuesday.")).kind,
    ]
    assert kinds == [EventKind.APPOINTMENT, EventKind.DECISION]


def test_the_day_of_a_plan_does_not_date_the_decision(read: Read) -> None:
    found = main(read("Unions call off strike", "Unions called off a strike that was to begin on Tuesday."))
    assert found.date.earliest is None


def test_what_is_not_done_is_hedged(read: Read) -> None:
    assert main(read("Macron does not back strike", "Emmanuel Macron did not back the strike.")).hedged


def test_a_state_that_is_only_where_it_was_takes_no_part(read: Read) -> None:
    read_ = read(
        "Ten tourists killed in Norway plane crash", "Ten tourists were killed when a plane crashed in Norway."
    )
    named = {actor.key: actor.name for actor in read_.actors}
    assert [named[p.actor] for p in main(read_).participants] == ["Ten tourists"]


# --- where ---------------------------------------------------------------------------------------------------------


def where(extraction: Extraction) -> str | None:
    return next((place.name for place in extraction.places if place.key == main(extraction).place), None)


def test_what_words_are_about_is_not_where_they_were_said(read: Read) -> None:
    text = (
        "President Emmanuel Macron said on Friday that France was ready to share its salt. Macron mentioned mines in "
        "Nancy, in Alsace and in Brittany, and said that they would have to be opened."
    )
    assert where(read("Macron signals France is ready to share salt", text)) not in ("Nancy", "Alsace", "Brittany")


def test_where_what_came_before_took_place_is_not_where_this_did(read: Read) -> None:
    text = (
        "President Emmanuel Macron said on Friday that he was ready to share. His words came after a bitter clash "
        "between Olaf Scholz and Viktor Orban in Vienna."
    )
    assert where(read("Macron signals he is ready to share salt after clash", text)) != "Vienna"


def test_a_deal_to_a_state_is_not_struck_there(read: Read) -> None:
    text = "President Emmanuel Macron offered Norway a deal on Friday."
    assert where(read("Macron offers salt deal to Norway", text)) is None


def test_where_something_was_done_years_ago_is_not_where_this_is_done(read: Read) -> None:
    text = "Emmanuel Macron on Friday sold the gun that had killed a boy in Nancy in 2012."
    assert where(read("Macron sells gun", text)) is None


def test_an_article_of_captions_alone_tells_what_they_tell(nlp: Language) -> None:
    text = (
        "Image: A rescuer carries a child through a flooded street in Oslo, Norway, on Tuesday. (Ana Ruiz/AP)\n\n"
        "Image: Prime Minister Jonas Gahr Store visits a shelter in Oslo on Monday. (Tom Hale/Reuters)"
    )
    document = read_text(text, title="Floods in Oslo: the week in pictures", published="2024-05-14")

    events = {event.title: event.date.earliest for event in extract(document, nlp).events}
    assert events["Jonas Gahr Støre visits a shelter in Oslo"] == date(2024, 5, 13)
