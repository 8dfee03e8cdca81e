"""Who wrote the article of a page: its data, its byline, and where both stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from timeline.extraction.documents.furniture import is_house, read_byline, read_names, words
from timeline.extraction.documents.imprint import Imprint, clean, read_person
from timeline.extraction.documents.lines import Line, is_elsewhere, key

NAMED = re.compile(r"by-?line|author|writer|contributor|reporter", re.I)
REGION = re.compile(r"by-?line|author|writer|dateline|publish|timestamp|posted|pubdate|-date|date-|entry-meta", re.I)
BESIDE = 25  # lines below the headline in which a byline stands
NEAREST = 30


def find_authors(
    tree: HtmlElement, lines: Sequence[Line], imprint: Imprint, headline: HtmlElement | None, said: Iterable[str]
) -> tuple[str, ...]:
    """The authors: as the page's article data name them, else its byline, its meta tags, or whoever is marked as such.

    `said` are the names of bylines within the text. A house ("Staff", the publisher, an agency) is named only where no
    person is; whoever the page credits with pictures, editing or additional reporting is no author beside others.
    """
    publisher = {key(name) for name in imprint.publishers}

    def persons(names: Iterable[str]) -> list[str]:
        return [name for name in dict.fromkeys(names) if key(name) not in publisher and not is_house(name)]

    if found := persons(imprint.authors):
        # What the data list beside a person, an agency too, they call an author.
        own = [name for name in imprint.authors if key(name) not in publisher or name in found]
        return tuple(_less_others(own, lines))
    bylines = [n for line in _beside(lines, headline) if len(line.text) < 200 for n in read_byline(line.text)]
    stated = (imprint.authors, imprint.credited, tuple(said), tuple(bylines))
    for names in stated[1:]:
        if found := persons(names):
            return tuple(_less_others(found, lines))
    if house := next((names for names in stated if names), ()):
        return tuple(dict.fromkeys(house))
    marked = _marked(tree, headline)
    for weaker in (
        [n for text in marked for n in read_byline(text[:1].upper() + text[1:])],
        # A bare name is one of several words: "Subscribe" beside the headline is nobody.
        [n for text in marked[:10] if len(text.split()) <= 8 for n in read_names(text) if " " in n],
    ):
        if found := persons(weaker):
            return tuple(_less_others(found, lines))
    return ()


def _beside(lines: Sequence[Line], headline: HtmlElement | None) -> list[Line]:
    """The lines between the headline and the text, and the one above it."""
    if headline is None:
        return []
    at = next((i for i, line in enumerate(lines) if line.owner is headline), None)
    if at is None:
        return []
    found = list(lines[max(0, at - 2) : at])
    prose = 0
    for line in lines[at + 1 : at + BESIDE]:
        prose += line.is_prose
        if prose > 1:
            break
        found.append(line)
    return found


def _marked(tree: HtmlElement, headline: HtmlElement | None) -> list[str]:
    """The texts of elements marked as an author's, those below the headline first, none from lists of others."""
    before: list[str] = []
    after: list[str] = []
    passed = headline is None
    for element in tree.iter():
        if element is headline:
            passed = True
        name = element.get("class") or ""
        if not (element.get("rel") == "author" or "author" in (element.get("itemprop") or "") or NAMED.search(name)):
            continue
        if element.tag in ("body", "html", "article", "main", "script", "form", "input") or is_elsewhere(element):
            continue
        text = clean(element.text_content()[:400])
        if text and len(text) < 200:
            (after if passed else before).append(text)
        if len(after) >= NEAREST:
            break
    return after + before


def _less_others(names: list[str], lines: Sequence[Line]) -> list[str]:
    """The names less those whom the page credits with something other than the article."""
    if len(names) < 2:
        return names
    others: set[str] = set()
    form = other_work()
    for line in lines:
        if len(line.text) < 300 and (match := form.search(line.text)):
            others.update(key(name) for name in read_person(line.text[match.end() :][:150]))
    kept = [name for name in names if key(name) not in others]
    return kept or names


def other_work() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words('credited'))))})\s+by:?\s+(?=[A-Z])", re.I)
