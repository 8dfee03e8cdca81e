"""The graphic: its units, its numbers, its links."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date

from django.http import QueryDict

from tests.factories import in_month, make_actor, make_event, until
from tests.views.page import Page
from timeline.forms import ChronologyForm
from timeline.views.overview import Overview, cut, overview
from timeline.vocabulary import PartialDate


def drawn(query: str = "") -> Overview | None:
    form = ChronologyForm(QueryDict(query))
    assert form.is_valid()
    return overview(form, "/")


def on(year: int, month: int, day: int) -> PartialDate:
    return PartialDate.on(date(year, month, day))


def test_the_unit_follows_the_range() -> None:
    def units(start: date, end: date) -> tuple[str, int, str, str]:
        unit, bins = cut(start, end)
        return unit, len(bins), bins[0].label, bins[-1].label

    assert units(date(2025, 2, 1), date(2025, 2, 28)) == ("day", 28, "1 February 2025", "28 February 2025")
    assert units(date(2024, 11, 5), date(2025, 4, 30)) == ("month", 6, "November 2024", "April 2025")
    assert units(date(1990, 5, 1), date(2025, 1, 1)) == ("year", 36, "1990", "2025")
    assert units(date(1492, 5, 1), date(2025, 1, 1)) == ("decade", 54, "1490s", "2020s")
    assert units(date(1, 1, 1), date(9999, 12, 31)) == ("century", 100, "0 to 99", "9900 to 9999")


def test_bins_touch_and_leave_no_day_out() -> None:
    for start, end in (
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2023, 10, 3), date(2025, 4, 30)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ):
        _, bins = cut(start, end)
        assert bins[0].first <= start
        assert bins[-1].last >= end
        assert all((right.first - left.last).days == 1 for left, right in itertools.pairwise(bins))


def test_each_bar_counts_its_events_and_sets_the_dates(db: None) -> None:
    make_event("One", date=on(2024, 1, 5))
    make_event("Two", date=on(2024, 1, 20))
    make_event("Three", date=in_month(2024, 5))
    found = drawn("q=&sort=newest")
    assert found is not None
    assert [(bar.label, bar.count, bar.href) for bar in found.rows] == [
        ("January 2024", 2, "/?from=2024-01-01&to=2024-01-31&sort=newest"),
        ("May 2024", 1, "/?from=2024-05-01&to=2024-05-31&sort=newest"),
    ]
    assert found.caption == "Events per month, January 2024 to May 2024; busiest: January 2024 (2)."
    assert found.has_open


def test_a_bar_says_how_many_rows_its_link_leaves(db: None, visit: Callable[..., Page]) -> None:
    make_event("One", date=on(2024, 1, 5))
    make_event("Two", date=on(2024, 5, 20))
    make_event("Three", date=in_month(2024, 5))
    make_event("Four", date=until(date(2024, 5, 2)))
    make_event("Five", date=PartialDate.unknown())
    for query in ("", "from=2024-01-03&to=2024-05-19", "exact", "top=2"):
        found = drawn(query)
        assert found is not None
        rows = [len(visit(bar.href).elements("event")) for bar in found.bars]
        assert rows == [bar.touching for bar in found.bars]
    (chart,) = visit("/").elements("bars")
    assert [link.get("aria-label") for link in chart.iter("a")] == [
        "January 2024: 1 event, 3 that may have happened then",
        "May 2024: 3 events, 4 that may have happened then",
    ]


def test_key_events_are_drawn_alone(db: None, visit: Callable[..., Page]) -> None:
    for day, importance in ((5, 1.0), (6, 3.0), (7, 2.0), (7, 1.5)):
        make_event(
            f"Event {importance}", make_actor(f"Actor {importance}"), date=on(2024, 1, day), importance=importance
        )
    found = drawn("top=2")
    assert found is not None
    assert [(bar.label, bar.count, bar.touching) for bar in found.rows] == [
        ("6 January 2024", 1, 1),
        ("7 January 2024", 1, 2),
    ]
    assert [lane.actor.text for lane in found.lanes] == ["Actor 2.0", "Actor 3.0"]
    (chart,) = visit("/?top=2").elements("bars")
    assert [link.get("aria-label") for link in chart.iter("a")][1] == (
        "7 January 2024: 1 event, 2 when only this time is shown"
    )


def test_a_bar_at_the_edge_of_a_range_does_not_leave_it(db: None) -> None:
    make_event("One", date=on(2024, 1, 20))
    make_event("Two", date=on(2024, 6, 2))
    found = drawn("from=2024-01-10&to=2024-06-05")
    assert found is not None
    assert [bar.href for bar in found.rows] == ["/?from=2024-01-10&to=2024-01-31", "/?from=2024-06-01&to=2024-06-05"]


def test_a_range_asked_for_is_drawn_closer(db: None) -> None:
    make_event("One", date=on(2024, 1, 5))
    make_event("Two", date=on(2025, 1, 20))
    found = drawn("from=2025-01&to=2025-01")
    assert found is not None
    assert (found.unit, len(found.bars), found.zoom_out) == ("day", 31, "/")
    assert [(bar.label, bar.count) for bar in found.rows] == [("20 January 2025", 1)]


def test_events_without_a_day_in_the_range_are_counted_in_words(db: None) -> None:
    make_event("One", date=on(2024, 1, 5))
    make_event("Two", date=until(date(2025, 3, 2)))
    make_event("Three", date=PartialDate.unknown())
    found = drawn("to=2024")
    assert found is not None
    assert found.caption == (
        "Events per month, January 2024 to December 2024; busiest: January 2024 (1)."
        " 2 more events have no day in this range to stand under."
    )


def test_leading_actors_have_lanes(db: None) -> None:
    one, two = make_actor("One"), make_actor("Two")
    make_event("A", one, two, date=on(2024, 1, 5))
    make_event("B", one, date=on(2024, 1, 5))
    make_event("C", one, date=on(2024, 1, 6))
    found = drawn()
    assert found is not None
    assert [(lane.actor.text, lane.actor.href, [cell.level for cell in lane.cells]) for lane in found.lanes] == [
        ("One", f"/?actor={one.uid}", [4, 2]),
        ("Two", f"/?actor={two.uid}", [4]),
    ]


def test_who_has_nothing_in_the_range_has_no_lane(db: None) -> None:
    one, two = make_actor("One"), make_actor("Two")
    make_event("A", one, date=on(2024, 1, 5))
    make_event("B", two, date=until(date(2025, 3, 2)))
    found = drawn("to=2024")
    assert found is not None
    assert [lane.actor.text for lane in found.lanes] == ["One"]


def test_nothing_dated_draws_nothing(db: None) -> None:
    make_event("One", date=PartialDate.unknown())
    assert drawn() is None
