"""Stored articles read again by newer rules: the same rows, and the word of people above all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.ingest.articles import (
    AGAIN,
    CLASH,
    CLASH_CHANGED,
    REMARKS,
    RETRIEVED,
    beliefs,
    reading,
    take,
    untrue_evidence,
)
from tests.ingest.test_versions import check_laws
from timeline.extraction.interchange import read
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, UnreadableDocument
from timeline.extraction.version import VERSION
from timeline.ingest.acts import Act
from timeline.ingest.again import articles_read_before, of_other_rules, read_again, record_of
from timeline.ingest.derived import refresh
from timeline.ingest.judgements import forbid_return
from timeline.ingest.merging import merge
from timeline.ingest.run import ingest
from timeline.ingest.takedown import take_down
from timeline.models import Actor, Article, Event, Evidence, Judgement, Statement, StoryWord
from timeline.vocabulary import ArticleState, EventKind, EventStatus, PartialDate

pytestmark = pytest.mark.django_db

URL = "https://one.example/a"
AT = datetime(2025, 3, 4, tzinfo=UTC)


def older(record: Record) -> Extraction:
    """What rules of yesterday read: everything is a protest a day later, and nobody's quotes are found."""
    found = reading(record.raw.decode())
    day = PartialDate.on(date(2025, 3, 1))
    events = tuple(
        replace(event, title=f"Old: {event.title}", kind=EventKind.PROTEST, date=day, statements=())
        for event in found.events
    )
    return replace(found, version="1", events=events, statements=())


def newer(record: Record) -> Extraction:
    """What rules of tomorrow read."""
    return replace(reading(record.raw.decode()), version="3")


def take_as_of_old(text: str, url: str = "") -> Article:
    ingest(Record(id="a", content=text.encode(), url=url or None), read=older, retrieved_at=AT)
    return Article.objects.get(url=url, state=ArticleState.TAKEN)


@pytest.mark.parametrize("text", [CLASH, AGAIN, REMARKS])
def test_newer_rules_end_where_reading_with_them_alone_would(text: str) -> None:
    take(text, url=URL)
    want = beliefs()
    take_down(Article.objects.get())

    article = take_as_of_old(text, URL)
    assert beliefs() != want
    assert read_again(article.pk, read=newer).outcome == "read"

    assert beliefs() == want
    check_laws()


def test_two_articles_about_the_same_are_read_again_one_by_one() -> None:
    articles = [take_as_of_old(text, url) for text, url in ((CLASH, URL), (AGAIN, "https://two.example/b"))]

    for article in articles:
        read_again(article.pk, read=newer)

    check_laws()
    assert Article.objects.filter(state=ArticleState.SUPERSEDED).count() == 0
    assert Statement.objects.get(text__startswith="He can come back").evidence.count() == 2


VISIT = """Trump receives Starmer at the White House

By Ann Pryce
27 February 2025, 21:14 GMT

President Donald Trump received British Prime Minister Keir Starmer at the White House on Thursday.

“We will stand with Ukraine for as long as it takes,” Starmer said.
"""


def vague(record: Record) -> Extraction:
    """What rules of yesterday read that took any two meetings of a week for one."""
    found = reading(record.raw.decode())
    day = PartialDate.on(date(2025, 2, 28))
    vague = {"title": "Leaders meet in Washington", "kind": EventKind.MEETING, "date": day, "participants": ()}
    events = tuple(replace(event, **vague, place=None) for event in found.events if event.main)
    return replace(found, version="1", events=events, relations=())


def take_for_one() -> list[Article]:
    """Two articles about two meetings, of which older rules have made one event."""
    for text, url in ((CLASH, URL), (VISIT, "https://two.example/b")):
        ingest(Record(id="a", content=text.encode(), url=url), read=vague, retrieved_at=RETRIEVED)
    assert Event.objects.get().sources == 2
    return list(Article.objects.order_by("pk"))


@pytest.mark.parametrize("latest_first", [False, True])
def test_what_older_rules_took_for_one_comes_apart(latest_first: bool) -> None:
    take(CLASH, url=URL)
    take(VISIT, url="https://two.example/b")
    want = sorted(beliefs())
    for article in Article.objects.all():
        take_down(article)
    assert beliefs() == []

    articles = take_for_one()
    for article in reversed(articles) if latest_first else articles:
        read_again(article.pk, read=newer)

    assert sorted(beliefs()) == want
    assert [read_again(article.pk, read=newer).changes for article in articles] == [(), ()]
    check_laws()


