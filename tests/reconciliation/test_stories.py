from __future__ import annotations

import math
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.stories import SAME_STORY, KnownStory, Story, carried_on

TOLLS = Story.of(
    "Mayor Bondar resigns over harbour tolls",
    "Mayor Pavlo Bondar resigned on Monday after a row over the tolls of the harbour.",
)
STEPS_DOWN = Story.of("Harbour tolls: Bondar steps down", "Pavlo Bondar stepped down as mayor after a row over tolls.")
FLOODS = Story.of("Floods close the valley road", "Heavy rain closed the road through the valley on Monday.")


def test_two_tellings_of_one_story_are_alike() -> None:
    assert TOLLS.likeness(STEPS_DOWN) > 0.4
    assert TOLLS.likeness(FLOODS) < 0.1


def test_rare_words_say_what_an_article_is_about() -> None:
    assert {"bondar", "tolls"} < set(TOLLS.telling)
    assert TOLLS.weights["bondar"] > 5 * TOLLS.weights["over"]
    assert "the" not in TOLLS.weights


def test_each_language_has_common_words_of_its_own() -> None:
    spanish = Story.of("Bondar dimite por los peajes", "El alcalde dimitió por los peajes del puerto.", "es")

    assert not {"los", "por", "del"} & set(spanish.weights)
    assert "peajes" in spanish.telling


def test_a_language_without_word_frequencies_is_read_all_the_same() -> None:
    assert Story.of("Bondar segja av", "Borgarstjórin segði seg frá.", "fo").telling


def test_an_article_without_words_is_about_nothing() -> None:
    assert Story.of("", "… — !").weights == {}
    assert carried_on(Story.of("", ""), [KnownStory(uid="e1", articles=(TOLLS,))]) is None


def test_an_article_carries_on_the_story_it_is_most_like() -> None:
    known = [KnownStory(uid="floods", articles=(FLOODS,)), KnownStory(uid="tolls", articles=(TOLLS,))]

    assert carried_on(STEPS_DOWN, known) == "tolls"


def test_an_article_like_none_carries_on_none() -> None:
    assert carried_on(STEPS_DOWN, [KnownStory(uid="floods", articles=(FLOODS,))]) is None


def test_what_comes_back_every_year_is_another_story() -> None:
    last_year, lately = timedelta(days=364), timedelta(days=90)
    fair = Story.of("Thousands at the harbour fair", "Mayor Pavlo Bondar opened the fair at noon, under rain clouds.")
    again = Story.of(
        "Fireworks close the harbour fair", "Tugs with lanterns crossed the harbour; the fair had begun on Friday."
    )

    assert SAME_STORY < again.likeness(fair) < 2 * SAME_STORY
    assert carried_on(again, [KnownStory(uid="fair", articles=(fair,), silence=lately)]) == "fair"
    assert carried_on(again, [KnownStory(uid="fair", articles=(fair,), silence=last_year)]) is None


def test_a_story_much_alike_goes_on_after_years() -> None:
    known = [KnownStory(uid="tolls", articles=(TOLLS,), silence=timedelta(days=900))]

    assert carried_on(STEPS_DOWN, known) == "tolls"


def test_one_article_alike_among_many_that_are_not_is_not_enough() -> None:
    mixed = KnownStory(uid="mixed", articles=(TOLLS, *[FLOODS] * 9))

    assert STEPS_DOWN.likeness_to_all(mixed.articles) < SAME_STORY
    assert carried_on(STEPS_DOWN, [mixed]) is None


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = Story.of(one, other), Story.of(other, one)

    assert math.isclose(a.likeness(b), b.likeness(a), abs_tol=1e-9)
    assert 0 <= a.likeness(b) <= 1.001
