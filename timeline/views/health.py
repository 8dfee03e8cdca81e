"""Whether the site can answer, for what watches over it."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from timeline.models import Event


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and has its tables, else 503."""
    try:
        Event.objects.values_list("pk").first()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
