"""A page as a reader takes it in: words without markup, links with their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

BLOCKS = frozenset(
    [
        *("blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3"),
        *("li", "ol", "p", "pre", "section", "summary", "td", "th", "ul"),
    ]
)
Pairs = list[tuple[str, str]]


class Page:
    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.tree: Any = html.fromstring(response.content.decode())

    def elements(self, name: str, within: Any | None = None) -> list[Any]:
        """Elements of a class, or with "#" before it of an id, or with a tag's name in angle brackets."""
        root = self.tree if within is None else within
        if name.startswith("#"):
            path = f"descendant-or-self::*[@id='{name[1:]}']"
        elif name.startswith("<"):
            path = f".//{name.strip('<>')}"
        else:
            path = f"descendant-or-self::*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        return list(root.xpath(path))

    def texts(self, name: str) -> list[str]:
        return [words(element) for element in self.elements(name)]

    def text(self, name: str) -> str:
        (only,) = self.texts(name)
        return only

    def links(self, name: str) -> Pairs:
        """Text and address of every link in (or at) the elements of a class."""
        return [
            (words(link), link.get("href"))
            for element in self.elements(name)
            for link in ([element] if element.tag == "a" else element.xpath(".//a[@href]"))
        ]

    def options(self, name: str) -> list[str]:
        """The choices of a select by its parameter, without "Any"."""
        return [words(option) for option in self.tree.xpath(f".//select[@name='{name}']/option[@value!='']")]


def words(element: Any) -> str:
    """The text as it reads, with a blank wherever a block begins or ends."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    edge = " " if element.tag in BLOCKS else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge
