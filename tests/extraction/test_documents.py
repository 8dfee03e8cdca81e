"""What a file or a pasted text becomes: text, blocks, headline, byline, date and language."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.extraction.documents.formats import UnreadableDocument, decode, read_document, read_html, read_text
from timeline.extraction.mentions import Document
from timeline.vocabulary import BlockRole, DateBasis, DatePrecision

PASTED = """menu_open
Harbour bridge closed after ship strikes pier

ByMira Okafor
Jan 14, 2024 09:05 PM IST

The bridge over the harbour has been closed after a cargo ship struck one of its piers.

The bridge over the harbour has been closed after a cargo ship struck one of its piers. Nobody was hurt, officials said.

A ship beside the damaged pier of the harbour bridge(AFP)
A ship beside the damaged pier of the harbour bridge(AFP)

“We heard a bang and the lamps went out,” said Asha Menon, who sells fish on the quay below the bridge.

What happens next?

Engineers will inspect the pier on Tuesday, and the bridge stays closed until they have finished.

Get the latest updates and breaking news from around the world on our app
SHARE
My Reads
Mumbai 31C
Friday, February 2, 2024
Follow Us On"""


def lines(document: Document, role: BlockRole) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.role is role]


def test_a_pasted_article_keeps_every_character_and_says_the_role_of_each_line():
    document = read_text(PASTED)
    assert document.text == PASTED
    assert lines(document, BlockRole.TITLE) == ["Harbour bridge closed after ship strikes pier"]
    assert lines(document, BlockRole.DEK) == [
        "The bridge over the harbour has been closed after a cargo ship struck one of its piers."
    ]
    assert lines(document, BlockRole.SUBHEAD) == ["What happens next?"]
    assert lines(document, BlockRole.CAPTION) == ["A ship beside the damaged pier of the harbour bridge"]
    assert lines(document, BlockRole.CREDIT) == ["(AFP)"]
    assert [line.split()[0] for line in lines(document, BlockRole.BODY)] == ["The", "“We", "Engineers"]
    assert lines(document, BlockRole.JUNK) == [
        "menu_open",
        "A ship beside the damaged pier of the harbour bridge(AFP)",
        "Get the latest updates and breaking news from around the world on our app",
        "SHARE",
        "My Reads",
        "Mumbai 31C",
        "Friday, February 2, 2024",
        "Follow Us On",
    ]


def test_a_byline_glued_by_copying_is_read_and_the_language_told():
    document = read_text(PASTED)
    assert (document.bylines, document.language, document.publisher) == (("Mira Okafor",), "en", None)


def test_ambiguous_zone_letters_are_decided_by_a_place_in_the_furniture():
    published = read_text(PASTED).published
    assert published is not None
    assert (published.precision, published.basis, published.zone) == (
        DatePrecision.MINUTE,
        DateBasis.STATED,
        "Asia/Kolkata",
    )
    assert published.to_json()["earliest"] == "2024-01-14T21:05+05:30"


def test_ambiguous_zone_letters_without_evidence_leave_the_local_time():
    published = read_text(PASTED.replace("Mumbai 31C\n", "")).published
    assert published is not None
    assert (published.zone, published.instant, published.clock) == (None, None, time(21, 5))
    assert published.earliest == date(2024, 1, 14)


def test_the_clock_of_the_site_is_never_the_publication():
    document = read_text(PASTED.replace("Jan 14, 2024 09:05 PM IST\n", ""))
    assert document.published is None
    assert document.page_clock is not None
    assert document.page_clock.earliest == date(2024, 2, 2)


def test_the_address_decides_the_zone_before_the_furniture_does():
    published = read_text(PASTED, url="https://news.example.ie/a").published
    assert published is not None
    assert published.zone == "Europe/Dublin"


def test_plain_paragraphs_are_all_body():
    text = "The council met for two hours.\n\nIt adjourned, members said, without a vote on the new budget.\n"
    document = read_text(text)
    assert {block.role for block in document.blocks} <= {BlockRole.BODY, BlockRole.TITLE}
    assert "".join(lines(document, BlockRole.BODY)).endswith("the new budget.")


def test_a_headline_given_beside_the_text_is_found_in_it():
    text = "Rain stops play in Durban\nPlay was stopped in Durban after an hour of rain, the umpires said."
    document = read_text(text, title="Rain stops play in Durban")
    assert lines(document, BlockRole.TITLE) == ["Rain stops play in Durban"]


def test_a_headline_given_beside_the_text_need_not_be_in_it():
    document = read_text("Play was stopped in Durban after an hour of rain, they said.", title="Rain stops play")
    assert (document.title, lines(document, BlockRole.TITLE)) == ("Rain stops play", [])


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("LISBON, March 3 (Agency) - The port reopened on Monday after a week.", "LISBON, March 3 (Agency) -"),
        ("TUNIS (AP) — The port reopened on Monday after a week of storms.", "TUNIS (AP) —"),
        ("PORT LOUIS — The port reopened on Monday after a week of storms.", "PORT LOUIS —"),
        ("New Delhi (Reuters) - The port reopened on Monday after a week.", "New Delhi (Reuters) -"),
    ],
)
def test_the_dateline_of_an_agency_stands_apart_from_the_first_paragraph(line: str, dateline: str):
    document = read_text(line)
    assert lines(document, BlockRole.DATELINE) == [dateline]
    assert lines(document, BlockRole.BODY) == [line[len(dateline) :].strip()]


def test_the_head_of_an_e_mail_is_no_byline_and_no_date():
    text = (
        "From: Asha Menon\nSent: Friday, February 2, 2024\nTo: desk@courier.example\nSubject: FW: Port reopens after "
        "storms\n\nPort reopens after storms\n\nBy Mira Okafor\n\nThe port reopened after a week of storms, they said."
    )
    document = read_text(text)
    assert (document.title, document.bylines, document.published) == (
        "Port reopens after storms",
        ("Mira Okafor",),
        None,
    )
    assert len(lines(document, BlockRole.JUNK)) == 4


def test_a_line_that_ends_like_none_among_sentences_is_a_caption():
    prose = [f"The port reopened on day {n} after a week of storms, and ferries run again." for n in range(5)]
    text = "\n\n".join([*prose[:3], "Getty Images A crane beside the oldest of the ferries at the quay", *prose[3:]])
    document = read_text(text)
    assert lines(document, BlockRole.CREDIT) == ["Getty Images"]
    assert lines(document, BlockRole.CAPTION) == ["A crane beside the oldest of the ferries at the quay"]


def test_the_lines_of_a_text_wrapped_at_a_width_are_its_paragraphs():
    text = (
        "The port of Durban reopened on Monday after a week of\nstorms, and the first of the ferries left the quay at\n"
        "noon with lorries that had waited since Saturday.\n    Officials said that all six ships would sail by the\n"
        "weekend, and that nobody had been hurt in the storms.\n    REUTER\n"
    )
    document = read_text(text)
    assert document.title is None
    assert [line.split("\n")[0] for line in lines(document, BlockRole.BODY)] == [
        "The port of Durban reopened on Monday after a week of", "Officials said that all six ships would sail by the",
    ]  # fmt: skip


def test_lines_of_a_list_are_not_taken_for_a_wrapped_paragraph():
    text = "Ferries are back.\nThe first ship left at noon.\nAll six will sail by the weekend.\nNobody was hurt.\n"
    assert len(lines(read_text(text), BlockRole.BODY)) >= 3


def test_those_who_worked_on_it_are_named_in_a_credit():
    text = "The port reopened after a week of storms, they said.\n\n(Reporting by Mira Okafor; Editing by Jo Li)"
    assert lines(read_text(text), BlockRole.CREDIT) == ["(Reporting by Mira Okafor; Editing by Jo Li)"]


@pytest.mark.parametrize(
    "line", ["MENON: I never said that the bridge would stay closed.", "AVON-BASED firms closed at noon."]
)
def test_what_only_looks_like_a_dateline_is_body(line: str):
    assert lines(read_text(line), BlockRole.DATELINE) == []


def test_the_dateline_dates_an_article_that_says_no_more():
    published = read_text("LISBON, March 3, 2021 (Agency) - The port reopened after a week of storms.").published
    assert published is not None
    assert published.earliest == date(2021, 3, 3)


def test_the_given_publication_date_is_used_where_the_text_states_none():
    text = "The port reopened after a week of storms, and ferries run again."
    published = read_text(text, published="2020-05-06T07:08:00+02:00").published
    assert published is not None
    assert published.to_json()["earliest"] == "2020-05-06T07:08+02:00"


def test_a_given_date_that_is_none_is_a_warning():
    document = read_text("The port reopened after a week of storms.", published="0000-13-99")
    assert (document.published, len(document.warnings)) == (None, 1)


def test_a_day_in_the_address_is_the_last_resort():
    url = "https://news.example/2022/11/30/port-reopens"
    published = read_text("The port reopened after a week of storms.", url=url).published
    assert published is not None
    assert (published.earliest, published.precision) == (date(2022, 11, 30), DatePrecision.DAY)


@pytest.mark.parametrize(
    ("url", "day"),
    [("https://a.co.uk/x", date(2024, 4, 3)), ("https://cnn.com/x", date(2024, 3, 4)), (None, None)],
)
def test_a_numeric_date_is_read_in_the_order_of_the_country_or_not_at_all(url: str | None, day: date | None):
    text = "Port reopens after storms\n\nBy Mira Okafor\n03/04/2024\n\nThe port reopened after a week of storms."
    published = read_text(text, url=url).published
    assert (published.earliest if published else None) == day


def test_nul_and_lone_surrogates_are_replaced_one_for_one():
    assert read_text("One\x00two \ud800three.").text == "One\ufffdtwo \ufffdthree."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the document is empty"),
        (b" \n\t ", "the document is empty"),
        (b"%PDF-1.7 ...", "this PDF file cannot be read (PDFSyntaxError)"),
        (b"\x89PNG\r\n\x1a\n0000", "this is an image, not a page or a text"),
        (b"PK\x03\x04rest", "this is a zip archive or office file, not a page or a text"),
        (bytes(range(256)) * 20, "this is a binary file, not a page or a text"),
        (b"<?xml version='1.0'?><rss><channel></channel></rss>", "this is a feed, not an article"),
        (b'{"a": [1, 2, 3]}', "this is a data file, not a page or a text"),
        (b"<html><body><p></p></body></html>", "no article text was found on the page"),
        (b"a" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_article_is_refused_in_words(content: bytes, reason: str):
    with pytest.raises(UnreadableDocument) as refused:
        read_document(content)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    "content",
    [
        "Café à Orléans".encode(),
        b"\xef\xbb\xbf" + "Café à Orléans".encode(),
        "Café à Orléans".encode("utf-16"),
        "Café à Orléans".encode("utf-16-le"),
        "Café à Orléans".encode("windows-1252"),
    ],
)
def test_the_encoding_is_found(content: bytes):
    assert decode(content) == "Café à Orléans"


def test_the_declared_charset_is_believed_where_it_is_not_utf8():
    content = '<meta charset="koi8-r"><p>Мост закрыт</p>'.encode("koi8-r")
    assert "Мост закрыт" in decode(content)


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("utf-8", "windows-1252", "“Café” à Orléans – déjà fermé"),
        ("iso-8859-1", "windows-1252", "“Café” à Orléans – déjà fermé"),
        ("iso-8859-1", "utf-8", "“Café” à Orléans – déjà fermé"),
        ("gb2312", "gb18030", "大桥已经关闭，渡轮停运，㙍"),
        ("shift_jis", "cp932", "橋は閉鎖された①"),
        ("no-such-charset", "windows-1252", "Café à Orléans"),
        ("", "windows-1251", "Мост закрыт, и паромы не ходят, сказал мэр города в понедельник."),
    ],
)
def test_a_charset_declared_wrongly_or_not_at_all_is_put_right(declared: str, encoding: str, text: str):
    assert text in decode(f'<meta charset="{declared}"><p>{text}</p>'.encode(encoding))


def test_a_broken_byte_in_a_long_text_leaves_the_rest():
    content = "Déjà fermé à Orléans, été comme hiver. ".encode() * 3
    assert decode(content + b"\xff") == content.decode() + "\ufffd"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was closed and the ferries are not running, the mayor said on Friday.", "en"),
        ("Die Brücke wurde gesperrt und die Fähren fahren nicht, sagte der Bürgermeister.", "de"),
        ("El puente fue cerrado y los transbordadores no circulan, dijo el alcalde de la ciudad.", "es"),
        ("Мост закрыт, и паромы не ходят, сказал мэр города.", "ru"),
        ("大桥已经关闭，渡轮停运。", "zh"),
    ],
)
def test_the_language_is_told_without_a_model(text: str, language: str):
    assert read_text(text).language == language


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry service resumes across the strait",
    "datePublished": "2023-06-07T08:09:00+03:00",
    "author": [{"@type": "Person", "name": "Lena Fors"}, {"name": "By Paul Adeyemi"}],
    "publisher": {"@id": "#p"},
}
PUBLISHER = {"@id": "#p", "@type": "Organization", "name": "The Strait Courier"}
PARAGRAPHS = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Ferries crossed the strait again on Wednesday after four days of storm, with lorries that had waited.",
        "The operator said that all six ships would sail by the weekend, and that tickets already sold remain good.",
        "Drivers who slept in their cabins since Saturday cheered when the first ramp came down at dawn.",
    )
)


def page(data: object, head: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return (
        f'<html lang="en"><head><title>Ferry | Courier</title>{script}{head}</head><body><nav>Home Sport Weather</nav>'
        f"<article><h1>Ferry service resumes across the strait</h1>{PARAGRAPHS}</article>"
        "<footer>Sign up for our newsletter</footer></body></html>"
    )


@pytest.mark.parametrize(
    "data",
    [
        {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE, PUBLISHER]},
        [PUBLISHER, ARTICLE],
        {**ARTICLE, "publisher": PUBLISHER},
        {
            "@type": "WebPage",
            "mainEntity": {**ARTICLE, "@type": ["Article", "LiveBlogPosting"], "publisher": PUBLISHER},
        },
    ],
)
def test_what_a_page_states_about_itself_is_read_in_every_shape(data: object):
    document = read_html(page(data))
    assert document.title == "Ferry service resumes across the strait"
    assert document.bylines == ("Lena Fors", "Paul Adeyemi")
    assert document.publisher == "The Strait Courier"
    assert document.published is not None
    assert document.published.to_json()["earliest"] == "2023-06-07T08:09+03:00"


def test_the_text_of_a_page_is_its_article_and_the_rest_is_kept_as_removed():
    document = read_html(page(ARTICLE))
    assert [block.role for block in document.blocks] == [BlockRole.TITLE, *[BlockRole.BODY] * 3]
    assert "newsletter" not in document.text
    assert "Sign up for our newsletter" in document.removed
    assert document.language == "en"


def test_a_page_without_data_is_dated_by_its_meta_tags():
    document = read_html(page({}, '<meta property="article:published_time" content="2019-02-03">'))
    assert document.published is not None
    assert (document.published.earliest, document.published.precision) == (date(2019, 2, 3), DatePrecision.DAY)


def test_a_date_that_content_systems_write_for_none_is_none():
    document = read_html(page({**ARTICLE, "datePublished": "0001-01-01T00:00:00"}))
    assert document.published is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + PARAGRAPHS,
        page({"a": 1}).replace('{"a": 1}', "[" * 100_000),
        page(ARTICLE) + "<p " + "a=b " * 20_000 + ">",
        "<html><head><script type='application/ld+json'>{{{</script></head><body>" + PARAGRAPHS,
        "<?xml version='1.0' encoding='utf-16'?><html><body>" + PARAGRAPHS,
        page({"a": 1}).replace('{"a": 1}', '{"a": "' + '\\"' * 100_000),
        "<html><body>" + "<p>The same words again and again in one long page.</p>" * 5000,
    ],
)
def test_a_hostile_page_is_read_or_refused(html: str):
    try:
        assert read_html(html).text
    except UnreadableDocument as refused:
        assert str(refused)


def test_a_tag_with_thousands_of_attributes_is_thinned_and_the_page_flagged():
    crowd = " ".join(f"a{number}=1" for number in range(50_000))
    document = read_html(f"<html><body><div {crowd}>{PARAGRAPHS}</div></body></html>")
    assert document.warnings == ("part of the page could not be read",)
    assert len(lines(document, BlockRole.BODY)) == 3


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes):
    try:
        document = read_document(content)
    except UnreadableDocument:
        return
    check_blocks(document)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class='x'>",
                "<h1>",
                "</h1>",
                "<table>",
                "<script>",
                "text of a page. ",
                "<!--",
                "<a href=>",
            ]
        )
    ).map("".join)
)
def test_any_markup_is_read_or_refused(markup: str):
    try:
        document = read_html("<html><body>" + markup)
    except UnreadableDocument:
        return
    check_blocks(document)


PIECES = st.sampled_from(
    [
        *PASTED.split("\n"),
        "By Ana Ruiz",
        "May 8, 2006",
        "03/04/2024",
        "LISBON (AP) -",
        "(Reuters)",
        "\r",
        "\t x",
        "“",
        "Ana.",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("\n".join)))
def test_the_text_is_kept_and_the_blocks_stand_in_order(text: str):
    try:
        document = read_text(text)
    except UnreadableDocument:
        assert not any(c.isalnum() for c in text)
        return
    assert document.text == "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)
    check_blocks(document)


def check_blocks(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        last = block.end


def test_a_few_words_are_in_no_language_for_sure() -> None:
    assert read_text("Trump met Putin.").language is None
    assert read_text("The minister said that it was not for the court to decide what the law is.").language == "en"


FERRIES = [f"On day {n} the ferries to the island ran again, the harbour master of Kivra said." for n in range(1, 7)]


def glued(*others: str) -> Document:
    """An article with lines copied along between its paragraphs."""
    return read_text("\n\n".join([*FERRIES[:3], *others, *FERRIES[3:]]), title="Ferries run again")


@pytest.mark.parametrize(
    "line",
    [
        "CLOSE The harbour master explains how the ferries were repaired. Video Desk",
        "MOST READ IN NEWS QUAY SHOCK Crane falls on van TIDE'S OUT Island cut off for a week",
        "Got a story? Call our newsroom at any hour.",
        "Newsletter Sign Up Continue reading the main story Please enter your address. Thank you.",
        "Watch the full interview above.",
        "(SOUNDBITE OF ARCHIVED RECORDING)",
        "SAILOR'S TALE Captain finds cat on deck SINKING FEELING Pier café closes after flood",
        "Related stories Storm takes roof off the old quay",
        "0:50",
        "Follow Ana Ruiz on Twitter @anaruiz.",
        "@anaruiz.",
        "CORRECTION APPENDED.",
    ],
)
def test_what_is_copied_along_from_around_an_article_is_no_prose(line: str):
    document = glued(line)
    assert lines(document, BlockRole.JUNK) == [line]
    assert lines(document, BlockRole.BODY) == FERRIES


def test_captions_that_repeat_the_name_of_their_gallery_are_captions_less_the_name():
    shown = ["The quay at dawn.", "A crane lifts the last boat.", "Sailors at rest."]
    document = glued(*(f"Photos: Storm in Kivra {words} Hide Caption {n} of 3" for n, words in enumerate(shown, 1)))
    assert lines(document, BlockRole.CAPTION) == shown
    assert lines(document, BlockRole.BODY) == FERRIES


def test_numbered_captions_of_a_gallery_are_captions():
    document = glued("1/3 2019 The old quay.", "2/3 2020 The quay in the storm.", "3/3 2021 The new quay.")
    assert lines(document, BlockRole.CREDIT) == ["1/3", "2/3", "3/3"]
    assert lines(document, BlockRole.BODY) == FERRIES


def test_sentences_that_begin_alike_are_no_gallery():
    said = [f"We want to thank everyone who {words} in the storm." for words in ("helped", "cooked", "rowed")]
    assert lines(glued(*said), BlockRole.BODY) == [*FERRIES[:3], *said, *FERRIES[3:]]


@pytest.mark.parametrize(
    ("credit", "caption"),
    [
        ("Image copyright Meridian Image caption", "The quay was empty for three days"),
        ("Media caption", "The harbour master speaks of the storm"),
        ("Facebook Twitter Pinterest", "The quay was empty for three days"),
        ("GETTY", "The quay was empty for three days in March."),
        ("Getty Images", "The oldest of the ferries at the quay"),
    ],
)
def test_the_label_before_a_caption_is_no_part_of_it(credit: str, caption: str):
    document = glued(f"{credit} {caption}")
    assert (lines(document, BlockRole.CREDIT), lines(document, BlockRole.CAPTION)) == ([credit], [caption])


def test_a_text_on_one_line_is_read_after_the_label_it_begins_with():
    document = read_text(
        "Image caption The quay was empty. The harbour master said the ferries would return on Friday."
    )
    assert lines(document, BlockRole.BODY) == [
        "The quay was empty. The harbour master said the ferries would return on Friday."
    ]


def test_a_photographer_after_a_caption_is_its_credit():
    document = glued("The quay at dawn. Image: Ana Ruiz (own work).")
    assert lines(document, BlockRole.CAPTION) == ["The quay at dawn."]
    assert lines(document, BlockRole.CREDIT) == ["Image: Ana Ruiz (own work)."]


def test_a_sign_off_glued_to_the_last_paragraph_is_a_credit():
    document = read_text("\n\n".join([*FERRIES[:-1], f"{FERRIES[-1]} (Editing by Tom Hale; Writing by Ana Ruiz)"]))
    assert lines(document, BlockRole.CREDIT) == ["(Editing by Tom Hale; Writing by Ana Ruiz)"]
    assert lines(document, BlockRole.BODY)[-1] == FERRIES[-1]


def test_the_heading_of_a_box_glued_to_its_text_is_a_subhead():
    text = "The ferries are built in Turku and carry two hundred people each across the bay."
    document = glued(f"HOW THE FERRIES WORK {text}")
    assert lines(document, BlockRole.SUBHEAD) == ["HOW THE FERRIES WORK"]
    assert text in lines(document, BlockRole.BODY)


def test_a_post_is_read_less_the_markup_around_it():
    document = glued('<tweet author="kivra" id="1">The ferries are back.</tweet>.')
    assert lines(document, BlockRole.JUNK) == ['<tweet author="kivra" id="1">', "</tweet>."]
    assert "The ferries are back." in lines(document, BlockRole.BODY)


def test_a_note_on_the_author_is_a_credit_and_names_the_author():
    note = "Ana Ruiz is a columnist for the Kivra Courier. The opinions expressed in this commentary are hers."
    document = read_text("\n\n".join([note, *FERRIES]), title="Ferries run again")
    assert (lines(document, BlockRole.CREDIT), document.bylines) == ([note], ("Ana Ruiz",))


def test_a_byline_that_names_a_desk_still_dates_the_article():
    document = read_text("Ferries run again\n\nPosted by Desk Three, 15 May 2021 18:20 GMT\n\n" + "\n\n".join(FERRIES))
    assert document.published is not None
    assert (document.bylines, document.published.to_json()["earliest"]) == ((), "2021-05-15T18:20+00:00")


def test_quotations_whose_marks_stand_apart_are_no_captions():
    said = "`` We have waited three days for this and we are very glad , the ferries are back . ''"
    assert said in lines(glued(said), BlockRole.BODY)


def test_an_agency_sets_its_headings_between_hyphens():
    assert lines(glued("- The second storm -"), BlockRole.SUBHEAD) == ["- The second storm -"]


def test_the_name_under_a_quotation_that_the_copy_lost_is_a_credit():
    assert lines(glued("—Ana Ruiz, mayor of Kivra"), BlockRole.CREDIT) == ["—Ana Ruiz, mayor of Kivra"]


def test_the_legend_of_a_map_is_no_prose():
    assert lines(glued("██ Held by the harbour board", "██ Held by the town"), BlockRole.BODY) == FERRIES


def test_a_turn_of_an_interview_that_ends_like_no_sentence_is_no_caption():
    said = "((Ana Ruiz))  We had not thought that the storm would take the whole quay with it :-)"
    assert said in lines(glued(said), BlockRole.BODY)


@pytest.mark.parametrize(
    "opening",
    [
        "Will The Ferries Ever Return?\n\nLetters.\n\nFirst the storm.",
        "Ferry board drops plan for Kivra Sq. pier.\n\nThe mayor is content, and the sailors are not.",
        "Board says ferries will stay.",
    ],
)
def test_a_headline_that_ends_like_a_sentence_is_found(opening: str):
    prose = (
        "The board of the ferries met on Friday and after three hours dropped its plan, which had been debated in Kivra"
    )
    document = read_text(f"{opening}\n\n{prose} for a year and a half.\n\n{prose} and on the islands around it.")
    assert document.title == opening.split("\n")[0]


def test_a_caption_above_the_text_is_no_headline():
    document = read_text("Image copyright Meridian Image caption The empty quay of Kivra\n\n" + "\n\n".join(FERRIES))
    assert (document.title, lines(document, BlockRole.CAPTION)) == (None, ["The empty quay of Kivra"])


def test_a_name_and_a_site_above_the_text_are_a_byline():
    document = read_text("Ana Ruiz, kivracourier.com\n\n" + "\n\n".join(FERRIES))
    assert (document.title, document.bylines) == (None, ("Ana Ruiz",))


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The empty quay of Kivra at noon", "©Ana Ruiz (AFP/File)"),
        ("The empty quay of Kivra at noon.", "Credit Ana Ruiz for The Kivra Courier"),
        ("Fishermen on the pier", "Image: Ana Ruiz."),
    ],
)
def test_whoever_took_a_picture_is_credited_after_its_caption(caption: str, credit: str):
    document = glued(f"{caption} {credit}")
    assert (lines(document, BlockRole.CAPTION), lines(document, BlockRole.CREDIT)) == ([caption], [credit])


def test_what_stands_under_a_heading_for_corrections_is_about_the_article():
    note = "An article on Thursday misstated the year in which the ferries were built. It was 2015."
    document = read_text("\n\n".join([*FERRIES, "CORRECTION:", note]), title="Ferries run again")
    assert lines(document, BlockRole.CREDIT) == ["CORRECTION:", note]


def test_the_name_of_a_column_under_the_headline_is_no_prose():
    document = read_text("Ferries run again\n\nHarbour Memo.\n\n" + "\n\n".join(FERRIES), title="Ferries run again")
    assert lines(document, BlockRole.JUNK) == ["Harbour Memo."]


def test_lines_that_go_on_without_end_are_read_at_once():
    text = "Image: " + "a." * 20_000 + " " * 20_000 + "(Editing by " * 5_000 + "x!)"
    assert read_text(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "We pay for ferries that do not run, and nobody tells us why they stay in port.",
        "Most popular among the visitors is the old quay, where the ferries used to land.",
        "– Three sailors hurt as the crane fell on the quay of Kivra",
        "Close to fifty sailors met at the quay and asked for the ferries to return.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_kept(line: str):
    assert line not in lines(glued(line), BlockRole.JUNK) + lines(glued(line), BlockRole.CREDIT)


def test_where_a_desk_is_reached_names_no_author():
    document = read_text(
        "\n\n".join([*FERRIES, "Kivra Police can be reached at desk@kivra.example."]), title="Ferries run"
    )
    assert (document.bylines, len(lines(document, BlockRole.CREDIT))) == ((), 1)


@pytest.mark.parametrize(
    "line",
    [
        "The Courier is not responsible for the content of external sites.",
        "This discussion is now closed.",
        "Explore all of our maps of the harbour to follow the ferries and see where they land.",
        "Click on the cards below to see who sailed this week.",
        "Test your knowledge of the harbour here",
    ],
)
def test_what_a_page_says_of_itself_is_no_prose(line: str):
    assert lines(glued(line), BlockRole.JUNK) == [line]


def test_where_an_article_stood_in_print_is_about_the_article():
    note = "A version of this article appears in print on page B2 of the Kivra edition."
    document = read_text("\n\n".join([*FERRIES, note]), title="Ferries run again")
    assert lines(document, BlockRole.CREDIT) == [note]


def test_a_label_with_a_colon_is_no_part_of_its_caption():
    caption = "The mayor of Kivra visits the empty quay on Monday."
    document = glued(f"Image: {caption} (Ana Ruiz/AP)")
    assert lines(document, BlockRole.CAPTION) == [caption]


def test_the_last_word_of_a_caption_is_no_part_of_who_took_the_picture():
    document = glued("Image: The mayor of Kivra visits the empty quay on Tuesday. Ana Ruiz/AP")
    assert lines(document, BlockRole.CAPTION) == ["The mayor of Kivra visits the empty quay on Tuesday."]
    assert "Ana Ruiz/AP" in lines(document, BlockRole.CREDIT)
