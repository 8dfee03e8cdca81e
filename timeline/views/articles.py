"""An article as it was read: its text with every passage that proves something."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline.forms import PlainForm
from timeline.models import Actor, Alias, Article, Event, Evidence, Statement
from timeline.views.cards import chronology_url, corrections_of, shortened, statement_link, web_address
from timeline.views.days import moment_words
from timeline.views.errors import explain
from timeline.views.methods import readable
from timeline.views.passages import Mark, marked_blocks, names
from timeline.vocabulary import BlockRole

MOST_SPELLINGS = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the article proves, and where it says so."""

    kind: str
    title: str
    href: str
    passages: tuple[str, ...]


@readable
def article(request: HttpRequest, uid: str) -> HttpResponse:
    form = PlainForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    found: Article = get_object_or_404(
        Article.objects.select_related("publisher", "duplicate_of__publisher", "supersedes"), uid=uid
    )
    evidence = [
        one
        for one in found.evidence.select_related("event", "statement__event", "statement__speaker")
        if _is_shown(one)
    ]
    marks = [mark_of(one) for one in evidence if one.start is not None and one.end is not None]
    marks += names(found.text, spellings_of(found), marks)
    prose, furniture = marked_blocks(found.text, found.prose_blocks(), marks)
    headline = next((block for block in prose if block.role == BlockRole.TITLE and block.text == found.title), None)
    context = {
        "article": found,
        "published": moment_words(found.date),
        "retrieved": moment(found),
        "publisher_url": chronology_url(publisher=found.publisher) if found.publisher else "",
        "url": web_address(found.url),
        "newer": list(found.newer.all()),
        "copies": list(found.copies.select_related("publisher")),
        "corrections": corrections_of(found),
        "headline": headline,
        "prose": [block for block in prose if block is not headline],
        "furniture": furniture,
        "removed": found.removed,
        "findings": findings(evidence),
        "may_edit": bool(request.user.is_staff),
    }
    return render(request, "timeline/article.html", context)


def moment(article: Article) -> str:
    return f"{article.retrieved_at:%-d %B %Y, %H:%M} UTC"


def _is_shown(evidence: Evidence) -> bool:
    if evidence.statement is not None:
        return evidence.statement.is_on_page
    return evidence.event is not None and evidence.event.is_on_page


def _words(evidence: Evidence) -> tuple[str, str, str]:
    """What a passage proves: kind, title, address."""
    statement = evidence.statement
    if statement is not None:
        who = statement.speaker.name if statement.speaker else statement.speaker_as_written or "Somebody"
        kind = "quote" if statement.is_verbatim else "statement"
        return kind, f"{who}: {_said(statement)}", statement_link(statement).href
    event: Event | None = evidence.event
    assert event is not None
    return "event", event.title, event.get_absolute_url()


def _said(statement: Statement) -> str:
    text = shortened(statement.text, 90)
    return f"“{text}”" if statement.is_verbatim else text


def mark_of(evidence: Evidence) -> Mark:
    assert evidence.start is not None
    assert evidence.end is not None
    kind, title, href = _words(evidence)
    return Mark(f"e{evidence.pk}", evidence.start, evidence.end, href, f"{kind.capitalize()}: {title}", kind)


def spellings_of(article: Article) -> dict[str, tuple[str, str]]:
    """Under what names its actors were met; a spelling of two of them names neither for sure."""
    bearers: dict[str, set[Actor]] = {}
    for alias in Alias.objects.of_those_in(article).select_related("actor")[:MOST_SPELLINGS]:
        bearers.setdefault(alias.text, set()).add(alias.actor)
    return {
        text: (actor.name, actor.get_absolute_url())
        for text, (actor, *others) in bearers.items()
        if text and not others
    }


def findings(evidence: list[Evidence]) -> list[Finding]:
    """What the article proves, in the order it says it."""
    found: dict[str, Finding] = {}
    for one in sorted(evidence, key=lambda one: (one.start is None, one.start or 0, one.pk)):
        kind, title, href = _words(one)
        here = (f"e{one.pk}",) if one.start is not None else ()
        known = found.get(href)
        found[href] = Finding(kind, title, href, known.passages + here if known else here)
    return list(found.values())
