"""Records read, answers out: the JSON Lines of the public interface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from timeline.extraction.documents import read_document, read_html, read_text
from timeline.extraction.language import model_for
from timeline.extraction.mentions import Document, Extraction, Span
from timeline.extraction.pipeline import extract
from timeline.extraction.records import OPTIONAL, NoModel, Record
from timeline.vocabulary import PartialDate

NO_DATE = dict.fromkeys(("earliest", "latest", "precision", "edtf", "timezone", "basis", "raw"))


def document_of(record: Record) -> Document:
    """Read a record's document.

    Raises:
        UnreadableDocument: there is no article in it; the message says why.
    """
    known = {key: getattr(record, key) for key in OPTIONAL}
    if record.content is not None:
        return read_document(record.content, charset=record.charset, **known)
    if record.text is not None:
        return read_text(record.text, **known)
    return read_html(record.html or "", **known)


def read(record: Record) -> Extraction:
    """Read a record from end to end.

    Raises:
        UnreadableDocument: there is no article in it.
        NoModel: nothing installed reads its language.
    """
    document = document_of(record)
    try:
        model = model_for(document.language or "en")
    except NoModel as error:
        raise type(error)(str(error), document) from error
    return extract(document, model)


def answer(identifier: str | None, extraction: Extraction) -> dict[str, Any]:
    """The answer record of the public interface: absent is null or an empty list, never a missing key."""
    document = extraction.document
    return {
        "id": identifier,
        "document": {
            "title": document.title,
            "bylines": list(document.bylines),
            "dek": document.dek,
            "publisher": document.publisher,
            "language": document.language,
            "url": document.url,
            "published": _date(document.published),
            "page_clock": _date(document.page_clock),
            "text": document.text,
            "blocks": [{"start": b.start, "end": b.end, "role": b.role.value} for b in document.blocks],
        },
        "actors": [
            {
                "id": actor.key,
                "name": actor.name,
                "kind": actor.kind.value,
                "role": actor.role,
                "mentions": [{**_span(m.span), "form": m.form.value} for m in actor.mentions],
            }
            for actor in extraction.actors
        ],
        "statements": [
            {
                "id": s.key,
                "kind": s.kind.value,
                "speaker": s.speaker,
                "speaker_span": _optional(s.speaker_span),
                "cue": _optional(s.cue),
                "content": _spans(s.content),
                "medium": s.medium,
                "addressee": s.addressee,
                "date": _date(s.date),
                "continues": s.continues,
                "hedged": s.hedged,
                "confidence": round(s.confidence, 3),
            }
            for s in extraction.statements
        ],
        "times": [
            {**_span(t.span), "type": t.type, "value": t.value, **(_date(t.date) or NO_DATE)} for t in extraction.times
        ],
        "places": [
            {
                "id": place.key,
                "name": place.name,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "mentions": _spans(place.mentions),
            }
            for place in extraction.places
        ],
        "events": [
            {
                "id": event.key,
                "title": event.title,
                "kind": event.kind.value,
                "main": event.main,
                "hedged": event.hedged,
                "date": _date(event.date),
                "actors": [{"actor": p.actor, "role": p.role} for p in event.participants],
                "place": event.place,
                "trigger": _optional(event.trigger),
                "evidence": _spans(event.evidence),
                "statements": list(event.statements),
                "confidence": round(event.confidence, 3),
            }
            for event in extraction.events
        ],
        "relations": [
            {"type": r.kind.value, "from": r.source, "to": r.target, "evidence": _optional(r.evidence)}
            for r in extraction.relations
        ],
    }


def error_answer(identifier: str | None, error: Exception) -> dict[str, Any]:
    return {"id": identifier, "error": {"type": type(error).__name__, "message": str(error)}}


def _date(date: PartialDate | None) -> dict[str, str | None] | None:
    return date.to_json() if date else None


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _optional(span: Span | None) -> dict[str, Any] | None:
    return _span(span) if span else None


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]
