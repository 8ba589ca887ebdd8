"""Facts that somebody reported: a department's complete list, a single status, or what the system did itself.

- list: on the newest list, or paid by ourselves → yes; a list of the unit's division was received in time and it is
  not on it → a known no; no list, or one that is too old → unknown.
- status: the newest value, unless it is older than `stale_after` or was refused → unknown.
- system: what we did not do did not happen: bool → no, date → 1900-01-01 (never).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from tongxing.content.pack import Fact
from tongxing.registry.facts import rows
from tongxing.registry.facts.columns import Column, parsed, unknown

NEVER = date(1900, 1, 1)
Days = npt.NDArray[np.datetime64]
# (unit, from, value, answer, received, ours) of one fact, oldest received first; of a list only (unit, from, ours)
Read = Callable[[Fact], rows.Rows]


class Units:
    """The rows of one unit: which id stands in which row, and in which village it is."""

    def __init__(self, ids: Sequence[int], villages: Sequence[str]) -> None:
        self.ids = np.array(ids, "i8")
        self.order = np.argsort(self.ids, kind="stable")
        self.sorted = self.ids[self.order]
        self.villages = np.array(villages, "U12") if len(villages) else np.zeros(0, "U12")

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Sequence[object]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """(row of each id, whether the id is one of ours)."""
        wanted = np.array(ids, "i8")
        at = np.searchsorted(self.sorted, wanted)
        at[at == len(self.sorted)] = 0
        ours = self.sorted[at] == wanted if len(self.sorted) else np.zeros(len(wanted), bool)
        return self.order[at[ours]], ours


def reported_columns(
    facts: Iterable[Fact], units: Units, read: Read, lists: rows.Rows, as_of: date
) -> dict[str, Column]:
    """Columns of all facts of one unit that are reported, plus `from:<fact>` days for facts from lists."""
    columns: dict[str, Column] = {}
    for fact in facts:
        if fact.origin == "list":
            columns[fact.name], columns[f"from:{fact.name}"] = _listed(fact, units, read(fact), lists, as_of)
        elif fact.origin == "status":
            columns[fact.name] = _stated(fact, units, read(fact), as_of)
        elif fact.origin == "system":
            columns[fact.name] = _done(fact, units, read(fact))
    return columns


def _listed(fact: Fact, units: Units, found: rows.Rows, lists: rows.Rows, as_of: date) -> tuple[Column, Column]:
    """(the fact, since when): who is not on a fresh list is a known no, or a 0."""
    column, days = unknown(fact.type, len(units), fact.code_values), np.full(len(units), "NaT", "M8[D]")
    if found:
        ids, begun, *rest, paid_by_us = zip(*found, strict=True)
        at, ours = units.rows_of(ids)
        days[at] = np.array(begun, "M8[D]")[ours]
        if fact.type == "bool":
            column.values[at] = True
        else:
            column.values[at] = parsed(fact.type, rest[0], fact.code_values).values[ours]  # type: ignore[arg-type]
    column.known[:] = _covered(fact, units, lists, as_of)
    if found:
        column.known[at] |= np.array(paid_by_us, bool)[ours]  # what we pay ourselves needs no list to be known
    return column, Column("date", days, ~np.isnat(days))


def _covered(fact: Fact, units: Units, lists: rows.Rows, as_of: date) -> npt.NDArray[np.bool_]:
    """Which units lie in a division whose list of this fact is fresh."""
    oldest = as_of - timedelta(days=fact.stale_days) if fact.stale_days else NEVER
    covered = np.zeros(len(units), bool)
    for name, division, newest in lists:
        if name == fact.name and date.fromisoformat(str(newest)) >= oldest:
            covered |= np.char.startswith(units.villages, _stem(str(division)))
    return covered


def _stem(division: str) -> str:
    for end, zeros in ((4, 8), (6, 6), (9, 3)):
        if division.endswith("0" * zeros):
            return division[:end]
    return division


def _newest(fact: Fact, units: Units, found: rows.Rows) -> tuple[Column, Days]:
    """The value received last by each unit, and when; a refused answer makes it unknown again."""
    column, received = unknown(fact.type, len(units), fact.code_values), np.full(len(units), "NaT", "M8[D]")
    if found:
        ids, _, values, answers, days, _ = zip(*found, strict=True)
        at, ours = units.rows_of(ids)
        told = np.array([answer == "known" for answer in answers])
        said = parsed(
            fact.type, [v if t else _BLANK[fact.type] for v, t in zip(values, told, strict=True)], fact.code_values
        )
        # numpy keeps the last of repeated indices: rows come in the order they were received
        column.values[at], column.known[at] = said.values[ours], (said.known & told)[ours]
        received[at] = np.array(days, "M8[D]")[ours]
    return column, received


_BLANK: dict[str, Any] = {"bool": "false", "int": "0", "money": "0", "date": None, "code": None}


def _stated(fact: Fact, units: Units, found: rows.Rows, as_of: date) -> Column:
    column, received = _newest(fact, units, found)
    if fact.stale_days:
        column.known &= ~(received < np.datetime64(as_of - timedelta(days=fact.stale_days)))
    return column


def _done(fact: Fact, units: Units, found: rows.Rows) -> Column:
    column, _ = _newest(fact, units, found)
    if fact.type == "date":
        column.values[~column.known] = np.datetime64(NEVER)
    column.known[:] = True
    return column


def employer_columns(facts: Iterable[Fact], employers: rows.Rows) -> dict[str, Column]:
    """From the employers' yearly reports (JSON by fact name); what is not reported is unknown."""
    reports = [json.loads(row[2]) if isinstance(row[2], str) else row[2] or {} for row in employers]
    columns = {}
    for fact in facts:
        column = unknown(fact.type, len(reports), fact.code_values)
        known = [i for i, report in enumerate(reports) if report.get(fact.name) is not None]  # type: ignore[attr-defined]
        if known:
            said = parsed(fact.type, [_text(reports[i][fact.name]) for i in known], fact.code_values)  # type: ignore[index]
            column.values[known], column.known[known] = said.values, said.known
        columns[fact.name] = column
    return columns


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
