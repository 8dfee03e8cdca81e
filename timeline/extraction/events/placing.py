"""Where sentences say that something happens, and what they only speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.opening import places_another
from timeline.extraction.events.scene import AT, Scene, answers, is_about, is_at, is_of_matter, is_ranked, is_spoken_of
from timeline.extraction.events.times import INCIDENTS, VERBS, climb, head_of, is_old
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import Span
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places.gazetteer import place_words

# Something happens at these, and goes elsewhere along the others: "aid to Ukraine".
_WITHIN = AT - {"to", "into", "across"}
Stretch = tuple[Paragraph, DocSpan]


@dataclass(frozen=True, slots=True)
class Setting:
    """The key of a place, with the words that name it where they do not hang on the event's own.

    `at_home` is the country of who acts, or one named in passing, or the one place spoken of: no more is told. `pinned`
    is a place that its words hold fast though no map knows it: "the Naro Space Center in Goheung".
    """

    place: str
    proof: Span | None = None
    at_home: bool = False
    pinned: bool = False


def sets(token: Token) -> bool:
    """ "in Croydon", "near the station": not "aid to Ukraine", nor "the war in Ukraine", which is elsewhere."""
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        token = token.head  # "in Karol Bagh, New Delhi"
    prep = token.head
    if token.dep_ != "pobj" or is_about(prep, token) or is_of_matter(prep) or answers(token):
        return False
    if prep.lower_ not in _WITHIN:
        if prep.lower_ == "over":
            return is_at(prep)
        thrown = prep.head.dep_ == "acl" and prep.head.lemma_.lower() in place_words()["lifts"]
        # "A missile launched from Kano killed five" elsewhere.
        return prep.lower_ == "from" and prep.head.lemma_.lower() in place_words()["departs"] and not thrown
    head = prep.head
    return not (is_elsewhere(head) or _describes(head) or _is_of_school(head) or is_ranked(head))


def is_pinned(token: Token) -> bool:
    """ "The Naro Space Center in Goheung": the town of a named hall, field or road."""
    site = token.head.head
    return site.pos_ == "PROPN" and site.lower_ in place_words()["facilities"]


def _is_of_school(head: Token) -> bool:
    """ "Researchers from the University of Colorado at Boulder": where that is."""
    while head.dep_ in ("prep", "pobj", "appos", "compound"):
        if (
            head.lemma_.lower() in place_words()["schools"]
            and head.dep_ == "pobj"
            and head.head.lower_ in ("from", "of")
        ):
            return True
        head = head.head
    return False


def _describes(head: Token) -> bool:
    """ "She was a student at a college in Oslo", "Louisiana, a state on the Gulf": what it is, not what happened."""
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        if head.dep_ == "appos" and head.lemma_.lower() in place_words()["kinds"]:
            return True
        head = head.head
    return head.lemma_ == "be" and any(child.dep_ == "attr" and child.pos_ == "NOUN" for child in head.children)


def is_elsewhere(head: Token) -> bool:
    """Whether a place beside a word tells where that is, or somebody comes from, and not where the event was."""
    lemma = head.lemma_.lower()
    return lemma in event_words()["elsewhere"] or lemma in place_words()["of_origin"]


def set_in(scene: Scene, happening: Happening, stretches: list[Stretch], *, spoken: bool) -> Iterator[Setting]:
    """Places at which the sentences set something; where the event is `spoken` words, not those it speaks of."""
    for paragraph, sentence in stretches:
        for token in sentence:
            if not sets(token) or scene.in_quotation(paragraph, token):
                continue
            if places_another(token) and happening.first.kind not in INCIDENTS:
                continue
            if _is_said_by(scene, paragraph.offset(token), happening.actors) or is_spoken_of(token):
                continue
            if _is_of_another(scene, happening, paragraph, token) or _is_background(scene, happening, paragraph, token):
                continue
            if not (spoken and scene.is_reported(paragraph.offset(token))):
                for word in (token, *(t for t in token.lefts if t.dep_ == "compound")):
                    key = free_place(scene, happening, paragraph, word)
                    # "in Nairobi hospitals" are there, "in US politics" are not.
                    if key and (word is token or not scene.is_country(key)):
                        yield Setting(key, scene.span(paragraph, word), pinned=word is token and is_pinned(token))


def _is_said_by(scene: Scene, offset: int, actors: Sequence[str]) -> bool:
    """Whether one who acts says the words at an offset: what they speak of is not where they act."""
    return any(span.start <= offset < span.end for s in scene.statements if s.speaker in actors for span in s.content)


def _is_of_another(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> bool:
    """Whether a place stands in a clause of somebody else: "… while the court in Edinburgh had ruled against it"."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    told = any(c.paragraph is paragraph and c.token == verb for c in happening.candidates)
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if told or subject is None or happening.first.kind in INCIDENTS:
        return False
    others = scene.actors_of(paragraph, subject)
    return bool(others) and not set(others) & set(happening.actors)


def _is_background(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> bool:
    """ "The agreement negotiated in Paris in 2009": where something else was, before."""
    if happening.first.kind in INCIDENTS:
        return False
    verb = climb(token)
    while verb.pos_ not in VERBS and verb.head != verb:
        verb = verb.head
    dated = ((time, head_of(paragraph, time)) for time in scene.times_in(paragraph))
    return any(head is not None and climb(head) == verb and is_old(scene, time) for time, head in dated)


def free_place(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> str | None:
    """The place that a word names, unless somebody who takes part bears the name."""
    key = scene.place_at(paragraph, token)
    actor = scene.actor_of(paragraph, token) if key else None
    return key if actor is None or actor.key not in happening.actors else None
