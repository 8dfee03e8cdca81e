"""The pages on which entries are put into stories and left out: a story's entries, and an event's stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline.admin.entries import ACTS, Entries
from timeline.admin.history import history_of
from timeline.admin.pages import CorrectionAdmin
from timeline.forms import MAX_CURSOR, ChronologyForm
from timeline.models import Event, Story, StoryEntry
from timeline.models.identity import ALPHABET
from timeline.stories import Selection

# Entries on a page of the editor, events that a search shows, and stories on an event's page: of those in which it is
# set by hand, and of the newest others. Every other one is found as one types.
ON_A_PAGE, FOUND, BY_HAND, NEWEST = 50, 20, 100, 10
NOTE = re.compile(r"note-[0-9]{1,18}")
UID = re.compile(rf"[{ALPHABET}]{{12}}")


@dataclass(frozen=True, slots=True)
class Row:
    """An event in a story, with what is said of it; `note` is what its field shows."""

    event: Event
    entry: StoryEntry | None
    note: str
    here: bool = True

    @property
    def state(self) -> str:
        if self.entry is None:
            return "by a filter" if self.here else ""
        if self.entry.left_out:
            return "left out"
        return f"key entry {self.entry.emphasis}" if self.entry.emphasis else "put in"


def entries_view(model_admin: CorrectionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What is in a story, and the buttons that put in, leave out, emphasise and note."""
    story: Story = get_object_or_404(Story, pk=pk)
    if not model_admin.has_view_or_change_permission(request, story):
        raise PermissionDenied
    if request.method != "POST":
        return _show_entries(model_admin, request, story)
    if not model_admin.has_change_permission(request, story):
        raise PermissionDenied
    return _change_entries(model_admin, request, story)


def _change_entries(model_admin: CorrectionAdmin, request: HttpRequest, story: Story) -> HttpResponse:
    """One button, and all notes with it, so that nothing typed is lost."""
    act, number = _pressed(request)
    notes = {int(name[5:]): request.POST.get(name, "") for name in request.POST if NOTE.fullmatch(name)}
    typed = {pk: words.replace("\r\n", "\n").strip() for pk, words in notes.items()}
    edit = model_admin.edit_of(request, request.POST.get("why", "").strip()[:300])
    anchor = _anchor(request, story, act, number)
    with transaction.atomic():
        entries = Entries(Story.objects.select_for_update().get(pk=story.pk))
        if request.POST.get("version") != entries.fingerprint:
            messages.error(
                request,
                "Somebody has changed the entries of this story since you opened it. Nothing is saved yet. Your notes "
                "stand below as you typed them, with those that are kept now; compare, and press again.",
            )
            return _show_entries(model_admin, request, story, typed)
        events = Event.objects.select_related("merged_into").in_bulk([*typed, number])
        try:
            for pk, words in typed.items():
                if pk in events:
                    entries.note(events[pk].kept, words)
            if act == "forget":
                entries.forget(number)
            elif number in events:
                entries.change(act, events[number].kept)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return _show_entries(model_admin, request, story, typed)
        if entries.save(edit):
            model_admin.log_change(request, story, "Changed its entries")
            told = act in ACTS and number in events
            messages.success(request, f"“{events[number]}” {ACTS[act]}." if told else "Saved.")
    asked = request.POST.get("q", "").strip()
    place = {"q": asked, "after": request.POST.get("after", "")}
    query = urlencode({name: value for name, value in place.items() if value})
    here = reverse("admin:timeline_story_entries", args=[story.pk])
    return HttpResponseRedirect(f"{here}{'?' if query else ''}{query}{anchor}")


def _anchor(request: HttpRequest, story: Story, act: str, number: int) -> str:
    """Where the page goes on after an act: with what it was done to, or with what stands after it, if it goes."""
    if act == "find" or (request.POST.get("q", "").strip() and act in ACTS):
        return "#found"
    if act in ("up", "down", "plain"):
        return f"#ranked-{number}" if act != "plain" else "#ranked"
    if act not in ("leave", "clear"):
        return f"#entry-{number}" if act in ACTS else ""
    keys = Selection(story).stretch(_cursor(request.POST.get("after", "")), ON_A_PAGE)
    following = keys[keys.index(number) + 1 :] if number in keys else []
    return f"#entry-{following[0]}" if following else "#rows"


def _show_entries(
    model_admin: CorrectionAdmin, request: HttpRequest, story: Story, typed: dict[int, str] | None = None
) -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    selection, entries = Selection(story), Entries(story)
    cursor = _cursor(said.get("after", ""))
    asked = said.get("q", "").strip()
    found, refused = search(asked) if asked else ([], "")
    keys = selection.stretch(cursor, ON_A_PAGE + 1)
    events = Event.objects.in_bulk(keys[:ON_A_PAGE])
    shown = [events[pk] for pk in keys[:ON_A_PAGE]]

    def row(event: Event, *, here: bool = True) -> Row:
        entry = entries.of(event)
        kept = entry.note if entry else ""
        return Row(event, entry, (typed or {}).get(event.pk, kept), here)

    by_hand = [entry for entry in entries.rows if entry.event is not None and entry.event.merged_into_id is None]
    gone = [entry for entry in entries.rows if entry.event is None]
    names = names_of_gone(gone)
    context = {
        "title": f"Entries: {story}",
        "story": story,
        "may_change": model_admin.has_change_permission(request, story),
        "version": entries.fingerprint,
        "selection": selection,
        "ranked": [row(entry.event) for entry in entries.ranked if entry.event is not None],
        "rows": [row(event) for event in shown],
        "more": urlencode({"q": asked, "after": shown[-1].chrono}) if len(keys) > ON_A_PAGE else "",
        "after": cursor if cursor is not None else "",
        "asked": asked,
        "refused": refused,
        "found": [row(event, here=event.pk in selection.beginning) for event in found],
        "left_out": [row(entry.event) for entry in by_hand if entry.event is not None and entry.left_out],
        "hidden": [
            row(entry.event)
            for entry in by_hand
            if entry.event is not None and not entry.left_out and not entry.event.is_on_page
        ],
        "gone": [(entry, names.get(entry.pk, "")) for entry in gone],
        "typed": typed is not None,
    }
    return _page(model_admin, request, "story_entries", context)


