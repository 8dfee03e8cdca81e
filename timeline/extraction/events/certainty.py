"""Whether words state a deed that has been done: no plan, wish, condition, question, denial, rumour or habit."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.events.entries import entry_day
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import EventWords
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import BlockRole

HEADINGS = (BlockRole.TITLE, BlockRole.DEK, BlockRole.CAPTION)
# How many clauses above a verb are looked at; more are not found in newspapers.
CLAUSES = 6
VERBS = ("VERB", "AUX")


def climb_hedges(verb: Token, words: EventWords) -> tuple[bool, Token]:
    """Through "is believed to have ended" and "appears to offer" up to the verb that carries the tense."""
    hedged = any(child.dep_ == "advmod" and child.lower_ in words["hedge_adverbs"] for child in verb.children)
    top = verb
    while top.dep_ == "xcomp" and top.head.lemma_.lower() in words["hedge_governors"]:
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in top.head.children)
        if not passive and top.head.lemma_.lower() not in words["seeming"]:
            break
        hedged, top = True, top.head
    return hedged, top


def has_happened(scene: Scene, verb: Token, top: Token, paragraph: Paragraph, words: EventWords) -> bool:
    """Whether the words state a finished or current deed.

    `top` is what `climb_hedges` makes of the verb: the one that carries the tense.
    """
    if _is_negated(verb, words) or (top != verb and _is_negated(top, words)) or _is_asked(verb):
        return False
    helpers = {child.lower_ for child in top.children if child.dep_ in ("aux", "auxpass")}
    if top.dep_ == "xcomp" and "to" in helpers:
        return _is_done(scene, paragraph, top.head, words)
    if "to" in helpers and "have" not in helpers:
        return False  # "is to be sold"
    if not _stands(scene, paragraph, top, words):
        return False
    told = _is_past(top, helpers, words) or (_is_told(top, helpers) and _tells_in_present(scene, paragraph, top))
    if top == verb:
        return told
    finished = any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
    return finished or (told and top.lemma_.lower() in words["seeming"])


def is_attributed(verb: Token, words: EventWords) -> bool:
    """Whether only somebody's word stands for it: "X said that …", "…, he said", "according to"."""
    if any(child.dep_ == "prep" and child.lower_ == "according" for child in verb.children):
        return True
    top = verb
    for _ in range(CLAUSES):
        if top.dep_ == "ccomp" and top.head.pos_ in VERBS:
            return top.head.lemma_.lower() not in words["factive"]
        if top.dep_ not in ("conj", "xcomp", "advcl", "relcl") or top.head == top:
            return False
        top = top.head
    return False


def _is_negated(verb: Token, words: EventWords) -> bool:
    """ "Did not attack", "nearly killed", "nobody was hurt", "signed no deal", "could have won"."""
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "neg" or word in words["habits"] or (child.dep_ == "advmod" and word in words["undone"]):
            return True
        if child.tag_ == "MD" and child.dep_ == "aux":
            return True
        if child.dep_ in ("mark", "advmod") and word in words["unreal_marks"]:
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and _is_none(child, words):
            return True
        if child.dep_ == "npadvmod" and any(c.lower_ in ("every", "each") for c in child.children):
            return True
    return False


def _is_none(noun: Token, words: EventWords) -> bool:
    """ "No soldier", "nobody", "none of the hostages"."""
    return noun.lower_ in words["nobody"] or any(c.lower_ in ("no", "neither") and c.i < noun.i for c in noun.children)


def _is_asked(verb: Token) -> bool:
    """Whether the sentence is a question: "Has he resigned?"."""
    sentence = verb.sent
    last = sentence.end - 1
    while last > verb.i and verb.doc[last].text in ('"', "'", ")"):
        last -= 1
    return verb.doc[last].text == "?"


def _stands(scene: Scene, paragraph: Paragraph, top: Token, words: EventWords) -> bool:
    """Whether every clause above lets the deed stand: none is a plan, a condition, a denial or a rumour."""
    token = top
    for _ in range(CLAUSES):
        head, dep = token.head, token.dep_
        if head == token or scene.in_quotation(paragraph, head):
            return True  # words outside a quotation that the parse hangs on one inside stand for themselves
        if dep == "conj" and head.pos_ in VERBS and not _has_own_clause(token):
            if _is_negated(head, words):
                return False
        elif dep in ("ccomp", "csubj") and not _reports(head, words):
            return False
        elif dep == "acl" and head.pos_ == "NOUN" and _is_clause(token):
            if head.lemma_.lower() not in words["facts"]:
                return False
        elif (dep == "xcomp" and head.lemma_.lower() in words["irrealis_governors"]) or (
            dep in ("advcl", "relcl", "acl", "pcomp", "xcomp") and head.pos_ in VERBS and _is_unreal(head, words)
        ):
            return False
        token = head
    return True


