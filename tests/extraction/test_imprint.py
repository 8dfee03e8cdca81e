"""What a page states about itself, in the many ways pages do."""

from __future__ import annotations

import json

import pytest

from tests.news_pages import ARTICLE, HEADLINE, PARAGRAPHS, blocks, news_page
from timeline.extraction.documents import read_html
from timeline.extraction.mentions import Document

PERSON = {"@type": "Person", "name": "Lena Fors"}
BOTH = ("Lena Fors", "Paul Adeyemi")


def article(**changes: object) -> dict[str, object]:
    return {**ARTICLE, **changes}


def stated(document: Document) -> tuple[str | None, tuple[str, ...], str | None]:
    published = document.published.to_json()["earliest"] if document.published else None
    return document.title, document.bylines, published


EVERYTHING = (HEADLINE, BOTH, "2023-06-07T08:09+03:00")


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Courier"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": [{"item": ARTICLE}]}},
        article(**{"@type": "ReportageNewsArticle"}),
        article(**{"@type": ["NewsArticle", "Article"]}),
        article(**{"@type": "http://schema.org/NewsArticle"}),
        article(**{"@type": "LiveBlogPosting"}),
        article(headline=HEADLINE.replace("strait", "strait &amp; more").replace(" &amp; more", "")),
        article(headline=[HEADLINE]),
    ],
)
def test_an_article_is_found_in_every_shape_of_json_ld(data: object):
    assert stated(read_html(news_page(data))) == EVERYTHING


def test_an_article_is_found_among_several_scripts():
    breadcrumbs = {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}]}
    assert stated(read_html(news_page(breadcrumbs, {"@type": "NewsMediaOrganization"}, ARTICLE))) == EVERYTHING


def test_of_several_articles_the_page_is_the_one_with_its_headline():
    other = article(headline="Lighthouse to be painted green", datePublished="2020-01-01", author="Nils Berg")
    assert stated(read_html(news_page(other, ARTICLE))) == EVERYTHING
    assert stated(read_html(news_page(ARTICLE, other))) == EVERYTHING


def test_of_several_articles_the_page_is_the_one_with_its_address():
    own = article(headline="Ferries back", url="https://courier.example/news/ferries")
    other = article(headline="Green light", url="https://courier.example/news/light", author="Nils Berg")
    document = read_html(news_page(other, own), url="https://courier.example/news/ferries?utm=1")
    assert document.bylines == BOTH


def test_the_film_on_a_page_does_not_date_its_article():
    film = {"@type": "VideoObject", "name": "Storm from above", "uploadDate": "2019-02-02"}
    head = '<meta property="article:published_time" content="2023-06-07">'
    assert stated(read_html(news_page(film, head=head)))[2] == "2023-06-07"


def test_the_page_of_a_film_is_dated_by_the_film():
    film = {"@type": "VideoObject", "name": HEADLINE, "uploadDate": "2023-06-07"}
    assert stated(read_html(news_page(film)))[2] == "2023-06-07"


@pytest.mark.parametrize(
    "author",
    [
        ["Lena Fors", "Paul Adeyemi"],
        "Lena Fors and Paul Adeyemi",
        "By Lena Fors, Paul Adeyemi",
        "Lena Fors; Paul Adeyemi",
        "Lena Fors & Paul Adeyemi",
        {"name": ["Lena Fors", "Paul Adeyemi"]},
        [{"@type": "Person", "name": "Lena Fors, Sea Correspondent"}, {"@type": "Person", "name": "Paul Adeyemi"}],
        [{"givenName": "Lena", "familyName": "Fors"}, {"name": "Paul&nbsp;Adeyemi"}],
        [PERSON, PERSON, {"@type": "Person", "name": " Paul\nAdeyemi "}],
        [PERSON, {"name": "Paul Adeyemi"}, {"@type": "Organization", "name": "The Strait Courier"}],
        [PERSON, {"name": "Paul Adeyemi"}, {"name": "Ida Holm", "jobTitle": "Staff Photographer"}],
        [PERSON, {"name": "Paul Adeyemi"}, "https://courier.example/staff/ida-holm"],
    ],
)
def test_the_authors_are_read_in_every_shape(author: object):
    assert read_html(news_page(article(author=author))).bylines == BOTH


def test_an_author_is_followed_by_its_id():
    graph = {"@graph": [article(author={"@id": "#lena"}), {"@id": "#lena", "@type": "Person", "name": "Lena Fors"}]}
    assert read_html(news_page(graph)).bylines == ("Lena Fors",)


@pytest.mark.parametrize("name", ["Associated Press", "Courier Staff", "Web Desk"])
def test_a_house_is_the_author_where_nobody_else_is(name: str):
    organisation = {"@type": "Organization", "name": name}
    assert read_html(news_page(article(author=organisation))).bylines == (name,)


def test_a_person_in_the_byline_is_the_author_where_the_data_name_a_house():
    page = news_page(article(author="Courier Staff"), above='<p class="byline">By Lena Fors</p>')
    assert read_html(page).bylines == ("Lena Fors",)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace('"}}', '",}, }').replace('"}]', '"},]'),
        json.dumps(ARTICLE, indent=1).replace('"headline"', '// the headline\n /* of the page */ "headline"'),
        json.dumps(ARTICLE).replace("across the", "across\nthe"),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "WebSite"}) + json.dumps(ARTICLE),
        json.dumps(ARTICLE).replace("strait", "strait\\'s").replace("\\'s", "", 1),
    ],
)
def test_broken_json_is_mended(text: str):
    assert stated(read_html(news_page(text, head='<meta property="og:title" content="x">'))) == EVERYTHING


