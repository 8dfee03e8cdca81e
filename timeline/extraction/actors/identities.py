"""Names, and the words that refer back to them: who a document speaks of.

Longest names first: a lone surname is the person whose full name stands elsewhere in the document; then those known by
their surname alone; then bodies with their acronyms; states by name, demonym and seat of government.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from timeline.extraction.actors.bodies import find_bodies
from timeline.extraction.actors.echoes import nouns_of
from timeline.extraction.actors.people import find_people
from timeline.extraction.actors.reference import refer_back
from timeline.extraction.actors.register import Actor, Register
from timeline.extraction.actors.roles import gender_beside, office_before, office_beside
from timeline.extraction.actors.scenes import Referent
from timeline.extraction.actors.sightings import PERSON, Sighting
from timeline.extraction.cast import Cast
from timeline.extraction.mentions import ActorMention, Document, Mention, Span
from timeline.extraction.names import normal_form, titles
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, MentionForm

_RANKS = frozenset({"former", "vice", "deputy", "acting", "prime", "ex"})


def find_actors(document: Document, paragraphs: Sequence[Paragraph]) -> Cast:
    """Find who a document speaks of, with every name, demonym, title, pronoun and nominal that stands for them.

    Args:
        document: the article as read; its bylines are nobody it speaks of.
        paragraphs: its parsed prose.

    Returns:
        The cast, in the order of first mention.
    """
    return _Casting(document, paragraphs).cast()


class _Casting:
    def __init__(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.register = Register(document, paragraphs)
        self.bylines = {normal_form(name) for name in document.bylines}

    def cast(self) -> Cast:
        find_people(self.register)
        find_bodies(self.register)
        self._name_in_their_governments()
        self._remove_those_who_wrote_it()
        self._read_roles()
        referents = {id(actor): self._referent(actor) for actor in self.register.actors}
        extra = refer_back(self.register.document, self.paragraphs, list(referents.values()))
        found = []
        for actor in self.register.actors:
            mentions = [Mention(self._span(sighting), form) for sighting, form in actor.seen]
            mentions += extra.get(id(actor), [])
            found.append((actor, _in_order(mentions)))
        found.sort(key=lambda pair: (pair[1][0].span.start, -pair[1][0].span.end))
        return Cast(
            ActorMention(
                key=f"a{number}",
                name=actor.full_name,
                kind=actor.kind,
                role=actor.role,
                known=actor.entry.id if actor.entry else None,
                mentions=mentions,
            )
            for number, (actor, mentions) in enumerate(found, 1)
        )

    def _name_in_their_governments(self) -> None:
        """A person is spoken of where a government bears the name: "Obama administration"."""
        people = {
            actor.full_name.split()[-1]: actor
            for actor in reversed(self.register.actors)
            if actor.kind is ActorKind.PERSON
        }
        for actor in list(self.register.actors):
            if actor.kind is not ActorKind.GOVERNMENT:
                continue
            for sighting, form in actor.seen:
                name = sighting.text.split()[0]
                led = self.register.leader(sighting, name) if actor.entry else None
                person = self.register.known(led) if led is not None else people.get(name)
                if form is MentionForm.NAME and person is not None:
                    end = sighting.start + len(name)
                    person.add(replace(sighting, end=end, text=name, hits=(), guess=PERSON))

    def _remove_those_who_wrote_it(self) -> None:
        self.register.actors = [
            actor
            for actor in self.register.actors
            if actor.seen
            and not (
                actor.kind is ActorKind.PERSON
                and self.bylines & {normal_form(actor.full_name), *map(normal_form, actor.names)}
            )
        ]

    def _read_roles(self) -> None:
        people: dict[int, set[int]] = defaultdict(set)
        spans = []
        for actor in self.register.actors:
            if actor.kind is not ActorKind.PERSON:
                continue
            for sighting, form in actor.seen:
                span = sighting.tokens
                people[sighting.paragraph.index].update(range(span.start, span.end))
                if form is MentionForm.NAME:
                    spans.append((sighting, actor, span))
        spans.sort(key=lambda item: (not item[0].paragraph.is_body, item[0].where))
        for sighting, actor, span in spans:
            doc = sighting.paragraph.doc
            role = office_before(doc, span[0], people[sighting.paragraph.index] - set(range(span.start, span.end)))
            role = role or office_beside(doc, span[0], span[-1])
            if role and not sighting.paragraph.is_body and not self._is_plain(role):
                role = None
            before, _, last = (role or "").rpartition(" ")
            if last and last == actor.full_name.partition(" ")[0]:
                role = before or None  # of "Economist Dean Baker" the office is the economist's
            gender = gender_beside(span[0], span[-1])
            if gender:
                actor.genders[gender] += 1
            if role:
                actor.roles.append(role)

    def _is_plain(self, role: str) -> bool:
        """Whether a role says no more than an office and its nation, as far as a line of capitals can be trusted."""
        known = self.register.knowledge
        return all(word.lower().rstrip(".") in titles() | _RANKS or known.of_nation(word) for word in role.split())

    def _referent(self, actor: Actor) -> Referent:
        nation = actor.entry.country if actor.entry else None
        if nation is None and actor.role:
            nation = next(
                (found for word in actor.role.split() if (found := self.register.knowledge.of_nation(word))), None
            )
        return Referent(
            id=id(actor),
            kind=actor.kind,
            gender=actor.gender,
            offices=tuple(role.lower() for role in dict.fromkeys(actor.roles)),
            known_offices=tuple(role.lower() for role in actor.entry.offices_on(self.register.day))
            if actor.entry
            else (),
            nation=nation,
            entry=actor.entry.id if actor.entry else None,
            names=tuple(
                (sighting.paragraph.index, sighting.start, sighting.end)
                for sighting, form in actor.seen
                if form is not MentionForm.DEMONYM
            ),
            nouns=frozenset().union(*map(nouns_of, {actor.full_name, *actor.names}))
            if actor.kind is ActorKind.ORGANISATION
            else frozenset(),
        )

    def _span(self, sighting: Sighting) -> Span:
        return Span.of(self.register.document.text, *sighting.where)


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In text order, none inside another of the same form."""
    kept: list[Mention] = []
    for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.form)):
        if not any(mention.form is other.form and mention.span.overlaps(other.span) for other in kept[-6:]):
            kept.append(mention)
    return tuple(kept)
