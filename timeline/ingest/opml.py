"""Lists of feeds as other readers keep them: OPML, in and out.

The site knows this module and seldom uses it: the parser is loaded where it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.extraction.records import UnreadableDocument, mend
from timeline.models import Feed

MOST_FEEDS = 5000


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as a list names it."""

    url: str
    title: str


def read_opml(content: bytes) -> list[Listed]:
    """The feeds of a list, in all its folders, each once.

    Raises:
        UnreadableDocument: it is no OPML, or names no feed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser) if content.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("this is no OPML file") from error
    if tree is None or etree.QName(tree).localname.lower() != "opml":
        raise UnreadableDocument("this is no OPML file")
    found: dict[str, Listed] = {}
    for outline in tree.iter("outline"):
        url = mend(outline.get("xmlUrl") or "").strip()
        title = mend(outline.get("title") or outline.get("text") or "").strip()[:300]
        if url.lower().startswith(("http://", "https://")) and len(url) <= 2000:
            found.setdefault(url, Listed(url, title))
    if not found:
        raise UnreadableDocument("no feed is named in this file")
    return list(found.values())[:MOST_FEEDS]


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """A list of feeds that other readers take."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of Timeline"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", type="rss", text=str(feed), title=str(feed), xmlUrl=feed.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def follow(listed: Iterable[Listed]) -> tuple[int, int]:
    """Follow these feeds: how many are new, and how many were followed before."""
    wanted = {entry.url: entry for entry in listed}
    known = set(Feed.objects.filter(url__in=list(wanted)).values_list("url", flat=True))
    fresh = [Feed(url=entry.url, title=entry.title) for url, entry in wanted.items() if url not in known]
    Feed.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh), len(known)
