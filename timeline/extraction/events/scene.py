"""One document laid out for the reading of events: who and where is behind each word, and what is inside quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import (
    ActorMention,
    Document,
    PlaceMention,
    Span,
    StatementMention,
    TimeMention,
)
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.places.gazetteer import place_words
from timeline.extraction.statements.quotations import find_quotations
from timeline.vocabulary import ActorKind, BlockRole, EventKind, MentionForm

# Along these a word belongs to the phrase of its head; along others it starts a clause or phrase of its own.
PHRASE = frozenset({"compound", "flat", "amod", "nmod", "poss", "case", "det", "nummod", "appos"})


class Scene:
    """The words of one document with what the other steps have found in them."""

    def __init__(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        headline: Paragraph | None,
        cast: Cast,
        places: Sequence[PlaceMention],
        times: Sequence[TimeMention],
        statements: Sequence[StatementMention],
    ) -> None:
        self.document = document
        self.paragraphs = tuple(paragraphs)
        self.headline = headline
        self.cast = cast
        self.statements = tuple(statements)
        self.places = {place.key: place for place in places}
        self._place_at = sorted((span.start, span.end, place.key) for place in places for span in place.mentions)
        self._place_starts = [start for start, _, _ in self._place_at]
        self._quoted: dict[int, list[tuple[int, int]]] = {}
        self._times: dict[int, list[TimeMention]] = defaultdict(list)
        for paragraph in self.paragraphs:
            self._quoted[paragraph.index] = [
                (q.start, q.end) for q in find_quotations(document.text, paragraph.start, paragraph.end)
            ]
        starts = [paragraph.start for paragraph in self.paragraphs]
        lines = [block for block in document.blocks if block.role is BlockRole.DATELINE]
        self.datelines = [t for t in times if any(b.start <= t.span.start < b.end for b in lines)]
        for time in times:
            at = bisect_right(starts, time.span.start) - 1
            if at >= 0 and time.span.start < self.paragraphs[at].end:
                self._times[self.paragraphs[at].index].append(time)
        self._names = (
            _surnames(cast)
            | {mention.span.text.casefold(): actor.key for actor in cast.actors for mention in actor.mentions}
            | {actor.name.casefold(): actor.key for actor in cast.actors}
        )
        self._place_names = {
            name.casefold(): place.key for place in places for name in (place.name, *(s.text for s in place.mentions))
        }

    @property
    def title(self) -> Paragraph | None:
        """The title, outside the text or in it."""
        return self.headline or next((p for p in self.paragraphs if p.role is BlockRole.TITLE), None)

    # --- inside the text -----------------------------------------------------------------------------------------

    def is_outside(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph is a title that does not stand in the text."""
        return paragraph.start > len(self.document.text)

    def is_in_body(self, offset: int) -> bool:
        """Whether an offset of the document's text stands in the article itself, not in its title or standfirst."""
        return any(p.is_body and p.start <= offset < p.end for p in self.paragraphs)

    def span(self, paragraph: Paragraph, part: Token | DocSpan) -> Span | None:
        return None if self.is_outside(paragraph) else paragraph.span(self.document.text, part)

    def words_of(self, paragraph: Paragraph, first: Token, last: Token) -> str:
        """A run of words as the document writes them, curly marks and all, in one line."""
        start, end = paragraph.offset(first), paragraph.offset(last) + len(last)
        whole = self.document.text
        if self.is_outside(paragraph):
            start, end, whole = start - paragraph.start, end - paragraph.start, self.document.title or ""
        return " ".join(whole[start:end].split())

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence around an offset of the document's text."""
        for paragraph in self.paragraphs:
            if paragraph.start <= offset < paragraph.end:
                token = paragraph.token_at(offset)
                return paragraph.span(self.document.text, sentence_of(token)) if token is not None else None
        return None

    def in_quotation(self, paragraph: Paragraph, token: Token) -> bool:
        at = paragraph.offset(token)
        return any(start <= at < end for start, end in self._quoted.get(paragraph.index, ()))

    def times_in(self, paragraph: Paragraph) -> list[TimeMention]:
        return self._times[paragraph.index]

    # --- who and where -------------------------------------------------------------------------------------------

    def actor_of(self, paragraph: Paragraph, token: Token) -> ActorMention | None:
        """The actor that a word names or refers to."""
        if self.is_outside(paragraph):
            return self._actor_by_name(paragraph, token)
        found = self.cast.at(paragraph.offset(token))
        return found[0] if found else None

    def actors_of(self, paragraph: Paragraph, token: Token) -> list[str]:
        """The actors named by the phrase that a word heads, with those joined to it by "and"; in text order."""
        found: dict[str, int] = {}
        for part in conjoined(token):
            actors = self._all_at(paragraph, part)
            for key in actors:
                found.setdefault(key, part.i)
        return list(found)

    def _all_at(self, paragraph: Paragraph, token: Token) -> list[str]:
        """Usually one actor; two where "the two leaders" are both."""
        if not self.is_outside(paragraph):
            at = paragraph.offset(token)
            # A nominal for two ("the two leaders") carries two mentions over the same words.
            both = [(a, m) for a, m in self.cast.between(max(at - 40, 0), at + 1) if m.span.end > at]
            if both:
                single = (
                    any(m.form is MentionForm.DEMONYM for _, m in both) and paragraph.is_body and _is_somebody(token)
                )
                return [] if single else list(dict.fromkeys(a.key for a, _ in both))
        actor = self.actor_of(paragraph, token)
        return [actor.key] if actor else self._named_beside(paragraph, token)

    def _named_beside(self, paragraph: Paragraph, token: Token) -> list[str]:
        """ "The state's prime minister, Ann Lee, welcomed it": the actors whom the apposition names."""
        if token.pos_ != "NOUN":
            return []
        named = next((child for child in token.children if child.dep_ == "appos" and child.i > token.i), None)
        if named is None or named.pos_ != "PROPN":
            return []
        actors = [self.actor_of(paragraph, name) for name in conjoined(named)]
        return [actor.key for actor in actors if actor is not None]

    def _actor_by_name(self, paragraph: Paragraph, token: Token) -> ActorMention | None:
        for first in range(max(token.i - 3, 0), token.i + 1):
            for last in range(min(token.i + 4, len(paragraph.doc)), token.i, -1):
                key = self._names.get(paragraph.doc[first:last].text.casefold())
                if key:
                    return self.cast.by_key[key]
        return None

    def place_at(self, paragraph: Paragraph, token: Token) -> str | None:
        if self.is_outside(paragraph):
            doc = paragraph.doc
            for first in range(max(token.i - 4, 0), token.i + 1):
                for last in range(min(first + 5, len(doc)), token.i, -1):
                    key = self._place_names.get(doc[first:last].text.casefold())
                    if key:
                        return key
            return None
        at = paragraph.offset(token)
        index = bisect_right(self._place_starts, at) - 1
        if index >= 0:
            start, end, key = self._place_at[index]
            if start <= at < end:
                return key
        return None

    def is_country(self, key: str) -> bool:
        return self.places[key].name == self.places[key].country

    def venue_of(self, paragraph: Paragraph, token: Token) -> str | None:
        """The place that a name before an event noun gives: "White House clash" is there, not between houses.

        A state before the noun takes part ("Russia talks"), unless nobody else could.
        """
        key = self.place_at(paragraph, token)
        actor = self.actor_of(paragraph, token)
        if actor is None:
            return key
        if actor.kind is ActorKind.GOVERNMENT:
            return key or self._place_names.get(actor.name.casefold())
        return None

    def is_reported(self, offset: int) -> bool:
        """Whether somebody says the words at an offset, in quotation marks or not."""
        return any(span.start <= offset < span.end for s in self.statements for span in s.content)

    def is_set_in(self, key: str, paragraph: Paragraph, cue: Token) -> bool:
        """Whether a reporting word is said to be spoken in a place: named before it, or close behind, and not in what
        it reports. "He mentioned deposits in Murmansk and in Yakutia" sets nothing there."""
        first, last = paragraph.start + sentence_of(cue).start_char, paragraph.offset(cue) + CLOSE
        return any(
            first <= span.start < last and not self.is_reported(span.start) for span in self.places[key].mentions
        )

    def places_of(self, paragraph: Paragraph, token: Token) -> list[str]:
        """The places named in the prepositional phrases of a word ("at the White House", "in London")."""
        found = []
        for prep in (child for child in token.children if child.dep_ == "prep" and is_at(child)):
            for noun in (child for child in prep.children if child.dep_ == "pobj"):
                key = self.place_at(paragraph, noun) or self._town_before(paragraph, noun)
                if (
                    is_spoken_of(noun)
                    or is_about(prep, noun)
                    or is_of_matter(prep)
                    or is_bound_for(noun)
                    or is_ranked(token)
                    or noun.lemma_.lower() in event_words()["elsewhere"]
                ):
                    continue
                if key and not answers(noun):
                    found.append(key)
                found.extend(self.places_of(paragraph, noun))
                if noun.lemma_.lower() in place_words()["kinds"]:
                    found.extend(key for name in named_by(noun) if (key := self.place_at(paragraph, name)))
                if noun.lemma_.lower() == "court":
                    found.extend(key for name in _ruled_by(noun) if (key := self.place_at(paragraph, name)))
        return list(dict.fromkeys(found))

    def _town_before(self, paragraph: Paragraph, noun: Token) -> str | None:
        """The town of "a Nairobi hospital": a country's name there ("US politics") says less."""
        for word in (t for t in noun.lefts if t.dep_ == "compound"):
            key = self.place_at(paragraph, word)
            place = self.places[key] if key else None
            if place and place.name != place.country and place.latitude and self.actor_of(paragraph, word) is None:
                return key
        return None


