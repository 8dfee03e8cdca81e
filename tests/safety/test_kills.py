"""Whole or absent: storing is killed, or done by several at once."""

from __future__ import annotations

import os
import random
import subprocess
import time

import pytest
from django.core.management import call_command
from django.db import connection

from tests.ingest.articles import beliefs, untrue_evidence
from tests.safety.conftest import ARTICLES, Start
from timeline.models import Article, Event, Original, Shingle

ROUNDS = int(os.environ.get("KILLS", "3"))


def rest_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    out = process.stdout.read()
    process.wait()
    process.stdout.close()
    return out


def stored(start: Start) -> tuple[list[str], float]:
    """What is believed once all is stored in peace, and how long that takes."""
    process = start()
    began = time.monotonic()
    out = rest_of(process)
    assert process.returncode == 0, out
    return beliefs(), time.monotonic() - began


def test_what_is_killed_while_storing_is_whole_or_absent_and_completes(start: Start) -> None:
    want, seconds = stored(start)
    moments = random.Random(8)

    for _ in range(ROUNDS):
        call_command("flush", interactive=False, verbosity=0)
        process = start()
        time.sleep(moments.uniform(0, seconds))
        process.kill()
        rest_of(process)
        connection.close()
        for article in Article.objects.all():
            assert article.evidence.exists()
        assert Original.objects.filter(articles=None).count() == 0
        assert Event.objects.filter(chrono=None).count() == 0
        assert untrue_evidence() == []

        completed, _ = stored(start)

        assert completed == want


@pytest.mark.parametrize("writers", [2, 4])
def test_several_that_store_the_same_at_once_store_it_once(start: Start, writers: int) -> None:
    processes = [start() for _ in range(writers)]

    outs = [rest_of(process) for process in processes]

    assert [process.returncode for process in processes] == [0] * writers, outs
    said = " ".join(outs).split()
    assert said.count("taken") == len(ARTICLES)
    assert said.count("duplicate") == (writers - 1) * len(ARTICLES)
    assert Article.objects.count() == len(ARTICLES)
    together, shingles = beliefs(), Shingle.objects.count()
    call_command("flush", interactive=False, verbosity=0)
    assert len(stored(start)[0]) == len(together)
    assert Shingle.objects.count() == shingles
