"""The short form of the review queue: the common fields of an entry on one screen, names typed as words.

It is the form of the entry's own page with fewer fields in sight, and saves by the same path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from timeline.admin.corrections import CorrectionForm, Words
from timeline.admin.pages import CorrectionAdmin
from timeline.admin.waiting import Thing
from timeline.models import Actor, Event, Participation, Place

SHOWN: dict[str, tuple[str, ...]] = {
    "event": ("title", "when", "cast", "place", "hedged", "why"),
    "statement": ("text", "when", "speaker", "medium", "kind", "hedged", "why"),
}
CARRIED = ("earliest", "latest", "precision", "approximate", "clock", "timezone", "basis", "date_reason", "status")
NOT_IN_FORM = ("cast", "why")
LONG = ("title", "text", "cast")

Find = Callable[[str], QuerySet[Any]]


class Named(Words):
    """One thing by its name. Words that nobody touched mean what they meant."""

    def __init__(self, find: Find, noun: str, current: Model | None, **options: Any) -> None:
        super().__init__(required=False, max_length=300, **options)
        self.find, self.noun = find, noun
        self.current = {str(current): current} if current is not None else {}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return the_one(text, self.find, self.noun, self.current) if text else None


class Cast(Words):
    """Who took part: one name a line."""

    def __init__(self, present: list[Actor]) -> None:
        super().__init__(
            required=False,
            max_length=10_000,
            label="Actors",
            widget=forms.Textarea(attrs={"rows": max(2, len(present) + 1)}),
            help_text="One name a line, in any known spelling; who acts stands first.",
        )
        self.present = {str(actor): actor for actor in present}

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return list(dict.fromkeys(the_one(name, Actor.objects.named, "actor", self.present) for name in names))


def the_one(name: str, find: Find, noun: str, known: dict[str, Any]) -> Any:
    if name in known:
        return known[name]
    found = list(find(name)[:2])
    if len(found) > 1:
        raise ValidationError(f"Several {noun}s are called “{name}”. Write its uid, the end of its page’s address.")
    if not found:
        raise ValidationError(f"No {noun} is called “{name}”. Correct the spelling, or add it on its own page first.")
    return found[0]


class Parts:
    """The actors of an event as the list that an editor typed; it is saved as the inline of the event's page is."""

    model = Participation
    forms = ()

    def __init__(self, event: Event, actors: list[Actor], changed: bool) -> None:
        self.changed = changed
        present = {part.actor_id: part for part in event.participations.all()}
        self.deleted_objects = [part for pk, part in present.items() if pk not in {actor.pk for actor in actors}]
        self.written: list[Participation] = []
        for position, actor in enumerate(actors):
            part = present.get(actor.pk) or Participation(event=event, actor=actor, position=-1)
            if part.position != position:
                part.position = position
                self.written.append(part)

    def has_changed(self) -> bool:
        return self.changed

    def save(self, commit: bool = True) -> list[Participation]:
        """As a formset's: without `commit` it tells what is to be saved."""
        assert not commit
        return self.written


def short_form(model_admin: CorrectionAdmin, request: HttpRequest, thing: Thing, data: Any | None = None) -> Any:
    """The form of an entry, filled in or as it stands. Saving it confirms the entry."""
    kind = str(thing._meta.model_name)
    shown = SHOWN[kind]
    own = [name for name in (*shown, *CARRIED) if name not in NOT_IN_FORM]
    made = model_admin.get_form(request, thing, change=True, fields=own)
    if data is not None:
        data = data.copy()
        data["_confirm"] = "1"
    form: CorrectionForm = made(data, instance=thing, auto_id="amend_%s")
    form.locks = {**form.locks, "cast": "actors"}  # type: ignore[misc]
    if isinstance(thing, Event):
        present = [part.actor for part in thing.participations.select_related("actor")]
        form.fields["cast"] = Cast(present)
        form.fields["place"] = Named(Place.objects.named, "place", thing.place)
        form.initial["cast"] = "\n".join(map(str, present))
        form.initial["place"] = str(thing.place or "")
    else:
        form.fields["speaker"] = Named(Actor.objects.named, "actor", thing.speaker)
        form.initial["speaker"] = str(thing.speaker or "")
    for name in CARRIED:
        form.fields[name].widget = form.fields[name].hidden_widget()
    for name in LONG:
        if name in form.fields and name != "cast":
            form.fields[name].widget = forms.Textarea(attrs={"rows": 3})
    return form


def seen_fields(form: Any, thing: Thing) -> list[Any]:
    return [form[name] for name in SHOWN[str(thing._meta.model_name)]]


def save(model_admin: CorrectionAdmin, request: HttpRequest, form: Any) -> None:
    """Save a short form that is in order, as the entry's own page would."""
    thing = form.save(commit=False)
    parts = []
    if isinstance(thing, Event):
        parts.append(Parts(thing, form.cleaned_data["cast"], "cast" in form.changed_data))
    model_admin.save_model(request, thing, form, change=True)
    model_admin.save_related(request, form, parts, change=True)
    model_admin.log_change(request, thing, "Corrected in review")
