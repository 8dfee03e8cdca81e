"""Plans into rows. Touches the database, in one transaction an article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from timeline.extraction.mentions import Extraction, Span
from timeline.ingest.bulk import Table, insert, rewrite
from timeline.ingest.days import days_named_more, days_of, keep_days
from timeline.ingest.derived import refresh
from timeline.ingest.removal import erase_unneeded
from timeline.ingest.stories import keep_words, lead_stories, take_along
from timeline.ingest.suggestions import suggest_actors_of_article, suggest_events
from timeline.ingest.versions import Lineage, replace_version, stand_for_copies
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
    Place,
    Publisher,
    Shingle,
    Statement,
)
from timeline.models.dated import date_columns
from timeline.reconciliation.identity import (
    prose,
    sample,
    shingles,
)
from timeline.reconciliation.steps import (
    CarryOn,
    ClaimDate,
    Create,
    Head,
    Keep,
    Leave,
    Name,
    Relate,
    Step,
    Support,
    TakeAlong,
    Tell,
    Update,
    What,
)
from timeline.reconciliation.stories import story_of
from timeline.vocabulary import (
    ArticleState,
    EventStatus,
    PartialDate,
    RelationKind,
)

CONTEXT = 32
# "timeline", as the key of PostgreSQL's lock that lets one article in at a time.
LOCK = 0x74696D65


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which no other article is stored: what was looked up is still true when it is written.

    SQLite begins immediately (see settings) and is alone anyway.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    created: int = 0
    updated: int = 0
    events: int = 0
    statements: int = 0
    actors: int = 0
    review: int = 0


def save_article(
    extraction: Extraction,
    *,
    content: bytes,
    given: Mapping[str, str],
    url: str,
    publisher: str,
    retrieved_at: datetime,
    lineage: Lineage,
    corrected: Article | None = None,
) -> Article:
    """The article's own row, its bytes and its shingles; with what people put right on an earlier one in its place."""
    digest = hashlib.sha256(content).hexdigest()
    original = Original.objects.filter(digest=digest).first()
    if original is None:
        [original] = Original.objects.bulk_create([Original(digest=digest, content=content)])
    if lineage.previous is not None:
        Article.objects.filter(pk=lineage.previous.pk).update(state=ArticleState.SUPERSEDED)
    article = Article(
        url=url,
        retrieved_at=retrieved_at,
        original=original,
        given=dict(given),
        duplicate_of=lineage.copied,
        supersedes=lineage.previous,
        source_key=lineage.source,
        **_read_columns(extraction, publisher),
    )
    for earlier in filter(None, (lineage.previous, corrected)):
        _keep_corrections(article, earlier)
    # In bulk, as everything that is read and not edited: history is of people.
    Article.objects.bulk_create([article])
    _index(article, extraction)
    return article


def renew_article(article: Article, extraction: Extraction, *, publisher: str) -> None:
    """Let an article's own row say what a new reading of it says, but for what people have put right."""
    columns = _read_columns(extraction, publisher)
    for field in article.corrections:
        for name in Article.DATE_FIELDS if field == "date" else (field,):
            columns.pop(name, None)
    for name, value in columns.items():
        setattr(article, name, value)
    Article.objects.filter(pk=article.pk).update(**columns)
    article.shingles.all().delete()
    article.story_words.all().delete()
    _index(article, extraction)


def _read_columns(extraction: Extraction, publisher: str) -> dict[str, Any]:
    """What a reading says of the article itself."""
    document = extraction.document
    clock = document.page_clock
    return {
        "publisher": _publisher(publisher or document.publisher or ""),
        "title": document.title or "",
        "bylines": list(document.bylines),
        "dek": document.dek or "",
        "language": document.language or "",
        "page_clock": clock.best_day if clock else None,
        "text": document.text,
        "blocks": [[b.start, b.end, b.role.value] for b in document.blocks],
        "removed": document.removed,
        "warnings": list(document.warnings),
        "story": dict(story_of(document).weights),
        "extracted_with": extraction.version,
        **date_columns(document.published or PartialDate.unknown()),
    }


