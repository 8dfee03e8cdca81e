"""An event, and everything it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from timeline.forms import PlainForm
from timeline.ingest.derived import importance_of
from timeline.models import Article, Claim, Event, EventRelation, Evidence, Publisher, Statement, Story
from timeline.views.cards import (
    Link,
    Quote,
    Source,
    chronology_url,
    corrections_of,
    event_signs,
    passage_url,
    quote_of,
    source_of,
    sources_of,
    web_address,
)
from timeline.views.days import basis_words, clock_of, heading_of, moment_words
from timeline.views.errors import explain
from timeline.views.methods import readable
from timeline.views.passages import Mark, Passage, passages
from timeline.vocabulary import RelationKind

# The relation as it reads from the event's own page, and as it reads from the other side.
RELATION_WORDS = {
    RelationKind.BEFORE: ("Comes before", "Comes after"),
    RelationKind.AFTER: ("Comes after", "Comes before"),
    RelationKind.SAME_DAY: ("On the same day as", "On the same day as"),
    RelationKind.PART_OF: ("Part of", "Includes"),
}
ROLE_WORDS = {"agent": "acts", "patient": "is involved"}
# Of an article beside a passage, what the page does not show.
TEXTS = tuple(f"article__{name}" for name in ("text", "blocks", "removed", "warnings", "bylines", "corrections"))
RANKS = (Claim.Rank.PREFERRED, Claim.Rank.NORMAL, Claim.Rank.DEPRECATED)
# Of a long story so many of its other entries stand on an entry's page.
OF_STORY = 20
RELATION_ORDER = ("Part of", "Includes", "Comes after", "On the same day as", "Comes before")
# What an article says and the dates do not bear out stands apart, as what it says.
DISPUTED_WORDS = {
    "Comes before": "An article says it came before",
    "Comes after": "An article says it came after",
    "On the same day as": "An article says it was on the same day as",
}


@dataclass(slots=True, kw_only=True)
class Report:
    """An article's passages about the event, with the copies of that article."""

    title: str
    href: str
    publisher: str
    published: str
    url: str
    passages: list[Passage] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    stances: set[str] = field(default_factory=set)
    copies: list[Source] = field(default_factory=list)
    copy_of: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBy:
    """An article that gives a date, and why it is read so."""

    source: Link
    publisher: str
    basis: str


@dataclass(slots=True, kw_only=True)
class DateGiven:
    """A date with all the articles that give it."""

    words: str
    rank: str
    by: list[GivenBy] = field(default_factory=list)


@dataclass(slots=True)
class DisputedOrder:
    """An order that articles state and the dates contradict, with those articles, their publishers and sentences."""

    words: str
    other: Link
    by: list[tuple[Link, Publisher | None, str]] = field(default_factory=list)


@readable
def event(request: HttpRequest, uid: str) -> HttpResponse:
    form = PlainForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    found: Event = get_object_or_404(Event.objects.select_related("place", "part_of"), uid=uid)
    if found.is_merged:
        return redirect(found.kept)
    if not found.is_on_page:
        raise Http404
    evidence = list(
        found.evidence.select_related("article__publisher", "article__duplicate_of").defer("article__removed")
    )
    spoken = found.statements.on_page().oldest_first()
    said = list(spoken.select_related("speaker").prefetch_related("evidence__article__publisher"))
    participants = [
        (Link(one.actor.name, one.actor.get_absolute_url()), ROLE_WORDS.get(one.role, one.role))
        for one in found.participations.select_related("actor")
    ]
    stated = list(
        EventRelation.objects.touching(found).with_sentences().select_related("article__publisher").defer(*TEXTS)
    )
    context = {
        "event": found,
        "heading": heading_of(found.date, found.date_display),
        "clock": clock_of(found.date),
        "basis": basis_words(found.date),
        "signs": event_signs(found),
        "corrections": corrections_of(found),
        "counts": importance_of([found.pk])[found.pk].words,
        "participants": participants,
        "place_url": chronology_url(place=found.place) if found.place else "",
        "kind_url": chronology_url(kind=found.kind),
        "quotes": [statement_with_sources(statement) for statement in said],
        "reports": reports(evidence),
        "outside": [source_of(one) for one in evidence if one.article is None],
        "dates": dates_given(found, found.claims.select_related("article__publisher")),
        "relations": relations(found, stated),
        "story": [
            _dated_link(other) for other in Event.objects.on_page().of_one_story_with(found).oldest_first()[:OF_STORY]
        ],
        "story_url": chronology_url(story=found),
        "stories": [
            Link(one.title, f"{one.get_absolute_url()}#entry-{found.uid}")
            for one in Story.objects.published().with_entry(found).newest_first()[:OF_STORY]
        ],
        "orders": disputed_orders(found, stated),
        "may_edit": bool(request.user.is_staff),
        "may_pin": request.user.has_perm("timeline.change_story"),
    }
    return render(request, "timeline/event.html", context)


