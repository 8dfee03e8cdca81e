"""Tries every promise of safety at length: python -m tests.safety.soak [--number N] [NAME...]

Without names all of them. Each that is done prints its line and writes it into docs/safety.md; PostgreSQL is tried
where DATABASE_URL names a server (tests/postgres --run starts one). Ends with 1 where a promise was not kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.safety.goals import Goal, Trial, trial, write_line
from tests.safety.site import POSTGRESQL, postgres_server
from tests.safety.trials import GOALS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.safety.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(GOALS)}")
    parser.add_argument("--number", type=int, help="how often, in the place of what each goal asks for")
    given = parser.parse_args()
    unknown = set(given.names) - set(GOALS)
    if unknown:
        parser.error(f"no goal is called {', '.join(sorted(unknown))}; there are {', '.join(GOALS)}")
    done = []
    for name in given.names or GOALS:
        for database in GOALS[name].databases:
            if database != POSTGRESQL or postgres_server():
                done.append(tried(GOALS[name], database, given.number))
    if len(done) > 1:
        print(*(one.line() for one in done), sep="\n")
    sys.exit(any(one.wrong for one in done))


def tried(goal: Goal, database: str, number: int | None) -> Trial:
    with (
        tempfile.TemporaryDirectory(prefix="timeline-soak-", ignore_cleanup_errors=True) as folder,
        trial(goal, Path(folder), database, number or goal.many) as one,
    ):
        goal.attempt(one)
    print(one.line(), *one.wrong[:20], sep="\n  ", flush=True)
    write_line(one, [each.name for each in GOALS.values()])
    return one


if __name__ == "__main__":
    main()
