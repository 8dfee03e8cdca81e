"""The index follows the rows: triggers note which have changed, and before a transaction commits they are read anew.

So it does not matter who writes, and how: a person, a reading, a cascade, a statement typed into the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.models import Actor, Alias, Article, Event, Evidence, Participation, Place, Statement
from timeline.search.documents import table
from timeline.search.generations import (
    ARTICLES,
    EVENTS,
    LOCK,
    NAMES,
    READ,
    STATEMENTS,
    Generation,
    ask,
    do,
    generations,
)

# The id of a note that says: all rows of a collection are gone.
EVERY_ROW = -1
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Watch:
    """A change in these columns of a table (any, where none is named; then also a new row and a deleted one) changes
    documents of a collection: the ids that a query gives, in which {row} is the changed one."""

    model: Any
    collection: str
    rows: str
    columns: tuple[str, ...] = ()


PARTS = f"SELECT id FROM {table(Place)} WHERE part_of_id = {{row}}.id"  # noqa: S608
WATCHES = (
    Watch(Event, EVENTS, "SELECT {row}.id"),
    Watch(Participation, EVENTS, "SELECT {row}.event_id"),
    Watch(Statement, EVENTS, "SELECT {row}.event_id WHERE {row}.event_id IS NOT NULL"),
    Watch(Evidence, EVENTS, "SELECT {row}.event_id WHERE {row}.event_id IS NOT NULL"),
    Watch(
        Article,
        EVENTS,
        f"SELECT event_id FROM {table(Evidence)} WHERE article_id = {{row}}.id AND event_id IS NOT NULL",  # noqa: S608
        ("publisher_id", "state", "main_event_id", "carries_on_id"),
    ),
    Watch(Actor, EVENTS, f"SELECT event_id FROM {table(Participation)} WHERE actor_id = {{row}}.id", ("name",)),  # noqa: S608
    Watch(
        Place,
        EVENTS,
        f"SELECT id FROM {table(Event)} WHERE place_id = {{row}}.id OR place_id IN ({PARTS})",  # noqa: S608
        ("part_of_id",),
    ),
    Watch(Statement, STATEMENTS, "SELECT {row}.id"),
    Watch(Article, ARTICLES, "SELECT {row}.id"),
    Watch(Actor, NAMES, "SELECT {row}.id"),
    Watch(Alias, NAMES, "SELECT {row}.actor_id"),
)
SEEN_OF_ARTICLES = ("id", "title", "url", "earliest", "latest")
# What a document says nothing of, of the tables that are written most.
UNSEEN = {
    Event: (
        "uid",
        "importance",
        "sources",
        "confidence",
        "review_reason",
        "contradicted",
        "date_display",
        "part_of",
        "merged_into",
    ),
    Article: tuple(field.name for field in Article._meta.concrete_fields if field.name not in SEEN_OF_ARTICLES),
    Actor: ("uid", "kind", "role", "description", "known", "country", "part_of", "merged_into", "corrections"),
}


def _columns(watch: Watch) -> list[str]:
    """The columns whose change is noted."""
    if watch.columns:
        return list(watch.columns)
    unseen = UNSEEN.get(watch.model, ())
    return [f'"{f.column}"' for f in watch.model._meta.concrete_fields if f.name not in unseen]


def _triggers(vendor: str) -> Iterator[tuple[str, str]]:
    """Every trigger: its name, and how it is made."""
    for number, watch in enumerate(WATCHES):
        source = table(watch.model)
        acts = {"update": ("OLD", "NEW")} if watch.columns else {
            "insert": ("NEW",), "delete": ("OLD",), "update": ("OLD", "NEW")}  # fmt: skip
        for act, rows in acts.items():
            name = f"search_{number}_{act}"
            when = act.upper() + (f" OF {', '.join(_columns(watch))}" if act == "update" else "")
            notes = ""
            for row in rows:
                chosen = watch.rows.replace("{row}", row)
                insert = "INSERT OR IGNORE INTO" if vendor == "sqlite" else "INSERT INTO"
                notes += f" {insert} search_stale (collection, id) SELECT '{watch.collection}', n.* FROM ({chosen}) n;"  # noqa: S608
            if vendor == "sqlite":
                yield f"{name}", f"CREATE TRIGGER {name} AFTER {when} ON {source} FOR EACH ROW BEGIN{notes} END"
            else:
                yield name, _function(name, notes)
                yield name, f"CREATE TRIGGER {name} AFTER {when} ON {source} FOR EACH ROW EXECUTE FUNCTION {name}()"
        if vendor == "postgresql" and not watch.columns:
            name = f"search_{number}_truncate"
            whole = {EVENTS: Event, STATEMENTS: Statement, ARTICLES: Article, NAMES: Actor}[watch.collection]
            if watch.model is whole:
                note = f" INSERT INTO search_stale (collection, id) VALUES ('{watch.collection}', {EVERY_ROW});"  # noqa: S608
                yield name, _function(name, note)
                yield name, f"CREATE TRIGGER {name} AFTER TRUNCATE ON {source} EXECUTE FUNCTION {name}()"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN{body} RETURN NULL; END$$"


def watch(connection: BaseDatabaseWrapper) -> None:
    """Note every change from now on."""
    unwatch(connection)
    for _, sql in _triggers(connection.vendor):
        do(connection, sql)


def unwatch(connection: BaseDatabaseWrapper) -> None:
    """Note no change: a migration may take the tables away that triggers stand on."""
    for name, source in _standing(connection):
        if connection.vendor == "sqlite":
            do(connection, f"DROP TRIGGER {name}")
        else:
            do(connection, f"DROP TRIGGER {name} ON {source}")
            do(connection, f"DROP FUNCTION {name}()")


def is_watched(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands: a migration that was stopped half way leaves none."""
    return {name for name, _ in _triggers(connection.vendor)} == {name for name, _ in _standing(connection)}


