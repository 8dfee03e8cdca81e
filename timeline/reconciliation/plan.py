"""From mentions and what is known to a plan: what would be written, decided without doing anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from timeline.extraction.mentions import (
    ActorMention,
    EventMention,
    Extraction,
    Participant,
    PlaceMention,
    Span,
    StatementMention,
)
from timeline.extraction.names import normal_form
from timeline.reconciliation.dating import preferred_date
from timeline.reconciliation.identity import (
    content_words,
    event_fingerprints,
    name_words,
    passage_key,
    statement_fingerprint,
    words_of,
)
from timeline.reconciliation.known import Known, KnownActor, KnownEvent, KnownPlace, KnownStatement
from timeline.reconciliation.matching import EventFacts, match_actor, match_event, match_statement
from timeline.reconciliation.standing import standing_of_event, standing_of_statement
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
    StepDown,
    Support,
    TakePart,
    Update,
)
from timeline.reconciliation.stories import Story, carried_on, story_of
from timeline.vocabulary import (
    DateBasis,
    EventStatus,
    MentionForm,
    PartialDate,
    StatementKind,
)

# However many newsrooms tell of an event.
SUREST = 0.98


def plan(extraction: Extraction, known: Known) -> list[Step]:
    """Decide what a document adds to what is believed, without doing anything.

    A field that a person has locked is never among the changes, and what a person has rejected is never made again.

    Args:
        extraction: the mentions of one document.
        known: the beliefs that share an identity key with it, the document's own name among sources, and judgements.

    Returns:
        Steps in an order in which they can be carried out: actors, places, statements, events, then what binds them.
    """
    return _Planner(extraction, known).plan()


@dataclass(slots=True)
class _Planner:
    extraction: Extraction
    known: Known
    steps: list[Step] = field(default_factory=list)
    actor_uid: dict[str, str] = field(default_factory=dict)
    statement_uid: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)
    story: Story = field(init=False)
    unnamed: set[str] = field(init=False)
    unneeded: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    matched: dict[str, KnownEvent | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unnamed = {actor.key for actor in self.extraction.actors if actor.is_unnamed}
        self.story = story_of(self.extraction.document)

    def plan(self) -> list[Step]:
        used = self._used()
        for actor in self.extraction.actors:
            if actor.key in used - self.unnamed:
                self._actor(actor)
        places = {place.key: place for place in self.extraction.places}
        for key in dict.fromkeys(event.place for event in self.extraction.events if event.place):
            self._place(places[key])
        event_of = {s: event for event in self.extraction.events for s in event.statements}
        matches = self._match_statements()
        events = self.matched = self._match_events(matches)
        self.kept = {found.uid for found in events.values() if found}
        self.unneeded = {
            p.actor
            for event in self.extraction.events
            for p in event.participants
            if p.actor in self.unnamed and _has_somebody(events[event.key])
        }
        for actor in self.extraction.actors:
            if actor.key in self.unnamed & used - self.unneeded:
                self._actor(actor)
        for event in self.extraction.events:
            self._event(event, events[event.key])
        for statement in self.extraction.statements:
            self._statement(statement, matches[statement.key], event_of.get(statement.key))
        for relation in self.extraction.relations:
            if {relation.source, relation.target} <= self.made:
                self.steps.append(
                    Relate(
                        kind=relation.kind,
                        source=relation.source,
                        target=relation.target,
                        evidence=relation.evidence,
                    )
                )
        main = next((event.key for event in self.extraction.events if event.main), None)
        if main in self.made and main is not None:
            self.steps.append(Head(event=main))
        head = carried_on(self.story, self.known.stories)
        found = events.get(main) if main else None
        if head is not None and (found is None or found.uid != head):
            self.steps.append(CarryOn(uid=head))
        return self.steps

    def _used(self) -> set[str]:
        """The actors who do or say something; who is only mentioned is nobody yet."""
        acting = {p.actor for event in self.extraction.events for p in event.participants}
        return acting | {s.speaker for s in self.extraction.statements if s.speaker}

    # --- actors and places ---------------------------------------------------------------------------------------

    def _actor(self, actor: ActorMention) -> None:
        found = match_actor(actor, self.known)
        if found is None:
            known = actor.known if self._is_free_id(actor.known) else None
            values = {"name": actor.name, "kind": actor.kind, "role": actor.role or "", "known": known}
            self.steps.append(Create(what="actor", key=actor.key, values=values))
        else:
            self.actor_uid[actor.key] = found.uid
            self._known_actor(actor, found)
        self._names(actor, found)

    def _known_actor(self, actor: ActorMention, found: KnownActor) -> None:
        values: dict[str, Any] = {}
        if actor.role and not found.role and "role" not in found.locked:
            values["role"] = actor.role
        if found.known is None and actor.known and self._is_free_id(actor.known):
            values["known"] = actor.known
        if values:
            self.steps.append(Update(what="actor", key=actor.key, uid=found.uid, values=values))
        else:
            self.steps.append(Keep(what="actor", key=actor.key, uid=found.uid))

    def _is_free_id(self, known: str | None) -> bool:
        """Whether no actor has an id of the knowledge file yet: one has it, though a person may have split them."""
        return all(known not in other.known_ids for other in self.known.actors)

    def _names(self, actor: ActorMention, found: KnownActor | None) -> None:
        if actor.is_unnamed:
            return  # a description is nobody's name
        kept = (MentionForm.NAME, MentionForm.DEMONYM, MentionForm.METONYM)
        spellings = {actor.name: MentionForm.NAME} | {
            " ".join(m.span.text.split()): m.form for m in actor.mentions if m.form in kept
        }
        for text, form in spellings.items():
            normal = normal_form(text)
            if not normal or len(text) > 300:
                continue
            if found and ((found.uid, normal) in self.known.not_aliases):
                continue
            self.steps.append(Name(key=actor.key, text=text, normal=normal, form=form))

    def _place(self, place: PlaceMention) -> None:
        country = place.country or ""
        found = next((k for k in self.known.places if _same_place(k, place)), None)
        if found is not None:
            self.steps.append(Keep(what="place", key=place.key, uid=found.uid))
            return
        values = {
            "name": place.name,
            "country": country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "part_of": place.part_of,
        }
        self.steps.append(Create(what="place", key=place.key, values=values))

    # --- statements ----------------------------------------------------------------------------------------------

    def _match_statements(self) -> dict[str, KnownStatement | None]:
        matches: dict[str, KnownStatement | None] = {}
        for statement in self.extraction.statements:
            fingerprint = statement_fingerprint(statement, self.known.source)
            speaker = self.actor_uid.get(statement.speaker or "")
            found = match_statement(statement, speaker, fingerprint, self.known.statements, self.known.source)
            matches[statement.key] = found
            if found:
                self.statement_uid[statement.key] = found.uid
        return matches

    def _statement(self, statement: StatementMention, found: KnownStatement | None, event: EventMention | None) -> None:
        fingerprint = statement_fingerprint(statement, self.known.source)
        if fingerprint in self.known.rejected:
            self.steps.append(Leave(what="statement", key=statement.key, reason="deleted by a person"))
            return
        if fingerprint in self.told:
            # The standfirst and the body say the same: one statement, more evidence.
            self._prove(statement, self.told[fingerprint], fingerprint)
            return
        self.told[fingerprint] = statement.key
        if found is None:
            self.steps.append(
                Create(what="statement", key=statement.key, values=self._statement_values(statement, event))
            )
        else:
            values: dict[str, Any] = {}
            if found.speaker is None and statement.speaker and "speaker" not in found.locked:
                values["speaker"] = statement.speaker
            whole = verbatim(statement)
            longer = statement.kind is found.kind and len(whole) > len(found.text) + 1
            if longer and "text" not in found.locked and _holds_words(whole, found.text):
                values["text"] = whole  # the other outlet had cut it
            if statement.confidence > found.confidence:
                values["confidence"] = statement.confidence
                if found.status is EventStatus.REVIEW and "status" not in found.locked:
                    values |= standing_of_statement(statement)
            if event is not None and event.key in self.made and "event" not in found.locked and self._is_free(found):
                values["event"] = event.key
            if values:
                self.steps.append(Update(what="statement", key=statement.key, uid=found.uid, values=values))
            else:
                self.steps.append(Keep(what="statement", key=statement.key, uid=found.uid))
        self.made.add(statement.key)
        self._prove(statement, statement.key, fingerprint)

    def _is_free(self, statement: KnownStatement) -> bool:
        """Whether a statement stands in no event, or in one that this document no longer tells and nobody else does."""
        if statement.event is None or statement.event in self.kept:
            return statement.event is None
        held = next((event for event in self.known.events if event.uid == statement.event), None)
        return held is not None and held.here and not held.locked

    def _prove(self, statement: StatementMention, key: str, fingerprint: str) -> None:
        for span in statement.content:
            self.steps.append(
                Support(
                    what="statement",
                    key=key,
                    span=span,
                    fingerprint=fingerprint,
                    hedged=statement.hedged,
                )
            )

    def _statement_values(self, statement: StatementMention, event: EventMention | None) -> dict[str, Any]:
        return {
            "kind": statement.kind,
            "text": verbatim(statement),
            "speaker": statement.speaker,
            "speaker_as_written": statement.speaker_span.text if statement.speaker_span else "",
            "cue": statement.cue.text if statement.cue else "",
            "medium": statement.medium or "",
            "addressee": statement.addressee or "",
            "hedged": statement.hedged,
            "inserted": statement.inserted,
            "continues": statement.continues if statement.continues in self.made else None,
            "event": event.key if event is not None and event.key in self.made else None,
            "date": statement.date,
            "confidence": statement.confidence,
            **standing_of_statement(statement),
        }

    # --- events --------------------------------------------------------------------------------------------------

    def _match_events(self, statements: dict[str, KnownStatement | None]) -> dict[str, KnownEvent | None]:
        """One known event for at most one mention of the document: the surest first.

        An event into which others have been merged may be told once as each of them, and by all mentions in its words.
        """
        matches: dict[str, KnownEvent | None] = {}
        taken: set[str] = set()
        told = self._all_prints()
        whole = {face.uid: event for event in self.known.events for face in (event, *event.merged)}
        by_trust = sorted(self.extraction.events, key=lambda e: (not self._prints(e) & told, -e.confidence))
        for event in by_trust:
            first = event_fingerprints(event, self.known.source)[0]
            pool = [face for k in self._not_apart(first) for face in (k, *k.merged) if face.uid not in taken]
            face = self._merged_face(first, taken) or self._merged_face_of_passage(event, first, taken)
            if face is None:
                face = match_event(self._facts(event, statements), pool, self.extraction.document.published)
            matches[event.key] = whole[face.uid] if face else None
            if face:
                taken.add(face.uid)
                if whole[face.uid].uid != face.uid:
                    self.beside.add(event.key)
        return matches

    def _not_apart(self, fingerprint: str) -> list[KnownEvent]:
        """The known events but those that a person has told apart from one that these very words belong to."""
        homes = {event.uid for event in self.known.events if fingerprint in event.fingerprints}
        return [
            event
            for event in self.known.events
            if event.uid in homes or not any(self.known.are_apart(event.uid, home) for home in homes)
        ]

    def _merged_face(self, fingerprint: str, taken: set[str]) -> KnownEvent | None:
        """What these very words told of before a person merged it, or what it was merged into."""
        for event in self.known.events:
            if event.merged and fingerprint in event.fingerprints:
                own = [face for face in event.merged if fingerprint in face.fingerprints]
                return next((face for face in (*own, event, *event.merged) if face.uid not in taken), (*own, event)[0])
        return None

    def _merged_face_of_passage(self, event: EventMention, first: str, taken: set[str]) -> KnownEvent | None:
        """The same where other rules call what a passage tells by another kind or trigger, and it tells one thing that
        a person has merged or told apart from another."""
        spans = sorted(event.evidence, key=lambda span: not _holds(span, event.trigger))
        words = passage_key(spans[0].text) if spans else ""
        told = [k for k in self.known.events if words in k.passages and self.known.source in k.sources]
        if len(told) != 1 or first in self._all_prints():
            return None
        own = [face for face in told[0].merged if words in face.passages]
        free = next((face for face in (*own, *told) if face.uid not in taken), None)
        if told[0].merged:
            return free or (*own, *told)[0]
        return free if any(told[0].uid in pair for pair in self.known.apart) else None

    def _all_prints(self) -> frozenset[str]:
        return frozenset(f for event in self.known.events for f in event.fingerprints)

    def _prints(self, event: EventMention) -> frozenset[str]:
        return frozenset(event_fingerprints(event, self.known.source))

    def _facts(self, event: EventMention, statements: dict[str, KnownStatement | None]) -> EventFacts:
        said = {found.uid for key in event.statements if (found := statements[key])}
        # An actor who is not known yet has no uid; its key can match nothing.
        named = [p.actor for p in event.participants if p.actor not in self.unnamed]
        actors = tuple(self.actor_uid.get(key, f"new {key}") for key in named)
        words = content_words(" ".join([event.title, *(span.text for span in event.evidence)]))
        return EventFacts(
            mention=event,
            actors=actors,
            statements=frozenset(said),
            words=words,
            fingerprints=self._prints(event),
            story=self.story,
            country=next((place.country or "" for place in self.extraction.places if place.key == event.place), ""),
            names=name_words(span.text for span in event.evidence),
            acting=next((a.kind for a in self.extraction.actors if named and a.key == named[0]), None),
            source=self.known.source,
        )

    def _event(self, event: EventMention, found: KnownEvent | None) -> None:
        prints = event_fingerprints(event, self.known.source)
        if found is None and (prints[0] in self.known.rejected or set(prints) <= self.known.rejected):
            self.steps.append(Leave(what="event", key=event.key, reason="deleted by a person"))
            return
        if found is None:
            self.steps.append(Create(what="event", key=event.key, values=self._event_values(event)))
        else:
            values = self._event_changes(event, found)
            if values:
                self.steps.append(Update(what="event", key=event.key, uid=found.uid, values=values))
            else:
                self.steps.append(Keep(what="event", key=event.key, uid=found.uid))
        self.made.add(event.key)
        if found is not None and found.here and not found.locked:
            named = {self.actor_uid.get(participant.actor) for participant in self._participants_in(found)}
            present = (*found.actors, *found.unnamed)
            self.steps += [StepDown(event=event.key, actor=uid) for uid in present if uid not in named]
        if found is None or "actors" not in found.locked:
            present = (*found.actors, *found.unnamed) if found else ()
            known = len(present)
            for position, participant in enumerate(event.participants):
                if participant.actor in self.unneeded:
                    continue
                if self.actor_uid.get(participant.actor) not in present:
                    self.steps.append(
                        TakePart(
                            event=event.key,
                            actor=participant.actor,
                            role=participant.role,
                            position=known + position,
                        )
                    )
        for number, span in enumerate(sorted(event.evidence, key=lambda s: not _holds(s, event.trigger))):
            self.steps.append(
                Support(
                    what="event",
                    key=self._told_in(span, prints[min(number, len(prints) - 1)], event, found),
                    span=span,
                    fingerprint=prints[min(number, len(prints) - 1)],
                    hedged=event.hedged,
                )
            )
        if is_claim(event.date) and not self._is_claimed_better(event, found):
            self.steps.append(ClaimDate(event=event.key, date=event.date))

    def _participants_in(self, found: KnownEvent) -> list[Participant]:
        """Everybody whom the document names in a known event, in all its mentions."""
        told = [event for event in self.extraction.events if self.matched[event.key] is found]
        return [participant for event in told for participant in event.participants]

    def _is_claimed_better(self, event: EventMention, found: KnownEvent | None) -> bool:
        """Whether the document dates what the event was before something was merged into it."""
        return event.key in self.beside and any(
            self.matched[other.key] is found and other.key not in self.beside and is_claim(other.date)
            for other in self.extraction.events
        )

    def _told_in(self, span: Span, fingerprint: str, event: EventMention, found: KnownEvent | None) -> str:
        """The key of the event that a passage proves: another one, where a person has split it from this."""
        words = passage_key(span.text)
        if found is None:
            return event.key
        for other in self.known.events:
            if not self.known.are_apart(found.uid, other.uid) or fingerprint in found.fingerprints:
                continue
            if fingerprint in other.fingerprints or (words in other.passages and words not in found.passages):
                key = f"{event.key} {other.uid}"
                self.steps.append(Keep(what="event", key=key, uid=other.uid))
                return key
        return event.key

    def _event_values(self, event: EventMention) -> dict[str, Any]:
        return {
            "title": event.title,
            "kind": event.kind,
            "date": event.date,
            "place": event.place,
            "hedged": event.hedged,
            "confidence": event.confidence,
            **standing_of_event(event, event.confidence),
        }

    def _event_changes(self, event: EventMention, found: KnownEvent) -> dict[str, Any]:
        """What another telling changes: a better date, a place where none was known, doubt that it takes away."""
        values: dict[str, Any] = {}
        own = found.sources <= {self.known.source} and event.key not in self.beside
        # "Russia invades Ukraine" tells more than "Russian invasion"; a headline's words stay.
        fuller = not found.stories and not found.merged and len(event.participants) > len(found.actors)
        if (own or fuller) and "title" not in found.locked and event.title != found.title:
            values["title"] = event.title
        if own and "kind" not in found.locked and event.kind is not found.kind:
            values["kind"] = event.kind
        date = self._date(event, found)
        if "date" not in found.locked and date != found.date:
            values["date"] = date
        if found.place is None and event.place and "place" not in found.locked:
            values["place"] = event.place
        if found.hedged and not event.hedged and "hedged" not in found.locked:
            values["hedged"] = False
        sure = event.confidence
        if self.known.source not in found.sources and found.sources:
            sure = surer(event.confidence, found.confidence)
        if sure > found.confidence:
            values["confidence"] = sure
            if found.status is EventStatus.REVIEW and "status" not in found.locked:
                values |= standing_of_event(event, sure)
        return values

    def _date(self, event: EventMention, found: KnownEvent) -> PartialDate:
        claims = [claim.date for claim in found.claims if claim.source != self.known.source]
        if is_claim(event.date):
            claims.append(event.date)
        return preferred_date(claims, otherwise=narrower(event.date, found.date))


def verbatim(statement: StatementMention) -> str:
    """The words without the quotation marks around them; interrupted parts joined by " … "."""
    parts = [span.text.strip() for span in statement.content]
    if statement.kind is StatementKind.DIRECT:
        parts = [_unquoted(part) for part in parts]
    return " … ".join(parts)


QUOTES = {"“": "”", '"': '"', "„": "“", "«": "»", "‘": "’", "'": "'"}


def _has_somebody(found: KnownEvent | None) -> bool:
    """Whether another article has said who took part: a second description of them tells nothing."""
    return found is not None and not found.here and bool(found.actors or found.unnamed)


def _unquoted(text: str) -> str:
    close = QUOTES.get(text[:1])
    if close is None:
        return text
    return text[1:-1] if text.endswith(close) and len(text) > 1 else text[1:]


def _holds_words(whole: str, part: str) -> bool:
    """Whether one quotation has all words of another: a merged one may say it in words of its own."""
    words, cut = " ".join(words_of(whole)), " ".join(words_of(part))
    return f" {cut} " in f" {words} "


def _holds(span: Span, trigger: Span | None) -> bool:
    return trigger is not None and span.contains(trigger)


def surer(one: float, other: float) -> float:
    """The confidence in what two newsrooms tell: they are misread alike only where both are misread."""
    return min(1 - (1 - one) * (1 - other), SUREST)


def is_claim(date: PartialDate) -> bool:
    """Whether an article says the date itself."""
    return date.basis is not DateBasis.PUBLICATION_BOUND and date.best_day is not None


def narrower(new: PartialDate, old: PartialDate) -> PartialDate:
    """Of two bounds that articles set by their publication, the earlier one."""
    if old.basis is DateBasis.PUBLICATION_BOUND and new.basis is DateBasis.PUBLICATION_BOUND:
        return new if new.latest and (old.latest is None or new.latest < old.latest) else old
    return old if old.basis is not DateBasis.PUBLICATION_BOUND else new


def _same_place(known: KnownPlace, place: PlaceMention) -> bool:
    return known.name.casefold() == place.name.casefold() and known.country == (place.country or "")
