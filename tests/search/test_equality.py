"""The index gives what the plain queries give, whatever has happened."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_event
from tests.search.plain import Asked, AskedToo, contains, exactly, exactly_said, plain_events
from tests.search.worlds import KINDS, MEDIA, WORDS, World, some_day
from timeline.models import Actor, Article, Event, Participation, Place, Publisher
from timeline.search import asking
from timeline.search.generations import READ
from timeline.search.query import EventQuery, Query
from timeline.search.rebuild import rebuild
from timeline.search.tags import Facet
from timeline.vocabulary import StatementKind

MARKS = ("automatic", "confirmed", "disputed", "corrected", "hedged")
PARTS_OF_WORDS = (*WORDS, "pe", "cl", "zurich", "uber", "leeds", "zola", "o", "cafe", "&", "Ann Lee")
many = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def some_filters(pick: random.Random) -> Asked:
    def maybe(rows):
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        return pick.choice(pks) if pks and pick.random() < 0.25 else None

    days = sorted(some_day(pick) for _ in range(2))
    speaking = pick.random() < 0.3
    return Asked(
        words=" ".join(pick.choices(PARTS_OF_WORDS, k=pick.randint(1, 2))) if pick.random() < 0.4 else "",
        actors=tuple(dict.fromkeys(one for _ in range(2) if (one := maybe(Actor.objects.all())))),
        speaker=maybe(Actor.objects.all()),
        kinds=tuple(pick.sample(list(StatementKind), k=pick.randint(1, 3))) if speaking else (),
        place=maybe(Place.objects.all()),
        publisher=maybe(Publisher.objects.all()),
        story=maybe(Event.objects.all()),
        kind=pick.choice(KINDS).value if pick.random() < 0.2 else None,
        mark=pick.choice(MARKS) if pick.random() < 0.2 else None,
        exact=pick.random() < 0.2,
        first=days[0] if pick.random() < 0.4 else None,
        last=days[1] if pick.random() < 0.4 else None,
    )


def assert_equal(pick: random.Random, asked: Asked) -> None:
    answer = asking.events(asked.query())
    wanted = exactly(asked)
    keys = answer.keys(limit=1000)
    assert [key.row for key in keys] == wanted
    assert [key.row for key in answer.keys(newest_first=True, limit=1000)] == wanted[::-1]
    assert answer.size == answer.total == len(wanted)
    assert answer.rows() == set(wanted)
    assert [row for batch in answer.batches(size=2) for row in batch] == wanted
    assert [one.row for one in answer.found] == wanted[::-1]
    narrowed = Event.objects.filter(chrono__in=answer.places())
    assert set(narrowed.values_list("pk", flat=True)) == set(wanted)
    bounds = Event.objects.filter(pk__in=wanted).order_by().values_list("earliest", "latest")
    assert Counter(dict_of(answer.density)) == Counter(bounds)
    if keys:
        after = pick.choice(keys)
        at = keys.index(after)
        assert answer.keys(after=after.chrono, limit=2) == keys[at + 1 : at + 3]
        assert answer.keys(after=after.chrono, newest_first=True, limit=2) == keys[:at][::-1][:2]


def dict_of(density):
    counted = Counter()
    for first, last, number in density:
        counted[first, last] += number
    return counted


def assert_totals() -> None:
    answer = asking.events(Asked().query())
    shown = plain_events(Asked())
    taking_part = Counter(Participation.objects.filter(event__in=shown).values_list("actor", flat=True))
    assert dict(answer.tally(Facet.ACTOR)) == {f"a{actor}": number for actor, number in taking_part.items()}
    assert dict(answer.tally(Facet.KIND)) == {f"k{kind}": n for kind, n in Counter(e.kind for e in shown).items()}


@pytest.mark.django_db
@many
@given(seed=st.integers(0, 2**32), acts=st.integers(0, 12))
def test_filters_give_the_events_of_the_plain_query_after_any_acts(seed: int, acts: int) -> None:
    with transaction.atomic():
        pick = random.Random(seed)
        world = World(seed)
        world.happen(acts)
        for _ in range(6):
            assert_equal(pick, some_filters(pick))
        assert_totals()
        transaction.set_rollback(True)


@pytest.mark.django_db
@many
@given(seed=st.integers(0, 2**32), acts=st.integers(0, 8))
def test_filters_give_the_statements_of_the_plain_query(seed: int, acts: int) -> None:
    with transaction.atomic():
        pick = random.Random(seed)
        world = World(seed)
        world.happen(acts)
        for _ in range(6):
            days = sorted(some_day(pick) for _ in range(2))
            asked = AskedToo(
                words=pick.choice(PARTS_OF_WORDS) if pick.random() < 0.4 else "",
                speaker=pick.choice([*Actor.objects.values_list("pk", flat=True)]) if pick.random() < 0.3 else None,
                kinds=tuple(pick.sample(list(StatementKind), k=pick.randint(0, 2))),
                medium=pick.choice(MEDIA),
                first=days[0] if pick.random() < 0.4 else None,
                last=days[1] if pick.random() < 0.4 else None,
            )
            answer = asking.statements(asked.query())
            wanted = exactly_said(asked)
            assert [key.row for key in answer.keys(limit=1000)] == wanted
            assert [key.row for key in answer.keys(newest_first=True, limit=1000)] == wanted[::-1]
            assert answer.size == len(wanted)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), acts=st.integers(0, 8))
def test_words_give_the_articles_whose_headline_or_address_has_them(seed: int, acts: int) -> None:
    with transaction.atomic():
        pick = random.Random(seed)
        World(seed).happen(acts)
        for article in Article.objects.order_by("pk"):
            headline = " ".join(pick.choices(WORDS, k=3))
            Article.objects.filter(pk=article.pk).update(title=headline, latest=some_day(pick), earliest=None)
        for typed in pick.choices(PARTS_OF_WORDS, k=6):
            rows = [one for one in Article.objects.order_by("latest", "pk") if contains([one.title, one.url], typed)]
            answer = asking.articles(Query().containing(typed))
            assert [key.row for key in answer.keys(limit=1000)] == [one.pk for one in rows]
            assert [key.row for key in answer.keys(newest_first=True, limit=1000)] == [one.pk for one in rows[::-1]]
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("nowhere", [EventQuery().containing("&"), EventQuery().containing("“…”").marked("confirmed")])
def test_a_question_that_no_part_of_the_list_answers_gives_nothing_in_every_way(nowhere: EventQuery) -> None:
    make_event("The port & the mine", status="confirmed")
    answer = asking.events(nowhere)

    assert nowhere.stretches() == []
    assert (answer.keys(limit=10), answer.size, answer.rows(), answer.density) == ([], 0, set(), [])
    assert list(Event.objects.filter(chrono__in=answer.places())) == []
    assert Event.objects.exclude(chrono__in=answer.places()).count() == 1


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_what_is_counted_by_scanning_equals_what_is_counted_one_by_one(seed: int) -> None:
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        pick = random.Random(seed)
        World(seed)
        patch.setattr(asking, "MOST_COUNTED", 1)
        for _ in range(6):
            asked = some_filters(pick)
            wanted = exactly(asked)
            answer = asking.events(asked.query())
            assert answer.is_whole == (len(wanted) <= 1)
            assert [one.row for one in answer.found] == wanted[::-1][:1]
            assert answer.total == len(wanted)
            bounds = Event.objects.filter(pk__in=wanted).order_by().values_list("earliest", "latest")
            assert dict_of(answer.density) == Counter(bounds)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), acts=st.integers(0, 8))
def test_numbers_kept_for_one_coarse_filter_are_those_of_the_plain_query(seed: int, acts: int) -> None:
    with transaction.atomic():
        pick = random.Random(seed)
        World(seed).happen(acts)
        for coarse in (
            {},
            *({"kind": kind.value} for kind in KINDS),
            *({"mark": mark} for mark in MARKS),
            *({"kinds": tuple(some)} for n in (1, 2, 3) for some in combinations(StatementKind, n)),
        ):
            first, last = sorted(some_day(pick) for _ in range(2))
            for days in ({}, {"first": first}, {"last": last}, {"first": first, "last": last}):
                asked = Asked(**coarse, **days)
                answer = asking.events(asked.query())
                bounds = Event.objects.filter(pk__in=exactly(asked)).order_by().values_list("earliest", "latest")
                assert dict_of(answer.density) == Counter(bounds)
                assert answer.size == len(bounds)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_the_index_built_anew_is_the_index_kept_up(seed: int) -> None:
    with transaction.atomic():
        World(seed).happen(10)
        before = contents()
        rebuild(connection, lambda what, done, of: None, grace=0)
        assert contents() == before
        transaction.set_rollback(True)


def contents() -> object:
    """All that the index says, table by table."""
    generation = asking.live()
    found = []
    with connection.cursor() as cursor:
        for collection in READ:
            name = generation.index(collection).name
            for table, columns, order in (
                ("", "*", "1"),
                ("_totals", "tag, documents", "1, 2"),
                ("_spans", "*", "1, 2, 3"),
            ):
                counted = " WHERE documents > 0" if table else ""
                cursor.execute(f"SELECT {columns} FROM {name}{table}{counted} ORDER BY {order}")
                found.append(cursor.fetchall())
        cursor.execute(f"SELECT word, actor FROM {generation.names.name} ORDER BY 1, 2")
        found.append(cursor.fetchall())
    return found
