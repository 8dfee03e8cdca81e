"""How fast the chronology is written as CSV and JSON, beside the database's own tool on the same stored columns.

    DATABASE_URL=… python -m tests.benchmarks.exports [--rounds 3] [--write]

Asks a database that has been filled before (`manage.py generate --events N`), and changes nothing in it. The tools are
`sqlite3 -csv` and psql's `\\copy`: each gives the columns that ours are made of, in the same order, once each. Both
sides write whole files in turns, and what counts are the ratios of rows a second. On SQLite seconds are of the
processor, so that a busy machine changes little; on PostgreSQL, where the server works too, they are of the clock.
`--write` writes the table into docs/speed.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.pages import write_section

ROUNDS = 3
SITE = "https://timeline.example"
HEADING = "Exports"
# Of the rows a second of the database's own tool.
WANTED = {"everything": 0.40, "core": 0.60}
PREFACE = """\
Written by `python -m tests.benchmarks.exports --write`. Whole files of {rows:,} rows ({vendor}), in turns with the
database's own tool on the same stored columns, {rounds} times; medians. Wanted: all our columns at {everything:.2f} of
the tool's rows a second, the core columns at {core:.2f}; the first bytes after 150 ms; as much memory at the end as
after a tenth of the rows."""
TITLES = ("what", "rows a second", "of the tool's", "memory after a tenth, at the end (MB)")

EVENTS = """\
SELECT e.uid, 'event', NULL, e.title, e.date_display, e.earliest, e.latest, e.precision, e.basis, e.date_reason,
  e.timezone, e.instant, e.clock, e.approximate, e.kind,
  (SELECT {joined} FROM timeline_participation t JOIN timeline_actor a ON a.id = t.actor_id WHERE t.event_id = e.id),
  p.name, q.name, r.name, NULL, NULL, NULL, NULL, e.description,
  v.exact, v."start", v."end", a.title, b.name, a.bylines, a.earliest, a.latest, a.instant, a.timezone, a.url,
  e.sources, e.confidence, e.status, e.hedged, e.corrections,
  (SELECT max(a.retrieved_at) FROM timeline_evidence v JOIN timeline_article a ON a.id = v.article_id
    WHERE v.event_id = e.id),
  (SELECT max(h.history_date) FROM timeline_historicalevent h WHERE h.id = e.id),
  (SELECT count(*) FROM timeline_claim c WHERE c.event_id = e.id AND (c.earliest <> e.earliest OR c.latest <> e.latest))
FROM timeline_event e
  LEFT JOIN timeline_place p ON p.id = e.place_id
  LEFT JOIN timeline_place q ON q.id = p.part_of_id
  LEFT JOIN timeline_place r ON r.id = q.part_of_id
  LEFT JOIN timeline_evidence v ON v.id = (SELECT f.id FROM timeline_evidence f
    WHERE f.event_id = e.id AND f.stance <> 'contradicts' ORDER BY f.article_id, f."start", f.id LIMIT 1)
  LEFT JOIN timeline_article a ON a.id = v.article_id
  LEFT JOIN timeline_publisher b ON b.id = a.publisher_id
WHERE e.status IN ('automatic', 'confirmed', 'disputed')
ORDER BY e.chrono"""

STATEMENTS = """\
SELECT s.uid, 'statement', e.uid, NULL, NULL, s.earliest, s.latest, s.precision, s.basis, s.date_reason,
  s.timezone, s.instant, s.clock, s.approximate, s.kind,
  (SELECT {joined} FROM timeline_participation t JOIN timeline_actor a ON a.id = t.actor_id WHERE t.event_id = e.id),
  p.name, q.name, r.name, k.name, s.speaker_as_written, s.text, s.medium, NULL,
  v.exact, v."start", v."end", a.title, b.name, a.bylines, a.earliest, a.latest, a.instant, a.timezone, a.url,
  (SELECT count(DISTINCT coalesce(a.duplicate_of_id, a.id)) FROM timeline_evidence v
    JOIN timeline_article a ON a.id = v.article_id WHERE v.statement_id = s.id),
  s.confidence, s.status, s.hedged, s.corrections,
  (SELECT max(a.retrieved_at) FROM timeline_evidence v JOIN timeline_article a ON a.id = v.article_id
    WHERE v.statement_id = s.id),
  (SELECT max(h.history_date) FROM timeline_historicalstatement h WHERE h.id = s.id), NULL
FROM timeline_event e
  CROSS JOIN timeline_statement s
  LEFT JOIN timeline_actor k ON k.id = s.speaker_id
  LEFT JOIN timeline_place p ON p.id = e.place_id
  LEFT JOIN timeline_place q ON q.id = p.part_of_id
  LEFT JOIN timeline_place r ON r.id = q.part_of_id
  LEFT JOIN timeline_evidence v ON v.id = (SELECT f.id FROM timeline_evidence f
    WHERE f.statement_id = s.id AND f.stance <> 'contradicts' ORDER BY f.article_id, f."start", f.id LIMIT 1)
  LEFT JOIN timeline_article a ON a.id = v.article_id
  LEFT JOIN timeline_publisher b ON b.id = a.publisher_id
