"""Taking back what a person did to a thing: as it was a moment before, and what later people would lose by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest

from timeline.admin.history import Edit
from timeline.admin.pages import CorrectionAdmin
from timeline.admin.versions import Version, restore, versions
from timeline.models.corrections import Correctable

A_MOMENT = timedelta(milliseconds=1)


def changed_since(thing: Correctable, at: datetime) -> list[Version]:
    """What people have changed after a moment, newest first."""
    return [version for version in versions(thing) if version.by and version.at > at]


def take_back(model_admin: CorrectionAdmin, request: HttpRequest, thing: Correctable, at: datetime, why: str) -> bool:
    """Bring a thing back to how it was before the act of this moment; False where there is no such version."""
    edit: Edit = model_admin.edit_of(request, why)
    with transaction.atomic():
        found = restore(thing, at - A_MOMENT, edit)
        if found:
            model_admin.log_change(request, thing, why)
    return found
