"""What is believed of an event, from what each article says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.accounts import Part, Witness, believe
from timeline.reconciliation.dating import Dating
from timeline.vocabulary import EventKind, EventStatus, PartialDate

BOUND = PartialDate.until(date(2025, 3, 2))
ONE = Witness(
    printed=("2025-03-02", "One"), newsroom="One", title="They meet", kind=EventKind.MEETING, date=BOUND, confidence=0.7
)  # fmt: skip
LATER = replace(ONE, printed=("2025-03-03", "Two"), newsroom="Two", title="Two meet in Oslo")


def title_of(*witnesses: Witness) -> str:
    found = believe(witnesses, [])
    assert found is not None
    return found.title


def test_the_first_that_is_about_it_names_it() -> None:
    about_it = replace(LATER, main=True)

    assert title_of(ONE, about_it) == "Two meet in Oslo"
    assert title_of(replace(ONE, main=True), about_it) == "They meet"


def test_else_the_one_that_names_most_of_those_who_take_part() -> None:
    assert title_of(ONE, replace(LATER, parts=(Part("a", "agent"),))) == "Two meet in Oslo"
    assert title_of(ONE, replace(LATER, parts=(Part("a", "agent", named=False),))) == "They meet"


def test_two_articles_of_one_newsroom_are_no_surer_than_one_and_two_newsrooms_are() -> None:
    again, other = replace(LATER, newsroom="One"), LATER
    same, both = believe([ONE, again], []), believe([ONE, other], [])

    assert same is not None
    assert both is not None
    assert (same.confidence, same.status) == (0.7, EventStatus.REVIEW)
    assert (both.confidence, both.status) == (0.91, EventStatus.AUTOMATIC)


def test_the_place_is_the_one_that_most_newsrooms_name() -> None:
    three = (replace(ONE, place=1), replace(LATER, place=2), replace(LATER, newsroom="Three", place=2))

    found = believe(three, [])

    assert found is not None
    assert found.place == 2


def test_whom_articles_only_describe_takes_part_where_nobody_is_named_before() -> None:
    described, named = Part("seven people", "agent", named=False), Part("ann", "agent")

    found = believe([replace(ONE, parts=(named,)), replace(LATER, parts=(described,))], [])
    alone = believe([ONE, replace(LATER, parts=(described,))], [])

    assert found is not None
    assert alone is not None
    assert (found.parts, alone.parts) == ((named,), (described,))


def test_what_is_merged_into_an_event_names_it_not() -> None:
    assert title_of(ONE, replace(LATER, main=True, own=False)) == "They meet"
    assert believe([replace(ONE, own=False)], []) is None


WITNESSES = st.builds(
    replace,
    st.sampled_from([ONE, LATER]),
    place=st.sampled_from([None, 1, 2]),
    main=st.booleans(),
    hedged=st.booleans(),
    own=st.booleans(),
    confidence=st.sampled_from([0.3, 0.7, 0.9]),
    parts=st.sampled_from([(), (Part("a", "agent"),), (Part("b", "patient"), Part("c", "agent", named=False))]),
)


@given(st.lists(WITNESSES, max_size=5).flatmap(lambda heard: st.tuples(st.just(heard), st.permutations(heard))))
def test_the_order_in_which_articles_come_decides_nothing(orders: tuple[list[Witness], list[Witness]]) -> None:
    one, other = ([Dating(printed=w.printed, newsroom=w.newsroom, date=w.date) for w in order] for order in orders)

    assert believe(orders[0], one) == believe(orders[1], other)
