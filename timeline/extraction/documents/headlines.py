"""The headline of a page: what a reader sees above the article, checked against what the page's data say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from timeline.extraction.documents.imprint import Imprint, clean
from timeline.extraction.documents.lines import SENTENCE_END, UNSEEN, Line, key

# What stands inside a heading and is no part of it: its section, an icon, words for screen readers.
APART = re.compile(
    r"kicker|eyebrow|label|badge|flag|icon|tag\b|overline|section|category|sr-only|screen-?reader|visually-?hidden"
    r"|invisible|live-|breaking|share|print-only|premium|sponsor",
    re.I,
)
MARKS = (" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " « ", " ~ ", ": ", "|", " : ", "：", "_")


def find_headline(tree: HtmlElement, imprint: Imprint, given: str | None) -> tuple[str | None, HtmlElement | None]:
    """The headline and the heading it stands in; the page's data where no heading agrees with them.

    Measured on the tune part of the gold pages: heading 10 of 10, og:title 9, headline of the JSON-LD 9, title 5.
    """
    headings = [(heading, text) for heading in tree.xpath("//h1") if 0 < len((text := _shown(heading)).split()) < 60]
    titles = [clean(title.text_content()) for title in tree.xpath("//title[not(ancestor::svg)]")[:1]]
    stated = [without_site(text, imprint.publishers) for text in imprint.titles]
    sites = {key(name) for name in imprint.publishers}
    for heading, text in headings:
        if key(text) not in sites and any(_alike(text, title) for title in [*stated, *titles]):
            return _best(text, stated), heading
    for heading in tree.xpath("//h2 | //h3")[:40]:
        if any(key(text := _shown(heading)) == key(title) and len(text.split()) > 2 for title in stated):
            return text, heading
    own = [(heading, text) for heading, text in headings if len(text.split()) > 3 and key(text) not in sites]
    if len(own) == 1 and any(e.tag in ("article", "main") for e in own[0][0].iterancestors()):
        return own[0][1], own[0][0]
    if stated:
        return stated[0], own[0][0] if own else None
    if given:
        return given, None
    if own:
        return own[0][1], own[0][0]
    return (without_site(titles[0], imprint.publishers) if titles and titles[0] else None), None


def first_heading(found: Sequence[Line], title: str | None) -> str | None:
    """The first line of an article that has the form of a headline, where the page's title has no word of the text:
    old pages call every article "News"."""
    text = {word for line in found for word in line.key.split() if len(word) > 3}
    if not found or any(word in text for word in key(title or "").split() if len(word) > 4):
        return None
    first = found[0]
    return first.text if 4 <= first.count <= 20 and not SENTENCE_END.search(first.text) else None


def _shown(heading: HtmlElement) -> str:
    """The words of a heading, less its kicker; a line break is a space."""
    texts: list[str] = []

    def walk(element: HtmlElement, depth: int) -> None:
        texts.append(element.text or "")
        for child in element:
            apart = APART.search(child.get("class") or "") and depth < 3
            if child.tag not in UNSEEN and not apart and depth < 20:
                texts.append(" " if child.tag in ("br", "div", "p") else "")
                walk(child, depth + 1)
            texts.append(child.tail or "")

    walk(heading, 0)
    return clean("".join(texts)) or clean(heading.text_content())


def _best(shown: str, stated: Sequence[str]) -> str:
    """The heading as shown; less its kicker or site where the page's data have the rest word for word."""
    ours = key(shown)
    for title in stated:
        theirs = key(title)
        if len(theirs.split()) >= 4 and ours != theirs and (ours.endswith(" " + theirs) or ours.startswith(theirs)):
            extra = len(ours.split()) - len(theirs.split())
            if extra <= 3 and sum(key(other) == theirs for other in stated) >= 2:
                return title
    return shown


def without_site(title: str, publishers: Sequence[str]) -> str:
    """A title less the name of the site, and of its section, after its last bars or dashes, or before its first."""
    names = {key(name) for name in publishers} | {key(name.lstrip("@")) for name in publishers}
    names |= {name.removeprefix("the ") for name in names}
    for _ in range(3):
        for mark in MARKS:
            head, found, tail = title.rpartition(mark)
            if found and len(head) > 8 and _is_site(tail, names):
                title = head.strip()
                break
            start, found, rest = title.partition(mark)
            if found and len(rest.split()) >= 3 and key(start) in names:
                title = rest.strip()
                break
        else:
            break
    head, found, tail = title.rpartition(" | ")
    if found and len(head.split()) >= 4 and len(tail.split()) <= 6:
        return without_site(head.strip(), publishers)
    return title


def _is_site(tail: str, names: set[str]) -> bool:
    name = key(tail).removeprefix("the ")
    if name in names or f"the {name}" in names:
        return True
    # "BBC News" of the publisher "BBC", "AP News" of "AP".
    squeezed = name.replace(" ", "")
    return len(tail.split()) <= 4 and any(
        len(n) > 2 and (squeezed == n.replace(" ", "") or name in (f"{n} news", f"{n} com", f"{n} online"))
        for n in names
    )


def _alike(one: str, other: str) -> bool:
    """Whether a heading and a stated title are of the same article: most words of the shorter stand in the longer, and
    the heading is no mere end of the title, where the site's name stands."""
    ours, theirs = key(one).split(), key(other).split()
    if ours == theirs:
        return True
    if len(ours) < 0.5 * len(theirs) and theirs[-len(ours) :] == ours:
        return False
    common = set(ours) & set(theirs)
    return len(common) >= 2 and len(common) >= 0.6 * min(len(set(ours)), len(set(theirs)))
