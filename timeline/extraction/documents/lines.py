"""What a reader sees of a page, line by line, and where on the page each line stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "option", "button")
)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# A paragraph and what may stand around it inside the container that holds the article's paragraphs.
INNER = frozenset((
    "p", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "tbody", "thead",
    "table", "br", "dd", "dl", "dt", "pre", "hr", "figcaption", "figure", "a", "span", "strong", "b", "em", "i",
))  # fmt: skip
SENTENCE_END = re.compile(r"[.!?:。！？။۔।][\"'”’»)\]]*$")
NEAR = 8  # blocks around an element whose names say where it stands
CELL = 15  # words; what is longer is no cell but an old page laid out as a table
# Parts of a page that are no article, by the names authors of pages give them.
ELSEWHERE = re.compile(
    r"related|recirc|recommend|newsletter|promo(?!tion)|teaser|most-?(?:read|popular|viewed)|trending|popular|share"
    r"|social|comment(?!ary)|sidebar|footer|outbrain|taboola|advert|read-?(?:more|next|also)|more-(?:on|from|stories)"
    r"|next-(?:up|article|story)|cookie|consent|subscribe-|signup|sign-up|breadcrumb|carousel|tag-?list|disqus"
    r"|navbar|nav-|menu|topic-list|author-?(?:bio|box|card)|about-?(?:the-)?author|also-read|inline-?links",
    re.I,
)
PULLED = re.compile(r"pull-?quote|pullout|blockquote--pull", re.I)
# Those of them that no wrapper of an article is named after.
NEVER = re.compile(
    r"comment(?!ary)|coment[aá]ri|kommentar|disqus|newsletter|subscribe-form|outbrain|taboola|related|recirc|most-?read"
    r"|share-compact|cookie|author-?(?:bio|box|card)|also-read|about-?(?:the-)?author",
    re.I,
)


@dataclass(eq=False)
class Line:
    """A line of a page. `owner` is the block it stands in; `linked` and `strong` count its characters in links and in
    bold type; `order` is its place on the page."""

    owner: HtmlElement
    text: str
    linked: int
    strong: int
    order: int

    @cached_property
    def key(self) -> str:
        return key(self.text)

    @cached_property
    def count(self) -> int:
        return len(self.text.split())

    @cached_property
    def home(self) -> HtmlElement:
        """The container of the line's paragraph."""
        element = self.owner
        while element.tag in INNER and element.getparent() is not None:
            element = element.getparent()
        return element

    @property
    def is_prose(self) -> bool:
        """A paragraph rather than a label: long, and closed like a sentence."""
        return len(self.text) >= 60 and (bool(SENTENCE_END.search(self.text)) or len(self.text) >= 200)

    @property
    def is_link(self) -> bool:
        return self.linked >= 0.9 * len(self.text)

    @property
    def is_heading(self) -> bool:
        return self.owner.tag in HEADINGS

    def inside(self, *tags: str) -> HtmlElement | None:
        element = self.owner
        while element is not None:
            if element.tag in tags:
                return element
            element = element.getparent()
        return None

    def named(self, form: re.Pattern[str], around: Collection[HtmlElement] = ()) -> bool:
        """Whether a block around the line, but not one of those given, has a class or id of some form."""
        element = self.owner
        while element is not None and element not in around and element.tag not in ("body", "html"):
            if form.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
                return True
            element = element.getparent()
        return False


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element stands in a part of the page that is no article: a list of others, a comment, a caption."""
    parent: HtmlElement | None = element
    steps = 0
    while parent is not None and parent.tag not in ("article", "main", "body") and steps < NEAR:
        if parent.tag in ("aside", "footer", "nav", "figure", "figcaption"):
            return True
        if (parent.get("itemtype") or parent.get("typeof") or "").endswith("Comment"):
            return True
        if ELSEWHERE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}"):
            return True
        parent = parent.getparent()
        steps += 1
    return False


def key(text: str) -> str:
    """A text by its letters and digits alone, to compare it with others."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def find_lines(tree: HtmlElement) -> list[Line]:
    """What a reader sees of a page, a line for each block or line break."""
    found: list[Line] = []
    owners: list[HtmlElement] = [tree]
    texts: list[str] = []
    linked = strong = unseen = links = bolds = 0

    def flush() -> None:
        nonlocal linked, strong
        text = " ".join("".join(texts).split())
        texts.clear()
        if text:
            found.append(Line(owners[-1], text, linked, strong, len(found)))
        linked = strong = 0

    def add(text: str | None) -> None:
        nonlocal linked, strong
        if text and not unseen:
            texts.append(text)
            length = len(" ".join(text.split()))
            linked += length if links else 0
            strong += length if bolds else 0

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        step = 1 if event == "start" else -1
        if tag in BLOCKS:
            flush()
            if tag != "br":
                if step > 0:
                    owners.append(element)
                else:
                    owners.pop()
        unseen += step * (tag in UNSEEN)
        links += step * (tag == "a")
        bolds += step * (tag in ("strong", "b") or tag in HEADINGS)
        add(element.text if step > 0 else element.tail)
    flush()
    return found


def rows(lines: list[Line]) -> Iterator[Line]:
    """The lines, with the cells of a table's row in one."""
    row: HtmlElement | None = None
    cells: list[Line] = []
    for line in lines:
        own = line.inside("tr") if line.owner.tag in ("td", "th") and line.count <= CELL else None
        if cells and own is not row:
            yield _joined(cells)
            cells = []
        row = own
        if own is None:
            yield line
        else:
            cells.append(line)
    if cells:
        yield _joined(cells)


def _joined(cells: list[Line]) -> Line:
    if len(cells) == 1:
        return cells[0]
    text = " | ".join(cell.text for cell in cells)
    return Line(cells[0].owner, text, sum(c.linked for c in cells), sum(c.strong for c in cells), cells[0].order)
