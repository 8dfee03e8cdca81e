"""Where a report was filed: "WASHINGTON, Feb 28 (Agency) - ", "OSLO, Norway 2001-03-04", "Moscow (Agency): "."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.extraction.mentions import Document, Span
from timeline.extraction.places import gazetteer
from timeline.vocabulary import BlockRole

# Body blocks, and characters of each, in which an agency's dateline may follow a caption or credit.
BLOCKS, REACH = 2, 400
_CITY = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ -]{1,29}[A-Z\u00c0-\u00de.]"
_REGIONS = r"(?:[,/] ?[A-Z][A-Za-z\u00c0-\u024f.' -]{1,30}?){0,2}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}|\d{4}-\d\d-\d\d)(?:,? \d{4})?"
_AGENCY = r"[(\[][A-Z][\w./& ’'-]{1,40}[)\]]"
# The names before the day, agency or dash of a line that is nothing but a dateline.
WHOLE = re.compile(
    rf"(?:By [\w .]+, )?(?P<city>{_CITY}|[A-Z][\w.'’ -]{{2,30}}?)(?P<regions>{_REGIONS})"
    rf"(?:,? +{_DAY})?,? *(?:{_AGENCY})? *(?:--+|[–—―_:-])? *$"
)
# The same before prose, where only capitals and a dash tell it.
INLINE = re.compile(
    rf"(?:^|(?<=[\s)\]]))(?P<city>{_CITY})(?P<regions>{_REGIONS})(?:,? +{_DAY})?,? *(?:{_AGENCY})?"
    r" *(?:--+|[–—―]| - )\s*(?=[\"“'‘A-Z])"
)


def find_datelines(document: Document) -> Iterator[tuple[Span, str | None]]:
    """The names of places in datelines, in text order, each with the region or country that stands behind it."""
    left = BLOCKS
    for block in document.blocks:
        text = document.text[block.start : block.end]
        match block.role:
            case BlockRole.DATELINE | BlockRole.BYLINE:
                found = WHOLE.match(text)
                if found and block.role is BlockRole.BYLINE and not (found["city"].isupper() and text[-1].isdigit()):
                    found = None
            case BlockRole.BODY if left:
                left -= 1
                found = next((m for m in INLINE.finditer(text, 0, REACH) if _is_known(m)), None)
            case _:
                found = None
        if found and _is_known(found):
            yield from _names(document, block.start, found)


def _is_known(found: re.Match[str]) -> bool:
    """Whether the map knows the town, or the region said to be around it."""
    parts = [found["city"], *re.split(r"[,/]", found["regions"])]
    return any(gazetteer.is_place(part.strip()) or gazetteer.enclosing_country(part.strip()) for part in parts if part)


def _names(document: Document, start: int, found: re.Match[str]) -> Iterator[tuple[Span, str | None]]:
    pieces = [(found.start("city"), found["city"])]
    pieces += [
        (found.start("regions") + piece.start() + 1, piece[0][1:])
        for piece in re.finditer(r"[,/][^,/]+", found["regions"])
    ]
    spans = []
    for at, text in pieces:
        first = start + at + len(text) - len(text.lstrip())
        spans.append(Span.of(document.text, first, first + len(text.strip())))
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        yield span, following.text if following else None
