"""What a language needs to be read: a folder of word lists, and a model that is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from timeline.extraction import knowledge
from timeline.extraction.dates.rules import MAKERS
from timeline.extraction.dates.words import words_of
from timeline.extraction.language import INSTALL, MODELS, model_for
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import Block, Document
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.pipeline import RULED
from timeline.extraction.places.gazetteer import is_place
from timeline.extraction.plain import find_actors, find_statements
from timeline.extraction.plain.wording import Cue, Title, Wording, wording
from timeline.extraction.records import NoModel
from timeline.vocabulary import BlockRole, EventKind

PLAIN = sorted(MODELS.keys() - RULED)
FOLDERS = sorted(path.name for path in LEXICON.iterdir() if path.is_dir() and not path.name.startswith("_"))


def test_a_language_that_has_a_folder_has_a_model_and_a_way_to_install_it() -> None:
    assert sorted(MODELS) == sorted(INSTALL) == FOLDERS


@pytest.mark.parametrize("language", PLAIN)
def test_a_folder_holds_what_the_plain_reading_asks_for(language: str) -> None:
    words = wording(language)

    assert {"person", "body", "place", "subject", "clause", "noun", "verb", "name"} == set(words.labels)
    assert {"that", "according", "not", "articles", "prepositions", "and", "particles"} <= set(words.lists)
    assert set(words.kinds.values()) <= {kind.value for kind in EventKind}
    assert all((words.cues, words.titles, words.honorifics, words.given, words.bodies, words.no_names))


@pytest.mark.parametrize("language", FOLDERS)
def test_the_words_of_time_have_readings(language: str) -> None:
    assert {name for name, _, _ in words_of(language).patterns} <= set(MAKERS)


@pytest.mark.parametrize("path", sorted(p for code in PLAIN for p in (LEXICON / code).iterdir()), ids=lambda p: p.name)
def test_every_list_names_its_source(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        assert json.loads(text)["source"]
    else:
        assert text.startswith("# ")


@pytest.mark.parametrize("language", PLAIN)
def test_names_are_given_to_what_is_known(language: str) -> None:
    names = json.loads((LEXICON / language / "names.json").read_text("utf-8"))
    known = knowledge.load().by_id

    assert {key for kind in ("countries", "bodies", "figures") for key in names[kind]} <= set(known)
    assert not {row["id"] for row in names["entries"]} & set(known)
    assert [town for town in names["towns"].values() if not is_place(town)] == []
    assert {key for key, country in knowledge.load().countries.items() if not country.defunct} <= set(
        names["countries"]
    )


def test_a_name_in_another_language_means_the_same() -> None:
    spanish = knowledge.load("es")

    assert spanish.by_id["russia"].name == "Russia"
    assert (spanish.of_nation("ruso"), spanish.of_nation("Rusia"), spanish.of_nation("Russian")) == (
        "russia",
        "russia",
        None,
    )
    figure = spanish.figure("Volodímir Zelenski")
    assert figure is not None
    assert figure.id == "volodymyr-zelenskyy"


def test_a_language_without_rules_is_refused_by_name() -> None:
    with pytest.raises(NoModel, match="no rules for language 'fr'; languages read: en, es"):
        model_for("fr")


def test_a_third_language_needs_words_and_no_code() -> None:
    text = "«Siamo pronti», ha detto la ministra Carla Rossi."
    italian = Wording(
        language="it",
        lists={
            "perfect": frozenset({"ha"}),
            "articles": frozenset({"la"}),
            "definite articles": frozenset({"la"}),
            "prepositions": frozenset({"a", "di"}),
        },
        labels={
            "person": frozenset({"PER"}),
            "body": frozenset({"ORG"}),
            "place": frozenset({"LOC"}),
            "subject": frozenset({"nsubj"}),
            "clause": frozenset({"ccomp"}),
            "noun": frozenset({"NOUN", "PROPN"}),
            "verb": frozenset({"VERB", "AUX"}),
            "name": frozenset({"PROPN"}),
        },
        cues={"detto": Cue("dire", clause=True, finite=False)},
        titles={"ministra": Title("female", kin=False)},
        honorifics={},
        given={"Carla": "female"},
        bodies=frozenset({"Ministero"}),
        no_names=frozenset({"La"}),
        kinds={},
        towns={},
    )
    doc = Doc(
        spacy.blank("it").vocab,
        words=['"', "Siamo", "pronti", '"', ",", "ha", "detto", "la", "ministra", "Carla", "Rossi", "."],
        spaces=[False, True, False, False, True, True, True, True, True, True, False, False],
        pos=["PUNCT", "AUX", "ADJ", "PUNCT", "PUNCT", "AUX", "VERB", "DET", "NOUN", "PROPN", "PROPN", "PUNCT"],
        deps=["punct", "cop", "ccomp", "punct", "punct", "aux", "ROOT", "det", "nsubj", "appos", "flat", "punct"],
        heads=[2, 2, 6, 2, 2, 6, 6, 8, 6, 8, 9, 6],
    )
    document = Document(text=text, blocks=(Block(0, len(text), BlockRole.BODY),), language="it")
    paragraphs = [Paragraph(doc, 0, BlockRole.BODY, 0)]

    cast = find_actors(document, paragraphs, italian)
    statements = find_statements(document, paragraphs, cast, (), italian)

    assert [(actor.name, actor.role) for actor in cast.actors] == [("Carla Rossi", "ministra")]
    assert [(s.content[0].text, s.speaker) for s in statements] == [("«Siamo pronti»", cast.actors[0].key)]
