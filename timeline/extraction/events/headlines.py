"""The main clause of the headline: what the article says has happened, in the words of the one who wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import BlockRole

BREAKS = frozenset({":", ";", ".", "|", "?", "!", "…", "..."})
DASHES = frozenset({"-", "–", "—", "--"})
QUOTES = frozenset({"'", '"'})
GUESSES = frozenset({"may", "might", "could", "should", "would"})
FIRST_PERSON = frozenset({"i", "me", "my", "we", "our"})


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """A clause of the title. `word` is its predicate, or its event noun where nobody does anything ("Explosion in …").

    `bare` is a participle without its verb ("Driver arrested"), `planned` something still to come ("set to …").
    """

    paragraph: Paragraph
    word: Token
    first: int
    last: int
    bare: bool = False
    nominal: bool = False
    planned: bool = False

    def text(self, scene: Scene) -> str:
        """The clause as written, with "is" or "are" before a bare participle."""
        doc = self.paragraph.doc
        start, end = doc[self.first].idx, doc[self.last].idx + len(doc[self.last])
        original = _original(scene, self.paragraph)
        text = original[start:end]
        if self.bare:
            at = self._verb_group().idx - start
            text = f"{text[:at]}{'are' if self._is_plural() else 'is'} {text[at:]}"
        text = _balanced(" ".join(text.split()).strip(" ,;:–—-.|"))
        return text[:1].upper() + text[1:]

    def _verb_group(self) -> Token:
        """The participle or the first of what qualifies it: "seriously injured", "red-flagged"."""
        doc, first = self.paragraph.doc, self.word.i
        while first - 1 > self.first and (
            doc[first - 1].pos_ == "ADV" or not doc[first - 1].whitespace_ or doc[first - 1].text == "-"
        ):
            first -= 1
        return doc[first]

    def _is_plural(self) -> bool:
        doc = self.paragraph.doc
        phrase = list(doc[self.first : self._verb_group().i])
        last = phrase[-1] if phrase else None
        cut = next((n for n, t in enumerate(phrase) if t.tag_ == "IN" and n), len(phrase))
        head = phrase[cut - 1] if phrase[:cut] else last
        if any(t.lower_ == "and" for t in phrase):
            return True
        return head is not None and (head.tag_ in ("NNS", "NNPS", "CD") or head.lower_ in MANY)


MANY = frozenset({"several", "many", "dozens", "hundreds", "thousands", "scores", "police", "people", "others", "both"})


def find_headline(scene: Scene) -> Headline | None:
    """The clause of the title that says what happened; None where it asks, quotes or only names a subject."""
    paragraph = scene.headline or next((p for p in scene.paragraphs if p.role is BlockRole.TITLE), None)
    if paragraph is None:
        return None
    words = event_words()
    quoted = _quoted(paragraph.doc)
    best: tuple[int, Headline] | None = None
    for first, last, asked in _segments(paragraph.doc, quoted):
        found = _read(paragraph, first, last, quoted, words) if not asked else None
        if found is None:
            continue
        worth = 0 if found.nominal else 1
        if best is None or worth > best[0]:
            best = (worth, found)
    return best[1] if best else None


def _original(scene: Scene, paragraph: Paragraph) -> str:
    if scene.is_outside(paragraph):
        return scene.document.title or ""
    return scene.document.text[paragraph.start : paragraph.end]


def _balanced(text: str) -> str:
    """Without a quotation that the cut has left open."""
    for first, second in (("‘", "’"), ("“", "”"), ('"', '"')):
        if (first == second and text.count(first) % 2) or (first != second and text.count(first) > text.count(second)):
            text = text[: text.rindex(first)]
    return text.strip(" ,;:–—-")


def _quoted(doc: Doc) -> set[int]:
    """The tokens inside quotation marks; an apostrophe opens none."""
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for token in doc:
        if token.text not in QUOTES:
            continue
        if opened is None:
            if token.i == 0 or doc[token.i - 1].whitespace_ or doc[token.i - 1].is_punct:
                opened = (token.i, token.text)
        elif token.text == opened[1]:
            inside.update(range(opened[0], token.i + 1))
            opened = None
    if opened is not None:
        inside.update(range(opened[0], len(doc)))
    return inside


def _segments(doc: Doc, quoted: set[int]) -> Iterator[tuple[int, int, bool]]:
    """The parts between colons, dashes and full stops: first and last token, and whether it is a question."""
    words = event_words()
    start = 0
    for token in doc:
        ends = token.i == len(doc) - 1
        dash = token.text in DASHES and token.i > 0 and bool(doc[token.i - 1].whitespace_)
        breaks = token.i not in quoted and (token.text in BREAKS or dash)
        if not (ends or breaks):
            continue
        last = token.i - 1 if breaks else token.i
        if last >= start:
            asked = token.text == "?" or doc[start].lower_ in words["questions"]
            yield start, last, asked
        start = token.i + 1


def _read(paragraph: Paragraph, first: int, last: int, quoted: set[int], words: EventWords) -> Headline | None:
    doc = paragraph.doc
    # "'I was wrong' Smith tells court": the quotation is not the clause.
    while first < last and first in quoted:
        first += 1
    if first >= last or doc[first : last + 1].text.casefold() in words["bulletin"]:
        return None
    if _opens_another(doc[first], words):
        # "After the showdown, Putin signals …": what came before is fronted.
        first = next((t.i + 1 for t in doc[first:last] if t.text == "," and t.i not in quoted), first)
    stop = _stop(doc, first + 1, last, words)
    predicate = _predicate(doc, first, stop, quoted, words)
    if predicate is not None:
        token, bare = predicate
        if _is_guess(token) or any(t.tag_ in ("PRP", "PRP$") and t.lower_ in FIRST_PERSON for t in doc[first:stop]):
            return None
        planned = _is_planned(token, words)
        end = _end(doc, token, last, quoted, words)
        if bare and token.lower_ in words["verbless"]:
            end = last
        return Headline(paragraph, token, first, end, bare=bare, planned=planned)
    noun = _event_noun(doc, first, stop, words)
    if noun is None:
        return None
    return Headline(paragraph, noun, first, _end(doc, noun, last, quoted, words), nominal=True)


def _stop(doc: Doc, first: int, last: int, words: EventWords) -> int:
    """Where the main clause ends at the latest: before "after", "as", "amid"."""
    return next((t.i - 1 for t in doc[first : last + 1] if _opens_another(t, words)), last)


def _opens_another(token: Token, words: EventWords) -> bool:
    """ "as" goes on in "named as host", and starts anew in "as markets fall"."""
    if token.lower_ == "as":
        return not any(t.lemma_.lower() in words["as_verbs"] for t in token.doc[: token.i])
    return token.lower_ in words["after"] | words["before"] | words["meanwhile"]


def _predicate(doc: Doc, first: int, stop: int, quoted: set[int], words: EventWords) -> tuple[Token, bool] | None:
    """The verb of the clause, and whether it is a participle that lacks its own ("Driver arrested")."""
    for token in doc[first + 1 : stop + 1]:
        if token.i in quoted or (token.dep_ in ("relcl", "amod") and not _ends_phrase(token, stop)):
            continue
        if token.lower_ in words["verbless"] and token.head.pos_ not in ("VERB", "AUX"):
            return token, True
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ in ("aux", "auxpass") and token.head.i > token.i and token.head.i <= stop:
            return token.head, False
        if doc[token.i - 1].lower_ == "to" and token.tag_ == "VB":
            # "X to buy Y": a plan, said by the infinitive alone.
            return (token, False) if token.dep_ == "ROOT" or token.head.i >= token.i else None
        if any(child.lower_ in ("who", "that", "which") for child in token.children if child.i < token.i):
            continue
        if token.tag_ == "VBZ" and (earlier := _mistaken(doc, first, token.i - 1, words)) is not None:
            return earlier, False
        if token.tag_ == "VBZ" or (token.tag_ == "VBP" and token.dep_ != "amod"):
            return _stage_verb(doc, token, first, words) or token, False
        if token.tag_ in ("VBN", "VBD"):
            if token.dep_ == "acl" and token.head.dep_ not in ("ROOT", "conj", "nsubj", "npadvmod"):
                continue
            helped = any(child.dep_ in ("aux", "auxpass") for child in token.children)
            has_object = any(child.dep_ in ("dobj", "dative") for child in token.children)
            particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
            lemma = f"{token.lemma_.lower()} {particle}".strip()
            known = token.tag_ == "VBN" or lemma in words["headline_participles"]
            passive = known and not helped and not has_object
            return token, passive
        if token.tag_ == "VBG" and token.i < stop and token.dep_ in ("ROOT", "acl"):
            helped = any(child.dep_ == "aux" for child in token.children)
            if helped or token.head.dep_ == "ROOT":
                return token, not helped
        if token.tag_ == "VB" and token.dep_ == "ROOT" and token.i < stop:
            return _stage_verb(doc, token, first, words) or token, False
    mistaken = _mistaken(doc, first, stop, words)
    return (mistaken, False) if mistaken is not None else None


def _ends_phrase(token: Token, stop: int) -> bool:
    """ "GP red-flagged after crash": a participle with nothing behind it to describe."""
    return token.tag_ == "VBN" and (token.i == stop or token.doc[token.i + 1].tag_ == "IN")


def _mistaken(doc: Doc, first: int, stop: int, words: EventWords) -> Token | None:
    """ "Massa crashes", "A and B sign deal", "Russia, China back plan": a verb taken for a noun, as headlines drop
    their articles."""
    for token in doc[first + 1 : stop + 1]:
        if token.pos_ not in ("NOUN", "PROPN", "ADV", "ADP", "ADJ") or doc[token.i - 1].pos_ != "PROPN":
            continue
        text = token.lower_
        lemma = text if text in words.verbs or text in words["light_verbs"] else token.lemma_.lower()
        if lemma not in words.verbs and lemma not in words["light_verbs"]:
            continue
        several = any(t.lower_ == "and" or t.text == "," for t in doc[first : token.i])
        following = doc[token.i + 1] if token.i < stop else None
        if text != lemma and (following is None or following.pos_ != "NOUN" or token.dep_ == "ROOT"):
            return token
        if text == lemma and several and following is not None and following.pos_ in ("NOUN", "ADJ", "NUM", "PROPN"):
            return token
    return None


def _stage_verb(doc: Doc, token: Token, first: int, words: EventWords) -> Token | None:
    """The "stages" of "Gaga stages protest", which the parse reads as a protest of stages."""
    if token.i - 1 <= first or token.lower_ not in words.nouns:
        return None
    before = doc[token.i - 1]
    return before if before.tag_ == "NNS" and before.lemma_.lower() in words["light_verbs"] else None


def _is_guess(token: Token) -> bool:
    return any(child.tag_ == "MD" and child.lower_ in GUESSES for child in token.children)


def _is_planned(token: Token, words: EventWords) -> bool:
    if token.tag_ == "VB" and token.doc[token.i - 1].lower_ == "to":
        return True
    if any(child.tag_ == "MD" for child in token.children):
        return True
    return token.lemma_.lower() in words["plan_verbs"] and any(
        child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.children) for child in token.children
    )


def _event_noun(doc: Doc, first: int, stop: int, words: EventWords) -> Token | None:
    found = [t for t in doc[first : stop + 1] if t.lemma_.lower() in words.nouns or t.lower_ in words.nouns]
    # "An insider's view of the attacks" is about no attack of its own.
    found = [t for t in found if t.dep_ != "pobj" or t.head.head.lemma_.lower() in words.nouns]
    return next((t for t in found if t.dep_ == "ROOT"), found[-1] if found else None)


def _end(doc: Doc, predicate: Token, last: int, quoted: set[int], words: EventWords) -> int:
    """The last word of the clause: before a comma that lists nothing, or before "after"."""
    for token in doc[predicate.i + 1 : last + 1]:
        if token.i in quoted:
            continue
        if _opens_another(token, words):
            if predicate.lemma_.lower() in words["light_verbs"] and token.i == predicate.i + 1:
                continue  # "were made before the clash": the order is the news
            return _without_span(doc, token.i - 1, predicate.i)
        if token.text == "," and not _is_list(token) and not _is_attribution(doc, token.i, last, words):
            return token.i - 1
    return last


def _without_span(doc: Doc, end: int, floor: int) -> int:
    """Without the "three days" of "three days after"."""
    while end > floor and (doc[end].ent_type_ in ("DATE", "TIME") or doc[end].dep_ in ("punct", "npadvmod")):
        end -= 1
    return end


def _is_attribution(doc: Doc, comma: int, last: int, words: EventWords) -> bool:
    """ ", minister says", ", say scientists": who claims it stays in the title."""
    rest = doc[comma + 1 : last + 1]
    return 1 < len(rest) <= 6 and bool({rest[0].lemma_.lower(), rest[-1].lemma_.lower()} & words["attributions"])


def _is_list(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 4]
    if len(following) and following[0].pos_ == "ADJ" and comma.i and comma.doc[comma.i - 1].pos_ == "ADJ":
        return True  # "a new, faster phone"
    return any(t.dep_ == "conj" for t in following)
