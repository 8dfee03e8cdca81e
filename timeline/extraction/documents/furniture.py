"""What is not prose in a pasted article: menus, buttons, advertisements of the site, picture credits, bylines.

The words are in the furniture.txt of each language of the lexicon, read together: a page says "By" before anyone knows
its language. Everything here judges one line by itself; `blocks` and `roles` put the lines together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from timeline.extraction.documents.publication import MONTHS, WEEKDAYS, without_stamps
from timeline.extraction.lexicon import LEXICON

SHORT_BYLINE = 8  # words; longer, a line that begins with a small "by" is the middle of a sentence
IDENTIFIER = re.compile(
    r"^[a-z]+(?:[_-][a-z]+)*_[a-z]+$|^[{<\[].{0,40}[}>\]]$|^[\W_]+$|^\[[^\[\]]{3,160}[^.!?\]]\]$|^(?:<[^<>]{1,200}>\s*)+\.?$"
    r"|^[\w.+-]+@[\w-]+\.[\w.]+$|^\(?(?i:ends?)\)?$|^-?30-?$|^0:[0-5]\d$|^[█■]{2,}.*$|^https?://\S+$"
    r"|^(?:\w+:\s*)?@\w{2,}\.?$|^\w+:\s*[\w.+-]+@[\w-]+\.\w[\w.]*$|^\([A-Z][A-Z ,.'’]{5,60}\)\.?$"
)
# "Home / World News / US News / The headline": where on the site the page stands.
BREADCRUMB = re.compile(r"^(?:[\w&'’. -]{2,30}\s[/>›»|]\s){2,}\S")
WEATHER = re.compile(r"^[A-Z][\w .'-]{1,30}\s-?\d{1,3}\s?°?\s?[CF]$")
# "… in a video(Meridian Wire)": a copy and paste glues the credit to its caption, whoever is credited.
GLUED_CREDIT = re.compile(r"(?<=[^\W\d_])\([A-Z][\w .&'-]{1,40}\)$")
# "BRAIN BUG Ancient virus … HATS OFF Console maker …": the labels of teasers, and of a box beside the text.
KICKER = re.compile(r"(?:(?<=\s)|^)(?:[A-Z][A-Z0-9'’&-]+[?!]?\s+){2,}(?=[A-Z][a-z])")
BOX = re.compile(r"(?:[A-Z0-9][A-Z0-9'’&-]*[?!:]?\s+){3,}(?=(?:[–—-]\s+|\()?[A-Z][a-z])")
GALLERY = re.compile(r"\d{1,3}/\d{1,3}\s+(?=\S)")
TAG = r"</?[a-z]+(?:\s+[\w-]+=\"[^\"<>]*\")*\s*/?>"
CREDITED = r"[^\s.]+(?:\.[^\s.]+)*\.?"
# A post copied with its markup around it.
TAGGED = re.compile(rf"(?:{TAG}\s*)+(?P<text>\S.*?)\s*(?:{TAG}[\s.]*)+$")
HANDLE = re.compile(r"(?<!\w)@\w{2,}|[\w.+-]+@[\w-]+\.[a-z]{2,}")
AUTHOR = re.compile(
    r"(?P<name>(?:[^\W\d_][\w.'’-]+ ){1,3}[^\W\d_][\w'’-]+),?(?: an? [^.,]{3,80},)? "
    r"(?:is (?:an? |the |[A-Z]\w*'s )|can be )"
)
# "… on Tuesday. Ana Ruiz/Meridian": the last word of a caption, which is no part of who took it.
SENTENCE_BEFORE = re.compile(r"(?:[\w'’-]+\s)*(?!(?:Capt|Prof|Corp|Sgt|Spc|Pfc)\.)[^\W\d_]{3,}\.\s+(?=[A-Z])")
LONGEST_FURNITURE = 120  # words; what is longer is a text pasted on one line, whatever it begins with
SIGN_OFF = re.compile(
    r"^[(\[–—-]+\s*(?:with inputs? from|inputs? from|source)?[:\s]*(?P<who>[A-Z][\w/ ,&.-]{1,40}?)\s*[)\]]*$", re.I
)
# Where a page stops for those who do not pay.
BARRED = re.compile(
    r"\b(?:subscribe|register|sign (?:in|up)|log ?in|join)\b.{0,40}\b(?:to (?:continue|keep) reading"
    r"|to read (?:the|this|our|more|full|unlimited)|for (?:full|unlimited) (?:digital )?access)"
    r"|(?:to (?:continue|keep) reading|read the (?:full|rest)).{0,60}\b(?:subscri|register|sign|log)"
    r"|(?:only for|exclusively for|available (?:only )?to|exclusive to|reserved for) (?:our )?subscribers",
    re.I,
)
CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0400-\u042f]")
PARTICLES = frozenset((
    "de", "da", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "ten", "al", "el",
    "bin", "ibn", "ben", "abu", "y", "e", "i", "af", "av", "zu", "st",
))  # fmt: skip
CALENDAR = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3 or word == "may")


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
    long = low.count(" ") >= LONGEST_FURNITURE
    if not long and (low.startswith(_starts()) or line.lstrip().startswith(_cased())):
        return True
    if len(low) < 300 and any(phrase in low for phrase in words("holds")):
        return True
    if (
        _is_pointer(low)
        or _is_call(low)
        or (not long and not line.endswith((".", "”", '"')) and len(KICKER.findall(line)) > 1)
    ):
        return True
    first = low.split(" ", 1)[0]
    return (
        (first in words("asks"))
        and len(low.split()) <= 60
        and not any(mark in line for mark in '"“”')
        and sum(phrase in low for phrase in words("offers")) >= (1 if len(low.split()) <= 25 else 2)
    )


def _is_pointer(low: str) -> bool:
    """Whether a line only points at something on the page: "Watch the video above."."""
    bare = low.rstrip(" .!:")
    return (
        bare.endswith((" above", " below", " here"))
        and bare.split(" ", 1)[0] in words("here")
        and len(bare.split()) <= 8
    )


def _is_call(low: str) -> bool:
    """Whether a line asks to follow a writer: "Follow Ana Ruiz on Twitter @ruiz."."""
    parts = re.findall(r"[@\w.]+", low)
    return "follow" in parts[:3] and len(parts) <= 20 and any(p in parts or f"{p}.com" in low for p in words("social"))


def begins_byline(line: str) -> bool:
    """Whether a short line begins as a byline does, whoever it names: "Posted by Desk Three"."""
    return len(line.split()) <= 2 * SHORT_BYLINE and _byline().match(line.strip()) is not None


def read_byline(line: str) -> tuple[str, ...]:
    """The names in a line such as "By Ana Ruiz and Tom Hale"; empty where it is no byline."""
    match = _byline().match(line.strip())
    if match is None or (match["word"].islower() and len(line.split()) > SHORT_BYLINE):
        return ()
    if match["word"].isupper() and len(match["word"]) > 2 and match.end("word") == match.start("names"):
        return ()  # "PORTUGAL", not "POR Tugal"
    return read_names(match["names"])


def read_signed(line: str) -> tuple[str, ...]:
    """The name in a line such as "Ana Ruiz, Meridian Wire" or "Ana Ruiz, courier.example": who and for whom."""
    name, comma, paper = line.strip().rstrip(".").partition(", ")
    if not comma or not 2 <= len(name.split()) <= 4 or len(paper.split()) > 4 or not is_name(name):
        return ()
    house = paper in words("agency") or re.fullmatch(r"[\w-]+(?:\.[a-z]{2,6}){1,2}", paper, re.I) is not None
    return (name,) if house else ()


def read_names(text: str) -> tuple[str, ...]:
    """The persons named in what stands after "By", without offices, papers, places and dates.

    "By Ana Ruiz, Lagos", "By Ana Ruiz, Meridian Wire": once a person is named by several words, neither a single word
    nor an agency is another. An agency alone is the author.
    """
    text = _after_names().split(text)[0]
    text = without_stamps(text).strip(" ,;:|-–—")
    if not text or len(text.split()) > 20:
        return ()
    found: list[str] = []
    for part in _between_names().split(text):
        name = _less_agency(part.strip(" .,|"))
        if not name or any(word.lower().strip(".") in words("role") for word in name.split()):
            continue
        if not is_name(name):
            if not found:
                return ()
            continue
        beside = any(" " in other for other in found)
        if beside and (name in words("agency") or (" " not in name and name.isascii()) or name.startswith("The ")):
            continue
        if name not in found:
            found.append(name)
    return tuple(found)


def _less_agency(name: str) -> str:
    """ "Ana Ruiz BBC News" is Ana Ruiz; an agency by itself stays."""
    match = re.fullmatch(rf"(?P<name>\S+ \S.*?)\s+(?:{_agencies()})(?:\s+News)?", name)
    return match["name"] if match else name


def is_house(name: str) -> bool:
    """Whether an author's name is that of a desk, an agency or a site rather than a person's."""
    parts = name.lower().replace(".", "").split()
    return (
        not parts
        or name in words("agency")
        or any(part in words("house") or part in words("role") for part in parts)
        or name.lower() in words("nobody")
        or bool(re.search(r"\.(?:com|org|net|co)\b", name.lower()))
        or (len(parts) == 1 and name.isascii() and (name.islower() or name.isupper()))
    )


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
    ended = SENTENCE_BEFORE.match(match[0])
    return match.start() + (ended.end() if ended else 0)


def is_caption(line: str) -> bool:
    """Whether a line begins as captions do: "FILE - In this photo", "Pictured: "."""
    return len(line) < 600 and line.lower().startswith(_phrases("caption"))


def leading_credit(line: str) -> int:
    """Where the caption begins in a line that names its source first: "Meridian Images The ship at the quay"."""
    match = _labelled().match(line) or _leading().match(line)
    return match.end() if match else 0


def is_labelled(line: str) -> bool:
    """Whether a line begins with the label or the credit of a picture that no sentence begins with: "Image caption",
    "GETTY"."""
    return _labelled().match(line) is not None


def trailing_count(line: str) -> int:
    """Where the words of a gallery's buttons begin at the end of a caption; the length of the line without them."""
    match = _counted().search(line)
    return match.start() if match else len(line)


