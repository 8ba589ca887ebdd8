"""Columns with unknowns: a numpy array of values and one of 'is known'. NULL means unknown, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

NUMPY = {"bool": "?", "int": "i8", "money": "i8", "date": "M8[D]"}
ARROW = {"bool": pa.bool_(), "int": pa.int64(), "money": pa.int64(), "date": pa.date32()}


@dataclass
class Column:
    """`values[i]` counts only where `known[i]`. Codes are small ints into `words`."""

    type: str
    values: npt.NDArray[np.generic]
    known: npt.NDArray[np.bool_]
    words: tuple[str, ...] = ()

    def arrow(self) -> pa.Array:
        if self.type == "code":
            indices = pa.array(self.values.astype("i4"), mask=~self.known)
            return pa.DictionaryArray.from_arrays(indices, pa.array(list(self.words), pa.string()))
        return pa.array(self.values, ARROW[self.type], mask=~self.known)


def unknown(type_: str, rows: int, words: Sequence[str] = ()) -> Column:
    values = np.zeros(rows, "i4" if type_ == "code" else NUMPY[type_])
    return Column(type_, values, np.zeros(rows, bool), tuple(words))


def dates(texts: Sequence[object]) -> Column:
    """Dates or ISO texts (SQLite gives texts), None for unknown."""
    values = np.array([text if text is not None else "NaT" for text in texts], "M8[D]")
    return Column("date", values, ~np.isnat(values))


def codes(texts: Sequence[object], words: Sequence[str]) -> Column:
    """Texts of a code list; None or a text outside the list is unknown."""
    index = {word: i for i, word in enumerate(words)}
    values = np.array([index.get(text, -1) for text in texts], "i4")  # type: ignore[call-overload]
    return Column("code", np.maximum(values, 0), values >= 0, tuple(words))


def flags(values: Sequence[object]) -> Column:
    known = np.array([value is not None for value in values], bool)
    return Column("bool", np.array([bool(value) for value in values], bool), known)


def certain(type_: str, values: npt.NDArray[np.generic], words: Sequence[str] = ()) -> Column:
    return Column(type_, values, np.ones(len(values), bool), tuple(words))


def parsed(type_: str, texts: Sequence[str], words: Sequence[str] = ()) -> Column:
    """Status values from their text form."""
    if type_ == "code":
        return codes(texts, words)
    if type_ == "date":
        return dates(texts)
    if type_ == "bool":
        return certain("bool", np.array([text == "true" for text in texts], bool))
    return certain(type_, np.array([int(text) for text in texts], "i8"))
