"""The JSON object: what is on the page, with offsets into the articles."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.exports.conftest import TEXT
from tests.factories import make_actor, make_article, make_event, make_evidence, make_statement
from timeline.exports.chronology_json import write_json
from timeline.ingest.derived import refresh
from timeline.models import Event, EventRelation, Statement
from timeline.vocabulary import PartialDate

SHARED = Path(__file__).resolve().parents[3] / "shared"


def export(events=None, *, whole: bool = True) -> dict:
    shown = Event.objects.on_page() if events is None else events
    return json.loads("".join(write_json(shown.oldest_first(), Statement.objects.on_page(), whole=whole)))


@pytest.mark.django_db
def test_an_empty_chronology_has_its_three_lists():
    assert export() == {"events": [], "actors": [], "articles": []}


@pytest.mark.django_db
def test_an_order_that_the_dates_contradict_is_told_from_both_sides_with_its_sentence():
    article = make_article("The remarks came after the clash.", url="https://echo.example/2")
    clash, remarks = make_event("They clash"), make_event("He remarks", date=PartialDate.on(date(2025, 2, 24)))
    said = {"article": article, "start": 0, "end": 33}
    EventRelation.objects.create(kind="after", source=remarks, target=clash, **said)
    refresh([clash.pk])

    told = {event["title"]: event["conflicts"] for event in export()["events"]}

    source = {
        "article": "https://echo.example/2",
        "publisher": None,
        "passages": [{"start": 0, "end": 33, "exact": "The remarks came after the clash."}],
    }
    assert told == {
        "He remarks": [
            {"field": "order", "order": "after", "event": {"uid": clash.uid, "title": "They clash"}, **source}
        ],
        "They clash": [
            {"field": "order", "order": "before", "event": {"uid": remarks.uid, "title": "He remarks"}, **source}
        ],
    }


def test_an_event_says_what_it_rests_on(chronology):
    event = chronology["Ann Lee meets the dockers"]
    ann, dockers = (participation.actor for participation in event.participations.all())
    said, told = event.statements.oldest_first()
    assert export()["events"][1] == {
        "uid": event.uid,
        "title": "Ann Lee meets the dockers",
        "kind": "meeting",
        "date": {
            "earliest": "2025-03-01",
            "latest": "2025-03-01",
            "precision": "day",
            "edtf": "2025-03-01",
            "timezone": None,
            "basis": "stated",
            "raw": None,
        },
        "actors": [
            {"uid": ann.uid, "name": "Ann Lee", "role": None},
            {"uid": dockers.uid, "name": "Dockers’ Union", "role": None},
        ],
        "place": "Quay",
        "main_for": ["https://dispatch.example/1"],
        "evidence": [
            {
                "article": "https://dispatch.example/1",
                "start": 0,
                "end": 39,
                "exact": "Ann Lee met the dockers at the harbour.",
            },
            {"article": "https://echo.example/2", "start": 0, "end": 21, "exact": "They met in February."},
        ],
        "statements": [
            {
                "uid": said.uid,
                "kind": "direct",
                "speaker": {"uid": ann.uid, "name": "Ann Lee"},
                "text": "We open on Monday,",
                "medium": "Radio Coast",
            },
            {
                "uid": told.uid,
                "kind": "indirect",
                "speaker": {"uid": None, "name": "officials"},
                "text": "the harbour is safe & sound",
                "medium": None,
            },
        ],
        "conflicts": [
            {
                "field": "date",
                "date": {
                    "earliest": "2025-02-01",
                    "latest": "2025-02-28",
                    "precision": "month",
                    "edtf": "2025-02",
                    "timezone": None,
                    "basis": "stated",
                    "raw": None,
                },
                "article": "https://echo.example/2",
                "publisher": "Echo",
                "passages": [{"start": 0, "end": 21, "exact": "They met in February."}],
            }
        ],
        "sources": 2,
        "status": "automatic",
        "hedged": False,
        "importance": 0.0,
    }


def test_only_what_is_on_the_page_is_exported(chronology):
    assert [event["title"] for event in export()["events"]] == list(chronology)


def test_an_actor_has_its_other_spellings(chronology):
    ann = export()["actors"][0]
    assert (ann["name"], ann["kind"], ann["aliases"]) == ("Ann Lee", "person", ["Lee"])


def test_an_article_is_dated_on_its_own_clock(chronology):
    article = export()["articles"][0]
    del article["uid"]
    assert article == {
        "url": "https://dispatch.example/1",
        "title": "Harbour to open",
        "publisher": "Harbour Dispatch",
        "published": {
            "earliest": "2025-03-02T11:40+05:30",
            "latest": "2025-03-02T11:40+05:30",
            "precision": "minute",
            "edtf": "2025-03-02T11:40+05:30",
            "timezone": "+05:30",
            "basis": "stated",
            "raw": None,
        },
        "duplicate_of": None,
    }


def test_a_part_refers_to_nothing_outside_itself(chronology):
    make_actor("Nobody here")
    copy = make_article("Unused.", url="https://copy.example/9")
    part = export(Event.objects.filter(pk=chronology["Ann Lee leaves early"].pk), whole=False)
    assert [actor["name"] for actor in part["actors"]] == ["Ann Lee"]
    assert [article["url"] for article in part["articles"]] == ["https://dispatch.example/1"]
    whole = export()
    assert copy.url in [article["url"] for article in whole["articles"]]
    assert "Nobody here" in [actor["name"] for actor in whole["actors"]]


@pytest.mark.django_db
def test_the_original_of_a_copy_is_named():
    original = make_article("The wire.", url="https://wire.example/1")
    copy = make_article("The wire again.", url="https://dispatch.example/1", duplicate_of=original)
    event = make_event()
    make_evidence(event, copy, "wire")
    articles = export(Event.objects.all(), whole=False)["articles"]
    assert [(a["url"], a["duplicate_of"]) for a in articles] == [
        ("https://wire.example/1", None),
        ("https://dispatch.example/1", original.uid),
    ]


@pytest.mark.django_db
def test_a_superseded_article_is_named_only_where_it_proves_something():
    make_article("Forgotten.", url="https://dispatch.example/1", state="superseded")
    proof = make_article("Old words.", url="https://dispatch.example/2", state="superseded")
    make_evidence(make_event(), proof, "Old words.")
    assert [article["uid"] for article in export()["articles"]] == [proof.uid]


@pytest.mark.django_db
def test_an_article_without_an_address_is_named_by_its_uid():
    article = make_article("Pasted.")
    make_evidence(make_event(), article, "Pasted.")
    exported = export()
    assert exported["events"][0]["evidence"][0]["article"] == exported["articles"][0]["url"] == article.uid


@pytest.mark.django_db
def test_evidence_from_outside_is_left_out():
    make_event().evidence.create(outside_title="Minutes of the council")
    assert export()["events"][0]["evidence"] == []


@pytest.mark.django_db
def test_a_whole_export_costs_the_same_number_of_queries_at_two_sizes(django_assert_num_queries):
    def fill(number: int) -> None:
        for _ in range(number):
            i = Event.objects.count()
            actor = make_actor(f"Actor {i}", f"Alias {i}")
            event = make_event(f"Event {i}", actor)
            make_evidence(event, make_article(f"Text {i}", url=f"https://dispatch.example/{i}"), "Text")
            make_statement("words", event=event, speaker=actor)

    fill(2)
    with django_assert_num_queries(15):
        assert len(export()["events"]) == 2
    fill(5)
    with django_assert_num_queries(15):
        assert len(export()["events"]) == 7


def test_the_public_contract_finds_no_violation(chronology, monkeypatch):
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is absent")
    monkeypatch.syspath_prepend(str(SHARED / "scoring"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    from contract import Check, check_export

    records = [
        {"url": "https://dispatch.example/1", "text": TEXT},
        {"url": "https://echo.example/2", "text": "They met in February."},
    ]
    check = Check()
    clean = check_export(records, export(), check)
    assert check.examples == []
    assert len(clean["events"]) == 4
