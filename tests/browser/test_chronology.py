"""A reader at the chronology."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.factories import make_event
from tests.views.conftest import World
from timeline.models import Event
from timeline.vocabulary import PartialDate

pytestmark = pytest.mark.browser

ALL = ["Russia invades Ukraine", "Trump and Zelenskyy clash", "Trump posts a message", "Putin offers minerals"]


def titles(page: Page) -> Locator:
    return page.locator(".event-title")


def count(page: Page) -> Locator:
    return page.get_by_role("status")


def address(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def test_typing_filters_and_replaces_the_address(world: World, open_page: Open) -> None:
    page = open_page("/")
    before = page.evaluate("history.length")
    search = page.get_by_role("searchbox", name="Title, person or quote")
    search.press_sequentially("minerals", delay=20)
    expect(titles(page)).to_have_text(["Putin offers minerals"])
    expect(count(page)).to_have_text("1 event matches")
    expect(page).to_have_url(re.compile(r"/\?q=minerals$"))
    expect(search).to_be_focused()
    assert page.evaluate("history.length") == before


def test_key_events_are_a_choice_and_stay_so_when_others_are_made(world: World, open_page: Open) -> None:
    Event.objects.filter(pk=world.remarks.pk).update(importance=3.0)
    for number in range(20):
        day = date(2025, 3, 3) + timedelta(days=number)
        make_event(f"Event {number}", world.trump, date=PartialDate.on(day), importance=number / 10)
    page = open_page("/")
    page.get_by_label("Key events").select_option("The 10 most important")
    expect(count(page)).to_have_text("10 most important of 24 events")
    expect(titles(page)).to_have_text(["Putin offers minerals", *(f"Event {number}" for number in range(11, 20))])
    page.get_by_role("checkbox", name="Donald Trump").check()
    expect(count(page)).to_have_text("10 most important of 22 events")
    expect(page).to_have_url(re.compile(rf"/\?actor={world.trump.uid}&top=10$"))
    page.get_by_label("Key events").select_option("All events")
    expect(count(page)).to_have_text("22 events match")


def test_choosing_adds_to_the_history_and_back_goes_back(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("checkbox", name="Donald Trump").check()
    expect(titles(page)).to_have_text(["Trump and Zelenskyy clash", "Trump posts a message"])
    expect(count(page)).to_have_text("2 events match")
    expect(page).to_have_url(re.compile(rf"/\?actor={world.trump.uid}$"))
    expect(page.get_by_role("checkbox", name="Vladimir Putin")).to_have_count(0)
    page.get_by_label("Kind of event").select_option("statement")
    expect(titles(page)).to_have_text(["Trump posts a message"])
    expect(page.get_by_role("link", name="Download CSV")).to_have_attribute(
        "href", f"/timeline.csv?actor={world.trump.uid}&kind=statement"
    )
    page.go_back()
    expect(titles(page)).to_have_text(["Trump and Zelenskyy clash", "Trump posts a message"])
    expect(page.get_by_label("Kind of event")).to_have_value("")
    page.go_back()
    expect(titles(page)).to_have_text(ALL)


def test_quick_choices_all_count(world: World, open_page: Open) -> None:
    page = open_page("/")
    for name in ("Has a quote", "Direct speech", "Donald Trump"):
        page.get_by_role("checkbox", name=re.compile(rf"^{name}( \d+)?$")).check()
    expect(titles(page)).to_have_text(["Trump posts a message"])
    expect(count(page)).to_have_text("1 event matches")
    for name in ("Has a quote", "Direct speech", "Donald Trump"):
        expect(page.get_by_role("checkbox", name=re.compile(rf"^{name}( \d+)?$"))).to_be_checked()


def test_a_choice_made_while_the_choices_are_counted_again_is_kept(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.evaluate("""() => {
        let swaps = 0;
        document.addEventListener("htmx:before:swap", () => {
            swaps += 1;
            if (swaps === 2) document.querySelector(".actors input[type=checkbox]").click();
        });
    }""")
    page.get_by_role("checkbox", name="Has a quote").check()
    expect(page).to_have_url(re.compile(r"\?actor=.*&quote=1$"))
    expect(page.locator(".filters-on .filter-name")).to_have_text(["actor", "has a quote"])


def test_a_range_without_sense_is_explained_in_place(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.get_by_label("From").fill("2025-03-01")
    expect(count(page)).to_have_text("3 events match")
    page.get_by_label("To", exact=True).fill("2025-02-01")
    expect(page.get_by_role("alert")).to_contain_text("It is before “from”")
    page.get_by_label("To", exact=True).fill("2025-04-01")
    expect(titles(page)).to_have_text(ALL[1:])


def test_a_bar_sets_the_dates(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("link", name="January 2022: 1 event").click()
    expect(page.get_by_label("From")).to_have_value("2022-01-01")
    expect(page.get_by_label("To", exact=True)).to_have_value("2022-01-31")
    page.get_by_role("link", name="Show all dates").click()
    expect(titles(page)).to_have_text(ALL)
    page.get_by_text("Counts by month").click()
    page.get_by_role("link", name="March 2025", exact=True).click()
    expect(titles(page)).to_have_text(ALL[1:])


def test_show_more_goes_on_and_the_focus_with_it(world: World, open_page: Open) -> None:
    start = date(2030, 1, 1)
    for n in range(60):
        make_event(f"Event {n}", date=PartialDate.on(start + timedelta(days=n)))
    page = open_page("/")
    expect(titles(page)).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(titles(page)).to_have_count(64)
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')") == (
        "16 February 2030 Saturday"
    )
    assert address(page) == "/"


def test_the_keyboard_is_enough(world: World, open_page: Open) -> None:
    page = open_page("/")
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(focused) == ALL[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(focused) == ALL[1]
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.get_by_role("searchbox")).to_have_value("j?")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").blur()
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Keyboard")
    expect(help_dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    page.get_by_role("button", name="Keyboard").click()
    expect(help_dialog).to_be_visible()
    help_dialog.get_by_role("button", name="Close").click()
    expect(help_dialog).to_be_hidden()
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ALL[0])


def test_the_skip_link_is_the_first_stop(world: World, open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_chosen_theme_stays(world: World, open_page: Open) -> None:
    page = open_page("/", color_scheme="light")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_label("Theme").select_option("dark")
    dark = page.evaluate(colour)
    assert dark != light
    page.goto("/statements/")
    assert page.evaluate(colour) == dark
    expect(page.get_by_label("Theme")).to_have_value("dark")
    page.get_by_label("Theme").select_option("auto")
    page.goto("/")
    assert page.evaluate(colour) == light


def test_the_labels_of_the_graphic_do_not_overlap_on_a_small_phone(world: World, open_page: Open) -> None:
    make_event("An agreement", date=PartialDate.on(date(2025, 2, 24)))
    make_event("A summit", date=PartialDate.on(date(2025, 2, 28)))
    page = open_page("/?from=2025-02-24&to=2025-03-03", width=320)
    boxes = [label.bounding_box() for label in page.locator(".axis text").all() if label.is_visible()]
    assert len(boxes) == 4
    assert all(one["x"] + one["width"] < other["x"] for one, other in itertools.pairwise(boxes) if one and other)


def test_a_phone_folds_the_filters_away(world: World, open_page: Open) -> None:
    page = open_page("/", width=390, height=844)
    expect(page.get_by_label("From")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name="Donald Trump").check()
    expect(count(page)).to_have_text("2 events match")
    expect(page.get_by_label("From")).to_be_visible()


def test_paper_has_the_addresses_and_no_controls(world: World, open_page: Open) -> None:
    page = open_page("/?q=clash")
    page.emulate_media(media="print")
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_text("words clash")).to_be_visible()
    expect(page.get_by_role("link", name="Download CSV")).to_be_hidden()
    source = page.locator("a.source")
    printed = source.evaluate("element => getComputedStyle(element, '::after').content")
    assert "https://harbour.example/minerals" in re.sub(
        r'" attr\(data-url\) "', "https://harbour.example/minerals", printed
    )


def test_every_filter_works_without_scripts(world: World, open_page: Open) -> None:
    plain = open_page("/", java_script_enabled=False)
    live = open_page("/")
    for page in (plain, live):
        page.get_by_role("searchbox").fill("tr")
        page.get_by_role("checkbox", name="Donald Trump").check()
        page.get_by_role("checkbox", name="Has a quote").check()
        page.get_by_label("Status").select_option("hedged")
        page.get_by_label("From").fill("2025-01-01")
        page.get_by_label("Order").select_option("newest")
        page.get_by_role("button", name="Show events").click()
        expect(count(page)).to_have_text("1 event matches")
        expect(titles(page)).to_have_text(["Trump posts a message"])
        expect(page.locator(".filters-on .filter-name")).to_have_count(5)
    assert plain.locator("#events").inner_text() == live.locator("#events").inner_text()
    assert plain.locator("#facets").inner_text() == live.locator("#facets").inner_text()
    expect(plain.get_by_label("Theme")).to_be_hidden()
