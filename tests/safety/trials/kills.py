"""An ingest is killed: at random moments, and in the place of each of its writes."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from tests.safety.forked import Forked
from tests.safety.goals import Goal, Trial, told
from tests.safety.press import lines_of, pieces
from tests.safety.site import SQLITE, Site, kill

STORED = 3  # articles, in the trial of every write
MANY = 8  # in that of random moments


def at_random_moments(trial: Trial) -> None:
    """Mostly while something is being stored; one in five at any moment of the command, from its start on.

    Each begins with an empty database, leaves some of the articles whole, and going on stores the rest.
    """
    given = pieces(MANY)
    file = trial.folder / "records.jsonl"
    file.write_text(lines_of(given))
    site = trial.site()
    ends: Counter[str] = Counter()
    with Forked(site, given) as forked:
        whole = steps(site, forked)
        site.empty()
        storing = timed(lambda: forked.store())
        site.empty()
        command = timed(lambda: site.run("ingest", "--jsonl", str(file)))
        trial.check(forked.state() == whole[-1], "the command stores something else")
        for n in trial.each():
            site.empty()
            if n % 5:
                seconds = trial.chance.uniform(0, storing)
                killed = forked.store(after=seconds).signal == signal.SIGKILL
            else:
                seconds = trial.chance.uniform(0, command)
                killed = was_killed(site.start("ingest", "--jsonl", str(file)), seconds)
            about = f"kill {n}, after {seconds:.3f} s"
            left = forked.state()
            trial.check(left in whole, f"{about}: half an article")
            trial.wrong += [f"{about}: {one}" for one in site.damage()]
            ends["with none of them" if left == whole[0] else "with all" if left == whole[-1] else "with some"] += (
                killed
            )
            ends["after the end"] += not killed
            forked.store()
            trial.check(forked.state() == whole[-1], f"{about}: lost or doubled")
    trial.notes["articles"] = str(MANY)
    trial.notes["killed"] = told(+ends)


def timed(what: Callable[[], object]) -> float:
    """The seconds that it takes."""
    began = time.monotonic()
    what()
    return time.monotonic() - began


def was_killed(process: subprocess.Popen[str], seconds: float) -> bool:
    """Whether it was still at it after so many seconds; then it is killed."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill(process)
        process.communicate()
        return True
    return False


def in_the_place_of_each_write(trial: Trial) -> None:
    """What is stored afterwards is what was stored after one of the articles; going on stores the rest."""
    site = trial.site()
    prefix = str(site.file) if site.database == SQLITE else "socket:"
    with Forked(site, pieces(STORED)) as forked:
        whole = steps(site, forked)
        site.empty()
        writes = forked.store(fault=f"count:0:{prefix}").writes
        chosen = range(1, writes + 1) if trial.number >= writes else spread(writes, trial.number)
        ways: Counter[str] = Counter()
        for n in trial.each(chosen):
            way = "torn" if chosen[n] % 2 else "kill"
            site.empty()
            killed = forked.store(fault=f"{way}:{chosen[n]}:{prefix}")
            # PostgreSQL is asked once more or less from run to run, so that the last may not be reached.
            trial.check(killed.signal == 9 or killed.writes < chosen[n], f"write {chosen[n]} did not kill: {killed}")
            ways[way] += 1
            trial.wrong += site.damage()
            trial.check(forked.state() in whole, f"half an article after write {chosen[n]} ({way})")
            forked.store()
            trial.check(forked.state() == whole[-1], f"lost or doubled after write {chosen[n]} ({way})")
    trial.notes["writes of one run"] = f"{writes:,}"
    trial.notes["ways"] = told(ways)


def steps(site: Site, forked: Forked) -> list[str]:
    """What is stored before the first article and after each."""
    found = [forked.state()]
    for number in range(1, len(forked.given) + 1):
        forked.store(number)
        found.append(forked.state())
    return found


def spread(of: int, number: int) -> list[int]:
    """So many of the numbers from 1 to `of`, at equal distances."""
    return sorted({1 + round(n * (of - 1) / max(number - 1, 1)) for n in range(number)})


MOMENTS = Goal(
    "kill -9 at random moments",
    "200 on each database: nothing lost, doubled or half-written",
    many=200,
    few=6,
    attempt=at_random_moments,
)
WRITES = Goal(
    "kill -9 at every write",
    "every write of an ingest: nothing lost, doubled or half-written",
    many=1_000_000,
    few=4,
    attempt=in_the_place_of_each_write,
)
