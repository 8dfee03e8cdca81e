"""Merging and splitting in the editor: the entries side by side, one is kept, and the way back in one click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from timeline.admin.corrections import fingerprint
from timeline.admin.evidence import in_context
from timeline.admin.history import AS_READ, Edit, attributes, history_of, last_rows
from timeline.admin.pages import CorrectionAdmin
from timeline.admin.waiting import name_of
from timeline.ingest.merging import (
    Act,
    NotMergeable,
    find,
    merge,
    merge_of,
    merges_into,
    split_actor,
    split_event,
    split_statement,
    tell_apart,
    under_spellings,
    undo,
)
from timeline.ingest.suggestions import suggested
from timeline.models import Actor, Alias, Event, Evidence, Judgement, Statement
from timeline.models.merged import Mergeable

if TYPE_CHECKING:
    ManyField = forms.ModelMultipleChoiceField[Any]
else:
    ManyField = forms.ModelMultipleChoiceField

FEWEST, MOST = 2, 10
# Of each entry so many sentences, spellings and rows to choose from.
SENTENCES, SPELLINGS, CHOICES = 4, 30, 50
MOVED_WORDS = {
    "Participation.actor": ("event", "events"),
    "Statement.speaker": ("statement", "statements"),
    "Alias.actor": ("spelling", "spellings"),
    "Evidence.event": ("passage", "passages"),
    "Evidence.statement": ("passage", "passages"),
    "Statement.event": ("statement", "statements"),
    "Participation.event": ("actor", "actors"),
    "Claim.event": ("stated date", "stated dates"),
    "StoryEntry.event": ("place in a story", "places in stories"),
}


# --- history -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Ledger:
    """Writes history for all rows that one act touches, in a few queries however many they are."""

    edit: Edit
    touched: dict[type[Model], set[int]] = field(default_factory=dict)

    def act(self, why: str | None = None) -> Act:
        reason = self.edit.why if why is None else why
        return Act(by=self.edit.by, at=self.edit.at, why=reason, touch=self.touch, made=self.made)

    def touch(self, rows: Iterable[Model]) -> None:
        """Before rows change: write down what the readings left of them."""
        for model, ids in self._new(rows).items():
            before = self.edit.at - timedelta(milliseconds=1)
            last = {row.id: row for row in last_rows(model, ids)}
            fresh = model._default_manager.in_bulk(ids)
            names = attributes(model)
            history_of(model).objects.bulk_create(
                history_of(model)(
                    history_type="~" if pk in last and last[pk].history_type != "-" else "+",
                    history_date=before,
                    history_change_reason=AS_READ,
                    **{name: getattr(row, name) for name in names},
                )
                for pk, row in fresh.items()
                if pk not in last
                or last[pk].history_type == "-"
                or any(getattr(last[pk], name) != getattr(row, name) for name in names)
            )

    def made(self, rows: Iterable[Model]) -> None:
        self._new(rows)

    def _new(self, rows: Iterable[Model]) -> dict[type[Model], set[int]]:
        new: dict[type[Model], set[int]] = {}
        for row in rows:
            model = type(row)
            if hasattr(model, "history") and row.pk not in self.touched.setdefault(model, set()):
                self.touched[model].add(row.pk)
                new.setdefault(model, set()).add(row.pk)
        return new

    def close(self) -> None:
        """Write down what the act has made of all rows."""
        for model, ids in self.touched.items():
            last = {row.id: row for row in last_rows(model, ids)}
            fresh = model._default_manager.in_bulk(ids)
            history = history_of(model)
            written = []
            for pk in sorted(ids):
                known, row = last.get(pk), fresh.get(pk)
                if row is None and (known is None or known.history_type == "-"):
                    continue
                kind = "-" if row is None else "~" if known is not None and known.history_type != "-" else "+"
                values = {name: getattr(row or known, name) for name in attributes(model)}
                written.append(
                    history(
                        history_type=kind,
                        history_date=self.edit.at,
                        history_user=self.edit.by,
                        history_change_reason=self.edit.why or None,
                        **values,
                    )
                )
            history.objects.bulk_create(written)


def merge_all(kept: Any, others: Sequence[Any], edit: Edit) -> list[Judgement]:
    """Merge entries into one, with their history, which says so before it says why."""
    names = " and ".join(f"“{other}”" for other in others)
    ledger = Ledger(replace(edit, why=f"merged {names} into “{kept}”" + (f": {edit.why}" if edit.why else "")))
    with transaction.atomic():
        made = [merge(kept, gone, ledger.act(edit.why)) for gone in others]
        ledger.close()
    return made


def undo_judgement(judgement: Judgement, edit: Edit, *, for_good: bool = True) -> None:
    """Take back a merge, a split or any other judgement, with the history of what comes back; not `for_good`, the
    question stands open again."""
    ledger = Ledger(edit)
    with transaction.atomic():
        undo(judgement, ledger.act(), for_good=for_good)
        ledger.close()


def say_different(one: Any, other: Any, edit: Edit) -> Judgement:
    """Remember that two entries are not the same; nothing of theirs changes."""
    return tell_apart(one, other, Ledger(edit).act())


# --- what is shown -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An entry as it stands beside others: its facts in words, and the sentences behind it."""

    entry: Any
    url: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[dict[str, Any], ...]