def _has_own_clause(verb: Token) -> bool:
    """Whether a joined verb has a subject or helper of its own, so that a "not" or "would" before does not reach it."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children)


def _is_clause(verb: Token) -> bool:
    """ "The claim that he sold it": a clause of its own, no participle ("a ship sold in May")."""
    return any(child.dep_ in ("mark", "nsubj", "nsubjpass") for child in verb.children)


def _is_unreal(verb: Token, words: EventWords) -> bool:
    return any(
        (child.tag_ == "MD" and child.dep_ == "aux") or (child.dep_ == "mark" and child.lower_ in words["unreal_marks"])
        for child in verb.children
    )


def _reports(governor: Token, words: EventWords) -> bool:
    """Whether a clause that hangs on a verb is told as true: "said that", not "denied that", "if he said that"."""
    if governor.pos_ not in VERBS:
        return True
    lemma = governor.lemma_.lower()
    if lemma not in words["neutral_reports"] and lemma not in words["factive"]:
        return False
    return not _is_negated(governor, words)


def _is_past(top: Token, helpers: set[str], words: EventWords) -> bool:
    tag = top.tag_
    if tag == "VBD":
        return True
    if tag == "VBN":
        if helpers & words["past_helpers"]:
            return True
        if helpers & words["present_helpers"]:
            return False  # "houses are sold by agents": a state or habit
        if top.dep_ == "conj" and top.head.pos_ in VERBS and top.head != top:
            above = {child.lower_ for child in top.head.children if child.dep_ in ("aux", "auxpass")}
            return "to" not in above and _is_past(top.head, above, words)
        # "Shares plunged by 18 percent": the parse mistakes one past for the other.
        misread = top.dep_ == "ROOT" and not helpers and any(child.dep_ == "nsubj" for child in top.lefts)
        return misread or top.dep_ in ("relcl", "conj", "acl")
    return tag == "VBG" and bool(helpers & {"was", "were", "been"})


def _tells_in_present(scene: Scene, paragraph: Paragraph, verb: Token) -> bool:
    """Headlines, standfirsts, captions and the dated entries of a chronology tell so what has happened."""
    return paragraph.role in HEADINGS or entry_day(scene, paragraph, verb) is not None


def _is_told(top: Token, helpers: set[str]) -> bool:
    """Whether a verb is in the tense of headlines."""
    if top.tag_ in ("VBZ", "VBP"):
        return True
    return top.tag_ == "VBN" and (bool(helpers) or top.dep_ in ("ROOT", "conj"))


def _is_done(scene: Scene, paragraph: Paragraph, governor: Token, words: EventWords) -> bool:
    """The infinitive of "managed to", "went on to", "began to" happened; that of most others did not."""
    if governor.lemma_.lower() not in words["accomplished"] or _is_negated(governor, words):
        return False
    helpers = {child.lower_ for child in governor.children if child.dep_ in ("aux", "auxpass")}
    told = _is_past(governor, helpers, words) or (
        _is_told(governor, helpers) and _tells_in_present(scene, paragraph, governor)
    )
    return told and _stands(scene, paragraph, governor, words)


# --- nouns ---------------------------------------------------------------------------------------------------------


def is_supposed(noun: Token, words: EventWords) -> bool:
    """Whether a noun names no event that has happened: "no deal", "a planned visit", "fears of an attack"."""
    for child in noun.children:
        if child.lower_ in words["unreal_adjectives"]:
            return True
    governor = noun.head
    if noun.dep_ == "pobj":
        if governor.lower_ in words["unreal_prepositions"]:
            return True
        if governor.head.pos_ == "NOUN" and governor.head.lemma_.lower() in words["unreal_nouns"]:
            return True
    verb = governor.head if noun.dep_ == "pobj" else governor
    if verb.pos_ not in VERBS:
        return False
    if noun.dep_ in ("dobj", "pobj") and verb.lemma_.lower() in words["unreal_objects"]:
        return True
    if any((child.tag_ == "MD" and child.dep_ == "aux") or child.dep_ == "neg" for child in verb.children):
        return True
    return verb.tag_ == "VB" and noun.dep_ in ("dobj", "pobj") and not _helped_by_do(verb)


def _helped_by_do(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "do" for child in verb.children)
