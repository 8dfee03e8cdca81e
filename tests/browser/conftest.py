"""A real browser in front of a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.views.conftest import World, world

__all__ = ["World", "world"]

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open a path of the site in a browser of its own; in the end nothing may have been refused or thrown."""
    contexts = []
    complaints: list[str] = []

    def hear(text: str) -> None:
        if "the server responded with a status of 4" not in text:
            complaints.append(text)

    def go(path: str, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: hear(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: hear(str(error)))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []
