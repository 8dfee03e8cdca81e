"""Which lines of a page are its article: those trafilatura chooses, and those it lost between them; less what stands
outside the containers where the article's paragraphs are."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from timeline.extraction.documents.furniture import is_furniture
from timeline.extraction.documents.imprint import Imprint, clean
from timeline.extraction.documents.lines import ELSEWHERE, NEVER, PULLED, Line, key, rows

FEW = 200  # characters; less is no article, and the page's own paragraphs are tried
PARTED = re.compile(r"\s*(?:\n|</p>|<br\s*/?>)\s*", re.I)
LEAST_MATCHED = 0.8  # share of the chosen text that must be found on the page, before its places are trusted
LITTLE, PICTURES = 800, 3  # characters of prose beside at least so many pictures: a gallery
COUSINS = 5  # blocks around a container, up to the one it shares with another
RUN = 5  # words in a row that two texts share by no accident


def find_passages(tree: HtmlElement, lines: list[Line], imprint: Imprint, url: str | None) -> list[Line]:
    """The article's lines, in the order of the page; empty where it has none."""
    lines = list(rows(lines))
    texts = list(_chosen(tree, url))
    size = sum(map(len, texts))
    found = _matched(texts, lines)
    if sum(len(line.text) for line in found) >= LEAST_MATCHED * size:
        found = _completed(found, lines)
    elif len(imprint.body) >= LEAST_MATCHED * size:
        found = []  # the page's data were taken for the text
    elif len(texts) == 1 and (plain := _paragraphs(lines, 3)):
        found = plain  # all of a small page was taken for the text
    else:
        found = [Line(tree, text, 0, 0, at) for at, text in enumerate(texts)]
    found = _with_captions(_stated(imprint, lines, found) or found, lines)
    if sum(len(line.text) for line in found) < FEW:
        plain = _paragraphs(lines, 6)
        if sum(len(line.text) for line in plain) > sum(len(line.text) for line in found):
            found = plain
    return found


def _paragraphs(lines: Iterable[Line], least: int) -> list[Line]:
    """The paragraphs of a page with so many words or more."""
    return [
        line
        for line in lines
        if line.owner.tag == "p"
        and (line.count >= least or len(line.text) > 60)
        and line.inside("footer", "nav", "aside") is None
    ]


