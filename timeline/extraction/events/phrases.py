"""Noun phrases for titles: canonical names, and the words of the source without what hangs on them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.scene import Scene, conjoined
from timeline.extraction.events.words import event_words
from timeline.vocabulary import ActorKind, MentionForm

MAX_WORDS = 16


def phrase_of(scene: Scene, candidate: Candidate, head: Token) -> str:
    """A noun phrase: canonical names for those that are only a name, else its own words without relative clauses."""
    if head.lower_.endswith(("self", "selves")):
        return head.lower_
    actors = scene.actors_of(candidate.paragraph, head)
    parts = conjoined(head)
    if actors and len(actors) == len(parts) and all(part.pos_ in ("PROPN", "PRON") for part in parts):
        return listed([_called(scene, key) for key in actors])
    if head.pos_ == "PRON" and not actors:
        return head.lower_
    return plain(scene, candidate, head)


def _called(scene: Scene, key: str) -> str:
    """A name inside a sentence: with its article, where this or any text writes it: "the United States"."""
    actor = scene.cast.by_key[key]
    if actor.kind is ActorKind.PERSON or actor.name.lower().startswith("the "):
        return actor.name
    text = scene.document.text
    own = (m.span for m in actor.mentions if m.span.text == actor.name)
    articled = any(text[max(span.start - 4, 0) : span.start].lower() == "the " for span in own)
    return f"the {actor.name}" if articled or actor.name.startswith("United ") else actor.name


def plain(scene: Scene, candidate: Candidate, head: Token) -> str:
    """The words of a noun phrase as they stand, up to the first clause or apposition that hangs on it; '' where that
    leaves out one of those that "and" joins to it."""
    keep: list[Token] = [head]
    cut = _gather(scene, candidate, head, head, keep)
    keep = sorted((token for token in keep if token.i < cut), key=lambda token: token.i)
    doc = candidate.paragraph.doc
    if _is_cut_inside(doc, keep):
        return ""
    text = ""
    last = None
    for token in keep:
        if last is not None and all(t.is_punct and not t.is_quote for t in doc[last.i + 1 : token.i]):
            # The comma of a list, the hyphen of a compound.
            text += last.whitespace_
            text += "".join(t.text_with_ws for t in doc[last.i + 1 : token.i])
        elif last is not None:
            if not all(_may_miss(scene, candidate, t) for t in doc[last.i + 1 : token.i]):
                return text.strip(" ,;") if head.i <= last.i else ""
            text += " "
        text += _full_name(scene, candidate, token) or _source(scene, candidate, token)
        last = token
    return text.strip(" ,;")


def _full_name(scene: Scene, candidate: Candidate, token: Token) -> str:
    """The name of a person or body that the text calls for short within a phrase: "condolences for Jobs", "shares in
    GM"; '' for other words, and in "the Obama administration"."""
    if token.pos_ != "PROPN" or scene.is_outside(candidate.paragraph):
        return ""
    doc = candidate.paragraph.doc
    beside = (doc[at] for at in (token.i - 1, token.i + 1) if 0 <= at < len(doc))
    if token.dep_ in ("compound", "nmod", "amod") or any(t.pos_ == "PROPN" or t.text in "-&/" for t in beside):
        return ""
    found = scene.cast.at(candidate.paragraph.offset(token))
    if found is None or found[1].form is not MentionForm.NAME or found[1].span.text != token.text:
        return ""
    kind, name = found[0].kind, found[0].name
    letters = kind is ActorKind.ORGANISATION and token.text.isupper() and len(name.split()) <= LONGEST_BODY
    surname = kind is ActorKind.PERSON and token.text == name.split()[-1]
    return name if letters or surname else ""


# Words in the name of a body that is written out where the text has only its letters.
LONGEST_BODY = 4


def _may_miss(scene: Scene, candidate: Candidate, token: Token) -> bool:
    """Whether a word may be left out in the midst of a phrase: a mark, or one that tells the time."""
    return token.is_punct or token.pos_ in ("ADP", "DET", "ADV") or is_time(scene, candidate, token)


def _is_cut_inside(doc: Doc, keep: list[Token]) -> bool:
    """Whether a phrase ends within a name or compound: the "truck driver" of "truck driver Ann Lee", "center-"."""
    if not keep or keep[-1].i + 1 >= len(doc):
        return not keep
    last, following = keep[-1], doc[keep[-1].i + 1]
    if not last.whitespace_:
        return following.text == "-" or following.is_alpha
    named = following.pos_ == "PROPN" and following.ent_type_ not in ("DATE", "TIME")
    return named and last.pos_ in ("NOUN", "PROPN", "ADJ") and following.head.i >= following.i


