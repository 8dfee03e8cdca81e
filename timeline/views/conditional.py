"""A page that has not changed is not made again: the browser says which one it has, and is told that it may keep it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from timeline.search.stamp import stamp

# What a page is made of beside the rows.
MADE_OF = ("templates", "static", "timeline")


def tag_of(request: HttpRequest, headers: tuple[str, ...]) -> str | None:
    """What names the page as it would be made now: its address, all rows, the code and the day. The `headers` are those
    that change it.

    None for whoever has a session: their pages are their own.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    rows = stamp()
    if rows is None:
        return None
    parts = (
        rows,
        _code(),
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
        *(request.headers.get(name, "") for name in headers),
    )
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the reader has this very page."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in given or tag in given


def unchanged(tag: str) -> HttpResponse:
    return marked(HttpResponseNotModified(), tag)


def marked(response: HttpResponse, tag: str) -> HttpResponse:
    """Let a reader keep the page, and ask before showing it again whether it is still so."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def _code() -> int:
    """When what pages are made of was last changed; it is read once a process."""
    files = (path for part in MADE_OF for path in (Path(settings.BASE_DIR) / part).rglob("*") if path.is_file())
    return max((path.stat().st_mtime_ns for path in files if path.suffix != ".pyc"), default=0)
