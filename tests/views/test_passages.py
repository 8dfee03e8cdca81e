"""Passages in their sentences, and texts with marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline.views.passages import Mark, marked_blocks, passages, segments
from timeline.vocabulary import BlockRole


def mark(key: str, start: int, end: int, kind: str = "event") -> Mark:
    return Mark(key, start, end, f"/{key}", key, kind)


def shown(text: str, *exact: str) -> list[str]:
    """The passages around words, with what is marked in brackets and … where the paragraph is cut."""
    marks = [mark(words, text.index(words), text.index(words) + len(words)) for words in exact]
    return [
        ("… " if found.cut_before else "")
        + "".join(f"[{piece.text}]" if piece.mark else piece.text for piece in found.segments)
        + (" …" if found.cut_after else "")
        for found in passages(text, marks)
    ]


def test_a_passage_stands_in_its_paragraph() -> None:
    text = "First line.\n  Before it. The passage itself, and after. \nLast line."
    assert shown(text, "The passage itself") == ["Before it. [The passage itself], and after."]


def test_passages_of_one_paragraph_share_it() -> None:
    text = "One thing, another thing.\nA third thing."
    assert shown(text, "A third", "One thing", "another") == ["[One thing], [another] thing.", "[A third] thing."]


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    sentence = "This is one of many sentences that fill a long paragraph. "
    text = sentence * 20 + "The passage. " + sentence * 20
    around = (sentence * 4).strip()
    assert shown(text, "The passage.") == [f"… {around} [The passage.] {around} …"]


def test_a_paragraph_without_sentences_is_cut_at_words() -> None:
    (found,) = shown("word " * 100 + "passage" + " word" * 100, "passage")
    assert found.startswith("… word word")
    assert found.endswith("word word …")
    assert "word [passage] word" in found


def test_overlapping_marks_are_cut_into_pieces() -> None:
    found = segments("abcdefgh", 0, 8, [mark("one", 1, 5), mark("two", 3, 7)])
    assert [(piece.text, piece.anchors, piece.keys, piece.mark.key if piece.mark else "") for piece in found] == [
        ("a", (), (), ""),
        ("bc", ("one",), ("one",), "one"),
        ("de", ("two",), ("one", "two"), "one"),
        ("fg", (), ("two",), "two"),
        ("h", (), (), ""),
    ]


def test_the_narrowest_mark_is_the_link() -> None:
    wide, narrow = mark("sentence", 0, 8), mark("quote", 2, 5, "quote")
    found = segments("abcdefgh", 0, 8, [wide, narrow])
    assert [piece.mark.key if piece.mark else "" for piece in found] == ["sentence", "quote", "sentence"]


def test_a_scrap_too_short_to_hit_is_marked_without_a_link() -> None:
    found = segments("He said yes.", 0, 12, [mark("sentence", 0, 12), mark("quote", 8, 11, "quote")])
    assert [(piece.text, bool(piece.mark), bool(piece.link)) for piece in found] == [
        ("He said ", True, True),
        ("yes", True, True),
        (".", True, False),
    ]


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


@given(st.text(alphabet="ab .\n", min_size=1, max_size=900), st.data())
def test_passages_quote_every_mark_as_it_stands(text: str, data: st.DataObject) -> None:
    marks = []
    for n in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        marks.append(mark(f"m{n}", start, data.draw(st.integers(start + 1, len(text)))))
    found = passages(text, marks)
    for one in marks:
        pieces = [piece.text for passage in found for piece in passage.segments if one.key in piece.keys]
        assert "".join(pieces) == text[one.start : one.end]
