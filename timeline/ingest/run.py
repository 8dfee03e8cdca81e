"""One article down the whole corridor. Reads settings and the clock; knows no SQL and no HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, Unread
from timeline.ingest import store
from timeline.ingest.versions import find_lineage, find_same
from timeline.models import Article
from timeline.reconciliation.plan import Step, plan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What became of one input: every one ends taken, duplicate or refused with a reason."""

    outcome: Literal["taken", "duplicate", "refused"]
    reason: str = ""
    article_uid: str | None = None
    created: int = 0
    updated: int = 0
    events: int = 0
    statements: int = 0
    actors: int = 0
    review: int = 0
    warnings: tuple[str, ...] = ()

    @classmethod
    def refused(cls, reason: str) -> IngestResult:
        return cls(outcome="refused", reason=reason)

    @classmethod
    def duplicate(cls, article: Article) -> IngestResult:
        return cls(outcome="duplicate", reason="these very bytes have been read before", article_uid=article.uid)


Reader = Callable[[Record], Extraction]


def ingest(record: Record, *, read: Reader, retrieved_at: datetime | None = None) -> IngestResult:
    """Walk one article down the whole corridor. Never raises for what the article is.

    `read` reads it: `extraction.interchange.read` in this process, `reader.read_apart` in one of its own.
    """
    same = find_same(record.raw, record.url or "")
    if same is not None:
        return IngestResult.duplicate(same)
    extraction = _read(record, read)
    if isinstance(extraction, IngestResult):
        return extraction
    return keep(record, extraction, retrieved_at=retrieved_at)


def _read(record: Record, read: Reader) -> Extraction | IngestResult:
    try:
        return read(record)
    except Unread as error:
        return IngestResult.refused(str(error))
    except Exception as error:  # one article that trips the rules must not end the run
        log.exception("reading %s failed", record.id)
        return IngestResult.refused(f"reading failed ({type(error).__name__}: {error}); this is a mistake in the rules")


def keep(record: Record, extraction: Extraction, *, retrieved_at: datetime | None = None) -> IngestResult:
    """Reconcile what was read with what is known, and store it: whole or not at all."""
    content, url, publisher = record.raw, address_of(record, extraction), record.publisher or ""
    with store.one_at_a_time():
        same = find_same(content, url)
        if same is not None:
            return IngestResult.duplicate(same)
        lineage = find_lineage(extraction, url=url, publisher=publisher)
        steps = plan(extraction, store.load_known(extraction, lineage))
        article = store.save_article(
            extraction,
            content=content,
            url=url,
            publisher=publisher,
            retrieved_at=retrieved_at or datetime.now(UTC),
            lineage=lineage,
        )
        counts = store.apply(article, steps, lineage)
    return IngestResult(
        outcome="taken",
        article_uid=article.uid,
        created=counts.created,
        updated=counts.updated,
        events=counts.events,
        statements=counts.statements,
        actors=counts.actors,
        review=counts.review,
        warnings=extraction.document.warnings,
    )


def preview(record: Record, *, read: Reader) -> list[Step] | IngestResult:
    """What ingesting would do, without doing it."""
    same = find_same(record.raw, record.url or "")
    if same is not None:
        return IngestResult.duplicate(same)
    extraction = _read(record, read)
    if isinstance(extraction, IngestResult):
        return extraction
    url = address_of(record, extraction)
    lineage = find_lineage(extraction, url=url, publisher=record.publisher or "")
    return plan(extraction, store.load_known(extraction, lineage))


def address_of(record: Record, extraction: Extraction) -> str:
    """The address it was given under, else the one that the page gives itself."""
    return (record.url or extraction.document.url or "")[:2000]
