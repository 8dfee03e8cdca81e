"""What storing an article costs in a small archive and in a large one.

    python -m tests.benchmarks.growth [--sizes 1000 10000 100000] [--rounds 12] [--folder DIR] [--write]

For each size an invented archive of so many articles is stored (`manage.py generate`), in a database and a process of
its own. Then new articles about its actors are stored as `ingest` stores them, a few into each archive in turns; they
are invented too, and what reading them finds is given. Seconds are of the processor, so that a busy machine changes
little; on SQLite that is all the work there is. The bare rows are the very rows that storing wrote, taken out and
inserted again by `executemany` with every index there. `--write` writes the table into docs/speed.md; `--folder` keeps
the archives.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import IO, Any

from tests.benchmarks.pages import write_section

ROOT = Path(__file__).resolve().parents[2]
SIZES, ROUNDS, AT_ONCE = (1_000, 10_000, 100_000), 12, 10
SEED, NEW, NEW_EVENTS = 1, 1_000_003, 2_000
HEADING = "Storing articles"
# Of articles a second in the largest archive, beside the smallest.
WANTED = 0.8
EVENTS_AN_ARTICLE = 2
PREFACE = """\
Written by `python -m tests.benchmarks.growth --write`. New articles stored into archives of different sizes, {at_once}
at a time into each in turns, {rounds} times; medians, seconds of the processor, SQLite with every index. What reading
them finds is given: reading is apart, and costs the same whatever is stored. The bare rows are the same rows inserted
by `executemany` alone. Wanted in the largest archive: {wanted} of the articles a second in the smallest."""


@dataclass(frozen=True)
class Round:
    """Seconds of the processor for a few articles, in parts, and the rows they wrote."""

    articles: int
    looking_up: float
    deciding: float
    writing: float
    committing: float
    bare: float
    rows: int
    queries: int

    @property
    def whole(self) -> float:
        return self.looking_up + self.deciding + self.writing + self.committing


# --- in a process of its own, beside one archive ---------------------------------------------------------------------


class Archive:
    """One archive, and new articles to store in it."""

    def __init__(self, size: int) -> None:
        from django.core.management import call_command

        from timeline.extraction.version import VERSION
        from timeline.generation.cast import Cast
        from timeline.generation.stories import parts
        from timeline.models import Article

        events = size * EVENTS_AN_ARTICLE
        call_command("migrate", verbosity=0)
        if not Article.objects.exists():
            call_command("generate", events=events, seed=SEED, stdout=sys.stderr)
        self.stored = Article.objects.count()
        # Of the same actors and all ten years, in no order; other ones in an archive that was measured before.
        new = parts(Cast(SEED, events), seed=NEW + self.stored, events=NEW_EVENTS, version=VERSION)
        self.new = [told for part in new for told in part.articles if told.repeats is None]
        random.Random(SEED).shuffle(self.new)

    def round(self, count: int) -> Round:
        from django.db import connection, transaction

        from timeline.ingest import store
        from timeline.ingest.lookup import load_known
        from timeline.ingest.versions import find_lineage, find_same
        from timeline.reconciliation.plan import plan

        seconds = dict.fromkeys(("looking_up", "deciding", "writing", "committing"), 0.0)
        before = _last_keys()
        asked: list[str] = []

        def count_query(execute: Any, sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count_query):
            for _ in range(count):
                told = self.new.pop()
                content = told.extraction.document.text.encode()
                whole = store.one_at_a_time()
                begun = time.process_time()
                with whole:
                    assert find_same(content, told.url) is None
                    lineage = find_lineage(told.extraction, url=told.url, publisher="")
                    known = load_known(told.extraction, lineage)
                    looked_up = time.process_time()
                    steps = plan(told.extraction, known)
                    decided = time.process_time()
                    article = store.save_article(
                        told.extraction,
                        content=content,
                        given={"form": "text"},
                        url=told.url,
                        publisher="",
                        retrieved_at=_noon(told.published),
                        lineage=lineage,
                    )
                    store.apply(article, steps, lineage)
                    written = time.process_time()
                committed = time.process_time()
                for name, taken in zip(
                    seconds,
                    (looked_up - begun, decided - looked_up, written - decided, committed - written),
                    strict=True,
                ):
                    seconds[name] += taken
        rows = _rows_since(before)
        with transaction.atomic():
            bare = _insert_again(rows)
            transaction.set_rollback(True)
        return Round(
            articles=count, **seconds, bare=bare, rows=sum(len(found) for _, found in rows.values()), queries=len(asked)
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time_of_day(12), UTC)


def _models() -> list[Any]:
    from django.apps import apps

    return [model for model in apps.get_app_config("timeline").get_models() if not hasattr(model, "history_object")]


def _last_keys() -> dict[Any, int]:
    from django.db.models import Max

    return {model: model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in _models()}


def _rows_since(before: dict[Any, int]) -> dict[Any, tuple[list[str], list[tuple[Any, ...]]]]:
    """The rows that came into each table, as the database has them."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for model, last in before.items():
            meta = model._meta
            cursor.execute(f'SELECT * FROM "{meta.db_table}" WHERE "{meta.pk.column}" > %s', [last])
            columns = [column[0] for column in cursor.description]
            found[model] = (columns, [tuple(map(_plain, row)) for row in cursor.fetchall()])
    return found


