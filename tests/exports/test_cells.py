"""What a spreadsheet makes of a cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.reading import restored
from timeline.exports.cells import CHUNK, LONGEST, OPENERS, cell, chunks, fitting, joined, line, shortened, width

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
RISKY_TEXT = st.builds("".join, st.tuples(st.sampled_from(["", "'", "''"]), st.sampled_from([*OPENERS, "a"]), ANY_TEXT))


@given(st.lists(st.one_of(ANY_TEXT, RISKY_TEXT), min_size=2, max_size=5))
def test_any_texts_come_back_from_the_file_as_they_were(texts):
    (row,) = csv.reader(io.StringIO(f"{line(texts)}\r\n", newline=""))
    assert [restored(value) for value in row] == texts


@given(st.lists(st.one_of(ANY_TEXT, RISKY_TEXT), min_size=2, max_size=5))
def test_a_line_is_as_other_programs_write_it(texts):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(text) for text in texts])
    assert f"{line(texts)}\r\n" == buffer.getvalue()


@given(RISKY_TEXT)
def test_no_text_begins_a_formula(text):
    assert not cell(text).startswith(OPENERS)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-", "'-"),
        ("@everyone", "'@everyone"),
        ("\tindented", "'\tindented"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("1+1=2", "1+1=2"),
        ("", ""),
    ],
)
def test_only_texts_that_would_begin_a_formula_get_an_apostrophe(value, written):
    assert cell(value) == written


def test_half_a_character_becomes_a_question_mark():
    assert cell("a \ud83d b") == "a ? b"


@given(st.integers(0, 70), st.text(st.sampled_from("aé😀"), max_size=80))
def test_a_shortened_text_fits_and_is_a_beginning(room, text):
    limit = room + 2
    cut = shortened(text, limit)
    assert width(cut) <= limit
    assert cut == text or (text.startswith(cut[:-1]) and cut.endswith("…"))


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "=" + "b" * 32_766, "a" * 32_766])
def test_a_cell_is_no_longer_than_a_spreadsheet_holds(text):
    assert len(cell(text).encode("utf-16-le")) // 2 <= LONGEST


def test_a_text_of_exactly_the_limit_is_whole():
    assert cell("a" * LONGEST) == "a" * LONGEST


def test_pieces_that_do_not_fit_are_left_out_whole():
    assert fitting(["<p>one</p>", "<p>two</p>"], rest="<p>…</p>", longest=21) == "<p>one</p><p>…</p>"
    assert fitting(["<p>one</p>", "<p>two</p>"], longest=21) == "<p>one</p><p>two</p>"


def test_a_list_is_joined_by_semicolons():
    assert joined(["Ann Lee", "Bo, Jr."]) == "Ann Lee; Bo, Jr."


def test_small_pieces_become_a_few_large_ones():
    pieces = ["one\r\n"] * CHUNK
    found = list(chunks(pieces))
    assert "".join(found) == "".join(pieces)
    assert 5 <= len(found) <= 6
