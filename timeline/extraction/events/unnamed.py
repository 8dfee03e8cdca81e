"""Who takes part in the main event, where no name of the text says it: "seven people", "a driver", "police".

A headline often says who by a description alone, or gives in full a name that the text shortens. What describes or
names them there becomes an actor of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.actors.described import description, kind_described, sorts_of
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.opening import opening_sentences
from timeline.extraction.events.scene import Scene
from timeline.extraction.mentions import ActorMention, Mention, Span
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, MentionForm

KINDS = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A noun that describes somebody, and what kind of actor it is."""

    paragraph: Paragraph
    head: Token
    kind: ActorKind


def name_the_unnamed(scene: Scene, main: Happening, clause: Headline | None) -> None:
    """Give the main event the actor that its subject, else its object, describes, where no name says who acts."""
    first = main.first
    people = _people_of_a_nation(scene, clause) if clause else None
    if people is not None:
        first.agents = [_actor(scene, people, None)]
        return
    acting = any(c.agents for c in main.candidates)
    suffering = any(c.passive and c.patients for c in main.candidates) or (clause and clause.bare and main.actors)
    if acting or suffering:
        return
    head = _subject_of(clause) if clause else None
    titled = _described(scene, clause.paragraph, head) if clause and head is not None else None
    told = _told(scene, main, clause, titled)
    named = titled is not None and any(t.pos_ == "PROPN" for t in titled.head.subtree)
    found = titled if titled is not None and (named or told is None) else told
    passive = (clause.bare if clause else False) or any(c.passive for c in main.candidates if c.headline is clause)
    part = first.patients if passive else first.agents
    if found is not None:
        part.insert(0, _actor(scene, found, told))
    elif clause and head is not None and (key := _named_in_title_alone(scene, clause.paragraph, head)):
        part.insert(0, key)
    elif not main.actors:
        first.patients = _objects(scene, main)


def _objects(scene: Scene, main: Happening) -> list[str]:
    """Whom a thing does it to: "Storm kills twelve people"."""
    for candidate in main.candidates:
        objects = [t for t in candidate.token.children if t.dep_ in ("dobj", "obj") and not _belongs_to_another(t)]
        described = [d for t in objects if (d := _described(scene, candidate.paragraph, t)) is not None]
        if described:
            return [_actor(scene, described[0], None)]
    return []


def _belongs_to_another(noun: Token) -> bool:
    """ "Stuns his dad": nobody without the one whose he is."""
    return any(child.tag_ == "PRP$" for child in noun.children)


def _told(scene: Scene, main: Happening, clause: Headline | None, titled: Described | None) -> Described | None:
    """The subject of the text's own telling: that of the same deed, else one of the opening that is called alike."""
    for candidate in main.candidates:
        if candidate.in_title or candidate.subject is None:
            continue
        found = _described(scene, candidate.paragraph, candidate.subject)
        if found is not None and (
            clause is None
            or (_is_called_alike(found, titled) if titled is not None else _does_the_same(candidate, main, clause))
        ):
            return found
    return next((d for d in _people(scene) if _is_called_alike(d, titled)), None) if titled is not None else None


def _does_the_same(candidate: Candidate, main: Happening, clause: Headline) -> bool:
    same = candidate.token.lemma_.lower() == clause.word.lemma_.lower()
    return clause.nominal or same or (candidate.family is not None and candidate.family == main.first.family)


def _people(scene: Scene) -> Iterator[Described]:
    for paragraph, sentence in opening_sentences(scene):
        for token in sentence:
            if token.pos_ in ("NOUN", "PROPN") and (found := _described(scene, paragraph, token)) is not None:
                yield found


def _is_called_alike(one: Described, other: Described) -> bool:
    """The same noun; for people who are only counted ("seven killed") a noun with the same number."""
    if one.head.tag_ == "CD":
        return False
    if one.head.lemma_.lower() == other.head.lemma_.lower():
        return True
    counts = other.head.tag_ == "CD" or "alone" in sorts_of(other.head)
    return counts and any(t.lower_ == other.head.lower_ for t in one.head.lefts)


def _described(scene: Scene, paragraph: Paragraph, head: Token) -> Described | None:
    if scene.actors_of(paragraph, head):
        return None
    kind = kind_described(head)
    return Described(paragraph, head, kind) if kind is not None else None


def _subject_of(clause: Headline) -> Token | None:
    """The noun that stands before the predicate of a headline as its subject."""
    if clause.nominal:
        return None
    before = [
        t
        for t in clause.paragraph.doc[clause.first : clause.word.i]
        if t.dep_ not in ("advmod", "aux", "auxpass", "punct", "neg") and t.pos_ not in ("AUX", "ADV", "PART")
    ]
    cut = next((n for n, t in enumerate(before) if n and (t.tag_ == "IN" or t.text == ",")), len(before))
    return before[cut - 1] if before[:cut] else None


def _people_of_a_nation(scene: Scene, clause: Headline) -> Described | None:
    """ "Brits blame", "Israelis vote": the people, not their state."""
    head = _subject_of(clause)
    if head is None or head.tag_ not in ("NNPS", "NNS") or any(t.lower_ == "the" for t in head.lefts):
        return None
    actor = scene.actor_of(clause.paragraph, head)
    if actor is None or actor.kind is not ActorKind.STATE or head.text in actor.name or head.text.isupper():
        return None
    return Described(clause.paragraph, head, ActorKind.GROUP)


def _named_in_title_alone(scene: Scene, paragraph: Paragraph, head: Token) -> str | None:
    """The key of a person or body whose full name only the headline has; the text has a part of it."""
    name = next((ent for ent in paragraph.doc.ents if ent.start <= head.i < ent.end), None)
    kind = KINDS.get(name.label_) if name is not None else None
    if name is None or kind is None or scene.actor_of(paragraph, head) or not scene.is_outside(paragraph):
        return None
    parts = {token.text for token in name if token.pos_ == "PROPN"}
    mentions = [
        Mention(p.span(scene.document.text, token), MentionForm.NAME)
        for p in scene.paragraphs
        for token in p.doc
        if token.text in parts and token.pos_ == "PROPN" and not scene.actor_of(p, token)
    ]
    if not mentions:
        return None
    return scene.cast.add(
        ActorMention(
            key=f"a{len(scene.cast.actors) + 1}",
            name=scene.words_of(paragraph, name[0], name[-1]),
            kind=kind,
            mentions=tuple(mentions),
        )
    )


def _actor(scene: Scene, found: Described, told: Described | None) -> str:
    """The key of the actor made of a description; it is mentioned where the text has the words."""
    first, last = description(found.head) or (found.head, found.head)
    name = scene.words_of(found.paragraph, first, last)
    mentions = []
    for source in (found, told):
        if source is None or scene.is_outside(source.paragraph):
            continue
        a, b = description(source.head) or (source.head, source.head)
        start, end = source.paragraph.offset(a), source.paragraph.offset(b) + len(b)
        mentions.append(Mention(Span.of(scene.document.text, start, end), MentionForm.NOMINAL))
    mention = tuple(dict.fromkeys(sorted(mentions, key=lambda m: m.span.start)))
    return scene.cast.add(
        ActorMention(
            key=f"a{len(scene.cast.actors) + 1}",
            name=name[:1].upper() + name[1:],
            kind=found.kind,
            mentions=mention,
        )
    )
