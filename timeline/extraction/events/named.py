"""Names that a headline has: of the subject of its verb, as far as the text bears them out.

A Headline Written Like This makes a name of every word, so that there only what the prose writes alike is a name.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.subjects import Subject
from timeline.extraction.events.words import event_words
from timeline.extraction.knowledge import Entry
from timeline.extraction.mentions import ActorMention, Mention, Span
from timeline.extraction.names import fold, words
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, BlockRole, EventKind, MentionForm

# Where so many words have capitals, a capital makes no name.
TITLE_CASE = 0.7
KINDS = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}
MOST = 4  # words of a name
PLACED = 3  # times as often a place as a state
FORCE = frozenset({EventKind.ATTACK, EventKind.COERCION})
_Name = tuple[Token, Token, ActorKind]


def name_in_title(scene: Scene, clause: Headline, subject: Subject) -> str | None:
    """The key of the actor whose name is the subject of a headline, in full or where that ends.

    The text has the name too, in full or in part; or it is a full name in a title that stands beside the text.
    """
    head, doc = subject.head, clause.paragraph.doc
    for first in doc[max(subject.first.i, head.i - MOST + 1) : head.i + 1]:
        if first.text[0].isupper() and (known := _in_cast(scene, doc[first.i : head.i + 1].text)) is not None:
            return known
    found = _known_run(clause, head) or _name_at(scene, clause, head)
    return _actor(scene, clause.paragraph, *found) if found is not None else None


def owner_in_title(scene: Scene, clause: Headline, subject: Subject, *, deed: bool) -> str | None:
    """The key of the body whose the subject of a headline is: "Acme price rise"; of a deed whoever's it is: "Lee's
    plan". What befalls a person's stalker befalls not the person."""
    head = subject.head
    if clause.bare or scene.place_at(clause.paragraph, head):
        return None
    for token in head.lefts if deed else ():
        actor = scene.actor_of(clause.paragraph, token) if token.dep_ in ("poss", "compound") else None
        # "China's mission", "Lee campaign"; where a state only stands before the noun, it may be a place.
        if actor is not None and (token.dep_ == "poss" or actor.kind in (ActorKind.PERSON, ActorKind.ORGANISATION)):
            return actor.key
    owners = [t for t in head.lefts if t.dep_ in ("compound", "poss", "nmod", "amod") and t.i >= clause.first]
    named = (_name_at(scene, clause, token) for token in owners)
    found = next((name for name in named if name is not None and name[2] is ActorKind.ORGANISATION), None)
    return _actor(scene, clause.paragraph, *found) if found is not None else None


def doers_in_title(scene: Scene, clause: Headline) -> list[str]:
    """Who does it to the subject of a headline: "bank is bombed by rebels", "four killed in rebel raid"."""
    words = event_words()
    for token in clause.paragraph.doc[clause.word.i + 1 :]:
        family = words.nouns.get(token.lemma_.lower())
        if token.lower_ == "by":
            doing = [child for child in token.children if child.dep_ == "pobj"]
        elif family is not None and family.kind in FORCE and token.pos_ in ("NOUN", "PROPN"):
            doing = [child for child in token.lefts if child.dep_ in ("compound", "poss", "amod")]
        else:
            continue
        found = [key for noun in doing for key in scene.actors_of(clause.paragraph, noun)]
        if found:
            return found
    return []


def city_in_title(scene: Scene, clause: Headline, head: Token, known: list[str]) -> str | None:
    """The key of a capital that acts for itself, where the text hardly ever means its state by the name.

    The text names it as a place at least three times as often: "Berlin sets up safe zones" is of no foreign affairs.
    """
    states = [scene.cast.by_key[key] for key in known if scene.cast.by_key[key].kind is ActorKind.STATE]
    if len(states) != 1 or len(known) != 1 or clause.bare:
        return None
    called = [m.form for m in states[0].mentions if m.span.text == head.text]
    place = next((place for place in scene.places.values() if place.name == head.text), None)
    if place is None or place.name == place.country or not called or set(called) != {MentionForm.METONYM}:
        return None
    if len(place.mentions) < PLACED * len(called):
        return None
    return _actor(scene, clause.paragraph, head, head, ActorKind.GOVERNMENT)


def _name_at(scene: Scene, clause: Headline, token: Token) -> _Name | None:
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
        beside = all(t.pos_ in ("AUX", "PART", "ADV") for t in doc[token.i + 1 : clause.word.i])
        return (token, token, kind) if acts and beside else None
    entity = next((ent for ent in doc.ents if ent.start <= token.i < ent.end), None)
    if entity is not None and entity.label_ not in KINDS:
        return None
    if entity is not None and clause.first <= entity.start:
        end = min(entity.end, clause.word.i) if token.i < clause.word.i else entity.end
        last = doc[end - 2] if end - entity.start > 1 and doc[end - 1].tag_ == "POS" else doc[end - 1]
        name = doc[entity.start : last.i + 1].text
        if (last.i > entity.start and not _is_capitalised(scene, paragraph)) or _is_only_a_name(scene, name):
            return doc[entity.start], last, KINDS[entity.label_]
    first = token
    while first.i > clause.first and doc[first.i - 1].text[0].isupper() and doc[first.i - 1].pos_ == "PROPN":
        first = doc[first.i - 1]
    while first.i < token.i and not _is_written(scene, doc[first.i : token.i + 1].text):
        first = doc[first.i + 1]
    return (first, token, ActorKind.ORGANISATION) if _is_written(scene, doc[first.i : token.i + 1].text) else None


def _is_capitalised(scene: Scene, paragraph: Paragraph) -> bool:
    """Whether a headline as written gives nearly every word a capital."""
    whole = scene.document.text[paragraph.start : paragraph.end]
    title = (scene.document.title or "") if scene.is_outside(paragraph) else whole
    found = [word for word in title.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in found) > TITLE_CASE * len(found)


def _known_run(clause: Headline, token: Token) -> _Name | None:
    """A name that the knowledge has, ending at the subject of a headline's verb."""
    doc = clause.paragraph.doc
    for first in range(max(clause.first, token.i - MOST + 1), token.i + 1):
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


def _is_written(scene: Scene, name: str) -> bool:
    """Whether the prose has a name at least twice, and hardly ever as a common word."""
    return len(_occurrences(scene, name)) > max(1, 2 * len(_occurrences(scene, name.lower())))


def _is_only_a_name(scene: Scene, name: str) -> bool:
    return bool(_occurrences(scene, name)) and not _occurrences(scene, name.lower())


def _occurrences(scene: Scene, name: str) -> list[int]:
    """Where the prose has a name: the headline itself bears nothing out."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", scene.document.text)]
    titles = [(p.start, p.end) for p in scene.paragraphs if p.role is BlockRole.TITLE]
    return [at for at in found if not any(start <= at < end for start, end in titles)]


def _actor(scene: Scene, paragraph: Paragraph, first: Token, last: Token, kind: ActorKind) -> str:
    text = scene.document.text
    name = scene.words_of(paragraph, first, last)
    if (known := _in_cast(scene, name)) is not None:
        return known
    spelt = next((part for part in (name, *reversed(name.split())) if _occurrences(scene, part)), "")
    prose = [(p.start, p.end) for p in scene.paragraphs]
    mentions = [
        Mention(Span.of(text, at, at + len(spelt)), MentionForm.NAME)
        for at in (_occurrences(scene, spelt) if spelt else ())
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
            if (entry is not None and a.known == entry.id)
            or fold(a.name).casefold() == plain
            or any(m.form is MentionForm.NAME and m.span.text == name for m in a.mentions)
        ),
        None,
    )
