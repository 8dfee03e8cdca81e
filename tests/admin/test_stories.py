"""Stories in the editor: made in one step, put together by buttons, remembered, undone; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.admin.desk import Desk, admin_url, errors, fields_of, text_of
from tests.admin.test_recent import look, told, undo
from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher
from timeline.admin.history import Edit
from timeline.admin.ledger import merge_all, undo_judgement
from timeline.ingest.takedown import take_down
from timeline.models import Article, Event, Judgement, Story, StoryEntry
from timeline.vocabulary import EventKind, EventStatus, PartialDate

Counted = Callable[..., AbstractContextManager[Any]]


def make_story(desk: Desk, filters: str = "", title: str = "The strike", **fields: Any) -> Story:
    desk.save(Story, {"title": title, "filters": filters, **fields})
    return Story.objects.get(title=title)


def act(desk: Desk, story: Story, button: str, **changes: Any) -> Any:
    """Press a button on the page of a story's entries, with some fields filled in."""
    page = entries_page(desk, story)
    form: Any = page.forms[-1]
    data = dict(form.form_values())
    return desk.client.post(f"/admin/timeline/story/{story.pk}/entries/", {**data, "act": button, **changes})


def entries_page(desk: Desk, story: Story, **query: Any) -> Any:
    response = desk.client.get(f"/admin/timeline/story/{story.pk}/entries/", query)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def said(story: Story) -> list[tuple[str, bool, int | None, str]]:
    rows = StoryEntry.objects.filter(story=story).order_by("pk").select_related("event")
    return [(str(row.event or ""), row.left_out, row.emphasis, row.note) for row in rows]


def section(page: Any, name: str) -> list[str]:
    """The rows of a section as text, without their buttons."""
    rows = page.xpath(f"//section[@aria-labelledby='{name}']//li")
    return [" ".join(row.xpath("./p[1]")[0].text_content().split()) for row in rows]


# --- words and filters -----------------------------------------------------------------------------------------------


def test_a_story_is_saved_from_the_filters_that_the_page_had_on(desk: Desk) -> None:
    ann = make_actor("Ann Lee")
    url = admin_url(Story, "add")
    data = fields_of(desk.client.get(url, {"filters": f"actor={ann.uid}&from=2025-01-01"}).content, "story_form")
    assert [words.strip() for words in data["filters"]] == [f"actor={ann.uid}&from=2025-01-01"]

    response = desk.client.post(url, {**data, "title": "Ann Lee’s year", "why": "Asked for", "_save": "1"})

    story = Story.objects.get()
    assert (response.status_code, story.slug, story.status, story.published_at) == (302, "ann-lees-year", "draft", None)
    assert story.queries == [f"actor={ann.uid}&from=2025-01-01"]
    assert desk.history(story) == [
        (
            "edith",
            "Asked for",
            [
                ("title", "", "Ann Lee’s year"),
                ("address", "", "ann-lees-year"),
                ("filters", "", f"actor={ann.uid}&from=2025-01-01"),
                ("status", "", "draft"),
            ],
        )
    ]


def test_filters_are_kept_as_the_page_itself_has_them(desk: Desk) -> None:
    ann = make_actor("Ann Lee")
    lines = [
        "http://testserver/?actor=Ann+Lee&sort=newest&after=12",
        "?kind=protest",
        "/?q=two words",
        "",
        "kind=protest",
    ]

    story = make_story(desk, "\r\n".join(lines))

    assert story.queries == [f"actor={ann.uid}", "kind=protest", "q=two+words"]


@pytest.mark.parametrize(
    ("filters", "why"),
    [
        ("kind=nonsense", "“kind=nonsense”: kind It is one of: "),
        ("actor=Nobody", "“actor=Nobody”: actor No actor here is called “Nobody”."),
        ("sort=newest", "“sort=newest” filters nothing: the story would be the whole chronology."),
        ("\n".join(f"from={year}" for year in range(2000, 2011)), "A story has at most 10 filters; these are 11."),
    ],
)
def test_a_filter_without_sense_is_refused_in_words(desk: Desk, filters: str, why: str) -> None:
    [message] = desk.refused(Story, {"title": "The strike", "filters": filters})

    assert message.startswith(why)


