"""The review queue: one entry at a time with its sentence in sight, decided with one key, and taken back with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from timeline.admin import amendment
from timeline.admin.cards import (
    Card,
    card_of,
    decided_words,
    heading_of,
    lines_of,
    pair_card_of,
    version_of,
)
from timeline.admin.history import Edit
from timeline.admin.ledger import merge_all, say_different, undo_judgement
from timeline.admin.pages import CorrectionAdmin, DecisionAdmin
from timeline.admin.undoing import changed_since, take_back
from timeline.admin.versions import EPOCH, moment_of
from timeline.admin.waiting import (
    KINDS,
    REASONS,
    Counts,
    Filters,
    Item,
    Pair,
    Tally,
    Thing,
    beside,
    count,
    find,
    name_of,
    still_waits,
)
from timeline.ingest.acts import NotMergeable
from timeline.ingest.acts import find as find_entry
from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggested
from timeline.models import Actor, Event, Judgement, Publisher, Statement
from timeline.vocabulary import EventStatus

ON_A_PAGE = 20
# How far back “undo” goes in one sitting; the list of recent changes goes on from there.
REMEMBERED = 50
PUBLISHERS = 500
END = "end"
DECISIONS = {"accept": EventStatus.CONFIRMED, "reject": EventStatus.REJECTED}
DONE = {"accept": "Accepted", "reject": "Rejected", "amend": "Corrected and accepted"}
SESSION = "review_acts"


class FilterForm(forms.Form):
    """What of the queue is shown. A field that makes no sense is named, and filters nothing."""

    kind = forms.ChoiceField(choices=[("", "all"), *KINDS.items()], required=False)
    reason = forms.ChoiceField(
        choices=[("", "all"), *((reason.name, reason.label) for reason in REASONS)], required=False
    )
    publisher = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"list": "publishers", "autocomplete": "off"})
    )
    q = forms.CharField(label="Words", required=False, max_length=200)
    order = forms.ChoiceField(choices=[("worth", "weightiest first"), ("newest", "latest date first")], required=False)

    def clean_publisher(self) -> Publisher | None:
        name = self.cleaned_data["publisher"].strip()
        if not name:
            return None
        found = Publisher.objects.filter(name__iexact=name).first()
        if found is None:
            raise ValidationError(f"No publisher is called “{name}”.")
        return found

    @property
    def filters(self) -> Filters:
        self.full_clean()
        said = self.cleaned_data
        return Filters(
            kind=said.get("kind", ""),
            reason=said.get("reason", ""),
            publisher=said.get("publisher"),
            words=said.get("q", ""),
            order=said.get("order") or "worth",
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """One request to the queue: who asks, for what of it, and the addresses around it."""

    request: HttpRequest
    form: FilterForm
    filters: Filters

    def address(self, filters: Filters | None = None, **more: str) -> str:
        chosen = filters or self.filters
        said = {
            "kind": chosen.kind,
            "reason": chosen.reason,
            "publisher": chosen.publisher.name if chosen.publisher else "",
            "q": chosen.words,
            "order": "" if chosen.order == "worth" else chosen.order,
            **more,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return reverse("admin:review") + (f"?{query}" if query else "")

    def after(self, thing: Item) -> str:
        """The address of the next entry, or of the end of the list."""
        following = beside(thing, self.filters, 1)
        return self.address(at=name_of(following[0]) if following else END)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    if not all(_admin_of(model).has_view_or_change_permission(request) for model in (Event, Statement)):
        raise PermissionDenied
    form = FilterForm(request.GET)
    desk = Desk(request, form, form.filters)
    if request.method == "POST":
        match request.POST.get("act"):
            case "accept" | "reject" as act:
                return _decide(desk, act)
            case "same" | "different" as act:
                return _answer(desk, is_same=act == "same")
            case "amend":
                return _amend(desk)
            case "accept_page" | "reject_page" as act:
                return _decide_page(desk, act.removesuffix("_page"))
            case "undo":
                return _undo(desk)
        return HttpResponseRedirect(desk.address())
    if request.GET.get("view") == "list":
        return _show_list(desk)
    return _show(desk, request.GET.get("at", ""))


# --- looking ---


def _show(desk: Desk, at: str) -> HttpResponse:
    thing = find(at) if at and at != END else None
    if at and at != END and thing is None:
        messages.warning(desk.request, "That entry is no longer there.")
    if thing is None and at != END:
        thing = next(iter(beside(None, desk.filters, 1)), None)
    if isinstance(thing, Pair):
        return _show_pair(desk, thing)
    return _show_thing(desk, thing, ended=at == END)


def _show_pair(desk: Desk, pair: Pair, *, conflict: str = "", why: str = "", kept: str = "") -> HttpResponse:
    card = pair_card_of(pair)
    context = {
        "card": card,
        "kept": kept or str(card.kept),
        "conflict": conflict,
        "why": why,
        "may_change": _admin_of(type(pair.left)).has_change_permission(desk.request),
        **_around(desk, pair),
    }
    return _render(desk, "admin/timeline/review_pair.html", context)


def _around(desk: Desk, item: Item) -> dict[str, str]:
    """The addresses of an entry, of the next and of the one before."""
    previous = beside(item, desk.filters, 1, back=True)
    return {
        "here": desk.address(at=name_of(item)),
        "next_url": desk.after(item),
        "previous_url": desk.address(at=name_of(previous[0])) if previous else "",
    }


def _show_thing(
    desk: Desk,
    thing: Thing | None,
    *,
    ended: bool = False,
    form: Any | None = None,
    conflict: str = "",
    why: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {"ended": ended, "conflict": conflict, "why": why}
    if thing is not None:
        model_admin = _admin_of(type(thing))
        may_change = model_admin.has_change_permission(desk.request, thing)
        if may_change and form is None:
            form = amendment.short_form(model_admin, desk.request, thing)
        card: Card = card_of(thing)
        context |= {
            "card": card,
            "waits": still_waits(thing),
            "may_change": may_change,
            "form": form,
            "fields": amendment.seen_fields(form, thing) if form is not None else [],
            "amending": bool(form is not None and form.is_bound) or "edit" in desk.request.GET,
            "edit_url": desk.address(at=card.name, edit="1"),
            **_around(desk, thing),
        }
    return _render(desk, "admin/timeline/review.html", context)


def _show_list(desk: Desk) -> HttpResponse:
    after = find(desk.request.GET.get("after", ""))
    things = beside(after, desk.filters, ON_A_PAGE + 1)
    page = things[:ON_A_PAGE]
    context = {
        "lines": [(line, desk.address(at=line.name)) for line in lines_of(page)],
        "here": desk.address(view="list", after=name_of(after) if after else ""),
        "more_url": desk.address(view="list", after=name_of(page[-1])) if len(things) > ON_A_PAGE else "",
        "ended": after is not None,
        "first_url": desk.address(view="list") if after else "",
        "may_change": all(_admin_of(model).has_change_permission(desk.request) for model in (Event, Statement)),
        "may_tick": not all(isinstance(item, Pair) for item in page),
    }
    return _render(desk, "admin/timeline/review_list.html", context)


def _render(desk: Desk, template: str, context: dict[str, Any]) -> HttpResponse:
    counts = count(desk.filters)
    request = desk.request
    as_list = template.endswith("_list.html")
    view = {"view": "list"} if as_list else {}
    acts = request.session.get(SESSION) or []
    context |= {
        **admin.site.each_context(request),
        "title": "Review",
        "subtitle": None,
        "counts": counts,
        "filter_form": desk.form,
        "choices": _choices(desk, counts, view),
        "as_list": as_list,
        "other_url": desk.address() if as_list else desk.address(view="list"),
        "publishers": Publisher.objects.order_by("name").values_list("name", flat=True)[:PUBLISHERS],
        "last_act": acts[-1]["words"] if acts else "",
        "all_url": reverse("admin:review"),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, template, context)


def _choices(desk: Desk, counts: Counts, view: dict[str, str]) -> list[dict[str, Any]]:
    """Links that filter by kind and by reason, each with what it would leave."""

    def group(name: str, chosen: str, offered: Iterable[tuple[str, str, Tally]]) -> dict[str, Any]:
        links = []
        for value, label, tally in offered:
            if tally.number or value == chosen:
                # A second click on a choice takes it back.
                change: dict[str, Any] = {name: "" if value == chosen else value}
                url = desk.address(replace(desk.filters, **change), **view)
                links.append({"label": label, "tally": tally, "chosen": value == chosen, "url": url})
        return {"name": name, "links": links}

    kinds = [(kind, label, counts.kinds[kind]) for kind, label in KINDS.items()]
    reasons = [(reason.name, reason.label, counts.reasons[reason.name]) for reason in REASONS]
    return [group("reason", desk.filters.reason, reasons), group("kind", desk.filters.kind, kinds)]


# --- deciding ---


def _decide(desk: Desk, act: str) -> HttpResponse:
    request = desk.request
    why = request.POST.get("why", "").strip()[:300]
    with transaction.atomic():
        thing = find(request.POST.get("item", ""), locked=True)
        if thing is None or isinstance(thing, Pair):
            return _gone(desk)
        model_admin = _changing(request, thing)
        if conflict := _conflict(thing, request.POST.get("version", "")):
            return _show_thing(desk, thing, conflict=conflict, why=why)
        onward = desk.after(thing)
        edit = model_admin.edit_of(request, why)
        model_admin.settle(request, thing, DECISIONS[act], edit)
    _remember(request, edit, [thing], f"{DONE[act]}: {_short(thing)}")
    return HttpResponseRedirect(onward)


def _amend(desk: Desk) -> HttpResponse:
    request = desk.request
    with transaction.atomic():
        thing = find(request.POST.get("item", ""), locked=True)
        if thing is None or isinstance(thing, Pair):
            return _gone(desk)
        model_admin = _changing(request, thing)
        onward = desk.after(thing)
        form = amendment.short_form(model_admin, request, thing, request.POST)
        was_decided = "" if still_waits(thing) else decided_words(thing)
        if not form.is_valid():
            return _show_thing(desk, _fresh(thing), form=form, conflict=was_decided)
        amendment.save(model_admin, request, form)
    _remember(request, form.edit, [thing], f"{DONE['amend']}: {_short(thing)}")
    return HttpResponseRedirect(onward)


def _decide_page(desk: Desk, act: str) -> HttpResponse:
    """All entries that are ticked, as one act; those that others have changed meanwhile are left and named."""
    request = desk.request
    why = request.POST.get("why", "").strip()[:300]
    decided: list[Thing] = []
    left: list[str] = []
    edit: Edit | None = None
    with transaction.atomic():
        for item in request.POST.getlist("item")[:ON_A_PAGE]:
            name, _, version = item.partition(":")
            thing = find(name, locked=True)
            if thing is None or isinstance(thing, Pair):
                left.append("one that is no longer there")
                continue
            model_admin = _changing(request, thing)
            if _conflict(thing, version):
                left.append(_short(thing))
                continue
            edit = edit or model_admin.edit_of(request, why)
            model_admin.settle(request, thing, DECISIONS[act], edit)
            decided.append(thing)
    if edit is not None:
        entries = "1 entry" if len(decided) == 1 else f"{len(decided)} entries"
        _remember(request, edit, decided, f"{DONE[act]}: {entries}")
    elif not left:
        messages.warning(request, "No entry was ticked.")
    if left:
        messages.warning(request, f"Left as they are, for somebody has changed them meanwhile: {'; '.join(left)}.")
    # On from the last one decided; what was left ticked or not stands before it, and again at the top.
    onward = name_of(decided[-1]) if decided and not left else request.GET.get("after", "")
    return HttpResponseRedirect(desk.address(view="list", after=onward))


def _answer(desk: Desk, *, is_same: bool) -> HttpResponse:
    """Two entries are one, or they are not, for good."""
    request = desk.request
    why = request.POST.get("why", "").strip()[:300]
    with one_at_a_time():
        pair = find(request.POST.get("item", ""))
        if not isinstance(pair, Pair):
            return _gone(desk)
        model_admin = _admin_of(type(pair.left))
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        chosen = request.POST.get("kept", "")
        if conflict := _conflict(pair, request.POST.get("version", "")):
            return _show_pair(desk, pair, conflict=conflict, why=why, kept=chosen)
        kept, other = (pair.right, pair.left) if chosen == str(pair.right.pk) else (pair.left, pair.right)
        edit = model_admin.edit_of(request, why)
        if is_same:
            [judgement] = merge_all(kept, [other], edit)
            words = f"Merged: {_short(other)} into {_short(kept)}"
        else:
            judgement = say_different(kept, other, edit)
            words = f"Not the same: {_short(pair.left)} and {_short(pair.right)}"
        model_admin.log_change(request, kept, words)
    _remember_words(request, {"judgement": judgement.pk, "words": words})
    return HttpResponseRedirect(desk.after(pair))


def _conflict(thing: Item, version: str) -> str:
    """Why a decision made on a page that is out of date is not taken, or ''."""
    if version == version_of(thing):
        return ""
    if isinstance(thing, Pair):
        return "Somebody, or a new reading, has changed one of the two since you opened this page."
    if not still_waits(thing):
        return decided_words(thing)
    return "Somebody, or a new reading, has changed this entry since you opened it."


def _gone(desk: Desk) -> HttpResponse:
    messages.warning(desk.request, "That entry is no longer there: nothing was done.")
    return HttpResponseRedirect(desk.address())


# --- taking back ---


def _remember(request: HttpRequest, edit: Edit, things: list[Thing], words: str) -> None:
    stamp = (edit.at - EPOCH) // timedelta(microseconds=1)
    _remember_words(request, {"stamp": stamp, "things": [name_of(thing) for thing in things], "words": words})


def _remember_words(request: HttpRequest, act: dict[str, Any]) -> None:
    request.session[SESSION] = [*(request.session.get(SESSION) or []), act][-REMEMBERED:]
    messages.success(request, f"{act['words']}.")


def _undo(desk: Desk) -> HttpResponse:
    """Take back the last act of this sitting, and look at what it was about."""
    request = desk.request
    acts = request.session.get(SESSION) or []
    if not acts:
        messages.warning(request, "There is nothing to undo in this sitting. Recent changes lists everything.")
        return HttpResponseRedirect(desk.address())
    act = acts[-1]
    request.session[SESSION] = acts[:-1]
    if "judgement" in act:
        return _undo_answer(desk, act)
    at, why = moment_of(act["stamp"]), f"undone: {act['words']}"[:300]
    things = _as_left(request, act["things"], at)
    with transaction.atomic():
        undone = [name_of(thing) for thing in things if take_back(_changing(request, thing), request, thing, at, why)]
    if undone:
        messages.success(request, f"Undone: {act['words']}.")
    return HttpResponseRedirect(desk.address(at=undone[0]) if len(undone) == 1 else desk.address())


def _undo_answer(desk: Desk, act: dict[str, Any]) -> HttpResponse:
    """Let the question whether two entries are one stand open again."""
    request, back = desk.request, desk.address()
    judgement = Judgement.objects.filter(pk=act["judgement"], undone_at__isnull=True).first()
    left = find_entry(judgement.left, judgement.kind) if judgement else None
    right = find_entry(judgement.right, judgement.kind) if judgement else None
    if judgement is None or left is None or right is None:
        messages.warning(request, "It stays as it is: somebody has taken it back since, or one of the two is gone.")
        return HttpResponseRedirect(back)
    model_admin = _admin_of(type(left))
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    try:
        undo_judgement(judgement, model_admin.edit_of(request, f"undone: {act['words']}"[:300]), for_good=False)
    except NotMergeable as error:
        messages.warning(request, f"It stays as it is: {error}")
        return HttpResponseRedirect(back)
    messages.success(request, f"Undone: {act['words']}.")
    pair = suggested(left).filter(Q(left=right) | Q(right=right)).first()
    return HttpResponseRedirect(desk.address(at=name_of(pair)) if pair is not None else back)


def _as_left(request: HttpRequest, names: list[str], at: datetime) -> list[Thing]:
    """Of the entries of an act those on which nobody has built since; the others are named.

    All are looked at before one is taken back: an event goes back with its statements.
    """
    found = []
    for name in names:
        thing = find(name)
        if thing is None or isinstance(thing, Pair):
            messages.warning(request, "An entry is no longer there: it stays as it is.")
        elif later := changed_since(thing, at):
            by = later[0].by
            messages.warning(
                request,
                f"{_short(thing)} stays as it is: {by} has changed it since. Its history can bring back every version.",
            )
        else:
            found.append(thing)
    return found


# --- small things ---


def _admin_of(model: type[Any]) -> CorrectionAdmin:
    found = admin.site.get_model_admin(model)
    assert isinstance(found, CorrectionAdmin)
    return found


def _changing(request: HttpRequest, thing: Thing) -> DecisionAdmin:
    found = _admin_of(type(thing))
    assert isinstance(found, DecisionAdmin)
    if not found.has_change_permission(request, thing):
        raise PermissionDenied
    return found


def _fresh(thing: Thing) -> Thing:
    """The entry as it is stored: a form that was refused has its values in the one it was made for."""
    found = find(name_of(thing))
    assert found is not None and not isinstance(found, Pair)
    return found


def _short(thing: Thing | Actor) -> str:
    words = thing.name if isinstance(thing, Actor) else heading_of(thing)
    return words if len(words) <= 80 else words[:79] + "…"
