"""An actor: names, own chronology, everything said, and with whom they appear."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from timeline.forms import PagedForm
from timeline.models import Actor, Event, Participation, Statement
from timeline.models.events import EventQuerySet
from timeline.views.cards import Link, chronology_url, corrections_of
from timeline.views.chronology import page_of
from timeline.views.days import group_by_date
from timeline.views.errors import explain
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
    events = Event.objects.on_page().involving(found).oldest_first()
    page = page_of(
        events,
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
        "companions": companions(found, events),
        "count": events.order_by().count(),
        "said": said.order_by().count(),
        "groups": group_by_date(with_rows(said.oldest_first()[:QUOTES]), lambda quote: quote.dating, ordered=False),
        "chronology_url": chronology_url(actor=found),
        "may_edit": bool(request.user.is_staff),
    }
    return render(request, "timeline/actor.html", context)


def companions(actor: Actor, events: EventQuerySet) -> list[tuple[Link, int]]:
    """With whom they take part most, linked to the events they share."""
    counted = (
        Participation.objects.filter(event__in=events.order_by().values("pk"))
        .exclude(actor=actor)
        .values_list("actor__uid", "actor__name")
        .annotate(events=Count("pk"))
        .order_by("-events", "actor__name")[:COMPANIONS]
    )
    return [(Link(name, chronology_url(actor=[actor, uid])), shared) for uid, name, shared in counted]
