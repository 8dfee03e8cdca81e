"""Articles and their publishers. An article comes in by being read, and goes with what only it supports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from timeline.admin.corrections import DATE_LOCKS, DatedForm, Words
from timeline.admin.dates import settle
from timeline.admin.history import Edit
from timeline.admin.pages import DATE_DETAIL, CappedPaginator, CorrectionAdmin, ModelAdmin, locked_everywhere
from timeline.admin.reading import read_in
from timeline.admin.searching import OF_MANY, Found, IndexedSearch, articles_with
from timeline.ingest.derived import refresh
from timeline.ingest.takedown import Takedown, plan_takedown, take_down
from timeline.models import Article, Event, Publisher
from timeline.models.dated import Dated
from timeline.vocabulary import ArticleState, DateBasis

TAKEN_DOWN = "(taken down)"


class ArticleForm(DatedForm):
    locks = {
        "title": "title",
        "dek": "dek",
        "bylines": "bylines",
        "publisher": "publisher",
        "url": "url",
        "language": "language",
        "duplicate_of": "duplicate_of",
        **DATE_LOCKS,
        "site_date": "page_clock",
    }

    bylines = Words(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Who wrote it: one name a line."
    )
    site_date = forms.DateField(
        label="Date of the page",
        required=False,
        widget=AdminDateWidget,
        help_text="The site's own date at capture; never a date of anything else.",
    )

    class Meta:
        model = Article
        fields = "__all__"  # the page's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["bylines"] = "\n".join(self.instance.bylines)
        self.initial["site_date"] = self.instance.page_clock

    def clean_bylines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["bylines"].splitlines() if line.strip()]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url or "url" not in self.changed_data:
            return url
        if not url.startswith(("http://", "https://")):
            raise ValidationError("A URL begins with http:// or https://.")
        others = Article.objects.filter(url=url).exclude(pk=self.instance.pk)
        if others.filter(Q(state=self.instance.state) | Q(original=self.instance.original_id)).exists():
            raise ValidationError("Another article has this URL.")
        return url

    def clean_duplicate_of(self) -> Article | None:
        """A copy of a copy repeats the same first text."""
        first: Article | None = self.cleaned_data["duplicate_of"]
        while first is not None and first.duplicate_of is not None:
            first = first.duplicate_of
        if first is not None and first.pk == self.instance.pk:
            raise ValidationError("An article is no copy of itself, nor of its own copies.")
        return first


@admin.register(Article)
class ArticleAdmin(IndexedSearch, CorrectionAdmin):
    form = ArticleForm
    list_display = ["headline", "publisher", "published", "language", "state", "copy_of"]
    list_select_related = ["publisher", "duplicate_of"]
    list_filter = ["state", "publisher"]
    search_fields = ["title", "url", "uid"]
    search_help_text = f"Words of the headline or the URL, {OF_MANY}"
    ordering = ["-latest"]
    # A list that is long is sorted by what it has an index for.
    sortable_by = ["published"]
    autocomplete_fields = ["publisher", "duplicate_of"]
    fieldsets = [
        (None, {"fields": ["title", "publisher", "when", "url", "bylines", "dek"]}),
        DATE_DETAIL,
        ("More", {"classes": ["collapse"], "fields": ["language", "duplicate_of", "site_date"]}),
        ("Why", {"fields": ["why", "version"]}),
    ]

    @admin.display(description="title", ordering="title")
    def headline(self, article: Article) -> str:
        return str(article)

    @admin.display(description="published", ordering="latest")
    def published(self, article: Article) -> str:
        return article.date.display

    @admin.display(description="copy of")
    def copy_of(self, article: Article) -> str:
        return str(article.duplicate_of or "")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Choosing an article for a passage offers its current version only."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(state=ArticleState.TAKEN)
        return super().get_search_results(request, queryset, search_term)

    def with_words(self, typed: str) -> Q:
        return Q(pk__in=Found(articles_with(typed)))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return read_in(self, request)

    def sources_panel(self, obj: Any | None) -> str:
        if obj is None:
            return ""
        events = Event.objects.filter(evidence__article=obj).distinct()
        return format_html(
            '<section class="sources" aria-labelledby="sources-heading"><h2 id="sources-heading">What was read</h2>'
            '<p>Read with version {}; {} events rest on it.</p><p><a href="{}">The article with every mention '
            "marked</a></p><pre>{}</pre></section>",
            obj.extracted_with or "unknown",
            events.count(),
            obj.get_absolute_url(),
            obj.text[:20_000],
        )

    def before_write(self, obj: Any, form: Any, formsets: Any, edit: Edit, change: bool) -> None:
        if form.changes_date:
            reason = form.cleaned_data["date_reason"] if "date_reason" in form.changed_data else edit.why
            settle(obj, basis=form.chosen_basis or DateBasis.HUMAN, why=reason)
        obj.page_clock = form.cleaned_data["site_date"]

    def derived_columns(self, obj: Any, form: Any, change: bool) -> set[str]:
        return {"page_clock", *(Dated.DATE_FIELDS if form.changes_date else ())}

    def after_write(self, obj: Any, form: Any, edit: Edit, change: bool) -> None:
        if "duplicate_of" in form.changed_data:
            if obj.duplicate_of is not None:
                obj.copies.update(duplicate_of=obj.duplicate_of)
            family = Q(evidence__article=obj) | Q(evidence__article__duplicate_of__in=[obj.pk, obj.duplicate_of_id])
            events = Event.objects.filter(family)
            refresh(set(events.values_list("pk", flat=True)))

    # --- taking down ---

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        plan = plan_takedown(*objs)
        counts: dict[str, int] = {}
        for thing in plan.going:
            plural = str(thing._meta.verbose_name_plural)
            counts[plural] = counts.get(plural, 0) + 1
        lacking = {
            str(model._meta.verbose_name)
            for model in {type(thing) for thing in plan.going}
            if not self.admin_site._registry[model].has_delete_permission(request)
        }
        return told(plan), counts, lacking, []

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The log says that an article went, not what it was called."""
        return [
            LogEntry.objects.create(
                user_id=self.edit_of(request).by.pk,
                content_type=ContentType.objects.get_for_model(Article),
                object_id=str(article.pk),
                object_repr=f"Article {article.uid}",
                action_flag=DELETION,
                change_message="",
            )
            for article in queryset
        ]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._take_down(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        self._take_down(*queryset)

    def _take_down(self, *articles: Article) -> None:
        with transaction.atomic():
            plan = take_down(*articles)
            for thing in plan.going:
                _forget(thing)


def _forget(thing: Model) -> None:
    """Let the log of edits not name what has been taken down."""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk))
    entries.exclude(action_flag=DELETION).update(object_repr=TAKEN_DOWN, change_message="")


