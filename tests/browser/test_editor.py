"""The editor in a real browser: by keyboard and name, in the dark, on a phone, under the strict policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.admin.desk import admin_url, forget_history
from tests.browser.conftest import Open
from tests.browser.test_every_page import OPTIONS, story, unfold
from tests.views.conftest import World
from timeline.models import Article, Event, Judgement, Story

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


@pytest.fixture
def enter(open_page: Open, db: None) -> Enter:
    """Open a path of the site as an editor."""

    def go(path: str, **options: Any) -> Page:
        editor = User.objects.filter(username="edith").first()
        client = Client()
        client.force_login(editor or User.objects.create(username="edith", is_staff=True, is_superuser=True))
        page = open_page("/admin/login/", **options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url.split("/admin")[0]}]
        )
        page.goto(path)
        return page

    return go


def paths(world: World) -> list[str]:
    lists = [Event, Article, Judgement, Story]
    told = story(world)
    return [
        "/admin/",
        *(admin_url(model, "changelist") for model in lists),
        *(admin_url(thing) for thing in (world.clash, world.ready, world.putin, world.article, world.office)),
        admin_url(Event, "add"),
        admin_url(Story, "add"),
        admin_url(told),
        f"/admin/timeline/story/{told.pk}/entries/?q=clash",
        f"/admin/timeline/story/of/{world.clash.pk}/",
        admin_url(Article, "add"),
        f"{admin_url(Article, 'add')}?read={world.article.uid}",
        admin_url(world.clash, "history"),
        admin_url(world.clash, "delete"),
        admin_url(world.article, "delete"),
    ]


def correct(page: Page, world: World) -> None:
    page.goto(admin_url(world.clash))
    page.get_by_label("When:").fill("2025-02-28")
    page.get_by_label("Why:").fill("The host said so")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def barriers(page: Page) -> list[str]:
    """Without preloading: the styles that axe would put into the page are what the policy is there to refuse."""
    found: dict[str, Any] = Axe().run(page, options={**OPTIONS, "preload": False}).response
    return [
        f"{page.url}: {violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "width": 390, "height": 844, "has_touch": True}],
    ids=["desktop", "dark phone"],
)
def test_no_page_of_the_editor_has_a_barrier(world: World, enter: Enter, options: dict[str, Any]) -> None:
    page = enter("/admin/", **options)
    correct(page, world)
    found = barriers(page)
    for path in paths(world):
        page.goto(path)
        unfold(page)
        found += barriers(page)
    assert found == []


def test_no_page_of_the_editor_is_wider_than_a_small_phone(world: World, enter: Enter) -> None:
    page = enter("/admin/", width=320)
    wider = []
    for path in paths(world):
        page.goto(path)
        unfold(page)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wider.append(path)
    assert wider == []


def test_a_date_is_put_right_beside_its_source_and_taken_back_in_one_click(world: World, enter: Enter) -> None:
    forget_history()
    page = enter(admin_url(world.clash))
    before = world.clash.date
    expect(page.get_by_role("region", name="What the sources say")).to_contain_text("Oval Office")

    correct(page, world)
    expect(page.get_by_text("Corrected by edith on")).to_contain_text("because: The host said so.")
    world.clash.refresh_from_db()
    assert world.clash.date.edtf == "2025-02-28"

    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_text("is restored.")).to_be_visible()
    world.clash.refresh_from_db()
    assert (world.clash.date, world.clash.corrections) == (before, {})


def test_an_actor_is_found_by_typing_and_added(world: World, enter: Enter) -> None:
    page = enter(admin_url(world.clash))
    page.get_by_role("button", name="Add another Actor", exact=True).click()
    page.get_by_role("combobox", name="Actor").last.click()
    page.get_by_role("searchbox", name="Search").fill("Put")
    page.get_by_role("option", name="Vladimir Putin").click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert world.putin in [p.actor for p in world.clash.participations.all()]


def test_an_event_is_rejected_with_a_button(world: World, enter: Enter) -> None:
    page = enter(admin_url(world.clash))
    page.get_by_role("button", name="Save and reject").click()

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    world.clash.refresh_from_db()
    assert world.clash.status == "rejected"


def test_enter_in_a_field_saves_and_decides_nothing(world: World, enter: Enter) -> None:
    page = enter(admin_url(world.clash))
    status = world.clash.status
    page.get_by_label("Title:").fill("They shout")
    page.get_by_label("Title:").press("Enter")

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    world.clash.refresh_from_db()
    assert (world.clash.title, world.clash.status) == ("They shout", status)


def test_everything_works_without_javascript(world: World, enter: Enter) -> None:
    page = enter(admin_url(world.clash), java_script_enabled=False)
    correct(page, world)

    world.clash.refresh_from_db()
    assert world.clash.date.edtf == "2025-02-28"
