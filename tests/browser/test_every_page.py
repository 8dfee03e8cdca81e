"""What holds on every page: no barrier, no overflow, no refusal."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.views.conftest import World
from timeline.models import Story, StoryEntry

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}


def paths(world: World) -> list[str]:
    return [
        "/",
        "/?actor=Donald Trump&sort=newest&from=2025",
        "/?top=2",
        "/?q=zzz",
        "/?from=yesterday",
        "/nowhere/",
        "/statements/",
        "/stories/",
        story(world).get_absolute_url(),
        world.clash.get_absolute_url(),
        world.remarks.get_absolute_url(),
        f"{world.article.get_absolute_url()}#e{world.clash.evidence.get().pk}",
        world.putin.get_absolute_url(),
    ]


def story(world: World) -> Story:
    """A story with everything that may stand on its page."""
    words = {"title": "The clash", "standfirst": "How it went.", "text": "One.\n\nTwo."}
    made, is_new = Story.objects.get_or_create(
        slug="clash",
        defaults={**words, "filters": "actor=gone\nfrom=2022", "status": "published", "published_at": timezone.now()},
    )
    if is_new:
        for rank, event in enumerate((world.remarks, world.clash, world.invasion), start=1):
            StoryEntry.objects.create(story=made, event=event, emphasis=rank, note="Mark this.")
    return made


def unfold(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")


def barriers(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    return [
        f"{page.url}: {violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    ("look", "options"),
    [
        ("light", {"color_scheme": "light"}),
        ("dark", {"color_scheme": "dark"}),
        ("phone", {"width": 390, "height": 844, "has_touch": True}),
        ("print", {"color_scheme": "light"}),
    ],
)
def test_no_page_has_a_barrier(world: World, open_page: Open, look: str, options: dict[str, Any]) -> None:
    page = open_page("/", **options)
    if look == "print":
        page.emulate_media(media="print")
    found = []
    for path in paths(world):
        page.goto(path)
        unfold(page)
        found += barriers(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(world: World, open_page: Open, width: int) -> None:
    page = open_page("/", width=width)
    wider = []
    for path in paths(world):
        page.goto(path)
        unfold(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(path)
    assert wider == []


def test_the_header_fits_a_small_phone(world: World, open_page: Open) -> None:
    page = open_page("/", width=320)
    links = page.get_by_role("navigation", name="Main").get_by_role("link").all()
    theme = page.get_by_label("Theme").bounding_box()
    assert theme is not None
    for link in links:
        box = link.bounding_box()
        assert box is not None
        beside = box["x"] + box["width"] <= theme["x"]
        below = box["y"] >= theme["y"] + theme["height"]
        assert beside or below
        assert box["x"] + box["width"] <= 320


def test_ids_are_unique(world: World, open_page: Open) -> None:
    page = open_page("/")
    doubled = []
    for path in paths(world):
        page.goto(path)
        ids = page.eval_on_selector_all("[id]", "elements => elements.map(element => element.id)")
        doubled += [(path, one) for one in set(ids) if ids.count(one) > 1]
    assert doubled == []
