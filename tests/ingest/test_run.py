from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.ingest.articles import AGAIN, CLASH, CLASH_CHANGED, REMARKS, beliefs, take, untrue_evidence
from timeline.extraction.interchange import read
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record
from timeline.ingest.judgements import forbid_return
from timeline.ingest.run import ingest, preview
from timeline.models import Actor, Article, Event, Evidence, Judgement, Place, Statement
from timeline.vocabulary import ArticleState, DateBasis, EventStatus, PartialDate, StatementKind

pytestmark = pytest.mark.django_db


def clash() -> Event:
    return Event.objects.get(kind="meeting", participations__actor__name="Donald Trump", earliest=date(2025, 2, 28))


def correct(event: Event, **values: object) -> None:
    """What the editor does: set fields and lock them."""
    for field, value in values.items():
        setattr(event, field, value)
    event.lock(values, by="ann", why="seen on film", at=datetime(2025, 3, 4, tzinfo=UTC))
    event.place_in_time()
    event.save()


# --- one article ---------------------------------------------------------------------------------------------------


def test_an_article_becomes_events_actors_and_statements() -> None:
    result = take(CLASH, url="https://harbour.example/clash", publisher="Harbour Dispatch")

    assert result.outcome == "taken"
    assert set(clash().actors.values_list("name", flat=True)) == {"Donald Trump", "Volodymyr Zelenskyy"}
    quote = Statement.objects.get(kind=StatementKind.DIRECT)
    assert (quote.text, str(quote.speaker), quote.medium) == (
        "He can come back when he is ready for Peace,",
        "Donald Trump",
        "Truth Social",
    )


def test_the_bytes_are_kept_as_they_came() -> None:
    take(CLASH)
    article = Article.objects.get()

    assert bytes(article.original.content) == CLASH.encode()


def test_every_passage_quotes_its_article() -> None:
    for text in (CLASH, AGAIN, REMARKS, CLASH_CHANGED):
        take(text)

    assert untrue_evidence() == []


def test_reading_the_same_file_twice_changes_nothing() -> None:
    first = take(CLASH)
    before = beliefs()

    again = take(CLASH)

    assert again.outcome == "duplicate"
    assert again.article_uid == first.article_uid
    assert beliefs() == before


def test_an_empty_file_is_refused_with_a_reason() -> None:
    result = ingest(Record(id="empty", content=b""), read=read)

    assert result.outcome == "refused"
    assert result.reason


def test_a_mistake_in_the_rules_costs_one_article() -> None:
    def trip(record: Record) -> Extraction:
        raise ZeroDivisionError("somewhere")

    result = ingest(Record(id="a", content=CLASH.encode()), read=trip)

    assert result.outcome == "refused"
    assert "ZeroDivisionError" in result.reason
    assert beliefs() == []


def test_a_preview_writes_nothing() -> None:
    steps = preview(Record(id="a", content=CLASH.encode()), read=read)

    assert isinstance(steps, list)
    assert steps
    assert beliefs() == []


# --- several articles ----------------------------------------------------------------------------------------------


def test_two_outlets_on_one_event_make_one_event_with_two_sources() -> None:
    take(CLASH, url="https://one.example/a", publisher="One")
    take(AGAIN, url="https://two.example/b", publisher="Two")

    event = clash()
    assert event.sources == 2
    assert (event.earliest, event.latest) == (date(2025, 2, 28), date(2025, 2, 28))


def test_two_spellings_are_one_actor() -> None:
    take(CLASH)
    take(AGAIN)

    actor = Actor.objects.named("Zelensky").get()
    assert actor.name == "Volodymyr Zelenskyy"
    assert {"Zelensky", "Volodymyr Zelensky"} <= set(actor.aliases.values_list("text", flat=True))


def test_the_same_words_are_one_statement_with_more_evidence() -> None:
    take(CLASH)
    take(AGAIN)

    quote = Statement.objects.get(text__startswith="He can come back")
    assert quote.evidence.count() == 2


def test_a_quotation_and_what_another_outlet_cut_from_it_are_one_statement() -> None:
    cut = REMARKS.replace("partners, including Americans,”", "partners,”").replace(
        "ready to work with American", "open to American"
    )
    take(cut)
    take(REMARKS)
    take(cut.replace("09:00", "10:30"))

    quote = Statement.objects.get(speaker__name="Vladimir Putin", kind=StatementKind.DIRECT)
    assert quote.text == "We are ready to work with our partners, including Americans,"


