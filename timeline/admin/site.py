"""The admin site."""

from typing import Any

from django.contrib import admin
from django.db.models.base import ModelBase
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

ENGINES = ("django_tasks_database", "procrastinate")


class TimelineAdminSite(admin.AdminSite):
    site_header = "Timeline editor"
    site_title = "Timeline editor"
    index_title = "Correct the chronology"
    index_template = "admin/timeline_index.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # Pages import the site that they are pages of.
        from timeline.admin.queue import review
        from timeline.admin.recent import recent, undo
        from timeline.admin.work import act, one, work

        own = [
            path("review/", self.admin_view(review), name="review"),
            path("recent/", self.admin_view(recent), name="recent"),
            path("recent/undo/", self.admin_view(undo), name="recent_undo"),
            path("background/", self.admin_view(work), name="work"),
            path("background/<slug:uid>/", self.admin_view(one), name="work_one"),
            path("background/<slug:uid>/act/", self.admin_view(act), name="work_act"),
        ]
        return [*own, *super().get_urls()]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """All but the engine's own tables: “Background work” says in words what they hold."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label not in ENGINES]
        super().register(own, admin_class, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from timeline.admin.waiting import all_waiting

        return super().index(request, {"waiting": all_waiting(), **(extra_context or {})})
