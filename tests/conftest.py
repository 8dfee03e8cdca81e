"""What several rooms' tests share: one browser for a whole run, how laws are tried, and rows in no order by chance."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from hypothesis import settings
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# Laws try the same examples in every run, so that it says what a change has done; HYPOTHESIS_PROFILE=soak tries others
# each time.
settings.register_profile("same", derandomize=True)
settings.register_profile("soak", derandomize=False, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@receiver(connection_created)
def turn_rows_about(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """SQLite gives rows that no query puts in an order the other way about: who forgot an order is found here."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once a process: a second one beside it would not start."""
    # Its synchronous interface runs an event loop, beside which Django refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """An installed Chromium, else Playwright's own."""
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    try:
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
    except Error as error:
        pytest.fail(
            "The browser tests need Chromium. Install your system's package `chromium`, or run"
            f" `.venv/bin/playwright install chromium`.\n{error}",
            pytrace=False,
        )
    yield browser
    browser.close()
