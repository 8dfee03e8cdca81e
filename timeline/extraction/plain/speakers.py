"""Who is meant where somebody speaks: the subject of a reporting verb, by the parser and by what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.mentions import ActorMention, Mention, Span, TimeMention
from timeline.extraction.plain.speech import TERMINATORS, Speech
from timeline.extraction.plain.wording import Wording
from timeline.vocabulary import ActorKind, MentionForm

FAR = 14  # words between a verb and its subject behind it: "dijo este lunes en Madrid a la prensa"

# An actor of the document, or None, and the words that stand for the speaker.
Who = tuple[ActorMention | None, Span]


class Speakers:
    """Finds who speaks in a paragraph, among the cast of its document."""

    def __init__(self, cast: Cast, times: Sequence[TimeMention], wording: Wording) -> None:
        self.cast = cast
        self.times = times
        self.wording = wording

    def sentence_before(self, speech: Speech, verb: Token) -> list[Token]:
        words: list[Token] = []
        for token in reversed(verb.doc[: verb.i]):
            if token.text in TERMINATORS or token.i not in speech.outside:
                break
            words.append(token)
        return words[::-1]

    def subject(self, speech: Speech, verb: Token) -> Who | None:
        """The subject as the parser sees it, if it names an actor of the document."""
        for child in verb.children:
            if child.dep_ in self.wording.labels["subject"] and child.i in speech.outside:
                named = self._named(speech, child)
                if named is not None and named[0] is not None:
                    return named
        return None

    def stranger(self, speech: Speech, verb: Token) -> Who | None:
        """A subject that is nobody of the document: then nobody who spoke before it is meant."""
        for child in verb.children:
            noun = child.pos_ in self.wording.labels["noun"] and child.pos_ != "PRON" and child.text[1:2].isalpha()
            if child.dep_ in self.wording.labels["subject"] and child.i in speech.outside and noun:
                return None, speech.span(child.i, child.i)
        return None

    def behind(self, speech: Speech, words: Sequence[Token]) -> Who | None:
        """The first noun behind a verb that no preposition makes something else: its subject, where none is before."""
        passed: set[int] = set()  # nouns behind a preposition, and what hangs on them: "en la red social X"
        for token in words[:FAR]:
            if token.pos_ in self.wording.labels["verb"] and not self.wording.has("perfect", token.lower_):
                return None
            if self.wording.has("that", token.lower_):
                return None
            if token.pos_ not in self.wording.labels["noun"] or token.pos_ == "PRON":
                continue
            if self.is_oblique(token) or self._hangs_on(token, passed):
                passed.add(token.i)
                continue
            if any(t.span.start <= speech.paragraph.offset(token) < t.span.end for t in self.times):
                continue
            return self._named(speech, token)
        return None

    def _hangs_on(self, token: Token, passed: set[int]) -> bool:
        """Whether nothing but its adjectives stands between a word and a noun passed over."""
        for before in reversed(token.doc[max(0, token.i - 3) : token.i]):
            if before.i in passed:
                return True
            if before.pos_ != "ADJ":
                return False
        return False

    def ahead(self, speech: Speech, words: Sequence[Token]) -> Who | None:
        """The actor named nearest before a verb, not behind a preposition."""
        for token in reversed(words[-FAR * 2 :]):
            found = self.cast.at(speech.paragraph.offset(token))
            if found is None or found[1].form is MentionForm.DEMONYM:
                continue
            start = speech.paragraph.token_at(found[1].span.start)
            if start is None or self.is_oblique(start):
                continue
            return found[0], found[1].span
        return None

    def is_oblique(self, token: Token) -> bool:
        """Whether a preposition governs a word: "a la prensa", "de Hacienda"."""
        for before in reversed(token.doc[max(0, token.i - 4) : token.i]):
            if self.wording.has("prepositions", before.lower_):
                return True
            if not self.wording.has("articles", before.lower_) and before.pos_ not in ("DET", "ADJ", "NUM"):
                return False
        return False

    def _named(self, speech: Speech, head: Token) -> Who | None:
        """The actor of a noun phrase: the name in it, "la ministra de Hacienda, X", else whom its office stands for."""
        paragraph = speech.paragraph
        start = paragraph.offset(head)
        at = self.cast.at(start)
        if at is not None and at[1].form is not MentionForm.DEMONYM and at[1].form is not MentionForm.NOMINAL:
            return at[0], at[1].span
        name = self._name_behind(speech, head)
        if name is not None:
            return name[0], name[1].span
        if at is not None and at[1].form is MentionForm.NOMINAL:
            return at[0], at[1].span
        if head.pos_ in self.wording.labels["name"] or head.pos_ == "NOUN":
            first = head.i
            while first > 0 and first - 1 in speech.outside and head.doc[first - 1].pos_ in ("DET", "ADJ", "NUM"):
                first -= 1
            return None, speech.span(first, head.i)
        return None

    def _name_behind(self, speech: Speech, head: Token) -> tuple[ActorMention, Mention] | None:
        """A person's name behind an office, with at most one comma and no verb between."""
        if head.lower_ not in self.wording.titles:
            return None
        commas = 0
        for token in head.doc[head.i + 1 : head.i + FAR]:
            found = self.cast.at(speech.paragraph.offset(token))
            if found is not None and found[0].kind is ActorKind.PERSON and found[1].form is MentionForm.NAME:
                return found
            commas += token.text == ","
            stop = token.pos_ in self.wording.labels["verb"] or self.wording.has("that", token.lower_)
            if commas > 1 or stop or token.i not in speech.outside or (token.is_punct and token.text != ","):
                return None
        return None

    def has_office(self, speech: Speech, span: Span) -> bool:
        """Whether words describe somebody by an office: "la legisladora"."""
        return any(word.lower() in self.wording.titles for word in span.text.split())

    def acting_before(self, speech: Speech, verb: Token, after: int) -> Who | None:
        """The subject of the last main clause of the paragraph before a verb, if it may speak: an actor of the
        document, somebody with an office, or a name. `after` is an offset of the text behind which it must stand."""
        for token in reversed(verb.doc[: verb.i]):
            if speech.paragraph.offset(token) < after or token.dep_ not in self.wording.labels["subject"]:
                continue
            if token.i not in speech.outside or token.head == verb or self._is_subordinate(token.head):
                continue
            named = self._named(speech, token)
            may_speak = token.pos_ in self.wording.labels["name"] or token.lower_ in self.wording.titles
            if named is not None and (named[0] is not None or may_speak):
                return named
        return None

    def _is_subordinate(self, verb: Token) -> bool:
        return any(child.i < verb.i and self._joins_clauses(child) for child in verb.children)

    def _joins_clauses(self, token: Token) -> bool:
        return self.wording.has("that", token.lower_) or self.wording.has("relative", token.lower_)

    def persons(self, speech: Speech, start: int, end: int) -> Iterator[tuple[ActorMention, Mention]]:
        """The persons named in a stretch of a paragraph outside quotations, none behind a preposition."""
        for actor, mention in self.cast.between(start, end):
            token = speech.paragraph.token_at(mention.span.start)
            if actor.kind is not ActorKind.PERSON or token is None or token.i not in speech.outside:
                continue
            if not self.is_oblique(token):
                yield actor, mention
