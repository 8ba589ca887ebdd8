"""Facts that come straight from typed tables: birth, household register, division, certificate. One function a fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tongxing.registry.facts import rows
from tongxing.registry.facts.columns import Column, certain, codes, dates, flags

CATEGORIES = ("none", "visual", "hearing", "speech", "limb", "intellectual", "mental", "multiple")
CERT_STATES = ("none", "valid", "expired", "cancelled")
NO_GRADE = 9


def person_columns(people: rows.Rows, counties: tuple[str, ...], as_of: date) -> dict[str, Column]:
    """From `rows.people`; alive and moved_out are always known: the register says so or nobody reported it."""
    turned = list(zip(*people, strict=True)) or [()] * 9
    births, sexes, hukou, local, villages, deaths, moves = turned[2:]
    today = np.datetime64(as_of)
    death, moved = dates(deaths), dates(moves)
    return {
        "birth_date": dates(births),
        "sex": codes(sexes, ("male", "female")),
        "hukou": codes(hukou, ("urban", "rural")),
        "local_hukou": flags(local),
        "county": codes([str(code)[:6] for code in villages], counties),
        "death_date": death,
        "alive": certain("bool", ~(death.known & (death.values <= today))),
        "moved_out": certain("bool", moved.known & (moved.values <= today)),
    }


def certificate_columns(certificates: rows.Rows, order: dict[int, int], as_of: date) -> dict[str, Column]:
    """The newest certificate of each person, in `rows.certificates` order; who has none has category none, grade 9."""
    held = [row for row in certificates if row[0] in order]
    people, kinds, components, levels, issues, ends, states = list(zip(*held, strict=True)) or [()] * 7
    at = np.array([order[person] for person in people], "i8")  # type: ignore[index]
    number = {name: i for i, name in enumerate(CATEGORIES)}
    category = _newest(len(order), at, np.array([number[str(kind)] for kind in kinds], "i4"), 0)
    grade = _newest(len(order), at, np.array(levels, "i8"), NO_GRADE)
    never = np.datetime64("NaT", "D")
    issued, until = (_newest(len(order), at, np.array(days, "M8[D]"), never) for days in (issues, ends))
    cancelled = _newest(len(order), at, np.array([state == "cancelled" for state in states], bool), False)
    has_any = _newest(len(order), at, np.ones(len(at), bool), False)
    state = np.where(cancelled, 3, np.where(until < np.datetime64(as_of), 2, np.where(has_any, 1, 0))).astype("i4")
    held_parts = [str(parts or kind).split(",") for kind, parts in zip(kinds, components, strict=True)]
    columns = {
        f"has_{name}": certain("bool", _newest(len(order), at, np.array([name in p for p in held_parts], bool), False))
        for name in CATEGORIES[1:7]
    }
    return columns | {
        "has_cert": certain("bool", (state == 1) | (state == 2)),
        "cert_status": certain("code", state, CERT_STATES),
        "category": certain("code", category, CATEGORIES),
        "grade": certain("int", grade),
        "cert_issued": Column("date", issued, ~np.isnat(issued)),
        "cert_until": Column("date", until, ~np.isnat(until)),
    }


def _newest(size: int, at: npt.NDArray[np.int64], values: npt.NDArray[Any], empty: Any) -> npt.NDArray[Any]:
    """Values placed in their rows; certificates come oldest first, so the newest stays."""
    placed = np.full(size, empty, values.dtype)
    placed[at] = values
    return placed
