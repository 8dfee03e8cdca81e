"""Time expressions: which words, which TIMEX3 value, which days, and on what basis."""

from __future__ import annotations

import re
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from timeline.extraction.dates.expressions import anchor_of, find_times, in_quotation
from timeline.extraction.dates.rules import rules
from timeline.extraction.dates.timex import easter, period_of, weekday
from timeline.extraction.dates.words import words_of
from timeline.extraction.documents.formats import UnreadableDocument, read_text
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import parse
from timeline.vocabulary import DateBasis, DatePrecision

PUBLISHED = "2025-03-02"  # a Sunday


def times(
    nlp: Language, text: str, published: str | None = PUBLISHED, url: str | None = None
) -> tuple[TimeMention, ...]:
    document = read_text(text, published=published, url=url)
    return find_times(document, parse(document, nlp))


def read(nlp: Language, text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(mention.span.text, mention.value) for mention in times(nlp, text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pact was signed on 4 May 2019 in Geneva.", [("4 May 2019", "2019-05-04")]),
        ("The pact was signed on Saturday, May 4, 2019, in Geneva.", [("Saturday, May 4, 2019", "2019-05-04")]),
        ("The pact dates from March 2019, the ministers said.", [("March 2019", "2019-03")]),
        ("They argued about the 2022 invasion for an hour.", [("2022", "2022"), ("an hour", "PT1H")]),
        ("The law was passed in 2014 and then forgotten.", [("2014", "2014")]),
        ("He studied there in the 1990s, she wrote.", [("the 1990s", "199")]),
        ("The firm grew in the third quarter of 2023, it said.", [("the third quarter of 2023", "2023-Q3")]),
        ("They met in the summer of 2021 in the hills.", [("the summer of 2021", "2021-SU")]),
        ("Sales fell in the first half of 2024, it said.", [("the first half of 2024", "2024-H1")]),
    ],
)
def test_what_the_text_states_in_full_needs_no_anchor(nlp: Language, text: str, expected: list[tuple[str, str]]):
    assert read(nlp, text, published=None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met on Friday and shook hands.", "2025-02-28"),
        ("The envoys met on Sunday and shook hands.", "2025-03-02"),
        ("The envoys will meet on Friday in Oslo.", "2025-03-07"),
        ("The envoys are expected to meet on Friday in Oslo.", "2025-03-07"),
        ("The offer stands until Friday, they said.", "2025-03-07"),
        ("The envoys met last Sunday in Oslo.", "2025-02-23"),
        ("The envoys meet again next Tuesday, she said.", "2025-03-04"),
        ("The envoys met yesterday in Oslo.", "2025-03-01"),
        ("The envoys met on December 20 in Oslo.", "2024-12-20"),
        ("The envoys will meet on April 9 in Oslo.", "2025-04-09"),
        ("The envoys left Russia today for Oslo.", "2025-03-02"),
        ("The envoys met three days ago in Oslo.", "2025-02-27"),
        ("The envoys met two months ago in Oslo.", "2025-01"),
        ("The envoys met five years ago in Oslo.", "2020"),
        ("The envoys met last week in Oslo.", "2025-W08"),
        ("The envoys met last month in Oslo.", "2025-02"),
        ("The envoys met earlier this month in Oslo.", "2025-03"),
        ("The envoys met late last year in Oslo.", "2024"),
        ("The envoys met in December in Oslo.", "2024-12"),
        ("The envoys met in June in Oslo.", "2024-06"),
        ("The envoys met last summer in Oslo.", "2024-SU"),
        ("The envoys met on Christmas Day in Oslo.", "2024-12-25"),
        ("The envoys met on Friday night in Oslo.", "2025-02-28TNI"),
        ("The envoys met at 3:30 p.m. on Friday in Oslo.", "2025-02-28T15:30"),
        ("The envoys met this morning in Oslo.", "2025-03-02TMO"),
        ("The envoys mourned those killed in the Sept. 11 attacks.", "2001-09-11"),
        ("The envoys are to meet on Friday in Oslo.", "2025-03-07"),
        ("The envoys are willing to meet again in October in Oslo.", "2025-10"),
        ("The envoys must leave by early July.", "2025-07"),
        ("The currency fell to a record low by early July.", "2024-07"),
        ("The shop sold more on Thanksgiving last year.", "2024-11-28"),
        ("The shop sold more in the week of Feb. 17 in Oslo.", "2025-W08"),
        ("The shop sold more in the week of Sunday, Feb. 16, in Oslo.", "2025-W08"),
        ("The firm declared a dividend of a dollar, payable April 1.", "2025-04-01"),
        ("The mayor extended the curfew to March 20 in Oslo.", "2025-03-20"),
        ("The gate did not reopen until November in Oslo.", "2024-11"),
        ("The envoys met on Friday at 4 in the morning.", "2025-02-28T04:00"),
        ("The envoys met on Friday at 3:30 in the afternoon.", "2025-02-28T15:30"),
        ("The envoys will meet at midnight New York time on April 9.", "2025-04-09T24:00"),
        ("The firm lost money in the latest quarter, it said.", "2024-Q4"),
        ("The firm was founded in the 1930's in Oslo.", "193"),
        ("Last November the firm moved to Oslo.", "2024-11"),
        ("Pilgrims will fill the town in Easter week.", "2025-W16"),
        ("Pilgrims will fill the town in Holy Week.", "2025-W16"),
        ("Pilgrims will fill the town on Good Friday.", "2025-04-18"),
        ("Pilgrims filled the town on Orthodox Easter last year.", "2024-05-05"),
    ],
)
def test_what_is_relative_is_read_from_the_day_of_publication(nlp: Language, text: str, expected: str):
    assert [value for _, value in read(nlp, text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They waited for three days at the border.", [("three days", "DURATION", "P3D")]),
        ("They waited for several years at the border.", [("several years", "DURATION", "PXY")]),
        ("They signed a two-year lease on the mine.", [("two-year", "DURATION", "P2Y")]),
        ("They talked for an hour and a half.", [("an hour and a half", "DURATION", "PT1H30M")]),
        ("The mine grew in recent weeks.", [("recent weeks", "DURATION", "PXW")]),
        ("The mine grew in the past year.", [("the past year", "DURATION", "P1Y")]),
        ("The chief resigned three days after the vote.", [("three days", "DURATION", "P3D")]),
        ("The chief resigned days after the vote.", [("days", "DURATION", "PXD")]),
        ("The mine floods twice a year in the rain.", [("a year", "SET", "P1Y")]),
        ("The ferry sails on Sundays from the bay.", [("Sundays", "SET", "XXXX-WXX-7")]),
        ("The mine will one day be a lake.", [("one day", "DATE", "FUTURE_REF")]),
        ("The mine closed for two and a half years.", [("two and a half years", "DURATION", "P2Y6M")]),
        ("Miners marched every Monday through the town.", [("every Monday", "SET", "XXXX-WXX-1")]),
        ("The mine now employs nobody at all.", [("now", "DATE", "PRESENT_REF")]),
        ("The mine has recently been sold to a bank.", [("recently", "DATE", "PAST_REF")]),
        (
            "The ferry sails on Monday and Tuesday nights from the bay.",
            [("Monday", "SET", "XXXX-WXX-1TNI"), ("Tuesday nights", "SET", "XXXX-WXX-2TNI")],
        ),
        ("The mine earned $2 million a year in rent.", []),
        ("The town sings every Christmas in the square.", [("every Christmas", "SET", "XXXX-12-25")]),
        ("The town dances every Easter in the square.", [("every Easter", "SET", "P1Y")]),
        ("The new ferry adds 700 seats a week to the bay.", []),
        ("The mine sank two inches per year into the bay.", []),
    ],
)
def test_durations_sets_and_references_have_a_value_and_no_day(
    nlp: Language, text: str, expected: list[tuple[str, str, str]]
):
    found = times(nlp, text)
    assert [(m.span.text, m.type, m.value) for m in found] == expected
    assert [m.date for m in found] == [None] * len(found)


