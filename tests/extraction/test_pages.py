"""The article of a page: its headline, and which of its lines are what."""

from __future__ import annotations

import pytest

from tests.news_pages import ARTICLE, HEADLINE, PARAGRAPHS, SENTENCES, blocks, news_page
from timeline.extraction.documents import read_html
from timeline.extraction.records import UnreadableDocument

PLAIN = [("title", HEADLINE), *(("body", sentence) for sentence in SENTENCES)]
LAST = "The harbour master expects the last of the waiting lorries to have crossed by Friday evening."


def og(title: str, site: str = "The Strait Courier") -> str:
    return f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'


@pytest.mark.parametrize(
    "page",
    [
        news_page(),
        news_page(head=og(HEADLINE)),
        news_page(head=og(f"{HEADLINE} | The Strait Courier"), h1=None),
        news_page(head=og(f"{HEADLINE} - Strait Courier"), h1=None),
        news_page(head=og(f"{HEADLINE} | Sea | News | The Strait Courier"), h1=None),
        news_page(head=og(f"The Strait Courier: {HEADLINE}"), h1=None),
        news_page(head=og(f"{HEADLINE} – Courier News", "Courier"), h1=None),
        news_page(head=og(HEADLINE), h1=f'<span class="kicker">Weather</span> {HEADLINE}'),
        news_page(head=og(HEADLINE), h1=HEADLINE.replace("resumes ", "resumes<br>")),
        news_page(head=og(HEADLINE), h1=f'<a href="/x"><span class="sr-only">Article:</span>{HEADLINE}</a>'),
        news_page(head=og(HEADLINE), h1=None, above=f"<h2>{HEADLINE}</h2>"),
        news_page(head=og(HEADLINE)).replace("<header>", "<header><h1>The Strait Courier</h1>"),
        news_page(head=og("Lorries roll again after storm")),
        news_page({**ARTICLE, "headline": "Ferries: strait reopened for lorries"}, head=og(HEADLINE)),
    ],
)
def test_the_headline_is_the_one_a_reader_sees(page: str):
    assert read_html(page).title == HEADLINE


@pytest.mark.parametrize("title", ["Storm: what we know", "Harbour - and town - wake up", "Six | seven ships"])
def test_a_headline_with_marks_of_its_own_is_kept_whole(title: str):
    assert read_html(news_page(head=og(title), h1=title, title=title)).title == title


FURNITURE = {
    "a related story": '<p><a href="/other">Lighthouse to be painted green after long debate</a></p>',
    "a box of related stories": '<aside class="related"><h3>Related</h3><ul><li>Green lighthouse</li></ul></aside>',
    "a newsletter": '<div class="newsletter-signup"><p>Get the best of the Courier in your inbox every day.</p></div>',
    "an advertisement": '<div class="ad-slot"><p>Advertisement</p></div>',
    "what is most read": '<div class="most-read"><ol><li><a href="/a">Green lighthouse</a></li></ol></div>',
    "buttons": '<ul class="share-bar"><li>Share</li><li>Copy link</li></ul>',
    "a form": "<form><p>Please tell us what you think of this story of ours today.</p><input></form>",
    "a button to go on": "<p>Story continues below advertisement</p>",
    "an invitation": "<p>Read more: Lighthouse to be painted green after a long debate in the council</p>",
    "a quotation pulled out": "<aside><blockquote>all six ships would sail by the weekend</blockquote></aside>",
}


@pytest.mark.parametrize("inside", FURNITURE.values(), ids=FURNITURE)
def test_furniture_within_the_text_is_left_out(inside: str):
    paragraphs = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    body = paragraphs[0] + paragraphs[1] + inside + paragraphs[2]
    assert blocks(read_html(news_page(ARTICLE, body=body))) == PLAIN


