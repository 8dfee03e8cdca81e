"""Pairs that may be one, as rows: found with an article, withdrawn when no longer true, never asked twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_article, make_event, make_evidence
from tests.ingest.test_together import paper
from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.acts import Act, merge_of
from timeline.ingest.merging import merge, tell_apart, undo
from timeline.ingest.run import ingest
from timeline.ingest.splitting import split_actor
from timeline.ingest.suggestions import suggest_actors, suggest_events, suggested
from timeline.ingest.takedown import take_down
from timeline.models import Actor, ActorSuggestion, Article, EventSuggestion, Judgement, NameKey
from timeline.vocabulary import EventKind, PartialDate

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 4)  # a Monday


def act() -> Act:
    editor, _ = User.objects.get_or_create(username="edith")
    return Act(by=editor, at=datetime(2025, 3, 4, tzinfo=UTC))


def tell(text: str, *, house: int = 1, title: str = "A day at the harbour", day: date = DAY) -> Article:
    record = Record(id=str(house), url=f"https://house{house}.example/a", content=paper(title, day, text))
    result = ingest(record, read=read)
    assert result.outcome == "taken", result.reason
    return Article.objects.get(uid=result.article_uid)


def asked() -> list[tuple[set[str], str]]:
    rows = ActorSuggestion.objects.select_related("left", "right").order_by("pk")
    return [({row.left.name, row.right.name}, row.reason) for row in rows]


def two_spellings() -> tuple[Actor, Actor]:
    tell("Mira Novak criticised the new harbour on Monday.", house=1)
    tell("Mira Nowak criticised the price of bread on Monday.", house=2)
    one, other = Actor.objects.get(name="Mira Novak"), Actor.objects.get(name="Mira Nowak")
    assert asked() == [({"Mira Novak", "Mira Nowak"}, "the same name in another spelling")]
    return one, other


# --- actors --------------------------------------------------------------------------------------------------------


def test_two_spellings_stay_two_actors_and_a_person_is_asked() -> None:
    two_spellings()


def test_reading_it_again_asks_once() -> None:
    two_spellings()
    tell("Mira Nowak criticised the price of bread on Monday. She left early.", house=2)

    assert len(asked()) == 1


def test_an_article_that_has_both_tells_them_apart() -> None:
    two_spellings()

    tell("Mira Novak met Mira Nowak on Monday. Nobody else came.", house=3)

    assert asked() == []


def test_whom_one_article_told_apart_is_not_suggested_by_the_next() -> None:
    tell("Mira Novak met Mira Nowak on Monday. Nobody else came.", house=3)
    assert Actor.objects.filter(name__startswith="Mira").count() == 2

    tell("Mira Novak criticised the new harbour on Monday.", house=1)
    suggest_actors(Actor.objects.values_list("pk", flat=True))

    assert asked() == []


def test_not_the_same_is_never_asked_again() -> None:
    one, other = two_spellings()

    tell_apart(one, other, act())
    assert asked() == []
    tell("Mira Nowak, the mayor of Leeds, praised the price of bread on Tuesday.", house=4)

    assert asked() == []


def test_an_answer_that_is_taken_back_is_asked_again() -> None:
    one, other = two_spellings()

    undo(tell_apart(one, other, act()), act())

    assert len(asked()) == 1


def test_merged_they_are_not_asked_about_nor_when_the_merge_is_undone() -> None:
    one, other = two_spellings()

    merge(one, other, act())
    assert asked() == []
    undo(merge_of(other), act())  # type: ignore[arg-type]

    assert asked() == []
    assert Judgement.objects.get(undone_at=None).verdict == Judgement.Verdict.DIFFERENT


def test_a_third_spelling_is_asked_about_the_one_that_was_kept() -> None:
    one, other = two_spellings()
    merge(one, other, act())

    tell("Mira Nováck criticised the crew on Tuesday. It rained.", house=3)

    assert [names for names, _ in asked()] == [{"Mira Novak", "Mira Nováck"}]


def test_what_a_person_told_apart_from_a_merged_one_is_answered_for_the_kept_one() -> None:
    one, other, third = make_actor("Mira Novak"), make_actor("Mira Nowak"), make_actor("Mira Novac")
    tell_apart(other, third, act())
    merge(one, other, act())

    suggest_actors([one.pk, third.pk])

    assert asked() == []


def test_a_split_is_remembered() -> None:
    actor = make_actor("Mira Novak", "Mira Nowak")

    split_actor(actor, actor.aliases.filter(text="Mira Nowak"), act())

    assert asked() == []


def test_a_name_that_a_takedown_takes_away_is_asked_about_no_longer() -> None:
    _, other = two_spellings()

    take_down(Article.objects.get(url="https://house2.example/a"))

    assert asked() == []
    assert not NameKey.objects.filter(actor=other.pk).exists()


def test_initials_and_acronyms_are_asked_about() -> None:
    tell("James Okafor criticised the Harbour Rescue Association on Monday.", house=1)
    tell("J. Okafor was questioned on Monday. The HRA praised the police.", house=2)

    assert {reason for _, reason in asked()} <= {"initials of the same name", "the initials of the other’s name"}
    assert ({"James Okafor", "J. Okafor"}, "initials of the same name") in asked()


def test_the_likeliest_comes_first_on_the_page_of_an_actor() -> None:
    actor = make_actor("Mira Novak")
    for name in ("M. Novak", "Mira Nowak"):
        make_actor(name)
    suggest_actors(Actor.objects.values_list("pk", flat=True))

    assert [{row.left, row.right} - {actor} for row in suggested(actor)] == [
        {Actor.objects.get(name=name)} for name in ("Mira Nowak", "M. Novak")
    ]


# --- events --------------------------------------------------------------------------------------------------------


def two_events(**fields: Any) -> tuple[Any, Any]:
    who = make_actor("Mira Novak")
    one = make_event("Novak signs the harbour treaty", who, kind=EventKind.AGREEMENT)
    other = make_event("Harbour treaty is signed by Novak", who, **{"kind": EventKind.AGREEMENT, **fields})
    for number, event in enumerate((one, other)):
        make_evidence(
            event, make_article(f"They signed it, paper {number} says.", source_key=f"s{number}"), "signed it"
        )
    suggest_events([one.pk, other.pk])
    return one, other


def test_two_tellings_left_apart_are_asked_about() -> None:
    one, other = two_events()

    [row] = EventSuggestion.objects.all()
    assert (row.left, row.right, row.reason) == (
        one,
        other,
        "titles alike, the same people, the same kind, the same day",
    )


def test_a_suggestion_goes_when_a_date_has_been_put_right() -> None:
    _, other = two_events()

    other.date = PartialDate.on(date(2025, 1, 2))
    other.save()
    other.place_in_time()
    other.save(update_fields=["chrono"])
    suggest_events([other.pk])

    assert not EventSuggestion.objects.exists()


def test_what_is_rejected_is_asked_about_no_longer() -> None:
    two_events(status="rejected")

    assert not EventSuggestion.objects.exists()


def test_two_events_told_apart_are_never_asked_about() -> None:
    one, other = two_events()

    tell_apart(one, other, act())
    suggest_events([one.pk, other.pk])

    assert not EventSuggestion.objects.exists()


def test_a_wide_date_meets_only_the_same_one() -> None:
    who = make_actor("Mira Novak")
    year, other_year, month = PartialDate.in_year(2024), PartialDate.in_year(2024), PartialDate.in_month(2024, 3)
    for number, when in enumerate((year, other_year, month)):
        event = make_event("Novak builds the harbour", who, kind=EventKind.AID, date=when)
        make_evidence(event, make_article(f"She built it, paper {number}.", source_key=f"s{number}"), "She built it")
        suggest_events([event.pk])

    assert [(row.left.date, row.right.date) for row in EventSuggestion.objects.all()] == [(year, other_year)]


# --- cost ----------------------------------------------------------------------------------------------------------


def archive(size: int) -> tuple[list[int], list[int]]:
    """Namesakes of one person and events of the same days, and one more of each to ask about."""
    who = make_actor("Mira Novak")
    others = [make_actor(f"Mira Nov{chr(97 + number % 26)}k") for number in range(size)]
    events = [
        make_event(f"Novak signs treaty {number}", who, date=PartialDate.on(DAY + timedelta(days=number % 3)))
        for number in range(size)
    ]
    suggest_actors([one.pk for one in others])
    return [who.pk], [events[0].pk]


def queries_with(size: int) -> int:
    with transaction.atomic():
        actors, events = archive(size)
        with CaptureQueriesContext(connection) as captured:
            suggest_actors(actors)
            suggest_events(events)
        transaction.set_rollback(True)
    return len(captured)


def test_finding_asks_as_much_of_many_as_of_more() -> None:
    assert queries_with(80) == queries_with(160)


def test_a_command_looks_through_all_that_was_stored_before() -> None:
    make_actor("Mira Novak")
    make_actor("Mira Nowak")
    who = make_actor("Carl Weiss")
    for number, title in enumerate(("Weiss signs the harbour treaty", "Harbour treaty is signed by Weiss")):
        event = make_event(title, who, kind=EventKind.AGREEMENT)
        make_evidence(
            event, make_article(f"They signed it, paper {number} says.", source_key=f"s{number}"), "signed it"
        )

    told = [StringIO(), StringIO()]
    for out in told:
        call_command("suggest", stdout=out)

    words = "In the review queue wait pairs of actors: 1, pairs of events: 1.\n"
    assert [out.getvalue() for out in told] == [words, words]
