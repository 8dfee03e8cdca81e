"""Who said exactly what: quotations and reported speech, each with its speaker, cue and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.mentions import Document, Span, StatementMention, TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.attribution import SHARES, Attribution, attribute, introduced, signed, told_last
from timeline.extraction.statements.confidence import (
    CONTESTED,
    IMAGINED,
    SHARED,
    is_contested,
    is_named_behind,
    is_shared,
)
from timeline.extraction.statements.cues import Lexicon, is_hedged, lexicon, words_of_cue
from timeline.extraction.statements.headlines import Headline, read_headline
from timeline.extraction.statements.media import addressee_of, is_lasting, is_of_another_time, media_words, medium_of
from timeline.extraction.statements.passages import Passage, passages_of
from timeline.extraction.statements.posts import Post, find_posts
from timeline.extraction.statements.quotations import continues_from
from timeline.extraction.statements.reported import find_indirect
from timeline.extraction.statements.speakers import relative_of, words_of
from timeline.extraction.statements.transcripts import Turn, find_turns
from timeline.vocabulary import BlockRole, MentionForm, PartialDate, StatementKind

# Below this a floating quotation keeps the words nearest to it, and nobody is named.
SURE = 0.9
# Turns of whom the label names nobody: questions, most of them.
_NAMELESS = 0.7
_FLOATING_WORDS = 4
_REPEATED_WORDS = 6
# The day on which Twitter took the name X.
_RENAMED = "2023-07-24"
_INSERTION = re.compile(r"[(\[](?!\d)[^()\[\]\n]{2,60}[)\]]")
_HANDLE = re.compile(r"(?<=\w) ?\((?P<handle>@\w{2,30})\)")
_PRONOUNS, _NEARBY = frozenset({"he", "she"}), 800
_TRUNCATION = ("…", "...")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A statement whose key is its place, until all are found.

    `follows` is the place of the quotation that this one goes on with: as a part of it, or `apart` from it.
    """

    mention: StatementMention
    follows: int | None = None
    apart: bool = False

    @property
    def place(self) -> int:
        return self.mention.content[0].start


def find_statements(
    document: Document, paragraphs: Sequence[Paragraph], cast: Cast, times: Sequence[TimeMention]
) -> tuple[StatementMention, ...]:
    """Read the statements of a document, in text order.

    Args:
        document: the article; all spans are offsets into its text.
        paragraphs: its parsed prose.
        cast: its actors, by whom speakers are named; with an empty cast statements have words for a speaker only.
        times: its time expressions, for the day on which something was said.
    """
    drafts = _joined(_Reader(document, cast, times, lexicon()).read(paragraphs))
    drafts.sort(key=lambda draft: (draft.place, draft.mention.content[-1].end, draft.mention.sieve))
    keys = {draft.place: f"s{n}" for n, draft in enumerate(drafts, 1) if draft.mention.kind is StatementKind.DIRECT}
    numbered = (
        replace(draft.mention, key=f"s{n}", continues=keys.get(draft.follows) if draft.follows is not None else None)
        for n, draft in enumerate(drafts, 1)
    )
    return tuple(_carry_media(_without_strangers(numbered, cast, lexicon()), paragraphs))


def _handles(text: str, cast: Cast) -> dict[str, str]:
    """Whose name stands before a handle in brackets: Mary Holm (@maryholm)."""
    found = {}
    for match in _HANDLE.finditer(text) if "(@" in text else ():
        named = cast.at(match.start() - 1)
        if named is not None:
            found[match["handle"].casefold()] = named[0].key
    return found