def test_what_a_person_has_confirmed_as_one_stays_one(admin_user: User) -> None:
    articles = take_for_one()
    event = Event.objects.get()
    event.status = EventStatus.CONFIRMED
    event.lock(["status"], by="anna", why="One meeting", at=AT)
    event.save()

    for article in articles:
        read_again(article.pk, read=newer)

    assert set(event.evidence.values_list("article", flat=True)) == {article.pk for article in articles}


def test_an_article_stays_the_same_row() -> None:
    before = take_as_of_old(CLASH, URL)
    Article.objects.filter(pk=before.pk).update(given={}, retrieved_at=AT)

    read_again(before.pk, read=newer)

    (after,) = Article.objects.all()
    assert (after.pk, after.uid, after.url, after.retrieved_at, after.extracted_with) == (
        before.pk, before.uid, URL, AT, "3",
    )  # fmt: skip
    assert not Article.history.exists()
    assert set(Evidence.objects.values_list("version", flat=True)) == {"3"}
    assert set(StoryWord.objects.values_list("article", flat=True)) == {before.pk}


def test_entries_that_are_still_told_are_the_same_rows() -> None:
    take(CLASH, url=URL)
    before = set(Event.objects.values_list("uid")) | set(Statement.objects.values_list("uid"))

    found = read_again(Article.objects.get().pk, read=newer)

    assert found.changes == ()
    assert set(Event.objects.values_list("uid")) | set(Statement.objects.values_list("uid")) == before


def test_reading_twice_changes_nothing() -> None:
    article = take_as_of_old(CLASH, URL)
    read_again(article.pk, read=newer)
    before = beliefs()

    again = read_again(article.pk, read=newer)

    assert (again.changes, beliefs()) == ((), before)


def test_what_a_person_has_set_stays(admin_user: User) -> None:
    article = take_as_of_old(CLASH, URL)
    corrected, deleted = Event.objects.order_by("pk")[:2]
    corrected.title, corrected.date = "As a person calls it", PartialDate.on(date(2025, 2, 27))
    corrected.lock(["title", "date"], by="ann", why="seen on film", at=AT)
    corrected.place_in_time()
    corrected.save()
    prints = set(deleted.evidence.values_list("fingerprint", flat=True))
    forbid_return(deleted, by=admin_user, why="no event", at=AT)
    deleted.delete()

    for _ in range(2):
        read_again(article.pk, read=newer)

    corrected.refresh_from_db()
    assert (corrected.title, corrected.date.edtf) == ("As a person calls it", "2025-02-27")
    assert not Evidence.objects.filter(fingerprint__in=prints, event__isnull=False).exists()
    assert corrected.evidence.get().article == article
    assert untrue_evidence() == []


def test_what_newer_rules_no_longer_read_stays_where_a_person_has_confirmed_it() -> None:
    take(CLASH, url=URL)
    article = Article.objects.get()
    confirmed, other = Event.objects.order_by("pk")[:2]
    Event.objects.filter(pk=confirmed.pk).update(status=EventStatus.CONFIRMED)

    found = read_again(article.pk, read=lambda record: replace(newer(record), events=(), relations=()))

    assert Event.objects.get() == confirmed
    assert confirmed.evidence.get().article == article
    assert {(change.kind, change.uid) for change in found.changes if change.what == "event"} >= {("goes", other.uid)}
    assert not Actor.objects.filter(participations=None, statements=None, corrections={}).exists()


def test_a_passage_attached_by_hand_stays_where_it_stands() -> None:
    take(CLASH, url=URL)
    article, event = Article.objects.get(), Event.objects.order_by("pk")[0]
    event.evidence.create(article=article, start=0, end=5, exact=article.text[:5], by_hand=True)

    read_again(article.pk, read=newer)

    kept = event.evidence.get(by_hand=True)
    assert (kept.article, kept.start, kept.end) == (article, 0, 5)
    assert event.sources == 1


def test_a_passage_is_found_again_in_a_text_that_newer_rules_cut_otherwise() -> None:
    article = Article.objects.get(uid=take(CLASH, url=URL).article_uid)
    event = Event.objects.order_by("pk")[0]
    event.lock(["title"], by="ann", why="", at=AT)
    event.save()
    passage = event.evidence.get().exact

    def cut(record: Record) -> Extraction:
        shorter = reading(f"A line before all.\n\n{passage}\n")
        return replace(shorter, version="3", events=(), statements=(), relations=())

    assert read_again(article.pk, read=cut).loose == 0
    assert event.evidence.get().start == len("A line before all.\n\n")
    assert untrue_evidence() == []

    other = replace(reading("Nothing of it is left, not one word of all that stood in this article.\n"), version="4")
    assert read_again(article.pk, read=lambda record: other).loose == 1
    loose = event.evidence.get()
    assert (loose.start, loose.end, loose.exact) == (None, None, passage)