def test_of_json_that_is_cut_the_fields_before_the_cut_are_read():
    text = json.dumps({**ARTICLE, "author": PERSON, "articleBody": "Ferries crossed"})[:-20]
    assert stated(read_html(news_page(text))) == (HEADLINE, ("Lena Fors",), "2023-06-07T08:09+03:00")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Lena Fors and Paul Adeyemi"><meta property="article:published_time" '
        'content="2023-06-07T08:09:00+03:00">',
        '<meta property="article:author" content="https://social.example/courier"><meta name="parsely-author" '
        'content="Lena Fors"><meta name="parsely-author" content="Paul Adeyemi"><meta name="parsely-pub-date" '
        'content="2023-06-07T08:09:00+03:00">',
        '<meta name="sailthru.author" content="Lena Fors, Paul Adeyemi"><meta name="sailthru.date" '
        'content="2023-06-07T08:09:00+03:00">',
        '<meta name="DC.creator" content="Lena Fors"><meta name="DC.creator" content="Paul Adeyemi">'
        '<meta name="DC.date.issued" content="2023-06-07T08:09:00+03:00">',
        '<meta name="author" content="admin"><meta name="byl" content="By Lena Fors and Paul Adeyemi">'
        '<meta name="pubdate" content="2023-06-07T08:09:00+03:00">',
        '<meta name=\'parsely-page\' content=\'{"title": "Ferry", "authors": ["Lena Fors", "Paul Adeyemi"],'
        ' "pub_date": "2023-06-07T08:09:00+03:00"}\'>',
        '<meta name="author" content="The Strait Courier"><meta property="og:site_name" content="The Strait Courier">'
        '<meta name="cXenseParse:author" content="Lena Fors"><meta name="cXenseParse:author" content="Paul Adeyemi">'
        '<meta itemprop="datePublished" content="2023-06-07T08:09:00+03:00">',
    ],
)
def test_the_meta_tags_of_every_family_are_read(head: str):
    assert stated(read_html(news_page(head=head))) == EVERYTHING


@pytest.mark.parametrize(
    "above",
    [
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">By '
        '<b itemprop="name">Lena Fors</b></span>'
        '<span itemprop="author"><b itemprop="name">Paul Adeyemi</b></span>'
        '<time itemprop="datePublished" datetime="2023-06-07T08:09:00+03:00">7 June</time>',
        '<div typeof="schema:Article"><span property="schema:author">Lena Fors</span><span property='
        '"schema:author">Paul Adeyemi</span><span property="schema:datePublished" '
        'content="2023-06-07T08:09:00+03:00"></span></div>',
        '<p>By <a rel="author" href="/l">Lena Fors</a> and <a rel="author" href="/p">Paul Adeyemi</a></p>'
        '<time pubdate datetime="2023-06-07T08:09:00+03:00">today</time>',
        '<div class="byline">By Lena Fors and Paul Adeyemi, Meridian Wire</div>'
        '<div class="published-date">Published 8:09 a.m. +0300 June 7, 2023</div>',
        '<p>Words by Lena Fors &amp; Paul Adeyemi</p><time datetime="2023-06-07T08:09:00+03:00"></time>',
        "<p>Story by LENA FORS and PAUL ADEYEMI</p>"
        '<relative-time datetime="2023-06-07T08:09:00+03:00"></relative-time>',
    ],
)
def test_microdata_rdfa_and_bylines_are_read(above: str):
    title, bylines, published = stated(read_html(news_page(above=above)))
    assert (title, tuple(name.title() for name in bylines), published) == EVERYTHING


def test_the_author_of_a_comment_or_of_a_listed_article_is_not_the_author():
    around = (
        '<aside class="related"><div itemscope itemtype="https://schema.org/Article"><a rel="author">Nils Berg</a>'
        '<span itemprop="author">Nils Berg</span></div></aside><div itemscope itemtype="https://schema.org/Comment">'
        '<span itemprop="author">Seagull Sixty</span> '
        '<time itemprop="datePublished" datetime="2023-06-09"></time></div>'
    )
    assert stated(read_html(news_page(around=around))) == (HEADLINE, (), None)


def test_who_took_the_pictures_or_edited_is_no_author():
    names = [{"name": "Lena Fors"}, {"name": "Ida Holm"}, {"name": "Nils Berg"}]
    page = news_page(article(author=names), above="<p>Photographs by Ida Holm</p>", below="<p>Edited by Nils Berg</p>")
    assert read_html(page).bylines == ("Lena Fors",)


def test_additional_reporting_is_kept_as_a_credit():
    credit = "Additional reporting by Ida Holm in Aarhus"
    document = read_html(news_page(ARTICLE, body=f"{PARAGRAPHS}<p>{credit}</p>"))
    assert (document.bylines, blocks(document)[-1]) == (BOTH, ("credit", credit))
