"""How fast the list of a page is answered, 50 events rendered, beside a page of datasette on the same file.

    DATABASE_URL=… python -m tests.benchmarks.lists [--rounds 60] [--write]

Asks a database that has been filled before (`manage.py generate --events N`), and changes nothing in it. Both answer in
the handler, without a network, each in a process of its own and in turns: ours the newest 50 events with their quotes,
actors and sources; datasette 50 rows of the table of events, in the same order. Seconds are of the processor, so that a
busy machine changes little. Datasette is installed in an environment of its own, by pip, where there is none yet;
`--datasette` names one. `--write` writes the table into docs/speed.md.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WARM = 60, 5
DATASETTE = "datasette==0.65.5"
NAMES = ("the list", "datasette, rows alone", "the whole page", "datasette")
HEADING = "The list of a page"
LIST = {"HX-Request": "true", "HX-Target": "div#events"}
PAGE = "_sort_desc=chrono&_size=50"
# The same rows with nothing else counted or suggested, as our list is without its choices.
BARE = f"{PAGE}&_nofacet=1&_nosuggest=1&_nocount=1"
PREFACE = """\
Written by `python -m tests.benchmarks.lists --write`. The newest 50 of {events:,} events in the handler, and 50 rows of
the same table by datasette, in turns, {rounds} times; milliseconds of the processor. Our list stands beside its page
without counts and facets, our whole page beside its whole page. Wanted: 95 of 100 answers in 40 ms, 99 in 4 times the
median, and 4 times datasette's pages a second."""


def serve(database: Path) -> None:
    """Answer each query on standard input with the seconds of that page of datasette's."""
    from datasette.app import Datasette  # type: ignore[import-not-found]

    site = Datasette([str(database)])
    loop = asyncio.new_event_loop()
    for query in sys.stdin:
        begun = time.process_time()
        page = loop.run_until_complete(site.client.get(f"/{database.stem}/timeline_event?{query.strip()}"))
        taken = time.process_time() - begun
        assert page.status_code == 200 and page.text.count("<tr>") > 50, page.text[:500]
        print(taken, flush=True)


def environment(folder: Path) -> Path:
    """The Python of an environment with datasette in it, made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", DATASETTE], check=True
        )
    return python


def row(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.95, 0.99))
    median = statistics.median(ordered)
    cells = [f"{taken * 1000:.1f}" for taken in (median, p95, p99)] + [f"{p99 / median:.1f}", f"{1 / median:,.0f}"]
    return f"| {name} | {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--datasette", type=Path, default=ROOT / "var" / "datasette")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.serve)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tests.benchmarks.pages import write_section
    from timeline.models import Event

    if connection.vendor != "sqlite":
        print("Datasette reads SQLite alone: there is nothing to measure beside.")
        return 0
    client = Client(headers={"host": "localhost"})

    def ours(headers: dict[str, Any]) -> float:
        begun = time.process_time()
        answer = client.get("/?sort=newest", headers=headers)
        taken = time.process_time() - begun
        assert answer.content.count(b'class="event-title"') == 50
        return taken

    command = [environment(options.datasette), __file__, "--serve", str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin and other.stdout

        def theirs(query: str) -> float:
            assert other.stdin and other.stdout
            other.stdin.write(f"{query}\n")
            other.stdin.flush()
            return float(other.stdout.readline())

        found: dict[str, list[float]] = {name: [] for name in NAMES}
        for number in range(WARM + options.rounds):
            if number == WARM:
                # As gunicorn.conf.py does: the collector of garbage need not look through what is loaded.
                gc.collect()
                gc.freeze()
                for times in found.values():
                    times.clear()
            for times, taken in zip(found.values(), (ours(LIST), theirs(BARE), ours({}), theirs(PAGE)), strict=True):
                times.append(taken)
        other.stdin.close()
    lines = ["| what | median | p95 | p99 | p99 / median | a second |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    lines += [row(name, times) for name, times in found.items()]
    own_list, bare, own_page, page = map(statistics.median, found.values())
    lines += ["", f"Beside datasette's pages a second: the list {bare / own_list:.1f}, the page {page / own_page:.1f}."]
    print("\n".join(lines))
    if options.write:
        events = Event.objects.on_page().count()
        write_section(HEADING, [PREFACE.format(events=events, rounds=options.rounds), "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
