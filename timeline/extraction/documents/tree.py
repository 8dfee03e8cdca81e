"""The tree of a web page: parsed once, thinned where its markup would overrun a parser, less what nobody reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from timeline.extraction.records import UnreadableDocument

DEEPEST = 900  # nested elements; deeper trees overrun the stack of those who walk them
CROWDED = 20_000  # characters of one tag; the longest of real pages hold pictures or data, with few spaces
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,30})[^<>]*>?")
# What a page too deep for any reader is reduced to: tags that do not nest, and those that hold its data.
SHALLOW = re.compile(
    r"<(?!/?(?:html|head|body|title|meta|link|script|style|h[1-6]|p|br|time|figcaption)\b|!--)/?[a-z][^<>]*>", re.I
)
LOST = "part of the page could not be read"
DEEP = "the page is nested too deeply: its paragraphs were read without their places on the page"
CUT = "the page ends early: it may have been cut"
# Dialogues about cookies and consent that stand over the page, by the products that make them.
CONSENT = re.compile(
    r"onetrust|cookie-?(?:consent|banner|notice|wall|law|bar\b|popup)|consent-?(?:banner|modal|wall|manager)|didomi"
    r"|qc-cmp|sp_message|truste|gdpr|cybotcookie|usercentrics|fc-consent",
    re.I,
)
MOJIBAKE = re.compile("â€[\u0080-\u2122]|Ã[\u0080-\u00bf\u0152-\u2122]")


@dataclass(frozen=True, slots=True)
class Page:
    tree: HtmlElement
    warnings: tuple[str, ...]


def parse_page(html: str) -> Page:
    """The page's tree, with a warning in words for each thing that could not be read.

    Raises:
        UnreadableDocument: there is no tree to read.
    """
    warnings = []
    html, crowded = _thinned(_mended(html))
    tree, broken = _parsed(html)
    if broken or _depth(tree) >= DEEPEST:
        shallow, lost = _parsed(SHALLOW.sub(" ", html))
        if _depth(shallow) < DEEPEST and len(shallow.text_content()) > 0:
            tree, broken, crowded = shallow, False, crowded or lost
            warnings.append(DEEP)
    if broken or crowded:
        warnings.append(LOST)
    if _is_cut(html):
        warnings.append(CUT)
    for element in [e for e in tree.iter("div", "section", "aside", "dialog", "form") if _is_consent(e)]:
        if element.getparent() is not None:
            element.drop_tree()
    return Page(tree, tuple(warnings))


def _is_cut(html: str) -> bool:
    """Whether a page breaks off within a text or a tag; its last tags by themselves may be left out."""
    end = html.rstrip()
    opened = re.search(r"<(?:html|body)\b", html[:5000], re.I)
    return bool(opened) and not end.endswith(">") and not re.search(r"</(?:html|body)\s*>", end[-50_000:], re.I)


def _parsed(html: str) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise UnreadableDocument("the page holds no readable markup") from error
    return tree, any(
        entry.type_name in ("ERR_DOCUMENT_EMPTY", "ERR_NO_MEMORY", "ERR_NAME_TOO_LONG", "ERR_RESOURCE_LIMIT")
        or "excessive depth" in entry.message.lower()
        for entry in parser.error_log
    )


def _mended(html: str) -> str:
    """The page less the marks of one wrong decoding ("donâ€™t"), where undoing it makes sense of every letter."""
    if len(MOJIBAKE.findall(html)) < 3:
        return html
    try:
        return html.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return html


def _thinned(html: str) -> tuple[str, bool]:
    """The page less the attributes of tags with thousands of them, which take a parser minutes."""
    crowded = 0

    def thin(match: re.Match[str]) -> str:
        nonlocal crowded
        if len(match[0]) < CROWDED or match[0].count("=") + match[0].count(" ") < CROWDED // 4:
            return match[0]
        crowded += 1
        return f"<{match[1]}>"

    return TAG.sub(thin, html), crowded > 0


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_consent(element: HtmlElement) -> bool:
    """A dialogue about cookies: little text, so that no article wrapped in such a name is lost."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return bool(CONSENT.search(names)) and element.find(".//h1") is None and element.find(".//article") is None
