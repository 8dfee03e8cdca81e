"""What is given to be read, and why it may not be: values alone, so that a web process can name them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from timeline.extraction.mentions import Document

OPTIONAL = ("url", "title", "published", "publisher")
LARGEST = 10_000_000  # bytes, as for a fetched page once it is decoded
BROKEN = re.compile("[\x00\ud800-\udfff]")


def mend(text: str) -> str:
    """Replace NUL and lone surrogates, which no database takes, one for one, so that offsets stay."""
    return BROKEN.sub("\ufffd", text)


class Unread(Exception):
    """Why an article is not read; the message says it in words."""


class UnreadableDocument(Unread):
    """There is no article in what was given."""


class NoModel(Unread):
    """No language model is installed that reads this language; the message says what to install.

    `document` is the article as far as it is read without one: its text, headline, authors and date.
    """

    def __init__(self, message: str, document: Document | None = None) -> None:
        super().__init__(message, document)  # what an exception must hold to be sent from process to process
        self.document = document

    def __str__(self) -> str:
        return str(self.args[0])


class NoRules(NoModel):
    """The language is not read at all, whatever is installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article to read: its bytes, or its text, or its page; and what is known of it from elsewhere.

    The bytes, the text and the page stay as they came; the rest is mended. `charset` is what a server said beside the
    bytes.
    """

    id: str
    content: bytes | None = None
    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    charset: str | None = None

    def __post_init__(self) -> None:
        for name in ("id", *OPTIONAL, "charset"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, mend(value))

    @property
    def given(self) -> dict[str, str]:
        """What is known beside the content, and what the content is; with `raw` it makes the record again."""
        beside = {name: value for name in OPTIONAL if (value := getattr(self, name))}
        if self.charset:
            beside["charset"] = self.charset
        form = "text" if self.text is not None else "html" if self.html is not None else ""
        return beside | ({"form": form} if form else {})

    @classmethod
    def again(cls, identifier: str, raw: bytes, given: Mapping[str, str]) -> Record:
        """The record that `raw` and `given` are of."""
        record = cls(
            id=identifier,
            url=given.get("url"),
            title=given.get("title"),
            published=given.get("published"),
            publisher=given.get("publisher"),
            charset=given.get("charset"),
        )
        match given.get("form"):
            case "text":
                return replace(record, text=raw.decode())
            case "html":
                return replace(record, html=raw.decode())
            case _:
                return replace(record, content=raw)

    @property
    def raw(self) -> bytes:
        """The bytes to keep. Lone surrogates, which JSON can carry and UTF-8 cannot, become U+FFFD."""
        if self.content is not None:
            return self.content
        text = self.text if self.text is not None else self.html or ""
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def parse_record(line: str, *, fallback_id: str = "") -> Record:
    """A record from one line of JSON.

    Raises:
        UnreadableDocument: the line is no record; the message says why.
    """
    try:
        value = json.loads(line.removeprefix("\ufeff"))
    except RecursionError as error:
        raise UnreadableDocument("not JSON of an article: nested too deeply") from error
    except ValueError as error:
        raise UnreadableDocument(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise UnreadableDocument("not a JSON object")
    for key in ("id", "text", "html", *OPTIONAL):
        if value.get(key) is not None and not isinstance(value[key], str):
            raise UnreadableDocument(f"{key} is no string")
    if (value.get("text") is None) == (value.get("html") is None):
        raise UnreadableDocument("a record has exactly one of text and html")
    return Record(
        id=value.get("id") or fallback_id,
        text=value.get("text"),
        html=value.get("html"),
        **{key: value.get(key) or None for key in OPTIONAL},
    )


def record_id(line: str) -> str | None:
    """The id of a record that may be broken otherwise."""
    try:
        value = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    found = value.get("id") if isinstance(value, dict) else None
    return mend(found) if isinstance(found, str) else None
