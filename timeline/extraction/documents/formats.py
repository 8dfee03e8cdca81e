"""Bytes or text -> Document: encoding, main text, the role of every block, headline, bylines, date, language."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from trafilatura.utils import detect_encoding

from timeline.extraction.documents.blocks import Labelled, label
from timeline.extraction.documents.pages import read_page
from timeline.extraction.documents.pdf import MAGIC as PDF
from timeline.extraction.documents.pdf import text_of_pdf
from timeline.extraction.documents.publication import (
    MONTH,
    MONTHS,
    Provenance,
    date_in_url,
    find_stamps,
    provenance,
    read_stamp,
)
from timeline.extraction.documents.tongue import language_of
from timeline.extraction.mentions import Document
from timeline.extraction.records import LARGEST, UnreadableDocument, mend
from timeline.vocabulary import BlockRole, DateBasis, DatePrecision, PartialDate

MAGIC = (
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"RIFF", "a media file"), (b"PK\x03\x04", "a zip archive or office file"), (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "an archive"), (b"\xfd7zXZ", "an archive"), (b"7z\xbc\xaf", "an archive"), (b"Rar!", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an office file"), (b"{\\rtf", "an RTF file"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"SQLite format 3", "a database"), (b"OggS", "a media file"), (b"ID3", "a media file"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"WARC/", "a web archive"), (b"wOFF", "a font"), (b"wOF2", "a font"), (b"%!PS", "a PostScript file"),
)  # fmt: skip
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# What browsers read where a page declares the narrower charset.
WIDER = {
    "iso-8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252", "ascii": "windows-1252",
    "us-ascii": "windows-1252", "iso-8859-9": "windows-1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
    "tis-620": "cp874", "windows-874": "cp874", "x-sjis": "cp932",
}  # fmt: skip
MARKED = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""")
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
MARKUP = re.compile(
    r"<(?:p|div|article|h[1-6]|span|section|main|table|ul|meta|title|script)\b[^<>]{0,300}>", re.IGNORECASE
)
FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")


def read_document(
    content: bytes,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    charset: str | None = None,
) -> Document:
    """Read a web page, a plain text or a PDF file.

    Args:
        content: the file as it was fetched or saved.
        url, title, published, publisher: what is known beside the content; used where it states none itself.
        charset: what the server said beside it, if it did.

    Raises:
        UnreadableDocument: it is empty, too large, or none of the three.
    """
    if len(content) > LARGEST:
        raise UnreadableDocument(f"larger than {LARGEST // 1_000_000} MB")
    if content.startswith(PDF):
        return read_text(text_of_pdf(content), url=url, title=title, published=published, publisher=publisher)
    text = decode(content, charset)
    read = read_html if is_page(text) else read_text
    return read(text, url=url, title=title, published=published, publisher=publisher)


