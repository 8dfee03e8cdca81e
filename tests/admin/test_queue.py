"""The review queue: what waits, why, in which order; decided, corrected and taken back, by one person or two."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model, Q
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from lxml import html

from tests.admin.desk import Desk, admin_url, fields_of, forget_history, text_of
from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_publisher, until
from tests.factories import make_statement as make_any_statement
from tests.ingest.articles import AGAIN, CLASH, take
from timeline.admin import waiting
from timeline.admin.history import Edit
from timeline.admin.ledger import merge_all
from timeline.admin.waiting import WEIGHT_OF_STATEMENT, Filters, beside, count, name_of, still_waits
from timeline.ingest.derived import refresh
from timeline.models import Actor, Claim, Event, EventRelation, Statement
from timeline.vocabulary import EventStatus, PartialDate, RelationKind

Counted = Callable[..., AbstractContextManager[Any]]
TEXT = "A first line.\nThe harbour was closed on Friday. Nobody said why.\n“We will see,” Rosa Lind said."
DISPUTED = "articles give conflicting dates"


def make_waiting(title: str = "The harbour is closed", confidence: float = 0.7, *actors: Actor, **fields: Any) -> Event:
    reason = f"right about {round(confidence * 10)} times in 10"
    known = {"review_reason": reason, "importance": WEIGHT_OF_STATEMENT, **fields}
    return make_event(title, *actors, status="review", confidence=confidence, **known)


def make_statement(text: str = "We will see", confidence: float = 0.6, **fields: Any) -> Statement:
    return make_any_statement(text, status="review", confidence=confidence, **fields)


@dataclass
class Queue:
    """An editor before the queue, pressing its buttons as they stand on the page."""

    client: Client

    def look(self, **query: str) -> Any:
        response = self.client.get("/admin/review/", query)
        assert response.status_code == 200
        return response

    def press(self, act: str, response: Any, form: str = "decide", **typed: Any) -> Any:
        data = {**fields_of(response.content, form), **typed, "act": act}
        return self.client.post(address_of(response, form), data, follow=True)

    def undo(self, response: Any) -> Any:
        return self.client.post(response.wsgi_request.get_full_path(), {"act": "undo"}, follow=True)


def address_of(response: Any, form: str) -> str:
    page: Any = html.fromstring(response.content.decode())
    return str(page.get_element_by_id(form).get("action"))


def typed(response: Any, *names: str) -> list[str]:
    """What stands in fields of the short form."""
    fields = fields_of(response.content, "amend_form")
    return [fields[name][0].strip() for name in names]


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def choices(response: Any) -> dict[str, str]:
    return {link["label"]: str(link["tally"]) for group in response.context["choices"] for link in group["links"]}


def state(thing: Model) -> dict[str, Any]:
    """Everything that is stored of a thing and its parts, but for its history."""
    row = type(thing)._default_manager.get(pk=thing.pk)
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    parts = sorted(row.participations.values_list("actor", "role", "position")) if isinstance(row, Event) else []
    return {**columns, "parts": parts}


@pytest.fixture
def queue(client: Client, editor: User) -> Queue:
    client.force_login(editor)
    return Queue(client)


# --- what waits ---


def test_what_waits_stands_with_its_reasons_and_its_sentence(queue: Queue) -> None:
    article = make_article(TEXT, title="Harbour closed", publisher=make_publisher("Harbour Dispatch"))
    event = make_waiting(
        hedged=True, date=until(date(2025, 3, 2)), review_reason="right about 7 times in 10: hedged, no day stated"
    )
    make_evidence(event, article, "The harbour was closed on Friday.")

    card = queue.look().context["card"]

    assert card.reasons == ("right about 7 times in 10", "hedged", "no day stated", "nobody named")
    assert [(passage.pieces, passage.source) for passage in card.passages] == [
        (
            (("The harbour was closed on Friday.", True), (" Nobody said why.", False)),
            "Harbour closed, Harbour Dispatch, 28 February 2025",
        )
    ]
    assert dict(card.facts)["When"] == "on or before 2 March 2025 (date not stated; publication-bound)"


def test_what_contradicts_itself_on_the_page_waits_too(queue: Queue) -> None:
    dated, other = make_article(TEXT, title="One"), make_article(TEXT + " And more.", title="Other")
    event = make_event("They sign", date_disputed=True, importance=3.0)
    for article, day in ((dated, 28), (other, 27)):
        Claim.objects.create(event=event, article=article, date=PartialDate.on(date(2025, 2, day)))
    later = make_event("They leave", date=PartialDate.on(date(2025, 2, 20)), order_disputed=True)
    start = TEXT.index("Nobody")
    EventRelation.objects.create(
        kind=RelationKind.AFTER, source=later, target=event, article=dated, start=start, end=len("Nobody") + start
    )

    first = queue.look().context["card"]
    second = queue.look(at=name_of(later)).context["card"]

    assert (first.heading, first.reasons) == ("They sign", (DISPUTED, "nobody named"))
    assert [claim.date.display for claim in first.claims] == ["28 February 2025", "27 February 2025"]
    assert second.reasons == ("an article’s order contradicts the dates", "nobody named")
    [(words, passage)] = second.orders
    assert words == "“They leave” (20 February 2025) is said to be after “They sign” (28 February 2025)"
    assert ("Nobody", True) in passage.pieces


def test_what_is_decided_or_sure_does_not_wait(queue: Queue) -> None:
    make_event("On the page")
    make_event("Rejected", status="rejected")
    make_event("Confirmed as it is", status="confirmed", date_disputed=True)

    response = queue.look()

    assert "Nothing waits for a person." in text_of(response.content)


def test_the_weightiest_stands_first_and_the_latest_by_choice(queue: Queue) -> None:
    make_waiting("Weak", 0.3, date=PartialDate.on(date(2025, 3, 3)))
    make_waiting("Strong", 0.8, date=PartialDate.on(date(2025, 3, 1)))
    make_waiting("Told by three", 0.2, importance=6.0, date=PartialDate.on(date(2025, 3, 2)))
    make_statement("So be it", 0.5, date=PartialDate.on(date(2025, 3, 4)))

    def titles(**chosen: Any) -> list[str]:
        things = beside(None, Filters(**chosen), 10)
        return [thing.title if isinstance(thing, Event) else thing.text for thing in things]

    assert titles() == ["Told by three", "Strong", "So be it", "Weak"]
    assert titles(order="newest") == ["So be it", "Weak", "Told by three", "Strong"]


class TestOrder(TestCase):
    @settings(deadline=None, max_examples=50)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["event", "contradicted", "statement"]),
                st.sampled_from([1.0, WEIGHT_OF_STATEMENT, 6.0]),
                st.sampled_from([0.2, 0.9]),
            ),
            max_size=8,
        ),
        st.sampled_from(["worth", "newest"]),
    )
    def test_going_on_and_going_back_meet_every_entry_once(
        self, entries: list[tuple[str, float, float]], order: Any
    ) -> None:
        for kind, importance, confidence in entries:
            match kind:
                case "event":
                    make_waiting("E", confidence, importance=importance)
                case "contradicted":
                    make_event("C", importance=importance, confidence=confidence, date_disputed=True)
                case _:
                    make_statement("S", confidence)
        filters = Filters(order=order)
        whole = [name_of(thing) for thing in beside(None, filters, 100)]
        walked = []
        step = beside(None, filters, 1)
        last = None
        while step:
            last = step[0]
            walked.append(name_of(last))
            step = beside(last, filters, 1)
        back = [name_of(thing) for thing in beside(last, filters, 100, back=True)] if last else []

        assert len(whole) == len(set(whole)) == len(entries)
        assert walked == whole
        assert back == whole[:-1][::-1]


# --- filters and counts ---


def test_filters_count_what_they_leave(queue: Queue) -> None:
    wire = make_publisher("Wire")
    article = make_article(TEXT, publisher=wire)
    hedged = make_waiting("Hedged", hedged=True)
    make_evidence(hedged, article, "Nobody said why.")
    make_waiting("Undated", date=until(date(2025, 3, 2)))
    make_statement("Nobody's words")
    make_statement("Her words", speaker=make_actor("Rosa Lind"))

    everything = queue.look()
    by_reason = queue.look(reason="hedged")
    by_kind = queue.look(kind="statement")
    by_publisher = queue.look(publisher="wire")
    by_words = queue.look(q="her words")

    assert str(everything.context["counts"].total) == "4"
    reasons = {"low confidence": "4", "hedged": "1", "no day stated": "3", "nobody named": "3"}
    assert choices(everything) == {**reasons, "events": "2", "statements": "2"}
    assert (by_reason.context["card"].heading, choices(by_reason)["events"]) == ("Hedged", "1")
    assert (str(by_kind.context["counts"].total), choices(by_kind)["nobody named"]) == ("2", "1")
    assert (by_publisher.context["card"].heading, str(by_publisher.context["counts"].total)) == ("Hedged", "1")
    assert by_words.context["card"].heading == "Rosa Lind: “Her words”"


def test_a_filter_without_sense_is_named(queue: Queue) -> None:
    make_waiting()

    page = text_of(queue.look(publisher="Nobody's Paper", reason="weather").content)

    assert "No publisher is called “Nobody's Paper”." in page
    assert "The harbour is closed" in page


def test_a_long_queue_is_counted_honestly(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "COUNTED", 2)
    for number in range(3):
        make_waiting(f"Event {number}")

    assert str(count(Filters()).total) == "2+"
    assert "Review queue (2+)" in text_of(queue.client.get("/admin/").content)


def test_the_index_says_how_many_wait(queue: Queue) -> None:
    make_waiting()
    make_statement()

    page: Any = html.fromstring(queue.client.get("/admin/").content.decode())

    [link] = page.xpath("//ul[@class='doors']//a[@href='/admin/review/']")
    assert link.text_content() == "Review queue (2)"


# --- deciding ---


def test_accepting_confirms_with_a_lock_and_leads_to_the_next(queue: Queue) -> None:
    first, second = make_waiting("First", 0.8), make_waiting("Second", 0.7)

    after = queue.press("accept", queue.look(), why="Seen on film")

    first.refresh_from_db()
    assert first.status == "confirmed"
    assert {**first.corrections["status"], "at": ""} == {"by": "edith", "at": "", "why": "Seen on film"}
    assert after.context["card"].name == name_of(second)
    assert str(after.context["counts"].total) == "1"
    assert said(after) == ["Accepted: First."]
    [entry] = first.history.filter(history_user__isnull=False, status="confirmed")
    assert entry.history_change_reason == "Seen on film"


def test_rejecting_takes_it_off_the_page_and_the_last_one_ends_the_list(queue: Queue) -> None:
    event = make_event("They sign", date_disputed=True)

    after = queue.press("reject", queue.look())

    event.refresh_from_db()
    assert (event.status, event.is_locked("status")) == ("rejected", True)
    assert "Nothing waits any more." in text_of(after.content)


def test_skipping_goes_on_and_comes_to_an_end_that_says_what_is_left(queue: Queue) -> None:
    make_waiting("First", 0.8)
    make_waiting("Second", 0.7)

    first = queue.look()
    second = queue.client.get(first.context["next_url"])
    end = queue.client.get(second.context["next_url"])

    assert (second.context["card"].heading, second.context["previous_url"]) == (
        "Second",
        f"/admin/review/?at={first.context['card'].name}",
    )
    assert "This is the end of the list. 2 still wait" in text_of(end.content)


def test_filters_stay_while_one_works(queue: Queue) -> None:
    make_waiting("Plain", 0.8)
    make_waiting("Maybe", 0.7, hedged=True)
    make_waiting("Perhaps", 0.6, hedged=True)

    after = queue.press("accept", queue.look(reason="hedged"))

    assert after.context["card"].heading == "Perhaps"
    assert "reason=hedged" in after.wsgi_request.get_full_path()


def test_what_follows_from_a_decision_is_brought_up_to_date(queue: Queue) -> None:
    event = make_event("They meet", importance=99.0)
    make_statement(event=event)

    queue.press("accept", queue.look())

    event.refresh_from_db()
    assert event.importance < 99.0


def test_editing_corrects_the_common_fields_and_accepts(queue: Queue) -> None:
    putin, trump = make_actor("Vladimir Putin", "Putin"), make_actor("Donald Trump")
    event = make_waiting("A meeting", 0.7, hedged=True)
    event.participations.create(actor=trump, role="agent")
    place = make_place("Oval Office")

    queue.press(
        "amend",
        queue.look(),
        form="amend_form",
        title="They meet",
        when="2025-02",
        cast="putin\nDonald Trump",
        place="oval office",
        hedged="",
        why="The host said so",
    )

    event.refresh_from_db()
    assert (event.title, event.date.edtf, event.place, event.hedged, event.status) == (
        "They meet", "2025-02", place, False, "confirmed",
    )  # fmt: skip
    assert [(part.actor, part.role) for part in event.participations.all()] == [(putin, ""), (trump, "agent")]
    assert set(event.corrections) == {"title", "date", "actors", "place", "hedged", "status"}
    assert event.corrections["actors"]["why"] == "The host said so"


def test_saving_an_untouched_form_accepts_and_locks_nothing_else(queue: Queue) -> None:
    event = make_waiting("They meet", 0.7, make_actor("Donald Trump"), place=make_place())

    queue.press("amend", queue.look(), form="amend_form")

    event.refresh_from_db()
    assert (event.status, set(event.corrections)) == ("confirmed", {"status"})


def test_a_statement_gets_its_speaker_by_name(queue: Queue) -> None:
    rosa = make_actor("Rosa Lind")
    statement = make_statement("We shall see", speaker=make_actor("Rose Land"))

    queue.press("amend", queue.look(), form="amend_form", speaker="Rosa Lind", text="We will see")

    statement.refresh_from_db()
    assert (statement.speaker, statement.text, statement.status) == (rosa, "We will see", "confirmed")
    assert set(statement.corrections) == {"speaker", "text", "status"}


def test_a_name_that_nobody_or_several_have_is_said_and_nothing_typed_is_lost(queue: Queue) -> None:
    make_actor("Ann Lee")
    make_actor("Ann Lee")
    event = make_waiting()

    after = queue.press("amend", queue.look(), form="amend_form", title="Typed", cast="Ann Lee", place="Atlantis")

    page = text_of(after.content)
    assert "Several actors are called “Ann Lee”." in page
    assert "No place is called “Atlantis”." in page
    assert typed(after, "title", "cast", "place") == ["Typed", "Ann Lee", "Atlantis"]
    event.refresh_from_db()
    assert event.status == "review"


def test_a_claimed_date_is_taken_with_its_button(queue: Queue) -> None:
    event = make_event("They sign", date_disputed=True)
    article = make_article(TEXT, title="Other")
    claim = Claim.objects.create(event=event, article=article, date=PartialDate.on(date(2025, 2, 27)))

    queue.press("amend", queue.look(), form="amend_form", _claim=str(claim.pk))

    event.refresh_from_db()
    assert (event.date.edtf, event.date_reason, event.status) == ("2025-02-27", "as “Other” says", "confirmed")


def test_the_believed_date_may_be_chosen_too_so_that_nothing_outvotes_it(queue: Queue) -> None:
    event = make_event("They sign", date_disputed=True)
    for title, day in (("One", 28), ("Two", 27), ("Three", 28)):
        article = make_article(f"{TEXT} {title}", title=title, publisher=make_publisher(f"{title} Times"))
        Claim.objects.create(event=event, article=article, date=PartialDate.on(date(2025, 2, day)))
    page = queue.look()
    offered = [(claim.date.display, kept) for claim, kept in page.context["card"].choices]
    assert offered == [("28 February 2025", True), ("27 February 2025", False)]
    assert "Accept and keep 28 February 2025 as One Times says" in text_of(page.content)

    kept = page.context["card"].choices[0][0]
    queue.press("amend", page, form="amend_form", _claim=str(kept.pk), why="Two saw it")

    event.refresh_from_db()
    assert (event.date.edtf, event.date_reason) == ("2025-02-28", "as “One” says; Two saw it")
    assert set(event.corrections) == {"date", "status"}


def test_a_claim_is_chosen_on_the_page_of_its_event_with_a_reason_and_an_outside_source(desk: Desk) -> None:
    event = make_event("They sign", date_disputed=True)
    article = make_article(TEXT, title="Other")
    claim = Claim.objects.create(event=event, article=article, date=PartialDate.on(date(2025, 2, 27)))
    refused = desk.refused(event, {"earliest": "2025-03-01", "latest": "2025-02-01"})
    assert refused == ["The latest day is before the earliest."]
    source = {"source_title": "The minutes", "source_url": "https://archive.example/minutes"}

    desk.send(event, {**desk.open(event), **source, "_claim": str(claim.pk), "why": "Minutes taken there"})

    event.refresh_from_db()
    claim.refresh_from_db()
    assert (event.date.edtf, event.basis, claim.rank) == ("2025-02-27", "stated", "preferred")
    assert event.date_reason == "as “Other” says; Minutes taken there"
    assert event.corrections["date"]["why"] == "Minutes taken there"
    assert [(one.outside_title, one.outside_url, one.by_hand) for one in event.evidence.all()] == [
        ("The minutes", "https://archive.example/minutes", True)
    ]


# --- taking back ---


def test_undo_brings_an_entry_back_exactly_as_it_was(queue: Queue) -> None:
    event = make_waiting("They meet", 0.7, make_actor("Donald Trump"), hedged=True)
    statement = make_statement("So be it", event=event)
    refresh(Event.objects.values_list("pk", flat=True))
    forget_history()
    before = [state(event), state(statement)]

    accepted = queue.press("accept", queue.look(at=name_of(event)))
    undone = queue.undo(accepted)
    assert [state(event), state(statement)] == before
    assert (undone.context["card"].name, said(undone)) == (name_of(event), ["Undone: Accepted: They meet."])

    amended = queue.press(
        "amend", undone, form="amend_form", title="Else", when="2024", cast="", hedged="", why="because"
    )
    queue.undo(amended)
    assert [state(event), state(statement)] == before

    rejected = queue.press("reject", queue.look(at=name_of(statement)))
    queue.undo(rejected)
    assert [state(event), state(statement)] == before


def test_undo_goes_back_act_by_act(queue: Queue) -> None:
    first, second = make_waiting("First", 0.8), make_waiting("Second", 0.7)
    page = queue.press("reject", queue.press("accept", queue.look()))

    page = queue.undo(page)
    assert [state(first)["status"], state(second)["status"]] == ["confirmed", "review"]
    page = queue.undo(page)
    assert [state(first)["status"], state(second)["status"]] == ["review", "review"]
    assert said(queue.undo(page)) == ["There is nothing to undo in this sitting. Recent changes lists everything."]


def test_undo_takes_nothing_from_somebody_else(queue: Queue) -> None:
    event = make_waiting("They meet")
    page = queue.press("accept", queue.look())
    other = Client()
    other.force_login(User.objects.create(username="peter", is_staff=True, is_superuser=True))
    data = fields_of(other.get(admin_url(event)).content, "event_form")
    other.post(admin_url(event), {**data, "title": "Better", "_save": "1"})

    after = queue.undo(page)

    assert (state(event)["title"], state(event)["status"]) == ("Better", "confirmed")
    assert said(after) == [
        "Better stays as it is: peter has changed it since. Its history can bring back every version."
    ]


class TestUndo(TestCase):
    @settings(deadline=None, max_examples=15)
    @given(st.lists(st.sampled_from(["accept", "reject", "amend", "accept_page"]), max_size=4))
    def test_as_many_undos_as_acts_leave_everything_as_it_was(self, acts: list[str]) -> None:
        client = Client()
        client.force_login(User.objects.get_or_create(username="edith", is_staff=True, is_superuser=True)[0])
        queue = Queue(client)
        Event.objects.all().delete()
        Statement.objects.all().delete()
        rosa = make_actor(f"Rosa Lind {Actor.objects.count()}")
        first = make_waiting("First", 0.8, rosa, hedged=True, date=until(date(2025, 3, 2)))
        things = [first, make_event("Second", date_disputed=True), make_statement(event=first, speaker=rosa)]
        for day in (27, 28):
            article = make_article(f"{TEXT} {day}", title=f"Of the {day}th")
            Claim.objects.create(event=things[1], article=article, date=PartialDate.on(date(2025, 2, day)))
        refresh([first.pk, things[1].pk])
        forget_history()
        before = [state(thing) for thing in things]
        done = 0
        for act in acts:
            page = queue.look(**({"view": "list"} if act == "accept_page" else {}))
            if page.context.get("card") is None and not page.context.get("lines"):
                break
            typed = {"when": "2024", "hedged": ""} if act == "amend" else {}
            form = {"amend": "amend_form", "accept_page": "page_form"}.get(act, "decide")
            queue.press(act, page, form=form, **typed)
            done += 1
        for _ in range(done):
            queue.undo(queue.look())

        assert [state(thing) for thing in things] == before


# --- two editors ---


def test_what_another_editor_has_decided_is_said_and_nothing_is_done_or_lost(queue: Queue) -> None:
    event = make_waiting("They meet")
    page = queue.look()
    other = Client()
    other.force_login(User.objects.create(username="peter", is_staff=True, is_superuser=True))
    Queue(other).press("reject", Queue(other).look(), why="It never happened")

    accepted = queue.press("accept", page, why="I saw it")
    amended = queue.press("amend", page, form="amend_form", title="They met")

    assert state(event)["status"] == "rejected"
    for response in (accepted, amended):
        text = text_of(response.content)
        assert "peter has decided on" in text
        assert "because: It never happened. It is rejected now." in text
    assert fields_of(accepted.content, "decide")["why"] == ["I saw it"]
    assert typed(amended, "title") == ["They met"]

    queue.press("accept", accepted)
    assert state(event)["status"] == "confirmed"


def test_what_has_been_merged_meanwhile_is_no_longer_there(queue: Queue, editor: User) -> None:
    event, other = make_waiting("They meet", 0.8), make_event("They met")
    page = queue.look()
    merge_all(other, [event], Edit(by=editor, at=timezone.now()))

    assert said(queue.press("accept", page)) == ["That entry is no longer there: nothing was done."]
    assert state(event)["status"] == "merged"


def test_an_entry_that_is_gone_is_said(queue: Queue) -> None:
    event = make_waiting("Gone")
    page = queue.look()
    event.delete()

    assert said(queue.press("accept", page)) == ["That entry is no longer there: nothing was done."]
    assert said(queue.look(at="event-999999999999999999")) == ["That entry is no longer there."]


def test_who_may_only_look_sees_no_buttons_and_can_decide_nothing(client: Client, db: None) -> None:
    event = make_waiting()
    viewer = User.objects.create(username="vera", is_staff=True)
    client.force_login(viewer)
    assert client.get("/admin/review/").status_code == 403
    viewer.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "view_statement"]))
    page = client.get("/admin/review/")
    assert b'value="accept"' not in page.content

    sent = {"act": "accept", "item": name_of(event), "version": page.context["card"].version}
    assert client.post("/admin/review/", sent).status_code == 403
    assert state(event)["status"] == "review"


# --- many at once ---


def test_a_page_is_decided_at_once_and_taken_back_at_once(queue: Queue) -> None:
    things = [*(make_waiting(f"Event {n}", 0.9 - n / 100) for n in range(21)), make_statement()]
    refresh(Event.objects.values_list("pk", flat=True))
    forget_history()
    before = [state(thing) for thing in things]
    page = queue.look(view="list", kind="event")
    assert len(page.context["lines"]) == 20

    after = queue.press("accept_page", page, form="page_form", why="All seen")

    assert [state(thing)["status"] for thing in things] == ["confirmed"] * 20 + ["review"] * 2
    assert said(after) == ["Accepted: 20 entries."]
    queue.undo(after)
    assert [state(thing) for thing in things] == before


def test_in_a_list_only_what_is_ticked_and_unchanged_is_decided(queue: Queue) -> None:
    ticked, unticked, changed = (make_waiting(f"Event {n}", 0.9 - n / 10) for n in range(3))
    page = queue.look(view="list")
    items = fields_of(page.content, "page_form")["item"]
    Event.objects.filter(pk=changed.pk).update(title="Changed meanwhile")

    after = queue.press("reject_page", page, form="page_form", item=[items[0], items[2]])

    assert [state(thing)["status"] for thing in (ticked, unticked, changed)] == ["rejected", "review", "review"]
    assert said(after) == [
        "Rejected: 1 entry.",
        "Left as they are, for somebody has changed them meanwhile: Changed meanwhile.",
    ]


def test_a_list_goes_on_page_by_page(queue: Queue) -> None:
    for number in range(23):
        make_waiting(f"Event {number}", 0.5 + number / 100)

    first = queue.look(view="list")
    second = queue.client.get(first.context["more_url"])

    assert [line.heading for line, _ in second.context["lines"]] == ["Event 2", "Event 1", "Event 0"]
    assert second.context["more_url"] == ""


# --- cost ---


@pytest.mark.parametrize(("query", "queries"), [("", 29), ("?view=list", 18), ("?order=newest&publisher=wire&q=e", 27)])
def test_the_queue_asks_as_often_for_many_as_for_few(
    queue: Queue, django_assert_num_queries: Counted, query: str, queries: int
) -> None:
    article = make_article(TEXT, publisher=make_publisher("Wire"))
    for size in (2, 12):
        for number in range(size):
            event = make_waiting(f"Event {size} {number}", 0.8, make_actor(f"A {size} {number}"))
            make_evidence(event, article, "Nobody said why.")
            make_evidence(make_statement(f"We will see {size} {number}"), article, "We will see")
        with django_assert_num_queries(queries):
            assert queue.client.get(f"/admin/review/{query}").status_code == 200


@pytest.mark.parametrize("order", ["worth", "newest"])
def test_the_queue_is_read_from_indexes_of_what_waits(db: None, order: Any) -> None:
    """Whatever the archive holds: no scan of it, and no sort."""
    if connection.vendor != "sqlite":
        pytest.skip("the plan is asked for in SQLite's words")
    for stream in waiting.STREAMS:
        filters = Filters(order=order)
        rows = stream.beyond(stream.things(filters), (9.0, 0.5, 1, 9)[-len(stream.orders[order]) :], order, back=False)
        plan = rows[:20].explain()
        table = stream.model._meta.db_table
        assert f"SCAN {table}" not in plan.replace(f"SCAN {table} USING INDEX", "")
        if order == "worth" or stream.waits == Q(status="review"):
            assert "TEMP B-TREE" not in plan


# --- what was confirmed and is contradicted since ---


def test_what_a_person_has_confirmed_waits_again_when_an_article_contradicts_it_and_stays_confirmed(
    queue: Queue,
) -> None:
    take(CLASH, url="https://one.example/a", publisher="One")
    clash = Event.objects.get(kind="meeting", earliest=date(2025, 2, 28))
    confirmed = queue.look(at=name_of(clash))
    queue.press("accept", confirmed)
    assert not still_waits(Event.objects.get(pk=clash.pk))

    take(AGAIN.replace("28 February", "27 February"), url="https://two.example/b", publisher="Two")

    again = queue.look(at=name_of(clash)).context["card"]
    clash.refresh_from_db()
    assert (clash.status, clash.date_disputed, still_waits(clash)) == (EventStatus.CONFIRMED, True, True)
    assert again.reasons[:2] == ("contradicted since it was confirmed", "articles give conflicting dates")

    queue.press("accept", queue.look(at=name_of(clash)))
    clash.refresh_from_db()
    assert (clash.contradicted, clash.date_disputed, still_waits(clash)) == (False, True, False)
