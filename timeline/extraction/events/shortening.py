"""A long headline cut to its core: what happened, without the circumstances that stand beside it.

Nothing is cut that the deed would say more without: no condition, no denial, no object, no "in Florida" behind a win.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from timeline.extraction.events.words import event_words

# Words from which a title is long. A title of a sentence of news has eight in the median.
LONG = 8
# Beyond this what follows "after" is cut even where the clause has no verb of its own.
VERY_LONG = 12
OBJECTS = frozenset({"dobj", "obj", "attr", "acomp", "oprd"})


def shorten(doc: Doc, first: int, predicate: Token, last: int) -> int:
    """The last word of the shortened clause that runs from `first` to `last` (token numbers, inclusive)."""
    words = event_words()
    if _length(doc, first, last) > VERY_LONG:
        order = words["after"] | words["before"] | words["meanwhile"]
        cut = next((t.i - 1 for t in doc[predicate.i + 1 : last + 1] if t.lower_ in order), last)
        last = cut if cut >= predicate.i else last
    while _length(doc, first, last) > LONG:
        starts = [_begin(doc, t) for t in doc[predicate.i + 1 : last + 1] if _may_go(doc, t, predicate, last)]
        if not starts:
            break
        last = max(starts) - 1
        while last > predicate.i and ((doc[last].is_punct and not doc[last].is_quote) or doc[last].pos_ == "CCONJ"):
            last -= 1
    return last


def _begin(doc: Doc, token: Token) -> int:
    """Where a piece begins; "for first time in ten years" is one, though "in ten years" may hang elsewhere."""
    edge = token.left_edge.i
    if doc[edge - 1].lower_ in ("time", "times"):
        return next((t.i for t in reversed(doc[max(edge - 4, 0) : edge]) if t.lower_ == "for"), edge)
    return edge


def _length(doc: Doc, first: int, last: int) -> int:
    return len(doc[first : last + 1].text.split())


def _may_go(doc: Doc, token: Token, predicate: Token, last: int) -> bool:
    """Whether a word heads something at the end of the clause that the deed can be told without."""
    if token.right_edge.i < last or token.left_edge.i <= predicate.i + 1:
        return False
    if predicate.lemma_.lower() in event_words()["indicating"]:
        return False  # "finds population at its height": that is what was found
    if any(t.lower_ in event_words()["limits"] or t.dep_ == "neg" for t in token.subtree):
        return False
    before = doc[predicate.i + 1 : token.left_edge.i]
    if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
        return token.head == predicate and token.left_edge.i > token.head.i + 1 and bool(len(before) > 1)
    complete = any(t.dep_ in OBJECTS for t in before) or predicate.tag_ in ("VBN", "VBD")
    if token.dep_ == "advcl" and token.tag_ == "VB":
        return complete and any(t.lower_ == "to" for t in token.lefts)
    if _is_ranked(before):
        return False
    return (
        token.dep_ == "prep"
        and complete
        and _clause_of(token) in (predicate, *predicate.conjuncts)
        and _is_circumstance(token, predicate)
    )


def _is_ranked(words: Span) -> bool:
    """ "The largest in ten years", "first state in the north": without its bounds it would be the largest of all."""
    following = [*(t.lower_ for t in words[1:]), ""]
    return any(
        t.tag_ in ("JJS", "RBS") or (t.lower_ in ("first", "last", "only") and after not in ("time", "times"))
        for t, after in zip(words, following, strict=True)
    )


def _clause_of(token: Token) -> Token:
    """The verb above a word, or the top of the sentence; a headline's predicate may be taken for a noun."""
    while token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return token


def _is_circumstance(prep: Token, predicate: Token) -> bool:
    """A time, a place or a manner: "at wet Grand Prix", "for first time", "with truck bomb", "by storming home"."""
    words = event_words()
    kind = prep.lower_
    if kind not in words["circumstances"] | {"for", "with", "by", "on"}:
        return False
    below = [t for t in prep.subtree if t != prep]
    named = any(t.ent_type_ in ("PERSON", "ORG", "NORP") or t.pos_ == "PROPN" for t in below)
    timed = any(t.ent_type_ in ("DATE", "TIME") or t.lower_ in ("time", "times") for t in below)
    if kind == "for" or kind == "on":
        return timed
    if kind == "with":
        return not named and any(t.dep_ in ("dobj", "obj") and t.i < prep.i for t in predicate.children)
    if kind == "by":
        return any(t.dep_ == "pcomp" for t in prep.children)
    placed = any(t.ent_type_ in ("GPE", "LOC") for t in below)
    if kind == "at" and prep.head.pos_ == "NOUN" and prep.head != predicate and not (placed or named or timed):
        return False  # "finds numbers at a new high": without it the noun alone is said to be found
    if placed and prep.head.pos_ == "NOUN" and prep.head.dep_ == "pobj" and prep.head.tag_ == "NN":
        return False  # "against war in Malta": not against any war
    return not (placed and predicate.lemma_.lower() in words["contests"])
