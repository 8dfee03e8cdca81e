"""Plans into rows, and rows into what a plan needs to know. Touches the database, in one transaction an article."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from timeline.extraction.mentions import Document, Extraction, Span
from timeline.extraction.names import normal_form
from timeline.ingest.derived import refresh
from timeline.ingest.removal import erase, erase_unneeded
from timeline.ingest.versions import Lineage, replace_version
from timeline.models import (
    Actor,
    Alias,
    Article,
    Claim,
    Event,
    EventRelation,
    Evidence,
    Judgement,
    Original,
    Participation,
    Place,
    Publisher,
    Shingle,
    Statement,
)
from timeline.models.dated import date_columns
from timeline.models.identity import first_chrono
from timeline.reconciliation.identity import (
    Story,
    actor_keys,
    content_words,
    event_fingerprints,
    sample,
    shingles,
    statement_fingerprint,
)
from timeline.reconciliation.known import (
    Known,
    KnownActor,
    KnownClaim,
    KnownEvent,
    KnownPlace,
    KnownStatement,
)
from timeline.reconciliation.plan import (
    ClaimDate,
    Create,
    Head,
    Keep,
    Leave,
    Name,
    Relate,
    Step,
    StepDown,
    Support,
    TakePart,
    Update,
)
from timeline.vocabulary import (
    ActorKind,
    ArticleState,
    BlockRole,
    EventKind,
    EventStatus,
    PartialDate,
    RelationKind,
    StatementKind,
)

# An undated event is looked for among those of the two months before the article; a dated one within a week of its day.
NEWS, AROUND, NEXT_DAY = timedelta(days=60), timedelta(days=7), timedelta(days=1)
MOST_CANDIDATES = 200
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


# --- what is known -------------------------------------------------------------------------------------------------


def load_known(extraction: Extraction, lineage: Lineage) -> Known:
    """The beliefs that share an identity key with a document: never the whole table."""
    source = lineage.source
    actors = _known_actors(extraction, lineage)
    statement_prints = {statement_fingerprint(s, source) for s in extraction.statements}
    event_prints = {f for event in extraction.events for f in event_fingerprints(event, source)}
    statements = _known_statements(extraction, actors, statement_prints)
    events = _known_events(extraction, actors, event_prints, {s.event for s in statements if s.event}, lineage.previous)
    judgements = Judgement.objects.filter(undone_at__isnull=True)
    rejected = judgements.filter(
        verdict=Judgement.Verdict.REJECTED, left__in=statement_prints | event_prints
    ).values_list("left", flat=True)
    not_aliases = judgements.filter(
        verdict=Judgement.Verdict.NOT_ALIAS, left__in=[actor.uid for actor in actors]
    ).values_list("left", "right")
    names = [place.name for place in extraction.places]
    return Known(
        source=source,
        actors=actors,
        places=tuple(
            KnownPlace(uid=uid, name=name, country=country)
            for uid, name, country in Place.objects.filter(name__in=names).values_list("uid", "name", "country")
        ),
        events=events,
        statements=statements,
        rejected=frozenset(rejected),
        not_aliases=frozenset(not_aliases),
    )


def _known_actors(extraction: Extraction, lineage: Lineage) -> tuple[KnownActor, ...]:
    known_ids, names = actor_keys(extraction)
    rows = list(
        Actor.objects.filter(
            Q(known__in=known_ids) | Q(pk__in=Alias.objects.filter(normal__in=names).values("actor"))
        ).prefetch_related("aliases")[:MOST_CANDIDATES]
    )
    here: set[int] = set()
    if lineage.previous is not None:
        evidence = Evidence.objects.filter(article=lineage.previous)
        here = set(evidence.filter(event__isnull=False).values_list("event__participations__actor", flat=True))
        here |= set(evidence.filter(statement__isnull=False).values_list("statement__speaker", flat=True))
    return tuple(
        KnownActor(
            uid=row.uid,
            name=row.name,
            kind=ActorKind(row.kind),
            role=row.role,
            known=row.known,
            names=frozenset({alias.normal for alias in row.aliases.all()} | {normal_form(row.name)}),
            locked=row.locked_fields,
            here=row.pk in here,
        )
        for row in rows
    )


def _known_statements(
    extraction: Extraction, actors: Sequence[KnownActor], fingerprints: set[str]
) -> tuple[KnownStatement, ...]:
    """Statements of the same words, and what the same persons were lately quoted with: outlets cut quotations."""
    ids = set(Statement.objects.filter(evidence__fingerprint__in=fingerprints).values_list("pk", flat=True))
    published = extraction.document.published
    if published and published.latest:
        lately = Statement.objects.filter(
            speaker__uid__in=[actor.uid for actor in actors],
            kind=StatementKind.DIRECT,
            chrono__gte=first_chrono(published.latest - NEWS),
            chrono__lt=first_chrono(published.latest + AROUND),
        )
        ids |= set(lately.order_by("-chrono").values_list("pk", flat=True)[:MOST_CANDIDATES])
    rows = (
        Statement.objects.filter(pk__in=ids)
        .select_related("speaker", "event")
        .prefetch_related("evidence")
        .order_by("pk")
    )
    return tuple(
        KnownStatement(
            uid=row.uid,
            kind=StatementKind(row.kind),
            text=row.text,
            speaker=row.speaker.uid if row.speaker else None,
            event=row.event.uid if row.event else None,
            status=EventStatus(row.status),
            confidence=row.confidence,
            locked=row.locked_fields,
            fingerprints=frozenset(e.fingerprint for e in row.evidence.all()),
        )
        for row in rows
    )


def _known_events(
    extraction: Extraction,
    actors: Sequence[KnownActor],
    fingerprints: set[str],
    told: set[str],
    previous: Article | None,
) -> tuple[KnownEvent, ...]:
    """Events of the same sentences, of the same statements, and of the same actors at the same time."""
    same = Event.objects.filter(Q(uid__in=told) | Q(evidence__fingerprint__in=fingerprints))
    ids = set(same.values_list("pk", flat=True))
    uids = [actor.uid for actor in actors]
    for first, last in _windows(extraction):
        around = Event.objects.filter(chrono__gte=first, chrono__lt=last, participations__actor__uid__in=uids).order_by(
            "-chrono"
        )
        ids |= set(around.values_list("pk", flat=True)[:MOST_CANDIDATES])
    for day, kind in {(e.date.earliest, e.kind) for e in extraction.events if e.date.is_exact and e.date.earliest}:
        # One telling may name nobody.
        around = Event.objects.filter(
            chrono__gte=first_chrono(_moved(day, -NEXT_DAY)),
            chrono__lt=first_chrono(_moved(day, 2 * NEXT_DAY)),
            kind=kind,
        )
        ids |= set(around.order_by("chrono").values_list("pk", flat=True)[:MOST_CANDIDATES])
    rows = Event.objects.filter(pk__in=ids).select_related("place").prefetch_related(
        "participations__actor", "evidence__article", "statements", "claims__article", "main_for"
    )  # fmt: skip
    return tuple(_known_event(row, previous) for row in rows)


def _windows(extraction: Extraction) -> list[tuple[int, int]]:
    """Stretches of the chronology in which the document's events can already stand."""
    found: set[tuple[int, int]] = set()
    for event in extraction.events:
        first, last = event.date.earliest, event.date.latest
        if last is None and first is None:
            continue
        start = _moved(first, -AROUND) if first else _moved(last or date.max, -NEWS)
        end = last or first or date.max
        found.add((first_chrono(start), first_chrono(_moved(end, AROUND))))
    return sorted(found)


