"""The tables of an evaluation side by side, and the frames of rows that are worked out at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tongxing.rules.bits import Homes
from tongxing.rules.columns import Columns, WrongColumn, one_array
from tongxing.rules.tree import FactType, Level

ROWS = 65_536  # persons in a frame: the planes of a chunk stay in the cache
LARGEST_HOME = 4096  # the intervals of sums over members rest on it (make.MEMBERS)
Order = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Frame:
    """The rows of a chunk at each level."""

    homes: Homes | None
    rows: dict[Level, int]
    columns: dict[Level, Columns]
    start: dict[Level, int]


class Tables:
    """Persons and households sorted by household; employers apart.

    `orders` gives for each level the input row of each sorted row (None: as it came). Raises WrongColumn.
    """

    def __init__(
        self, persons: pa.Table | None, households: pa.Table | None, employers: pa.Table | None, facts: list[FactType]
    ) -> None:
        self.orders: dict[Level, Order | None] = {"person": None, "household": None, "employer": None}
        names = [fact.name for fact in facts]
        persons, of_person = self._sorted("person", persons, names)
        households = pa.table({"household_id": np.unique(of_person)}) if households is None else households
        households, ids = self._sorted("household", households, names)
        self.bounds = _bounds(of_person, ids)
        employers = pa.table({}) if employers is None else employers
        by_level: dict[Level, pa.Table] = {"person": persons, "household": households, "employer": employers}
        self.columns = {
            level: Columns(table, [fact for fact in facts if fact.level == level]) for level, table in by_level.items()
        }
        self.rows: dict[Level, int] = {level: table.num_rows for level, table in by_level.items()}
        self.rows["household"] = len(ids)

    def _sorted(self, level: Level, table: pa.Table | None, names: list[str]) -> tuple[pa.Table, npt.NDArray[np.int64]]:
        if table is None:
            return pa.table({"household_id": pa.array([], pa.int64())}), np.zeros(0, np.int64)
        ids = id_column(table, "household_id")
        table = table.select(["household_id", *(name for name in names if name in table.column_names)])
        if (ids[1:] < ids[:-1]).any():
            order = self.orders[level] = np.argsort(ids, kind="stable")
            table, ids = table.take(order), ids[order]
        return table, ids

    def frames(self, size: int) -> Iterator[Frame]:
        """Cut at household borders."""
        columns: dict[Level, Columns] = {level: self.columns[level] for level in ("person", "household")}
        start, end = 0, self.rows["household"]
        while start < end:
            fits = int(np.searchsorted(self.bounds, self.bounds[start] + size, "right")) - 1
            stop = min(max(fits, start + 1), start + size, end)
            homes = Homes(self.bounds[start : stop + 1])
            first = int(self.bounds[start])
            yield Frame(
                homes,
                {"person": homes.rows, "household": homes.count},
                columns,
                {"person": first, "household": start},
            )
            start = stop

    def employer_frames(self, size: int) -> Iterator[Frame]:
        for start in range(0, self.rows["employer"], size):
            rows = min(size, self.rows["employer"] - start)
            yield Frame(None, {"employer": rows}, {"employer": self.columns["employer"]}, {"employer": start})


def as_came(values: npt.NDArray[Any], order: Order) -> npt.NDArray[Any]:
    """Values of sorted rows, put back into the order of the input."""
    back = np.empty_like(values)
    back[order] = values
    return back


def id_column(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    """Raises WrongColumn if it is missing, not of whole numbers, or has a gap."""
    if name not in table.column_names:
        raise WrongColumn(name, "没有；每一行都要有")
    array = one_array(table.column(name))
    if pa.types.is_null(array.type):
        array = array.cast(pa.int64())
    if not pa.types.is_integer(array.type):
        raise WrongColumn(name, f"应当是整数，现在是 {array.type}")
    if array.null_count:
        raise WrongColumn(name, "是空的；每一行都要填", int(np.argmin(array.is_valid())) + 1)
    numbers: npt.NDArray[np.int64] = array.to_numpy().astype(np.int64, copy=False)
    return numbers


def _bounds(of_person: npt.NDArray[np.int64], ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The first person row of each household, and the number of persons at the end. Both sides are sorted."""
    again = np.flatnonzero(ids[1:] == ids[:-1])
    if len(again):
        raise WrongColumn("household_id", f"里 {ids[again[0]]} 出现了两次；家庭表里每户只能有一行")
    first = np.flatnonzero(np.concatenate([of_person[:1] == of_person[:1], of_person[1:] != of_person[:-1]]))
    lived_in = of_person[first]
    at = np.arange(len(ids)) if np.array_equal(lived_in, ids) else np.searchsorted(ids, lived_in)
    lost = np.flatnonzero((at >= len(ids)) | (ids.take(at, mode="clip") != lived_in)) if len(ids) else first
    if len(lost):
        raise WrongColumn("household_id", f"里的 {lived_in[lost[0]]} 在家庭表里没有；请给这一户加一行")
    sizes = np.zeros(len(ids), np.int64)
    sizes[at] = np.diff(first, append=len(of_person))
    if sizes.size and sizes.max() > LARGEST_HOME:
        raise WrongColumn("household_id", f"里 {ids[sizes.argmax()]} 这一户超过 {LARGEST_HOME} 人；请查一查")
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
