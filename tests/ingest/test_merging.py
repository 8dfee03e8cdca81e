"""What people merge and split stays so, whatever is read afterwards, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement, until
from tests.ingest.articles import AGAIN, CLASH, CLASH_CHANGED, REMARKS, reading, take
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record
from timeline.forms import ChronologyForm
from timeline.ingest.acts import Act, Entry, NotMergeable
from timeline.ingest.again import read_again
from timeline.ingest.derived import refresh
from timeline.ingest.merging import merge, tell_apart, undo
from timeline.ingest.splitting import split_actor, split_event, split_statement, under_spellings
from timeline.ingest.takedown import take_down
from timeline.models import (
    Actor,
    Alias,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Judgement,
    Participation,
    Statement,
)
from timeline.vocabulary import ActorKind, EventKind, EventStatus, PartialDate

pytestmark = pytest.mark.django_db

ALL = (Actor, Alias, Participation, Event, Statement, Evidence, Claim, EventRelation)
URL = "https://harbour.example/clash"
TEXTS = (CLASH, CLASH_CHANGED, AGAIN, REMARKS)
# In place of a text: every stored article is read again.
EVERYTHING = "everything"


def act(why: str = "one and the same") -> Act:
    by, _ = User.objects.get_or_create(username="ann")
    return Act(by=by, at=datetime(2025, 3, 4, tzinfo=UTC), why=why)


def rows() -> dict[str, dict[Any, Any]]:
    """Every row of what is believed, whole; without its number where it says who takes part: these are chosen anew."""
    found: dict[str, dict[Any, Any]] = {m.__name__: {r["id"]: r for r in m.objects.values()} for m in ALL}
    parts = found["Participation"].values()
    found["Participation"] = {(row["event_id"], row["actor_id"]): {**row, "id": None} for row in parts}
    articles = Article.objects.values("pk", "main_event", "carries_on")
    return {**found, "Article": {article["pk"]: article for article in articles}}


def read_all(texts: Iterable[str] = (CLASH, AGAIN, REMARKS)) -> None:
    for text in texts:
        if text == EVERYTHING:
            for article in Article.objects.current():
                read_again(article.pk, read=lambda record: reading(record.raw.decode()))
            continue
        take(text, url=URL if text in (CLASH, CLASH_CHANGED) else "", publisher="Harbour Dispatch")


def standing(model: type[Model]) -> Any:
    return model._default_manager.filter(merged_into__isnull=True)


# --- actors --------------------------------------------------------------------------------------------------------


def test_a_merged_actor_gives_everything_to_the_kept_one() -> None:
    kept, gone = make_actor("Zelenskyy", known="Q1"), make_actor("Zelensky", "Zelenskyy", "Zelenskiy", known="Q2")
    both, one = make_event("They meet", kept, gone), make_event("He leaves", gone)
    said = make_statement("I leave.", speaker=gone)

    merge(kept, gone, act())

    said.refresh_from_db()
    gone.refresh_from_db()
    assert said.speaker == kept
    assert gone.kept == kept
    assert sorted(alias.text for alias in kept.aliases.all()) == ["Zelenskiy", "Zelensky", "Zelenskyy"]
    assert [part.actor for part in Participation.objects.filter(event__in=[both, one])] == [kept, kept]
    assert list(Actor.objects.named("zelenskiy")) == list(Actor.objects.named(gone.uid)) == [kept]


def test_a_filter_by_the_merged_one_means_the_kept_one() -> None:
    from django.http import QueryDict

    first, second, third = make_actor("One"), make_actor("Two"), make_actor("Three")
    event = make_event("They meet", first)
    merge(second, first, act())
    merge(third, second, act())

    form = ChronologyForm(QueryDict(f"actor={first.uid}"))

    assert form.is_valid()
    assert form.value("actor") == [third]
    assert list(form.events()) == [event]


def test_the_next_article_with_either_spelling_finds_the_kept_actor() -> None:
    read_all([CLASH, REMARKS])
    trump, putin = Actor.objects.get(name="Donald Trump"), Actor.objects.get(name="Vladimir Putin")
    persons = Actor.objects.filter(kind=ActorKind.PERSON)
    number = persons.count()

    merge(trump, putin, act())
    read_all([CLASH_CHANGED, AGAIN])
    take(REMARKS.replace("2 March", "3 March").replace("rare earths", "metals"))

    assert persons.count() == number
    assert not Participation.objects.filter(actor=putin).exists()
    assert not Statement.objects.filter(speaker=putin).exists()
    putin.refresh_from_db()
    assert putin.kept == trump


def test_taking_a_merge_of_actors_back_leaves_what_was_read_since() -> None:
    kept, gone = make_actor("Olena Marchuk"), make_actor("Olena Martschuk")
    old = make_event("They meet", gone)
    judgement = merge(kept, gone, act())
    new = make_event("They meet again", kept)

    undo(judgement, act("two persons"))

    assert [p.actor for p in old.participations.all()] == [gone]
    assert [p.actor for p in new.participations.all()] == [kept]
    assert (judgement.undone_at is not None, gone.aliases.get().text) == (True, "Olena Martschuk")
    assert Judgement.objects.get(verdict="different").why == "two persons"


def test_of_three_merged_actors_any_merge_can_be_taken_back() -> None:
    kept, one, other = make_actor("Kept"), make_actor("One"), make_actor("Other")
    event = make_event("They meet", one, other)
    first = merge(kept, one, act())
    merge(kept, other, act())

    undo(first, act())

    assert {p.actor for p in event.participations.all()} == {kept, one}
    assert {alias.text for alias in kept.aliases.all()} == {"Kept", "Other"}


def test_a_merge_within_a_merged_actor_can_be_taken_back() -> None:
    top, middle, bottom = make_actor("Top"), make_actor("Middle"), make_actor("Bottom")
    event = make_event("It acts", bottom)
    first = merge(middle, bottom, act())
    merge(top, middle, act())
    assert [p.actor for p in event.participations.all()] == [top]

    undo(first, act())

    bottom.refresh_from_db()
    assert [p.actor for p in event.participations.all()] == [bottom]
    assert (bottom.merged_into, Actor.objects.get(name="Middle").kept) == (None, top)


def test_a_row_put_away_by_another_merge_comes_back_as_it_is_by_then() -> None:
    kept, gone = make_actor("Kept"), make_actor("Gone")
    event, double = make_event("They meet", kept), make_event("They meet in town", gone)
    actors = merge(kept, gone, act())
    events = merge(event, double, act())

    undo(actors, act())
    undo(events, act())

    assert [p.actor for p in double.participations.all()] == [gone]


def test_what_is_one_already_or_of_two_kinds_cannot_be_merged() -> None:
    kept, gone = make_actor("Kept"), make_actor("Gone")
    merge(kept, gone, act())

    for one, other in ((kept, gone), (kept, make_event("They meet"))):
        with pytest.raises(NotMergeable):
            merge(one, other, act())


def test_a_spelling_taken_from_the_one_comes_to_the_kept_one_no_more() -> None:
    read_all([CLASH])
    trump, vance = Actor.objects.get(name="Donald Trump"), Actor.objects.get(name__contains="Vance")
    Judgement.objects.create(verdict="not an alias", left=vance.uid, right="trump", made_at=act().at)

    merge(trump, vance, act())
    read_all([CLASH_CHANGED])

    assert trump.aliases.filter(text="Trump").exists()


def test_a_split_actor_stays_split_in_every_later_reading() -> None:
    read_all([CLASH])
    actor = Actor.objects.get(name="Donald Trump")
    full = make_actor("Eric Stone")
    Alias.objects.filter(actor=full).update(actor=actor)
    said = make_statement("I am Eric.", speaker=actor, speaker_as_written="Eric Stone")
    aliases = actor.aliases.filter(text="Eric Stone")

    said_as, done = under_spellings(actor, aliases)
    other = split_actor(actor, aliases, act(), statements=said_as, events=done)
    read_all([CLASH_CHANGED, AGAIN])
    take(CLASH.replace("Donald Trump", "Eric Stone").replace("Trump", "Stone").replace("28 February", "3 June"))

    said.refresh_from_db()
    assert said.speaker == other
    assert not actor.aliases.filter(text__contains="Stone").exists()
    assert not other.aliases.filter(text__contains="Trump").exists()
    assert Participation.objects.filter(actor=other).exists()


def test_a_spelling_split_from_a_figure_of_the_knowledge_file_names_somebody_else() -> None:
    read_all([CLASH])
    actor = Actor.objects.get(name="Donald Trump")
    assert actor.known
    Alias.objects.get_or_create(actor=actor, text="The Donald", normal="the donald")

    other = split_actor(actor, actor.aliases.filter(text__in=["Donald Trump", "Trump"]), act())
    read_all([CLASH_CHANGED, AGAIN])

    actor.refresh_from_db()
    assert (actor.name, other.name) == ("The Donald", "Donald Trump")
    assert not actor.aliases.filter(text__in=["Donald Trump", "Trump"]).exists()
    assert Actor.objects.filter(name="Donald Trump").count() == 1
    assert other.statements.exists() or Participation.objects.filter(actor=other).exists()


def test_taking_a_split_back_makes_one_actor_again() -> None:
    actor = make_actor("Olena Marchuk", "Olena Bondar")
    said = make_statement("I go.", speaker=actor)
    other = split_actor(actor, actor.aliases.filter(text="Olena Bondar"), act(), statements=[said])

    undo(Judgement.objects.get(verdict="different"), act())

    said.refresh_from_db()
    other.refresh_from_db()
    assert (said.speaker, other.kept) == (actor, actor)
    assert {alias.text for alias in actor.aliases.all()} == {"Olena Marchuk", "Olena Bondar"}
    assert not Judgement.objects.filter(verdict__in=["different", "not an alias"], undone_at__isnull=True).exists()


def test_an_actor_cannot_be_split_into_nobody() -> None:
    actor = make_actor("Olena Marchuk")

    for chosen in (Alias.objects.none(), actor.aliases.all()):
        with pytest.raises(NotMergeable):
            split_actor(actor, chosen, act())


# --- events --------------------------------------------------------------------------------------------------------


def test_a_merged_event_gives_its_sources_statements_and_actors_to_the_kept_one() -> None:
    one, two = make_actor("One"), make_actor("Two")
    kept, gone = make_event("They meet", one), make_event("They talk", one, two, place=make_place("Oslo"))
    first, second = make_article("They meet in town."), make_article("They talk in town.")
    make_evidence(kept, first, "They meet", fingerprint="a")
    make_evidence(gone, second, "They talk", fingerprint="b")
    said = make_statement("We talk.", event=gone)
    after = make_event("They part")
    EventRelation.objects.create(kind="after", source=after, target=gone, article=second)
    EventRelation.objects.create(kind="before", source=kept, target=gone)

    merge(kept, gone, act())

    said.refresh_from_db()
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (said.event, kept.sources, kept.place, gone.status) == (kept, 2, make_place("Oslo"), EventStatus.MERGED)
    assert [p.actor for p in kept.participations.all()] == [one, two]
    assert [str(relation) for relation in EventRelation.objects.all()] == ["They part after They meet"]
    assert gone not in Event.objects.on_page()


def test_the_kept_event_keeps_its_own_date_and_takes_one_where_it_has_none() -> None:
    dated = PartialDate.on(date(2025, 2, 27))
    kept, undated = make_event("They meet"), make_event("They talk", date=until(date(2025, 3, 2)))

    merge(kept, make_event("They quarrel", date=dated), act())
    merge(undated, make_event("They shout", date=dated), act())

    kept.refresh_from_db()
    undated.refresh_from_db()
    assert (kept.date.edtf, undated.date.edtf) == ("2025-02-28", "2025-02-27")


def test_what_a_person_has_set_of_the_one_stands_unless_it_is_set_of_the_kept_one() -> None:
    kept, gone = make_event("They meet"), make_event("They quarrel", description="Loudly")
    gone.lock(["title", "description"], by="ann", why="seen", at=act().at)
    gone.save()
    kept.lock(["title"], by="bob", why="heard", at=act().at)
    kept.save()

    judgement = merge(kept, gone, act())
    kept.refresh_from_db()
    merged = (kept.title, kept.description, set(kept.locked_fields))
    undo(judgement, act())

    kept.refresh_from_db()
    assert merged == ("They meet", "Loudly", {"title", "description"})
    assert (kept.title, kept.description, set(kept.locked_fields)) == ("They meet", "", {"title"})


def test_an_entry_merged_into_one_that_waits_for_review_stays_on_the_page() -> None:
    kept, gone = make_event("They meet", status=EventStatus.REVIEW), make_event("They talk")

    merge(kept, gone, act())

    assert list(Event.objects.on_page()) == [kept]


def test_a_rejected_double_rejects_nothing() -> None:
    kept, gone = make_event("They meet"), make_event("They talk", status=EventStatus.REJECTED)
    gone.lock(["status"], by="ann", why="", at=act().at)
    gone.save()

    merge(kept, gone, act())

    assert list(Event.objects.on_page()) == [kept]


def test_two_events_of_one_article_that_were_merged_stay_one_when_it_is_read_again() -> None:
    read_all([CLASH])
    kept, *others = Event.objects.order_by("pk")
    for other in others:
        merge(kept, other, act())
    told = set(kept.participations.values_list("actor", flat=True))

    read_all([CLASH_CHANGED, CLASH, AGAIN])

    assert not {event.title for event in standing(Event)} & {event.title for event in others}
    assert told <= set(kept.participations.values_list("actor", flat=True))
    assert all(other.pk != kept.pk and not other.evidence.exists() for other in others)


RETOLD = (
    CLASH.replace("Ann Pryce", "Rosa Lind")
    .replace("clashed in the Oval Office on Friday", "had a loud clash in the Oval Office on Friday")
    .replace("accused Zelensky of ingratitude", "publicly accused Zelensky of base ingratitude")
    .replace("Trump and Zelensky clash", "Zelensky and Trump clash")
)


def test_another_article_may_tell_a_merged_event_once_as_each_that_it_was() -> None:
    read_all([CLASH])
    kept, gone = Event.objects.get(kind="meeting"), Event.objects.get(kind="accusation")
    merge(kept, gone, act())
    number = standing(Event).count()

    take(RETOLD, url="https://coast.example/clash", publisher="Coast")

    assert standing(Event).count() == number
    assert kept.evidence.filter(exact__contains="base ingratitude").exists()


def of_another_kind(record: Record) -> Extraction:
    """What rules read that call everything a protest."""
    found = reading(record.raw.decode())
    events = tuple(replace(event, kind=EventKind.PROTEST) for event in found.events)
    return replace(found, version="3", events=events)


def test_rules_that_call_it_otherwise_leave_a_merge_as_it_is() -> None:
    take(CLASH, url=URL)
    kept, gone = Event.objects.get(kind="meeting"), Event.objects.get(kind="accusation")
    merge(kept, gone, act())
    title, told = kept.title, {row.exact: row.event_id for row in kept.evidence.all()}

    for article in Article.objects.current():
        assert read_again(article.pk, read=of_another_kind).outcome == "read"

    kept.refresh_from_db()
    assert kept.title == title
    assert {row.exact: row.event_id for row in Evidence.objects.filter(event__in=[kept, gone])} == told
    assert not {event.title for event in standing(Event)} & {gone.title}


def test_rules_that_call_it_otherwise_leave_a_split_as_it_is() -> None:
    take(REMARKS, url=URL)
    event = next(e for e in Event.objects.order_by("pk") if e.evidence.count() > 1)
    moved = event.evidence.order_by("-start").first()
    assert moved is not None
    other = split_event(event, [moved], act(), title="Something else")
    told = {row.exact: row.event_id for row in Evidence.objects.filter(event__in=[event, other])}

    read_again(Article.objects.get().pk, read=of_another_kind)

    assert {row.exact: row.event_id for row in Evidence.objects.filter(event__in=[event, other])} == told
    other.refresh_from_db()
    assert other.title == "Something else"


def test_an_unmerged_pair_keeps_its_passages_though_the_article_was_read_again_meanwhile() -> None:
    read_all([CLASH])
    kept, gone = Event.objects.order_by("pk")[:2]
    prints = set(gone.evidence.values_list("fingerprint", flat=True)) - set(
        kept.evidence.values_list("fingerprint", flat=True)
    )
    judgement = merge(kept, gone, act())
    take(CLASH.replace("Russian forces", "Russian troops"), url=URL, publisher="Harbour Dispatch")

    undo(judgement, act())

    assert prints & set(gone.evidence.values_list("fingerprint", flat=True))
    assert not prints & set(kept.evidence.values_list("fingerprint", flat=True))


def test_an_event_split_in_two_stays_so_when_its_article_is_read_again() -> None:
    read_all([CLASH, AGAIN])
    event = next(e for e in Event.objects.all() if len({row.article_id for row in e.evidence.all()}) == 2)
    chosen = [row for row in event.evidence.all() if row.article and row.article.title.startswith("Minerals")]

    other = split_event(event, chosen, act(), title="They do not sign")
    split = {row.exact: row.event_id for row in Evidence.objects.filter(event__in=[event, other])}
    read_all([CLASH_CHANGED])
    take(AGAIN.replace("agreement was not signed", "deal was not signed at all"))
    take(AGAIN, url="https://coast.example/deal")

    for row in Evidence.objects.filter(event__in=[event, other]):
        assert split.get(row.exact, row.event_id) == row.event_id
    other.refresh_from_db()
    assert (other.title, other.merged_into) == ("They do not sign", None)


def test_passages_of_one_mention_go_each_where_a_person_put_them() -> None:
    take(REMARKS, url=URL)
    event = next(e for e in Event.objects.order_by("pk") if e.evidence.count() > 1)
    moved = event.evidence.order_by("-start").first()
    assert moved is not None
    other = split_event(event, [moved], act(), title="Something else")
    left = {row.exact for row in event.evidence.all()}

    take(REMARKS.replace("9:00 GMT", "9:15 GMT"), url=URL)

    assert {row.exact for row in event.evidence.all()} == left
    assert {row.exact for row in other.evidence.all()} == {moved.exact}


def test_an_event_cannot_be_split_into_nothing() -> None:
    event, article = make_event("They meet"), make_article("They meet.")
    make_evidence(event, article, "They meet")

    for chosen in ([], list(event.evidence.all())):
        with pytest.raises(NotMergeable):
            split_event(event, chosen, act())


def test_two_events_told_apart_are_told_as_two_by_a_changed_copy() -> None:
    read_all([CLASH, AGAIN])
    one, other = Event.objects.order_by("pk")[:2]
    tell_apart(one, other, act("two rows"))
    before = {row.fingerprint: row.event_id for row in Evidence.objects.filter(event__in=[one, other])}

    read_all([CLASH_CHANGED])

    for row in Evidence.objects.filter(event__in=[one, other]):
        assert before.get(row.fingerprint, row.event_id) == row.event_id


def test_a_takedown_takes_along_what_was_merged_and_rests_on_it_alone() -> None:
    kept, gone = make_event("They meet"), make_event("They talk in secret")
    first, second = make_article("They meet in town."), make_article("They talk in secret.")
    make_evidence(kept, first, "They meet", fingerprint="a")
    make_evidence(gone, second, "They talk", fingerprint="b")
    merge(kept, gone, act())

    take_down(second)

    assert list(Event.objects.all()) == [kept]
    assert not Judgement.objects.filter(verdict="same").exists()
    take_down(first)
    assert not Event.objects.exists()


# --- statements ----------------------------------------------------------------------------------------------------


def test_a_takedown_leaves_nothing_that_was_taken_over_from_what_goes() -> None:
    staying, going = make_article("He said that all is well."), make_article("All is well, he wrote in a post.")
    kept, gone = make_statement("All is well"), make_statement("All is well", medium="a post")
    make_evidence(kept, staying, "all is well")
    make_evidence(gone, going, "All is well")
    merge(kept, gone, act())
    kept.refresh_from_db()
    assert kept.medium == "a post"

    take_down(going)

    kept.refresh_from_db()
    assert kept.medium == ""


def test_a_merged_statement_gives_its_sources_and_fills_speaker_and_event() -> None:
    speaker, event = make_actor("Olena Marchuk"), make_event("They meet")
    kept, gone = make_statement("We are going."), make_statement("We go.", speaker=speaker, event=event)
    make_evidence(gone, make_article("We go. That was all."), "We go.", fingerprint="a")

    merge(kept, gone, act())

    kept.refresh_from_db()
    assert (kept.speaker, kept.event, kept.text) == (speaker, event, "We are going.")
    assert [row.fingerprint for row in kept.evidence.all()] == ["a"]
    assert list(Statement.objects.on_page()) == [kept]


def test_a_merged_statement_keeps_its_words_when_the_other_is_read_again() -> None:
    read_all([CLASH, REMARKS])
    longer = Statement.objects.get(text__startswith="He can come back")
    kept = Statement.objects.get(text__startswith="We are ready")
    merge(kept, longer, act())
    number = Statement.objects.count()

    read_all([CLASH_CHANGED, AGAIN])

    kept.refresh_from_db()
    assert kept.text.startswith("We are ready")
    assert Statement.objects.count() == number
    assert kept.evidence.filter(exact__contains="He can come back").count() == 2


def test_a_statement_moved_to_another_speaker_stays_theirs() -> None:
    read_all([CLASH])
    said = Statement.objects.get(text__startswith="He can come back")
    said.speaker = make_actor("Tom Hale")
    said.lock(["speaker"], by="ann", why="", at=act().at)
    said.save()

    read_all([CLASH_CHANGED, AGAIN])

    said.refresh_from_db()
    assert str(said.speaker) == "Tom Hale"
    assert Statement.objects.filter(text=said.text).count() == 1


def test_a_split_statement_stays_split_when_its_article_is_read_again() -> None:
    read_all([CLASH, AGAIN])
    said = Statement.objects.get(text__startswith="He can come back")
    chosen = said.evidence.filter(article__title__startswith="Minerals")

    other = split_statement(said, chosen, act(), text="He may come back when he is ready for peace")
    read_all([CLASH_CHANGED])
    take(AGAIN.replace("was not signed", "was not signed at all"), publisher="Harbour Dispatch")

    assert [row.article.title for row in other.evidence.all() if row.article] == [
        "Minerals deal left unsigned after Oval Office row"
    ]
    assert [row.article.title for row in said.evidence.all() if row.article] == [
        "Trump and Zelensky clash in the Oval Office"
    ]
    assert Statement.objects.count() == Statement.objects.filter(merged_into=None).count()


def test_a_statement_cannot_be_split_into_nothing() -> None:
    said = make_statement("We go.")
    make_evidence(said, make_article("We go. That was all."), "We go.")

    for chosen in ([], list(said.evidence.all())):
        with pytest.raises(NotMergeable):
            split_statement(said, chosen, act())


# --- laws ----------------------------------------------------------------------------------------------------------

PLAIN = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def pick(model: Any, numbers: tuple[int, int]) -> tuple[Entry, Entry] | None:
    found = list(standing(model).order_by("pk"))
    one, other = (found[number % len(found)] for number in numbers)
    return None if one.pk == other.pk else (one, other)


def beliefs_by_uid() -> list[tuple[Any, ...]]:
    """What stands, without the ids of rows."""
    lines: list[tuple[Any, ...]] = []
    for event in standing(Event).order_by("uid"):
        lines.append((
            event.uid, event.title, event.date.edtf, str(event.place), event.status, event.sources,
            sorted(event.participations.values_list("actor__uid", "role", "position")),
            sorted(event.evidence.values_list("exact", "article")),
            sorted(event.claims.values_list("article", "earliest")),
        ))  # fmt: skip
    for said in standing(Statement).order_by("uid"):
        proof = sorted(said.evidence.values_list("exact", "article"))
        lines.append((said.uid, said.text, str(said.speaker), str(said.event), said.status, said.date.edtf, proof))
    for actor in standing(Actor).order_by("uid"):
        lines.append((actor.uid, actor.name, actor.role, sorted(alias.text for alias in actor.aliases.all())))
    return lines


def test_who_takes_part_by_one_account_alone_outlives_a_merge_that_is_taken_back() -> None:
    read_all()
    refresh(Event.objects.values_list("pk", flat=True))
    before = rows()
    for numbers in ((0, 4), (1, 0)):
        two = pick(Event, numbers)
        assert two is not None
        merge(*two, act())

    for judgement in Judgement.objects.filter(verdict=Judgement.Verdict.SAME).order_by("-pk"):
        undo(judgement, act())

    assert rows() == before


class Laws(HypothesisTestCase):
    def setUp(self) -> None:
        read_all()
        refresh(Event.objects.values_list("pk", flat=True))

    @PLAIN
    @given(st.lists(st.tuples(st.sampled_from([Actor, Event, Statement]), st.integers(0, 9), st.integers(0, 9)),
                    min_size=1, max_size=6), st.randoms(use_true_random=False))  # fmt: skip
    def test_merges_taken_back_in_any_order_leave_everything_as_before(self, pairs: Any, chance: Any) -> None:
        before = rows()
        merges = [merge(*two, act()) for model, *numbers in pairs if (two := pick(model, tuple(numbers)))]
        chance.shuffle(merges)
        for judgement in merges:
            undo(Judgement.objects.get(pk=judgement.pk), act())
        self.assertEqual(rows(), before)

    @PLAIN
    @given(st.sampled_from([Actor, Event, Statement]), st.permutations([1, 2, 3]))
    def test_the_order_of_merges_does_not_matter(self, model: Any, order: Any) -> None:
        from django.db import transaction

        entries = [entry.pk for entry in standing(model).order_by("pk")][:4]
        found = []
        for numbers in (sorted(order), order):
            with transaction.atomic():
                for number in numbers:
                    if number < len(entries):
                        one, other = (model.objects.get(pk=entries[n]) for n in (0, number))
                        merge(one, other, act())
                found.append(beliefs_by_uid())
                transaction.set_rollback(True)
        self.assertEqual(found[0], found[1])

    @PLAIN
    @given(
        st.sampled_from([Actor, Event, Statement]),
        st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.booleans(),
        st.lists(st.sampled_from((*TEXTS, EVERYTHING)), max_size=4),
    )
    def test_no_sequence_of_readings_undoes_a_merge_or_joins_what_is_apart(
        self, model: Any, numbers: Any, taken_back: bool, texts: list[str]
    ) -> None:
        two = pick(model, numbers)
        if two is None:
            return
        kept, gone = two
        judgement = merge(kept, gone, act())
        if taken_back:
            undo(judgement, act())
        number = standing(model).count()
        words = self.words_of(gone)
        before = [row.pk for row in standing(model) if words & self.words_of(row)]
        read_all(texts)
        kept.refresh_from_db()
        gone.refresh_from_db()
        self.assertEqual(gone.kept.pk, gone.pk if taken_back else kept.pk)
        self.assertEqual(kept.merged_into, None)
        self.assertLessEqual(number, standing(model).count())
        # Nothing new has come to be called as the one that went, nor to rest on its passages.
        self.assertLessEqual({row.pk for row in standing(model) if words & self.words_of(row)}, set(before))
        if not taken_back:
            refs = {"Actor": "statements", "Event": "evidence", "Statement": "evidence"}[model.__name__]
            self.assertFalse(getattr(gone, refs).exists())

    @staticmethod
    def words_of(entry: Any) -> set[str]:
        """What an entry is known by: an actor's spellings, the fingerprints of all others."""
        if isinstance(entry, Actor):
            return {alias.normal for alias in entry.aliases.all()}
        return set(entry.evidence.values_list("fingerprint", flat=True))