def _moved(day: date, by: timedelta) -> date:
    """A day earlier or later, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))


def _known_event(row: Event, previous: Article | None) -> KnownEvent:
    evidence = list(row.evidence.all())
    text = " ".join([row.title, *(e.exact for e in evidence)])
    return KnownEvent(
        uid=row.uid,
        title=row.title,
        kind=EventKind(row.kind),
        date=row.date,
        status=EventStatus(row.status),
        actors=tuple(p.actor.uid for p in row.participations.all()),
        place=row.place.uid if row.place else None,
        hedged=row.hedged,
        confidence=row.confidence,
        locked=row.locked_fields,
        fingerprints=frozenset(e.fingerprint for e in evidence if e.fingerprint),
        sources=frozenset(e.article.source_key for e in evidence if e.article),
        words=content_words(text),
        statements=frozenset(s.uid for s in row.statements.all()),
        stories=tuple(_story(article) for article in row.main_for.all()),
        claims=tuple(KnownClaim(source=c.article.source_key, date=c.date) for c in row.claims.all()),
        here=bool(evidence) and all(previous is not None and e.article_id == previous.pk for e in evidence),
    )


def _story(article: Article) -> Story:
    body = next((start for start, _, role in article.blocks if role == BlockRole.BODY), 0)
    return Story.of(article.title, article.text[body:])


# --- what is written -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    created: int = 0
    updated: int = 0
    events: int = 0
    statements: int = 0
    actors: int = 0
    review: int = 0


def save_article(
    extraction: Extraction, *, content: bytes, url: str, publisher: str, retrieved_at: datetime, lineage: Lineage
) -> Article:
    """The article's own row, its bytes and its shingles."""
    document = extraction.document
    digest = hashlib.sha256(content).hexdigest()
    original, _ = Original.objects.get_or_create(digest=digest, defaults={"content": content})
    if lineage.previous is not None:
        Article.objects.filter(pk=lineage.previous.pk).update(state=ArticleState.SUPERSEDED)
    published = document.published or PartialDate.unknown()
    clock = document.page_clock
    article = Article(
        url=url,
        publisher=_publisher(publisher or document.publisher or ""),
        title=document.title or "",
        bylines=list(document.bylines),
        dek=document.dek or "",
        language=document.language or "",
        page_clock=clock.best_day if clock else None,
        retrieved_at=retrieved_at,
        original=original,
        text=document.text,
        blocks=[[b.start, b.end, b.role.value] for b in document.blocks],
        removed=document.removed,
        warnings=list(document.warnings),
        duplicate_of=lineage.copied,
        supersedes=lineage.previous,
        source_key=lineage.source,
        extracted_with=extraction.version,
        **date_columns(published),
    )
    if lineage.previous is not None:
        _keep_corrections(article, lineage.previous)
    # In bulk, as everything that is read and not edited: history is of people.
    Article.objects.bulk_create([article])
    values = sample(shingles(document.text if not document.blocks else _prose(document)))
    Shingle.objects.bulk_create(Shingle(article=article, value=value) for value in sorted(values))
    return article


