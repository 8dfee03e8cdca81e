"""The forms in which people correct: which field locks what, and how a date is typed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from timeline.admin.when import EXAMPLES, UnclearDate, objection, parse_when, write_when
from timeline.vocabulary import DateBasis, DatePrecision, EventStatus, PartialDate

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

DECISIONS = {
    "_confirm": EventStatus.CONFIRMED,
    "_reject": EventStatus.REJECTED,
    "_restore": EventStatus.CONFIRMED,
}


class Words(forms.CharField):
    """Text whose line ends and outer spaces are no change: browsers send them otherwise than they are stored."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or "") != self.to_python(data or ""))


class CorrectionForm(ModelForm):
    """`locks` names, for each field of the form, the lock that a change of it sets."""

    locks: ClassVar[dict[str, str]] = {}

    why = forms.CharField(
        required=False,
        max_length=300,
        help_text="Why you change it. Readers see it beside the correction; you may leave it empty.",
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = fingerprint(self.instance) if self.instance.pk else ""
        self.initial["version"] = self.current
        decision = next((name for name in DECISIONS if name in self.data), None)
        if decision and "status" in self.fields:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("status")] = DECISIONS[decision].value  # type: ignore[index]

    @property
    def changed_locks(self) -> list[str]:
        return list(dict.fromkeys(self.locks[name] for name in self.changed_data if name in self.locks))

    @property
    def filled_locks(self) -> list[str]:
        """For a new row: the locks of every field that says something."""
        said = (name for name in self.locks if self.cleaned_data.get(name) not in (None, "", [], False))
        return list(dict.fromkeys(self.locks[name] for name in said))

    @property
    def released(self) -> list[str]:
        return [
            name.removeprefix("release_")
            for name in self.fields
            if name.startswith("release_") and self.cleaned_data.get(name)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for lock in self.released:
            if lock in self.changed_locks:
                self.add_error(f"release_{lock}", "You have changed this field and released it too. Do one of both.")
        if self._is_part_of_itself(cleaned.get("part_of")):
            self.add_error("part_of", "A thing is no part of itself, nor of its own parts.")
        posted = cleaned.get("version")
        if self.current and posted and posted != self.current:
            self._refuse_stale()
        return cleaned

    def _is_part_of_itself(self, whole: Any | None) -> bool:
        above: set[int] = set()
        while whole is not None and whole.pk not in above:
            above.add(whole.pk)
            whole = whole.part_of
        return self.instance.pk in above

    def _refuse_stale(self) -> None:
        """Somebody else has saved meanwhile: show what differs, and let the next save go through."""
        differences = []
        for name in self.changed_data:
            if name in self.locks:
                field = self[name]
                now = field.initial if field.initial not in (None, "") else "nothing"
                differences.append(f"{field.label}: it is now “{now}”, you have “{field.value()}”.")
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("version")] = self.current  # type: ignore[index]
        raise ValidationError(
            [
                "Somebody, or a new reading, has changed this entry since you opened it. Nothing is saved yet. "
                "Compare, and save again to keep what this form says.",
                *differences,
            ]
        )


def fingerprint(thing: models.Model) -> str:
    """A hash of everything an editor can see of a row, to know whether it has changed since."""
    columns = [
        (field.attname, getattr(thing, field.attname))
        for field in thing._meta.concrete_fields
        if field.editable or field.name == "corrections"
    ]
    return hashlib.sha256(repr(columns).encode()).hexdigest()[:24]


class SourcedForm(CorrectionForm):
    """A correction that may name where the editor knows it from."""

    source_title = forms.CharField(
        label="Outside source", required=False, max_length=300, help_text="Where you know it from, if not from here."
    )
    source_url = forms.URLField(label="Its URL", required=False, max_length=2000, assume_scheme="https")

    @property
    def names_a_source(self) -> bool:
        return bool(self.cleaned_data.get("source_title") or self.cleaned_data.get("source_url"))


class DatedForm(CorrectionForm):
    """A form with one field “When” for the common case beside the columns of the date."""

    BOUNDS: ClassVar[tuple[str, ...]] = ("earliest", "latest", "precision")
    VALUE: ClassVar[tuple[str, ...]] = ("when", *BOUNDS, "clock", "timezone", "approximate")

    when = forms.CharField(
        required=False,
        help_text=f"A day, month or year, or a range. It fills the fields of “Date in detail”. {EXAMPLES}",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["when"] = write_when(self.instance.date)
        elif "basis" in self.fields:
            self.initial["basis"] = DateBasis.HUMAN.value

    @property
    def filled_locks(self) -> list[str]:
        """A precision and a basis alone say nothing yet."""
        says_when = self.cleaned_data.get("earliest") or self.cleaned_data.get("latest")
        return [lock for lock in super().filled_locks if lock != "date" or says_when]

    @property
    def changes_date(self) -> bool:
        return any(name in self.VALUE for name in self.changed_data)

    @property
    def chosen_basis(self) -> DateBasis | None:
        return DateBasis(self.cleaned_data["basis"]) if "basis" in self.changed_data else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "when" in self.changed_data and "when" in cleaned:
            try:
                when = parse_when(cleaned["when"])
            except UnclearDate as error:
                self.add_error("when", str(error))
            else:
                self._fill(cleaned, when)
        elif self.changes_date:
            self._check(cleaned)
        return cleaned

    def _fill(self, cleaned: dict[str, Any], when: PartialDate) -> None:
        bounds = {"earliest": when.earliest, "latest": when.latest, "precision": when.precision.value}
        for name in self.BOUNDS:
            if name in self.changed_data and cleaned.get(name) != bounds[name]:
                self.add_error(name, "It disagrees with “When”. Change one of them.")
        cleaned.update(bounds, approximate=when.approximate or "approximate" in self.changed_data)
        if "clock" not in self.changed_data:
            cleaned["clock"] = when.clock
        if "timezone" not in self.changed_data:
            cleaned["timezone"] = when.zone or ""

    def _check(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("earliest"), cleaned.get("latest")
        if first and last and first > last:
            return  # the model says so
        value = PartialDate(
            earliest=first,
            latest=last,
            precision=DatePrecision(cleaned.get("precision") or DatePrecision.UNKNOWN),
            basis=DateBasis.HUMAN,
        )
        if wrong := objection(value):
            self.add_error("precision", wrong)


DATE_LOCKS = dict.fromkeys(
    ("when", "earliest", "latest", "precision", "basis", "clock", "timezone", "approximate", "date_reason"), "date"
)
