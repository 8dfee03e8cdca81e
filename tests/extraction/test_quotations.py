"""Quotation marks: which words of a paragraph stand between them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.statements.quotations import continues_from, find_quotations

PIECES = st.lists(
    st.sampled_from(["“", "”", '"', "‘", "’", "'", "''", "«", "»", "„", " ", ", ", ". ", "we", "members", "s", "90s"]),
    max_size=40,
).map("".join)


def quoted(text: str) -> list[str]:
    return [text[quotation.inner_start : quotation.inner_end] for quotation in find_quotations(text)]


def test_curly_and_straight_marks_enclose_the_same_words() -> None:
    assert quoted("“We close it,” she said.") == ["We close it,"]
    assert quoted('"We close it," she said.') == ["We close it,"]


def test_two_apostrophes_and_guillemets_are_marks_too() -> None:
    assert quoted("''We close it,'' she said.") == ["We close it,"]
    assert quoted("«We close it», she said.") == ["We close it"]


def test_two_quotations_of_a_sentence_stay_apart() -> None:
    assert quoted("“The bridge,” she said, “is closed.”") == ["The bridge,", "is closed."]


def test_a_single_quotation_inside_a_double_one_belongs_to_it() -> None:
    assert quoted("“He said ‘never’ to me,” she said.") == ["He said ‘never’ to me,"]
    assert quoted("\"He said 'never' to me,\" she said.") == ["He said 'never' to me,"]


def test_single_marks_enclose_quotations_in_the_british_style() -> None:
    assert quoted("‘We close it,’ she said.") == ["We close it,"]
    assert quoted("'We close it,' she said.") == ["We close it,"]


def test_apostrophes_neither_open_nor_close() -> None:
    assert quoted("It’s the members’ vote, and the 1990s' bridge isn't the council's.") == []
    assert quoted("In the '90s they didn't close it.") == []


def test_the_apostrophe_of_a_plural_closes_nothing_when_punctuation_follows_later() -> None:
    assert quoted("‘The workers’ safety comes first,’ she said.") == ["The workers’ safety comes first,"]


def test_a_quotation_left_open_runs_to_the_end_of_its_paragraph() -> None:
    (quotation,) = find_quotations("She said: “We close it. ")
    assert (quotation.closed, quotation.inner_start, quotation.end) == (False, 11, 23)


def test_an_open_quotation_ends_where_the_next_one_opens() -> None:
    assert quoted("“We close it, she said. “And soon.”") == ["We close it, she said.", "And soon."]


def test_a_curly_mark_opens_also_before_a_space() -> None:
    assert quoted("She said, “ … it closes.”") == [" … it closes."]


def test_inches_are_no_quotation() -> None:
    assert quoted('The pipe is 12" wide and 3" deep.') == []


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = "“Before.”\n“Inside.”"
    assert [text[q.start : q.end] for q in find_quotations(text, 10, len(text))] == ["“Inside.”"]


def test_an_open_paragraph_goes_on_with_the_mark_that_opens_the_next() -> None:
    text = "She said: “One.\n“Two.”"
    first, second = find_quotations(text, 0, 15), find_quotations(text, 16, len(text))
    assert continues_from(first, second, 15, 16)
    assert not continues_from(second, first, len(text), 0)


def test_a_line_may_begin_within_a_quotation() -> None:
    text = "and it is old,” she said. “We close it.”"
    found = find_quotations(text, inside=True)
    assert [text[quotation.start : quotation.end] for quotation in found] == ["and it is old,”", "“We close it.”"]


def test_a_line_without_marks_may_lie_within_a_quotation() -> None:
    (quotation,) = find_quotations("It has to go.", inside=True)
    assert (quotation.start, quotation.end, quotation.closed) == (0, 13, False)


def test_a_mark_that_opens_twice_closes_twice() -> None:
    text = "“It acts as “broker”, and as a friend,” he said."
    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == "“It acts as “broker”, and as a friend,”"


def test_a_single_mark_after_a_quotation_in_single_marks_may_stay_open() -> None:
    text = "'It is old,' she said. 'We close it."
    assert [text[q.start : q.end] for q in find_quotations(text)] == ["'It is old,'", "'We close it."]


@given(PIECES)
def test_quotations_lie_in_order_and_never_overlap(text: str) -> None:
    found = find_quotations(text)
    for quotation in found:
        assert 0 <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start


@given(PIECES)
def test_the_same_text_has_the_same_quotations(text: str) -> None:
    assert find_quotations(text) == find_quotations(text)
