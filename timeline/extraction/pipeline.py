"""The order of the steps, in one function."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from timeline.extraction import plain
from timeline.extraction.actors import find_actors
from timeline.extraction.dates import find_times
from timeline.extraction.events import find_events
from timeline.extraction.mentions import Document, Extraction, TimeMention
from timeline.extraction.paragraphs import Paragraph, parse, parse_headline
from timeline.extraction.places import find_places
from timeline.extraction.plain.wording import wording
from timeline.extraction.statements import find_statements
from timeline.extraction.version import VERSION

# The languages with rules of their own. Any other that has a folder in the lexicon is read by `plain`.
RULED = frozenset({"en"})


def extract(document: Document, nlp: Language) -> Extraction:
    """Read a document: who said and did what, where and when, each with the span that proves it.

    Args:
        document: what `documents.read_document` made of the bytes.
        nlp: the language model that reads the document's language, from `language.model_for`.

    Returns:
        The mentions of the document, in text order. Offsets count code points of `document.text`, end-exclusive.
    """
    paragraphs = parse(document, nlp)
    times = find_times(document, paragraphs)
    headline = parse_headline(document, nlp)
    if nlp.lang not in RULED:
        return _read_plainly(document, paragraphs, headline, times, nlp.lang or "")
    cast = find_actors(document, paragraphs)
    places = find_places(document, paragraphs, cast, headline)
    statements = find_statements(document, paragraphs, cast, times)
    events, relations = find_events(document, paragraphs, headline, cast, places, times, statements)
    return Extraction(
        version=VERSION,
        document=document,
        actors=cast.actors,
        statements=statements,
        times=times,
        places=places,
        events=events,
        relations=relations,
    )


def _read_plainly(
    document: Document,
    paragraphs: Sequence[Paragraph],
    headline: Paragraph | None,
    times: tuple[TimeMention, ...],
    language: str,
) -> Extraction:
    """Actors, places, statements and the main event by the word lists of a language: no relations."""
    words = wording(language)
    cast = plain.find_actors(document, paragraphs, words)
    places = plain.find_places(document, paragraphs, cast, words)
    statements = plain.find_statements(document, paragraphs, cast, times, words)
    events = plain.find_events(document, paragraphs, headline, cast, places, times, statements, words)
    return Extraction(
        version=VERSION,
        document=document,
        actors=cast.actors,
        statements=statements,
        times=times,
        places=places,
        events=events,
    )
