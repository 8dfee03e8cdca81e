"""Copies and versions: which stored article a new one repeats, and what a newer version takes the place of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Count

from timeline.extraction.mentions import Extraction
from timeline.extraction.names import normal_form
from timeline.ingest.derived import leave_alone, settle_dates
from timeline.ingest.removal import erase, erase_unneeded
from timeline.ingest.stories import heads_of
from timeline.models import Article, Claim, Event, EventRelation, Shingle, Statement
from timeline.models.identity import new_uid
from timeline.reconciliation.identity import containment, prose, sample, shingles
from timeline.vocabulary import ArticleState, EventStatus

# Edited copies of one text share at least half of the shorter one's runs of four words, different articles on one event
# at most .28 (measured on news articles).
COPY = 0.5
# A text that is nearly the same, from nowhere else, is a newer version and not somebody's copy.
VERSION = 0.8
LIKELY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where an article stands among those stored. `source` is one name for a text with its copies and versions."""

    source: str
    previous: Article | None = None
    copied: Article | None = None


def find_same(content: bytes, url: str) -> Article | None:
    """The stored article that is these very bytes: under the same address, or one of the two without any."""
    digest = hashlib.sha256(content).hexdigest()
    same = list(Article.objects.filter(original__digest=digest).order_by("pk"))
    return next((a for a in same if a.url == url or not a.url or not url), None)


def find_lineage(extraction: Extraction, *, url: str, publisher: str) -> Lineage:
    """Whether an article is a newer version of a stored one, a copy of one, or new."""
    if url:
        previous = Article.objects.filter(url=url, state=ArticleState.TAKEN).first()
        if previous is not None:
            return Lineage(source=previous.source_key, previous=previous, copied=previous.duplicate_of)
    hashes = shingles(prose(extraction.document))
    for article in _likely(sample(hashes)):
        shared = containment(hashes, shingles(article.prose))
        if shared < COPY:
            continue
        if _is_version(extraction, article, url=url, publisher=publisher, shared=shared):
            return Lineage(source=article.source_key, previous=article, copied=article.duplicate_of)
        return Lineage(source=article.source_key, copied=article.duplicate_of or article)
    return Lineage(source=new_uid())


def _likely(values: frozenset[int]) -> list[Article]:
    """Stored articles that share most of the sampled shingles."""
    counted = (
        Shingle.objects.filter(value__in=values, article__state=ArticleState.TAKEN)
        .values("article")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "article")[:LIKELY]
    )
    order = [row["article"] for row in counted]
    articles = Article.objects.select_related("duplicate_of").in_bulk(order)
    return [articles[pk] for pk in order]


def _is_version(extraction: Extraction, article: Article, *, url: str, publisher: str, shared: float) -> bool:
    """A changed copy of what came in without an address before: the same house as far as is known, the same title."""
    if url or article.url:
        return False
    if publisher and article.publisher and article.publisher.name != publisher:
        return False
    same_title = normal_form(extraction.document.title or "") == normal_form(article.title)
    same_day = extraction.document.published is None or extraction.document.published.latest == article.latest
    return same_day and (same_title or shared >= VERSION)


def replace_version(previous: Article, article: Article) -> set[int]:
    """Let a newer version take the place of an earlier one; returns the events whose evidence or story changed.

    What only the earlier text supports, and no person has touched, goes, and the actors and places that were in nothing
    else with it. What a person has touched keeps its evidence in the earlier text, which stays as it was.
    """
    events = list(Event.objects.filter(evidence__article=previous).distinct())
    statements = list(Statement.objects.filter(evidence__article=previous).distinct())
    actors = {pk for event in events for pk in event.participations.values_list("actor", flat=True)}
    actors |= {statement.speaker_id for statement in statements if statement.speaker_id}
    places = {event.place_id for event in events if event.place_id}
    within = set(Statement.objects.filter(event__in=events).values_list("pk", flat=True))
    heads = heads_of([previous.pk])
    following = list(Article.objects.filter(carries_on__in=events).values_list("pk", flat=True))
    told: list[Event | Statement] = [*statements, *events]
    for thing in told:
        _let_go(thing, previous, article)
    EventRelation.objects.filter(article=previous, by_hand=False).delete()
    claimed: set[int] = set()
    for claim in Claim.objects.filter(article=previous).select_related("event"):
        if Claim.objects.filter(event=claim.event_id, article=article).exists() or not claim.event.is_corrected:
            claimed.add(claim.event_id)
            claim.delete()
    Article.objects.filter(pk=previous.pk).update(main_event=None, carries_on=None)
    # A copy of the earlier version is a copy of this one: together they stay one source.
    previous.copies.exclude(pk=article.pk).update(duplicate_of=article.duplicate_of or article)
    settle_dates(claimed)
    leave_alone(within)
    erase_unneeded(actors, places)
    left = Event.objects.filter(pk__in=[event.pk for event in events])
    return set(left.values_list("pk", flat=True)) | heads | heads_of(following)


def _let_go(thing: Event | Statement, previous: Article, article: Article) -> None:
    old = thing.evidence.filter(article=previous, by_hand=False)
    if thing.evidence.filter(article=article).exists():
        old.delete()
    elif not _is_touched(thing):
        old.delete()
        if not thing.evidence.exists():
            erase([thing])


def _is_touched(thing: Event | Statement) -> bool:
    """Whether a person has had a hand in it, or put something into it."""
    if thing.is_corrected or thing.status in (EventStatus.CONFIRMED, EventStatus.REJECTED) or thing.history.exists():
        return True
    if thing.evidence.filter(by_hand=True).exists():
        return True
    return isinstance(thing, Event) and (
        EventRelation.objects.touching(thing).filter(by_hand=True).exists()
        or thing.parts.exists()
        or thing.story_entries.exists()
        or any(statement.is_locked("event") for statement in thing.statements.all())
    )
