"""Merging and splitting in a real browser: by name and keyboard, without a barrier, on a phone and in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.admin.desk import admin_url
from tests.browser.test_editor import Enter, barriers, enter
from tests.browser.test_every_page import unfold
from tests.factories import make_actor, make_article, make_evidence, make_statement
from tests.views.conftest import World
from timeline.models import Actor

__all__ = ["enter"]

pytestmark = pytest.mark.browser


def make_pair(world: World) -> tuple[Actor, Actor]:
    other = make_actor("Vladimir Poutine", "Poutine")
    said = make_statement("We shall see.", speaker=other)
    make_evidence(
        said, make_article("“We shall see,” Poutine said, after a long and rather tiring day."), "We shall see"
    )
    return world.putin, other


def merge(page: Page, kept: Actor, other: Actor) -> None:
    page.goto(admin_url(kept))
    page.get_by_role("link", name="Merge with…").click()
    page.locator(".select2-selection").click()
    page.get_by_role("searchbox", name="Search", exact=True).fill("Poutine")
    page.get_by_role("option", name=str(other)).click()
    page.get_by_role("button", name="Compare them").click()
    page.get_by_label(f"Keep “{kept}”").check()
    page.get_by_label("Why:").fill("One man")
    page.get_by_role("button", name="Merge", exact=True).click()


def test_two_actors_are_merged_and_taken_apart_again_by_name(world: World, enter: Enter) -> None:
    kept, other = make_pair(world)
    page = enter("/admin/")

    merge(page, kept, other)
    expect(page.get_by_text("merged into “Vladimir Putin”. Moved: 1 statement, 2 spellings.")).to_be_visible()
    page.get_by_role("button", name="Undo the merge").click()

    expect(page.get_by_text("The merge is undone")).to_be_visible()
    expect(page.get_by_label("Name:")).to_have_value("Vladimir Poutine")


LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 390, "height": 844, "has_touch": True},
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_merging_has_a_barrier(world: World, enter: Enter, look: str) -> None:
    options = LOOKS[look]
    kept, other = make_pair(world)
    page = enter("/admin/", **options)
    paths = [
        f"{admin_url(Actor, 'merge')}?id={kept.pk}&id={other.pk}",
        admin_url(kept, "merge_with"),
        admin_url(kept, "split"),
        admin_url(world.clash, "split"),
    ]
    found = []
    for path in paths:
        page.goto(path)
        found += barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or {"width": 0})["width"]
    merge(page, kept, other)
    expect(page.get_by_role("heading", name="Merged into this actor")).to_be_visible()
    for path in (admin_url(kept), admin_url(other), admin_url(other, "history")):
        page.goto(path)
        unfold(page)
        found += barriers(page)
    assert found == []
