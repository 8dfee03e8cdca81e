"""Who takes part in the main event, where no name of the text says it: "seven people", "a driver", "police".

A headline often says who by a description alone, or gives in full a name that the text shortens. What describes or
names them there becomes an actor of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.actors.described import description, kind_described, sorts_of
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.opening import opening_sentences
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import event_words
from timeline.extraction.knowledge import Entry
from timeline.extraction.mentions import ActorMention, Mention, Span
from timeline.extraction.names import fold, words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import ActorKind, MentionForm

# Where so many words have capitals, a capital makes no name.
TITLE_CASE = 0.7
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
    head = _subject_of(clause) if clause else None
    known = scene.actors_of(clause.paragraph, head) if clause and head is not None else []
    body = _body_called(scene, head) if head is not None and known else None
    if body is not None:
        part = first.agents if first.agents else first.patients
        part[:] = [key for key in part if key not in known]
        known = [body]
    suffers = clause is not None and (first.passive or (clause.bare and clause.word.tag_ != "VBG"))
    part = first.patients if suffers else first.agents
    if clause and head is not None and not known and head.pos_ == "PROPN" and kind_described(head) is None:
        named = _known_to_title(scene, clause, head)
        known = [named] if named is not None else []
    if known and not set(known) & set(first.actors):
        part[:0] = known
    if any(_has_named_subject(scene, candidate) for candidate in main.candidates):
        return
    titled = _described(scene, clause.paragraph, head) if clause and head is not None else None
    told = _told(scene, main, clause, titled)
    owned = titled is not None and any(t.pos_ == "PROPN" or t.tag_ == "CD" for t in titled.head.lefts)
    owned = owned or (titled is not None and told is not None and _length(titled) > _length(told))
    found = titled if titled is not None and (owned or told is None) else told
    source = told if found is told else None
    passive = next((c.passive for c in main.candidates if source and c.subject == source.head), suffers)
    part = first.patients if passive else first.agents
    if found is not None:
        part.insert(0, _actor(scene, found, told))
    elif clause and head is not None and (key := _known_to_title(scene, clause, head)):
        part.insert(0, key)
    elif not main.actors:
        first.patients = _objects(scene, main)


def _length(found: Described) -> int:
    first, last = description(found.head) or (found.head, found.head)
    return last.i - first.i


def _has_named_subject(scene: Scene, candidate: Candidate) -> bool:
    subject = candidate.subject
    return bool(candidate.agents) or (subject is not None and bool(scene.actors_of(candidate.paragraph, subject)))


def _objects(scene: Scene, main: Happening) -> list[str]:
    """Whom a thing does it to: "Storm kills twelve people"."""
    for candidate in (c for c in main.candidates if c.in_title or c.token.lemma_ == main.first.token.lemma_):
        objects = [t for t in candidate.token.children if t.dep_ in ("dobj", "obj") and not _belongs_to_another(t)]
        described = [d for t in objects if (d := _described(scene, candidate.paragraph, t)) is not None]
        described = [d for d in described if d.kind is not ActorKind.ORGANISATION and "craft" not in sorts_of(d.head)]
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
    own = subject_of(clause.word)
    if own is not None and clause.word.i < own.i <= clause.last:
        return own  # "'It is over,' say scientists"
    before = [
        t
        for t in clause.paragraph.doc[clause.first : clause.word.i]
        if t.dep_ not in ("advmod", "aux", "auxpass", "punct", "neg") and t.pos_ not in ("AUX", "ADV", "PART")
    ]
    doc = clause.paragraph.doc
    cut = next(
        (n for n, t in enumerate(before) if n and (t.tag_ == "IN" or (doc[t.i - 1].text == "," and t.pos_ != "PROPN"))),
        len(before),
    )
    return before[cut - 1] if before[:cut] else None


def _body_called(scene: Scene, head: Token) -> str | None:
    """The key of the one body whose name begins with a people's: "American" for American Airlines."""
    if not knowledge.load().is_demonym(head.text):
        return None
    found = [
        a.key
        for a in scene.cast.actors
        if a.kind is ActorKind.ORGANISATION and a.name.startswith(f"{head.text} ") and len(a.mentions) > 1
    ]
    return found[0] if len(found) == 1 else None


def _people_of_a_nation(scene: Scene, clause: Headline) -> Described | None:
    """ "Brits blame", "Israelis vote", "Canadian held": the people or a person, not their state."""
    head = _subject_of(clause)
    if head is None or any(t.lower_ == "the" for t in head.lefts) or not knowledge.load().is_demonym(head.text):
        return None
    actor = scene.actor_of(clause.paragraph, head)
    if _body_called(scene, head) is not None or (actor is not None and actor.kind is not ActorKind.STATE):
        return None
    return Described(clause.paragraph, head, ActorKind.GROUP if head.text.endswith("s") else ActorKind.PERSON)


def _known_to_title(scene: Scene, clause: Headline, head: Token) -> str | None:
    """The key of an actor made of the name that is the subject of a headline, or that its subject belongs to.

    The text has the name too, in full or in part; or it is a full name in a title that stands beside the text.
    """
    owners = (
        []
        if scene.place_at(clause.paragraph, head)
        else [t for t in head.lefts if t.dep_ in ("compound", "poss", "nmod", "amod") and t.i >= clause.first]
    )
    found = _known_run(clause, head) or _name_at(scene, clause, head)
    if found is None and not clause.bare:
        # "Acme price rise": the company's; what befalls a person's stalker befalls not the person.
        named = (_name_at(scene, clause, token) for token in owners)
        found = next((name for name in named if name is not None and name[2] is ActorKind.ORGANISATION), None)
    return _named(scene, clause.paragraph, *found) if found is not None else None


