"""Take an article down: what only it supports goes along, what another source also supports stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model, Q

from timeline.ingest.days import days_of
from timeline.ingest.derived import leave_alone, refresh
from timeline.ingest.merging import forget_merges, give_back_names
from timeline.ingest.removal import erase
from timeline.ingest.stories import heads_of, lead_again
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, Alias, Article, Event, Evidence, Original, Place, Statement
from timeline.search.upkeep import forget_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """What goes with these articles, their earlier versions among them, and what they also support but stays."""

    articles: tuple[Article, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    aliases: tuple[Alias, ...]
    staying_events: tuple[Event, ...]
    staying_statements: tuple[Statement, ...]
    staying_actors: tuple[Actor, ...]

    @property
    def going(self) -> tuple[Model, ...]:
        return (*self.articles, *self.events, *self.statements, *self.actors, *self.places, *self.aliases)


def plan_takedown(*articles: Article) -> Takedown:
    """Decide what goes with articles, without doing anything.

    An actor or a place goes when nothing is left that names it and no person has corrected it.
    """
    going = with_earlier_versions(articles)
    of_these = Q(article__in=going)
    here, elsewhere = Evidence.objects.filter(of_these), Evidence.objects.exclude(of_these)
    events = list(Event.objects.filter(pk__in=here.values("event")))
    statements = list(Statement.objects.filter(pk__in=here.values("statement")).select_related("speaker"))
    kept_events = set(elsewhere.filter(event__in=events).values_list("event", flat=True))
    kept_statements = set(elsewhere.filter(statement__in=statements).values_list("statement", flat=True))
    gone_events = [event for event in events if event.pk not in kept_events]
    gone_statements = [statement for statement in statements if statement.pk not in kept_statements]
    involved = list(Actor.objects.filter(Q(participations__event__in=events) | Q(statements__in=statements)).distinct())
    gone_actors = [actor for actor in involved if not _is_needed(actor, gone_events, gone_statements)]
    staying_actors = [actor for actor in involved if actor not in gone_actors]
    return Takedown(
        articles=tuple(going),
        events=tuple(gone_events),
        statements=tuple(gone_statements),
        actors=tuple(gone_actors),
        places=tuple(_places_unneeded(gone_events, going)),
        aliases=tuple(alias for actor in staying_actors for alias in _aliases_unneeded(actor, going)),
        staying_events=tuple(event for event in events if event.pk in kept_events),
        staying_statements=tuple(statement for statement in statements if statement.pk in kept_statements),
        staying_actors=tuple(staying_actors),
    )


def with_earlier_versions(articles: Iterable[Article]) -> list[Article]:
    found: dict[int, Article] = {}
    waiting = list(articles)
    while waiting:
        article = waiting.pop()
        if article.pk not in found:
            found[article.pk] = article
            if article.supersedes is not None:
                waiting.append(article.supersedes)
    return list(found.values())


def _is_needed(actor: Actor, events: list[Event], statements: list[Statement]) -> bool:
    return (
        actor.is_corrected
        or actor.aliases.filter(by_hand=True).exists()
        or actor.participations.exclude(event__in=events).exists()
        or actor.statements.exclude(pk__in=[statement.pk for statement in statements]).exists()
        or actor.parts.exists()
    )


def _places_unneeded(events: list[Event], going: list[Article]) -> Iterable[Place]:
    for place in Place.objects.filter(events__in=events).distinct():
        if not (
            place.is_corrected
            or place.parts.exists()
            or place.accounts.exclude(event__in=events).exclude(article__in=going).exists()
            or place.events.exclude(pk__in=[event.pk for event in events]).exists()
            or Actor.objects.filter(country=place).exists()
        ):
            yield place


def _aliases_unneeded(actor: Actor, going: list[Article]) -> Iterable[Alias]:
    """Spellings that only the articles that go have used of an actor who stays."""
    left = Article.objects.exclude(pk__in=[article.pk for article in going]).filter(
        Q(evidence__event__participations__actor=actor) | Q(evidence__statement__speaker=actor)
    )
    for alias in actor.aliases.filter(by_hand=False).exclude(text=actor.name):
        word = re.compile(rf"(?<!\w){re.escape(alias.text)}(?!\w)")
        if any(word.search(article.text) for article in going) and not left.filter(text__contains=alias.text).exists():
            yield alias


def take_down(*articles: Article) -> Takedown:
    """Delete articles with what only they support, in one transaction, their history and their bytes included."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")  # the file itself forgets the words
        plan = plan_takedown(*articles)
        _hand_on_copies(plan.articles)
        originals = {article.original_id for article in plan.articles}
        disputed = set(Event.objects.filter(claims__article__in=plan.articles).values_list("pk", flat=True))
        heads = heads_of(article.pk for article in plan.articles)
        following = list(Article.objects.filter(carries_on__in=plan.events).values_list("pk", flat=True))
        days = days_of(plan.articles)
        strays = set(Statement.objects.filter(event__in=plan.events).values_list("pk", flat=True))
        for row in forget_merges((*plan.staying_events, *plan.staying_statements), plan.articles):
            erase([row])
        # Whoever was merged into somebody who stays bore a name that goes.
        names = [alias.text for alias in plan.aliases]
        merged = list(Actor.objects.filter(merged_into__in=plan.staying_actors, name__in=names))
        give_back_names(merged)
        erase(merged)
        for rows in (plan.aliases, plan.statements, plan.events, plan.actors, plan.places, plan.articles):
            erase(rows)
        Original.objects.filter(pk__in=originals, articles__isnull=True).delete()
        leave_alone(strays)
        staying = {event.pk for event in plan.staying_events}
        heads |= lead_again(staying | heads)
        refresh(staying | disputed | heads | heads_of(following), days=days)
        suggest_anew(*plan.staying_actors, *plan.staying_events)
        forget_words(connection)
        transaction.on_commit(_forget_log)
    return plan


def _hand_on_copies(articles: tuple[Article, ...]) -> None:
    """Let the first copy of a text that goes stand for the others: together they stay one source."""
    ids = [article.pk for article in articles]
    for article in articles:
        copies = list(article.copies.exclude(pk__in=ids).printed_first())
        if copies:
            first, *others = copies
            Article.objects.filter(pk=first.pk).update(duplicate_of=None)
            Article.objects.filter(pk__in=[copy.pk for copy in others]).update(duplicate_of=first)


def _forget_log() -> None:
    """Let SQLite's write-ahead log forget the words too."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
