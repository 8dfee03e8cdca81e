"""The role of every line of a plain text: title, byline, dateline, dek, subhead, body, caption, credit or junk.

Losing a sentence of the article is worse than keeping a button, so a line is body unless something speaks against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from timeline.extraction.documents.furniture import (
    TAGGED,
    begins_byline,
    box_heading,
    credit_at,
    glued_sign_off,
    is_caption,
    is_dated,
    is_furniture,
    is_labelled,
    is_mail_header,
    is_name,
    is_note,
    is_sign_off,
    leading_credit,
    leftover,
    read_aside,
    read_byline,
    read_signed,
    trailing_count,
    words,
)
from timeline.extraction.documents.pasted import ENDS, Line, lines_of, mark_galleries
from timeline.extraction.documents.publication import MONTHS
from timeline.extraction.mentions import Block
from timeline.vocabulary import BlockRole

# "LONDON, March 3 (Agency) - ", "KIEV (AP) _", "PARIS — ", "By agency reporter"
_DAY = (
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}"
    rf"|\d{{1,2}}\s+(?:de\s+)?(?:{'|'.join(MONTHS)})\b\.?)(?:,?\s+(?:del?\s+)?\d{{4}})?"
)
_AGENCY = r"[(\[][A-Z][\w./& ’'-]{1,40}[)\]]"
_REGION = r"(?:[,/]\s?[A-Z][\w.' -]{1,30}){0,3}?"
_MORE = r"(?P<region>(?:[,/]\s?[A-Z][\w.' -]{1,30}){0,3}?)"
_DASH = r"(?:\s*(?:--+|[–—―_])|\s+-(?=\s|$)|(?<=[)\]])\.?\s*[-–—:](?=\s|$))"
DATELINE = re.compile(
    rf"^(?:(?P<city>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ -]{{2,40}}){_MORE}"
    rf"(?P<when>,?\s+{_DAY})?(?P<agency>,?\s*{_AGENCY})?"
    rf"|[A-Z][\w.'’ -]{{2,40}}{_REGION}(?:,\s+{_DAY})?\s*{_AGENCY}|{_DAY}\s*{_AGENCY}){_DASH}\s*"
)
SMALL = frozenset((
    "a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as",
    "is", "it", "its", "vs", "v", "via", "over", "after", "into",
))  # fmt: skip
FORWARDED = re.compile(r"^\s*(?:(?:fwd?|re|aw|wg|rv)\s*:\s*)+", re.I)
CLOSED = re.compile(r"[.!?:;,…][\"'”’)\]\s]*$|[–—-]$|https?://\S+$|\bpic\.twitter\.com/\S+$")
LONG, LONGEST_CAPTION = 8, 45  # words
# Share of long lines, and how many of them, that end as sentences do where paragraphs do; a picture paper has as many
# captions as paragraphs (.4 to .7 in 14 of 110 articles).
MOSTLY_CLOSED, LEAST_CLOSED = 0.4, 4
SAID_AGAIN = 0.7  # of a headline's long words; of a first paragraph's the next ones repeat fewer
# "—Ana Ruiz, mayor of Kivra": under a quotation pulled out of the text, which a copy loses.
PULLED = re.compile(r"[—–]\s?[A-Z\u00c0-\u00de](?!.*[@.!?:;]$)[^@]{3,80}$")
DASHED = re.compile(r"- \S.{2,60} -$")  # "- The second round -": how an agency sets its headings
LONGEST_NOTE = 6  # lines of a correction under its heading
ASIDES = 2  # paragraphs at either end among which a line about the author stands
MENU = 5  # lines in a row that end like no sentence, after the last paragraph
LONGEST_HEAD, LONG_PARAGRAPH = 18, 25  # words of a headline; of a paragraph that no dek is as long as
NEXT_SENTENCE = re.compile(r"[a-zà-ÿ0-9%)”»\"’][.!?][\"”»’)]*\s+(?=[\"“A-Z\u00c0-\u00de])")
HEAD = 12  # lines; where a title, its byline and date are looked for


@dataclass(slots=True)
class Labelled:
    """The blocks of a plain text and what they say about the article."""

    blocks: tuple[Block, ...]
    title: str | None = None
    dek: str | None = None
    bylines: tuple[str, ...] = ()
    stated: list[str] = field(default_factory=list)  # lines with a date beside title or byline
    clocks: list[str] = field(default_factory=list)  # dates of the site itself
    datelines: list[str] = field(default_factory=list)
    furniture: str = ""


def label(text: str, title: str | None = None) -> Labelled:
    """Give every line of a plain text its role."""
    lines = list(lines_of(text))
    found = Labelled(blocks=())
    title = _mark_mail(lines) or title
    _mark_junk(lines)
    mark_galleries(lines)
    at = _find_title(lines, title)
    if at is not None:
        lines[at].role = BlockRole.TITLE
        found.title = lines[at].text.rstrip(" ;")
    body = _mark_head(lines, at, found)
    _mark_body(lines, body, found)
    _mark_corrections(lines)
    _mark_tail(lines, body, found)
    found.blocks = tuple(_blocks(lines, body, found))
    found.furniture = "\n".join(line.text for line in lines if line.role in (BlockRole.JUNK, BlockRole.BYLINE))
    return found


def _mark_mail(lines: list[Line]) -> str | None:
    """Mark the head of an e-mail; its subject, which is the headline if the text says it again."""
    heads = [line for line in lines[: HEAD * 2] if is_mail_header(line.text)]
    if len(heads) < 2:
        return None
    for line in heads:
        line.role = BlockRole.JUNK
    names = words("subject")
    subjects = [line.text.partition(":")[2] for line in heads if line.text.partition(":")[0].strip().lower() in names]
    subject = FORWARDED.sub("", subjects[-1]).strip() if subjects else ""
    wanted = re.sub(r"\W+", " ", subject).strip().casefold()
    return subject if wanted and any(_same(line.key, wanted) for line in lines[: HEAD * 3]) else None


def _mark_junk(lines: list[Line]) -> None:
    """Furniture, and whatever stands there a second time."""
    seen: dict[str, int] = {}
    for index, line in enumerate(lines):
        key = line.key
        if line.role is not None:
            continue
        again = key in seen and (index - seen[key] <= 2 or line.count >= 8 or not ENDS.search(line.text))
        if is_furniture(line.text):
            line.role = BlockRole.JUNK
        elif again:
            # Of a caption and a paragraph that say the same, the paragraph stays.
            other = lines[seen[key]]
            (other if ENDS.search(line.text) and not ENDS.search(other.text) else line).role = BlockRole.JUNK
        seen[key] = index


def _find_title(lines: list[Line], given: str | None) -> int | None:
    """The line that is the headline; None where the text has none."""
    open_lines = [i for i, line in enumerate(lines[: HEAD * 2]) if line.role is None]
    if given:
        wanted = re.sub(r"\W+", " ", given).strip().casefold()
        return next((i for i in open_lines[:HEAD] if wanted and _same(lines[i].key, wanted)), None)
    first_prose = next((i for i in open_lines if lines[i].is_prose), None)
    if first_prose is None or len(open_lines) < 2:
        return None
    before = [i for i in open_lines if i < first_prose and not _is_apparatus(lines[i].text) and not _is_shown(lines[i])]
    if before:
        return next((i for i in before if lines[i].count >= 4), before[0] if len(before) == 1 else None)
    later = [lines[i] for i in open_lines[open_lines.index(first_prose) + 1 :]]
    return first_prose if later and _is_closed_headline(lines[first_prose], later) else None


def _same(key: str, wanted: str) -> bool:
    if key == wanted:
        return True
    ours, theirs = set(key.split()), set(wanted.split())
    return len(ours & theirs) >= 0.8 * max(len(ours), len(theirs))


def _is_closed_headline(head: Line, later: list[Line]) -> bool:
    """A headline that ends in a full stop: one sentence by itself, in title case, very short, before a dateline, with
    a second such sentence under it, or with most of its words in the paragraphs below."""
    following = later[0]
    if not following.spaced or head.count > LONGEST_HEAD or DATELINE.match(head.text):
        return False
    if len(NEXT_SENTENCE.findall(head.text)) > (1 if _is_titled(head.text) else 0):
        return False
    dek = following.count <= LONGEST_HEAD and len(later) > 1 and later[1].count >= LONG_PARAGRAPH
    if dateline_end(following.text) or (dek and dateline_end(later[1].text)):
        return True
    if max(line.count for line in later[:HEAD]) < 1.3 * head.count:
        return False
    if _is_titled(head.text):
        return True
    if head.text[0] in "\"“'‘`" or (following.count < 1.3 * head.count and not dek):
        return False
    below = {w for line in later[:2] for w in line.key.split()}
    long = [w for w in head.key.split() if len(w) > 3]
    if len(long) >= 4 and sum(w in below for w in long) >= SAID_AGAIN * len(long):
        return True
    spoken = re.search(r"\b(?:said|told)\b|\bsays\W*$", head.text)
    return spoken is None and (head.count <= 11 or dek)


def _is_titled(text: str) -> bool:
    """Whether most words of a line that may have one begin with a capital letter."""
    main: list[str] = [w for w in re.findall(r"[^\W\d_][\w'’-]*", text) if w.lower() not in SMALL]
    return sum(w[0].isupper() for w in main) >= 0.75 * max(len(main), 1)


def _is_apparatus(text: str) -> bool:
    """A byline, a date or a dateline by itself."""
    named = bool(read_byline(text) or read_signed(text)) or _is_name_and_date(text) or _is_dated_byline(text)
    return named or is_dated(text) or bool(DATELINE.match(text))


def _is_dated_byline(text: str) -> bool:
    """A byline that names nobody whom we know for a person, and a date: "Posted by Desk Three, 15 May 2021"."""
    return begins_byline(text) and bool(leftover(text)) and not ENDS.search(text)


def _is_name_and_date(text: str) -> bool:
    rest = leftover(text)
    return bool(rest) and len(str(rest).split()) <= 4 and is_name(str(rest))


def _mark_head(lines: list[Line], title: int | None, found: Labelled) -> int:
    """Byline, date and dek; the index where the body begins."""
    for line in lines[: title or 0]:
        if line.role is None and title is not None:
            _read_apparatus(line, found, above=True)
            line.role = line.role or BlockRole.JUNK
    first = 0 if title is None else title + 1
    open_lines = [i for i in range(first, min(first + HEAD, len(lines))) if lines[i].role is None]
    marks: list[int] = []
    for i in open_lines:
        if marks and i > marks[-1] + 3:
            break
        if lines[i].count <= 24 and _read_apparatus(lines[i], found):
            marks.append(i)
        elif not marks and sum(lines[j].is_prose for j in open_lines if j <= i) > 1:
            break
    body = first
    if marks:
        between = [lines[i] for i in range(first, marks[0]) if lines[i].role is None]
        if title is not None and len(between) <= 3:
            for line in between:
                _mark_before_byline(line, found)
        last = marks[-1]
        between_marks = [lines[i] for i in range(marks[0], last) if lines[i].role is None]
        if all(not line.is_prose for line in between_marks):
            for line in between_marks:
                line.role = BlockRole.CREDIT if line.count <= 8 else BlockRole.DEK
            body = last + 1
        else:
            body = marks[0] + 1
    _mark_kicker(lines, title, body)
    _mark_repeated_dek(lines, body, found)
    return body


def _mark_kicker(lines: list[Line], title: int | None, body: int) -> None:
    """The name of a column or section under the headline: "Harbour Memo."."""
    if title is None or not body < len(lines) - 1:
        return
    line = lines[body]
    parts = line.text.rstrip(".").split()
    if line.role is None and 2 <= len(parts) <= 3 and line.text.endswith(".") and all(p.istitle() for p in parts):
        line.role = BlockRole.JUNK


def _read_apparatus(line: Line, found: Labelled, *, above: bool = False) -> bool:
    names = read_byline(line.text) or read_signed(line.text)
    rest = leftover(line.text)
    role_words = any(word.lower().strip(".,") in words("role") for word in line.text.split())
    if names:
        found.bylines = (*found.bylines, *(n for n in names if n not in found.bylines))
        if rest is not None:
            found.stated.append(line.text)
    elif _is_dated_byline(line.text) and not above:
        found.stated.append(line.text)
    elif rest == "" and above and not re.search(r"publi[sc]|updat|actualiz|posted", line.text, re.IGNORECASE):
        found.clocks.append(line.text)
    elif rest == "":
        found.stated.append(line.text)
    elif _is_name_and_date(line.text) and not above:
        if " " in str(rest) or not line.text.startswith(f"{rest}, "):  # "Lagos, 3 March 2025" is where, not who
            found.bylines = (*found.bylines, str(rest))
        found.stated.append(line.text)
    elif not (role_words and found.bylines and line.count <= 6 and not ENDS.search(line.text)):
        return False
    line.role = BlockRole.JUNK if line.text in found.clocks else BlockRole.BYLINE
    return True


def _mark_before_byline(line: Line, found: Labelled) -> None:
    if credit_at(line.text) is not None:
        line.role = BlockRole.CAPTION
    elif line.count >= 5 and found.dek is None:
        line.role, found.dek = BlockRole.DEK, line.text
    elif line.count < 5 and not ENDS.search(line.text):
        line.role = BlockRole.JUNK


def _mark_repeated_dek(lines: list[Line], body: int, found: Labelled) -> None:
    """A standfirst that the article's first paragraphs say again."""
    open_lines = [line for line in lines[body:] if line.role is None][:5]
    if not open_lines or found.dek is not None:
        return
    head = open_lines[0]
    if head.count >= 6 and any(later.key.startswith(head.key) and later.key != head.key for later in open_lines[1:]):
        head.role, found.dek = BlockRole.DEK, head.text


