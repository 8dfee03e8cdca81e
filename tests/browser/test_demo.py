"""The story that the demo tells, as a reader and an editor walk through it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.admin.desk import admin_url
from tests.browser.conftest import Open
from tests.browser.test_editor import Enter, enter
from timeline.ingest.takedown import take_down
from timeline.models import Article, Event
from timeline.vocabulary import EventStatus

pytestmark = pytest.mark.browser
__all__ = ["Open", "enter"]
CLASH = "Trump and Vance clash with Zelenskyy in the Oval Office"
DAYS = "/?from=2025-02-20&to=2025-03-02"


def entry(page: Page, title: str) -> Locator:
    return page.locator("li.event").filter(has=page.get_by_role("link", name=title, exact=True))


def titles(page: Page) -> list[str]:
    return page.locator("li.event .event-title").all_inner_texts()


def test_a_day_set_by_hand_turns_the_order_round_and_says_what_the_article_said(enter: Enter) -> None:
    call_command("load_demo", stdout=StringIO(), stderr=StringIO())
    # As it stood before the interview was printed that gives the day.
    take_down(Article.objects.get(url__contains="zarubin"))
    clash = Event.objects.get(title=CLASH)
    remarks = Event.objects.get(relations_to__source=clash, relations_to__article__publisher__name__startswith="Yamuna")
    Event.objects.filter(pk=remarks.pk).update(status=EventStatus.CONFIRMED)

    page = enter(DAYS)
    before = titles(page)
    assert before.index(clash.title) < before.index(remarks.title)
    expect(entry(page, remarks.title)).not_to_contain_text("an article says")

    page.goto(admin_url(remarks))
    page.get_by_label("When:").fill("2025-02-24")
    page.get_by_label("Why:").fill("The interview was broadcast on that day")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    page.goto(DAYS)
    after = titles(page)
    assert after.index(remarks.title) < after.index(clash.title)
    expect(entry(page, remarks.title)).to_contain_text(f"an article says after “{clash.title}”")
    expect(entry(page, remarks.title)).to_contain_text("corrected")
    expect(entry(page, clash.title)).to_contain_text(f"an article says before “{remarks.title}”")

    page.get_by_role("link", name=remarks.title, exact=True).click()
    expect(page.get_by_role("region", name="Order disputed")).to_contain_text("remarks came after the bitter clash")
