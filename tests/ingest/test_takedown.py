from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import (
    make_account,
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_place,
    make_publisher,
    make_statement,
    until,
)
from timeline.ingest.takedown import plan_takedown, take_down
from timeline.models import Actor, Alias, Article, Claim, Event, Original, Place, Statement
from timeline.vocabulary import ArticleState, PartialDate

pytestmark = pytest.mark.django_db

ONE = "Olena Marchuk opened the harbour. “It is open,” she said. Bondar closed the mine."
TWO = "The harbour was opened by Olena Marchuk."


@pytest.fixture
def story() -> dict[str, object]:
    """Two articles tell of the harbour; the mine and the quotation stand in the first alone."""
    one, two = make_article(ONE, title="One"), make_article(TWO, title="Two")
    olena, pavlo = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar", "Bondar")
    harbour = make_event("The harbour opens", olena, place=make_place("Harbour"))
    mine = make_event("The mine closes", pavlo, olena, place=make_place("Mine"))
    quote = make_statement("It is open,", speaker=olena, event=harbour)
    make_evidence(harbour, one, "opened the harbour")
    make_evidence(harbour, two, "The harbour was opened")
    make_evidence(mine, one, "closed the mine")
    make_evidence(quote, one, "It is open,")
    return {"one": one, "two": two, "harbour": harbour, "mine": mine, "quote": quote, "olena": olena, "pavlo": pavlo}


def test_the_plan_tells_what_goes_and_what_stays_and_does_nothing(story: dict[str, object]) -> None:
    plan = plan_takedown(story["one"])  # type: ignore[arg-type]

    assert [str(thing) for thing in plan.going] == [
        "One",
        "The mine closes",
        "Olena Marchuk: It is open,",
        "Pavlo Bondar",
        "Mine",
    ]
    assert plan.staying_events == (story["harbour"],)
    assert plan.staying_actors == (story["olena"],)
    assert Article.objects.count() == 2


def test_what_only_the_article_supports_goes_and_the_rest_is_counted_again(story: dict[str, object]) -> None:
    take_down(story["one"])  # type: ignore[arg-type]

    assert [(event.title, event.sources) for event in Event.objects.all()] == [("The harbour opens", 1)]
    assert [article.title for article in Article.objects.all()] == ["Two"]
    assert [actor.name for actor in Actor.objects.all()] == ["Olena Marchuk"]
    assert [place.name for place in Place.objects.all()] == ["Harbour"]
    assert (Statement.objects.count(), Original.objects.count()) == (0, 1)


def test_no_row_of_any_table_holds_its_words_afterwards(story: dict[str, object]) -> None:
    take_down(story["one"])  # type: ignore[arg-type]

    words = ("closed the mine", "the mine closes", "it is open", "bondar")
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (name for name in tables if not name.endswith("_fts")):  # that one keeps its words in others
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            content = repr(cursor.fetchall()).lower()
            assert not [word for word in words if word in content], table


def test_taking_down_both_leaves_nothing(story: dict[str, object]) -> None:
    take_down(story["one"], story["two"])  # type: ignore[arg-type]

    for model in (Article, Event, Statement, Actor, Alias, Place, Original):
        assert not model._default_manager.exists(), model


def test_an_outside_source_keeps_an_event(story: dict[str, object]) -> None:
    mine = story["mine"]
    assert isinstance(mine, Event)
    mine.evidence.create(outside_title="Gazette 12", by_hand=True)

    plan = take_down(story["one"])  # type: ignore[arg-type]

    assert set(plan.staying_events) == {story["harbour"], mine}
    mine.refresh_from_db()
    assert mine.sources == 0


def test_an_actor_whom_a_person_has_corrected_stays(story: dict[str, object]) -> None:
    pavlo = story["pavlo"]
    assert isinstance(pavlo, Actor)
    pavlo.lock(["role"], by="edith", why="", at=timezone.now())
    pavlo.save()

    take_down(story["one"])  # type: ignore[arg-type]

    assert Actor.objects.filter(pk=pavlo.pk).exists()


def test_a_spelling_that_only_the_article_used_goes() -> None:
    one, two = make_article("Marchuk (Olka) sang."), make_article("Olena Marchuk danced, Marchuk said.")
    olena = make_actor("Olena Marchuk", "Olka", "Marchuk")
    for article, exact in ((one, "sang"), (two, "danced")):
        make_evidence(make_event(exact, olena), article, exact)

    take_down(one)

    assert [alias.text for alias in olena.aliases.all()] == ["Marchuk", "Olena Marchuk"]


def test_earlier_versions_go_with_an_article() -> None:
    old = make_article("The mine closes.", state=ArticleState.SUPERSEDED, url="https://a.example/1")
    new = make_article("The mine closes at last.", supersedes=old, url="https://a.example/1")

    take_down(new)

    assert (Article.objects.count(), Original.objects.count()) == (0, 0)


def test_bytes_that_another_article_shares_stay() -> None:
    one = make_article("Same text.", url="https://a.example/1")
    make_article("Same text.", url="https://b.example/1")

    take_down(one)

    assert (Article.objects.count(), Original.objects.count()) == (1, 1)


def test_copies_of_what_goes_stay_one_source() -> None:
    wire = make_article("The mine closes.")
    copies = [make_article(f"The mine closes. {n}", duplicate_of=wire, publisher=make_publisher(str(n))) for n in "ab"]
    event = make_event()
    for article in (wire, *copies):
        make_evidence(event, article, "The mine closes.")

    take_down(wire)

    for copy in copies:
        copy.refresh_from_db()
    event.refresh_from_db()
    assert (copies[0].duplicate_of, copies[1].duplicate_of, event.sources) == (None, copies[0], 1)


def claim(event: Event, article: Article, when: PartialDate, rank: str) -> None:
    made = Claim(event=event, article=article, rank=rank)
    made.date = when
    made.save()


def test_the_date_of_another_article_takes_the_place_of_one_that_goes() -> None:
    one, two = make_article("It was on 28 February."), make_article("It was on 24 February.")
    event = make_event(date_disputed=True)
    make_evidence(event, one, "28 February")
    make_evidence(event, two, "24 February")
    claim(event, one, event.date, Claim.Rank.PREFERRED)
    claim(event, two, PartialDate.on(date(2025, 2, 24)), Claim.Rank.NORMAL)
    for article in (one, two):
        make_account(event, article)
    was = event.chrono

    take_down(one)

    event.refresh_from_db()
    assert (event.date.edtf, event.date_disputed, event.claims.get().rank) == ("2025-02-24", False, "preferred")
    assert was is not None
    assert event.chrono is not None
    assert event.chrono < was


def test_a_date_that_a_person_has_set_outlives_every_claim() -> None:
    one, two = make_article("It was on 28 February."), make_article("It was on 24 February.")
    event = make_event(date=until(date(2025, 3, 2)))
    event.lock(["date"], by="edith", why="", at=timezone.now())
    event.save()
    make_evidence(event, two, "24 February")
    claim(event, one, event.date, Claim.Rank.PREFERRED)
    claim(event, two, PartialDate.on(date(2025, 2, 24)), Claim.Rank.NORMAL)

    take_down(one)

    event.refresh_from_db()
    assert event.date.edtf == "[..2025-03-02]"
