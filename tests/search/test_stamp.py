"""Asking what stands for the rows takes nothing away from SQLite."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from timeline.models import Event
from timeline.search.stamp import stamp

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the locks are those of SQLite's files"),
]

# Another process that tries to have the index of the log to itself, as the first to open a database does: byte 128 of
# the file is held by everybody who has it open (https://www.sqlite.org/walformat.html, "WAL locks").
FIRST_TO_COME = """
import fcntl, sys
with open(sys.argv[1], "r+b") as index:
    try:
        fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)
        print("alone")
    except OSError:
        print("not alone")
"""


def test_locks_that_sqlite_holds_are_held_after_a_stamp_was_asked_for() -> None:
    assert not Event.objects.exists()

    stamps = {stamp() for _ in range(3)}

    index = Path(f"{connection.settings_dict['NAME']}-shm")
    told = subprocess.run([sys.executable, "-c", FIRST_TO_COME, index], capture_output=True, text=True, check=True)
    assert told.stdout == "not alone\n"
    assert len(stamps) == 1