def box_heading(line: str) -> int:
    """How many characters of a paragraph are the heading, in capitals, of the box it was copied from."""
    match = BOX.match(line)
    return match.end() if match and match.end() < len(line) - 40 else 0


def glued_sign_off(line: str) -> int:
    """Where a note on who reported and edited begins at the end of a paragraph; the length of the line without one."""
    match = _glued_sign_off().search(line) if line.endswith((")", "]", ").", ") ")) else None
    return match.start() if match else len(line)


def read_aside(line: str) -> str | None:
    """The name in a line about who wrote the article, whoever that is: "Ana Ruiz is a writer in Lagos. Follow her …".

    None where a line is nothing of the kind; empty where it is and names nobody.
    """
    low = line.lower()
    if len(line) > 600 or not (any(p in low for p in words("aside")) or HANDLE.search(line)):
        return None
    match = AUTHOR.match(line)
    if match is None or not is_name(match["name"]):
        return None
    offices = words("role") | words("biography")
    said = re.findall(r"\w+", low[match.end() :][:160])
    if "can be " in match[0]:
        return ""
    return match["name"] if any(word in offices for word in said) else None


def is_sign_off(line: str) -> bool:
    """Whether a last line only names those who sent it or worked on it: "(Reuters)", "With inputs from PTI",
    "(Reporting by Ana Ruiz; editing by Tom Hale)", "Ana Ruiz in Lagos contributed to this report."."""
    line = line.strip()
    match = SIGN_OFF.match(line)
    if match and re.search(rf"\b(?:{_agencies()}|agencies)\b", match["who"]):
        return True
    if _initials().match(line) or _only_agencies().match(line):
        return True
    if (name := line.removesuffix(" contributed.")) != line and is_name(name):
        return True
    low = line.lower().lstrip("([–—-• ")
    return len(line) < 500 and (low.startswith(_phrases("signed")) or _contributed().search(line) is not None)


