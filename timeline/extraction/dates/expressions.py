"""Time expressions in the prose of a document, read from its day of publication and no further than they are precise.

A bare weekday is the day of that name up to the publication, that day included, unless its verb looks ahead; a month
or a day without a year is the nearest on the side of its verb's tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from spacy.tokens import Span as DocSpan

from timeline.extraction.dates.absolute import at_clock
from timeline.extraction.dates.periods import origin_of, period_on_calendar
from timeline.extraction.dates.rules import Maker, rules
from timeline.extraction.dates.setting import NoAnchor, Reading, Setting
from timeline.extraction.dates.tense import tense_of
from timeline.extraction.dates.timex import period_of
from timeline.extraction.dates.words import Words, words_of
from timeline.extraction.mentions import Block, Document, Span, TimeMention
from timeline.extraction.paragraphs import STRAIGHT, Paragraph, sentence_of
from timeline.extraction.statements.quotations import find_quotations
from timeline.vocabulary import BlockRole

DAY = re.compile(r"(\d{4}-\d\d)-(\d\d)")
DEFAULT = "en"  # the language of a document whose own is not known


def anchor_of(document: Document) -> date | None:
    """The day from which "yesterday" and "Friday" are read: that of publication; None where it is not one day."""
    published = document.published
    return published.earliest if published is not None and published.is_exact else None


def in_quotation(document: Document, span: Span) -> bool:
    """Whether an expression stands inside quotation marks, where "today" is the day it was said."""
    for block in document.blocks:
        if block.start <= span.start < block.end:
            marks = find_quotations(document.text, block.start, block.end)
            return any(mark.start <= span.start and span.end <= mark.end for mark in marks)
    return False


def find_times(document: Document, paragraphs: Sequence[Paragraph]) -> tuple[TimeMention, ...]:
    """Every time expression of the document's prose and datelines, in text order.

    Args:
        document: the document, whose publication anchors what is relative.
        paragraphs: its prose as `paragraphs.parse` gives it.

    Returns:
        Mentions with their TIMEX3 value; `date` is None where the value names no calendar period.
    """
    datelines = [b for b in document.blocks if b.role is BlockRole.DATELINE]
    origin = origin_of(document)
    language = paragraphs[0].doc.lang_ if paragraphs else document.language or DEFAULT
    setting = Setting(
        anchor_of(document), words_of(language), month_first=origin.month_first, south=origin.south,
        countries=origin.stated or origin.furniture,
    )  # fmt: skip
    found: list[TimeMention] = []
    stretches: list[tuple[int, Paragraph | Block]] = [(p.start, p) for p in paragraphs]
    stretches += [(b.start, b) for b in datelines]
    for start, stretch in sorted(stretches, key=lambda pair: pair[0]):
        paragraph = stretch if isinstance(stretch, Paragraph) else None
        text = paragraph.text if paragraph else document.text[start : stretch.end].translate(STRAIGHT)
        setting.near, setting.text = 0, text
        for reading in _readings(text, paragraph, setting):
            span = Span.of(document.text, start + reading.start, start + reading.end)
            inside = bool(paragraph) and in_quotation(document, span)
            found.append(
                TimeMention(
                    span=span,
                    type=reading.type,
                    value=reading.value,
                    date=period_on_calendar(reading, span.text, setting, origin, inside=inside),
                )
            )
    return tuple(found)


def _readings(text: str, paragraph: Paragraph | None, setting: Setting) -> list[Reading]:
    """The expressions of one paragraph, a day and the time beside it as one."""
    found: list[Reading] = []
    for choices in _matches(text, paragraph, setting.words):
        reading = next((read for choice in choices if (read := _made(*choice, paragraph, setting))), None)
        if reading is None:
            continue
        reading = _trimmed(reading, text)
        if found and (joined := _joined(found[-1], reading, text, setting.words)):
            found[-1] = setting.said[-1] = joined
            continue
        made = _with_days_beside(reading, setting)
        found += made
        setting.said += made
        setting.near += len(made)
    return _as_ranges(_on_days_behind(found, text, setting.words), text, setting.words)


def _on_days_behind(found: list[Reading], text: str, words: Words) -> list[Reading]:
    """ "At 15:30 local time (14:30 UTC) on Tuesday": each clock on the day that stands behind it."""
    for at in range(len(found) - 2, -1, -1):
        clock, day = found[at], found[at + 1]
        if (
            clock.rule != "clock"
            or not DAY.match(day.value)
            or not words.forms["clock to day"].fullmatch(text[clock.end : day.start])
        ):
            continue
        if day.clock or day.rule in OF_DAYS:
            found[at] = replace(clock, value=f"{day.value[:10]}T{clock.clock}", guessed=day.guessed, told=day.told)
    return found


Choice = tuple[re.Match[str], Maker, str]


def _made(
    match: re.Match[str], maker: Maker, rule: str, paragraph: Paragraph | None, setting: Setting
) -> Reading | None:
    setting.side, setting.now, setting.plain_past = (
        tense_of(paragraph, match.start(), match.end(), setting.words) if paragraph else (0, False, False)
    )
    try:
        made = maker(match, setting)
    except NoAnchor:
        made = Reading(match.start(), match.end(), "DATE", "XXXX-XX-XX", True)
    except (ValueError, OverflowError):
        return None
    return replace(made, rule=rule) if made else None


def _matches(text: str, paragraph: Paragraph | None, words: Words) -> Iterator[list[Choice]]:
    """At each place the longest pattern, then those within it that might do instead, in text order."""
    held = words.held(text)
    candidates = [
        (match, order, maker, name)
        for order, (name, needs, form, maker) in enumerate(rules(words.language))
        if not needs or needs & held
        for match in form.finditer(text)
        if match[0].strip() and _is_time(name, match, paragraph, words)
    ]
    candidates.sort(key=lambda c: (-(c[0].end() - c[0].start()), c[1]))
    places: list[tuple[int, int, list[Choice]]] = []
    for match, _, maker, name in candidates:
        start, end = match.span()
        over = [place for place in places if start < place[1] and place[0] < end]
        if not over:
            places.append((start, end, [(match, maker, name)]))
        elif len(over) == 1 and over[0][0] <= start and end <= over[0][1]:
            over[0][2].append((match, maker, name))
    for _, _, choices in sorted(places, key=lambda place: place[:2]):
        yield choices


def _is_time(rule: str, match: re.Match[str], paragraph: Paragraph | None, words: Words) -> bool:
    """Whether what looks like a time is one here, by the model's reading of its words."""
    if paragraph is None:
        return True
    span = paragraph.doc.char_span(match.start(), match.end(), alignment_mode="expand")
    if span is None:
        return True
    kinds = {token.ent_type_ for token in span}
    if rule in LOWER and _is_title(match[0], span) and not _in_capitals(span):
        return False  # "USA Today", "60 Minutes", "This Week": names of papers and programmes
    if rule == "set" and match[0][0].isupper() and NAME.match(paragraph.text, match.end()):
        return False  # "Daily Mirror"
    if rule == "set" and "PROPN" in (span.root.pos_, span.root.head.pos_):
        return False  # "the Communist Party daily Granma"
    if rule == "for" and span[0].lower_ in words.listed("articles") and _is_counted(span):
        return False  # "$2 million a year", "700 seats a week": how much, not how long
    if rule == "year" and match[0].strip().isdigit():
        before = span[0].nbor(-1) if span[0].i > 0 else None
        if kinds & {"MONEY", "QUANTITY", "PERCENT", "PRODUCT", "WORK_OF_ART", "LAW"}:
            return False
        return (
            "DATE" in kinds
            or "EVENT" in kinds
            or (before is not None and before.lower_ in words.listed("before a year"))
        )
    if rule in ("weekday", "day") and match["word" if rule == "day" else "day"][0].isupper():
        return not _is_name(match, paragraph.text, words)
    if rule == "holiday":
        return not _is_of_others(span)
    if rule == "month":
        return "PERSON" not in kinds
    return True


