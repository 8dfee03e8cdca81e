"""How fast the pages of the site are, for readers and for editors, and what a process of it weighs.

    DATABASE_URL=… python -m tests.benchmarks.site [--rounds 6] [--add N] [--write]

On a database filled before (`manage.py generate`, `tests.benchmarks.multiply`). Pages are answered in the handler, with
all middleware. Sixteen readers ask a server of two processes, in turns while nothing is written and while a process of
its own stores articles, `--add` of them in all; nothing else is changed. Milliseconds are of the processor on SQLite
and by the clock on PostgreSQL, those of the readers always by the clock. `--write` writes the table into docs/speed.md.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import os
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from tests.benchmarks.measuring import HEADER, ROOT, Beside, Wanted, line, machine, share, timed
from tests.benchmarks.pages import write_section

ROUNDS, READERS, PHASE = 6, 16, 6.0
LIST = {"HX-Request": "true", "HX-Target": "div#events"}
SUMMARY = {"HX-Request": "true", "HX-Target": "div#overview"}
SLOWEST, LONGEST_TAIL, UNCHANGED, ADMIN, DISTURBED = 40, 4, 20, 300, 2
MOST_MEMORY, SLOWEST_START = 90, 1.3
PREFACE = """\
Written by `python -m tests.benchmarks.site --write`, on {size}.
Milliseconds of the processor in the handler, those of the sixteen readers by the clock, with two processes of the
server beside them.
{machine}"""


class Pages:
    """The pages of one archive, as a reader and as an editor get them."""

    def __init__(self, rounds: int) -> None:
        from django.contrib.auth.models import User
        from django.db import connection
        from django.db.models import Count
        from django.test import Client

        from timeline.models import Actor, Event, Participation
        from timeline.search.words import words_of

        self.rounds = rounds
        self.elsewhere = connection.vendor == "postgresql"
        newest = Event.objects.on_page().newest_first()[:200]
        leading = Participation.objects.filter(event__in=[event.pk for event in newest]).values("actor")
        most = leading.annotate(number=Count("pk")).order_by("-number").first()
        actor = Actor.objects.get(pk=most["actor"] if most else 1)
        word = words_of(newest[0].title)[-1]
        self.addresses = [
            "/", "/?sort=newest", f"/?actor={actor.uid}", "/?kind=meeting&sort=newest", f"/?q={quote(word)}",
            "/?direct=1&sort=newest", "/?status=confirmed", "/statements/",
        ]  # fmt: skip
        self.words = [word, quote(actor.name), "zebra"]
        self.reader = Client(headers={"host": "localhost"})
        self.editor = Client(headers={"host": "localhost"})
        by = User(username="benchmark", is_staff=True, is_superuser=True)
        by.save()
        self.editor.force_login(by)

    def timed(self, address: str, *, editor: bool = False, **headers: str) -> float:
        client = self.editor if editor else self.reader
        found: list[int] = []
        took = timed(lambda: found.append(client.get(address, headers=headers).status_code), elsewhere=self.elsewhere)
        if found[-1] not in (200, 304):
            sys.exit(f"{address} answers {found[-1]}")
        return took

    def lists(self) -> list[float]:
        return [self.timed(one, **LIST) for _ in range(self.rounds) for one in self.addresses]

    def summaries(self) -> list[float]:
        return [self.timed(one, **SUMMARY) for _ in range(max(self.rounds // 3, 1)) for one in self.addresses[:-1]]

    def unchanged(self) -> tuple[list[float], list[float]]:
        """Whole pages, and the same again to a browser that has them; in turns."""
        whole, again = [], []
        for _ in range(self.rounds):
            for address in self.addresses[:3]:
                tag = self.reader.get(address).headers["ETag"]
                whole.append(self.timed(address))
                again += [self.timed(address, **{"If-None-Match": tag}) for _ in range(5)]
        return whole, again

    def of_editors(self) -> dict[str, list[float]]:
        """Every list of the editor, its last page that can be turned to, and its search."""
        from django.contrib import admin

        found: dict[str, list[float]] = {"lists": [], "searches": []}
        for model in admin.site._registry:
            if model._meta.app_label != "timeline":
                continue
            address = f"/admin/timeline/{model._meta.model_name}/"
            found["lists"] += [self.timed(one, editor=True) for one in (address, f"{address}?o=-1")]
            searched = [f"{address}?q={word}" for word in self.words]
            found["searches"] += [self.timed(one, editor=True) for one in searched]
        return found


# --- sixteen readers -------------------------------------------------------------------------------------------------


@contextmanager
def server() -> Iterator[int]:
    """The site as it is served, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "timeline.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def read(port: int, addresses: Sequence[str], seconds: float) -> tuple[list[float], int]:
    """Let sixteen read for a while; how long each answer took, in milliseconds, and how many were none."""
    times: list[float] = []
    failed: list[object] = []
    end = time.monotonic() + seconds

    def reader(number: int) -> None:
        at = number
        while time.monotonic() < end:
            at += 1
            started = time.perf_counter()
            try:
                asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                asked.request("GET", addresses[at % len(addresses)], headers=LIST)
                answered = asked.getresponse()
                answered.read()
                if answered.status != 200:
                    failed.append(answered.status)
                asked.close()
            except OSError as error:
                failed.append(error)
            times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failed)


