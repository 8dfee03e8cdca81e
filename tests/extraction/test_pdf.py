"""The text of a PDF file is its paragraphs, without what stands on every page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.files import make_pdf
from timeline.extraction.documents.formats import read_document
from timeline.extraction.documents.pdf import text_of_pdf
from timeline.extraction.records import UnreadableDocument

LINES = [(72, 700, "The harbour of Aldmouth was closed on"), (72, 687, "28 February 2025, the mayor said.")]


def test_the_lines_of_a_paragraph_are_one() -> None:
    assert text_of_pdf(make_pdf([LINES])) == "The harbour of Aldmouth was closed on 28 February 2025, the mayor said."


def test_paragraphs_are_told_by_the_space_between_them_or_by_their_indent() -> None:
    apart = make_pdf([[(72, 700, "The harbour was closed."), (72, 660, "Nobody said why.")]])
    set_in = make_pdf([[(72, 700, "The harbour was closed."), (84, 687, "Nobody said why."), (72, 674, "Boats wait.")]])

    assert text_of_pdf(apart) == "The harbour was closed.\n\nNobody said why."
    assert text_of_pdf(set_in) == "The harbour was closed.\n\nNobody said why. Boats wait."


def test_a_word_cut_at_the_end_of_a_line_is_put_together_and_a_compound_keeps_its_hyphen() -> None:
    cut = make_pdf([[(72, 700, "The har-"), (72, 687, "bour had a self-"), (72, 674, "made crane.")]])

    assert text_of_pdf(cut) == "The harbour had a self-made crane."


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [
        [(72, 800, "Harbour Herald, 1 March 2025"), (72, 700, f"Boat {name} waits outside."), (290, 40, f"{number}")]
        for number, name in enumerate(("Alder", "Birch", "Cedar"), start=1)
    ]

    assert (
        text_of_pdf(make_pdf(pages))
        == "Boat Alder waits outside.\n\nBoat Birch waits outside.\n\nBoat Cedar waits outside."
    )


def test_a_pdf_file_is_read_like_a_text() -> None:
    document = read_document(make_pdf([LINES]), url="https://a.example/1.pdf")

    assert document.text.startswith("The harbour of Aldmouth was closed")
    assert document.url == "https://a.example/1.pdf"


def test_a_pdf_file_of_pictures_says_what_is_missing() -> None:
    with pytest.raises(UnreadableDocument, match="only pictures"):
        text_of_pdf(make_pdf([[]]))


@given(st.integers(0, 900), st.binary(max_size=60))
def test_a_broken_pdf_file_is_refused_or_read(place: int, noise: bytes) -> None:
    content = make_pdf([LINES])
    try:
        text_of_pdf(content[:place] + noise + content[place + len(noise) :])
    except UnreadableDocument as error:
        assert "PDF file" in str(error)