def test_a_filter_whose_actor_is_gone_is_told_and_does_not_stand_in_the_way(desk: Desk) -> None:
    ann = make_actor("Ann Lee")
    story = make_story(desk, "actor=Ann Lee\nkind=protest")
    desk.delete(ann)

    panel = text_of(desk.client.get(admin_url(story)).content)
    desk.save(story, {"title": "The long strike"})

    assert f"No longer makes sense: actor No actor here is called “{ann.uid}”." in panel
    assert (story.title, story.queries) == ("The long strike", [f"actor={ann.uid}", "kind=protest"])
    make_story(desk, "kind=protest", title="In order")
    listed = text_of(desk.client.get(admin_url(Story, "changelist")).content)
    assert "A filter no longer makes sense in: The long strike. What it asks for" in listed
    assert "A filter of this story no longer makes sense" in entries_page(desk, story).text_content()


def test_two_stories_of_one_title_have_two_addresses(desk: Desk) -> None:
    first = make_story(desk)
    desk.save(first, {"slug": "elsewhere", "title": "Elsewhere"})

    assert make_story(desk).slug == "the-strike-2"
    assert desk.refused(Story, {"title": "Another", "slug": "elsewhere"}) == ["Story with this Address already exists."]


def test_a_title_without_letters_has_an_address_all_the_same(desk: Desk) -> None:
    assert make_story(desk, title="…").slug == "story"


def test_publishing_is_one_button_and_its_moment_stays(desk: Desk) -> None:
    story = make_story(desk, "kind=protest")

    desk.save(story, {"why": "Ready"}, button="_publish")
    moment = story.published_at
    assert (story.status, moment is not None) == ("published", True)
    desk.save(story, {"status": "draft"})
    desk.save(story, {"status": "published"})

    assert story.published_at == moment
    assert desk.client.get(story.get_absolute_url()).status_code == 200


def test_a_stale_form_is_refused_and_loses_nothing(desk: Desk) -> None:
    story = make_story(desk, standfirst="Old.")
    stale = {**desk.open(story), "standfirst": "Mine."}
    desk.save(story, {"standfirst": "Theirs."})

    refused = desk.send(story, stale)

    assert "Standfirst: it is now “Theirs.”, you have “Mine.”." in errors(refused)
    assert [words.strip() for words in fields_of(refused.content, "story_form")["standfirst"]] == ["Mine."]
    story.refresh_from_db()
    assert story.standfirst == "Theirs."


def test_an_earlier_version_comes_back_with_its_entries(desk: Desk) -> None:
    strike, deal = make_event("They strike"), make_event("They agree")
    story = make_story(desk)
    act(desk, story, f"key:{strike.pk}", why="It begins here")
    act(desk, story, f"key:{deal.pk}")
    act(desk, story, f"leave:{strike.pk}")
    assert said(story) == [("They strike", True, None, ""), ("They agree", False, 1, "")]

    assert desk.history(story)[2] == (
        "edith", "It begins here", [("event", "", "They strike"), ("emphasis", "", "1")]
    )  # fmt: skip
    desk.restore(story, version=2)

    assert said(story) == [("They strike", False, 1, "")]


def test_a_deleted_story_comes_back_with_its_entries(desk: Desk) -> None:
    event = make_event("They strike")
    story = make_story(desk, "kind=protest")
    act(desk, story, f"key:{event.pk}")
    assert "its events stay in the chronology" in desk.delete(story, why="A mistake")

    [deed, *_] = look(desk.client)
    undo(desk.client, deed)

    again = Story.objects.get()
    assert (again.pk, again.title, again.filters) == (story.pk, "The strike", "kind=protest")
    assert said(again) == [("They strike", False, 1, "")]


# --- entries ---------------------------------------------------------------------------------------------------------


def test_entries_are_put_in_left_out_and_given_back_to_the_filters(desk: Desk) -> None:
    strike = make_event("They strike", kind=EventKind.PROTEST)
    deal = make_event("They agree")
    story = make_story(desk, "kind=protest")

    act(desk, story, f"pin:{deal.pk}")
    act(desk, story, f"leave:{strike.pk}")
    page = entries_page(desk, story)
    assert section(page, "rows") == ["28 February 2025 They agree put in"]
    assert section(page, "left-out") == ["28 February 2025 They strike left out"]

    act(desk, story, f"clear:{deal.pk}")
    act(desk, story, f"clear:{strike.pk}")
    assert section(entries_page(desk, story), "rows") == ["28 February 2025 They strike by a filter"]
    assert said(story) == []


