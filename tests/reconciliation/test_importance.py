"""What makes an event count, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.importance import Telling, weigh

FRIDAY = date(2025, 2, 28)
DAYS = st.one_of(st.none(), st.dates(date(2025, 2, 20), date(2025, 3, 20)))
TELLINGS = st.builds(
    Telling,
    newsroom=st.sampled_from(["", "Harbour Dispatch", "Brenn Courier"]),
    day=DAYS,
    start=st.integers(0, 20_000),
    main=st.booleans(),
    dated=st.booleans(),
)


def test_its_parts_are_said_in_words() -> None:
    tellings = [
        Telling(newsroom="Harbour Dispatch", day=FRIDAY, main=True, dated=True),
        Telling(newsroom="Harbour Dispatch", day=date(2025, 3, 1)),
        Telling(newsroom="Brenn Courier", day=date(2025, 3, 9), start=800),
    ]
    found = weigh(tellings, day=FRIDAY, named=12, recalled=3, followed=1, actors=2)
    assert found.words == (
        "Told by 2 newsrooms in 3 articles on 3 days; the main event of 1 article; its day is given by 1 article; "
        "12 articles name that day, 3 of them more than a week later; later articles refer back to it once; "
        "1 article on its story since"
    )
    assert found.depth == 2.5


def test_two_texts_of_unknown_origin_are_two_newsrooms() -> None:
    assert weigh([Telling(), Telling()], day=None).words == "Told by 2 newsrooms"


def test_what_nothing_tells_counts_for_nothing() -> None:
    assert (weigh([], day=FRIDAY).number, weigh([], day=FRIDAY).words) == (0, "")


def test_the_news_of_the_next_day_does_not_refer_back() -> None:
    assert [weigh([Telling(day=date(2025, 3, n))], day=FRIDAY).references for n in (1, 2)] == [0, 1]


def test_how_often_its_day_is_named_counts_in_whole_doublings() -> None:
    numbers = [weigh([Telling()], day=FRIDAY, named=named).number for named in range(8)]
    assert numbers[0] < numbers[1] == numbers[2] < numbers[3] == numbers[6] < numbers[7]


def test_what_one_article_tells_of_a_famous_day_counts_for_less_than_what_many_do() -> None:
    one, many = ([Telling()] * count for count in (1, 9))
    famous, other = (
        [weigh(tellings, day=FRIDAY, named=named).number for tellings in (one, many)] for named in (900, 8)
    )
    assert famous[1] - famous[0] > other[1] - other[0]
    assert weigh(one, day=FRIDAY, named=900).number == weigh(one, day=FRIDAY, named=16).number


def test_of_a_day_that_everybody_names_it_says_that_it_stopped_counting() -> None:
    assert "; 1,000 articles or more name that day" in weigh([Telling()], day=FRIDAY, named=1000).words


def test_a_day_named_long_after_it_counts_for_more() -> None:
    numbers = [weigh([Telling()], day=FRIDAY, named=8, recalled=recalled).number for recalled in (0, 1, 2, 3)]
    assert numbers[0] < numbers[1] == numbers[2] < numbers[3]


def test_of_many_that_tell_it_those_count_that_give_its_day() -> None:
    """Seven articles with a map of the spill are about the spill, not about what its first day was."""
    spill_map = [Telling(main=True, day=date(2025, 3, n), dated=n == 1) for n in range(1, 8)]
    sinking = [Telling(day=date(2025, 3, n), dated=True) for n in (1, 4, 8)]

    assert weigh(spill_map, day=FRIDAY, stated=True).number < weigh(spill_map, day=FRIDAY).number
    assert weigh(spill_map, day=FRIDAY, stated=True).articles == 7
    assert weigh(sinking, day=FRIDAY, stated=True).number == weigh(sinking, day=FRIDAY).number


@given(st.lists(TELLINGS, max_size=8), TELLINGS, DAYS, st.integers(0, 9), st.booleans())
def test_another_telling_never_makes_it_count_for_less(
    tellings: list[Telling], another: Telling, day: date | None, actors: int, stated: bool
) -> None:
    before = weigh(tellings, day=day, stated=stated, named=actors, recalled=actors, actors=actors).number
    after = weigh([*tellings, another], day=day, stated=stated, named=actors, recalled=actors, actors=actors).number
    assert after >= before
    assert weigh([another, *tellings], day=day, actors=actors) == weigh([*tellings, another], day=day, actors=actors)


@given(TELLINGS, DAYS)
def test_what_stands_further_up_counts_for_more(telling: Telling, day: date | None) -> None:
    first, last = (weigh([replace(telling, start=start)], day=day).number for start in (0, 20_000))
    assert first > last
