"""One article down the whole corridor. Knows the clock, and no SQL and no HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeVar

from django.db import DataError, IntegrityError
from django.db import Error as DatabaseFailure

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import NoModel, NoRules, Record, Unread
from timeline.ingest import store
from timeline.ingest.lookup import load_known
from timeline.ingest.removal import erase
from timeline.ingest.versions import find_lineage, find_same
from timeline.models import Article
from timeline.reconciliation.plan import plan
from timeline.reconciliation.steps import (
    Step,
)
from timeline.vocabulary import ArticleState

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
        reason = "these very bytes have been read before"
        if article.state == ArticleState.SUPERSEDED:
            reason += ", and a newer version since"
        return cls(outcome="duplicate", reason=reason, article_uid=article.uid)


Reader = Callable[[Record], Extraction]
Answer = TypeVar("Answer")

# In bytes: what every database can index.
LONGEST_ADDRESS = 2000


def ingest(record: Record, *, read: Reader, retrieved_at: datetime | None = None) -> IngestResult:
    """Walk one article down the whole corridor. Never raises for what the article is.

    `read` reads it: `extraction.interchange.read` in this process, `reader.Reader` in one of its own.

    Raises:
        django.db.Error: the database cannot be read or written.
    """
    return _refusing(record, lambda: _ingest(record, read, retrieved_at))


def _ingest(record: Record, read: Reader, retrieved_at: datetime | None) -> IngestResult:
    refused = settled_before_reading(record)
    if refused is not None:
        return refused
    try:
        extraction = read(record)
    except NoModel as error:
        kept = _keep_unread(record, error, retrieved_at)
        if isinstance(error, NoRules) and kept is not None:
            return kept
        return IngestResult.refused(f"{error}; its text is kept and shown, and is read when it is given again")
    return keep(record, extraction, retrieved_at=retrieved_at)


def _keep_unread(record: Record, error: NoModel, retrieved_at: datetime | None) -> IngestResult | None:
    """Store an article that no model reads as it came, with nothing read from it, unless it stands there; None where
    another stands in its place."""
    if error.document is None:
        return None
    warning = f"Nothing was read from it: {error}."
    document = replace(error.document, warnings=(*error.document.warnings, warning))
    extraction = Extraction(version="", document=document)
    content, url, publisher = record.raw, address_of(record, extraction), record.publisher or ""
    with store.one_at_a_time():
        same = find_same(content, url)
        if same is not None:
            return IngestResult.duplicate(same)
        lineage = find_lineage(extraction, url=url, publisher=publisher)
        if lineage.previous is not None:
            return None
        article = store.save_article(
            extraction,
            content=content,
            given=record.given,
            url=url,
            publisher=publisher,
            retrieved_at=retrieved_at or datetime.now(UTC),
            lineage=lineage,
        )
        return IngestResult(outcome="taken", article_uid=article.uid, warnings=(warning,))


def settled_before_reading(record: Record) -> IngestResult | None:
    """What becomes of a record that needs no reading: it is known, or cannot be kept. None where it must be read."""
    if record.url and len(record.url.encode()) > LONGEST_ADDRESS:
        return IngestResult.refused(f"its address is longer than {LONGEST_ADDRESS:,} bytes")
    same = find_same(record.raw, record.url or "")
    return IngestResult.duplicate(same) if same and same.is_read else None


def _refusing(record: Record, walk: Callable[[], Answer]) -> Answer | IngestResult:
    """What a walk answers, or the refusal of an article that stops it."""
    try:
        return walk()
    except Unread as error:
        return IngestResult.refused(str(error))
    except (DataError, IntegrityError) as error:
        return IngestResult.refused(f"the database does not take it ({error}); this is a mistake in the rules")
    except DatabaseFailure:
        raise
    except Exception as error:  # one article that trips the rules must not end the run
        log.warning("%s trips the rules: %s: %s", record.id, type(error).__name__, error)
        log.debug("where it trips", exc_info=error)
        return IngestResult.refused(f"failed ({type(error).__name__}: {error}); this is a mistake in the rules")


def keep(record: Record, extraction: Extraction, *, retrieved_at: datetime | None = None) -> IngestResult:
    """Reconcile what was read with what is known, and store it: whole or not at all."""
    content, url, publisher = record.raw, address_of(record, extraction), record.publisher or ""
    with store.one_at_a_time():
        same = find_same(content, url)
        if same is not None and same.is_read:
            return IngestResult.duplicate(same)
        erase([same] if same is not None else [])  # it could not be read when it came
        lineage = find_lineage(extraction, url=url, publisher=publisher)
        steps = plan(extraction, load_known(extraction, lineage))
        article = store.save_article(
            extraction,
            content=content,
            given=record.given,
            url=url,
            publisher=publisher,
            retrieved_at=retrieved_at or datetime.now(UTC),
            lineage=lineage,
            corrected=same,
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
    return _refusing(record, lambda: _preview(record, read))


def _preview(record: Record, read: Reader) -> list[Step] | IngestResult:
    refused = settled_before_reading(record)
    if refused is not None:
        return refused
    extraction = read(record)
    url = address_of(record, extraction)
    same = find_same(record.raw, url)
    if same is not None and same.is_read:
        return IngestResult.duplicate(same)
    lineage = find_lineage(extraction, url=url, publisher=record.publisher or "")
    return plan(extraction, load_known(extraction, lineage))


def address_of(record: Record, extraction: Extraction) -> str:
    """The address it was given under, else the one that the page gives itself."""
    if record.url:
        return record.url
    own = extraction.document.url or ""
    return own if len(own.encode()) <= LONGEST_ADDRESS else ""
