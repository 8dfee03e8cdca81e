"""Each request has a name, by which its lines in the log are found, and a line that says how it went."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from timeline.operation.logs import request_id

log = logging.getLogger("timeline.requests")
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class NamedRequests:
    """Takes the name that a proxy in front gives (`X-Request-ID`), or makes one; the answer carries it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "") if settings.TIMELINE_PROXY else ""
        name = given if NAME.fullmatch(given) else uuid.uuid4().hex
        began, token = time.perf_counter(), request_id.set(name)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = name
            told = {"method": request.method, "path": request.path[:500], "status": response.status_code}
            log.info("answered", extra={**told, "seconds": round(time.perf_counter() - began, 4)})
        finally:
            request_id.reset(token)
        return response
