"""Background work in a real browser: given, watched as it moves and stopped, with scripts and without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_editor import Enter, barriers, enter
from tests.factories import make_article
from timeline.ingest import work
from timeline.ingest.run import IngestResult
from timeline.models import Work, Worker, WorkPart

pytestmark = pytest.mark.browser
__all__ = ["Open", "enter"]
LOOKS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "dark", "width": 390, "height": 844, "has_touch": True},
]


def make_work() -> Work:
    """Work of every state, with refusals and a long name; the one that runs."""
    now = datetime.now(UTC)
    for name, state in (("done.zip", "done"), ("failed.zip", "failed"), ("stopped.zip", "stopped")):
        work.ask(Work.Kind.FILE, name, b"", by=None)
        WorkPart.objects.filter(work__name=name).update(state=state, reason="the disk is full" * (state == "failed"))
    addresses = "\n".join(f"https://a.example/{n}/{'long' * 30}" for n in range(40))
    running = work.ask(Work.Kind.ADDRESSES, "archive-of-" + "storms" * 20, addresses.encode(), by=None)
    part = work.claim("w", datetime.now(UTC), timedelta(hours=1))
    assert part is not None
    Work.objects.filter(pk=running.pk).update(total=40)
    refused = IngestResult.refused("there is no such page")
    for result in (refused, IngestResult(outcome="taken")):
        work.settle(part, f"https://a.example/1/{'long' * 30}", result, spent=3)
        part.position += 1
    hour = timedelta(hours=1)
    Worker.objects.create(host="reading-room", process=7, since=now, seen_at=now, alive_until=now + hour)
    Worker.objects.create(host="cellar", process=8, since=now, seen_at=now - hour, alive_until=now - hour)
    return running


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_of_it_has_a_barrier_or_is_wider_than_the_screen(enter: Enter, look: dict[str, Any]) -> None:
    running = make_work()
    page = enter("/admin/background/", **look)
    found = []
    for path in ("/admin/background/", running.get_absolute_url()):
        page.goto(path)
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        found += barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= look.get("width", 1280)
    assert found == []


def test_what_is_read_meanwhile_is_shown_and_focus_stays(enter: Enter) -> None:
    running = make_work()
    page = enter(running.get_absolute_url())
    expect(page.get_by_text("2 of 40")).to_be_visible()
    page.get_by_role("button", name="Stop").focus()

    WorkPart.objects.filter(work=running).update(taken=30)

    expect(page.get_by_text("31 of 40")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stopped by")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Waiting: 31 of 40")).to_be_visible()


def test_an_archive_is_given_and_stopped_without_scripts(enter: Enter) -> None:
    page: Page = enter("/admin/background/", java_script_enabled=False)
    file = FilePayload(name="storms.jsonl", mimeType="text/plain", buffer=b'{"id": "a", "text": "One."}')
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read them in the background").click()

    expect(page.get_by_role("heading", name="storms.jsonl")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped by")).to_be_visible()
    page.get_by_role("link", name="Background work").click()
    expect(page.get_by_role("link", name="storms.jsonl")).to_be_visible()


def test_stored_articles_are_asked_to_be_read_again_by_keyboard_alone(enter: Enter) -> None:
    make_article("The harbour was closed.", extracted_with="1")
    page = enter("/admin/background/")
    page.get_by_text("Look after what is stored").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read again").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What older rules have read, once more")).to_be_visible()
    expect(page.get_by_text("Waiting: 0 read again")).to_be_visible()