def test_key_entries_are_put_in_order_of_weight(desk: Desk) -> None:
    events = [make_event(f"Event {number}") for number in range(3)]
    story = make_story(desk)
    for event in events:
        act(desk, story, f"key:{event.pk}")

    act(desk, story, f"up:{events[2].pk}")
    act(desk, story, f"down:{events[0].pk}")
    assert [title for title, *_ in section_ranks(story)] == ["Event 2", "Event 0", "Event 1"]
    act(desk, story, f"up:{events[2].pk}")
    act(desk, story, f"plain:{events[0].pk}")

    assert section_ranks(story) == [("Event 2", 1), ("Event 1", 2)]
    assert section(entries_page(desk, story), "ranked") == [
        "28 February 2025 Event 2 key entry 1",
        "28 February 2025 Event 1 key entry 2",
    ]


def section_ranks(story: Story) -> list[tuple[str, int]]:
    rows = StoryEntry.objects.filter(story=story, emphasis__isnull=False).order_by("emphasis")
    return [(str(row.event), row.emphasis or 0) for row in rows.select_related("event")]


def test_any_button_saves_the_notes_too(desk: Desk) -> None:
    strike = make_event("They strike", kind=EventKind.PROTEST)
    deal = make_event("They agree")
    story = make_story(desk, "kind=protest")

    act(desk, story, f"pin:{deal.pk}", **{f"note-{strike.pk}": " It began at noon. \r\n\r\nNobody came. "})
    assert said(story) == [
        ("They strike", False, None, "It began at noon. \n\nNobody came."),
        ("They agree", False, None, ""),
    ]
    Story.objects.filter(pk=story.pk).update(filters="")
    act(desk, story, "find", q="agree", **{f"note-{strike.pk}": ""})

    assert said(story) == [("They strike", False, None, ""), ("They agree", False, None, "")]


def test_events_are_found_by_words_and_by_address(desk: Desk) -> None:
    strike = make_event("They strike", kind=EventKind.PROTEST)
    make_event("They agree")
    make_event("They strike again", status=EventStatus.REJECTED)
    story = make_story(desk)

    response = act(desk, story, "find", q="strike")
    assert response["Location"].endswith("/entries/?q=strike#found")
    assert section(entries_page(desk, story, q="strike"), "found") == ["28 February 2025 They strike"]
    by_address = entries_page(desk, story, q=f"http://testserver{strike.get_absolute_url()}")
    assert section(by_address, "found") == ["28 February 2025 They strike"]
    assert "Nothing on the page has these words." in entries_page(desk, story, q="zzz").text_content()
    many = entries_page(desk, story, q=" ".join("abcdefghijklmnop")).text_content()
    assert "It has 16 words; at most 12 are searched for." in many


def test_a_stale_page_of_entries_is_refused_with_what_was_typed(desk: Desk) -> None:
    event = make_event("They strike", kind=EventKind.PROTEST)
    story = make_story(desk, "kind=protest")
    form: Any = entries_page(desk, story).forms[-1]
    stale = {**dict(form.form_values()), f"note-{event.pk}": "Mine.", "act": "save"}
    act(desk, story, "save", **{f"note-{event.pk}": "Theirs."})

    refused = desk.client.post(f"/admin/timeline/story/{story.pk}/entries/", stale)

    page: Any = html.fromstring(refused.content.decode())
    assert "Nothing is saved yet." in page.text_content()
    assert page.xpath(f"//textarea[@name='note-{event.pk}']")[0].value.strip() == "Mine."
    assert "It is now: Theirs." in " ".join(page.text_content().split())
    assert said(story) == [("They strike", False, None, "Theirs.")]
    again: Any = page.forms[-1]
    desk.client.post(f"/admin/timeline/story/{story.pk}/entries/", {**dict(again.form_values()), "act": "save"})
    assert said(story) == [("They strike", False, None, "Mine.")]


