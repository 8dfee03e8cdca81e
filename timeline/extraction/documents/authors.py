"""Who wrote the article of a page: its data, its byline, and where both stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from timeline.extraction.documents.furniture import is_house, is_name, read_byline, read_names, words
from timeline.extraction.documents.imprint import Imprint, clean, read_person
from timeline.extraction.documents.lines import Line, is_elsewhere, key

NAMED = re.compile(r"by-?line|author|writer|contributor|reporter", re.I)
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
    beside = [line for line in _beside(lines, headline) if len(line.text) < 200]
    bylines = [n for line in beside for n in read_byline(line.text)]
    stated = (imprint.authors, imprint.credited, tuple(said), tuple(bylines))
    # A name in the meta tags that nobody sees is that of the site rather than of the one in the byline.
    near = {id(line) for line in beside}
    shown = any(
        name == line.key or (id(line) in near and name in line.key)
        for name in map(key, imprint.credited)
        for line in lines
    )
    for names in stated[1:] if shown else (*stated[2:], stated[1]):
        if found := persons(names):
            return tuple(_less_others(found, lines))
    if house := next((names for names in stated if names), ()):
        return tuple(dict.fromkeys(house))
    above = next((line.order for line in lines if line.owner is headline), -1)
    first = next((line.owner for line in lines if line.is_prose and line.order > above), None)
    marked = _marked(tree, headline, first)
    for texts in marked:
        # A bare name is one of several words: "Subscribe" beside the headline is nobody.
        weak = [
            n
            for text in texts
            for n in read_byline(text[:1].upper() + text[1:])
            or [n for n in read_names(text) if " " in n and len(text.split()) <= 8]
        ]
        if found := persons(weak):
            return tuple(_less_others(found, lines))
    return tuple(
        dict.fromkeys(text for text in marked[0] if len(text.split()) <= 4 and is_house(text) and is_name(text))
    )


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


def _marked(tree: HtmlElement, headline: HtmlElement | None, prose: HtmlElement | None) -> list[list[str]]:
    """The texts of elements marked as an author's, the innermost of each: all between the headline and the first
    paragraph; else the first below it; else the first above. None from lists of other articles."""
    groups: list[list[HtmlElement]] = [[], [], []]
    place = 0 if headline is None else 2
    for element in tree.iter():
        if element is headline:
            place = 0
        elif element is prose and place == 0:
            place = 1
        said = " ".join(element.get(name) or "" for name in ("itemprop", "property", "rel"))
        names = " ".join(element.get(name) or "" for name in ("class", "data-component", "data-testid"))
        if not ("author" in said or NAMED.search(names)):
            continue
        if element.tag in ("body", "html", "article", "main", "script", "form", "input") or is_elsewhere(element):
            continue
        group = groups[place]
        if group and group[-1] in element.iterancestors():
            group.pop()
        group.append(element)
        if len(group) >= NEAREST:
            break
    texts = [[text for e in group if 0 < len(text := clean(e.text_content()[:400])) < 200] for group in groups]
    return [texts[0], texts[1][:1], texts[2][:1]]


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
