"""What is not prose in a pasted article: menus, buttons, advertisements of the site, picture credits, bylines.

The words are in lexicon/en/furniture.txt. Everything here judges one line by itself; `blocks` puts the lines together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from timeline.extraction.documents.publication import without_stamps
from timeline.extraction.lexicon import LEXICON

WORDS = LEXICON / "en" / "furniture.txt"

BYLINE = re.compile(
    r"^(?:By-?line|BYLINE|By|BY|(?:Written|Posted|Reported|Reporting|Story) by)\s*:?\s*(?=[^\W\d_])(?P<names>.+)$"
)
IDENTIFIER = re.compile(r"^[a-z]+(?:[_-][a-z]+)*_[a-z]+$|^[{<\[].{0,40}[}>\]]$|^[\W_]+$")
# "Home / World News / US News / The headline": where on the site the page stands.
BREADCRUMB = re.compile(r"^(?:[\w&'’. -]{2,30}\s[/>›»|]\s){2,}\S")
WEATHER = re.compile(r"^[A-Z][\w .'-]{1,30}\s-?\d{1,3}\s?°?\s?[CF]$")
# "… in a video(Meridian Wire)": a copy and paste glues the credit to its caption, whoever is credited.
GLUED_CREDIT = re.compile(r"(?<=[^\W\d_])\([A-Z][\w .&'-]{1,40}\)$")
SIGN_OFF = re.compile(
    r"^[(\[–—-]+\s*(?:with inputs? from|inputs? from|source)?[:\s]*(?P<who>[A-Z][\w/ ,&.-]{1,40}?)\s*[)\]]*$", re.I
)
CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0400-\u042f]")
PARTICLES = frozenset((
    "de", "da", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "ten", "al", "el",
    "bin", "ibn", "ben", "abu", "y", "e", "i", "af", "av", "zu", "st",
))  # fmt: skip
CALENDAR = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
))  # fmt: skip


@cache
def words(kind: str) -> frozenset[str]:
    """The words or phrases of one kind in the furniture list."""
    return frozenset(_lists()[kind])


def is_furniture(line: str) -> bool:
    """Whether a line is a button, a menu entry or an advertisement of the site."""
    low = " ".join(line.lower().replace("’", "'").split())
    bare = low.strip(" .:|>»›→•·-–—*")
    if bare in words("line") or any(p.match(line.strip()) for p in (IDENTIFIER, WEATHER, BREADCRUMB)):
        return True
    if low.startswith(_starts()):
        return True
    first = low.split(" ", 1)[0]
    return (
        (first in words("asks"))
        and len(low.split()) <= 60
        and not any(mark in line for mark in '"“”')
        and sum(phrase in low for phrase in words("offers")) >= (1 if len(low.split()) <= 25 else 2)
    )


def read_byline(line: str) -> tuple[str, ...]:
    """The names in a line such as "By Ana Ruiz and Tom Hale"; empty where it is no byline."""
    match = BYLINE.match(line.strip())
    return read_names(match["names"]) if match else ()


def read_names(text: str) -> tuple[str, ...]:
    """The persons named in what stands after "By", without offices, papers, places and dates."""
    text = re.split(
        r"\s[|·•]\s?|\s[–—-]\s|\s(?:in|for|at|from|of)\s(?=[A-Z])|\s*[(\[]|\bUpdated\b|\bPublished\b|@", text
    )[0]
    text = without_stamps(text).strip(" ,;:|-–—")
    if not text or len(text.split()) > 20:
        return ()
    found: list[str] = []
    for part in re.split(r"\s*(?:,\s*and\s+|,|;|\band\b|\bAND\b|&|\bwith\b)\s*", text):
        name = part.strip(" .,|")
        if not name or any(word.lower().strip(".") in words("role") for word in name.split()):
            continue
        if not is_name(name):
            if not found:
                return ()
            continue
        if name not in found:
            found.append(name)
    return tuple(found)


def is_name(text: str) -> bool:
    parts = text.split()
    if not 1 <= len(parts) <= 6 or len(text) > 60 or any(c.isdigit() for c in text):
        return False
    if any(part.lower() in CALENDAR for part in parts) and len(parts) == 1:
        return False
    return all(CAPITAL.match(p.lstrip("'’(")) or p.lower() in PARTICLES for p in parts) and bool(
        CAPITAL.match(parts[0])
    )


def is_dated(line: str) -> bool:
    """Whether a line is little more than a date."""
    return leftover(line) is not None and not leftover(line)


def leftover(line: str) -> str | None:
    """What a line with a date says besides it ("Susan Hall" of "Susan Hall | 25 April 2009"); None without a date."""
    if len(line) > 160:
        return None
    rest = without_stamps(line)
    if rest == " ".join(line.split()):
        return None
    kept = [
        w for w in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", rest) if w.lower() not in words("label") and not w.isdigit()
    ]
    return " ".join(w for w in kept if not re.fullmatch(r"[A-Z]{2,4}", w) and w.lower() not in CALENDAR)


def credit_at(line: str) -> int | None:
    """Where the credit of a picture begins at the end of its caption; None where there is none."""
    match = _credit().search(line) or GLUED_CREDIT.search(line)
    if match is None:
        return None
    before = line[: match.start()].rstrip()
    plain = re.fullmatch(r"[\s(\[]*(?:" + _agencies() + r")[)\]]*\.?", match[0].strip())
    if plain and before.endswith((".", "!", "?", "”", '"')):
        return None  # "… he said. (Reuters)" closes a paragraph of prose
    return match.start()


def is_sign_off(line: str) -> bool:
    """Whether a last line only names the agency: "(Reuters)", "With inputs from PTI"."""
    match = SIGN_OFF.match(line.strip())
    return bool(match and re.search(rf"\b(?:{_agencies()}|agencies)\b", match["who"])) or bool(
        re.match(r"^[(\[]?(?:with )?inputs? from\b.{2,60}$", line.strip(), re.IGNORECASE)
    )


@cache
def _starts() -> tuple[str, ...]:
    return tuple(words("starts"))


@cache
def _agencies() -> str:
    return "|".join(re.escape(name) for name in sorted(words("agency"), key=len, reverse=True))


@cache
def _credit() -> re.Pattern[str]:
    source = _agencies()
    return re.compile(
        rf"\s*[(\[](?:(?:{source})(?:\s+(?:[Ff]ile\s+)?(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?))?(?:\s*/[^)\]]*)?"
        r"|(?:[Ff]ile\s+)?(?:[Pp]hoto|[Ii]mage|[Pp]icture|[Cc]redit|[Ff]ile)s?\b[^)\]]{0,80}"
        rf"|[^()\[\]]{{2,50}}/(?:{source})[^)\]]*)[)\]]\.?$"
        rf"|\s*(?:\|\s*)?(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture|[Cc]redit)(?:\s+(?:[Cc]redit|by|courtesy))?\s*:\s*[^.]{{2,60}}$"
        rf"|\s*[A-Z][\w.' -]{{2,40}}/(?:{source})(?:\s+(?:Images|Photo|file))?$"
        rf"|\s*\b(?:REUTERS|AFP|AP)\s*/\s*[A-Z][\w.' -]{{2,40}}$"
    )


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for row in WORDS.read_text("utf-8").splitlines():
        kind, colon, phrase = row.partition(": ")
        if colon and not row.startswith("#"):
            lists[kind].append(phrase.strip())
    return lists
