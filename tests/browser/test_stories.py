"""A story from the first filter to the published page: by keyboard alone, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_editor import Enter, enter
from tests.browser.test_every_page import story
from tests.factories import make_event
from tests.views.conftest import World
from timeline.models import Story, StoryEntry

pytestmark = pytest.mark.browser
__all__ = ["Open", "enter"]


def press(page: Page, name: str, within: Any = None) -> None:
    """A button or a link, by keyboard."""
    place = within or page
    button, link = (place.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
    button.or_(link).first.press("Enter")


def row(page: Page, section: str, title: str) -> Any:
    return page.get_by_role("region", name=section).get_by_role("listitem").filter(has_text=title)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_story_is_made_put_together_and_published_by_keyboard(world: World, enter: Enter, scripts: bool) -> None:
    page = enter("/?actor=Donald Trump", java_script_enabled=scripts)

    press(page, "Save as story")
    page.get_by_label("Title:").press_sequentially("The clash")
    press(page, "Save and continue editing")
    expect(page.get_by_role("link", name=f"actor {world.trump}")).to_be_visible()
    press(page, "Entries")
    page.get_by_label("Words, or an event’s address:").press_sequentially("minerals")
    press(page, "Search")
    press(page, "Key entry", row(page, "Find an event to put in", "Putin offers minerals"))
    press(page, "Key entry", row(page, "The chronology: 3 entries", "Trump and Zelenskyy clash"))
    press(page, "Up", row(page, "Key entries, the leading one first", "Trump and Zelenskyy clash"))
    press(page, "Leave out", row(page, "The chronology: 3 entries", "Trump posts a message"))
    clash = row(page, "The chronology: 2 entries", "Trump and Zelenskyy clash")
    clash.get_by_text("Write a note").press("Enter")
    clash.get_by_role("textbox").press_sequentially("Nobody signed.")
    press(page, "Save notes")
    expect(page.get_by_text("Saved.")).to_be_visible()
    press(page, "Words and filters")
    press(page, "Save and publish")

    page.goto(Story.objects.get().get_absolute_url())
    keys = page.get_by_role("region", name="Key entries").get_by_role("heading", level=3)
    expect(keys).to_have_text(["Trump and Zelenskyy clash", "Putin offers minerals"])
    expect(page.locator(".event-title")).to_have_text(["Trump and Zelenskyy clash", "Putin offers minerals"])
    expect(page.get_by_role("note")).to_have_text("Editor’s note Nobody signed.", use_inner_text=True)


def test_a_story_is_found_by_typing_for_an_event(world: World, enter: Enter) -> None:
    told = story(world)
    StoryEntry.objects.all().delete()
    page = enter(f"/admin/timeline/story/of/{world.clash.pk}/")
    page.get_by_role("combobox", name="Another story").click()
    page.get_by_role("searchbox", name="Search", exact=True).fill("clas")
    page.get_by_role("option", name="The clash").click()
    page.get_by_label("Why:").fill("It all begins here")
    page.get_by_role("region", name="Find a story").get_by_role("button", name="Key entry").click()

    expect(page.get_by_text("In “The clash” it is a key entry.")).to_be_visible()
    expect(page.get_by_role("region", name="Set by hand")).to_contain_text("key entry 1")
    assert [entry.event for entry in told.entries.all()] == [world.clash]


def test_a_long_story_goes_on_in_its_place(world: World, open_page: Open) -> None:
    for number in range(60):
        make_event(f"Event {number}")
    Story.objects.create(title="Long", slug="long", filters="kind=meeting")
    Story.objects.update(status="published", published_at="2025-03-05T12:00Z")
    page = open_page("/stories/long/")

    page.get_by_role("link", name="Show more").press("Enter")

    expect(page.locator(".event-title")).to_have_count(61)
    expect(page.get_by_role("heading", name="continued")).to_be_focused()


def test_a_story_on_paper_has_no_controls(world: World, open_page: Open) -> None:
    Story.objects.create(title="The clash", slug="clash", filters="kind=meeting", text="One.")
    Story.objects.update(status="published", published_at="2025-03-05T12:00Z")
    page = open_page("/stories/clash/")

    page.emulate_media(media="print")

    for name in ("Download CSV", "JSON", "Feed", "All stories"):
        expect(page.get_by_role("link", name=name)).to_be_hidden()
    expect(page.get_by_text("One.")).to_be_visible()
