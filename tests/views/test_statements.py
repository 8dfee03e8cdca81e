"""The list of statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from tests.factories import make_actor, make_statement
from tests.views.conftest import World
from tests.views.page import Page
from timeline.vocabulary import PartialDate

Visit = Callable[..., Page]


def test_each_statement_stands_with_speaker_medium_event_and_source(world: World, visit: Visit) -> None:
    page = visit("/statements/")
    assert page.texts("day-date") == ["on or before 2 March 2025 · date not stated"]
    assert page.texts("statement") == [
        "“We are ready to work with our partners” — Vladimir Putin said in a video"
        " Putin offers minerals Harbour Dispatch",
        "reserves are large — Vladimir Putin added (paraphrase) Putin offers minerals Harbour Dispatch",
        "“He can come back.” — Donald Trump wrote on Truth Social Trump posts a message Harbour Dispatch",
    ]
    assert page.text("#count") == "3 statements"
    remarks = world.remarks.get_absolute_url()
    evidence = world.ready.evidence.get()
    assert page.links("chips")[:2] == [
        ("Putin offers minerals", f"{remarks}#s{world.ready.uid}"),
        ("Harbour Dispatch", f"{world.article.get_absolute_url()}#e{evidence.pk}"),
    ]


def test_speaker_and_direct_give_exactly_their_rows(world: World, visit: Visit) -> None:
    page = visit("/statements/?speaker=Vladimir Putin&direct")
    assert page.texts("<blockquote>") == ["“We are ready to work with our partners”"]
    assert page.text("#count") == "1 statement matches"


def test_counts_beside_the_choices_are_rows_after_choosing(world: World, visit: Visit) -> None:
    page = visit("/statements/?to=2030")
    assert page.options("speaker") == ["Vladimir Putin (2)", "Donald Trump (1)"]
    assert page.options("medium") == ["Truth Social (1)", "video (1)"]
    assert page.options("kind") == ["Direct quotes (2)", "Paraphrases (1)"]
    assert visit("/statements/?to=2030&medium=video").text("#count") == "1 statement matches"


def test_a_statement_without_speaker_or_event_stands_too(db: None, visit: Visit) -> None:
    make_statement("Fire!", speaker_as_written="a passer-by", cue="shouted")
    assert visit("/statements/").texts("statement") == ["“Fire!” — a passer-by shouted"]


def test_the_list_goes_on_by_cursor(db: None, visit: Visit) -> None:
    speaker = make_actor()
    start = date(2020, 1, 1)
    for n in range(70):
        make_statement(f"Sentence {n}", speaker=speaker, date=PartialDate.on(start + timedelta(days=n)))
    first = visit("/statements/?direct")
    second = visit(first.links("more")[0][1])
    assert first.texts("<blockquote>") + second.texts("<blockquote>") == [f"“Sentence {n}”" for n in range(70)]
    assert second.links("more") == []


def test_the_list_comes_first_and_asks_for_the_rest(world: World, visit: Visit, client: Client) -> None:
    page = visit("/statements/?q=ready", into="events", source="input#q")
    (rest,) = page.tree.xpath("//*[@data-hx-trigger='load']")
    assert (rest.get("data-hx-get"), rest.get("data-hx-target")) == ("/statements/?q=ready", "#count")
    summary = visit("/statements/?q=ready", into="count")
    swaps = summary.tree.xpath("//*[@data-hx-swap-oob]")
    assert [swap.get("data-hx-swap-oob") for swap in swaps] == ["innerHTML:#facets", "innerHTML:#tools"]


def test_nothing_found_says_what_to_drop(world: World, visit: Visit) -> None:
    page = visit("/statements/?q=zzz")
    assert page.links("drop") == [("words zzz", "/statements/")]


def test_nothing_read_says_how_to_begin(db: None, visit: Visit) -> None:
    assert visit("/statements/").texts("nothing")[0].startswith("No statements yet")
