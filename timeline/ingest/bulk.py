"""Many rows of one table at once, by one prepared statement for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Max, Model

Values = tuple[Any, ...]


def rewrite(rows: Sequence[Model], names: Iterable[str]) -> None:
    """Write some fields of rows that are stored.

    As `bulk_update`, but without an expression for every value.
    """
    if not rows:
        return
    meta: Any = type(rows[0])._meta
    fields = [meta.get_field(name) for name in names]
    values = [
        (*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk) for row in rows
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s", values)  # noqa: S608 (names of our own)


def insert(rows: Iterable[Model], *, unless_there: bool = False) -> None:
    """Store new rows whose keys nobody waits for; with `unless_there`, only those that no other row forbids.

    As `bulk_create`, but by one statement that is prepared once.
    """
    new = list(rows)
    if not new:
        return
    meta: Any = type(new[0])._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    prepare = [(at, ready) for at, field in enumerate(fields) if (ready := _preparation(field))]
    columns = attrgetter(*(field.attname for field in fields))
    values = []
    for row in new:
        if row._state.fields_cache:
            row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]
        found = list(columns(row))
        for at, ready in prepare:
            found[at] = ready(found[at])
        values.append(found)
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(meta.db_table, fields) + " ON CONFLICT DO NOTHING" * unless_there, values)


def _insertion(table: str, fields: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})"  # noqa: S608 (names of our own)


class Table:
    """Where new rows of a model go, as tuples of the fields named; the others have their defaults.

    Keys are given where the key is named, and then the caller alone may write to the table; else the database makes
    them.
    """

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model = model
        meta: Any = model._meta
        named: list[Any] = [meta.get_field(name) for name in names]
        rest: list[Any] = [field for field in meta.concrete_fields if field not in (*named, meta.pk)]
        self.fields = [*named, *rest]
        self._prepare = [(at, prepare) for at, field in enumerate(named) if (prepare := _preparation(field))]
        self._rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)

    def next_key(self) -> int:
        last: int | None = self.model._default_manager.aggregate(last=Max("pk"))["last"]
        return (last or 0) + 1

    def insert(self, rows: Iterable[Values]) -> None:
        made = [self._whole(row) for row in rows]
        if not made:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                quote = connection.ops.quote_name
                table = quote(self.model._meta.db_table)
                columns = ", ".join(quote(field.column) for field in self.fields)
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in made:
                        copy.write_row(row)
                if self.fields[0].primary_key:
                    for statement in connection.ops.sequence_reset_sql(no_style(), [self.model]):
                        cursor.execute(statement)
            else:
                cursor.executemany(_insertion(self.model._meta.db_table, self.fields), made)

    def _whole(self, row: Values) -> Values:
        if self._prepare:
            values = list(row)
            for at, prepare in self._prepare:
                values[at] = prepare(values[at])
            row = tuple(values)
        return row + self._rest


def _preparation(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes a value one that the database takes, where it does not take it as it is."""
    match field.get_internal_type():
        case "JSONField" | "BinaryField":
            return partial(field.get_db_prep_save, connection=connection)
        case "DateField":
            return connection.ops.adapt_datefield_value
        case "DateTimeField":
            return connection.ops.adapt_datetimefield_value
        case "TimeField":
            return connection.ops.adapt_timefield_value
        case _:
            return None
