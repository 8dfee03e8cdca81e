"""What is typed finds what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor, make_event
from timeline.search import asking
from timeline.search.query import EventQuery
from timeline.search.tags import around, within
from timeline.search.words import fold, words_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Trump’s deal—signed", ["trump", "s", "deal", "signed"]),
        ("Émile ZOLA, Čapek", ["emile", "zola", "capek"]),
        ("Straße", ["strasse"]),
        ("Зеленський й Київ", ["зеленськии", "и", "киів"]),
        ("snake_case 3,5 %", ["snake", "case", "3", "5"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_without_case_and_accents(written: str, words: list[str]) -> None:
    assert words_of(written) == words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.integers(-200_000, 2_900_000), st.integers(0, 4000), st.integers(-100, 4100))
def test_a_day_is_in_a_stretch_if_they_share_one_tag(first: int, length: int, offset: int) -> None:
    day = first + offset
    shared = set(within(first, first + length)) & set(around(day))
    assert len(shared) == (1 if 0 <= offset <= length else 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        '"', "*", "a17", "words : x", "NOT", "deal OR mine", "deal NEAR mine", "tags : a1", "'; --", "\\", "#a1",
        "deal)", "-deal", "^deal", "deal + mine", "{words}", "kmeeting", "💥", "x", "%", "_",
    ],
)  # fmt: skip
def test_nothing_typed_is_taken_for_a_question_or_a_filter(typed: str) -> None:
    make_event("The port reopens", make_actor("Ann Lee"))
    assert asking.events(EventQuery().containing(typed)).keys(limit=5) == []


@pytest.mark.django_db
def test_a_spelling_finds_whoever_bears_it() -> None:
    event = make_event("The port reopens", make_actor("Volodymyr Zelenskyy", "Zelensky", "Ze"))
    make_event("The mine opens", make_actor("Ann Lee"))
    for typed in ("zelenskyy", "ZELENSKY", "zel", "port ze", "volodymyr zelensky"):
        assert [key.row for key in asking.events(EventQuery().containing(typed)).keys(limit=5)] == [event.pk], typed
