"""The JSON-LD of a page: every object in it, however broken the script, and which of them is the page's article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from timeline.extraction.documents.lines import key

Thing = dict[str, Any]

MOST = 20_000  # objects looked at; pages of a live blog have some thousands
ARTICLES = ("Article", "Posting", "Report", "Review", "Recipe")
OTHERS = ("WebPage", "ItemPage", "VideoObject", "CreativeWork", "MediaObject", "ImageGallery", "PodcastEpisode")
LISTS = ("CollectionPage", "SearchResultsPage", "WebSite")

WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*$"
)
# An unclosed string runs to the end, and possessively: a script of quotation marks would take minutes otherwise.
_STRING = r'"(?:\\.|[^"\\])*+(?:"|\\?\Z)'
STRING_OR_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
SPARE_COMMA = re.compile(rf"({_STRING})|,\s*(?=[,}}\]])", re.DOTALL)
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_VALUE = r'"(?P<value>(?:\\.|[^"\\]){0,3000}+)"'
FIELD = re.compile(rf'"(?P<key>headline|datePublished|dateModified|description|inLanguage|@type)"\s*:\s*{_VALUE}')
AUTHOR = re.compile(rf'"author"\s*:\s*[\[{{\s]{{0,20}}(?:"@type"\s*:\s*"Person"\s*,\s*)?"name"\s*:\s*{_VALUE}')


def find_things(tree: HtmlElement) -> Iterator[Thing]:
    """Every object in the page's JSON-LD, outermost first, without recursion."""
    seen = 0
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        queue: list[Any] = load(script.text or "")
        at = 0
        while at < len(queue) and seen < MOST:
            thing = queue[at]
            at += 1
            seen += 1
            if isinstance(thing, dict):
                yield thing
                queue.extend(value for value in thing.values() if isinstance(value, dict | list))
            elif isinstance(thing, list):
                queue.extend(thing)


def load(text: str) -> list[Any]:
    """The values in a script: JSON as it is, mended, or of what is beyond mending the few fields that can be read."""
    text = WRAPPING.sub("", text).strip()
    if not text:
        return []
    for attempt in _attempts(text):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _attempts(text: str) -> Iterator[str]:
    yield text
    if "&quot;" in text:
        yield unescape(text)
    bare = STRING_OR_COMMENT.sub(lambda match: match[1] or " ", text.strip().rstrip(";"))
    bare = BAD_ESCAPE.sub(r"\\\\", SPARE_COMMA.sub(lambda match: match[1] or "", bare))
    yield bare
    yield "[" + re.sub(r"\}\s*\{", "},{", bare) + "]"


def _salvaged(text: str) -> list[Any]:
    """The fields of a broken article, the first of each; nothing where it is no article or its order is unclear."""
    thing: Thing = {}
    for match in FIELD.finditer(text[:500_000]):
        value = match["value"]
        if match["key"] == "@type":
            if value.endswith(ARTICLES):
                thing.setdefault("@type", value)
        elif "@type" in thing or match["key"] in ("headline", "datePublished"):
            thing.setdefault(match["key"], _plain(value))
    if "@type" not in thing:
        return []
    names = [_plain(match["value"]) for match in AUTHOR.finditer(text[:500_000])]
    return [{**thing, "author": names[:1]} if names else thing]


def _plain(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def types_of(thing: Thing) -> list[str]:
    kinds = thing.get("@type")
    found = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    return [re.split(r"[/#:]", kind)[-1] for kind in found]


def is_article(thing: Thing) -> bool:
    return any(kind.endswith(ARTICLES) for kind in types_of(thing))


def is_listing(thing: Thing) -> bool:
    return any(kind in LISTS for kind in types_of(thing))


def choose(things: Iterable[Thing], headlines: Iterable[str], addresses: Iterable[str]) -> Thing | None:
    """The object that is the page's article rather than one it lists: it has the page's address or headline, a date
    and an author. A page or a film stands in where it has the page's headline and no article does."""
    keys = {key(text) for text in headlines if text}
    paths = {path for address in addresses if (path := _path(address))}

    def names_page(thing: Thing) -> bool:
        said = [thing.get("headline"), thing.get("name")]
        if any(isinstance(s, str) and (k := key(unescape(s))) and any(k in o or o in k for o in keys) for s in said):
            return True
        links = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
        links = [link.get("@id") or link.get("url") if isinstance(link, dict) else link for link in links]
        return any(isinstance(link, str) and _path(link) in paths for link in links)

    articles = [thing for thing in things if is_article(thing)]
    if articles:
        return max(
            articles,
            key=lambda t: (
                names_page(t), "datePublished" in t, "author" in t or "publisher" in t, "headline" in t,
            ),
        )  # fmt: skip
    pages = [t for t in things if any(kind in OTHERS for kind in types_of(t)) and names_page(t)]
    return max(pages, key=lambda t: ("datePublished" in t, "author" in t), default=None)


def _path(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return parts.path.strip("/").lower() if parts.scheme in ("http", "https") else ""
