"""The main clause of the headline: what the article says has happened, in the words of the one who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from timeline.extraction.actors.described import kind_described
from timeline.extraction.events.predicates import (
    bare_infinitive,
    find_event_noun,
    find_predicate,
    is_guess,
    is_planned,
    opens_another,
)
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.segments import Teller, find_quoted, find_teller, is_attribution, segments
from timeline.extraction.events.shortening import shorten
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import ActorKind

FIRST_PERSON = frozenset({"i", "me", "my", "we", "our", "us"})
# Words of a title in quotation marks, with the marks: "'The Big Show' opens".
NAME = 7
# Words of what somebody says, at least; and what begins a topic: "Lee: What we know", "Lee: 5 facts".
FEWEST = 3
ABOUT = frozenset({"WP", "WDT", "WRB", "WP$", "CD"})
# How much may follow "after" in a title.
SHORT = 9
YEAR = re.compile(r"(?:19|20)\d\d")
# "Chrysler <C>": a company's sign at the exchange; and signs without width.
TICKER = re.compile(r" ?<[A-Za-z.]{1,6}>|[\u200b-\u200f\ufeff]")


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """A clause of the title. `word` is its predicate, or its event noun where nobody does anything ("Explosion in …").

    `bare` is a participle without its verb ("Driver arrested"), `planned` something still to come ("set to …"), `by`
    who the headline says it by name behind a dash ("… – prosecutors"). `spoken` words are those that the headline gives
    behind a name and a colon ("Lee: I never met him"), of which `by` says whose they are.
    """

    paragraph: Paragraph
    word: Token
    first: int
    last: int
    bare: bool = False
    nominal: bool = False
    planned: bool = False
    by: Teller | None = None
    spoken: bool = False

    def text(self, scene: Scene) -> str:
        """The clause as written, shortened where it is long, with "is" or "are" before a bare participle."""
        doc = self.paragraph.doc
        if self.spoken:
            return self._spoken_text(scene)
        last = self.last if self.nominal else shorten(doc, self.first, self.word, self.last)
        start, end = doc[self.first].idx, doc[last].idx + len(doc[last])
        original = _original(scene, self.paragraph)
        text = original[start:end]
        helped = self._lacking()
        if helped is not None:
            at = helped.idx - start
            rest = text[at].lower() + text[at + 1 :] if helped.lower_ == "to" else text[at:]
            text = f"{text[:at]}{'are' if self._is_plural(helped) else 'is'} {rest}"
        text = _balanced(" ".join(TICKER.sub("", text).split()).strip(" ,;:–—-.|"))
        if self.by is not None:
            first, final = self.by.who
            who = original[first.idx : final.idx + len(final)]
            many = self.by.who[1].tag_ in ("NNS", "NNPS") or self.by.who[1].lower_ in MANY
            verb = self.by.verb.text if self.by.verb is not None else "say" if many else "says"
            text = f"{text}, {who} {verb}"
        return text[:1].upper() + text[1:]

    def _spoken_text(self, scene: Scene) -> str:
        assert self.by is not None
        doc, original = self.paragraph.doc, _original(scene, self.paragraph)
        first, last = self.by.who
        actor = scene.actor_of(self.paragraph, last)
        person = actor is not None and actor.kind is ActorKind.PERSON
        who = actor.name if actor is not None and person else original[first.idx : last.idx + len(last)]
        many = last.tag_ in ("NNS", "NNPS") or (not person and last.lower_.endswith("s"))
        words = " ".join(original[doc[self.first].idx : doc[self.last].idx + len(doc[self.last])].split())
        if words[0] in "'\"‘“" and words[-1] in "'\"’”":
            words = f"“{words[1:-1].rstrip('.')}”"
        return f"{who} {'say' if many else 'says'}: {words}"

    def _lacking(self) -> Token | None:
        """The word before which the headline leaves out "is" or "are"; None where it has its verb."""
        to = bare_infinitive(self.word)
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
        cut = next((n for n, t in enumerate(phrase) if t.tag_ == "IN" and n), len(phrase))
        above = subject_of(self.word) or (self.word.head if self.word.dep_ == "acl" else None)
        head = above if above in phrase else phrase[cut - 1] if phrase[:cut] else None
        if any(t.lower_ == "and" for t in phrase):
            return True
        if head is None:
            return False
        # "Stamps issued": a capital makes a name of the first word.
        plain = not head.ent_type_ and head.text[1:].islower() and head.lower_.endswith("s")
        mistaken = len(phrase) == 1 and head.tag_ == "NNP" and plain
        many = head.tag_ in ("NNS", "NNPS") or (head.tag_ == "CD" and not YEAR.fullmatch(head.text))
        return mistaken or many or head.lower_ in MANY


MANY = frozenset(
    {"several", "many", "dozens", "hundreds", "thousands", "scores", "police", "people", "others", "both", "%"}
)


def find_headline(scene: Scene) -> Headline | None:
    """The clause of the title that says what happened; None where it asks, quotes or only names a subject."""
    paragraph = scene.title
    if paragraph is None:
        return None
    words = event_words()
    quoted = find_quoted(paragraph.doc)
    best: tuple[float, Headline] | None = None
    named = False
    before: tuple[int, int] | None = None
    for first, last, asked in segments(paragraph.doc, quoted):
        if before is not None and not asked and best is None:
            said_by = _spoken(scene, paragraph, before, (first, last), quoted)
            if said_by is not None:
                return said_by
        before = (first, last)
        found = _read(paragraph, first, last, quoted, words) if not asked else None
        # "Smith: The crash was a mistake" is what Smith says of it.
        said = (
            found is not None
            and named
            and (found.word.lemma_ == "be" or any(_is_first_person(t) for t in paragraph.doc[first : last + 1]))
        )
        named = _is_person(scene, paragraph, first, last)
        if found is not None and _is_topic(found, first, last, words):
            found = replace(found, nominal=True, bare=False)
        if found is None or said:
            continue
        # "Australia floods: eight dead": a topic, though it may parse as a deed.
        worth = 0 if found.nominal else 0.5 if last - first < 2 else 1 if found.word.pos_ in ("VERB", "AUX") else 0.8
        # "Ferry runs aground; seven hurt": behind a semicolon stands what came of it.
        follows = first > 0 and paragraph.doc[first - 1].text == ";" and best is not None and best[0] > 0
        if not follows and (best is None or worth > best[0]):
            best = (worth, found)
    return best[1] if best else None


def _spoken(
    scene: Scene, paragraph: Paragraph, name: tuple[int, int], part: tuple[int, int], quoted: set[int]
) -> Headline | None:
    """ "Lee: The crash was a mistake", "Teachers: School is 'out of touch'": the words of those before the colon.

    A person may be a topic as well ("Lee: a life in pictures"), so that the words have a verb or quotation marks;
    others speak in marks alone.
    """
    doc = paragraph.doc
    speaker, (first, last) = doc[name[1]], part
    if doc[name[1] + 1].text != ":" or name[1] - name[0] > NAME or doc[first].tag_ in ABOUT:
        return None
    marked = any(n in quoted for n in range(first, last + 1))
    verb = next((t for t in doc[first : last + 1] if t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBG", "VBN")), None)
    person = _is_person(scene, paragraph, *name)
    told = verb is not None and verb.i not in quoted
    if not (person and (marked or told)) and not (marked and not told and kind_described(speaker) is not None):
        return None
    if sum(t.is_alpha for t in doc[first : last + 1]) < FEWEST or (first > 0 and doc[last].text == "?"):
        return None
    plain = told and not marked and verb is not None and verb.lemma_ not in ("be", "have")
    if plain and not any(_is_first_person(t) for t in doc[first : last + 1]):
        return None  # "Lee: Police search house": a headline about them
    by = Teller((doc[name[0]], speaker), None, last)
    return Headline(paragraph, verb or doc[first], first, last, by=by, spoken=True)


def _is_topic(found: Headline, first: int, last: int, words: EventWords) -> bool:
    """ "Australia floods: …", "Paris summit boycott": a noun at the end that may parse as a verb."""
    word = found.word
    names_a_deed = word.lemma_.lower() in words.nouns or word.lower_ in words.nouns
    if found.planned or not names_a_deed or word.i != last or found.bare:
        return False
    return last - first < 2 or word.tag_ in ("VB", "VBP")


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


def _read(paragraph: Paragraph, first: int, last: int, quoted: set[int], words: EventWords) -> Headline | None:
    doc = paragraph.doc
    # "'I was wrong' Smith tells court": the quotation is not the clause; "'Big Show' opens" it is part of.
    begin = next((n for n in range(first, last + 1) if n not in quoted), last + 1)
    goes_on = begin <= last and doc[begin].pos_ in ("VERB", "AUX", "NOUN") and doc[begin].tag_ != "VBG"
    says = goes_on and doc[begin].lemma_.lower() in words["attributions"]
    if begin > first and not (goes_on and (says or begin - first <= NAME)):
        first = begin
    if first >= last or doc[first].pos_ == "CCONJ" or doc[first : last + 1].text.casefold() in words["bulletin"]:
        return None
    by = find_teller(doc, first, last, quoted, words)
    last = by.end_of_claim if by is not None else last
    if _teases(doc, first, last, quoted, words):
        return None
    front, first = first, _without_front(doc, first, last, quoted)
    if _heads_nothing(doc, first, last, quoted, words):
        first = next(t.i + 1 for t in doc[first:last] if opens_another(t, words))
    if opens_another(doc[first], words):
        # "After the showdown, Putin signals …": what came before is fronted.
        first = next((t.i + 1 for t in doc[first:last] if t.text == "," and t.i not in quoted), first + 1)
    if first > front and first < last and _teases(doc, first, last, quoted, words):
        return None  # "As Lee turns 70, a look at her work"
    stop = _stop(doc, first + 1, last, words)
    predicate = find_predicate(doc, first, stop, quoted, words)
    if predicate is not None:
        token, bare = predicate
        if is_guess(token) or any(_is_first_person(t) for t in doc[first : stop + 1] if t.i not in quoted):
            return None
        planned = is_planned(token, words)
        end = _end(doc, token, last, quoted, words)
        if bare and token.lower_ in words["verbless"]:
            end = last
        return Headline(paragraph, token, first, end, bare=bare, planned=planned, by=by)
    noun = find_event_noun(doc, first, stop, words)
    if noun is None or by is not None:
        return None
    return Headline(paragraph, noun, first, _end(doc, noun, last, quoted, words), nominal=True)


def _teases(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> bool:
    """ "Watch this", "Your questions answered", "This is why": written to the reader, not of what happened."""
    at = first + 1 if doc[first].lower_ in ("a", "an", "the") and first < last else first
    begins = doc[at].lower_ in words["teasers"] or doc[last].lower_ in words["treatments"]
    return begins or any(t.lower_ in words["readers"] and t.i not in quoted for t in doc[first : last + 1])


def _heads_nothing(doc: Doc, first: int, last: int, quoted: set[int], words: EventWords) -> bool:
    """ "Outrage after airline turns girls away": the clause behind tells the event, what stands before its echo."""
    cut = next((t.i for t in doc[first:last] if opens_another(t, words) and t.i not in quoted), None)
    if cut is None or cut == first or doc[cut].lower_ in words["before"]:
        return False
    verb = any(t.pos_ in ("VERB", "AUX") for t in doc[first:cut])
    echo = any(t.lemma_.lower() in words["echoes"] for t in doc[first:cut])
    told = find_predicate(doc, cut + 1, last, quoted, words) if cut + 1 < last else None
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
    return next((t.i - 1 for t in doc[first : last + 1] if opens_another(t, words)), last)


def _is_first_person(token: Token) -> bool:
    """ "We", "us", "I"; not the US."""
    return token.lower_ in FIRST_PERSON and token.text not in ("US", "i")


def _end(doc: Doc, predicate: Token, last: int, quoted: set[int], words: EventWords) -> int:
    """The last word of the clause: before a comma that lists nothing, or before "after"."""
    for token in doc[predicate.i + 1 : last + 1]:
        if token.i in quoted:
            continue
        if opens_another(token, words):
            if token.i == predicate.i + 1 and last - token.i <= SHORT:
                continue  # "investigates after eight die": the deed alone says too little
            if doc[token.i - 1].pos_ == "AUX" and token.i - 1 > predicate.i:
                continue  # "believes it has until Friday"
            if predicate.lemma_.lower() in words["light_verbs"] and token.i == predicate.i + 1:
                continue  # "were made before the clash": the order is the news
            return _without_rest(doc, _without_span(doc, token.i - 1, predicate.i), predicate.i)
        if token.text == "," and token.i == predicate.i + 1 and predicate.tag_ in ("VBN", "VBD"):
            continue  # "Three killed, two others injured in attack"
        if (
            token.text == ","
            and not _is_list(token)
            and not _joins(doc, token.i, predicate.i, last)
            and not is_attribution(doc, token.i, last, words)
        ):
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


def _joins(doc: Doc, comma: int, predicate: int, last: int) -> bool:
    """Whether a comma stands inside a phrase: "between A, B", "for Instagram, Snapchat photos", "Gdańsk, Poland"."""
    before, after = doc[comma - 1], doc[comma + 1 : last + 1]
    if before.tag_ == "POS":
        return True  # "size up Clinton's, Sanders' records"
    if before.ent_type_ == "GPE" and len(after) and after[0].ent_type_ == "GPE":
        return True
    if any(t.lower_ in ("between", "both") for t in doc[predicate:comma]):
        return not any(t.lower_ == "and" for t in doc[predicate:comma])
    few = 0 < len(after) <= NAMES_AT_END and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in after)
    return few and after[-1].pos_ != "ADJ" and before.pos_ == "PROPN" and before.dep_ == "pobj"


# How many words behind the last comma of a headline may go on with its list.
NAMES_AT_END = 3


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