def _index(article: Article, extraction: Extraction) -> None:
    """Let copies of an article, articles of its story and events of the days it names find it."""
    document = extraction.document
    values = sample(shingles(prose(document)))
    Table(Shingle, "article", "value").insert((article.pk, value) for value in sorted(values))
    keep_words(article, story_of(document), document.published or PartialDate.unknown())
    keep_days(article, extraction)


def _keep_corrections(article: Article, previous: Article) -> None:
    """A newer version of an article keeps what people have put right on the earlier one."""
    article.corrections = previous.corrections
    for field in previous.corrections:
        names = Article.DATE_FIELDS if field == "date" else (field,)
        for name in names:
            setattr(article, name, getattr(previous, name))


def _publisher(name: str) -> Publisher | None:
    return Publisher.objects.get_or_create(name=name[:200])[0] if name else None


def apply(article: Article, steps: Sequence[Step], lineage: Lineage) -> Counts:
    """Carry out a plan for an article, and bring up to date what follows from it."""
    writer = _Writer(article, steps)
    for step in steps:
        writer.take(step)
    writer.finish()
    told = {event.pk for event in writer.events.values()}
    acting = {actor.pk for actor in writer.actors.values()}
    touched, actors, places = told | writer.heads, set(acting), {place.pk for place in writer.places.values()}
    if lineage.previous is not None:
        left = replace_version(lineage.previous, article)
        article.refresh_from_db(fields=["main_event", "carries_on"])
        touched, actors, places = touched | left.events, actors | left.actors, places | left.places
    named = days_named_more(article)
    if lineage.previous is not None:
        named |= days_of([article]) ^ days_of([lineage.previous])
    touched |= stand_for_copies(article) | lead_stories(article) | take_along(article, writer.strays)
    refresh(touched, days=named, reading=True)
    erase_unneeded(actors, places)
    suggest_actors_of_article(acting)
    suggest_events(told)
    return writer.counts()


def account_of(event: Event) -> Account:
    """What was believed of an event before any article gave an account of it."""
    return Account(
        event=event,
        title=event.title,
        kind=event.kind,
        place=event.place,
        hedged=event.hedged,
        main=True,
        confidence=event.confidence,
        parts=[
            {"actor": part.actor.uid, "role": part.role, "named": True}
            for part in event.participations.select_related("actor")
        ],
        **date_columns(event.date),
    )


