"""Stories as readers meet them: the list, the page, its files and its feed all show the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from lxml import etree

from tests.exports.reading import read_rows
from tests.factories import make_actor, make_event, make_statement
from tests.views.conftest import World
from tests.views.page import Page
from timeline.forms import ChronologyForm
from timeline.models import Actor, Event, Story, StoryEntry
from timeline.models.identity import chrono
from timeline.search import asking
from timeline.stories import COUNTED, Selection
from timeline.vocabulary import EventKind, EventStatus, PartialDate, StatementKind

Visit = Callable[..., Page]
Counted = Callable[..., AbstractContextManager[Any]]
NOON = datetime(2025, 3, 5, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def make_story(*filters: str, title: str = "The clash", published: bool = True, **fields: Any) -> Story:
    return Story.objects.create(
        title=title,
        slug=fields.pop("slug", title.lower().replace(" ", "-")),
        filters="\n".join(filters),
        status="published" if published else "draft",
        published_at=fields.pop("published_at", NOON) if published else None,
        **fields,
    )


def put_in(story: Story, event: Event, **fields: Any) -> StoryEntry:
    return StoryEntry.objects.create(story=story, event=event, **fields)


def titles(visit: Visit, story: Story) -> list[str]:
    return visit(story.get_absolute_url()).texts("event-title")


def files(client: Client, story: Story) -> list[list[str]]:
    """The titles in the story's CSV and JSON, in their order, and in its feed, the newest first."""
    here = story.get_absolute_url()
    rows = read_rows([b"".join(client.get(f"{here}timeline.csv").streaming_content).decode()])  # type: ignore[attr-defined]
    whole = json.loads(b"".join(client.get(f"{here}timeline.json").streaming_content))  # type: ignore[attr-defined]
    return [
        [row["title"] for row in rows if row["entry_type"] == "event"],
        [event["title"] for event in whole["events"]],
        [
            entry.findtext(f"{ATOM}title") or ""
            for entry in feed(client, f"{here}timeline.atom").findall(f"{ATOM}entry")
        ],
    ]


