"""Statements: who said exactly what, searched by words, speaker, medium and kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from timeline.forms import StatementsForm
from timeline.models import Actor, Statement
from timeline.models.statements import StatementQuerySet
from timeline.search.asking import MOST_COUNTED, Answer
from timeline.search.tags import Facet, unhexed
from timeline.views.cards import Quote, evidence_with_sources, quote_of, sources_of, statement_link
from timeline.views.chronology import PAGE_SIZE, chips, iso
from timeline.views.days import DateHeading, Page, group_by_date, heading_of
from timeline.views.errors import explain
from timeline.views.facets import TOP, Option, leading, options, plain
from timeline.views.methods import asked_by, piece_asked, readable

KIND_WORDS = {"direct": "Direct quotes", "indirect": "Paraphrases", "mixed": "Partly quoted"}


@readable
def statements(request: HttpRequest) -> HttpResponse:
    form = StatementsForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    address = reverse("statements")
    match piece_asked(request):
        case "events" | "more":
            response = render(request, "timeline/statements.html#events", _list(form, address))
            if form.cursor is None:
                header = "HX-Replace-Url" if asked_by(request) == "q" else "HX-Push-Url"
                response[header] = form.address(address)
            return response
        case "count":
            return render(request, "timeline/statements.html#summary", _summary(form, address))
        case _:
            context = {**_list(form, address), **_summary(form, address), "whole": True}
            return render(request, "timeline/statements.html", context)


def with_rows(found: StatementQuerySet) -> list[Quote]:
    """The statements as a list prints them, with event and sources."""
    rows = found.select_related("speaker", "event").prefetch_related(Prefetch("evidence", evidence_with_sources()))
    return [
        quote_of(
            one,
            sources=sources_of(one.evidence.all()),
            event=statement_link(one) if one.event and one.event.is_on_page else None,
        )
        for one in rows
    ]


def _list(form: StatementsForm, address: str) -> dict[str, Any]:
    keys = form.answer().keys(after=form.cursor, newest_first=form.newest_first, limit=PAGE_SIZE + 1)
    shown = keys[:PAGE_SIZE]
    found = Statement.objects.filter(pk__in=[key.row for key in shown])
    rows = with_rows(found.newest_first() if form.newest_first else found.oldest_first())
    more = form.address(address, after=shown[-1].chrono) if len(keys) > PAGE_SIZE else ""
    groups = group_by_date(rows, lambda quote: quote.dating, before=_heading_before(form.cursor), ordered=False)
    return {
        "form": form,
        "page": Page(groups=groups, more=more),
        "words": form.value("q") or "",
        "here": form.address(address),
        "address": address,
        "chips": [] if groups else chips(form, address),
        "nothing_yet": not groups and not form.is_filtered,
        "continues": form.cursor is not None,
    }


def _heading_before(cursor: int | None) -> DateHeading | None:
    if cursor is None:
        return None
    last = Statement.objects.placed_at(cursor).first()
    return heading_of(last.date) if last else None


def _summary(form: StatementsForm, address: str) -> dict[str, Any]:
    return {
        "form": form,
        "count": form.answer().size,
        "of_newest": 0 if all(answer.counts_all for answer in _counted(form)) else MOST_COUNTED,
        "speakers": _speakers(form),
        "media": _media(form),
        "kinds": _kinds(form),
        "chips": chips(form, address),
        "from_day": iso(form.value("from")),
        "to_day": iso(form.value("to")),
    }


def _counted(form: StatementsForm) -> Iterator[Answer]:
    for name in ("speaker", "medium", "kind"):
        yield form.answer(without=name)


def _speakers(form: StatementsForm) -> tuple[Option, ...]:
    return options(Actor, form.answer(without="speaker").tally(Facet.SPEAKER, TOP + 1), form.value("speaker"))


def _media(form: StatementsForm) -> tuple[Option, ...]:
    """Media whatever their case, by the spelling that comes first."""
    merged: dict[str, tuple[str, int]] = {}
    tally = form.answer(without="medium").tally(Facet.MEDIUM)
    for medium, count in sorted((unhexed(tag[1:]), count) for tag, count in tally):
        words, before = merged.get(medium.lower(), (medium, 0))
        merged[medium.lower()] = (words, before + count)
    ranked = sorted(merged.values(), key=lambda one: (-one[1], one[0]))
    chosen = (form.value("medium") or "").lower()
    found = [Option(words, words, count, words.lower() == chosen) for words, count in ranked]
    return leading(found, Option(form.value("medium"), form.value("medium"), 0, True) if chosen else None)


def _kinds(form: StatementsForm) -> tuple[Option, ...]:
    tally = plain(form.answer(without="kind").tally(Facet.KIND))
    chosen = form.value("kind")
    return tuple(
        Option(kind, words, tally.get(kind, 0), kind == chosen)
        for kind, words in KIND_WORDS.items()
        if tally.get(kind) or kind == chosen
    )