def _prose(document: Document) -> str:
    roles = {"title", "dek", "subhead", "body"}
    return "\n".join(document.text[b.start : b.end] for b in document.blocks if b.role.value in roles)


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
    writer = _Writer(article)
    for step in steps:
        writer.take(step)
    writer.finish()
    touched = {event.pk for event in writer.events.values()}
    if lineage.previous is not None:
        touched |= replace_version(lineage.previous, article)
        erase_unneeded(writer.dismissed, ())
    refresh(touched)
    return writer.counts()


class _Writer:
    """Carries out the steps of one plan. Rows are written in bulk where nothing waits for their ids."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.actors: dict[str, Actor] = {}
        self.places: dict[str, Place] = {}
        self.events: dict[str, Event] = {}
        self.statements: dict[str, Statement] = {}
        self.evidence: list[Evidence] = []
        self.names: dict[int, dict[str, Name]] = defaultdict(dict)
        self.continued: dict[str, str] = {}
        self.dismissed: set[int] = set()
        self.created = self.updated = 0

    def take(self, step: Step) -> None:
        match step:
            case Create(what=what, key=key, values=values):
                self.created += 1
                getattr(self, f"_create_{what}")(key, values)
            case Update(what=what, key=key, uid=uid, values=values):
                self.updated += 1
                getattr(self, f"_update_{what}")(key, uid, values)
            case Keep(what=what, key=key, uid=uid):
                self._find(what, key, uid)
            case Leave():
                pass
            case Name(key=key, text=text):
                self.names[self.actors[key].pk].setdefault(text, step)
            case Support():
                self._support(step)
            case TakePart(event=event, actor=actor, role=role, position=position):
                Participation.objects.bulk_create(
                    [Participation(event=self.events[event], actor=self.actors[actor], role=role, position=position)],
                    ignore_conflicts=True,
                )
            case StepDown(event=event, actor=uid):
                parts = list(self.events[event].participations.filter(actor__uid=uid))
                self.dismissed |= {part.actor_id for part in parts}
                erase(parts)
            case ClaimDate(event=event, date=date):
                Claim.objects.update_or_create(
                    event=self.events[event], article=self.article, defaults=date_columns(date)
                )
            case Relate(kind=kind, source=source, target=target, evidence=span):
                self._relate(kind, self.events[source], self.events[target], span)
            case Head(event=event):
                Article.objects.filter(pk=self.article.pk).update(main_event=self.events[event])

    def finish(self) -> None:
        for later, earlier in self.continued.items():
            first = self.statements.get(earlier)
            statement = self.statements[later]
            if first is not None and first.pk != statement.pk and statement.continues_id is None:
                Statement.objects.filter(pk=statement.pk).update(continues=first)
        known = {(e.event_id, e.statement_id, e.start, e.end) for e in Evidence.objects.filter(article=self.article)}
        Evidence.objects.bulk_create(
            e for e in self.evidence if (e.event_id, e.statement_id, e.start, e.end) not in known
        )
        Alias.objects.bulk_create(
            (
                Alias(actor_id=actor, text=name.text, normal=name.normal, form=name.form)
                for actor, names in self.names.items()
                for name in names.values()
            ),
            ignore_conflicts=True,
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

    # --- rows --------------------------------------------------------------------------------------------------

    def _find(self, what: str, key: str, uid: str) -> None:
        match what:
            case "actor":
                self.actors[key] = Actor.objects.get(uid=uid)
            case "place":
                self.places[key] = Place.objects.get(uid=uid)
            case "event":
                self.events[key] = Event.objects.get(uid=uid)
            case "statement":
                self.statements[key] = Statement.objects.get(uid=uid)

    def _create_actor(self, key: str, values: dict[str, Any]) -> None:
        [self.actors[key]] = Actor.objects.bulk_create(
            [Actor(name=values["name"][:300], kind=values["kind"], role=values["role"][:300], known=values["known"])]
        )

    def _update_actor(self, key: str, uid: str, values: dict[str, Any]) -> None:
        if "role" in values:
            values = {**values, "role": values["role"][:300]}
        Actor.objects.filter(uid=uid).update(**values)
        self._find("actor", key, uid)

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
        [self.events[key]] = Event.objects.bulk_create([event])

    def _update_event(self, key: str, uid: str, values: dict[str, Any]) -> None:
        event = Event.objects.get(uid=uid)
        if "title" in values:
            values = {**values, "title": values["title"][:500]}
        for name, value in values.items():
            setattr(event, name, self.places[value] if name == "place" else value)
        columns = {name for name in values if name != "date"} | (set(Event.DATE_FIELDS) if "date" in values else set())
        Event.objects.filter(pk=event.pk).update(**{name: getattr(event, name) for name in columns})
        self.events[key] = event

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
        [self.statements[key]] = Statement.objects.bulk_create([statement])
        if held is None or date is not None:
            statement.place_in_time()
            Statement.objects.filter(pk=statement.pk).update(chrono=statement.chrono)
        if continues:
            self.continued[key] = continues

    def _until_publication(self) -> PartialDate:
        latest = self.article.latest
        return PartialDate.until(latest) if latest else PartialDate.unknown()

    def _update_statement(self, key: str, uid: str, values: dict[str, Any]) -> None:
        columns = dict(values)
        if "speaker" in columns:
            columns["speaker"] = self.actors[columns["speaker"]]
        if "event" in columns:
            columns["event"] = self.events[columns["event"]]
        Statement.objects.filter(uid=uid).update(**columns)
        self._find("statement", key, uid)

    def _support(self, step: Support) -> None:
        text, span = self.article.text, step.span
        target = {"event": self.events[step.key]} if step.what == "event" else {"statement": self.statements[step.key]}
        self.evidence.append(
            Evidence(
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
        )

    def _relate(self, kind: RelationKind, source: Event, target: Event, span: Span | None) -> None:
        if source.pk != target.pk:
            EventRelation.objects.get_or_create(
                kind=kind,
                source=source,
                target=target,
                article=self.article,
                defaults={"start": span.start if span else None, "end": span.end if span else None},
            )