def test_a_copy_of_a_text_counts_as_no_source_of_its_own() -> None:
    take(CLASH, url="https://wire.example/a", publisher="Agency")
    take(CLASH_CHANGED, url="https://paper.example/b", publisher="Paper")

    copy = Article.objects.get(url="https://paper.example/b")
    assert copy.duplicate_of == Article.objects.get(url="https://wire.example/a")
    assert clash().sources == 1


def test_what_came_after_stands_after() -> None:
    take(CLASH)
    take(REMARKS)

    titles = list(Event.objects.on_page().oldest_first().values_list("pk", flat=True))
    remarks = Event.objects.get(kind="statement", participations__actor__name="Vladimir Putin")
    assert titles.index(clash().pk) < titles.index(remarks.pk)
    assert (remarks.date.edtf, remarks.date.basis) == ("[2025-02-28..2025-03-02]", DateBasis.ORDER)
    assert remarks.date.reason == f"Articles place it after “{clash().title}”."


def test_a_venue_and_what_it_is_part_of_are_two_places_of_one_article() -> None:
    take(
        "Trump and Zelensky clash in the Oval Office\n\n1 March 2025, 07:30 GMT\n\n"
        "Donald Trump and Volodymyr Zelensky clashed in the Oval Office on Friday. "
        "Keir Starmer visited the White House on Thursday.\n"
    )

    assert Place.objects.get(name="Oval Office").part_of == Place.objects.get(name="White House")


def test_an_order_that_a_date_contradicts_is_flagged() -> None:
    take(CLASH)
    take(REMARKS)
    remarks = Event.objects.get(kind="statement", participations__actor__name="Vladimir Putin")
    assert not remarks.order_disputed
    day = PartialDate.on(date(2025, 2, 24))
    correct(remarks, date=day)

    take(AGAIN)
    take(REMARKS.replace("on rare earths", "on rare-earth metals"))

    remarks.refresh_from_db()
    assert remarks.date.earliest == date(2025, 2, 24)
    assert remarks.order_disputed


# --- people have the last word -------------------------------------------------------------------------------------


def test_a_locked_title_survives_a_changed_copy_of_the_article() -> None:
    take(CLASH)
    correct(clash(), title="The quarrel before the cameras")

    result = take(CLASH_CHANGED)

    assert result.outcome == "taken"
    assert clash().title == "The quarrel before the cameras"
    assert Article.objects.filter(state=ArticleState.TAKEN).count() == 1


def test_a_rejected_event_stays_rejected() -> None:
    take(CLASH)
    correct(clash(), status=EventStatus.REJECTED)

    take(CLASH_CHANGED)
    take(AGAIN)

    assert clash().status == EventStatus.REJECTED
    assert not Event.objects.on_page().filter(kind="meeting").exists()


def test_a_deleted_event_does_not_come_back(admin_user: object) -> None:
    take(CLASH)
    event = clash()
    title = event.title
    forbid_return(event, by=admin_user, why="no event", at=datetime(2025, 3, 4, tzinfo=UTC))  # type: ignore[arg-type]
    event.delete()

    take(CLASH_CHANGED)

    assert not Event.objects.filter(title=title).exists()
    assert Judgement.objects.exists()


def test_a_withdrawn_spelling_names_nobody_again() -> None:
    take(CLASH)
    actor = Actor.objects.named("Zelensky").get()
    actor.aliases.filter(text="Zelensky").delete()
    Judgement.objects.create(
        verdict=Judgement.Verdict.NOT_ALIAS, left=actor.uid, right="zelensky", made_at=datetime(2025, 3, 4, tzinfo=UTC)
    )

    take(CLASH_CHANGED)

    assert not actor.aliases.filter(text="Zelensky").exists()


def test_what_only_an_earlier_version_said_goes_with_it() -> None:
    take(CLASH)
    assert Event.objects.filter(title__contains="Vance").exists()

    take(CLASH.replace(" Vice President JD Vance accused Zelensky of ingratitude.", " The talks ended early."))

    assert not Event.objects.filter(title__contains="Vance").exists()


