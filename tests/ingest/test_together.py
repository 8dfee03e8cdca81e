"""Pairs of articles that name one actor in two ways: each must become one entry, without asking anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.run import ingest
from timeline.models import Actor, Participation

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 4)  # a Monday
Pair = tuple[str, str, str]  # the name it has in the end, and the two texts

DEEDS = ("criticised the new harbour on Monday", "praised the price of bread on Tuesday")
FIGURES = (
    ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "Volodymyr Zelenskiy"),
    ("Dmitry Peskov", "Dmitri Peskov", "Dmitry Peskov"),
    ("Yevgeny Prigozhin", "Evgeny Prigozhin", "Yevgeniy Prigozhin"),
    ("Vitali Klitschko", "Vitaly Klitschko", "Vitaliy Klitschko"),
    ("Joe Biden", "Joseph R. Biden", "Joe Biden"),
    ("JD Vance", "J.D. Vance", "JD Vance"),
)
PEOPLE = ("Anna Keller", "Luis Ortiz", "Mira Novak", "Jonas Berg")
TITLES = (("President", "Mr"), ("Dr.", "Minister"), ("Senator", "Sen."))
BODIES = (
    ("European Union", "The European Union", "The EU"),
    ("World Health Organization", "The World Health Organization", "The WHO"),
    ("North Atlantic Treaty Organization", "NATO", "The North Atlantic Treaty Organization"),
    ("United States Department of Defense", "The Pentagon", "The US Department of Defense"),
)
STATES = (("France", "French"), ("Ukraine", "Ukrainian"), ("Germany", "German"), ("Japan", "Japanese"))
ROLES = (
    ("President-elect", "President"),
    ("Senator", "Vice President"),
    ("Governor", "former Governor"),
    ("former striker", "Mayor"),
    ("Foreign Minister", "Prime Minister"),
    ("Major", "General"),
    ("businessman", "President"),
)


def spellings() -> Iterator[Pair]:
    for name, one, other in FIGURES:
        yield name, f"{one} {DEEDS[0]}.", f"{other} {DEEDS[1]}."


def accents() -> Iterator[Pair]:
    yield "Zoë Łukasik", f"Zoë Łukasik {DEEDS[0]}.", f"Zoe Lukasik {DEEDS[1]}."


def titles() -> Iterator[Pair]:
    for who in PEOPLE:
        for one, other in TITLES:
            yield who, f"{one} {who} {DEEDS[0]}.", f"{other} {who} {DEEDS[1]}."


def acronyms_and_metonyms() -> Iterator[Pair]:
    for name, one, other in BODIES:
        yield name, f"{one} {DEEDS[0]}.", f"{other} {DEEDS[1]}."


def demonyms() -> Iterator[Pair]:
    for state, people in STATES:
        yield state, f"{state} {DEEDS[0]}.", f"The {people} government {DEEDS[1]}."


def roles_that_change_with_time() -> Iterator[Pair]:
    for who in PEOPLE:
        for one, other in ROLES:
            yield who, f"{one} {who} {DEEDS[0]}.", f"{other} {who} {DEEDS[1]}."


KINDS = (spellings, accents, titles, acronyms_and_metonyms, demonyms, roles_that_change_with_time)


def paper(title: str, day: date, text: str) -> bytes:
    return f"{title}\n\nPublished {day.day} {day:%B %Y}\n\n{text}\n".encode()


def stay_apart(pair: Pair) -> list[str]:
    """The actors of two articles, where they are not one and the one expected."""
    name, *texts = pair
    with transaction.atomic():
        for number, text in enumerate(texts):
            content = paper("What was said", DAY + number * timedelta(days=1), text)
            url = f"https://house{number}.example/a"
            assert ingest(Record(id=str(number), url=url, content=content), read=read).outcome == "taken"
        acting = Participation.objects.values_list("actor")
        names = sorted(Actor.objects.filter(pk__in=acting).values_list("name", flat=True))
        articles = Participation.objects.filter(actor__name=name).values("event__evidence__article").distinct().count()
        transaction.set_rollback(True)
    return [] if names.count(name) == 1 and articles == 2 else [f"{texts}: {names}"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_of_them_becomes_one_actor(kind: object) -> None:
    apart = [words for pair in kind() for words in stay_apart(pair)]  # type: ignore[operator]

    assert apart == []