class _Writer:
    """Carries out the steps of one plan. Rows are written in bulk at the end, whatever many mentions say of them."""

    def __init__(self, article: Article, steps: Iterable[Step]) -> None:
        self.article = article
        self.known = _known_rows(steps)
        self.actors: dict[str, Actor] = {}
        self.places: dict[str, Place] = {}
        self.events: dict[str, Event] = {}
        self.statements: dict[str, Statement] = {}
        self.new: dict[type[Any], list[Any]] = {Actor: [], Event: [], Statement: []}
        self.changes: list[tuple[Actor | Statement, dict[str, Any]]] = []
        self.passages: list[Support] = []
        self.names: dict[tuple[str, str], Name] = {}
        self.continued: dict[str, str] = {}
        self.accounts: dict[str, Account] = {}
        self.claims: dict[str, tuple[Event, PartialDate]] = {}
        self.relations: list[tuple[RelationKind, Event, Event, Span | None]] = []
        self.columns: dict[str, Event] = {}
        self.heads: set[int] = set()
        self.strays: list[str] = []
        self.created = self.updated = 0

    def take(self, step: Step) -> None:
        match step:
            case Create(what=what, key=key, values=values):
                self.created += 1
                getattr(self, f"_create_{what}")(key, values)
            case Update(what=what, key=key, uid=uid, values=values):
                self.updated += 1
                self._find(what, key, uid)
                getattr(self, f"_update_{what}")(key, values)
            case Keep(what=what, key=key, uid=uid):
                self._find(what, key, uid)
            case Leave():
                pass
            case Name(key=key, text=text):
                self.names.setdefault((self.actors[key].uid, text), step)
            case Support():
                self.passages.append(step)
            case Tell():
                self._tell(step)
            case ClaimDate(event=event, date=date):
                self.claims[self.events[event].uid] = self.events[event], date
            case Relate(kind=kind, source=source, target=target, evidence=span):
                self.relations.append((kind, self.events[source], self.events[target], span))
            case Head(event=event):
                self.columns["main_event"] = self.events[event]
            case CarryOn(uid=uid):
                head = self.known["event"].get(uid)
                if head is not None:
                    self.columns["carries_on"] = head
                    self.heads.add(head.pk)
            case TakeAlong(article=uid):
                self.strays.append(uid)

    def finish(self) -> None:
        """Write what was taken: first what other rows point at."""
        for model, rows in self.new.items():
            if rows:
                model._default_manager.bulk_create(rows)
        for row, values in self.changes:
            _change(row, values)
        if self.columns:
            _change(self.article, self.columns)
        self._place_statements()
        self._keep_evidence()
        self._keep_claims()
        self._keep_relations()
        self._keep_accounts()
        insert(
            (
                Alias(actor=self.actors[name.key], text=name.text, normal=name.normal, form=name.form)
                for name in self.names.values()
            ),
            unless_there=True,
        )

    def counts(self) -> Counts:
        waiting: list[Event | Statement] = [*self.events.values(), *self.statements.values()]
        return Counts(
            created=self.created,
            updated=self.updated,
            events=len(self.events),
            statements=len(self.statements),
            actors=len(self.actors),
            review=sum(row.status == EventStatus.REVIEW for row in waiting),
        )

    # --- taking ------------------------------------------------------------------------------------------------

    def _find(self, what: What, key: str, uid: str) -> None:
        getattr(self, f"{what}s")[key] = self.known[what][uid]

    def _create_actor(self, key: str, values: dict[str, Any]) -> None:
        actor = Actor(name=values["name"][:300], kind=values["kind"], role=values["role"][:300], known=values["known"])
        self.actors[key] = actor
        self.new[Actor].append(actor)

    def _update_actor(self, key: str, values: dict[str, Any]) -> None:
        if "role" in values:
            values = {**values, "role": values["role"][:300]}
        self.changes.append((self.actors[key], values))

    def _create_place(self, key: str, values: dict[str, Any]) -> None:
        values = dict(values)
        name, country, around = values.pop("name")[:200], values.pop("country"), values.pop("part_of")
        part_of = Place.objects.filter(name=around).first() if around else None
        if around and part_of is None and around != name:
            [part_of] = Place.objects.bulk_create([Place(name=around[:200], country=country)])
        # A venue of the same article may have brought it along as what it is part of: then only the rest is new.
        place = Place.objects.filter(name=name, country=country).first()
        if place is None:
            [place] = Place.objects.bulk_create([Place(name=name, country=country, **values, part_of=part_of)])
        else:
            Place.objects.filter(pk=place.pk).update(**values, part_of=part_of)
        self.places[key] = place

    def _create_event(self, key: str, values: dict[str, Any]) -> None:
        values = dict(values)
        place = values.pop("place")
        event = Event(**{**values, "title": values["title"][:500]}, place=self.places[place] if place else None)
        self.events[key] = event
        self.new[Event].append(event)

    def _tell(self, step: Tell) -> None:
        """Of two tellings of one event in the document the surer one is its account."""
        event = self.events[step.event] if step.uid is None else self.known["event"][step.uid]
        account = Account(
            event=event,
            article=self.article,
            title=step.title[:500],
            kind=step.kind,
            place=self.places[step.place] if step.place else None,
            hedged=step.hedged,
            main=step.main,
            confidence=step.confidence,
            parts=[
                {"actor": self.actors[key].uid, "role": role, "named": named}
                for key, role, named in step.parts
                if key in self.actors
            ],
            **date_columns(step.date),
        )
        other = self.accounts.get(event.uid)
        if other is None or (account.main, account.confidence) > (other.main, other.confidence):
            self.accounts[event.uid] = account

    def _create_statement(self, key: str, values: dict[str, Any]) -> None:
        values = dict(values)
        speaker, event, continues, date = (values.pop(name) for name in ("speaker", "event", "continues", "date"))
        held = self.events[event] if event else None
        statement = Statement(
            **{**values, "speaker_as_written": values["speaker_as_written"][:300], "cue": values["cue"][:200],
               "medium": values["medium"][:200], "addressee": values["addressee"][:300]},
            speaker=self.actors[speaker] if speaker else None,
            event=held,
            own_date=date is not None,
            **date_columns(date or (held.date if held else self._until_publication())),
        )  # fmt: skip
        self.statements[key] = statement
        self.new[Statement].append(statement)
        if continues:
            self.continued[key] = continues

    def _until_publication(self) -> PartialDate:
        latest = self.article.latest
        return PartialDate.until(latest) if latest else PartialDate.unknown()

    def _update_statement(self, key: str, values: dict[str, Any]) -> None:
        columns = dict(values)
        if "speaker" in columns:
            columns["speaker"] = self.actors[columns["speaker"]]
        if "event" in columns:
            columns["event"] = self.events[columns["event"]]
        self.changes.append((self.statements[key], columns))

    # --- writing -----------------------------------------------------------------------------------------------

    def _place_statements(self) -> None:
        """Those that stand by themselves have their place; those of an event have it with the event."""
        alone = [one for one in self.new[Statement] if one.event_id is None or one.own_date]
        for statement in alone:
            statement.place_in_time()
        rewrite(alone, ("chrono",))
        for later, earlier in self.continued.items():
            first, statement = self.statements.get(earlier), self.statements[later]
            if first is not None and first.pk != statement.pk and statement.continues_id is None:
                _change(statement, {"continues": first})

    def _keep_evidence(self) -> None:
        known = set(
            Evidence.objects.filter(article=self.article)
            .order_by()
            .values_list("event_id", "statement_id", "start", "end")
        )
        found = map(self._evidence, self.passages)
        insert(one for one in found if (one.event_id, one.statement_id, one.start, one.end) not in known)

    def _evidence(self, step: Support) -> Evidence:
        text, span = self.article.text, step.span
        target = {"event": self.events[step.key]} if step.what == "event" else {"statement": self.statements[step.key]}
        return Evidence(
            article=self.article,
            start=span.start,
            end=span.end,
            exact=span.text,
            prefix=text[max(span.start - CONTEXT, 0) : span.start],
            suffix=text[span.end : span.end + CONTEXT],
            stance=Evidence.Stance.HEDGED if step.hedged else Evidence.Stance.SUPPORTS,
            fingerprint=step.fingerprint,
            version=self.article.extracted_with,
            **target,
        )

    def _keep_claims(self) -> None:
        known = {claim.event_id: claim for claim in Claim.objects.filter(article=self.article)}
        claims = [
            (known.get(event.pk) or Claim(event=event, article=self.article), date)
            for event, date in self.claims.values()
        ]
        for claim, date in claims:
            claim.date = date
        insert(claim for claim, _ in claims if claim.pk is None)
        rewrite([claim for claim, _ in claims if claim.pk is not None], Claim.DATE_FIELDS)

    def _keep_relations(self) -> None:
        known = EventRelation.objects.filter(article=self.article).values_list("kind", "source_id", "target_id")
        there = set(known) if self.relations else set()
        new = []
        for kind, source, target, span in self.relations:
            if source.pk != target.pk and (kind, source.pk, target.pk) not in there:
                there.add((kind, source.pk, target.pk))
                place = {"start": span.start, "end": span.end} if span else {}
                new.append(EventRelation(kind=kind, source=source, target=target, article=self.article, **place))
        insert(new)

    def _keep_accounts(self) -> None:
        told = {event.pk: event for event in self.events.values() if event.uid in self.accounts}
        old = set(told) - {event.pk for event in self.new[Event]}
        bare = Event.objects.filter(pk__in=old, accounts=None).order_by("pk").values_list("pk", flat=True)
        insert([*(account_of(told[pk]) for pk in bare), *self.accounts.values()])


MODELS: dict[What, type[Any]] = {"actor": Actor, "place": Place, "event": Event, "statement": Statement}


def _known_rows(steps: Iterable[Step]) -> dict[What, dict[str, Any]]:
    """The rows that steps name, by their public ids."""
    named: dict[What, set[str]] = {what: set() for what in MODELS}
    for step in steps:
        match step:
            case Update(what=what, uid=uid) | Keep(what=what, uid=uid):
                named[what].add(uid)
            case Tell(uid=str(uid)) | CarryOn(uid=uid):
                named["event"].add(uid)
    return {
        what: {row.uid: row for row in model._default_manager.filter(uid__in=named[what])}
        for what, model in MODELS.items()
    }


def _change(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    rewrite([row], values)
