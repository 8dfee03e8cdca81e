"""The chronology: all events that the filters let through, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from timeline.forms import AddressForm, ChronologyForm
from timeline.models import Article, Event
from timeline.models.statements import StatementQuerySet
from timeline.search.dialects import Key
from timeline.views.cards import Card, FilterUrl, card, with_cards
from timeline.views.days import DateHeading, Page, day_words, group_by_date, heading_of
from timeline.views.errors import explain
from timeline.views.facets import facets
from timeline.views.methods import asked_by, piece_asked, readable
from timeline.views.overview import overview

PAGE_SIZE = 50
# The words of a filter that is on, as its chip says them.
FILTER_WORDS = {
    "q": "words",
    "quote": "has a quote",
    "direct": "direct quotes",
    "indirect": "paraphrases",
    "exact": "exact dates only",
    "top": "key events",
    "story": "running story",
}
# How many of the most important events the form offers to show.
TOPS = (10, 20, 50)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    name: str
    value: str
    without: str


@readable
def chronology(request: HttpRequest) -> HttpResponse:
    form = ChronologyForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    address = reverse("chronology")
    match piece_asked(request):
        case "events" | "more":
            response = render(request, "timeline/chronology.html#events", _list(form, address))
            if form.cursor is None:
                # Typing replaces the address, choosing adds to the history.
                header = "HX-Replace-Url" if asked_by(request) == "q" else "HX-Push-Url"
                response[header] = form.address(address)
            return response
        case "overview":
            context = {**_summary(form, address), **_editing(request)}
            return render(request, "timeline/chronology.html#summary", context)
        case _:
            context = {**_list(form, address), **_summary(form, address), **_editing(request), "whole": True}
            return render(request, "timeline/chronology.html", context)


def _list(form: ChronologyForm, address: str) -> dict[str, Any]:
    page = page_of(
        form.keys(PAGE_SIZE + 1, after=form.cursor),
        form.statements(),
        form=form,
        address=address,
        filter_url=partial(filter_url, form, address),
        whole=form.picks_statements,
    )
    empty = not page.groups
    return {
        "form": form,
        "page": page,
        "words": form.value("q") or "",
        "here": form.address(address),
        "address": address,
        "chips": chips(form, address) if empty else [],
        "nothing_yet": empty and not form.is_filtered and not Article.objects.exists(),
        "continues": form.cursor is not None,
    }


def _summary(form: ChronologyForm, address: str) -> dict[str, Any]:
    matching = form.answer().total
    return {
        "form": form,
        "count": form.most_left(matching),
        "of": matching,
        "tops": sorted({*TOPS, *([form.limit] if form.limit else [])}),
        "facets": facets(form),
        "overview": overview(form, address),
        "chips": chips(form, address),
        "query": form.querystring(),
        "unsorted": form.querystring(sort=None),
        "saving": urlencode({"filters": form.querystring(sort=None)}),
        "undated": sum(number for first, last, number in form.shown.density if first is None and last is None),
        "from_day": iso(form.value("from")),
        "to_day": iso(form.value("to")),
    }


def _editing(request: HttpRequest) -> dict[str, Any]:
    """What the page offers to those who edit."""
    return {"may_save": request.user.has_perm("timeline.add_story")}


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def filter_url(form: ChronologyForm, address: str, **changes: Any) -> str:
    """The chronology with one filter more; actors add up."""
    if "actor" in changes:
        actors = [*(form.value("actor") or ()), changes["actor"]]
        changes["actor"] = list(dict.fromkeys(actors))
    return form.address(address, **changes)


def chips(form: AddressForm, address: str) -> list[Chip]:
    found = []
    for name, _ in form.parameters():
        if name == "sort":
            continue
        value = form.value(name)
        for one in value if isinstance(value, list) else [value]:
            rest = [other for other in value if other != one] if isinstance(value, list) else None
            words = "" if one is True else day_words(one) if isinstance(one, date) else str(one)
            chip = Chip(FILTER_WORDS.get(name, name), words, form.address(address, **{f"{name}_": rest or None}))
            if chip not in found:
                found.append(chip)
    return found


def page_of(
    keys: Sequence[Key],
    statements: StatementQuerySet,
    *,
    form: AddressForm,
    address: str,
    filter_url: FilterUrl,
    whole: bool = False,
) -> Page[Card]:
    """The events at these places in the list; one more than a page holds says that the list goes on."""
    shown = keys[:PAGE_SIZE]
    events = {event.pk: event for event in with_cards(Event.objects.filter(pk__in=[k.row for k in shown]), statements)}
    cards = [card(events[k.row], filter_url=filter_url, whole=whole) for k in shown if k.row in events]
    before = heading_before(form.cursor)
    groups = group_by_date(cards, lambda one: one.dating, before=before)
    more = form.address(address, after=shown[-1].chrono) if len(keys) > PAGE_SIZE else ""
    return Page(groups=groups, more=more)


def heading_before(cursor: int | None) -> DateHeading | None:
    """The heading that the page before ended with."""
    if cursor is None:
        return None
    last = Event.objects.placed_at(cursor).first()
    return heading_of(last.date, last.date_display) if last else None
