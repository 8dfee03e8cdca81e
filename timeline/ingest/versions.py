"""Copies and versions: which stored article a new one repeats, and what a newer version takes the place of."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from timeline.extraction.mentions import Extraction
from timeline.extraction.names import normal_form
from timeline.ingest.derived import leave_alone
from timeline.ingest.removal import erase
from timeline.ingest.stories import heads_of
from timeline.models import Account, Article, Claim, Event, EventRelation, Evidence, Statement
from timeline.models.identity import new_uid
from timeline.reconciliation.identity import containment, prose, sample, shingles
from timeline.vocabulary import ArticleState, EventStatus

# Edited copies of one text share at least half of the shorter one's runs of four words, different articles on one event
# at most .28 (measured on news articles).
COPY = 0.5
# A text that is nearly the same, from nowhere else, is a newer version and not somebody's copy.
VERSION = 0.8
# Of each shingle the last so many articles that have it are counted: what more have is said everywhere and tells of no
# copy. Of those that share shingles so many are asked whether they are current, and so many of those are compared.
OF_SHINGLE, SHARING, LIKELY = 200, 60, 8
# SQLite joins no more than five hundred queries into one.
AT_ONCE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where an article stands among those stored. `source` is one name for a text with its copies and versions.

    `afresh` says that other rules have read the previous version: that it was found to tell an event is no reason to
    find so again.
    """

    source: str
    previous: Article | None = None
    copied: Article | None = None
    afresh: bool = False


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
    shared = Counter(_sharing(sorted(values)))
    order = sorted(shared, key=lambda article: (-shared[article], article))[:SHARING]
    states = Article.objects.filter(pk__in=order).values_list("pk", "state")
    gone = {pk for pk, state in states if state == ArticleState.SUPERSEDED}
    likely = [pk for pk in order if pk not in gone][:LIKELY]
    articles = Article.objects.select_related("duplicate_of").in_bulk(likely)
    return [articles[pk] for pk in likely]


def _sharing(values: Sequence[int]) -> Iterator[int]:
    """The articles that have each of some shingles, the last so many of each."""
    one = f"SELECT article_id FROM timeline_shingle WHERE value = %s ORDER BY article_id DESC LIMIT {OF_SHINGLE}"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(values), AT_ONCE):
            some = values[start : start + AT_ONCE]
            cursor.execute(" UNION ALL ".join([f"SELECT article_id FROM ({one}) AS last"] * len(some)), some)  # noqa: S608
            yield from (article for (article,) in cursor.fetchall())


def _is_version(extraction: Extraction, article: Article, *, url: str, publisher: str, shared: float) -> bool:
    """A changed copy of what came in without an address before: the same house as far as is known, the same title."""
    if url or article.url:
        return False
    if publisher and article.publisher and article.publisher.name != publisher:
        return False
    same_title = normal_form(extraction.document.title or "") == normal_form(article.title)
    same_day = extraction.document.published is None or extraction.document.published.latest == article.latest
    return same_day and (same_title or shared >= VERSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a newer version leaves to be brought up to date, by the ids of the rows: the events whose evidence or story
    changed, and the actors and places that may be in nothing else."""

    events: set[int]
    actors: set[int]
    places: set[int]


def replace_version(previous: Article, article: Article) -> Left:
    """Let a newer version take the place of an earlier one.

    What only the earlier text supports, and no person has touched, goes. What a person has touched keeps its evidence
    in the earlier text, which stays as it was.
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
    leave_alone(within)
    left = Event.objects.filter(pk__in={event.pk for event in events} | claimed)
    touched = set(left.values_list("pk", flat=True)) | heads | heads_of(following)
    return Left(events=touched, actors=actors, places=places)


def _let_go(thing: Event | Statement, previous: Article, article: Article) -> None:
    old = thing.evidence.filter(article=previous, by_hand=False)
    if thing.evidence.filter(article=article).exists():
        old.delete()
        _renew_accounts(thing, previous, article)
    elif not _is_touched(thing):
        old.delete()
        _accounts_of(thing, previous).delete()
        if not thing.evidence.exists():
            erase([thing])


def stand_for_copies(article: Article) -> set[int]:
    """Let the text that was printed first stand for its copies, whichever came in first; the events that those tell,
    where that changes. What a person has said is a copy or none is left alone."""
    # Not by the state they are in: a planner without statistics would read every article in it.
    family = Article.objects.filter(source_key=article.source_key).exclude(state=ArticleState.SUPERSEDED)
    family = family.exclude(corrections__has_key="duplicate_of")
    first = family.printed_first().first()
    if first is None or (first.duplicate_of_id is None and article.duplicate_of_id in (None, first.pk)):
        return set()
    Article.objects.filter(pk=first.pk).update(duplicate_of=None)
    family.exclude(pk=first.pk).update(duplicate_of=first)
    article.refresh_from_db(fields=["duplicate_of"])
    return set(Evidence.objects.filter(article__in=family, event__isnull=False).values_list("event", flat=True))


def _accounts_of(thing: Event | Statement, article: Article) -> QuerySet[Account]:
    """What an article says of an event and of what has been merged into it; of a statement nothing."""
    if isinstance(thing, Statement):
        return Account.objects.none()
    return Account.objects.filter(Q(event=thing) | Q(event__merged_into=thing), article=article)


def _renew_accounts(thing: Event | Statement, previous: Article, article: Article) -> None:
    """Where the newer version tells of an event only by passages that a person has moved there, the earlier account of
    it stands."""
    earlier = _accounts_of(thing, previous)
    if _accounts_of(thing, article).exists():
        earlier.delete()
    else:
        earlier.update(article=article)


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
