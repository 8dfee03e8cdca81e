"""Stores readings, in a process that may be killed: python -m tests.safety.storing READINGS.

Says "ready" before the first and the outcome after each.
"""

from __future__ import annotations

import os
import pickle
import sys
from datetime import UTC, datetime
from pathlib import Path

import django


def main(readings: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
    from timeline.ingest.run import keep

    inputs = pickle.loads(readings.read_bytes())
    print("ready", flush=True)
    for record, extraction in inputs:
        print(keep(record, extraction, retrieved_at=datetime(2025, 3, 3, tzinfo=UTC)).outcome, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
