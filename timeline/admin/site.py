"""The admin site."""

from django.contrib import admin


class TimelineAdminSite(admin.AdminSite):
    site_header = "Timeline editor"
    site_title = "Timeline editor"
    index_title = "Correct the chronology"
