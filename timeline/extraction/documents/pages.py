"""A web page -> Document: the main text found by trafilatura, its blocks and what surrounds them by our own rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from timeline.extraction.documents.furniture import credit_at, is_dated, is_furniture, leftover, read_byline, read_names
from timeline.extraction.documents.imprint import Imprint, clean, read_imprint
from timeline.extraction.documents.publication import Provenance, date_in_url, find_stamps, provenance, read_stamp
from timeline.extraction.documents.tongue import language_of
from timeline.extraction.mentions import Block, Document
from timeline.extraction.records import UnreadableDocument
from timeline.vocabulary import BlockRole, PartialDate

KEPT_REMOVED = 50_000  # characters of a page's furniture that are kept for a look
DEEPEST = 900  # nested elements; deeper trees overrun the stack of those who walk them
UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "option", "button")
)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip

CAPTIONS = "//figcaption | //*[contains(@class,'caption')]"
REGIONS = (
    "//*[@rel='author' or contains(@itemprop,'author') or "
    + " or ".join(
        f"contains(@class,'{name}')"
        for name in ("byline", "author", "dateline", "publish", "timestamp", "posted", "pubdate", "-date", "date-")
    )
    + "]"
)
# Where a name stands without "By".
NAMED = "//*[@rel='author' or contains(@itemprop,'author') or contains(@class,'byline') or contains(@class,'author')]"
MARKED = (
    "//time[@datetime][@pubdate or @itemprop='datePublished' or contains(@class,'publish')]/@datetime"
    " | //*[@itemprop='datePublished']/@content"
    " | //article//time/@datetime | //header//time/@datetime | //time/@datetime"
)


TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,30})[^<>]*>?")
CROWDED = 20_000  # characters of one tag; the longest of real pages hold pictures or data, with few spaces


@dataclass(frozen=True, slots=True)
class Piece:
    role: BlockRole
    text: str


def read_page(html: str, *, url: str | None = None, title: str | None = None, publisher: str | None = None) -> Document:
    """The article of a page.

    Raises:
        UnreadableDocument: there is no tree to read, or no text in it.
    """
    tree, warnings, html = _tree(html)
    imprint = read_imprint(tree)
    lines = list(visible_lines(tree))
    headline = _headline(tree, imprint, title)
    captions = {_key(text) for text in _texts(tree, CAPTIONS)}
    regions = _texts(tree, REGIONS)
    pieces = _whole(list(_main_text(html, tree, url)), tree, imprint)
    if not pieces:
        raise UnreadableDocument("no article text was found on the page")
    pieces, bylines = _roles(pieces, headline, imprint, captions, set(map(_key, lines)))
    text, blocks = _joined(pieces)
    if not any(piece.role is BlockRole.BODY and _key(piece.text) for piece in pieces):
        raise UnreadableDocument("no article text was found on the page")
    who = imprint.publishers[0] if imprint.publishers else None
    address = imprint.url or url
    origin = provenance(url=url or address, publisher=who or publisher, furniture="\n".join(lines[:40] + lines[-40:]))
    body = "\n".join(piece.text for piece in pieces if piece.role is BlockRole.BODY)
    kept = {_key(piece.text) for piece in pieces}
    return Document(
        text=text,
        blocks=blocks,
        title=headline,
        bylines=_authors(imprint, bylines, regions, _texts(tree, NAMED), who),
        dek=next((piece.text for piece in pieces if piece.role is BlockRole.DEK), None),
        publisher=publisher or who,
        language=language_of(body) or imprint.language,
        url=url or address,
        published=_published(tree, imprint, regions, origin, url or address),
        page_clock=None,
        removed="\n".join(line for line in lines if _key(line) not in kept and _key(line) not in _key(text))[
            :KEPT_REMOVED
        ],
        warnings=warnings,
    )


def visible_lines(tree: HtmlElement) -> Iterator[str]:
    """What a reader sees of a page, a line for each block."""
    pending: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pending.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in BLOCKS:
                yield from _flush(pending)
            if not _hidden(element):
                pending.append(element.text or "")
        else:
            if tag in BLOCKS:
                yield from _flush(pending)
            parent = element.getparent()
            if parent is not None and not _hidden(parent):
                pending.append(element.tail or "")
    yield from _flush(pending)


def _hidden(element: HtmlElement) -> bool:
    while element is not None:
        if element.tag in UNSEEN or not isinstance(element.tag, str):
            return True
        element = element.getparent()
    return False


def _flush(pending: list[str]) -> Iterator[str]:
    line = " ".join("".join(pending).split())
    pending.clear()
    if line:
        yield line


def _tree(html: str) -> tuple[HtmlElement, tuple[str, ...], str]:
    """The page's tree, what was lost on the way, and the page as it was parsed."""
    html, crowded = _thinned(html)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_blank_text=False)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise UnreadableDocument("the page holds no readable markup") from error
    cut = any(entry.type_name in ("ERR_DOCUMENT_EMPTY", "ERR_NO_MEMORY", "ERR_NAME_TOO_LONG", "ERR_RESOURCE_LIMIT")
              or "excessive depth" in entry.message.lower() for entry in parser.error_log)  # fmt: skip
    return tree, ("part of the page could not be read",) if cut or crowded else (), html


