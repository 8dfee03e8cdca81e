"""An invented archive into rows: what readings, one article after another, would have left, written in bulk.

Every article is stored as `store` stores it and what is believed is what `plan` would believe, but nothing is looked
up: which mentions speak of one thing is known. So is what follows from it; bringing it up to date by `derived`
afterwards changes nothing.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection

from timeline.extraction.mentions import EventMention, Span, StatementMention
from timeline.extraction.names import normal_form
from timeline.extraction.version import VERSION
from timeline.generation import stories
from timeline.generation.cast import Cast, Figure
from timeline.ingest.bulk import Table, Values
from timeline.ingest.derived import GIVEN, add_telling
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
    NameKey,
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
from timeline.reconciliation.dating import Dating, exclude_each_other
from timeline.reconciliation.identity import event_fingerprints, prose, sample, shingles, statement_fingerprint
from timeline.reconciliation.importance import Telling, weigh
from timeline.reconciliation.ordering import InTime, Placing, place_events
from timeline.reconciliation.plan import is_claim, verbatim
from timeline.reconciliation.same_actor import ActorSide, name_keys
from timeline.reconciliation.standing import standing_of_statement
from timeline.reconciliation.stories import Story, story_of
from timeline.search.rebuild import put_off
from timeline.vocabulary import ON_PAGE, PartialDate, RelationKind

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
    # Where nothing is stored nobody searches, and an index built at the end is built in a fraction of the time.
    index = nullcontext() if Article.objects.exists() else put_off(connection)
    with _roomy_cache():
        stored: list[range] = []
        with index, _no_collector():
            with one_at_a_time():
                known = _Known.store(cast, seed)
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


@contextmanager
def _no_collector() -> Iterator[None]:
    """A part refers to itself nowhere: looking for circles in it would take a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
    by_uid: dict[str, int]
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
        Table(NameKey, "actor", "key").insert(
            (actors[figure.name], key)
            for figure in cast.figures
            if actors[figure.name] >= first
            for key in sorted(name_keys(_side(figure)))
        )
        named = dict(Actor.objects.values_list("pk", "uid"))
        return cls(
            [actors[figure.name] for figure in cast.figures],
            [named[actors[figure.name]] for figure in cast.figures],
            {uid: pk for pk, uid in named.items()},
            [places[town.name, town.country] for town in cast.towns],
            [publishers[house.name] for house in cast.newsrooms],
        )


def _side(figure: Figure) -> ActorSide:
    roles = (figure.role,) if figure.role else ()
    return ActorSide(names=frozenset({figure.name}), kind=figure.kind, roles=roles)


@dataclass(frozen=True, slots=True)
class _Mention:
    """What one article says of something."""

    article: int
    mention: Any
    prints: tuple[str, ...]


Relations = dict[tuple[RelationKind, int, int, int], tuple[int | None, int | None]]


