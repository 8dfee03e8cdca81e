"""An event, and everything it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline.forms import PlainForm
from timeline.models import Article, Claim, Event, EventRelation, Evidence, Statement
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
from timeline.views.passages import Passage, passage
from timeline.vocabulary import RelationKind

# The relation as it reads from the event's own page, and as it reads from the other side.
RELATION_WORDS = {
    RelationKind.BEFORE: ("Comes before", "Comes after"),
    RelationKind.AFTER: ("Comes after", "Comes before"),
    RelationKind.SAME_DAY: ("On the same day as", "On the same day as"),
    RelationKind.PART_OF: ("Part of", "Includes"),
}
ROLE_WORDS = {"agent": "acts", "patient": "is involved"}
RELATION_ORDER = ("Part of", "Includes", "Comes after", "On the same day as", "Comes before")


@dataclass(slots=True, kw_only=True)
class Report:
    """An article's passages about the event, with the copies of that article."""

    title: str
    href: str
    publisher: str
    published: str
    url: str
    passages: list[tuple[Passage, str, str]] = field(default_factory=list)
    copies: list[Source] = field(default_factory=list)
    copy_of: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that an article gives."""

    words: str
    basis: str
    source: Link
    publisher: str
    rank: str
    reason: str


@readable
def event(request: HttpRequest, uid: str) -> HttpResponse:
    form = PlainForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    found: Event = get_object_or_404(Event.objects.on_page().select_related("place", "part_of"), uid=uid)
    evidence = list(
        found.evidence.select_related("article__publisher", "article__duplicate_of").defer("article__removed")
    )
    said = list(found.statements.on_page().select_related("speaker").prefetch_related("evidence__article__publisher"))
    participants = [
        (Link(one.actor.name, one.actor.get_absolute_url()), ROLE_WORDS.get(one.role, one.role))
        for one in found.participations.select_related("actor")
    ]
    context = {
        "event": found,
        "heading": heading_of(found.date, found.date_display),
        "clock": clock_of(found.date),
        "basis": basis_words(found.date),
        "signs": event_signs(found),
        "corrections": corrections_of(found),
        "participants": participants,
        "place_url": chronology_url(place=found.place) if found.place else "",
        "kind_url": chronology_url(kind=found.kind),
        "quotes": [statement_with_sources(statement) for statement in said],
        "reports": reports(evidence),
        "outside": [source_of(one) for one in evidence if one.article is None],
        "claims": [dated(claim) for claim in found.claims.select_related("article__publisher")],
        "relations": relations(found),
        "may_edit": bool(request.user.is_staff),
    }
    return render(request, "timeline/event.html", context)


def statement_with_sources(statement: Statement) -> Quote:
    return quote_of(statement, sources=sources_of(statement.evidence.all()))


def reports(evidence: list[Evidence]) -> list[Report]:
    """One report for each independent text; its copies are named, not counted."""
    found: dict[int, Report] = {}
    shown: dict[int, int] = {}
    printed = [(one.article, one) for one in evidence if one.article is not None]
    for article, one in sorted(printed, key=lambda pair: (pair[0].duplicate_of_id is not None, str(pair[0].latest))):
        source = article.source_id
        if source not in found:
            found[source] = _report(article)
            shown[source] = article.pk
        report = found[source]
        if shown[source] != article.pk:
            copy = source_of(one)
            if all(copy.title != other.title or copy.name != other.name for other in report.copies):
                report.copies.append(copy)
        elif one.start is not None and one.end is not None:
            report.passages.append((passage(article.text, one.start, one.end), passage_url(one, article), one.stance))
        elif one.exact:
            report.passages.append((Passage("", one.exact, ""), article.get_absolute_url(), one.stance))
    return list(found.values())


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


def dated(claim: Claim) -> Dated:
    caveat = f" ({claim.date.caveat})" if claim.date.caveat else ""
    return Dated(
        words=claim.date.display + caveat,
        basis=basis_words(claim.date),
        source=Link(str(claim.article), claim.article.get_absolute_url()),
        publisher=claim.article.publisher.name if claim.article.publisher else "",
        rank=claim.rank,
        reason=claim.reason,
    )


def relations(event: Event) -> list[tuple[str, list[Link]]]:
    """The events that this one is tied to, by the words of the tie."""
    ties: list[tuple[str, Event]] = []
    if event.part_of:
        ties.append(("Part of", event.part_of))
    ties += [("Includes", part) for part in event.parts.all()]
    for relation in EventRelation.objects.touching(event):
        forward, backward = RELATION_WORDS[RelationKind(relation.kind)]
        if relation.source_id == event.pk:
            ties.append((forward, relation.target))
        else:
            ties.append((backward, relation.source))
    found: dict[str, dict[str, Link]] = {words: {} for words in RELATION_ORDER}
    for words, other in ties:
        if other.is_on_page:
            when = heading_of(other.date, other.date_display).words
            found[words].setdefault(other.uid, Link(other.title, other.get_absolute_url(), when))
    return [(words, list(links.values())) for words, links in found.items() if links]
