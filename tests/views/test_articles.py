"""An article's page: the text with everything it proves."""

from __future__ import annotations

from collections.abc import Callable

from tests.factories import make_article, make_evidence, make_publisher
from tests.views.conftest import World
from tests.views.page import Page, words
from timeline.models import Alias
from timeline.vocabulary import ArticleState, EventStatus

Visit = Callable[..., Page]


def test_the_text_stands_in_blocks_by_role(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    assert page.text("<h1>") == "The Kremlin is open to sell minerals, its leader said."
    text = page.elements("text")[0]
    assert [(words(block), block.get("class")) for block in page.elements("block", text)] == [
        ("It came after Trump and Zelenskyy argued in the Oval Office. Nobody signed anything.", "block is-body"),
        (
            "“We are ready to work with our partners,” Putin said in a video. He added that reserves are large.",
            "block is-body",
        ),
        ("Trump later wrote: “He can come back.”", "block is-body"),
    ]


def test_what_was_removed_is_one_click_away(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    furniture = page.elements("furniture")[0]
    assert furniture.tag == "details"
    assert [words(block) for block in page.elements("block", furniture)] == [
        "Read also: ten recipes",
        "Home | World | Sport",
    ]


def test_every_passage_is_marked_and_leads_to_what_it_proves(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    remarks = world.remarks.get_absolute_url()
    assert page.links("evidence") == [
        ("The Kremlin is open to sell minerals", remarks),
        ("Trump and Zelenskyy argued in the Oval Office", world.clash.get_absolute_url()),
        ("We are ready to work with our partners", f"{remarks}#s{world.ready.uid}"),
        ("reserves are large", f"{remarks}#s{world.reserves.uid}"),
        ("Trump later wrote", world.post.get_absolute_url()),
        ("He can come back.", f"{world.post.get_absolute_url()}#s{world.back.uid}"),
    ]
    anchors = [anchor.get("id") for anchor in page.elements("anchor")]
    expected = [f"e{evidence.pk}" for evidence in world.article.evidence.order_by("start")]
    assert anchors == expected


def test_whoever_is_named_outside_the_passages_is_marked_too(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    assert page.links("named") == [("Putin", world.putin.get_absolute_url())]


def test_a_spelling_that_two_bear_names_neither(world: World, visit: Visit) -> None:
    Alias.objects.create(actor=world.trump, text="Putin", normal="putin")
    assert visit(world.article.get_absolute_url()).links("named") == []


def test_what_was_read_is_listed_with_the_way_to_its_passage(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    first = world.remarks.evidence.get()
    assert page.texts("finding")[:3] == [
        "event Putin offers minerals ¶",
        "event Trump and Zelenskyy clash ¶",
        "quote Vladimir Putin: “We are ready to work with our partners” ¶",
    ]
    assert page.links("to-passage")[0] == ("¶", f"#e{first.pk}")


def test_passages_of_what_is_not_on_the_page_are_not_marked(world: World, visit: Visit) -> None:
    world.clash.status = EventStatus.REJECTED
    world.clash.save()
    page = visit(world.article.get_absolute_url())
    assert "Trump and Zelenskyy argued in the Oval Office" not in [text for text, _ in page.links("evidence")]


def test_the_facts_say_where_and_when(world: World, visit: Visit) -> None:
    page = visit(world.article.get_absolute_url())
    assert page.texts("facts") == [
        "Publisher Harbour Dispatch By Asha Menon Published 2 March 2025, 11:40 IST (06:10 UTC)"
        " Address https://harbour.example/minerals Read 2 March 2025, 12:00 UTC, with version test"
    ]
    assert page.links("facts")[0] == ("Harbour Dispatch", "/?publisher=Harbour+Dispatch")


def test_copies_and_versions_know_each_other(world: World, visit: Visit) -> None:
    copy = make_article(
        "Same.", title="Copy", duplicate_of=world.article, publisher=make_publisher("Nordwind Wire"), url="a"
    )
    old = world.article
    old.state = ArticleState.SUPERSEDED
    old.save()
    new = make_article("Changed.", title="Newer", supersedes=old, url=old.url)
    page = visit(old.get_absolute_url())
    assert page.texts("notice") == ["A newer version of this article has been read: Newer"]
    assert ("Copy", copy.get_absolute_url()) in page.links("facts")
    assert ("an older version", old.get_absolute_url()) in visit(new.get_absolute_url()).links("facts")
    assert (str(old), old.get_absolute_url()) in visit(copy.get_absolute_url()).links("facts")


def test_nothing_ingested_becomes_markup_or_a_dangerous_link(db: None, visit: Visit) -> None:
    article = make_article(
        "<img src=x onerror=alert(1)> said <b>so</b>",
        title="<script>alert(1)</script>",
        url="javascript:alert(1)",
        removed="<iframe src=//evil>",
        bylines=["<i>Ann</i>"],
    )
    page = visit(article.get_absolute_url())
    assert page.text("<h1>") == "<script>alert(1)</script>"
    assert page.tree.xpath("//img | //iframe | //main//script | //main//b | //main//i") == []
    assert [href for _, href in page.links("<main>") if href.startswith("javascript")] == []


def test_overlapping_passages_are_all_reached(world: World, visit: Visit) -> None:
    wide = make_evidence(world.clash, world.article, "It came after Trump and Zelenskyy argued")
    page = visit(world.article.get_absolute_url())
    pieces = [
        (words(mark), mark.get("data-keys"))
        for mark in page.elements("evidence")
        if f"e{wide.pk}" in mark.get("data-keys").split()
    ]
    narrow = world.clash.evidence.exclude(pk=wide.pk).get()
    assert pieces == [
        ("It came after", f"e{wide.pk}"),
        ("Trump and Zelenskyy argued", f"e{wide.pk} e{narrow.pk}"),
    ]
