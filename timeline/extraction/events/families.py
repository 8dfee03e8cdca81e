"""What kind of deed a verb tells, by what it is done to: a coach is fired otherwise than a rocket."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import EventWords, Family, event_words
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import EventKind

OBJECTS = frozenset({"dobj", "obj", "dative", "attr"})


def family_in_use(
    scene: Scene, paragraph: Paragraph, family: Family | None, verb: Token, subject: Token, others: list[str]
) -> Family | None:
    """The family of a verb as it is used here: nobody is received where an award is, and a storm attacks nobody.

    `others` are the actors to whom it is done.
    """
    if family is None:
        return None
    words = event_words()
    lemma = verb.lemma_.lower()
    if lemma in words["of_guests"] and not others:
        return words.families["support"] if lemma == "welcome" else None
    things = [child for child in verb.children if child.dep_ in OBJECTS or child.dep_ == "nsubjpass"]
    if lemma == "fight" and any(child.lemma_.lower() in words["no_foes"] for child in things):
        return None  # "fought cancer"
    if lemma in words["moving"] and any(child.dep_ in OBJECTS for child in things):
        return None  # "landed fourteen boosters"
    if lemma == "fire" and any(_is_person(child, words) for child in things):
        return words.families["appointment"]
    if lemma in words["of_captives"] and not any(_is_captive(scene, paragraph, child, words) for child in things):
        return words.families["media"] if lemma == "release" and things else None
    if lemma in words["of_things"] and (not things or any(child.dep_ == "prt" for child in verb.children)):
        return None  # "opened up to", "passed through"
    if family.name == "accusation" and any(c.dep_ == "prep" and c.lower_ == "into" for c in verb.children):
        return words.families["accident"]  # "slammed into a wall"
    if lemma == "attack" and any(c.dep_ in OBJECTS and c.lemma_.lower() in words["criticised"] for c in verb.children):
        return words.families["accusation"]
    cause = words.nouns.get(subject.lemma_.lower())
    if family.kind is EventKind.COERCION and cause is not None and cause.kind is EventKind.ACCIDENT:
        return cause  # "the storm seized the coast"
    if family.kind is EventKind.ATTACK and cause is not None and cause.kind is EventKind.ACCIDENT:
        return cause
    return family


def _is_captive(scene: Scene, paragraph: Paragraph, noun: Token, words: EventWords) -> bool:
    """Who or what can be held: a person, people, a town; not a statement or a picture."""
    if _is_person(noun, words) or noun.lemma_.lower() in words["captives"]:
        return True
    return scene.actor_of(paragraph, noun) is not None or scene.place_at(paragraph, noun) is not None


def _is_person(noun: Token, words: EventWords) -> bool:
    """ "Him", a name of a person, "the coach": who can lose a post."""
    return noun.pos_ == "PRON" or noun.ent_type_ == "PERSON" or noun.lemma_.lower() in words["staff"]