def read_html(
    html: str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Document:
    """Read a web page: its article, and what it says about itself.

    Raises:
        UnreadableDocument: it is empty, too large, or holds no article text.
    """
    if len(html) > LARGEST:
        raise UnreadableDocument(f"larger than {LARGEST // 1_000_000} MB")
    if not html.strip():
        raise UnreadableDocument("the document is empty")
    document = read_page(mend(html), url=url, title=title, publisher=publisher)
    return _with_given(document, url=url, published=published)


def read_text(
    text: str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Document:
    """Read a plain text, such as one pasted from a page. `Document.text` is the input, character for character; only
    NUL and lone surrogates, which no database takes, become U+FFFD one for one.

    Raises:
        UnreadableDocument: it is empty or too large.
    """
    if len(text) > LARGEST:
        raise UnreadableDocument(f"larger than {LARGEST // 1_000_000} MB")
    text = mend(text)
    if not any(c.isalnum() for c in text):
        raise UnreadableDocument("the document is empty" if not text.strip() else "the document holds no words")
    found = label(text, title)
    prose = "\n".join(text[b.start : b.end] for b in found.blocks if b.role in (BlockRole.BODY, BlockRole.DEK))
    language = language_of(prose or text)
    origin = provenance(url=url, publisher=publisher, furniture=found.furniture, language=language)
    document = Document(
        text=text,
        blocks=found.blocks,
        title=found.title or title or None,
        bylines=found.bylines,
        dek=found.dek,
        publisher=publisher,
        language=language,
        url=url,
        published=_stated(found.stated, origin),
        page_clock=_clock(found, origin),
    )
    document = _with_given(document, url=url, published=published)
    if document.published is None and found.datelines:
        return replace(document, published=_from_dateline(found.datelines, document.page_clock))
    return document


def decode(content: bytes, charset: str | None = None) -> str:
    """The text in some bytes: byte-order mark, UTF-8, the charset that is said beside it, then the one a page declares,
    else the likeliest."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument("the document is empty")
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").lstrip("\ufeff")
    for magic, name in MAGIC:
        if content.startswith(magic):
            raise UnreadableDocument(f"this is {name}, not a page or a text")
    wide = _wide(content)
    if wide:
        return content.decode(wide, "replace")
    if content.count(0) > len(content) // 50:
        raise UnreadableDocument("this is a binary file, not a page or a text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _in_declared(content, charset)
    sample = text[:10_000]
    odd = sum(ord(c) < 32 and c not in "\t\n\r\f\x00\x1b\x1a" for c in sample) + sample.count("\ufffd")
    if odd > max(3, len(sample) // 10):
        raise UnreadableDocument("this is a binary file, not a page or a text")
    return text


def is_page(text: str) -> bool:
    """Whether a text is HTML; a feed or data file is refused."""
    head = text[:4000].lstrip("\ufeff \t\r\n")
    if head.startswith("<") and FEED.search(head) and not PAGE.search(head):
        raise UnreadableDocument("this is a feed, not an article")
    if head[:1] in "{[" and _is_data(text):
        raise UnreadableDocument("this is a data file, not a page or a text")
    return (
        bool(PAGE.search(head))
        or (head.startswith("<") and bool(MARKUP.search(head)))
        or len(MARKUP.findall(head)) >= 4
    )


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a European text is zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if half >= 8:
        if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
            return "utf-16-le"
        if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
            return "utf-16-be"
    return None


def _in_declared(content: bytes, charset: str | None) -> str:
    """What is no UTF-8, in the charset it declares, if it makes sense there; else in the likeliest one."""
    broken = content.decode("utf-8", "replace")
    # A few broken bytes in a long UTF-8 text are a cut or a slip, not another encoding.
    multibyte = sum(ord(c) > 127 and c != "\ufffd" for c in broken)
    if multibyte > 4 * broken.count("\ufffd"):
        return broken
    said = [charset] if charset else []
    for name in (*said, *(found.decode("ascii") for found in DECLARED.findall(content[:4096]))):
        encoding = name.lower()
        encoding = WIDER.get(encoding, encoding)
        try:
            if encoding in ("utf-8", "utf8") or not codecs.lookup(encoding)._is_text_encoding:
                continue
            text = content.decode(encoding, "replace")
        except (LookupError, ValueError):
            continue
        if text.count("\ufffd") <= len(text) // 500:
            return text
    return content.decode(_guessed(content), "replace")


def _guessed(content: bytes) -> str:
    """The likeliest encoding of bytes that declare none: by what they spell where most letters are no ASCII, else that
    of Western Europe, which a few odd letters are too few to tell from others."""
    prose = MARKED.sub(b" ", content[:200_000])[:20_000]
    high = sum(byte > 127 for byte in prose)
    if high <= sum(chr(byte).isalpha() for byte in prose if byte < 128):
        return "windows-1252"
    guesses = (WIDER.get(name, name) for name in detect_encoding(prose) if not name.startswith("utf"))
    return next(guesses, "windows-1252")


def _is_data(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _with_given(document: Document, *, url: str | None, published: str | None) -> Document:
    """Fill in the publication date from outside where the document states none."""
    if published and document.published is None:
        origin = provenance(url=url, publisher=document.publisher, language=document.language)
        given = read_stamp(published, origin, reason="publication date given with the document")
        if given is None:
            return replace(
                document, warnings=(*document.warnings, f"publication date not understood: {published[:60]!r}")
            )
        return replace(document, published=given)
    if document.published is None and (in_url := date_in_url(url)):
        return replace(document, published=in_url)
    return document


def _stated(lines: Sequence[str], origin: Provenance) -> PartialDate | None:
    """The date in the lines around title and byline; the first publication rather than the last change."""
    ranked: list[tuple[bool, PartialDate]] = []
    for line in lines:
        for stamp in find_stamps(line, origin):
            before = re.findall(r"[a-z]+", line[: stamp.start].lower())
            labels = [w for w in before if w.startswith(("public", "publish", "post", "updat", "actualiz", "modif"))]
            ranked.append((bool(labels) and labels[-1].startswith(("updat", "actualiz", "modif")), stamp.date))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _clock(found: Labelled, origin: Provenance) -> PartialDate | None:
    return next((stamp.date for line in found.clocks for stamp in find_stamps(line, origin)), None)


def _from_dateline(datelines: Sequence[str], clock: PartialDate | None) -> PartialDate | None:
    """The day of "LONDON, March 3 (Agency)": with its year, or the last such day before the page was saved."""
    nowhere = Provenance()
    for line in datelines:
        if stamps := find_stamps(line, nowhere):
            return replace(stamps[0].date, reason=f"the dateline, “{line.strip()}”")
        match = re.search(
            rf"{MONTH}\s*(?P<d>\d{{1,2}})\b|\b(?P<d2>\d{{1,2}})\s+(?:de\s+)?{MONTH.replace('month', 'month2')}",
            line,
            re.I,
        )
        if match is None or clock is None or clock.latest is None:
            continue
        month = MONTHS[(match["month"] or match["month2"]).lower()]
        for year in (clock.latest.year, clock.latest.year - 1):
            try:
                day = date(year, month, int(match["d"] or match["d2"]))
            except ValueError:
                continue
            if day <= clock.latest + timedelta(days=1):
                return PartialDate(
                    earliest=day, latest=day, precision=DatePrecision.DAY, basis=DateBasis.RELATIVE, raw=match[0],
                    reason=f"the dateline, “{line.strip()}”, with the year of the site's clock",
                )  # fmt: skip
    return None
