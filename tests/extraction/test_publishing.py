"""When a page was published, where its data, its byline and its address say different things."""

from __future__ import annotations

import pytest

from tests.news_pages import ARTICLE, news_page
from timeline.extraction.documents import read_html

UNDATED = {key: value for key, value in ARTICLE.items() if key != "datePublished"}


def day(page: str, url: str | None = None) -> str | None:
    published = read_html(page, url=url).published
    return published.to_json()["earliest"] if published else None


def test_the_time_zone_of_the_data_is_kept():
    published = read_html(news_page(ARTICLE)).published
    assert published is not None
    assert (published.to_json()["earliest"], published.zone) == ("2023-06-07T08:09+03:00", "+03:00")


def test_the_first_publication_stands_before_the_last_change():
    data = {**ARTICLE, "dateModified": "2023-06-09T10:00:00Z"}
    assert day(news_page(data)) == "2023-06-07T08:09+03:00"
    above = "<p>Updated June 9, 2023 10:00 AM UTC. Published June 7, 2023 8:00 AM UTC</p>"
    assert day(news_page(UNDATED, above=above)) == "2023-06-07T08:00+00:00"


def test_a_last_change_is_better_than_nothing_and_says_so():
    published = read_html(news_page({**UNDATED, "dateModified": "2023-06-09"})).published
    assert published is not None
    assert (str(published.earliest), published.reason.split(":")[0]) == (
        "2023-06-09", "last changed, as the page's data state",
    )  # fmt: skip


def test_an_address_older_than_a_date_that_is_the_last_change_is_right():
    data = {**ARTICLE, "datePublished": "2023-06-20T08:00:00Z", "dateModified": "2023-06-20T08:00:00Z"}
    assert day(news_page(data), "https://courier.example/2023/06/07/ferries") == "2023-06-07"


def test_a_date_in_the_data_that_is_not_the_last_change_stands_against_the_address():
    assert day(news_page(ARTICLE), "https://courier.example/2023/06/01/ferries") == "2023-06-07T08:09+03:00"


def test_the_address_chooses_between_the_dates_that_are_shown():
    above = '<p class="date">Conference date: 1 May 2023</p><p class="date">7 June 2023, 8:09 a.m. UTC</p>'
    assert day(news_page(UNDATED, above=above), "https://courier.example/2023/06/07/x") == "2023-06-07T08:09+00:00"
    assert day(news_page(UNDATED), "https://courier.example/2023/jun/07/x") == "2023-06-07"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2023-06-07T08:09:00.000+0300", "2023-06-07T08:09+03:00"),
        ("20230607T080900Z", "2023-06-07T08:09+00:00"),
        ("2023-6-7", "2023-06-07"),
        ("Wed, 07 Jun 2023 08:09:00 GMT", "2023-06-07T08:09+00:00"),
        ("Wed Jun 07 08:09:00 UTC 2023", "2023-06-07T08:09+00:00"),
        ("Wed Jun 07 2023 08:09:00 GMT+0300 (Eastern European Summer Time)", "2023-06-07T08:09+03:00"),
        ("2023年6月7日", "2023-06-07"),
        ("1686125340", "2023-06-07T08:09+00:00"),
        (1686125340000, "2023-06-07T08:09+00:00"),
        (["2023-06-07"], "2023-06-07"),
        ({"@value": "2023-06-07"}, "2023-06-07"),
        ("-0001-11-30T00:00:00", None),
        ("yesterday", None),
    ],
)
def test_the_dates_of_the_data_are_read_in_every_form(value: object, read: str | None):
    assert day(news_page({**ARTICLE, "datePublished": value})) == read


@pytest.mark.parametrize(
    "above",
    [
        "<p>By Lena Fors | June 7, 2023</p>",
        "<div>Posted on Wednesday, 7 June 2023</div>",
        "<span class='entry-date'>7th June 2023</span>",
        "<time>June 7, 2023</time>",
        '<span class="timestamp" data-timestamp="1686114540">Wednesday</span>',
        '<abbr class="published" title="2023-06-07">some time ago</abbr>',
    ],
)
def test_a_date_beside_the_headline_is_read(above: str):
    found = day(news_page(UNDATED, above=above))
    assert found is not None
    assert found[:10] == "2023-06-07"


@pytest.mark.parametrize(
    "around",
    [
        '<aside class="related"><time datetime="2020-01-01">1 January 2020</time> Lighthouse painted green</aside>',
        '<footer><p class="date">Monday, January 1, 2024</p></footer>',
        "<figure><figcaption>The quay on January 1, 2020</figcaption></figure>",
        '<div id="comments"><div class="comment"><time datetime="2023-06-09">June 9, 2023</time> At last!</div></div>',
    ],
)
def test_the_dates_of_other_things_on_the_page_are_not_its_own(around: str):
    assert day(news_page(UNDATED, around=around)) is None


def test_a_date_within_the_text_is_not_the_publication():
    body = (
        "<p>The ferry line was founded on June 7, 1923, and has crossed the strait in most weathers since then.</p>"
        "<p>Its ships have sunk only once, on a quiet day in spring.</p>"
    )
    assert day(news_page(UNDATED, body=body)) is None


def test_a_date_below_the_text_counts_where_it_says_what_it_is():
    assert day(news_page(UNDATED, below="<p>Published 7 June 2023</p>")) == "2023-06-07"
    assert day(news_page(UNDATED, below="<p>Next sailing 9 June 2023</p>")) is None
