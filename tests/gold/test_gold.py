"""Short texts against what a careful reader takes from them. The floors lie a little below what is reached."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from timeline.extraction.documents import read_document
from timeline.extraction.language import model_for
from timeline.extraction.mentions import EventMention, Extraction, StatementMention
from timeline.extraction.pipeline import extract
from timeline.reconciliation.standing import SHOWN_EVENT, SHOWN_MAIN
from timeline.vocabulary import ActorKind, StatementKind

HERE = Path(__file__).parent
FLOORS = {
    "persons": 0.95,
    "organisations": 0.85,
    "states": 1.0,
    "quotes": 1.0,
    "speakers": 0.9,
    "reports": 1.0,
    "reporters": 0.8,
    "events": 0.85,
    "dated": 0.8,
    "main": 1.0,
    "who": 1.0,
    "where": 1.0,
    "day": 1.0,
    "titles": 1.0,
}
# In Spanish, which is read by word lists: "times" are expressions found with their days.
SPANISH_FLOORS = {
    "persons": 0.95,
    "organisations": 0.95,
    "states": 1.0,
    "quotes": 0.95,
    "speakers": 0.95,
    "times": 0.95,
    "events": 1.0,
    "dated": 1.0,
    "titles": 1.0,
}
# Names taken for actors that are none, over all English texts; in Spanish none is.
MOST_WRONG = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text as read, and its expected facts."""

    name: str
    facts: dict[str, Any]
    extraction: Extraction

    @property
    def names(self) -> dict[str, str]:
        return {actor.key: actor.name for actor in self.extraction.actors}

    def named(self, kind: ActorKind) -> set[str]:
        return {actor.name for actor in self.extraction.actors if actor.kind is kind}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [read(path, "en") for path in texts() if not path.stem.startswith("es-")]


@pytest.fixture(scope="module")
def spanish() -> list[Case]:
    return [read(path, "es") for path in texts() if path.stem.startswith("es-")]


def texts() -> list[Path]:
    return sorted(path for path in HERE.iterdir() if path.suffix in (".txt", ".html"))


def read(path: Path, language: str) -> Case:
    facts = json.loads(path.with_suffix(".json").read_text("utf-8"))
    document = read_document(path.read_bytes(), published=facts.get("given"))
    assert document.language == language
    return Case(name=path.stem, facts=facts, extraction=extract(document, model_for(language)))


def count(case: Case) -> Counter[str]:
    """How many facts of each kind are expected ("persons of") and how many are found ("persons")."""
    found: Counter[str] = Counter()
    facts, extraction = case.facts, case.extraction
    for key, kind in (("persons", ActorKind.PERSON), ("states", ActorKind.STATE)):
        found[f"{key} of"] = len(facts[key])
        found[key] = len(set(facts[key]) & case.named(kind))
    called = {actor.name.casefold() for actor in extraction.actors}
    found["organisations of"] = len(facts["organisations"])
    found["organisations"] = sum(name.casefold() in called for name in facts["organisations"])
    quoted = [
        (span.text, case.names.get(statement.speaker or ""))
        for statement in extraction.statements
        if statement.kind is not StatementKind.INDIRECT
        for span in statement.content
    ]
    for quote in facts["quotes"]:
        speakers = [speaker for words, speaker in quoted if _quotes(words, quote["text"])]
        found.update({"quotes of": 1, "quotes": bool(speakers), "speakers of": 1})
        found["speakers"] += speakers == [quote["speaker"]]
    for expected in facts["events"]:
        alike = [event for event in extraction.events if re.search(expected["words"], event.title)]
        found.update({"events of": 1, "events": bool(alike), "dated of": 1})
        found["dated"] += any(_is_within(event, expected) for event in alike)
    for expected in facts.get("indirect", ()):
        reports = [s for s in extraction.statements if any(expected["words"] in span.text for span in s.content)]
        found.update({"reports of": 1, "reports": bool(reports), "reporters of": 1})
        found["reporters"] += any(_said_by(case, statement) == expected["speaker"] for statement in reports)
    if "main" in facts:
        found.update(_main(case))
    for expected in facts.get("times", ()):
        days = (expected["earliest"], expected["latest"])
        found.update({"times of": 1, "times": days in _days_of(extraction, expected["text"])})
    found["titles of"] = 1
    found["titles"] = extraction.document.title == facts["title"]
    return found


def _quotes(words: str, quote: str) -> bool:
    """Whether a statement is a quotation, or holds it in its quotation marks."""
    bare = quote.strip(",. ")
    return words.strip('“”"‘’«»,. ') == bare or any(f"{mark}{bare}" in words for mark in '“"«')


