"""From an evaluation to the four lists, the figures and the questions: arrays in, Arrow tables out, no database.

Kinds of a unit under a policy:
  receiving  entitled, and on the receipt list        missing   entitled, and not on it (a part of them `declined`)
  wrong      not entitled, and on the receipt list    unknown   cannot tell, or entitled with the receipt list not known
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tongxing.rules.planes import Evaluation
from tongxing.rules.tree import Fact as FactNode
from tongxing.rules.tree import Node, Policy, Program

Flags = npt.NDArray[np.bool_]
Why = Callable[[str, npt.NDArray[np.intp]], npt.NDArray[np.object_]]
NO_LIST = "receipt"  # reason of an unknown whose receipt list has not come


@dataclass(frozen=True)
class UnitRows:
    """What the lists need to know of the rows of one unit (persons, households or employers), in evaluation order."""

    ids: npt.NDArray[np.int64]
    person_ids: npt.NDArray[np.int64]  # who is opened by a row: the person, a holder of the household, -1 for employers
    household_ids: npt.NDArray[np.int64]
    villages: pa.DictionaryArray
    table: pa.Table

    def known_flag(self, name: str) -> tuple[Flags, Flags]:
        """(yes, known) of a bool column; all unknown if the snapshot has none."""
        if name not in self.table.column_names:
            nothing = np.zeros(len(self.ids), bool)
            return nothing, nothing
        column = self.table.column(name).combine_chunks()
        known = np.asarray(column.is_valid())
        return np.asarray(column.fill_null(False)) & known, known


@dataclass(frozen=True)
class Sorted:
    """The units of one policy by kind."""

    receiving: Flags
    missing: Flags
    declined: Flags
    wrong: Flags
    unknown: Flags
    no_list: Flags
    monthly_fen: npt.NDArray[np.int64]


def sort_units(policy: Policy, evaluation: Evaluation, rows: UnitRows, declined: Flags) -> Sorted:
    eligible = evaluation.eligible(policy.id)
    gets, told = rows.known_flag(policy.receipt)
    fen, known = evaluation.amount(policy.id)
    each = np.where(known & (eligible == 1), _monthly(policy.period, fen), 0)
    return Sorted(
        receiving=(eligible == 1) & gets,
        missing=(eligible == 1) & told & ~gets,
        declined=(eligible == 1) & told & ~gets & declined,
        wrong=(eligible == 0) & gets,
        unknown=(eligible == -1) | ((eligible == 1) & ~told),
        no_list=(eligible == 1) & ~told,
        monthly_fen=each,
    )


def _monthly(period: str, fen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    months = {"month": 1, "year": 12}.get(period)
    return np.zeros_like(fen) if months is None else (fen + months // 2) // months


def figures(policy: Policy, kinds: Sorted, rows: UnitRows) -> pa.Table:
    """One row a village: how many units of each kind, and the money a month."""
    codes = np.asarray(rows.villages.indices)
    size = len(rows.villages.dictionary)
    count = lambda flags: np.bincount(codes[flags], minlength=size)  # noqa: E731
    money = lambda flags: np.bincount(  # noqa: E731
        codes[flags], weights=kinds.monthly_fen[flags].astype("f8"), minlength=size
    ).astype("i8")
    return pa.table(
        {
            "policy": pa.array([policy.id] * size, pa.string()),  # typed: a city may have no employer
            "village_code": rows.villages.dictionary,
            "entitled": count(kinds.receiving | kinds.missing),
            "receiving": count(kinds.receiving),
            "missing": count(kinds.missing),
            "declined": count(kinds.declined),
            "wrong": count(kinds.wrong),
            "unknown": count(kinds.unknown),
            "entitled_fen": money(kinds.receiving | kinds.missing),
            "missing_fen": money(kinds.missing & ~kinds.declined),
        }
    )


def list_rows(policy: Policy, kinds: Sorted, rows: UnitRows, why: Why) -> pa.Table:
    """The rows of the four lists of one policy; `why(kind, rows)` gives their reasons."""
    parts = [
        ("missing", kinds.missing & ~kinds.declined),
        ("declined", kinds.declined),
        ("wrong", kinds.wrong),
        ("unknown", kinds.unknown),
    ]
    tables = []
    for kind, flags in parts:
        at = np.flatnonzero(flags)
        tables.append(
            pa.table(
                {
                    "policy": pa.array([policy.id] * len(at), pa.string()),
                    "kind": pa.array([kind] * len(at), pa.string()),
                    "unit_id": rows.ids[at],
                    "person_id": rows.person_ids[at],
                    "household_id": rows.household_ids[at],
                    "village_code": rows.villages.take(pa.array(at)).cast(pa.string()),
                    "reason": pa.array(why(kind, at), pa.string()),
                    "monthly_fen": kinds.monthly_fen[at],
                    "row": at.astype("i4"),
                }
            )
        )
    return pa.concat_tables(tables)


def dues(policy: Policy, kinds: Sorted, rows: UnitRows) -> pa.Table:
    """What each unit that receives is owed a month; nothing for policies that pay no money."""
    at = np.flatnonzero(kinds.receiving & (kinds.monthly_fen > 0))
    names = pa.array([policy.id] * len(at), pa.string())
    return pa.table({"policy": names, "unit_id": rows.ids[at], "monthly_fen": kinds.monthly_fen[at]})


def facts_of(node: Node) -> frozenset[str]:
    """The base facts that a condition reads."""
    found = {node.name} if isinstance(node, FactNode) else set()
    for child in node.children:
        found |= facts_of(child)
    return frozenset(found)


def since(
    policy: Policy, rows: UnitRows, homes: UnitRows, home_of: npt.NDArray[np.int64]
) -> npt.NDArray[np.datetime64]:
    """From which day the conditions hold as far as lists and certificates tell: the latest of their first days."""
    latest = np.full(len(rows.ids), np.datetime64("1900-01-01"), "M8[D]")
    for fact in sorted(facts_of(policy.own)):
        for source, index in ((rows, None), (homes, home_of)):
            name = "cert_issued" if fact in ("has_cert", "cert_status", "cert_until") else f"from:{fact}"
            if name not in source.table.column_names or (index is not None and policy.unit != "person"):
                continue
            days = np.asarray(source.table.column(name).combine_chunks().cast(pa.int32()).fill_null(-25567))
            days = days.astype("M8[D]")
            latest = np.maximum(latest, days if index is None else days[index])
    return latest


def all_policies(program: Program) -> list[Policy]:
    return sorted(program.policies.values(), key=lambda policy: policy.id)
