"""The role of each line of a page's article: title, dek, byline, dateline, subhead, body, caption or credit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from timeline.extraction.documents.blocks import dateline_end
from timeline.extraction.documents.furniture import (
    credit_at,
    is_barrier,
    is_biography,
    is_dated,
    is_furniture,
    is_note,
    is_sign_off,
    read_byline,
)
from timeline.extraction.documents.imprint import Imprint
from timeline.extraction.documents.lines import HEADINGS, PULLED, SENTENCE_END, Line, key
from timeline.extraction.mentions import Block
from timeline.vocabulary import BlockRole

CAPTION = re.compile(r"caption|photo-?credit|image-?credit|img-?desc", re.I)
DEK = re.compile(
    r"\bdek\b|deck|stand-?first|sub-?(?:title|head|heading|headline|hed)|summary|strap-?line|excerpt|tagline|lead-text"
    r"|article-?(?:lead|intro|description)|entry-?summary|\bintro\b|\bteaser\b|description|lede",
    re.I,
)
LONGEST_SUBHEAD = 25  # words
RUN = 5  # words that a quotation pulled out of the text has at least


@dataclass(frozen=True, slots=True)
class Piece:
    role: BlockRole
    text: str


def label(
    found: Sequence[Line], lines: Sequence[Line], headline: str | None, heading: HtmlElement | None, imprint: Imprint
) -> tuple[list[Piece], tuple[str, ...]]:
    """The article's pieces with their roles, the headline first, and the names in the bylines among them.

    What is furniture or says again what another piece says is left out.
    """
    dek = _find_dek(found, lines, headline, heading, imprint)
    pieces = [Piece(BlockRole.TITLE, headline)] if headline else []
    pieces += [Piece(BlockRole.DEK, dek.text)] if dek is not None else []
    seen = {key(headline or ""), dek.key if dek is not None else ""}
    bylines: list[str] = []
    prose = 0
    repeated = _repeated(found)
    for line in found:
        if not line.key or (line.key in seen and line.count > 2) or line.key in repeated or is_furniture(line.text):
            continue
        if is_barrier(line.text):
            continue
        if line is dek or (heading is not None and line.owner is heading) or _is_bare_link(line) or line.named(PULLED):
            continue
        seen.add(line.key)
        role = _role(line, prose)
        if role is BlockRole.BYLINE:
            bylines.extend(read_byline(line.text))
        cut = dateline_end(line.text, first=prose == 0) if role is BlockRole.BODY and prose < 3 else 0
        credit = credit_at(line.text) if role is BlockRole.CAPTION else None
        if cut:
            pieces.append(Piece(BlockRole.DATELINE, line.text[:cut].strip()))
            pieces.append(Piece(role, line.text[cut:].strip()))
        elif credit is not None:
            pieces.append(Piece(role, line.text[:credit].strip()))
            pieces.append(Piece(BlockRole.CREDIT, line.text[credit:].strip()))
        else:
            pieces.append(Piece(role, line.text))
        prose += role is BlockRole.BODY
    pieces = [piece for piece in pieces if piece.text]
    return _less_tail(pieces, [*imprint.authors, *imprint.credited, *bylines]), tuple(dict.fromkeys(bylines))


def _role(line: Line, prose: int) -> BlockRole:
    names = read_byline(line.text) if line.count < 25 else ()
    if names and (prose < 2 or line.count < 12):
        return BlockRole.BYLINE
    if is_dated(line.text) and prose < 2:
        return BlockRole.BYLINE
    if is_sign_off(line.text) or is_note(line.text):
        return BlockRole.CREDIT
    if _is_caption(line) or (credit_at(line.text) is not None and line.count < 40):
        return BlockRole.CAPTION
    if line.owner.tag in HEADINGS and line.count <= LONGEST_SUBHEAD:
        return BlockRole.SUBHEAD
    bold = line.owner.tag in ("p", "div") and line.strong >= 0.95 * len(line.text)
    if bold and line.count <= 12 and prose and not SENTENCE_END.search(line.text.rstrip("?")):
        return BlockRole.SUBHEAD
    return BlockRole.BODY


def _is_caption(line: Line) -> bool:
    """Whether a line is the caption of a picture: by its element, its class, or in italics under a picture."""
    if line.inside("figcaption", "caption") is not None or line.named(CAPTION):
        return True
    if line.owner.tag != "p" or len(line.text) > 160:
        return False
    italic = sum(len(e.text_content().strip()) for e in line.owner.iterchildren("em", "i")) >= 0.9 * len(line.text)
    return _is_pictured(line.owner) and (italic or not SENTENCE_END.search(line.text))


def _is_pictured(paragraph: HtmlElement) -> bool:
    """Whether a picture stands in a paragraph, or is all there is of the one before it."""
    if paragraph.find(".//img") is not None:
        return True
    before = paragraph.getprevious()
    if before is None or before.tag not in ("p", "div", "figure", "img"):
        return False
    return before.tag == "img" or (before.find(".//img") is not None and not before.text_content().strip())


def _find_dek(
    found: Sequence[Line], lines: Sequence[Line], headline: str | None, heading: HtmlElement | None, imprint: Imprint
) -> Line | None:
    """The sentence between headline and text that sums it up. A first paragraph that the page's data repeat as its
    description is the first paragraph."""
    prose = [line for line in found if line.is_prose]
    deks = {key(dek) for dek in imprint.deks if len(dek.split()) >= 5}
    if not prose:
        return None
    flow = next((line for line in prose if line.key not in deks), prose[0])
    start = next((i for i, line in enumerate(lines) if heading is not None and line.owner is heading), None)
    if start is None:
        start = next((i for i, line in enumerate(lines) if line.key in deks and line.order <= flow.order), None)
        start = start - 1 if start is not None else None
    if start is None:
        return None
    for line in lines[start + 1 : start + 15]:
        if line is flow or line.owner is flow.owner or line.order >= flow.order:
            break
        if not 4 <= line.count <= 70 or line.is_link or line.key == key(headline or ""):
            continue
        if read_byline(line.text) or is_dated(line.text) or is_furniture(line.text):
            continue
        if line.inside("figure", "figcaption", "nav", "aside") is not None or line.named(CAPTION):
            continue
        alike = _sign(line.owner) == _sign(flow.owner) and line.home is flow.home
        named = any(
            DEK.search(f"{e.get('class') or ''} {e.get('id') or ''} {e.get('data-testid') or ''}")
            for e in (line.owner, line.owner.getparent())
            if e is not None
        )
        under = line.owner.tag == "h2" and heading is not None and line.owner.getparent() is heading.getparent()
        if (line.key in deks and not alike) or (named and not alike) or under:
            return line
    return None


def _sign(element: HtmlElement) -> tuple[str, str]:
    return element.tag, " ".join((element.get("class") or "").split())


def _repeated(found: Sequence[Line]) -> set[str]:
    """What another paragraph says in the same words and more: quotations pulled out of the text."""
    prose = list({line.key: line for line in found if line.is_prose})
    begins = Counter(gram for text in prose for gram in _runs(text))
    whole = "\n".join(f" {text} " for text in prose)
    found_twice: set[str] = set()
    for line in {line.key: line for line in found}.values():
        own = 1 if line.is_prose else 0
        start = tuple(line.key.split()[:RUN])
        may_be = line.owner.tag not in HEADINGS and len(start) == RUN and begins[start] > own
        if may_be and whole.count(f" {line.key} ") > own:
            found_twice.add(line.key)
    return found_twice


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def _is_bare_link(line: Line) -> bool:
    """A line that leads to another article and says nothing of this one."""
    return line.is_link and 3 <= line.count <= 30 and not SENTENCE_END.search(line.text) and line.owner.tag in (
        "p", "li", "div", "strong"
    )  # fmt: skip


def _less_tail(pieces: list[Piece], authors: Iterable[str]) -> list[Piece]:
    """The pieces less what comes after the last paragraph: headings of what follows, the lives of the authors."""
    names = [name for name in authors if " " in name]
    while pieces and (
        pieces[-1].role is BlockRole.SUBHEAD
        or (pieces[-1].role is BlockRole.BODY and is_biography(pieces[-1].text, names))
    ):
        pieces = pieces[:-1]
    return pieces


def join(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The document's text and its blocks, one for each piece; a dateline stands before its paragraph on one line."""
    text, blocks = "", []
    last: BlockRole | None = None
    for piece in pieces:
        text += "" if not text else " " if last in (BlockRole.DATELINE,) else "\n\n"
        blocks.append(Block(len(text), len(text) + len(piece.text), piece.role))
        text += piece.text
        last = piece.role
    return text, tuple(blocks)
