"""The main clause of the headline: what the article says has happened, in the words of the one who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from timeline.extraction.actors.described import kind_described
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.shortening import shorten
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.names import titles
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, BlockRole

BREAKS = frozenset({":", ";", ".", "|", "?", "!", "…", "..."})
DASHES = frozenset({"-", "–", "—", "--"})
QUOTES = frozenset({"'", '"'})
GUESSES = frozenset({"may", "might", "could", "should", "would"})
ABLE = frozenset({"can"})
FIRST_PERSON = frozenset({"i", "me", "my", "we", "our", "us"})
# Words of a title in quotation marks, with the marks: "'The Big Show' opens".
NAME = 7
# How much may follow "after" in a title.
SHORT = 9
# "Chrysler <C>": a company's sign at the exchange; and signs without width.
TICKER = re.compile(r" ?<[A-Za-z.]{1,6}>|[\u200b-\u200f\ufeff]")


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """A clause of the title. `word` is its predicate, or its event noun where nobody does anything ("Explosion in …").

    `bare` is a participle without its verb ("Driver arrested"), `planned` something still to come ("set to …"), `by`
    who the headline says it by name behind a dash ("… – prosecutors").
    """

    paragraph: Paragraph
    word: Token
    first: int
    last: int
    bare: bool = False
    nominal: bool = False
    planned: bool = False
    by: tuple[Token, Token] | None = None

    def text(self, scene: Scene) -> str:
        """The clause as written, shortened where it is long, with "is" or "are" before a bare participle."""
        doc = self.paragraph.doc
        last = self.last if self.nominal else shorten(doc, self.first, self.word, self.last)
        start, end = doc[self.first].idx, doc[last].idx + len(doc[last])
        original = _original(scene, self.paragraph)
        text = original[start:end]
        helped = self._lacking()
        if helped is not None:
            at = helped.idx - start
            text = f"{text[:at]}{'are' if self._is_plural(helped) else 'is'} {text[at:]}"
        text = _balanced(" ".join(TICKER.sub("", text).split()).strip(" ,;:–—-.|"))
        if self.by is not None:
            who = original[self.by[0].idx : self.by[1].idx + len(self.by[1])]
            many = self.by[1].tag_ in ("NNS", "NNPS") or self.by[1].lower_ in MANY
            text = f"{text}, {who} {'say' if many else 'says'}"
        return text[:1].upper() + text[1:]

    def _lacking(self) -> Token | None:
        """The word before which the headline leaves out "is" or "are"; None where it has its verb."""
        to = _bare_infinitive(self.word)
        if to is not None and to.i > self.first:
            return to
        if not self.bare:
            return None
        doc = self.paragraph.doc
        among = next((t for t in doc[self.first + 1 : self.word.i] if t.lower_ == "among"), None)
        if among is not None:
            return among  # "X among five killed"
        words = event_words()
        earlier = next((t for t in doc[self.first + 1 : self.word.i] if t.lower_ in words["verbless"]), None)
        first = (earlier or self.word).i
        while first - 1 > self.first and (
            (doc[first - 1].pos_ == "ADV" and doc[first - 2].whitespace_)
            or not doc[first - 1].whitespace_
            or doc[first - 1].text == "-"
        ):
            first -= 1
        return doc[first]

    def _is_plural(self, verb: Token) -> bool:
        doc = self.paragraph.doc
        phrase = list(doc[self.first : verb.i])
        last = phrase[-1] if phrase else None
        cut = next((n for n, t in enumerate(phrase) if t.tag_ == "IN" and n), len(phrase))
        head = phrase[cut - 1] if phrase[:cut] else last
        if any(t.lower_ == "and" for t in phrase):
            return True
        if head is None:
            return False
        # "Stamps issued": a capital makes a name of the first word.
        mistaken = len(phrase) == 1 and head.tag_ == "NNP" and not head.ent_type_ and head.lower_.endswith("s")
        return mistaken or head.tag_ in ("NNS", "NNPS", "CD") or head.lower_ in MANY


MANY = frozenset({"several", "many", "dozens", "hundreds", "thousands", "scores", "police", "people", "others", "both"})


def find_headline(scene: Scene) -> Headline | None:
    """The clause of the title that says what happened; None where it asks, quotes or only names a subject."""
    paragraph = scene.headline or next((p for p in scene.paragraphs if p.role is BlockRole.TITLE), None)
    if paragraph is None:
        return None
    words = event_words()
    quoted = _quoted(paragraph.doc)
    best: tuple[float, Headline] | None = None
    named = False
    for first, last, asked in _segments(paragraph.doc, quoted):
        found = _read(paragraph, first, last, quoted, words) if not asked else None
        # "Smith: The crash was a mistake" is what Smith says of it.
        said = (
            found is not None
            and named
            and (found.word.lemma_ == "be" or any(_is_first_person(t) for t in paragraph.doc[first : last + 1]))
        )
        named = _is_person(scene, paragraph, first, last)
        if found is None or said:
            continue
        # "Australia floods: eight dead": a topic, though it may parse as a deed.
        worth = 0 if found.nominal else 0.5 if last - first < 2 else 1 if found.word.pos_ in ("VERB", "AUX") else 0.8
        if best is None or worth > best[0]:
            best = (worth, found)
    return best[1] if best else None


def _is_person(scene: Scene, paragraph: Paragraph, first: int, last: int) -> bool:
    """Whether a part of the title is a person's name and nothing else."""
    actors = [scene.actor_of(paragraph, token) for token in paragraph.doc[first : last + 1]]
    named = all(actor is not None and actor.kind is ActorKind.PERSON for actor in actors)
    span = paragraph.doc[first : last + 1]
    return named or (len(span) in (2, 3) and all(token.ent_type_ == "PERSON" for token in span))


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
    tail = _attribution_behind_dash(doc, quoted)
    for token in doc:
        if tail is not None and token.i >= tail - 1:
            yield start, tail - 2, doc[start].lower_ in words["questions"]
            return
        ends = token.i == len(doc) - 1
        dash = token.text in DASHES and token.i > 0 and bool(doc[token.i - 1].whitespace_)
        breaks = token.i not in quoted and (token.text in BREAKS or dash)
        if not (ends or breaks):
            continue
        last = token.i - 1 if breaks else token.i
        if last >= start:
            told = _presupposed(doc, start, last)
            asked = token.text == "?" or (doc[start].lower_ in words["questions"] and told is None)
            yield told if told is not None else start, last, asked
        start = token.i + 1


