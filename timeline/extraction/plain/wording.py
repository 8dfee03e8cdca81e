"""The words of one language that the plain reading knows, from its folder of the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import first_names, fold, table, word_list


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb. `clause` is whether it reports a clause; `finite` whether it needs no helper."""

    verb: str
    clause: bool
    finite: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A noun of office or station, its gender where it tells one; `kin` is a relation and no office."""

    gender: str
    kin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words in lower case, but for names. `lists` are the plain lists of grammar.json, `labels` the model's labels,
    `towns` the names on the map of towns that the language calls otherwise."""

    language: str
    lists: Mapping[str, frozenset[str]]
    labels: Mapping[str, frozenset[str]]
    cues: Mapping[str, Cue]
    titles: Mapping[str, Title]
    honorifics: Mapping[str, str]
    given: Mapping[str, str]
    bodies: frozenset[str]
    no_names: frozenset[str]
    kinds: Mapping[str, str]
    towns: Mapping[str, str]

    def has(self, name: str, word: str) -> bool:
        """Whether a word is in a plain list; False where the language has no such list."""
        return word in self.lists.get(name, ())

    def is_given(self, word: str) -> bool:
        return fold(word) in self.given

    def gender_of(self, name: str) -> str | None:
        first = name.split()[0]
        return self.given.get(fold(first)) or None


@cache
def wording(language: str) -> Wording:
    """The words of a language (ISO 639-1), read once a process.

    Raises:
        FileNotFoundError: the lexicon has no folder for the language, or a file is missing in it.
    """
    grammar = _json(language, "grammar.json")
    return Wording(
        language=language,
        lists={name: frozenset(words) for name, words in grammar.items() if isinstance(words, list)},
        labels={name: frozenset(labels) for name, labels in grammar["labels"].items()},
        cues=dict(_cues(language)),
        titles=dict(_titles(language)),
        honorifics=dict(_pairs(table(language, "honorifics.tsv"))),
        given={fold(name): gender for name, gender in _pairs(table(language, "first_names.tsv"))}
        | {fold(name): gender for name, gender in first_names().items()},
        bodies=word_list(language, "bodies.txt"),
        no_names=word_list(language, "no_names.txt"),
        towns=_towns(language),
        kinds={word: kind for kind, words in _json(language, "kinds.json").items() for word in words},
    )


def _json(language: str, file: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((LEXICON / language / file).read_text("utf-8"))
    return {name: value for name, value in read.items() if name != "source"}


def _towns(language: str) -> Mapping[str, str]:
    if not (LEXICON / language / "names.json").exists():
        return {}
    towns: dict[str, str] = _json(language, "names.json").get("towns", {})
    return towns


def _pairs(rows: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    return ((row[0], row[1] if len(row) > 1 else "") for row in rows)


def _cues(language: str) -> Iterator[tuple[str, Cue]]:
    for verb, finite, participle, gerund, *marks in table(language, "cues.tsv"):
        clause = "clause" in marks
        yield from ((form, Cue(verb, clause, False)) for form in (verb, *participle.split(), *gerund.split()))
        yield from ((form, Cue(verb, clause, True)) for form in finite.split())


def _titles(language: str) -> Iterator[tuple[str, Title]]:
    for word, *marks in table(language, "titles.txt"):
        yield word, Title(next((mark for mark in marks if mark in ("male", "female")), ""), "kin" in marks)
