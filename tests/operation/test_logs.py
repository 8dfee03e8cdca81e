"""The log as an object a line: what was asked and what was done, and no word of what was read or typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.safety.conftest import ROOT, database_url
from timeline.ingest import work
from timeline.models import Article, Work

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS = """
import django; django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
answer = client.get("/healthz", {"q": "whispered words"})
client.post("/admin/login/", {"username": "edith", "password": "hunter-two"})
client.get("/nowhere")
print(answer.headers["X-Request-ID"])
"""


def run(*arguments: str, log: str = "json") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "timeline.settings",
            "TIMELINE_LOG": log,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_each_request_has_a_line_with_its_name_and_nothing_that_was_typed() -> None:
    done = run("-c", REQUESTS)

    told = [line for line in lines(done) if line["logger"] == "timeline.requests"]
    assert [(one["method"], one["path"], one["status"]) for one in told] == [
        ("GET", "/healthz", 200),
        ("POST", "/admin/login/", 200),
        ("GET", "/nowhere", 404),
    ]
    assert told[0]["request_id"] == done.stdout.strip()
    assert len({one["request_id"] for one in told}) == 3
    assert all(one["level"] == "INFO" and one["seconds"] > 0 and one["time"] for one in told)
    assert "whispered" not in done.stderr
    assert "hunter-two" not in done.stderr


def test_a_worker_tells_each_piece_with_its_time_and_no_word_of_it() -> None:
    texts = ("The harbour of Aldmouth was closed on 28 February 2025.", "")
    content = "\n".join(json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)).encode()
    asked = work.ask(Work.Kind.FILE, "storms.jsonl", content, by=None)

    done = run("manage.py", "worker", "--once")

    told = [line for line in lines(done) if line.get("work") == asked.uid]
    article = Article.objects.get()
    assert [(one["message"], one.get("article")) for one in told] == [
        ("taken", article.uid),
        ("refused", None),
        ("done", None),
    ]
    assert all(one["seconds"] >= 0 and one["worker"] and one["piece"] for one in told[:2])
    assert told[1]["reason"]
    assert "Aldmouth" not in done.stderr
    assert done.stdout == ""


def test_for_people_a_worker_speaks_in_words() -> None:
    done = run("manage.py", "worker", "--once", log="plain")

    assert done.stdout.endswith("ended\n")
    assert "{" not in done.stdout + done.stderr


def test_a_mistake_is_told_with_its_place_in_one_line() -> None:
    code = """
import django; django.setup()
import logging
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("timeline.anything").exception("it went wrong")
"""
    [line] = lines(run("-c", code))

    assert (line["level"], line["message"]) == ("ERROR", "it went wrong")
    assert line["traceback"].endswith("ZeroDivisionError: division by zero")
