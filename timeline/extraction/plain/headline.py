"""The main event, as the headline says it: its title is the headline itself, its day that of the first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.mentions import (
    ActorMention,
    Document,
    EventMention,
    Participant,
    PlaceMention,
    Span,
    StatementMention,
    TimeMention,
)
from timeline.extraction.names import fold
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.plain.wording import Wording
from timeline.extraction.statements.quotations import find_quotations
from timeline.vocabulary import BlockRole, DateBasis, EventKind, MentionForm, PartialDate

_LEAST = 4  # words of a headline that says what happened
_LONG = 5  # letters of a word that tells one story from another
# A headline that the first sentence says again is the event, in the paper's own words; what may be wrong is its day.
# One that the sentence does not say again waits for a person. No annotated events in Spanish are free to measure on.
_CONFIRMED, _UNCONFIRMED = 0.88, 0.5
_WORD = re.compile(r"[^\W\d_]+")
_STEPS = 8
_LINE = 8  # words and signs; what is no longer is a byline or a label


@dataclass(frozen=True, slots=True)
class _Headline:
    paragraph: Paragraph
    verb: Token | None  # the finite verb outside quotations that its other words hang on
    speaker: ActorMention | None  # who is quoted: "Sánchez: «No habrá recortes»"


def find_events(
    document: Document,
    paragraphs: Sequence[Paragraph],
    headline: Paragraph | None,
    cast: Cast,
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    statements: Sequence[StatementMention],
    wording: Wording,
) -> tuple[EventMention, ...]:
    """The main event of a document; none where its headline says nothing that happened, but only names a theme.

    Args:
        document: the article as read.
        paragraphs: its parsed prose.
        headline: its parsed title where that stands outside the text.
        cast: its actors.
        places: its places; the event is where its first sentence names one, and one alone.
        times: its time expressions.
        statements: its statements, one of which may be the news itself.
        wording: the words of its language.
    """
    title = next((p for p in paragraphs if p.role is BlockRole.TITLE), headline)
    lede = next((p for p in paragraphs if p.is_body and len(p.doc) > _LINE), None)
    if title is None or lede is None or not document.title:
        return ()
    read = _Headline(title, _verb(title, wording), _speaker(title, cast))
    if not _tells(read, document.title):
        return ()
    actors = list(_actors(read, cast, document, wording))
    first = lede.span(document.text, sentence_of(lede.doc[0]))
    outside = title.start > len(document.text)
    date, ahead = _date(lede, times, document, wording)
    spoken = read.speaker is not None and read.verb is None
    return (
        EventMention(
            key="e1",
            title=" ".join(document.title.split()),
            kind=EventKind.STATEMENT if spoken else _kind(read, document.title, wording),
            date=date,
            confidence=_CONFIRMED if _is_told_again(document.title, first, actors, cast) else _UNCONFIRMED,
            main=True,
            hedged=ahead or (read.verb is not None and _looks_ahead(read.verb, document.title, wording)),
            participants=tuple(Participant(key, "patient" if n else "agent") for n, key in enumerate(actors)),
            place=_place(places, first, title, document),
            trigger=title.span(document.text, read.verb) if read.verb is not None and not outside else None,
            evidence=(first,) if outside else (Span.of(document.text, title.start, title.end), first),
            statements=tuple(_spoken(statements, read)) if spoken else (),
        ),
    )


def _tells(headline: _Headline, title: str) -> bool:
    enough = len(title.split()) >= _LEAST and not title.rstrip('»”"').endswith("?")
    return enough and (headline.verb is not None or headline.speaker is not None)


def _verb(title: Paragraph, wording: Wording) -> Token | None:
    """The first finite verb that stands outside quotation marks and in no relative clause; else the word that opens
    the headline, where it is a participle ("Detenidos dos hombres") or known for a verb."""
    quoted = find_quotations(title.doc.text)
    finite = [
        token
        for token in title.doc
        if token.pos_ in wording.labels["verb"]
        and "Fin" in token.morph.get("VerbForm", [])
        and not any(q.start <= token.idx < q.end for q in quoted)
        and not (token.i and wording.has("relative", token.nbor(-1).lower_))
    ]
    verb = next((token for token in finite if token.dep_ == "ROOT"), finite[0] if finite else None)
    opening = title.doc[0]
    told = "Part" in opening.morph.get("VerbForm", []) or opening.lower_ in (*wording.kinds, *wording.cues)
    return verb if verb is not None or not told else opening


def _speaker(title: Paragraph, cast: Cast) -> ActorMention | None:
    """Whose words a headline gives behind a colon."""
    before, colon, after = title.doc.text.partition(":")
    if not colon or not after.strip().startswith(('"', "'")):
        return None
    name = fold(before.strip()).casefold()
    called = [a for a in cast.actors if any(fold(m.span.text).casefold() == name for m in a.mentions)]
    return called[0] if len(called) == 1 else None


def _actors(headline: _Headline, cast: Cast, document: Document, wording: Wording) -> Iterator[str]:
    """Whom the headline names: the verb's subject first, then the others as they stand."""
    title = headline.paragraph
    if headline.speaker is not None:
        yield headline.speaker.key
        return
    named = [
        (actor, m.span.start - title.start, m.span.end - title.start)
        for actor, m in cast.between(title.start, title.end)
    ]
    if title.start > len(document.text):
        named = [(a, at, at + len(name)) for a, name in _names(cast) if (at := _at(title.doc.text, name)) >= 0]
    named.sort(key=lambda item: item[1])
    subjects = {
        child.idx
        for token in ([headline.verb] if headline.verb is not None else [])
        for child in token.children
        if child.dep_ in wording.labels["subject"]
    }
    acting = [actor.key for actor, start, end in named if any(start <= at < end for at in subjects)]
    yield from dict.fromkeys([*acting, *(actor.key for actor, _, _ in named)])


