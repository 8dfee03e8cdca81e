"""Events and statements as a reader sees them in a list: everything a template prints, fetched in a few queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from timeline.forms import ChronologyForm
from timeline.models import Article, Event, EventRelation, Evidence, Participation, Statement
from timeline.models.corrections import Correctable
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet
from timeline.views.days import Dating, clock_of, day_words
from timeline.vocabulary import ORDER_WORDS, EventStatus, RelationKind, StatementKind

FIRST_QUOTES = 3
CHIPS = 8
SOURCES = 5
DIRECTNESS = (StatementKind.DIRECT.value, StatementKind.MIXED.value, StatementKind.INDIRECT.value)
# Of a passage and its article, what a chip says.
OF_EVIDENCE = ("event", "statement", "article", "start", "outside_title", "outside_url")
OF_ARTICLE = ("uid", "title", "url", "retrieved_at", "duplicate_of", "publisher__name")
FilterUrl = Callable[..., str]

# What a correction is called where readers see it.
FIELD_WORDS = {
    "earliest": "date",
    "latest": "date",
    "precision": "date",
    "basis": "date",
    "timezone": "date",
    "clock": "date",
    "instant": "date",
    "date_raw": "date",
    "date_reason": "date",
    "approximate": "date",
    "date_display": "date",
    "duplicate_of": "original",
    "part_of": "part of",
}


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark at an entry: hedged, disputed, corrected. `kind` names its look."""

    kind: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed: the fields in words, who, when and why."""

    field: str
    by: str
    at: str
    why: str

    @property
    def words(self) -> str:
        because = f", because: {self.why}" if self.why else ""
        return f"{self.field} corrected by {self.by} on {self.at}{because}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement. `verbatim` says whether quotation marks may stand around it."""

    uid: str
    text: str
    verbatim: bool
    kind: str
    speaker: Link | None
    speaker_words: str
    lead: str
    saying: str
    note: str
    signs: tuple[Sign, ...] = ()
    sources: tuple[Source, ...] = ()
    event: Link | None = None
    clock: str = ""
    dating: Dating


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it stands: the publisher, and the address of the passage."""

    name: str
    href: str
    title: str
    outside: str = ""
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a story makes of an entry: its rank among the key entries, 0 for none, and the editor's note."""

    rank: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event in a list; `mark` where the list is a story's and says something of it."""

    uid: str
    title: str
    href: str
    description: str
    clock: str
    kind: Link
    quotes: tuple[Quote, ...]
    more_quotes: int
    actors: tuple[Link, ...]
    more_actors: int
    place: Link | None
    sources: tuple[Source, ...]
    more_sources: int
    independent: int
    signs: tuple[Sign, ...]
    dating: Dating
    mark: Mark | None = None


def evidence_with_sources() -> Any:
    """Evidence with what its chip says, and no more of the articles."""
    evidence = Evidence.objects.select_related("article__publisher")
    return evidence.only(*OF_EVIDENCE, *(f"article__{name}" for name in OF_ARTICLE))


def with_cards(events: EventQuerySet, statements: StatementQuerySet) -> EventQuerySet:
    """The same events, bringing along what `card()` prints."""
    disputed = EventRelation.objects.select_related("source", "target").order_by("pk")
    return events.select_related("place").prefetch_related(
        Prefetch(
            "participations",
            Participation.objects.select_related("actor").only("event", "actor__uid", "actor__name"),
        ),
        Prefetch("statements", statements.select_related("speaker"), to_attr="said"),
        Prefetch("evidence", evidence_with_sources()),
        Prefetch("relations_from", disputed.filter(source__order_disputed=True), to_attr="leading"),
        Prefetch("relations_to", disputed.filter(target__order_disputed=True), to_attr="following"),
    )


def chronology_url(**changes: Any) -> str:
    """The chronology with these filters and no others."""
    form = ChronologyForm(QueryDict())
    form.is_valid()
    return form.address(reverse("chronology"), **changes)


def web_address(url: str) -> str:
    """A URL that may stand in a link, or ''."""
    return url if url.startswith(("http://", "https://")) else ""