def _presupposed(doc: Doc, start: int, last: int) -> int | None:
    """Where the clause of "How X came to Y" and "This is why X left" begins: it takes for granted that X did."""
    at = start
    if doc[start].lower_ in ("this", "here") and last - start > 3:
        at = next((t.i for t in doc[start : start + 4] if t.lower_ in ("how", "why")), start)
    if (
        doc[at].lower_ not in ("how", "why")
        or at + 2 > last
        or doc[at + 1].pos_ in ("AUX", "PART", "VERB", "ADV", "ADJ")
    ):
        return None
    past = next((t for t in doc[at + 1 : last + 1] if t.pos_ in ("VERB", "AUX")), None)
    return at + 1 if past is not None and past.tag_ == "VBD" else None


def _attribution_behind_dash(doc: Doc, quoted: set[int]) -> int | None:
    """Where the "prosecutors" of "… – prosecutors" begin: who says it, not who prints it."""
    dash = next((t.i for t in reversed(doc) if t.text in DASHES and t.i not in quoted and doc[t.i - 1].whitespace_), 0)
    behind = doc[dash + 1 :]
    if not dash or not 0 < len(behind) <= 3 or not behind[0].is_lower or behind[-1].pos_ != "NOUN":
        return None
    return dash + 1 if behind[-1].lower_ in event_words()["tellers"] or kind_described(behind[-1]) is not None else None


