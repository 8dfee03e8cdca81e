"""Pairs that may be one, in a real browser: answered by keyboard alone and without scripts, on a phone, in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.admin.desk import admin_url, forget_history
from tests.browser.conftest import Open
from tests.browser.test_editor import Enter, barriers, enter
from tests.browser.test_every_page import unfold
from tests.browser.test_queue import LOOKS, heading, total
from tests.factories import make_actor, make_article, make_event, make_evidence, make_statement
from tests.views.conftest import World
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, ActorSuggestion, EventSuggestion, Judgement
from timeline.vocabulary import EventKind

pytestmark = pytest.mark.browser
__all__ = ["Open", "enter"]


@pytest.fixture
def mayors(world: World) -> tuple[Actor, Actor]:
    """One mayor in two spellings, each with a sentence, and two tellings of one treaty."""
    one, other = make_actor("Mira Novak", role="mayor of Leeds"), make_actor("Mira Nowak")
    for number, actor in enumerate((one, other)):
        text = f"“We open harbour {number},” {actor} said on the quay."
        make_evidence(make_statement(f"We open harbour {number}", speaker=actor), make_article(text), text[1:18])
    events = [
        make_event(title, one, kind=EventKind.AGREEMENT)
        for title in ("Novak signs the harbour treaty", "Harbour treaty is signed by Novak")
    ]
    for number, event in enumerate(events):
        article = make_article(f"They signed the harbour treaty, paper {number} says.", source_key=f"s{number}")
        make_evidence(event, article, "signed the harbour treaty")
    suggest_anew(one, other, *events)
    forget_history()
    return one, other


def test_pairs_are_answered_and_taken_back_by_keyboard_alone(mayors: tuple[Actor, Actor], enter: Enter) -> None:
    one, other = mayors
    page = enter("/admin/review/")
    expect(total(page)).to_have_text("2")
    expect(heading(page)).to_have_text("“Mira Novak” and “Mira Nowak”")
    expect(page.get_by_role("list", name="Why it waits")).to_contain_text("the same name in another spelling")
    for passage in page.locator("#content mark").all():
        expect(passage).to_be_in_viewport()

    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("treaty")
    page.keyboard.press("w")
    page.keyboard.type("Two treaties")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    expect(page.locator(".messagelist").get_by_text("Not the same: Novak signs")).to_be_visible()
    expect(total(page)).to_have_text("1")
    assert Judgement.objects.get().why == "Two treaties"

    page.goto("/admin/review/")
    page.keyboard.press("2")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("s")
    expect(page.locator(".messagelist").get_by_text("Merged: Mira Novak into Mira Nowak.")).to_be_visible()
    expect(total(page)).to_have_text("0")
    one.refresh_from_db()
    assert one.kept == other

    page.keyboard.press("u")
    expect(heading(page)).to_have_text("“Mira Novak” and “Mira Nowak”")
    expect(total(page)).to_have_text("1")
    page.keyboard.press("u")
    expect(heading(page)).to_contain_text("treaty")
    expect(total(page)).to_have_text("2")
    one.refresh_from_db()
    assert (one.is_merged, Judgement.objects.filter(undone_at=None).count()) == (False, 0)


def test_pairs_are_answered_without_javascript(mayors: tuple[Actor, Actor], enter: Enter) -> None:
    one, other = mayors
    page = enter("/admin/review/", java_script_enabled=False)
    page.get_by_label("keep this one 2").check()
    page.get_by_role("button", name="Same s", exact=True).click()
    expect(heading(page)).to_contain_text("treaty")
    page.get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(heading(page)).to_contain_text("treaty")
    one.refresh_from_db()
    assert (one.kept, EventSuggestion.objects.count()) == (other, 1)


def test_an_actor_page_leads_to_the_question(mayors: tuple[Actor, Actor], enter: Enter) -> None:
    page = enter(admin_url(mayors[0]))
    page.get_by_role("link", name="Same or not?").click()

    expect(heading(page)).to_have_text("“Mira Novak” and “Mira Nowak”")


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "dark phone"])
def test_no_page_of_pairs_has_a_barrier(mayors: tuple[Actor, Actor], enter: Enter, options: dict[str, Any]) -> None:
    page = enter("/admin/review/", **options)
    found = []
    [doubles] = EventSuggestion.objects.all()
    for path in ("review/", "review/?view=list", f"review/?at=doubles-{doubles.pk}"):
        page.goto(f"/admin/{path}")
        unfold(page)
        found += barriers(page)
    page.goto(admin_url(mayors[0]))
    found += barriers(page)
    assert found == []


def test_pairs_fit_a_small_phone(mayors: tuple[Actor, Actor], enter: Enter) -> None:
    page = enter("/admin/review/", width=320)
    for path in ("review/", "review/?view=list", admin_url(mayors[0]).removeprefix("/admin/")):
        page.goto(f"/admin/{path}")
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert ActorSuggestion.objects.count() == 1
