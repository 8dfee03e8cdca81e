"""“Add article”: paste a text, upload a file or name an address, and be told what was read from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline.models import Actor, Article, Event, Publisher, Statement
from timeline.tasks import fetch_article, fetch_later, is_worker_alive, read_article
from timeline.vocabulary import EventStatus

MAX_BYTES = 10 * 1024 * 1024
LISTED = 100


class ReadingForm(forms.Form):
    """An article as bytes, and what is known of where it comes from."""

    text = forms.CharField(
        label="Text of the article",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
        help_text="Paste it as it is: headline, date line and all. What is no part of the article is set aside.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text="A saved web page (HTML), plain text or PDF, up to 10 MB.",
    )
    url = forms.URLField(
        label="URL",
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="Where it was published, if known. Alone, without text or file: the page is fetched from there. "
        "A newer copy of the same URL replaces the older one.",
    )
    publisher = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "publishers", "class": "vTextField"}),
        help_text="Who published it, if known: its time zone helps to read the date line.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(f"The file has {file.size / 1024 / 1024:.1f} MB; at most 10 MB are read.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if "file" in self.errors:
            return cleaned
        if text.strip() and file:
            raise ValidationError("Give a text or a file, not both.")
        if not text.strip() and not file and not cleaned.get("url") and "url" not in self.errors:
            raise ValidationError("Paste the text of an article, choose a file, or give its address.")
        if len(text.encode(errors="replace")) > MAX_BYTES:
            self.add_error("text", "The text is longer than 10 MB.")
        return cleaned

    @property
    def is_address_alone(self) -> bool:
        """Whether the article is still to be fetched."""
        return not self.cleaned_data["file"] and not self.cleaned_data["text"].strip()

    @property
    def content(self) -> bytes:
        file = self.cleaned_data["file"]
        if file:
            return bytes(file.read())
        # Browsers send every line end as CR LF; the same text from a file would be another one.
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text.encode(errors="replace")


def read_in(articles: admin.ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """The page “Add article”. After reading it leads to itself with the article's name: a reload reads nothing."""
    if not articles.has_add_permission(request):
        raise PermissionDenied
    form = ReadingForm(request.POST, request.FILES) if request.method == "POST" else ReadingForm()
    context: dict[str, Any] = {}
    if request.method == "POST":
        if form.is_valid():
            url, publisher = form.cleaned_data["url"], form.cleaned_data["publisher"]
            if form.is_address_alone and is_worker_alive():
                assert request.user.is_authenticated
                asked = fetch_later([url], by=request.user, publisher=publisher)
                return HttpResponseRedirect(asked.get_absolute_url())
            if form.is_address_alone:
                result = fetch_article(url, publisher)
            else:
                result = read_article(form.content, url, publisher)
            if result.outcome != "refused" and result.article_uid:
                request.session["reading"] = {
                    "article": result.article_uid,
                    "outcome": str(result.outcome),
                    "reason": result.reason,
                    "warnings": list(result.warnings),
                }
                return HttpResponseRedirect(f"{request.path}?read={result.article_uid}")
            form.add_error(None, f"It was not taken: {result.reason}")
        if request.FILES:
            context["lost_file"] = True
    elif uid := request.GET.get("read"):
        context |= what_was_read(uid, request.session.get("reading") or {})
    context |= {
        **articles.admin_site.each_context(request),
        "title": "Add article",
        "subtitle": None,
        "opts": articles.opts,
        "form": form,
        "media": articles.media,
        "publishers": Publisher.objects.values_list("name", flat=True)[:500],
        "list_url": reverse("admin:timeline_article_changelist"),
    }
    request.current_app = articles.admin_site.name
    return TemplateResponse(request, "admin/timeline/article/reading.html", context)


def what_was_read(uid: str, told: dict[str, Any]) -> dict[str, Any]:
    """The article with everything that now rests on it."""
    article = Article.objects.filter(uid=uid).first()
    if article is None:
        return {}
    events = Event.objects.filter(evidence__article=article).distinct().order_by("chrono")
    statements = Statement.objects.filter(evidence__article=article).distinct().order_by("chrono")
    actors = Actor.objects.filter(
        Q(pk__in=events.values("actors").order_by()) | Q(pk__in=statements.values("speaker").order_by())
    )
    known = told if told.get("article") == uid else {}
    return {
        "article": article,
        "outcome": known.get("outcome", ""),
        "reason": known.get("reason", ""),
        "warnings": known.get("warnings", []),
        "groups": [
            _group("events", events.exclude(status=EventStatus.REVIEW)),
            _group("statements", statements.exclude(status=EventStatus.REVIEW).select_related("speaker")),
            _group("actors", actors),
        ],
        "waiting": [*_waiting(events), *_waiting(statements.select_related("speaker"))],
    }


def _group(name: str, things: QuerySet[Any]) -> dict[str, Any]:
    return {"name": name, "count": things.count(), "things": [_entry(thing) for thing in things[:LISTED]]}


def _waiting(things: QuerySet[Any]) -> list[dict[str, str]]:
    return [
        _entry(thing) | {"reason": thing.review_reason} for thing in things.filter(status=EventStatus.REVIEW)[:LISTED]
    ]


def _entry(thing: Any) -> dict[str, str]:
    url = reverse(f"admin:timeline_{thing._meta.model_name}_change", args=[thing.pk])
    when = thing.date.display if isinstance(thing, Event) else ""
    return {"name": str(thing), "url": url, "when": when}
