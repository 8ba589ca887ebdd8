"""Rows into an empty table as fast as the database takes them, and its secondary indexes left for afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, models

BATCH = 50_000
Row = Sequence[Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Values must be what the database takes: texts for dates on SQLite are fine, bytes for sealed fields."""
    table, names = model._meta.db_table, _column_names(model, columns)
    (_copy if connection.vendor == "postgresql" else _execute_many)(table, names, rows)


def _column_names(model: type[models.Model], columns: Sequence[str]) -> list[str]:
    return [str(getattr(model._meta.get_field(column), "column", column)) for column in columns]


def _execute_many(table: str, names: list[str], rows: Iterable[Row]) -> None:
    """The driver's own executemany: Django's rewrites the statement and adapts each value first."""
    quoted = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 (our names)
    stream = iter(rows)
    with connection.cursor():
        raw = connection.connection.cursor()
        while batch := list(islice(stream, BATCH)):
            raw.executemany(statement, batch)


def _copy(table: str, names: list[str], rows: Iterable[Row]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """SQLite: drops the plain indexes and makes them again from the finished table, which is several times faster.

    Inside the caller's transaction, so that a failure leaves none dropped. Unique constraints that are part of the
    table stay.
    """
    makers = [sql for model in tables for sql in _dropped(model._meta.db_table)]
    yield
    with connection.cursor() as cursor:
        for sql in makers:
            cursor.execute(sql)


def _dropped(table: str) -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql <> ''", [table]
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def refreshed_statistics() -> None:
    """The planner learns the new sizes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
