"""Events: correct them, add them, reject them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from timeline.admin.corrections import DATE_LOCKS, DatedForm, ModelForm, SourcedForm, Words
from timeline.admin.dates import choices, let_others_follow, settle
from timeline.admin.evidence import (
    EvidenceInline,
    add_source,
    names_outside_source,
    save_evidence,
    sources_panel,
)
from timeline.admin.history import Edit, record
from timeline.admin.merging import MergingAdmin
from timeline.admin.pages import DATE_DETAIL, DecisionAdmin, StackedInline
from timeline.admin.searching import OF_MANY, Found, IndexedSearch, events_with
from timeline.admin.when import write_when
from timeline.ingest.judgements import forbid_return
from timeline.models import Claim, Event, Evidence, Participation, Statement
from timeline.models.dated import Dated
from timeline.vocabulary import DateBasis, EventStatus

# An event with more statements than this lists them on their own page: every field of a form is sent back.
STATEMENTS_IN_FORM = 30


class EventForm(SourcedForm, DatedForm):
    locks = {
        "title": "title",
        "description": "description",
        "kind": "kind",
        **DATE_LOCKS,
        "date_display": "date_display",
        "place": "place",
        "part_of": "part_of",
        "hedged": "hedged",
        "status": "status",
    }

    class Meta:
        model = Event
        fields = "__all__"  # the page's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "status" in self.fields:
            self.initial["status"] = EventStatus.CONFIRMED.value
        chosen = self.data.get("_claim", "")
        self.claim: Claim | None = None
        if self.instance.pk and chosen.isdecimal() and len(chosen) < 19:
            self.claim = self.instance.claims.filter(pk=int(chosen)).select_related("article").first()
            self._take_date_of(self.claim)

    @property
    def chosen_basis(self) -> DateBasis | None:
        return DateBasis(self.claim.basis) if self.claim is not None else super().chosen_basis

    def _take_date_of(self, claim: Claim | None) -> None:
        """The button “Save with …”: as if the editor had typed what an article says."""
        if claim is not None:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            why = self.data.get(self.add_prefix("why"), "").strip()
            reason = "; ".join(part for part in (f"as “{claim.article}” says", why) if part)
            typed = {"when": write_when(claim.date), "basis": claim.basis, "date_reason": reason[:300]}
            self.data.update({self.add_prefix(name): value for name, value in typed.items()})  # type: ignore[attr-defined]


class ParticipationInline(StackedInline):
    model = Participation
    fields = [("actor", "role", "position")]
    extra = 0
    verbose_name = "actor"
    verbose_name_plural = "actors"
    autocomplete_fields = ["actor"]


class StatementInlineForm(ModelForm):
    locks: ClassVar[dict[str, str]] = {"text": "text", "kind": "kind", "speaker": "speaker", "medium": "medium"}

    text = Words(widget=forms.Textarea(attrs={"rows": 3}), help_text="Verbatim, without the quotation marks around it.")

    class Meta:
        model = Statement
        fields = ["text", "kind", "speaker", "medium"]

    @property
    def touched(self) -> list[str]:
        return [self.locks[name] for name in self.changed_data if name in self.locks]


class StatementInline(StackedInline):
    """The statements of an event. They are deleted on their own pages, which say what that means."""

    model = Statement
    form = StatementInlineForm
    fields = ["text", ("kind", "speaker", "medium")]
    extra = 0
    can_delete = False
    show_change_link = True
    view_on_site = False
    autocomplete_fields = ["speaker"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(merged_into__isnull=True)


@admin.register(Event)
class EventAdmin(IndexedSearch, MergingAdmin, DecisionAdmin):
    form = EventForm
    list_display = ["title", "when", "kind", "status", "review_reason", "sources", "by_hand"]
    list_filter = ["status", "kind", "hedged", "date_disputed"]
    search_fields = ["title", "description", "uid"]
    search_help_text = f"Words of the event, of those who take part and of what they say, {OF_MANY}"
    ordering = ["-chrono"]
    # A list that is long is sorted by what it has an index for.
    sortable_by = ["when"]
    autocomplete_fields = ["place", "part_of"]
    fieldsets = [
        (None, {"fields": ["title", "kind", "when", "place", "description"]}),
        DATE_DETAIL,
        ("More", {"classes": ["collapse"], "fields": ["date_display", "part_of", "hedged", "status"]}),
        ("Why", {"fields": ["why", "source_title", "source_url", "version"]}),
    ]

    def with_words(self, typed: str) -> Q:
        return Q(pk__in=Found(events_with(typed)))

    @admin.display(description="date", ordering="chrono")
    def when(self, event: Event) -> str:
        return event.date_display or event.date.display

    @admin.display(description="by hand")
    def by_hand(self, event: Event) -> str:
        return ", ".join(event.corrections)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        original = context.get("original")
        if original is not None and request.user.has_perm("timeline.change_story"):
            context["stories_url"] = reverse("admin:timeline_story_of", args=[original.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any | None) -> Any:
        inlines: list[Any] = [ParticipationInline]
        if obj is None or obj.statements.filter(merged_into__isnull=True).count() <= STATEMENTS_IN_FORM:
            inlines.append(StatementInline)
        return [*inlines, EvidenceInline]

    def sources_panel(self, obj: Any | None) -> str:
        return sources_panel(obj)

    def decisions(self, obj: Any | None) -> list[tuple[str, object, str]]:
        """Where articles disagree, one button for each date: the others stay visible."""
        if obj is None:
            return []
        buttons = [
            (
                "_claim",
                claim.pk,
                f"Save {'and keep' if kept else 'with'} {claim.date.display} as “{claim.article}” says",
            )
            for claim, kept in choices(obj)
        ]
        return [*super().decisions(obj), *buttons]

    def save_parts(self, obj: Any, formset: Any, edit: Edit) -> list[str]:
        if formset.model is Evidence:
            save_evidence(formset)
            return []
        if formset.model is Statement:
            save_statements(obj, formset, edit)
            return []
        super().save_parts(obj, formset, edit)
        return ["actors"]

    def before_write(self, obj: Any, form: Any, formsets: Any, edit: Edit, change: bool) -> None:
        if form.changes_date or (not change and "date" in form.filled_locks):
            outside = form.names_a_source or names_outside_source(formsets)
            basis = form.chosen_basis or (DateBasis.EXTERNAL if outside else DateBasis.HUMAN)
            reason = form.cleaned_data["date_reason"] if "date_reason" in form.changed_data else edit.why
            settle(obj, basis=basis, why=reason)
            obj.place_in_time()
        elif not change:
            obj.place_in_time()
        if not change:
            obj.lock(["status"], by=edit.by.get_username(), why=edit.why, at=edit.at)

    def derived_columns(self, obj: Any, form: Any, change: bool) -> set[str]:
        return {*Dated.DATE_FIELDS, "chrono"} if form.changes_date or not change else set()

    def after_write(self, obj: Any, form: Any, edit: Edit, change: bool) -> None:
        if form.names_a_source:
            add_source(obj, form.cleaned_data["source_title"], form.cleaned_data["source_url"])
        let_others_follow(obj, edit)

    def remove(self, obj: Any, edit: Edit) -> None:
        forbid_return(obj, by=edit.by, why=edit.why, at=edit.at)
        super().remove(obj, edit)


def save_statements(event: Event, formset: Any, edit: Edit) -> None:
    """Lock what an editor changes in the statements of an event; new ones are whole a person's word."""
    mark = {"by": edit.by.get_username(), "why": edit.why, "at": edit.at}
    touched = {id(form.instance): form.touched for form in formset.forms}
    for statement in formset.save(commit=False):
        locks = touched[id(statement)]
        edit.sign(statement)
        if statement.pk:
            statement.lock(locks, **mark)
            statement.save(update_fields=[*locks, "corrections"])
            continue
        statement.status = EventStatus.CONFIRMED
        statement.speaker_as_written = statement.speaker.name if statement.speaker else ""
        statement.lock([*locks, "kind", "event", "status"], **mark)
        statement.skip_history_when_saving = True
        statement.save()
        _date_from(statement, event)
        record(statement, "+", edit)


def _date_from(statement: Statement, event: Event) -> None:
    statement.date = event.date
    statement.place_in_time()
    Statement.objects.filter(pk=statement.pk).update(
        chrono=statement.chrono, **{name: getattr(statement, name) for name in Dated.DATE_FIELDS}
    )
