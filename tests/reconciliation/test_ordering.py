from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.ordering import order_of
from timeline.vocabulary import PartialDate, RelationKind

BEFORE, AFTER = RelationKind.BEFORE, RelationKind.AFTER
BOUND = PartialDate.until(date(2025, 3, 2))


def test_events_of_one_bound_stand_in_the_order_that_articles_state() -> None:
    dates = dict.fromkeys(("clash", "remarks", "video"), BOUND)

    assert order_of(dates, [(BEFORE, "clash", "remarks"), (AFTER, "video", "remarks")]) == {
        "clash": 0,
        "remarks": 1,
        "video": 2,
    }


def test_dates_decide_before_relations() -> None:
    dates = {"late": BOUND, "early": PartialDate.on(date(2025, 2, 24))}

    assert order_of(dates, [(BEFORE, "late", "early")]) == {"late": 0, "early": 0}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20))
def test_any_relations_end_in_some_order_and_circles_are_cut(pairs: list[tuple[str, str]]) -> None:
    dates = dict.fromkeys("abcdef", BOUND)

    ranks = order_of(dates, [(BEFORE, *pair) for pair in pairs])

    assert ranks.keys() == dates.keys()
    assert all(rank >= 0 for rank in ranks.values())
    assert ranks == order_of(dates, [(BEFORE, *pair) for pair in reversed(pairs)])


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_without_circles_every_stated_order_holds(pairs: list[tuple[int, int]]) -> None:
    forward = [(str(min(pair)), str(max(pair))) for pair in pairs if pair[0] != pair[1]]

    ranks = order_of({str(n): BOUND for n in range(8)}, [(BEFORE, *pair) for pair in forward])

    assert all(ranks[first] < ranks[second] for first, second in forward)