def test_a_story_takes_so_many_entries_by_hand_and_says_so(desk: Desk) -> None:
    story = make_story(desk)
    days = [PartialDate.on(date(2020, 1, 1) + timedelta(number)) for number in range(Story.MOST_ENTRIES)]
    events = [make_event(f"Event {number}", date=day) for number, day in enumerate(days)]
    StoryEntry.objects.bulk_create(StoryEntry(story=story, event=event) for event in events)
    one_more = make_event("One more")

    response = act(desk, story, f"pin:{one_more.pk}", why="Important")

    assert "A story has at most 500 entries set by hand. Clear one first." in response.content.decode()
    assert not StoryEntry.objects.filter(event=one_more).exists()


def test_a_long_story_is_put_together_page_by_page(desk: Desk) -> None:
    for number in range(60):
        make_event(f"Event {number}", date=PartialDate.on(date(2025, 1, 1) + timedelta(number)))
    story = make_story(desk, "kind=meeting")
    page = entries_page(desk, story)
    assert len(section(page, "rows")) == 50

    [later] = page.xpath("//a[text()='Later entries']/@href")
    response = desk.client.get(f"/admin/timeline/story/{story.pk}/entries/{later}")
    second: Any = html.fromstring(response.content.decode())
    assert section(second, "rows")[0] == "20 February 2025 Event 50 by a filter"
    last = Event.objects.get(title="Event 55")
    data = {**dict(second.forms[-1].form_values()), "act": f"leave:{last.pk}"}
    response = desk.client.post(f"/admin/timeline/story/{story.pk}/entries/", data)

    following = Event.objects.get(title="Event 56")
    assert response["Location"].endswith(f"/entries/{later}".replace("q=&", "") + f"#entry-{following.pk}")


def test_what_is_off_the_page_or_deleted_is_shown_as_such(desk: Desk) -> None:
    strike, deal, riot = (make_event(title) for title in ("They strike", "They agree", "They riot"))
    story = make_story(desk)
    for event in (strike, deal, riot):
        act(desk, story, f"pin:{event.pk}", **{f"note-{riot.pk}": "Mind this."} if event == riot else {})
    desk.act("reject", [strike], why="Never happened")
    Event.objects.filter(pk=deal.pk).update(status=EventStatus.REVIEW)
    desk.delete(riot)

    page = entries_page(desk, story)
    assert section(page, "rows") == []
    assert section(page, "hidden") == [
        "28 February 2025 They strike put in rejected, not on the page",
        "28 February 2025 They agree put in waits for review, not on the page",
    ]
    assert section(page, "gone") == ["They riot"]
    [gone] = StoryEntry.objects.filter(event=None)
    act(desk, story, f"forget:{gone.pk}")
    desk.act("restore", [strike])

    assert section(entries_page(desk, story), "gone") == []
    assert section(entries_page(desk, story), "rows") == ["28 February 2025 They strike put in"]


def test_of_a_pin_that_was_taken_down_no_words_are_left(desk: Desk) -> None:
    article = make_article("They struck at noon.")
    event = make_event("They strike at noon")
    make_evidence(event, article, "They struck")
    story = make_story(desk)
    act(desk, story, f"pin:{event.pk}")

    take_down(article)

    assert section(entries_page(desk, story), "gone") == ["An event that was taken down with its article"]


def test_a_pin_follows_a_merge_and_comes_back_with_the_split(desk: Desk, editor: User) -> None:
    kept, gone = make_event("They strike"), make_event("A strike begins")
    story, both = make_story(desk), make_story(desk, title="Both")
    act(desk, story, f"key:{gone.pk}")
    for event in (gone, kept):
        act(desk, both, f"key:{event.pk}")
    now = look(desk.client)[0].at + timedelta(seconds=1)

    [judgement] = merge_all(kept, [gone], Edit(by=editor, at=now))
    assert said(story) == [("They strike", False, 1, "")]
    assert said(both) == [("They strike", False, 2, "")]
    assert [row["title"] for row in shown(desk, both)] == ["They strike"]
    undo_judgement(judgement, Edit(by=editor, at=now + timedelta(seconds=1)))

    assert said(story) == [("A strike begins", False, 1, "")]
    assert sorted(said(both)) == [("A strike begins", False, 1, ""), ("They strike", False, 2, "")]


