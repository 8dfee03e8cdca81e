"""An invented archive behaves like one that was read."""

from __future__ import annotations

from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from tests.ingest.articles import RETRIEVED, untrue_evidence
from timeline.extraction.records import Record
from timeline.extraction.version import VERSION
from timeline.generation.cast import Cast
from timeline.generation.stories import PART, Part, Told, parts
from timeline.ingest.derived import refresh
from timeline.ingest.generation import generate
from timeline.ingest.run import keep
from timeline.models import Actor, Alias, Article, Claim, Event, EventRelation, Evidence, Judgement, Statement
from timeline.vocabulary import DatePrecision, EventStatus

SIZE = 600


@pytest.fixture
def archive(db: None) -> None:
    assert sum(generate(seed=7, events=SIZE)) == SIZE


def rows() -> list[tuple[object, ...]]:
    """All that is believed, and what follows from it."""
    return [
        *Event.objects.order_by("pk").values_list(),
        *Statement.objects.order_by("pk").values_list(),
        *Claim.objects.order_by("pk").values_list(),
    ]


def first_part(seed: int = 7, events: int = SIZE) -> Part:
    [part] = islice(parts(Cast(seed, events), seed=seed, events=events, version=VERSION), 1)
    return part


def store(told: Told) -> str:
    record = Record(id="a", text=told.extraction.document.text, url=told.url)
    return keep(record, told.extraction, retrieved_at=RETRIEVED).outcome


@pytest.mark.usefixtures("archive")
def test_every_passage_quotes_its_article() -> None:
    assert Evidence.objects.count() > SIZE
    assert untrue_evidence() == []


@pytest.mark.usefixtures("archive")
def test_what_is_derived_is_what_a_reading_would_derive() -> None:
    before = rows()

    refresh(Event.objects.filter(merged_into=None).values_list("pk", flat=True))

    assert rows() == before


@pytest.mark.usefixtures("archive")
def test_it_holds_all_that_an_archive_has() -> None:
    assert {DatePrecision(name) for name in Event.objects.tally("precision")} >= {
        DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR, DatePrecision.UNKNOWN, DatePrecision.MINUTE
    }  # fmt: skip
    statuses = Event.objects.tally("status")
    assert all(statuses[status] for status in (EventStatus.AUTOMATIC, EventStatus.REVIEW, EventStatus.CONFIRMED))
    assert Statement.objects.count() > SIZE
    assert Event.objects.filter(sources__gt=1).count() > SIZE // 20
    assert Article.objects.filter(duplicate_of__isnull=False).exists()
    assert Article.objects.filter(carries_on__isnull=False).exists()
    assert EventRelation.objects.exists()
    assert Alias.objects.count() == Actor.objects.count()


@pytest.mark.usefixtures("archive")
def test_what_people_did_has_who_when_and_why_and_what_was_before() -> None:
    confirmed = Event.objects.filter(status=EventStatus.CONFIRMED)
    assert confirmed.count() == SIZE // 100
    for event in confirmed:
        now, before = event.history.all()  # type: ignore[attr-defined]
        assert (now.status, now.history_user.username, now.history_change_reason) == (
            "confirmed", "newsdesk", "checked against the record"
        )  # fmt: skip
        assert before.history_user is None and before.status in ("automatic", "review")
        assert event.is_locked("status")


def test_the_same_seed_says_the_same() -> None:
    assert first_part() == first_part()
    assert first_part() != first_part(seed=8)


def test_parts_are_made_one_after_another_and_end_at_the_number_asked_for() -> None:
    sizes = [len(part.happenings) for part in parts(Cast(1, PART + 10), seed=1, events=PART + 10, version=VERSION)]

    assert sizes == [PART, 10]


@pytest.mark.usefixtures("archive")
def test_reading_one_of_its_articles_again_adds_nothing() -> None:
    """The identity keys are those that a reading makes."""
    events, statements, actors = Event.objects.count(), Statement.objects.count(), Actor.objects.count()
    told = next(told for told in first_part().articles if told.repeats is None)
    changed = Record(id="a", text=told.extraction.document.text + "\n\nCorrected at noon.", url=told.url)

    assert keep(changed, told.extraction, retrieved_at=RETRIEVED).outcome == "taken"

    assert (Event.objects.count(), Statement.objects.count(), Actor.objects.count()) == (events, statements, actors)


def test_articles_of_another_archive_are_read_into_it(archive: None) -> None:
    actors = Actor.objects.count()

    outcomes = {store(told) for told in first_part(seed=8).articles[:20]}

    assert outcomes == {"taken"}
    assert untrue_evidence() == []
    assert Actor.objects.count() < actors + 60


def test_a_database_with_articles_is_left_alone_unless_asked(archive: None) -> None:
    before = Article.objects.count()

    with pytest.raises(CommandError, match=f"holds {before:,} articles"):
        call_command("generate", events=10, seed=9)
    with pytest.raises(CommandError, match="Give another --seed"):
        call_command("generate", events=10, seed=7, add=True)
    call_command("generate", events=10, seed=9, add=True)

    assert Event.objects.count() == SIZE + 10
    assert Article.objects.count() > before


def test_merges_are_remembered_as_a_person_made_them(db: None) -> None:
    list(generate(seed=3, events=4_000))

    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME)

    assert merges and all(merge.by is not None and merge.moved["gone"] for merge in merges)
    assert Event.objects.filter(status=EventStatus.MERGED).count() == len(merges)
