"""Stories: the list of those that are published, and each as its editors tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from timeline.forms import AddressForm, PagedForm
from timeline.models import Event, Story, StoryEntry
from timeline.stories import Selection
from timeline.views.cards import Card, Mark, card, with_cards
from timeline.views.chronology import PAGE_SIZE, heading_before
from timeline.views.days import Page, group_by_date, heading_of
from timeline.views.errors import explain
from timeline.views.methods import piece_asked, readable

ON_LIST = 50
# So many key entries stand above a story; more of them are marked in their place.
KEY_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key entry as it stands above the story: `href` leads to its place, or, on a later page, to the event."""

    card: Card
    when: str
    href: str


@readable
def stories(request: HttpRequest) -> HttpResponse:
    form = PagedForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    found = list(Story.objects.published().newest_first().beyond(form.cursor)[: ON_LIST + 1])
    context = {
        "stories": found[:ON_LIST],
        "more": form.address(reverse("stories"), after=found[ON_LIST - 1].pk) if len(found) > ON_LIST else "",
        "continues": form.cursor is not None,
        "may_add": request.user.has_perm("timeline.add_story"),
    }
    return render(request, "timeline/stories.html", context)


@readable
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = readable_story(request, slug, "story")
    if isinstance(found, HttpResponse):
        return found
    form = PagedForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    selection = Selection(found)
    context = {"story": found, "continues": form.cursor is not None, **_entries(selection, form)}
    if piece_asked(request) in ("events", "more"):
        return render(request, "timeline/story.html#events", context)
    context |= {
        "selection": selection,
        "problems": selection.problems,
        "may_edit": request.user.has_perm("timeline.change_story"),
    }
    return render(request, "timeline/story.html", context)


def readable_story(request: HttpRequest, slug: str, page: str) -> Story | HttpResponse:
    """The story that a reader may see under an address, or the way to where it now is. A draft is its editors' alone.

    Raises:
        Http404: there is none.
    """
    found = Story.objects.filter(slug=slug).first()
    moved = None if found else Story.objects.once_at(slug).order_by("-pk").first()
    shown = found or moved
    if shown is None or not (shown.is_published or may_preview(request.user)):
        raise Http404
    return shown if found else redirect(page, shown.slug)


def may_preview(user: User | AnonymousUser) -> bool:
    return user.has_perm("timeline.view_story") or user.has_perm("timeline.change_story")


def _entries(selection: Selection, form: AddressForm) -> dict[str, Any]:
    """The stretch of the story that the page shows, and on its first page the key entries, fetched together."""
    whole = selection.picks_statements
    first = form.cursor is None
    keys = selection.beginning if first else selection.stretch(form.cursor, PAGE_SIZE + 1)
    shown = keys[:PAGE_SIZE]
    leading = selection.key_entries[:KEY_ENTRIES] if first else []
    on_page = Event.objects.on_page().filter(pk__in={*shown, *leading})
    events = {event.pk: event for event in with_cards(on_page, selection.statements())}
    cards = {
        pk: card(event, whole=whole, mark=mark_of(selection.entries.get(pk), selection)) for pk, event in events.items()
    }
    rows = [cards[pk] for pk in shown if pk in cards]
    groups = group_by_date(rows, lambda one: one.dating, before=heading_before(form.cursor))
    here = selection.story.get_absolute_url()
    last = events.get(shown[-1]) if shown else None
    more = form.address(here, after=last.chrono) if last and len(keys) > PAGE_SIZE else ""
    return {
        "page": Page(groups=groups, more=more),
        "here": here,
        "words": "",
        "key_entries": [
            KeyEntry(
                card=cards[pk],
                when=heading_of(events[pk].date, events[pk].date_display).words,
                href=f"#entry-{cards[pk].uid}" if pk in shown else cards[pk].href,
            )
            for pk in leading
            if pk in cards
        ],
    }


def mark_of(entry: StoryEntry | None, selection: Selection) -> Mark | None:
    """What a story makes of an entry: its rank among the key entries, and the note on it."""
    if entry is None:
        return None
    rank = selection.key_entries.index(entry.event_id or 0) + 1 if entry.emphasis is not None else 0
    return Mark(rank=rank, note=entry.note)