def is_mail_header(line: str) -> bool:
    """Whether a line is of the head of an e-mail: "Sent: Monday"."""
    name, colon, _ = line.strip().lstrip("> ").partition(":")
    return bool(colon) and name.lower().strip("* ") in words("mail")


def is_barrier(line: str) -> bool:
    """Whether a line asks for a subscription before the rest of the article is shown."""
    return len(line) < 300 and not any(mark in line for mark in '"“”') and BARRED.search(line) is not None


def is_note(line: str) -> bool:
    """Whether a line speaks of the article itself: a correction, the date of an amendment."""
    return len(line) < 900 and line.strip().lower().lstrip("*([•–— ").startswith(_phrases("note"))


def is_biography(line: str, authors: Iterable[str]) -> bool:
    """Whether a line after an article tells who wrote it: "Ana Ruiz is a reporter in Lagos. Follow her on X.".

    A first name that is another form of the author's, and the family name, are enough beside words of such lines.
    """
    first = line.split(" ", 1)[0].strip(",.’'").casefold()
    begins = False
    for name in authors:
        parts = name.casefold().split()
        begins |= line.casefold().startswith(name.casefold())
        begins |= bool(parts) and parts[-1] in line[:40].casefold().split() and first[:3] == parts[0][:3]
    return begins and len(line) < 700 and any(phrase in line.lower() for phrase in words("biography"))


