"""What articles say of an entry and the entry does not say: other dates, and orders that its date does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from timeline.exports import values
from timeline.exports.dates import When
from timeline.exports.entries import Entry
from timeline.vocabulary import ON_PAGE, ORDER_WORDS, RelationKind


class Passage(NamedTuple):
    """Words of an article, where they stand in its text."""

    start: int
    end: int
    exact: str


class DateConflict(NamedTuple):
    """A date that an article gives, with its passages about the event."""

    article: values.Article
    when: When
    passages: tuple[Passage, ...]


class OrderConflict(NamedTuple):
    """That the event is before, after or on the day of another, as an article says it or, without one, an editor.

    `relation` has the title and the uid of the other.
    """

    article: values.Article | None
    order: str
    relation: values.Relation
    passages: tuple[Passage, ...]


def conflicts_of(entry: Entry) -> Iterator[DateConflict | OrderConflict]:
    """The conflicts of an entry, dates first; by what articles say and where, and not by when they came in."""
    if entry.claims:
        yield from sorted(_dates(entry), key=lambda one: (one.when.date.edtf or "", one.article.url))
    if entry.leading or entry.following:
        yield from sorted(_orders(entry), key=lambda one: (one.order, one.relation.title, _address(one.article)))


def _address(article: values.Article | None) -> str:
    return article.url if article else ""


def _dates(entry: Entry) -> Iterator[DateConflict]:
    date = entry.event.when.date
    for claim in entry.claims:
        claimed = claim.when.date
        if (claimed.earliest, claimed.latest) == (date.earliest, date.latest):
            continue
        if entry.event.date_disputed or not claimed.overlaps(date):
            proof = [row for row in entry.evidence if row.article == claim.article]
            passages = (_passage(row.start, row.end, row.exact) for row in proof)
            yield DateConflict(entry.articles[claim.article], claim.when, tuple(filter(None, passages)))


def _orders(entry: Entry) -> Iterator[OrderConflict]:
    date = entry.event.when.date
    for side, relations in enumerate((entry.leading, entry.following)):
        for relation in relations:
            kind, other = RelationKind(relation.kind), relation.when.date
            first, second = (other, date) if side else (date, other)
            if not kind.fits(first, second) and relation.status in ON_PAGE:
                article = None if relation.article is None else entry.articles[relation.article]
                passage = _passage(relation.start, relation.end, relation.sentence)
                yield OrderConflict(article, ORDER_WORDS[kind][side], relation, (passage,) if passage else ())


def _passage(start: int | None, end: int | None, exact: str) -> Passage | None:
    return Passage(start, end, exact) if start is not None and end is not None and exact else None
