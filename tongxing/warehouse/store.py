"""Dated snapshots and results as Parquet, and the one place that speaks to DuckDB.

A folder of the store is written whole or not at all: into a hidden folder first, then renamed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq


def write_folder(folder: Path, tables: Mapping[str, pa.Table], about: Mapping[str, Any]) -> Path:
    """Writes `<name>.parquet` for each table and `about.json`. Replaces an older folder of that name."""
    hidden = folder.with_name(f".{folder.name}")
    shutil.rmtree(hidden, ignore_errors=True)
    hidden.mkdir(parents=True)
    for name, table in tables.items():
        pq.write_table(table, hidden / f"{name}.parquet", compression="zstd", compression_level=1)
    (hidden / "about.json").write_text(json.dumps(dict(about), ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    return hidden.rename(folder)


def read_about(folder: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return about


def read_table(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    return pq.read_table(folder / f"{name}.parquet", columns=list(columns) if columns else None)


@lru_cache(maxsize=1)
def _database() -> duckdb.DuckDBPyConnection:
    """One in-memory database a process; each question runs on its own cursor, which threads may do side by side."""
    return duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"})


@lru_cache(maxsize=16)
def _loaded(path: Path, changed_at: int) -> pa.Table:
    """A result table kept in memory for the lists of the day; a rewritten file is another key."""
    return pq.read_table(path)


def rows(sql: str, tables: Mapping[str, Path], values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Rows of a question over Parquet files, named in SQL by the keys of `tables`; `?` for values."""
    cursor = _database().cursor()
    for name, path in tables.items():
        cursor.register(name, _loaded(path, path.stat().st_mtime_ns))
    cursor.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    answer = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    cursor.close()
    return answer


def known_values(folder: Path, name: str, columns: Sequence[str]) -> dict[str, int]:
    """How many rows of a table know each of these columns; columns that it does not have are left out."""
    there = set(pq.read_schema(folder / f"{name}.parquet").names)
    asked = [column for column in columns if column in there]
    table = read_table(folder, name, asked) if asked else pa.table({})
    return {column: len(table) - table.column(column).null_count for column in asked}
