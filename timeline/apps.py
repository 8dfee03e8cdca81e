"""The one app, and the admin site it brings."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate, pre_migrate


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        schema = import_module("timeline.search.schema")
        pre_migrate.connect(schema.before_migration, sender=self)
        post_migrate.connect(schema.after_migration, sender=self)


class TimelineAdminConfig(AdminConfig):
    default_site = "timeline.admin.site.TimelineAdminSite"

    def ready(self) -> None:
        super().ready()
        import_module("timeline.admin.registry")
