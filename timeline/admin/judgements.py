"""What people have decided for good, and what articles say against each other: to read, and a judgement to undo."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone

from timeline.admin.pages import CappedPaginator, ModelAdmin
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
    list_display = ["verdict", "left", "right", "by", "why", "made_at", "undone_at"]
    list_select_related = ["by"]
    list_filter = ["verdict"]
    search_fields = ["left", "right", "why"]
    ordering = ["-made_at"]
    actions = ["undo"]

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("timeline.change_judgement"))

    @admin.action(description="Undo: the next reading may bring it back", permissions=["undo"])
    def undo(self, request: HttpRequest, queryset: Any) -> None:
        undone = queryset.filter(undone_at__isnull=True).update(undone_at=timezone.now())
        messages.success(request, f"{undone} undone.")


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["event", "article", "when", "rank", "reason"]
    list_select_related = ["event", "article"]
    list_filter = ["rank"]
    search_fields = ["event__title", "article__title"]
    ordering = ["-pk"]

    @admin.display(description="date")
    def when(self, claim: Claim) -> str:
        return claim.date.display