def _thinned(html: str) -> tuple[str, bool]:
    """The page less the attributes of tags with thousands of them, which take a parser minutes."""
    crowded = 0

    def thin(match: re.Match[str]) -> str:
        nonlocal crowded
        if len(match[0]) < CROWDED or match[0].count("=") + match[0].count(" ") < CROWDED // 4:
            return match[0]
        crowded += 1
        return f"<{match[1]}>"

    return TAG.sub(thin, html), crowded > 0


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _main_text(html: str, tree: HtmlElement, url: str | None) -> Iterator[Piece]:
    """The pieces of the article; where trafilatura finds none, the page's paragraphs."""
    body = None
    if _depth(tree) < DEEPEST:
        try:
            found = trafilatura.bare_extraction(
                html, url=url, include_comments=False, include_tables=True, with_metadata=False
            )
            body = getattr(found, "body", None)
        except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):
            body = None
    pieces = list(_walk(body)) if body is not None else []
    if sum(len(piece.text) for piece in pieces) < 200:
        plain = [Piece(BlockRole.BODY, text) for text in _texts(tree, "//p") if len(text.split()) >= 6]
        if sum(len(piece.text) for piece in plain) > sum(len(piece.text) for piece in pieces):
            pieces = plain
    yield from pieces


def _whole(pieces: list[Piece], tree: HtmlElement, imprint: Imprint) -> list[Piece]:
    """The pieces found, or all paragraphs of the article as the page's data give it, where those are many more."""
    stated = f" {_key(imprint.body)} "
    if len(stated) < 1.25 * sum(len(piece.text) for piece in pieces):
        return pieces
    shown = [
        Piece(BlockRole.BODY, text)
        for text in _texts(tree, "//p | //li | //blockquote[not(.//p)]")
        if f" {_key(text)} " in stated
    ]
    return shown if sum(len(p.text) for p in shown) > 1.2 * sum(len(p.text) for p in pieces) else pieces


def _walk(body: HtmlElement) -> Iterator[Piece]:
    """The paragraphs and headings of trafilatura's tree."""
    for element in body.iter("p", "head", "item", "quote", "code", "cell", "ab"):
        if element.tag != "head" and any(
            child.tag in ("p", "item", "cell", "list") for child in element.iterdescendants()
        ):
            text = " ".join((element.text or "").split())
        elif any(parent.tag in ("p", "head", "item", "code", "ab") for parent in element.iterancestors()):
            continue
        else:
            text = " ".join("".join(element.itertext()).split())
        for line in [text] if text else []:
            yield Piece(BlockRole.SUBHEAD if element.tag == "head" else BlockRole.BODY, line)


def _headline(tree: HtmlElement, imprint: Imprint, given: str | None) -> str | None:
    """The headline a reader sees, if it agrees with what the page's data say; else the data."""
    first_headings = [text for text in _texts(tree, "//h1") if 1 < len(text.split()) < 60]
    stated = [_without_site(text, imprint) for text in imprint.titles]
    for heading in first_headings:
        if any(_alike(heading, title) for title in stated):
            return heading
    if stated:
        return stated[0]
    if given:
        return given
    whole = _texts(tree, "//title")
    return first_headings[0] if first_headings else _without_site(whole[0], imprint) if whole else None