@pytest.mark.parametrize(
    "text",
    [
        "You may march to the gate, she told the crowd.",
        "It cost $1,999 and weighed 2000 pounds.",
        "The second man came first.",
        "The Sunday Times and USA Today wrote about Black Friday sales.",
        "Rev. Summers won 12-3 before a crowd in 1,990 seats.",
        "He dined at Mar-a-Lago and called that Mar-a-Lago dinner dull.",
        "She worked for him in the last week of the campaign.",
        "The rules do not fit today's world at all.",
        "She was in her thirties and he in his late forties.",
        "She won the marathon in 2:14:04 before a crowd.",
        "The blast hurt four in the morning shift.",
        "Mr. Christmas read his New Year address, and Chinese New Year cards are green.",
        "In the New Year they will go to sea.",
        "The party daily Granma does not fit today's personal computers.",
    ],
)
def test_what_only_looks_like_a_time_is_none(nlp: Language, text: str):
    assert [m.value for m in times(nlp, text) if m.value[:1].isdigit() and m.type == "DATE"] == []


def test_a_date_says_in_words_how_it_was_read(nlp: Language):
    (mention,) = times(nlp, "The envoys met on Friday and shook hands.")
    assert mention.date is not None
    assert mention.date.reason == "“Friday” read from the publication day, Sunday 2 March 2025"
    assert (mention.date.basis, mention.date.precision) == (DateBasis.RELATIVE, DatePrecision.DAY)