def test_what_is_left_out_as_a_double_does_not_take_the_kept_one_along(desk: Desk, editor: User) -> None:
    kept, double = make_event("They strike", kind=EventKind.PROTEST), make_event("A strike", kind=EventKind.PROTEST)
    story = make_story(desk, "kind=protest")
    act(desk, story, f"leave:{double.pk}")
    now = look(desk.client)[0].at + timedelta(seconds=1)

    [judgement] = merge_all(kept, [double], Edit(by=editor, at=now))
    assert [row["title"] for row in shown(desk, story)] == ["They strike"]
    assert section(entries_page(desk, story), "left-out") == []
    undo_judgement(judgement, Edit(by=editor, at=now + timedelta(seconds=1)))

    assert [row["title"] for row in shown(desk, story)] == ["They strike"]
    assert section(entries_page(desk, story), "left-out") == ["28 February 2025 A strike left out"]


def test_of_two_entries_that_are_merged_the_one_stays_that_more_was_said_of(desk: Desk, editor: User) -> None:
    kept, double = make_event("They strike"), make_event("A strike")
    left, plain = make_story(desk, title="Left out"), make_story(desk, title="Plain")
    act(desk, left, f"leave:{kept.pk}")
    act(desk, plain, f"pin:{kept.pk}")
    for story in (left, plain):
        act(desk, story, f"pin:{double.pk}")
        StoryEntry.objects.filter(story=story, event=double).update(note="It began here.")
    now = look(desk.client)[0].at + timedelta(seconds=1)

    [judgement] = merge_all(kept, [double], Edit(by=editor, at=now))
    assert said(left) == said(plain) == [("They strike", False, None, "It began here.")]
    undo_judgement(judgement, Edit(by=editor, at=now + timedelta(seconds=1)))

    assert sorted(said(left)) == [("A strike", False, None, "It began here."), ("They strike", True, None, "")]
    assert sorted(said(plain)) == [("A strike", False, None, "It began here."), ("They strike", False, None, "")]


def test_a_saved_filter_outlives_a_merge_and_its_undoing(desk: Desk, editor: User) -> None:
    ann, anna = make_actor("Ann Lee"), make_actor("Anna Lee")
    make_event("Anna speaks", anna)
    make_event("Ann speaks", ann)
    story = make_story(desk, "actor=Anna Lee")
    now = look(desk.client)[0].at + timedelta(seconds=1)

    [judgement] = merge_all(ann, [anna], Edit(by=editor, at=now))
    desk.save(story, {"standfirst": "What she said."})
    assert sorted(row["title"] for row in shown(desk, story)) == ["Ann speaks", "Anna speaks"]
    undo_judgement(judgement, Edit(by=editor, at=now + timedelta(seconds=1)))

    assert [row["title"] for row in shown(desk, story)] == ["Anna speaks"]


def shown(desk: Desk, story: Story) -> list[dict[str, str]]:
    response = desk.client.get(story.get_absolute_url())
    return [{"title": card.title} for group in response.context["page"].groups for card in group.rows]


# --- from the event --------------------------------------------------------------------------------------------------


def test_an_event_is_put_into_a_story_from_its_own_page(desk: Desk) -> None:
    event = make_event("They strike")
    story = make_story(desk)
    links = html.fromstring(desk.client.get(admin_url(event)).content.decode()).xpath("//a[text()='Put in a story…']")
    url = links[0].get("href")

    response = desk.client.post(url, {"act": f"key:{story.pk}", "why": "It all begins here"}, follow=True)

    assert "In “The strike” it is a key entry." in response.content.decode()
    assert "The strike draft key entry 1" in text_of(response.content)
    assert said(story) == [("They strike", False, 1, "")]
    assert desk.history(story)[0][:2] == ("edith", "It all begins here")


def test_any_of_many_stories_is_found_as_one_types(desk: Desk) -> None:
    event, story = make_event("They strike"), make_story(desk, title="The long winter")
    Story.objects.bulk_create(Story(title=f"Story {number}", slug=f"story-{number}") for number in range(120))
    url = f"/admin/timeline/story/of/{event.pk}/"
    asked = {"app_label": "timeline", "model_name": "storyentry", "field_name": "story", "term": "long winter"}

    page = text_of(desk.client.get(url).content)
    [found] = desk.client.get("/admin/autocomplete/", asked).json()["results"]
    response = desk.client.post(url, {"act": "pin", "story": found["id"]}, follow=True)

    assert ("Story 119 draft" in page, "Story 100 draft" in page) == (True, False)
    assert "In “The long winter” it is put in." in response.content.decode()
    assert "Set by hand The long winter draft put in" in text_of(response.content)
    assert said(story) == [("They strike", False, None, "")]


