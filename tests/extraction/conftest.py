"""The language model, loaded once a session, and documents made of plain paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from timeline.extraction.language import model_for
from timeline.extraction.mentions import Block, Document, Extraction
from timeline.extraction.pipeline import extract
from timeline.vocabulary import BlockRole, PartialDate

WEATHER = "The weather in Rome was fine. Nobody in the town was surprised."


@pytest.fixture(scope="session")
def nlp() -> Language:
    return model_for("en")


@pytest.fixture(scope="session")
def read_under(nlp: Language) -> Callable[..., Extraction]:
    """Read a text under a headline; without one, a text that tells nothing."""

    def read(headline: str, text: str = WEATHER) -> Extraction:
        document = Document(
            text=text,
            blocks=(Block(0, len(text), BlockRole.BODY),),
            title=headline,
            published=PartialDate.on(date(2024, 5, 17)),
            language="en",
        )
        return extract(document, nlp)

    return read