def _standing(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The triggers there are, and their tables."""
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        )
    return [(name, source) for name, source in ask(connection, sql) if name.startswith("search_")]


def lay_out(connection: BaseDatabaseWrapper) -> None:
    """The tables that tell of the index itself."""
    unique = ", PRIMARY KEY (collection, id)) WITHOUT ROWID" if connection.vendor == "sqlite" else ")"
    for name in ("search_stale", "search_behind"):
        do(connection, f"CREATE TABLE IF NOT EXISTS {name} (collection text NOT NULL, id bigint NOT NULL{unique}")
    do(
        connection,
        "CREATE TABLE IF NOT EXISTS search_generation (number integer PRIMARY KEY, live integer NOT NULL)",
    )


def is_laid_out(connection: BaseDatabaseWrapper) -> bool:
    sql = (
        "SELECT COUNT(*) FROM sqlite_master WHERE name = 'search_generation'"
        if connection.vendor == "sqlite"
        else "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE tablename = 'search_generation'"
    )
    return bool(ask(connection, sql)[0][0])


def is_stale(connection: BaseDatabaseWrapper) -> bool:
    return bool(ask(connection, "SELECT 1 FROM search_stale LIMIT 1"))


def catch_up(connection: BaseDatabaseWrapper) -> None:
    """Read anew what has changed. The caller is in a transaction."""
    if not is_stale(connection):
        return
    lock(connection)
    notes = _take(connection, "search_stale")
    for number, live in generations(connection):
        if live:
            renew(Generation(connection, number), notes)
        else:
            ignore = "OR IGNORE " if connection.vendor == "sqlite" else ""
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT {ignore}INTO search_behind (collection, id) VALUES (%s, %s)",  # noqa: S608
                    [(collection, row) for collection, rows in notes.items() for row in sorted(rows)],
                )


def renew(generation: Generation, notes: dict[str, set[int]]) -> None:
    for collection, rows in notes.items():
        if EVERY_ROW in rows:
            generation.clear(collection)
        named = sorted(rows - {EVERY_ROW})
        for start in range(0, len(named), BATCH):
            generation.renew(collection, named[start : start + BATCH])


def _take(connection: BaseDatabaseWrapper, name: str) -> dict[str, set[int]]:
    """The notes of a list, which is empty then."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    rows = ask(connection, f"DELETE FROM {name} RETURNING collection, id")  # noqa: S608
    for collection, row in rows:
        found[collection].add(row)
    return dict(found)


def take_behind(connection: BaseDatabaseWrapper) -> dict[str, set[int]]:
    """What has changed since a generation was begun, and is to be read for it again."""
    return _take(connection, "search_behind")


def lock(connection: BaseDatabaseWrapper) -> None:
    """Let no other transaction bring the index up to date before this one ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        do(connection, "SELECT pg_advisory_xact_lock(%s)", [LOCK])


def catch_up_now(connection: BaseDatabaseWrapper) -> None:
    """For a reader: what was changed without a transaction."""
    with transaction.atomic(using=connection.alias):
        catch_up(connection)


def forget_words(connection: BaseDatabaseWrapper) -> None:
    """Leave nothing in the index of what is in no row any more. The caller is in a transaction.

    SQLite writes the whole index anew for it.
    """
    catch_up(connection)
    for number, _ in generations(connection):
        for collection in READ:
            Generation(connection, number).index(collection).forget()
