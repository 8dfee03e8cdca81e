"""The disk is full, or does not answer: said in one line, with an exit code of its own, and nothing half done."""

from __future__ import annotations

from collections import Counter

from tests.safety.forked import Forked
from tests.safety.goals import Goal, Trial, told
from tests.safety.press import lines_of, pieces
from tests.safety.site import SQLITE
from tests.safety.trials.kills import STORED, spread, steps
from tests.safety.world import failing

NOT_WRITABLE = 4
LINE = "The database cannot be written: "


def at_points(trial: Trial) -> None:
    """The command, at so many of its writes, half of them met by a full disk and half by one that fails."""
    given = pieces(STORED)
    file = trial.folder / "records.jsonl"
    file.write_text(lines_of(given))
    site = trial.site()
    said: Counter[str] = Counter()
    with Forked(site, given) as forked:
        whole = steps(site, forked)
        site.empty()
        points = spread(forked.store(fault=f"count:0:{site.file}").writes, trial.number)
        for n in trial.each(points):
            kind = "full" if n % 2 else "fail"
            at = f"{kind} at write {points[n]}"
            site.empty()
            done = site.run("ingest", "--jsonl", str(file), environment=failing(kind, points[n], site.file))
            trial.check(done.code == NOT_WRITABLE, f"{at}: code {done.code}: {done.err[-200:]}")
            lines = [line for line in done.err.splitlines() if line.startswith(LINE)]
            trial.check(len(lines) == 1, f"{at}: no line says so: {done.err[-200:]}")
            trial.check("Traceback" not in done.err + done.out, f"{at}: a traceback")
            said.update(line.removeprefix(LINE) for line in lines)
            trial.wrong += [f"{at}: {one}" for one in site.damage()]
            trial.check(forked.state() in whole, f"{at}: half an article")
            forked.store()
            trial.check(forked.state() == whole[-1], f"{at}: lost or doubled")
    trial.notes["said"] = told(said)


DISKS = Goal(
    "disk full, I/O error",
    "50 points: nothing lost, a clear line, exit code 4",
    many=50,
    few=2,
    attempt=at_points,
    databases=(SQLITE,),
)
