"""Who said exactly what: quotations beside a reporting verb, a name with a colon, "according to", and what is reported
in a clause. A quotation that nothing in its sentence gives to anybody goes on with the speaker before it, and says so
in its confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.mentions import ActorMention, Document, Span, StatementMention, TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.plain.speakers import FAR, Speakers
from timeline.extraction.plain.speech import TERMINATORS, Speech
from timeline.extraction.plain.wording import Wording
from timeline.extraction.statements.quotations import continues_from
from timeline.vocabulary import ActorKind, MentionForm, PartialDate, StatementKind

# How often a rule is right, as far as our own articles tell; no annotated corpus of quotations in Spanish can be had.
# Below SURE nobody is named, and the item waits for a person below what the site shows.
TRUST = {
    "quote-cue-name": 0.93,
    "name-cue-quote": 0.92,
    "name colon": 0.92,
    "according to": 0.9,
    "split quotation": 0.92,
    "same paragraph": 0.9,
    "continuation": 0.9,
    "verb alone": 0.9,
    "colon": 0.9,
    "clause": 0.85,
    "clause without subject": 0.8,
    "verb alone, several spoke": 0.45,
    "last speaker": 0.3,
    "nobody": 0.2,
}
SURE = 0.9
_NEAR = 5  # words between a quotation and its verb: "así lo ha", "también se lo"
_LEAST = 4  # words of a quotation that is speech of its own where nothing says so
_CLAUSE = 8  # words between a verb and the "that" of what it reports


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """Who speaks, by whose words in the text, with which verb. `actor` is None where the words name nobody known."""

    sieve: str
    actor: ActorMention | None = None
    span: Span | None = None
    cue: Span | None = None
    verb: Token | None = None
    follows: int | None = None


def find_statements(
    document: Document, paragraphs: Sequence[Paragraph], cast: Cast, times: Sequence[TimeMention], wording: Wording
) -> tuple[StatementMention, ...]:
    """Read the statements of a document, in text order.

    Args:
        document: the article; all spans are offsets into its text.
        paragraphs: its parsed prose.
        cast: its actors, by whom speakers are named.
        times: its time expressions, for the day on which something was said.
        wording: the words of its language.
    """
    drafts = sorted(
        _Reader(document, cast, times, wording).read(paragraphs), key=lambda draft: draft[0].content[0].start
    )
    keys = {s.content[0].start: f"s{n}" for n, (s, _) in enumerate(drafts, 1) if s.kind is StatementKind.DIRECT}
    return tuple(
        replace(s, key=f"s{n}", continues=keys.get(follows) if follows is not None else None)
        for n, (s, follows) in enumerate(drafts, 1)
    )


class _Reader:
    """Reads one document paragraph by paragraph, and remembers who spoke last."""

    def __init__(self, document: Document, cast: Cast, times: Sequence[TimeMention], wording: Wording) -> None:
        self.text = document.text
        self.cast = cast
        self.times = times
        self.wording = wording
        self.who = Speakers(cast, times, wording)
        self.last: _Source | None = None
        self.last_at = 0  # where the last speaker's words ended, and in which paragraph
        self.last_in = 0
        self.open: tuple[Speech, int] | None = None  # the paragraph before, and where its last quotation began

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[StatementMention, int | None]]:
        for paragraph in paragraphs:
            if not paragraph.is_body:
                continue
            speech = Speech(self.text, paragraph, self.wording)
            clauses = list(self._clauses(speech))
            taken = {n for first, last, _, _ in clauses for n in speech.number_of[first : last + 1] if n >= 0}
            order = [(q.start, "quotation", n) for n, q in enumerate(speech.quotations) if n not in taken]
            order += [(speech.span(first, first).start, "clause", n) for n, (first, *_) in enumerate(clauses)]
            for _, what, n in sorted(order):
                if what == "clause":
                    yield self._reported(speech, *clauses[n]), None
                elif (found := self._quotation(speech, n)) is not None:
                    yield found
            self.open = (speech, speech.quotations[-1].start) if speech.quotations else None

    # --- quotations ----------------------------------------------------------------------------------------------

    def _quotation(self, speech: Speech, number: int) -> tuple[StatementMention, int | None] | None:
        source = self._beside(speech, number)
        if source is None and number == 0 and self._goes_on(speech):
            assert self.last is not None and self.open is not None
            source = replace(self.last, sieve="continuation", follows=self.open[1], cue=None, verb=None)
        if source is None:
            if not speech.begins_sentence(number) or len(speech.inner(number).split()) < _LEAST:
                return None
            source = self._floating(speech, number, alone=not speech.lead(number))
        quotation = speech.quotations[number]
        trust = min(TRUST[source.sieve], TRUST[self.last.sieve] if source.follows is not None and self.last else 1.0)
        self._remember(speech, source, quotation.end)
        return (
            StatementMention(
                key="",
                kind=StatementKind.DIRECT,
                content=(Span.of(self.text, quotation.start, quotation.end),),
                speaker=source.actor.key if source.actor and trust >= SURE else None,
                speaker_span=source.span,
                cue=source.cue,
                date=self._date(speech, source.verb),
                hedged=speech.is_hearsay(source.verb),
                confidence=trust,
                sieve=source.sieve,
            ),
            source.follows,
        )

    def _beside(self, speech: Speech, number: int) -> _Source | None:
        """Who speaks, by the words of the quotation's own sentence."""
        lead, tail = speech.lead(number), speech.tail(number)
        earlier = speech.quotations[number - 1] if number else None
        found = self._after(speech, lead)
        if found is not None and not (tail and tail[-1].text == ":"):
            return found
        verb = self.last.verb if self.last is not None else None
        between = verb is not None and verb.doc is speech.paragraph.doc and any(token.i == verb.i for token in tail)
        if between and self.last is not None and earlier is not None and tail[-1].is_punct and tail[-1].text != ":":
            # "A", dijo X, "B": the verb stands between the two.
            return replace(self.last, sieve="split quotation", follows=earlier.start)
        return self._before(speech, tail) or found

    def _after(self, speech: Speech, lead: Sequence[Token]) -> _Source | None:
        words = [token for token in lead if not token.is_punct and not token.is_space]
        for n, token in enumerate(words[:_NEAR]):
            size = speech.according_at(token)
            if size:
                return self._according(speech, token, [word for word in words[n + 1 :] if word.i >= token.i + size])
            if speech.cue_at(token) is not None:
                return self._said(speech, token, words[n + 1 :])
            noun = token.pos_ in self.wording.labels["noun"] and token.pos_ != "PRON"
            if noun and token.dep_ not in self.wording.labels["subject"]:
                return None
            leads = n + 1 < len(words) and self.wording.has("leads on", words[n + 1].lower_)
            helps = leads or self.wording.has("perfect", token.lower_)
            if token.pos_ in self.wording.labels["verb"] and not helps:
                return None
        return None

    def _said(self, speech: Speech, verb: Token, behind: Sequence[Token]) -> _Source:
        cue = speech.cue_span(verb)
        named = self.who.subject(speech, verb) or self.who.behind(speech, behind) or self.who.stranger(speech, verb)
        if named is not None:
            return _Source("quote-cue-name", named[0], named[1], cue, verb)
        return self._without_subject(speech, cue, verb)

    def _according(self, speech: Speech, word: Token, behind: Sequence[Token]) -> _Source | None:
        """ "Según X", "según ha explicado X"."""
        verb = next((token for token in behind[:3] if speech.cue_at(token) is not None), None)
        if verb is not None:
            rest = [token for token in behind if token.i > verb.i]
            return self._said(speech, verb, rest)
        named = self.who.behind(speech, behind)
        if named is None or (named[0] is None and not self.who.has_office(speech, named[1])):
            return None  # "según los datos"
        return _Source("according to", named[0], named[1], speech.span(word.i, word.i), word)

    def _before(self, speech: Speech, tail: Sequence[Token]) -> _Source | None:
        if not tail:
            return None
        colon = tail[-1].text == ":"
        words = [token for token in tail if not token.is_punct]
        for n, token in enumerate(words[:_NEAR]):
            if size := speech.according_at(token):
                return self._according(speech, token, [word for word in words[n + 1 :] if word.i >= token.i + size])
        near = range(len(words) - 1, -1, -1) if colon else range(len(words) - 1, len(words) - 3, -1)
        for n in near:
            if n < 0:
                break
            token = words[n]
            if speech.cue_at(token) is None or speech.is_negated(token):
                continue
            cue = speech.cue_span(token)
            named = (
                self.who.subject(speech, token)
                or self.who.ahead(speech, words[:n])
                or self.who.behind(speech, words[n + 1 :])
                or self.who.stranger(speech, token)
            )
            if named is not None:
                return _Source("name-cue-quote", named[0], named[1], cue, token)
            return self._without_subject(speech, cue, token)
        if not colon:
            return None
        label = self.cast.at(speech.paragraph.offset(words[0])) if words else None
        if (
            label is not None
            and label[0].kind is ActorKind.PERSON
            and label[1].span.end >= speech.span(words[-1].i, words[-1].i).end
        ):
            return _Source("name colon", label[0], label[1].span, None, None)
        told = list(self.who.persons(speech, speech.paragraph.offset(tail[0]), speech.paragraph.offset(tail[-1])))
        if len({actor.key for actor, _ in told}) == 1:
            return _Source("colon", told[0][0], told[0][1].span, None, None)
        return None

    def _without_subject(self, speech: Speech, cue: Span, verb: Token) -> _Source:
        """A verb whose subject is left out means the subject of the sentence before it, else the one person its
        paragraph has named so far, else whoever spoke last, if nobody else has come in between."""
        start = speech.paragraph.start
        if speech.is_plural(verb):
            return _Source("nobody", None, None, cue, verb)  # "dijeron": never one person
        acting = self.who.acting_before(speech, verb, after=self.last_at)
        if acting is not None:
            return _Source("verb alone", acting[0], acting[1], cue, verb)
        named = list(self.who.persons(speech, max(start, self.last_at), cue.start))
        if len({actor.key for actor, _ in named}) == 1:
            return _Source("verb alone", named[-1][0], named[-1][1].span, cue, verb)
        if self.last is None:
            return _Source("nobody", None, None, cue, verb)
        others = {actor.key for actor, _ in named} | {
            actor.key
            for actor, mention in self.cast.between(self.last_at, start)
            if actor.kind is ActorKind.PERSON and mention.form is MentionForm.NAME
        }
        if self.last.actor is not None:
            others.discard(self.last.actor.key)
        far = speech.paragraph.index - self.last_in > 1 or TRUST[self.last.sieve] < SURE or self.last.span is None
        sieve = "verb alone, several spoke" if others or far else "verb alone"
        return replace(self.last, sieve=sieve, cue=cue, verb=verb, follows=None)

    def _floating(self, speech: Speech, number: int, alone: bool) -> _Source:
        """The likeliest speaker of a quotation for which its own sentence has none; `alone` is whether it is that
        sentence, else words stand behind it that might have told."""
        if self.last is None:
            return _Source("nobody")
        if alone and number and self.last.verb is not None and self.last.verb.doc is speech.paragraph.doc:
            return replace(self.last, sieve="same paragraph", follows=None, cue=None, verb=None)
        return replace(self.last, sieve="last speaker", follows=None, cue=None, verb=None)

    def _goes_on(self, speech: Speech) -> bool:
        return (
            self.open is not None
            and self.last is not None
            and continues_from(
                self.open[0].quotations, speech.quotations, self.open[0].paragraph.end, speech.paragraph.start
            )
        )

    def _remember(self, speech: Speech, source: _Source, end: int) -> None:
        self.last, self.last_in = source, speech.paragraph.index
        if TRUST[source.sieve] >= SURE:
            self.last_at = max(end, source.span.end if source.span else 0)

    # --- what is reported in a clause ----------------------------------------------------------------------------

    def _clauses(self, speech: Speech) -> Iterator[tuple[int, int, Token, Token]]:
        """First and last word of each clause that a verb reports, with the verb and the "that"."""
        doc = speech.paragraph.doc
        until = -1
        for verb in doc:
            cue = speech.cue_at(verb)
            if cue is None or not cue.clause or verb.i <= until or speech.is_negated(verb):
                continue
            that = self._that(speech, verb)
            if that is None:
                continue
            until = self._end_of_clause(speech, verb, that)
            first = that.i + 1
            for n in self._joints(speech, first, until):
                yield first, n - 1, verb, that
                first = n + 2
            if until >= first:
                yield first, until, verb, that

    def _joints(self, speech: Speech, first: int, last: int) -> Iterator[int]:
        """Where a clause goes on with another "and that"."""
        doc = speech.paragraph.doc
        for n in range(first + 1, last - 1):
            joined = self.wording.has("and", doc[n].lower_) and self.wording.has("that", doc[n + 1].lower_)
            if joined and n in speech.outside:
                yield n

    def _that(self, speech: Speech, verb: Token) -> Token | None:
        for token in verb.doc[verb.i + 1 : verb.i + 2 + _CLAUSE + FAR]:
            if self.wording.has("that", token.lower_):
                # "Dijo el hombre que vive allí": a relative clause, by the parser and where no verb would report.
                complement = token.head.dep_ in self.wording.labels["clause"] and token.head.head == verb
                return token if complement or token.i == verb.i + 1 or self._is_time(speech, token.nbor(-1)) else None
            if token.text in TERMINATORS or token.text in (":", ";") or token.i not in speech.outside:
                return None
        return None

    def _is_time(self, speech: Speech, token: Token) -> bool:
        at = speech.paragraph.offset(token)
        return any(time.span.start <= at < time.span.end for time in self.times)

    def _end_of_clause(self, speech: Speech, verb: Token, that: Token) -> int:
        doc = verb.doc
        sentence = sentence_of(that)
        head = that.head if that.head != verb and that.head.i > that.i else None
        last = head.right_edge.i if head is not None else sentence.end - 1
        last = min(max(last, that.i), sentence.end - 1)
        n = that.i + 1
        while n <= last:
            token = doc[n]
            outside = n in speech.outside
            if outside and token.text in TERMINATORS:
                last = n - 1
                break
            if (
                outside
                and n > that.i + 2
                and doc[n - 1].text == ","
                and (speech.according_at(token) or speech.cue_at(token) is not None)
            ):
                last = n - 2
                break
            n += 1
        while (
            last + 1 < len(doc) and speech.number_of[last] >= 0 and speech.number_of[last + 1] == speech.number_of[last]
        ):
            last += 1
        while last > that.i and last in speech.outside and (doc[last].is_punct or doc[last].is_space):
            last -= 1
        return last

    def _reported(self, speech: Speech, first: int, last: int, verb: Token, that: Token) -> StatementMention:
        cue = speech.cue_span(verb)
        between = [token for token in verb.doc[verb.i + 1 : that.i] if not token.is_punct]
        words = [token for token in self.who.sentence_before(speech, verb) if not token.is_punct]
        named = (
            self.who.subject(speech, verb)
            or self.who.behind(speech, between)
            or self.who.ahead(speech, words)
            or self.who.stranger(speech, verb)
        )
        sieve = "clause"
        actor, span = named if named is not None else (None, None)
        if named is None:
            source = self._without_subject(speech, cue, verb)
            actor, span, sieve = source.actor, source.span, "clause without subject"
            if source.sieve != "verb alone":
                actor, span, sieve = None, None, "verb alone, several spoke"
        self._remember(
            speech,
            _Source("quote-cue-name" if named is not None or actor else "nobody", actor, span, cue, verb),
            speech.span(last, last).end,
        )
        quoted = any(number >= 0 for number in speech.number_of[first : last + 1])
        return StatementMention(
            key="",
            kind=StatementKind.MIXED if quoted else StatementKind.INDIRECT,
            content=(speech.span(first, last),),
            speaker=actor.key if actor else None,
            speaker_span=span,
            cue=cue,
            date=self._date(speech, verb),
            hedged=speech.is_hearsay(verb),
            confidence=TRUST[sieve],
            sieve=sieve,
        )

    def _date(self, speech: Speech, verb: Token | None) -> PartialDate | None:
        """The day of saying: a time right behind or before the verb, "dijo este lunes"."""
        if verb is None or verb.doc is not speech.paragraph.doc:
            return None
        start = speech.paragraph.offset(verb)
        end = start + len(verb)
        for time in self.times:
            if time.date is None:
                continue
            between = self.text[end : time.span.start] if time.span.start >= end else None
            if between is not None and len(between) <= 10 and not any(sign in between for sign in '.,;:«»“”"'):
                return time.date
        return None
