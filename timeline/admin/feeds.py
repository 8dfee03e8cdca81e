"""Feeds that are followed: how asking them went, what they offered, and lists of them in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.pages import CappedPaginator, ModelAdmin
from timeline.models import Feed, FeedItem
from timeline.tasks import feeds_as_opml, follow_listed

if TYPE_CHECKING:
    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline

MAX_BYTES = 5 * 1024 * 1024
SHOWN = 50


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Feed
        fields = ["url", "title", "publisher", "minutes", "words", "actors", "paused"]
        help_texts = {
            "url": "An RSS, Atom or JSON feed, or a news sitemap.",
            "title": "Empty: as the feed calls itself.",
            "paused": "Not asked until this is taken away.",
        }

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if not url.lower().startswith(("http://", "https://")):
            raise ValidationError("An address begins with http:// or https://.")
        return url


class ItemInline(TabularInline):
    """What a feed offered last."""

    model = FeedItem
    verbose_name_plural = f"what it offered last (up to {SHOWN})"
    fields = ("offered", "outcome", "reason", "first_seen")
    readonly_fields = fields
    can_delete = False
    extra = 0
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        newest = list(FeedItem.objects.filter(feed=obj).values_list("pk", flat=True)[:SHOWN]) if obj else []

        class Newest(formset):  # type: ignore[misc, valid-type]
            def get_queryset(self) -> Any:
                return super().get_queryset().filter(pk__in=newest)

        return Newest

    @admin.display(description="item")
    def offered(self, item: FeedItem) -> SafeString | str:
        if item.article is None:
            return str(item)
        url = reverse("admin:timeline_article_change", args=[item.article.pk])
        return format_html('<a href="{}">{}</a>', url, item)


class ListForm(forms.Form):
    file = forms.FileField(label="OPML file", help_text="As other feed readers export it, up to 5 MB.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError("The file is larger than 5 MB.")
        return file


@admin.register(Feed)
class FeedAdmin(ModelAdmin):
    form = FeedForm
    change_list_template = "admin/timeline/feed/change_list.html"
    list_display = ["__str__", "publisher", "how_it_went", "asked_at", "next_time", "minutes", "paused"]
    list_select_related = ["publisher"]
    list_filter = ["paused"]
    search_fields = ["title", "url"]
    search_help_text = "A title or an address"
    autocomplete_fields = ["publisher", "actors"]
    fields = ["url", "title", "publisher", "minutes", "words", "actors", "paused"]
    inlines = [ItemInline]
    actions = ["ask_now", "pause", "go_on"]
    paginator = CappedPaginator
    show_full_result_count = False

    @admin.display(description="last result")
    def how_it_went(self, feed: Feed) -> str:
        if feed.failure:
            times = "" if feed.failures == 1 else f" ({feed.failures} times)"
            return f"failed{times}: {feed.failure}"
        return feed.result or "not asked yet"

    @admin.display(description="next", ordering="due_at")
    def next_time(self, feed: Feed) -> Any:
        return "paused" if feed.paused else feed.due_at

    @admin.action(description="Ask at the next round, in place of when they are due", permissions=["change"])
    def ask_now(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        number = feeds.filter(paused=False).update(due_at=timezone.now())
        self.message_user(request, f"{number} will be asked at the next round.", messages.SUCCESS)

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        self.message_user(request, f"{feeds.update(paused=True)} are paused.", messages.SUCCESS)

    @admin.action(description="Go on", permissions=["change"])
    def go_on(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        number = feeds.update(paused=False, due_at=timezone.now(), failures=0, failure="")
        self.message_user(request, f"{number} will be asked at the next round.", messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.take_in), name="timeline_feed_import"),
            path("export/", wrap(self.give_out), name="timeline_feed_export"),
            *super().get_urls(),
        ]

    def take_in(self, request: HttpRequest) -> HttpResponse:
        """The page on which a list of feeds is given."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
        if request.method == "POST" and form.is_valid():
            told = follow_listed(form.cleaned_data["file"].read())
            if told.failure:
                form.add_error("file", f"Nothing was taken: {told.failure}.")
            else:
                self.message_user(request, f"{told.fresh} new feeds, {told.known} followed before.", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:timeline_feed_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Import feeds",
            "opts": self.opts,
            "form": form,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/timeline/feed/import.html", context)

    def give_out(self, request: HttpRequest) -> HttpResponse:
        """All feeds as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponse(
            feeds_as_opml(),
            content_type="text/x-opml; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="feeds.opml"'},
        )
