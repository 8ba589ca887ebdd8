"""One evaluation of a snapshot: tables of facts in, tables of lists, figures and questions out. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tongxing.lib.progress import progress
from tongxing.policy.lists import (
    NO_LIST,
    Flags,
    Sorted,
    UnitRows,
    all_policies,
    dues,
    figures,
    list_rows,
    since,
    sort_units,
)
from tongxing.rules import planes
from tongxing.rules.planes import Evaluation
from tongxing.rules.tree import Policy, Program

Days = npt.NDArray[np.datetime64]
MONTHS_A_YEAR = 12
JUST = 45  # days within which a right counts as just begun


@dataclass(frozen=True)
class History:
    """What the operational database adds: who ever received what, and who said no. Unit ids by policy.

    `shared_lists`: policies whose receipt list also holds people they are not for; nobody is wrongly on it.
    """

    received_before: Mapping[str, npt.NDArray[np.int64]]
    declined: Mapping[str, npt.NDArray[np.int64]]
    shared_lists: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Snapshot:
    """persons sorted by household_id, households, employers: each with its ids, village_code and fact columns."""

    persons: pa.Table
    households: pa.Table
    employers: pa.Table

    def unit_rows(self) -> dict[str, UnitRows]:
        person_ids = _ints(self.persons, "person_id")
        homes = _ints(self.persons, "household_id")
        house_ids = _ints(self.households, "household_id")
        employer_ids = _ints(self.employers, "employer_id") if self.employers.num_rows else np.zeros(0, "i8")
        nobody = np.full(len(employer_ids), -1, "i8")
        return {
            "person": UnitRows(person_ids, person_ids, homes, _villages(self.persons), self.persons),
            "household": UnitRows(
                house_ids,
                self._opened_by(house_ids, homes, person_ids),
                house_ids,
                _villages(self.households),
                self.households,
            ),
            "employer": UnitRows(employer_ids, nobody, nobody, _villages(self.employers), self.employers),
        }

    def _opened_by(
        self, house_ids: npt.NDArray[np.int64], homes: npt.NDArray[np.int64], person_ids: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """The person whose page stands for a household: its first certificate holder, else its first member."""
        opened = np.full(len(house_ids), -1, "i8")
        opened[self.home_of(house_ids, homes)[::-1]] = person_ids[::-1]
        holds = self.persons.column("has_cert").combine_chunks().fill_null(False).to_numpy(zero_copy_only=False)
        opened[self.home_of(house_ids, homes[holds])[::-1]] = person_ids[holds][::-1]
        return opened

    @staticmethod
    def home_of(house_ids: npt.NDArray[np.int64], homes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.searchsorted(house_ids, homes)


def _ints(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    return table.column(name).to_numpy()


def _villages(table: pa.Table) -> pa.DictionaryArray:
    if not table.num_rows:
        return pa.array([], pa.string()).dictionary_encode()
    return table.column("village_code").combine_chunks().cast(pa.string()).dictionary_encode()


def evaluate(program: Program, snapshot: Snapshot, history: History) -> dict[str, pa.Table]:
    """`figures` (policy × village), `lists` (a row for each unit in one of the four lists), `asks` (questions), `dues`
    (what each unit that receives is owed a month)."""
    evaluation = planes.evaluate(program, snapshot.persons, snapshot.households, snapshot.employers)
    units = snapshot.unit_rows()
    home_of = snapshot.home_of(units["household"].ids, units["person"].household_ids)
    counted, listed, asked, owed = [], [], [], []
    for policy in progress(list(all_policies(program)), "写四张名单"):
        rows = units[policy.unit]
        kinds = sort_units(policy, evaluation, rows, np.isin(rows.ids, history.declined.get(policy.id, [])))
        if policy.id in history.shared_lists:
            kinds = replace(kinds, wrong=np.zeros_like(kinds.wrong))
        began = since(policy, rows, units["household"], home_of)
        why = _Reasons(policy, evaluation, rows, history, began, np.datetime64(program.as_of))
        counted.append(figures(policy, kinds, rows))
        table = list_rows(policy, kinds, rows, why.of)
        listed.append(table.append_column("since_date", pa.array(began[table.column("row").to_numpy()])))
        asked.append(_questions(policy, why.asks, kinds, rows))
        owed.append(dues(policy, kinds, rows))
    tables = {"figures": counted, "lists": listed, "asks": asked, "dues": owed}
    return {name: pa.concat_tables(parts) for name, parts in tables.items()}


class _Reasons:
    """A short code for each listed unit: never, stopped, just; the failed condition's number; the facts to ask."""

    def __init__(
        self,
        policy: Policy,
        evaluation: Evaluation,
        rows: UnitRows,
        history: History,
        began: Days,
        today: np.datetime64,
    ) -> None:
        self.policy, self.rows, self.began, self.today = policy, rows, began, today
        self.failed, self.asks = evaluation.first_failed(policy.id), evaluation.asks(policy.id)
        self.eligible = evaluation.eligible(policy.id)
        self.before = history.received_before.get(policy.id, np.zeros(0, "i8"))

    def of(self, kind: str, at: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
        """The codes of the units at these rows, all of one kind."""
        if kind == "wrong":
            names = np.array([f"failed:{i}" for i in range(len(self.policy.leaves))] + ["failed:"], object)
            return names[self.failed[at]]
        if kind == "unknown":
            return self._asked(at)
        had, fresh = np.isin(self.rows.ids[at], self.before), self.began[at] >= self.today - JUST
        return np.where(had, "stopped", np.where(fresh, "just", "never")).astype(object)

    def _asked(self, at: npt.NDArray[np.intp]) -> npt.NDArray[np.object_]:
        said = np.full(len(at), "", object)
        for fact, flags in sorted(self.asks.items()):
            said[flags[at]] += f",{fact}"
        said[self.eligible[at] == 1] = f",{NO_LIST}"
        return said


def _questions(policy: Policy, asks: Mapping[str, Flags], kinds: Sorted, rows: UnitRows) -> pa.Table:
    """One row for each unit and fact to ask; worth is what the entitled get on average a year."""
    entitled = kinds.receiving | kinds.missing
    worth = int(kinds.monthly_fen[entitled].mean()) * MONTHS_A_YEAR if entitled.any() else 0
    parts = []
    for fact, flags in sorted(asks.items()):
        at = np.flatnonzero(flags & kinds.unknown)
        parts.append(
            pa.table(
                {
                    "fact": pa.array([fact] * len(at), pa.string()),
                    "policy": pa.array([policy.id] * len(at), pa.string()),
                    "person_id": rows.person_ids[at],
                    "household_id": rows.household_ids[at],
                    "village_code": rows.villages.take(pa.array(at)).cast(pa.string()),
                    "worth_fen": pa.array([worth] * len(at), pa.int64()),
                }
            )
        )
    return pa.concat_tables(parts) if parts else _no_questions()


def _no_questions() -> pa.Table:
    names = {"fact": pa.string(), "policy": pa.string(), "person_id": pa.int64(), "household_id": pa.int64()}
    names |= {"village_code": pa.string(), "worth_fen": pa.int64()}
    return pa.table({name: pa.array([], type_) for name, type_ in names.items()})
