"""The tables of the index come and go with those of the rows."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.models import Event
from timeline.search.documents import table
from timeline.search.generations import Generation, generations
from timeline.search.rebuild import rebuild
from timeline.search.upkeep import is_laid_out, is_watched, lay_out, unwatch, watch


def _concerns_us(plan: Any) -> bool:
    return any(migration.app_label == "timeline" for migration, _ in plan or ())


def before_migration(*, using: str, plan: Any = None, **kwargs: Any) -> None:
    """Triggers stand in the way of a migration that makes a table anew."""
    connection = connections[using]
    if _concerns_us(plan) and is_laid_out(connection):
        unwatch(connection)


def after_migration(*, using: str, plan: Any = None, **kwargs: Any) -> None:
    """What a migration did to the rows nobody has noted: read them all."""
    connection = connections[using]
    if table(Event) not in connection.introspection.table_names():
        return
    if _concerns_us(plan) or not is_ready(connection):
        lay_out(connection)
        watch(connection)
        rebuild(connection, lambda what, done, of: None, grace=0)


def is_ready(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is an index that follows the rows."""
    return (
        is_laid_out(connection)
        and is_watched(connection)
        and any(live and Generation(connection, number).is_laid_out() for number, live in generations(connection))
    )
