"""A few bytes that stand for all that is stored: they change with every transaction, and cost next to nothing."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from django.db import connection

# The header of the index of SQLite's write-ahead log (https://www.sqlite.org/walformat.html): a counter of
# transactions, the length of the log and the checksum of its last frame, and the log's own random numbers.
WAL_INDEX_HEADER = 48
# By device and inode, as a file that was removed may have been followed by another of its name.
OPENED: dict[tuple[int, int], int] = {}
LOCK = threading.Lock()


def stamp() -> str | None:
    """What stands for the rows as a query would see them now; None where that cannot be told cheaply.

    Two equal stamps are of the same rows. Inside a transaction there is none: its own changes are nobody else's yet.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return str(cursor.fetchone()[0])
    return _stamp_of_file(str(connection.settings_dict["NAME"]))


def _stamp_of_file(name: str) -> str | None:
    connection.ensure_connection()
    try:
        header = os.pread(_opened(f"{name}-shm"), WAL_INDEX_HEADER, 0)
        kept = Path(name).stat()
    except OSError:
        return None
    return f"{header.hex()}-{kept.st_mtime_ns}-{kept.st_size}" if len(header) == WAL_INDEX_HEADER else None


def _opened(name: str) -> int:
    """The descriptor of a file that SQLite holds locks on, opened once and never closed: whoever closes one gives up
    all locks that the process has on the file, SQLite's own among them (https://www.sqlite.org/howtocorrupt.html, 2.2),
    and the next process to come would cut it off under our feet."""
    found = Path(name).stat()
    known = (found.st_dev, found.st_ino)
    with LOCK:
        if known not in OPENED:
            OPENED[known] = os.open(name, os.O_RDONLY | os.O_CLOEXEC)
        return OPENED[known]
