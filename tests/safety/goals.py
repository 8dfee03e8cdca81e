"""What this software promises of its safety, how it is tried, and the page that says how it went."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from tests.safety.site import POSTGRESQL, SQLITE, Site

PAGE = Path(__file__).resolve().parents[2] / "docs" / "safety.md"
BEGINNING = """# What it has been put through

`make soak` tries each goal by the doors of the software, its commands and its pages, and writes its line here when
it is done; a short form of each is among the tests. “tried” is what was really tried in the run that wrote the line,
“wrong” how much of it did not keep the promise. Where less was tried than is to be reached, it was a shorter run; a
goal without a line has not been tried at length yet.

| goal | to reach | database | tried | wrong | seen |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Goal:
    """A promise. `many` is how much is tried to vouch for it, `few` in the tests of every day."""

    name: str
    figure: str
    many: int
    few: int
    attempt: Callable[[Trial], None]
    databases: tuple[str, ...] = (SQLITE, POSTGRESQL)
    browser: bool = False


@dataclass
class Trial:
    """One trial of a goal: how often to try, where, and what came of it. `wrong` says in words what was not kept."""

    goal: Goal
    folder: Path
    database: str
    number: int
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(6))
    sites: list[Site] = field(default_factory=list)

    def site(self, name: str = "site") -> Site:
        """A site of its own, empty."""
        site = Site(self.folder / name, self.database)
        self.sites.append(site)
        return site

    def each(self, things: Sequence[object] | None = None) -> Iterator[int]:
        """The numbers of the tries, counted as they are done, with progress in the terminal."""
        total = self.number if things is None else len(things)
        for one in tqdm(range(total), desc=f"{self.goal.name}, {self.database}", disable=None, leave=False):
            yield one
            self.tried += 1

    @property
    def is_short(self) -> bool:
        """Whether it is one of the tests of every day, in which nothing is measured by the clock."""
        return self.number <= self.goal.few

    def check(self, kept: object, otherwise: str) -> None:
        if not kept:
            self.wrong.append(otherwise)

    def line(self) -> str:
        cells = (
            self.goal.name,
            self.goal.figure,
            self.database,
            f"{self.tried:,}",
            f"{len(self.wrong):,}",
            "; ".join(f"{name} {value}" for name, value in self.notes.items()),
        )
        return "| " + " | ".join(re.sub(r"\s+", " ", cell).replace("|", "/") for cell in cells) + " |"


@contextmanager
def trial(goal: Goal, folder: Path, database: str, number: int) -> Iterator[Trial]:
    """A trial whose databases are gone in the end."""
    one = Trial(goal, folder, database, number)
    try:
        yield one
    finally:
        for site in one.sites:
            site.close()


def write_line(done: Trial, order: Sequence[str], page: Path = PAGE) -> None:
    """Put the line of a trial in the place of the one before it, in the order of the goals."""
    text = page.read_text("utf-8") if page.exists() else BEGINNING
    head, rule, rows = text.partition("| --- | --- | --- | --- | --- | --- |\n")
    lines = {key_of(row): row for row in rows.splitlines() if row.startswith("| ")}
    lines[key_of(done.line())] = done.line()
    places = {name: place for place, name in enumerate(order)}
    kept = sorted(lines, key=lambda key: (places.get(key[0], len(places)), key[1] != SQLITE))
    page.write_text(head + rule + "".join(f"{lines[key]}\n" for key in kept), "utf-8")


def key_of(line: str) -> tuple[str, str]:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return cells[0], cells[2]


def told(counted: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counted.most_common())


def load() -> str:
    """How busy the machine is, beside what was measured."""
    return f"{os.getloadavg()[0]:.1f} of {os.cpu_count()}"
