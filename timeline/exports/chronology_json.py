"""The chronology as one JSON object: events, actors, articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Any

from django.db.models import Q

from timeline.exports import values
from timeline.exports.cells import chunks, encodable
from timeline.exports.conflicts import DateConflict, OrderConflict, conflicts_of
from timeline.exports.entries import BATCH, Entry, Reader, batches
from timeline.exports.rows import speaker_of
from timeline.exports.values import columns
from timeline.models import Actor, Article, Evidence, Participation, Story, StoryEntry
from timeline.models.actors import ActorQuerySet
from timeline.models.articles import ArticleQuerySet
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet
from timeline.vocabulary import ArticleState

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
        yield f'"story": {written(_story(story))},\n'
    yield '"events": ['
    yield from _lines(_events(events, statements, marks or {}))
    yield '],\n"actors": ['
    named = actors.order_by("pk").prefetch_related("aliases")
    yield from _lines(_actor(actor) for actor in named.iterator(chunk_size=BATCH))
    yield '],\n"articles": ['
    sources = articles.order_by("pk").values_list(*columns(values.Listed))
    yield from _lines(_article(values.Listed._make(row)) for row in sources.iterator(chunk_size=BATCH))
    yield "]}\n"


def _lines(things: Iterable[Value]) -> Iterator[str]:
    """A line for each."""
    before = chain(["\n"], repeat(",\n"))
    return chunks(between + written(thing) for between, thing in zip(before, things, strict=False))


_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def written(thing: Value) -> str:
    return encodable(_ENCODE(thing))


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


def _events(events: EventQuerySet, statements: StatementQuerySet, marks: Mapping[int, StoryEntry]) -> Iterator[Value]:
    reader = Reader(statements, marks)
    for ids in batches(events):
        main_for = _main_for(ids)
        yield from (_event(entry, main_for[entry.event.pk]) for entry in reader.entries(ids))


def _main_for(events: list[int]) -> defaultdict[int, list[str]]:
    """The articles of which events are the main one: those that begin a story, and those that carry it on."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    current = Article.objects.current().order_by("pk")
    told = current.filter(main_event__in=events).values_list("carries_on", "main_event", "url", "uid")
    for carries_on, event, url, uid in told:
        if carries_on is None:
            found[event].append(reference(url, uid))
    for event, url, uid in current.filter(carries_on__in=events).values_list("carries_on", "url", "uid"):
        found[event].append(reference(url, uid))
    return found


def reference(url: str, uid: str) -> str:
    """How an article is named: by the URL as it was given, or, where it came without one, by its uid."""
    return url or uid


def _event(entry: Entry, main_for: list[str]) -> Value:
    event = entry.event
    mark = {"note": entry.mark.note or None, "emphasis": entry.mark.emphasis} if entry.mark else {}
    return {
        "uid": event.uid,
        "title": event.title,
        "kind": event.kind,
        "date": event.when.json,
        "actors": [{"uid": p.actor__uid, "name": p.actor__name, "role": p.role or None} for p in entry.participations],
        "place": event.place__name,
        "main_for": main_for,
        "evidence": list(_evidence(entry)),
        "statements": [_statement(saying.statement) for saying in entry.sayings],
        "conflicts": [_conflict(conflict) for conflict in conflicts_of(entry)],
        "sources": event.sources,
        "status": event.status,
        "hedged": bool(event.hedged),
        "importance": event.importance,
        **mark,
    }


def _evidence(entry: Entry) -> Iterator[Value]:
    for one in entry.evidence:
        if one.article is not None and one.start is not None and one.end is not None:
            article = entry.articles[one.article]
            named = reference(article.url, article.uid)
            yield {"article": named, "start": one.start, "end": one.end, "exact": one.exact}


def _conflict(conflict: DateConflict | OrderConflict) -> Value:
    """What an article says instead, or, without an article, an editor; with the sentences that say so."""
    article = conflict.article
    passages = [{"start": said.start, "end": said.end, "exact": said.exact} for said in conflict.passages]
    source = {
        "article": reference(article.url, article.uid) if article else None,
        "publisher": article.publisher__name if article else None,
        "passages": passages,
    }
    match conflict:
        case DateConflict(when=when):
            return {"field": "date", "date": when.json, **source}
        case OrderConflict(order=order, relation=other):
            return {"field": "order", "order": order, "event": {"uid": other.uid, "title": other.title}, **source}


def _statement(statement: values.Statement) -> Value:
    name = speaker_of(statement)
    return {
        "uid": statement.uid,
        "kind": statement.kind,
        "speaker": {"uid": statement.speaker__uid, "name": name} if name else None,
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


def _article(article: values.Listed) -> Value:
    return {
        "uid": article.uid,
        "url": reference(article.url, article.uid),
        "title": article.title or None,
        "publisher": article.publisher__name,
        "published": article.when.json if article.when.date.best_day else None,
        "duplicate_of": article.duplicate_of__uid,
    }
