"""What others wrote is what they wrote, and pages stay light."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.views.conftest import World

STATIC = Path(settings.BASE_DIR) / "static"
KILOBYTE = 1024


def test_every_vendored_file_has_the_sum_that_its_list_says() -> None:
    vendor = STATIC / "vendor"
    listed = dict(re.findall(r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", (vendor / "README.md").read_text(), re.M))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.iterdir()
        if path.name != "README.md"
    }
    assert found == listed


def weight(*paths: str) -> int:
    return sum(len(gzip.compress((STATIC / path).read_bytes())) for path in paths)


def test_a_page_and_its_scripts_stay_light(world: World, client: Client) -> None:
    page = client.get("/").content
    links = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    scripts = [path for path in links if path.endswith(".js")]
    assert scripts == ["js/theme.js", "vendor/htmx-4.0.1.min.js", "js/timeline.js"]
    assert weight(*scripts) <= 20 * KILOBYTE
    assert weight(*links) + len(gzip.compress(page)) <= 50 * KILOBYTE


def test_templates_keep_to_the_policy() -> None:
    """No inline script, style or handler: the Content-Security-Policy would refuse it."""
    broken = [
        path.name
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", path.read_text())
    ]
    assert broken == []


def test_nothing_ingested_is_marked_safe() -> None:
    base = Path(settings.BASE_DIR)
    sources = [
        *base.glob("templates/**/*.html"),
        *base.glob("timeline/views/*.py"),
        *base.glob("timeline/templatetags/*.py"),
    ]
    assert [path.name for path in sources if re.search(r"\|\s*safe\b|mark_safe|autoescape off", path.read_text())] == []
