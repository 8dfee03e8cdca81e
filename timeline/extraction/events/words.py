"""The words that name events: which family a noun or verb belongs to, and what it says about reality."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from timeline.extraction.lexicon import LEXICON
from timeline.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Family:
    """Words that can name one and the same event. `symmetric`: nobody acts on the other, as in a meeting."""

    name: str
    kind: EventKind
    symmetric: bool


@dataclass(frozen=True, slots=True)
class EventWords:
    families: dict[str, Family]
    verbs: dict[str, Family]
    nouns: dict[str, Family]
    verb_of_noun: dict[str, str]
    sets: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


def event_words(language: str = "en") -> EventWords:
    return _load(language)


@cache
def _load(language: str) -> EventWords:
    raw = json.loads((LEXICON / language / "events.json").read_text("utf-8"))
    families: dict[str, Family] = {}
    verbs: dict[str, Family] = {}
    nouns: dict[str, Family] = {}
    verb_of_noun: dict[str, str] = {}
    for row in raw["families"]:
        family = Family(row["name"], EventKind(row["kind"]), row.get("symmetric", False))
        families[family.name] = family
        # The first family that lists a word has it: "raid" is an arrest before it is a strike.
        for verb in row["verbs"]:
            verbs.setdefault(verb, family)
        for noun, verb in row["nouns"].items():
            nouns.setdefault(noun, family)
            verb_of_noun.setdefault(noun, verb)
    sets = {name: frozenset(value) for name, value in raw.items() if name not in ("source", "families")}
    return EventWords(families, verbs, nouns, verb_of_noun, sets)
