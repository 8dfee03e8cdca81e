"""Pairs in the review queue: the same or not, by one person or two, with the way back; and on the pages of both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests.admin.desk import Desk, admin_url, fields_of, text_of
from tests.admin.test_queue import Queue, choices, make_waiting, queue, said
from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher, make_statement
from tests.ingest.articles import CLASH, take
from timeline.admin.waiting import name_of
from timeline.ingest.acts import Act
from timeline.ingest.splitting import split_actor
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, ActorSuggestion, Event, EventSuggestion, Judgement, Participation
from timeline.vocabulary import EventKind

__all__ = ["queue"]
pytestmark = pytest.mark.django_db


def two_actors() -> tuple[Actor, Actor]:
    one, other = make_actor("Mira Novak", role="mayor of Leeds"), make_actor("Mira Nowak")
    said = "“We open the harbour,” Mira Nowak said."
    article = make_article(said, title="Harbour", publisher=make_publisher("Harbour Dispatch"))
    make_evidence(make_statement("We open the harbour", speaker=other), article, "We open the harbour")
    suggest_anew(one, other)
    return one, other


def two_events() -> tuple[Event, Event]:
    who = make_actor("Mira Novak")
    one = make_event("Novak signs the harbour treaty", who, kind=EventKind.AGREEMENT)
    other = make_event("Harbour treaty is signed by Novak", who, kind=EventKind.AGREEMENT)
    for number, event in enumerate((one, other)):
        text = f"They signed the harbour treaty, paper {number} says."
        make_evidence(event, make_article(text, source_key=f"s{number}"), "signed the harbour treaty")
    suggest_anew(one, other)
    return one, other


def texts(response: Any) -> list[str]:
    """What stands in the two columns, each in one line."""
    found = []
    for column in response.context["card"].columns:
        found.append(" | ".join(f"{name}: {words}" for name, words in column.facts))
    return found


# --- what is shown -------------------------------------------------------------------------------------------------


def test_two_actors_stand_side_by_side_with_reason_spellings_and_sentences(queue: Queue) -> None:
    two_actors()

    response = queue.look()

    card = response.context["card"]
    assert (card.heading, card.reasons) == (
        "“Mira Novak” and “Mira Nowak”",
        ("possible same actor", "the same name in another spelling"),
    )
    assert texts(response) == [
        "Kind: person | Role: mayor of Leeds | Spellings: Mira Novak | Events: 0 | Statements: 0",
        "Kind: person | Spellings: Mira Nowak | Events: 0 | Statements: 1",
    ]
    page = text_of(response.content)
    assert "“We open the harbour,” Mira Nowak said." in page
    assert "Harbour, Harbour Dispatch, 28 February 2025" in page


def test_pairs_are_counted_and_found_by_kind_and_reason(queue: Queue) -> None:
    two_actors()
    two_events()
    make_waiting("The harbour is closed")

    assert choices(queue.look()) == {
        "low confidence": "1",
        "nobody named": "1",
        "possible same actor": "1",
        "possible duplicate": "1",
        "events": "1",
        "pairs of actors": "1",
        "pairs of events": "1",
    }
    kinds = [queue.look(reason=reason).context["card"].kind for reason in ("same-actor", "duplicate", "confidence")]
    assert kinds == ["two actors", "two events", "event"]
    assert [queue.look(kind=kind).context["card"].kind for kind in ("actors", "doubles")] == [
        "two actors",
        "two events",
    ]


def test_words_and_a_publisher_find_pairs(queue: Queue) -> None:
    two_actors()
    make_publisher("Evening Post")
    [pair] = ActorSuggestion.objects.all()

    assert queue.look(q="nowak").context["card"].name == name_of(pair)
    assert "Nothing waits here" in text_of(queue.look(q="nobody").content)
    assert queue.look(publisher="Harbour Dispatch").context["card"].name == name_of(pair)
    assert "Nothing waits here" in text_of(queue.look(publisher="Evening Post").content)


def test_the_list_has_pairs_without_a_tick(queue: Queue) -> None:
    two_actors()
    make_waiting("The harbour is closed")

    response = queue.look(view="list")

    assert {line.heading for line, _ in response.context["lines"]} == {
        "“Mira Novak” and “Mira Nowak”",
        "The harbour is closed",
    }
    assert [item.split(":")[0].split("-")[0] for item in fields_of(response.content, "page_form")["item"]] == ["event"]


# --- answering -----------------------------------------------------------------------------------------------------


def test_same_merges_the_two_into_the_one_with_more_behind_it(queue: Queue) -> None:
    one, other = two_actors()

    response = queue.press("same", queue.look(), why="One mayor")

    one.refresh_from_db()
    assert one.kept == other
    assert said(response) == ["Merged: Mira Novak into Mira Nowak."]
    assert set(other.aliases.values_list("text", flat=True)) == {"Mira Novak", "Mira Nowak"}
    [judgement] = Judgement.objects.all()
    assert (judgement.verdict, judgement.why, str(judgement.by)) == ("same", "One mayor", "edith")
    assert str(response.context["counts"].total) == "0"


def test_an_editor_may_keep_the_other_one(queue: Queue) -> None:
    one, other = two_actors()

    queue.press("same", queue.look(), kept=one.pk)

    other.refresh_from_db()
    assert other.kept == one


def test_not_the_same_is_remembered_and_changes_neither(queue: Queue) -> None:
    one, other = two_events()

    response = queue.press("different", queue.look(), why="Two treaties")

    assert said(response) == ["Not the same: Novak signs the harbour treaty and Harbour treaty is signed by Novak."]
    [judgement] = Judgement.objects.all()
    assert (judgement.verdict, judgement.kind, judgement.why) == ("different", "event", "Two treaties")
    suggest_anew(one, other)
    assert not EventSuggestion.objects.exists()
    assert {one.is_merged, other.is_merged} == {False}


@pytest.mark.parametrize("act", ["same", "different"])
@pytest.mark.parametrize("make", [two_actors, two_events])
def test_undo_lets_the_question_stand_open_again(queue: Queue, make: Any, act: str) -> None:
    one, other = make()
    before = sorted(Participation.objects.values_list("event", "actor"))
    answered = queue.press(act, queue.look())

    response = queue.undo(answered)

    assert [message.startswith("Undone: ") for message in said(response)] == [True]
    one.refresh_from_db()
    other.refresh_from_db()
    assert {one.is_merged, other.is_merged} == {False}
    assert sorted(Participation.objects.values_list("event", "actor")) == before
    assert {response.context["card"].pair.left, response.context["card"].pair.right} == {one, other}
    assert not Judgement.objects.filter(undone_at=None).exists()


def test_an_answer_is_among_the_recent_changes_and_undone_from_there(queue: Queue) -> None:
    two_events()
    queue.press("different", queue.look(), why="Two treaties")

    page = queue.client.get("/admin/recent/")
    [(deed, way_back)] = page.context["deeds"]
    queue.client.post("/admin/recent/undo/", {"stamp": deed.stamp, "person": deed.by_id})

    assert (way_back, deed.why) == ("Undo", "Two treaties")
    assert EventSuggestion.objects.count() == 1


def test_the_next_one_follows_an_answer(queue: Queue) -> None:
    two_events()
    make_waiting("The harbour is closed", importance=1.0)

    response = queue.press("different", queue.look())

    assert response.context["card"].heading == "The harbour is closed"


def test_a_stale_page_answers_nothing_and_loses_nothing_typed(queue: Queue, desk: Desk) -> None:
    one, _ = two_actors()
    page = queue.look()
    desk.save(one, {"description": "Mayor since 2020"})

    response = queue.press("same", page, why="One mayor")

    assert "has changed one of the two since" in text_of(response.content)
    assert fields_of(response.content, "decide")["why"] == ["One mayor"]
    assert not Judgement.objects.exists()
    queue.press("same", response)
    assert Judgement.objects.filter(verdict="same").exists()


def test_what_somebody_has_answered_meanwhile_is_said(queue: Queue) -> None:
    two_actors()
    page = queue.look()
    queue.press("different", page)

    response = queue.press("same", page)

    assert said(response) == ["That entry is no longer there: nothing was done."]
    assert Judgement.objects.get().verdict == "different"


def test_who_may_only_look_cannot_answer(client: Client) -> None:
    one, _ = two_actors()
    reader = User.objects.create(username="rita", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "view_statement", "view_actor"]))
    client.force_login(reader)

    page = client.get("/admin/review/")
    [pair] = ActorSuggestion.objects.all()
    response = client.post("/admin/review/", {"act": "same", "item": name_of(pair)})

    assert b'value="same"' not in page.content
    assert response.status_code == 403
    one.refresh_from_db()
    assert not one.is_merged


# --- elsewhere -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [two_actors, two_events])
def test_the_page_of_each_says_what_it_is_possibly_the_same_as(desk: Desk, make: Any) -> None:
    one, other = make()

    for entry, double in ((one, other), (other, one)):
        response = desk.client.get(admin_url(entry))
        assert f"Possibly the same {double}:" in text_of(response.content)
        assert [each.entry for each in response.context["doubles"]] == [double]


def test_a_spelling_given_by_hand_is_asked_about(desk: Desk) -> None:
    one = make_actor("Mira Novak")
    other = make_actor("Wanda Stein")
    suggest_anew(one, other)

    desk.save(other, {"name": "Mira Nowak"})

    assert ActorSuggestion.objects.count() == 1


def test_a_rejected_event_is_asked_about_no_longer_until_it_is_restored(desk: Desk) -> None:
    one, _ = two_events()

    desk.act("reject", [one])
    assert not EventSuggestion.objects.exists()
    desk.act("restore", [one])

    assert EventSuggestion.objects.count() == 1


def test_deleting_says_nothing_of_keys_and_suggestions(desk: Desk) -> None:
    one, _ = two_actors()

    page = desk.delete(one)

    assert "uggestion" not in page
    assert "Name key" not in page
    assert not ActorSuggestion.objects.exists()


# --- one person, many spellings ------------------------------------------------------------------------------------

ANOTHER = """Kyiv hopes for a deal