@cache
def _starts() -> tuple[str, ...]:
    return tuple(words("starts"))


@cache
def _cased() -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in words("cased"))


@cache
def _labelled() -> re.Pattern[str]:
    """ "Image copyright Meridian Image caption The ship", "Image caption The ship", "GETTY The ship".

    A colon makes a label as well ("Image: The ship"), behind which few words may be a credit.
    """
    labels = "|".join(re.escape(phrase) for phrase in words("caption") if phrase.endswith(":"))
    return re.compile(
        rf"(?:(?i:{_any('owned')})\b[^.!?]{{0,80}}?\s)?(?i:{_any('pictured')})\s+(?=\S)"
        rf"|(?:[A-Z][A-Z &.-]{{2,40}}•\s?)?(?:{_any('glued')})\s+(?=[A-Z])"
        rf"|(?i:{labels})\s+(?=(?:\S+\s+){{7}})"
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_any('counted')})\s+\d+ of \d+$")


@cache
def _glued_sign_off() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?i:{_any('signed')})\s[^()\[\]]{{2,500}}[)\]]\.?\s*$")


@cache
def _only_agencies() -> re.Pattern[str]:
    """ "Reuters - AP - AFP": two agencies or more, and nothing else."""
    return re.compile(rf"(?i:{_agencies()})(?:\s*[-–—/,&]\s*(?i:{_agencies()}))+$")


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(words(kind))


def _any(kind: str) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(words(kind), key=len, reverse=True))


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"^(?P<word>(?i:{_any('byline')}))(?:\s*:\s*|\s+|(?=[A-Z]))(?=[^\W\d_])(?P<names>.+)$")


@cache
def _after_names() -> re.Pattern[str]:
    """What ends the names of a byline: a bar, a bracket, where and for whom they write."""
    return re.compile(
        rf"\s[|·•/]\s?|\s[–—-]\s|\s(?i:{_any('place')})\s(?=[A-Z])|\s*[(\[]|\b(?i:updated|published|posted)\b|@"
    )


