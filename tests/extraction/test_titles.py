"""Titles as short sentences: what stays of a headline, and what a sentence of the text becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from timeline.extraction.events.wellformed import is_torn, needs_context
from timeline.extraction.mentions import Block, Document, Extraction
from timeline.extraction.pipeline import extract
from timeline.vocabulary import BlockRole, PartialDate

Entitle = Callable[..., str]
WEATHER = "The weather in Rome was fine. Nobody in the town was surprised."


@pytest.fixture
def entitle(read_under: Callable[..., Extraction]) -> Entitle:
    def of(*given: str) -> str:
        return next((event.title for event in read_under(*given).events if event.main), "")

    return of


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Macron signs treaty with Italy in dramatic open-air ceremony at rainy palace in Rome",
         "Macron signs treaty with Italy"),
        ("Macron signs treaty of friendship for first time in 30 years", "Macron signs treaty of friendship"),
        ("Macron opens museum of modern glass and praises the many builders who worked through winter",
         "Macron opens museum of modern glass"),
        ("Macron hails young pianist’s “flawless” performance of difficult concerto in crowded old hall",
         "Macron hails young pianist’s “flawless” performance of difficult concerto"),
    ],
)  # fmt: skip
def test_a_long_headline_is_cut_to_its_core(entitle: Entitle, headline: str, title: str) -> None:
    assert entitle(headline) == title


@pytest.mark.parametrize(
    "headline",
    [
        "Macron vows to leave treaty if Italy sends its whole navy to Malta",
        "Macron wins election in Normandy by a margin of three thousand votes",
        "Macron blames late trains on old signals",
        "Macron does not sign treaty with Italy",
        "Macron becomes first leader in Italy with a degree in medicine",
        "Macron opens the largest museum of glass in Europe to pupils",
    ],
)
def test_no_condition_no_denial_and_no_object_is_cut(entitle: Entitle, headline: str) -> None:
    limits = ("if", "in Normandy", "on old signals", "not", "in Italy", "in Europe")
    kept = entitle(headline)
    assert [word in kept for word in limits] == [word in headline for word in limits]


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Family of five among twelve killed in Rome crash", "Family of five is among twelve killed in Rome crash"),
        ("Dog pulled from river", "Dog is pulled from river"),
        ("Villages swept away by flood", "Villages are swept away by flood"),
        ("Baker given award for bread", "Baker is given award for bread"),
        ("Smith named coach of Rome", "Smith is named coach of Rome"),
        ("Man held in Rome says he is innocent", "Man held in Rome says he is innocent"),
        ("Anna and Otto split after four years", "Anna and Otto split after four years"),
    ],
)
def test_a_bare_participle_gets_its_verb_and_no_other_word_does(entitle: Entitle, headline: str, title: str) -> None:
    assert entitle(headline) == title


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("On third try, Italy launches satellite", "Italy launches satellite"),
        ("Outrage after airline bans violins", "Airline bans violins"),
        ("Police investigate after eight bicycles vanish", "Police investigate after eight bicycles vanish"),
        ("Macron suspends parliament for five weeks as deadline nears", "Macron suspends parliament for five weeks"),
        ("‘The Long Night’ opens with a song", "‘The Long Night’ opens with a song"),
        ("Acme <ACM> buys bakery | Daily Crumb", "Acme buys bakery"),
    ],
)
def test_the_clause_that_tells_is_found(entitle: Entitle, headline: str, title: str) -> None:
    assert entitle(headline) == title


def test_words_joined_by_hyphens_stay_whole(entitle: Entitle) -> None:
    text = "Emmanuel Macron opened a potentially record-breaking five-year exhibition in Berlin on Tuesday."
    assert entitle("Berlin in spring", text) == (
        "Emmanuel Macron opens a potentially record-breaking five-year exhibition in Berlin"
    )


def test_a_plan_says_what_is_planned(entitle: Entitle) -> None:
    text = "Emmanuel Macron unveiled plans to build a bridge on Tuesday."
    assert entitle("Berlin in spring", text).startswith("Emmanuel Macron unveils plans to build a bridge")


def test_a_question_that_is_reported_stays_one(entitle: Entitle) -> None:
    text = "Emmanuel Macron explained how the treaty works on Tuesday. Emmanuel Macron was pleased."
    assert "that how" not in entitle("Berlin in spring", text)


@pytest.mark.parametrize(
    "title",
    [
        "The vote ends with an",
        "Ann Lee says that that is in general safe",
        "Many of which are attacked by hackers",
        "Is the mayor leaving the town hall",
        "Ann Lee pays for my new roof",
        "Ann Lee stars with co-",
        "Ann Lee praises a “quiet revolution in the harbour",
        "Any other town has such a harbour",
        "Ukraine says",
        "Ann Lee tells Kamloops",
        "Ann Lee thinks the pilot said was a bird",
        "Ann Lee says harbour board topper Ann Lee",
        "Ann Lee says Ann Lee",
    ],
)
def test_a_title_that_has_lost_words_is_torn(title: str) -> None:
    assert is_torn(title)


@pytest.mark.parametrize(
    "title",
    ["Ann Lee says: “What I know is that”", "The army moves in", "Ann Lee asks who paid for the roof", "Ship sinks"],
)
def test_a_short_sentence_is_whole(title: str) -> None:
    assert not is_torn(title)


@pytest.mark.parametrize(
    ("title", "needed"),
    [
        ("Her party decides to leave the coalition", True),
        ("The Senate votes against it", True),
        ("Ann Lee criticises the move", True),
        ("The radio reports that he was ill", True),
        ("The harbour master is given an opportunity", True),
        ("Ann Lee says that she is ill", False),
        ("Ann Lee criticises the move to Oslo", False),
        ("Ann Lee opens the harbour", False),
    ],
)
def test_a_title_that_points_at_its_text_needs_it(title: str, needed: bool) -> None:
    assert needs_context(title, ["Ann Lee"]) is needed


@pytest.fixture(scope="module")
def told(nlp: Language) -> Callable[[str], list[str]]:
    def of(sentence: str) -> list[str]:
        text = f"{WEATHER} {sentence}"
        document = Document(
            text=text,
            blocks=(Block(0, len(text), BlockRole.BODY),),
            title="Weather in Rome",
            published=PartialDate.on(date(2024, 5, 17)),
            language="en",
        )
        return [event.title for event in extract(document, nlp).events]

    return of


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Angela Merkel signed the anti-corruption law on Monday.", "Angela Merkel signs the anti-corruption law"),
        ("Angela Merkel praised a decision to admit ships with grain.",
         "Angela Merkel praises a decision to admit ships with grain"),
        ("Half of the harbour cranes were sold to Angela Merkel on Monday.",
         "Half of the harbour cranes are sold to Angela Merkel"),
        ("Angela Merkel dismissed the harbour master, a sailor who drank, on Monday.",
         "Angela Merkel dismisses the harbour master"),
    ],
)  # fmt: skip
def test_a_title_keeps_the_words_of_a_phrase_together(
    told: Callable[[str], list[str]], sentence: str, title: str
) -> None:
    assert told(sentence) == [title]


@pytest.mark.parametrize(
    "sentence",
    [
        "Angela Merkel woke up in Oslo on Monday.",
        "Angela Merkel boarded a plane in Oslo on Monday.",
        "Angela Merkel was based in Oslo.",
        "Angela Merkel received 38 percent.",
        "The prize that Angela Merkel received from Oslo was small.",
    ],
)
def test_trifles_states_and_lost_objects_make_no_title(told: Callable[[str], list[str]], sentence: str) -> None:
    assert told(sentence) == []


def test_a_participle_of_a_headline_that_describes_somebody_is_no_deed(
    read_under: Callable[..., Extraction],
) -> None:
    titles = [event.title for event in read_under("Rescue charity renames ship after drowned Syrian toddler").events]

    assert not any("drowns" in title for title in titles)


def test_a_title_does_not_begin_what_is_said_with_a_joining_word(read_under: Callable[..., Extraction]) -> None:
    text = "But the mayor would do well to wait, said David Axelrod, a former adviser to President Barack Obama."

    assert [event.title for event in read_under("Nurses meet in Ohio", text).events if "says" in event.title] == [
        "David Axelrod says that the mayor would do well to wait"
    ]


def test_the_words_of_a_title_stand_first_among_its_evidence(read_under: Callable[..., Extraction]) -> None:
    text = (
        "Marco Rubio wrote to Congress in June. Rubio has previously said that nobody should be turned away. "
        '"I ask you to consider funding the clinics," Rubio wrote.'
    )
    told = [event for event in read_under("Clinics wait for money", text).events if "says that" in event.title]

    assert [event.evidence[0].text for event in told] == [
        "Rubio has previously said that nobody should be turned away."
    ]


def test_a_dated_speech_is_called_by_what_was_said_on_its_day(read_under: Callable[..., Extraction]) -> None:
    text = (
        "Shell said that it was hard to source a fluid. "
        "In a statement late on Monday, Shell said that much work remained."
    )
    told = [event for event in read_under("Wells wait for money", text).events if "says that" in event.title]

    assert [(event.title, event.date.earliest) for event in told] == [
        ("Shell says that much work remained", date(2024, 5, 13))
    ]


def test_somebody_s_words_are_no_surer_than_that_they_are_theirs(read_under: Callable[..., Extraction]) -> None:
    text = "George W. Bush met Jeb Bush in Miami. Mr. Bush said that the storm had been the worst in years."
    told = read_under("Brothers meet in Miami", text)

    sure = max(statement.confidence for statement in told.statements)
    assert [event.confidence <= sure for event in told.events if "says" in event.title] == [True]