def columns(entries: Sequence[Any]) -> list[Column]:
    return [
        Column(
            entry=entry,
            url=_change_url(entry),
            facts=tuple((name, words) for name, words in _facts(entry) if words),
            passages=tuple(in_context(row) for row in _evidence(entry)[:SENTENCES]),
        )
        for entry in entries
    ]


def _evidence(entry: Any) -> Any:
    rows = Evidence.objects.select_related("article__publisher").order_by("article", "start")
    match entry:
        case Actor():
            return rows.filter(statement__speaker=entry) if entry.statements.exists() else rows.filter(
                event__participations__actor=entry
            )  # fmt: skip
        case Event():
            return rows.filter(event=entry)
        case _:
            return rows.filter(statement=entry)


def _facts(entry: Any) -> list[tuple[str, str]]:
    match entry:
        case Actor():
            spellings = [alias.text for alias in entry.aliases.all()[:SPELLINGS]]
            return [
                ("Kind", entry.kind),
                ("Role", entry.role),
                ("Spellings", "; ".join(spellings)),
                ("Events", f"{entry.participations.count():,}"),
                ("Statements", f"{entry.statements.count():,}"),
                ("By hand", ", ".join(entry.corrections)),
            ]
        case Event():
            actors = [part.actor.name for part in entry.participations.select_related("actor")[:SPELLINGS]]
            return [
                ("Date", f"{entry.date_display or entry.date.display} ({entry.basis})"),
                ("Kind", entry.kind),
                ("Place", str(entry.place or "")),
                ("Actors", "; ".join(actors)),
                ("Statements", f"{entry.statements.filter(merged_into__isnull=True).count():,}"),
                ("Independent sources", f"{entry.sources:,}"),
                ("Status", entry.status),
                ("By hand", ", ".join(entry.corrections)),
            ]
        case _:
            return [
                ("Speaker", str(entry.speaker or entry.speaker_as_written)),
                ("Kind", entry.kind),
                ("Date", entry.date.display),
                ("Medium", entry.medium),
                ("Event", str(entry.event or "")),
                ("Status", entry.status),
                ("By hand", ", ".join(entry.corrections)),
            ]


def _change_url(entry: Model, page: str = "change", *args: object) -> str:
    name = f"admin:{entry._meta.app_label}_{entry._meta.model_name}_{page}"
    return reverse(name, args=[entry.pk, *args])


