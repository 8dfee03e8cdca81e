"""An actor's page."""

from __future__ import annotations

from collections.abc import Callable

from tests.factories import make_event, make_statement
from tests.views.conftest import World
from tests.views.page import Page

Visit = Callable[..., Page]


def test_an_actor_is_named_with_every_spelling(world: World, visit: Visit) -> None:
    page = visit(world.putin.get_absolute_url())
    assert page.text("<h1>") == "Vladimir Putin"
    assert page.text("actor-role") == "Person, President of Russia"
    assert page.text("aliases") == "Also written Putin"


def test_their_chronology_and_their_words_stand_apart(world: World, visit: Visit) -> None:
    page = visit(world.trump.get_absolute_url())
    assert page.texts("event-title") == ["Trump and Zelenskyy clash", "Trump posts a message"]
    assert page.texts("statement") == [
        "“He can come back.” — Donald Trump wrote on Truth Social Trump posts a message Harbour Dispatch"
    ]
    assert page.links("list-head") == [
        ("1 statement", f"/statements/?speaker={world.trump.uid}"),
        ("2 events", f"/?actor={world.trump.uid}"),
    ]


def test_in_their_chronology_only_they_speak(world: World, visit: Visit) -> None:
    make_statement("No.", speaker=world.zelenskyy, event=world.post)
    page = visit(world.trump.get_absolute_url())
    assert [text for text in page.texts("quote") if "No." in text] == []


def test_companions_lead_to_what_they_share(world: World, visit: Visit) -> None:
    make_event("They meet again", world.trump, world.zelenskyy)
    make_event("They all meet", world.trump, world.zelenskyy, world.putin)
    page = visit(world.trump.get_absolute_url())
    assert page.links("companions") == [
        ("Volodymyr Zelenskyy 3", f"/?actor={world.trump.uid}&actor={world.zelenskyy.uid}"),
        ("Vladimir Putin 1", f"/?actor={world.trump.uid}&actor={world.putin.uid}"),
    ]


def test_a_long_chronology_goes_on(world: World, visit: Visit) -> None:
    for n in range(60):
        make_event(f"Event {n}", world.putin)
    page = visit(world.putin.get_absolute_url())
    ((_, more),) = page.links("more")
    assert more.startswith(f"{world.putin.get_absolute_url()}?after=")
    assert len(page.texts("event-title") + visit(more, into="more").texts("event-title")) == 61


def test_who_neither_acts_nor_speaks_is_said_so(world: World, visit: Visit) -> None:
    world.zelenskyy.participations.all().delete()
    page = visit(world.zelenskyy.get_absolute_url())
    assert page.texts("none") == ["No statement of theirs is here.", "They take part in no event here."]
