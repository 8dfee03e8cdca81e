"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from timeline.views import actors, articles, chronology, events, exports, feeds, health, statements, stories

urlpatterns = [
    path("", chronology.chronology, name="chronology"),
    path("events/<slug:uid>/", events.event, name="event"),
    path("articles/<slug:uid>/", articles.article, name="article"),
    path("actors/<slug:uid>/", actors.actor, name="actor"),
    path("statements/", statements.statements, name="statements"),
    path("stories/", stories.stories, name="stories"),
    path("stories/<slug:slug>/", stories.story, name="story"),
    path("stories/<slug:slug>/timeline.csv", exports.story_csv, name="story_csv"),
    path("stories/<slug:slug>/timeline.json", exports.story_json, name="story_json"),
    path("stories/<slug:slug>/timeline.atom", feeds.story_feed, name="story_feed"),
    path("timeline.csv", exports.timeline_csv, name="timeline_csv"),
    path("timeline.json", exports.timeline_json, name="timeline_json"),
    path("timeline.atom", feeds.timeline_feed, name="timeline_feed"),
    path("healthz", health.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

handler400 = "timeline.views.errors.bad_request"
handler403 = "timeline.views.errors.forbidden"
handler404 = "timeline.views.errors.not_found"
handler500 = "timeline.views.errors.server_error"
