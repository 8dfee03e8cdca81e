"""Which methods a page answers, and whether a piece of it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from timeline.views.conditional import is_known, marked, tag_of, unchanged

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]

METHODS = ["GET", "HEAD", "OPTIONS"]
PIECE_HEADERS = ("HX-Request", "HX-Target", "HX-History-Restore-Request")


def readable(view: View[Given]) -> View[Given]:
    """A page that is read: it answers GET, HEAD and OPTIONS, and may be asked for a piece of itself."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        tag = tag_of(request, (*PIECE_HEADERS, "HX-Source"))
        if tag is not None and is_known(request, tag):
            response = unchanged(tag)
        else:
            response = view(request, *args, **kwargs)
            if tag is not None and response.status_code == 200:
                marked(response, tag)
        patch_vary_headers(response, PIECE_HEADERS)
        if request.method == "HEAD":
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return answer


def piece_asked(request: HttpRequest) -> str | None:
    """The id of the element that the answer goes into; None where the whole page is wanted."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-History-Restore-Request") == "true":
        return None
    return headers.get("HX-Target", "").partition("#")[2]


def asked_by(request: HttpRequest) -> str:
    """The id of the element that asks."""
    return request.headers.get("HX-Source", "").partition("#")[2]