def statement_with_sources(statement: Statement) -> Quote:
    return quote_of(statement, sources=sources_of(statement.evidence.all()))


def reports(evidence: list[Evidence]) -> list[Report]:
    """One report for each independent text; its copies are named, not counted."""
    found: dict[int, tuple[Article, Report]] = {}
    marks: dict[int, list[Mark]] = {}
    printed = [(one.article, one) for one in evidence if one.article is not None]
    for article, one in sorted(printed, key=lambda pair: (pair[0].duplicate_of_id is not None, str(pair[0].latest))):
        shown, report = found.setdefault(article.source_id, (article, _report(article)))
        if shown.pk != article.pk:
            copy = source_of(one)
            if all((copy.title, copy.name) != (other.title, other.name) for other in report.copies):
                report.copies.append(copy)
            continue
        report.stances.add(one.stance)
        if one.start is not None and one.end is not None:
            mark = Mark(f"p{one.pk}", one.start, one.end, passage_url(one, article), "In the article", one.stance)
            marks.setdefault(article.pk, []).append(mark)
        elif one.exact:
            report.loose.append(one.exact)
    for article, report in found.values():
        report.passages = passages(article.text, marks.get(article.pk, []))
    return [report for _, report in found.values()]


def _report(article: Article) -> Report:
    original = article.duplicate_of
    return Report(
        title=str(article),
        href=article.get_absolute_url(),
        publisher=article.publisher.name if article.publisher else "",
        published=moment_words(article.date),
        url=web_address(article.url),
        copy_of=Link(str(original), original.get_absolute_url()) if original else None,
    )


def dates_given(event: Event, claims: Iterable[Claim]) -> list[DateGiven]:
    """The dates that articles give, the believed one first; nothing where all agree with the event's."""
    found: dict[str, DateGiven] = {}
    for claim in sorted(claims, key=lambda one: RANKS.index(one.rank)):
        words = heading_of(claim.date).words
        given = found.setdefault(words, DateGiven(words=words, rank=claim.rank))
        article = claim.article
        given.by.append(
            GivenBy(
                source=Link(str(article), article.get_absolute_url()),
                publisher=article.publisher.name if article.publisher else "",
                basis=claim.reason or basis_words(claim.date),
            )
        )
    return list(found.values()) if set(found) - {heading_of(event.date).words} else []


def relations(event: Event, stated: Iterable[EventRelation]) -> list[tuple[str, list[Link]]]:
    """The events that this one is tied to, by the words of the tie."""
    ties: list[tuple[str, Event]] = []
    if event.part_of:
        ties.append(("Part of", event.part_of))
    ties += [("Includes", part) for part in event.parts.all()]
    ties += [tie(event, relation) for relation in stated if relation.fits_dates]
    found: dict[str, dict[str, Link]] = {words: {} for words in RELATION_ORDER}
    for words, other in ties:
        if other.is_on_page:
            found[words].setdefault(other.uid, _dated_link(other))
    return [(words, list(links.values())) for words, links in found.items() if links]


def _dated_link(event: Event) -> Link:
    return Link(event.title, event.get_absolute_url(), heading_of(event.date, event.date_display).words)


def tie(event: Event, relation: EventRelation) -> tuple[str, Event]:
    """A relation as it reads from the event's own side: the words, and the other event."""
    forward, backward = RELATION_WORDS[RelationKind(relation.kind)]
    return (forward, relation.target) if relation.source_id == event.pk else (backward, relation.source)


def disputed_orders(event: Event, stated: Iterable[EventRelation]) -> list[DisputedOrder]:
    """What articles say of the order that the dates do not bear out, each with who says so."""
    found: dict[tuple[str, str], DisputedOrder] = {}
    for relation in stated:
        words, other = tie(event, relation)
        if relation.fits_dates or not other.is_on_page:
            continue
        order = found.setdefault((words, other.uid), DisputedOrder(DISPUTED_WORDS[words], _dated_link(other)))
        article = relation.article
        if article is not None:
            sentence = str(getattr(relation, "sentence", ""))
            order.by.append((Link(str(article), article.get_absolute_url()), article.publisher, sentence))
    return list(found.values())
