"""What a web page states about itself: JSON-LD, meta tags of every family, microdata and RDFa."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from timeline.extraction.documents.data import OTHERS, Thing, choose, find_things, is_article, is_listing, types_of
from timeline.extraction.documents.furniture import read_names, words
from timeline.extraction.documents.lines import is_elsewhere

TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline",
    "citation_title", "title",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dc:creator",
    "dc.creator.name", "dcterms.creator", "citation_author", "cxenseparse:author", "article.author",
    "article:author_name", "rbauthors", "bt:author", "creator",
)  # fmt: skip
DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publish_date",
    "publication_date", "pubdate", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dc:date", "dc.date.created", "date.published", "published_at", "published-date", "bt:pubdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "citation_publication_date",
    "article_date_original", "originalpublicationdate", "displaydate", "date", "dcterms.date",
    "article-published", "rnews:datepublished", "timestamp", "iso-8601-publish-date", "datecreated",
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
# Microdata and RDFa, by the name they have there, less its prefix.
MARKED = {
    "headline": "headline", "datepublished": "datepublished", "datemodified": "datemodified",
    "datecreated": "datecreated", "title": "dc.title",
    "date": "dc.date", "issued": "dc.date.issued",
}  # fmt: skip
ADDRESS = re.compile(r"https?://|^www\.|^@|\.com\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Every field is a list of what the page says, the most trusted first.

    `authors` stand in the page's own article data, `credited` in its meta tags. `updates` are the posts of a live
    blog. `is_listing` says that the page calls itself a list of others and no article, `is_article` the contrary;
    `for_subscribers` that it gives the rest of the text to subscribers alone.
    """

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deks: tuple[str, ...] = ()
    body: str = ""
    updates: tuple[Thing, ...] = ()
    url: str | None = None
    language: str | None = None
    is_article: bool = False
    is_listing: bool = False
    for_subscribers: bool = False


def read_imprint(tree: HtmlElement, url: str | None = None) -> Imprint:
    """What the head of a page and its marked-up data say; `url` is the address it was fetched from, where known."""
    things = list(find_things(tree))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 2}
    meta = _meta(tree)
    address = _address(tree, meta)
    headings = [clean(h.text_content()) for h in tree.xpath("//h1")]
    chosen = choose(things, [*_of(meta, TITLES), *headings], filter(None, (address, url)))
    main = [chosen] if chosen is not None else []
    weak = (t.get("datePublished") for t in things if any(kind in OTHERS[:2] for kind in types_of(t)))
    kinds = " ".join(meta.get("og:type", ())).lower()
    said = any(is_article(thing) for thing in main) or "article" in kinds or "article:published_time" in meta
    return Imprint(
        titles=_unique([*_of(meta, TITLES[:1]), *_said(main, "headline"), *_said(main, "name"), *_of(meta, TITLES)]),
        authors=_unique([n for t in main for n in _people(t.get("author") or t.get("creator"), by_id)]),
        credited=_unique(_credited(meta)),
        publishers=_unique(
            [
                *(n for t in main for n in _names(t.get("publisher"), by_id)),
                *(name.lstrip("@") for name in _of(meta, PUBLISHERS) if not name.startswith("http")),
            ]
        ),
        published=_unique(
            [
                *_said(main, "datePublished"), *_of(meta, DATES), *map(_text, weak), *_said(main, "uploadDate"),
                *_said(main, "dateCreated"),
            ]
        ),
        changed=_unique([*_said(main, "dateModified"), *_of(meta, CHANGED)]),
        deks=_unique([*_said(main, "description"), *_of(meta, DEKS)]),
        body=max((b for t in main if isinstance(b := t.get("articleBody"), str)), key=len, default=""),
        updates=tuple(t for thing in main for t in _listed(thing.get("liveBlogUpdate"))),
        url=address,
        language=_language(tree, main),
        is_article=said,
        is_listing=not said and (kinds == "website" or any(map(is_listing, things))),
        for_subscribers=any(str(t.get("isAccessibleForFree")).lower() == "false" for t in main),
    )  # fmt: skip


def _listed(value: Any) -> list[Thing]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _said(things: Iterable[Thing], key: str) -> list[str]:
    return [_text(thing.get(key)) for thing in things]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean(value) if isinstance(value, str) else ""


def clean(text: str, most: int = 5000) -> str:
    """One line of at most some characters, entities resolved, tags dropped."""
    text = unescape(unescape(text[:most])) if "&" in text else text[:most]
    return " ".join(re.sub(r"<[^<>]{1,200}>", " ", text).split()) if "<" in text else " ".join(text.split())