def together(addresses: Sequence[str], size: int, add: int, rounds: int) -> dict[str, Any]:
    """The readers' times while nothing is written and while articles are stored, in turns."""
    found: dict[str, Any] = {"quiet": [], "adding": [], "failed": 0, "added": 0}
    storing = Beside("tests.benchmarks.growth", None, "--serve", str(size))
    with server() as port:
        read(port, addresses, 2)
        for _ in range(rounds):
            for name in ("quiet", "adding"):
                stop = threading.Event()
                adding = threading.Thread(target=_store, args=(storing, add // rounds, stop, found))
                if name == "adding":
                    adding.start()
                times, failed = read(port, addresses, PHASE)
                found[name] += times
                found["failed"] += failed
                stop.set()
                if name == "adding":
                    adding.join()
    storing.end()
    return found


def _store(storing: Beside, most: int, stop: threading.Event, found: dict[str, Any]) -> None:
    for _ in range(most):
        if stop.is_set():
            return
        storing.ask(1)
        found["added"] += 1


# --- a process -------------------------------------------------------------------------------------------------------

PROCESS = """\
import gc
import sys
from wsgiref.util import setup_testing_defaults
from timeline.wsgi import application
gc.collect()
gc.freeze()
for address in sys.argv[1:]:
    path, _, query = address.partition("?")
    asked = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    setup_testing_defaults(asked)
    answer = application(asked, lambda status, headers: None)
    assert b"".join(answer)
    answer.close()
with open("/proc/self/status") as status:
    print(next(row.split()[1] for row in status if row.startswith("VmRSS")), "spacy" in sys.modules)
"""
SETUP = "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'timeline.settings'); import django; django.setup()"


def memory(addresses: Sequence[str]) -> tuple[float, bool]:
    """The megabytes of a web process that has made some pages, and whether it holds the language model."""
    command = [sys.executable, "-c", PROCESS, *addresses]
    kilobytes, loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return int(kilobytes) / 1024, loaded == "True"


def starts(rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of the processor for a command that does nothing, and for `django.setup()` alone, in turns."""
    command = [sys.executable, "manage.py", "migrate", "--help"]
    whole, bare = [], []
    for _ in range(rounds):
        whole.append(_seconds(command))
        bare.append(_seconds([sys.executable, "-c", SETUP]))
    return whole, bare


def _seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


# --- the measurement -------------------------------------------------------------------------------------------------


def measure(rounds: int, add: int) -> Iterator[str]:
    """Lines of a table in Markdown."""
    from django.db import transaction

    from timeline.models import Event

    events = Event.objects.count()
    with transaction.atomic():
        pages = Pages(rounds)
        pages.editor.get("/admin/")
        for address in pages.addresses:
            pages.reader.get(address)
        # As a process of the server does once it has loaded what it needs (gunicorn.conf.py).
        gc.collect()
        gc.freeze()
        lists, summaries, of_editors = pages.lists(), pages.summaries(), pages.of_editors()
        transaction.set_rollback(True)
    whole, again = pages.unchanged()
    yield from HEADER
    tail = share(lists, 0.99) / statistics.median(lists)
    yield line(
        "the list, 50 events rendered",
        lists,
        [
            Wanted(f"p95 <= {SLOWEST}", share(lists, 0.95) <= SLOWEST),
            Wanted(f"p99 <= {LONGEST_TAIL} times the median", tail <= LONGEST_TAIL),
        ],
    )
    yield line("count, choices and graphic, rendered", summaries)
    yield line("the whole page", whole)
    rate = statistics.median(whole) / statistics.median(again)
    yield line("a page that has not changed: 304", again, [Wanted(f"rate >= {UNCHANGED} times", rate >= UNCHANGED)])
    for name, times in of_editors.items():
        reached = share(times, 0.95) <= ADMIN
        yield line(f"editors' {name}", times, [Wanted(f"p95 <= {ADMIN}", reached)])
    if add:
        read_by = together(pages.addresses, events // 2, add, rounds)
        ratio = share(read_by["adding"], 0.95) / share(read_by["quiet"], 0.95)
        yield line("sixteen readers, nothing written", read_by["quiet"])
        yield line(
            f"sixteen readers, {read_by['added']:,} articles stored",
            read_by["adding"],
            [
                Wanted(f"p95 <= {DISTURBED} times the quiet one: {ratio:.2f}", ratio <= DISTURBED),
                Wanted(f"no errors: {read_by['failed']}", not read_by["failed"]),
            ],
        )
    megabytes, loaded = memory(pages.addresses)
    command, bare = starts(rounds)
    start = statistics.median(command) / statistics.median(bare)
    yield ""
    yield "| process | found | wanted |"
    yield "| --- | ---: | --- |"
    yield f"| rate of the 304 beside that of the page | {rate:,.0f} | {Wanted(f'>= {UNCHANGED}', rate >= UNCHANGED)} |"
    light = megabytes <= MOST_MEMORY and not loaded
    yield f"| megabytes of a web process | {megabytes:.0f} | {Wanted(f'<= {MOST_MEMORY}, no spaCy', light)} |"
    quick = Wanted(f"<= {SLOWEST_START}", start <= SLOWEST_START)
    yield f"| start of a command beside `django.setup()` | {start:.2f} | {quick} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--add", type=int, default=0, help="how many articles to store while others read")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
    from django.db import connection

    from timeline.models import Article, Event, Statement

    counts = {"events": Event, "statements": Statement, "articles": Article}
    size = ", ".join(f"{model._default_manager.count():,} {name}" for name, model in counts.items())
    lines = [PREFACE.format(size=size, machine=machine(connection.vendor)), "", *measure(options.rounds, options.add)]
    print("\n".join(lines))
    if options.write:
        write_section(f"Pages: {'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'}", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