def _without_site(title: str, imprint: Imprint) -> str:
    """A title less the name of the site after its last bar or dash."""
    for mark in (" | ", " - ", " – ", " — ", " :: ", " • ", " » "):
        head, found, tail = title.rpartition(mark)
        if (
            found
            and len(head.split()) >= 3
            and any(_key(tail) in (_key(p), _key(p.lstrip("@"))) for p in imprint.publishers)
        ):
            return head.strip()
    if " | " in title and len(title.rpartition(" | ")[0].split()) >= 4:
        return title.rpartition(" | ")[0].strip()
    return title


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(_key(one).split()), set(_key(other).split())
    return bool(ours) and len(ours & theirs) >= 0.6 * min(len(ours), len(theirs)) and len(ours & theirs) >= 2


def _roles(
    pieces: list[Piece], headline: str | None, imprint: Imprint, captions: set[str], visible: set[str]
) -> tuple[list[Piece], tuple[str, ...]]:
    """Give each piece its role, the headline first; leave out what is furniture or stands there twice."""
    kept: list[Piece] = [Piece(BlockRole.TITLE, headline)] if headline else []
    seen = {_key(headline or "")}
    bylines: list[str] = []
    deks = {_key(dek) for dek in imprint.deks if len(dek.split()) >= 5}
    prose = 0
    for piece in pieces:
        key = _key(piece.text)
        if not key or (key in seen and len(key.split()) > 2) or is_furniture(piece.text):
            continue
        seen.add(key)
        role = piece.role
        names = read_byline(piece.text) if len(piece.text.split()) < 25 else ()
        if names and (prose < 2 or len(piece.text.split()) < 12):
            bylines.extend(names)
            role = BlockRole.BYLINE
        elif is_dated(piece.text) and prose < 2:
            role = BlockRole.BYLINE
        elif key in captions or (credit_at(piece.text) is not None and len(piece.text.split()) < 40):
            role = BlockRole.CAPTION
        elif prose == 0 and key in deks:
            role = BlockRole.DEK
        prose += role is BlockRole.BODY
        kept.append(Piece(role, piece.text))
    if not any(piece.role is BlockRole.DEK for piece in kept):
        shown = next(
            (dek for dek in imprint.deks if len(dek.split()) >= 5 and _key(dek) in visible and _key(dek) not in seen),
            None,
        )
        if shown:
            kept.insert(1 if headline else 0, Piece(BlockRole.DEK, shown))
    return kept, tuple(dict.fromkeys(bylines))


def _joined(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for piece in pieces:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(piece.text), piece.role))
        text += piece.text
    return text, tuple(blocks)


def _authors(
    imprint: Imprint, bylines: tuple[str, ...], regions: list[str], named: list[str], publisher: str | None
) -> tuple[str, ...]:
    said = tuple(name for region in regions[:30] for name in read_byline(region[:1].upper() + region[1:]))
    # A bare name is one of several words: "Subscribe" beside the headline is nobody.
    bare = tuple(n for place in named[:10] if len(place.split()) <= 8 for n in read_names(place) if " " in n)
    for names in (imprint.authors, bylines, said, bare):
        persons = tuple(name for name in dict.fromkeys(names) if _key(name) != _key(publisher or ""))
        if persons:
            return persons
    return imprint.authors  # "Associated Press", where the publisher signs for itself


def _published(
    tree: HtmlElement, imprint: Imprint, regions: list[str], origin: Provenance, url: str | None
) -> PartialDate | None:
    """Publication as the page's data state it, else as its byline region shows it, else the day in its address."""
    for value in imprint.published:
        if found := read_stamp(value, origin, reason=f"stated in the page's data: {value[:60]}"):
            return found
    marked = tree.xpath(MARKED)
    for value in marked[:10]:
        if found := read_stamp(str(value), origin, reason=f"stated beside the headline: {str(value)[:60]}"):
            return found
    for region in regions[:60]:
        if len(region) < 200 and (leftover(region) is not None) and (stamps := find_stamps(region, origin)):
            return stamps[0].date
    if found := date_in_url(url):
        return found
    for value in imprint.changed:
        if found := read_stamp(value, origin, reason=f"last changed, as the page's data state: {value[:60]}"):
            return found
    return None


def _texts(tree: HtmlElement, path: str) -> list[str]:
    return [text for text in (clean("".join(e.itertext())) for e in tree.xpath(path)) if text]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
