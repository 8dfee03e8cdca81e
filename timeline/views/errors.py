"""What went wrong, said plainly."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.forms import AddressForm
from timeline.views.methods import piece_asked


def explain(request: HttpRequest, form: AddressForm) -> HttpResponse:
    """The 400 page for an address that makes no sense: what was not understood, and the address without it."""
    problems = form.problems
    unread = {name for name, _, _ in problems if name} | (set(form.query) - set(form.fields))
    rest = [(name, value) for name in form.query if name not in unread for value in form.query.getlist(name) if value]
    template = "400.html" if piece_asked(request) is None else "timeline/_problems.html"
    context = {"problems": problems, "without": f"{request.path}?{urlencode(rest)}" if rest else request.path}
    return render(request, template, context, status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"problems": [], "without": "/"}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
