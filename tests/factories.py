"""Rows for tests, by plain functions: name only what matters."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from timeline.extraction.names import normal_form
from timeline.models import (
    Account,
    Actor,
    Alias,
    Article,
    Event,
    Evidence,
    Original,
    Participation,
    Place,
    Publisher,
    Statement,
)
from timeline.vocabulary import ActorKind, EventKind, PartialDate, StatementKind

DAY = PartialDate.on(date(2025, 2, 28))


def make_publisher(name: str = "Harbour Dispatch", **fields: Any) -> Publisher:
    return Publisher.objects.get_or_create(name=name, defaults=fields)[0]


def make_article(text: str = "Something happened.", *, date: PartialDate = DAY, **fields: Any) -> Article:
    content = text.encode()
    original, _ = Original.objects.get_or_create(
        digest=hashlib.sha256(content).hexdigest(), defaults={"content": content}
    )
    fields.setdefault("title", "An article")
    fields.setdefault("blocks", [[0, len(text), "body"]])
    fields.setdefault("retrieved_at", datetime(2025, 3, 2, 12, tzinfo=UTC))
    fields.setdefault("extracted_with", "test")
    return Article.objects.create(text=text, original=original, date=date, **fields)


def make_actor(name: str = "Vladimir Putin", *aliases: str, kind: ActorKind = ActorKind.PERSON, **fields: Any) -> Actor:
    actor = Actor.objects.create(name=name, kind=kind, **fields)
    for text in (name, *aliases):
        Alias.objects.create(actor=actor, text=text, normal=normal_form(text))
    return actor


def make_place(name: str = "White House", **fields: Any) -> Place:
    return Place.objects.get_or_create(name=name, country=fields.pop("country", ""), defaults=fields)[0]


def make_event(
    title: str = "Trump and Zelenskyy clash",
    *actors: Actor,
    date: PartialDate = DAY,
    kind: EventKind = EventKind.MEETING,
    **fields: Any,
) -> Event:
    event = Event(title=title, kind=kind, date=date, **fields)
    event.save()
    event.place_in_time()
    event.save(update_fields=["chrono"])
    for position, actor in enumerate(actors):
        Participation.objects.create(event=event, actor=actor, position=position)
    return event


def make_statement(
    text: str = "We are ready to work with our partners.",
    *,
    speaker: Actor | None = None,
    event: Event | None = None,
    kind: StatementKind = StatementKind.DIRECT,
    date: PartialDate | None = None,
    **fields: Any,
) -> Statement:
    when = date or (event.date if event else PartialDate.unknown())
    own = {"own_date": date is not None, **fields}
    statement = Statement(text=text, speaker=speaker, event=event, kind=kind, date=when, **own)
    statement.save()
    statement.place_in_time()
    statement.save(update_fields=["chrono"])
    return statement


def make_evidence(thing: Event | Statement, article: Article, exact: str, **fields: Any) -> Evidence:
    """Evidence from the passage `exact`, which must stand in the article's text."""
    start = article.text.index(exact)
    end = start + len(exact)
    target = {"event": thing} if isinstance(thing, Event) else {"statement": thing}
    evidence = Evidence.objects.create(
        article=article,
        start=start,
        end=end,
        exact=exact,
        prefix=article.text[max(0, start - 32) : start],
        suffix=article.text[end : end + 32],
        **target,
        **fields,
    )
    if isinstance(thing, Event):
        thing.sources = len({e.article.source_id for e in thing.evidence.select_related("article") if e.article})
        thing.save(update_fields=["sources"])
    return evidence


def make_account(event: Event, article: Article, **fields: Any) -> Account:
    """What an article says of an event: the event's own values, where nothing else is said."""
    values = {"title": event.title, "kind": event.kind, "date": event.date, "confidence": event.confidence, **fields}
    return Account.objects.create(event=event, article=article, **values)


def until(day: date) -> PartialDate:
    return PartialDate.until(day)


def in_month(year: int, month: int) -> PartialDate:
    return PartialDate.in_month(year, month)
