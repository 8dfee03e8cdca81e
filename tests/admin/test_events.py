from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.admin.desk import Desk, admin_url, forget_history, new_inline, text_of
from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement, until
from timeline.models import Claim, Event, Evidence, Judgement, Statement
from timeline.models.dated import date_columns
from timeline.vocabulary import DateBasis, EventStatus, PartialDate

TELEPHONE = PartialDate.on(date(2025, 2, 12))
SECOND_OF_MARCH = until(date(2025, 3, 2))


def bounds(thing: Event | Statement) -> tuple[str, str, str, str]:
    return (str(thing.earliest), str(thing.latest), thing.precision, thing.basis)


def locks(thing: Event | Statement) -> dict[str, tuple[str, str]]:
    return {field: (mark["by"], mark["why"]) for field, mark in thing.corrections.items()}


def test_a_changed_title_is_locked_with_who_and_why(desk: Desk) -> None:
    event = make_event("Two presidents meet")

    desk.save(event, {"title": "Two presidents quarrel", "why": "The paper says so"})

    assert event.title == "Two presidents quarrel"
    assert locks(event) == {"title": ("edith", "The paper says so")}
    assert "T" in event.corrections["title"]["at"]


def test_sending_an_unchanged_form_locks_nothing_and_writes_no_history(desk: Desk) -> None:
    event = make_event("Two presidents meet", make_actor(), description=" First line\nsecond line ")
    make_statement("Said on\ntwo lines", event=event)
    forget_history()

    desk.save(event, {})

    assert (event.corrections, event.history.count()) == ({}, 0)
    assert event.description == " First line\nsecond line "


def test_one_field_for_the_date_fills_bounds_and_precision_and_moves_the_event(desk: Desk) -> None:
    event = make_event(date=SECOND_OF_MARCH)
    later = make_event("Later", date=PartialDate.on(date(2025, 3, 1)))

    desk.save(event, {"when": "2025-02-28", "why": "Stated by the host"})

    assert bounds(event) == ("2025-02-28", "2025-02-28", "day", "human")
    assert event.date_reason == "Stated by the host"
    assert list(event.corrections) == ["date"]
    assert list(Event.objects.oldest_first()) == [event, later]


def test_a_date_with_an_outside_source_rests_on_it(desk: Desk) -> None:
    event = make_event(date=SECOND_OF_MARCH)

    desk.save(event, {"when": "2025-02-28", "source_title": "Diary of the house", "source_url": "https://a.example/d"})

    assert event.basis == DateBasis.EXTERNAL
    evidence = event.evidence.get()
    assert (evidence.outside_title, evidence.outside_url, evidence.by_hand) == (
        "Diary of the house",
        "https://a.example/d",
        True,
    )


