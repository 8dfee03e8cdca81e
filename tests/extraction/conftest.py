"""The language model, loaded once a session, and documents made of plain paragraphs."""

from __future__ import annotations

import pytest
from spacy.language import Language

from timeline.extraction.language import model_for


@pytest.fixture(scope="session")
def nlp() -> Language:
    return model_for("en")
