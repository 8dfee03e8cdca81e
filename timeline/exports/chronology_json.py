"""The chronology as one JSON object: events, actors, articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from timeline.exports.cells import encodable
from timeline.exports.conflicts import DateConflict, OrderConflict, conflicts_of
from timeline.exports.dates import localised
from timeline.exports.entries import BATCH, Entry, light, read_entries
from timeline.models import Actor, Article, Evidence, Participation, Statement, Story, StoryEntry
from timeline.models.actors import ActorQuerySet
from timeline.models.articles import ArticleQuerySet
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet
from timeline.vocabulary import ArticleState, PartialDate

Value = dict[str, Any]


def write_json(
    events: EventQuerySet,
    statements: StatementQuerySet,
    *,
    whole: bool = True,
    story: Story | None = None,
    marks: Mapping[int, StoryEntry] | None = None,
) -> Iterator[str]:
    """The object in pieces, one event, actor or article a line.

    A whole export names every actor and every current article; a part of the chronology only those it refers to. A
    story's begins with its words, and `marks` is what it says of its entries, by the event's key.
    """
    actors = Actor.objects.all() if whole else _actors_of(events, statements)
    articles = _articles_of(events, whole=whole)
    yield "{"
    if story is not None:
        yield f'"story": {encodable(json.dumps(_story(story), ensure_ascii=False))},\n'
    yield '"events": ['
    yield from _lines(_event(entry) for entry in read_entries(events, statements, marks=marks))
    yield '],\n"actors": ['
    named = actors.order_by("pk").prefetch_related("aliases")
    yield from _lines(_actor(actor) for actor in named.iterator(chunk_size=BATCH))
    yield '],\n"articles": ['
    sources = (
        articles.order_by("pk").select_related("publisher", "duplicate_of").defer(*light(), *light("duplicate_of__"))
    )
    yield from _lines(_article(article) for article in sources.iterator(chunk_size=BATCH))
    yield "]}\n"


def _lines(values: Iterable[Value]) -> Iterator[str]:
    between = "\n"
    for value in values:
        yield between + encodable(json.dumps(value, ensure_ascii=False))
        between = ",\n"


def _actors_of(events: EventQuerySet, statements: StatementQuerySet) -> ActorQuerySet:
    shown = events.order_by().values("pk")
    acting = Participation.objects.filter(event__in=shown).values("actor")
    speaking = statements.filter(event__in=shown).order_by().values("speaker")
    return Actor.objects.filter(Q(pk__in=acting) | Q(pk__in=speaking))


def _articles_of(events: EventQuerySet, *, whole: bool) -> ArticleQuerySet:
    """Those that evidence or a main event refers to, and the originals of copies among them."""
    shown = events.order_by().values("pk")
    proving = Evidence.objects.filter(event__in=shown, article__isnull=False).values("article")
    wanted = Q(pk__in=proving) | Q(main_event__in=shown) | Q(carries_on__in=shown)
    if whole:
        wanted |= Q(state=ArticleState.TAKEN)
    named = Article.objects.filter(wanted).order_by()
    return Article.objects.filter(wanted | Q(pk__in=named.values("duplicate_of")))


def _story(story: Story) -> Value:
    return {"title": story.title, "slug": story.slug, "standfirst": story.standfirst, "text": story.text}


def _event(entry: Entry) -> Value:
    event = entry.event
    mark = {"note": entry.mark.note or None, "emphasis": entry.mark.emphasis} if entry.mark else {}
    return {
        "uid": event.uid,
        "title": event.title,
        "kind": event.kind,
        "date": _date(event.date),
        "actors": [{"uid": p.actor.uid, "name": p.actor.name, "role": p.role or None} for p in entry.participations],
        "place": event.place.name if event.place else None,
        "main_for": [reference(article) for article in entry.main_for],
        "evidence": _evidence(entry.evidence),
        "statements": [_statement(saying.statement) for saying in entry.sayings],
        "conflicts": [_conflict(conflict) for conflict in conflicts_of(entry)],
        "sources": event.sources,
        "status": event.status,
        "hedged": event.hedged,
        "importance": event.importance,
        **mark,
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Value]:
    return [
        {"article": reference(e.article), "start": e.start, "end": e.end, "exact": e.exact}
        for e in evidence
        if e.article is not None and e.start is not None and e.end is not None
    ]


def _conflict(conflict: DateConflict | OrderConflict) -> Value:
    """What an article says instead, or, without an article, an editor; with the sentences that say so."""
    article = conflict.article
    publisher = article.publisher if article else None
    passages = [{"start": said.start, "end": said.end, "exact": said.exact} for said in conflict.passages]
    source = {
        "article": reference(article) if article else None,
        "publisher": publisher.name if publisher else None,
        "passages": passages,
    }
    match conflict:
        case DateConflict(date=date):
            return {"field": "date", "date": _date(date), **source}
        case OrderConflict(order=order, other=other):
            return {"field": "order", "order": order, "event": {"uid": other.uid, "title": other.title}, **source}


def _statement(statement: Statement) -> Value:
    speaker = statement.speaker
    name = speaker.name if speaker else statement.speaker_as_written
    return {
        "uid": statement.uid,
        "kind": statement.kind,
        "speaker": {"uid": speaker.uid if speaker else None, "name": name} if name else None,
        "text": statement.text,
        "medium": statement.medium or None,
    }


def _actor(actor: Actor) -> Value:
    return {
        "uid": actor.uid,
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role or None,
        "aliases": [alias.text for alias in actor.aliases.all() if alias.text != actor.name],
    }


def _article(article: Article) -> Value:
    return {
        "uid": article.uid,
        "url": reference(article),
        "title": article.title or None,
        "publisher": article.publisher.name if article.publisher else None,
        "published": _date(article.date) if article.date.best_day else None,
        "duplicate_of": article.duplicate_of.uid if article.duplicate_of else None,
    }


def reference(article: Article) -> str:
    """How an article is named: by the URL as it was given, or, where it came without one, by its uid."""
    return article.url or article.uid


def _date(when: PartialDate) -> dict[str, str | None]:
    return localised(when).to_json()
