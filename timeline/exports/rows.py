"""An entry of the chronology as rows: the event, and after it each of its statements."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from timeline.exports.cells import Cell, fitting, joined, shortened
from timeline.exports.conflicts import DateConflict, OrderConflict, conflicts_of
from timeline.exports.dates import in_words, last_moment, localised, moment, published, slide_dates
from timeline.exports.entries import Entry, Saying
from timeline.models import Article, Event, Evidence, Place, Statement, Story

Row = dict[str, Cell]

# As much of a quote as a headline holds.
HEADLINE_QUOTE = 61


def rows_of(entries: Iterable[Entry], *, site: str) -> Iterator[Row]:
    """Rows in the order of the entries. `site` is what permalinks begin with, without a slash at its end."""
    number = count(1)
    for entry in entries:
        yield {"order": next(number), **_event_row(entry, site)}
        for saying in entry.sayings:
            yield {"order": next(number), **_statement_row(saying, entry, site)}


def title_row(story: Story) -> Row:
    """The slide of a story's title, as TimelineJS knows it."""
    paragraphs = (f"<p>{html.escape(words)}</p>" for words in [story.standfirst, *story.text.split("\n\n")] if words)
    return {"Type": "title", "Headline": html.escape(story.title), "Text": fitting(paragraphs, rest="<p>…</p>")}


def _event_row(entry: Entry, site: str) -> Row:
    event = entry.event
    evidence = entry.evidence
    permalink = site + event.get_absolute_url()
    when = event.date
    return {
        "entry_id": event.uid,
        "entry_type": "event",
        "title": event.title,
        **_date_cells(event),
        "date_display": in_words(when, event.date_display),
        "description": event.description,
        **_shared_cells(entry),
        **_source_cells(evidence),
        "source_count": event.sources,
        "confidence": round(event.confidence, 2),
        "status": _status(event),
        "corrected_fields": joined(sorted(event.locked_fields)),
        "conflicts": joined(_in_words(conflict) for conflict in conflicts_of(entry)),
        "permalink": permalink,
        "updated_at": _updated(entry.changed, evidence),
        **slide_dates(when),
        "Display Date": in_words(when, event.date_display),
        "Headline": html.escape(event.title),
        "Text": _slide_text(entry, permalink),
        "Group": event.kind.capitalize(),
        **_mark_cells(entry),
        **_timesketch_cells(event, event.title, event.kind, evidence),
    }


def _statement_row(saying: Saying, entry: Entry, site: str) -> Row:
    statement, evidence = saying.statement, saying.evidence
    title = headline_of(statement)
    return {
        "entry_id": statement.uid,
        "entry_type": "statement",
        "parent_event_id": entry.event.uid,
        "title": title,
        **_date_cells(statement),
        "date_display": in_words(statement.date),
        **_shared_cells(entry),
        "kind": "statement",
        "speaker": speaker_of(statement),
        "quote": statement.text,
        "quote_kind": statement.kind,
        "medium": statement.medium,
        **_source_cells(evidence),
        "source_count": _independent(evidence),
        "confidence": round(statement.confidence, 2),
        "status": _status(statement),
        "corrected_fields": joined(sorted(statement.locked_fields)),
        "permalink": site + statement.get_absolute_url(),
        "updated_at": _updated(saying.changed, evidence),
        **_timesketch_cells(statement, title, "statement", evidence),
    }


def _mark_cells(entry: Entry) -> Row:
    """What a story says of its entry."""
    return {"note": entry.mark.note, "emphasis": entry.mark.emphasis or ""} if entry.mark else {}


def speaker_of(statement: Statement) -> str:
    return statement.speaker.name if statement.speaker else statement.speaker_as_written


def in_quotes(statement: Statement, text: str) -> str:
    """Quotation marks only around what is verbatim."""
    return f"“{text}”" if statement.is_verbatim else text


def headline_of(statement: Statement) -> str:
    beginning = shortened(" ".join(statement.text.split()), HEADLINE_QUOTE)
    return f"{speaker_of(statement) or 'Somebody'}: {in_quotes(statement, beginning)}"