def _names(cast: Cast) -> Iterator[tuple[ActorMention, str]]:
    for actor in cast.actors:
        for name in {m.span.text for m in actor.mentions if m.form in (MentionForm.NAME, MentionForm.DEMONYM)}:
            yield actor, name


def _at(text: str, name: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return found.start() if found else -1


def _kind(headline: _Headline, title: str, wording: Wording) -> EventKind:
    """What the verb tells; else the first word of the headline that tells a kind."""
    words = [word.lower() for word in _WORD.findall(title)]
    verb = headline.verb.lower_ if headline.verb is not None else ""
    says = verb in wording.cues and (":" in title or any(wording.has("that", word) for word in words))
    if says and verb not in wording.kinds:
        return EventKind.STATEMENT
    told = next((wording.kinds[word] for word in (verb, *words) if word in wording.kinds), None)
    return EventKind(told) if told else EventKind.OTHER


def _looks_ahead(verb: Token, title: str, wording: Wording) -> bool:
    """Whether the headline speaks of a plan, a possibility or what did not happen."""
    if "Fut" in verb.morph.get("Tense", []) or {"Cnd", "Sub"} & set(verb.morph.get("Mood", [])):
        return True
    return any(wording.has("looks ahead", word.lower()) for word in _WORD.findall(title))


def _date(
    lede: Paragraph, times: Sequence[TimeMention], document: Document, wording: Wording
) -> tuple[PartialDate, bool]:
    """The day that the verb of the first sentence is told to be on, and whether it was still to come.

    Where the sentence does not say, the day is not known: it was not after the article was published.
    """
    sentence = sentence_of(lede.doc[0])
    published = document.published
    last = published.latest if published is not None else None
    for time in times:
        inside = lede.start + sentence.start_char <= time.span.start < lede.start + sentence.end_char
        if time.date is None or not inside or not time.date.is_exact or not _hangs_on_root(lede, time, wording):
            continue
        return time.date, last is not None and time.date.earliest is not None and time.date.earliest > last
    if last is None:
        return PartialDate.unknown(), False
    reason = "The article does not say when; it cannot have been after the article was published."
    return PartialDate.until(last, basis=DateBasis.PUBLICATION_BOUND, reason=reason), False


def _hangs_on_root(lede: Paragraph, time: TimeMention, wording: Wording) -> bool:
    """Whether a time belongs to the main verb of its sentence and to no other verb and no noun."""
    quoted = find_quotations(lede.doc.text)
    at = time.span.start - lede.start
    if any(q.start <= at < q.end for q in quoted):
        return False
    span = lede.doc.char_span(at, time.span.end - lede.start, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    for _ in range(_STEPS):
        if token.dep_ == "ROOT":
            return token.pos_ in wording.labels["verb"] and not any(_is_told(child, wording) for child in token.lefts)
        token = token.head
        if _is_told(token, wording):
            return True
        if wording.has("parts of a day", token.lower_):
            continue
        if token.dep_ not in ("ROOT", "conj") and token.pos_ in (*wording.labels["verb"], *wording.labels["noun"]):
            return False
    return False


def _is_told(token: Token, wording: Wording) -> bool:
    """Whether a verb is the main one of a sentence but for who reports it behind: "…, informó la policía"."""
    verb = token.head
    return (
        token.pos_ in wording.labels["verb"]
        and token.dep_ in wording.labels["clause"]
        and verb.dep_ == "ROOT"
        and verb.i > token.i
        and verb.lower_ in wording.cues
    )


def _place(places: Sequence[PlaceMention], first: Span, title: Paragraph, document: Document) -> str | None:
    """The place in the headline, else in the first sentence, where there is one alone outside quotation marks."""
    quoted = find_quotations(document.text, first.start, first.end)
    for start, end in ((title.start, title.end), (first.start, first.end)):
        named = {
            place.key
            for place in places
            for span in place.mentions
            if start <= span.start < end and not any(q.start <= span.start < q.end for q in quoted)
        }
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _is_told_again(title: str, first: Span, actors: Sequence[str], cast: Cast) -> bool:
    """Whether the first sentence speaks of what the headline says: one of its actors, or two of its longer words."""
    ours, theirs = _stems(title), _stems(first.text)
    return len(ours & theirs) >= 2 or any(actor.key in actors for actor, _ in cast.between(first.start, first.end))


def _stems(text: str) -> set[str]:
    return {fold(word).casefold()[:_LONG] for word in _WORD.findall(text) if len(word) >= _LONG}


def _spoken(statements: Sequence[StatementMention], headline: _Headline) -> Iterator[str]:
    """The statements that the headline gives the words of."""
    quoted = _letters(headline.paragraph.doc.text.partition(":")[2])
    for statement in statements:
        said = _letters(" ".join(span.text for span in statement.content))
        alike = quoted in said or said in quoted or len(_stems(quoted) & _stems(said)) > 1
        if headline.speaker is not None and statement.speaker == headline.speaker.key and alike:
            yield statement.key


def _letters(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
