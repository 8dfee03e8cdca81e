"""What people have decided for good, and what articles say against each other: to read, and a judgement to undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from timeline.admin.history import Edit
from timeline.admin.ledger import undo_judgement
from timeline.admin.pages import CappedPaginator, ModelAdmin
from timeline.admin.searching import OF_MANY, Found, IndexedSearch, events_with
from timeline.ingest.acts import NotMergeable
from timeline.models import Claim, Judgement


class ReadOnlyAdmin(ModelAdmin):
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ["verdict", "kind", "left", "right", "by", "why", "made_at", "undone_at"]
    list_select_related = ["by"]
    list_filter = ["verdict", "kind"]
    search_fields = ["left", "right", "why"]
    ordering = ["-made_at"]
    actions = ["undo"]

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("timeline.change_judgement"))

    @admin.action(description="Undo: the next reading may bring it back", permissions=["undo"])
    def undo(self, request: HttpRequest, queryset: Any) -> None:
        undone = 0
        for judgement in queryset.filter(undone_at__isnull=True).order_by("-pk"):
            edit = self.edit_of(request)
            try:
                undo_judgement(judgement, edit)
            except NotMergeable as error:
                messages.error(request, f"{judgement}: {error}")
            else:
                undone += 1
        messages.success(request, f"{undone} undone.")

    def edit_of(self, request: HttpRequest) -> Edit:
        assert isinstance(request.user, User)
        return Edit(by=request.user, at=timezone.now())


@admin.register(Claim)
class ClaimAdmin(IndexedSearch, ReadOnlyAdmin):
    list_display = ["event", "article", "when", "rank", "reason"]
    list_select_related = ["event", "article"]
    list_filter = ["rank"]
    search_fields = ["event__title"]
    search_help_text = f"Words of the event, {OF_MANY}"
    ordering = ["-pk"]
    # A list that is long is sorted by what it has an index for.
    sortable_by = ()

    def with_words(self, typed: str) -> Q:
        return Q(event__in=Found(events_with(typed)))

    @admin.display(description="date")
    def when(self, claim: Claim) -> str:
        return claim.date.display
