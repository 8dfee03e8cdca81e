"""Merging and splitting in the editor: the entries side by side, one is kept, and the way back in one click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from timeline.admin.comparison import change_url, columns, doubles, moved_words, past_of, pasts
from timeline.admin.corrections import fingerprint
from timeline.admin.ledger import Ledger, merge_all, undo_judgement
from timeline.admin.pages import CorrectionAdmin
from timeline.admin.splitting import SPLITTING, reason_field
from timeline.ingest.acts import NotMergeable, find, merge_of
from timeline.models import Judgement
from timeline.models.merged import Mergeable

FEWEST, MOST = 2, 10


class MergeForm(forms.Form):
    """Which of several entries is kept. `version` is what they were when the page was opened."""

    kept: Any = forms.ModelChoiceField(
        queryset=None, widget=forms.RadioSelect, error_messages={"required": "Choose which one is kept."}
    )
    why = reason_field()
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, entries: Sequence[Any], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.current = " ".join(fingerprint(entry) for entry in entries)
        self.initial["version"] = self.current
        kept: Any = self.fields["kept"]
        kept.queryset = type(entries[0])._default_manager.filter(pk__in=[entry.pk for entry in entries])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.current:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["version"] = self.current  # type: ignore[index]
            raise ValidationError(
                "Somebody, or a new reading, has changed one of these since you opened the page. Nothing is merged "
                "yet. Look again, and merge if they are still one."
            )
        return cleaned


class OtherForm(forms.Form):
    """The other entry, found as one types."""

    other: Any = forms.ModelChoiceField(queryset=None, label="Merge with", error_messages={"required": "Choose one."})

    def __init__(self, entry: Any, site: admin.AdminSite, data: QueryDict | None = None) -> None:
        super().__init__(data)
        model: Any = type(entry)
        other: Any = self.fields["other"]
        other.queryset = model._default_manager.filter(merged_into__isnull=True).exclude(pk=entry.pk)
        # The autocomplete asks for a column of this kind: what something has been merged into is one.
        other.widget = AutocompleteSelect(model._meta.get_field("merged_into"), site)
        other.widget.choices = other.choices


class MergingAdmin(CorrectionAdmin):
    """A page of things that can be merged and split.

    What has been merged is in no list; its own page says into what, and leads back.
    """

    def get_actions(self, request: HttpRequest) -> Any:
        actions: Any = super().get_actions(request)
        if self.has_change_permission(request) and IS_POPUP_VAR not in request.GET:
            actions["merge_selected"] = (MergingAdmin.merge_selected, "merge_selected", "Merge the selected…")
        return actions

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(merged_into__isnull=True)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Also what has been merged: its page leads back."""
        found = super().get_object(request, object_id, from_field)
        if found is None and str(object_id).isdecimal() and len(str(object_id)) < 19:
            found = self.model._default_manager.filter(pk=object_id, merged_into__isnull=False).first()
        return found

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (isinstance(obj, Mergeable) and obj.is_merged)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (isinstance(obj, Mergeable) and obj.is_merged)

    def merge_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        ids = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if not FEWEST <= len(ids) <= MOST:
            messages.error(request, f"Choose {FEWEST} to {MOST} entries to merge.")
            return None
        return HttpResponseRedirect(self._merge_url(ids))

    def _merge_url(self, ids: Iterable[int]) -> str:
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge")
        query = QueryDict(mutable=True)
        query.setlist("id", [str(pk) for pk in ids])
        return f"{address}?{query.urlencode()}"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("merge/", view(self.merge_view), name=f"{name}_merge"),
            path("<path:object_id>/merge/", view(self.merge_with_view), name=f"{name}_merge_with"),
            path("<path:object_id>/split/", view(self.split_view), name=f"{name}_split"),
            path("<path:object_id>/unmerge/<int:judgement>/", view(self.unmerge_view), name=f"{name}_unmerge"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context.get("original")
        if original is not None and self.has_change_permission(request, original):
            context["merge_url"] = change_url(original, "merge_with")
            context["split_url"] = change_url(original, "split")
            context["pasts"] = pasts(original)
            context["doubles"] = doubles(original)
        return super().render_change_form(request, context, *args, **kwargs)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, unquote(object_id))
        if found is None or not found.is_merged:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        judgement = merge_of(found)
        context = {
            "title": f"Merged {self.opts.verbose_name}: {found}",
            "original": found,
            "kept": found.merged_into,
            "kept_url": change_url(found.merged_into),
            "past": past_of(judgement, found) if judgement else None,
            "columns": columns([found]),
            "may_undo": super().has_change_permission(request),
        }
        return self._page(request, "merged", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        whole = {
            **self.admin_site.each_context(request),
            "subtitle": None,
            "opts": self.opts,
            "media": self.media + forms.Media(css={"all": ["css/merging.css"]}),
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/{template}.html", whole)

    def _changeable(self, request: HttpRequest, object_id: str) -> Any:
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        return found.kept

    # --- merging ---

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Several entries side by side: which one is kept?"""
        if not self.has_change_permission(request):
            raise PermissionDenied
        ids = [pk for pk in dict.fromkeys(request.GET.getlist("id")) if pk.isdecimal() and len(pk) < 19][: MOST + 1]
        found = self.model._default_manager.in_bulk([int(pk) for pk in ids])
        entries: list[Any] = list({one.kept.pk: one.kept for pk in ids if (one := found.get(int(pk)))}.values())
        if not FEWEST <= len(entries) <= MOST:
            messages.error(request, f"Choose {FEWEST} to {MOST} entries to merge; what is merged already counts once.")
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        form = MergeForm(entries, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            kept = form.cleaned_data["kept"]
            others = [entry for entry in entries if entry.pk != kept.pk]
            made = merge_all(kept, others, self.edit_of(request, form.cleaned_data["why"]))
            names = " and ".join(f"“{other}”" for other in others)
            self.log_change(request, kept, f"Merged {names} into it")
            messages.success(request, f"{names} merged into “{kept}”. Moved: {moved_words(made)}.")
            return HttpResponseRedirect(change_url(kept))
        chosen = form["kept"].value()
        context = {
            "title": f"Merge {len(entries)} {self.opts.verbose_name_plural}",
            "form": form,
            "columns": columns(entries),
            "chosen": str(getattr(chosen, "pk", chosen) or ""),
        }
        return self._page(request, "merge", context)

    def merge_with_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Find the other entry."""
        entry = self._changeable(request, object_id)
        form = OtherForm(entry, self.admin_site, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return HttpResponseRedirect(self._merge_url([entry.pk, form.cleaned_data["other"].pk]))
        context = {
            "title": f"Merge “{entry}” with another {self.opts.verbose_name}",
            "original": entry,
            "form": form,
            "media": self.media + form.media,
        }
        return self._page(request, "merge_with", context)

    def unmerge_view(self, request: HttpRequest, object_id: str, judgement: int) -> HttpResponse:
        """One click: take a merge back. Only by POST; a visit leads to the entry."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        merges = Judgement.objects.filter(verdict=Judgement.Verdict.SAME, kind=self.opts.model_name)
        found = merges.filter(pk=judgement).first()
        gone = find(found.moved["gone"], found.kind) if found is not None else None
        if found is None or gone is None or str(gone.pk) != unquote(object_id):
            raise Http404
        if request.method == "POST":
            kept = find(found.moved["kept"], found.kind)
            try:
                undo_judgement(found, self.edit_of(request, f"took the merge with “{kept}” back"))
            except NotMergeable as error:
                messages.error(request, f"It cannot be taken back: {error}")
            else:
                self.log_change(request, gone, f"Took the merge with “{kept}” back")
                messages.success(
                    request,
                    f"The merge is undone: “{gone}” stands by itself again, beside “{kept}”. "
                    "They are remembered as different: no reading and no suggestion joins them.",
                )
        return HttpResponseRedirect(change_url(gone))

    # --- splitting ---

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two in one: what belongs to the other?"""
        entry = self._changeable(request, object_id)
        form = SPLITTING[type(entry)](entry, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["why"]
            ledger = Ledger(self.edit_of(request, f"split “{entry}”" + (f": {reason}" if reason else "")))
            try:
                with transaction.atomic():
                    other = form.split(ledger)
                    ledger.close()
            except NotMergeable as error:
                form.add_error(None, str(error))
            else:
                self.log_change(request, entry, f"Split “{other}” from it")
                messages.success(
                    request,
                    f"“{other}” is an entry of its own now. No reading joins them again; to take it back, merge them.",
                )
                return HttpResponseRedirect(change_url(other))
        context = {"title": f"Split “{entry}”", "original": entry, "form": form, "columns": columns([entry])}
        return self._page(request, "split", context)
