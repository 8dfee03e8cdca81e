"""The chronology to take away: the rows of the page, under the page's filters, as a file that streams."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from timeline.exports.chronology_csv import write_csv
from timeline.exports.columns import PRESETS, Layout
from timeline.forms import Choice, ChronologyForm
from timeline.views.errors import explain


class ExportForm(ChronologyForm):
    """The chronology's filters, and for what the file is. A file has no pages, and so no cursor."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        del self.fields["after"]
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


@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponseBase:
    form = ExportForm(request.GET)
    if not form.is_valid():
        return explain(request, form)
    layout = form.layout
    purpose = "" if layout is Layout.EVERYTHING else f"-{layout.value}"
    name = f"timeline{purpose}-{timezone.localdate().isoformat()}.csv"
    site = request.build_absolute_uri("/").rstrip("/")
    pieces = write_csv(form.events(), form.statements(), site=site, layout=layout)
    response = StreamingHttpResponse(
        iter(()) if request.method == "HEAD" else pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    if settings.TIMELINE_CORS:
        # TimelineJS reads the file from whatever page it stands on.
        response["Access-Control-Allow-Origin"] = "*"
    return response