def _with_captions(found: list[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines with the captions of a gallery, which are its text where there is little other."""
    if sum(len(line.text) for line in found if line.is_prose) > LITTLE:
        return found
    captions = [
        line
        for line in lines
        if line.inside("figcaption") is not None and line.count >= 6 and line.inside("aside", "nav", "footer") is None
    ]
    if len(captions) < PICTURES:
        return found
    whole = {line.order: line for line in [*found, *captions]}
    return _once([whole[order] for order in sorted(whole)])


def _chosen(tree: HtmlElement, url: str | None) -> Iterable[str]:
    """What trafilatura takes for the article, paragraph by paragraph."""
    try:
        # It changes the tree it is given, its root's attributes too.
        document = trafilatura.bare_extraction(
            copy.deepcopy(tree), url=url, include_comments=False, include_tables=True, with_metadata=False
        )
        body = getattr(document, "body", None)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):
        return []
    return [] if body is None else list(_walk(body))


def _walk(body: HtmlElement) -> Iterable[str]:
    for element in body.iter("p", "head", "item", "quote", "code", "cell", "ab"):
        if element.tag != "head" and any(
            child.tag in ("p", "item", "cell", "list") for child in element.iterdescendants()
        ):
            texts = [element.text or ""]
        elif any(parent.tag in ("p", "head", "item", "code", "ab") for parent in element.iterancestors()):
            continue
        else:
            texts = _broken(element)
        for text in texts:
            if text := " ".join(text.split()):
                yield text


def _broken(element: HtmlElement) -> list[str]:
    """The text of an element, cut at its line breaks."""
    texts = [""]
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if part.tag == "lb":
                texts.append("")
            texts[-1] += part.text or ""
        elif part is not element:
            texts[-1] += part.tail or ""
    return texts


def _matched(texts: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """The lines of the page that hold the chosen texts, each text once where it stands there twice."""
    keys = {k for text in texts if (k := key(text))}
    runs: set[tuple[str, ...]] = set()
    starts: set[tuple[str, ...]] = set()
    for k in keys:
        words = k.split()
        grams = list(zip(*(words[i:] for i in range(RUN)), strict=False))
        runs.update(grams)
        starts.update(grams[:1])
    found = []
    for line in lines:
        words = line.key.split()
        if line.key in keys:
            found.append(line)
        elif len(words) >= RUN:
            grams = list(zip(*(words[i:] for i in range(RUN)), strict=False))
            # Part of a chosen text, or several of them in one line.
            if (grams[0] in runs and grams[-1] in runs) or any(gram in starts for gram in grams):
                found.append(line)
    return _once(found)


def _once(found: list[Line]) -> list[Line]:
    """Of lines that say the same, the one among most other lines of the article."""
    homes = _homes(found)
    best: dict[str, Line] = {}
    for line in found:
        other = best.get(line.key)
        if other is None or homes[line.home] > homes[other.home]:
            best[line.key] = line
    return [line for line in found if best[line.key] is line]


def _homes(found: Iterable[Line]) -> Counter[HtmlElement]:
    """How many characters of prose each container holds."""
    homes: Counter[HtmlElement] = Counter()
    for line in found:
        homes[line.home] += len(line.text) if line.is_prose else 0
    return homes


def _sign(element: HtmlElement) -> tuple[str, str] | None:
    name = " ".join((element.get("class") or "").split())
    return (element.tag, name) if name else None


def _completed(found: list[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines chosen, with the paragraphs beside and between them; less the labels and lists that stand elsewhere."""
    homes = _homes(found)
    total = sum(homes.values())
    if not total:
        return found
    best = max(homes, key=lambda home: homes[home])
    around = {best, *best.iterancestors()}
    found = [line for line in found if line.home is best or not line.named(NEVER, around)]
    prose = [line for line in found if line.is_prose]
    main = {line.home for line in prose}
    signs = {sign for home in main if (sign := _sign(home))}
    strong = {home for home in main if homes[home] >= 0.15 * total}
    first, last = prose[0].order, prose[-1].order
    chosen = set(map(id, found))
    seen = {line.key for line in found}
    whole: list[Line] = []
    for line in lines:
        if id(line) in chosen:
            if line.is_prose or first <= line.order <= last or line.home in main or _sign(line.home) in signs:
                whole.append(line)
        elif line.key not in seen and _may_be_lost(line, around):
            between = first < line.order < last
            if line.home in strong:
                # Beside its paragraphs; after the last of them what has the form of one.
                lost = (between and line.owner.tag != "div") or (line.is_prose and line.owner.tag == "p")
            else:
                alike = line.is_prose and _sign(line.home) in signs
                lost = alike and (between or (line.order > last and _is_cousin(line.home, best)))
            if lost:
                seen.add(line.key)
                whole.append(line)
    return whole


def _is_cousin(home: HtmlElement, other: HtmlElement) -> bool:
    """Whether two containers stand in one article, each in a chain of blocks of the same names."""
    one: HtmlElement | None = home
    two: HtmlElement | None = other
    for _ in range(COUSINS):
        if one is None or two is None or one.tag in ("article", "main", "body"):
            return False
        if (one.tag, one.get("class")) != (two.tag, two.get("class")):
            return False
        one, two = one.getparent(), two.getparent()
        if one is two:
            return True
    return False


def _may_be_lost(line: Line, around: set[HtmlElement]) -> bool:
    """Whether a line that was not chosen has the form of a paragraph or subhead, and no other part of the page holds
    it."""
    return (
        line.owner.tag in ("p", "li", "h2", "h3", "h4", "blockquote", "div", "td", "th")
        and not line.is_link
        and line.inside("aside", "nav", "footer", "form", "figure", "figcaption") is None
        and not is_furniture(line.text)
        and not line.named(ELSEWHERE, around)
        and not line.named(PULLED, around)
    )


def _stated(imprint: Imprint, lines: Sequence[Line], found: Sequence[Line]) -> list[Line]:
    """The article as the page's data give it, where that is much more than what was found: its lines on the page, else
    its own words, which a script would have shown."""
    stated = f" {key(imprint.body)} "
    size = sum(len(line.text) for line in found)
    if len(stated) < max(1.25 * size, FEW):
        return []
    shown = [line for line in lines if line.count > 2 and f" {line.key} " in stated]
    if sum(len(line.text) for line in _once(shown)) > max(1.2 * size, 0.6 * len(stated)):
        # What the data write otherwise than the page is found among and between the rest.
        either = {line.order: line for line in [*found, *shown]}
        return _completed(_once([either[order] for order in sorted(either)]), lines)
    if len(stated) < 1.5 * size or not lines:
        return []
    texts = [clean(text, len(text)) for text in PARTED.split(imprint.body)]
    return [Line(lines[0].owner, text, 0, 0, at) for at, text in enumerate(texts) if text]
