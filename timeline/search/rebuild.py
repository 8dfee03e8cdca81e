"""The index built anew beside the one that readers ask, while the site runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.models import Actor, Article, Event, Statement
from timeline.search import upkeep
from timeline.search.documents import of_range, read_names, table
from timeline.search.generations import ARTICLES, EVENTS, READ, STATEMENTS, Generation, ask, do, generations

# So many rows are read and written at once: writers wait for one of these, not for the whole.
BATCH = 5_000
# As long as a reader who has begun to ask the generation before may need, in seconds.
GRACE = 3.0
Report = Callable[[str, int, int], None]


class Overtaken(Exception):
    """Another rebuild has been started since: it goes on, this one ends."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    events: int
    statements: int
    seconds: float


def rebuild(connection: BaseDatabaseWrapper, report: Report, *, grace: float = GRACE) -> Rebuilt:
    """Build the next generation, let readers ask it from one moment to the next, and drop the one before.

    `report` is told what is being read, up to which id, and the last one. `grace` is how long the one before is left to
    readers, in seconds.

    Raises:
        Overtaken: another rebuild was started meanwhile.
    """
    started = time.monotonic()
    building = _begin(connection)
    sizes = {}
    for collection, model in ((EVENTS, Event), (STATEMENTS, Statement), (ARTICLES, Article)):
        sizes[collection] = _fill(connection, building, collection, model, report)
    _fill_names(connection, building, report)
    for collection in READ:
        with transaction.atomic(using=connection.alias):
            _still(connection, building)
            building.index(collection).finish()
    _swap(connection, building)
    _drop_others(connection, grace)
    return Rebuilt(sizes[EVENTS], sizes[STATEMENTS], time.monotonic() - started)


@contextmanager
def put_off(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the index follow nothing for a while, and build it anew at the end: for filling an empty database.

    A process that is killed meanwhile leaves an index that is not ready; `manage.py migrate` makes it so.
    """
    upkeep.unwatch(connection)
    try:
        yield
    finally:
        upkeep.watch(connection)
        rebuild(connection, lambda what, done, of: None, grace=0)


def _begin(connection: BaseDatabaseWrapper) -> Generation:
    with transaction.atomic(using=connection.alias):
        upkeep.lock(connection)
        known = generations(connection)
        for number, live in known:
            if not live:
                do(connection, "DELETE FROM search_generation WHERE number = %s", [number])
                Generation(connection, number).drop()
        building = Generation(connection, max((number for number, _ in known), default=0) + 1)
        building.drop()
        building.create()
        upkeep.take_behind(connection)
        do(connection, "INSERT INTO search_generation (number, live) VALUES (%s, 0)", [building.number])
    return building


def _still(connection: BaseDatabaseWrapper, building: Generation) -> None:
    if (building.number, False) not in generations(connection):
        raise Overtaken("Another rebuild of the index has been started since.")


def _fill(connection: BaseDatabaseWrapper, building: Generation, collection: str, model: Any, report: Report) -> int:
    index = building.index(collection)
    filled = 0
    first, end = _ends(connection, model)
    while first <= end:
        last = first + BATCH - 1
        documents = READ[collection](connection, of_range(first, last))
        with transaction.atomic(using=connection.alias):
            _still(connection, building)
            index.add(documents)
            index.count(documents, ())
        filled += len(documents)
        report(f"{collection}s", min(last, end), end)
        first = last + 1
    return filled


def _fill_names(connection: BaseDatabaseWrapper, building: Generation, report: Report) -> None:
    first, end = _ends(connection, Actor)
    while first <= end:
        last = first + BATCH - 1
        words = read_names(connection, of_range(first, last))
        with transaction.atomic(using=connection.alias):
            _still(connection, building)
            building.names.add(words)
        report("actors", min(last, end), end)
        first = last + 1


def _ends(connection: BaseDatabaseWrapper, model: Any) -> tuple[int, int]:
    [[first, last]] = ask(connection, f"SELECT MIN(id), MAX(id) FROM {table(model)}")  # noqa: S608
    return (first, last) if first is not None else (1, 0)


def _swap(connection: BaseDatabaseWrapper, building: Generation) -> None:
    """Catch up with what has changed meanwhile, and let readers ask this one."""
    with transaction.atomic(using=connection.alias):
        upkeep.lock(connection)
        _still(connection, building)
        upkeep.catch_up(connection)
        upkeep.renew(building, upkeep.take_behind(connection))
        do(connection, "DELETE FROM search_generation")
        do(connection, "INSERT INTO search_generation (number, live) VALUES (%s, 1)", [building.number])


def _drop_others(connection: BaseDatabaseWrapper, grace: float) -> None:
    """Drop the tables of generations that nobody asks any more."""
    [number] = [number for number, live in generations(connection) if live]
    names = connection.introspection.table_names()
    others = {int(parts[1]) for name in names if (parts := name.split("_"))[0] == "search" and parts[1].isdigit()}
    if others - {number}:
        time.sleep(grace)
    for other in sorted(others - {number}):
        with transaction.atomic(using=connection.alias):
            Generation(connection, other).drop()
