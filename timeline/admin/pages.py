"""Pages on which people correct: a changed field is locked, signed and remembered, and can be brought back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.utils import label_for_field, unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime

from timeline.admin.corrections import CorrectionForm, Words
from timeline.admin.dates import let_others_follow
from timeline.admin.history import Edit, record, remember
from timeline.admin.versions import give_back, moment_of, restore, versions
from timeline.models import (
    ActorSuggestion,
    Alias,
    Event,
    EventSuggestion,
    NameKey,
    Participation,
    Statement,
    StoryEntry,
)
from timeline.models.corrections import Correctable
from timeline.vocabulary import EventStatus

if TYPE_CHECKING:
    PlainAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:
    PlainAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline

# A list that is longer is searched, not paged through; counting a million rows costs a second.
COUNTED = 10_000
DATE_DETAIL: tuple[str, Any] = (
    "Date in detail",
    {
        "classes": ["collapse"],
        "fields": ["earliest", "latest", "precision", "approximate", "clock", "timezone", "basis", "date_reason"],
    },
)
# Rows that people neither make nor edit, by their plural.
FOUND_ANEW = {
    str(model._meta.verbose_name_plural): str(model._meta.verbose_name)
    for model in (NameKey, ActorSuggestion, EventSuggestion)
}


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than anybody turns pages."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows[: COUNTED + 1].count())


class SortedList(ChangeList):
    """A list that is sorted by the headings it offers, and by no others that an address may ask for: what has no index
    takes seconds in a long list. Django asks `sortable_by` only for the links of the headings."""

    def get_ordering_field(self, field_name: Any) -> Any:
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None

    def get_ordering(self, request: HttpRequest, queryset: Any) -> Any:
        """The order, with a word to who asked for one that there is none of."""
        for asked in filter(None, self.params.get(ORDER_VAR, "").split(".")):
            number = asked.removeprefix("-")
            if not number.isdecimal() or int(number) >= len(self.list_display):
                continue
            column = self.list_display[int(number)]
            if super().get_ordering_field(column) and column not in (self.sortable_by or ()):
                label = label_for_field(column, self.model, self.model_admin)
                messages.info(request, f"So long a list cannot be sorted by “{label}”; it stands in its usual order.")
        return super().get_ordering(request, queryset)


class ModelAdmin(PlainAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SortedList


class ReasonedActions(ActionForm):
    why = forms.CharField(required=False, max_length=300, label="Why:")


class CorrectionAdmin(ModelAdmin):
    """A page on which every change is a person's word.

    `save_model` only prepares an existing row; the row is written once, with its history, when its parts have been.
    """

    form = CorrectionForm
    action_form = ReasonedActions
    change_form_template = "admin/timeline/change_form.html"
    delete_confirmation_template = "admin/timeline/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/timeline/delete_selected_confirmation.html"
    formfield_overrides = {
        models.TextField: {"form_class": Words, "widget": AdminTextareaWidget(attrs={"rows": 4})},
        models.CharField: {"form_class": Words, "widget": AdminTextInputWidget},
    }
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    list_per_page = 50
    # Rows that the database removes with a deleted one and that have no rights of their own.
    carried_along: ClassVar[frozenset[str]] = frozenset({"claim", "evidence", "participation", "alias", "storyentry"})

    class Media:
        js = ["js/admin_labels.js"]

    # --- the form ---

    def get_form(self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any) -> Any:
        releases = {f"release_{lock}": self._release_field(lock, mark) for lock, mark in self.releasable(obj).items()}
        kwargs["form"] = type(self.form.__name__, (self.form,), releases)
        return super().get_form(request, obj, change=change, **kwargs)

    def releasable(self, obj: Any | None) -> dict[str, Any]:
        """The locks that can be given back to the readings."""
        return obj.corrections if isinstance(obj, Correctable) else {}

    def _release_field(self, lock: str, mark: dict[str, str]) -> forms.BooleanField:
        when = in_words(datetime.fromisoformat(mark["at"]))
        because = f", because: {mark['why']}" if mark.get("why") else ", no reason given"
        return forms.BooleanField(
            required=False,
            label=f"Release {lock.replace('_', ' ')} to automatic",
            help_text=format_html(
                "Corrected by {} on {}{}. Released, it is again as it was read, and may change with the next reading.",
                mark["by"],
                when,
                because,
            ),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """Each lock's note stands under the first field that it locks."""
        waiting = dict.fromkeys(self.releasable(obj))
        fieldsets: list[Any] = []
        for name, options in super().get_fieldsets(request, obj):
            fields: list[Any] = []
            for field in options["fields"]:
                fields.append(field)
                lock = self.form.locks.get(field) if isinstance(field, str) else None
                if lock in waiting:
                    del waiting[lock]
                    fields.append(f"release_{lock}")
            classes = options.get("classes", ())
            if len(fields) > len(options["fields"]):
                classes = [word for word in classes if word != "collapse"]  # what a person has set is in sight
            fieldsets.append((name, {**options, "fields": fields, "classes": classes}))
        if waiting and fieldsets:
            name, options = fieldsets[0]
            fieldsets[0] = (name, {**options, "fields": [*options["fields"], *(f"release_{n}" for n in waiting)]})
        return fieldsets

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context.get("original")
        context["sources_panel"] = self.sources_panel(original)
        context["decisions"] = self.decisions(original) if self.has_change_permission(request, original) else []
        return super().render_change_form(request, context, *args, **kwargs)

    def decisions(self, obj: Any | None) -> list[tuple[str, object, str]]:
        """Buttons that save and decide at once: their name, value and words."""
        return []

    def sources_panel(self, obj: Any | None) -> str:
        """What stands beside the fields: the passages that prove them."""
        return ""

    def view_on_site(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    # --- saving ---

    def edit_of(self, request: HttpRequest, why: str = "") -> Edit:
        assert isinstance(request.user, User)
        return Edit(by=request.user, at=timezone.now(), why=why)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        edit = self.edit_of(request, form.cleaned_data.get("why") or "")
        form.edit = edit
        form.before = None
        if change:
            form.before = type(obj)._default_manager.get(pk=obj.pk)
        else:
            obj.skip_history_when_saving = True
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        edit: Edit = form.edit
        obj = form.instance
        locks = form.changed_locks if change else form.filled_locks
        touched = locks or form.released or any(formset.has_changed() for formset in formsets)
        untouched = change and not touched and not self.has_more_to_save(form)
        if change and not untouched:
            remember(obj, edit)
        for formset in formsets:
            set_by_parts = self.save_parts(obj, formset, edit)
            if formset.has_changed():
                locks.extend(set_by_parts)
        if untouched:
            return
        self.before_write(obj, form, formsets, edit, change)
        obj.lock(dict.fromkeys(locks), by=edit.by.get_username(), why=edit.why, at=edit.at)
        given_back = give_back(obj, form.released)
        obj.skip_history_when_saving = True
        obj.save(update_fields=sorted({*self._written(obj, form, change), *given_back}))
        obj.refresh_from_db()
        record(obj, "~" if change else "+", edit)
        self.after_write(obj, form, edit, change)

    def _written(self, obj: Any, form: Any, change: bool) -> list[str]:
        """The columns an edit writes: nothing that the editor did not touch."""
        own = {field.name for field in obj._meta.concrete_fields}
        names = {name for name in (form.changed_data if change else form.fields) if name in own}
        return sorted(names | {"corrections"} | self.derived_columns(obj, form, change))

    def derived_columns(self, obj: Any, form: Any, change: bool) -> set[str]:
        """Columns that follow from a change and are in no field of the form."""
        return set()

    def save_parts(self, obj: Any, formset: Any, edit: Edit) -> list[str]:
        """Save the rows of an inline; the locks it sets on the thing itself."""
        for part in formset.save(commit=False):
            edit.sign(part)
            part.save()
        for part in formset.deleted_objects:
            edit.sign(part)
            part.delete()
        return []

    def has_more_to_save(self, form: Any) -> bool:
        return bool(getattr(form, "names_a_source", False))

    def before_write(self, obj: Any, form: Any, formsets: Any, edit: Edit, change: bool) -> None:
        """What follows from the change, before the row is written."""

    def after_write(self, obj: Any, form: Any, edit: Edit, change: bool) -> None:
        """What follows from the change in other rows."""

    # --- deciding ---

    def decide(self, request: HttpRequest, queryset: Any, status: EventStatus, done: str) -> None:
        edit = self.edit_of(request, request.POST.get("why", "").strip()[:300])
        decided = 0
        with transaction.atomic():
            for thing in queryset.exclude(status=status):
                self.settle(request, thing, status, edit)
                decided += 1
        messages.success(request, f"{decided} {done}.")

    def settle(self, request: HttpRequest, thing: Any, status: EventStatus, edit: Edit) -> None:
        """Decide on one thing: its status is a person's word from now on."""
        remember(thing, edit)
        thing.status = status.value
        thing.lock(["status"], by=edit.by.get_username(), why=edit.why, at=edit.at)
        edit.sign(thing)
        thing.save(update_fields=["status", "corrections"])
        self.log_change(request, thing, f"Status {status}")
        event = thing.event if isinstance(thing, Statement) else thing
        if isinstance(event, Event):
            let_others_follow(event, edit)

    # --- history ---

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        restoring = self.admin_site.admin_view(self.restore_view)
        return [path("<path:object_id>/history/<int:stamp>/", restoring, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {obj}",
            "subtitle": None,
            "object": obj,
            "opts": self.opts,
            "versions": versions(obj),
            "may_restore": self.has_change_permission(request, obj),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/timeline/history.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, stamp: int) -> HttpResponse:
        """One click: bring a version back. Only by POST; a visit leads to the history."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        history = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[object_id])
        if request.method == "POST":
            at = moment_of(stamp)
            words = in_words(at)
            try:
                with transaction.atomic():
                    found = restore(obj, at, self.edit_of(request, f"restored the version of {words}"))
            except IntegrityError:
                messages.error(request, "This version cannot be restored: another entry now has the same name.")
                return HttpResponseRedirect(history)
            if found:
                self.log_change(request, obj, f"Restored the version of {words}")
                messages.success(request, f"The version of {words} is restored.")
            else:
                messages.error(request, "There is no such version.")
        return HttpResponseRedirect(history)

    # --- deleting ---

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes along has no rights of its own: who may delete the thing may delete it. What is found anew by
        itself is not told of."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        carried = {
            model._meta.verbose_name
            for model in self.admin_site._registry
            if model._meta.model_name in self.carried_along
        }
        told = {name: number for name, number in counts.items() if name not in FOUND_ANEW}
        return _without_found_anew(deleted), told, set(lacking) - carried, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            self.remove(obj, self.edit_of(request, request.POST.get("why", "").strip()[:300]))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        edit = self.edit_of(request, request.POST.get("why", "").strip()[:300])
        with transaction.atomic():
            for obj in queryset:
                self.remove(obj, edit)

    def remove(self, obj: Any, edit: Edit) -> None:
        """Delete a thing; the parts that go with it are signed as one act with it."""
        parts = (Participation, Alias, StoryEntry)
        for relation in obj._meta.related_objects:
            if relation.related_model in parts and relation.on_delete is models.CASCADE:
                for part in relation.related_model._default_manager.filter(**{relation.field.name: obj}):
                    edit.sign(part)
                    part.delete()
        edit.sign(obj)
        obj.delete()


class DecisionAdmin(CorrectionAdmin):
    """A page of things that can be confirmed and rejected."""

    actions = ["confirm", "reject", "restore"]

    def decisions(self, obj: Any | None) -> list[tuple[str, object, str]]:
        if obj is None:
            return []
        if obj.status == EventStatus.REJECTED:
            return [("_restore", 1, "Save and restore")]
        rejecting: list[tuple[str, object, str]] = [("_reject", 1, "Save and reject")]
        undecided = obj.status in (EventStatus.AUTOMATIC, EventStatus.REVIEW)
        return [("_confirm", 1, "Save and confirm"), *rejecting] if undecided else rejecting

    @admin.action(description="Confirm", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: Any) -> None:
        self.decide(request, queryset, EventStatus.CONFIRMED, "confirmed")

    @admin.action(description="Reject: off the page, for good", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: Any) -> None:
        self.decide(request, queryset, EventStatus.REJECTED, "rejected")

    @admin.action(description="Restore what was rejected", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: Any) -> None:
        rejected = queryset.filter(status=EventStatus.REJECTED)
        self.decide(request, rejected, EventStatus.CONFIRMED, "restored and confirmed")


def _without_found_anew(deleted: Any) -> list[Any]:
    """What the admin lists as going, lists in lists, but for rows that follow from others."""
    beginnings = tuple(f"{capfirst(name)}: " for name in FOUND_ANEW.values())
    kept = (one if isinstance(one, str) else _without_found_anew(one) for one in deleted)
    return [one for one in kept if one and not (isinstance(one, str) and one.startswith(beginnings))]


def in_words(at: datetime) -> str:
    local = localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}"


def locked_everywhere(things: Iterable[Correctable], lock: str, edit: Edit) -> None:
    """Lock a field of things whose value changes by deleting what it names."""
    for thing in things:
        remember(thing, edit)
        thing.lock([lock], by=edit.by.get_username(), why=edit.why, at=edit.at)
        edit.sign(thing)
        thing.save()