def test_the_columns_of_the_date_can_be_set_one_by_one(desk: Desk) -> None:
    event = make_event(date=SECOND_OF_MARCH)

    desk.save(event, {"earliest": "2025-02-01", "latest": "2025-02-20", "precision": "range", "basis": "stated"})

    assert bounds(event) == ("2025-02-01", "2025-02-20", "range", "stated")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"when": "30 February 2025"}, "is no date"),
        ({"when": "2025-02-28", "latest": "2025-03-01"}, "It disagrees with “When”."),
        ({"earliest": "2025-02-01", "precision": "day"}, "needs the same day twice"),
        ({"earliest": "2025-03-01", "latest": "2025-02-01"}, "The latest day is before the earliest."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_in_words(desk: Desk, changes: dict[str, str], error: str) -> None:
    event = make_event(date=SECOND_OF_MARCH)

    found = desk.refused(event, changes)

    assert any(error in line for line in found), found
    event.refresh_from_db()
    assert event.corrections == {}


def test_statements_without_a_date_of_their_own_follow_their_event(desk: Desk) -> None:
    event = make_event(date=SECOND_OF_MARCH)
    undated = make_statement("We will see.", event=event)
    dated = make_statement("On Monday it was said.", event=event, date=TELEPHONE)
    locked = make_statement("Set by hand.", event=event)
    locked.lock(["date"], by="x", why="", at=timezone.now())
    locked.save()

    desk.save(event, {"when": "2025-02-28"})

    for statement in (undated, dated, locked):
        statement.refresh_from_db()
    assert (undated.date.edtf, dated.date.edtf, locked.date.edtf) == ("2025-02-28", "2025-02-12", "[..2025-03-02]")
    assert undated.corrections == {}


def test_a_lock_is_shown_with_who_when_and_why_and_can_be_released(desk: Desk) -> None:
    event = make_event("Two presidents meet")
    desk.save(event, {"title": "Two presidents quarrel", "why": "The paper says so"})

    page = text_of(desk.client.get(admin_url(event)).content)
    assert "Corrected by edith on" in page
    assert "because: The paper says so." in page
    desk.save(event, {"release_title": "on"})

    assert (event.title, event.corrections) == ("Two presidents meet", {})


def test_a_released_date_is_again_as_it_was_read_and_the_event_stands_there(desk: Desk) -> None:
    event = make_event("Two presidents meet", date=until(date(2025, 3, 2)))
    was = (event.date, event.chrono)
    desk.save(event, {"when": "2025-02-28", "why": "The agency says so"})
    desk.save(event, {"title": "Two presidents quarrel"})

    desk.save(event, {"release_date": "on"})

    assert (event.date, event.chrono) == was
    assert (event.title, list(event.corrections)) == ("Two presidents quarrel", ["title"])


def test_a_released_rejection_stays_decided(desk: Desk) -> None:
    event = make_event("Two presidents meet")
    desk.save(event, {}, "_reject")

    desk.save(event, {"release_status": "on"})

    assert (event.status, event.corrections) == ("rejected", {})


def test_changing_and_releasing_a_field_at_once_is_refused(desk: Desk) -> None:
    event = make_event("Two presidents meet")
    desk.save(event, {"title": "Two presidents quarrel"})

    assert desk.refused(event, {"title": "Another", "release_title": "on"}) == [
        "You have changed this field and released it too. Do one of both."
    ]


def test_adding_and_removing_actors_locks_them(desk: Desk) -> None:
    one, two = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar")
    event = make_event("They sign", one)
    form = desk.open(event)

    desk.save(event, new_inline("participations", form, actor=two.pk, role="signer", position=1))
    assert [p.actor for p in event.participations.all()] == [one, two]
    assert list(event.corrections) == ["actors"]

    desk.save(event, {"participations-0-DELETE": "on"})
    assert [p.actor for p in event.participations.all()] == [two]


def test_an_actor_named_twice_is_refused(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk")
    event = make_event("They sign", actor)
    form = desk.open(event)

    assert desk.refused(event, new_inline("participations", form, actor=actor.pk, role="", position=1)) != []


def test_a_statement_corrected_in_its_event_is_locked_itself(desk: Desk) -> None:
    speaker, other = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar")
    event = make_event("They sign", speaker)
    statement = make_statement("We sign today.", speaker=speaker, event=event)

    desk.save(event, {"statements-0-speaker": other.pk, "why": "It was the other"})

    statement.refresh_from_db()
    assert (statement.speaker, locks(statement)) == (other, {"speaker": ("edith", "It was the other")})
    assert event.corrections == {}


def test_a_statement_added_in_its_event_is_whole_a_persons_word(desk: Desk) -> None:
    speaker = make_actor("Olena Marchuk")
    event = make_event("They sign", speaker)
    form = desk.open(event)

    desk.save(event, new_inline("statements", form, text="Signed.", kind="direct", speaker=speaker.pk, medium="radio"))

    statement = event.statements.get()
    assert set(statement.corrections) == {"text", "kind", "speaker", "medium", "event", "status"}
    assert (statement.status, statement.date.edtf, statement.speaker_as_written) == (
        "confirmed",
        "2025-02-28",
        "Olena Marchuk",
    )
    assert statement.chrono is not None


def test_an_event_added_by_hand_needs_no_article(desk: Desk) -> None:
    actor, place = make_actor("Olena Marchuk"), make_place("Harbour")
    form = desk.open(Event)

    desk.save(
        Event,
        {
            "title": "The harbour opens",
            "kind": "decision",
            "when": "2025-02",
            "place": place.pk,
            "why": "I was there",
            **new_inline("participations", form, actor=actor.pk, role="", position=0),
        },
    )

    event = Event.objects.get()
    assert (event.title, event.status, event.place) == ("The harbour opens", EventStatus.CONFIRMED, place)
    assert bounds(event) == ("2025-02-01", "2025-02-28", "month", "human")
    assert set(event.corrections) == {"title", "kind", "date", "place", "status", "actors"}
    assert event.chrono is not None
    assert list(Event.objects.on_page()) == [event]


def test_an_event_added_with_an_outside_source_rests_on_it(desk: Desk) -> None:
    form = desk.open(Event)

    desk.save(
        Event,
        {
            "title": "The harbour opens",
            "kind": "decision",
            "when": "2025-02-14",
            **new_inline("evidence", form, stance="supports", outside_title="Gazette 12", outside_url=""),
        },
    )

    event = Event.objects.get()
    assert (event.basis, event.sources) == (DateBasis.EXTERNAL, 0)
    assert event.evidence.get().outside_title == "Gazette 12"


ARTICLE = "The “harbour” opened on Monday. Ships came. The mayor spoke on Monday. Ships left."


def test_a_passage_is_found_in_its_article_by_its_words(desk: Desk) -> None:
    article, event = make_article(ARTICLE), make_event("The harbour opens")
    form = desk.open(event)
    added = new_inline("evidence", form, article=article.pk, exact='The "harbour"\n opened', stance="supports")

    desk.save(event, added)

    evidence = event.evidence.get()
    assert (evidence.exact, evidence.start, evidence.end) == ("The “harbour” opened", 0, 20)
    assert article.text[evidence.start : evidence.end] == evidence.exact
    assert event.sources == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("The harbour closed", "do not stand in the article"),
        ("on Monday", "stand 2 times in the article"),
        ("", "Give the words of the article that prove it."),
    ],
)
def test_a_passage_that_does_not_stand_there_once_is_refused(desk: Desk, words: str, error: str) -> None:
    article, event = make_article(ARTICLE), make_event("The harbour opens")
    form = desk.open(event)

    found = desk.refused(event, new_inline("evidence", form, article=article.pk, exact=words, stance="supports"))

    assert any(error in line for line in found), found
    assert Evidence.objects.count() == 0


