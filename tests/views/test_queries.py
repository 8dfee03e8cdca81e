"""A page asks the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher, make_statement
from tests.views.conftest import World
from timeline.models import Claim, EventRelation
from timeline.search import asking
from timeline.vocabulary import RelationKind

Counted = Callable[..., AbstractContextManager[Any]]


def grow(world: World, size: int) -> None:
    """More of everything that a page may list."""
    for n in range(size):
        wire = make_publisher(f"Wire {size} {n}")
        article = make_article(
            f"{world.article.text} {size} {n}",
            publisher=wire,
            url=f"https://w.example/{size}/{n}",
            title=f"A {size} {n}",
        )
        companion = make_actor(f"Companion {size} {n}", f"C {size} {n}")
        event = make_event(
            f"Event {size} {n}", world.putin, companion, place=world.office, part_of=world.clash, date=world.clash.date
        )
        EventRelation.objects.create(kind=RelationKind.AFTER, source=event, target=world.clash)
        Claim.objects.create(event=world.clash, article=article, latest=world.clash.latest)
        said = make_statement(f"Sentence {size} {n}", speaker=world.putin, event=world.clash, medium=f"paper {n}")
        for thing in (event, world.clash):
            make_evidence(thing, article, "Trump and Zelenskyy argued")
        make_evidence(said, article, "Nobody signed anything")
        make_evidence(said, world.article, "Nobody signed anything")
        world.clash.participations.create(actor=companion, position=n + 2)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 23),
        ("/?sort=newest&quote&status=automatic", 16),
        ("/?top=5", 25),
        ("/?q=event&actor={putin}&place={office}&from=2020", 22),
        ("/statements/", 9),
        ("/statements/?speaker={putin}&q=sentence", 10),
        ("/actors/{putin}/", 17),
        ("/events/{clash}/", 18),
        ("/articles/{article}/", 5),
    ],
)
def test_a_page_asks_as_often_for_many_rows_as_for_few(
    world: World, client: Client, django_assert_num_queries: Counted, path: str, queries: int
) -> None:
    address = path.format(
        putin=world.putin.uid, office=world.office.uid, clash=world.clash.uid, article=world.article.uid
    )
    for size in (2, 9):
        grow(world, size)
        asking.live()  # as if these had been kept in a transaction of their own
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
