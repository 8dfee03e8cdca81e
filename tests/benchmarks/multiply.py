"""An archive made several times as large, in minutes: python -m tests.benchmarks.multiply TIMES

On the database that DATABASE_URL names, filled before (`manage.py generate`). Every article comes again with all that
rests on it, under new addresses, the actors and places being the same, and stands later by as many days as the archive
lasts: what is searched, counted and sorted is spread as before, over so many times the years. What the texts say of
their dates stays as it is, so that the rows are good for measuring and for nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django


def main(times: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
    from django.db import connection

    from timeline.search.rebuild import put_off

    with put_off(connection), _without_indexes():
        multiply(times)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def multiply(times: int) -> None:
    """Add every article so many times less one."""
    from django.db import connection, transaction
    from django.db.models import Max, Min

    from timeline import models

    tables: tuple[Any, ...] = (
        models.Article, models.Event, models.Statement, models.Account, models.Claim, models.Participation,
        models.EventRelation, models.Evidence, models.Shingle, models.StoryWord,
    )  # fmt: skip
    bounds = models.Event.objects.aggregate(first=Min("earliest"), last=Max("latest"))
    days = (bounds["last"] - bounds["first"]).days + 1
    ends = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in tables}
    for number in range(1, times):
        with transaction.atomic(), connection.cursor() as cursor:
            for model in tables:
                fields = model._meta.local_fields
                columns = {field.column: _column(field, number, ends, number * days) for field in fields}
                names, table = ", ".join(f'"{name}"' for name in columns), model._meta.db_table
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) SELECT {", ".join(columns.values())} FROM "{table}"'
                    f" WHERE id <= {ends[model]} ORDER BY id"
                )
                print(f"{number + 1} of {times}: {table}", flush=True)
    if connection.vendor == "postgresql":
        from django.core.management.color import no_style

        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)


def _column(field: Any, number: int, ends: dict[Any, int], days: int) -> str:
    """What a column of the row that comes again holds."""
    from django.db import connection

    from timeline.models.identity import DAY_SHIFT

    own = f'"{field.column}"'
    later = field.get_internal_type() in ("DateField", "DateTimeField") and field.name != "retrieved_at"
    if field.primary_key:
        return f"{own} + {ends[field.model] * number}"
    if field.is_relation and field.related_model in ends:
        return f"{own} + {ends[field.related_model] * number}"
    if field.name == "chrono":
        events = next(model for model in ends if model.__name__ == "Event")
        of = field.model if field.model in ends and field.model.__name__ != "Participation" else events
        return f"{own} + {(days << DAY_SHIFT) + ends[of] * number}"
    if field.name in ("uid", "source_key"):
        return f"{own} || '{number}'"
    if field.name == "url":
        return f"{own} || '/{number}'"
    if field.name == "day":
        return f"{own} + {days}"
    if later and connection.vendor == "postgresql":
        return f"{own} + interval '{days} days'" if "Time" in field.get_internal_type() else f"{own} + {days}"
    if later:
        return f"{'datetime' if 'Time' in field.get_internal_type() else 'date'}({own}, '+{days} days')"
    return own


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Indexes are built much faster when all rows are there."""
    from django.db import connection

    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'timeline_%%' AND sql LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'timeline_%%' AND indexdef LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, ["CREATE INDEX%"])
        indexes = cursor.fetchall()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        try:
            yield
        finally:
            for _, made in indexes:
                cursor.execute(made)


if __name__ == "__main__":
    main(int(sys.argv[1]))
