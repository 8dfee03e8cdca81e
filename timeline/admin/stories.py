"""Stories: their words and filters, and what might become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify

from timeline.admin.corrections import CorrectionForm
from timeline.admin.entry_pages import entries_view, event_view
from timeline.admin.history import history_of
from timeline.admin.pages import CorrectionAdmin
from timeline.forms import ChronologyForm, shorten
from timeline.ingest.judgements import judge
from timeline.ingest.stories import running_stories
from timeline.models import Event, Judgement, Story
from timeline.stories import form_of, missing_something

# Of so many stories, the newest, the list says which have a filter that no longer makes sense.
LOOKED_AT = 1_000


class StoryForm(CorrectionForm):
    locks = {name: name for name in ("title", "slug", "standfirst", "text", "filters", "status")}

    class Meta:
        model = Story
        fields = "__all__"  # the page's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = "Kept in the history; you may leave it empty."
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "_publish" in self.data:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("status")] = Story.Status.PUBLISHED.value  # type: ignore[index]

    @property
    def filled_locks(self) -> list[str]:
        """A story is a person's word throughout."""
        return list(self.locks)

    def clean_filters(self) -> str:
        """Each line as the address of the chronology has it. One that stands as it was is left alone: what it names may
        have gone since, or have been merged and be split again."""
        known = set(self.instance.queries)
        queries, wrong = [], []
        for line in filter(None, map(str.strip, self.cleaned_data["filters"].splitlines())):
            form = ChronologyForm(QueryDict(query_of(line)))
            if line in known:
                queries.append(line)
            elif not form.is_valid():
                wrong += [" ".join(filter(None, (f"“{shorten(line)}”:", *one))) for one in problems_of(form)]
            elif not form.is_filtered:
                wrong.append(f"“{shorten(line)}” filters nothing: the story would be the whole chronology.")
            else:
                queries.append(form.querystring(sort=None))
        queries = list(dict.fromkeys(queries))
        if len(queries) > Story.MOST_FILTERS:
            wrong.append(f"A story has at most {Story.MOST_FILTERS} filters; these are {len(queries)}.")
        if wrong:
            raise ValidationError(wrong)
        return "\n".join(queries)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = free_slug(cleaned.get("title") or "", self.instance)
        if cleaned.get("status") == Story.Status.PUBLISHED and self.instance.published_at is None:
            self.instance.published_at = timezone.now()
        return cleaned


def problems_of(form: ChronologyForm) -> list[tuple[str, str]]:
    """What is wrong with a filter: the parameter, and why."""
    return [(name, message) for name, _, message in form.problems]


def query_of(line: str) -> str:
    """The query string of an address; a line without any address is one itself."""
    if "://" in line or line.startswith("/") or "?" in line:
        return urlsplit(line).query
    return line


def free_slug(title: str, story: Story) -> str:
    """An address made from a title that no other story has or had."""
    stem = slugify(title)[:70].strip("-") or "story"
    taken = set(Story.objects.exclude(pk=story.pk).filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(
        history_of(Story).objects.exclude(id=story.pk).filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


@dataclass(frozen=True, slots=True)
class FilterInWords:
    """A saved filter as an editor reads it, where to look at it, and what is wrong with it."""

    words: str
    url: str
    problems: list[str]

    @classmethod
    def of(cls, query: str) -> FilterInWords:
        form = form_of(query)
        url = f"{reverse('chronology')}?{query}"
        if not form.is_valid():
            return cls(query, url, [" ".join(one).strip() for one in problems_of(form)])
        said = []
        for name in dict(form.parameters()):
            value = form.value(name)
            values = value if isinstance(value, list) else [] if value is True else [value]
            said.append(" ".join((name, " and ".join(map(str, values)))).strip())
        return cls(", ".join(said), url, [])


@admin.register(Story)
class StoryAdmin(CorrectionAdmin):
    form = StoryForm
    formfield_overrides = {**CorrectionAdmin.formfield_overrides, models.SlugField: {"form_class": forms.SlugField}}
    list_display = ["title", "status", "published_at"]
    list_filter = ["status"]
    search_fields = ["title", "standfirst", "slug"]
    search_help_text = "Words of the title or the standfirst"
    ordering = ["-pk"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst", "text", "filters", "status"]}),
        ("Why", {"fields": ["why", "version"]}),
    ]

    class Media:
        css = {"all": ["css/entries.css"]}

    # --- the words and filters ---

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "filters":
            field.help_text = (
                "One a line: the address of the chronology under its filters, or what stands in it after the question "
                "mark, such as actor=Ann Lee&from=2025-03. The story shows what any of them lets through, and what you "
                "put in by hand."
            )
        if field is not None and db_field.name == "slug":
            field.help_text += " Left empty, it is made from the title."
        if field is not None and db_field.name == "text":
            field.widget.attrs["rows"] = 10
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What “Save as story” and a suggestion bring along."""
        return {name: request.GET[name] for name in ("title", "filters") if name in request.GET}

    def releasable(self, obj: Any | None) -> dict[str, Any]:
        """No reading ever says anything of a story."""
        return {}

    def derived_columns(self, obj: Any, form: Any, change: bool) -> set[str]:
        return {"published_at"}

    def decisions(self, obj: Any | None) -> list[tuple[str, object, str]]:
        if obj is None or obj.is_published:
            return []
        return [("_publish", 1, "Save and publish")]

    def sources_panel(self, obj: Any | None) -> str:
        """Its filters in words, and the ways to its entries and its page."""
        if obj is None:
            return ""
        stored = Story.objects.get(pk=obj.pk)
        context = {"story": stored, "filters": [FilterInWords.of(query) for query in stored.queries]}
        return render_to_string("admin/timeline/_story_panel.html", context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_add = self.has_add_permission(request)
        suggested = running_stories() if may_add else []
        context = {
            "broken": missing_something(Story.objects.exclude(filters="").order_by("-pk")[:LOOKED_AT]),
            "suggested": [
                (one, urlencode({"title": one.event.title, "filters": f"story={one.event.uid}"})) for one in suggested
            ],
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("dismiss/", view(self.dismiss_view), name="timeline_story_dismiss"),
            path("of/<int:pk>/", view(self.event_view), name="timeline_story_of"),
            path("<int:pk>/entries/", view(self.entries_view), name="timeline_story_entries"),
            *super().get_urls(),
        ]

    def entries_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return entries_view(self, request, pk)

    def event_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return event_view(self, request, pk)

    # --- suggestions ---

    def dismiss_view(self, request: HttpRequest) -> HttpResponse:
        """A running story that shall never be suggested again."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        event = Event.objects.filter(uid=request.POST.get("story", "")).first()
        if request.method == "POST" and event is not None:
            why = request.POST.get("why", "").strip()[:300]
            edit = self.edit_of(request, why or f"no story: {event}"[:300])
            judge(
                Judgement.Verdict.NO_STORY, event.uid,
                kind=Judgement.Kind.EVENT, by=edit.by, why=edit.why, at=edit.at,
            )  # fmt: skip
            messages.success(request, f"“{event}” is not suggested again. Recent changes can undo it.")
        return HttpResponseRedirect(reverse("admin:timeline_story_changelist"))