class StoryForm(forms.Form):
    """A story, found as one types."""

    story: Any = forms.ModelChoiceField(
        queryset=Story.objects.all(),
        label="Another story",
        error_messages={"required": "Choose a story first.", "invalid_choice": "That story is no longer there."},
    )

    def __init__(self, site: admin.AdminSite, data: QueryDict | None = None) -> None:
        super().__init__(data)
        story: Any = self.fields["story"]
        story.widget = AutocompleteSelect(StoryEntry._meta.get_field("story"), site, attrs={"data-width": "26rem"})
        story.widget.choices = story.choices


def event_view(model_admin: CorrectionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The stories of an event and the newest others, with the buttons that put it into each or leave it out; every
    other story is found as one types."""
    found: Event = get_object_or_404(Event.objects.select_related("merged_into"), pk=pk)
    event = found.kept
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        _change_stories(model_admin, request, event)
        return HttpResponseRedirect(reverse("admin:timeline_story_of", args=[event.pk]))
    form = StoryForm(model_admin.admin_site)
    own = event.story_entries.select_related("story").order_by("-story")
    by_hand = list(own[:BY_HAND])
    others = Story.objects.exclude(pk__in=own.values("story")).order_by("-pk")
    context = {
        "title": f"Stories with “{event}”",
        "event": event,
        "may_change": model_admin.has_change_permission(request),
        "by_hand": [(entry.story, Row(event, entry, "", here=False)) for entry in by_hand],
        "hidden": own.count() - len(by_hand),
        "newest": [(story, Row(event, None, "", here=False)) for story in others[:NEWEST]],
        "form": form,
        "media": model_admin.media + form.media,
    }
    return _page(model_admin, request, "event_stories", context)


def _change_stories(model_admin: CorrectionAdmin, request: HttpRequest, event: Event) -> None:
    """One button of one story: that beside it, or the one that was chosen."""
    act, number = _pressed(request)
    if not number:
        form = StoryForm(model_admin.admin_site, request.POST)
        if not form.is_valid():
            messages.error(request, str(form.errors["story"][0]))
            return
        number = form.cleaned_data["story"].pk
    edit = model_admin.edit_of(request, request.POST.get("why", "").strip()[:300])
    with transaction.atomic():
        story = Story.objects.select_for_update().filter(pk=number).first()
        if story is None:
            messages.error(request, "That story is no longer there.")
            return
        entries = Entries(story)
        try:
            entries.change(act, event)
        except ValidationError as error:
            messages.error(request, f"“{story}”: {error.messages[0]}")
            return
        if entries.save(edit):
            model_admin.log_change(request, story, "Changed its entries")
            messages.success(request, f"In “{story}” it {ACTS[act]}.")


def search(words: str) -> tuple[list[Event], str]:
    """The events that words find, the newest first, or the one of an address; and why there are none, where the words
    make no sense."""
    uid = UID.search(words)
    if uid is not None and (event := Event.objects.filter(uid=uid[0]).select_related("merged_into").first()):
        return [event.kept], ""
    form = ChronologyForm(QueryDict(urlencode({"q": words, "sort": "newest"})))
    if not form.is_valid():
        return [], "; ".join(message for _, _, message in form.problems)
    return list(form.events()[:FOUND]), ""


def names_of_gone(entries: list[StoryEntry]) -> dict[int, str]:
    """What events were called that have been deleted since, by the entry; nothing where an event's article was taken
    down with all its words."""
    rows = history_of(StoryEntry).objects.filter(id__in=[entry.pk for entry in entries], event_id__isnull=False)
    last = dict(rows.order_by("history_date", "history_id").values_list("id", "event_id"))
    told = history_of(Event).objects.filter(id__in=set(last.values())).order_by("history_date", "history_id")
    titles = dict(told.values_list("id", "title"))
    return {entry: titles[event] for entry, event in last.items() if event in titles}


def _pressed(request: HttpRequest) -> tuple[str, int]:
    """What a button says: the act, and the number of what it is done to, or 0."""
    act, _, number = request.POST.get("act", "").partition(":")
    return act, int(number) if re.fullmatch(r"[0-9]{1,18}", number) else 0


def _cursor(text: str) -> int | None:
    found = int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else None
    return found if found is not None and abs(found) <= MAX_CURSOR else None


def _page(model_admin: CorrectionAdmin, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    request.current_app = model_admin.admin_site.name
    frame = {**model_admin.admin_site.each_context(request), "subtitle": None, "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/timeline/{template}.html", {**frame, **context})
