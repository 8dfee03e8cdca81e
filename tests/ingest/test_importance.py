"""What an event counts for is kept with what tells it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_article, make_event, make_evidence, make_publisher
from tests.ingest.articles import AGAIN, CLASH, CLASH_CHANGED, take
from tests.ingest.test_stories import ELECTED, FLOODS, LIFTED, RESIGNS
from timeline.ingest.derived import importance_of
from timeline.ingest.takedown import take_down
from timeline.models import Article, Claim, Event
from timeline.vocabulary import PartialDate

pytestmark = pytest.mark.django_db


def clash() -> Event:
    return Event.objects.get(kind="meeting", earliest=date(2025, 2, 28))


def test_a_second_newsroom_makes_an_event_count_for_more_and_its_takedown_for_less() -> None:
    take(CLASH, url="https://one.example/a", publisher="Harbour Dispatch")
    alone = clash().importance

    take(AGAIN, url="https://two.example/b", publisher="Brenn Courier")
    together = clash().importance
    take_down(Article.objects.get(url="https://two.example/b"))

    assert 0 < alone < together
    assert clash().importance == alone


def test_a_copy_and_a_newer_version_are_no_further_telling() -> None:
    take(CLASH, url="https://one.example/a", publisher="Harbour Dispatch")
    alone = importance_of([clash().pk])

    take(CLASH, url="https://two.example/b", publisher="Brenn Courier")
    take(CLASH_CHANGED, url="https://one.example/a", publisher="Harbour Dispatch")

    assert importance_of([clash().pk]) == alone


def test_its_parts_come_from_evidence_claims_and_articles() -> None:
    event = make_event(date=PartialDate.on(date(2025, 2, 28)))
    first = make_article("A row. Then a row.", publisher=make_publisher("Harbour Dispatch"), main_event=event)
    later = make_article(
        "It rained. A row.", publisher=make_publisher("Brenn Courier"), date=PartialDate.on(date(2025, 3, 9))
    )
    for article in (first, later):
        make_evidence(event, article, "A row.")
        Claim(event=event, article=article, date=event.date).save()
    make_evidence(event, first, "Then a row.")
    Claim.objects.filter(article=later).update(rank=Claim.Rank.DEPRECATED)

    found = importance_of([event.pk])[event.pk]

    assert found.words == (
        "Told by 2 newsrooms on 2 days; the main event of 1 article; its day is given by 1 article; "
        "later articles refer back to it once"
    )
    assert found.depth == round(1 + 800 / 811, 4)


def stored_as_weighed() -> bool:
    """Whether every event's stored importance is what it is by all that is stored now."""
    found = importance_of(Event.objects.values_list("pk", flat=True))
    return {pk: one.number for pk, one in found.items()} == dict(Event.objects.values_list("pk", "importance"))


OTHER_NEWS = (
    "Harbour pilots of Brenn ended their strike after a night of talks with the port.",
    "A ferry ran aground off Storholm and all passengers were taken to the mainland.",
    "The library of Arden opened its new reading room to pupils of three schools.",
    "Heavy snow closed the mountain road between Vell and Ostrava for lorries.",
    "The police found the stolen painting in the cellar of a house two streets away from the church.",
)


def elsewhere(number: int, *, names_the_day: bool) -> None:
    """Take an article on something else, the later the greater its number."""
    begun = "It began on 28 February." if names_the_day else "It began in spring."
    head = f"News of the coast {number}\n\nBy Ann Pryce\n{number + 3} March 2025, 09:00 GMT"
    take(f"{head}\n\n{begun} {OTHER_NEWS[number]}\n", url=f"https://port.example/{number}", publisher="Port Post")


def test_whatever_else_names_its_day_weighs_it_anew_and_is_forgotten_with_its_article() -> None:
    take(CLASH, url="https://one.example/a", publisher="Harbour Dispatch")
    weights = [clash().importance]
    for number in range(5):
        elsewhere(number, names_the_day=number < 4)
        assert stored_as_weighed()
        weights.append(clash().importance)
    assert "; 5 articles name that day" in importance_of([clash().pk])[clash().pk].words
    # The third article that names the day makes another doubling, the second, fourth and fifth make none.
    assert [later > before for before, later in pairwise(weights)] == [False, True, False, False, False]

    elsewhere(3, names_the_day=False)
    assert stored_as_weighed()
    assert "; 4 articles name that day" in importance_of([clash().pk])[clash().pk].words
    for number in range(3):
        take_down(Article.objects.get(url=f"https://port.example/{number}"))
        assert stored_as_weighed()
    assert clash().importance == weights[0]


def test_a_copy_names_a_day_no_second_time() -> None:
    take(CLASH, url="https://one.example/a", publisher="Harbour Dispatch")
    take(CLASH, url="https://two.example/b", publisher="Brenn Courier")

    assert "name that day" not in importance_of([clash().pk])[clash().pk].words
    assert stored_as_weighed()


def test_many_events_are_weighed_with_as_many_queries_as_one() -> None:
    events = [make_event(f"Event {number}") for number in range(9)]
    for number, event in enumerate(events):
        make_evidence(event, make_article(f"Words {number}."), "Words")
    asked = []
    for some in (events[:1], events):
        with CaptureQueriesContext(connection) as queries:
            importance_of(event.pk for event in some)
        asked.append(len(queries))
    assert asked == [7, 7]


def test_the_head_of_a_story_counts_by_those_that_carry_it_on_now() -> None:
    for text, url in (
        (RESIGNS, "https://one.example/"),
        (ELECTED, "https://two.example/"),
        (LIFTED, "https://x.example/"),
    ):
        take(text, url=url)

    for gone in ("https://two.example/", "https://one.example/"):
        take_down(Article.objects.get(url=gone))
        assert stored_as_weighed()
    take(RESIGNS, url="https://one.example/")
    take(FLOODS, url="https://one.example/")
    assert stored_as_weighed()
