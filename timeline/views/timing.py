"""Where the time of an answer goes, for whoever works on the site: the browser's tools show it beside each request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponseBase


class ServerTiming:
    """Adds `Server-Timing`: the whole, and what of it was the database. In debug alone: times tell strangers things."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started, queries, asked = time.perf_counter(), 0, 0.0

        def measure(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal queries, asked
            begun = time.perf_counter()
            try:
                return execute(*args)
            finally:
                queries, asked = queries + 1, asked + time.perf_counter() - begun

        with connection.execute_wrapper(measure):
            response = self.get_response(request)
        whole = time.perf_counter() - started
        words = f'database;desc="{queries} queries";dur={asked * 1000:.1f}, whole;dur={whole * 1000:.1f}'
        response.headers["Server-Timing"] = words
        return response