def test_what_a_person_touched_stays_when_a_newer_version_drops_it() -> None:
    take(CLASH)
    event = Event.objects.get(title__contains="Vance")
    correct(event, description="Before the cameras.")

    take(CLASH.replace(" Vice President JD Vance accused Zelensky of ingratitude.", " The talks ended early."))

    event.refresh_from_db()
    assert event.evidence.get().article.state == ArticleState.SUPERSEDED  # type: ignore[union-attr]
    assert untrue_evidence() == []


TEXTS = [CLASH, CLASH_CHANGED, AGAIN, REMARKS]
FIELDS: dict[str, object] = {
    "title": "As a person calls it",
    "kind": "protest",
    "description": "A person's words",
    "hedged": True,
    "status": EventStatus.CONFIRMED,
    "date": PartialDate.on(date(2025, 2, 27)),
}


class Laws(HypothesisTestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        first=st.sampled_from(TEXTS),
        fields=st.sets(st.sampled_from(sorted(FIELDS)), min_size=1),
        later=st.lists(st.sampled_from(TEXTS), max_size=4),
    )
    def test_no_sequence_of_readings_changes_what_a_person_set(
        self, first: str, fields: set[str], later: list[str]
    ) -> None:
        take(first)
        set_by_hand = {field: FIELDS[field] for field in fields}
        kept = list(Event.objects.all())
        for event in kept:
            correct(event, **set_by_hand)

        for text in later:
            take(text)

        for event in kept:
            event.refresh_from_db()
            assert {field: getattr(event, field) for field in fields} == set_by_hand

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5))
    def test_reading_everything_twice_changes_nothing(self, texts: list[str]) -> None:
        for text in texts:
            take(text)
        before = beliefs()
        for text in texts:
            if Article.objects.filter(text=text, state=ArticleState.TAKEN).exists():
                take(text)

        assert beliefs() == before
        assert untrue_evidence() == []


# --- the command ---------------------------------------------------------------------------------------------------


def test_the_command_takes_folders_and_names_what_it_refuses(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(CLASH)
    (tmp_path / "bad.txt").write_bytes(b"")
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("ingest", str(tmp_path), stdout=out, stderr=err)

    assert stop.value.code == 3
    assert out.getvalue().startswith("1 taken, 0 duplicate, 1 refused; "), err.getvalue()
    assert f"refused {tmp_path}/bad.txt: " in err.getvalue()


def test_the_command_takes_records_and_keeps_their_address(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    record = {"id": "1", "text": CLASH, "url": "https://one.example/a", "publisher": "One"}
    records.write_text(json.dumps(record) + "\n" + '{"id": "2"}\n')
    err = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("ingest", jsonl=str(records), stdout=StringIO(), stderr=err)

    assert stop.value.code == 3
    assert "refused 2: a record has exactly one of text and html" in err.getvalue()
    assert Article.objects.get().url == "https://one.example/a"


def test_a_dry_run_prints_the_plan_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(CLASH)
    out = StringIO()

    call_command("ingest", str(tmp_path), dry_run=True, stdout=out, stderr=StringIO())

    assert "create actor: Donald Trump" in out.getvalue()
    assert beliefs() == []


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    err = StringIO()

    with pytest.raises(SystemExit):
        call_command("ingest", str(tmp_path / "none.txt"), stdout=StringIO(), stderr=err)

    assert "No such file or directory" in err.getvalue()


def test_files_and_records_together_are_a_mistake() -> None:
    with pytest.raises(CommandError):
        call_command("ingest")


def test_the_demo_is_read_once() -> None:
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=StringIO())
    before = beliefs()

    call_command("load_demo", stdout=out, stderr=StringIO())

    assert out.getvalue().splitlines() == [
        "14 demo articles read, 0 known before",
        "0 demo articles read, 14 known before",
    ]
    assert beliefs() == before
    assert Evidence.objects.exists()
    assert untrue_evidence() == []


def test_what_two_newsrooms_tell_is_surer_and_read_twice_is_no_surer() -> None:
    take(CLASH, url="https://one.example/clash", publisher="One")
    alone = clash().confidence
    take(AGAIN, url="https://two.example/clash", publisher="Two")
    both = clash().confidence

    take(AGAIN, url="https://two.example/clash", publisher="Two")
    take(CLASH, url="https://one.example/clash", publisher="One")

    assert alone < both == clash().confidence < 1