@cache
def _between_names() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,\s*(?:{_any('join')})\s+|,|;|\b(?i:{_any('join')})\b|&)\s*")


@cache
def _leading() -> re.Pattern[str]:
    """Names of several words alone: "Reuters said" begins a sentence."""
    several = "|".join(re.escape(name) for name in sorted(words("agency"), key=len, reverse=True) if " " in name)
    return re.compile(rf"(?:[A-Z]{{2,6}}:)?(?:{several})\s+(?=[A-Z])")


@cache
def _initials() -> re.Pattern[str]:
    """ "jm/dm (AFP, dpa)": the initials of editors, and where they have it from."""
    return re.compile(rf"^[a-z]{{2,4}}(?:[/,]\s?[a-z]{{2,4}})*\s*[(\[](?:(?:{_agencies()})[,/ ]*)+[)\]]$")


@cache
def _contributed() -> re.Pattern[str]:
    """ "… contributed to this report", "Meridian writer Ana Ruiz contributed from Lagos"; no sum of money."""
    return re.compile(
        rf"(?<!\w)(?:{_any('contributed')})(?!\w)|\b(?:{_any('worked')})\s[^.$\d]{{2,200}}\scontributed(?=\sfrom\s|\.?$)",
        re.I,
    )


@cache
def _agencies() -> str:
    return "|".join(re.escape(name) for name in sorted(words("agency"), key=len, reverse=True))


@cache
def _credit() -> re.Pattern[str]:
    source = _agencies()
    return re.compile(
        rf"[(\[](?:(?:{source})(?:\s+(?:[Ff]ile\s+)?(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?))?(?:\s*/[^)\]]*)?"
        rf"|(?i:file\s+)?(?i:{_any('picture')}|file)s?\b[^)\]]{{0,80}}"
        rf"|[^()\[\]]{{2,50}}/(?:{source})[^)\]]*)[)\]]\.?$"
        rf"|(?:\|\s*)?\b(?i:{_any('picture')})"
        rf"(?:\s+(?:[Cc]redit|by|courtesy))?\s*:\s*[^.]{{2,60}}$"
        rf"|[A-Z][\w.' -]{{2,40}}/(?:{source})(?:\s+(?:Images|Photo|file))?$"
        rf"|^(?:{source})\s+(?i:file\s+)?(?i:{_any('picture')})s?(?:\s*[/|,].{{0,60}})?$"
        rf"|(?<![A-Z'’-])(?:{_pictured_by()}):\s+(?:{CREDITED}\s){{0,5}}{CREDITED}$"
        rf"|©\s?[A-Z][\w.'’ -]{{2,40}}(?:,\s[A-Z][\w.'’ -]{{2,40}})?(?:\s*\([^()]*\))?$"
        rf"|(?<=[\w.”\"]\s)(?:{_pictured_by()})\s(?:[A-Z][\w.'’-]+\s){{1,3}}[A-Z][\w.'’-]+(?:/[A-Z][\w ]+"
        rf"|\s?/\s?(?:{source})|\sfor\s[A-Z][\w ]+)$"
        rf"|^[A-Z][\w.' -]{{2,50}}\s(?:via)\s(?:{source})(?:\s+Images)?\.?$"
        rf"|^[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{1,2}}/[A-Z][\w ]{{2,30}}$"
        rf"|\b(?:REUTERS|AFP|AP)\s*/\s*[A-Z][\w.' -]{{2,40}}$"
    )


@cache
def _pictured_by() -> str:
    return "|".join(re.escape(name.capitalize()) for name in sorted(words("picture"), key=len, reverse=True))


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for path in sorted(LEXICON.glob("*/furniture.txt")):
        for row in path.read_text("utf-8").splitlines():
            kind, colon, phrase = row.partition(": ")
            if colon and not row.startswith("#"):
                lists[kind].append(phrase.strip())
    return lists
