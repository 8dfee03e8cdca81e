"""A plan, a wish, a denial, a question or a rumour is never told as something that happened."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from timeline.extraction.mentions import Block, Document
from timeline.extraction.pipeline import extract
from timeline.vocabulary import BlockRole, PartialDate

PUBLISHED = date(2024, 5, 17)  # a Friday


def told(nlp: Language, sentence: str) -> list[str]:
    """The titles, without what only is believed, of what a sentence says beside an article's main event."""
    text = f"Emmanuel Macron visited Berlin on Tuesday. {sentence}"
    document = Document(
        text=text,
        blocks=(Block(0, len(text), BlockRole.BODY),),
        title="Macron visits Berlin",
        published=PartialDate.on(PUBLISHED),
        language="en",
    )
    return [event.title for event in extract(document, nlp).events if not (event.main or event.hedged)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Scholz denied having resigned.",
        "Olaf Scholz was to resign on Wednesday.",
        "Olaf Scholz was due to resign on Wednesday.",
        "Olaf Scholz was unable to resign.",
        "Olaf Scholz nearly resigned on Wednesday.",
        "Olaf Scholz offered to resign on Wednesday.",
        "Olaf Scholz considered resigning.",
        "Olaf Scholz should have resigned.",
        "Olaf Scholz said he would resign.",
        "Olaf Scholz said he had not resigned.",
        "Olaf Scholz never said that he had resigned.",
        "Olaf Scholz did not apologise or resign.",
        "Neither Olaf Scholz nor Joe Biden resigned.",
        "Has Olaf Scholz resigned?",
        "Had Olaf Scholz resigned, Italy would have withdrawn.",
        "Unless Olaf Scholz resigned, Italy would withdraw.",
        "Olaf Scholz would resign if Joe Biden resigned.",
        "There were rumours that Olaf Scholz had resigned.",
        "It is not true that Olaf Scholz resigned.",
        "Joe Biden talked as if Olaf Scholz had resigned.",
        "Joe Biden dismissed reports that Olaf Scholz had resigned.",
        "Joe Biden hoped that Olaf Scholz had resigned.",
        "Joe Biden called on Olaf Scholz to resign.",
        "Joe Biden prevented Olaf Scholz from resigning.",
        "Nobody resigned on Wednesday.",
    ],
)
def test_who_has_not_resigned_for_certain_does_not_resign(nlp: Language, sentence: str) -> None:
    assert [title for title in told(nlp, sentence) if title.endswith(("Scholz resigns", "Biden resigns"))] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Italy was not attacked by Russia.",
        "Italy was never attacked by Russia.",
        "Russia could attack Italy.",
        "Russia may have attacked Italy.",
        "Russia threatened to attack Italy.",
        "Did Russia attack Italy?",
        "No Russian soldier attacked Italy.",
        "Joe Biden rejected claims that Russia had attacked Italy.",
        "Joe Biden accused Russia of attacking Italy.",
        "Joe Biden warned that Russia would attack Italy.",
        "Joe Biden feared a Russian attack on Italy.",
        "Fears of a Russian invasion of Italy grew.",
        "Police foiled a Russian attack on Italy.",
    ],
)
def test_who_has_not_attacked_for_certain_does_not_attack(nlp: Language, sentence: str) -> None:
    begun = ("Russia attacks", "Russia invades", "Italy is attacked", "Italy is invaded")
    assert [title for title in told(nlp, sentence) if title.startswith(begun)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Olaf Scholz is to be replaced by Friedrich Merz.",
        "Olaf Scholz was not arrested or charged.",
        "Olaf Scholz refused to be arrested.",
        "Olaf Scholz meets Joe Biden next week.",
        "Olaf Scholz meets Joe Biden every year.",
        "Olaf Scholz used to visit Rome.",
        "Olaf Scholz no longer visits Rome.",
        "Plans for a meeting between Olaf Scholz and Joe Biden were made.",
        "A planned meeting between Olaf Scholz and Joe Biden fell through.",
        "Olaf Scholz signed no agreement with Joe Biden.",
    ],
)
def test_what_is_to_come_returns_or_fell_through_is_no_event(nlp: Language, sentence: str) -> None:
    assert [title for title in told(nlp, sentence) if not title.startswith("Olaf Scholz refuses")] == []


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Olaf Scholz managed to meet Joe Biden.", "Olaf Scholz meets Joe Biden"),
        ("Olaf Scholz met Joe Biden, who did not speak.", "Olaf Scholz meets Joe Biden"),
        ("Olaf Scholz has not resigned, but he met Joe Biden.", "Olaf Scholz meets Joe Biden"),
        ("Olaf Scholz confirmed that he had met Joe Biden.", "Olaf Scholz meets Joe Biden"),
        ("Olaf Scholz, who had not been invited, visited Rome.", "Olaf Scholz visits Rome"),
        ("Olaf Scholz resigned because Joe Biden would not.", "Olaf Scholz resigns"),
        ("Olaf Scholz, elected in 2021, visited Rome.", "Olaf Scholz is elected"),
        ("Russia attacked Italy after Joe Biden refused to resign.", "Russia attacks Italy"),
    ],
)
def test_a_denial_beside_a_deed_does_not_undo_it(nlp: Language, sentence: str, title: str) -> None:
    assert title in told(nlp, sentence)


@pytest.mark.parametrize(
    "sentence",
    ["An Afghan attacked a shop.", "Two Germans attacked a shop.", "A Russian who had fled attacked a shop."],
)
def test_people_of_a_state_do_not_act_for_it(nlp: Language, sentence: str) -> None:
    states = ("Afghanistan", "Germany", "Russia")
    assert [title for title in told(nlp, sentence) if title.startswith(states)] == []