def _mark_body(lines: list[Line], body: int, found: Labelled) -> None:
    rest = [line for line in lines[body:] if line.role is None]
    long = [line for line in rest if line.count >= LONG]
    closed = sum(bool(CLOSED.search(line.text)) for line in long)
    for place, line in enumerate(rest):
        following = rest[place + 1] if place + 1 < len(rest) else None
        previous = rest[place - 1] if place else None
        if is_sign_off(line.text) or is_note(line.text):
            line.role = BlockRole.CREDIT
        elif (place < ASIDES or len(rest) - place <= ASIDES) and (name := read_aside(line.text)) is not None:
            line.role = BlockRole.CREDIT
            found.bylines = found.bylines or ((name,) if name else ())
        elif _is_pulled(line) and not (previous and re.search(r"[\"”’']\W*$", previous.text)):
            line.role = BlockRole.CREDIT
        elif credit_at(line.text) is not None or is_caption(line.text) or (len(rest) > 1 and _is_picture(line)):
            line.role = BlockRole.CAPTION
        elif DASHED.match(line.text) or _is_subhead(line, previous, following):
            line.role = BlockRole.SUBHEAD
        elif _is_open(line) and closed >= max(LEAST_CLOSED, MOSTLY_CLOSED * len(long)):
            # Among paragraphs that end as sentences do, what ends like none stood under a picture.
            line.role = BlockRole.CAPTION
        else:
            line.role = BlockRole.BODY


