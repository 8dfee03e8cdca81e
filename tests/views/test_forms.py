"""What an address means, and what it must not say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement
from tests.views.conftest import World
from timeline.forms import ChronologyForm, PlainForm, StatementsForm
from timeline.models import Actor, Article, Event, Statement
from timeline.vocabulary import EventKind, EventStatus, PartialDate, StatementKind

Counted = Callable[..., AbstractContextManager[Any]]
KNOWN = (
    "q, actor, speaker, place, publisher, story, kind, quote, direct, indirect, status, from, to, exact, top, sort,"
    " after"
)


def asked(query: str) -> ChronologyForm:
    form = ChronologyForm(QueryDict(query))
    assert form.is_valid(), form.problems
    return form


def titles(query: str) -> list[str]:
    return [event.title for event in asked(query).events()]


def problems(query: str) -> list[tuple[str, str, str]]:
    form = ChronologyForm(QueryDict(query))
    assert not form.is_valid()
    return form.problems


def test_events_stand_in_their_order_oldest_first(world: World) -> None:
    in_order = ["Russia invades Ukraine", "Trump and Zelenskyy clash", "Trump posts a message", "Putin offers minerals"]
    assert titles("") == in_order
    assert titles("sort=newest") == in_order[::-1]


def test_rejected_and_waiting_events_are_not_shown(world: World) -> None:
    Event.objects.filter(pk=world.clash.pk).update(status=EventStatus.REVIEW)
    Event.objects.filter(pk=world.post.pk).update(status=EventStatus.REJECTED)
    assert titles("") == ["Russia invades Ukraine", "Putin offers minerals"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=minerals", ["Putin offers minerals"]),
        ("q=partners+PUTIN", ["Putin offers minerals"]),
        ("q=zelensky", ["Trump and Zelenskyy clash"]),
        ("actor=Donald Trump", ["Trump and Zelenskyy clash", "Trump posts a message"]),
        ("actor=trump&actor=Zelensky", ["Trump and Zelenskyy clash"]),
        ("speaker=Vladimir Putin", ["Putin offers minerals"]),
        ("speaker=Donald Trump&indirect", []),
        ("speaker=Vladimir Putin&indirect", ["Putin offers minerals"]),
        ("direct", ["Trump posts a message", "Putin offers minerals"]),
        ("direct&indirect", ["Trump posts a message", "Putin offers minerals"]),
        ("quote&indirect", ["Putin offers minerals"]),
        ("quote=1", ["Trump posts a message", "Putin offers minerals"]),
        ("place=Oval Office", ["Trump and Zelenskyy clash"]),
        ("place=White House", ["Trump and Zelenskyy clash"]),
        ("publisher=harbour dispatch&actor=Putin", ["Putin offers minerals"]),
        ("kind=attack", ["Russia invades Ukraine"]),
        ("status=hedged", ["Trump posts a message"]),
        ("status=confirmed", []),
        ("from=2022-06&to=2022-06&exact=0", ["Russia invades Ukraine", "*"]),
        ("from=2025-03-03", []),
        ("to=2021", ["*"]),
        ("exact", []),
        ("direct=no&actor=", ["Russia invades Ukraine", "*"]),
    ],
)
def test_each_filter_leaves_its_events(world: World, query: str, found: list[str]) -> None:
    """A star stands for the three events of which only a latest day is known: any day before it may be theirs."""
    bounded = ["Trump and Zelenskyy clash", "Trump posts a message", "Putin offers minerals"]
    assert titles(query) == [title for one in found for title in (bounded if one == "*" else [one])]


def test_a_uid_names_its_row_too(world: World) -> None:
    assert titles(f"speaker={world.putin.uid}&place=") == ["Putin offers minerals"]
    assert titles(f"place={world.office.uid}") == ["Trump and Zelenskyy clash"]


def test_a_name_with_the_form_of_a_uid_is_found_and_gives_way_to_a_uid(world: World) -> None:
    Actor.objects.filter(pk=world.putin.pk).update(name="bcdfghjkmnpq")
    assert titles("speaker=bcdfghjkmnpq") == ["Putin offers minerals"]
    Actor.objects.filter(pk=world.putin.pk).update(name=world.trump.uid)
    assert titles(f"actor={world.trump.uid}") == titles("actor=Donald+Trump") != []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks through tables of a few rows")
def test_a_uid_is_not_looked_for_among_all_names(world: World, django_assert_num_queries: Counted) -> None:
    with django_assert_num_queries(1) as queries:
        asked(f"actor={world.trump.uid}")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        assert str(cursor.fetchone()[-1]).endswith("(uid=?)")


def running_story(world: World) -> None:
    """The clash, and a later article that carries it on with the remarks, and tells the invasion too."""
    later = make_article("Putin offers minerals. Russia invaded.", main_event=world.remarks, carries_on=world.clash)
    make_evidence(world.invasion, later, "Russia invaded")
    Article.objects.filter(pk=world.article.pk).update(main_event=world.clash)


def test_a_running_story_is_all_that_its_articles_tell(world: World) -> None:
    running_story(world)
    make_event("Something else")
    bounded = ["Trump and Zelenskyy clash", "Trump posts a message", "Putin offers minerals"]

    assert titles(f"story={world.clash.uid}") == ["Russia invades Ukraine", *bounded]
    assert titles(f"story={world.remarks.uid}") == ["Russia invades Ukraine", *bounded]
    assert asked(f"story={world.remarks.uid}").querystring() == f"story={world.clash.uid}"
    for other in (world.invasion.uid, "zzz"):
        assert problems(f"story={other}") == [("story", other, f"No running story here goes by “{other}”.")]


def test_a_running_story_goes_by_another_event_where_its_head_is_off_the_page(world: World) -> None:
    running_story(world)
    Event.objects.filter(pk=world.clash.pk).update(status=EventStatus.REJECTED)

    form = asked(f"story={world.clash.uid}")

    assert str(form.value("story")) == "Putin offers minerals"
    assert [event.title for event in form.events()] == [
        "Russia invades Ukraine", "Trump posts a message", "Putin offers minerals"
    ]  # fmt: skip
    Event.objects.filter(pk=world.remarks.pk).update(status=EventStatus.REJECTED)
    assert problems(f"story={world.clash.uid}")[0][0] == "story"


def test_a_running_story_follows_a_merge(world: World) -> None:
    running_story(world)
    double = make_event("A clash", merged_into=world.clash, status=EventStatus.MERGED)

    assert titles(f"story={double.uid}") == titles(f"story={world.clash.uid}")


def test_speaker_and_kind_mean_the_same_statement(world: World) -> None:
    make_statement("And he is right", speaker=world.trump, event=world.remarks, kind=StatementKind.DIRECT)
    assert titles("speaker=Donald Trump&indirect") == []


def test_statements_are_those_the_filter_lets_through(world: World) -> None:
    form = asked("speaker=Vladimir Putin&direct")
    assert [statement.text for statement in form.statements()] == ["We are ready to work with our partners"]
    assert [statement.text for statement in asked("kind=meeting").statements()] == [
        "We are ready to work with our partners",
        "reserves are large",
        "He can come back.",
    ]


def test_a_disputed_date_is_a_dispute(db: None) -> None:
    make_event("One", date_disputed=True)
    make_event("Two", status=EventStatus.DISPUTED)
    make_event("Three")
    assert titles("status=disputed") == ["One", "Two"]


def test_the_most_important_of_what_the_other_filters_let_through_stand_in_their_order(db: None) -> None:
    for n, (title, importance) in enumerate([("Minor", 1.0), ("Great", 9.0), ("Tied", 4.0), ("Also tied", 4.0)]):
        make_event(title, date=PartialDate.on(date(2025, 3, 1 + n)), importance=importance)
    make_event("Greatest, elsewhere", kind=EventKind.ATTACK, importance=99.0)
    make_event("Waits", importance=99.0, status=EventStatus.REVIEW)

    assert titles("kind=meeting&top=2") == ["Great", "Tied"]
    assert titles("kind=meeting&top=3&sort=newest") == ["Also tied", "Tied", "Great"]
    assert titles("kind=meeting&top=1000") == titles("kind=meeting")
    assert asked("top=02&sort=newest").querystring() == "top=2&sort=newest"


def test_of_the_most_important_only_three_are_of_one_day_while_others_are_left(db: None) -> None:
    for n in range(5):
        make_event(f"Blast {n}", date=PartialDate.on(date(2025, 3, 1)), importance=9.0 - n)
    make_event("Inquiry", date=PartialDate.on(date(2025, 3, 8)), importance=1.0)
    make_event("Open", date=PartialDate.until(date(2025, 3, 9)), importance=0.5)

    assert set(titles("top=4")) == {"Blast 0", "Blast 1", "Blast 2", "Inquiry"}
    assert set(titles("top=6")) == {"Blast 0", "Blast 1", "Blast 2", "Blast 3", "Inquiry", "Open"}
    assert titles("top=4&to=2025-03-01&exact=1") == ["Blast 0", "Blast 1", "Blast 2", "Blast 3"]


def test_dates_may_be_years_months_and_days(db: None) -> None:
    form = asked("from=2024&to=2024-02")
    assert (form.value("from"), form.value("to")) == (date(2024, 1, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "direct=maybe",
            ("direct", "maybe", "It is either on (present, 1, on, true, yes) or off (0, off, false, no)."),
        ),
        ("from=2025-02-30", ("from", "2025-02-30", "There is no such day in the calendar.")),
        ("to=soon", ("to", "soon", "Write a day as 2025-03-02, a month as 2025-03 or a year as 2025.")),
        ("from=2025&to=2024", ("to", "2024", "It is before “from”: 2024-12-31, 2025-01-01.")),
        ("speaker=Nobody", ("speaker", "Nobody", "No speaker here is called “Nobody”.")),
        ("sort=best", ("sort", "best", "It is one of: oldest, newest.")),
        ("top=0", ("top", "0", "It is a whole number from 1 to 1,000.")),
        ("top=1001", ("top", "1001", "It is a whole number from 1 to 1,000.")),
        ("top=-5", ("top", "-5", "It is a whole number from 1 to 1,000.")),
        ("top=%D9%A7", ("top", "٧", "It is a whole number from 1 to 1,000.")),
        (f"top={'9' * 150}", ("top", "9" * 59 + "…", "It is a whole number from 1 to 1,000.")),
        ("top=5&top=6", ("top", "5, 6", "It is given 2 times; give it once.")),
        (
            "after=9223372036854775808",
            ("after", "9223372036854775808", "It is no place in the list; go back to the first page."),
        ),
        ("q=a&q=b", ("q", "a, b", "It is given 2 times; give it once.")),
        ("q=%00", ("q", "\0", "It contains a NUL character.")),
        (f"q={'x' * 201}", ("q", "x" * 59 + "…", "It is 201 characters long; at most 200 are read.")),
        (
            "q=" + "+".join("abcdefghijklm"),
            ("q", "a b c d e f g h i j k l m", "It has 13 words; at most 12 are searched for."),
        ),
        (
            "q=a&colour=red",
            (
                "",
                "",
                f"“colour” is no parameter of this page. It knows: {KNOWN}.",
            ),
        ),
    ],
)
def test_what_makes_no_sense_is_said(db: None, query: str, problem: tuple[str, str, str]) -> None:
    assert problems(query) == [problem]


def test_more_than_ten_actors_are_too_many(db: None) -> None:
    query = "&".join(f"actor=n{n}" for n in range(11))
    (found,) = problems(query)
    assert found[2] == "It is given 11 times; at most 10 are looked for."


def test_a_name_of_two_rows_asks_for_the_id(db: None) -> None:
    one, other = make_actor("Ann Lee", "Lee"), make_actor("Bo Lee", "Lee")
    (found,) = problems("actor=Lee")
    assert found == (
        "actor",
        "Lee",
        f"“Lee” may be any of 2: Ann Lee ({one.uid}); Bo Lee ({other.uid}). Give the id in brackets.",
    )


def test_an_exact_name_goes_before_an_alias(db: None) -> None:
    make_actor("Georgia Moss", "Georgia")
    country = make_actor("Georgia")
    assert asked("actor=Georgia").value("actor") == [country]


def test_places_of_one_name_ask_for_the_id(db: None) -> None:
    make_place("Victoria", country="Seychelles")
    make_place("Victoria", country="Australia")
    assert [name for name, _, _ in problems("place=Victoria")] == ["place"]


def test_the_query_string_says_the_state_once_and_in_order(world: World) -> None:
    form = asked("to=2025&q=deal&after=7&indirect=no&direct&actor=putin&sort=oldest&from=")
    putin = world.putin.uid
    assert form.querystring() == f"q=deal&actor={putin}&direct=1&to=2025-12-31"
    assert form.querystring(q=None, from_=date(2024, 1, 1)) == f"actor={putin}&direct=1&from=2024-01-01&to=2025-12-31"
    assert form.querystring(actor=[world.putin, world.trump], direct=None, to=None, q=None) == (
        f"actor={putin}&actor={world.trump.uid}"
    )
    assert form.address("/", q=None, actor=None, direct=None, to=None) == "/"


def test_a_page_without_parameters_says_so(db: None) -> None:
    form = PlainForm(QueryDict("x=1"))
    assert not form.is_valid()
    assert form.problems == [("", "", "“x” is no parameter of this page. It takes none.")]


def test_statements_are_found_by_words_medium_and_kind(world: World) -> None:
    def texts(query: str) -> list[str]:
        form = StatementsForm(QueryDict(query))
        assert form.is_valid(), form.problems
        keys = form.answer().keys(newest_first=form.newest_first, limit=10)
        return [Statement.objects.get(pk=key.row).text for key in keys]

    assert texts("q=partners+ready") == ["We are ready to work with our partners"]
    assert texts("medium=truth social") == ["He can come back."]
    assert texts("kind=indirect") == ["reserves are large"]
    assert texts("speaker=Vladimir Putin&direct") == ["We are ready to work with our partners"]
    assert texts("speaker=Vladimir Putin&sort=newest") == [
        "reserves are large",
        "We are ready to work with our partners",
    ]
    assert texts("from=2026") == []


NAMES = ["q", "actor", "speaker", "place", "kind", "quote", "direct", "status", "from", "to", "exact", "sort", "after"]


class TestLaws(TestCase):
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES), st.sampled_from(["", "1", "oldest", "newest", "2024", "2024-02", "meeting"])
            )
        )
    )
    def test_a_valid_state_survives_its_own_query_string(self, pairs: list[tuple[str, str]]) -> None:
        data = QueryDict(mutable=True)
        for name, value in pairs:
            data.appendlist(name, value)
        form = ChronologyForm(data)
        if form.is_valid():
            again = ChronologyForm(QueryDict(form.querystring()))
            assert again.is_valid()
            assert again.parameters() == form.parameters()
            assert str(again.events().query) == str(form.events().query)

    @given(on_last=st.booleans(), start=st.dates(), end=st.dates())
    def test_bounds_are_inclusive_on_both_sides(self, on_last: bool, start: date, end: date) -> None:
        start, end = min(start, end), max(start, end)
        make_event("Inside", date=PartialDate.on(end if on_last else start))
        form = ChronologyForm(QueryDict(f"from={start.isoformat()}&to={end.isoformat()}"))
        assert form.is_valid()
        assert [event.title for event in form.events()] == ["Inside"]
