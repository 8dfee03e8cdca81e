"""The chronology and its stories to take away: the rows of the page, under its filters, as a file that streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from timeline.exports.chronology_csv import write_csv
from timeline.exports.chronology_json import write_json
from timeline.exports.columns import PRESETS, Layout
from timeline.forms import AddressForm, Choice, ChronologyForm, PlainForm
from timeline.stories import Selection
from timeline.views.errors import explain
from timeline.views.stories import readable_story


class FileForm(AddressForm):
    """A file has no pages, and so no cursor."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields.pop("after", None)


class LayoutForm(FileForm):
    """For what the CSV is."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["columns"] = Choice([Layout.CORE.value])
        self.fields["preset"] = Choice(layout.value for layout in PRESETS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("columns") and cleaned.get("preset"):
            self.add_error("preset", ValidationError("It has columns of its own; give “columns” or “preset”."))
        return cleaned

    @property
    def layout(self) -> Layout:
        return Layout(self.value("preset") or self.value("columns") or Layout.EVERYTHING)


class ExportForm(LayoutForm, ChronologyForm):
    """The chronology's filters, and for what the CSV is."""


class WholeForm(FileForm, ChronologyForm):
    """The chronology's filters."""


@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    form = ExportForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    pieces = write_csv(form.events(), form.statements(), site=site_of(request), layout=form.layout)
    return csv_file(request, pieces, "timeline", form.layout)


@require_safe
def timeline_json(request: HttpRequest) -> HttpResponseBase:
    form = WholeForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    return json_file(request, write_json(form.events(), form.statements(), whole=False), "timeline")


@require_safe
def story_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = readable_story(request, slug, "story_csv")
    if isinstance(found, HttpResponse):
        return found
    form = LayoutForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    chosen = Selection(found)
    pieces = write_csv(
        chosen.events(),
        chosen.statements(),
        site=site_of(request),
        layout=form.layout,
        story=found,
        marks=chosen.entries,
    )
    return csv_file(request, pieces, found.slug, form.layout)


@require_safe
def story_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = readable_story(request, slug, "story_json")
    if isinstance(found, HttpResponse):
        return found
    form = PlainForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    chosen = Selection(found)
    pieces = write_json(chosen.events(), chosen.statements(), whole=False, story=found, marks=chosen.entries)
    return json_file(request, pieces, found.slug)


def site_of(request: HttpRequest) -> str:
    """What the addresses of this site begin with, without a slash at the end."""
    return request.build_absolute_uri("/").rstrip("/")


def csv_file(request: HttpRequest, pieces: Iterator[str], stem: str, layout: Layout) -> HttpResponseBase:
    purpose = "" if layout is Layout.EVERYTHING else f"-{layout.value}"
    return _file(request, pieces, f"{stem}{purpose}", "csv", "text/csv; charset=utf-8")


def json_file(request: HttpRequest, pieces: Iterator[str], stem: str) -> HttpResponseBase:
    return _file(request, pieces, stem, "json", "application/json")


def _file(request: HttpRequest, pieces: Iterator[str], stem: str, ending: str, kind: str) -> HttpResponseBase:
    name = f"{stem}-{timezone.localdate().isoformat()}.{ending}"
    response = StreamingHttpResponse(
        iter(()) if request.method == "HEAD" else pieces,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    if settings.TIMELINE_CORS:
        # TimelineJS reads the file from whatever page it stands on.
        response["Access-Control-Allow-Origin"] = "*"
    return response