def _is_pulled(line: Line) -> bool:
    return PULLED.match(line.text) is not None and _is_titled(line.text)


def _mark_corrections(lines: list[Line]) -> None:
    """The lines after a last heading "Correction:", which speak of the article and not of its story."""
    for place, line in enumerate(lines[-LONGEST_NOTE:], max(0, len(lines) - LONGEST_NOTE)):
        if line.role is BlockRole.CREDIT and line.count <= 2 and is_note(f"{line.text} "):
            for later in lines[place + 1 :]:
                later.role = BlockRole.CREDIT
            return


def _is_picture(line: Line) -> bool:
    """Whether a line of a caption's length begins with the label or credit of a picture, or ends like no sentence after
    the name of an agency."""
    if line.count > LONGEST_CAPTION:
        return False
    return is_labelled(line.text) or (leading_credit(line.text) > 0 and not CLOSED.search(line.text))


def _is_shown(line: Line) -> bool:
    """Whether a line before the text is about a picture, by its words alone."""
    return credit_at(line.text) is not None or is_caption(line.text) or is_labelled(line.text)


def _is_open(line: Line) -> bool:
    """Whether a line ends like no sentence, and is neither a label nor a post nor a paragraph that was cut."""
    text = line.text[: glued_sign_off(line.text)]
    if text.startswith("(("):  # "((Ana Ruiz)) …": a turn of an interview
        return False
    return LONG <= line.count <= LONGEST_CAPTION and not CLOSED.search(text) and "@" not in text


