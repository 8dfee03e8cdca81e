"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from timeline.views import actors, articles, chronology, events, exports, statements

urlpatterns = [
    path("", chronology.chronology, name="chronology"),
    path("events/<slug:uid>/", events.event, name="event"),
    path("articles/<slug:uid>/", articles.article, name="article"),
    path("actors/<slug:uid>/", actors.actor, name="actor"),
    path("statements/", statements.statements, name="statements"),
    path("timeline.csv", exports.timeline_csv, name="timeline_csv"),
    path("admin/", admin.site.urls),
]

handler400 = "timeline.views.errors.bad_request"
handler403 = "timeline.views.errors.forbidden"
handler404 = "timeline.views.errors.not_found"
handler500 = "timeline.views.errors.server_error"
