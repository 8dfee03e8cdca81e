"""The forms in which one entry is found to be two: what belongs to the other?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from timeline.admin.ledger import Ledger
from timeline.ingest.splitting import split_actor, split_event, split_statement, under_spellings
from timeline.models import Actor, Alias, Event, Evidence, Statement

if TYPE_CHECKING:
    ManyField = forms.ModelMultipleChoiceField[Any]
else:
    ManyField = forms.ModelMultipleChoiceField

# So many rows to choose from.
CHOICES = 50


def reason_field() -> forms.CharField:
    return forms.CharField(
        label="Why",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="It stands in the history; you may leave it empty.",
    )


class SplitActorForm(forms.Form):
    """Which spellings are somebody else's, and what goes with them."""

    aliases = forms.ModelMultipleChoiceField(
        label="Spellings of the other one",
        queryset=Alias.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one spelling that belongs to somebody else."},
    )
    name = forms.CharField(
        label="Name of the other one",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Empty: the first of the chosen spellings.",
    )
    read_under = forms.BooleanField(
        label="Move what was read under these spellings",
        required=False,
        initial=True,
        help_text="Statements with the speaker so written, and events whose passages name nobody by another spelling.",
    )
    statements = forms.ModelMultipleChoiceField(
        label="Move these statements too",
        queryset=Statement.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    events = forms.ModelMultipleChoiceField(
        label="Move these events too",
        queryset=Event.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = reason_field()

    def __init__(self, actor: Actor, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.actor = actor
        self._offer("aliases", actor.aliases.all()[:CHOICES])
        self._offer("statements", actor.statements.select_related("speaker").order_by("-chrono")[:CHOICES])
        own = Event.objects.held().filter(participations__actor=actor)
        self._offer("events", own.order_by("-chrono")[:CHOICES])

    def _offer(self, name: str, rows: Any) -> None:
        chosen: Any = self.fields[name]
        chosen.queryset = rows.model._default_manager.filter(pk__in=[row.pk for row in rows])
        if not rows and not chosen.required:
            del self.fields[name]

    def split(self, ledger: Ledger) -> Actor:
        aliases = list(self.cleaned_data["aliases"])
        statements = set(self.cleaned_data.get("statements") or ())
        events = set(self.cleaned_data.get("events") or ())
        if self.cleaned_data["read_under"]:
            said, done = under_spellings(self.actor, aliases)
            statements |= set(said)
            events |= set(done)
        return split_actor(
            self.actor,
            aliases,
            ledger.act(),
            name=self.cleaned_data["name"],
            statements=sorted(statements, key=lambda row: row.pk),
            events=sorted(events, key=lambda row: row.pk),
        )


class PassagesField(ManyField):
    """Some of the passages that prove an entry; at least one."""

    def __init__(self, *, label: str, required: str) -> None:
        super().__init__(
            label=label,
            queryset=Evidence.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": required},
        )

    def offer(self, entry: Event | Statement) -> None:
        rows = entry.evidence.values_list("pk", flat=True)[:CHOICES]
        self.queryset = Evidence.objects.filter(pk__in=list(rows)).select_related("article")

    def label_from_instance(self, obj: Any) -> str:
        source = obj.article or obj.outside_title or obj.outside_url
        return f"“{obj.exact}” ({source})" if obj.exact else str(source)


class SplitEventForm(forms.Form):
    """Which passages tell of something else."""

    passages = PassagesField(
        label="Passages that tell of the other event",
        required="Choose at least one passage that tells of something else.",
    )
    title = forms.CharField(
        label="Title of the other event",
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="A short sentence in the present tense: who does what.",
    )
    why = reason_field()

    def __init__(self, event: Event, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.event = event
        _passages_of(self).offer(event)

    def split(self, ledger: Ledger) -> Event:
        chosen = self.cleaned_data
        return split_event(self.event, chosen["passages"], ledger.act(), title=chosen["title"])


class SplitStatementForm(forms.Form):
    """Which passages have other words."""

    passages = PassagesField(
        label="Passages of the other statement",
        required="Choose at least one passage with other words.",
    )
    text = forms.CharField(
        label="Words of the other statement",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Verbatim, without the quotation marks around it. Empty: as the chosen passages have them.",
    )
    why = reason_field()

    def __init__(self, statement: Statement, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.statement = statement
        _passages_of(self).offer(statement)

    def split(self, ledger: Ledger) -> Statement:
        chosen = self.cleaned_data
        return split_statement(self.statement, chosen["passages"], ledger.act(), text=chosen["text"].strip())


def _passages_of(form: forms.Form) -> PassagesField:
    field = form.fields["passages"]
    assert isinstance(field, PassagesField)
    return field


SPLITTING: dict[type[Model], Any] = {Actor: SplitActorForm, Event: SplitEventForm, Statement: SplitStatementForm}
