"""Rows that cannot be: each constraint of the database refuses its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place
from timeline.models import (
    Alias,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Judgement,
    Participation,
    Place,
)
from timeline.vocabulary import ArticleState, PartialDate

pytestmark = pytest.mark.django_db


def test_the_earliest_day_is_not_after_the_latest() -> None:
    event = make_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(earliest=date(2025, 3, 2), latest=date(2025, 3, 1))


def test_two_events_have_no_common_place_in_the_chronology() -> None:
    first, second = make_event(), make_event("Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=second.pk).update(chrono=first.chrono)


def test_an_address_has_one_current_article() -> None:
    make_article("One.", url="https://one.example/")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article("Two.", url="https://one.example/")

    make_article("Three.", url="https://one.example/", state=ArticleState.SUPERSEDED)
    assert Article.objects.count() == 2


def test_the_same_bytes_stand_once_under_an_address() -> None:
    make_article("One.", url="", title="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article("One.", url="", title="b")


def test_an_actor_takes_part_once() -> None:
    actor = make_actor()
    event = make_event("A meeting", actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(event=event, actor=actor)


def test_a_spelling_stands_once_with_its_actor() -> None:
    actor = make_actor("Vladimir Putin")
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(actor=actor, text="Vladimir Putin", normal="vladimir putin")


def test_an_actor_of_the_knowledge_file_is_one_row() -> None:
    make_actor("Vladimir Putin", known="vladimir-putin")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_actor("V. Putin", known="vladimir-putin")


def test_evidence_is_for_one_thing_and_from_somewhere() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(article=make_article(), exact="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(event=make_event(), exact="x")


def test_a_passage_ends_after_it_begins() -> None:
    evidence = make_evidence(make_event(), make_article("Something happened."), "Something")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(start=9, end=3)


def test_an_article_claims_one_date_for_an_event() -> None:
    event, article = make_event(), make_article()
    Claim(event=event, article=article, date=PartialDate.on(date(2025, 2, 28))).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim(event=event, article=article, date=PartialDate.on(date(2025, 2, 27))).save()


def test_nothing_comes_before_itself_and_an_order_is_stated_once() -> None:
    first, second = make_event("One"), make_event("Two")
    with pytest.raises(IntegrityError), transaction.atomic():
        EventRelation.objects.create(kind="before", source=first, target=first)
    EventRelation.objects.create(kind="before", source=first, target=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventRelation.objects.create(kind="before", source=first, target=second)


def test_a_place_is_on_the_globe_and_once_in_its_country() -> None:
    make_place("Riyadh", country="Saudi Arabia")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(name="Riyadh", country="Saudi Arabia")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(name="Nowhere", latitude=91)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(name="Nowhere", longitude=181)


def test_a_judgement_holds_once_until_it_is_undone() -> None:
    made = {"verdict": Judgement.Verdict.REJECTED, "left": "abc", "made_at": datetime(2025, 3, 3, tzinfo=UTC)}
    first = Judgement.objects.create(**made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.create(**made)

    Judgement.objects.filter(pk=first.pk).update(undone_at=datetime(2025, 3, 4, tzinfo=UTC))
    assert Judgement.objects.create(**made).pk != first.pk
