"""Seeded randomness, one stream a topic, so that a change in one topic does not shift the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]


def stream(seed: int, topic: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([seed, crc32(topic.encode())]))


def pick(rng: np.random.Generator, shares: Sequence[float] | Floats, size: int) -> Ints:
    """`size` indices drawn by `shares` (they need not add up to 1)."""
    edges = np.cumsum(np.asarray(shares, "f8"))
    return np.minimum(np.searchsorted(edges / edges[-1], rng.random(size), side="right"), len(edges) - 1)


def pick_word(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> Words:
    """`size` words drawn by their shares."""
    return np.asarray(np.array(list(shares))[pick(rng, list(shares.values()), size)])


def pick_row(rng: np.random.Generator, table: Floats, rows: Ints) -> Ints:
    """For each entry of `rows` one column, drawn by the shares in that row of `table`."""
    edges = np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)
    found = (rng.random(len(rows))[:, None] >= edges[rows]).sum(axis=1)
    return np.asarray(np.minimum(found, table.shape[1] - 1))


def chance(rng: np.random.Generator, share: float | Floats, size: int) -> Flags:
    """True with the given probability (one for all, or one each)."""
    return rng.random(size) < share


def some(rng: np.random.Generator, flags: Flags, share: float | Floats) -> Flags:
    """A share of the flagged."""
    return flags & (rng.random(len(flags)) < share)


def exactly(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """`count` different rows, more likely where the weight is higher (0 = never); fewer if there are not enough."""
    able = np.flatnonzero(weights > 0)
    order = rng.random(len(able)) ** (1 / weights[able])
    return np.sort(able[np.argsort(-order, kind="stable")[:count]])


def between(rng: np.random.Generator, low: Ints | int, high: Ints | int, size: int) -> Ints:
    """Whole numbers from low to high, both included; where high < low, low."""
    return np.asarray(low + (rng.random(size) * np.maximum(np.asarray(high) - low + 1, 1)).astype("i8"), "i8")


def days_ago(rng: np.random.Generator, today: date, least: Ints | int, most: Ints | int, size: int) -> Days:
    return np.datetime64(today, "D") - between(rng, least, most, size).astype("m8[D]")


def month_start(days: Days) -> Days:
    return days.astype("M8[M]").astype("M8[D]")


def years_between(earlier: Days, later: np.datetime64) -> Ints:
    """Full years, counted by month and day."""
    months = (later.astype("M8[M]") - earlier.astype("M8[M]")).astype("i8")
    day = (earlier - earlier.astype("M8[M]")).astype("i8") > (later - later.astype("M8[M]")).astype("i8")
    return np.asarray((months - day) // 12, "i8")


def balanced(likely: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float]) -> Floats:
    """A joint distribution with these margins that keeps the leanings of `likely` (iterative proportional fitting)."""
    table = np.array(likely, "f8") * np.outer(rows, columns)
    down, across = np.array(rows, "f8") / sum(rows), np.array(columns, "f8") / sum(columns)
    for _ in range(60):
        table *= (down / table.sum(axis=1))[:, None]
        table *= across / table.sum(axis=0)
    return np.asarray(table)
