"""An actor: names, own chronology, everything said, and with whom they appear."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from timeline.forms import PagedForm
from timeline.models import Actor, Statement
from timeline.search import asking as search
from timeline.search.asking import MOST_COUNTED, Answer
from timeline.search.query import EventQuery, StatementQuery
from timeline.views.cards import Link, chronology_url, corrections_of
from timeline.views.chronology import PAGE_SIZE, page_of
from timeline.views.days import group_by_date
from timeline.views.errors import explain
from timeline.views.facets import leading_actors
from timeline.views.methods import piece_asked, readable
from timeline.views.statements import with_rows

QUOTES = 10
COMPANIONS = 8


@readable
def actor(request: HttpRequest, uid: str) -> HttpResponse:
    form = PagedForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    found: Actor = get_object_or_404(Actor.objects.select_related("country", "part_of"), uid=uid)
    if found.is_merged:
        return redirect(found.kept)
    answer = search.events(EventQuery().involving(found.pk))
    page = page_of(
        answer.keys(after=form.cursor, limit=PAGE_SIZE + 1),
        Statement.objects.on_page().by(found).oldest_first(),
        form=form,
        address=found.get_absolute_url(),
        filter_url=chronology_url,
    )
    context = {"page": page, "actor": found, "continues": form.cursor is not None}
    if piece_asked(request) in ("events", "more"):
        return render(request, "timeline/actor.html#events", context)
    said = Statement.objects.on_page().by(found)
    context |= {
        "aliases": [alias.text for alias in found.aliases.all() if alias.text != found.name],
        "corrections": corrections_of(found),
        "companions": companions(found, answer),
        "of_newest": 0 if answer.counts_all else MOST_COUNTED,
        "count": answer.size,
        "said": search.statements(StatementQuery().by(found.pk)).size,
        "groups": group_by_date(with_rows(said.oldest_first()[:QUOTES]), lambda quote: quote.dating, ordered=False),
        "chronology_url": chronology_url(actor=found),
        "may_edit": bool(request.user.is_staff),
    }
    return render(request, "timeline/actor.html", context)


def companions(actor: Actor, answer: Answer) -> list[tuple[Link, int]]:
    """With whom they take part most, linked to the events they share."""
    found = [one for one in leading_actors(answer, COMPANIONS + 1) if one[0] != actor.pk]
    return [(Link(name, chronology_url(actor=[actor, uid])), shared) for _, uid, name, shared in found[:COMPANIONS]]
