"""The verb of a headline, which leaves out its helpers, or the noun that stands for a deed."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from timeline.extraction.events.words import EventWords
from timeline.extraction.names import titles

GUESSES = frozenset({"may", "might", "could", "should", "would"})
ABLE = frozenset({"can"})
YEAR = 4  # figures
# Words that may stand between a subject and its verb.
BETWEEN = frozenset({"aboard", "now", "still", "also", "finally", "again", "never"})


def opens_another(token: Token, words: EventWords) -> bool:
    """ "as" goes on in "named as host", and starts anew in "as markets fall"."""
    if token.lower_ == "as":
        if not any(t.pos_ in ("VERB", "AUX") or t.lower_ in words["headline_verbs"] for t in token.doc[token.i + 1 :]):
            return False  # "as running mate in race for president"
        return not any(t.lemma_.lower() in words["as_verbs"] and t.pos_ == "VERB" for t in token.doc[: token.i])
    return token.lower_ in words["after"] | words["before"] | words["meanwhile"]


def find_predicate(doc: Doc, first: int, stop: int, quoted: set[int], words: EventWords) -> tuple[Token, bool] | None:
    """The verb of the clause, and whether it is a participle that lacks its own ("Driver arrested")."""
    purpose: Token | None = None
    for token in doc[first + 1 : stop + 1]:
        described = token.dep_ in ("relcl", "amod") and not _ends_phrase(token, stop)
        if token.i in quoted or (described and not _is_announced(token, doc[first], words)):
            continue
        if token.lower_ in words["verbless"] and (token.head == token or token.head.pos_ not in ("VERB", "AUX")):
            return token, True
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ in ("aux", "auxpass") and token.head.i > token.i and token.head.i <= stop:
            return token.head, False
        if token.tag_ == "VB" and (doc[token.i - 1].lower_ == "to" or bare_infinitive(token) is not None):
            # "X to buy Y": a plan, said by the infinitive alone.
            hung = token.dep_ in ("relcl", "acl") and token.head.lemma_.lower() not in words["purposes"]
            if hung or token.dep_ == "ROOT" or token.head.i >= token.i:
                return token, False
            root = next((t for t in doc[token.i + 1 : stop + 1] if t.dep_ == "ROOT" and t.tag_ in ("VBZ", "VBP")), None)
            if root is not None:
                return root, False  # "Killing of bear to save boy sparks outrage"
            stop, purpose = token.i - 1, token if _is_plan(token, doc[first]) else None
            break
        if any(child.lower_ in ("who", "that", "which") for child in token.children if child.i < token.i):
            continue
        names_a_deed = token.tag_ == "VBZ" and token.lemma_.lower() in words.nouns
        if names_a_deed and token.i < stop and doc[token.i + 1].lower_ in words["about_deeds"]:
            continue  # "Oslo attacks trial": the trial is about them
        earlier = _mistaken(doc, first, token.i - 1, words) if token.tag_ in ("VBZ", "VBP") else None
        if earlier is not None and (token.tag_ == "VBZ" or any(t.text == "," for t in doc[earlier.i : token.i])):
            return earlier, False  # "Acme alters shape, and fans are outraged"
        if token.tag_ == "VBZ" or (token.tag_ == "VBP" and token.dep_ != "amod"):
            return _stage_verb(doc, token, first, words) or token, False
        if token.tag_ == "VBN" and token.dep_ == "xcomp" and any(child.lower_ == "to" for child in token.children):
            continue  # "proud to have fought"
        if token.tag_ in ("VBN", "VBD"):
            among = any(t.lower_ == "among" for t in doc[max(token.i - 3, first) : token.i])
            if (
                token.dep_ == "acl"
                and not among
                and token.head.dep_ not in ("ROOT", "conj", "nsubj", "npadvmod", "appos", "dep")
            ):
                continue
            helped = any(child.dep_ in ("aux", "auxpass") for child in token.children)
            has_object = any(child.dep_ in ("dobj", "dative") for child in token.children)
            if (stage := _stage_verb(doc, token, first, words)) is not None:
                return stage, False
            if (
                not helped
                and token.lower_ in words["participles"]
                and not _comes_later(doc, token, stop, quoted, words)
            ):
                return token, True
            if not helped and token.dep_ != "ROOT" and _comes_later(doc, token, stop, quoted, words):
                continue
            particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
            forms = {token.lemma_.lower(), f"{token.lemma_.lower()} {particle}".strip()}
            known = token.tag_ == "VBN" or bool(forms & words["headline_participles"])
            named = token.lemma_.lower() in words["naming"] and _names_an_office(token)
            passive = (
                (known or named)
                and not helped
                and (not has_object or named)
                and token.lemma_.lower() not in words["intransitive"]
            )
            return token, passive
        if token.tag_ == "VBG" and token.i < stop and token.dep_ in ("ROOT", "acl"):
            helped = any(child.dep_ == "aux" for child in token.children)
            # "The artist teaching students": a headline with its articles only names somebody.
            named = token.dep_ == "acl" and any(t.tag_ in ("DT", "POS") for t in doc[first : token.i])
            if named and not helped:
                continue
            if helped or token.head.dep_ == "ROOT":
                return token, not helped
        if token.tag_ == "VB" and token.dep_ == "ROOT" and token.i < stop:
            return _stage_verb(doc, token, first, words) or token, False
    mistaken = _mistaken(doc, first, stop, words)
    if mistaken is None and purpose is not None and find_event_noun(doc, first, stop, words) is None:
        mistaken = purpose  # "X's mission to go a step further"
    return (mistaken, False) if mistaken is not None else None


def _is_announced(verb: Token, first: Token, words: EventWords) -> bool:
    """ "Masks to become mandatory"; not "Seven things to know", "Places to visit"."""
    if verb.tag_ != "VB" or bare_infinitive(verb) is None:
        return False
    counted = first.pos_ == "NUM" and len(first) != YEAR
    return not counted and verb.head.lemma_.lower() not in words["countdowns"]


def _is_plan(infinitive: Token, first: Token) -> bool:
    """ "X's mission to go further"; not "Race to reach boy" nor "Seven things to know"."""
    noun = infinitive.head
    return noun.i > first.i and first.pos_ != "NUM" and noun.pos_ in ("NOUN", "PROPN")


def _names_an_office(verb: Token) -> bool:
    """ "Smith named coach", and not "Smith names squad": the object is what the subject becomes."""
    objects = (child for child in verb.children if child.dep_ in ("dobj", "oprd", "attr"))
    return any(child.lower_ in titles() and child.tag_ == "NN" for child in objects)


def _comes_later(doc: Doc, participle: Token, stop: int, quoted: set[int], words: EventWords) -> bool:
    """Whether the verb of the clause stands behind a participle that only describes: "Man held in Paris says …"."""
    for token in doc[participle.i + 1 : stop + 1]:
        if token.i in quoted:
            continue
        if token.lower_ in words["late_adjectives"]:
            return True
        if token.lower_ in words["headline_verbs"] and token.tag_ in ("NNS", "VBZ") and token.i == stop:
            return True
        if token.tag_ not in ("VBZ", "VBP") or token.dep_ not in ("ROOT", "ccomp", "conj"):
            continue
        own = any(c.dep_ in ("nsubj", "nsubjpass") and c.i > participle.i for c in token.children)
        if not own and not any(t.text == "," for t in doc[participle.i : token.i]):
            return True
    return False


def _ends_phrase(token: Token, stop: int) -> bool:
    """ "GP red-flagged after crash": a participle with nothing behind it to describe."""
    return token.tag_ == "VBN" and (token.i == stop or token.doc[token.i + 1].tag_ == "IN")


def _mistaken(doc: Doc, first: int, stop: int, words: EventWords) -> Token | None:
    """ "Massa crashes", "A and B sign deal", "Russia, China back plan": a verb taken for a noun, as headlines drop
    their articles."""
    for token in doc[first + 1 : stop + 1]:
        if token.pos_ not in ("NOUN", "PROPN", "ADV", "ADP", "ADJ"):
            continue
        if token.i < stop and doc[token.i + 1].lower_ in words["about_deeds"]:
            continue  # "Oslo attacks trial opens"
        before = doc[token.i - 1]
        told = token.lower_ in words["headline_verbs"] and (
            before.pos_ in ("NOUN", "PROPN") or before.lower_ in BETWEEN
        )
        if told and (token.i < stop or token.lemma_.lower() in words["intransitive"]):
            return token
        if doc[token.i - 1].pos_ != "PROPN":
            continue
        text = token.lower_
        lemma = next((form for form in _bases(token) if form in words.verbs or form in words["light_verbs"]), None)
        if lemma is None:
            continue
        several = any(t.lower_ == "and" or t.text == "," for t in doc[first : token.i])
        several = several or _is_team(before)  # "Chicago Bears fire coach"
        following = doc[token.i + 1] if token.i < stop else None
        if text != lemma and (following is None or following.pos_ != "NOUN" or token.dep_ == "ROOT"):
            return token
        if text == lemma and several and following is not None and following.pos_ in ("NOUN", "ADJ", "NUM", "PROPN"):
            return token
    return None


def _is_team(last: Token) -> bool:
    """Whether a name of several words ends like a plural: "Chicago Bears"."""
    doc = last.doc
    name = next((ent for ent in doc.ents if ent.start < last.i < ent.end), None)
    return last.tag_ == "NNPS" or (
        name is not None and name.label_ == "ORG" and re.fullmatch(r"[A-Z]\w+[^s]s", last.text) is not None
    )


def _bases(token: Token) -> tuple[str, ...]:
    """What a word may be the present tense of; a capital hides its lemma from the language model."""
    text = token.lower_
    endings = (("ies", "y"), ("es", ""), ("s", "")) if token.text[0].isupper() else ()
    return (text, token.lemma_.lower(), *(text.removesuffix(e) + stem for e, stem in endings if text.endswith(e)))


def _stage_verb(doc: Doc, token: Token, first: int, words: EventWords) -> Token | None:
    """The "stages" of "Gaga stages protest", which the parse reads as a protest of stages."""
    before = doc[token.i - 1]
    if token.i - 1 > first and token.tag_ in ("VBP", "VB") and before.lower_ in words["headline_verbs"]:
        return before
    if token.i - 1 <= first or token.lower_ not in words.nouns:
        return None
    return before if before.tag_ == "NNS" and before.lemma_.lower() in words["light_verbs"] else None


def is_guess(token: Token) -> bool:
    """ "Prices could fall": nobody says that they do."""
    return any(child.tag_ == "MD" and child.lower_ in GUESSES for child in token.children)


def is_planned(token: Token, words: EventWords) -> bool:
    """ "Will sign", "to sign", "set to sign", "set for launch": still to come when it was written."""
    if bare_infinitive(token) is not None or (token.tag_ == "VB" and token.doc[token.i - 1].lower_ == "to"):
        return True
    if any(child.tag_ == "MD" and child.lower_ not in ABLE for child in token.children):
        return True
    if token.tag_ in ("VBN", "VBD") and token.lemma_.lower() in words["plan_verbs"]:
        # "China set for moon mission"
        return any(child.lower_ == "for" for child in token.children)
    return token.lemma_.lower() in words["plan_verbs"] and any(
        child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.children) for child in token.children
    )


def bare_infinitive(token: Token) -> Token | None:
    """The "to" of "X to buy Y" and "X to be sold", where nothing governs it."""
    at = token.i - 1
    while at > 0 and (token.doc[at].pos_ == "AUX" or token.doc[at].dep_ in ("aux", "auxpass", "advmod")):
        if token.doc[at].lower_ == "to":
            break
        at -= 1
    to = token.doc[at] if at > 0 else None
    if to is None or to.lower_ != "to" or token.tag_ not in ("VB", "VBN") or token.dep_ == "xcomp":
        return None
    before = token.doc[at - 1]
    return to if before.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ") or before.text in ")'\"" else None


def find_event_noun(doc: Doc, first: int, stop: int, words: EventWords) -> Token | None:
    """The noun of a deed in a clause where nobody does anything: "Explosion in Berlin"."""
    found = [t for t in doc[first : stop + 1] if t.lemma_.lower() in words.nouns or t.lower_ in words.nouns]
    found = [t for t in found if t.tag_ != "VBG"]
    # "An insider's view of the attacks" is about no attack of its own.
    found = [t for t in found if t.dep_ != "pobj" or t.head.head.lemma_.lower() in words.nouns]
    return next((t for t in found if t.dep_ == "ROOT"), found[-1] if found else None)
