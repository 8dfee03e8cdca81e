# ruff: noqa: E501 (an article's paragraph is one line)
"""Newer versions, copies and the word of people, across many readings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.ingest.articles import AGAIN, CLASH, CLASH_CHANGED, REMARKS, take, untrue_evidence
from timeline.ingest.derived import refresh
from timeline.ingest.judgements import forbid_return
from timeline.ingest.takedown import take_down
from timeline.models import Actor, Alias, Article, Claim, Event, Participation, Statement, Story, StoryEntry
from timeline.vocabulary import ArticleState, EventStatus, PartialDate

pytestmark = pytest.mark.django_db

URL = "https://one.example/a"
AT = datetime(2025, 3, 4, tzinfo=UTC)
VANCE = " Vice President JD Vance accused Zelensky of ingratitude."
WITHOUT_VANCE = CLASH.replace(VANCE, " The talks ended early.")
THIRD = CLASH.replace(VANCE, " Mr Zelensky left the building at noon.")
VERSIONS = [CLASH, CLASH_CHANGED, WITHOUT_VANCE, THIRD]


def believed_orphans() -> list[str]:
    """Actors whom nothing names."""
    return [str(a) for a in Actor.objects.filter(participations=None, statements=None, parts=None, corrections={})]


def check_laws() -> None:
    """What holds after any sequence of readings and edits."""
    assert untrue_evidence() == []
    for event in Event.objects.filter(evidence=None):
        assert event.is_corrected or event.history.exists(), f"{event} has no evidence"
    for statement in Statement.objects.filter(evidence=None):
        assert statement.is_corrected, f"{statement} has no evidence"
    assert not Event.objects.filter(chrono=None).exists()
    assert not Statement.objects.filter(chrono=None).exists()
    for statement in Statement.objects.select_related("event"):
        if statement.event is not None and not statement.has_own_date:
            assert statement.date == statement.event.date
    for event in Event.objects.all():
        articles = [e.article for e in event.evidence.select_related("article") if e.article]
        assert event.sources == len({article.source_id for article in articles})
    assert believed_orphans() == []
    for key in Article.objects.exclude(url="").values_list("url", flat=True):
        assert Article.objects.filter(url=key, state=ArticleState.TAKEN).count() == 1
    for claim in Claim.objects.select_related("event", "article"):
        assert claim.event.evidence.filter(article=claim.article).exists() or claim.event.is_corrected


def test_three_versions_and_the_bytes_of_the_first_again() -> None:
    for text in (CLASH, CLASH_CHANGED, THIRD):
        assert take(text, url=URL).outcome == "taken"

    again = take(CLASH, url=URL)

    assert (again.outcome, again.reason) == (
        "duplicate",
        "these very bytes have been read before, and a newer version since",
    )
    assert Article.objects.get(state=ArticleState.TAKEN).text == THIRD
    assert Article.objects.count() == 3
    check_laws()


def test_one_text_under_two_addresses_is_one_source() -> None:
    take(CLASH, url=URL)
    take(CLASH, url="https://two.example/b")

    assert Article.objects.count() == 2
    assert set(Event.objects.values_list("sources", flat=True)) == {1}
    assert take(CLASH, url="https://two.example/b").outcome == "duplicate"
    check_laws()


def test_a_copy_stays_a_copy_when_its_original_changes() -> None:
    take(CLASH, url=URL)
    take(CLASH_CHANGED, url="https://paper.example/b")

    take(THIRD, url=URL)

    copy = Article.objects.get(url="https://paper.example/b")
    assert copy.duplicate_of == Article.objects.get(url=URL, state=ArticleState.TAKEN)
    assert set(Event.objects.values_list("sources", flat=True)) == {1}
    check_laws()


def test_a_copy_that_was_read_first_counts_with_its_original() -> None:
    take(CLASH_CHANGED, url="https://paper.example/b")
    take(CLASH, url=URL)
    take(AGAIN, url="https://three.example/c")

    clash = Event.objects.get(kind="meeting", earliest=date(2025, 2, 28), participations__actor__name="Donald Trump")
    assert clash.sources == 2
    check_laws()


def test_a_statement_goes_with_the_sentence_that_its_event_is_told_in_now() -> None:
    take(
        "Bonn, 3 March 2025\n\nGermany's government paused aid to Mali on Monday. “We cannot pay for what we do not see at all,” Chancellor Olaf Scholz said.\n",
        url=URL,
    )
    take(
        "Bonn, 3 March 2025\n\n“We cannot pay for what we do not see at all,” Chancellor Olaf Scholz said in Berlin.\n",
        url=URL,
    )

    quote = Statement.objects.get(text__startswith="We cannot pay")
    assert quote.event is not None
    assert quote.event.evidence.filter(article__state=ArticleState.TAKEN).exists()
    check_laws()


def test_an_actor_goes_with_the_last_sentence_about_him() -> None:
    take(CLASH, url=URL)
    assert Actor.objects.named("JD Vance").exists()

    take(WITHOUT_VANCE, url=URL)

    assert not Actor.objects.named("JD Vance").exists()
    check_laws()


def test_what_a_newer_version_drops_leaves_no_trace_after_a_takedown() -> None:
    take(CLASH, url=URL)
    take(WITHOUT_VANCE, url=URL)

    take_down(Article.objects.get(state=ArticleState.TAKEN))

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (name for name in tables if not name.endswith("_fts")):  # that one keeps its words in others
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Vance" not in repr(cursor.fetchall()), table


def test_the_date_of_another_article_is_believed_when_a_newer_version_drops_its_own() -> None:
    take(CLASH, url=URL)
    clash = Event.objects.get(kind="meeting", earliest=date(2025, 2, 28))
    take(AGAIN, url="https://two.example/b")
    theirs = Claim.objects.get(event=clash, article__url="https://two.example/b")
    Claim.objects.filter(pk=theirs.pk).update(earliest=date(2025, 2, 27), latest=date(2025, 2, 27))

    take("A note\n\n3 March 2025\n\nThe baker in Bonn opened a shop on Monday.\n", url=URL)

    clash.refresh_from_db()
    assert clash.date.edtf == "2025-02-27"
    assert clash.sources == 1
    check_laws()


def test_a_speaker_whom_a_person_has_set_stays_in_every_version() -> None:
    take(CLASH, url=URL)
    quote = Statement.objects.get(text__startswith="He can come back")
    quote.speaker = Actor.objects.named("JD Vance").get()
    quote.lock(["speaker"], by="ann", why="heard it", at=AT)
    quote.save()

    for text in (CLASH_CHANGED, WITHOUT_VANCE, THIRD):
        take(text, url=URL)
    take(AGAIN, url="https://two.example/b")

    quote.refresh_from_db()
    assert str(quote.speaker) == "JD Vance"
    check_laws()


def test_an_event_that_a_person_has_put_a_statement_in_stays() -> None:
    take(CLASH, url=URL)
    event = Event.objects.get(title__contains="Vance")
    quote = Statement.objects.get(text__startswith="He can come back")
    quote.event = event
    quote.lock(["event"], by="ann", why="", at=AT)
    quote.save()

    take(WITHOUT_VANCE, url=URL)

    quote.refresh_from_db()
    assert quote.event == event


def test_an_event_that_a_person_has_put_in_a_story_stays() -> None:
    take(CLASH, url=URL)
    invasion = Event.objects.get(title__contains="invade")
    story = Story.objects.create(title="The war", slug="the-war")
    StoryEntry.objects.create(story=story, event=invasion)

    take(CLASH.replace("Russian forces invaded Ukraine in February 2022.\n", ""), url=URL)

    assert [entry.event for entry in story.entries.all()] == [invasion]
    check_laws()


def test_participants_whom_a_person_has_set_stay() -> None:
    take(CLASH, url=URL)
    event = Event.objects.get(kind="meeting", earliest=date(2025, 2, 28))
    event.participations.exclude(actor__name="Donald Trump").delete()
    event.lock(["actors"], by="ann", why="", at=AT)
    event.save()

    for text in (CLASH_CHANGED, THIRD):
        take(text, url=URL)

    assert [str(actor) for actor in event.actors.all()] == ["Donald Trump"]


def test_whom_a_newer_version_no_longer_names_takes_part_no_longer() -> None:
    take(
        "Talks in Bonn\n\n3 March 2025\n\nOlaf Scholz, Emmanuel Macron and Donald Tusk met in Bonn on Monday to speak about the harbour.\n",
        url=URL,
    )
    assert Actor.objects.named("Donald Tusk").exists()

    take(
        "Talks in Bonn\n\n3 March 2025\n\nOlaf Scholz and Emmanuel Macron met in Bonn on Monday to speak about the harbour.\n",
        url=URL,
    )

    assert not Participation.objects.filter(actor__name="Donald Tusk").exists()
    check_laws()


def test_a_deleted_event_stays_away_in_every_version(admin_user: User) -> None:
    take(CLASH, url=URL)
    event = Event.objects.get(title__contains="Vance")
    forbid_return(event, by=admin_user, why="no event", at=AT)
    event.delete()

    for text in (CLASH_CHANGED, THIRD, CLASH.replace("21:14", "21:15")):
        take(text, url=URL)

    assert not Event.objects.filter(evidence__exact__contains=VANCE.strip()).exists()


def test_a_spelling_added_by_hand_stays_though_its_actor_is_told_of_no_more() -> None:
    take(CLASH, url=URL)
    actor = Actor.objects.named("JD Vance").get()
    Alias.objects.create(actor=actor, text="the Veep", normal="veep", by_hand=True)

    take(WITHOUT_VANCE, url=URL)

    assert actor.aliases.filter(text="the Veep", by_hand=True).exists()


def test_a_passage_attached_by_hand_stays_when_the_article_changes() -> None:
    take(CLASH, url=URL)
    article, event = Article.objects.get(), Event.objects.get(kind="meeting", earliest=date(2025, 2, 28))
    event.evidence.create(article=article, start=0, end=5, exact=article.text[:5], by_hand=True)

    take(CLASH_CHANGED, url=URL)

    assert event.evidence.filter(by_hand=True, article=article).exists()


ADDRESSES = ["", URL, "https://two.example/b"]
EDITS = ["title", "date", "actors", "status"]


class Laws(HypothesisTestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        moves=st.lists(
            st.one_of(
                st.tuples(st.sampled_from([*VERSIONS, AGAIN, REMARKS]), st.sampled_from(ADDRESSES)),
                st.tuples(st.sampled_from(EDITS), st.integers(0, 5)),
            ),
            min_size=2,
            max_size=7,
        )
    )
    def test_every_sequence_of_readings_and_edits_ends_true(self, moves: list[tuple[str, str | int]]) -> None:
        for what, which in moves:
            if isinstance(which, str):
                take(what, url=which)
            else:
                _edit(what, which)
            check_laws()


def _edit(what: str, which: int) -> None:
    """What the editor does to some event: set a field, lock it, place it and what was said in it."""
    events = list(Event.objects.order_by("pk"))
    if not events:
        return
    event = events[which % len(events)]
    match what:
        case "title":
            event.title = "As a person calls it"
        case "date":
            event.date = PartialDate.on(date(2025, 2, 27))
        case "status":
            event.status = EventStatus.CONFIRMED
    event.lock([what], by="ann", why="", at=AT)
    event.place_in_time()
    event.save()
    refresh([event.pk])