def test_a_story_that_is_not_chosen_or_gone_is_said_in_words(desk: Desk) -> None:
    url = f"/admin/timeline/story/of/{make_event().pk}/"
    make_story(desk)

    for data, why in (
        ({"act": "pin"}, "Choose a story first."),
        ({"act": "pin", "story": "0"}, "That story is no longer there."),
        ({"act": "pin:999"}, "That story is no longer there."),
    ):
        assert why in desk.client.post(url, data, follow=True).content.decode()
    assert not StoryEntry.objects.exists()


def test_without_stories_an_event_says_how_to_make_one(desk: Desk) -> None:
    page = text_of(desk.client.get(f"/admin/timeline/story/of/{make_event().pk}/").content)

    assert "There are no stories yet. Add one" in page


# --- recent changes --------------------------------------------------------------------------------------------------


def test_what_is_done_to_entries_is_told_and_undone_in_recent_changes(desk: Desk) -> None:
    strike = make_event("They strike", kind=EventKind.PROTEST)
    story = make_story(desk, "kind=protest")
    act(desk, story, f"key:{strike.pk}", why="It begins here")
    act(desk, story, f"leave:{strike.pk}", why="Or does it")

    latest, before, *_ = look(desk.client, kind="story")
    assert told(latest) == [
        ("story", "The strike", "changed", [("left out", "", "yes"), ("emphasis", "1", "")])
    ]  # fmt: skip
    assert (latest.why, before.why) == ("Or does it", "It begins here")
    undo(desk.client, latest)
    assert said(story) == [("They strike", False, 1, "")]
    [deed] = [deed for deed in look(desk.client, kind="story") if deed.why == "It begins here"]
    undo(desk.client, deed, confirmed="1")

    assert said(story) == []


def test_many_entries_are_put_back_at_once(desk: Desk) -> None:
    asked = []
    for size in (2, 30):
        story = make_story(desk, title=f"Story of {size}")
        events = [make_event(f"Event {number:02} of {size}") for number in range(size)]
        for words in ("First.", "Second."):
            act(desk, story, "save", **{f"note-{event.pk}": words for event in events})
        latest, *_ = look(desk.client, kind="story")
        with CaptureQueriesContext(connection) as queries:
            undo(desk.client, latest)

        assert said(story) == [(f"Event {number:02} of {size}", False, None, "First.") for number in range(size)]
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- suggestions -----------------------------------------------------------------------------------------------------


def make_running(articles: int = 5, newsrooms: int = 3, title: str = "They strike") -> Event:
    """A story that so many articles of so many newsrooms tell, the first of them of the event at its head."""
    head = make_event(title)
    for number in range(articles):
        main = head if number == 0 else make_event(f"{title} on day {number}")
        make_article(
            f"{title} {number}",
            publisher=make_publisher(f"Paper {number % newsrooms}"),
            main_event=main,
            carries_on=None if number == 0 else head,
        )
    return head


def suggestions(desk: Desk) -> list[str]:
    page = html.fromstring(desk.client.get(admin_url(Story, "changelist")).content.decode())
    return [" ".join(words.text_content().split()) for words in page.xpath("//section[@class='pasts']//p")]


def test_running_stories_are_offered_and_made_in_one_step(desk: Desk) -> None:
    head = make_running(6)
    make_running(4, title="Too short")
    make_running(8, newsrooms=2, title="Too few newsrooms")

    assert suggestions(desk) == ["6 articles of 3 newsrooms: They strike"]
    page = html.fromstring(desk.client.get(admin_url(Story, "changelist")).content.decode())
    [url] = page.xpath("//a[text()='Make a story of it']/@href")
    data = fields_of(desk.client.get(url).content, "story_form")
    assert (data["title"], data["filters"][0].strip()) == (["They strike"], f"story={head.uid}")
    desk.client.post(admin_url(Story, "add"), {**data, "_save": "1"})

    assert Story.objects.get().queries == [f"story={head.uid}"]
    assert suggestions(desk) == []


