"""How a benchmark of the site measures: the clock that a busy machine disturbs least, shares of many times, and rows of
a table that say what was to be reached."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
# Where a server answers, the least of so many times in a row: what else the machine does only ever adds.
ASKED = 3


def timed(act: Callable[[], object], *, elsewhere: bool) -> float:
    """The milliseconds that something takes: of this thread's processor, in which SQLite works, or, where a server
    does it `elsewhere`, by the clock."""
    if not elsewhere:
        started = time.thread_time()
        act()
        return (time.thread_time() - started) * 1000
    found = []
    for _ in range(ASKED):
        started = time.perf_counter()
        act()
        found.append((time.perf_counter() - started) * 1000)
    return min(found)


def steady() -> float:
    """The milliseconds of the processor for a fixed piece of work: where they differ, the machine was busy elsewhere,
    and all other figures are as much too high."""
    started = time.thread_time()
    found: dict[int, int] = {}
    for number in range(20_000):
        found[number * 7919 % 10_007] = number
    return (time.thread_time() - started) * 1000


def share(values: Sequence[float], part: float) -> float:
    """The value that so large a part of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@dataclass(frozen=True)
class Wanted:
    """What is to be reached, and whether it is."""

    words: str
    reached: bool

    def __str__(self) -> str:
        return f"{self.words} {'✓' if self.reached else '✗'}"


def line(name: str, times: Sequence[float], wanted: Sequence[Wanted] = ()) -> str:
    """A row of a table: median, p95, p99 and worst in milliseconds."""
    cells = [statistics.median(times), share(times, 0.95), share(times, 0.99), max(times)]
    told = "; ".join(map(str, wanted))
    return f"| {name} | {' | '.join(f'{cell:,.2f}' for cell in cells)} | {told} |"


HEADER = ("| milliseconds | median | p95 | p99 | worst | wanted |", "| --- | ---: | ---: | ---: | ---: | --- |")


def machine(vendor: str) -> str:
    """Where it was measured, in words."""
    import django
    from django.db import connection

    known = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = next((row.partition(":")[2].strip() for row in known.splitlines() if row.startswith("model name")), "")
    if vendor == "sqlite":
        engine = f"SQLite {sqlite3.sqlite_version}"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            engine = f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
    return (
        f"{os.cpu_count()} processors ({model or platform.machine()}), Python {platform.python_version()}, Django "
        f"{django.__version__}, {engine}."
    )


def counted(answers: Iterable[dict[str, float | list[float]]]) -> dict[str, list[float]]:
    """Times of the same name, put together."""
    found: dict[str, list[float]] = {}
    for answer in answers:
        for name, times in answer.items():
            found.setdefault(name, []).extend(times if isinstance(times, list) else [times])
    return found


class Beside:
    """A process of its own beside a database, that answers each line with one."""

    def __init__(self, module: str, database: str | None, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **({"DATABASE_URL": database} if database else {})},
        )
        self.told: Any = self._answer()

    def ask(self, what: object) -> Any:
        self.tell(what)
        return self._answer()

    def tell(self, what: object) -> None:
        stdin = _pipe(self.process.stdin)
        stdin.write(f"{json.dumps(what)}\n")
        stdin.flush()

    def end(self) -> None:
        _pipe(self.process.stdin).close()
        self.process.wait()

    def _answer(self) -> Any:
        answer = _pipe(self.process.stdout).readline()
        if not answer:
            raise SystemExit("a process beside the database ended")
        return json.loads(answer)


def asked() -> Iterator[Any]:
    """What such a process is asked, line by line."""
    return (json.loads(row) for row in sys.stdin)


def answer(what: object) -> None:
    print(json.dumps(what), flush=True)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