def _read(paragraph: Paragraph, first: int, last: int, quoted: set[int], words: EventWords) -> Headline | None:
    doc = paragraph.doc
    # "'I was wrong' Smith tells court": the quotation is not the clause; "'Big Show' opens" it is part of.
    begin = next((n for n in range(first, last + 1) if n not in quoted), last + 1)
    goes_on = begin <= last and doc[begin].pos_ in ("VERB", "AUX", "NOUN") and doc[begin].tag_ != "VBG"
    if begin > first and not (goes_on and begin - first <= NAME):
        first = begin
    if first >= last or doc[first].pos_ == "CCONJ" or doc[first : last + 1].text.casefold() in words["bulletin"]:
        return None
    by = _teller(doc, first, last, quoted, words)
    last = by.end_of_claim if by is not None else last
    if _teases(doc, first, last, quoted, words):
        return None
    first = _without_front(doc, first, last, quoted)
    if _heads_nothing(doc, first, last, quoted, words):
        first = next(t.i + 1 for t in doc[first:last] if _opens_another(t, words))
    if _opens_another(doc[first], words):
        # "After the showdown, Putin signals …": what came before is fronted.
        first = next((t.i + 1 for t in doc[first:last] if t.text == "," and t.i not in quoted), first + 1)
    stop = _stop(doc, first + 1, last, words)
    predicate = _predicate(doc, first, stop, quoted, words)
    if predicate is not None:
        token, bare = predicate
        if _is_guess(token) or any(_is_first_person(t) for t in doc[first : stop + 1] if t.i not in quoted):
            return None
        planned = _is_planned(token, words)
        end = _end(doc, token, last, quoted, words)
        if bare and token.lower_ in words["verbless"]:
            end = last
        return Headline(paragraph, token, first, end, bare=bare, planned=planned, by=by.who if by is not None else None)
    noun = _event_noun(doc, first, stop, words)
    if noun is None or by is not None:
        return None
    return Headline(paragraph, noun, first, _end(doc, noun, last, quoted, words), nominal=True)


@dataclass(frozen=True, slots=True, eq=False)
class Teller:
    """Who says it by name at the end of a headline, and the last word of what they say."""

    who: tuple[Token, Token]
    end_of_claim: int


