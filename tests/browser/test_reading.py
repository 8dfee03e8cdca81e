"""From an entry to the sentence that proves it, and from a speaker to their words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.factories import make_evidence
from tests.views.conftest import World

pytestmark = pytest.mark.browser


def test_every_entry_is_one_click_from_its_sentence(world: World, open_page: Open) -> None:
    page = open_page("/?q=clash")
    page.get_by_role("link", name="Harbour Dispatch").click()
    passage = page.locator("mark.is-target")
    expect(passage).to_have_text("Trump and Zelenskyy argued in the Oval Office")
    expect(passage).to_be_in_viewport()
    passage.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trump and Zelenskyy clash")
    page.locator(".passage").get_by_role("link").click()
    expect(page.locator("mark.is-target")).to_have_text("Trump and Zelenskyy argued in the Oval Office")


def test_all_pieces_of_a_passage_light_up(world: World, open_page: Open) -> None:
    wide = make_evidence(world.clash, world.article, "It came after Trump and Zelenskyy argued")
    page = open_page(f"{world.article.get_absolute_url()}#e{wide.pk}")
    expect(page.locator("mark.is-target")).to_have_text(["It came after", "Trump and Zelenskyy argued"])


def test_without_scripts_the_beginning_of_a_passage_lights_up(world: World, open_page: Open) -> None:
    evidence = world.clash.evidence.get()
    page = open_page(f"{world.article.get_absolute_url()}#e{evidence.pk}", java_script_enabled=False)
    mark = page.locator(f"#e{evidence.pk} + mark")
    assert mark.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_statements_are_searched_while_typing(world: World, open_page: Open) -> None:
    page = open_page("/statements/")
    page.get_by_role("searchbox", name="Words of a statement").press_sequentially("partners", delay=20)
    expect(page.locator("blockquote")).to_have_text(["“We are ready to work with our partners”"])
    expect(page.get_by_role("status")).to_have_text("1 statement matches")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("status")).to_have_text("3 statements")
    page.get_by_label("Speaker").select_option(label="Vladimir Putin (2)")
    expect(page.get_by_role("status")).to_have_text("2 statements match")
    page.get_by_role("checkbox", name="Direct speech", exact=True).check()
    expect(page.get_by_role("status")).to_have_text("1 statement matches")
    expect(page).to_have_url(re.compile(rf"/statements/\?speaker={world.putin.uid}&direct=1$"))


def test_a_speaker_leads_to_everything_they_said(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.locator("figcaption").get_by_role("link", name="Vladimir Putin").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vladimir Putin")
    page.get_by_role("link", name="2 statements").click()
    expect(page.get_by_role("status")).to_have_text("2 statements match")


def test_furniture_is_one_click_away(world: World, open_page: Open) -> None:
    page = open_page(world.article.get_absolute_url())
    removed = page.get_by_text("Read also: ten recipes")
    expect(removed).to_be_hidden()
    page.get_by_text("Removed as furniture").click()
    expect(removed).to_be_visible()
