"""Two hundred pairs of articles that look alike and tell of two events: none may become one entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.acts import Act
from timeline.ingest.again import read_again
from timeline.ingest.merging import merge
from timeline.ingest.run import ingest
from timeline.models import Actor, ActorSuggestion, Article

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 4)  # a Monday
WEEK = timedelta(days=7)
Told = tuple[str, date, str]
Pair = tuple[Told, Told]

PEOPLE = ("Anna Keller", "Luis Ortiz", "Mira Novak", "Jonas Berg", "Ivo Petrov", "Sana Malik", "Carl Weiss", "Ada Roux")
TOWNS = ("Geneva", "Oslo", "Vienna", "Lisbon", "Dublin", "Warsaw", "Athens", "Helsinki", "Prague", "Rome")
# Without these the two would share most of their few words, as copies do.
MINES = (
    "They had much to say about mines, and more of tolls on the new bridge. Nothing was signed, an aide told reporters "
    "afterwards, but both sides would send engineers before the summer."
)
DINNER = (
    "Dinner at the old harbour followed, with trout and a speech on fishing rights that nobody had expected. A joint "
    "letter will go to the councils of every port along that coast."
)
STATES = (
    ("Niger", "Nigeria"),
    ("Austria", "Australia"),
    ("Slovakia", "Slovenia"),
    ("Iran", "Iraq"),
    ("Guinea", "Guyana"),
    ("Mali", "Malawi"),
    ("Latvia", "Lithuania"),
    ("Paraguay", "Uruguay"),
    ("North Korea", "South Korea"),
    ("Sudan", "South Sudan"),
)
DEEDS = (
    "closes its border with Benin",
    "bans imports of poultry",
    "expels the ambassador of Chile",
    "cuts fuel prices",
)
FATES = (
    ("resigns over a loan", "resigned on Monday over a loan"),
    ("is cleared by a court", "was cleared by a court on Monday"),
    ("marries in a village church", "married in a village church on Monday"),
)


def same_two_a_week_later() -> Iterator[Pair]:
    """Two meetings of the same two people."""
    for (one, other), town in zip(list(combinations(PEOPLE, 2))[:25], TOWNS * 3, strict=False):
        a, b = one.split()[1], other.split()[1]
        title = f"{a} and {b} meet in {town}"
        yield (
            (
                title,
                DAY,
                f"{one} met {other} in {town} on Monday. {MINES}",
            ),
            (
                title,
                DAY + WEEK,
                f"{one} met {other} in {town} on Monday. {DINNER}",
            ),
        )


def every_year() -> Iterator[Pair]:
    for who in PEOPLE:
        for town in TOWNS[:5]:
            title, year = f"{who.split()[1]} wins {town} marathon", timedelta(days=364)
            yield (
                (title, DAY, f"{who} won the {town} marathon on Sunday in two hours and nine minutes."),
                (title, DAY + year, f"{who} won the {town} marathon on Sunday, a minute ahead of the field."),
            )


def neighbours_in_the_alphabet() -> Iterator[Pair]:
    for one, other in STATES:
        for deed in DEEDS:
            verb, rest = deed.split(" ", 1)
            done = {"closes": "closed", "bans": "banned", "expels": "expelled", "cuts": "cut"}[verb]
            yield (
                (f"{one} {deed}", DAY, f"{one} {done} {rest} on Monday, the government said."),
                (f"{other} {deed}", DAY, f"{other} {done} {rest} on Monday, the government said in the evening."),
            )


def two_places() -> Iterator[Pair]:
    """The same thing at two places on one day."""
    for one, other in combinations(TOWNS, 2):
        yield (
            (f"Fire kills 12 in {one}", DAY, f"A fire killed 12 people in {one} on Monday. It began in a kitchen."),
            (f"Fire kills 30 in {other}", DAY, f"A fire killed 30 people in {other} on Monday. It began at night."),
        )


def two_fates() -> Iterator[Pair]:
    """Two things that befall one person on one day."""
    for who in PEOPLE:
        for (title, told), (other_title, other) in combinations(FATES, 2):
            name = who.split()[1]
            yield (
                (f"{name} {title}", DAY, f"{who} {told}."),
                (f"{name} {other_title}", DAY, f"{who} {other}, friends said."),
            )


def two_of_one_trade() -> Iterator[Pair]:
    """The same fate of two persons of one office."""
    for one, other in list(combinations(PEOPLE, 2))[:28]:
        yield (
            (f"Mayor {one} resigns", DAY, f"Mayor {one} resigned on Monday after a vote of the town council."),
            (f"Mayor {other} resigns", DAY, f"Mayor {other} resigned on Monday after a vote of the town council."),
        )


NAMESAKES = ("Mira Novak", "Carl Weiss", "Luis Ortiz", "Anna Keller")
OFFICES = (
    ("the mayor of Leeds", "a striker"),
    ("the mayor of Leeds", "the mayor of Boston"),
    ("a judge", "a singer"),
    ("the governor of Ohio", "a goalkeeper"),
    ("a senator", "a rapper"),
)


def namesakes() -> Iterator[Pair]:
    """The same fate of two persons of one name and two offices."""
    for who in NAMESAKES:
        for one, other in OFFICES:
            title = f"{who.split()[1]} resigns"
            yield (
                (title, DAY, f"{who}, {one}, resigned on Monday. The council had asked for it in a letter of May."),
                (title, DAY, f"{who}, {other}, resigned on Monday. Friends spoke of a family matter, others of money."),
            )


KINDS = (
    namesakes,
    same_two_a_week_later,
    every_year,
    neighbours_in_the_alphabet,
    two_places,
    two_fates,
    two_of_one_trade,
)


def pairs() -> list[Pair]:
    return [pair for kind in KINDS for pair in kind()]


def entry_of(told: Told, number: int) -> Article:
    title, day, text = told
    result = ingest(
        Record(id=str(number), url=f"https://house{number}.example/a", content=paper(title, day, text)),
        read=read,
    )
    assert result.outcome == "taken", result.reason
    return Article.objects.get(uid=result.article_uid)


def paper(title: str, day: date, text: str) -> bytes:
    return f"{title}\n\nPublished {day.day} {day:%B %Y}\n\n{text}\n".encode()


def become_one(pair: Pair) -> bool:
    """Whether the main events of two articles are one entry, or one event has evidence in both."""
    with transaction.atomic():
        one, other = (entry_of(told, number) for number, told in enumerate(pair))
        shared = set(one.evidence.values_list("event", flat=True)) & set(other.evidence.values_list("event", flat=True))
        transaction.set_rollback(True)
    return one.main_event_id == other.main_event_id or bool(shared - {None})


def test_there_are_two_hundred_of_them() -> None:
    assert len(pairs()) >= 200


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_none_of_them_becomes_one_entry(kind: object) -> None:
    merged = [(one[0], other[0]) for one, other in (pair for pair in kind() if become_one(pair))]  # type: ignore[operator]

    assert merged == []


def test_states_that_are_neighbours_in_the_alphabet_are_two_actors() -> None:
    for pair in neighbours_in_the_alphabet():
        with transaction.atomic():
            for number, told in enumerate(pair):
                entry_of(told, number)
            names = set(Actor.objects.values_list("name", flat=True))
            transaction.set_rollback(True)
        assert {told[0].rpartition(f" {DEEDS[0]}")[0] for told in pair if DEEDS[0] in told[0]} <= names


def test_namesakes_are_two_actors_whom_a_person_is_asked_about() -> None:
    found = []
    for pair in namesakes():
        with transaction.atomic():
            for number, told in enumerate(pair):
                entry_of(told, number)
            names = [row.name for row in Actor.objects.filter(participations__isnull=False).distinct()]
            reasons = [row.reason for row in ActorSuggestion.objects.all()]
            transaction.set_rollback(True)
        found.append((pair[0][2], names.count(pair[0][2].partition(",")[0]), reasons))

    reason = "the same name, but offices that nobody holds together"
    assert [one for one in found if one[1:] != (2, [reason])] == []


def test_whoever_is_named_without_an_office_is_neither_of_two_namesakes() -> None:
    for number, told in enumerate(next(namesakes())):
        entry_of(told, number)

    third = ("Novak leaves town", DAY + WEEK, "Mira Novak criticised the town council on Monday. Nobody replied.")
    entry_of(third, 3)
    entry_of(("Novak leaves", DAY + 2 * WEEK, "Mira Novak accused the town council on Monday of theft."), 4)

    roles = Actor.objects.filter(name="Mira Novak").order_by("pk").values_list("role", flat=True)
    assert [role.removeprefix("the ") for role in roles] == ["mayor of Leeds", "striker", ""]


def test_namesakes_stay_as_they_are_when_their_articles_are_read_again() -> None:
    articles = [entry_of(told, number) for number, told in enumerate(next(namesakes()))]

    assert [read_again(article.pk, read=read).changes for article in articles] == [(), ()]
    assert Actor.objects.filter(name="Mira Novak").count() == 2


def test_namesakes_whom_a_person_finds_to_be_one_stay_one() -> None:
    pair = next(namesakes())
    for number, told in enumerate(pair):
        entry_of(told, number)
    kept, gone = Actor.objects.filter(name="Mira Novak").order_by("pk")
    merge(kept, gone, Act(by=User.objects.create(username="edith"), at=datetime(2024, 3, 5, tzinfo=UTC)))

    for number, (_, _, text) in enumerate(pair, start=2):
        entry_of(("Novak speaks", DAY + WEEK, text.replace("resigned on", "criticised the town council on")), number)

    assert Actor.objects.standing().filter(name="Mira Novak").get() == kept
