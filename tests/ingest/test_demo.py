"""The demo tells its story: one meeting from many articles, and a contradiction that is seen."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from timeline.models import Event, Story
from timeline.stories import Selection
from timeline.vocabulary import EventStatus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo() -> None:
    call_command("load_demo", stdout=StringIO())


def test_remarks_that_one_article_places_after_a_clash_and_another_dates_before_it_are_one_event() -> None:
    remarks = Event.objects.get(title__startswith="Putin signals Russia is ready to share rare earths")

    assert remarks.status == EventStatus.AUTOMATIC
    assert remarks.earliest == remarks.latest == date(2025, 2, 24)
    assert remarks.sources == 2
    assert remarks.order_disputed


def test_the_clash_is_one_event_of_many_newsrooms() -> None:
    clashes = Event.objects.filter(title__contains="clash with Zelenskyy", status=EventStatus.AUTOMATIC)

    assert [(event.earliest, event.sources) for event in clashes] == [(date(2025, 2, 28), 5)]


def test_what_was_posted_is_not_what_was_said_in_the_room() -> None:
    posts = Event.objects.filter(title__contains="writes on Truth Social").exclude(status=EventStatus.REVIEW)

    assert [event.title for event in posts if "gambling" in event.title] == []
    assert posts.filter(title__contains="very meaningful meeting").exists()


def test_the_demo_publishes_its_story_and_leaves_it_to_people_from_then_on(client: Client) -> None:
    story = Story.objects.get()
    selection = Selection(story)

    page = client.get(story.get_absolute_url())
    listed = client.get("/stories/")

    assert (page.status_code, selection.problems) == (200, [])
    assert story.title in listed.content.decode()
    assert [str(Event.objects.get(pk=pk)) for pk in selection.key_entries] == [
        "Trump and Vance clash with Zelenskyy in the Oval Office",
        "Trump pauses military aid to Ukraine",
        "U.S. and Ukraine sign minerals agreement",
    ]
    assert {event.earliest for event in selection.events()} >= {date(2025, 2, 24), date(2025, 2, 28), date(2025, 4, 30)}
    assert not selection.events().filter(title__startswith="UN General Assembly").exists()

    story.delete()
    call_command("load_demo", stdout=StringIO(), stderr=StringIO())
    assert not Story.objects.exists()
