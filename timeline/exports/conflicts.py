"""What articles say of an entry and the entry does not say: other dates, and orders that its date does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.exports.entries import Entry
from timeline.models import Article, Event
from timeline.vocabulary import ORDER_WORDS, PartialDate, RelationKind


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, where they stand in its text."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class DateConflict:
    """A date that an article gives, with its passages about the event."""

    article: Article
    date: PartialDate
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class OrderConflict:
    """That the event is before, after or on the day of another, as an article says it or, without one, an editor."""

    article: Article | None
    order: str
    other: Event
    passages: tuple[Passage, ...]


def conflicts_of(entry: Entry) -> Iterator[DateConflict | OrderConflict]:
    """The conflicts of an entry, dates first; by what articles say and where, and not by when they came in."""
    yield from sorted(_dates(entry), key=lambda one: (one.date.edtf or "", _address(one.article)))
    yield from sorted(_orders(entry), key=lambda one: (one.order, one.other.title, _address(one.article)))


def _address(article: Article | None) -> str:
    return article.url if article else ""


def _dates(entry: Entry) -> Iterator[DateConflict]:
    event = entry.event
    for claim in entry.claims:
        if (claim.earliest, claim.latest) == (event.earliest, event.latest):
            continue
        if event.date_disputed or not claim.date.overlaps(event.date):
            proof = [row for row in entry.evidence if row.article_id == claim.article_id]
            passages = (_passage(row.start, row.end, row.exact) for row in proof)
            yield DateConflict(claim.article, claim.date, tuple(filter(None, passages)))


def _orders(entry: Entry) -> Iterator[OrderConflict]:
    told = [(relation, 0, relation.target) for relation in entry.leading]
    told += [(relation, 1, relation.source) for relation in entry.following]
    for relation, side, other in told:
        if not relation.fits_dates and other.is_on_page:
            passage = _passage(relation.start, relation.end, str(getattr(relation, "sentence", "")))
            order = ORDER_WORDS[RelationKind(relation.kind)][side]
            yield OrderConflict(relation.article, order, other, (passage,) if passage else ())


def _passage(start: int | None, end: int | None, exact: str) -> Passage | None:
    return Passage(start, end, exact) if start is not None and end is not None and exact else None
