"""The admin site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from timeline.models import Event, Statement
from timeline.vocabulary import EventStatus


class TimelineAdminSite(admin.AdminSite):
    site_header = "Timeline editor"
    site_title = "Timeline editor"
    index_title = "Correct the chronology"
    index_template = "admin/timeline_index.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        waiting = {
            "events_waiting": Event.objects.filter(status=EventStatus.REVIEW).count(),
            "statements_waiting": Statement.objects.filter(status=EventStatus.REVIEW).count(),
        }
        return super().index(request, {**waiting, **(extra_context or {})})
