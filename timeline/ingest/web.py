"""An article of the web, as a record that can be read."""

from __future__ import annotations

from django.conf import settings

from timeline.extraction.records import Record
from timeline.ingest.fetch import Fetcher
from timeline.ingest.robots import Visitor


def visitor() -> Visitor:
    """Who fetches pages for this site, as its settings say."""
    return Visitor(Fetcher(private=frozenset(settings.TIMELINE_PRIVATE_SERVERS)))


def is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def record_at(url: str, visitor: Visitor, *, publisher: str = "") -> Record:
    """The article at an address, its bytes as the server sent them, under the address where it was found.

    Raises:
        NotFetched: it cannot be had; the message says why.
    """
    page = visitor.fetch(url)
    return Record(id=url, content=page.content, url=page.url, publisher=publisher or None, charset=page.charset or None)
