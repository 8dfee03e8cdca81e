"""How sure an event is."""

from __future__ import annotations

import json

import pytest
from spacy.language import Language

from timeline.extraction.documents import read_text
from timeline.extraction.events.confidence import confidence
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.pipeline import extract


def test_a_confidence_is_a_share_whatever_the_circumstances() -> None:
    weights = json.loads((LEXICON / "en" / "confidence.json").read_text("utf-8"))["weights"]

    for names in ([], list(weights), ["nobody has heard of this"], *[[name] for name in weights]):
        assert 0 < confidence(names) < 1
    assert confidence(["nobody has heard of this"]) == confidence([])


@pytest.mark.parametrize(
    ("sure", "unsure"),
    [
        ("Angela Merkel visited Paris on Monday.", "After the rain of the night had ended, it opened."),
    ],
)
def test_a_plain_sentence_about_somebody_is_surer_than_a_winding_one_about_nobody(
    nlp: Language, sure: str, unsure: str
) -> None:
    text = f"Notes of the week\n\n{sure}\n\n{unsure}"
    extraction = extract(read_text(text, published="2021-10-05"), nlp)

    plain = [e.confidence for e in extraction.events if any(span.text == sure for span in e.evidence)]
    winding = [e.confidence for e in extraction.events if any(span.text == unsure for span in e.evidence)]

    assert plain
    assert max(plain) > max(winding, default=0.0)
