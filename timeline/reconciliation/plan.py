"""From mentions and what is known to a plan: what would be written, decided without doing anything."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from timeline.extraction.mentions import (
    ActorMention,
    EventMention,
    Extraction,
    PlaceMention,
    Span,
    StatementMention,
)
from timeline.extraction.names import normal_form
from timeline.reconciliation.identity import (
    content_words,
    event_fingerprints,
    name_words,
    passage_key,
    statement_fingerprint,
    words_of,
)
from timeline.reconciliation.known import Known, KnownActor, KnownEvent, KnownPlace, KnownStatement
from timeline.reconciliation.matching import EventFacts, fit_event, match_actor, match_statement
from timeline.reconciliation.standing import standing_of_statement
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
)
from timeline.reconciliation.stories import Story, carried_on, story_of, taken_along
from timeline.vocabulary import (
    DateBasis,
    EventStatus,
    MentionForm,
    PartialDate,
    StatementKind,
)

# A known event that a mention may tell of, behind what sorts the best fit first: the sentences that both have and the
# score, both negative, what else tells fits apart, and the mention's key.
Fit = tuple[int, float, float, str, str, str, KnownEvent]


def plan(extraction: Extraction, known: Known) -> list[Step]:
    """Decide what a document adds to what is believed, without doing anything.

    What a person has rejected is never made again. What is believed of an event is no part of the plan: it follows from
    all accounts of it together (`reconciliation.accounts.believe`) and not from the order in which they came. Which
    event a mention tells of is decided when its document comes, among those that share a key with it (a sentence, a
    statement, an actor, or its kind and day), for the best of all pairs that fit. So the same documents end in the same
    events in any order, unless one telling fits two others that do not fit each other, or do not meet: then it joins
    the better one of those that are known by then. The same holds for which texts are copies of one, and for which
    articles are of one story.

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
    known_actors: dict[str, KnownActor] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    matched: dict[str, KnownEvent | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unnamed = {actor.key for actor in self.extraction.actors if actor.is_unnamed}
        self.story = story_of(self.extraction.document)

    def plan(self) -> list[Step]:
        self._recognise({actor.key for actor in self.extraction.actors} - self.unnamed)
        event_of = {s: event for event in self.extraction.events for s in event.statements}
        matches = self._match_statements()
        events = self.matched = self._match_events(matches)
        self.kept = {found.uid for found in events.values() if found}
        self._recognise(self.unnamed)
        needed = self._needed()
        for actor in self.extraction.actors:
            if actor.key in needed:
                self._actor(actor)
        places = {place.key: place for place in self.extraction.places}
        for key in dict.fromkeys(event.place for event in self.extraction.events if event.place):
            self._place(places[key])
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
        if head is not None or main in self.made:
            told = next((one.articles for one in self.known.stories if one.uid == head), ())
            self.steps += [TakeAlong(article=uid) for uid in taken_along(self.known.strays, (*told, self.story))]
        return self.steps

    def _needed(self) -> set[str]:
        """The actors who do or say something; who is only mentioned is nobody yet, nor who takes part only in what a
        person has rejected, or put together without them."""
        said = {s.speaker for s in self.extraction.statements if s.speaker and not self._is_rejected(s)}
        for event in self.extraction.events:
            found = self.matched[event.key]
            if not self._is_left(event, found):
                locked = found is not None and "actors" in found.locked
                said |= {p.actor for p in event.participants if not locked or p.actor in self.actor_uid}
        return said

    # --- actors and places ---------------------------------------------------------------------------------------

    def _recognise(self, keys: Set[str]) -> None:
        """Find those of the document's actors who are known."""
        for actor in self.extraction.actors:
            found = match_actor(actor, self.known) if actor.key in keys else None
            if found is not None:
                self.known_actors[actor.key] = found
                self.actor_uid[actor.key] = found.uid

    def _actor(self, actor: ActorMention) -> None:
        found = self.known_actors.get(actor.key)
        if found is None:
            known = actor.known if self._is_free_id(actor.known) else None
            values = {"name": actor.name, "kind": actor.kind, "role": actor.role or "", "known": known}
            self.steps.append(Create(what="actor", key=actor.key, values=values))
        else:
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
        if self._is_rejected(statement):
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

    def _is_rejected(self, statement: StatementMention) -> bool:
        return statement_fingerprint(statement, self.known.source) in self.known.rejected

    def _is_free(self, statement: KnownStatement) -> bool:
        """Whether a statement stands in no event, or in one that this document no longer tells and nobody else does."""
        if statement.event is None or statement.event in self.kept:
            return statement.event is None
        held = next((event for event in self.known.events if event.uid == statement.event), None)
        if held is None or held.locked:
            return False
        said_here_alone = statement.sources <= {self.known.source}
        return held.here or (self.known.afresh and said_here_alone and self.known.source not in held.sources)

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
        """One known event for at most one mention of the document: of all pairs that fit the best ones, so that neither
        the order of the mentions nor that of the articles decides.

        An event into which others have been merged may be told once as each of them, and by all mentions in its words.
        """
        told = self._all_prints()
        whole = {face.uid: event for event in self.known.events for face in (event, *event.merged)}
        faces: dict[str, KnownEvent] = {}
        taken: set[str] = set()
        fits: list[Fit] = []
        by_trust = sorted(self.extraction.events, key=lambda e: (not self._prints(e) & told, -e.confidence))
        for event in by_trust:
            first = event_fingerprints(event, self.known.source)[0]
            judged = self._merged_face(first, taken) or self._merged_face_of_passage(event, first, taken)
            if judged is not None:
                faces[event.key] = judged
                taken.add(judged.uid)
        for event in by_trust:
            if event.key not in faces:
                fits += self._fits(event, statements)
        for *_, key, face in sorted(fits, key=lambda fit: fit[:-1]):
            if key not in faces and face.uid not in taken:
                faces[key] = face
                taken.add(face.uid)
        for event in by_trust:
            corrected = self._corrected(event) if event.key not in faces else None
            if corrected is not None and corrected.uid not in taken:
                faces[event.key] = corrected
                taken.add(corrected.uid)
        self.beside = {key: face.uid for key, face in faces.items() if whole[face.uid].uid != face.uid}
        return {e.key: whole[faces[e.key].uid] if e.key in faces else None for e in by_trust}

    def _fits(self, event: EventMention, statements: dict[str, KnownStatement | None]) -> Iterator[Fit]:
        """The known events that a mention may tell of."""
        facts, published = self._facts(event, statements), self.extraction.document.published
        for known in self._not_apart(event_fingerprints(event, self.known.source)[0]):
            for face in (known, *known.merged):
                fit = fit_event(facts, face, published)
                if fit is not None:
                    shared, score = fit
                    yield -shared, -score, -event.confidence, face.title, str(face.date), event.key, face

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

    def _corrected(self, event: EventMention) -> KnownEvent | None:
        """What a person has put right and the same passage of this source told: other rules may call it by another kind
        and another word."""
        passages = {passage_key(span.text) for span in event.evidence}
        told = [k for k in self.known.events if passages & k.passages and self.known.source in k.sources]
        return told[0] if len(told) == 1 and told[0].locked else None

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

    def _is_left(self, event: EventMention, found: KnownEvent | None) -> bool:
        """Whether a person has rejected what a mention tells of."""
        prints = event_fingerprints(event, self.known.source)
        return found is None and (prints[0] in self.known.rejected or set(prints) <= self.known.rejected)

    def _event(self, event: EventMention, found: KnownEvent | None) -> None:
        if self._is_left(event, found):
            self.steps.append(Leave(what="event", key=event.key, reason="deleted by a person"))
            return
        if found is None:
            self.steps.append(Create(what="event", key=event.key, values=self._event_values(event)))
        else:
            self.steps.append(Keep(what="event", key=event.key, uid=found.uid))
        self.made.add(event.key)
        self._tell(event)
        prints = event_fingerprints(event, self.known.source)
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

    def _tell(self, event: EventMention) -> None:
        self.steps.append(
            Tell(
                event=event.key,
                uid=self.beside.get(event.key),
                title=event.title,
                kind=event.kind,
                date=event.date,
                place=event.place,
                hedged=event.hedged,
                main=event.main,
                confidence=event.confidence,
                parts=tuple((p.actor, p.role, p.actor not in self.unnamed) for p in event.participants),
            )
        )

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
        }


def verbatim(statement: StatementMention) -> str:
    """The words without the quotation marks around them; interrupted parts joined by " … "."""
    parts = [span.text.strip() for span in statement.content]
    if statement.kind is StatementKind.DIRECT:
        parts = [_unquoted(part) for part in parts]
    return " … ".join(parts)


QUOTES = {"“": "”", '"': '"', "„": "“", "«": "»", "‘": "’", "'": "'"}


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


def is_claim(date: PartialDate) -> bool:
    """Whether an article says the date itself."""
    return date.basis is not DateBasis.PUBLICATION_BOUND and date.best_day is not None


def _same_place(known: KnownPlace, place: PlaceMention) -> bool:
    return known.name.casefold() == place.name.casefold() and known.country == (place.country or "")
