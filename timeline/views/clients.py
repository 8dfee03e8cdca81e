"""Who asks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of_client(request: HttpRequest) -> str:
    """The address of the machine that asks: of what a proxy in front says, what that proxy itself has seen."""
    if settings.TIMELINE_PROXY:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen[:45]
    return str(request.META.get("REMOTE_ADDR", ""))
