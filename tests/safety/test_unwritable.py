"""A store that cannot be written: said in words, with an exit code of its own, and nothing half done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.ingest.articles import AGAIN, CLASH
from tests.safety.conftest import ROOT
from tests.safety.site import database_of

# As a disk that is full: the file may not grow by more than some pages.
FULL = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("VACUUM")
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
call_command("ingest", *__import__("sys").argv[1:])
"""


def run(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **database_of(f"sqlite:///{database}"), "DJANGO_SETTINGS_MODULE": "timeline.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("Not a database, and long enough to be seen as none." * 100)
    (tmp_path / "a.txt").write_text(CLASH)

    done = run(tmp_path / "db", "manage.py", "ingest", str(tmp_path / "a.txt"))

    assert done.returncode == 4
    assert "The database cannot be written: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_names_the_command_that_makes_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLASH)

    done = run(tmp_path / "db", "manage.py", "ingest", str(tmp_path / "a.txt"))

    assert done.returncode == 4
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_ends_the_run_and_running_again_completes_it(tmp_path: Path) -> None:
    database = tmp_path / "db"
    texts = [tmp_path / "a.html", tmp_path / "b.html"]
    for path, text in zip(texts, (CLASH, AGAIN), strict=True):
        lines = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
        path.write_text(f"<html><body><article>{lines}</article><!-- {'x' * 300_000} --></body></html>")
    assert run(database, "manage.py", "migrate", "-v0").returncode == 0

    done = run(database, "-c", FULL, *map(str, texts))

    assert done.returncode == 4, done.stderr
    assert "The database cannot be written: database or disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM timeline_original").fetchone() == (0,)
    again = run(database, "manage.py", "ingest", *map(str, texts))
    assert again.stdout.startswith("2 taken, 0 duplicate, 0 refused; ")
