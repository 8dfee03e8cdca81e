"""The one app, and the admin site it brings."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"
    default_auto_field = "django.db.models.BigAutoField"


class TimelineAdminConfig(AdminConfig):
    default_site = "timeline.admin.site.TimelineAdminSite"

    def ready(self) -> None:
        super().ready()
        import_module("timeline.admin.registry")
