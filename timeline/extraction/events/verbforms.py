"""Forms of English verbs: the present of the third person, and the past participle."""

from __future__ import annotations

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
