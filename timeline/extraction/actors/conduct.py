"""What a name does where it stands: whether it behaves as a person, as a body, or as a mere thing.

The language model takes missiles, shows and valleys for bodies as gladly as companies; what a name does tells them
apart. Only names that nobody knows are weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from timeline.extraction.actors.sightings import PERSON, Sighting
from timeline.extraction.names import table, titles, word_list

_NOT_ACTING = frozenset({"be", "have", "lie", "remain", "become", "sit", "stand", "host"})
# Along these a name hangs on a noun, whose article it is: "the Smith case".
_QUALIFYING = frozenset({"compound", "nmod", "poss", "amod"})
_EMPLOYMENT = frozenset({"at", "of", "for", "with", "from"})
# What stands behind a firm's name and behind nobody's: "X analyst Lee", "X shares rose".
_OF_FIRMS = frozenset(["analyst", "analysts", "economist", "economists", "strategist", "traders", "shares", "stores"])
_AGAINST = frozenset({"over", "against", "past", "to", "with", "by", "between"})
_WORKING = frozenset({"work", "join", "play", "sign", "sue", "partner", "compete", "enroll", "serve", "affiliate"})
_JOINED = frozenset({"join", "sue", "accuse", "found", "co-found", "blame", "urge", "ask", "tell", "contact"})
# Offices of state are named by their field: "Interior Secretary", which is no body.
OFFICES_BY_FIELD = frozenset({"secretary", "minister", "undersecretary", "ministers", "secretaries"})


@dataclass(slots=True)
class Conduct:
    """How often a name did what only somebody can (`deeds`), or was a subject otherwise (`subjects`).

    How often it was told to be a person (`personal`), a body (`bodily`, among the deeds) or a thing (`things`); how
    often people worked there or its shares were traded (`employing`); how
    often it stood behind an article of its own (`called_the`) and behind none (`bare`).
    """

    deeds: int = 0
    subjects: int = 0
    personal: int = 0
    bodily: int = 0
    employing: int = 0
    things: int = 0
    articles: int = 0
    called_the: int = 0
    bare: int = 0
    is_acronym: bool = False

    @property
    def is_a_thing(self) -> bool:
        return self.things > self.deeds + self.personal

    @property
    def is_called_the(self) -> bool:
        """Whether it is "the X" as often as "X", as ships and houses are called and people are not."""
        return self.called_the > 0 and self.called_the >= self.bare


def weigh(sightings: Iterable[Sighting]) -> dict[str, Conduct]:
    """The conduct of each unknown name, by its text."""
    found: dict[str, Conduct] = defaultdict(Conduct)
    for sighting in sightings:
        if not sighting.hits:
            _weigh(sighting, found[sighting.text])
    return found


def _weigh(sighting: Sighting, conduct: Conduct) -> None:
    conduct.is_acronym = sighting.is_alone and sighting.text.isupper()
    span = sighting.tokens
    doc = sighting.paragraph.doc
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    own = span.root.dep_ not in _QUALIFYING
    definite = (
        before is not None and before.lower_ == "the" and own and not (after is not None and after.pos_ == "NOUN")
    )
    conduct.called_the += definite
    conduct.bare += before is None or before.lower_ not in ("the", "a", "an")
    if before is not None:
        if before.lower_ in word_list("en", "thing_nouns.txt") and before.text.islower():
            conduct.things += 1
        elif before.lower_ in word_list("en", "body_nouns.txt") and before.text.islower():
            conduct.deeds += 1
            conduct.bodily += 1
        elif before.lower_ in ("the", "a", "an"):
            conduct.articles += 1
    staffed = (
        before is not None and before.lower_ == "at" and before.i > 0 and before.nbor(-1).lemma_.lower() in human()
    )
    if staffed or (after is not None and after.lower_ in _OF_FIRMS):
        conduct.employing += 1  # "analysts at X", "X shares"
        conduct.deeds += 1
    if after is not None and after.text.islower():
        if after.lower_ in word_list("en", "thing_nouns.txt"):
            conduct.things += 1
        elif after.lower_ in word_list("en", "body_nouns.txt") or (
            after.lower_ in human() and after.lower_ not in OFFICES_BY_FIELD
        ):
            conduct.deeds += 1
    if before is not None and after is not None and before.text == "(" and after.text == ")" and sighting.is_alone:
        conduct.bodily += 1  # the short form of the body before the brackets
    may_be_person = sighting.guess == PERSON or not (sighting.text.endswith("s") or conduct.articles)
    _weigh_grammar(span.root, conduct, is_person=may_be_person)


def _weigh_grammar(root: Token, conduct: Conduct, *, is_person: bool) -> None:
    for child in root.children:
        if child.dep_ == "appos" and child.i > root.i:
            if child.lower_ in human():
                conduct.personal += 1
            elif child.text in word_list("en", "body_nouns.txt"):
                conduct.deeds += 1
                conduct.bodily += 1
        elif (
            is_person
            and child.dep_ == "relcl"
            and any(part.lower_ in ("who", "whose", "whom") for part in child.subtree)
        ):
            conduct.personal += 1
    token = root
    while token.dep_ == "conj":
        token = token.head
    head = token.head
    match token.dep_:
        case "nsubj":
            if _is_deed(head):
                conduct.deeds += 1
            elif head.lemma_ not in _NOT_ACTING:
                conduct.subjects += 1
        case "appos":
            if head.lower_ in human():
                conduct.personal += 1
            elif head.text in word_list("en", "body_nouns.txt"):
                conduct.deeds += 1
                conduct.bodily += 1
        case "compound" | "poss" | "nmod":
            named = is_person and token.dep_ == "compound"  # "Woodburn police" speaks for a town
            if not named and (
                (head.lower_ in human() and head.lower_ not in OFFICES_BY_FIELD) or head.ent_type_ == "PERSON"
            ):
                conduct.deeds += 1
        case "dobj":
            if head.lemma_ in _JOINED or head.lemma_ in word_list("en", "contests.txt"):
                conduct.deeds += 1
        case "pobj":
            conduct.deeds += _is_party(head, conduct)


def _is_party(preposition: Token, conduct: Conduct) -> bool:
    """ "analyst at X", "according to X", "accused by X", "works for X", "a win over X"."""
    over = preposition.head
    if preposition.dep_ == "agent":
        return _is_deed(over)
    match preposition.lower_:
        case "to" if over.lower_ == "according":
            return True
        case "at" if conduct.is_acronym:
            return True
        case word if word in _EMPLOYMENT and (over.lower_ in human() or over.lemma_ in _WORKING):
            return True
        case word:
            return word in _AGAINST and over.lemma_ in word_list("en", "contests.txt")


def _is_deed(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return any(lemma in word_list("en", file) for file in ("saying.txt", "governing.txt", "deeds.txt", "contests.txt"))


@cache
def human() -> frozenset[str]:
    """Nouns for people: those of office, and all others that are no bodies."""
    return titles() | {row[0] for row in table("en", "people.txt") if "body" not in row[1:]}