def _is_subhead(line: Line, previous: Line | None, following: Line | None) -> bool:
    if following is None or not following.is_prose or line.count > 12 or line.text[0] in "\"“'‘`•*-–—_":
        return False
    if not line.text[0].isupper() and not line.text[0].isdigit():
        return False
    if DATELINE.match(line.text) or line.text.rstrip("”’\"' ").endswith((".", ",", ":", ";", "!", "-", "–", "—", "_")):
        return False
    return previous is None or previous.is_prose or previous.role is not BlockRole.BODY


def _mark_tail(lines: list[Line], body: int, found: Labelled) -> None:
    """What follows the last paragraph: menus are junk together, the agency's name is a credit."""
    last = max((i for i, line in enumerate(lines) if line.is_prose and line.role is BlockRole.BODY), default=None)
    if last is None:
        return
    tail = lines[last + 1 :]
    open_ends = sum(not ENDS.search(line.text) for line in tail)
    has_junk = any(line.role is BlockRole.JUNK for line in tail) or open_ends >= MENU
    for line in tail:
        if is_sign_off(line.text):
            line.role = BlockRole.CREDIT
        elif is_dated(line.text):
            line.role = BlockRole.JUNK
            (found.stated if _says_published(line.text) else found.clocks).append(line.text)
        elif line.role in (BlockRole.BODY, BlockRole.SUBHEAD, BlockRole.CAPTION) and (
            (has_junk and not ENDS.search(line.text)) or (line.count <= 1 and not ENDS.search(line.text))
        ):
            line.role = BlockRole.JUNK
        elif line.role is BlockRole.BODY and (names := read_byline(line.text)) and not found.bylines:
            line.role, found.bylines = BlockRole.BYLINE, names


