"""A run that reads stored articles again is killed, and goes on where it ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.ingest.articles import beliefs, take, untrue_evidence
from tests.safety.conftest import ARTICLES, ROOT, database_url
from timeline.extraction.version import VERSION
from timeline.models import Article, Event

PATIENCE = 60


def read_by_older_rules() -> None:
    for url, text in ARTICLES.items():
        take(text, url=url)
    Article.objects.update(extracted_with="0")
    Event.objects.filter(corrections={}).update(kind="other")


@pytest.mark.django_db(transaction=True)
def test_what_is_killed_while_reading_again_is_whole_and_goes_on() -> None:
    read_by_older_rules()
    call_command("reextract", stdout=StringIO(), stderr=StringIO())
    want = beliefs()
    call_command("flush", interactive=False, verbosity=0)
    read_by_older_rules()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "reextract"],
        env={**os.environ, "DATABASE_URL": database_url()},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    done = Article.objects.filter(extracted_with=VERSION)
    until = time.monotonic() + PATIENCE
    while not done.exists() and time.monotonic() < until:
        time.sleep(0.01)

    process.kill()
    process.wait()
    connection.close()

    assert Article.objects.count() == len(ARTICLES)
    assert untrue_evidence() == []
    finished = done.count()
    assert finished
    out = StringIO()
    call_command("reextract", stdout=out, stderr=StringIO())
    assert out.getvalue().startswith(f"{len(ARTICLES) - finished} read again, 0 refused, {finished} passed over")
    assert beliefs() == want
