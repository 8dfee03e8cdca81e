"""When a page was published: its data, the times marked on it, its byline and its address, one against the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from lxml.html import HtmlElement

from timeline.extraction.documents.furniture import leftover
from timeline.extraction.documents.imprint import Imprint, clean
from timeline.extraction.documents.lines import Line, is_elsewhere
from timeline.extraction.documents.publication import Provenance, date_in_url, find_stamps, read_stamp
from timeline.vocabulary import PartialDate

NAMED = re.compile(
    r"by-?line|dateline|publish|timestamp|posted|pubdate|-date|date-|\bdate\b|post-?meta|entry-?meta", re.I
)
LATER = re.compile(r"updat|modif|changed|edited|revised", re.I)
FIRST = re.compile(r"publish|post(?:ed)?\b|pubdate|created|issued", re.I)
CLOCKS = ("datetime", "content", "data-datetime", "data-published", "data-timestamp", "data-date", "title")
EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")  # seconds or thousandths since 1970, of the years 2001 to 2033
BESIDE = 15  # lines below the headline, or above the text, in which a date stands
MOST = 40
MOST_BESIDE = 8  # words beside a date; a byline and its place have fewer
SLACK = timedelta(days=1)  # the same evening in two zones


def find_published(
    tree: HtmlElement,
    lines: Sequence[Line],
    imprint: Imprint,
    heading: HtmlElement | None,
    found: Sequence[Line],
    origin: Provenance,
    url: str | None,
) -> PartialDate | None:
    """The first publication, with the reason for believing it; the last change only where nothing else is stated.

    A day in the address speaks against a date in the data that is also that of the last change, and chooses between
    the dates that the page shows.
    """
    in_url = date_in_url(url) or date_in_url(imprint.url)
    for value in imprint.published:
        if stated := _read(value, origin, "stated in the page's data"):
            changed = any(_agree(stated, c) for v in imprint.changed if (c := _read(v, origin, "")))
            if in_url and changed and _day(stated) - _day(in_url) > SLACK:
                return in_url
            return stated
    for shown in _shown(tree, lines, heading, found, origin):
        if in_url is None or _agree(shown, in_url):
            return shown
    if in_url:
        return in_url
    for value in imprint.changed:
        if stated := _read(value, origin, "last changed, as the page's data state"):
            return stated
    return None


def _shown(
    tree: HtmlElement, lines: Sequence[Line], heading: HtmlElement | None, found: Sequence[Line], origin: Provenance
) -> Iterator[PartialDate]:
    """The dates a reader sees or a program is shown, those that say "published" first."""
    marked = list(_marked(tree, heading))
    for value, _ in sorted(marked, key=lambda pair: pair[1]):
        if stated := _read(value, origin, "stated beside the headline"):
            yield stated
    for text in [*_beside(lines, heading, found), *_named(tree)]:
        if leftover(text) is None:
            continue
        stamps = find_stamps(text, origin)
        ranked = sorted(stamps, key=lambda stamp: bool(LATER.search(text[max(0, stamp.start - 25) : stamp.start])))
        yield from (stamp.date for stamp in ranked[:1])


def _marked(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[tuple[str, int]]:
    """The values of marked times, with a rank: first publication, plain, last change; above the headline later."""
    passed = heading is None
    for element in tree.iter("h1", "h2", "h3", "time", "abbr", "span", "div", "p", "relative-time", "local-time"):
        if element is heading:
            passed = True
        names = " ".join(element.get(name) or "" for name in ("class", "itemprop", "id"))
        if element.tag not in ("time", "relative-time", "local-time") and not NAMED.search(names):
            continue
        value = next((v for name in CLOCKS if (v := element.get(name)) and any(c.isdigit() for c in v)), None)
        if element.tag == "time" and value is None:
            value = clean(element.text_content()[:100])
        if not value or is_elsewhere(element):
            continue
        around = " ".join([names, *((p.get("class") or "") for p in [element.getparent()] if p is not None)])
        rank = 0 if FIRST.search(around) or element.get("pubdate") is not None else 2
        rank = 4 if LATER.search(around) else rank
        yield value, rank + (0 if passed else 1)


def _beside(lines: Sequence[Line], heading: HtmlElement | None, found: Sequence[Line]) -> Iterable[str]:
    """Short lines between headline and text and just above both; below the text only such as say "published"."""
    at = next((i for i, line in enumerate(lines) if heading is not None and line.owner is heading), None)
    orders = [line.order for line in found if line.is_prose]
    start = next((i for i, line in enumerate(lines) if orders and line.order == orders[0]), None)
    near: list[Line] = []
    if at is not None:
        near += lines[at + 1 : at + BESIDE if start is None or start < at else min(start, at + BESIDE)]
        near += lines[max(0, at - 3) : at]
    if start is not None:
        near += lines[max(0, start - BESIDE) : start + 1]
        end = next((i for i, line in enumerate(lines) if line.order == orders[-1]), start)
        near += [line for line in lines[end + 1 : end + 6] if FIRST.match(line.text)]
    for line in near:
        rest = leftover(line.text)
        # A sentence with a date speaks of something else.
        if rest is not None and len(rest.split()) <= MOST_BESIDE and not is_elsewhere(line.owner):
            yield line.text


def _named(tree: HtmlElement) -> Iterator[str]:
    count = 0
    for element in tree.iter():
        if count >= MOST:
            return
        if isinstance(element.tag, str) and NAMED.search(element.get("class") or "") and not is_elsewhere(element):
            text = clean(element.text_content()[:200])
            if 5 < len(text) < 160:
                count += 1
                yield text


def _read(value: str, origin: Provenance, reason: str) -> PartialDate | None:
    value = value.strip()
    if EPOCH.match(value):
        value = datetime.fromtimestamp(int(value[:10]), UTC).isoformat()
    return read_stamp(value, origin, reason=f"{reason}: {value[:60]}")


def _day(stated: PartialDate) -> datetime:
    day = stated.earliest
    assert day is not None  # a stamp always has its day
    return datetime(day.year, day.month, day.day)


def _agree(one: PartialDate, other: PartialDate) -> bool:
    return abs(_day(one) - _day(other)) <= SLACK