def _is_of_others(span: DocSpan) -> bool:
    """ "Chinese New Year", "Merry Christmas", "Mr. Easter": no day of the name alone."""
    before = span.doc[span.start - 1] if span.start else None
    return before is not None and before.text[0].isupper() and before.pos_ in ("ADJ", "PROPN")


def _is_counted(span: DocSpan) -> bool:
    """Whether an expression stands behind a number or several of something."""
    before = span.doc[span.start - 1] if span.start else None
    return before is not None and (
        before.pos_ == "NUM" or (before.pos_ == "NOUN" and "Plur" in before.morph.get("Number", []))
    )


NAME = re.compile(r"\s[A-Z]")
LOWER = frozenset(("set", "which", "day", "last night", "ago", "for", "the past", "reference", "season", "part"))


def _is_title(words: str, span: DocSpan) -> bool:
    """Whether an expression is written with capitals within a sentence."""
    first, *rest = words.split() or [""]
    if any(word[0].isupper() for word in rest):
        return True
    opens = span[0].is_sent_start or span.start == 0 or not span.doc[span.start - 1].text[-1].isalnum()
    return first[:1].isupper() and not opens


def _is_name(match: re.Match[str], text: str, words: Words) -> bool:
    """Whether a day is part of a name: "Sunday Times", "Black Friday", "USA TODAY"."""
    before = re.search(r"([A-Z]\w+)\s$", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"\s([A-Z]\w+)", text[match.end() :])
    return bool(before and before[1].lower() in words.listed("names before")) or bool(
        after and after[1].lower() in words.listed("names after")
    )


