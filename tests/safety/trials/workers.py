"""Workers are killed while they read; others finish what they had, and nothing twice."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Callable
from functools import partial

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
    waits = []
    with site.serving() as server:
        answer = Editor(server).send("/admin/background/", {}, {"file": ("storms.jsonl", file.read_bytes())})
        assert answer.status == 302, answer.data
        worker = begin(site)
        try:
            for n in trial.each():
                wait_for(partial(has_read_more, site, done(site)))
                time.sleep(trial.chance.uniform(0, 0.5))
                had = running(site)
                kill(worker)
                at = time.monotonic()
                worker.communicate()
                worker = begin(site)
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
            worker.communicate()
    [(taken, doubled, refused)] = site.ask("SELECT sum(taken), sum(duplicates), sum(refused) FROM timeline_workpart")
    trial.check((taken, doubled, refused) == (number, 0, 0), f"{taken} taken, {doubled} doubled, {refused} refused")
    trial.check(site.state() == peace.state(), "what is stored is not what is stored in peace")
    trial.notes["articles"] = f"{number}"
    trial.notes["taken up after"] = f"{max(waits, default=0):.1f} s at most, with a lease of {LEASE}"


def begin(site: Site) -> subprocess.Popen[str]:
    worker = site.start("worker", "--lease", str(LEASE))
    assert worker.stdout
    assert worker.stdout.readline().endswith("is ready\n")
    return worker


def done(site: Site) -> int:
    [(read,)] = site.ask("SELECT sum(taken + duplicates + refused) FROM timeline_workpart")
    return int(read or 0)


def has_read_more(site: Site, before: int) -> bool:
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
