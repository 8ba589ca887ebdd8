"""From a snapshot to cells and units: three questions to each unit of each indicator. No database, no clock.

Parts of a population:
  counted      belongs, is not left out, counts        not_counted  belongs, is not left out, does not count
  excluded     belongs, and is left out                unknown      cannot tell one of the three
Who does not belong is in no part. A unit is in exactly one part of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tongxing.content.asking import part_name
from tongxing.content.indicators import Indicator
from tongxing.policy.lists import UnitRows
from tongxing.policy.night import Snapshot
from tongxing.rules.planes import Evaluation, evaluate
from tongxing.rules.tree import Program

Answers = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
PART_NAMES = ("counted", "not_counted", "unknown", "excluded")
BANDS = ((0, "0-6"), (7, "7-15"), (16, "16-59"), (60, "60+"))  # years of age from, name
GROUPS = ("category", "grade", "age_band", "sex")
KEYS = ("indicator", "village_code", *GROUPS)
NOT_KNOWN, NOT_A_PERSON = "unknown", ""


def counted(indicators: Iterable[Indicator], program: Program, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """`cells`: a row for each indicator × village × category × grade × age band × sex that holds anybody, with how
    many are in each part and what the counted measure; `units`: a row for each unit in a part, with a reason:
    `failed:<number of the condition>`, `excluded:<number>`, or the facts to ask (`income,grade`).

    The order of both follows from the snapshot, so that the same snapshot gives the same bytes.
    """
    snapshot = Snapshot(tables["persons"], tables["households"], tables["employers"])
    mine = [
        indicator
        for indicator in sorted(indicators, key=lambda indicator: indicator.id)
        if part_name(indicator.id, "population") in program.policies
    ]
    asked = [name for name in program.policies if "__" in name]
    evaluation = evaluate(program, *tables.values(), policies=asked)
    rows = snapshot.unit_rows()
    groups = {unit: _groups(rows[unit].table, len(rows[unit].ids), program, unit) for unit in rows}
    parts = [_units(indicator, evaluation, rows[indicator.unit], groups[indicator.unit]) for indicator in mine]
    units = pa.concat_tables(parts) if parts else _nobody()
    return {"cells": _cells(units), "units": units.drop_columns(["measure"])}


def digest(cells: pa.Table) -> str:
    """SHA-256 of the cells as values, whatever wrote them."""
    total = sha256()
    for name in cells.column_names:
        total.update(repr((name, cells.column(name).to_pylist())).encode())
    return total.hexdigest()


def parts_of(population: Answers, excluded: Answers, counts: Answers) -> dict[str, Flags]:
    """The four parts, from answers 1 yes, 0 no, -1 unknown.

    Who certainly does not belong is in none of them; nor is who may belong and would be left out anyway.
    """
    inside, outside = population == 1, population == 0
    out, kept = excluded == 1, excluded == 0
    sure = inside & kept
    return {
        "counted": sure & (counts == 1),
        "not_counted": sure & (counts == 0),
        "unknown": ~outside & ~out & ~(sure & (counts != -1)),
        "excluded": inside & out,
    }


def _units(indicator: Indicator, evaluation: Evaluation, rows: UnitRows, groups: Mapping[str, pa.Array]) -> pa.Table:
    found = parts_of(*(_answers(indicator.id, part, evaluation, len(rows.ids)) for part in QUESTIONS))
    measure, why = _measured(indicator, rows), _Reasons(indicator, evaluation)
    tables = []
    for part in PART_NAMES:
        at = np.flatnonzero(found[part])
        taken = pa.array(at)
        whose = {"unit_id": rows.ids[at], "person_id": rows.person_ids[at], "household_id": rows.household_ids[at]}
        columns = {
            "indicator": pa.array([str(indicator.id)] * len(at), pa.string()),
            "part": pa.array([part] * len(at), pa.string()),
            **{name: pa.array(ids) for name, ids in whose.items()},
            "village_code": rows.villages.take(taken).cast(pa.string()),
            **{name: values.take(taken) for name, values in groups.items()},
            "reason": pa.array(why.of(part, at), pa.string()),
            "measure": pa.array(measure[at] if part == "counted" else np.zeros(len(at), "i8")),
        }
        tables.append(pa.table(columns))
    return pa.concat_tables(tables)


QUESTIONS = ("population", "excluded", "counted")


class _Reasons:
    """Why a unit is in its part, as a short code."""

    def __init__(self, indicator: Indicator, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        names = {question: part_name(indicator.id, question) for question in QUESTIONS}
        self.names = {question: name for question, name in names.items() if name in evaluation.policies}

    def of(self, part: str, at: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
        if part == "not_counted":
            return self._numbered("failed", self.evaluation.first_failed(self.names["counted"])[at])
        if part == "excluded":
            met = (
                [answers[at] == 1 for _, answers in self.evaluation.conditions(self.names["excluded"])]
                if len(at)
                else []
            )
            return self._numbered("excluded", np.argmax(met, axis=0) if met else np.zeros(0, "i8"))
        return self._asked(at) if part == "unknown" else np.full(len(at), "", object)

    @staticmethod
    def _numbered(word: str, numbers: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.object_]:
        names = np.array([f"{word}:{number}" for number in range(int(numbers.max(initial=0)) + 1)], object)
        return np.asarray(names[np.maximum(numbers, 0)])

    def _asked(self, at: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
        """The facts that decide, of all three questions."""
        found: dict[str, Flags] = {}
        for name in self.names.values():
            for fact, flags in self.evaluation.asks(name).items():
                found[fact] = found[fact] | flags[at] if fact in found else flags[at]
        said = np.full(len(at), "", object)
        for fact, asked in sorted(found.items()):
            said[asked] += f",{fact}"
        return np.array([words.removeprefix(",") for words in said], object)


def _answers(indicator: str, part: str, evaluation: Evaluation, size: int) -> Answers:
    """Nobody is left out where the indicator leaves nobody out."""
    name = part_name(indicator, part)
    return evaluation.eligible(name) if name in evaluation.policies else np.zeros(size, np.int8)


def _measured(indicator: Indicator, rows: UnitRows) -> npt.NDArray[np.int64]:
    """The measured fact of each unit; 0 where it is not known."""
    fact = str(indicator.measure.fact) if indicator.measure else ""
    if fact not in rows.table.column_names:
        return np.zeros(len(rows.ids), "i8")
    return np.asarray(rows.table.column(fact).combine_chunks().fill_null(0).to_numpy(), "i8")


def _groups(table: pa.Table, size: int, program: Program, unit: str) -> dict[str, pa.Array]:
    """What persons are told apart by, as words; '' for households and employers."""
    if unit != "person":
        return {name: pa.array([NOT_A_PERSON] * size, pa.string()) for name in GROUPS}
    born = table.column("birth_date").combine_chunks()
    return {
        "category": _words(table, "category"),
        "grade": _words(table, "grade"),
        "age_band": pa.array(age_bands(born, int(f"{program.as_of:%Y%m%d}"))),
        "sex": _words(table, "sex"),
    }


def _words(table: pa.Table, name: str) -> pa.Array:
    return table.column(name).combine_chunks().cast(pa.string()).fill_null(NOT_KNOWN)


def age_bands(born: pa.Array, today: int) -> npt.NDArray[np.str_]:
    """The band of each date of birth on the day `today` (20260131); born on 29 February, a year is full on 1 March."""
    days = born.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype("M8[D]")
    months = days.astype("M8[M]")
    in_year = months.astype("i8") % 12 + 1
    number = (months.astype("i8") // 12 + 1970) * 10_000 + in_year * 100 + (days - months).astype("i8") + 1
    age = (today - number) // 10_000
    names = np.array([name for _, name in BANDS])
    band = names[np.clip(np.searchsorted([first for first, _ in BANDS], age, "right") - 1, 0, None)]
    return np.where(np.asarray(born.is_valid()), band, NOT_KNOWN)


def _cells(units: pa.Table) -> pa.Table:
    flags = {part: pc.equal(units.column("part"), part).cast(pa.int64()) for part in PART_NAMES}
    table = units.select([*KEYS, "measure"])
    for part, flag in flags.items():
        table = table.append_column(part, flag)
    sums = table.group_by(list(KEYS)).aggregate([(name, "sum") for name in (*PART_NAMES, "measure")])
    sums = sums.rename_columns([name.removesuffix("_sum") for name in sums.column_names])
    return sums.select([*KEYS, *PART_NAMES, "measure"]).sort_by([(name, "ascending") for name in KEYS]).combine_chunks()


def _nobody() -> pa.Table:
    texts = {name: pa.string() for name in ("indicator", "part", "village_code", *GROUPS, "reason")}
    numbers = {name: pa.int64() for name in ("unit_id", "person_id", "household_id", "measure")}
    return pa.table({name: pa.array([], type_) for name, type_ in (texts | numbers).items()})