def _surnames(cast: Cast) -> dict[str, str]:
    """The last names that one person of a document bears; a headline may give no more."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in cast.actors:
        if actor.kind is ActorKind.PERSON and " " in actor.name:
            bearers[actor.name.rpartition(" ")[2].casefold()].add(actor.key)
    return {name: keys.pop() for name, keys in bearers.items() if len(keys) == 1}


# Characters behind a reporting word: "told reporters in Paris".
CLOSE = 30
AT = frozenset({"aboard", "at", "in", "inside", "near", "outside", "on", "off", "across", "around", "to", "into"})


def is_spoken_of(token: Token) -> bool:
    """ "She mentioned deposits in Murmansk, in Yakutia": what words are about; "said in Murmansk" is there."""
    prep = token.head
    while prep.dep_ == "conj":
        prep = prep.head
    told = prep.head
    while told.dep_ in ("conj", "pobj", "prep", "appos") and told.head != told:
        told = told.head
    telling = event_words()["telling"]
    if told.dep_ in ("dobj", "obj"):
        return told.head.lemma_.lower() in telling
    # The parse hangs the second of a list of places on the verb.
    objects = [child for child in told.children if child.dep_ in ("dobj", "obj") and child.i < prep.i]
    return told.lemma_.lower() in telling and any(
        t.dep_ == "prep" and t.lower_ == prep.lower_ for o in objects for t in o.children
    )


def is_at(prep: Token) -> bool:
    """Whether a preposition says where: "to" and "into" only behind a word of going, "flies to Oslo", "a visit to".

    "Over" only behind what is done in the air.
    """
    if prep.lower_ == "over":
        return prep.head.lemma_.lower() in place_words()["aloft"]
    if prep.lower_ not in ("to", "into"):
        return prep.lower_ in AT
    words = place_words()
    return prep.head.lemma_.lower() in words["away"] or prep.head.lemma_.lower() in words["ways"]


def _is_somebody(token: Token) -> bool:
    """ "An Afghan", "two Germans", "Britons": people of a state, who do not act for it as "the Russians" may."""
    if token.dep_ in ("amod", "compound", "nmod", "poss") or token.pos_ == "ADJ":
        return False
    return not any(child.lower_ == "the" for child in token.children) or any(
        child.pos_ == "NUM" or child.dep_ == "relcl" for child in token.children
    )


def named_by(noun: Token) -> list[Token]:
    """The names behind "the city of"."""
    return [name for prep in noun.children if prep.lower_ == "of" for name in prep.children if name.dep_ == "pobj"]


def _ruled_by(court: Token) -> list[Token]:
    """The names behind "the High Court of" and "the District Court for the Northern District of": it sits there."""
    names = named_by(court)
    for prep in (child for child in court.children if child.lower_ == "for"):
        names += [name for district in prep.children for name in named_by(district)]
    return names


def is_about(prep: Token, noun: Token) -> bool:
    """ "A vote on Kosovo" is not held there, though one may stand "on the bridge"."""
    return prep.lower_ == "on" and noun.lemma_.lower() not in place_words()["facilities"]


def is_of_matter(prep: Token) -> bool:
    """ "A resolution on violence in Gaza", "limits on flights to the airport in Havana": where that is which words of
    bodies are about, and not where they are adopted."""
    matters = place_words()["matters"]
    if prep.head.lemma_.lower() in matters:
        # The parse hangs the place of "a resolution on violence in Gaza" on the resolution.
        before = prep.doc[max(prep.i - 1, 0)]
        return before.dep_ == "pobj" and before.head.head == prep.head and before.head.lower_ in _ABOUT
    word = prep.head
    while word.dep_ in ("prep", "pobj", "pcomp", "conj") and word.head != word:
        told = word.head.head.lemma_.lower() if word.dep_ in ("pobj", "pcomp") else ""
        bound = word.head.lower_ == "to" and told in place_words()["craft"]
        if bound or (word.head.lower_ in _ABOUT and told in matters):
            return True
        word = word.head
    return False


# What words are about stands behind these.
_ABOUT = frozenset({"on", "over", "about", "against", "for", "regarding", "concerning", "to"})


def is_ranked(head: Token) -> bool:
    """ "The first state in the US", "the largest city in Spain": what a place is one of."""
    return head.lemma_.lower() in place_words()["kinds"] and any(
        child.tag_ == "JJS" or child.lower_ in ("first", "only", "last") for child in head.children
    )


def is_scene_of(noun: Token) -> bool:
    """ "Peru bus crash", "held in US prison": a state before such a noun takes no part in it."""
    family = event_words().nouns.get(noun.lemma_.lower())
    if family is not None and family.kind is EventKind.ACCIDENT:
        return True
    local = noun.lemma_.lower() in place_words()["local_facilities"]
    return local and noun.dep_ == "pobj" and noun.head.lower_ in ("in", "at", "inside")


def is_bound_for(noun: Token) -> bool:
    """ "The Oslo to Bergen flight" is in neither."""
    return noun.i + 1 < len(noun.doc) and noun.nbor().lower_ in place_words()["craft"]


def answers(token: Token) -> bool:
    """ "In retaliation for air strikes in Kunduz": there happened what the event answers."""
    return any(word.lower_ in place_words()["answers"] for word in token.doc[max(token.i - REACH, 0) : token.i])


# Words before a place within which it may be told what an event answers.
REACH = 9


def conjoined(token: Token) -> list[Token]:
    """A word and those joined to it: "Trump", "Vance" and "Zelenskyy" of one list."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            found.extend(conjoined(child))
    return found


def in_phrase(token: Token, head: Token) -> bool:
    """Whether a word stands in the noun phrase of a head, not in a clause hung on it."""
    while token != head:
        if token.dep_ not in PHRASE or token.head == token:
            return False
        token = token.head
    return True
