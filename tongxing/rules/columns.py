"""Arrow columns as numpy without copies: values, and the plane of rows that are known (None: all)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tongxing.rules.bits import Plane, bitmap
from tongxing.rules.tree import FactType

KINDS = {"bool": "bool", "int": "整数", "money": "整数（分）", "date": "日期", "code": "文字"}
ARROW = {"bool": pa.bool_(), "date": pa.date32(), "code": pa.string(), "int": pa.int64(), "money": pa.int64()}


class WrongColumn(ValueError):
    """A column that cannot be what its fact says, in plain Chinese. `row` counts from 1; None: the whole column."""

    def __init__(self, column: str, problem: str, row: int | None = None) -> None:
        super().__init__(f"{column} 列{f'第 {row} 行' if row else ''}{problem}")
        self.column, self.problem, self.row = column, problem, row


@dataclass(frozen=True)
class Column:
    """`values`: a plane for bools, ints for numbers, days and code indices (into `words`)."""

    values: npt.NDArray[Any]
    known: Plane | None
    words: tuple[str, ...] = ()


class Columns:
    """The fact columns of one table, ready to be cut into chunks. Raises WrongColumn."""

    def __init__(self, table: pa.Table, facts: Iterable[FactType]) -> None:
        self.rows = table.num_rows
        self.arrays = {f.name: array_of(table.column(f.name), f) for f in facts if f.name in table.column_names}
        coded = {name: array for name, array in self.arrays.items() if pa.types.is_dictionary(array.type)}
        self.words = {name: tuple(array.dictionary.to_pylist()) for name, array in coded.items()}

    def chunk(self, name: str, start: int, rows: int) -> Column | None:
        """Rows of a column, or None for a column that is not there: all unknown."""
        array = self.arrays.get(name)
        if array is None or not rows:
            return None
        part = array.slice(start, rows)
        known = bitmap(part.buffers()[0], part.offset, rows) if part.null_count else None
        if pa.types.is_boolean(part.type):
            return Column(bitmap(part.buffers()[1], part.offset, rows), known)
        return Column(ints(part), known, self.words.get(name, ()))


def ints(array: pa.Array) -> npt.NDArray[Any]:
    """Values of signed integers and date32, indices of a dictionary array; what stands under nulls is arbitrary."""
    kind = array.type.index_type if pa.types.is_dictionary(array.type) else array.type
    whole = np.frombuffer(array.buffers()[1], f"i{kind.bit_width // 8}")
    return whole[array.offset : array.offset + len(array)]


def one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.unify_dictionaries().chunks) if column.num_chunks else pa.array([], column.type)


def array_of(column: pa.ChunkedArray | pa.Array, fact: FactType) -> pa.Array:
    """One array of the form that the planes read, its values inside the fact's bounds. Raises WrongColumn."""
    array = one_array(column)
    if pa.types.is_null(array.type):
        array = pa.nulls(len(array), ARROW[fact.type])
    made = {"bool": _bools, "code": _codes, "date": _days}.get(fact.type, _numbers)(array)
    if made is None:
        raise WrongColumn(fact.name, f"应当是{KINDS[fact.type]}，现在是 {array.type}")
    if fact.type != "bool" and fact.type != "code":
        check_bounds(made, fact)
    return made


def check_bounds(array: pa.Array, fact: FactType) -> None:
    """Raises WrongColumn with the first row whose value the fact's declared bounds do not allow."""
    numbers = array.view(pa.int32()) if pa.types.is_date32(array.type) else array
    ends = pc.min_max(numbers).as_py()
    if ends["min"] is None or (fact.low <= ends["min"] and ends["max"] <= fact.high):
        return
    outside = pc.or_(pc.less(numbers, fact.low), pc.greater(numbers, fact.high))
    row = pc.index(outside, True).as_py() + 1
    allowed = "的日期不像真的" if fact.type == "date" else f"超出 {fact.low} 到 {fact.high}"
    raise WrongColumn(fact.name, f"{allowed}；请改正，或者在 facts.yaml 里改 min、max", row)


def _bools(array: pa.Array) -> pa.Array | None:
    return array if pa.types.is_boolean(array.type) else None


def _days(array: pa.Array) -> pa.Array | None:
    if pa.types.is_timestamp(array.type) or pa.types.is_date64(array.type):
        return array.cast(pa.date32(), safe=False)
    return array if pa.types.is_date32(array.type) else None


def _numbers(array: pa.Array) -> pa.Array | None:
    if pa.types.is_unsigned_integer(array.type):
        return array.cast(pa.int64())
    return array if pa.types.is_signed_integer(array.type) else None


def _codes(array: pa.Array) -> pa.Array | None:
    kind = array.type
    if not pa.types.is_dictionary(kind):
        text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
        return array.dictionary_encode() if text else None
    if not (pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)):
        return None
    words = array.dictionary
    if words.null_count or len(words.unique()) < len(words):  # a null or a word twice: its index would be read wrongly
        return array.cast(kind.value_type).dictionary_encode()
    if pa.types.is_unsigned_integer(kind.index_type):
        return pa.DictionaryArray.from_arrays(array.indices.cast(pa.int64()), words)
    return array