def test_the_grain_of_what_was_said_is_kept(nlp: Language):
    (mention,) = times(nlp, "The law was passed in March 2019 in Oslo.")
    assert mention.date is not None
    assert (mention.date.earliest, mention.date.latest) == (date(2019, 3, 1), date(2019, 3, 31))
    assert mention.date.precision is DatePrecision.MONTH
    assert mention.date.basis is DateBasis.STATED


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("The fair ran on Feb. 3-7 in Oslo.", date(2025, 2, 3), date(2025, 2, 7)),
        ("The fair ran from 3 to 7 February in Oslo.", date(2025, 2, 3), date(2025, 2, 7)),
        ("The fair ran from 3 to 7 February 2019 in Oslo.", date(2019, 2, 3), date(2019, 2, 7)),
        ("The fair ran from 30 December to 5 January 2019 in Oslo.", date(2018, 12, 30), date(2019, 1, 5)),
        ("The mine was closed between 2019 and 2021, they said.", date(2019, 1, 1), date(2021, 12, 31)),
        ("The fair ran from Monday to Wednesday in Oslo.", date(2025, 2, 24), date(2025, 2, 26)),
        ("The mine was open from March 2019 until May 2020.", date(2019, 3, 1), date(2020, 5, 31)),
    ],
)
def test_either_end_of_a_range_is_dated_by_the_whole(nlp: Language, text: str, earliest: date, latest: date):
    dates = {(m.date.earliest, m.date.latest, m.date.precision) for m in times(nlp, text) if m.date}
    assert dates == {(earliest, latest, DatePrecision.RANGE)}


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("The mine was closed over Christmas, they said.", date(2024, 12, 24), date(2024, 12, 26)),
        ("The mine was closed for the Christmas holidays, they said.", date(2024, 12, 24), date(2024, 12, 26)),
        ("The mine was closed over the New Year, they said.", date(2024, 12, 31), date(2025, 1, 1)),
        ("The mine was closed last Easter, they said.", date(2024, 3, 29), date(2024, 4, 1)),
        ("The mine was closed on Labor Day weekend, they said.", date(2024, 8, 31), date(2024, 9, 2)),
        ("The mine was closed on Thanksgiving weekend, they said.", date(2024, 11, 28), date(2024, 12, 1)),
    ],
)
def test_around_a_holiday_are_the_days_that_are_off(nlp: Language, text: str, earliest: date, latest: date):
    (mention,) = times(nlp, text)
    assert mention.date is not None
    assert (mention.date.earliest, mention.date.latest) == (earliest, latest)
    assert mention.date.precision is DatePrecision.RANGE


def test_what_was_moved_from_one_day_to_another_lasted_neither(nlp: Language):
    found = times(nlp, "The talks were moved from Monday to Wednesday in Oslo.")
    assert [m.date and m.date.precision for m in found] == [DatePrecision.DAY, DatePrecision.DAY]


def test_a_number_of_years_behind_a_month_is_no_day(nlp: Language):
    assert read(nlp, "June 10-year bond futures fell in Oslo.") == [("June", "2024-06"), ("10-year", "P10Y")]


def test_two_days_of_one_month_are_two_times(nlp: Language):
    assert read(nlp, "The fair opened on February 24 and 25 in Oslo.") == [
        ("February 24", "2025-02-24"),
        ("25", "2025-02-25"),
    ]


def test_a_day_without_a_year_stays_in_the_story_it_is_told_in(nlp: Language):
    first, second = times(nlp, "On May 3, 2017, the two men met in Oslo. On May 5 they met again.")
    assert (first.value, second.value) == ("2017-05-03", "2017-05-05")
    assert second.date is not None
    assert second.date.reason == "“May 5” read from the times named before it"