def _joined(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Statements of the parts of a quotation that its cue or the end of a paragraph interrupts."""
    found: list[_Draft] = []
    holders: dict[int, int] = {}
    for draft in drafts:
        mention = draft.mention
        if mention.kind is not StatementKind.DIRECT:
            found.append(draft)
            continue
        holder = holders.get(draft.follows) if draft.follows is not None else None
        if holder is None or draft.apart:
            holders[draft.place] = len(found)
            found.append(replace(draft, follows=found[holder].place if holder is not None else None))
            continue
        holders[draft.place] = holder
        first = found[holder].mention
        # Lines of one quotation: the one that names a speaker speaks for all.
        named = mention if mention.confidence > first.confidence else first
        whole = replace(
            named,
            content=first.content + mention.content,
            inserted=first.inserted or mention.inserted,
        )
        found[holder] = replace(found[holder], mention=whole)
    return found


class _Reader:
    """Reads one document paragraph by paragraph, and remembers who spoke last."""

    def __init__(self, document: Document, cast: Cast, times: Sequence[TimeMention], words: Lexicon) -> None:
        self.text = document.text
        self.published = document.published
        self.cast = cast
        self.times = times
        self.words = words
        self.handles = _handles(document.text, cast)
        self.previous: Passage | None = None
        self.speaking: Passage | None = None
        self.last: tuple[Attribution, int] | None = None

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[_Draft]:
        prose = " ".join(
            " ".join(_LETTERS.findall(paragraph.text.lower())) for paragraph in paragraphs if paragraph.is_body
        )
        passages = passages_of(self.text, paragraphs, self.words)
        turns = find_turns(passages, self.cast, media_words())
        posts = find_posts(passages, self.cast)
        for passage, following in zip_longest(passages, passages[1:]):
            if passage.paragraph.index in posts:
                post = posts[passage.paragraph.index]
                if post is not None:
                    yield self._post(post)
            elif passage.paragraph.index in turns:
                turn = turns[passage.paragraph.index]
                if turn is not None:
                    yield self._turn(turn)
            elif passage.paragraph.is_body:
                direct = dict(self._quotations(passage, following))
                yield from direct.values()
                yield from self._reported(passage, frozenset(direct))
                self.previous = passage
            else:
                yield from self._of_heading(passage, prose)

    def _of_heading(self, passage: Passage, prose: str) -> Iterator[_Draft]:
        """A headline's or caption's statements: those with a cue whose words the body does not repeat."""
        attributions = attribute(passage, self.words)
        direct = []
        for number, attribution in attributions.items():
            inner = passage.inner(number)
            words = " ".join(_LETTERS.findall(inner.lower()))
            if inner.endswith(_TRUNCATION) or words in prose or attribution.cue is None:
                continue
            direct.append(number)
            yield self._direct(passage, number, attribution, None)
        headline = (
            read_headline(passage, self.cast) if passage.paragraph.role is BlockRole.TITLE and not direct else None
        )
        if headline is not None:
            yield self._headline(passage, headline)
        elif passage.paragraph.role is not BlockRole.CAPTION:
            for draft in self._reported(passage, frozenset(range(len(passage.quotations)))):
                said = _LETTERS.findall(draft.mention.content[0].text.lower())
                if len(said) < _REPEATED_WORDS or " ".join(said) not in prose:
                    yield draft

    def _headline(self, passage: Passage, headline: Headline) -> _Draft:
        speaker, span = self._speaker(passage, headline.speaker, None)
        quoted = any(passage.quotation_of[i] >= 0 for i in range(headline.first, headline.last + 1))
        mention = StatementMention(
            key="",
            kind=StatementKind.MIXED if quoted else StatementKind.INDIRECT,
            content=(passage.span(headline.first, headline.last),),
            speaker=speaker,
            speaker_span=span,
            cue=passage.span(headline.mark.i, headline.mark.i),
            confidence=SHARES["headline"][1],
            sieve="headline",
        )
        return _Draft(mention)

    def _post(self, post: Post) -> _Draft:
        published = self.published.earliest if self.published is not None else None
        return _Draft(
            StatementMention(
                key="",
                kind=StatementKind.DIRECT,
                content=(Span.of(self.text, post.start, post.stop),),
                speaker=post.speaker,
                speaker_span=Span.of(self.text, post.name_start, post.name_end),
                medium="X" if published is not None and str(published)[:10] >= _RENAMED else "Twitter",
                date=next((t.date for t in self.times if t.date and post.name_end <= t.span.start < post.end), None),
                confidence=SHARES["post"][1],
                sieve="post",
            )
        )

    def _turn(self, turn: Turn) -> _Draft:
        parts = ((turn.start, turn.end), *turn.parts)
        return _Draft(
            StatementMention(
                key="",
                kind=StatementKind.DIRECT,
                content=tuple(Span.of(self.text, start, end) for start, end in parts),
                speaker=turn.speaker,
                speaker_span=Span.of(self.text, turn.label_start, turn.label_end),
                medium="interview",
                inserted=any(_INSERTION.search(self.text, start, end) for start, end in parts),
                confidence=SHARES["transcript"][1] if turn.speaker is not None else _NAMELESS,
                sieve="transcript",
            )
        )

    def _quotations(self, passage: Passage, following: Passage | None) -> Iterator[tuple[int, _Draft]]:
        attributions = attribute(passage, self.words)
        for number, quotation in enumerate(passage.quotations):
            if not passage.is_utterance(number):
                continue
            attribution = attributions.get(number)
            follows: int | None = None
            if attribution is not None:
                if attribution.follows is not None:
                    follows = passage.quotations[attribution.follows].start
                elif number == 0 and passage.inside and self.last is not None and self._goes_on(passage):
                    follows = self.last[1]
            elif number == 0 and self.last is not None and self._goes_on(passage):
                attribution = self.last[0].extended("continuation")
                follows = self.last[1]
            elif passage.begins_sentence(number) and (
                passage.inner(number).count(" ") + 1 >= _FLOATING_WORDS or not any(passage.gaps)
            ):
                attribution = self._floating(passage, number, following)
                if attribution.sieve == "run of quotations" and self.last is not None:
                    attribution, follows = replace(attribution, apart=True), self.last[1]
            else:
                continue
            self.last = attribution, quotation.start
            self.speaking = passage
            yield number, self._direct(passage, number, attribution, follows)

    def _floating(self, passage: Passage, number: int, following: Passage | None) -> Attribution:
        """The likeliest speaker of a quotation for which its own paragraph has none."""
        alone = number == 0 and not passage.gaps[0]
        if alone and following is not None and len(passage.quotations) == 1 and not passage.gaps[1]:
            signature = signed(following)
            if signature is not None:
                return signature
        if alone and self.previous is not None:
            announced = introduced(self.previous, self.words)
            if announced is not None:
                return announced
            if self.last is not None and self.speaking is self.previous:
                return self.last[0].extended("run of quotations")
        if self.previous is not None and number == 0:
            subject = told_last(passage) if passage.gaps[0] else told_last(self.previous)
            if subject is not None:
                return Attribution(passage if passage.gaps[0] else self.previous, subject, None, "sentence before")
        if self.last is not None:
            return self.last[0].extended("last speaker")
        return Attribution(passage, None, None, "nobody")

    def _goes_on(self, passage: Passage) -> bool:
        return (
            self.previous is not None
            and self.last is not None
            and bool(self.previous.quotations)
            and self.last[1] == self.previous.quotations[-1].start
            and continues_from(
                self.previous.quotations,
                passage.quotations,
                self.previous.paragraph.end,
                passage.paragraph.start,
            )
        )

    def _direct(self, passage: Passage, number: int, attribution: Attribution, follows: int | None) -> _Draft:
        quotation = passage.quotations[number]
        trust = attribution.trust
        cue, place = attribution.cue, attribution.passage
        speaker, span = self._speaker(place, attribution.speaker, cue)
        mention = StatementMention(
            key="",
            kind=StatementKind.DIRECT,
            content=(Span.of(self.text, quotation.start, quotation.end),),
            speaker=speaker if trust >= SURE else None,
            speaker_span=span,
            cue=place.span(*words_of_cue(cue, cue)) if cue is not None else None,
            medium=medium_of(place, cue, media_words()) if cue is not None else None,
            addressee=self._addressee(place, cue),
            date=self._date(place, cue, range(0)),
            hedged=cue is not None and is_hedged(cue),
            inserted=bool(_INSERTION.search(self.text, quotation.inner_start, quotation.inner_end)),
            confidence=self._sure(attribution.confidence(passage, number), speaker, span, cue),
            sieve=attribution.sieve,
        )
        return _Draft(mention, follows, attribution.apart)

    def _reported(self, passage: Passage, taken: frozenset[int]) -> Iterator[_Draft]:
        for indirect in find_indirect(passage, self.words, taken):
            report = indirect.report
            speaker, span = self._speaker(passage, report.speaker, report.cue)
            inside = [i for first, last in indirect.runs for i in range(first, last + 1)]
            content = tuple(passage.span(first, last) for first, last in indirect.runs)
            quoted = any(passage.quotation_of[i] >= 0 for i in inside)
            yield _Draft(
                StatementMention(
                    key="",
                    kind=StatementKind.MIXED if quoted else StatementKind.INDIRECT,
                    content=content,
                    speaker=speaker,
                    speaker_span=span,
                    cue=passage.span(*words_of_cue(report.cue, report.last)),
                    medium=medium_of(passage, report.cue, media_words()),
                    addressee=self._addressee(passage, report.cue),
                    date=self._date(passage, report.cue, inside),
                    hedged=is_hedged(report.cue),
                    confidence=self._sure(indirect.confidence, speaker, span, None),
                    sieve=report.construction,
                )
            )

    def _speaker(self, passage: Passage, speaker: Token | None, cue: Token | None) -> tuple[str | None, Span | None]:
        if speaker is None:
            return None, None
        first, last = words_of(speaker, passage.outside)
        if cue is not None and speaker.i < cue.i:
            relative = relative_of(speaker, cue)
            last = max(last, relative.i) if relative is not None else last
        at = passage.paragraph.offset(speaker)
        actor = self.cast.at(at)
        if speaker.lower_ == "they" and len({one.key for one, _ in self.cast.between(at, at + 1)}) > 1:
            actor = None  # "Berg and Holm argued …, they said": not one of them
        if actor is None:
            # "The group's chief executive, Sigrid Aune, said": whom the apposition names.
            for name in speaker.children:
                if name.dep_ == "appos" and name.i > speaker.i:
                    actor = actor or self.cast.at(passage.paragraph.offset(name))
                    last = max(last, name.i) if actor else last
        span = passage.span(first, last)
        if actor is not None and cue is not None and is_named_behind(passage, speaker, cue, actor[0]):
            return None, span
        return actor[0].key if actor else self.handles.get(span.text.casefold()), span

    def _sure(self, confidence: float, speaker: str | None, span: Span | None, cue: Token | None) -> float:
        """How sure a statement is that may be imagined, or whose speaker a pronoun or surname that may be another's."""
        if cue is not None and is_hedged(cue):
            confidence = round(confidence * IMAGINED, 2)
        if speaker is None or span is None:
            return confidence
        if span.text.casefold() not in _PRONOUNS:
            return round(confidence * SHARED, 2) if is_shared(self.cast, speaker, span) else confidence
        return round(confidence * CONTESTED, 2) if is_contested(self.cast, speaker, span) else confidence

    def _addressee(self, passage: Passage, cue: Token | None) -> str | None:
        listener = addressee_of(passage, cue) if cue is not None else None
        if listener is None:
            return None
        actor = self.cast.at(passage.paragraph.offset(listener))
        return actor[0].name if actor else passage.span(*words_of(listener, passage.outside)).text

    def _date(self, passage: Passage, cue: Token | None, content: Sequence[int]) -> PartialDate | None:
        """The day of saying: a time expression that hangs on the cue, "said on Monday"."""
        if cue is None:
            return None
        first = passage.paragraph.start + sentence_of(cue).start_char
        last = passage.paragraph.start + sentence_of(cue).end_char
        for time in self.times:
            if time.date is None or time.span.start < first or time.span.end > last:
                continue
            token = passage.paragraph.token_at(time.span.end - 1)
            while token is not None and token.i not in content and token.head != token:
                if token.head == cue:
                    if token.dep_ in ("npadvmod", "prep", "tmod", "advmod"):
                        return time.date
                    break
                if token.pos_ == "VERB":
                    break
                token = token.head
        return None


def _without_strangers(
    statements: Iterable[StatementMention], cast: Cast, words: Lexicon
) -> Iterator[StatementMention]:
    """ "A spokesman said … “…,” he said": the pronoun is the spokesman, not whoever was named before him."""
    stranger: Span | None = None
    for statement in statements:
        span = statement.speaker_span
        if span is not None and span.text.casefold() in _PRONOUNS:
            if statement.speaker is not None and stranger is not None and stranger.end <= span.start:
                named = (m.span.start for m in cast.by_key[statement.speaker].mentions if m.form is MentionForm.NAME)
                if span.start - stranger.end < _NEARBY and not any(stranger.start < at < span.start for at in named):
                    statement = replace(statement, speaker=None)
        elif span is not None:
            last = span.text.rpartition(" ")[2].casefold()
            stranger = span if statement.speaker is None and last in words.persons else None
        yield statement


def _carry_media(statements: Iterator[StatementMention], paragraphs: Sequence[Paragraph]) -> Iterator[StatementMention]:
    """Quotations after a video or a speech are from it, as long as the same mouth speaks and names nothing else."""
    speaker = medium = None
    for statement in statements:
        if statement.speaker is None:
            yield statement
            continue
        if statement.speaker != speaker:
            speaker, medium = statement.speaker, None
        if statement.medium is not None:
            medium = statement.medium if is_lasting(statement.medium, media_words()) else None
        elif medium is not None and not is_of_another_time(paragraphs, statement):
            statement = replace(statement, medium=medium)
        yield statement
