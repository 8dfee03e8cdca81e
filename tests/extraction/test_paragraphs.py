from __future__ import annotations

from spacy.language import Language

from timeline.extraction.documents import read_text
from timeline.extraction.paragraphs import LONGEST, parse
from timeline.extraction.pipeline import extract

SENTENCE = "President Donald Trump met Volodymyr Zelensky in the Oval Office on Friday. "


def test_a_page_in_one_line_is_read_in_parts_that_end_with_sentences(nlp: Language) -> None:
    document = read_text("A quarrel in the office\n\n" + SENTENCE * 700)

    parts = [paragraph for paragraph in parse(document, nlp) if paragraph.is_body]

    assert len(parts) > 2
    assert {part.doc.text[:15] for part in parts} == {"President Donal"}
    assert all(len(part.doc.text) <= LONGEST for part in parts)
    for part in parts:
        assert document.text[part.start : part.start + len(part.doc.text)] == part.doc.text


def test_a_word_longer_than_any_is_passed_over(nlp: Language) -> None:
    document = read_text(SENTENCE + "\n\n" + "(" * 50_000 + " said " + "a" * 1_200_000)

    extraction = extract(document, nlp)

    assert all(document.text[e.start : e.end] == e.text for event in extraction.events for e in event.evidence)
    assert extraction.events


def test_a_sentence_that_was_wrapped_is_one_sentence(nlp: Language) -> None:
    wrapped = (
        "President Donald Trump met Volodymyr Zelensky in the\nOval Office on Friday, and the two of them spoke for\n"
        "an hour, as his spokesman said in a statement."
    )
    document = read_text(f"{wrapped}\n\n{wrapped.replace('Friday', 'Sunday')}")

    first = next(iter(parse(document, nlp)))

    assert document.text[first.start : first.end] == wrapped
    assert first.doc.text == wrapped.replace("\n", " ")
