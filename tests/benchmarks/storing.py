"""What writing rows costs beside the database's own work: bare `executemany`, what stores articles, and `bulk_create`.

    python -m tests.benchmarks.storing [--articles 400] [--rounds 7]

An invented archive is stored in a database of its own. The rows of its last articles, in every table that a reading
fills, are taken out and put in again, with all indexes and with the triggers that keep the search index: as tuples that
the driver takes as they are, as `ingest.bulk.Table` writes values (an invented archive), as `ingest.bulk.insert` writes
models, as an article is stored (what finds it again as values, what people can change as models), and as Django writes
them; each in turns within one transaction that is given up. Making the models is part of it. Seconds are of the
processor; medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

SEED, EVENTS_AN_ARTICLE, STORED = 1, 2, 1_000
# Of rows a second, beside bare `executemany`.
WANTED = 0.7


def rows_of_last(articles: int) -> list[list[dict[str, Any]]]:
    """The columns of the rows of the last articles, a list for each table."""
    from timeline.models import Account, Article, Claim, Evidence, NamedDay, Shingle, StoryWord

    first = Article.objects.order_by("-pk").values_list("pk", flat=True)[articles - 1]
    found = []
    for model in (Evidence, Claim, Account, Shingle, StoryWord, NamedDay):
        chosen = model._default_manager.filter(article__gte=first).order_by("pk")
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        found.append([{"model": model, **row} for row in chosen.values(*names)])
        chosen.order_by().delete()
    return [rows for rows in found if rows]


def bare(tables: Iterable[tuple[str, list[tuple[Any, ...]]]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, values in tables:
            cursor.executemany(sql, values)


def prepared(rows: Sequence[dict[str, Any]]) -> tuple[str, list[tuple[Any, ...]]]:
    """A statement, and values that the driver takes as they are."""
    from django.db import connection

    meta = rows[0]["model"]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    values = [tuple(field.get_db_prep_save(row[field.attname], connection) for field in fields) for row in rows]
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({marks})', values


def tabled(rows: Sequence[dict[str, Any]]) -> None:
    from timeline.ingest.bulk import Table

    fields = [field for field in rows[0]["model"]._meta.concrete_fields if not field.primary_key]
    Table(rows[0]["model"], *(field.name for field in fields)).insert(
        tuple(row[field.attname] for field in fields) for row in rows
    )


def kept(rows: Sequence[dict[str, Any]]) -> None:
    from timeline.ingest.bulk import insert
    from timeline.models import NamedDay, Shingle, StoryWord

    if rows[0]["model"] in (NamedDay, Shingle, StoryWord):
        tabled(rows)
    else:
        insert(models(rows))


def models(rows: Sequence[dict[str, Any]]) -> list[Any]:
    return [row["model"](**{name: value for name, value in row.items() if name != "model"}) for row in rows]


def measure(articles: int, rounds: int) -> tuple[int, dict[str, float]]:
    """How many rows there are, and the seconds that each way takes for them."""
    from django.db import transaction

    from timeline.ingest.bulk import insert

    seconds: dict[str, list[float]] = {}
    with transaction.atomic():
        tables = rows_of_last(articles)
        ready = [prepared(rows) for rows in tables]
        ways: dict[str, Callable[[], Any]] = {
            "executemany": lambda: bare(ready),
            "ingest.bulk.Table": lambda: [tabled(rows) for rows in tables],
            "ingest.bulk.insert": lambda: [insert(models(rows)) for rows in tables],
            "an article": lambda: [kept(rows) for rows in tables],
            "bulk_create": lambda: [rows[0]["model"].objects.bulk_create(models(rows)) for rows in tables],
        }
        for _ in range(rounds):
            for name, write in ways.items():
                mark = transaction.savepoint()
                begun = time.process_time()
                write()
                seconds.setdefault(name, []).append(time.process_time() - begun)
                transaction.savepoint_rollback(mark)
        transaction.set_rollback(True)
    return sum(map(len, tables)), {name: statistics.median(taken) for name, taken in seconds.items()}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/rows.sqlite3",
            "DJANGO_SETTINGS_MODULE": "timeline.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("generate", events=STORED * EVENTS_AN_ARTICLE, seed=SEED, stdout=sys.stderr)
        rows, seconds = measure(options.articles, options.rounds)
    print(f"{rows:,} rows of {options.articles:,} articles; wanted: {WANTED} of bare `executemany`\n")
    print("| | rows a second | beside `executemany` |\n| --- | ---: | ---: |")
    for name, taken in seconds.items():
        print(f"| {name} | {rows / taken:,.0f} | {seconds['executemany'] / taken:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