@pytest.mark.parametrize(
    "text",
    [
        "She warned them on the Sunday before the election.",
        "The park was full over the summer.",
        "That night, the bridge was closed.",
        "They will reopen the park within the next month.",
        "They will reopen the park in the next year or two.",
        "She jogs in the park early in the morning.",
        "Sales rose in the first quarter of fiscal 2024.",
        "They marched on Independence Day with flags.",
        "The envoys left Oslo on March 20 in the rain.",
        "They will not meet again at Thanksgiving.",
    ],
)
def test_what_is_only_likely_has_a_value_and_no_day(nlp: Language, text: str):
    (mention,) = times(nlp, text)
    assert mention.value[:4].isdigit()
    assert mention.date is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The 2024 election was close. It was told in the previous month.", ("the previous month", "2025-02")),
        ("The ban takes effect on March 9. It was announced the same day.", ("March 9", "2025-03-09")),
        ("The first came in April 2019, the others in May.", ("May", "2019-05")),
        ("It was built in 2019 and sold on March 1. It burned in June of that year.", ("June of that year", "2019-06")),
    ],
)
def test_a_time_told_from_another_is_counted_from_none_that_cannot_be_meant(
    nlp: Language, text: str, last: tuple[str, str]
):
    assert read(nlp, text)[-1] == last


def test_which_of_two_days_another_is_counted_from_is_not_guessed(nlp: Language):
    *_, last = times(nlp, "He left on Monday, and she on Thursday. A day earlier, the office had closed.")
    assert (last.span.text, last.date) == ("A day earlier", None)


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://news.example.co.uk/a", "2025-04-03"),
        ("https://news.example.in/a", "2025-04-03"),
        ("https://news.example.us/a", "2025-03-04"),
        ("https://news.example.com/a", None),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_publishers_country(nlp: Language, url: str, value: str | None):
    found = times(nlp, "The deal was signed on 3/4/2025 in the capital.", url=url)
    assert [m.value for m in found] == ([value] if value else [])


@pytest.mark.parametrize(
    ("url", "earliest", "latest", "precision"),
    [
        ("https://news.example.co.uk/a", date(2024, 6, 1), date(2024, 8, 31), DatePrecision.SEASON),
        ("https://news.example.com.au/a", date(2024, 12, 1), date(2025, 2, 28), DatePrecision.SEASON),
        ("https://news.example.com/a", date(2024, 6, 1), date(2025, 2, 28), DatePrecision.RANGE),
    ],
)
def test_a_summer_is_that_of_the_page(nlp: Language, url: str, earliest: date, latest: date, precision: DatePrecision):
    (mention,) = times(nlp, "The bridge opened last summer in the hills.", url=url)
    assert mention.date is not None
    assert (mention.date.earliest, mention.date.latest, mention.date.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("words", "url", "zone", "instant"),
    [
        ("4 p.m. IST", "https://news.example.in/a", "Asia/Kolkata", "2025-02-28T10:30:00+00:00"),
        ("4 p.m. IST", "https://news.example.com/a", None, None),
        ("4 p.m. EST", "https://news.example.com.au/a", "+10:00", "2025-02-28T06:00:00+00:00"),
        ("4 p.m. Eastern time", "https://news.example.com/a", "America/New_York", "2025-02-28T21:00:00+00:00"),
        ("16:00 GMT", "https://news.example.com/a", "+00:00", "2025-02-28T16:00:00+00:00"),
        ("4 p.m. local time", "https://news.example.in/a", None, None),
    ],
)
def test_a_time_of_day_has_the_zone_its_page_gives_evidence_for(
    nlp: Language, words: str, url: str, zone: str | None, instant: str | None
):
    (mention,) = times(nlp, f"Trading stopped at {words} on Friday after the quake.", url=url)
    assert mention.date is not None
    assert mention.date.clock == time(16, 0)
    assert mention.date.zone == zone
    assert (mention.date.instant and mention.date.instant.astimezone(UTC).isoformat()) == instant


def test_without_an_anchor_a_relative_time_has_no_day(nlp: Language):
    (mention,) = times(nlp, "The envoys met on Friday in Oslo.", published=None)
    assert (mention.value, mention.date) == ("XXXX-WXX-5", None)


