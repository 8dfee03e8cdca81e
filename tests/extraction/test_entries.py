"""The dated entries of a chronology, of captions and of live pages."""

from __future__ import annotations

import pytest

from timeline.extraction.interchange import read
from timeline.extraction.records import Record


def told(*paragraphs: str) -> dict[str, str]:
    """The days of the events of an article of June 2021, by title; empty where they are open."""
    text = "\n\n".join(("The storm in Norway", "How the storm of this spring unfolded along the coast.", *paragraphs))
    found = read(Record(id="1", text=text, published="2021-06-10")).events
    return {e.title: f"{e.date.earliest}" if e.date.is_exact else "" for e in found}


@pytest.mark.parametrize(
    "entry",
    [
        "3 May: The ferry Havella sinks near Bergen.",
        "3 May – The ferry Havella sinks near Bergen.",
        "May 3, 2021: The ferry Havella sinks near Bergen.",
        "Havella is raised on 9 May 3 May: The ferry Havella sinks near Bergen.",
    ],
)
def test_a_day_before_a_colon_or_dash_is_that_of_its_entry(entry: str) -> None:
    assert told(entry)["The ferry Havella sinks near Bergen"] == "2021-05-03"


def test_a_caption_in_the_text_has_the_day_that_heads_it() -> None:
    found = told("The owners have said nothing. NTB May 4: Rescue crews battle the fire on the ferry Havella.")
    assert found["Rescue crews battle the fire on the ferry Havella"] == "2021-05-04"


def test_each_entry_has_its_own_day() -> None:
    found = told(
        "3 May: The ferry Havella sinks near Bergen.",
        "5 May: Erna Solberg visits Bergen.",
        "The shipyard raises no claims.",
    )
    assert found["The ferry Havella sinks near Bergen"] == "2021-05-03"
    assert found["Erna Solberg visits Bergen"] == "2021-05-05"
    assert "2021-05-05" not in {day for title, day in found.items() if "shipyard" in title}


def test_a_short_entry_is_one_and_of_a_long_paragraph_the_day_is_that_of_the_first_sentence() -> None:
    second = "Erna Solberg visits Bergen."
    assert told(f"3 May: The ferry Havella sinks. {second}")["Erna Solberg visits Bergen"] == "2021-05-03"

    rest = "The sea was calm. Nobody saw it. Lights were on."
    found = told(f"3 May: The ferry Havella sinks. {rest} Erna Solberg visited Bergen.")
    assert found["Erna Solberg visits Bergen"] == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The strike lasts until 3 May: Norway signs the treaty.",
        "Norway signs the treaty.",
        "8 July: Norway signs the treaty.",
    ],
)
def test_no_other_day_makes_an_entry(sentence: str) -> None:
    assert "Norway signs the treaty" not in told(sentence)