DROPPED = frozenset({"relcl", "acl", "advcl", "parataxis", "appos", "ccomp", "punct", "tmod", "npadvmod", "dep"})
BESIDES = frozenset({"after", "before", "since", "during", "including", "amid", "following", "despite"})


def _gather(scene: Scene, candidate: Candidate, token: Token, head: Token, keep: list[Token]) -> int:
    """Collect what belongs to a phrase; the number of the word at which it must end."""
    cut = len(token.doc)
    for child in token.children:
        if _is_purpose(child):
            keep.extend(child.subtree)
            continue
        called = child.dep_ == "appos" and child.left_edge.i == token.i + 1  # "truck driver Ann Lee"
        if child.dep_ in DROPPED and not called and not _is_joined(child, head):
            if child.dep_ not in ("punct", "tmod", "npadvmod") and child.i > token.i:
                cut = min(cut, child.left_edge.i)
            continue
        if _only_tells_time(scene, candidate, child):
            continue
        if child.dep_ == "prep" and child.lower_ in BESIDES:
            cut = min(cut, child.left_edge.i)
            continue
        aged = child.dep_ == "amod" and any(t.text == "-" for t in child.subtree)  # "month-old"
        timed = child.dep_ not in ("compound", "nummod", "npadvmod", "punct") and not aged
        if timed and is_time(scene, candidate, child):
            continue
        keep.append(child)
        cut = min(cut, _gather(scene, candidate, child, head, keep))
    return cut


def _is_joined(token: Token, head: Token) -> bool:
    """The "five", "-" and "year" of "five-year-old boy": words that hyphens join to one before the noun."""
    if token.dep_ not in ("punct", "npadvmod", "acl", "advcl") or token.i > head.i:
        return False
    if token.dep_ == "punct":
        return token.text == "-" and not token.whitespace_
    doc = token.doc
    return doc[token.right_edge.i + 1].text == "-" and not token.right_edge.whitespace_


def _is_purpose(clause: Token) -> bool:
    """The "to launch a car" of "plans to launch a car": what the plan is."""
    short = clause.right_edge.i - clause.head.i <= MAX_WORDS + 2
    return (
        clause.dep_ in ("acl", "relcl")
        and clause.tag_ == "VB"
        and clause.head.lemma_.lower() in event_words()["purposes"]
        and short
        and any(c.lower_ == "to" and c.i == clause.head.i + 1 for c in clause.lefts)
    )


def _only_tells_time(scene: Scene, candidate: Candidate, token: Token) -> bool:
    """The "late on" of "the explosion late on Thursday", the "of" of "the election of 2019"."""
    if token.dep_ not in ("prep", "advmod"):
        return False
    below = [t for t in token.subtree if t != token and t.dep_ != "prep"]
    return bool(below) and all(is_time(scene, candidate, t) or t.dep_ == "det" for t in below)


def _source(scene: Scene, candidate: Candidate, token: Token) -> str:
    """The word as the document writes it, curly marks and all."""
    if scene.is_outside(candidate.paragraph):
        return token.text
    start = candidate.paragraph.offset(token)
    return scene.document.text[start : start + len(token.text)]


def is_time(scene: Scene, candidate: Candidate, token: Token) -> bool:
    if token.ent_type_ in ("DATE", "TIME"):
        return True
    if scene.is_outside(candidate.paragraph):
        return False
    at = candidate.paragraph.offset(token)
    return any(t.span.start <= at < t.span.end for t in scene.times_in(candidate.paragraph))


def run_of(scene: Scene, candidate: Candidate, first: int, last: int) -> str:
    """A run of words as the document writes them."""
    doc = candidate.paragraph.doc
    if first + 1 < last and doc[last].dep_ == "pobj" and is_time(scene, candidate, doc[last]):
        last = doc[last].head.i - 1 if doc[last].head.i > first + 1 else last  # "… too late on Monday"
    text = "".join(_source(scene, candidate, token) + token.whitespace_ for token in doc[first : last + 1])
    return " ".join(text.split()).strip(" ,;:.")


def listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def first_upper(text: str) -> str:
    """A capital at the start, but of "iPhone"."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]
