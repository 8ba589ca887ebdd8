"""An invented population for measuring: N persons in households of one to nine, from a seed. Nobody is meant."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEED = 20260101
CATEGORIES = ("none", "visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple")
PLACES = tuple(f"{side}_{kind}" for side in ("east", "west", "south", "north") for kind in ("town", "land"))
FACTS = {
    "person": (
        *("birth_date", "category", "grade", "certified", "in_institution", "student"),
        *("employee_pension", "resident_medical", "injury_care", "income", "earned"),
    ),
    "household": ("local_hukou", "place", "assets"),
}


def population(persons: int, unknown: float = 0.0, seed: int = SEED) -> tuple[pa.Table, pa.Table]:
    """(persons, households), sorted by household. `unknown` is the share of NULLs in every fact column."""
    rng = np.random.default_rng(seed)
    homes = np.sort(rng.integers(0, max(1, persons * 10 // 27), persons))
    ids, of = np.unique(homes, return_inverse=True)
    people = _people(rng, persons) | {"income": _income(rng, of), "earned": None}
    people["earned"] = np.where(rng.random(persons) < 0.5, people["income"] * rng.integers(0, 11, persons) // 10, 0)
    places = rng.integers(0, len(PLACES), len(ids)).astype("i1")
    houses = {
        "local_hukou": rng.random(len(ids)) < 0.9,
        "place": pa.DictionaryArray.from_arrays(pa.array(places), PLACES),
        "assets": (rng.lognormal(15.5, 1.0, len(ids))).astype("i8").clip(0, 2 * 10**9),
    }
    return (
        pa.table({"person_id": np.arange(persons), "household_id": homes} | _columns(rng, people, unknown)),
        pa.table({"household_id": ids} | _columns(rng, houses, unknown)),
    )


def _people(rng: np.random.Generator, size: int) -> dict[str, object]:
    age = np.minimum(rng.gamma(3.2, 13.5, size), 104)
    disabled = rng.random(size) < 0.03 + 0.0025 * age
    category = np.where(disabled, rng.integers(1, len(CATEGORIES), size), 0).astype("i1")
    days = (20543 - age * 365.2425).astype("i4")
    return {
        "birth_date": pa.array(days).cast(pa.date32()),
        "category": pa.DictionaryArray.from_arrays(pa.array(category), CATEGORIES),
        "grade": np.where(disabled, rng.choice([1, 2, 3, 4], size, p=[0.15, 0.25, 0.3, 0.3]), 9).astype("i1"),
        "certified": disabled & (rng.random(size) < 0.8),
        "in_institution": rng.random(size) < 0.01,
        "student": (age > 6) & (age < 22) & (rng.random(size) < 0.9),
        "employee_pension": (age > 18) & (rng.random(size) < 0.3),
        "resident_medical": rng.random(size) < 0.7,
        "injury_care": rng.random(size) < 0.005,
    }


def _income(rng: np.random.Generator, of: np.ndarray) -> np.ndarray:
    """Fen a month; members of one household are rich or poor together."""
    level = rng.lognormal(11.3, 0.9, of.max(initial=0) + 1)
    return (level[of] * rng.choice([0.0, 0.6, 1.0, 1.6], len(of))).astype("i4").clip(0, 10**8)


def _columns(rng: np.random.Generator, columns: dict[str, object], unknown: float) -> dict[str, pa.Array]:
    arrays = {name: column if isinstance(column, pa.Array) else pa.array(column) for name, column in columns.items()}
    if not unknown:
        return arrays
    return {name: pc.if_else(rng.random(len(a)) < unknown, None, a) for name, a in arrays.items()}
