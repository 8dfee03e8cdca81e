"""An invented archive into rows: what readings, one article after another, would have left, written in bulk.

Every article is stored as `store` stores it and what is believed is what `plan` would believe, but nothing is looked
up: which mentions speak of one thing is known. What follows from it is made by `derived`, as always.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection

from timeline.extraction.mentions import EventMention, Span, StatementMention
from timeline.extraction.names import normal_form
from timeline.extraction.version import VERSION
from timeline.generation import stories
from timeline.generation.cast import Cast
from timeline.ingest.bulk import Table, Values
from timeline.ingest.derived import refresh
from timeline.ingest.newsdesk import edit
from timeline.ingest.store import CONTEXT, one_at_a_time
from timeline.models import (
    Account,
    Actor,
    Alias,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Original,
    Participation,
    Place,
    Publisher,
    Shingle,
    Statement,
    StoryWord,
)
from timeline.models.dated import Dated, date_columns
from timeline.models.identity import ALPHABET, chrono
from timeline.reconciliation.accounts import Belief, Part, Witness, believe
from timeline.reconciliation.dating import Dating
from timeline.reconciliation.identity import event_fingerprints, prose, sample, shingles, statement_fingerprint
from timeline.reconciliation.plan import is_claim, verbatim
from timeline.reconciliation.standing import standing_of_statement
from timeline.reconciliation.stories import Story, story_of
from timeline.vocabulary import PartialDate

# Kibibytes of SQLite's page cache while an archive is written: its indexes are written all over.
CACHE = 400_000


class GeneratedBefore(Exception):
    """This very archive is stored already."""


def generate(*, seed: int, events: int) -> Iterator[int]:
    """Store an invented archive, part by part; answers how many events each part had.

    A part is stored whole or not at all. The same seed and number store the same, whatever the database.

    Raises:
        GeneratedBefore: an archive of this seed is stored already.
    """
    cast = Cast(seed, events)
    if Article.objects.filter(uid=_Uids(seed, 0).next()).exists():
        raise GeneratedBefore(f"An archive of seed {seed} is stored here already.")
    with _roomy_cache():
        with one_at_a_time():
            known = _Known.store(cast, seed)
        stored: list[range] = []
        for number, part in enumerate(stories.parts(cast, seed=seed, events=events, version=VERSION)):
            with one_at_a_time():
                stored.append(_Archivist(part, cast, known, _Uids(seed, number)).store())
            yield len(part.happenings)
        edit(seed=seed, events=[key for keys in stored for key in keys])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _roomy_cache() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


class _Uids:
    """Names for rows, the same ones for the same seed."""

    def __init__(self, seed: int, part: int | str) -> None:
        self.random = Random(f"uids {seed} {part}")  # noqa: S311 (not for secrets)

    def next(self) -> str:
        return "".join(self.random.choices(ALPHABET, k=12))


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows of a cast, by its numbers."""

    actors: list[int]
    uids: list[str]
    places: list[int]
    publishers: list[int]

    @classmethod
    def store(cls, cast: Cast, seed: int) -> _Known:
        """Store a cast; whoever and whatever has its name already is taken as it is."""
        uids = _Uids(seed, "cast")
        table = Table(Publisher, "id", "name", "domain", "country", "timezone")
        publishers, first = dict(Publisher.objects.values_list("name", "pk")), table.next_key()
        new: list[Values] = []
        for house in cast.newsrooms:
            if house.name not in publishers:
                publishers[house.name] = pk = first + len(new)
                new.append((pk, house.name, house.domain, house.country, house.zone))
        table.insert(new)
        table = Table(Place, "id", "uid", "name", "country", "latitude", "longitude", "part_of")
        places = {(name, country): pk for name, country, pk in Place.objects.values_list("name", "country", "pk")}
        new, first = [], table.next_key()
        for town in cast.towns:
            if (town.name, town.country) not in places:
                around = cast.towns[town.within] if town.within is not None else None
                within = places[around.name, around.country] if around else None
                places[town.name, town.country] = pk = first + len(new)
                new.append((pk, uids.next(), town.name, town.country, town.latitude, town.longitude, within))
        table.insert(new)
        table = Table(Actor, "id", "uid", "name", "kind", "role")
        actors = dict(Actor.objects.standing().order_by("-pk").values_list("name", "pk"))
        new, first = [], table.next_key()
        for figure in cast.figures:
            if figure.name not in actors:
                actors[figure.name] = pk = first + len(new)
                new.append((pk, uids.next(), figure.name, figure.kind.value, figure.role))
        table.insert(new)
        Table(Alias, "actor", "text", "normal").insert((pk, name, normal_form(name)) for pk, _, name, *_ in new)
        named = dict(Actor.objects.values_list("pk", "uid"))
        return cls(
            [actors[figure.name] for figure in cast.figures],
            [named[actors[figure.name]] for figure in cast.figures],
            [places[town.name, town.country] for town in cast.towns],
            [publishers[house.name] for house in cast.newsrooms],
        )