def _name_at(scene: Scene, clause: Headline, token: Token) -> tuple[Token, Token, ActorKind] | None:
    """The first and last word of a name in a headline, and its kind; None for places, events, products and words."""
    doc, paragraph = clause.paragraph.doc, clause.paragraph
    if not token.text[0].isupper() or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    if token.lower_ in event_words()["headline_verbs"]:
        return None
    if scene.place_at(paragraph, token):
        # "Ottawa declares emergency", "England beat Wales": whoever acts for the place.
        acts = (not clause.bare and any(child.dep_ in ("dobj", "ccomp", "attr") for child in clause.word.children)) or (
            clause.word.tag_ not in ("VBZ", "VBP", "VBD") and clause.word.i < clause.last
        )
        contest = clause.word.lemma_.lower() in event_words()["contests"]
        kind = ActorKind.ORGANISATION if contest else ActorKind.GOVERNMENT
        return (token, token, kind) if acts and token.i + 1 == clause.word.i else None
    entity = next((ent for ent in doc.ents if ent.start <= token.i < ent.end), None)
    if entity is not None and entity.label_ not in KINDS:
        return None
    text = scene.document.text
    if entity is not None and entity.start >= clause.first:
        last = entity[-2] if len(entity) > 1 and entity[-1].tag_ == "POS" else entity[-1]
        name = doc[entity.start : last.i + 1].text
        shouted = sum(t.text[0].isupper() for t in doc if t.is_alpha) > TITLE_CASE * sum(t.is_alpha for t in doc)
        if (last.i > entity.start and not shouted) or (
            _occurrences(name, text) and not _occurrences(name.lower(), text)
        ):
            return entity[0], last, KINDS[entity.label_]
    first = token
    while first.i > clause.first and doc[first.i - 1].text[0].isupper() and doc[first.i - 1].pos_ == "PROPN":
        first = doc[first.i - 1]
    while first.i < token.i and not _is_written(doc[first.i : token.i + 1].text, text):
        first = doc[first.i + 1]
    return (first, token, ActorKind.ORGANISATION) if _is_written(doc[first.i : token.i + 1].text, text) else None


def _known_run(clause: Headline, token: Token) -> tuple[Token, Token, ActorKind] | None:
    """A name that the knowledge has, ending at the subject of a headline's verb."""
    doc = clause.paragraph.doc
    for first in range(max(clause.first, token.i - 3), token.i + 1):
        entry = _entry(doc[first : token.i + 1].text)
        if entry is not None and token.i < clause.word.i < clause.last:
            return doc[first], token, entry.kind
    return None


def _entry(name: str) -> Entry | None:
    """What the knowledge has by a name, where it is one thing alone."""
    parts = words(name)
    found = next((f for f in knowledge.load().find(parts) if f.first == 0 and f.last == len(parts)), None)
    hits = found.hits if found is not None else ()
    entries = {h.entry.id: h.entry for h in hits if not h.alias.generic and h.alias.form is MentionForm.NAME}
    return next(iter(entries.values())) if len(entries) == 1 else None


def _is_written(name: str, text: str) -> bool:
    """Whether a text has a name at least twice, and hardly ever as a common word."""
    return len(_occurrences(name, text)) > max(1, 2 * len(_occurrences(name.lower(), text)))


def _occurrences(name: str, text: str) -> list[int]:
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def _named(scene: Scene, paragraph: Paragraph, first: Token, last: Token, kind: ActorKind) -> str:
    text = scene.document.text
    name = scene.words_of(paragraph, first, last)
    if (known := _in_cast(scene, name)) is not None:
        return known
    spelt = next((part for part in (name, *reversed(name.split())) if _occurrences(part, text)), "")
    prose = [(p.start, p.end) for p in scene.paragraphs]
    mentions = [
        Mention(Span.of(text, at, at + len(spelt)), MentionForm.NAME)
        for at in (_occurrences(spelt, text) if spelt else ())
        if any(start <= at < end for start, end in prose) and scene.cast.at(at) is None
    ]
    entry = _entry(name)
    return scene.cast.add(
        ActorMention(
            key=f"a{len(scene.cast.actors) + 1}",
            name=entry.name if entry is not None else name,
            kind=kind,
            known=entry.id if entry is not None else None,
            mentions=tuple(mentions),
        )
    )


def _in_cast(scene: Scene, name: str) -> str | None:
    """The key of the actor who is known by a name already, in this spelling or in another that the knowledge has."""
    entry = _entry(name)
    plain = fold(name).casefold()
    return next(
        (
            a.key
            for a in scene.cast.actors
            if (entry is not None and a.known == entry.id) or fold(a.name).casefold() == plain
        ),
        None,
    )


def _actor(scene: Scene, found: Described, told: Described | None) -> str:
    """The key of the actor made of a description; it is mentioned where the text has the words."""
    first, last = description(found.head) or (found.head, found.head)
    name = scene.words_of(found.paragraph, first, last)
    if last == found.head and (found.head.tag_ == "CD" or "alone" in sorts_of(found.head)):
        # "Seven killed", "hundreds fined", which no sentence of the text says in full.
        name = f"{name} {'of people' if found.head.tag_ == 'NNS' else 'people'}" if name.lower() != "others" else name
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
