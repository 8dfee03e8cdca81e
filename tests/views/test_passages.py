"""Passages in their sentences, and texts with marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline.views.passages import Mark, Passage, marked_blocks, passage, segments
from timeline.vocabulary import BlockRole


def test_a_passage_stands_in_its_paragraph() -> None:
    text = "First line.\n  Before it. The passage itself, and after. \nLast line."
    start = text.index("The passage")
    assert passage(text, start, start + len("The passage itself")) == Passage(
        "Before it. ", "The passage itself", ", and after."
    )


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    sentence = "This is one of many sentences that fill a long paragraph. "
    text = sentence * 20 + "The passage." + " " + sentence * 20
    start = text.index("The passage")
    found = passage(text, start, start + len("The passage."))
    assert found == Passage(sentence * 4, "The passage.", " " + (sentence * 4).rstrip())


def test_a_paragraph_without_sentences_is_cut_at_words() -> None:
    text = "word " * 100 + "passage" + " word" * 100
    start = text.index("passage")
    found = passage(text, start, start + len("passage"))
    assert found.before.startswith("… word")
    assert found.after.endswith("word …")


def mark(key: str, start: int, end: int, kind: str = "event") -> Mark:
    return Mark(key, start, end, f"/{key}", key, kind)


def test_overlapping_marks_are_cut_into_pieces() -> None:
    found = segments("abcdefgh", 0, 8, [mark("one", 1, 5), mark("two", 3, 7)])
    assert [(piece.text, piece.anchors, piece.keys, piece.link.key if piece.link else "") for piece in found] == [
        ("a", (), (), ""),
        ("bc", ("one",), ("one",), "one"),
        ("de", ("two",), ("one", "two"), "one"),
        ("fg", (), ("two",), "two"),
        ("h", (), (), ""),
    ]


def test_the_narrowest_mark_is_the_link() -> None:
    wide, narrow = mark("sentence", 0, 8), mark("quote", 2, 5, "quote")
    found = segments("abcdefgh", 0, 8, [wide, narrow])
    assert [piece.link.key if piece.link else "" for piece in found] == ["sentence", "quote", "sentence"]


def test_blocks_of_junk_and_text_in_no_block_are_furniture() -> None:
    text = "Menu\nHeadline\nBody text.\nAdvert\nMore menu"
    blocks = [(5, 13, BlockRole.TITLE), (14, 24, BlockRole.BODY), (25, 31, BlockRole.JUNK)]
    prose, furniture = marked_blocks(text, blocks, [])
    assert [(block.role, block.text) for block in prose] == [
        (BlockRole.TITLE, "Headline"),
        (BlockRole.BODY, "Body text."),
    ]
    assert [block.text for block in furniture] == ["Menu", "Advert", "More menu"]


def test_a_text_without_blocks_is_all_prose() -> None:
    prose, furniture = marked_blocks("One.\n\nTwo.", [], [])
    assert [block.text for block in prose] == ["One.", "Two."]
    assert furniture == []


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_the_pieces_of_a_text_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(min(span), max(span)) for span in spans if min(span) < max(span) <= len(text)]
    marks = [mark(f"m{n}", start, end) for n, (start, end) in enumerate(inside)]
    found = segments(text, 0, len(text), marks)
    assert "".join(piece.text for piece in found) == text
    for one in marks:
        assert "".join(piece.text for piece in found if one.key in piece.keys) == text[one.start : one.end]
        assert sum(one.key in piece.anchors for piece in found) == 1


@given(st.text(min_size=1, max_size=900), st.data())
def test_a_passage_is_quoted_as_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert passage(text, start, end).exact == text[start:end]