def told(plan: Takedown) -> list[Any]:
    """A takedown as the nested list of a confirmation page."""
    lines: list[Any] = ["These go:", [_line(thing) for thing in plan.going]]
    if staying := [*plan.staying_events, *plan.staying_statements, *plan.staying_actors]:
        lines += ["These rest on other sources too, and stay:", [_line(thing) for thing in staying]]
    return lines


def _line(thing: Model) -> SafeString:
    opts = thing._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[thing.pk])
    return format_html('{}: <a href="{}">{}</a>', str(opts.verbose_name).capitalize(), url, thing)


@admin.register(Publisher)
class PublisherAdmin(ModelAdmin):
    list_display = ["name", "domain", "country", "timezone"]
    search_fields = ["name", "domain"]
    search_help_text = "A name or a domain"
    ordering = ["name"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator

    def view_on_site(self, obj: Any) -> str:
        return f"{reverse('chronology')}?{urlencode({'publisher': obj.name})}"

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_queryset(request, Publisher.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Articles lose the publisher by a person's word: no reading puts it back."""
        correcting = self.admin_site._registry[Article]
        assert isinstance(correcting, ArticleAdmin)
        with transaction.atomic():
            articles = Article.objects.filter(publisher__in=queryset)
            locked_everywhere(list(articles), "publisher", correcting.edit_of(request))
            queryset.delete()