@dataclass(frozen=True, slots=True)
class _Telling:
    """One mention of something by one article."""

    article: int
    mention: Any
    prints: tuple[str, ...]


class _Archivist:
    """Stores one part."""

    def __init__(self, part: stories.Part, cast: Cast, known: _Known, uids: _Uids) -> None:
        self.part, self.cast, self.known, self.uids = part, cast, known, uids
        self.first_uid = uids.next()
        self.stories: dict[int, Story] = {}
        self.beliefs: list[Belief] = []
        self.dates: list[PartialDate] = []
        self.article_key = self.event_key = self.statement_key = 0
        self.sources: list[str] = []
        for told in part.articles:
            self.sources.append(uids.next() if told.repeats is None else self.sources[told.repeats])
        self.events: list[list[_Telling]] = [[] for _ in part.happenings]
        self.statements: list[list[_Telling]] = [[] for _ in part.sayings]
        for number, (told, source) in enumerate(zip(part.articles, self.sources, strict=True)):
            for event in told.extraction.events:
                prints = event_fingerprints(event, source)
                self.events[told.happenings[event.key]].append(_Telling(number, event, prints))
            for statement in told.extraction.statements:
                prints = (statement_fingerprint(statement, source),)
                self.statements[told.sayings[statement.key]].append(_Telling(number, statement, prints))

    def store(self) -> range:
        """Store the part whole; the keys of its events."""
        articles = Table(Article, "id", *ARTICLE, *Article.DATE_FIELDS)
        events = Table(Event, "id", *EVENT, *Event.DATE_FIELDS)
        statements = Table(Statement, "id", *STATEMENT, *Statement.DATE_FIELDS)
        self.article_key, self.event_key, self.statement_key = (
            table.next_key() for table in (articles, events, statements)
        )
        articles.insert(self._articles(self._originals()))
        self._index()
        self._claims()
        events.insert(self._events())
        Table(Account, *ACCOUNT, *Account.DATE_FIELDS).insert(self._accounts())
        Table(Participation, "event", "actor", "role", "position", "chrono").insert(self._participations())
        statements.insert(self._statements())
        self._evidence()
        self._relations()
        keys = range(self.event_key, self.event_key + len(self.events))
        refresh(keys)
        return keys

    # --- articles ----------------------------------------------------------------------------------------------------

    def _originals(self) -> list[int]:
        """Store the bytes of every article; the keys, the same for a copy and its original."""
        table = Table(Original, "id", "digest", "content")
        keys: list[int] = []
        rows: list[Values] = []
        first = table.next_key()
        for told in self.part.articles:
            if told.repeats is not None:
                keys.append(keys[told.repeats])
                continue
            content = told.extraction.document.text.encode()
            keys.append(first + len(rows))
            rows.append((keys[-1], hashlib.sha256(content).hexdigest(), content))
        table.insert(rows)
        return keys

    def _articles(self, originals: list[int]) -> Iterator[Values]:
        for number, (told, source) in enumerate(zip(self.part.articles, self.sources, strict=True)):
            document = told.extraction.document
            house = self.cast.newsrooms[told.newsroom].name
            main = next(told.happenings[event.key] for event in told.extraction.events if event.main)
            yield (
                self.article_key + number,
                self.first_uid if number == 0 else self.uids.next(),
                told.url,
                self.known.publishers[told.newsroom],
                document.title,
                list(document.bylines),
                document.language,
                datetime.combine(told.published + timedelta(days=1), time(6), UTC),
                originals[number],
                {"form": "text", "url": told.url, "publisher": house, "published": told.published.isoformat()},
                document.text,
                [[block.start, block.end, block.role.value] for block in document.blocks],
                None if told.repeats is None else self.article_key + told.repeats,
                self.event_key + main,
                None if told.carries_on is None else self.event_key + told.carries_on,
                dict(self._story(number).weights),
                source,
                told.extraction.version,
                *_columns(document.published or PartialDate.unknown()),
            )

    def _story(self, number: int) -> Story:
        found = self.stories.get(number)
        if found is None:
            found = self.stories[number] = story_of(self.part.articles[number].extraction.document)
        return found

    def _index(self) -> None:
        """Let copies of the articles, and others of their stories, find them."""
        Table(Shingle, "article", "value").insert(
            (self.article_key + number, value)
            for number, told in enumerate(self.part.articles)
            for value in sorted(sample(shingles(prose(told.extraction.document))))
        )
        Table(StoryWord, "article", "stem", "day").insert(
            (self.article_key + number, stem, told.published.toordinal())
            for number, told in enumerate(self.part.articles)
            for stem in self._story(number).telling
        )

    # --- events ------------------------------------------------------------------------------------------------------

    def _belief(self, number: int) -> Belief:
        """What `believe` makes of all that is told of an event."""
        witnesses = [self._witness(number, telling) for telling in self.events[number]]
        claims = [
            Dating(printed=one.printed, newsroom=one.newsroom, date=one.date)
            for one in witnesses
            if is_claim(one.date)
        ]  # fmt: skip
        found = believe(witnesses, claims)
        assert found is not None
        return found

    def _witness(self, number: int, telling: _Telling) -> Witness:
        told, mention = self.part.articles[telling.article], telling.mention
        document = told.extraction.document
        published = document.published or PartialDate.unknown()
        original = told if told.repeats is None else self.part.articles[told.repeats]
        return Witness(
            printed=(
                str(published.latest or "~"),
                str(published.instant or "~"),
                self.cast.newsrooms[told.newsroom].name,
                told.url,
                document.title or "",
            ),
            newsroom=str(original.newsroom),
            title=mention.title,
            kind=mention.kind,
            date=mention.date,
            place=self._place(number),
            hedged=mention.hedged,
            main=mention.main,
            confidence=mention.confidence,
            parts=self._parts(number, mention),
        )

    def _place(self, number: int) -> int | None:
        town = self.part.happenings[number].town
        return None if town is None else self.known.places[town]

    def _parts(self, number: int, mention: EventMention) -> tuple[Part, ...]:
        acting = zip(self.part.happenings[number].actors, mention.participants, strict=False)
        return tuple(Part(self.known.uids[actor], participant.role) for actor, participant in acting)

    def _events(self) -> Iterator[Values]:
        for number, belief in enumerate(self.beliefs):
            key = self.event_key + number
            yield (
                key,
                self.uids.next(),
                belief.title,
                belief.kind.value,
                belief.place,
                belief.hedged,
                belief.confidence,
                belief.status.value,
                belief.review_reason,
                chrono(belief.date, row_id=key),
                *_columns(belief.date),
            )

    def _accounts(self) -> Iterator[Values]:
        for number, tellings in enumerate(self.events):
            # Of two tellings in one article the surer one, as `store` keeps it.
            for article, one in {t.article: t for t in sorted(tellings, key=_trust)}.items():
                mention = one.mention
                yield (
                    self.event_key + number,
                    self.article_key + article,
                    mention.title,
                    mention.kind.value,
                    self._place(number),
                    mention.hedged,
                    mention.main,
                    mention.confidence,
                    [
                        {"actor": part.actor, "role": part.role, "named": part.named}
                        for part in self._parts(number, mention)
                    ],
                    *_columns(mention.date),
                )

    def _participations(self) -> Iterator[Values]:
        for number, happening in enumerate(self.part.happenings):
            for position, actor in enumerate(happening.actors):
                role = self.events[number][0].mention.participants[position].role
                key = self.event_key + number
                yield key, self.known.actors[actor], role, position, chrono(self.dates[number], row_id=key)

    def _claims(self) -> None:
        """What each article says the dates are; and what is believed of them."""
        self.beliefs = [self._belief(number) for number in range(len(self.events))]
        self.dates = [belief.date for belief in self.beliefs]
        rows: list[Values] = []
        for number, tellings in enumerate(self.events):
            believed = (self.dates[number].earliest, self.dates[number].latest)
            claims = {one.article: one.mention.date for one in tellings if is_claim(one.mention.date)}
            for article, date in claims.items():
                rank = Claim.Rank.PREFERRED if (date.earliest, date.latest) == believed else Claim.Rank.NORMAL
                rows.append((self.event_key + number, self.article_key + article, rank.value, *_columns(date)))
        Table(Claim, "event", "article", "rank", *Claim.DATE_FIELDS).insert(rows)

    def _relations(self) -> None:
        rows: dict[Values, Values] = {}
        for number, told in enumerate(self.part.articles):
            for relation in told.extraction.relations:
                source, target = (self.event_key + told.happenings[key] for key in (relation.source, relation.target))
                span = relation.evidence
                place = (span.start, span.end) if span else (None, None)
                rows.setdefault((relation.kind.value, source, target, self.article_key + number), place)
        table = Table(EventRelation, "kind", "source", "target", "article", "start", "end")
        table.insert((*row, *place) for row, place in rows.items() if row[1] != row[2])

    # --- statements --------------------------------------------------------------------------------------------------

    def _statements(self) -> Iterator[Values]:
        for number, (said, tellings) in enumerate(zip(self.part.sayings, self.statements, strict=True)):
            key, first = self.statement_key + number, tellings[0].mention
            date = first.date or self.dates[said.happening]
            surest: StatementMention = max((one.mention for one in tellings), key=lambda mention: mention.confidence)
            standing = standing_of_statement(surest)
            yield (
                key,
                self.uids.next(),
                first.kind.value,
                max((verbatim(one.mention) for one in tellings), key=len),
                self.known.actors[said.speaker],
                first.speaker_span.text,
                first.cue.text,
                first.medium or "",
                self.event_key + said.happening,
                surest.confidence,
                standing["status"].value,
                standing["review_reason"],
                first.date is not None,
                chrono(date, row_id=key),
                *_columns(date),
            )

    # --- evidence ----------------------------------------------------------------------------------------------------

    def _evidence(self) -> None:
        rows: list[Values] = []
        for number, tellings in enumerate(self.events):
            for one in tellings:
                spans = zip(one.mention.evidence, one.prints, strict=True)
                rows += (self._proof(one, span, said, self.event_key + number, None) for span, said in spans)
        for number, tellings in enumerate(self.statements):
            for one in tellings:
                for span in one.mention.content:
                    rows.append(self._proof(one, span, one.prints[0], None, self.statement_key + number))
        columns = ("event", "statement", "article", "start", "end", "exact", "prefix", "suffix", "stance")
        Table(Evidence, *columns, "fingerprint", "version").insert(sorted(rows, key=lambda row: (row[2], row[3])))

    def _proof(self, one: _Telling, span: Span, fingerprint: str, event: int | None, statement: int | None) -> Values:
        told = self.part.articles[one.article]
        text = told.extraction.document.text
        stance = Evidence.Stance.HEDGED if one.mention.hedged else Evidence.Stance.SUPPORTS
        return (
            event,
            statement,
            self.article_key + one.article,
            span.start,
            span.end,
            span.text,
            text[max(span.start - CONTEXT, 0) : span.start],
            text[span.end : span.end + CONTEXT],
            stance.value,
            fingerprint,
            told.extraction.version,
        )


ARTICLE = (
    "uid", "url", "publisher", "title", "bylines", "language", "retrieved_at", "original", "given", "text", "blocks",
    "duplicate_of", "main_event", "carries_on", "story", "source_key", "extracted_with",
)  # fmt: skip
ACCOUNT = ("event", "article", "title", "kind", "place", "hedged", "main", "confidence", "parts")
EVENT = ("uid", "title", "kind", "place", "hedged", "confidence", "status", "review_reason", "chrono")
STATEMENT = (
    "uid", "kind", "text", "speaker", "speaker_as_written", "cue", "medium", "event", "confidence", "status",
    "review_reason", "own_date", "chrono",
)  # fmt: skip


def _trust(telling: _Telling) -> tuple[bool, float]:
    return telling.mention.main, telling.mention.confidence


def _columns(date: PartialDate) -> Values:
    """A date in the order of `Dated.DATE_FIELDS`."""
    columns = date_columns(date)
    return tuple(columns[name] for name in Dated.DATE_FIELDS)
