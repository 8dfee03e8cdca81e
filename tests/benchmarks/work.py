"""How many parts a second the rows of work give out and settle: python -m tests.benchmarks.work [NUMBER]

On the database that DATABASE_URL names, with its tables made; what is noted down is taken away again.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

import django


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
    from django.db import connection, transaction

    from timeline.ingest import work
    from timeline.ingest.run import IngestResult
    from timeline.models import Work

    asked = [work.ask(Work.Kind.ADDRESSES, "none", b"https://a.example/", by=None) for _ in range(number)]
    began = time.monotonic()
    while (part := work.claim("benchmark", datetime.now(UTC))) is not None:
        with transaction.atomic():
            work.settle(part, "none", IngestResult(outcome="taken"), spent=0)
        work.finish(part)
    seconds = time.monotonic() - began
    Work.objects.filter(pk__in=[one.pk for one in asked]).delete()
    print(f"{connection.vendor}: {number / seconds:,.0f} parts a second, claimed, settled and finished")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
