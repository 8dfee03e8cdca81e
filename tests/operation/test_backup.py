"""What is put aside comes back whole, and nothing is lost on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.factories import make_article, make_event, make_evidence
from timeline.models import Article, Event

pytestmark = pytest.mark.django_db(transaction=True)
of_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")


def run(command: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def exported() -> str:
    return run("export_events", format="json")


@pytest.fixture
def told() -> str:
    article = make_article("The harbour was closed.", title="Harbour closed")
    make_evidence(make_event("The harbour closes"), article, "The harbour was closed.")
    return exported()


def test_a_backup_brings_back_what_was_lost(tmp_path: Path, told: str) -> None:
    run("backup", tmp_path / "kept.sqlite3")
    Event.objects.all().delete()
    Article.objects.all().delete()

    run("restore", tmp_path / "kept.sqlite3")

    assert exported() == told


def test_what_is_there_is_replaced_only_where_one_says_so(tmp_path: Path, told: str) -> None:
    run("backup", tmp_path / "kept.sqlite3")
    make_event("Another thing")

    with pytest.raises(CommandError, match="which would be lost"):
        run("restore", tmp_path / "kept.sqlite3")
    assert Event.objects.count() == 2

    run("restore", tmp_path / "kept.sqlite3", replace=True)
    assert exported() == told


def test_a_backup_takes_the_place_of_another_only_where_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    run("backup", path)

    with pytest.raises(CommandError, match="is there already"):
        run("backup", path)
    assert "bytes" in run("backup", path, replace=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kept.sqlite3"]


@of_sqlite
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="unable to open database file"):
        run("backup", tmp_path / "none" / "kept.sqlite3")


@of_sqlite
@pytest.mark.parametrize("content", [b"", b"nonsense", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_backup_changes_nothing(tmp_path: Path, told: str, content: bytes) -> None:
    path = tmp_path / "kept.sqlite3"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"kept\.sqlite3"):
        run("restore", path, replace=True)

    assert exported() == told


@of_sqlite
def test_a_database_of_something_else_changes_nothing(tmp_path: Path, told: str) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE things (name TEXT)")

    with pytest.raises(CommandError, match="a database of something else"):
        run("restore", path, replace=True)

    assert exported() == told


@of_sqlite
def test_a_cut_backup_changes_nothing(tmp_path: Path, told: str) -> None:
    path = tmp_path / "kept.sqlite3"
    run("backup", path)
    path.write_bytes(path.read_bytes()[:-40_000])

    with pytest.raises(CommandError):
        run("restore", path, replace=True)

    assert exported() == told