def _said_by(case: Case, statement: StatementMention) -> str | None:
    """The speaker's name, or the words for somebody without one."""
    described = statement.speaker_span.text if statement.speaker_span else None
    return case.names.get(statement.speaker or "", described)


def _main(case: Case) -> Counter[str]:
    """Whether the main event is the right one, and has its actor, place and day."""
    found: Counter[str] = Counter()
    expected, extraction = case.facts["main"], case.extraction
    main = next((event for event in extraction.events if event.main), None)
    places = {place.key: place.name for place in extraction.places}
    found.update({"main of": 1, "main": main is not None and bool(re.search(expected["words"], main.title))})
    if "who" in expected:
        who = [case.names[participant.actor] for participant in main.participants][:1] if main else []
        found.update({"who of": 1, "who": who == [expected["who"]]})
    if "place" in expected:
        found.update({"where of": 1, "where": main is not None and places.get(main.place or "") == expected["place"]})
    if "day" in expected:
        days = (str(main.date.earliest), str(main.date.latest)) if main else ()
        found.update({"day of": 1, "day": days == (expected["day"], expected["day"])})
    return found


def _days_of(extraction: Extraction, words: str) -> set[tuple[str, str]]:
    """First and last day of the time expressions that hold some words, or are held in them."""
    return {
        (str(time.date.earliest), str(time.date.latest))
        for time in extraction.times
        if time.date is not None and (words in time.span.text or time.span.text in words)
    }


def _is_within(event: EventMention, expected: dict[str, Any]) -> bool:
    """Whether the event's days lie inside the expected ones."""
    first = date.fromisoformat(expected["earliest"]) if expected["earliest"] else None
    last = date.fromisoformat(expected["latest"])
    if event.date.latest is None or event.date.latest > last:
        return False
    return first is None or (event.date.earliest is not None and event.date.earliest >= first)


def test_a_careful_readers_facts_are_found(cases: list[Case]) -> None:
    total: Counter[str] = Counter()
    for case in cases:
        total.update(count(case))
    reached = {key: round(total[key] / total[f"{key} of"], 2) for key in FLOORS}
    assert {key: share for key, share in reached.items() if share < FLOORS[key]} == {}


def test_authors_furniture_and_laws_are_no_actors(cases: list[Case]) -> None:
    wrong = [
        (case.name, name) for case in cases for name in case.facts["not_actors"] if name in set(case.names.values())
    ]
    assert len(wrong) <= MOST_WRONG, wrong


def test_no_plan_denial_or_furniture_is_shown_as_done(cases: list[Case]) -> None:
    shown = [
        (case.name, event.title)
        for case in cases
        for event in case.extraction.events
        for words in case.facts.get("not_events", ())
        if event.confidence >= (SHOWN_MAIN if event.main else SHOWN_EVENT)
        and not event.hedged
        and re.search(words, event.title)
    ]
    assert shown == []


def test_every_text_has_one_main_event(cases: list[Case]) -> None:
    assert [case.name for case in cases if sum(event.main for event in case.extraction.events) != 1] == []


def test_bylines_and_days_of_publication_are_read(cases: list[Case]) -> None:
    for case in cases:
        published = case.extraction.document.published
        assert list(case.extraction.document.bylines) == case.facts["bylines"]
        assert published is not None
        assert str(published.earliest) == case.facts["published"][:10]


def test_a_careful_readers_facts_are_found_in_spanish(spanish: list[Case]) -> None:
    total: Counter[str] = Counter()
    for case in spanish:
        total.update(count(case))
    reached = {key: round(total[key] / total[f"{key} of"], 2) for key in SPANISH_FLOORS}
    assert {key: share for key, share in reached.items() if share < SPANISH_FLOORS[key]} == {}


def test_no_author_furniture_or_place_is_an_actor_in_spanish(spanish: list[Case]) -> None:
    assert [
        (case.name, name) for case in spanish for name in case.facts["not_actors"] if name in set(case.names.values())
    ] == []


def test_bylines_and_days_of_publication_are_read_in_spanish(spanish: list[Case]) -> None:
    for case in spanish:
        published = case.extraction.document.published
        assert list(case.extraction.document.bylines) == case.facts["bylines"]
        assert published is not None
        assert str(published.earliest) == case.facts["published"][:10]


def test_every_spanish_text_has_one_main_event_and_no_event_beside_it(spanish: list[Case]) -> None:
    assert [[event.main for event in case.extraction.events] for case in spanish] == [[True]] * len(spanish)
