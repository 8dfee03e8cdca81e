"""Actors and their spellings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest

from timeline.admin.corrections import CorrectionForm
from timeline.admin.history import Edit, record, remember
from timeline.admin.merging import MergingAdmin
from timeline.admin.pages import CorrectionAdmin, StackedInline, locked_everywhere
from timeline.ingest.judgements import spell, withdraw_spelling
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, Alias, Event, Statement


class ActorForm(CorrectionForm):
    locks = {name: name for name in ("name", "kind", "role", "description", "country", "part_of")}

    class Meta:
        model = Actor
        fields = "__all__"  # the page's fieldsets choose


class AliasInline(StackedInline):
    model = Alias
    fields = [("text", "form")]
    extra = 0
    verbose_name = "spelling"
    verbose_name_plural = "spellings"


@admin.register(Actor)
class ActorAdmin(MergingAdmin):
    form = ActorForm
    list_display = ["name", "kind", "role", "spellings"]
    list_filter = ["kind"]
    search_fields = ["name", "aliases__text", "uid"]
    search_help_text = "A name, in any of its spellings"
    ordering = ["name"]
    autocomplete_fields = ["country", "part_of"]
    inlines = [AliasInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "role", "description", "country", "part_of"]}),
        ("Why", {"fields": ["why", "version"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = Alias.objects.filter(actor=OuterRef("pk")).order_by().values("actor").annotate(number=Count("pk"))
        return super().get_queryset(request).annotate(spellings=Subquery(counted.values("number")))

    @admin.display(description="spellings")
    def spellings(self, actor: Any) -> int:
        return int(actor.spellings or 0)

    def save_parts(self, obj: Any, formset: Any, edit: Edit) -> list[str]:
        """A spelling that a person gives stays; one that a person takes away never names this actor again."""
        was = {alias.pk: alias.text for alias in obj.aliases.all()}
        for alias in formset.save(commit=False):
            if alias.pk and was[alias.pk] != alias.text:
                withdraw_spelling(obj, was[alias.pk], by=edit.by, why=edit.why, at=edit.at)
            spell(alias, at=edit.at)
            edit.sign(alias)
            alias.save()
        for alias in formset.deleted_objects:
            withdraw_spelling(obj, alias.text, by=edit.by, why=edit.why, at=edit.at)
            edit.sign(alias)
            alias.delete()
        return []

    def after_write(self, obj: Any, form: Any, edit: Edit, change: bool) -> None:
        """The name itself is a spelling, so that the next article finds the actor by it; and it may be somebody's
        else."""
        if "name" in form.changed_data and not obj.aliases.filter(text=obj.name).exists():
            alias = Alias(actor=obj, text=obj.name)
            spell(alias, at=edit.at)
            edit.sign(alias)
            alias.save()
        suggest_anew(obj)

    def remove(self, obj: Any, edit: Edit) -> None:
        """Events and statements lose the actor by a person's word: no reading puts it back."""
        statements = list(Statement.objects.filter(speaker=obj))
        for statement in statements:
            remember(statement, edit)
            statement.speaker = None
            statement.lock(["speaker"], by=edit.by.get_username(), why=edit.why, at=edit.at)
            edit.sign(statement)
            statement.save(update_fields=["speaker", "corrections"])
        locked_everywhere(list(Event.objects.filter(participations__actor=obj)), "actors", edit)
        super().remove(obj, edit)


class AliasForm(CorrectionForm):
    class Meta:
        model = Alias
        fields = "__all__"  # the page's fieldsets choose


@admin.register(Alias)
class AliasAdmin(CorrectionAdmin):
    """All spellings in one list. Every change of one is a person's word on its actor."""

    form = AliasForm
    list_display = ["text", "actor", "form", "by_hand"]
    list_select_related = ["actor"]
    list_filter = ["form", "by_hand"]
    search_fields = ["text", "actor__name"]
    search_help_text = "A spelling or a name"
    ordering = ["text"]
    autocomplete_fields = ["actor"]
    fieldsets = [(None, {"fields": ["text", "actor", "form", "why", "version"]})]
    form_field_names = ("text", "actor", "form")

    def view_on_site(self, obj: Any) -> str:
        return str(obj.actor.get_absolute_url())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        edit: Edit = form.edit
        alias = form.instance
        if change and not any(name in form.changed_data for name in self.form_field_names):
            return
        before = form.before
        if before is not None:
            remember(before, edit)
        if before is not None and (before.text != alias.text or before.actor_id != alias.actor_id):
            withdraw_spelling(before.actor, before.text, by=edit.by, why=edit.why, at=edit.at)
        spell(alias, at=edit.at)
        alias.skip_history_when_saving = True
        alias.save()
        record(alias, "~" if change else "+", edit)
        suggest_anew(alias.actor, *([before.actor] if before is not None else []))

    def remove(self, obj: Any, edit: Edit) -> None:
        withdraw_spelling(obj.actor, obj.text, by=edit.by, why=edit.why, at=edit.at)
        super().remove(obj, edit)
        suggest_anew(obj.actor)