def source_of(evidence: Evidence) -> Source:
    article: Article | None = evidence.article
    if article is None:
        name = evidence.outside_title or evidence.outside_url
        url = web_address(evidence.outside_url)
        return Source(name=name, href=url, title=f"Outside source: {name}", outside=url)
    name = article.publisher.name if article.publisher else shortened(str(article), 42)
    return Source(
        name=name,
        href=passage_url(evidence, article),
        title=str(article),
        outside=web_address(article.url),
        copy=article.duplicate_of_id is not None,
    )


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def passage_url(evidence: Evidence, article: Article) -> str:
    anchor = f"#e{evidence.pk}" if evidence.start is not None else ""
    return article.get_absolute_url() + anchor


def sources_of(evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    """One chip an article, at its first passage; copies after the originals."""
    firsts: dict[object, Source] = {}
    for one in evidence:
        firsts.setdefault(one.article_id or f"outside {one.pk}", source_of(one))
    return tuple(sorted(firsts.values(), key=lambda source: source.copy))


def corrections_of(thing: Correctable) -> tuple[Correction, ...]:
    """The locked fields in words, one line for all that was said at once."""
    said: dict[tuple[str, str, str], list[str]] = {}
    for field, mark in thing.corrections.items():
        at = parse_datetime(str(mark.get("at", "")))
        word = FIELD_WORDS.get(field, field.replace("_", " "))
        when = f"{day_words(at.date())}, {at:%H:%M} UTC" if at else "an unknown day"
        fields = said.setdefault((str(mark.get("by", "")), when, str(mark.get("why", ""))), [])
        if word not in fields:
            fields.append(word)
    return tuple(Correction(_listed(fields), *mark) for mark, fields in said.items())


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def correction_sign(thing: Correctable) -> list[Sign]:
    if not thing.corrections:
        return []
    return [Sign("corrected", "corrected", "; ".join(one.words for one in corrections_of(thing)))]


ORDER_WHY = "The dates believed say otherwise."


def event_signs(event: Event) -> tuple[Sign, ...]:
    signs = []
    if event.hedged:
        signs.append(Sign("hedged", "reported, not confirmed", "The sources do not say it as a fact."))
    if event.status == EventStatus.DISPUTED:
        signs.append(Sign("disputed", "disputed", "An editor marked it as disputed."))
    if event.date_disputed:
        signs.append(Sign("disputed", "date disputed", "The articles give different dates."))
    if event.order_disputed:
        signs += [Sign("disputed", words, ORDER_WHY) for words in _disputed_orders(event)] or [
            Sign("disputed", "order disputed", ORDER_WHY)
        ]
    if event.status == EventStatus.CONFIRMED:
        signs.append(Sign("confirmed", "confirmed", "An editor has looked at it."))
    return (*signs, *correction_sign(event))


def _disputed_orders(event: Event) -> list[str]:
    """What articles say of the order that the dates do not bear out, for an event that brings its relations along."""
    forth: list[EventRelation] = getattr(event, "leading", [])
    back: list[EventRelation] = getattr(event, "following", [])
    told = [(ORDER_WORDS[RelationKind(one.kind)][0], one.target) for one in forth if not one.fits_dates]
    told += [(ORDER_WORDS[RelationKind(one.kind)][1], one.source) for one in back if not one.fits_dates]
    sentences = (f"an article says {words} “{other.title}”" for words, other in told if other.is_on_page)
    return list(dict.fromkeys(sentences))


def statement_signs(statement: Statement) -> tuple[Sign, ...]:
    signs = []
    if statement.hedged:
        signs.append(Sign("hedged", "reported, not confirmed", "The source does not say it as a fact."))
    if statement.inserted:
        signs.append(Sign("inserted", "with an editor’s insertion", "Words in brackets are the article’s, not said."))
    return (*signs, *correction_sign(statement))


def statement_link(statement: Statement) -> Link:
    """Where a statement stands: in its event, or in the list of statements."""
    event = statement.event
    if event is not None and event.is_on_page:
        return Link(event.title, f"{event.get_absolute_url()}#s{statement.uid}")
    return Link("", statement.get_absolute_url())


def quote_of(statement: Statement, *, sources: tuple[Source, ...] = (), event: Link | None = None) -> Quote:
    speaker = statement.speaker
    return Quote(
        uid=statement.uid,
        text=statement.text,
        verbatim=statement.is_verbatim,
        kind=statement.kind,
        speaker=Link(speaker.name, speaker.get_absolute_url()) if speaker else None,
        speaker_words=statement.speaker_as_written or "Speaker not named",
        lead="according to" if is_according(statement) else "",
        saying=saying_words(statement),
        note=SPEECH_NOTES.get(statement.kind, ""),
        signs=statement_signs(statement),
        sources=sources,
        event=event,
        clock=clock_of(statement.date),
        dating=Dating(statement.date, "", statement.order),
    )


# Cues after which the one spoken to stands without "to": "told reporters", but "said to reporters".
DIRECT_CUES = ("told", "tell", "tells", "telling", "asked", "asks", "urged", "urges", "warned", "warns", "assured")


def is_according(statement: Statement) -> bool:
    """Whether the cue stands before the speaker: "according to the count"."""
    return statement.cue.strip().lower() == "according to"


def saying_words(statement: Statement) -> str:
    """How it was said, after the speaker's name: "told reporters in a video"."""
    cue = "" if is_according(statement) else statement.cue.strip()
    cue, addressee = cue[:1].lower() + cue[1:], statement.addressee.strip()
    words = [cue]
    if addressee and addressee.lower() not in cue.lower():
        words.append(
            addressee if cue.lower().split()[-1:] and cue.lower().split()[-1] in DIRECT_CUES else f"to {addressee}"
        )
    if statement.medium.strip().lower() not in cue.lower() or not cue:
        words.append(medium_words(statement.medium))
    return " ".join(word for word in words if word)


SPEECH_NOTES = {StatementKind.INDIRECT.value: "paraphrase", StatementKind.MIXED.value: "partly paraphrased"}


# A medium is written as a reader would say it after the speaker: "in a video", "on Truth Social".
IN_MEDIA = ("interview", "video", "speech", "statement", "post", "letter", "article", "address", "briefing", "message")


def medium_words(medium: str) -> str:
    words = medium.strip()
    if not words:
        return ""
    first = words.split()[0].lower()
    if first in ("in", "on", "at", "to", "by", "during", "via", "through", "over"):
        return words
    last = words.split()[-1].lower()
    if first in ("a", "an", "the", "his", "her", "their", "its"):
        return f"in {words}"
    if last.rstrip("s") in IN_MEDIA and words == words.lower():
        article = "an" if words[0] in "aeiou" else "a"
        return f"in {words}" if last.endswith("s") else f"in {article} {words}"
    if last in ("conference", "meeting", "rally", "summit"):
        return f"at {'an' if words[0].lower() in 'aeiou' else 'a'} {words}"
    return f"on {words}"


def leading(said: list[Statement]) -> list[Statement]:
    """The first few statements in their order, verbatim ones before paraphrases."""
    ranked = sorted(said, key=lambda one: DIRECTNESS.index(one.kind))
    chosen = {one.pk for one in ranked[:FIRST_QUOTES]}
    return [one for one in said if one.pk in chosen]


def card(
    event: Event, *, filter_url: FilterUrl = chronology_url, whole: bool = False, mark: Mark | None = None
) -> Card:
    """An event as it stands in a list; `whole` shows all its quotes."""
    said: list[Statement] = getattr(event, "said", [])
    shown = said if whole else leading(said)
    participants = [participation.actor for participation in event.participations.all()]
    sources = sources_of(event.evidence.all())
    place = event.place
    return Card(
        uid=event.uid,
        title=event.title,
        href=event.get_absolute_url(),
        description=event.description,
        clock=clock_of(event.date),
        kind=Link(event.kind, filter_url(kind=event.kind)),
        quotes=tuple(quote_of(statement) for statement in shown),
        more_quotes=len(said) - len(shown),
        actors=tuple(Link(actor.name, filter_url(actor=actor)) for actor in participants[:CHIPS]),
        more_actors=max(0, len(participants) - CHIPS),
        place=Link(place.name, filter_url(place=place), place.contested) if place else None,
        sources=sources[:SOURCES],
        more_sources=max(0, len(sources) - SOURCES),
        independent=event.sources,
        signs=event_signs(event),
        dating=Dating(event.date, event.date_display, event.order),
        mark=mark,
    )
