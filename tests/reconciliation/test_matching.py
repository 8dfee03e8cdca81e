from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.mentions import ActorMention, EventMention, Mention, Span
from timeline.reconciliation.identity import content_words
from timeline.reconciliation.known import Known, KnownActor, KnownEvent
from timeline.reconciliation.matching import EventFacts, fit_event, match_actor
from timeline.reconciliation.stories import Story
from timeline.vocabulary import ActorKind, EventKind, EventStatus, MentionForm, PartialDate

FRIDAY, SATURDAY, NEXT_FRIDAY = (PartialDate.on(date(2025, 2, day)) for day in (28, 27, 21))
PUBLISHED = PartialDate.on(date(2025, 3, 2))


def told(
    title: str, *actors: str, when: PartialDate = FRIDAY, kind: EventKind = EventKind.MEETING, country: str = ""
) -> EventFacts:
    mention = EventMention(key="e1", title=title, kind=kind, date=when, confidence=0.9)
    return EventFacts(
        mention=mention,
        actors=actors,
        statements=frozenset(),
        words=content_words(title),
        fingerprints=frozenset(),
        story=Story.of(title, ""),
        country=country,
    )


def known(
    title: str, *actors: str, when: PartialDate = FRIDAY, kind: EventKind = EventKind.MEETING, country: str = ""
) -> KnownEvent:
    return KnownEvent(
        uid="known",
        title=title,
        kind=kind,
        date=when,
        status=EventStatus.AUTOMATIC,
        actors=actors,
        words=content_words(title),
        country=country,
    )


def same(one: EventFacts, other: KnownEvent) -> bool:
    return fit_event(one, other, PUBLISHED) is not None


def test_a_meeting_of_the_same_two_on_the_same_day_is_the_same() -> None:
    assert same(told("Trump and Zelenskyy clash", "t", "z"), known("Trump and Zelenskyy meet", "t", "z"))


def test_a_meeting_a_week_apart_is_another() -> None:
    earlier = known("Trump and Zelenskyy meet", "t", "z", when=NEXT_FRIDAY)

    assert not same(told("Trump and Zelenskyy meet", "t", "z"), earlier)


@given(st.integers(0, 400), st.integers(1, 400))
def test_whether_a_day_and_a_report_of_that_week_are_one_depends_on_no_order(told_on: int, looked_back: int) -> None:
    resigned, report = date(2023, 1, 1) + timedelta(told_on), date(2023, 1, 1) + timedelta(told_on + 1)
    title, kind = "Reyes resigns as head of Acme", EventKind.APPOINTMENT
    day, bound = PartialDate.on(resigned), PartialDate.until(report)
    later = PartialDate.on(report + timedelta(looked_back))

    day_second = fit_event(
        told(title, "reyes", when=day, kind=kind), known(title, "reyes", when=bound, kind=kind), later
    )
    day_first = fit_event(
        told(title, "reyes", when=bound, kind=kind), known(title, "reyes", when=day, kind=kind), PartialDate.on(report)
    )

    assert day_second is not None
    assert day_first is not None


def test_a_day_of_another_year_is_not_that_of_an_undated_report() -> None:
    title, kind = "Reyes resigns as head of Acme", EventKind.APPOINTMENT
    day, bound = PartialDate.on(date(2019, 5, 2)), PartialDate.until(date(2023, 1, 1))

    one = told(title, "reyes", when=day, kind=kind)

    assert fit_event(one, known(title, "reyes", when=bound, kind=kind), PartialDate.on(date(2019, 5, 3))) is None


def test_a_meeting_with_somebody_else_is_another() -> None:
    assert not same(told("Trump meets Starmer", "t", "s"), known("Trump meets Zelenskyy", "t", "z"))


def test_a_meeting_in_another_country_is_another() -> None:
    summit = told("Trump, Vance and Zelenskyy meet at summit", "t", "v", "z", country="United Kingdom")

    assert not same(summit, known("Trump, Vance and Zelenskyy meet", "t", "v", "z", country="United States"))


def test_a_telling_that_names_nobody_is_the_same_by_its_title_on_the_same_or_the_next_day() -> None:
    pause = known("Trump pauses military aid to Ukraine", "t", "us", kind=EventKind.REFUSAL)

    assert same(told("Military aid is paused", kind=EventKind.REFUSAL), pause)
    assert same(told("Military aid is paused", kind=EventKind.REFUSAL, when=SATURDAY), pause)
    assert not same(told("Military aid is paused", kind=EventKind.REFUSAL, when=NEXT_FRIDAY), pause)
    assert not same(told("The sharing of intelligence is paused", kind=EventKind.REFUSAL), pause)


def test_what_another_actor_does_on_the_same_day_is_another() -> None:
    assert not same(
        told("Israel strikes Gaza", "i", "g", kind=EventKind.ATTACK),
        known("Hamas strikes Ashkelon", "h", "a", kind=EventKind.ATTACK),
    )


def test_whom_an_article_only_describes_is_somebody_else_in_the_next() -> None:
    words = Span.of("Seven people were hurt.", 0, 12)
    described = ActorMention(
        key="a1", name="Seven people", kind=ActorKind.GROUP, mentions=(Mention(words, MentionForm.NOMINAL),)
    )
    elsewhere = KnownActor(uid="u1", name="Seven people", kind=ActorKind.GROUP, names=frozenset({"seven people"}))
    here = replace(elsewhere, uid="u2", here=True)
    found = [match_actor(described, Known(source="s", actors=(actor,))) for actor in (elsewhere, here)]
    assert found == [None, here]


def actor(name: str, known: str | None = None) -> ActorMention:
    span = Span(start=0, end=len(name), text=name)
    return ActorMention(
        key="a1",
        name=name,
        kind=ActorKind.PERSON,
        known=known,
        mentions=(Mention(span=span, form=MentionForm.NAME),),
    )


def test_an_actor_is_known_by_the_knowledge_ids_of_those_merged_into_it() -> None:
    kept = KnownActor(uid="k", name="Joe Biden", kind=ActorKind.PERSON, ids=frozenset({"Q6279"}))

    assert match_actor(actor("Joseph Biden", "Q6279"), Known(source="s", actors=(kept,))) == kept


def test_a_spelling_taken_from_a_known_figure_names_somebody_else() -> None:
    figure = KnownActor(uid="k", name="Joe Biden", kind=ActorKind.PERSON, known="Q6279")
    other = KnownActor(uid="o", name="Robin Ware", kind=ActorKind.PERSON, names=frozenset({"robin ware"}))
    split = Known(source="s", actors=(figure, other), not_aliases=frozenset({("k", "robin ware")}))

    assert match_actor(actor("Robin Ware", "Q6279"), split) == other
    assert match_actor(actor("Joe Biden", "Q6279"), split) == figure
