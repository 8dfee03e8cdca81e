"""Every count beside a choice is the number of events after choosing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from tests.factories import in_month, make_event, make_evidence, make_statement
from tests.views.conftest import World
from tests.views.page import Page, words
from timeline.forms import ChronologyForm
from timeline.search import asking
from timeline.views.facets import Option, facets
from timeline.vocabulary import EventStatus, PartialDate, StatementKind

Visit = Callable[..., Page]
QUERIES = [
    "",
    "quote",
    "direct",
    "indirect",
    "quote&indirect",
    "direct&indirect",
    "actor=Donald Trump",
    "speaker=Vladimir Putin",
    "speaker=Donald Trump&direct",
    "place=White House",
    "publisher=Harbour Dispatch",
    "kind=statement&status=hedged",
    "q=trump",
    "from=2025-03-01&to=2025-03-05",
    "top=2",
    "top=1&kind=statement",
]


def formed(query: str) -> ChronologyForm:
    form = ChronologyForm(QueryDict(query))
    assert form.is_valid(), form.problems
    return form


@pytest.mark.parametrize("query", QUERIES)
def test_a_count_is_the_number_of_rows_after_choosing(world: World, query: str) -> None:
    make_statement("Mixed words", speaker=world.putin, event=world.clash, kind=StatementKind.MIXED)
    make_statement("He is said to agree", speaker=world.putin, event=world.post, kind=StatementKind.INDIRECT)
    make_statement("hidden", speaker=world.zelenskyy, event=world.post, status=EventStatus.REJECTED)
    form = formed(query)
    found = facets(form)
    single = {
        "speaker": found.speakers,
        "place": found.places,
        "publisher": found.publishers,
        "kind": found.kinds,
        "status": found.statuses,
    }
    for name, options in single.items():
        for option in options:
            after = formed(form.querystring(**{name: option.value}))
            assert (name, option.label, after.events().count()) == (name, option.label, option.count)
    for option in found.actors:
        chosen = [actor.uid for actor in form.value("actor")]
        after = formed(form.querystring(actor=[*chosen, *([] if option.chosen else [option.value])]))
        assert (option.label, after.events().count()) == (option.label, option.count)


def test_the_chosen_actor_stands_first(world: World) -> None:
    found = facets(formed("actor=Zelensky"))
    assert found.actors == (
        Option(world.zelenskyy.uid, "Volodymyr Zelenskyy", 1, True),
        Option(world.trump.uid, "Donald Trump", 1),
    )


def test_a_choice_stays_among_the_choices_though_it_leaves_nothing(world: World) -> None:
    found = facets(formed(urlencode({"speaker": "Donald Trump", "kind": "attack", "status": "corrected"})))
    assert found.speakers == (Option(world.trump.uid, "Donald Trump", 0, True),)
    assert found.kinds == (Option("attack", "Attack", 0, True),)
    assert found.statuses == (Option("corrected", "Corrected", 0, True),)


def test_two_passages_of_one_publisher_are_one_event(world: World) -> None:
    make_evidence(world.clash, world.article, "Nobody signed anything")
    (option,) = facets(formed("actor=Zelensky")).publishers
    assert option == Option("Harbour Dispatch", "Harbour Dispatch", 1)


def test_a_place_counts_what_happened_in_its_parts(world: World) -> None:
    make_event("Dinner", place=world.house)
    assert facets(formed("")).places == (
        Option(world.house.uid, "White House", 2),
        Option(world.office.uid, "Oval Office", 1),
    )


@pytest.mark.parametrize(
    "path", ["/", "/?q=trump", "/?direct", "/?top=2", "/?sort=newest&to=2025-03-01", "/statements/"]
)
def test_every_choice_on_a_page_leads_to_as_many_rows_as_it_says(world: World, visit: Visit, path: str) -> None:
    make_event("Somewhen", world.putin, date=PartialDate.unknown())
    make_event("A meeting in February", world.trump, date=in_month(2025, 2), place=world.house)
    page = visit(path)
    base, _, query = path.partition("?")
    tried = 0
    for name, value, count in choices(page):
        other = visit(f"{base}?{query}&{urlencode({name: value})}")
        assert (name, value, len(other.elements("event")), shown(other)) == (name, value, count, count)
        tried += 1
    assert tried >= 4


def choices(page: Page) -> Iterator[tuple[str, str, int]]:
    """What can be chosen on a page, with the count that stands beside it."""
    for option in page.tree.xpath("//select[@name]/option[@value!='']"):
        if found := re.search(r"\(([\d,]+)\)$", words(option)):
            yield option.getparent().get("name"), option.get("value"), int(found[1].replace(",", ""))
    for choice in page.tree.xpath("//fieldset[contains(@class, 'actors')]//label"):
        yield "actor", choice.xpath(".//input/@value")[0], int(words(choice).split()[-1])


def shown(page: Page) -> int:
    return int(page.text("#count").split()[0])


def test_where_only_the_newest_are_counted_the_page_says_so(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_COUNTED", 1)
    monkeypatch.setattr("timeline.views.facets.MOST_COUNTED", 1)
    monkeypatch.setattr("timeline.views.statements.MOST_COUNTED", 1)
    page = visit("/?actor=Donald Trump")
    assert page.text("#count") == "2 events match"
    assert page.text("of-newest") == "Numbers are of the newest 1 events that match."
    assert page.options("kind") == ["Statement (1+)"] or page.options("kind") == ["Meeting (1+)"]
    assert visit("/").texts("of-newest") == []
    assert visit("/statements/?speaker=Vladimir Putin").texts("of-newest") == [
        "Numbers are of the newest 1 statements that match."
    ]
