"""A unit is in one part of an indicator at most, whatever is unknown of it."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tongxing.plan.count import BANDS, PART_NAMES, age_bands, parts_of

ANSWERS = (1, 0, -1)


def part(population: int, excluded: int, counts: int) -> str:
    """By hand: out of the population is nobody; then who is left out; then who counts; else unknown."""
    if population == 0 or (population == -1 and excluded == 1):
        return ""
    if population == 1 and excluded == 1:
        return "excluded"
    if population == 1 and excluded == 0 and counts != -1:
        return "counted" if counts else "not_counted"
    return "unknown"


def test_every_combination_of_answers_falls_into_its_part() -> None:
    cases = list(product(ANSWERS, repeat=3))
    found = parts_of(*(np.array(column, np.int8) for column in zip(*cases, strict=True)))
    for row, case in enumerate(cases):
        assert [name for name in PART_NAMES if found[name][row]] == ([part(*case)] if part(*case) else []), case


@given(st.lists(st.none() | st.dates(date(1900, 1, 1), date(2026, 6, 30)), max_size=30), st.just(date(2026, 6, 30)))
def test_age_bands_are_those_of_full_years(born: list[date | None], today: date) -> None:
    found = age_bands(pa.array(born, pa.date32()), int(f"{today:%Y%m%d}"))
    assert list(found) == [band(day, today) for day in born]


def band(day: date | None, today: date) -> str:
    if day is None:
        return "unknown"
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return [name for first, name in BANDS if age >= first][-1]
