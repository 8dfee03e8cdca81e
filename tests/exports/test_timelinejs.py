"""TimelineJS itself, in a browser, loads the file from another site: no error, every dated event, each with its words.

The package is the one of `node/package-lock.json`; npm installs it beside that file at the first run.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.factories import make_event, make_statement
from timeline.exports.entries import undated_count
from timeline.models import Event
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate

NODE = Path(__file__).parent / "node"
PACKAGE = NODE / "node_modules" / "@knight-lab" / "timelinejs"
EMBED = """<!doctype html><title>Embed</title><link rel="stylesheet" href="/dist/css/timeline.css">
<div id="embed" style="width: 900px; height: 500px"></div><script src="/dist/js/timeline.js"></script>"""
LOAD = """async address => {
    const timeline = new TL.Timeline("embed", address, {script_path: location.origin + "/dist/js/"});
    for (let i = 0; i < 400 && !timeline.ready && !timeline.config?.messages.errors.length; i++)
        await new Promise(wait => setTimeout(wait, 25));
    return {
        ready: timeline.ready,
        errors: timeline.config.getErrors().map(String),
        slides: timeline.config.events.map(event => ({
            headline: event.text.headline, words: event.text.text, date: event.display_date,
            year: event.start_date.data.year, month: event.start_date.data.month, day: event.start_date.data.day,
            end: event.end_date ? event.end_date.data.year : null, group: event.group,
        })),
        shown: document.querySelectorAll(".tl-timemarker").length,
    };
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def package() -> Path:
    if shutil.which("npm") is None:
        pytest.skip("needs npm, which is absent")
    with (NODE / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PACKAGE.is_dir():
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"needs TimelineJS, which npm could not install: {done.stderr.strip()[-300:]}")
    return PACKAGE


@contextmanager
def served(files: dict[str, tuple[dict[str, str], bytes]], folder: Path | None = None) -> Iterator[str]:
    """A site of its own, with these answers and the files of a folder."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            file = folder / path.lstrip("/") if folder else None
            if path in files:
                headers, content = files[path]
            elif file is not None and file.is_file():
                headers, content = {}, file.read_bytes()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Nothing: a test says what matters itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def load(package: Path, chromium: Browser, query: str = "") -> dict[str, Any]:
    """What TimelineJS, on a page of another site, makes of the file that our site answers with."""
    response = Client().get(f"/timeline.csv?{query}")
    headers = {name: value for name, value in response.headers.items() if not name.startswith("Content-Security")}
    answer = (headers, b"".join(response.streaming_content))
    with (
        served({"/": ({"Content-Type": "text/html"}, EMBED.encode())}, package) as embed,
        served({"/timeline.csv": answer}) as site,
    ):
        page = chromium.new_page()
        page.goto(embed)
        loaded = page.evaluate(LOAD, f"{site}/timeline.csv?{query}")
        page.close()
    return loaded


@pytest.mark.parametrize("query", ["", "preset=timelinejs"])
def test_every_dated_event_becomes_a_slide_with_its_date_in_words(chronology, package, chromium, query):
    event = chronology["Ann Lee meets the dockers"]
    loaded = load(package, chromium, query)
    assert (loaded["ready"], loaded["errors"], loaded["shown"]) == (True, [], 3)
    slides = [(s["headline"], s["date"], s["year"], s["month"], s["day"], s["group"]) for s in loaded["slides"]]
    assert slides == [
        ("Dockers strike", "August 2022 (month only)", "2022", "8", "", "Protest"),
        ("Ann Lee meets the dockers", "1 March 2025", "2025", "3", "1", "Meeting"),
        ("Ann Lee leaves early", "on or before 2 March 2025 (date not stated)", "2025", "3", "2", "Meeting"),
    ]
    assert loaded["slides"][1]["words"] == (
        "<p>At the &lt;quay&gt;.</p>"
        "<blockquote>“We open on Monday,”<br><cite>Ann Lee, Radio Coast</cite></blockquote>"
        "<blockquote>the harbour is safe &amp; sound<br><cite>officials</cite></blockquote>"
        f'<p><a href="http://testserver/events/{event.uid}/" target="_blank" rel="noopener">'
        "Sources and evidence</a></p>"
    )


@pytest.mark.django_db
def test_no_date_and_no_text_makes_an_error_of_the_page(package, chromium):
    first, last = date(1999, 12, 31), date(2000, 2, 29)
    for precision in DatePrecision:
        whole = PartialDate(earliest=first, latest=last, precision=precision, basis=DateBasis.STATED, clock=time(9, 5))
        make_event(f"{precision} from to", date=whole)
        make_event(
            f"{precision} on",
            date=PartialDate(
                earliest=last, latest=last, precision=precision, basis=DateBasis.STATED, clock=time(23, 59)
            ),
        )
    make_event("no date", date=PartialDate.unknown())
    for title in ('="formula"', "a\r\nb\tc", "“é” <script>alert(1)</script> & \ufeff'x'", "title", "era", "-1", "…😀"):
        make_statement(title, event=make_event(title, description=title, date_display=title))
    loaded = load(package, chromium)
    events = Event.objects.on_page()
    assert (loaded["ready"], loaded["errors"]) == (True, [])
    assert len(loaded["slides"]) == events.count() - undated_count(events)
    assert not any("<script" in slide["headline"] + slide["words"] for slide in loaded["slides"])
