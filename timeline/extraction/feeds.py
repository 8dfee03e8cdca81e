"""What a feed offers: RSS, Atom, JSON Feed and news sitemaps, from their bytes to items.

feedparser is given a stream and never a text, of which it would open files and addresses. Dates are read strictly, as
a 30 February is no 2 March.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from timeline.extraction.records import UnreadableDocument, mend

MOST_ITEMS = 500
LONGEST_TITLE, LONGEST_SUMMARY = 300, 2000
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article that a feed offers. `key` names it within its feed; `published` is ISO 8601, where it is a date."""

    key: str
    url: str
    title: str = ""
    summary: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed as it was read: its title and its items, in its own order."""

    title: str
    items: tuple[Item, ...]


def read_feed(content: bytes, *, url: str) -> Offer:
    """The items of a feed, `url` being its address, to which theirs may be relative.

    Raises:
        UnreadableDocument: it is no feed.
    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        title, found = _json_feed(start)
    elif b"<urlset" in start[:4000]:
        title, found = "", _sitemap(content)
    else:
        title, found = _syndication(content)
    items = {item.key: item for item in (_clean(item, url) for item in found[:MOST_ITEMS]) if item is not None}
    return Offer(title=_line(title, LONGEST_TITLE), items=tuple(items.values()))


def strict_date(text: str | None) -> str | None:
    """A date as feeds write it (RFC 822 or ISO 8601), as ISO 8601; None for what is no date of the calendar."""
    text = (text or "").strip()
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def _syndication(content: bytes) -> tuple[str, list[Item]]:
    # Here and not above: only what asks feeds needs the parser.
    import feedparser

    try:
        found: Any = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # whatever a hostile feed makes the parser stumble over
        raise UnreadableDocument(f"this is no feed that can be read ({type(error).__name__})") from error
    if not found.get("version") and not found.get("entries"):
        raise UnreadableDocument("this is no feed")
    return str(found.feed.get("title") or ""), [
        Item(
            key=str(entry.get("id") or entry.get("link") or ""),
            url=str(entry.get("link") or ""),
            title=str(entry.get("title") or ""),
            summary=str(entry.get("summary") or ""),
            published=str(entry.get("published") or entry.get("updated") or ""),
        )
        for entry in found.entries
    ]


def _json_feed(content: bytes) -> tuple[str, list[Item]]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("this is no feed: broken JSON") from error
    if not str(found.get("version")).startswith("https://jsonfeed.org/version/"):
        raise UnreadableDocument("this is no JSON Feed")
    entries = found.get("items")
    return str(found.get("title") or ""), [
        Item(
            key=str(entry.get("id") or entry.get("url") or ""),
            url=str(entry.get("url") or entry.get("external_url") or ""),
            title=str(entry.get("title") or ""),
            summary=str(entry.get("summary") or ""),
            published=str(entry.get("date_published") or ""),
        )
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    ]


def _sitemap(content: bytes) -> list[Item]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument("this is no sitemap that can be read") from error
    if tree is None or tree.tag != f"{SITEMAP}urlset":
        raise UnreadableDocument("this is no sitemap")
    return [
        Item(
            key=entry.findtext(f"{SITEMAP}loc") or "",
            url=entry.findtext(f"{SITEMAP}loc") or "",
            title=entry.findtext(f"{NEWS}news/{NEWS}title") or "",
            published=entry.findtext(f"{NEWS}news/{NEWS}publication_date") or entry.findtext(f"{SITEMAP}lastmod"),
        )
        for entry in tree.iter(f"{SITEMAP}url")
    ]


def _clean(item: Item, base: str) -> Item | None:
    """An item as one can act on it; None without an address of the web."""
    try:
        url = urljoin(base, mend(item.url.strip()))
    except ValueError:
        return None
    if not item.url.strip() or not url.lower().startswith(("http://", "https://")):
        return None
    return Item(
        key=mend(item.key.strip()) or url,
        url=url,
        title=_line(item.title, LONGEST_TITLE),
        summary=_line(item.summary, LONGEST_SUMMARY),
        published=strict_date(item.published),
    )


def _line(text: str, longest: int) -> str:
    """Words without their mark-up, on one line."""
    text = mend(text)
    if "<" in text or "&" in text:
        text = "".join(_words(text[: 4 * longest]))
    return " ".join(text.split())[:longest]


def _words(markup: str) -> Iterator[str]:
    try:
        yield from html.fragment_fromstring(markup, create_parent="div").itertext()
    except (etree.ParserError, ValueError):
        yield markup