def _teller(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> Teller | None:
    """ "…, police say", "…, says minister", "… – prosecutors": a claim, which never stands in a title as a fact."""
    behind = _attribution_behind_dash(doc, quoted)
    if behind is not None and last == behind - 2:
        return Teller((doc[behind], doc[-1]), last)
    comma = next((t.i for t in reversed(doc[first:last]) if t.text == "," and t.i not in quoted), None)
    if comma is None or not _is_attribution(doc, comma, last, words):
        return None
    begin, end = comma + 1, last
    if doc[begin].lemma_.lower() in words["attributions"]:
        begin += 1
    elif doc[end].lemma_.lower() in words["attributions"]:
        end -= 1
    else:
        return None
    named = doc[begin : end + 1]
    if not len(named) or any(t.pos_ in ("ADP", "PART", "VERB", "AUX", "SCONJ") for t in named):
        return None
    return Teller((doc[begin], doc[end]), comma - 1)


def _teases(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> bool:
    """ "Watch this", "Your questions answered", "This is why": written to the reader, not of what happened."""
    begins = doc[first].lower_ in words["teasers"] or doc[last].lower_ in words["treatments"]
    return begins or any(t.lower_ in words["readers"] and t.i not in quoted for t in doc[first : last + 1])


def _heads_nothing(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> bool:
    """ "Outrage after airline turns girls away": the clause behind tells the event, what stands before its echo."""
    cut = next((t.i for t in doc[first:last] if _opens_another(t, words) and t.i not in quoted), None)
    if cut is None or cut == first or doc[cut].lower_ in words["before"]:
        return False
    verb = any(t.pos_ in ("VERB", "AUX") for t in doc[first:cut])
    echo = any(t.lemma_.lower() in words["echoes"] for t in doc[first:cut])
    told = _predicate(doc, cut + 1, last, quoted, words) if cut + 1 < last else None
    return echo and not verb and told is not None


def _without_front(doc: Doc, first: int, last: int, quoted: set[int]) -> int:
    """ "On third try, X launches Y": what stands before the comma only sets the scene."""
    if doc[first].pos_ not in ("ADP", "ADV", "SCONJ"):
        return first
    for token in doc[first : min(first + 8, last)]:
        if token.text == "," and token.i not in quoted:
            return token.i + 1
        if token.pos_ in ("VERB", "AUX"):
            return first
    return first


def _stop(doc: Doc, first: int, last: int, words: EventWords) -> int:
    """Where the main clause ends at the latest: before "after", "as", "amid"."""
    return next((t.i - 1 for t in doc[first : last + 1] if _opens_another(t, words)), last)


def _opens_another(token: Token, words: EventWords) -> bool:
    """ "as" goes on in "named as host", and starts anew in "as markets fall"."""
    if token.lower_ == "as":
        return not any(t.lemma_.lower() in words["as_verbs"] and t.pos_ == "VERB" for t in token.doc[: token.i])
    return token.lower_ in words["after"] | words["before"] | words["meanwhile"]


def _predicate(doc: Doc, first: int, stop: int, quoted: set[int], words: EventWords) -> tuple[Token, bool] | None:
    """The verb of the clause, and whether it is a participle that lacks its own ("Driver arrested")."""
    for token in doc[first + 1 : stop + 1]:
        if token.i in quoted or (token.dep_ in ("relcl", "amod") and not _ends_phrase(token, stop)):
            continue
        if token.lower_ in words["verbless"] and (token.head == token or token.head.pos_ not in ("VERB", "AUX")):
            return token, True
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ in ("aux", "auxpass") and token.head.i > token.i and token.head.i <= stop:
            return token.head, False
        if token.tag_ == "VB" and (doc[token.i - 1].lower_ == "to" or _bare_infinitive(token) is not None):
            # "X to buy Y": a plan, said by the infinitive alone.
            hung = token.dep_ in ("relcl", "acl") and token.head.lemma_.lower() not in words["purposes"]
            if hung or token.dep_ == "ROOT" or token.head.i >= token.i:
                return token, False
            stop = token.i - 1
            break
        if any(child.lower_ in ("who", "that", "which") for child in token.children if child.i < token.i):
            continue
        if token.tag_ == "VBZ" and (earlier := _mistaken(doc, first, token.i - 1, words)) is not None:
            return earlier, False
        if token.tag_ == "VBZ" or (token.tag_ == "VBP" and token.dep_ != "amod"):
            return _stage_verb(doc, token, first, words) or token, False
        if token.tag_ in ("VBN", "VBD"):
            if token.dep_ == "acl" and token.head.dep_ not in ("ROOT", "conj", "nsubj", "npadvmod", "appos", "dep"):
                continue
            helped = any(child.dep_ in ("aux", "auxpass") for child in token.children)
            has_object = any(child.dep_ in ("dobj", "dative") for child in token.children)
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
            if helped or token.head.dep_ == "ROOT":
                return token, not helped
        if token.tag_ == "VB" and token.dep_ == "ROOT" and token.i < stop:
            return _stage_verb(doc, token, first, words) or token, False
    mistaken = _mistaken(doc, first, stop, words)
    return (mistaken, False) if mistaken is not None else None


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
        if token.lower_ in words["headline_verbs"] and doc[token.i - 1].pos_ in ("NOUN", "PROPN") and token.i < stop:
            return token
        if doc[token.i - 1].pos_ != "PROPN":
            continue
        text = token.lower_
        lemma = next((form for form in _bases(token) if form in words.verbs or form in words["light_verbs"]), None)
        if lemma is None:
            continue
        several = any(t.lower_ == "and" or t.text == "," for t in doc[first : token.i])
        following = doc[token.i + 1] if token.i < stop else None
        if text != lemma and (following is None or following.pos_ != "NOUN" or token.dep_ == "ROOT"):
            return token
        if text == lemma and several and following is not None and following.pos_ in ("NOUN", "ADJ", "NUM", "PROPN"):
            return token
    return None


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


def _is_first_person(token: Token) -> bool:
    """ "We", "us", "I"; not the US."""
    return token.lower_ in FIRST_PERSON and token.text not in ("US", "i")


def _is_guess(token: Token) -> bool:
    return any(child.tag_ == "MD" and child.lower_ in GUESSES for child in token.children)


def _is_planned(token: Token, words: EventWords) -> bool:
    if _bare_infinitive(token) is not None or (token.tag_ == "VB" and token.doc[token.i - 1].lower_ == "to"):
        return True
    if any(child.tag_ == "MD" and child.lower_ not in ABLE for child in token.children):
        return True
    if token.tag_ in ("VBN", "VBD") and token.lemma_.lower() in words["plan_verbs"]:
        # "China set for moon mission"
        return any(child.lower_ == "for" for child in token.children)
    return token.lemma_.lower() in words["plan_verbs"] and any(
        child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.children) for child in token.children
    )


def _bare_infinitive(token: Token) -> Token | None:
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


def _event_noun(doc: Doc, first: int, stop: int, words: EventWords) -> Token | None:
    found = [t for t in doc[first : stop + 1] if t.lemma_.lower() in words.nouns or t.lower_ in words.nouns]
    found = [t for t in found if t.tag_ != "VBG"]
    # "An insider's view of the attacks" is about no attack of its own.
    found = [t for t in found if t.dep_ != "pobj" or t.head.head.lemma_.lower() in words.nouns]
    return next((t for t in found if t.dep_ == "ROOT"), found[-1] if found else None)


def _end(doc: Doc, predicate: Token, last: int, quoted: set[int], words: EventWords) -> int:
    """The last word of the clause: before a comma that lists nothing, or before "after"."""
    for token in doc[predicate.i + 1 : last + 1]:
        if token.i in quoted:
            continue
        if _opens_another(token, words):
            if token.i == predicate.i + 1 and last - token.i <= SHORT:
                continue  # "investigates after eight die": the deed alone says too little
            if predicate.lemma_.lower() in words["light_verbs"] and token.i == predicate.i + 1:
                continue  # "were made before the clash": the order is the news
            return _without_rest(doc, _without_span(doc, token.i - 1, predicate.i), predicate.i)
        if token.text == "," and not _is_list(token) and not _is_attribution(doc, token.i, last, words):
            return token.i - 1
    return last


def _without_span(doc: Doc, end: int, floor: int) -> int:
    """Without the "three days" of "three days after"; "for five weeks as" keeps its weeks."""
    last = end
    while (
        end > floor
        and not doc[end].is_quote
        and (doc[end].ent_type_ in ("DATE", "TIME") or doc[end].dep_ in ("punct", "npadvmod"))
    ):
        end -= 1
    return last if doc[end].dep_ == "prep" else end


def _without_rest(doc: Doc, end: int, floor: int) -> int:
    """Without a preposition or article that nothing follows."""
    while end > floor + 1 and doc[end].tag_ in ("IN", "TO", "DT", "CC") and doc[end].dep_ != "prt":
        end -= 1
    return end


def _is_attribution(doc: Doc, comma: int, last: int, words: EventWords) -> bool:
    """ ", minister says", ", say scientists": who claims it stays in the title."""
    rest = doc[comma + 1 : last + 1]
    return 1 < len(rest) <= 6 and bool({rest[0].lemma_.lower(), rest[-1].lemma_.lower()} & words["attributions"])


def _is_list(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 4]
    if (
        len(following)
        and following[0].pos_ in ("ADJ", "NOUN", "PROPN")
        and comma.i
        and comma.doc[comma.i - 1].pos_ == "ADJ"
    ):
        return True  # "a new, faster phone"
    return any(t.dep_ == "conj" for t in following)