class _Archivist:
    """Stores one part."""

    def __init__(self, part: stories.Part, cast: Cast, known: _Known, uids: _Uids) -> None:
        self.part, self.cast, self.known, self.uids = part, cast, known, uids
        self.first_uid = uids.next()
        self.stories: dict[int, Story] = {}
        self.beliefs: list[Belief] = []
        self.placings: list[Placing] = []
        self.article_key = self.event_key = self.statement_key = 0
        self.sources: list[str] = []
        for told in part.articles:
            self.sources.append(uids.next() if told.repeats is None else self.sources[told.repeats])
        self.events: list[list[_Mention]] = [[] for _ in part.happenings]
        self.statements: list[list[_Mention]] = [[] for _ in part.sayings]
        for number, (told, source) in enumerate(zip(part.articles, self.sources, strict=True)):
            for event in told.extraction.events:
                prints = event_fingerprints(event, source)
                self.events[told.happenings[event.key]].append(_Mention(number, event, prints))
            for statement in told.extraction.statements:
                prints = (statement_fingerprint(statement, source),)
                self.statements[told.sayings[statement.key]].append(_Mention(number, statement, prints))

    def store(self) -> range:
        """Store the part whole; the keys of its events."""
        articles = Table(Article, "id", *ARTICLE, *Article.DATE_FIELDS)
        events = Table(Event, "id", *EVENT, *Event.DATE_FIELDS)
        statements = Table(Statement, "id", *STATEMENT, *Statement.DATE_FIELDS)
        self.article_key, self.event_key, self.statement_key = (
            table.next_key() for table in (articles, events, statements)
        )
        relations = self._relations()
        self.beliefs = [self._belief(number) for number in range(len(self.events))]
        self.placings = self._placings(relations)
        articles.insert(self._articles(self._originals()))
        self._index()
        self._claims()
        events.insert(self._events())
        Table(Account, *ACCOUNT, *Account.DATE_FIELDS).insert(self._accounts())
        Table(Participation, "event", "actor", "role", "position", "chrono").insert(self._participations())
        statements.insert(self._statements())
        self._evidence()
        Table(EventRelation, "kind", "source", "target", "article", "start", "end").insert(
            (kind.value, self.event_key + source, self.event_key + target, self.article_key + article, *span)
            for (kind, source, target, article), span in relations.items()
        )
        return range(self.event_key, self.event_key + len(self.events))

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
                self.event_key + _main(told),
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
        witnesses = [self._witness(number, one) for one in self.events[number]]
        claims = [
            Dating(printed=one.printed, newsroom=one.newsroom, date=one.date)
            for one in witnesses
            if is_claim(one.date)
        ]  # fmt: skip
        found = believe(witnesses, claims)
        assert found is not None
        return found

    def _witness(self, number: int, one: _Mention) -> Witness:
        told, mention = self.part.articles[one.article], one.mention
        document = told.extraction.document
        published = document.published or PartialDate.unknown()
        return Witness(
            printed=(
                str(published.latest or "~"),
                str(published.instant or "~"),
                self.cast.newsrooms[told.newsroom].name,
                told.url,
                document.title or "",
            ),
            newsroom=self._newsroom(one),
            title=mention.title,
            kind=mention.kind,
            date=mention.date,
            place=self._place(number),
            hedged=mention.hedged,
            main=mention.main,
            confidence=mention.confidence,
            parts=self._parts(number, mention),
        )

    def _newsroom(self, one: _Mention) -> str:
        """What counts as one source."""
        told = self.part.articles[one.article]
        return str((told if told.repeats is None else self.part.articles[told.repeats]).newsroom)

    def _place(self, number: int) -> int | None:
        town = self.part.happenings[number].town
        return None if town is None else self.known.places[town]

    def _parts(self, number: int, mention: EventMention) -> tuple[Part, ...]:
        acting = zip(self.part.happenings[number].actors, mention.participants, strict=False)
        return tuple(Part(self.known.uids[actor], participant.role) for actor, participant in acting)

    def _relations(self) -> Relations:
        """What articles say of which event came first, by their numbers, with where they say it."""
        found: Relations = {}
        for number, told in enumerate(self.part.articles):
            for relation in told.extraction.relations:
                source, target = told.happenings[relation.source], told.happenings[relation.target]
                span = relation.evidence
                if source != target:
                    place = (span.start, span.end) if span else (None, None)
                    found.setdefault((relation.kind, source, target, number), place)
        return found

    def _placings(self, relations: Relations) -> list[Placing]:
        """Where each event stands: most by their dates alone."""
        tied = {str(number): number for _, source, target, _ in relations for number in (source, target)}
        placed = place_events(
            {
                name: InTime(title=belief.title, date=belief.date, shown=belief.status in ON_PAGE)
                for name, number in tied.items()
                for belief in [self.beliefs[number]]
            },
            {(kind, str(source), str(target)) for kind, source, target, _ in relations},
        )
        return [placed.get(str(number)) or Placing(date=belief.date) for number, belief in enumerate(self.beliefs)]

    def _importances(self) -> list[float]:
        """How much each event counts."""
        found: list[dict[str, Telling]] = [{} for _ in self.events]
        followed: list[set[str]] = [set() for _ in self.events]
        for number, mentions in enumerate(self.events):
            for one in mentions:
                told, source = self.part.articles[one.article], self.sources[one.article]
                for span in one.mention.evidence:
                    house = self.cast.newsrooms[told.newsroom].name
                    add_telling(found[number], source, Telling(newsroom=house, day=told.published, start=span.start))
            believed = self.placings[number].date
            for article, date in self._claimed(number).items():
                if date.is_exact and date.earliest == believed.earliest and date.latest == believed.latest:
                    source = self.sources[article]
                    found[number][source] = replace(found[number][source], dated=True)
        for told, source in zip(self.part.articles, self.sources, strict=True):
            main = _main(told)
            found[main][source] = replace(found[main][source], main=True)
            if told.carries_on is not None:
                followed[told.carries_on].add(source)
        return [
            weigh(
                found[number].values(),
                day=placing.date.latest or placing.date.earliest,
                stated=placing.date.is_exact and placing.date.basis in GIVEN,
                followed=len(followed[number]),
                actors=len(belief.parts),
            ).number
            for number, (belief, placing) in enumerate(zip(self.beliefs, self.placings, strict=True))
        ]

    def _events(self) -> Iterator[Values]:
        importances = self._importances()
        for number, (belief, placing) in enumerate(zip(self.beliefs, self.placings, strict=True)):
            key = self.event_key + number
            dates = list(self._claimed(number).values())
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
                importances[number],
                len({self._newsroom(one) for one in self.events[number]}),
                len(dates) > 1 and exclude_each_other(dates),
                placing.disputed,
                placing.order,
                self._chrono(number),
                *_columns(placing.date),
            )

    def _chrono(self, number: int) -> int:
        placing = self.placings[number]
        return chrono(placing.date, row_id=self.event_key + number, order=placing.order)

    def _accounts(self) -> Iterator[Values]:
        for number, mentions in enumerate(self.events):
            # Of two mentions in one article the surer one, as `store` keeps it.
            for article, one in {t.article: t for t in sorted(mentions, key=_trust)}.items():
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
        for number, belief in enumerate(self.beliefs):
            key, place = self.event_key + number, self._chrono(number)
            for position, part in enumerate(belief.parts):
                yield key, self.known.by_uid[part.actor], part.role, position, place

    def _claims(self) -> None:
        """What each article says the dates are; and what is believed of them."""
        rows: list[Values] = []
        for number, belief in enumerate(self.beliefs):
            believed = (belief.date.earliest, belief.date.latest)
            for article, date in self._claimed(number).items():
                rank = Claim.Rank.PREFERRED if (date.earliest, date.latest) == believed else Claim.Rank.NORMAL
                rows.append((self.event_key + number, self.article_key + article, rank.value, *_columns(date)))
        Table(Claim, "event", "article", "rank", *Claim.DATE_FIELDS).insert(rows)

    def _claimed(self, number: int) -> dict[int, PartialDate]:
        """The dates that articles give an event."""
        return {one.article: one.mention.date for one in self.events[number] if is_claim(one.mention.date)}

    # --- statements --------------------------------------------------------------------------------------------------

    def _statements(self) -> Iterator[Values]:
        for number, (said, mentions) in enumerate(zip(self.part.sayings, self.statements, strict=True)):
            key, first = self.statement_key + number, mentions[0].mention
            placing = Placing(date=first.date) if first.date else self.placings[said.happening]
            surest: StatementMention = max((one.mention for one in mentions), key=lambda mention: mention.confidence)
            standing = standing_of_statement(surest)
            yield (
                key,
                self.uids.next(),
                first.kind.value,
                max((verbatim(one.mention) for one in mentions), key=len),
                self.known.actors[said.speaker],
                first.speaker_span.text,
                first.cue.text,
                first.medium or "",
                self.event_key + said.happening,
                surest.confidence,
                standing["status"].value,
                standing["review_reason"],
                first.date is not None,
                placing.order,
                chrono(placing.date, row_id=key, order=placing.order),
                *_columns(placing.date),
            )

    # --- evidence ----------------------------------------------------------------------------------------------------

    def _evidence(self) -> None:
        rows: list[Values] = []
        for number, mentions in enumerate(self.events):
            for one in mentions:
                spans = zip(one.mention.evidence, one.prints, strict=True)
                rows += (self._proof(one, span, said, self.event_key + number, None) for span, said in spans)
        for number, mentions in enumerate(self.statements):
            for one in mentions:
                for span in one.mention.content:
                    rows.append(self._proof(one, span, one.prints[0], None, self.statement_key + number))
        columns = ("event", "statement", "article", "start", "end", "exact", "prefix", "suffix", "stance")
        Table(Evidence, *columns, "fingerprint", "version").insert(sorted(rows, key=lambda row: (row[2], row[3])))

    def _proof(self, one: _Mention, span: Span, fingerprint: str, event: int | None, statement: int | None) -> Values:
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
EVENT = (
    "uid", "title", "kind", "place", "hedged", "confidence", "status", "review_reason", "importance", "sources",
    "date_disputed", "order_disputed", "order", "chrono",
)  # fmt: skip
STATEMENT = (
    "uid", "kind", "text", "speaker", "speaker_as_written", "cue", "medium", "event", "confidence", "status",
    "review_reason", "own_date", "order", "chrono",
)  # fmt: skip


def _trust(one: _Mention) -> tuple[bool, float]:
    return one.mention.main, one.mention.confidence


def _main(told: stories.Told) -> int:
    """The number of the happening that an article is about first of all."""
    return next(told.happenings[event.key] for event in told.extraction.events if event.main)


def _columns(date: PartialDate) -> Values:
    """A date in the order of `Dated.DATE_FIELDS`."""
    columns = date_columns(date)
    return tuple(columns[name] for name in Dated.DATE_FIELDS)