AFTER = {
    "comments": '<section id="comments"><h3>Comments</h3><div class="comment"><p>At last! My aunt has waited on '
    "the quay since Saturday, and nobody has told her anything at all about it.</p></div></section>",
    "who wrote it": "<p>Lena Fors is a reporter in the north. Follow her on social media.</p>",
    "other stories": "<h2>More from the coast</h2>",
    "consent": '<div id="onetrust-banner-sdk"><p>We and our partners store information on a device, such as '
    "cookies, and process personal data for advertising, measurement and the development of services.</p></div>",
    "copyright": "<p>© 2023 The Strait Courier. All rights reserved.</p>",
}


@pytest.mark.parametrize("below", AFTER.values(), ids=AFTER)
def test_what_follows_the_text_is_left_out(below: str):
    assert blocks(read_html(news_page(ARTICLE, below=below))) == PLAIN


def test_a_paragraph_in_another_column_of_the_same_name_is_found():
    second = f'<div class="article-body"><p>{LAST}</p></div>'
    assert blocks(read_html(news_page(ARTICLE, below=second))) == [*PLAIN, ("body", LAST)]


SHAPES = {
    "blocks": "<div class='x'>{}</div>",
    "spans": "<div><span>{}</span></div>",
    "sections": "<section class='chunk'><p>{}</p></section><div class='ad'>Advertisement</div>",
    "wrapped": "<div data-component='text-block'><div class='y'><p>{}</p></div></div>",
    "items": "<ul><li><p>{}</p></li></ul>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_paragraphs_are_found_whatever_element_they_are_made_of(shape: str):
    assert blocks(read_html(news_page(ARTICLE, body="".join(map(shape.format, (*SENTENCES, LAST)))))) == [
        *PLAIN, ("body", LAST),
    ]  # fmt: skip


def test_a_small_page_is_its_paragraph():
    assert blocks(read_html(news_page(ARTICLE, body="<p>Ferries are back.</p>")))[1:] == [("body", "Ferries are back.")]


def test_of_articles_that_follow_each_other_on_a_page_the_first_is_read():
    other = "<p>The lighthouse was painted green on Tuesday after a debate of four years in the council.</p>"
    around = f"<article><h1>Lighthouse is green</h1><div class='article-body'>{other}</div></article>"
    assert blocks(read_html(news_page(ARTICLE, body=f"{PARAGRAPHS}<p>{LAST}</p>", around=around)))[1:] == [
        *PLAIN[1:], ("body", LAST),
    ]  # fmt: skip


def test_lines_parted_by_breaks_are_paragraphs():
    body = "<br><br>".join(SENTENCES)
    assert blocks(read_html(news_page(ARTICLE, body=body))) == PLAIN


def test_subheads_are_headings_and_short_lines_in_bold():
    one, two, three = (f"<p>{sentence}</p>" for sentence in SENTENCES)
    document = read_html(
        news_page(ARTICLE, body=f"{one}<h2>What the operator says</h2>{two}<p><b>At the quay</b></p>{three}")
    )
    assert blocks(document) == [
        *PLAIN[:2], ("subhead", "What the operator says"), PLAIN[2], ("subhead", "At the quay"), PLAIN[3],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "above", ['<p class="standfirst">{}</p>', "<h2>{}</h2>", '<div class="article-subtitle">{}</div>']
)
def test_the_line_under_the_headline_is_the_dek(above: str):
    dek = "Four days of waiting end for lorries and their drivers"
    document = read_html(news_page(ARTICLE, above=above.format(dek)))
    assert (document.dek, blocks(document)) == (dek, [PLAIN[0], ("dek", dek), *PLAIN[1:]])


def test_a_first_paragraph_that_describes_the_page_is_still_the_first_paragraph():
    head = f'<meta property="og:description" content="{SENTENCES[0]}">'
    assert blocks(read_html(news_page(ARTICLE, head=head))) == PLAIN


def test_the_dateline_stands_before_the_first_paragraph_on_its_line():
    body = PARAGRAPHS.replace("<p>Ferries", "<p>AARHUS, June 7 (Meridian Wire) - Ferries", 1)
    document = read_html(news_page(ARTICLE, body=body))
    assert blocks(document) == [PLAIN[0], ("dateline", "AARHUS, June 7 (Meridian Wire) -"), *PLAIN[1:]]
    assert document.text.split("\n\n")[1] == f"AARHUS, June 7 (Meridian Wire) - {SENTENCES[0]}"


def test_captions_and_credits_have_their_roles():
    figure = "<p><img src='a.jpg'></p><p><em>The ramp at dawn</em></p>"
    one, two, three = (f"<p>{sentence}</p>" for sentence in SENTENCES)
    document = read_html(
        news_page(ARTICLE, body=one + figure + two + three + "<p>A gull on the pier (Getty Images)</p>")
    )
    assert [block for block in blocks(document) if block[0] in ("caption", "credit")] == [
        ("caption", "The ramp at dawn"), ("caption", "A gull on the pier"), ("credit", "(Getty Images)"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 8 June 2023 to correct the number of ships.",
        "Correction: an earlier version of this article gave a wrong number of ships.",
        "(Reporting by Lena Fors; Editing by Nils Berg)",
        "Ida Holm in Aarhus contributed to this report.",
    ],
)
def test_a_line_about_the_article_is_kept_and_not_read_as_prose(note: str):
    assert blocks(read_html(news_page(ARTICLE, body=f"{PARAGRAPHS}<p>{note}</p>"))) == [*PLAIN, ("credit", note)]


def test_the_row_of_a_table_is_one_line():
    table = (
        "<table><tr><th>Ship</th><th>Sails</th></tr><tr><td>Alma</td><td>Wednesday</td></tr>"
        "<tr><td>Berta</td><td>Friday</td></tr></table>"
    )
    document = read_html(news_page(ARTICLE, body=PARAGRAPHS + table + f"<p>{LAST}</p>"))
    assert blocks(document)[4:] == [
        ("body", "Ship | Sails"), ("body", "Alma | Wednesday"), ("body", "Berta | Friday"), ("body", LAST),
    ]  # fmt: skip


def test_a_list_is_part_of_the_text():
    items = "<ul><li>Alma will sail at noon on Wednesday.</li><li>Berta will sail on Friday.</li></ul>"
    document = read_html(news_page(ARTICLE, body=f"{PARAGRAPHS}{items}<p>{LAST}</p>"))
    assert [text for _, text in blocks(document)[4:6]] == [
        "Alma will sail at noon on Wednesday.", "Berta will sail on Friday.",
    ]  # fmt: skip


def test_an_embedded_post_is_kept_with_its_author():
    post = (
        '<blockquote class="twitter-tweet"><p>We sail again. Thank you for your patience, all of you who waited.</p>'
        "&mdash; Strait Ferries (@straitferries) <a href='https://x.example/1'>June 7, 2023</a></blockquote>"
    )
    one, two, three = (f"<p>{sentence}</p>" for sentence in SENTENCES)
    assert blocks(read_html(news_page(ARTICLE, body=one + post + two + three)))[2:4] == [
        ("body", "We sail again. Thank you for your patience, all of you who waited."),
        ("body", "— Strait Ferries (@straitferries) June 7, 2023"),
    ]


def test_text_that_a_script_would_show_is_read_from_the_data():
    data = {**ARTICLE, "articleBody": "\n\n".join([*SENTENCES, LAST])}
    document = read_html(news_page(data, body='<div id="root"></div>'))
    assert [text for role, text in blocks(document) if role == "body"][:4] == [*SENTENCES, LAST]


def test_a_beginning_for_those_who_do_not_pay_is_flagged():
    said = news_page({**ARTICLE, "isAccessibleForFree": False})
    shown = news_page(ARTICLE, below="<div><p>Subscribe to continue reading this article.</p></div>")
    warning = "only the beginning of the article is on the page: the rest is for subscribers"
    assert (read_html(said).warnings, read_html(shown).warnings) == ((warning,), (warning,))
    assert blocks(read_html(shown)) == PLAIN
    assert read_html(news_page(ARTICLE)).warnings == ()


def test_a_page_of_headlines_is_no_article():
    teasers = "".join(
        f'<div class="card"><h3><a href="/{n}">Ship number {n} has left the harbour again</a></h3><p><a href="/{n}">'
        f"The ship with the number {n} has left the harbour for the other side of the strait.</a></p></div>"
        for n in range(30)
    )
    page = f'<html><head><meta property="og:type" content="website"></head><body><h1>Ships</h1>{teasers}</body></html>'
    with pytest.raises(UnreadableDocument) as refused:
        read_html(page)
    assert str(refused.value) == "this is a page of headlines that lead to other articles, not an article"


def test_a_short_article_of_a_site_that_calls_every_page_a_website_is_read():
    page = news_page(head='<meta property="og:type" content="website">' + og(HEADLINE))
    assert blocks(read_html(page)) == PLAIN


def test_the_posts_of_a_live_blog_stand_newest_first_under_their_times():
    posts = [
        {"@type": "BlogPosting", "headline": "First ship out", "datePublished": "2023-06-07T06:00:00Z",
         "articleBody": f"{SENTENCES[0]}\n{SENTENCES[1]}"},
        {"@type": "BlogPosting", "headline": "Road open", "datePublished": "2023-06-07T07:30:00Z",
         "articleBody": f"<p>{SENTENCES[2]}</p><p>{LAST}</p>"},
    ]  # fmt: skip
    data = {**ARTICLE, "@type": "LiveBlogPosting", "liveBlogUpdate": posts}
    assert blocks(read_html(news_page(data))) == [
        ("title", HEADLINE),
        ("subhead", "Road open"), ("dateline", "2023-06-07 07:30 +00:00"), ("body", SENTENCES[2]), ("body", LAST),
        ("subhead", "First ship out"), ("dateline", "2023-06-07 06:00 +00:00"), ("body", SENTENCES[0]),
        ("body", SENTENCES[1]),
    ]  # fmt: skip


def test_a_page_that_is_cut_is_read_up_to_the_cut_and_flagged():
    page = news_page(ARTICLE)
    document = read_html(page[: page.index(SENTENCES[2]) + 30])
    assert blocks(document)[:3] == PLAIN[:3]
    assert document.warnings == ("the page ends early: it may have been cut",)


def test_a_page_that_leaves_out_its_last_tags_is_whole():
    page = news_page(ARTICLE).replace("</body></html>", "")
    assert (blocks(read_html(page)), read_html(page).warnings) == (PLAIN, ())


def test_a_page_nested_too_deeply_is_read_by_its_paragraphs():
    page = news_page(ARTICLE, above="<div>" * 5000 + "<font>" * 3000)
    document = read_html(page)
    assert [text for role, text in blocks(document) if role == "body"] == list(SENTENCES)
    assert document.warnings == (
        "the page is nested too deeply: its paragraphs were read without their places on the page",
    )


def test_letters_that_were_decoded_wrongly_once_are_put_right():
    body = f"<p>“{SENTENCES[0]}” – she said. “{SENTENCES[1]}”</p><p>{LAST}</p>"
    page = news_page(ARTICLE, body=body).encode().decode("cp1252", "ignore")
    assert [text for role, text in blocks(read_html(page)) if role == "body"][1] == LAST


def test_a_page_for_phones_is_read_like_any_other():
    page = news_page(ARTICLE, above='<amp-img src="a.jpg"></amp-img>').replace("<html", "<html amp", 1)
    assert blocks(read_html(page)) == PLAIN


def test_the_captions_of_a_gallery_are_its_text():
    captions = [f"Ship number {n} leaves the harbour at dawn on Wednesday." for n in range(4)]
    figures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>{c}</figcaption></figure>" for n, c in enumerate(captions)
    )
    document = read_html(news_page(ARTICLE, body=f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>{figures}"))
    assert blocks(document) == [*PLAIN[:3], *(("caption", caption) for caption in captions)]


def test_an_old_page_that_calls_every_article_news_has_its_headline_in_the_text():
    page = f"<html><head><title>Meridian Wire</title></head><body><p><b>{HEADLINE}</b></p>{PARAGRAPHS}</body></html>"
    assert blocks(read_html(page)) == PLAIN
