"""Rows into what a plan needs to know: beliefs that share an identity key with a document, never the whole table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from timeline.extraction.mentions import Extraction
from timeline.extraction.names import normal_form
from timeline.ingest.accounts import believed_without, own_dates
from timeline.ingest.stories import stories_nearby
from timeline.ingest.versions import Lineage
from timeline.models import (
    Account,
    Actor,
    Alias,
    Article,
    Event,
    Evidence,
    Judgement,
    Participation,
    Place,
    Statement,
)
from timeline.models.identity import first_chrono
from timeline.reconciliation.identity import (
    actor_keys,
    content_words,
    event_fingerprints,
    name_words,
    passage_key,
    statement_fingerprint,
    title_words,
    words_of,
)
from timeline.reconciliation.known import (
    Known,
    KnownActor,
    KnownEvent,
    KnownPlace,
    KnownStatement,
)
from timeline.reconciliation.matching import is_cut_from, quoted_words
from timeline.reconciliation.stories import Story, story_of
from timeline.vocabulary import (
    ActorKind,
    DateBasis,
    EventKind,
    EventStatus,
    StatementKind,
)

# An undated event is looked for among those of the two months before the article; a dated one within a week of its day.
NEWS, AROUND, NEXT_DAY = timedelta(days=60), timedelta(days=7), timedelta(days=1)
MOST_CANDIDATES = 200
# Of the actors of a document, so many of their parts in one stretch of days are looked at, and of each stretch so many
# events are compared.
MOST_MET, MOST_CANDIDATES_A_TIME = 1_000, 30


def load_known(extraction: Extraction, lineage: Lineage) -> Known:
    """The beliefs that share an identity key with a document: never the whole table."""
    source = lineage.source
    actors, not_aliases = _known_actors(extraction, lineage)
    statement_prints = {statement_fingerprint(s, source) for s in extraction.statements}
    event_prints = {f for event in extraction.events for f in event_fingerprints(event, source)}
    keys = list(Actor.objects.filter(uid__in=[actor.uid for actor in actors]).values_list("pk", flat=True))
    statements = _known_statements(extraction, keys, statement_prints)
    told = {s.event for s in statements if s.event}
    events = _known_events(extraction, keys, event_prints, told, lineage)
    judgements = Judgement.objects.filter(undone_at__isnull=True)
    rejected = judgements.filter(
        verdict=Judgement.Verdict.REJECTED, left__in=statement_prints | event_prints
    ).values_list("left", flat=True)
    names = [place.name for place in extraction.places]
    nearby = stories_nearby(story_of(extraction.document), extraction.document.published, lineage.previous)
    return Known(
        source=source,
        actors=actors,
        places=tuple(
            KnownPlace(uid=uid, name=name, country=country)
            for uid, name, country in Place.objects.filter(name__in=names).values_list("uid", "name", "country")
        ),
        events=events,
        statements=statements,
        stories=nearby.stories,
        strays=nearby.strays,
        rejected=frozenset(rejected),
        not_aliases=not_aliases,
        apart=_apart(events),
        afresh=lineage.afresh,
    )


def _apart(events: Sequence[KnownEvent]) -> frozenset[frozenset[str]]:
    """The pairs of events that a person has told apart."""
    owners = {face.uid: event.uid for event in events for face in (event, *event.merged)}
    uids = list(owners)
    judged = Judgement.objects.filter(verdict=Judgement.Verdict.DIFFERENT, undone_at__isnull=True, left__in=uids)
    pairs = judged.filter(right__in=uids).values_list("left", "right")
    return frozenset(frozenset((owners[left], owners[right])) for left, right in pairs if owners[left] != owners[right])


def _known_actors(
    extraction: Extraction, lineage: Lineage
) -> tuple[tuple[KnownActor, ...], frozenset[tuple[str, str]]]:
    """The actors whom a document may name, each with what has been merged into it; and the spellings that people have
    taken from them."""
    known_ids, names = actor_keys(extraction)
    here: set[int] = set()
    if lineage.previous is not None:
        evidence = Evidence.objects.filter(article=lineage.previous)
        here = set(evidence.filter(event__isnull=False).values_list("event__participations__actor", flat=True))
        here |= set(evidence.filter(statement__isnull=False).values_list("statement__speaker", flat=True))
    rows = list(
        Actor.objects.filter(
            Q(known__in=known_ids) | Q(pk__in=Alias.objects.filter(normal__in=names).values("actor")) | Q(pk__in=here)
        ).prefetch_related("aliases")[:MOST_CANDIDATES]
    )
    rows = list({row.pk: row for row in (row.kept for row in rows)}.values())
    merged = _merged_into(Actor, rows)
    found = tuple(
        KnownActor(
            uid=row.uid,
            name=row.name,
            kind=ActorKind(row.kind),
            role=row.role,
            known=row.known,
            ids=frozenset(one.known for one in merged[row.pk] if one.known),
            roles=tuple(one.role for one in merged[row.pk] if one.role),
            names=frozenset({alias.normal for alias in row.aliases.all()} | {normal_form(row.name)}),
            locked=row.locked_fields,
            here=row.pk in here,
        )
        for row in rows
    )
    owners = {one.uid: actor for actor, row in zip(found, rows, strict=True) for one in (row, *merged[row.pk])}
    taken = Judgement.objects.filter(
        verdict=Judgement.Verdict.NOT_ALIAS, undone_at__isnull=True, left__in=list(owners)
    ).values_list("left", "right")
    return found, frozenset(
        (owners[uid].uid, name) for uid, name in taken if owners[uid].uid == uid or name not in owners[uid].names
    )


def _merged_into(model: Any, rows: Sequence[Any]) -> dict[int, list[Any]]:
    """All that has been merged into each of some rows."""
    found: dict[int, list[Any]] = {row.pk: [] for row in rows}
    for one in model.objects.filter(merged_into__in=list(found)).order_by("pk"):
        found[one.merged_into_id].append(one)
    return found


def _known_statements(
    extraction: Extraction, actors: Sequence[int], fingerprints: set[str]
) -> tuple[KnownStatement, ...]:
    """Statements of the same words, and what the same persons were lately quoted with: outlets cut quotations."""
    same = Evidence.objects.filter(fingerprint__in=fingerprints, statement__isnull=False)
    ids = set(same.values_list("statement_id", flat=True))
    published = extraction.document.published
    quoted = [quoted_words(s) for s in extraction.statements if s.kind is StatementKind.DIRECT]
    if published and published.latest and quoted:
        lately = Statement.objects.filter(
            speaker__in=actors,
            kind=StatementKind.DIRECT,
            chrono__gte=first_chrono(_moved(published.latest, -NEWS)),
            chrono__lt=first_chrono(_moved(published.latest, AROUND)),
        )
        for pk, text in lately.order_by("-chrono").values_list("pk", "text")[:MOST_CANDIDATES]:
            words = words_of(text)
            if any(is_cut_from(one, words) for one in quoted):
                ids.add(pk)
    rows = (
        Statement.objects.filter(pk__in=ids, merged_into__isnull=True)
        .select_related("speaker", "event")
        .prefetch_related(Prefetch("evidence", Evidence.objects.annotate(source=F("article__source_key"))))
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
            sources=frozenset(e.source for e in row.evidence.all() if e.source),  # type: ignore[attr-defined]
        )
        for row in rows
    )


def _known_events(
    extraction: Extraction,
    actors: Sequence[int],
    fingerprints: set[str],
    told: set[str],
    lineage: Lineage,
) -> tuple[KnownEvent, ...]:
    """Events of the same sentences, of the same statements, and of the same actors at the same time.

    One whose bounds follow from its order beside others is known by what its own accounts say of its date: an article
    that says otherwise is the same event and a contradiction, and no other event.
    """
    same = Evidence.objects.filter(fingerprint__in=fingerprints, event__isnull=False)
    ids = set(same.values_list("event_id", flat=True))
    ids |= set(Event.objects.filter(uid__in=told).values_list("pk", flat=True))
    for first, last, day in _windows(extraction):
        ids |= _of_same_actors(actors, first, last, day)
    ids |= _of_same_kind(extraction)
    rows = list(Event.objects.filter(pk__in=ids, merged_into__isnull=True).select_related("place"))
    beside = _Beside.of(rows)
    merged = _merged_into(Event, rows)
    moved = _moved_by_merges(merged)
    told_of = own_dates(row.pk for row in rows if row.basis == DateBasis.ORDER)
    by_others = _told_by_others([row for row in rows if not merged[row.pk]], lineage) if lineage.afresh else {}
    return tuple(
        by_others.get(row.pk)
        or replace(
            known,
            date=told_of.get(row.pk, known.date),
            merged=tuple(
                _as_told(one, known, beside.evidence[row.pk], moved.get(one.uid, {})) for one in merged[row.pk]
            ),
        )
        for row in rows
        for known in [_known_event(row, beside, lineage.previous)]
    )


def _told_by_others(rows: Sequence[Event], lineage: Lineage) -> dict[int, KnownEvent]:
    """Those of some events that the document and other texts have been found to tell, as the others alone tell them;
    not those that a person has put right, or told apart from others."""
    told_here = Account.objects.filter(event__in=rows, article__source_key=lineage.source)
    here = set(told_here.values_list("event_id", flat=True))
    uids = [row.uid for row in rows if row.pk in here]
    judged = Judgement.objects.filter(verdict=Judgement.Verdict.DIFFERENT, undone_at__isnull=True)
    pairs = judged.filter(Q(left__in=uids) | Q(right__in=uids)).values_list("left", "right")
    by_hand = {uid for pair in pairs for uid in pair}
    shared = [row for row in rows if row.pk in here and not row.corrections and row.uid not in by_hand]
    beliefs = believed_without((row.pk for row in shared), lineage.source)
    acting = {part.actor for belief in beliefs.values() for part in belief.parts}
    kinds = dict(Actor.objects.filter(uid__in=acting).values_list("uid", "kind"))
    places = Place.objects.in_bulk({belief.place for belief in beliefs.values() if belief.place})
    others = [copy(row) for row in shared if row.pk in beliefs]
    beside = _Beside.of(others, without=lineage.source)
    found = {}
    for row in others:
        belief = beliefs[row.pk]
        row.title, row.kind, row.date = belief.title, belief.kind.value, belief.date
        row.place = places.get(belief.place or 0)
        parts = [_Acting(part.actor, kinds[part.actor], part.named) for part in belief.parts if part.actor in kinds]
        found[row.pk] = _known_event(row, replace(beside, actors={row.pk: parts}), lineage.previous)
    return found


def _of_same_actors(actors: Sequence[int], first: int, last: int, day: date) -> set[int]:
    """The events between two places in time that share actors with a document: those that share the rarest ones, then
    those nearest to a day."""
    taking_part = Participation.objects.filter(actor__in=actors, chrono__gte=first, chrono__lt=last)
    rows = list(taking_part.order_by("-chrono").values_list("event_id", "actor_id", "chrono")[:MOST_MET])
    met = Counter(actor for _, actor, _ in rows)
    shared: defaultdict[int, float] = defaultdict(float)
    for event, actor, _ in rows:
        shared[event] += 1 / met[actor]
    middle = first_chrono(day)
    distance = {event: abs((place or 0) - middle) for event, _, place in rows}
    return set(sorted(shared, key=lambda event: (-shared[event], distance[event], -event))[:MOST_CANDIDATES_A_TIME])


def _of_same_kind(extraction: Extraction) -> set[int]:
    """The events of the same kind on a day, or beside it, of which one telling may name nobody."""
    found: set[int] = set()
    named = {actor.key for actor in extraction.actors if not actor.is_unnamed}
    acting = Participation.objects.filter(event=OuterRef("pk"), actor__aliases__isnull=False)
    asked = {
        (e.date.earliest, e.kind, any(p.actor in named for p in e.participants), title_words(e.title))
        for e in extraction.events
        if e.date.is_exact and e.date.earliest
    }
    for day, kind, names_somebody, words in asked:
        around = Event.objects.filter(
            chrono__gte=first_chrono(_moved(day, -NEXT_DAY)),
            chrono__lt=first_chrono(_moved(day, 2 * NEXT_DAY)),
            kind=kind,
        )
        if names_somebody:
            around = around.filter(~Exists(acting))
        titles = list(around.order_by("chrono").values_list("pk", "title")[:MOST_CANDIDATES])
        alike = sorted(titles, key=lambda row: -len(words & title_words(row[1])))
        found |= {pk for pk, _ in alike[:MOST_CANDIDATES_A_TIME]}
    return found


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside events, by their keys: who takes part, what proves them, what was said and stories."""

    actors: Mapping[int, Sequence[_Acting]]
    evidence: Mapping[int, Sequence[_Proof]]
    statements: Mapping[int, Sequence[str]]
    stories: Mapping[int, Sequence[Story]]

    @classmethod
    def of(cls, events: Sequence[Event], *, without: str = "") -> _Beside:
        """`without` leaves out what stands in one text alone, its copies and versions."""
        keys = [event.pk for event in events]
        named = Exists(Alias.objects.filter(actor=OuterRef("actor")))
        acting = Participation.objects.filter(event__in=keys).order_by("position", "pk")
        proof = Evidence.objects.filter(event__in=keys)
        said = Statement.objects.filter(event__in=keys)
        about = Article.objects.filter(main_event__in=keys)
        if without:
            proof = proof.exclude(article__source_key=without)
            elsewhere = Evidence.objects.filter(statement=OuterRef("pk")).exclude(article__source_key=without)
            said = said.filter(Exists(elsewhere))
            about = about.exclude(source_key=without)
        return cls(
            _grouped(acting.values_list("event_id", "actor__uid", "actor__kind", named), _Acting),
            _grouped(
                proof.values_list("event_id", "exact", "fingerprint", "article_id", "article__source_key"), _Proof
            ),
            _grouped(said.values_list("event_id", "uid"), str),
            _grouped(about.values_list("main_event_id", "story"), Story),
        )


