"""An article of the web, as a record that can be read."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings

from timeline.extraction.records import Record
from timeline.ingest.fetch import Fetcher
from timeline.ingest.robots import Visitor

# What is hung on an address to tell where a reader came from (those of the large analytics and mail services).
TRACKERS = frozenset(
    (
        *("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ref_src", "smid"),
        *("partner", "spm", "ocid", "_ga", "wt_mc"),
    )
)


def visitor() -> Visitor:
    """Who fetches pages for this site, as its settings say."""
    return Visitor(Fetcher(private=frozenset(settings.TIMELINE_PRIVATE_SERVERS)))


def is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def plain_address(url: str) -> str:
    """An address without its fragment and without what only tells where a reader came from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in TRACKERS and not name.lower().startswith("utm_")
    ]
    query = parts.query if len(kept) == parts.query.count("&") + bool(parts.query) else urlencode(kept)
    return urlunsplit(parts._replace(query=query, fragment=""))


def record_at(url: str, visitor: Visitor, *, publisher: str = "") -> Record:
    """The article at an address, its bytes as the server sent them, under the address where it was found.

    Raises:
        NotFetched: it cannot be had; the message says why.
    """
    page = visitor.fetch(url)
    return Record(id=url, content=page.content, url=page.url, publisher=publisher or None, charset=page.charset or None)