def test_a_suggestion_is_dismissed_for_good_and_brought_back_by_undoing(desk: Desk) -> None:
    head = make_running()
    response = desk.client.post("/admin/timeline/story/dismiss/", {"story": head.uid}, follow=True)
    assert "“They strike” is not suggested again." in response.content.decode()
    assert suggestions(desk) == []
    make_article("And again", publisher=make_publisher("Paper 9"), main_event=make_event(), carries_on=head)
    assert suggestions(desk) == []

    [deed] = look(desk.client)
    assert deed.why == "no story: They strike"
    undo(desk.client, deed)

    assert suggestions(desk) == ["6 articles of 4 newsrooms: They strike"]


def test_a_dismissed_story_stays_dismissed_when_its_head_is_merged(desk: Desk, editor: User) -> None:
    head = make_running()
    desk.client.post("/admin/timeline/story/dismiss/", {"story": head.uid})
    other = make_event("A strike")
    made = Judgement.objects.get().made_at

    merge_all(other, [head], Edit(by=editor, at=made + timedelta(seconds=1)))

    assert Article.objects.filter(carries_on=other).count() == 4
    assert suggestions(desk) == []


def test_copies_of_one_newsroom_are_one_newsroom(desk: Desk) -> None:
    make_running(5, newsrooms=2)
    original = Article.objects.order_by("pk")[0]
    make_article("A copy", publisher=make_publisher("Another"), duplicate_of=original, carries_on=original.main_event)

    assert suggestions(desk) == []


# --- who may ---------------------------------------------------------------------------------------------------------


def test_who_may_only_look_changes_nothing(desk: Desk) -> None:
    event = make_event("They strike", kind=EventKind.PROTEST)
    story = make_story(desk, "kind=protest")
    reader = User.objects.create(username="ron", is_staff=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["view_story"]))
    client = Client()
    client.force_login(reader)
    url = f"/admin/timeline/story/{story.pk}/entries/"

    page: Any = html.fromstring(client.get(url).content.decode())
    assert (section(page, "rows"), page.xpath("//section//button")) == (
        ["28 February 2025 They strike by a filter"], []
    )  # fmt: skip
    for address, data in (
        (url, {"act": f"leave:{event.pk}"}),
        (f"/admin/timeline/story/of/{event.pk}/", {"act": f"leave:{story.pk}"}),
        ("/admin/timeline/story/dismiss/", {"story": event.uid}),
    ):
        assert client.post(address, data).status_code == 403
    assert said(story) == []
    stranger = Client()
    stranger.force_login(User.objects.create(username="sue", is_staff=True))
    assert [stranger.get(address).status_code for address in (url, f"/admin/timeline/story/of/{event.pk}/")] == [
        403,
        403,
    ]


def test_nonsense_is_answered(desk: Desk) -> None:
    story = make_story(desk, "kind=protest")
    url = f"/admin/timeline/story/{story.pk}/entries/"
    for act_ in ("", "pin", "pin:", "pin:x", "pin:999999", "boil:1", "forget:99", f"pin:{'9' * 30}", "up:1"):
        assert act(desk, story, act_, **{"note-999": "x", "note-٣": "y"}).status_code == 302
    for after in ("x", "9" * 30, "-5", "\0"):
        assert desk.client.get(url, {"after": after}).status_code == 200
    assert said(story) == []


def test_pages_ask_as_often_for_many_entries_as_for_few(desk: Desk, django_assert_num_queries: Counted) -> None:
    story = make_story(desk, "kind=meeting")
    make_actor("Ann Lee")
    for size in (2, 9):
        for number in range(size):
            event = make_event(f"Event {size} {number}")
            StoryEntry.objects.create(story=story, event=event, note="Of note.", emphasis=number)
            make_running(title=f"Running {size} {number}")
        desk.client.get(f"/admin/timeline/story/{story.pk}/entries/")
        with django_assert_num_queries(14):
            desk.client.get(f"/admin/timeline/story/{story.pk}/entries/", {"q": "event"})
        make_story(desk, "actor=Ann Lee", title=f"Story {size}")
        with django_assert_num_queries(11):
            desk.client.get(admin_url(Story, "changelist"))