2 March 2025, 12:00 GMT

President Volodymyr Zelinsky criticised the minerals deal on Sunday. “We will sign when we are safe,” Zelinsky said.
"""
THIRD = (
    ANOTHER.replace("minerals deal on Sunday", "gas deal on Monday")
    .replace("2 March", "4 March")
    .replace("“We will sign when we are safe,” Zelinsky said.", "Volodymyr Zelenskyy met nobody.")
)


def rows_of(client: Client, name: str) -> list[str]:
    """The titles that the chronology leaves for an actor."""
    page = client.get("/", {"actor": name})
    return sorted(event.title for event in Event.objects.filter(uid__in=uids_on(page)))


def uids_on(page: Any) -> list[str]:
    return re.findall(r'href="/events/([a-z0-9]+)/', page.content.decode())


def test_one_person_in_two_spellings_becomes_one_by_a_key_and_two_again_by_a_split(queue: Queue) -> None:
    take(CLASH, url="https://harbour.example/clash")
    take(ANOTHER, url="https://evening.example/deal")
    zelenskyy, zelinsky = Actor.objects.get(name="Volodymyr Zelenskyy"), Actor.objects.get(name="Volodymyr Zelinsky")
    own, others = rows_of(queue.client, zelenskyy.name), rows_of(queue.client, zelinsky.name)
    assert own and others

    queue.press("same", queue.look(reason="same-actor"))

    zelinsky.refresh_from_db()
    assert zelinsky.kept == zelenskyy
    names = ("Volodymyr Zelenskyy", "Volodymyr Zelinsky", zelinsky.uid)
    assert [rows_of(queue.client, name) for name in names] == [sorted({*own, *others})] * 3
    take(THIRD, url="https://third.example/gas")
    assert Actor.objects.standing().filter(name__contains="Volodymyr").count() == 1
    split_actor(
        zelenskyy,
        zelenskyy.aliases.filter(text__contains="Zelinsky"),
        Act(by=User.objects.get(), at=timezone.now()),
        statements=zelenskyy.statements.filter(speaker_as_written__contains="Zelinsky"),
    )
    assert Actor.objects.standing().filter(name__contains="Volodymyr").count() == 2
    assert not ActorSuggestion.objects.exists()
