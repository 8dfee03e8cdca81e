"""The database put aside in one file, and brought back, while the site runs.

SQLite copies itself by its own backup interface; PostgreSQL by its own programs, which have to be installed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

PAGES = 2000  # of the database, copied between two looks at how far it is
MUST_HAVE = frozenset({"timeline_article", "timeline_event", "django_migrations"})

Progress = Callable[[int, int], None]


class NotDone(Exception):
    """Why there is no backup, or why it is not brought back; the message says it in words."""


def back_up(target: Path, progress: Progress = lambda done, of: None) -> None:
    """Write the database to a file that appears whole or not at all.

    Raises:
        NotDone: it cannot be written, or what was written is not whole.
        OSError: the folder cannot be written.
    """
    beside = target.with_name(f"{target.name}.part")
    try:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(beside)) as copy:
                _copy(_inner(connection), copy, progress)
                _check(copy)
        else:
            _run("pg_dump", "--format=custom", "--file", str(beside))
        beside.replace(target)
    except sqlite3.Error as error:
        raise NotDone(f"the backup was not written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)


def bring_back(source: Path, progress: Progress = lambda done, of: None) -> None:
    """Put a backup in the place of all that the database holds; readers see the old state until it is whole.

    Raises:
        NotDone: the file is no whole backup of a timeline.
        OSError: the file cannot be read.
    """
    if connection.vendor != "sqlite":
        with source.open("rb") as stream:
            if stream.read(5) != b"PGDMP":
                raise NotDone(f"{source} is no backup of a PostgreSQL database")
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--no-owner",
            "--dbname",
            _name(),
            str(source),
        )
        return
    with source.open("rb") as stream:
        if stream.read(16) != b"SQLite format 3\0":
            raise NotDone(f"{source} is no backup of an SQLite database")
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as backup:
            _check(backup)
            tables = {name for (name,) in backup.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= MUST_HAVE:
                raise NotDone(f"{source} is a database of something else")
            connection.ensure_connection()
            _copy(backup, _inner(connection), progress)
        connection.close()
    except sqlite3.Error as error:
        raise NotDone(f"{source} was not brought back: {error}") from error


def is_empty() -> bool:
    """Whether the database holds no article and no event, so that nothing is lost when a backup takes its place."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("timeline_article", "timeline_event"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  two names, both above
                if cursor.fetchone():
                    return False
    return True


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    source.backup(target, pages=PAGES, progress=lambda _, left, of: progress(of - left, of))


def _check(database: sqlite3.Connection) -> None:
    [(told,)] = database.execute("PRAGMA quick_check(1)").fetchall()
    if told != "ok":
        raise NotDone(f"the database is damaged: {told}")


def _inner(outer: Any) -> sqlite3.Connection:
    inner = outer.connection
    assert isinstance(inner, sqlite3.Connection)
    return inner


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise NotDone(f"{program} is not installed; it comes with the client programs of PostgreSQL")
    given = connection.settings_dict
    named: Mapping[str, Any] = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
    }
    environment = os.environ | {name: str(value) for name, value in named.items() if value}
    done = subprocess.run(  # noqa: S603  the programs are named above, the arguments are paths
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotDone((done.stderr.strip().splitlines() or [f"{program} failed"])[-1])