WHERE s.event_id = e.id AND e.status IN ('automatic', 'confirmed', 'disputed')
  AND s.status IN ('automatic', 'confirmed', 'disputed')
ORDER BY e.chrono, s.chrono"""

# How the names of a list become one text.
JOINED = {"sqlite": "group_concat(a.name, '; ')", "postgresql": "string_agg(a.name, '; ')"}


def stored(vendor: str) -> list[str]:
    """Queries for the stored columns that ours are made of, a row for each of ours."""
    return [query.format(joined=JOINED[vendor]) for query in (EVENTS, STATEMENTS)]


def tool(settings: dict[str, Any], vendor: str, queries: list[str]) -> tuple[list[str], str]:
    """The command that writes the rows as CSV, and what it reads."""
    if vendor == "sqlite":
        return ["sqlite3", "-csv", str(settings["NAME"])], ";\n".join([*queries, ""])
    host, port = settings["HOST"] or "127.0.0.1", str(settings["PORT"] or 5432)
    command = ["psql", "-q", "-h", host, "-p", port, "-U", settings["USER"], settings["NAME"]]
    return command, "".join(f"\\copy ({' '.join(query.split())}) TO STDOUT CSV\n" for query in queries)


def seconds(vendor: str) -> float:
    """Of the processor, this process's and its children's; of the clock where a server works too."""
    if vendor != "sqlite":
        return time.perf_counter()
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from timeline.exports.chronology_csv import write_csv
    from timeline.exports.chronology_json import write_json
    from timeline.exports.columns import Layout
    from timeline.models import Event, Statement
    from timeline.vocabulary import ON_PAGE

    vendor = connection.vendor
    command, script = tool(connection.settings_dict, vendor, stored(vendor))
    if shutil.which(command[0]) is None:
        print(f"{command[0]} is not installed here: there is nothing to measure beside.")
        return 0
    # As gunicorn.conf.py does: the collector of garbage need not look through what is loaded.
    gc.collect()
    gc.freeze()

    def pieces(form: str) -> Iterator[str]:
        events, statements = Event.objects.on_page().oldest_first(), Statement.objects.on_page().oldest_first()
        if form == "json":
            return write_json(events, statements)
        return write_csv(events, statements, site=SITE, layout=Layout(form))

    def timed(act: Callable[[], object]) -> float:
        started = seconds(vendor)
        act()
        return seconds(vendor) - started

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"

        def theirs() -> None:
            with target.open("wb") as out:
                subprocess.run(command, input=script.encode(), stdout=out, check=True)

        memory: dict[str, list[float]] = {}

        def ours(form: str) -> None:
            marks = memory.setdefault(form, [])
            with target.open("w", encoding="utf-8", newline="") as out:
                for number, piece in enumerate(pieces(form)):
                    out.write(piece)
                    if number % 100 == 0:
                        marks.append(megabytes())
            marks.append(megabytes())

        spent: dict[str, list[float]] = {form: [] for form in ("tool", *WANTED, "json")}
        for _ in range(options.rounds):
            spent["tool"].append(timed(theirs))
            for form in (*WANTED, "json"):
                spent[form].append(timed(lambda form=form: ours(form)))
    rows = Event.objects.on_page().count()
    rows += Statement.objects.on_page().filter(event__status__in=ON_PAGE).count()
    client = Client(headers={"host": "localhost"})
    first = []
    for _ in range(5):
        started = time.perf_counter()
        next(iter(client.get("/timeline.csv").streaming_content))
        first.append(time.perf_counter() - started)
    lines = [f"| {' | '.join(TITLES)} |", "| --- | ---: | ---: | ---: |"]
    for form, times in spent.items():
        ratio = statistics.median(mine / one for mine, one in zip(spent["tool"], times, strict=True))
        marks = memory.get(form, [])
        held = f"{marks[len(marks) // options.rounds // 10]:.0f}, {marks[-1]:.0f}" if marks else "–"
        name = {"tool": f"`{command[0]}`", "json": "JSON"}.get(form, f"CSV, {form}")
        lines.append(f"| {name} | {rows / statistics.median(times):,.0f} | {ratio:.2f} | {held} |")
    lines += ["", f"First bytes of the CSV in the handler: {statistics.median(first) * 1000:.0f} ms."]
    print("\n".join(lines))
    if options.write:
        preface = PREFACE.format(rows=rows, vendor=connection.display_name, rounds=options.rounds, **WANTED)
        write_section(HEADING, [preface, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