def test_more_words_around_a_passage_tell_two_places_apart(desk: Desk) -> None:
    article, event = make_article(ARTICLE), make_event("The mayor speaks")
    form = desk.open(event)
    around = "The mayor spoke on Monday"

    desk.save(
        event,
        new_inline("evidence", form, article=article.pk, exact="on Monday", around=around, stance="supports"),
    )

    assert event.evidence.get().start == ARTICLE.rindex("on Monday")


def test_evidence_without_any_source_is_refused(desk: Desk) -> None:
    event = make_event()
    form = desk.open(event)

    assert desk.refused(event, new_inline("evidence", form, stance="hedged")) == [
        "Evidence needs an article or an outside source."
    ]


def test_the_source_sentences_stand_beside_the_fields(desk: Desk) -> None:
    article = make_article(ARTICLE, title="Harbour opens at last")
    event = make_event("The harbour opens", review_reason="Weak")
    make_evidence(event, article, "Ships came.")

    page = desk.client.get(admin_url(event)).content.decode()

    assert "<mark>Ships came.</mark>" in page
    assert "Harbour opens at last" in page


def test_rejecting_takes_an_event_off_the_page_and_locks_that(desk: Desk) -> None:
    event = make_event()

    desk.save(event, {"why": "Nothing happened"}, button="_reject")
    assert (event.status, locks(event)) == ("rejected", {"status": ("edith", "Nothing happened")})
    assert list(Event.objects.on_page()) == []

    desk.save(event, {}, button="_restore")
    assert (event.status, list(event.corrections)) == ("confirmed", ["status"])


def test_choosing_the_date_of_one_article_reorders_and_the_others_stay_visible(desk: Desk) -> None:
    one, two = make_article("It was the 28th."), make_article("It was the 24th.", title="The other paper")
    event, between = make_event(date_disputed=True), make_event(date=PartialDate.on(date(2025, 2, 26)))
    Claim.objects.create(event=event, article=one, rank="preferred", **date_columns(event.date))
    other = Claim.objects.create(event=event, article=two, **date_columns(PartialDate.on(date(2025, 2, 24))))
    page = text_of(desk.client.get(admin_url(event)).content)
    assert "Save with 24 February 2025 as “The other paper” says" in page
    assert "Save with 28 February 2025" not in page

    desk.send(event, {**desk.open(event), "_claim": str(other.pk)})

    event.refresh_from_db()
    assert (event.date.edtf, event.basis, event.date_reason) == ("2025-02-24", "stated", "as “The other paper” says")
    assert list(event.corrections) == ["date"]
    assert list(Event.objects.oldest_first()) == [event, between]
    assert event.claims.count() == 2


