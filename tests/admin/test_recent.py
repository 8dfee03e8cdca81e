"""Recent changes by everyone: told with before and after, filtered, and each taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests.admin.desk import Desk, forget_history, new_inline, text_of
from tests.admin.test_queue import Queue, make_waiting, said, state
from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement
from timeline.admin.acts import Deed
from timeline.admin.history import Edit
from timeline.admin.ledger import merge_all
from timeline.ingest.derived import refresh
from timeline.models import Actor, Alias, Event, Judgement, Place
from timeline.vocabulary import PartialDate

Counted = Callable[..., AbstractContextManager[Any]]


def look(client: Client, **query: str) -> list[Deed]:
    response = client.get("/admin/recent/", query)
    assert response.status_code == 200
    return [deed for deed, _ in response.context["deeds"]]


def undo(client: Client, deed: Deed, **more: str) -> Any:
    data = {"stamp": deed.stamp, "person": deed.by_id, **more}
    return client.post("/admin/recent/undo/", data, follow=True)


def told(deed: Deed) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    return [
        (entry.kind, entry.name, entry.done, [(c.field, c.before, c.after) for c in entry.changes])
        for entry in deed.entries
    ]


@pytest.fixture
def peter(db: None) -> Desk:
    client = Client()
    client.force_login(User.objects.create(username="peter", is_staff=True, is_superuser=True))
    return Desk(client)


def test_a_change_is_told_with_who_why_before_and_after(desk: Desk) -> None:
    event = make_event("They shout")
    forget_history()
    desk.save(event, {"title": "They clash", "when": "2025-03", "why": "Seen on film"})

    [deed] = look(desk.client)

    assert (deed.by, deed.why) == ("edith", "Seen on film")
    assert told(deed) == [
        (
            "event",
            "They clash",
            "changed",
            [
                ("date", "28 February 2025 (stated)", "March 2025 (human; Seen on film)"),
                ("title", "They shout", "They clash"),
            ],
        )
    ]
    page = text_of(desk.client.get("/admin/recent/").content)
    assert "title: They shout → They clash" in page


def test_readings_are_no_changes_of_people(desk: Desk) -> None:
    event = make_event()
    forget_history()

    assert look(desk.client) == []
    desk.save(event, {"title": "Else"})
    assert len(look(desk.client)) == 1


def test_changes_stand_newest_first_and_are_filtered_by_person_kind_and_day(desk: Desk, peter: Desk) -> None:
    event, actor, statement = make_event(), make_actor(), make_statement()
    forget_history()
    desk.save(event, {"title": "First"})
    peter.save(actor, {"name": "Second"})
    desk.save(statement, {"text": "Third"})
    today = timezone.localdate().isoformat()

    def names(**query: str) -> list[str]:
        return [deed.entries[0].name for deed in look(desk.client, **query)]

    assert names() == ["Somebody: Third", "Second", "First"]
    assert names(by="edith") == ["Somebody: Third", "First"]
    assert names(kind="actor") == ["Second"]
    assert names(day=today, by="peter") == ["Second"]
    assert names(day="2024-01-01") == []
    page = text_of(desk.client.get("/admin/recent/", {"by": "nobody", "day": "yesterday"}).content)
    assert "Nobody is called “nobody” here." in page
    assert "Enter a valid date." in page


def test_a_long_list_goes_on(desk: Desk) -> None:
    event = make_event()
    forget_history()
    for number in range(33):
        desk.save(event, {"title": f"Title {number}"})

    first = desk.client.get("/admin/recent/", {"by": "edith"})
    second = desk.client.get("/admin/recent/" + first.context["older_url"])

    after = [deed.entries[0].changes[0].after for deed, _ in [*first.context["deeds"], *second.context["deeds"]]]
    assert after == [f"Title {number}" for number in reversed(range(33))]
    assert (len(first.context["deeds"]), second.context["older_url"]) == (30, "")


def test_a_change_is_undone_with_one_click_and_the_undoing_too(desk: Desk) -> None:
    event = make_event("They shout", make_actor("Donald Trump"))
    refresh([event.pk])
    forget_history()
    before = state(event)
    form = desk.open(event)
    extra = new_inline("participations", form, actor=make_actor("Rosa Lind").pk, role="", position=1)
    desk.save(event, {"title": "They clash", "when": "2025-03", "participations-0-DELETE": "on", **extra})
    changed = state(event)

    response = undo(desk.client, look(desk.client)[0])
    assert said(response) == ["Undone: They clash."]
    assert state(event) == before

    undo(desk.client, look(desk.client)[0])
    assert {**state(event), "corrections": ""} == {**changed, "corrections": ""}


def test_where_others_have_built_on_it_undoing_says_so_first(desk: Desk, peter: Desk) -> None:
    event = make_event("They shout")
    forget_history()
    before = state(event)
    desk.save(event, {"title": "They clash"})
    peter.save(event, {"kind": "accusation", "why": "Read the transcript"})
    [_, first] = look(desk.client)

    asked = undo(desk.client, first)
    page = text_of(asked.content)
    assert "these changes are taken back with it" in page
    assert "peter, because: Read the transcript" in page
    assert "kind: accusation" in page
    assert state(event)["title"] == "They clash"

    undo(desk.client, first, confirmed="1")
    assert state(event) == before


def test_a_decision_on_many_is_one_act(desk: Desk) -> None:
    things = [make_waiting(f"Event {number}") for number in range(3)]
    forget_history()
    page = Queue(desk.client).look(view="list")
    Queue(desk.client).press("reject_page", page, form="page_form")

    [deed] = look(desk.client)
    assert [name for _, name, _, _ in told(deed)] == ["Event 0", "Event 1", "Event 2"]
    undo(desk.client, deed)
    assert [state(thing)["status"] for thing in things] == ["review"] * 3


def test_what_was_added_goes_and_the_deletion_of_an_actor_is_taken_back(desk: Desk) -> None:
    form = desk.open(Event)
    desk.client.post("/admin/timeline/event/add/", {**form, "title": "By hand", "_save": "1"})
    [deed] = look(desk.client)
    assert told(deed) == [("event", "By hand", "added", [])]
    undo(desk.client, deed)
    assert not Event.objects.exists()

    actor, place = make_actor("Rosa Lind", "R. Lind"), make_place("Harbour")
    event = make_event("They meet", actor, place=place)
    forget_history()
    for thing in (actor, place):
        desk.delete(thing)
        undo(desk.client, look(desk.client)[0])

    assert state(event)["corrections"] == {}
    assert [part.actor for part in event.participations.all()] == [actor]
    assert set(Alias.objects.values_list("text", flat=True)) == {"Rosa Lind", "R. Lind"}
    assert Actor.objects.get().uid == actor.uid
    assert (Place.objects.get(), Event.objects.get().place) == (place, place)


def test_what_was_deleted_with_its_passages_may_come_back_with_a_reading(desk: Desk) -> None:
    event = make_event("They meet", make_actor("Rosa Lind"))
    make_evidence(event, make_article("They met."), "They met.", fingerprint="f1")
    forget_history()
    desk.delete(event, why="no such meeting")

    [deed] = look(desk.client)
    assert (told(deed), deed.why) == ([("event", "They meet", "deleted", [])], "no such meeting")
    assert deed.way_back == "Let it come back with the next reading"
    undo(desk.client, deed)

    assert not Judgement.objects.filter(undone_at__isnull=True).exists()
    [deed] = [deed for deed in look(desk.client) if deed.entries]
    assert deed.way_back == ""


def test_a_merge_is_undone_from_here(desk: Desk, editor: User) -> None:
    kept, gone = make_actor("Volodymyr Zelenskyy"), make_actor("Zelensky")
    event = make_event("They meet", gone)
    forget_history()
    merge_all(kept, [gone], Edit(by=editor, at=datetime(2026, 1, 2, tzinfo=UTC), why="one man"))
    assert [part.actor for part in event.participations.all()] == [kept]

    [deed] = look(desk.client)
    assert (deed.binds, deed.way_back) == (True, "Undo")
    assert deed.why.endswith("one man")
    undo(desk.client, deed)

    assert [part.actor for part in event.participations.all()] == [gone]
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_a_merge_that_came_after_is_not_undone_without_saying_so(desk: Desk, editor: User) -> None:
    kept, gone = make_actor("Volodymyr Zelenskyy"), make_actor("Zelensky")
    event = make_event("They meet", gone)
    forget_history()
    desk.save(event, {"participations-0-role": "host"})
    merge_all(kept, [gone], Edit(by=editor, at=timezone.now(), why="one man"))
    [_, deed] = look(desk.client)

    page = text_of(undo(desk.client, deed).content)

    assert "these changes are taken back with it" in page
    assert [part.actor for part in event.participations.all()] == [kept]

    undo(desk.client, deed, confirmed="1")
    assert [(part.actor, part.role) for part in event.participations.all()] == [(kept, "")]


def test_nothing_is_undone_twice_or_by_who_may_only_look(desk: Desk, client: Client) -> None:
    event = make_event("They shout")
    forget_history()
    desk.save(event, {"title": "They clash"})
    [deed] = look(desk.client)

    viewer = User.objects.create(username="vera", is_staff=True)
    names = ["view_event", "view_statement", "view_actor"]
    viewer.user_permissions.set(Permission.objects.filter(codename__in=names))
    looking = Client()
    looking.force_login(viewer)
    assert b"recent-undo" not in looking.get("/admin/recent/").content
    assert undo(looking, deed).status_code == 403
    assert looking.get("/admin/recent/undo/").status_code == 405
    assert said(desk.client.post("/admin/recent/undo/", {"stamp": "x", "person": "²"}, follow=True)) == [
        "There is nothing to undo there: it is undone already, or gone."
    ]
    event.delete()
    assert said(undo(desk.client, deed)) == ["Nothing is undone. “They clash” is no longer there."]


def test_the_list_asks_as_often_for_many_as_for_few(desk: Desk, django_assert_num_queries: Counted) -> None:
    for size in (2, 9):
        for number in range(size):
            event = make_event(f"E {size} {number}", make_actor(f"A {size} {number}"), place=make_place(f"P {number}"))
            make_statement(event=event, speaker=make_actor(f"S {size} {number}"))
            desk.save(event, {"title": f"New {size} {number}", "when": "2025-01-01"})
        with django_assert_num_queries(30):
            assert len(look(desk.client)) == (2 if size == 2 else 11)


def test_days_are_those_of_the_editors_clock(desk: Desk, editor: User) -> None:
    event = make_event(date=PartialDate.on(date(2025, 2, 28)))
    event.history.update(history_user=editor, history_date=datetime(2026, 1, 2, 23, 59, tzinfo=UTC))
    assert len(look(desk.client, day="2026-01-02")) == 1
    assert look(desk.client, day="2026-01-03") == []
