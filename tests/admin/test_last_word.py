"""What an editor has said outlives every later reading: of the same bytes, and of a changed copy."""

from __future__ import annotations

from tests.admin.desk import Desk, new_inline
from tests.factories import make_actor, make_place
from tests.ingest.articles import CLASH, CLASH_CHANGED, take
from timeline.models import Actor, Alias, Article, Event, Statement

URL = "https://harbour.example/clash"


def read() -> None:
    take(CLASH, url=URL, publisher="Harbour Dispatch")


def read_again() -> None:
    take(CLASH, url=URL, publisher="Harbour Dispatch")
    take(CLASH_CHANGED, url=URL, publisher="Harbour Dispatch")


def state(event: Event) -> dict[str, object]:
    event.refresh_from_db()
    locked = ("title", "description", "kind", "place_id", "date_display", "hedged", "status", "corrections")
    return {
        **{name: getattr(event, name) for name in locked},
        "date": event.date,
        "actors": [(p.actor_id, p.role) for p in event.participations.all()],
    }


def clash() -> Event:
    event = Event.objects.filter(kind="meeting").first()
    assert event is not None
    return event


def test_every_corrected_field_of_an_event_survives(desk: Desk) -> None:
    read()
    event, somebody, place = clash(), make_actor("Rosa Lind"), make_place("Somewhere else")
    form = desk.open(event)
    desk.save(
        event,
        {
            "title": "They shout",
            "description": "For ten minutes",
            "kind": "accusation",
            "when": "2025-02-20/2025-02-21",
            "place": place.pk,
            "date_display": "before spring",
            "hedged": "on",
            "status": "confirmed",
            "why": "Seen on film",
            "participations-0-DELETE": "on",
            **new_inline("participations", form, actor=somebody.pk, role="witness", position=5),
        },
    )
    before = state(event)

    read_again()

    assert state(event) == before
    assert set(event.corrections) == {
        "title",
        "description",
        "kind",
        "date",
        "place",
        "date_display",
        "hedged",
        "status",
        "actors",
    }


def test_a_rejected_event_stays_rejected(desk: Desk) -> None:
    read()
    desk.save(event := clash(), {}, button="_reject")
    on_page = set(Event.objects.on_page().values_list("kind", "earliest"))

    read_again()

    event.refresh_from_db()
    assert event.status == "rejected"
    assert (event.kind, event.earliest) not in on_page


def test_a_deleted_event_and_a_deleted_statement_do_not_come_back(desk: Desk) -> None:
    read()
    event, statement = clash(), Statement.objects.filter(kind="direct").first()
    assert statement is not None
    title, quote = event.title, statement.text
    desk.delete(event)
    desk.delete(statement)

    read_again()

    assert not Event.objects.filter(title=title).exists()
    assert not Statement.objects.filter(text=quote).exists()


def test_corrected_statements_actors_and_articles_survive(desk: Desk) -> None:
    read()
    statement, actor = Statement.objects.filter(kind="direct").first(), Actor.objects.get(name="Donald Trump")
    article = Article.objects.get()
    assert statement is not None
    desk.save(statement, {"text": "He may come back", "kind": "indirect", "medium": "radio", "when": "2025-02-01"})
    desk.save(actor, {"name": "Donald J. Trump", "role": "host"})
    desk.save(article, {"title": "Headline by hand", "when": "2025-03-02"})

    read_again()

    statement.refresh_from_db()
    actor.refresh_from_db()
    assert (statement.text, statement.kind, statement.medium, statement.date.edtf) == (
        "He may come back",
        "indirect",
        "radio",
        "2025-02-01",
    )
    assert (actor.name, actor.role) == ("Donald J. Trump", "host")
    assert not Actor.objects.filter(name="Donald Trump").exists()
    current = Article.objects.current().get()
    assert (current.title, current.date.edtf) == ("Headline by hand", "2025-03-02")


def test_a_withdrawn_spelling_is_not_put_back(desk: Desk) -> None:
    read()
    alias = Alias.objects.filter(actor__name="Donald Trump").exclude(text="Donald Trump").first()
    assert alias is not None
    desk.delete(alias)

    read_again()

    assert not Alias.objects.filter(actor__name="Donald Trump", text=alias.text).exists()


def test_an_event_added_by_hand_stays_as_it_is(desk: Desk) -> None:
    read()
    desk.save(Event, {"title": "A quiet evening", "kind": "other", "when": "2025-02-28"})
    event = Event.objects.get(title="A quiet evening")
    before = state(event)

    read_again()

    assert state(event) == before


def test_a_released_field_follows_the_next_reading(desk: Desk) -> None:
    read()
    event = clash()
    kind = event.kind
    desk.save(event, {"kind": "accident"})
    desk.save(event, {"release_kind": "on"})

    read_again()

    event.refresh_from_db()
    assert (event.kind, event.corrections) == (kind, {})
