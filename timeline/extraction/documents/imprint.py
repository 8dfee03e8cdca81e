"""What a web page states about itself: JSON-LD of every shape, then meta tags and microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from timeline.extraction.documents.furniture import read_names, words

MOST = 20_000  # objects of JSON-LD looked at; pages of a live blog have some thousands
ARTICLES = ("Article", "Posting", "Report", "Review", "Recipe")
TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline", "title",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dc.creator.name",
    "dcterms.creator", "citation_author", "cxenseparse:author", "article.author", "article:author_name",
)  # fmt: skip
DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publish_date",
    "publication_date", "pubdate", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dc.date.created", "date.published", "published_at", "published-date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "citation_publication_date",
    "article_date_original", "originalpublicationdate", "displaydate", "date", "dcterms.date",
    "article-published", "rnews:datepublished", "timestamp", "iso-8601-publish-date",
)  # fmt: skip
CHANGED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod",
)  # fmt: skip
DEKS = (
    "og:description", "description", "twitter:description", "dc.description", "sailthru.description",
)  # fmt: skip
PUBLISHERS = (
    "og:site_name", "application-name", "dc.publisher", "publisher", "article:publisher", "twitter:site",
)  # fmt: skip
ADDRESS = re.compile(r"https?://|^www\.|^@|\.com\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Every field is a list of what the page says, the most trusted first."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deks: tuple[str, ...] = ()
    body: str = ""
    url: str | None = None
    language: str | None = None


def read_imprint(tree: HtmlElement) -> Imprint:
    """What the head of a page and its marked-up data say."""
    things = list(_things(tree))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 2}
    articles = sorted((t for t in things if _is_article(t)), key=_weight, reverse=True)
    main = articles[:1]
    meta = _meta(tree)
    authors = [name for thing in main for name in _people(thing.get("author") or thing.get("creator"), by_id)]
    if not authors:
        authors = [name for key in AUTHORS for value in meta.get(key, ()) for name in _person(value)]
    weak = (t.get("uploadDate") or t.get("datePublished") for t in things if _is_weak(t))
    return Imprint(
        titles=_unique([*_said(main, "headline"), *_said(main, "name"), *_of(meta, TITLES)]),
        authors=_unique(authors),
        publishers=_unique(
            [
                *(n for t in main for n in _names(t.get("publisher"), by_id)),
                *(name.lstrip("@") for name in _of(meta, PUBLISHERS)),
            ]
        ),
        published=_unique(
            [*_said(main, "datePublished"), *_of(meta, DATES), *map(_text, weak), *_said(main, "dateCreated")]
        ),
        changed=_unique([*_said(main, "dateModified"), *_of(meta, CHANGED)]),
        deks=_unique([*_said(main, "description"), *_of(meta, DEKS)]),
        body=max((b for t in main if isinstance(b := t.get("articleBody"), str)), key=len, default=""),
        url=_address(tree, meta),
        language=_language(tree, main),
    )


def _said(things: Iterable[dict[str, Any]], key: str) -> list[str]:
    return [_text(thing.get(key)) for thing in things]


def _things(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, outermost first, without recursion."""
    seen = 0
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        queue: list[Any] = [_load(script.text or "")]
        while queue and seen < MOST:
            thing = queue.pop(0)
            seen += 1
            if isinstance(thing, dict):
                yield thing
                queue.extend(value for value in thing.values() if isinstance(value, dict | list))
            elif isinstance(thing, list):
                queue.extend(thing)


def _load(text: str) -> Any:
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*$",
        "",
        text,
    )
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text.strip().rstrip(";"))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _is_article(thing: dict[str, Any]) -> bool:
    return any(kind.rsplit("/", 1)[-1].endswith(ARTICLES) for kind in _types(thing))


def _is_weak(thing: dict[str, Any]) -> bool:
    return any(kind in ("WebPage", "VideoObject", "CreativeWork") for kind in _types(thing))


def _weight(thing: dict[str, Any]) -> tuple[bool, bool, bool]:
    """The page's own article before those it lists: it has a date and an author, and is no comment."""
    return ("datePublished" in thing, "author" in thing or "publisher" in thing, "headline" in thing)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return clean(value) if isinstance(value, str) else ""


def clean(text: str) -> str:
    """One line, entities resolved, tags dropped."""
    text = unescape(unescape(text[:5000])) if "&" in text else text[:5000]
    return " ".join(re.sub(r"<[^<>]{1,200}>", " ", text).split()) if "<" in text else " ".join(text.split())


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            item = by_id.get(item["@id"], item)
        if isinstance(item, dict):
            names = item.get("name")
            yield from (clean(n) for n in (names if isinstance(names, list) else [names]) if isinstance(n, str))
        elif isinstance(item, str):
            yield clean(item)


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name in _names(value, by_id):
        yield from _person(name)


def _person(text: str) -> Iterator[str]:
    """The names in an author field: "By Ana Ruiz and Tom Hale", "Ana Ruiz, Political Editor"."""
    text = re.sub(r"^\s*by[:\s]+(?=\S)", "", clean(text), flags=re.IGNORECASE)
    if (
        not text
        or ADDRESS.search(text)
        or len(text) > 300
        or text.lower() in ("admin", "administrator", "editor", "null", "none")
    ):
        return
    names = read_names(text)
    if names:
        yield from names
    elif len(text.split()) <= 6 and not any(word in words("label") for word in text.lower().split()):
        yield text


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = clean(element.get("content") or "")
        if key and value:
            found.setdefault(key, []).append(value)
    return found


def _of(meta: dict[str, list[str]], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        yield from meta.get(key, ())


def _address(tree: HtmlElement, meta: dict[str, list[str]]) -> str | None:
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    for address in (*canonical, *meta.get("og:url", ())):
        if str(address).startswith(("http://", "https://")) and len(address) < 2000:
            return str(address).strip()
    return None


def _language(tree: HtmlElement, main: list[dict[str, Any]]) -> str | None:
    for value in (*tree.xpath("/html/@lang"), *(_text(t.get("inLanguage")) for t in main)):
        if match := re.match(r"[a-z]{2}(?=$|[-_])", str(value).strip().lower()):
            return match[0]
    return None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
