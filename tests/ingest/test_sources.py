from __future__ import annotations

import pytest

from tests.factories import make_article, make_event, make_evidence, make_publisher
from timeline.ingest.sources import count_sources, passages_of

pytestmark = pytest.mark.django_db


def test_sources_are_counted_by_independent_texts() -> None:
    wire = make_article("The mine closes.")
    copy = make_article("The mine closes. (wire)", duplicate_of=wire)
    event = make_event()
    make_evidence(event, wire, "The mine closes.")
    make_evidence(event, copy, "The mine closes.")

    assert count_sources(passages_of([event.pk])[event.pk]) == 1


def test_two_articles_of_one_newsroom_are_one_source() -> None:
    wire, herald = make_publisher("Meridian Wire"), make_publisher("Dnipro Herald")
    event = make_event()
    for text, publisher in (("The mine closes.", wire), ("The mine shuts.", wire), ("The mine is shut.", herald)):
        make_evidence(event, make_article(text, publisher=publisher), text)

    assert count_sources(passages_of([event.pk])[event.pk]) == 2


def test_a_copy_counts_with_the_newsroom_of_its_original() -> None:
    wire, times = make_publisher("Meridian Wire"), make_publisher("Yamuna Times")
    first = make_article("The mine closes.", publisher=wire)
    second = make_article("The mine shuts.", publisher=wire)
    copy = make_article("The mine closes. (wire)", publisher=times, duplicate_of=first)
    event = make_event()
    for article, text in ((first, "The mine closes."), (second, "The mine shuts."), (copy, "The mine closes.")):
        make_evidence(event, article, text)

    assert count_sources(passages_of([event.pk])[event.pk]) == 1
