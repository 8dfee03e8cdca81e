"""A web page -> Document: its article, with the role of every line, and what the page says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from timeline.extraction.documents.authors import find_authors
from timeline.extraction.documents.furniture import is_barrier
from timeline.extraction.documents.headlines import find_headline, first_heading
from timeline.extraction.documents.imprint import Imprint, clean, read_imprint
from timeline.extraction.documents.lines import Line, find_lines, key
from timeline.extraction.documents.live import read_posts
from timeline.extraction.documents.passages import find_passages
from timeline.extraction.documents.publication import provenance
from timeline.extraction.documents.publishing import find_published
from timeline.extraction.documents.roles import Piece, join, label
from timeline.extraction.documents.tongue import language_of
from timeline.extraction.documents.tree import parse_page
from timeline.extraction.mentions import Document
from timeline.extraction.records import UnreadableDocument
from timeline.vocabulary import BlockRole

KEPT_REMOVED = 50_000  # characters of a page's furniture that are kept for a look
NO_TEXT = "no article text was found on the page"
LISTING = "this is a page of headlines that lead to other articles, not an article"
STUB = "only the beginning of the article is on the page: the rest is for subscribers"
SHORT = 1500  # characters; a page for subscribers with less shows a beginning
ENOUGH = 600  # characters of prose in one place; a page of headlines has less


def read_page(html: str, *, url: str | None = None, title: str | None = None, publisher: str | None = None) -> Document:
    """The article of a page.

    Raises:
        UnreadableDocument: there is no tree to read, or no text in it, or only headlines of other articles.
    """
    page = parse_page(html)
    tree = page.tree
    imprint = read_imprint(tree, url)
    lines = find_lines(tree)
    headline, heading = find_headline(tree, imprint, title)
    address = url or imprint.url
    found = find_passages(tree, lines, imprint, address)
    if not any(line.key for line in found):
        raise UnreadableDocument(NO_TEXT)
    if _is_listing(found, imprint, heading, address):
        raise UnreadableDocument(LISTING)
    if heading is None and not imprint.titles and title is None:
        headline = first_heading(found, headline) or headline
    pieces, bylines = label(found, lines, headline, heading, imprint)
    who = imprint.publishers[0] if imprint.publishers else None
    shown = [line.text for line in lines]
    origin = provenance(
        url=address,
        publisher=who or publisher,
        furniture="\n".join(shown[:40] + shown[-40:]),
        language=imprint.language,
    )
    posts = read_posts(imprint.updates, origin)
    if sum(len(piece.text) for piece in posts) > 0.6 * sum(len(piece.text) for piece in pieces):
        pieces = [piece for piece in pieces if piece.role in (BlockRole.TITLE, BlockRole.DEK)] + posts
    if not any(piece.role in (BlockRole.BODY, BlockRole.CAPTION) and key(piece.text) for piece in pieces):
        raise UnreadableDocument(NO_TEXT)
    text, blocks = join(pieces)
    body = "\n".join(piece.text for piece in pieces if piece.role is BlockRole.BODY)
    return Document(
        text=text,
        blocks=blocks,
        title=headline,
        bylines=find_authors(tree, lines, imprint, heading, bylines),
        dek=next((piece.text for piece in pieces if piece.role is BlockRole.DEK), None),
        publisher=publisher or who,
        language=language_of(body) or imprint.language,
        url=address,
        published=find_published(tree, lines, imprint, heading, found, origin, address),
        page_clock=None,
        removed=_removed(lines, found, pieces, text),
        warnings=(*page.warnings, *((STUB,) if _is_stub(imprint, lines, body) else ())),
    )


def _is_listing(found: Sequence[Line], imprint: Imprint, heading: HtmlElement | None, url: str | None) -> bool:
    """Whether the text found is made of links to other articles: the front page of a site or of a section."""
    if imprint.is_article:
        return False
    size = sum(len(line.text) for line in found)
    linked = sum(min(line.linked, len(line.text)) for line in found)
    homes: dict[object, int] = {}
    for line in found:
        if line.is_prose and not line.is_link:
            homes[line.home] = homes.get(line.home, 0) + len(line.text)
    most = max(homes.values(), default=0)
    path = urlsplit(url).path.strip("/") if url and "://" in url else None
    front = imprint.is_listing or path in ("", "index.html", "home", "news")
    own = key(clean(heading.text_content())) if heading is not None and heading.tag == "h1" else ""
    stated = [k for title in imprint.titles if (k := key(title))]
    titled = any(own in k or k in own for k in stated if own) and not any(key(p) in own for p in imprint.publishers)
    return most < ENOUGH and (linked > 0.5 * size or (front and not titled and size > most))


def _is_stub(imprint: Imprint, lines: Sequence[Line], body: str) -> bool:
    """Whether the page says that there is more for those who pay, and shows little."""
    if len(body) > SHORT:
        return False
    return imprint.for_subscribers or any(is_barrier(line.text) for line in lines)


def _removed(lines: Sequence[Line], found: Sequence[Line], pieces: Sequence[Piece], text: str) -> str:
    kept = {key(piece.text) for piece in pieces} | {line.key for line in found if line.text[-40:] in text}
    return "\n".join(line.text for line in lines if line.key not in kept)[:KEPT_REMOVED]