def feed(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


@pytest.fixture
def edith(client: Client, db: None) -> Client:
    client.force_login(User.objects.create(username="edith", is_staff=True, is_superuser=True))
    return client


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_a_story_is_what_any_filter_lets_through_and_what_is_put_in_less_what_is_left_out(
    world: World, visit: Visit, client: Client
) -> None:
    story = make_story("kind=attack", f"actor={world.putin.uid}", "kind=meeting")
    put_in(story, world.post)
    put_in(story, world.clash, left_out=True)

    expected = ["Russia invades Ukraine", "Trump posts a message", "Putin offers minerals"]
    assert titles(visit, story) == expected
    csv, whole, atom = files(client, story)
    assert (csv, whole, sorted(atom)) == (expected, expected, sorted(expected))


def test_of_one_filter_by_speaker_only_the_words_asked_for_are_shown(world: World, visit: Visit) -> None:
    make_statement("It was agreed.", speaker=world.trump, event=world.remarks)
    picking = make_story(f"speaker={world.putin.uid}&direct=1")
    put_in(picking, world.post)
    mixed = make_story(f"speaker={world.putin.uid}&direct=1", "kind=attack", title="Mixed")

    ready = "“We are ready to work with our partners” — Vladimir Putin said in a video"
    back = "“He can come back.” — Donald Trump wrote on Truth Social"
    assert visit(picking.get_absolute_url()).texts("quote") == [back, ready]
    assert len(visit(mixed.get_absolute_url()).texts("quote")) == 3


def test_the_most_important_of_a_filter_stay_so_many(world: World, visit: Visit) -> None:
    for number, event in enumerate((world.invasion, world.clash, world.post, world.remarks)):
        Event.objects.filter(pk=event.pk).update(importance=number)

    assert titles(visit, make_story("top=2")) == ["Trump posts a message", "Putin offers minerals"]


def test_what_is_rejected_or_waits_leaves_the_story_and_comes_back(world: World, visit: Visit) -> None:
    story = make_story("kind=attack")
    put_in(story, world.clash, emphasis=1, note="The turning point.")
    for status in (EventStatus.REJECTED, EventStatus.REVIEW):
        Event.objects.filter(pk=world.clash.pk).update(status=status)
        page = visit(story.get_absolute_url())
        assert (page.texts("event-title"), page.texts("key-entry")) == (["Russia invades Ukraine"], [])
    Event.objects.filter(pk=world.clash.pk).update(status=EventStatus.CONFIRMED)

    assert titles(visit, story) == ["Russia invades Ukraine", "Trump and Zelenskyy clash"]


def test_a_filter_that_no_longer_makes_sense_is_said_and_breaks_nothing(
    world: World, visit: Visit, client: Client
) -> None:
    story = make_story(f"actor={world.trump.uid}", "kind=attack")
    uid = world.trump.uid
    world.trump.delete()

    page = visit(story.get_absolute_url())

    assert page.text("notice") == (
        "Not all of this story can be shown: a filter that it is made of asks for something that is no longer here."
        f" actor={uid} No actor here is called “{uid}”."
    )
    assert page.texts("event-title") == ["Russia invades Ukraine"]
    assert files(client, story) == [["Russia invades Ukraine"]] * 3


def test_a_filter_follows_an_actor_who_is_merged(world: World, visit: Visit) -> None:
    double = make_actor("V. Putin", merged_into=world.putin)

    assert titles(visit, make_story(f"actor={double.uid}")) == ["Putin offers minerals"]


# --- how it is told --------------------------------------------------------------------------------------------------


def test_key_entries_stand_above_by_weight_and_in_their_place_by_time(world: World, visit: Visit) -> None:
    story = make_story("exact=0&kind=attack", "kind=meeting", standfirst="How it went.", text="One.\n\nTwo <b>.")
    put_in(story, world.remarks, emphasis=1)
    put_in(story, world.invasion, emphasis=2, note="Before all.\n\nLong before.")

    page = visit(story.get_absolute_url())

    assert page.text("<h1>") == "The clash"
    assert page.text("standfirst") == "How it went."
    assert page.text("story-text") == "One. Two <b>."
    assert page.texts("key-entry") == [
        "on or before 2 March 2025 · date not stated Putin offers minerals"
        " “We are ready to work with our partners” — Vladimir Putin said in a video",
        "2022 · year only Russia invades Ukraine",
    ]
    assert page.texts("event-title") == ["Russia invades Ukraine", "Trump and Zelenskyy clash", "Putin offers minerals"]
    assert page.texts("key-sign") == ["Key entry", "Lead entry"]
    assert page.texts("editor-note") == ["Editor’s note Before all. Long before."]
    (anchor,) = [href for text, href in page.links("key-entries") if text == "Russia invades Ukraine"]
    assert page.elements(anchor)


def test_a_long_story_goes_on_on_further_pages(db: None, visit: Visit, client: Client) -> None:
    for number in range(120):
        make_event(f"Event {number}", date=PartialDate.on(date(2025, 1, 1) + timedelta(number)), kind=EventKind.ATTACK)
    last = Event.objects.get(title="Event 119")
    story = make_story("kind=attack", "from=2025-02")
    put_in(story, last, emphasis=1)

    page = visit(story.get_absolute_url())
    found, more = page.texts("event-title"), page.links("#more")
    assert page.text("#count") == "120 entries"
    assert page.links("key-entries") == [("Event 119", last.get_absolute_url())]
    while more:
        page = visit(more[0][1], into="more")
        found, more = found + page.texts("event-title"), page.links("#more")
    assert found == [f"Event {number}" for number in range(120)]
    assert files(client, story)[:2] == [found, found]


def test_a_story_longer_than_is_counted_is_whole_all_the_same(db: None, visit: Visit, client: Client) -> None:
    days = [PartialDate.on(date(2025, 1, 1) + timedelta(number)) for number in range(COUNTED + 3)]
    Event.objects.bulk_create(
        Event(pk=pk, title=f"Event {pk}", date=day, chrono=chrono(day, row_id=pk))
        for pk, day in enumerate(days, start=1)
    )
    story = make_story("kind=other", "to=2025")
    put_in(story, Event.objects.get(pk=2), left_out=True)

    assert visit(story.get_absolute_url()).text("#count") == "more than 1,000 entries"
    assert files(client, story)[0] == [f"Event {pk}" for pk in range(1, COUNTED + 4) if pk != 2]


def test_a_page_asks_as_often_for_a_long_story_as_for_a_short_one(
    world: World, client: Client, django_assert_num_queries: Counted
) -> None:
    story = make_story(f"actor={world.putin.uid}", "kind=meeting")
    for size in (2, 9):
        for number in range(size):
            event = make_event(f"Event {size} {number}", world.putin, world.trump, place=world.office)
            make_statement(f"Words {size} {number}", speaker=world.putin, event=event)
            put_in(story, event, note="Of note.", emphasis=StoryEntry.objects.count() + 1)
        asking.live()  # as if these had been kept in a transaction of their own
        with django_assert_num_queries(14):
            assert client.get(story.get_absolute_url()).status_code == 200


# --- drafts and addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "timeline.csv", "timeline.json", "timeline.atom"])
def test_a_draft_is_its_editors_alone(world: World, client: Client, page: str) -> None:
    address = make_story("kind=meeting", published=False).get_absolute_url() + page

    assert client.get(address).status_code == 404
    client.force_login(User.objects.create(username="edith", is_staff=True, is_superuser=True))
    assert client.get(address).status_code == 200


def test_a_preview_says_that_it_is_one(world: World, edith: Client, visit: Visit) -> None:
    page = visit(make_story("kind=meeting", published=False).get_absolute_url())

    assert page.text("notice") == "A draft: only editors see this page."


@pytest.mark.parametrize("page", ["", "timeline.csv", "timeline.json", "timeline.atom"])
def test_an_earlier_address_leads_to_the_story(world: World, client: Client, page: str) -> None:
    story = make_story("kind=meeting", slug="first")
    story.slug = "second"
    story.save()

    response = client.get(f"/stories/first/{page}")

    assert (response.status_code, response["Location"]) == (302, f"/stories/second/{page}")


def test_an_earlier_address_that_another_story_has_taken_is_that_story(world: World, visit: Visit) -> None:
    story = make_story("kind=meeting", slug="first")
    story.slug = "second"
    story.save()
    make_story("kind=attack", slug="first", title="Another")

    assert visit("/stories/first/").text("<h1>") == "Another"


def test_an_event_leads_to_the_published_stories_it_is_put_in(world: World, visit: Visit) -> None:
    story = make_story("kind=attack")
    put_in(story, world.clash)
    put_in(make_story(title="Draft", published=False), world.clash)
    put_in(make_story(title="Without"), world.clash, left_out=True)

    links = visit(world.clash.get_absolute_url()).links("sheet-side")

    stories = [(text, href) for text, href in links if "/stories/" in href]
    assert stories == [("The clash", f"/stories/the-clash/#entry-{world.clash.uid}")]


def test_published_stories_are_listed_the_newest_first(world: World, visit: Visit) -> None:
    make_story("kind=attack", title="Older", standfirst="What came before.")
    make_story("kind=meeting", title="Newer", published_at=NOON + timedelta(days=2))
    make_story("kind=meeting", title="Draft", published=False)

    page = visit("/stories/")

    assert page.texts("story-item") == [
        "Newer Published on 7 March 2025",
        "Older What came before. Published on 5 March 2025",
    ]
    assert ("Stories", "/stories/") in visit("/").links("site-header")


def test_a_long_list_of_stories_goes_on(db: None, visit: Visit) -> None:
    for number in range(53):
        make_story("kind=attack", title=f"Story {number}", published_at=NOON + timedelta(hours=number // 2))
    first = visit("/stories/")
    second = visit(first.links("more")[0][1])

    found = [*first.texts("<h2>"), *second.texts("<h2>")]
    assert [title for title in found if title.startswith("Story")] == [
        f"Story {number}" for number in reversed(range(53))
    ]


def test_without_stories_the_list_says_what_they_are(db: None, visit: Visit) -> None:
    assert "None is published so far" in visit("/stories/").text("nothing")


def test_an_empty_story_says_so(db: None, visit: Visit) -> None:
    assert visit(make_story().get_absolute_url()).text("nothing") == (
        "No entries yet Nothing that this story is made of is on the page."
    )


def test_a_parameter_that_a_story_does_not_take_is_named(world: World, visit: Visit) -> None:
    here = make_story("kind=meeting").get_absolute_url()
    for address in (here, f"{here}timeline.csv", f"{here}timeline.json", f"{here}timeline.atom", "/stories/"):
        assert "“kind” is no parameter of this page" in visit(f"{address}?kind=attack", status=400).text("problems")


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_files_carry_notes_and_emphasis(world: World, client: Client) -> None:
    story = make_story("kind=attack", standfirst="How it went.", text="One.\n\n<Two>.")
    put_in(story, world.clash, emphasis=1, note="=The turning <point>.")
    here = story.get_absolute_url()

    response: Any = client.get(f"{here}timeline.csv?columns=core")
    rows = read_rows([b"".join(response.streaming_content).decode()])
    assert [(row["title"], row["note"], row["emphasis"]) for row in rows] == [
        ("Russia invades Ukraine", "", ""),
        ("Trump and Zelenskyy clash", "'=The turning <point>.", "1"),
    ]
    slides: Any = client.get(f"{here}timeline.csv?preset=timelinejs")
    title, _, clash = read_rows([b"".join(slides.streaming_content).decode()])
    assert (title["Type"], title["Headline"], title["Text"]) == (
        "title", "The clash", "<p>How it went.</p><p>One.</p><p>&lt;Two&gt;.</p>"
    )  # fmt: skip
    assert "<p><b>Editor’s note:</b> =The turning &lt;point&gt;.</p>" in clash["Text"]
    whole = json.loads(b"".join(client.get(f"{here}timeline.json").streaming_content))  # type: ignore[attr-defined]
    assert whole["story"] == {
        "title": "The clash", "slug": "the-clash", "standfirst": "How it went.", "text": "One.\n\n<Two>."
    }  # fmt: skip
    assert [(event.get("note"), event.get("emphasis")) for event in whole["events"]] == [
        (None, None),
        ("=The turning <point>.", 1),
    ]


def test_a_file_is_named_after_its_story(world: World, client: Client) -> None:
    response = client.get(make_story("kind=attack").get_absolute_url() + "timeline.csv?preset=timelinejs")

    assert response["Content-Disposition"].startswith('attachment; filename="the-clash-timelinejs-')


def test_the_chronology_is_a_json_file_too_without_what_waits(world: World, client: Client) -> None:
    Event.objects.filter(pk=world.post.pk).update(status=EventStatus.REVIEW)

    whole = json.loads(b"".join(client.get("/timeline.json?to=2025").streaming_content))  # type: ignore[attr-defined]

    assert [event["title"] for event in whole["events"]] == [
        "Russia invades Ukraine",
        "Trump and Zelenskyy clash",
        "Putin offers minerals",
    ]


# --- feeds -----------------------------------------------------------------------------------------------------------


def test_the_feed_of_the_chronology_takes_its_filters(world: World, client: Client) -> None:
    found = feed(client, f"/timeline.atom?{urlencode({'actor': 'Donald Trump', 'kind': 'meeting'})}")

    assert found.findtext(f"{ATOM}subtitle") == "actor Donald Trump, kind meeting"
    assert [link.get("href") for link in found.findall(f"{ATOM}link")] == [
        f"http://testserver/?actor={world.trump.uid}&kind=meeting",
        "http://testserver/timeline.atom?actor=Donald+Trump&kind=meeting",
    ]
    (entry,) = found.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Trump and Zelenskyy clash"
    assert entry.findtext(f"{ATOM}id") == f"http://testserver{world.clash.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}published") == "2025-03-02T12:00:00+00:00"
    assert "on or before 2 March 2025" in entry.findtext(f"{ATOM}summary")
    assert feed(client, "/timeline.atom?kind=attack").find(f"{ATOM}entry") is not None


def test_what_came_in_last_stands_first_in_a_feed(world: World, client: Client) -> None:
    make_event("Long ago", date=PartialDate.in_year(1990))

    entries = feed(client, "/timeline.atom").findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Long ago",
        "Putin offers minerals",
        "Trump posts a message",
        "Trump and Zelenskyy clash",
        "Russia invades Ukraine",
    ]


def test_a_feed_holds_what_articles_bring_as_text(db: None, client: Client) -> None:
    event = make_event("A <script> & \x0ba tab", description="<img src=x> \ufffe")
    make_statement("“No” <b>\x1f", event=event, kind=StatementKind.INDIRECT)

    (entry,) = feed(client, "/timeline.atom").findall(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "A <script> & a tab"
    summary = entry.findtext(f"{ATOM}summary")
    assert "<p>&lt;img src=x&gt; </p>" in summary
    assert "“No” &lt;b&gt;" in summary


def test_a_note_makes_an_entry_of_the_feed_new(world: World, client: Client) -> None:
    story = make_story("kind=meeting", standfirst="How it went.")
    here = f"{story.get_absolute_url()}timeline.atom"
    Event.history.all().delete()
    before = feed(client, here).find(f"{ATOM}entry").findtext(f"{ATOM}updated")
    put_in(story, world.clash, note="Mark <this>.", emphasis=1)

    after = feed(client, here)

    entry = after.find(f"{ATOM}entry")
    assert before == "2025-03-02T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") > before
    assert "<p><b>Editor’s note:</b> Mark &lt;this&gt;.</p>" in entry.findtext(f"{ATOM}summary")
    assert (after.findtext(f"{ATOM}title"), after.findtext(f"{ATOM}subtitle")) == ("The clash", "How it went.")


def test_a_feed_that_has_not_changed_is_not_sent_again(world: World, client: Client) -> None:
    first = client.get("/timeline.atom")

    again = client.get("/timeline.atom", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_feed_is_a_feed(db: None, client: Client) -> None:
    story = make_story()

    assert feed(client, "/timeline.atom").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert feed(client, f"{story.get_absolute_url()}timeline.atom").findtext(f"{ATOM}updated") == NOON.isoformat()


def test_a_feed_explains_what_it_did_not_understand(db: None, visit: Visit) -> None:
    page = visit("/timeline.atom?kind=nonsense&sort=newest", status=400)

    assert "kind=nonsense" in page.text("problems")
    assert "“sort” is no parameter of this page" in page.text("problems")


def test_editors_save_what_they_look_at_as_a_story(world: World, edith: Client, visit: Visit) -> None:
    links = dict(visit("/?actor=Donald Trump&sort=newest").links("exports"))

    query = urlencode({"filters": f"actor={world.trump.uid}"})
    assert links["Save as story"] == f"/admin/timeline/story/add/?{query}"
    assert links["Feed"] == f"/timeline.atom?actor={world.trump.uid}"
    assert "Save as story" not in dict(visit("/").links("exports"))
    edith.logout()
    assert "Save as story" not in dict(visit("/?actor=Donald Trump").links("exports"))


# --- the law ---------------------------------------------------------------------------------------------------------

FILTERS = (
    "kind=attack",
    "kind=meeting",
    "actor={ann}",
    "actor={bob}",
    "from=2025-03",
    "to=2025-02",
    "top=2",
    "quote=1",
)


class TestSelections(TestCase):
    """Whatever its filters and whatever people have set: a story is the union of both, less what is left out."""

    ann: ClassVar[Actor]
    bob: ClassVar[Actor]
    events: ClassVar[list[Event]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.ann, cls.bob = make_actor("Ann Lee"), make_actor("Bob Ray")
        cls.events = [
            make_event(
                f"Event {number}",
                *([cls.ann] if number % 2 else []),
                *([cls.bob] if number % 3 else []),
                date=PartialDate.on(date(2025, 1, 1) + timedelta(days=number * 11)),
                kind=EventKind.ATTACK if number % 4 else EventKind.MEETING,
                importance=float(number * 7 % 5),
                status=EventStatus.REJECTED if number == 5 else EventStatus.AUTOMATIC,
            )
            for number in range(9)
        ]
        make_statement(event=cls.events[3], speaker=cls.ann)

    @settings(max_examples=40, deadline=None)
    @given(
        filters=st.lists(st.sampled_from(FILTERS), max_size=3, unique=True),
        said=st.dictionaries(st.integers(0, 8), st.booleans(), max_size=5),
        size=st.integers(1, 4),
    )
    def test_page_files_and_feed_show_the_same(self, filters: list[str], said: dict[int, bool], size: int) -> None:
        story = make_story(*(one.format(ann=self.ann.uid, bob=self.bob.uid) for one in filters))
        for number, left_out in said.items():
            put_in(story, self.events[number], left_out=left_out)
        through: set[int] = set()
        for query in story.queries:
            form = ChronologyForm(QueryDict(query))
            assert form.is_valid()
            through |= set(form.events().values_list("pk", flat=True))
        pinned = {self.events[number].pk for number, left_out in said.items() if not left_out}
        left = {self.events[number].pk for number, left_out in said.items() if left_out}
        shown = Event.objects.on_page().filter(pk__in=(through | pinned) - left).oldest_first()
        expected = [event.title for event in shown]

        selection = Selection(story)
        walked: list[int] = []
        cursor: int | None = None
        while step := selection.stretch(cursor, size):
            walked += step
            cursor = Event.objects.get(pk=step[-1]).chrono
        assert [Event.objects.get(pk=pk).title for pk in walked] == expected
        csv, whole, atom = files(self.client, story)
        assert (csv, whole, sorted(atom)) == (expected, expected, sorted(expected))
