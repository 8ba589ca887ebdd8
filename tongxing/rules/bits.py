"""Packed bit vectors ("planes"): uint8 arrays in Arrow's bit order whose spare bits are 0. Numpy only."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]


def pack(flags: npt.NDArray[Any]) -> Plane:
    return np.packbits(flags, bitorder="little")


def unpack(plane: Plane, rows: int) -> Plane:
    """One byte, 0 or 1, a row."""
    return np.unpackbits(plane, count=rows, bitorder="little")


def ones(rows: int) -> Plane:
    plane = np.full((rows + 7) // 8, 255, np.uint8)
    if rows & 7:
        plane[-1] = (1 << (rows & 7)) - 1
    return plane


def count(plane: Plane) -> int:
    return int(np.bitwise_count(plane).sum())


def bitmap(buffer: memoryview, offset: int, rows: int) -> Plane:
    """An Arrow bitmap from bit `offset`, moved to bit 0, spare bits cleared. Without a copy where nothing moves."""
    shift = offset & 7
    plane = np.frombuffer(buffer, np.uint8)[offset >> 3 : (offset + rows + 7) >> 3]
    if shift:
        moved: Plane = plane >> np.uint8(shift)
        moved[:-1] |= plane[1:] << np.uint8(8 - shift)
        plane = moved[: (rows + 7) // 8]
    if rows & 7 and plane[-1] >> (rows & 7):
        plane = plane.copy()
        plane[-1] &= (1 << (rows & 7)) - 1
    return plane


class Homes:
    """The members of each household of a chunk: household i has the person rows bounds[i] to bounds[i + 1].

    rows 0 1 2 | 3 | 4 5   bounds 0 3 4 6   of 0 0 0 1 2 2
    """

    def __init__(self, bounds: npt.NDArray[np.int64]) -> None:
        self.bounds = bounds - bounds[:1]
        self.sizes = np.diff(self.bounds)
        self.count, self.rows = len(self.sizes), int(self.bounds[-1])
        self.of = np.repeat(np.arange(self.count), self.sizes)

    def lift(self, plane: Plane) -> Plane:
        """Households → their members."""
        return pack(unpack(plane, self.count).take(self.of))

    def total(self, values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Sums by household: running sums and differences, several times faster than reduceat over small groups.

        A running sum may wrap around 2^64; the differences are exact all the same.
        """
        sums = np.empty(self.rows + 1, np.int64)
        sums[0] = 0
        np.cumsum(values, out=sums[1:])
        return np.diff(sums.take(self.bounds))

    def count_of(self, plane: Plane) -> npt.NDArray[np.int64]:
        return self.total(unpack(plane, self.rows))

    def any(self, plane: Plane) -> Plane:
        return pack(self.count_of(plane) > 0) if plane.any() else np.zeros((self.count + 7) // 8, np.uint8)
