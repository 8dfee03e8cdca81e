"""What grammar says of a name and a word that may refer back to it: which is a subject, which cannot be the other."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.names import word_list

REFLEXIVES = frozenset({"himself", "herself"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


def is_subject(token: Token) -> bool:
    first = head_of_conjuncts(token)
    return first.dep_ in SUBJECTS or (first.dep_ == "pobj" and first.head.dep_ == "agent")


def clause_of(token: Token) -> Token:
    """The verb whose subject or object a word is."""
    head = head_of_conjuncts(token).head
    while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    return head


def head_of_conjuncts(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" and child.i > verb.i for child in verb.children)


def is_passing(token: Token) -> bool:
    """Whether a body is only what something is of: "investors lost money on shares of X"."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and not is_subject(token.head.head)


def is_fronted(other: Token) -> bool:
    """Whether a name stands before the subject of its sentence: "From Smith's point of view, he ..."."""
    root = clause_of(other)
    subject = next((child for child in root.children if child.dep_ in SUBJECTS), None)
    return root.head == root and subject is not None and other.i < subject.left_edge.i


def subject_ahead(token: Token) -> list[Token]:
    """The subject that a pronoun before it means, with its appositions: "In his speech, Smith ..."."""
    phrase = token
    while phrase.head.i != phrase.i and phrase.dep_ not in ("prep", "advcl") and phrase.pos_ != "VERB":
        phrase = phrase.head
    while phrase.head.dep_ in ("prep", "advcl", "pobj", "pcomp") and phrase.head.i != phrase.i:
        phrase = phrase.head
    root = phrase.head
    if phrase.dep_ not in ("prep", "advcl") or root.dep_ != "ROOT" or phrase.i > root.i:
        return []
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    start = token.sent.start
    if subject is None or subject.i < token.i or phrase.left_edge.i > start + 1 or token.dep_ not in ("poss", "nsubj"):
        return []
    return [subject, *(child for child in subject.children if child.dep_ == "appos")]


def is_trailing_attribution(subject: Token) -> bool:
    """Whether a subject only says at the end what somebody else did: "Smith fled, Jones said"."""
    verb = clause_of(subject)
    if verb.lemma_.lower() not in saying() or any(token.text == '"' for token in verb.subtree):
        return False
    return any(child.dep_ == "ccomp" and child.i < subject.i for child in verb.children)


def governor(verb: Token) -> Token | None:
    """The verb with a subject of its own that a clause hangs on: "warned" over "he was not"."""
    return next((one for one in verb.ancestors if any(child.dep_ in SUBJECTS for child in one.children)), None)


def governs(verb: Token, token: Token) -> bool:
    return any(ancestor.i == verb.i for ancestor in token.ancestors)


def forbidden(other: Token, token: Token) -> bool:
    """Whether grammar keeps a pronoun apart from a name of its own sentence."""
    if token.lower_ in REFLEXIVES:
        return False
    if token.dep_ == "poss":
        # "Smith's brother and his ..." may be; "his" inside the name's own phrase may not.
        return other.i in {t.i for t in token.head.subtree} and token.head.i == other.i
    mine, theirs = clause_of(token), clause_of(other)
    if mine.i == theirs.i and is_subject(token) != is_subject(other):
        # Subject and object of one verb are two people; a possessor or the name in a phrase before the verb is free.
        return (
            other.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "iobj")
            and other.i < token.i
            and (is_subject(other) or not _fronted(other, mine))
        )
    return False


def _fronted(other: Token, verb: Token) -> bool:
    """ "According to Smith, he ..." and "With Jones gone, he ...": the name stands before the verb's subject."""
    return other.i < verb.i


def saying() -> frozenset[str]:
    return word_list("en", "saying.txt")
