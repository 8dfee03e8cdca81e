"""Forms of English verbs: base, present and past participle, and whether their subject is one or several."""

from __future__ import annotations

import re

from spacy.tokens import Token

IRREGULAR = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do"), "go": ("goes", "go")}


def present(lemma: str, *, plural: bool) -> str:
    """A verb in the present tense, third person."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma][plural]
    if plural:
        return lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


PARTICIPLES = {"shoot": "shot", "strike": "struck", "fight": "fought", "overthrow": "overthrown", "sue": "sued",
               "meet": "met", "sell": "sold", "buy": "bought", "take": "taken", "ban": "banned", "stab": "stabbed",
               "kidnap": "kidnapped", "acquit": "acquitted", "indict": "indicted", "hit": "hit"}  # fmt: skip


def participle(lemma: str) -> str:
    if lemma in PARTICIPLES:
        return PARTICIPLES[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def base_of(verb: Token) -> str:
    """The base form of a verb, where that of the model gives no such past: "hop" for "hoped", "cordone"."""
    lemma, text = verb.lemma_.lower(), verb.lower_
    if verb.tag_ not in ("VBD", "VBN") or not text.endswith("ed"):
        return lemma
    vocabulary, stem = verb.doc.vocab, text[:-2]
    if lemma == stem + "e" and not vocabulary[lemma].has_vector and vocabulary[stem].has_vector:
        return stem
    return lemma + "e" if lemma == stem and DOUBLED.fullmatch(lemma) else lemma


# Verbs that double their last letter before "ed", where they have no "e" of their own.
DOUBLED = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


def several(verb: Token) -> bool | None:
    """Whether the verb of the source says that its subject is several: "were sold", not "was sold"; None where its
    form does not tell."""
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.i < verb.i:
            if child.lower_ in ("are", "were", "have", "'re", "'ve"):
                return True
            if child.lower_ in ("is", "was", "has"):
                return False
    if verb.tag_ == "VBZ":
        return False
    return True if verb.lower_ == "were" else False if verb.lower_ == "was" else None
