from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.ingest.articles import AGAIN, CLASH, CLASH_CHANGED, REMARKS, reading
from timeline.extraction.records import Record

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = {
    "https://one.example/a": CLASH,
    "https://two.example/b": AGAIN,
    "https://three.example/c": REMARKS,
    "https://four.example/d": CLASH_CHANGED,
}
Start = Callable[[], subprocess.Popen[str]]


def database_url() -> str:
    """The tests' own database, as another process names it."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@pytest.fixture
def start(transactional_db: None, tmp_path: Path) -> Start:
    """Starts a process that stores the articles in the tests' database; it has said that it is ready."""
    readings = tmp_path / "readings"
    inputs = [(Record(id=url, content=text.encode(), url=url), reading(text)) for url, text in ARTICLES.items()]
    readings.write_bytes(pickle.dumps(inputs))

    def started() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.storing", str(readings)],
            env={**os.environ, "DATABASE_URL": database_url()},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    return started
