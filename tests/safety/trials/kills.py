"""An ingest is killed: at random moments, and in the place of each of its writes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from subprocess import TimeoutExpired

from tests.safety.forked import Forked
from tests.safety.goals import Goal, Trial, told
from tests.safety.press import lines_of, pieces
from tests.safety.site import SQLITE, Site, kill

STORED = 3  # articles, in the trial of every write


def at_random_moments(trial: Trial) -> None:
    """One run over many articles is killed again and again, started again each time, and at last left in peace."""
    number = max(8, trial.number)
    file = articles(trial.folder, number)
    peace = trial.site("peace")
    assert peace.run("ingest", "--jsonl", file).code == 0
    site = trial.site("killed")
    at: Counter[str] = Counter()
    for _ in trial.each():
        process = site.start("ingest", "--jsonl", file)
        # The model takes some seconds to load; half of the moments are after that.
        seconds = trial.chance.choice((trial.chance.uniform(0, 3), trial.chance.uniform(2.5, 6)))
        try:
            process.communicate(timeout=seconds)
            at["too late"] += 1
        except TimeoutExpired:
            kill(process)
            process.communicate()
        trial.wrong += site.damage()
    last = site.run("ingest", "--jsonl", file)
    trial.check(last.code == 0, f"the last run: {last.err[-300:]}")
    trial.check(site.state() == peace.state(), "what is stored is not what is stored in peace")
    trial.notes["articles"] = f"{site.count('article'):,} of {number:,}"
    if at:
        trial.notes["after the end"] = str(at.total())


def articles(folder: Path, number: int) -> str:
    file = folder / "records.jsonl"
    file.write_text(lines_of(pieces(number)))
    return str(file)


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
    for number in range(1, STORED + 1):
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
    few=1,
    attempt=at_random_moments,
)
WRITES = Goal(
    "kill -9 at every write",
    "every write of an ingest: nothing lost, doubled or half-written",
    many=1_000_000,
    few=4,
    attempt=in_the_place_of_each_write,
)
