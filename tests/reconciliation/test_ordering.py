from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.ordering import InTime, Placing, place_events
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate, RelationKind

BEFORE, AFTER, SAME_DAY = RelationKind.BEFORE, RelationKind.AFTER, RelationKind.SAME_DAY
BOUND = PartialDate.until(date(2025, 3, 2))
CLASH = PartialDate.on(date(2025, 2, 28))


def placed(dates: dict[str, PartialDate], *relations: tuple[RelationKind, str, str]) -> dict[str, Placing]:
    return place_events({name: InTime(title=name.title(), date=when) for name, when in dates.items()}, relations)


def orders(places: dict[str, Placing]) -> dict[str, int]:
    return {name: place.order for name, place in places.items()}


def test_events_of_one_bound_stand_in_the_order_that_articles_state() -> None:
    dates = dict.fromkeys(("clash", "remarks", "video"), BOUND)

    found = placed(dates, (BEFORE, "clash", "remarks"), (AFTER, "video", "remarks"))

    assert orders(found) == {"clash": 0, "remarks": 1, "video": 2}
    assert {place.date for place in found.values()} == {BOUND}


def test_what_came_after_a_day_was_not_before_it() -> None:
    found = placed({"clash": CLASH, "remarks": BOUND}, (AFTER, "remarks", "clash"))["remarks"]

    assert (found.date.edtf, found.date.basis, found.date.precision) == (
        "[2025-02-28..2025-03-02]", DateBasis.ORDER, DatePrecision.UNKNOWN,
    )  # fmt: skip
    assert found.date.reason == "Articles place it after “Clash”."
    assert (found.order, found.disputed) == (1, False)


def test_what_came_before_a_day_was_not_after_it_and_a_month_is_narrowed() -> None:
    found = placed(
        {
            "talks": PartialDate.in_month(2025, 2),
            "clash": PartialDate.on(date(2025, 2, 26)),
            "visit": PartialDate.on(date(2025, 2, 20)),
        },
        (BEFORE, "talks", "clash"),
        (AFTER, "talks", "visit"),
    )["talks"]

    assert found.date.edtf == "[2025-02-20..2025-02-26]"
    assert found.date.reason == "Articles place it after “Visit” and before “Clash”."


def test_bounds_reach_along_a_chain() -> None:
    found = placed(
        {"clash": CLASH, "remarks": BOUND, "reply": BOUND}, (BEFORE, "clash", "remarks"), (BEFORE, "remarks", "reply")
    )

    assert found["reply"].date.earliest == date(2025, 2, 28)


def test_the_same_day_is_the_same_day() -> None:
    found = placed({"clash": CLASH, "remarks": BOUND}, (SAME_DAY, "remarks", "clash"))

    assert (found["remarks"].date.edtf, found["remarks"].date.basis) == ("2025-02-28", DateBasis.ORDER)


def test_what_a_person_has_set_is_not_moved_but_moves_others() -> None:
    found = place_events(
        {
            "clash": InTime(title="Clash", date=PartialDate.in_month(2025, 2), fixed=True),
            "visit": InTime(title="Visit", date=PartialDate.on(date(2025, 2, 20))),
            "remarks": InTime(title="Remarks", date=BOUND),
        },
        [(AFTER, "clash", "visit"), (AFTER, "remarks", "clash")],
    )

    assert found["clash"].date == PartialDate.in_month(2025, 2)
    assert found["remarks"].date.earliest == date(2025, 2, 20)


def test_dates_decide_before_relations_and_the_contradiction_is_flagged() -> None:
    late, early = PartialDate.on(date(2025, 2, 28)), PartialDate.on(date(2025, 2, 24))

    found = placed({"late": late, "early": early}, (BEFORE, "late", "early"))

    assert found == {"late": Placing(date=late, disputed=True), "early": Placing(date=early, disputed=True)}


def test_two_articles_that_say_the_opposite_contradict_each_other_and_move_nothing() -> None:
    found = placed(dict.fromkeys(("one", "other"), BOUND), (BEFORE, "one", "other"), (BEFORE, "other", "one"))

    assert found == dict.fromkeys(("one", "other"), Placing(date=BOUND, disputed=True))


def test_a_chain_that_leaves_no_day_is_flagged_and_moves_nobody() -> None:
    unknown = PartialDate.unknown()

    found = placed(
        {"late": CLASH, "between": unknown, "early": PartialDate.on(date(2025, 2, 24))},
        (BEFORE, "late", "between"),
        (BEFORE, "between", "early"),
    )

    assert (found["between"].date, found["between"].disputed) == (unknown, True)


def test_what_does_not_stand_on_the_page_narrows_and_contradicts_nobody_there() -> None:
    events = {
        "doubtful": InTime(title="Doubtful", date=PartialDate.on(date(2025, 3, 1)), shown=False),
        "remarks": InTime(title="Remarks", date=BOUND),
        "clash": InTime(title="Clash", date=CLASH),
    }

    found = place_events(events, [(AFTER, "remarks", "doubtful"), (BEFORE, "doubtful", "clash")])

    assert found["remarks"].date == BOUND
    assert [name for name, place in found.items() if place.disputed] == ["doubtful"]


NAMES = st.sampled_from("abcdef")
KINDS = st.sampled_from([BEFORE, AFTER, SAME_DAY])
DATES = st.sampled_from([BOUND, CLASH, PartialDate.in_month(2025, 2), PartialDate.on(date(2025, 2, 24))])


@given(
    st.fixed_dictionaries(dict.fromkeys("abcdef", DATES)),
    st.lists(st.tuples(KINDS, NAMES, NAMES), max_size=15).flatmap(
        lambda told: st.tuples(st.just(told), st.permutations(told))
    ),
)
def test_relations_narrow_and_never_move_in_whatever_order_they_come(
    dates: dict[str, PartialDate],
    orders: tuple[list[tuple[RelationKind, str, str]], list[tuple[RelationKind, str, str]]],
) -> None:
    found, again = (placed(dates, *relations) for relations in orders)

    assert found == again
    for name, when in dates.items():
        now = found[name].date
        assert now == when or now.basis is DateBasis.ORDER
        assert when.earliest is None or (now.earliest is not None and now.earliest >= when.earliest)
        assert when.latest is None or (now.latest is not None and now.latest <= when.latest)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_without_circles_every_stated_order_holds(pairs: list[tuple[int, int]]) -> None:
    forward = [(str(min(pair)), str(max(pair))) for pair in pairs if pair[0] != pair[1]]

    found = placed({str(n): BOUND for n in range(8)}, *((BEFORE, *pair) for pair in forward))

    assert all(found[first].order < found[second].order for first, second in forward)