def _plain(value: Any) -> Any:
    """SQLite's driver makes dates of text, and does not take them."""
    return str(value) if isinstance(value, date | time_of_day) else value


def _insert_again(rows: dict[Any, tuple[list[str], list[tuple[Any, ...]]]]) -> float:
    """Take rows out and insert them again; the seconds of inserting."""
    from django.db import connection

    with connection.cursor() as cursor:
        for model, (columns, found) in rows.items():
            at = columns.index(model._meta.pk.column)
            cursor.executemany(
                f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s',
                [(row[at],) for row in found],
            )
        begun = time.process_time()
        for model, (columns, found) in rows.items():
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', found)
        return time.process_time() - begun


def serve(size: int) -> None:
    """Answer each number of articles on standard input with a round of so many."""
    import django

    django.setup()
    archive = Archive(size)
    print(json.dumps(archive.stored), flush=True)
    for line in sys.stdin:
        print(json.dumps(asdict(archive.round(int(line)))), flush=True)


# --- the measurement -------------------------------------------------------------------------------------------------


class Child:
    """A process beside one archive."""

    def __init__(self, size: int, folder: Path) -> None:
        self.size = size
        url = f"sqlite:///{(folder / f'articles-{size}.sqlite3').absolute()}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.growth", "--serve", str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "TIMELINE_ENGINE": "database",
                "DJANGO_SETTINGS_MODULE": "timeline.settings",
            },
        )
        self.stored: int = self._answer()

    def round(self, count: int) -> Round:
        self._pipe(self.process.stdin).write(f"{count}\n")
        self._pipe(self.process.stdin).flush()
        return Round(**self._answer())

    def _answer(self) -> Any:
        line = self._pipe(self.process.stdout).readline()
        if not line:
            raise SystemExit(f"the process beside {self.size:,} articles ended")
        return json.loads(line)

    def end(self) -> None:
        self._pipe(self.process.stdin).close()
        self.process.wait()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def measure(sizes: tuple[int, ...], rounds: int, folder: Path, at_once: int = AT_ONCE) -> dict[int, list[Round]]:
    """Rounds beside each archive, in turns; by the number of articles stored before."""
    children = [Child(size, folder) for size in sizes]
    for child in children:
        child.round(at_once)  # statements are compiled, pages are read
    found: dict[int, list[Round]] = {child.stored: [] for child in children}
    for _ in range(rounds):
        for child in children:
            found[child.stored].append(child.round(at_once))
    for child in children:
        child.end()
    return found


def table(found: dict[int, list[Round]]) -> Iterator[str]:
    """Lines of a table in Markdown."""
    yield (
        "| articles stored before | articles a second | beside the fewest | ms an article: looking up | deciding | "
        "writing and what follows | commit | bare rows | queries | rows |"
    )
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    least: float | None = None
    for stored, rounds in found.items():
        rate = _median(one.articles / one.whole for one in rounds)
        least = least or rate
        parts = [
            1000 * _median(getattr(one, name) / one.articles for one in rounds)
            for name in ("looking_up", "deciding", "writing", "committing", "bare")
        ]
        counts = [_median(getattr(one, name) / one.articles for one in rounds) for name in ("queries", "rows")]
        figures = [f"{part:.2f}" for part in parts] + [f"{count:.0f}" for count in counts]
        yield f"| {stored:,} | {rate:.1f} | {rate / least:.2f} | {' | '.join(figures)} |"


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.serve)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        found = measure(tuple(options.sizes), options.rounds, options.folder or Path(temporary))
    lines = list(table(found))
    print("\n".join(lines))
    if options.write:
        write_section(HEADING, [PREFACE.format(rounds=options.rounds, at_once=AT_ONCE, wanted=WANTED), "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