def test_today_inside_a_quotation_says_so(nlp: Language):
    text = "“We had a good meeting today,” she wrote after the talks."
    document = read_text(text, published=PUBLISHED)
    (mention,) = find_times(document, parse(document, nlp))
    assert in_quotation(document, mention.span)
    assert mention.date is not None
    assert mention.date.reason.endswith("inside a quotation")


def test_the_clock_of_the_site_and_the_byline_are_no_times(nlp: Language):
    text = (
        "Port reopens after storms\n\nBy Mira Okafor\nMar 02, 2025 11:40 AM\n\n"
        "The port reopened after storms that closed it to every ship in the bay.\n\nSHARE\nMonday, May 19, 2025\n"
        "Follow us on"
    )
    assert read(nlp, text, published=None) == []


def test_the_day_of_a_dateline_is_a_time(nlp: Language):
    assert read(nlp, "LISBON, March 1 (Agency) - The port has opened, officials said.") == [("March 1", "2025-03-01")]


def test_the_anchor_is_the_day_of_publication():
    assert anchor_of(read_text("The port reopened.", published=PUBLISHED)) == date(2025, 3, 2)
    assert anchor_of(read_text("The port reopened.")) is None


WORDS = (
    "last", "next", "this", "the", "a", "few", "two", "15", "1998", "2024", "of", "in", "on", "at", "ago",
    "later", "earlier", "years", "months", "days", "week", "Friday", "March", "May", "3", "morning", "night",
    "quarter", "first", "early", "late", "mid", "since", "until", ",", "-", "yesterday", "today", "century",
    "decade", "noon", "10:30", "p.m.", "'80s", "0000-00-00", "9999", "99/99/9999", "12/31/9999", "Easter",
    "Sept.", "31", "February", "30", "hundred", "thousand",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join), st.dates())
def test_every_span_quotes_its_document_and_no_words_make_it_fail(nlp: Language, text: str, published: date):
    try:
        document = read_text(text, published=published.isoformat())
    except UnreadableDocument:
        return
    found = find_times(document, parse(document, nlp))
    last = 0
    for mention in found:
        assert document.text[mention.span.start : mention.span.end] == mention.span.text
        assert last <= mention.span.start < mention.span.end
        last = mention.span.end


GRAINS = {
    DatePrecision.WEEK: (r"week", 7), DatePrecision.MONTH: (r"month|January|May", 28),
    DatePrecision.QUARTER: (r"quarter", 89), DatePrecision.YEAR: (r"year|\d{4}", 365),
}  # fmt: skip


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from((*WORDS, *words_of("en").units, *words_of("en").parts, "o'clock", "overnight")), max_size=12
    )
)
def test_no_pattern_finds_what_a_text_does_not_hold(words: list[str]):
    text = " ".join(words)
    held = words_of("en").held(text)
    for name, needs, form, _ in rules("en"):
        if needs and not needs & held:
            assert [match[0] for match in form.finditer(text) if match[0].strip()] == [], name


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["last week", "next week", "last month", "in January", "in May 2019", "last year", "in 2014",
                     "two weeks ago", "five months ago", "ten years ago", "in the first quarter of 2020"]),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)),
)  # fmt: skip
def test_no_date_is_finer_than_its_words(nlp: Language, words: str, published: date):
    (mention,) = times(nlp, f"The envoys met {words} in Oslo.", published.isoformat())
    assert mention.date is not None
    assert mention.date.earliest is not None
    assert mention.date.latest is not None
    form, least = GRAINS[mention.date.precision]
    assert re.search(form, words)
    assert (mention.date.latest - mention.date.earliest).days + 1 >= least


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9999, 11, 1)), st.integers(1, 7), st.sampled_from([-1, 0, 1]))
def test_a_weekday_is_within_a_week_of_its_anchor(anchor: date, number: int, side: int):
    found = weekday(anchor, number, side)
    assert found.isoweekday() == number
    assert timedelta(0) <= (found - anchor if side > 0 else anchor - found) < timedelta(days=7)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (1999, date(1999, 4, 4))]
)
def test_easter_falls_where_it_fell(year: int, day: date):
    assert easter(year) == day


@pytest.mark.parametrize("value", ["2025-02-30", "0000", "2025-W60", "PXY", "PAST_REF", "", "XXXX-03-05"])
def test_a_value_that_names_no_period_has_none(value: str):
    assert period_of(value) is None
