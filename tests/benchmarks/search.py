"""How fast the index answers, beside the same questions as the ORM writes them.

    DATABASE_URL=… python -m tests.benchmarks.search [QUESTIONS]

Asks a database that has been filled before (`manage.py generate --events N`), and changes nothing in it. The questions
are drawn from a seed: one to three filters of actors, speaker, words, place, publisher, kind, status, dates, quotes.
Every tenth is put to the ORM too, right after the index, so that whatever else the machine does meets both. Wall-clock
milliseconds; what counts are the ratios.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

QUESTIONS = 600
PAGE = 50
EVERY = 10  # one question of so many is put to the ORM too
WARM = 20


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def row(name: str, times: Sequence[float]) -> str:
    cells = [statistics.median(times), percentile(times, 0.95), percentile(times, 0.99), max(times)]
    return f"| {name} | " + " | ".join(f"{cell * 1000:,.2f}" for cell in cells) + " |"


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tests.search.plain import Asked, plain_events
    from timeline.models import Actor, Event, Participation, Place, Publisher, Statement
    from timeline.search import asking
    from timeline.search.query import EventQuery
    from timeline.search.words import words_of
    from timeline.vocabulary import StatementKind

    size = asking.events(EventQuery()).size
    if size < 1000:
        sys.exit(f"{size:,} events are too few to measure; fill a database with `manage.py generate`")
    pick = random.Random(1)

    def drawn(model: type, column: str, count: int) -> list[int]:
        """Values as often as rows have them: what is frequent is asked for more often."""
        last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        found = model.objects.filter(pk__in={pick.randint(1, last) for _ in range(count * 3)})
        return [one for one in found.values_list(column, flat=True) if one is not None]

    actors = drawn(Participation, "actor", 300)
    speakers = drawn(Statement, "speaker", 300)
    places = drawn(Event, "place", 300) or list(Place.objects.values_list("pk", flat=True)[:100])
    publishers = list(Publisher.objects.values_list("pk", flat=True)[:100])
    kinds = drawn(Event, "kind", 300)
    words = [word for title in drawn(Event, "title", 300) for word in words_of(title) if len(word) > 3]
    days = [day for day in drawn(Event, "earliest", 300) if isinstance(day, date)]

    def question() -> Asked:
        makers: list[Callable[[], dict[str, object]]] = [
            lambda: {"actors": (pick.choice(actors),)},
            lambda: {"actors": tuple(pick.sample(actors, 2))},
            lambda: {"speaker": pick.choice(speakers)},
            lambda: {"words": pick.choice(words)},
            lambda: {"words": " ".join(pick.sample(words, 2))},
            lambda: {"place": pick.choice(places)},
            lambda: {"publisher": pick.choice(publishers)},
            lambda: {"kind": pick.choice(kinds)},
            lambda: {"mark": pick.choice(["automatic", "confirmed", "disputed", "hedged", "corrected"])},
            lambda: {"first": pick.choice(days)},
            lambda: {"first": (day := pick.choice(days)), "last": day + timedelta(days=pick.choice((30, 365)))},
            lambda: {"kinds": (StatementKind.DIRECT, StatementKind.MIXED)},
        ]
        asked: dict[str, object] = {}
        for make in pick.sample(makers, pick.randint(1, 3)):
            asked |= make()
        return Asked(**asked)  # type: ignore[arg-type]

    questions = [question() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS)]
    keys, counts, ours, plain = [], [], [], []
    for number, asked in enumerate(questions):
        index = timed(lambda asked=asked: asking.events(asked.query()).keys(newest_first=True, limit=PAGE))
        counting = timed(lambda asked=asked: count(asking.events(asked.query())))
        if number < WARM:
            continue
        keys.append(index)
        counts.append(counting)
        if number % EVERY == 0:
            ours.append(index)
            plain.append(
                timed(
                    lambda asked=asked: list(
                        plain_events(asked).order_by("-earliest", "-pk").values_list("pk", flat=True)[:PAGE]
                    )
                )
            )
    client = Client(headers={"host": "localhost"})
    leading = Actor.objects.get(pk=max(set(actors), key=actors.count))
    pages = ["/", "/?sort=newest", f"/?actor={leading.uid}", "/?kind=meeting&sort=newest", f"/?q={words[0]}"]
    lists, summaries = [], []
    for address in pages * 6:
        for into, times in (("events", lists), ("overview", summaries)):
            headers = {"HX-Request": "true", "HX-Target": f"div#{into}"}
            times.append(timed(lambda address=address, headers=headers: client.get(address, headers=headers)))
    print(f"{size:,} events, {connection.vendor}, {len(keys)} questions\n")
    print("| milliseconds | median | p95 | p99 | worst |\n| --- | --- | --- | --- | --- |")
    print(row("keys of a page, index", keys))
    print(row(f"keys of a page, index, the {len(ours)} put to both", ours))
    print(row(f"keys of a page, ORM, the {len(plain)} put to both", plain))
    print(row("count, choices and graphic, index", counts))
    print(row("list of a page in the handler", lists))
    print(row("count, choices and graphic in the handler", summaries))
    ratio = percentile(plain, 0.95) / percentile(ours, 0.95)
    print(f"\nORM / index: median {statistics.median(plain) / statistics.median(ours):.1f}, p95 {ratio:.1f}")


def count(answer) -> None:  # type: ignore[no-untyped-def]
    _ = answer.size, answer.density, answer.tags if not answer.knows_totals else None


if __name__ == "__main__":
    main()