def test_a_merge_stays(admin_user: User) -> None:
    article = take_as_of_old(CLASH, URL)
    kept, gone = Event.objects.order_by("pk")[:2]
    merge(kept, gone, Act(by=admin_user, at=AT, why="one meeting"))

    read_again(article.pk, read=newer)

    gone.refresh_from_db()
    assert (gone.merged_into, Judgement.objects.get().undone_at) == (kept, None)
    assert gone.evidence.count() == 0


def test_what_was_put_right_at_the_article_stays() -> None:
    article = take_as_of_old(CLASH, URL)
    article.title = "A better headline"
    article.lock(["title"], by="ann", why="misread", at=AT)
    article.save()

    read_again(article.pk, read=newer)

    article.refresh_from_db()
    assert (article.title, list(article.corrections)) == ("A better headline", ["title"])


def test_it_is_read_as_it_was_given() -> None:
    record = Record(id="a", text=CLASH, title="Clash", published="2025-02-28", publisher="Harbour Dispatch", url=URL)
    ingest(record, read=read)

    again = record_of(Article.objects.get())

    assert replace(again, id="a") == record


def test_an_article_that_cannot_be_read_any_more_stays_as_it_was() -> None:
    article = take_as_of_old(CLASH, URL)
    before = beliefs()

    def refuse(record: Record) -> Extraction:
        raise UnreadableDocument("no article in it")

    def trip(record: Record) -> Extraction:
        raise KeyError("speaker")

    assert read_again(article.pk, read=refuse).reason == "no article in it; what was read before stays"
    assert read_again(article.pk, read=trip).reason == (
        "failed (KeyError: 'speaker'); this is a mistake in the rules; what was read before stays"
    )
    assert beliefs() == before


def test_a_rehearsal_says_what_would_change_and_writes_nothing() -> None:
    article = take_as_of_old(CLASH, URL)
    before, row = beliefs(), Article.objects.values().get()

    rehearsed = read_again(article.pk, read=newer, rehearse=True)

    assert (beliefs(), Article.objects.values().get()) == (before, row)
    done = read_again(article.pk, read=newer)
    assert [(c.kind, c.what, c.title, c.values) for c in rehearsed.changes] == [
        (c.kind, c.what, c.title, c.values) for c in done.changes
    ]
    assert [c.title for c in done.changes if (c.kind, c.what) == ("comes", "statement")] == [
        "ingratitude",
        "He can come back when he is ready for Peace,",
    ]
    assert ("kind", "protest", "meeting") in {value for c in done.changes for value in c.values}


def test_an_article_read_again_meanwhile_is_left_alone() -> None:
    article = take_as_of_old(CLASH, URL)

    def slow(record: Record) -> Extraction:
        read_again(article.pk, read=newer)
        return replace(newer(record), events=())

    assert read_again(article.pk, read=slow).outcome == "gone"
    assert Event.objects.exists()
    assert read_again(0, read=newer).outcome == "gone"


# --- which articles, and the command ---------------------------------------------------------------------------------


def test_articles_are_chosen_by_version_publisher_and_day() -> None:
    for number, version in enumerate(["", "2", "10", VERSION]):
        take(
            CLASH.replace("28 February 2025", f"{number + 1} March 2025"),
            url=f"https://{number}.example/",
            publisher=f"Paper {number}",
        )
        Article.objects.filter(url=f"https://{number}.example/").update(
            extracted_with=version, state=ArticleState.TAKEN
        )

    def urls(**chosen: object) -> list[str]:
        found = articles_read_before(**chosen)  # type: ignore[arg-type]
        return [url.removeprefix("https://")[0] for url in found.order_by("pk").values_list("url", flat=True)]

    assert urls() == ["0", "1", "2", "3"]
    assert urls(older_than="10") == [
        n for n, v in zip("0123", ["", "2", "10", VERSION], strict=True) if int(v or 0) < 10
    ]
    assert urls(since=date(2025, 3, 3)) == ["2", "3"]
    assert of_other_rules(articles_read_before()).count() == sum(v != VERSION for v in ["", "2", "10", VERSION])


