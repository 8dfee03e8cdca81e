"""What is told by a sentence and is no event: states, habits, scores and the small doings of a story."""

from __future__ import annotations

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.words import event_words

SHARES = frozenset({"percent", "%", "point", "points", "percentage"})
CARRYING = frozenset({"hold", "have", "receive", "get", "own", "poll", "win", "draw", "score", "earn", "take", "gain"})


def is_trifle(candidate: Candidate) -> bool:
    """ "Wakes up", "boards the plane", "is based in Lyon", "holds 33 percent": nothing for a chronology."""
    verb = candidate.token
    lexicon = event_words()
    lemma = verb.lemma_.lower()
    if candidate.passive:
        return lemma in lexicon["settled"] or lemma in lexicon["no_deeds"]
    forms = {lemma}
    for child in verb.rights:
        if child.dep_ in ("prt", "prep", "acomp", "advmod"):
            forms.add(f"{lemma} {child.lower_}")
        elif child.dep_ in ("dobj", "obj", "attr"):
            forms.add(f"{lemma} {child.lemma_.lower()}")
            if lemma in CARRYING and (child.lower_ in SHARES or child.text.endswith("%")):
                return True
            if lemma == "turn" and child.like_num:
                return True
    alone = candidate.family is None
    return bool(forms & lexicon["trifles"]) and (alone or lemma not in lexicon["trifles"])
