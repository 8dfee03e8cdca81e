"""Statements: who said exactly what."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q

from timeline.admin.corrections import DATE_LOCKS, DatedForm, SourcedForm
from timeline.admin.dates import let_others_follow, settle
from timeline.admin.evidence import EvidenceInline, add_source, names_outside_source, save_evidence, sources_panel
from timeline.admin.history import Edit
from timeline.admin.merging import MergingAdmin
from timeline.admin.pages import DATE_DETAIL, DecisionAdmin
from timeline.admin.searching import OF_MANY, Found, IndexedSearch, statements_with
from timeline.ingest.judgements import forbid_return
from timeline.models import Evidence, Statement
from timeline.models.dated import Dated
from timeline.vocabulary import DateBasis, EventStatus


class StatementForm(SourcedForm, DatedForm):
    locks = {
        "text": "text",
        "kind": "kind",
        "speaker": "speaker",
        "event": "event",
        "medium": "medium",
        "addressee": "addressee",
        "cue": "cue",
        **DATE_LOCKS,
        "hedged": "hedged",
        "status": "status",
    }

    class Meta:
        model = Statement
        fields = "__all__"  # the page's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "status" in self.fields:
            self.initial["status"] = EventStatus.CONFIRMED.value


@admin.register(Statement)
class StatementAdmin(IndexedSearch, MergingAdmin, DecisionAdmin):
    form = StatementForm
    list_display = ["quote", "speaker", "kind", "when", "status", "review_reason", "by_hand"]
    list_select_related = ["speaker"]
    list_filter = ["status", "kind", "hedged"]
    search_fields = ["text", "speaker__name", "uid"]
    search_help_text = f"Words of the statement {OF_MANY}; or the speaker's name"
    ordering = ["-chrono"]
    # A list that is long is sorted by what it has an index for.
    sortable_by = ["when"]
    autocomplete_fields = ["speaker", "event"]
    inlines = [EvidenceInline]
    fieldsets = [
        (None, {"fields": ["text", "kind", "speaker", "medium", "event", "when"]}),
        DATE_DETAIL,
        ("More", {"classes": ["collapse"], "fields": ["addressee", "cue", "hedged", "status"]}),
        ("Why", {"fields": ["why", "source_title", "source_url", "version"]}),
    ]

    def with_words(self, typed: str) -> Q:
        return Q(pk__in=Found(statements_with(typed)))

    @admin.display(description="statement")
    def quote(self, statement: Statement) -> str:
        text = statement.text if len(statement.text) <= 120 else statement.text[:119] + "…"
        return f"“{text}”" if statement.is_verbatim else text

    @admin.display(description="date", ordering="chrono")
    def when(self, statement: Statement) -> str:
        return statement.date.display

    @admin.display(description="by hand")
    def by_hand(self, statement: Statement) -> str:
        return ", ".join(statement.corrections)

    def sources_panel(self, obj: Any | None) -> str:
        return sources_panel(obj)

    def save_parts(self, obj: Any, formset: Any, edit: Edit) -> list[str]:
        if formset.model is Evidence:
            save_evidence(formset)
        return []

    def before_write(self, obj: Any, form: Any, formsets: Any, edit: Edit, change: bool) -> None:
        if form.changes_date or (not change and "date" in form.filled_locks):
            outside = form.names_a_source or names_outside_source(formsets)
            basis = form.chosen_basis or (DateBasis.EXTERNAL if outside else DateBasis.HUMAN)
            reason = form.cleaned_data["date_reason"] if "date_reason" in form.changed_data else edit.why
            settle(obj, basis=basis, why=reason)
        elif obj.event is not None and not change:
            obj.date = obj.event.date
        if not change:
            obj.speaker_as_written = obj.speaker.name if obj.speaker else ""
            obj.lock(["status"], by=edit.by.get_username(), why=edit.why, at=edit.at)
        obj.place_in_time()

    def derived_columns(self, obj: Any, form: Any, change: bool) -> set[str]:
        derived = {*Dated.DATE_FIELDS, "chrono"} if form.changes_date or not change else set()
        return derived if change else {*derived, "speaker_as_written"}

    def after_write(self, obj: Any, form: Any, edit: Edit, change: bool) -> None:
        if form.names_a_source:
            add_source(obj, form.cleaned_data["source_title"], form.cleaned_data["source_url"])
        for event in {obj.event, form.before.event if form.before is not None else None} - {None}:
            let_others_follow(event, edit)

    def remove(self, obj: Any, edit: Edit) -> None:
        forbid_return(obj, by=edit.by, why=edit.why, at=edit.at)
        super().remove(obj, edit)
