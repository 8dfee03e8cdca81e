"""The review queue in a real browser: worked by keyboard alone, and without scripts, on a phone, in the dark."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.admin.desk import forget_history
from tests.browser.conftest import Open
from tests.browser.test_editor import Enter, barriers, enter
from tests.browser.test_every_page import unfold
from tests.factories import make_event, make_evidence, make_statement, until
from tests.views.conftest import World
from timeline.models import Event, Statement

pytestmark = pytest.mark.browser
__all__ = ["Open", "enter"]
LOOKS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "dark", "width": 390, "height": 844, "has_touch": True},
]


@pytest.fixture
def waiting(world: World) -> tuple[Event, Event, Statement]:
    """A doubtful event, a weak one and a weak statement, each with its sentence."""
    doubtful = make_event(
        "Nobody signs anything",
        status="review",
        confidence=0.8,
        hedged=True,
        importance=9.0,
        date=until(date(2025, 3, 2)),
    )
    weak = make_event("Trump writes", world.trump, status="review", confidence=0.5, importance=8.0)
    said = make_statement("reserves are large", status="review", confidence=0.6, speaker=world.putin)
    make_evidence(doubtful, world.article, "Nobody signed anything")
    make_evidence(weak, world.article, "Trump later wrote")
    make_evidence(said, world.article, "reserves are large")
    forget_history()
    return doubtful, weak, said


def heading(page: Page) -> Any:
    return page.locator("#item")


def total(page: Page) -> Any:
    return page.locator(".review-total strong")


def status(thing: Event | Statement) -> str:
    thing.refresh_from_db()
    return thing.status


def test_the_queue_is_worked_by_keyboard_alone(waiting: tuple[Event, Event, Statement], enter: Enter) -> None:
    doubtful, weak, said = waiting
    page = enter("/admin/review/")
    expect(total(page)).to_have_text("3")
    expect(heading(page)).to_have_text("Nobody signs anything")
    expect(page.get_by_role("list", name="Why it waits")).to_contain_text("hedged")
    expect(page.locator(".sources mark").first).to_be_in_viewport()

    page.keyboard.press("a")
    expect(page.get_by_text("Accepted: Nobody signs anything.")).to_be_visible()
    expect(total(page)).to_have_text("2")
    expect(heading(page)).to_have_text("Trump writes")
    assert status(doubtful) == "confirmed"

    page.keyboard.press("e")
    expect(page.get_by_label("Title:")).to_be_focused()
    expect(page.locator(".sources mark").first).to_be_in_viewport()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Trump posts")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("2025-03")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Corrected and accepted: Trump posts.")).to_be_visible()
    expect(total(page)).to_have_text("1")
    assert (status(weak), weak.title, weak.date.edtf) == ("confirmed", "Trump posts", "2025-03")

    page.keyboard.press("w")
    page.keyboard.type("area")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_text("Nothing waits any more.")).to_be_visible()
    assert (status(said), said.corrections["status"]["why"]) == ("rejected", "area")

    page.keyboard.press("u")
    expect(total(page)).to_have_text("1")
    expect(heading(page)).to_contain_text("reserves are large")
    page.keyboard.press("u")
    expect(heading(page)).to_have_text("Trump writes")
    page.keyboard.press("u")
    expect(heading(page)).to_have_text("Nobody signs anything")
    expect(total(page)).to_have_text("3")
    assert [status(thing) for thing in waiting] == ["review"] * 3
    assert [thing.corrections for thing in waiting] == [{}] * 3


def test_skipping_and_going_back_decide_nothing(waiting: tuple[Event, Event, Statement], enter: Enter) -> None:
    page = enter("/admin/review/")
    page.keyboard.press("s")
    expect(heading(page)).to_have_text("Nobody signs anything")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Trump writes")
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("reserves are large")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text("Trump writes")
    page.keyboard.press("?")
    expect(page.get_by_text("skip: the next one")).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Title:")).to_be_hidden()
    assert [status(thing) for thing in waiting] == ["review"] * 3


def test_the_queue_works_without_javascript(waiting: tuple[Event, Event, Statement], enter: Enter) -> None:
    page = enter("/admin/review/", java_script_enabled=False)
    page.get_by_role("button", name="Accept", exact=False).first.click()
    expect(heading(page)).to_have_text("Trump writes")
    page.get_by_role("link", name="Edit e").click()
    page.get_by_label("Title:").fill("Trump posts")
    page.get_by_role("button", name="Save and accept").click()
    expect(heading(page)).to_contain_text("reserves are large")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Nothing waits any more.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(total(page)).to_have_text("1")
    assert [status(thing) for thing in waiting] == ["confirmed", "confirmed", "review"]


def test_a_page_of_the_list_is_decided_and_taken_back(waiting: tuple[Event, Event, Statement], enter: Enter) -> None:
    page = enter("/admin/review/?view=list")
    page.get_by_role("checkbox", name="Trump writes").uncheck()
    page.get_by_role("button", name="Accept all ticked").click()
    expect(page.get_by_text("Accepted: 2 entries.")).to_be_visible()
    assert [status(thing) for thing in waiting] == ["confirmed", "review", "confirmed"]
    page.keyboard.press("u")
    expect(page.get_by_text("Undone: Accepted: 2 entries.")).to_be_visible()
    assert [status(thing) for thing in waiting] == ["review"] * 3


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "dark phone"])
def test_the_queue_has_no_barrier(
    waiting: tuple[Event, Event, Statement], enter: Enter, options: dict[str, Any]
) -> None:
    page = enter("/admin/review/", **options)
    found = []
    page.get_by_role("button", name="Reject").click()
    for path in ("", "?view=list", "?at=end", "?reason=hedged&publisher=Nobody", f"?at=event-{waiting[0].pk}&edit=1"):
        page.goto(f"/admin/review/{path}")
        unfold(page)
        found += barriers(page)
    page.goto("/admin/recent/")
    found += barriers(page)
    assert found == []


def test_a_recent_change_is_undone_and_what_was_built_on_it_is_told_first(
    waiting: tuple[Event, Event, Statement], enter: Enter
) -> None:
    page = enter("/admin/review/")
    page.get_by_role("button", name="Reject").click()
    page.goto(f"/admin/review/?at=event-{waiting[0].pk}&edit=1")
    page.get_by_label("Title:").fill("Nobody signs")
    page.get_by_role("button", name="Save and accept").click()
    expect(page.get_by_text("Corrected and accepted: Nobody signs.")).to_be_visible()

    page.get_by_role("link", name="Recent changes").click()
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("these changes are taken back with it")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("Undone: Nobody signs.")).to_be_visible()
    assert (status(waiting[0]), waiting[0].title) == ("review", "Nobody signs anything")


def test_the_queue_fits_a_small_phone(waiting: tuple[Event, Event, Statement], enter: Enter) -> None:
    page = enter("/admin/review/", width=320)
    page.get_by_role("button", name="Reject").click()
    for path in ("review/", "review/?view=list", "review/?at=end", "recent/"):
        page.goto(f"/admin/{path}")
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