def _date_cells(thing: Event | Statement) -> Row:
    when = localised(thing.date)
    return {
        "date_earliest": when.earliest.isoformat() if when.earliest else "",
        "date_latest": when.latest.isoformat() if when.latest else "",
        "date_precision": when.precision.value,
        "date_edtf": when.edtf or "",
        "date_basis": f"{when.basis.value}: {when.reason}" if when.reason else when.basis.value,
        "timezone": when.zone or "",
    }


def _shared_cells(entry: Entry) -> Row:
    """What an event and its statements have in common."""
    return {
        "kind": entry.event.kind,
        "actors": joined(participation.actor.name for participation in entry.participations),
        "places": joined(_places(entry.event.place)),
    }


def _places(place: Place | None) -> Iterator[str]:
    """A place and the two it is part of, as far as the filter by place looks."""
    for _ in range(3):
        if place is None:
            return
        yield place.name
        place = place.part_of


def _source_cells(evidence: Sequence[Evidence]) -> Row:
    """Where it stands: the first passage that supports it."""
    proof = next((e for e in evidence if e.stance != Evidence.Stance.CONTRADICTS), None)
    if proof is None:
        return {}
    located = proof.start is not None and proof.end is not None
    cells: Row = {
        "evidence": proof.exact,
        "evidence_locator": f"chars {proof.start}-{proof.end}" if located else "",
        "source_title": proof.outside_title,
        "source_url": proof.outside_url,
    }
    if article := proof.article:
        cells |= {
            "source_title": article.title,
            "source_publisher": article.publisher.name if article.publisher else "",
            "source_author": joined(str(name) for name in article.bylines),
            "source_published": published(article.date),
            "source_url": article.url,
        }
    return cells


def _independent(evidence: Iterable[Evidence]) -> int:
    """How many independent sources: copies of one text are one."""
    return len({e.article.source_id if e.article else e.outside_url or e.outside_title for e in evidence})


def _status(thing: Event | Statement) -> str:
    return joined([thing.status, *(["hedged"] if thing.hedged else [])])


def _in_words(conflict: DateConflict | OrderConflict) -> str:
    """Who says otherwise, what and, of an order, in which sentence."""
    claimant = _claimant(conflict.article)
    match conflict:
        case DateConflict(date=date):
            return f"{claimant}: {in_words(date)}"
        case OrderConflict(order=order, other=other, passages=passages):
            said = "".join(f" (“{passage.exact}”)" for passage in passages)
            return f"{claimant}: {order} “{other.title}”{said}"


def _claimant(article: Article | None) -> str:
    if article is None:
        return "An editor"
    return article.publisher.name if article.publisher else str(article)


def _updated(changed: datetime | None, evidence: Iterable[Evidence]) -> str:
    """When a row was last changed, or last read from an article."""
    return last_moment(changed, *(e.article.retrieved_at for e in evidence if e.article))


def _slide_text(entry: Entry, permalink: str) -> str:
    """The words of a slide, as HTML: what happened, what was said, and the way to the proof."""
    event = entry.event
    link = f'<p><a href="{html.escape(permalink)}">Sources and evidence</a></p>'
    pieces = [f"<p>{html.escape(event.description)}</p>"] if event.description else []
    pieces += [_blockquote(saying.statement) for saying in entry.sayings]
    if entry.mark and entry.mark.note:
        pieces.append(f"<p><b>Editor’s note:</b> {html.escape(entry.mark.note)}</p>")
    return fitting([*pieces, link], rest=f"<p>…</p>{link}")


def _blockquote(statement: Statement) -> str:
    words = ", ".join(word for word in (speaker_of(statement), statement.medium) if word)
    signature = f"<br><cite>{html.escape(words)}</cite>" if words else ""
    return f"<blockquote>{html.escape(in_quotes(statement, statement.text))}{signature}</blockquote>"


def _timesketch_cells(thing: Event | Statement, message: str, kind: str, evidence: Iterable[Evidence]) -> Row:
    at, meaning = moment(thing.date, [e.article.date for e in evidence if e.article])
    marks = [kind, *(["hedged"] if thing.hedged else []), *(["corrected"] if thing.is_corrected else [])]
    return {"message": message, "datetime": at, "timestamp_desc": meaning, "tag": json.dumps(marks)}
