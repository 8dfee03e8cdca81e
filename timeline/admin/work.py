"""“Background work”: what is to be read, read again or built anew is asked for here; how far it is, what failed and
why, and who works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from timeline.models import Article, Feed, Publisher, Work, Worker
from timeline.tasks import (
    KINDS_OF_FILES,
    fetch_later,
    fetch_refused_again,
    go_on_with,
    index_later,
    is_worker_alive,
    look_through_later,
    progress_of,
    read_again_later,
    read_later,
    stop_work,
)

MAX_BYTES = 100 * 1024 * 1024
MOST_ADDRESSES = 10_000
LISTED, REFUSED = 30, 200


class WorkForm(forms.Form):
    """Many articles at once, and whose they are."""

    file = forms.FileField(
        required=False,
        help_text="A ZIP file, web archive (WARC), CSV table, JSON Lines, PDF, mail (.eml), web page or text, up to "
        "100 MB; a text of nothing but addresses is a list of them.",
    )
    addresses = forms.CharField(
        label="Or addresses, one a line",
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=f"Each page is fetched and read; at most {MOST_ADDRESSES:,}.",
    )
    publisher = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "publishers", "class": "vTextField"}),
        help_text="Of those articles that do not say it themselves.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(f"The file has {file.size / 1024 / 1024:.1f} MB; at most 100 MB are taken.")
        if file and not file.name.lower().endswith(KINDS_OF_FILES):
            raise ValidationError(f"No file of these kinds: {', '.join(KINDS_OF_FILES)}")
        return file

    def clean_addresses(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(f"These are {len(lines):,} addresses; at most {MOST_ADDRESSES:,} are taken at once.")
        valid = URLValidator(schemes=["http", "https"])
        for number, line in enumerate(lines, start=1):
            try:
                valid(line)
            except ValidationError as error:
                raise ValidationError(f"Line {number} is no address of a page: {line[:100]}") from error
        return list(dict.fromkeys(lines))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if bool(cleaned.get("file")) == bool(cleaned.get("addresses")):
            raise ValidationError("Choose a file or name addresses, one of the two.")
        return cleaned


class AgainForm(forms.Form):
    """Which articles are to be read again."""

    which = forms.ChoiceField(
        label="Articles",
        choices=[("older", "those that older rules have read"), ("all", "all, whatever has read them")],
        initial="older",
    )
    publisher = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "publishers", "class": "vTextField"}),
        help_text="Only of this publisher; of all, where it is empty.",
    )

    def clean_publisher(self) -> Publisher | None:
        name = self.cleaned_data["publisher"].strip()
        found = Publisher.objects.named(name).first() if name else None
        if name and found is None:
            raise ValidationError(f"No publisher is called “{name}”.")
        return found


def work(request: HttpRequest) -> HttpResponse:
    """All of it, the newest first, and the form to give more."""
    _may_look(request)
    form, again = WorkForm(), AgainForm(prefix="again")
    if request.method == "POST":
        _may_act(request)
        if upkeep := request.POST.get("upkeep"):
            again = AgainForm(request.POST if upkeep == "read" else None, prefix="again")
            asked = _upkeep(request, upkeep, again)
        else:
            form = WorkForm(request.POST, request.FILES)
            asked = _asked(request, form) if form.is_valid() else None
        if asked is not None:
            return HttpResponseRedirect(asked.get_absolute_url())
    now = timezone.now()
    works = Work.objects.with_progress().select_related("by").order_by("-pk")[: LISTED + 1]
    rows = [(one, progress_of(one, now)) for one in works]
    context = {
        "title": "Background work",
        "rows": rows[:LISTED],
        "more": len(rows) > LISTED,
        "workers": [(worker, worker.alive_until > now) for worker in Worker.objects.all()[:LISTED]],
        "idle": not is_worker_alive(),
        "moving": any(progress.is_moving for _, progress in rows),
        "due_feeds": Feed.objects.due(now).count(),
        "followed": Feed.objects.filter(paused=False).count(),
        "form": form,
        "again": again,
        "may_act": request.user.has_perm("timeline.add_article"),
        "publishers": Publisher.objects.values_list("name", flat=True)[:500],
        "now": now,
    }
    return _render(request, "admin/timeline/work.html", context)


def _asked(request: HttpRequest, form: WorkForm) -> Work:
    said, by = form.cleaned_data, request.user
    assert by.is_authenticated
    if file := said["file"]:
        return read_later(file.name, file.read(), by=by, publisher=said["publisher"])
    return fetch_later(said["addresses"], by=by, publisher=said["publisher"])


def _upkeep(request: HttpRequest, what: str, again: AgainForm) -> Work | None:
    """What is to be done with all that is stored; None where there is nothing to do, which is said."""
    by = request.user
    assert by.is_authenticated
    match what:
        case "doubles":
            return look_through_later(by=by)
        case "index":
            return index_later(by=by)
    if not again.is_valid():
        return None
    said = again.cleaned_data
    asked = read_again_later(by=by, publisher=said["publisher"], all_of_them=said["which"] == "all")
    if asked is None:
        messages.info(request, "There is no such article: the rules of today have read all of them.")
    return asked


@require_safe
def one(request: HttpRequest, uid: str) -> HttpResponse:
    """How far one piece is, and what of it was refused."""
    _may_look(request)
    now = timezone.now()
    asked = get_object_or_404(Work.objects.with_progress().select_related("by"), uid=uid)
    progress = progress_of(asked, now)
    context = {
        "title": str(asked),
        "work": asked,
        "progress": progress,
        "articles": Article.objects.filter(uid__in=asked.parts.exclude(article="").values("article")).order_by("-pk")[
            :1
        ],
        "refusals": asked.refusals.all()[:REFUSED],
        "unlisted": max(progress.refused - REFUSED, 0),
        "idle": progress.is_moving and not is_worker_alive(),
        "moving": progress.is_moving,
        "may_act": request.user.has_perm("timeline.add_article"),
        "may_fetch_refused": asked.kind == Work.Kind.ADDRESSES and progress.refused and not progress.is_moving,
        "now": now,
    }
    return _render(request, "admin/timeline/work_one.html", context)


@require_POST
def act(request: HttpRequest, uid: str) -> HttpResponse:
    """Stop, go on, try again, or fetch once more what was refused."""
    _may_act(request)
    asked = get_object_or_404(Work, uid=uid)
    assert request.user.is_authenticated
    match request.POST.get("act"):
        case "stop" if stop_work(asked, request.user):
            messages.success(request, "Stopped. What is read stays; “Go on” reads the rest.")
        case "go_on" if go_on_with(asked):
            messages.success(request, "It goes on as soon as a worker is free.")
        case "refused" if again := fetch_refused_again(asked, request.user):
            messages.success(request, "What was refused is fetched once more.")
            return HttpResponseRedirect(again.get_absolute_url())
        case _:
            messages.warning(request, "Nothing to do there: it has ended, or somebody was quicker.")
    return HttpResponseRedirect(reverse("admin:work_one", args=[asked.uid]))


def _may_look(request: HttpRequest) -> None:
    if not request.user.has_perm("timeline.view_article"):
        raise PermissionDenied


def _may_act(request: HttpRequest) -> None:
    if not request.user.has_perm("timeline.add_article"):
        raise PermissionDenied


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    request.current_app = admin.site.name
    return TemplateResponse(request, template, {**admin.site.each_context(request), "subtitle": None, **context})
