"""How fast the index answers, beside the same questions as the ORM writes them, and beside a smaller archive.

    DATABASE_URL=… python -m tests.benchmarks.search [--questions 600] [--small URL] [--write]

Asks databases that were filled before (`manage.py generate`, `tests.benchmarks.multiply`) and changes nothing in them.
The questions are drawn from a seed: one to three filters of actors, speaker, words, place, publisher, kind, status,
dates, quotes. Every tenth is put to the ORM too, right after the index. With `--small` a second archive is asked
questions of its own in turns. Milliseconds are of the processor on SQLite and by the clock, the least of three, on
PostgreSQL; what counts are the ratios. `--write` writes the table into docs/speed.md.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.benchmarks.measuring import (
    HEADER,
    Beside,
    Wanted,
    answer,
    asked,
    counted,
    line,
    machine,
    share,
    steady,
    timed,
)
from tests.benchmarks.pages import write_section

QUESTIONS, AT_ONCE = 600, 20
PAGE = 50
EVERY = 10  # one question of so many is put to the ORM too
# Milliseconds to reach, and how many times as fast as the ORM: p95 and worst of a page of keys, of all the numbers.
TO_REACH = {"sqlite": (8, 60, 60, 500), "postgresql": (15, 60, 120, 500)}
FASTER, GROWTH, STEADY = 30, 6, 1.3
TIMES = ("keys", "numbers", "ours", "plain", "common", "deep", "steady")
PREFACE = """\
Written by `python -m tests.benchmarks.search --write`: {questions} random combinations of filters, drawn from a seed,
put to {size}.
{clock} The ORM was asked every tenth of them, right after the index.
{machine}"""
CLOCKS = {
    "sqlite": "Milliseconds of the processor, each question asked once.",
    "postgresql": "Milliseconds by the clock, the least of three.",
}


# --- in a process of its own, beside one database --------------------------------------------------------------------


class Asker:
    """Questions to one archive."""

    def __init__(self, questions: int) -> None:
        from django.db import connection

        from tests.search.plain import Asked
        from timeline.search import asking
        from timeline.search.query import EventQuery

        self.elsewhere = connection.vendor == "postgresql"
        self.size = asking.events(EventQuery()).size
        if self.size < 1000:
            sys.exit(f"{self.size:,} events are too few to measure; fill a database with `manage.py generate`")
        self.pick = random.Random(1)
        self.draw()
        self.questions: list[Asked] = [self.question() for _ in range(questions)]
        self.leading = max(set(self.actors), key=self.actors.count)

    def drawn(self, model: Any, column: str, count: int = 300) -> list[Any]:
        """Values as often as rows have them: what is frequent is asked for more often."""
        last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        found = model.objects.filter(pk__in={self.pick.randint(1, last) for _ in range(count * 3)})
        return [one for one in found.values_list(column, flat=True) if one is not None]

    def draw(self) -> None:
        from timeline.models import Event, Participation, Place, Publisher, Statement
        from timeline.search.words import words_of

        self.actors = self.drawn(Participation, "actor")
        self.speakers = self.drawn(Statement, "speaker")
        self.places = self.drawn(Event, "place") or list(Place.objects.values_list("pk", flat=True)[:100])
        self.publishers = list(Publisher.objects.values_list("pk", flat=True)[:100])
        self.kinds = self.drawn(Event, "kind")
        self.words = [word for title in self.drawn(Event, "title") for word in words_of(title) if len(word) > 3]
        self.days = [day for day in self.drawn(Event, "earliest") if isinstance(day, date)]

    def question(self) -> Any:
        from tests.search.plain import Asked
        from timeline.vocabulary import StatementKind

        pick = self.pick
        makers: list[Callable[[], dict[str, object]]] = [
            lambda: {"actors": (pick.choice(self.actors),)},
            lambda: {"actors": tuple(pick.sample(self.actors, 2))},
            lambda: {"speaker": pick.choice(self.speakers)},
            lambda: {"words": pick.choice(self.words)},
            lambda: {"words": " ".join(pick.sample(self.words, 2))},
            lambda: {"place": pick.choice(self.places)},
            lambda: {"publisher": pick.choice(self.publishers)},
            lambda: {"kind": pick.choice(self.kinds)},
            lambda: {"mark": pick.choice(["automatic", "confirmed", "disputed", "hedged", "corrected"])},
            lambda: {"first": pick.choice(self.days)},
            lambda: {"first": (day := pick.choice(self.days)), "last": day + timedelta(days=pick.choice((30, 365)))},
            lambda: {"kinds": (StatementKind.DIRECT, StatementKind.MIXED)},
        ]
        found: dict[str, object] = {}
        for make in pick.sample(makers, pick.randint(1, 3)):
            found |= make()
        return Asked(**found)  # type: ignore[arg-type]

    def round(self, first: int, *, plain: bool) -> dict[str, list[float]]:
        """Put the next questions; the times by what was asked for."""
        from timeline.search import asking
        from timeline.search.query import EventQuery

        found: dict[str, list[float]] = {
            name: [] for name in ("keys", "numbers", "ours", "plain", "common", "deep", "steady")
        }
        for number in range(first, min(first + AT_ONCE, len(self.questions))):
            question = self.questions[number]
            found["keys"].append(self.timed(lambda q=question: _keys(asking.events(q.query()))))
            found["numbers"].append(self.timed(lambda q=question: _numbers(asking.events(q.query()))))
            if plain and number % EVERY == 0:
                found["ours"].append(found["keys"][-1])
                found["plain"].append(self.timed(lambda q=question: _plain(q)))
        leading = EventQuery().involving(self.leading)
        middle = asking.events(EventQuery()).keys(limit=1)[0].chrono // 2 + _newest() // 2
        for _ in range(3):
            found["common"].append(self.timed(lambda: _keys(asking.events(leading))))
            found["deep"].append(self.timed(lambda: _keys(asking.events(leading), after=middle)))
            found["deep"].append(self.timed(lambda: _keys(asking.events(EventQuery()), after=middle)))
            found["steady"].append(steady())
        return found

    def timed(self, act: Callable[[], object]) -> float:
        return timed(act, elsewhere=self.elsewhere)


def _keys(found: Any, after: int | None = None) -> object:
    return found.keys(after=after, newest_first=True, limit=PAGE)


def _numbers(found: Any) -> object:
    return found.total, found.density, found.tags if not found.knows_totals else None


def _plain(question: Any) -> object:
    from tests.search.plain import plain_events

    return list(plain_events(question).order_by("-earliest", "-pk").values_list("pk", flat=True)[:PAGE])


def _newest() -> int:
    from timeline.search import asking
    from timeline.search.query import EventQuery

    return asking.events(EventQuery()).keys(newest_first=True, limit=1)[0].chrono


def serve(questions: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
    from django.db import connection

    from timeline.models import Article, Statement

    asker = Asker(questions)
    asker.round(0, plain=False)  # statements are compiled, pages are read
    sizes = {"events": asker.size, "statements": Statement.objects.count(), "articles": Article.objects.count()}
    answer({"sizes": sizes, "vendor": connection.vendor, "machine": machine(connection.vendor)})
    for first, plain in asked():
        answer(asker.round(first, plain=plain))


# --- the measurement -------------------------------------------------------------------------------------------------


def measure(questions: int, small: str | None) -> tuple[dict[str, Any], dict[str, list[float]], dict[str, list[float]]]:
    """What is told of the archive, its times, and those of the small one, which are none where there is none."""
    arguments = ("--questions", str(questions), "--serve")
    large = Beside("tests.benchmarks.search", None, *arguments)
    other = Beside("tests.benchmarks.search", small, *arguments) if small else None
    rounds: list[tuple[Any, Any]] = []
    for first in range(0, questions, AT_ONCE):
        rounds.append((large.ask((first, True)), other.ask((first, False)) if other else {}))
    large.end()
    if other:
        other.end()
        large.told["small"] = other.told["sizes"]["events"]
    return large.told, counted(one for one, _ in rounds), counted(one for _, one in rounds)


def table(told: dict[str, Any], times: dict[str, list[float]], small: dict[str, list[float]]) -> list[str]:
    """Lines of a table in Markdown."""
    p95, worst, numbers, most = TO_REACH[told["vendor"]]
    keys = times["keys"]
    lines = [
        *HEADER,
        line(
            "keys of a page of 50",
            keys,
            [
                Wanted(f"p95 <= {p95}", share(keys, 0.95) <= p95),
                Wanted(f"worst <= {worst}", max(keys) <= worst),
            ],
        ),
        line(f"the {len(times['ours'])} of them that were put to both: index", times["ours"]),
        line("the same, as the ORM writes them", times["plain"]),
        line(
            "count, choices and graphic",
            times["numbers"],
            [
                Wanted(f"p95 <= {numbers}", share(times["numbers"], 0.95) <= numbers),
                Wanted(f"worst <= {most}", max(times["numbers"]) <= most),
            ],
        ),
        line("the leading actor's newest", times["common"]),
        line("half way down the list", times["deep"]),
        line("a fixed piece of work, to tell how busy the machine was", times["steady"]),
        "",
        "| ratio | found | wanted |",
        "| --- | ---: | --- |",
    ]
    ratio = share(times["plain"], 0.95) / share(times["ours"], 0.95)
    lines.append(_ratio("p95, the ORM's beside the index's", ratio, f">= {FASTER}", ratio >= FASTER))
    if small:
        growth = share(keys, 0.95) / share(small["keys"], 0.95)
        beside = f", beside {told['small']:,} events"
        lines.append(_ratio(f"p95 of the keys{beside}", growth, f"<= {GROWTH}", growth <= GROWTH))
        for name, words in (("common", "the leading actor's newest"), ("deep", "half way down the list")):
            steady = statistics.median(times[name]) / statistics.median(small[name])
            lines.append(_ratio(f"median of {words}{beside}", steady, f"<= {STEADY}", steady <= STEADY))
    return lines


def _ratio(name: str, found: float, wanted: str, reached: bool) -> str:
    return f"| {name} | {found:,.2f} | {Wanted(wanted, reached)} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--small", help="the database of a smaller archive, as DATABASE_URL names it")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.questions)
        return 0
    told, times, small = measure(options.questions, options.small)
    size = ", ".join(f"{number:,} {name}" for name, number in told["sizes"].items())
    preface = PREFACE.format(
        questions=options.questions, size=size, clock=CLOCKS[told["vendor"]], machine=told["machine"]
    )
    lines = [preface, "", *table(told, times, small)]
    print("\n".join(lines))
    if options.write:
        write_section(f"Search: {'SQLite' if told['vendor'] == 'sqlite' else 'PostgreSQL'}", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