def test_actions_decide_over_several_with_one_reason(desk: Desk) -> None:
    events = [make_event("One"), make_event("Two", status=EventStatus.REVIEW)]

    page = text_of(desk.act("reject", events, why="Rumours").content)
    assert "2 of 2 selected" not in page
    assert [locks(e) for e in Event.objects.all()] == [{"status": ("edith", "Rumours")}] * 2
    assert set(Event.objects.values_list("status", flat=True)) == {"rejected"}

    desk.act("restore", events)
    assert set(Event.objects.values_list("status", flat=True)) == {"confirmed"}


def test_a_deleted_event_never_comes_back(desk: Desk, editor: User) -> None:
    event = make_event("The harbour opens", make_actor())
    make_evidence(event, make_article(ARTICLE), "Ships came.", fingerprint="f1")
    statement = make_statement("Open!", event=event)

    page = desk.delete(event, why="A hoax")

    assert "never comes back" in page
    assert "Its statements stay" in page
    assert Event.objects.count() == 0
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.left, judgement.by, judgement.why) == ("rejected", "f1", editor, "A hoax")
    statement.refresh_from_db()
    assert statement.event is None


def test_deleting_several_statements_forbids_each_of_them(desk: Desk) -> None:
    article = make_article(ARTICLE)
    statements = [make_statement("One"), make_statement("Two")]
    for number, statement in enumerate(statements):
        make_evidence(statement, article, "Ships", fingerprint=f"s{number}")

    confirmation = desk.act("delete_selected", statements)
    assert "never comes back" in text_of(confirmation.content)
    assert Statement.objects.count() == 2
    desk.act("delete_selected", statements, post="yes")

    assert Statement.objects.count() == 0
    assert sorted(Judgement.objects.values_list("left", flat=True)) == ["s0", "s1"]


def test_a_stale_form_is_refused_with_the_difference_and_goes_through_when_sent_again(desk: Desk) -> None:
    event = make_event("Two presidents meet")
    mine = desk.open(event)
    desk.save(event, {"title": "Somebody else’s title"})

    refused = desk.send(event, {**mine, "title": "My title"})
    page = text_of(refused.content)
    assert "Nothing is saved yet" in page
    assert "it is now “Somebody else’s title”, you have “My title”" in page

    again = desk.send(
        event, {**mine, "title": "My title", "version": refused.context["adminform"].form["version"].value()}
    )
    event.refresh_from_db()
    assert (again.status_code, event.title) == (302, "My title")


def test_the_review_list_shows_why_each_waits(desk: Desk) -> None:
    make_event("Sure")
    make_event("Unsure", status=EventStatus.REVIEW, review_reason="Two dates")

    page = desk.client.get(admin_url(Event, "changelist"), {"status__exact": "review"})

    rows = [result.title for result in page.context["cl"].result_list]
    assert rows == ["Unsure"]
    assert "Two dates" in text_of(page.content)


FIELDS = {
    "title": st.sampled_from(["One", "Two", "Three"]),
    "description": st.sampled_from(["", "In short", "At\nlength"]),
    "kind": st.sampled_from(["meeting", "vote"]),
    "when": st.sampled_from(["2025-02-28", "2025-02", "2025", "..2025-03-02", ""]),
    "date_display": st.sampled_from(["", "spring"]),
    "status": st.sampled_from(["automatic", "confirmed", "rejected"]),
    "hedged": st.sampled_from(["on", ""]),
}
EDITS = st.lists(st.fixed_dictionaries({}, optional=FIELDS), max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_after_any_edits_every_field_that_differs_is_locked(desk: Desk, edits: list[dict[str, str]]) -> None:
    event = make_event("One", date=SECOND_OF_MARCH)
    before = {name: getattr(event, name) for name in FIELDS if name != "when"} | {"date": event.date.edtf}

    for edit in edits:
        changes = {name: value for name, value in edit.items() if value or name != "hedged"}
        desk.save(event, changes)

    after = {name: getattr(event, name) for name in FIELDS if name != "when"} | {"date": event.date.edtf}
    assert {name for name in before if before[name] != after[name]} <= event.locked_fields
