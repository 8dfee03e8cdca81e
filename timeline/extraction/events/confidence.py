"""How likely an event is right in title, day, actors and place, by the circumstances in which it is told.

The weights are in lexicon/en/confidence.json: a logistic regression over the events of two hundred articles that were
judged one by one (tests/benchmarks/judgements.tsv). `python -m tests.benchmarks.weigh` fits them anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.scene import Scene
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import EventMention
from timeline.extraction.paragraphs import sentence_of
from timeline.vocabulary import ActorKind, BlockRole, DateBasis

FAR, LATE, LONG = 5, 20, 35  # words between subject and verb, before the verb, of a sentence
EARLY, DEEP = 4, 20  # paragraphs from the beginning
OFTEN = 5  # mentions of an actor
COMPLEMENTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "attr", "oprd", "acomp", "prt", "agent"})
CLAUSES = frozenset({"ROOT", "conj", "advcl", "relcl", "ccomp", "xcomp"})


def confidence(circumstances: Iterable[str]) -> float:
    """The share of events right that are told in such circumstances; those without a weight do not count."""
    weights = _weights()
    # Exactly summed, so that the order of a set says nothing.
    said = math.fsum((weights[""], *(weights.get(name, 0.0) for name in circumstances)))
    return round(1 / (1 + math.exp(-said)), 3)


def circumstances(scene: Scene, happening: Happening, event: EventMention) -> frozenset[str]:
    """What may speak for or against an event, in words; `event` is the mention as it will be given out."""
    told = _teller(happening)
    found = [*_of_words(told), *_of_happening(happening), *_of_title(event.title), *_of_actors(scene, event)]
    found += [f"kind {event.kind.value}"]
    found += ["main"] if event.main else []
    found += ["hedged"] if event.hedged else []
    found += ["set somewhere"] if event.place else []
    found += ["undated"] if event.date.basis is DateBasis.PUBLICATION_BOUND else []
    return frozenset(found)


def _teller(happening: Happening) -> Candidate:
    """The verb of the body that tells it, else the best there is."""
    verbs = [c for c in happening.candidates if _is_deed(c)]
    return next((c for c in verbs if not c.in_title), (verbs or happening.candidates)[0])


def _is_deed(candidate: Candidate) -> bool:
    """Whether a verb tells it; the predicate of a headline may be tagged as anything."""
    return candidate.is_verb or (candidate.headline is not None and not candidate.headline.nominal)


def _of_happening(happening: Happening) -> Iterator[str]:
    yield f"rules say {math.floor(happening.score * 20) / 20:.2f}"
    if happening.in_title and all(c.in_title for c in happening.candidates):
        yield "in the title only"
    if happening.is_speech:
        yield "speech"
    if not any(_is_deed(c) for c in happening.candidates):
        yield "told by a noun"
    headed = next((c for c in happening.candidates if c.headline is not None), None)
    if headed is not None:
        yield "headline"
        if any(c.token.lemma_ == headed.token.lemma_ for c in happening.candidates if not c.in_title):
            yield "headline told again by its verb"
        if any(c.time for c in happening.candidates if not c.in_title):
            yield "headline dated in the text"
    if len(happening.candidates) > 1:
        yield "told more than once"
    if happening.around is not None:
        yield "dated by its surroundings"
    if any(c.time for c in happening.candidates):
        yield "dated by its own words"


def _of_words(told: Candidate) -> Iterator[str]:
    """The verb, its clause and its sentence."""
    token, sentence, subject = told.token, sentence_of(told.token), told.subject
    children = [child.dep_ for child in token.children]
    misread = told.headline is not None and not told.is_verb  # "US and Ukraine sign": parsed as nouns
    yield "clause of a headline" if misread else f"clause {token.dep_ if token.dep_ in CLAUSES else 'other'}"
    if subject is None:
        yield "no subject of a headline" if misread else "no subject"
    else:
        yield from _of_subject(token, subject)
    yield from (
        name
        for name, holds in (
            ("acting", bool(told.agents)),
            ("passive", told.passive),
            ("attributed", told.attributed),
            ("object", "dobj" in children),
            ("without complement", told.is_verb and not COMPLEMENTS.intersection(children)),
            ("helping verb", "aux" in children),
            ("late in its sentence", token.i - sentence.start > LATE),
            ("long sentence", len(sentence) > LONG),
            ("quotation in the sentence", any(word.text in '"“”' for word in sentence)),
            ("shouted word", any(word.is_upper and len(word) > EARLY for word in sentence)),
            ("caption", told.paragraph.role is BlockRole.CAPTION),
            ("early", told.paragraph.index < EARLY),
            ("late", told.paragraph.index > DEEP),
        )
        if holds
    )


def _of_subject(verb: Token, subject: Token) -> Iterator[str]:
    if subject.tag_ == "PRP":
        yield "pronoun as subject"
    elif subject.pos_ == "PROPN":
        yield "name as subject"
    elif subject.pos_ == "NOUN":
        yield "common noun as subject"
    if abs(verb.i - subject.i) > FAR:
        yield "subject far from its verb"


def _of_title(title: str) -> Iterator[str]:
    words = [word.strip('.,;:“”"‘’').lower() for word in title.split()]
    yield "title of " + ("three words" if len(words) < 4 else "four words" if len(words) == 4 else "more words")
    if len(words) > 14:
        yield "long title"
    lists = _lists()
    if words and words[-1] in lists["endings"]:
        yield "title ends in a small word"
    if lists["pronouns"].intersection(words):
        yield "pronoun in the title"
    if any(mark in title for mark in '“"‘'):
        yield "quotation in the title"


def _of_actors(scene: Scene, event: EventMention) -> Iterator[str]:
    actors = [scene.cast.by_key[participant.actor] for participant in event.participants]
    yield "nobody" if not actors else "one actor" if len(actors) == 1 else "several actors"
    yield from sorted({f"with a {actor.kind.value}" for actor in actors})
    if actors:
        first = actors[0]
        yield "known actor" if first.known else "unknown actor"
        yield "actor often named" if len(first.mentions) >= OFTEN else "actor seldom named"
        if first.kind is ActorKind.PERSON and " " not in first.name:
            yield "person of one word"


@cache
def _weights() -> dict[str, float]:
    return dict(_data()["weights"])


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(_data()[name]) for name in ("endings", "pronouns")}


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((LEXICON / "en" / "confidence.json").read_text("utf-8"))
    return data