def _names(value: Any, by_id: dict[str, Thing]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            item = by_id.get(item["@id"], item)
        if isinstance(item, dict):
            names = item.get("name") or item.get("byline") or item.get("alternateName")
            if not names and (item.get("givenName") or item.get("familyName")):
                names = f"{item.get('givenName') or ''} {item.get('familyName') or ''}"
            yield from (clean(n) for n in (names if isinstance(names, list) else [names]) if isinstance(n, str))
        elif isinstance(item, str):
            yield clean(item)


def _people(value: Any, by_id: dict[str, Thing]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and is_other_work(_text(item.get("jobTitle")) or _text(item.get("roleName"))):
            continue
        for name in _names(item, by_id):
            yield from read_person(name)


def is_other_work(office: str) -> bool:
    """Whether an office is of those who take pictures or edit rather than write."""
    return any(word in office.lower().split() for word in words("other"))


def read_person(text: str) -> Iterator[str]:
    """The names in an author field: "By Ana Ruiz and Tom Hale", "Ana Ruiz, Political Editor"."""
    text = re.sub(r"^\s*by[:\s]+(?=\S)", "", clean(text), flags=re.IGNORECASE)
    if not text or ADDRESS.search(text) or len(text) > 300 or text.lower() in words("nobody"):
        return
    names = read_names(text)
    if names:
        yield from names
    elif len(text.split()) <= 6 and not any(word in words("label") for word in text.lower().split()):
        yield text


def _credited(meta: dict[str, list[str]]) -> list[str]:
    """The authors of the first family of meta tags that names somebody by more than one word, else of the first."""
    families = [[n for value in meta.get(key, ()) for n in read_person(value)] for key in AUTHORS]
    families = [names for names in families if names]
    publishers = {name.lower().lstrip("@") for name in _of(meta, PUBLISHERS)}
    return next(
        (names for names in families if any(" " in n and n.lower() not in publishers for n in names)),
        families[0] if families else [],
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Meta tags, microdata and RDFa by their names in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        value = element.get("content") or ""
        if name == "parsely-page":
            _add_parsely(found, value)
        elif name and (value := clean(value)):
            found.setdefault(name, []).append(value)
    for element in tree.xpath("//*[not(self::meta)][@itemprop or @property]"):
        for term in (element.get("itemprop") or element.get("property") or "").lower().split():
            name = MARKED.get(term.rpartition(":")[2], "")
            if name and _is_own(element) and (value := _value(element)):
                found.setdefault(name, []).append(value)
    return found


def _add_parsely(found: dict[str, list[str]], value: str) -> None:
    try:
        data = json.loads(unescape(value), strict=False)
    except (ValueError, RecursionError):
        return
    for name, place in (
        ("title", "parsely-title"), ("author", "parsely-author"), ("authors", "parsely-author"),
        ("pub_date", "parsely-pub-date"),
    ):  # fmt: skip
        said = data.get(name) if isinstance(data, dict) else None
        found.setdefault(place, []).extend(
            clean(v) for v in (said if isinstance(said, list) else [said]) if isinstance(v, str) and v.strip()
        )


def _is_own(element: HtmlElement) -> bool:
    """Whether marked data are of the page's article rather than of a comment, a film or an article it lists."""
    if is_elsewhere(element):
        return False
    parent = element.getparent()
    while parent is not None:
        kind = parent.get("itemtype") or parent.get("typeof") or ""
        if kind:
            return kind.rstrip("/").endswith(("Article", "Posting", "Report", "Review", "WebPage", "Blog", "Document"))
        parent = parent.getparent()
    return True


def _value(element: HtmlElement) -> str:
    return clean(element.get("content") or element.get("datetime") or element.text_content())


def _of(meta: dict[str, list[str]], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        yield from meta.get(key, ())


def _address(tree: HtmlElement, meta: dict[str, list[str]]) -> str | None:
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    for address in (*canonical, *meta.get("og:url", ())):
        if str(address).startswith(("http://", "https://")) and len(address) < 2000:
            return str(address).strip()
    return None


def _language(tree: HtmlElement, main: list[Thing]) -> str | None:
    for value in (*tree.xpath("/html/@lang"), *(_text(t.get("inLanguage")) for t in main)):
        if match := re.match(r"[a-z]{2}(?=$|[-_])", str(value).strip().lower()):
            return match[0]
    return None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
