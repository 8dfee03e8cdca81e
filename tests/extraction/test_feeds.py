"""What a feed offers is read whatever its kind and age, and a date that is none stays away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.feeds import Item, read_feed, strict_date
from timeline.extraction.records import UnreadableDocument

FEED = "https://news.example/feeds/world.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour &amp; Herald</title>
<item><title>Harbour &lt;b&gt;closed&lt;/b&gt;</title><link>/2025/harbour?utm_source=rss</link><guid>h-1</guid>
<description>&lt;p&gt;A storm,&lt;/p&gt; the mayor said.</description>
<pubDate>Fri, 28 Feb 2025 10:00:00 +0100</pubDate></item>
<item><title>Without an address</title></item>
<item><title>Of no web</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>
<entry><title>Harbour closed</title><id>tag:news.example,2025:1</id><link href="https://news.example/1"/>
<published>2025-02-28T10:00:00Z</published></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://news.example/"><title>Herald</title></channel>
<item rdf:about="https://news.example/1"><title>Harbour closed</title><link>https://news.example/1</link></item></rdf:RDF>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/1</loc><news:news>
<news:publication_date>2025-02-28</news:publication_date><news:title>Harbour closed</news:title></news:news></url>
</urlset>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Herald",
        "items": [{"id": 7, "url": "1", "title": "Harbour closed", "date_published": "2025-02-28T10:00:00Z"}, "junk"],
    }
).encode()


def test_an_rss_feed_gives_its_items_without_mark_up() -> None:
    offer = read_feed(RSS, url=FEED)

    assert offer.title == "Harbour & Herald"
    assert offer.items == (
        Item(
            key="h-1",
            url="https://news.example/2025/harbour?utm_source=rss",
            title="Harbour closed",
            summary="A storm, the mayor said.",
            published="2025-02-28T10:00:00+01:00",
        ),
    )


@pytest.mark.parametrize(
    ("content", "url", "day"),
    [
        (ATOM, "https://news.example/1", "2025-02-28T10:00:00+00:00"),
        (RDF, "https://news.example/1", None),
        (SITEMAP, "https://news.example/1", "2025-02-28T00:00:00"),
        (JSON, "https://news.example/feeds/1", "2025-02-28T10:00:00+00:00"),
    ],
    ids=["Atom", "RSS 1.0", "news sitemap", "JSON Feed"],
)
def test_every_kind_of_feed_is_read(content: bytes, url: str, day: str | None) -> None:
    [item] = read_feed(content, url=FEED).items

    assert (item.url, item.title, item.published) == (url, "Harbour closed", day)


@pytest.mark.parametrize("text", ["30 Feb 2025 10:00:00 GMT", "2025-02-30", "2025-02-30T10:00:00Z", "soon", "", None])
def test_what_is_no_day_of_the_calendar_is_no_date(text: str | None) -> None:
    assert strict_date(text) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"News of today", b"<html><body>News</body></html>", b"{}", b"{", b'{"version": 1}', b"<urlset", b"\x00\xff"],
)
def test_what_is_no_feed_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="this is no"):
        read_feed(content, url=FEED)


def test_a_sitemap_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(UnreadableDocument):
        read_feed(b"[<urlset", url="https://a.example/")


def test_a_feed_opens_no_file_and_no_address_that_it_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    trap = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file://{secret}">]>
    <rss version="2.0"><channel><item><title>A &file; b</title><link>https://news.example/1</link></item></channel></rss>"""

    for content in (trap.encode(), str(secret).encode()):
        try:
            offer = read_feed(content, url=FEED)
        except UnreadableDocument:
            continue
        assert "secret" not in " ".join(item.title for item in offer.items)


@given(st.binary(max_size=200), st.integers(0, 700), st.sampled_from([RSS, ATOM, SITEMAP, JSON, RDF]))
def test_a_broken_feed_is_read_or_refused(noise: bytes, place: int, content: bytes) -> None:
    try:
        offer = read_feed(content[:place] + noise + content[place:], url=FEED)
    except UnreadableDocument:
        return
    assert all(item.url.lower().startswith(("http://", "https://")) for item in offer.items)
