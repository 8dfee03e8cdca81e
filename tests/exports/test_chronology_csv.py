"""The CSV, as a spreadsheet and as a person see it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.reading import read_rows, restored
from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher, make_statement
from timeline.exports.cells import LONGEST
from timeline.exports.chronology_csv import write_csv
from timeline.exports.columns import CORE, TIMELINEJS, TIMESKETCH, Layout
from timeline.exports.entries import read_entries, undated_count
from timeline.ingest.derived import refresh
from timeline.models import Event, EventRelation, Statement
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

SITE = "https://timeline.example"
QUERIES_A_BATCH = 9


def export(layout: Layout = Layout.EVERYTHING, *, newest_first: bool = False) -> str:
    events = Event.objects.on_page()
    ordered = events.newest_first() if newest_first else events.oldest_first()
    return "".join(write_csv(ordered, Statement.objects.on_page().oldest_first(), site=SITE, layout=layout))


def last_change(event: Event) -> str:
    return event.history.latest().history_date.isoformat(timespec="seconds")


@pytest.mark.django_db
def test_an_empty_chronology_is_a_header():
    assert export(Layout.TIMESKETCH) == "\ufeffmessage,datetime,timestamp_desc,tag\r\n"


def test_every_line_ends_as_spreadsheets_expect(chronology):
    content = export()
    assert content.startswith("\ufefforder,entry_id,")
    assert content.endswith("\r\n")
    assert content.count("\n") == content.count("\r\n") == 1 + 4 + 2


def test_statements_follow_their_event(chronology):
    rows = [(row["order"], row["entry_type"], restored(row["title"])) for row in read_rows([export()])]
    assert rows == [
        ("1", "event", "Dockers strike"),
        ("2", "event", "Ann Lee meets the dockers"),
        ("3", "statement", "Ann Lee: “We open on Monday,”"),
        ("4", "statement", "officials: the harbour is safe & sound"),
        ("5", "event", "Ann Lee leaves early"),
        ("6", "event", "=Cargo() is counted"),
    ]


@pytest.mark.django_db
def test_an_order_that_the_dates_contradict_is_told_with_its_sentence():
    article = make_article("The remarks came after the clash.", publisher=make_publisher("Echo"))
    clash, remarks = make_event("They clash"), make_event("He remarks", date=PartialDate.on(date(2025, 2, 24)))
    EventRelation.objects.create(kind="after", source=remarks, target=clash, article=article, start=0, end=33)
    refresh([clash.pk])

    told = {row["title"]: row["conflicts"] for row in read_rows([export()])}

    assert told == {
        "He remarks": "Echo: after “They clash” (“The remarks came after the clash.”)",
        "They clash": "Echo: before “He remarks” (“The remarks came after the clash.”)",
    }


def test_the_newest_come_first_where_asked(chronology):
    titles = [row["title"] for row in read_rows([export(newest_first=True)]) if row["entry_type"] == "event"]
    assert titles == ["'=Cargo() is counted", "Ann Lee leaves early", "Ann Lee meets the dockers", "Dockers strike"]


def test_an_event_row_says_everything(chronology):
    event = chronology["Ann Lee meets the dockers"]
    row = read_rows([export()])[1]
    assert row == {
        **dict.fromkeys([*CORE, *TIMELINEJS, *TIMESKETCH], ""),
        "updated_at": last_change(event),
        "order": "2",
        "entry_id": event.uid,
        "entry_type": "event",
        "title": "Ann Lee meets the dockers",
        "date_display": "1 March 2025",
        "date_earliest": "2025-03-01",
        "date_latest": "2025-03-01",
        "date_precision": "day",
        "date_edtf": "2025-03-01",
        "date_basis": "stated",
        "kind": "meeting",
        "actors": "Ann Lee; Dockers’ Union",
        "places": "Quay; Harbour",
        "description": "At the <quay>.",
        "source_title": "Harbour to open",
        "source_publisher": "Harbour Dispatch",
        "source_author": "Jo Park; Ali Ray",
        "source_published": "2025-03-02T11:40:00+05:30",
        "source_url": "https://dispatch.example/1",
        "evidence": "Ann Lee met the dockers at the harbour.",
        "evidence_locator": "chars 0-39",
        "source_count": "2",
        "confidence": "0.88",
        "status": "automatic",
        "corrected_fields": "title",
        "conflicts": "Echo: February 2025 (month only)",
        "permalink": f"{SITE}/events/{event.uid}/",
        "Year": "2025",
        "Month": "3",
        "Day": "1",
        "Display Date": "1 March 2025",
        "Headline": "Ann Lee meets the dockers",
        "Text": "<p>At the &lt;quay&gt;.</p>"
        "<blockquote>“We open on Monday,”<br><cite>Ann Lee, Radio Coast</cite></blockquote>"
        "<blockquote>the harbour is safe &amp; sound<br><cite>officials</cite></blockquote>"
        f'<p><a href="{SITE}/events/{event.uid}/">Sources and evidence</a></p>',
        "Group": "Meeting",
        "message": "Ann Lee meets the dockers",
        "datetime": "2025-03-01T00:00:00+00:00",
        "timestamp_desc": "Occurred (day only)",
        "tag": '["meeting", "corrected"]',
    }


def test_a_statement_row_is_verbatim_and_leaves_no_slide(chronology):
    event = chronology["Ann Lee meets the dockers"]
    statement = event.statements.oldest_first()[0]
    row = read_rows([export()])[2]
    said = {name: row[name] for name in ("entry_id", "parent_event_id", "speaker", "quote", "quote_kind", "medium")}
    assert said == {
        "entry_id": statement.uid,
        "parent_event_id": event.uid,
        "speaker": "Ann Lee",
        "quote": "We open on Monday,",
        "quote_kind": "direct",
        "medium": "Radio Coast",
    }
    assert (row["kind"], row["evidence"], row["source_count"]) == ("statement", "“We open on Monday,”", "1")
    assert row["permalink"] == f"{SITE}{event.get_absolute_url()}#s{statement.uid}"
    assert [row[name] for name in TIMELINEJS] == [""] * len(TIMELINEJS)


def test_a_bound_is_said_to_be_one_in_every_group_of_columns(chronology):
    row = read_rows([export()])[4]
    assert (row["date_display"], row["date_earliest"], row["date_latest"], row["date_edtf"]) == (
        "on or before 2 March 2025 (date not stated)",
        "",
        "2025-03-02",
        "[..2025-03-02]",
    )
    assert (row["Year"], row["Month"], row["Day"], row["Display Date"]) == ("2025", "3", "2", row["date_display"])
    assert (row["datetime"], row["timestamp_desc"]) == (
        "2025-03-02T06:10:00+00:00",
        "Latest possible: source published (date not stated)",
    )
    assert (row["status"], row["tag"]) == ("automatic; hedged", '["meeting", "hedged"]')


@pytest.mark.django_db
def test_a_time_of_day_is_written_on_the_clock_of_its_zone():
    when = PartialDate(
        earliest=date(2025, 2, 28),
        latest=date(2025, 2, 28),
        precision=DatePrecision.MINUTE,
        basis=DateBasis.STATED,
        instant=datetime(2025, 3, 1, 1, 30, tzinfo=UTC),
        clock=time(20, 30),
        zone="America/New_York",
    )
    make_event(date=when)
    row = read_rows([export()])[0]
    names = ("date_display", "date_edtf", "timezone", "Day", "Time", "datetime", "timestamp_desc")
    assert [row[name] for name in names] == [
        "28 February 2025, 20:30 America/New_York",
        "2025-02-28T20:30-05:00",
        "America/New_York",
        "28",
        "20:30",
        "2025-03-01T01:30:00+00:00",
        "Occurred",
    ]


def test_an_event_without_a_date_is_counted_and_has_no_date_cells(chronology):
    row = read_rows([export()])[5]
    assert (row["Year"], row["datetime"], row["date_edtf"], row["date_display"]) == (
        "",
        "",
        "",
        "date unknown",
    )
    assert undated_count(Event.objects.on_page()) == 1


@pytest.mark.parametrize(
    ("layout", "columns"),
    [
        (Layout.EVERYTHING, CORE + TIMELINEJS + TIMESKETCH),
        (Layout.CORE, CORE),
        (Layout.TIMELINEJS, TIMELINEJS),
        (Layout.TIMESKETCH, TIMESKETCH),
    ],
)
def test_a_layout_has_its_own_columns_with_the_same_cells(chronology, layout, columns):
    everything = read_rows([export()])
    if layout is Layout.TIMELINEJS:
        everything = [row for row in everything if row["entry_type"] == "event"]
    assert read_rows([export(layout)]) == [{name: row[name] for name in columns} for row in everything]


def test_a_tag_is_always_a_list(chronology):
    assert all(json.loads(row["tag"]) for row in read_rows([export(Layout.TIMESKETCH)]))


@pytest.mark.django_db
def test_a_slide_of_very_long_quotes_stays_whole_html():
    event = make_event("A long speech")
    for _ in range(9):
        make_statement("<&> " * 1000, event=event)
    text = read_rows([export()])[0]["Text"]
    assert len(text) <= LONGEST
    assert text.count("<blockquote>") == text.count("</blockquote>") == 2
    assert text.endswith(f'<p>…</p><p><a href="{SITE}/events/{event.uid}/">Sources and evidence</a></p>')


@pytest.mark.django_db
def test_evidence_from_outside_names_its_source():
    event = make_event()
    event.evidence.create(outside_title="Minutes of the council", outside_url="https://council.example/m")
    row = read_rows([export()])[0]
    assert (row["source_title"], row["source_url"], row["evidence_locator"]) == (
        "Minutes of the council",
        "https://council.example/m",
        "",
    )


@pytest.mark.django_db
def test_a_passage_against_it_is_no_proof():
    event, article = make_event(), make_article("It never happened. It happened.")
    make_evidence(event, article, "It never happened.", stance="contradicts")
    make_evidence(event, article, "It happened.")
    assert read_rows([export()])[0]["evidence"] == "It happened."


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=5, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_field_comes_back_as_it_was(db, texts):
    title, description, quote, medium, speaker = (text[:150] for text in texts)
    event = make_event(title, description=description)
    make_statement(quote, event=event, medium=medium, speaker_as_written=speaker)
    events = Event.objects.filter(pk=event.pk).oldest_first()
    happened, said = read_rows(write_csv(events, Statement.objects.oldest_first(), site=SITE))
    assert [restored(happened[name]) for name in ("title", "description", "message")] == [title, description, title]
    assert [restored(said[name]) for name in ("quote", "medium", "speaker")] == [quote, medium, speaker]


@pytest.mark.django_db
def test_a_statement_of_several_lines_has_a_title_of_one():
    make_statement("One.\n\nTwo.", event=make_event(), speaker_as_written="officials")
    said = read_rows([export()])[1]
    assert (said["title"], said["quote"]) == ("officials: “One. Two.”", "One.\n\nTwo.")


def fill(number: int) -> None:
    """Events with everything an entry can have, each with rows of its own."""
    known = Event.objects.count()
    for i in range(known, known + number):
        article = make_article(f"It happened, number {i}.", url=f"https://dispatch.example/{i}")
        actor = make_actor(f"Actor {i}")
        event = make_event(f"Event {i}", actor)
        statement = make_statement(f"number {i}", event=event, speaker=actor)
        make_evidence(event, article, "It happened")
        make_evidence(statement, article, f"number {i}")


@pytest.mark.django_db
def test_a_batch_costs_the_same_number_of_queries_whatever_is_in_it(django_assert_num_queries):
    def read(size: int) -> int:
        return len(list(read_entries(Event.objects.oldest_first(), Statement.objects.oldest_first(), size=size)))

    # The keys are asked for once.
    fill(3)
    with django_assert_num_queries(1 + QUERIES_A_BATCH):
        assert read(100) == 3
    fill(9)
    with django_assert_num_queries(1 + QUERIES_A_BATCH):
        assert read(100) == 12
    with django_assert_num_queries(1 + 2 * QUERIES_A_BATCH):
        assert read(8) == 12


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7])
@pytest.mark.parametrize("newest_first", [False, True])
def test_batches_lose_and_double_nothing(size, newest_first):
    fill(6)
    events = Event.objects.newest_first() if newest_first else Event.objects.oldest_first()
    entries = read_entries(events, Statement.objects.oldest_first(), size=size)
    assert [entry.event.pk for entry in entries] == [event.pk for event in events]


@pytest.mark.django_db
def test_rows_are_read_only_when_they_are_asked_for(django_assert_num_queries):
    fill(6)
    entries = read_entries(Event.objects.oldest_first(), Statement.objects.oldest_first(), size=2)
    with django_assert_num_queries(1 + QUERIES_A_BATCH):
        assert len(list(islice(entries, 2))) == 2
    with django_assert_num_queries(QUERIES_A_BATCH):
        next(entries)
