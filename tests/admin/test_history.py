from __future__ import annotations

from datetime import date

from tests.admin.desk import Desk, admin_url, forget_history, new_inline, text_of
from tests.factories import make_actor, make_event, make_statement, until
from timeline.models import Event, Participation

SECOND_OF_MARCH = until(date(2025, 3, 2))


def test_the_first_correction_writes_down_what_was_read_before_it(desk: Desk) -> None:
    event = make_event("Two presidents meet", date=SECOND_OF_MARCH)
    forget_history()

    desk.save(event, {"when": "2025-02-28", "why": "Stated by the host"})

    corrected, as_read = desk.history(event)
    assert corrected == (
        "edith",
        "Stated by the host",
        [
            (
                "date",
                "on or before 2 March 2025 (publication-bound)",
                "28 February 2025 (human; Stated by the host)",
            ),
            ("kept by hand", "", "date"),
        ],
    )
    assert as_read[:2] == ("", "as read")
    assert ("title", "", "Two presidents meet") in as_read[2]


def test_history_keeps_a_reason_as_long_as_the_field_for_it(desk: Desk) -> None:
    event, reason = make_event("Two presidents meet"), "The host said so twice. " * 12

    desk.save(event, {"title": "Two presidents meet in Oslo", "why": reason})

    assert desk.history(event)[0][1] == reason.strip()


def test_history_tells_actors_and_statements_of_an_event_too(desk: Desk) -> None:
    one, two = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar")
    event = make_event("They sign", one)
    make_statement("We sign.", speaker=one, event=event)
    forget_history()
    form = desk.open(event)

    desk.save(
        event,
        {
            **new_inline("participations", form, actor=two.pk, role="witness", position=1),
            "statements-0-text": "We sign today.",
        },
    )

    (_, _, changes), _ = desk.history(event)
    assert ("actor", "", "Pavlo Bondar") in changes
    assert ("text", "We sign.", "We sign today.") in changes
    assert ("kept by hand", "", "actors") in changes


def test_what_a_reading_changes_between_two_corrections_is_not_told_as_the_second_persons(desk: Desk) -> None:
    event = make_event("Two presidents meet")
    forget_history()
    desk.save(event, {"title": "Two presidents quarrel"})
    Event.objects.filter(pk=event.pk).update(description="Read later")

    desk.save(event, {"kind": "vote"})

    second, between, first, as_read = desk.history(event)
    assert second[2] == [("kind", "meeting", "vote"), ("kept by hand", "title", "kind, title")]
    assert between == ("", "as read", [("description", "", "Read later")])
    assert (first[0], as_read[0]) == ("edith", "")


def test_one_click_brings_the_state_as_read_back_with_its_freedom(desk: Desk) -> None:
    one, two = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar")
    event = make_event("They sign", one, date=SECOND_OF_MARCH)
    statement = make_statement("We sign.", speaker=one, event=event)
    forget_history()
    form = desk.open(event)
    desk.save(
        event,
        {
            "title": "They quarrel",
            "when": "2025-02-28",
            "statements-0-text": "We quarrel.",
            "participations-0-DELETE": "on",
            **new_inline("participations", form, actor=two.pk, role="", position=0),
        },
    )
    statement.refresh_from_db()
    assert statement.date.edtf == "2025-02-28"

    desk.restore(event, version=1)

    statement.refresh_from_db()
    assert (event.title, event.date, event.corrections) == ("They sign", SECOND_OF_MARCH, {})
    assert [p.actor for p in event.participations.all()] == [one]
    assert (statement.text, statement.corrections, statement.date.edtf) == ("We sign.", {}, "[..2025-03-02]")
    assert desk.history(event)[0][1].startswith("restored the version of ")


def test_restoring_leaves_to_the_readings_what_no_person_touched(desk: Desk) -> None:
    event = make_event("They sign")
    forget_history()
    desk.save(event, {"title": "They quarrel"})
    Event.objects.filter(pk=event.pk).update(description="Read later")

    desk.restore(event, version=1)

    assert (event.title, event.description) == ("They sign", "Read later")


def test_an_undone_correction_can_itself_be_brought_back(desk: Desk) -> None:
    event = make_event("They sign")
    forget_history()
    desk.save(event, {"title": "They quarrel", "why": "I was there"})
    desk.restore(event, version=1)

    desk.restore(event, version=1)

    assert (event.title, event.corrections["title"]["why"]) == ("They quarrel", "I was there")


def test_a_deleted_actor_is_not_brought_back_by_restoring_an_event(desk: Desk) -> None:
    one = make_actor("Olena Marchuk")
    event = make_event("They sign", one)
    forget_history()
    desk.save(event, {"title": "They quarrel"})
    desk.delete(one)

    desk.restore(event, version=1)

    assert Participation.objects.count() == 0


def test_a_visit_to_the_address_of_restoring_changes_nothing(desk: Desk) -> None:
    event = make_event("They sign")
    forget_history()
    desk.save(event, {"title": "They quarrel"})
    stamp = desk.client.get(admin_url(event, "history")).context["versions"][1].stamp

    response = desk.client.get(admin_url(event, "restore", stamp))

    event.refresh_from_db()
    assert (response.status_code, event.title) == (302, "They quarrel")


def test_a_version_that_never_was_is_said_to_be_none(desk: Desk) -> None:
    event = make_event("They sign")

    response = desk.client.post(admin_url(event, "restore", 10**18), follow=True)
    early = desk.client.post(admin_url(event, "restore", 1), follow=True)

    assert response.status_code == 200
    assert "There is no such version." in early.content.decode()


def test_an_entry_without_corrections_has_an_empty_history(desk: Desk) -> None:
    event = make_event("They sign")
    forget_history()

    assert "it is as it was read" in text_of(desk.client.get(admin_url(event, "history")).content)
