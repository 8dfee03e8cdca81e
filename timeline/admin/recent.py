"""Recent changes by everyone: who, when, why, what, before and after; each taken back with one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from timeline.admin import undoing
from timeline.admin.acts import KINDS, Deed, Entry, Wanted, deed_at, deeds
from timeline.admin.undoing import NotUndone, changed_since, may_undo
from timeline.admin.versions import EPOCH, Version, moment_of
from timeline.ingest.acts import NotMergeable
from timeline.models.corrections import Correctable

ON_A_PAGE = 30
PEOPLE = 200


class RecentForm(forms.Form):
    """Which changes are shown. A field that makes no sense is named, and filters nothing."""

    by = forms.CharField(
        label="Person", required=False, max_length=150, widget=forms.TextInput(attrs={"list": "people"})
    )
    kind = forms.ChoiceField(choices=[("", "everything"), *((kind, kind) for kind in KINDS)], required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    before = forms.IntegerField(required=False, min_value=0, max_value=10**17, widget=forms.HiddenInput)

    def clean_by(self) -> User | None:
        name = self.cleaned_data["by"].strip()
        if not name:
            return None
        found = User.objects.filter(username=name).first()
        if found is None:
            raise ValidationError(f"Nobody is called “{name}” here.")
        return found

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and not 1900 <= day.year <= 9000:
            raise ValidationError("Nothing was changed on that day.")
        return day

    @property
    def wanted(self) -> Wanted:
        self.full_clean()
        said = self.cleaned_data
        first = _midnight(said["day"]) if said.get("day") else None
        return Wanted(
            person=said.get("by"),
            kind=said.get("kind", ""),
            first=first,
            last=first + timedelta(days=1) if first else None,
            before=moment_of(said["before"]) if said.get("before") else None,
        )


@dataclass(frozen=True, slots=True)
class Later:
    """What people have changed on a thing since an act on it."""

    entry: Entry
    versions: tuple[Version, ...]


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perms(["timeline.view_event", "timeline.view_statement", "timeline.view_actor"]):
        raise PermissionDenied
    form = RecentForm(request.GET)
    found, more = deeds(form.wanted, ON_A_PAGE)
    query = {name: value for name in ("by", "kind", "day") if (value := request.GET.get(name))}
    context = {
        "title": "Recent changes",
        "deeds": [(deed, deed.way_back if deed.way_back and may_undo(request, deed) else "") for deed in found],
        "form": form,
        "people": User.objects.filter(is_staff=True).order_by("username").values_list("username", flat=True)[:PEOPLE],
        "older_url": f"?{urlencode({**query, 'before': (more - EPOCH) // timedelta(microseconds=1)})}" if more else "",
    }
    return _render(request, "admin/timeline/recent.html", context)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one act; where others have built on it, first say what goes with it."""
    deed = _asked_for(request)
    back = HttpResponseRedirect(reverse("admin:recent"))
    if deed is None or not deed.way_back:
        messages.error(request, "There is nothing to undo there: it is undone already, or gone.")
        return back
    if not may_undo(request, deed):
        raise PermissionDenied
    later = [] if deed.binds or deed.deletes else _later(deed)
    if later and "confirmed" not in request.POST:
        context = {"title": "Undo, and what was changed since?", "deed": deed, "later": later}
        return _render(request, "admin/timeline/recent_undo.html", context)
    try:
        undoing.undo(request, deed)
    except (NotUndone, NotMergeable) as error:
        messages.error(request, f"Nothing is undone. {error}")
    except IntegrityError:
        messages.error(request, "Nothing is undone: another entry now has the same name.")
    else:
        what = deed.entries[0].name if len(deed.entries) == 1 else f"what {deed.by} did"
        messages.success(request, f"Undone: {what}.")
    return back


def _asked_for(request: HttpRequest) -> Deed | None:
    stamp, person = (request.POST.get(name, "") for name in ("stamp", "person"))
    if not all(text.isascii() and text.isdecimal() and len(text) < 18 for text in (stamp, person)):
        return None
    return deed_at(moment_of(int(stamp)), int(person))


def _later(deed: Deed) -> list[Later]:
    found = []
    for entry in deed.entries:
        if isinstance(entry.thing, Correctable) and (since := changed_since(entry.thing, deed.at)):
            found.append(Later(entry, tuple(since)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock()))


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    request.current_app = admin.site.name
    whole = {**admin.site.each_context(request), "subtitle": None, **context}
    return TemplateResponse(request, template, whole)