class _Acting(NamedTuple):
    uid: str
    kind: str
    is_named: bool


class _Proof(NamedTuple):
    exact: str
    fingerprint: str
    article: int | None
    source: str | None


def _grouped(rows: Iterable[tuple[Any, ...]], make: Callable[..., Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *values in rows:
        found[key].append(make(*values))
    return found


def _moved_by_merges(merged: Mapping[int, Sequence[Event]]) -> dict[str, Mapping[str, Any]]:
    """What events had when they were merged into others."""
    uids = [one.uid for below in merged.values() for one in below]
    if not uids:
        return {}
    merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, undone_at__isnull=True)
    records = merges.filter(Q(left__in=uids) | Q(right__in=uids)).values_list("moved", flat=True)
    return {moved["gone"]: moved for moved in records}


def _as_told(one: Event, known: KnownEvent, proof: Sequence[_Proof], moved: Mapping[str, Any]) -> KnownEvent:
    """An event as it was told before it was merged into another: its words and date, with the other's actors."""
    prints = moved.get("fingerprints", ())
    text = " ".join([one.title, *(e.exact for e in proof if e.fingerprint in prints)])
    return replace(
        known,
        uid=one.uid,
        title=one.title,
        kind=EventKind(one.kind),
        date=one.date,
        words=content_words(text),
        fingerprints=frozenset(prints),
        passages=frozenset(moved.get("passages", ())),
        stories=(),
    )


def _windows(extraction: Extraction) -> list[tuple[int, int, date]]:
    """Stretches of the chronology in which the document's events can already stand, and the likeliest day in each."""
    found: set[tuple[int, int, date]] = set()
    for event in extraction.events:
        first, last = event.date.earliest, event.date.latest
        if last is None and first is None:
            continue
        start = _moved(first, -AROUND) if first else _moved(last or date.max, -NEWS)
        end = last or first or date.max
        found.add((first_chrono(start), first_chrono(_moved(end, AROUND)), first or end))
    return sorted(found)


def _moved(day: date, by: timedelta) -> date:
    """A day earlier or later, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))


def _known_event(row: Event, beside: _Beside, previous: Article | None) -> KnownEvent:
    acting, evidence = beside.actors[row.pk], beside.evidence[row.pk]
    text = " ".join([row.title, *(e.exact for e in evidence)])
    named = [actor for actor in acting if actor.is_named]
    return KnownEvent(
        uid=row.uid,
        title=row.title,
        kind=EventKind(row.kind),
        date=row.date,
        status=EventStatus(row.status),
        actors=tuple(actor.uid for actor in named),
        acting=ActorKind(named[0].kind) if named else None,
        unnamed=tuple(actor.uid for actor in acting if not actor.is_named),
        place=row.place.uid if row.place else None,
        country=row.place.country if row.place else "",
        locked=row.locked_fields,
        fingerprints=frozenset(e.fingerprint for e in evidence if e.fingerprint),
        sources=frozenset(e.source for e in evidence if e.source),
        words=content_words(text),
        names=name_words(e.exact for e in evidence),
        passages=frozenset(passage_key(e.exact) for e in evidence),
        statements=frozenset(beside.statements[row.pk]),
        stories=tuple(beside.stories[row.pk]),
        here=bool(evidence) and all(previous is not None and e.article == previous.pk for e in evidence),
    )
