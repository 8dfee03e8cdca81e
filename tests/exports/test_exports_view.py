"""The file that the page offers: the same events, in the same order, under the same filters."""

from __future__ import annotations

import random
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.reading import read_rows
from tests.factories import (
    DAY,
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_place,
    make_publisher,
    make_statement,
)
from timeline.exports.columns import CORE, TIMELINEJS, TIMESKETCH
from timeline.models import Event
from timeline.vocabulary import EventKind, PartialDate, StatementKind


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{reverse('timeline_csv')}?{query}")
    assert response.status_code == 200, response.content.decode()
    return read_rows([b"".join(response.streaming_content).decode()])


def page_events(client: Client, query: str) -> list[str]:
    """The uids on the page, through to its end, asking for the list alone."""
    found: list[str] = []
    headers = {"HX-Request": "true", "HX-Target": "div#events"}
    address = f"{reverse('chronology')}?{query}"
    while address:
        page = client.get(address, headers=headers).context["page"]
        found += [card.uid for group in page.groups for card in group.rows]
        address = page.more
    return found


def test_the_file_streams_as_a_download_with_a_telling_name(chronology, client):
    response = client.get("/timeline.csv?preset=timesketch")
    today = timezone.localdate().isoformat()
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="timeline-timesketch-{today}.csv"'
    assert client.get("/timeline.csv")["Content-Disposition"] == f'attachment; filename="timeline-{today}.csv"'


def test_permalinks_lead_back_to_this_site(chronology, client):
    uid = chronology["Dockers strike"].uid
    assert rows(client)[0]["permalink"] == f"http://testserver/events/{uid}/"


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("", CORE + TIMELINEJS + TIMESKETCH),
        ("columns=core", CORE),
        ("preset=timelinejs", TIMELINEJS),
        ("preset=timesketch", TIMESKETCH),
    ],
)
def test_the_address_says_which_columns(chronology, client, query, columns):
    assert tuple(rows(client, query)[0]) == columns


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("preset=excel", "preset"),
        ("columns=all", "columns"),
        ("columns=core&preset=timelinejs", "preset"),
        ("preset=timelinejs&preset=timesketch", "preset"),
        ("from=2025-13", "from"),
        ("after=7", ""),
        ("colour=red", ""),
    ],
)
def test_an_address_without_sense_is_a_400_that_names_it(client, query, named):
    response = client.get(f"/timeline.csv?{query}")
    assert (response.status_code, [problem[0] for problem in response.context["problems"]]) == (400, [named])


def test_other_sites_may_read_it_unless_a_setting_says_no(chronology, client, settings):
    assert client.get("/timeline.csv")["Access-Control-Allow-Origin"] == "*"
    settings.TIMELINE_CORS = False
    assert "Access-Control-Allow-Origin" not in client.get("/timeline.csv")


@pytest.mark.django_db
def test_only_reading_is_answered(client):
    assert client.post("/timeline.csv").status_code == 405
    head = client.head("/timeline.csv")
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")


def test_a_filter_on_quotes_leaves_the_quotes_it_asks_for(chronology, client):
    found = rows(client, urlencode({"speaker": "Ann Lee", "direct": ""}))
    assert [(row["entry_type"], row["title"]) for row in found] == [
        ("event", "Ann Lee meets the dockers"),
        ("statement", "Ann Lee: “We open on Monday,”"),
    ]


@pytest.fixture
def many_events(db: None) -> None:
    """More events than a page and a batch hold, of every kind of date."""
    chance = random.Random(2025)
    actors = [make_actor(name) for name in ("Ann Lee", "Bo Chen", "Cy Dahl")]
    places = [make_place("Quay", part_of=make_place("Harbour")), make_place("Market")]
    articles = [
        make_article(f"Words {i}", url=f"https://p{i}.example/", publisher=make_publisher(f"Paper {i}"))
        for i in range(3)
    ]
    for number in range(100):
        day = DAY.earliest + timedelta(days=chance.randrange(-40, 40))
        event = make_event(
            f"{chance.choice(['Cargo', 'Strike', 'Vote'])} {number}",
            *chance.sample(actors, chance.randrange(3)),
            date=chance.choice(
                [
                    PartialDate.on(day),
                    PartialDate.until(day),
                    PartialDate.in_month(day.year, day.month),
                    PartialDate.unknown(),
                ]
            ),
            kind=chance.choice([EventKind.MEETING, EventKind.VOTE]),
            place=chance.choice([None, *places]),
            hedged=chance.random() < 0.2,
            status=chance.choice(["automatic", "confirmed", "disputed", "rejected", "review"]),
            corrections=chance.choice([{}, {"title": {"by": "jo", "at": "2025-03-03", "why": ""}}]),
            importance=chance.randrange(9),
        )
        make_evidence(event, chance.choice(articles), "Words")
        for _ in range(chance.randrange(3)):
            make_statement(
                "words about cargo",
                speaker=chance.choice([None, *actors]),
                event=event,
                kind=chance.choice([StatementKind.DIRECT, StatementKind.INDIRECT]),
                status=chance.choice(["automatic", "rejected"]),
            )


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["cargo", "strike", "vote ann", "nothing"]),
        "actor": st.lists(st.sampled_from(["Ann Lee", "Bo Chen"]), unique=True, max_size=2),
        "speaker": st.sampled_from(["Ann Lee", "Bo Chen"]),
        "place": st.sampled_from(["Quay", "Harbour", "Market"]),
        "publisher": st.sampled_from(["Paper 0", "Paper 2"]),
        "kind": st.sampled_from(["meeting", "vote"]),
        "quote": st.just("1"),
        "direct": st.just("1"),
        "indirect": st.just("1"),
        "exact": st.just("1"),
        "status": st.sampled_from(["automatic", "confirmed", "disputed", "corrected", "hedged"]),
        "from": st.sampled_from(["2025", "2025-02", "2025-02-20"]),
        "to": st.sampled_from(["2025", "2025-03", "2025-03-10"]),
        "top": st.sampled_from(["1", "7", "60", "1000"]),
        "sort": st.sampled_from(["oldest", "newest"]),
    },
)


@given(FILTERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_equal_the_page_under_every_filter(many_events, client, filters):
    query = urlencode(filters, doseq=True)
    found = rows(client, query)
    assert [row["entry_id"] for row in found if row["entry_type"] == "event"] == page_events(client, query)
    assert [row["order"] for row in found] == [str(number + 1) for number in range(len(found))]


def test_without_a_filter_it_is_all_that_is_on_the_page(many_events, client):
    exported = [row["entry_id"] for row in rows(client) if row["entry_type"] == "event"]
    assert exported == [event.uid for event in Event.objects.on_page().oldest_first()]
