"""Where the time goes is told to whoever works on the site, and to nobody else."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client, RequestFactory

from timeline.views.timing import ServerTiming


def test_an_answer_says_how_long_it_took_in_debug(db: None, settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    told = Client().get("/statements/")["Server-Timing"]
    assert re.fullmatch(r'database;desc="[1-9]\d* queries";dur=[\d.]+, whole;dur=[\d.]+', told)


def test_strangers_are_told_nothing(db: None) -> None:
    assert not Client().get("/statements/").has_header("Server-Timing")
    with pytest.raises(MiddlewareNotUsed):
        ServerTiming(lambda request: RequestFactory())  # type: ignore[arg-type, return-value]
