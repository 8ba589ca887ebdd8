"""Seeded tables of people for a program: every fact a column, some of it unknown, homes of the sizes asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from tests.rules.engines import Home, World
from tongxing.rules.tree import FactType, Program


def crowd(program: Program, sizes: Sequence[int], unknown: float = 0.2, seed: int = 1) -> tuple[pa.Table, pa.Table]:
    """(persons, households); household ids leave gaps."""
    rng = np.random.default_rng(seed)
    ids = np.arange(len(sizes)) * 7 + 3
    homes = np.repeat(ids, sizes)
    persons = {"person_id": pa.array(np.arange(len(homes))), "household_id": pa.array(homes)}
    households = {"household_id": pa.array(ids)}
    for fact in program.facts.values():
        if fact.level != "employer":
            table, rows = (persons, len(homes)) if fact.level == "person" else (households, len(ids))
            table[fact.name] = column(fact, rows, unknown, rng)
    return pa.table(persons), pa.table(households)


def column(fact: FactType, rows: int, unknown: float, rng: np.random.Generator) -> pa.Array:
    null = rng.random(rows) < unknown
    if fact.type == "bool":
        return pa.array(rng.random(rows) < 0.5, mask=null)
    if fact.type == "code":
        return pa.array(np.array(fact.codes, object)[rng.integers(0, len(fact.codes), rows)], pa.string(), mask=null)
    if fact.type == "date":
        return pa.array(rng.integers(-5000, 21000, rows).astype("i4"), mask=null).cast(pa.date32())
    return pa.array(rng.integers(fact.low, min(fact.high, 200_000) + 1, rows), mask=null)


def world(persons: pa.Table, households: pa.Table) -> World:
    """The same people as the other engines take them."""
    members: dict[int, list[dict[str, Any]]] = {key: [] for key in households.column("household_id").to_pylist()}
    for row in persons.to_pylist():
        members[row["household_id"]].append(row)
    return World([Home(members[row["household_id"]], row) for row in households.to_pylist()])