def moved_words(judgements: Iterable[Judgement]) -> str:
    """What merges moved, in words."""
    moved = [judgement.moved["rows"] for judgement in judgements]
    counted = [(sum(len(rows.get(label, ())) for rows in moved), *nouns) for label, nouns in MOVED_WORDS.items()]
    words = [f"{number:,} {one if number == 1 else many}" for number, one, many in counted if number]
    return ", ".join(words) or "nothing that the kept one did not have"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A merge that holds, with the way back."""

    judgement: Judgement
    entry: Any
    url: str
    undo_url: str
    moved: str


def pasts(entry: Any) -> list[Past]:
    """The merges by which others have gone into an entry."""
    found = []
    for judgement in merges_into(entry):
        gone = find(judgement.moved["gone"], judgement.kind)
        if gone is not None:
            found.append(_past(judgement, gone))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """What an entry may be the same as, why, and where to answer."""

    entry: Any
    reason: str
    url: str
    review_url: str


def doubles(entry: Any) -> list[Double]:
    """What an entry may be the same as, likeliest first."""
    if isinstance(entry, Statement):
        return []
    found = []
    for pair in suggested(entry)[:CHOICES]:
        other = pair.right if pair.left_id == entry.pk else pair.left
        review = f"{reverse('admin:review')}?at={name_of(pair)}"
        found.append(Double(entry=other, reason=pair.reason, url=_change_url(other), review_url=review))
    return found


def _past(judgement: Judgement, gone: Any) -> Past:
    undoing = _change_url(gone, "unmerge", judgement.pk)
    words = moved_words([judgement])
    return Past(judgement=judgement, entry=gone, url=_change_url(gone), undo_url=undoing, moved=words)


# --- forms ---------------------------------------------------------------------------------------------------------


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Why",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="It stands in the history; you may leave it empty.",
    )


class MergeForm(forms.Form):
    """Which of several entries is kept. `version` is what they were when the page was opened."""

    kept: Any = forms.ModelChoiceField(
        queryset=None, widget=forms.RadioSelect, error_messages={"required": "Choose which one is kept."}
    )
    why = _reason()
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
    why = _reason()

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
    def label_from_instance(self, obj: Any) -> str:
        source = obj.article or obj.outside_title or obj.outside_url
        return f"“{obj.exact}” ({source})" if obj.exact else str(source)


class SplitEventForm(forms.Form):
    """Which passages tell of something else."""

    passages = PassagesField(
        label="Passages that tell of the other event",
        queryset=Evidence.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one passage that tells of something else."},
    )
    title = forms.CharField(
        label="Title of the other event",
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="A short sentence in the present tense: who does what.",
    )
    why = _reason()

    def __init__(self, event: Event, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.event = event
        passages: Any = self.fields["passages"]
        rows = event.evidence.values_list("pk", flat=True)[:CHOICES]
        passages.queryset = Evidence.objects.filter(pk__in=list(rows)).select_related("article")

    def split(self, ledger: Ledger) -> Event:
        return split_event(
            self.event, self.cleaned_data["passages"], ledger.act(), title=self.cleaned_data["title"]
        )  # fmt: skip


class SplitStatementForm(forms.Form):
    """Which passages have other words."""

    passages = PassagesField(
        label="Passages of the other statement",
        queryset=Evidence.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one passage with other words."},
    )
    text = forms.CharField(
        label="Words of the other statement",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Verbatim, without the quotation marks around it. Empty: as the chosen passages have them.",
    )
    why = _reason()

    def __init__(self, statement: Statement, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.statement = statement
        passages: Any = self.fields["passages"]
        rows = statement.evidence.values_list("pk", flat=True)[:CHOICES]
        passages.queryset = Evidence.objects.filter(pk__in=list(rows)).select_related("article")

    def split(self, ledger: Ledger) -> Statement:
        return split_statement(
            self.statement, self.cleaned_data["passages"], ledger.act(), text=self.cleaned_data["text"].strip()
        )  # fmt: skip


SPLITTING: dict[type[Model], Any] = {Actor: SplitActorForm, Event: SplitEventForm, Statement: SplitStatementForm}


# --- pages ---------------------------------------------------------------------------------------------------------


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
            context["merge_url"] = _change_url(original, "merge_with")
            context["split_url"] = _change_url(original, "split")
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
            "kept_url": _change_url(found.merged_into),
            "past": _past(judgement, found) if judgement else None,
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
            return HttpResponseRedirect(_change_url(kept))
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
        return HttpResponseRedirect(_change_url(gone))

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
                return HttpResponseRedirect(_change_url(other))
        context = {"title": f"Split “{entry}”", "original": entry, "form": form, "columns": columns([entry])}
        return self._page(request, "split", context)