def reextract(*arguments: str) -> str:
    out = StringIO()
    call_command("reextract", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_reads_what_older_rules_have_read_and_then_passes_it_over() -> None:
    for text, url in ((CLASH, URL), (AGAIN, "https://two.example/b")):
        take_as_of_old(text, url)
    take(REMARKS, url="https://three.example/c")
    before = beliefs()

    rehearsal = reextract("--dry-run")
    assert beliefs() == before
    assert "  would change: event Old: " in rehearsal
    assert "    kind: protest -> " in rehearsal
    assert rehearsal.splitlines()[-1].startswith("2 would be read again, 0 refused, 1 passed over")

    assert reextract("--article", Article.objects.get(url=URL).uid).startswith("1 read again, 0 refused")
    # As after a run that broke off: the rest is read, and nothing twice.
    assert reextract().startswith("1 read again, 0 refused, 2 passed over")
    after = beliefs()
    assert reextract().startswith("0 read again, 0 refused, 3 passed over")
    assert beliefs() == after
    check_laws()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--article", "zzz"], "no current article has the uid zzz"),
        (["--publisher", "Nobody"], "no publisher is called 'Nobody'"),
        (["--since", "soon"], "--since is a day such as 2025-03-02, not 'soon'"),
        (["--older-than-version", "new"], f"--older-than-version is a number such as {VERSION}"),
    ],
)
def test_a_choice_without_sense_is_refused(arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        reextract(*arguments)


ADDRESSES = [URL, "https://two.example/b"]
MOVES = st.one_of(
    st.tuples(st.sampled_from([CLASH, CLASH_CHANGED, AGAIN, REMARKS]), st.sampled_from(ADDRESSES)),
    st.tuples(st.sampled_from(["older", "newer"]), st.sampled_from(ADDRESSES)),
    st.tuples(st.sampled_from(["title", "date"]), st.integers(0, 5)),
)


class Laws(HypothesisTestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(MOVES, min_size=3, max_size=8))
    def test_no_sequence_of_readings_changes_what_a_person_set(self, moves: list[tuple[str, str | int]]) -> None:
        for what, which in moves:
            if isinstance(which, int):
                _edit(what, which)
            elif what in ("older", "newer"):
                article = Article.objects.current().filter(url=which).first()
                if article is not None:
                    assert read_again(article.pk, read=older if what == "older" else newer).outcome == "read"
            else:
                take(what, url=which)
            check_laws()
            for event in Event.objects.exclude(corrections={}):
                self._stays(event)

    def _stays(self, event: Event) -> None:
        if event.is_locked("title"):
            assert event.title == "As a person calls it"
        if event.is_locked("date"):
            assert event.date.edtf == "2025-02-27"


def _edit(what: str, which: int) -> None:
    events = list(Event.objects.order_by("pk"))
    if not events:
        return
    event = events[which % len(events)]
    match what:
        case "title":
            event.title = "As a person calls it"
        case "date":
            event.date = PartialDate.on(date(2025, 2, 27))
    event.lock([what], by="ann", why="", at=AT)
    event.place_in_time()
    event.save()
    refresh([event.pk])


def test_what_a_person_has_put_right_is_found_where_newer_rules_call_its_passage_otherwise() -> None:
    """By another kind and another trigger: then its passage alone says what it is."""
    take(CLASH, url=URL)
    event = Event.objects.get(title__contains="Vance")
    event.title = "As a person calls it"
    event.lock(["title"], by="ann", why="seen on film", at=AT)
    event.save()

    def otherwise(record: Record) -> Extraction:
        found = newer(record)
        events = tuple(
            replace(one, title=f"New: {one.title}", kind=EventKind.PROTEST, trigger=None) for one in found.events
        )
        return replace(found, events=events)

    read_again(Article.objects.get().pk, read=otherwise)

    told = Event.objects.filter(evidence__exact__contains="Vance").values_list("pk", "title")
    assert set(told) == {(event.pk, "As a person calls it")}


def test_whom_a_person_takes_off_an_event_no_later_article_makes_again() -> None:
    take(CLASH, url=URL)
    event = Event.objects.get(title__contains="Vance")
    vance = Actor.objects.get(name__contains="Vance")
    event.participations.filter(actor=vance).delete()
    event.lock(["actors"], by="ann", why="it was somebody else", at=AT)
    event.save()
    Actor.objects.filter(pk=vance.pk).delete()

    take(CLASH.replace("JD Vance", "J. D. Vance"), url="https://two.example/b", publisher="Two")
    read_again(Article.objects.get(url=URL).pk, read=newer)

    assert not Actor.objects.filter(name__contains="Vance", participations=None, statements=None).exists()
    assert vance.uid not in event.actors.values_list("uid", flat=True)
