"""All that is believed and all that people have set, as lines that two stores with the same contents share.

There is one line an article, in the order of their names, and after them one for each thing that no article holds. No
line says when something was done or what a row is called, nor what depends on the order in which the articles came:
which running story one carries on, how important that makes an event, and the office of an actor, the verb and the
listener of a statement that nobody has set.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import F, Prefetch, Value
from django.db.models.functions import Coalesce, Collate, Concat, NullIf

from timeline.exports.cells import encodable
from timeline.models import (
    Actor,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Feed,
    Judgement,
    Participation,
    Publisher,
    Statement,
    Story,
)
from timeline.models.corrections import Correctable
from timeline.vocabulary import PartialDate

BATCH = 100  # articles in memory
# What an article's row weighs, and no line says.
HEAVY = ("text", "blocks", "removed", "warnings", "story")
BY_BYTES = {"sqlite": "BINARY", "postgresql": "C"}
JUDGED: tuple[type[Any], ...] = (Event, Actor, Statement)

Said = dict[str, Any]


def write_state() -> Iterator[str]:
    """The lines, as they are made; memory holds some articles at a time, whatever the size of the archive."""
    last = Collate("name", BY_BYTES[connection.vendor])
    named = Article.objects.annotate(name=_name()).order_by(last, "original__digest").values_list("pk", flat=True)
    keys = named.iterator(chunk_size=1000)
    while some := list(islice(keys, BATCH)):
        batch = _Batch(some)
        yield from (_line(batch.article(batch.articles[pk])) for pk in some if pk in batch.articles)
    yield from _in_order(_line(said) for said in _unheld())


def _name() -> Coalesce:
    """What an article is called: its URL, or, where it came without one, the digest of its bytes."""
    digest = Concat(Value("sha256:"), F("original__digest"))
    return Coalesce(NullIf("url", Value("")), digest)


def _line(said: Said) -> str:
    return encodable(json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)) + "\n"


def _in_order(lines: Iterable[str]) -> Iterator[str]:
    """The lines in the order of their bytes, sorted in a file of its own that is gone afterwards."""
    with closing(sqlite3.connect("")) as shelf:
        shelf.execute("CREATE TABLE line (text)")
        shelf.executemany("INSERT INTO line VALUES (?)", ((line,) for line in lines))
        yield from (text for (text,) in shelf.execute("SELECT text FROM line ORDER BY text"))


class _Batch:
    """Some articles with everything that rests on them, in a number of queries that does not depend on them."""

    def __init__(self, articles: list[int]) -> None:
        rows = Article.objects.filter(pk__in=articles).annotate(name=_name(), digest=F("original__digest"))
        rows = rows.select_related("publisher", "main_event").defer(*HEAVY)
        self.articles: dict[int, Any] = {article.pk: article for article in rows}

    @cached_property
    def originals(self) -> dict[int, str]:
        """What the articles are called of which some here are copies."""
        copied = {article.duplicate_of_id for article in self.articles.values()}
        return dict(Article.objects.filter(pk__in=copied).annotate(name=_name()).values_list("pk", "name"))

    @cached_property
    def passages(self) -> dict[int, dict[tuple[str, int], list[Any]]]:
        """By article and by what they prove."""
        found: dict[int, dict[tuple[str, int], list[Any]]] = defaultdict(lambda: defaultdict(list))
        columns = ("article_id", "event_id", "statement_id", "start", "end", "exact", "stance")
        proof = Evidence.objects.filter(article__in=self.articles).values_list(*columns)
        for article, event, statement, start, end, exact, stance in proof:
            thing = ("event", event) if event is not None else ("statement", statement)
            found[article][thing].append([start, end, exact, stance])
        return found

    def _proved(self, kind: str) -> set[int]:
        return {pk for things in self.passages.values() for found, pk in things if found == kind}

    @cached_property
    def events(self) -> dict[int, Any]:
        return {event.pk: event for event in _events().filter(pk__in=self._proved("event"))}

    @cached_property
    def statements(self) -> dict[int, Statement]:
        return {one.pk: one for one in _statements().filter(pk__in=self._proved("statement"))}

    @cached_property
    def actors(self) -> dict[int, Actor]:
        acting = {p.actor_id for event in self.events.values() for p in event.acting}
        speaking = {one.speaker_id for one in self.statements.values()}
        return {actor.pk: actor for actor in _actors().filter(pk__in=acting | speaking)}

    @cached_property
    def claims(self) -> dict[tuple[int, int], Claim]:
        claims = Claim.objects.filter(article__in=self.articles)
        return {(claim.article_id, claim.event_id): claim for claim in claims}

    @cached_property
    def relations(self) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for one in EventRelation.objects.filter(article__in=self.articles).select_related("source", "target"):
            assert one.article_id is not None
            found[one.article_id].append(_relation(one))
        return found

    def article(self, article: Any) -> Said:
        passages = self.passages[article.pk]
        events = [(self.events[pk], proof) for (kind, pk), proof in passages.items() if kind == "event"]
        statements = [(self.statements[pk], proof) for (kind, pk), proof in passages.items() if kind == "statement"]
        named = {p.actor_id for event, _ in events for p in event.acting}
        named |= {one.speaker_id for one, _ in statements if one.speaker_id}
        return {
            "article": article.name,
            "sha256": article.digest,
            "state": article.state,
            "title": article.title,
            "publisher": article.publisher.name if article.publisher else "",
            "language": article.language,
            "bylines": article.bylines,
            "published": _date(article.date),
            "copy_of": self.originals.get(article.duplicate_of_id, ""),
            "main_event": _reference(article.main_event),
            "events": _sorted(
                _event(event) | {"passages": _sorted(proof), **self._claimed(article, event)} for event, proof in events
            ),
            "statements": _sorted(_statement(one) | {"passages": _sorted(proof)} for one, proof in statements),
            "actors": _sorted(_actor(self.actors[pk]) for pk in named),
            "relations": _sorted(self.relations[article.pk]),
            **_set_by_people(article),
        }

    def _claimed(self, article: Article, event: Event) -> Said:
        claim = self.claims.get((article.pk, event.pk))
        return {"claimed": {"date": _date(claim.date), "rank": claim.rank}} if claim else {}


def _unheld() -> Iterator[Said]:
    """What rests on no article: entries made by hand, and what people have said of others, of stories and of feeds."""
    for event in _each(_events().exclude(evidence__article__isnull=False).filter(merged_into=None)):
        yield {"event": _event(event)}
    for one in _each(_statements().exclude(evidence__article__isnull=False).filter(merged_into=None)):
        yield {"statement": _statement(one)}
    idle = _actors().filter(participations=None, statements=None, merged_into=None)
    # One that a reading described and that nobody names any more has neither.
    for actor in _each(idle.exclude(corrections={}, aliases=None)):
        yield {"actor": _actor(actor)}
    for relation in _each(EventRelation.objects.filter(article=None).select_related("source", "target")):
        yield {"relation": _relation(relation)}
    yield from _judgements()
    for story in _each(Story.objects.prefetch_related("entries__event")):
        yield {"story": _story(story)}
    for feed in _each(Feed.objects.select_related("publisher").prefetch_related("actors")):
        yield {"feed": _feed(feed)}
    for house in _each(Publisher.objects.all()):
        values = {name: getattr(house, name) for name in ("name", "domain", "country", "timezone")}
        yield {"publisher": values}


def _each(rows: Any) -> Iterator[Any]:
    return iter(rows.order_by("pk").iterator(chunk_size=BATCH))


def _judgements() -> Iterator[Said]:
    """What people have decided for good, between entries that are called by their words."""
    rows = _each(Judgement.objects.filter(undone_at=None).select_related("by"))
    while some := list(islice(rows, BATCH)):
        words: dict[str, str] = {}
        uids = [uid for one in some for uid in (one.left, one.right)]
        for model in JUDGED:
            words |= {thing.uid: _words(thing) for thing in model.objects.filter(uid__in=uids)}
        for one in some:
            between = sorted(words.get(uid, "") for uid in (one.left, one.right))
            spelling = one.right if one.verdict == Judgement.Verdict.NOT_ALIAS else ""
            said = {"verdict": one.verdict, "kind": one.kind, "by": one.by.get_username() if one.by else ""}
            yield {"judgement": said | {"why": one.why, "between": between, "spelling": spelling}}


def _words(thing: Any) -> str:
    match thing:
        case Event():
            return f"{thing.date.edtf or ''} {thing.title}"
        case Statement():
            return str(thing.text)
    return str(thing.name)


def _events() -> Any:
    acting = Participation.objects.select_related("actor")
    events = Event.objects.select_related("place", "part_of").prefetch_related(*_beside(Event))
    return events.prefetch_related(Prefetch("participations", acting, to_attr="acting"))


def _statements() -> Any:
    return Statement.objects.select_related("speaker", "event", "continues").prefetch_related(*_beside(Statement))


def _actors() -> Any:
    doubled, spelled = Prefetch("merged", to_attr="doubled"), Prefetch("aliases", to_attr="spelled")
    return Actor.objects.select_related("country", "part_of").prefetch_related(doubled, spelled)


def _beside(model: type[Any]) -> tuple[Prefetch[Any], Prefetch[Any]]:
    """What was merged into an entry, and its proof from outside; as lists, which Django fills in half the time."""
    outside = Evidence.objects.filter(article=None)
    return Prefetch("merged", model.objects.all(), to_attr="doubled"), Prefetch("evidence", outside, to_attr="beside")


def _event(event: Any) -> Said:
    return {
        "title": event.title,
        "description": event.description,
        "kind": event.kind,
        "date": _date(event.date),
        "date_shown": event.date_display,
        "place": [event.place.name, event.place.country] if event.place else [],
        "part_of": _reference(event.part_of),
        "actors": [[p.actor.name, p.role] for p in event.acting],
        "hedged": event.hedged,
        "confidence": round(event.confidence, 3),
        "sources": event.sources,
        "status": event.status,
        "waits_because": event.review_reason,
        "disputed": [name for name in ("date", "order") if getattr(event, f"{name}_disputed")],
        "order": event.order,
        "doubles": sorted(double.title for double in event.doubled),
        **_outside(event),
        **_set_by_people(event),
    }


def _statement(one: Any) -> Said:
    return {
        "text": one.text,
        "kind": one.kind,
        "speaker": one.speaker.name if one.speaker else one.speaker_as_written,
        "medium": one.medium,
        "hedged": one.hedged,
        "inserted": one.inserted,
        "continues": one.continues.text if one.continues else "",
        "event": _reference(one.event),
        "date": _date(one.date),
        "own_date": one.own_date,
        "confidence": round(one.confidence, 3),
        "status": one.status,
        "waits_because": one.review_reason,
        "doubles": sorted(double.text for double in one.doubled),
        **_outside(one),
        **_where_set(one, "cue", "addressee"),
        **_set_by_people(one),
    }


def _actor(actor: Any) -> Said:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "known": actor.known or "",
        "description": actor.description,
        "country": actor.country.name if actor.country else "",
        "part_of": actor.part_of.name if actor.part_of else "",
        "spellings": sorted([alias.text, alias.form, alias.by_hand] for alias in actor.spelled),
        "doubles": sorted(double.name for double in actor.doubled),
        **_where_set(actor, "role"),
        **_set_by_people(actor),
    }


def _relation(one: Any) -> Said:
    passage = [one.start, one.end] if one.start is not None else []
    ends = {"of": _reference(one.source), "to": _reference(one.target)}
    return {"kind": one.kind, "passage": passage, "by_hand": one.by_hand, **ends}


def _story(story: Any) -> Said:
    return {
        **{name: getattr(story, name) for name in ("title", "slug", "standfirst", "text", "status")},
        "filters": story.queries,
        "entries": _sorted(
            [_reference(entry.event), entry.left_out, entry.emphasis, entry.note] for entry in story.entries.all()
        ),
        **_set_by_people(story),
    }


def _feed(feed: Any) -> Said:
    return {
        **{name: getattr(feed, name) for name in ("url", "title", "minutes", "words", "paused")},
        "publisher": feed.publisher.name if feed.publisher else "",
        "actors": sorted(actor.name for actor in feed.actors.all()),
    }


def _reference(event: Event | None) -> list[str]:
    return [event.date.edtf or "", event.title] if event else []


def _date(when: PartialDate) -> Said:
    """The columns of a date; the moment of a publication is told in UTC, as it is kept."""
    instant = when.instant_utc
    return {
        "earliest": when.earliest.isoformat() if when.earliest else "",
        "latest": when.latest.isoformat() if when.latest else "",
        "precision": when.precision.value,
        "basis": when.basis.value,
        "instant": instant.isoformat() if instant else "",
        "clock": when.clock.isoformat() if when.clock else "",
        "zone": when.zone or "",
        "raw": when.raw or "",
        "reason": when.reason,
        "approximate": when.approximate,
    }


def _outside(thing: Any) -> Said:
    """Proof that somebody gave by hand, from outside all articles."""
    beside = _sorted([one.outside_title, one.outside_url, one.exact, one.stance] for one in thing.beside)
    return {"outside": beside} if beside else {}


def _where_set(thing: Correctable, *fields: str) -> Said:
    """Of what the article read first decides, what a person has."""
    return {field: getattr(thing, field) for field in fields if thing.is_locked(field)}


def _set_by_people(thing: Correctable) -> Said:
    """Whose word the locked fields are, and why; not since when."""
    marks = {field: {"by": mark["by"], "why": mark["why"]} for field, mark in thing.corrections.items()}
    return {"set": marks} if marks else {}


def _sorted(values: Iterable[Any]) -> list[Any]:
    """In the order of what is written of them."""
    return sorted(values, key=lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True))