def _says_published(text: str) -> bool:
    return bool(re.search(r"publi[sc]|updat|actualiz|posted|modified", text, re.IGNORECASE))


def _blocks(lines: list[Line], body: int, found: Labelled) -> list[Block]:
    blocks: list[Block] = []
    so_far = 0
    for index, line in enumerate(lines):
        role = line.role or BlockRole.BODY
        cut = 0
        so_far += blocks[-1].role is BlockRole.BODY if blocks else 0
        if role is BlockRole.BODY and so_far < 3 and index >= body:
            cut = dateline_end(line.text, first=so_far == 0)
        if cut:
            found.datelines.append(line.text[:cut])
            _add(blocks, line, 0, cut, BlockRole.DATELINE)
            _add_body(blocks, line, so_far, cut)
        elif role is BlockRole.CAPTION:
            credit = credit_at(line.text)
            end = trailing_count(line.text)
            middle = end if credit is None else credit
            start = line.label or leading_credit(line.text)
            _add(blocks, line, 0, start, BlockRole.CREDIT)
            _add(blocks, line, start, middle, BlockRole.CAPTION)
            _add(blocks, line, middle, len(line.text), BlockRole.CREDIT)
        elif role is BlockRole.BODY:
            label = leading_credit(line.text) if is_labelled(line.text) else 0
            _add(blocks, line, 0, label, BlockRole.CREDIT)
            _add_body(blocks, line, so_far, label)
        else:
            _add(blocks, line, 0, len(line.text), role)
    return blocks


def _add_body(blocks: list[Block], line: Line, so_far: int, at: int) -> None:
    """A paragraph, from a place on, less what a copy and paste glued to it: a box's heading, a sign-off, markup."""
    end = last = glued_sign_off(line.text)
    if not at and so_far >= ASIDES and (at := box_heading(line.text)):
        _add(blocks, line, 0, at, BlockRole.SUBHEAD)
    tags = TAGGED.match(line.text, at, end) if "<" in line.text else None
    if tags is not None:
        _add(blocks, line, at, tags.start("text"), BlockRole.JUNK)
        at, end = tags.span("text")
    _add(blocks, line, at, end, BlockRole.BODY)
    _add(blocks, line, end, last, BlockRole.JUNK)
    _add(blocks, line, last, len(line.text), BlockRole.CREDIT)


def dateline_end(text: str, *, first: bool = True) -> int:
    """How many characters of a paragraph are its dateline: 0 where it has none."""
    match = DATELINE.match(text)
    if match is None:
        return 0
    bare = match["city"] and not (match["agency"] or match["when"])
    if bare and (not (first or match["region"]) or len(match["city"].split()) > 3):
        return 0
    return match.end()


def _add(blocks: list[Block], line: Line, start: int, end: int, role: BlockRole) -> None:
    piece = line.text[start:end]
    first = line.start + start + len(piece) - len(piece.lstrip())
    last = line.start + start + len(piece.rstrip())
    if first < last:
        blocks.append(Block(first, last, role))
