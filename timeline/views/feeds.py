"""Feeds: what came into the chronology or into a story last, as Atom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from timeline.exports.cells import encodable
from timeline.exports.entries import last_changes
from timeline.forms import PlainForm
from timeline.models import Event, StoryEntry
from timeline.models.events import EventQuerySet
from timeline.models.statements import StatementQuerySet
from timeline.stories import Selection
from timeline.views.cards import Mark, card, with_cards
from timeline.views.chronology import chips
from timeline.views.days import heading_of
from timeline.views.errors import explain
from timeline.views.exports import WholeForm, site_of
from timeline.views.stories import mark_of, readable_story

ENTRIES = 30
# What XML cannot hold, and pages sometimes carry.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A feed needs a moment for everything; where nobody has written one down, it is this.
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class FeedForm(WholeForm):
    """The chronology's filters. A feed has an order of its own: what came in last stands first."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        del self.fields["sort"]


class Feed(Atom1Feed):
    """Entries of this site. `since` is its moment while it is empty."""

    def __init__(self, request: HttpRequest, *, title: str, subtitle: str, page: str, since: datetime) -> None:
        self.site = site_of(request)
        self.since = since
        super().__init__(
            title=printable(title),
            link=self.site + page,
            description="",
            subtitle=printable(subtitle) or None,
            feed_url=request.build_absolute_uri(),
            feed_guid=self.site + page,
            language="en",
            author_name="Timeline",
        )

    def latest_post_date(self) -> datetime:
        moments: list[datetime] = [item["updateddate"] for item in self.items]
        return max(moments, default=self.since)

    def add_events(
        self,
        events: EventQuerySet,
        statements: StatementQuerySet,
        *,
        mark: Callable[[Event], Mark | None] = lambda event: None,
        marked: Mapping[int, datetime] | None = None,
    ) -> None:
        """An entry for each event. `marked` says when a story's word on it was last changed, by the event's key."""
        rows = list(with_cards(events, statements))
        changed = dict(last_changes(Event, [event.pk for event in rows]))
        for event in rows:
            read = [one.article.retrieved_at for one in event.evidence.all() if one.article]
            by_hand = [at for at in (changed.get(event.pk), (marked or {}).get(event.pk)) if at is not None]
            shown = card(event, mark=mark(event))
            context = {"card": shown, "when": heading_of(event.date, event.date_display).words, "site": self.site}
            self.add_item(
                title=printable(shown.title),
                link=self.site + shown.href,
                description=printable(render_to_string("timeline/feed_entry.html", context)),
                pubdate=min(read, default=None),
                updateddate=max([*read, *by_hand], default=BEGINNING),
                unique_id=self.site + shown.href,
                categories=[event.kind],
            )

    def response(self) -> HttpResponse:
        return HttpResponse(self.writeString("utf-8"), content_type=self.content_type)


@require_safe
@conditional_page
def timeline_feed(request: HttpRequest) -> HttpResponse:
    """The chronology under its filters."""
    form = FeedForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    page = form.address(reverse("chronology"))
    filters = ", ".join(f"{chip.name} {chip.value}".strip() for chip in chips(form, page))
    feed = Feed(request, title="Timeline", subtitle=filters, page=page, since=BEGINNING)
    last = Event.objects.filter(pk__in=form.latest(ENTRIES)).order_by("-pk")
    feed.add_events(last, form.statements())
    return feed.response()


@require_safe
@conditional_page
def story_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """A story, by what came into it last."""
    found = readable_story(request, slug, "story_feed")
    if isinstance(found, HttpResponse):
        return found
    form = PlainForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    selection = Selection(found)
    words = StoryEntry.history.filter(story_id=found.pk, event_id__in=selection.pinned).order_by()
    feed = Feed(
        request,
        title=found.title,
        subtitle=found.standfirst,
        page=found.get_absolute_url(),
        since=found.published_at or BEGINNING,
    )
    feed.add_events(
        selection.latest(ENTRIES),
        selection.statements(),
        mark=lambda event: mark_of(selection.entries.get(event.pk), selection),
        marked=dict(words.values_list("event_id").annotate(Max("history_date"))),
    )
    return feed.response()


def printable(text: str) -> str:
    """The text without what an XML file cannot hold."""
    return UNWRITABLE.sub("", encodable(text))