def _in_capitals(span: DocSpan) -> bool:
    """Whether the sentence is a headline in title case, where capitals say nothing."""
    words = [token for token in sentence_of(span.root) if token.is_alpha and len(token) > 3]
    return sum(token.text[0].isupper() for token in words) >= 0.7 * len(words)


def _trimmed(reading: Reading, text: str) -> Reading:
    """Without space at its ends, and without the full stop of the sentence."""
    start, end = reading.start, reading.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return replace(reading, start=start, end=end)


def _with_days_beside(reading: Reading, setting: Setting) -> list[Reading]:
    """ "April 24 and 25": the second day too."""
    found = [reading]
    if reading.rule == "month day" and not reading.until and (first := DAY.fullmatch(reading.value)):
        beside = setting.words.forms["and a day"].match(setting.text, reading.end)
        if beside and int(beside["day"]) > int(first[2]):
            value = f"{first[1]}-{int(beside['day']):02d}"
            if period_of(value):
                found.append(replace(reading, start=beside.start("day"), end=beside.end("day"), value=value))
    return found


def _as_ranges(found: list[Reading], text: str, words: Words) -> list[Reading]:
    """The two ends of "between 2019 and 2021" and "from Monday to Friday", each with all that lies between them."""
    forms = words.forms
    for at, (one, other) in enumerate(pairwise(list(found))):
        middle, before = text[one.end : other.start], text[max(0, one.start - 60) : one.start]
        if not (
            (forms["range to"].fullmatch(middle) and forms["range from"].search(before))
            or (forms["range and"].fullmatch(middle) and forms["range between"].search(before))
            or (forms["range dash"].fullmatch(middle) and one.rule in OF_MONTHS and other.rule in OF_MONTHS)
        ):
            continue
        if one.relative and not other.relative and one.rule in OF_MONTHS and other.rule in OF_MONTHS:
            one = _in_year_of(other, one)
        first, last = _ends(one), _ends(other)
        if first and last and first[0] <= last[0] and first[1] < last[1]:
            since, until = first[0].isoformat(), last[1].isoformat()
            found[at] = replace(one, since=since, until=until)
            found[at + 1] = replace(other, since=since, until=until)
    return found


def _in_year_of(other: Reading, one: Reading) -> Reading:
    """ "From Nov. 3 to Feb. 5, 2019": the year that is said of the end, or the one before it."""
    year, rest = int(other.value[:4]), one.value[4:]
    value = f"{year - (rest > other.value[4:]):04d}{rest}"
    return replace(one, value=value, relative=False) if period_of(value) else one


OF_DAYS = frozenset(("full", "month day", "weekday", "day"))
OF_MONTHS = frozenset(("full", "month day", "month year", "month"))


def _ends(reading: Reading) -> tuple[date, date] | None:
    period = period_of(reading.value) if reading.type == "DATE" and not reading.guessed else None
    return period[:2] if period else None


def _joined(one: Reading, other: Reading, text: str, words: Words) -> Reading | None:
    """A day and a time of day that stand beside each other."""
    if not words.forms["between two"].fullmatch(text[one.end : other.start]):
        return None
    for clock, day in ((one, other), (other, one)):
        if clock.clock and not day.clock and re.match(r"\d{4}-\d\d-\d\d", day.value) and day.type in ("DATE", "TIME"):
            return at_clock(day, clock)
    for part, day in ((one, other), (other, one)):
        if part.rule == "part" and day.type == "DATE" and DAY.fullmatch(day.value):  # "mid-afternoon yesterday"
            value = day.value + part.value[10:]
            return replace(day, start=one.start, end=other.end, type="TIME", value=value)
    return None
