"""Workers are killed while they read; others finish what they had, and nothing twice."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.safety.editor import Editor
from tests.safety.goals import Goal, Trial
from tests.safety.press import lines_of, pieces
from tests.safety.site import PATIENCE, Site, kill

LEASE = 4  # seconds
EACH = 6  # articles a worker that is killed


def killed(trial: Trial) -> None:
    """One after another is killed while it reads, each time another goes on; at last all is stored once."""
    number = EACH * trial.number + 10
    given = pieces(number)
    peace = trial.site("peace")
    file = trial.folder / "storms.jsonl"
    file.write_text(lines_of(given))
    assert peace.run("ingest", "--jsonl", str(file), patience=3 * PATIENCE).code == 0
    site = trial.site()
    log = trial.folder / "workers.log"
    waits = []
    with site.serving() as server:
        answer = Editor(server).send("/admin/background/", {}, {"file": ("storms.jsonl", file.read_bytes())})
        assert answer.status == 302, answer.data
        worker = begin(site, log)
        try:
            for n in trial.each():
                wait_for(partial(has_read_more, site, done(site), worker, log))
                time.sleep(trial.chance.uniform(0, 0.5))
                had = running(site)
                kill(worker)
                at = time.monotonic()
                worker = begin(site, log)
                ready = time.monotonic()
                if had:
                    wait_for(partial(has_changed_hands, site, had))
                    waits.append(time.monotonic() - at)
                    late = time.monotonic() - max(at + LEASE, ready)
                    trial.check(trial.is_short or late <= 5, f"kill {n}: taken up {late:.1f} s after the lease")
                trial.wrong += site.damage()
            wait_for(lambda: done(site) == number, 3 * PATIENCE)
        finally:
            with contextlib.suppress(ProcessLookupError):
                kill(worker)
    [(taken, doubled, refused)] = site.ask("SELECT sum(taken), sum(duplicates), sum(refused) FROM timeline_workpart")
    trial.check((taken, doubled, refused) == (number, 0, 0), f"{taken} taken, {doubled} doubled, {refused} refused")
    trial.check(site.state() == peace.state(), "what is stored is not what is stored in peace")
    trial.notes["articles"] = f"{number}"
    trial.notes["taken up after"] = f"{max(waits, default=0):.1f} s at most, with a lease of {LEASE}"


def begin(site: Site, log: Path) -> subprocess.Popen[str]:
    """A worker that has said that it is ready; all that it says is in the log."""
    at = log.stat().st_size if log.exists() else 0
    with log.open("a") as out:
        worker = site.start("worker", "--lease", str(LEASE), stdout=out, stderr=out)
    wait_for(lambda: worker.poll() is not None or "is ready\n" in log.read_text()[at:])
    assert worker.poll() is None, log.read_text()[at:]
    return worker


def done(site: Site) -> int:
    [(read,)] = site.ask("SELECT sum(taken + duplicates + refused) FROM timeline_workpart")
    return int(read or 0)


def has_read_more(site: Site, before: int, worker: subprocess.Popen[str], log: Path) -> bool:
    assert worker.poll() is None, f"the worker ended by itself, with {worker.returncode}: {log.read_text()[-2000:]}"
    return done(site) > before


def running(site: Site) -> set[str]:
    """The workers that have something."""
    return {name for (name,) in site.ask("SELECT worker FROM timeline_workpart WHERE state = 'running'")}


def has_changed_hands(site: Site, had: set[str]) -> bool:
    return not running(site) & had


def wait_for(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


WORKERS = Goal(
    "workers killed by kill -9",
    "20 of 20 on each database: nothing lost or doubled, taken up within the lease and 5 s",
    many=20,
    few=1,
    attempt=killed,
)
