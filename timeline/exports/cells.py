"""What may stand in a cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# A spreadsheet takes a text that begins with one of these for a formula, or for one after what it swallows.
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\0")

# Excel cuts a cell at 32,767 characters and counts as UTF-16 does, where an emoji is two.
LONGEST = 32_766

# So many characters at a time: the server sends few small packets, and they are nothing in memory.
CHUNK = 32 * 1024

# What a text begins with that is looked at twice: an apostrophe may stand before the rest.
SUSPECT = frozenset((*OPENERS, "'"))


def written(text: str) -> str:
    """A text as it stands between the commas of a file: as `cell` makes it, in quotation marks where it needs them.

    A million rows have fifty cells each: what is short and plain is let through at once.
    """
    if not text:
        return text
    if text[0] in SUSPECT or not text.isascii() or len(text) > LONGEST:
        text = cell(text)
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    if "," in text or "\n" in text or "\r" in text:
        return f'"{text}"'
    return text


def line(texts: Iterable[str]) -> str:
    """Some cells side by side."""
    return ",".join(map(written, texts))


def cell(text: str) -> str:
    """A text such that no program takes it for anything else.

    A text that would begin a formula gets an apostrophe before it, and so does one that has apostrophes before such a
    beginning: taking one apostrophe away gives back what it was.
    """
    text = encodable(text)
    if text[:1] in SUSPECT and text.lstrip("'").startswith(OPENERS):
        text = "'" + text
    return shortened(text)


def encodable(text: str) -> str:
    """The text without halves of characters, which pages sometimes carry and no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def width(text: str) -> int:
    """How many characters a spreadsheet counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cut with an ellipsis where it is longer than a cell."""
    if len(text) * 2 <= longest or width(text) <= longest:
        return text
    kept = text[: longest - 1]
    while width(kept) > longest - 1:
        kept = kept[: len(kept) - max(1, (width(kept) - longest + 1) // 2)]
    return kept + "…"


def joined(names: Iterable[str]) -> str:
    """A list in one cell."""
    return "; ".join(names)


def fitting(pieces: Iterable[str], rest: str = "", longest: int = LONGEST) -> str:
    """The pieces one after another, as many whole ones as a cell holds, with `rest` in place of what did not fit.

    Room for the apostrophe of `cell` is left.
    """
    room = longest - width(rest) - 1
    kept: list[str] = []
    for piece in pieces:
        if width(piece) > room:
            kept.append(rest)
            break
        room -= width(piece)
        kept.append(piece)
    return "".join(kept)


def chunks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in larger pieces."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(kept)
            kept, size = [], 0
    yield "".join(kept)
