"""What a changed parameter would do, on the newest snapshot, before anybody publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tongxing.policy.models import Run
from tongxing.policy.night import Snapshot
from tongxing.policy.program import changed_program, program
from tongxing.policy.queries.runs import folder_of
from tongxing.rules import planes
from tongxing.rules.tree import Policy, Value
from tongxing.warehouse.store import read_table

YEAR = {"month": 12, "year": 1, "once": 1, "none": 0}


@dataclass(frozen=True)
class Change:
    """One policy in one county; money in fen a year if everyone entitled gets it. Units are people, households …"""

    policy: str
    county: str
    before: int  # entitled units
    after: int
    before_fen: int
    after_fen: int
    winners: int
    losers: int
    new: int
    unknown: int

    @property
    def more_fen(self) -> int:
        return self.after_fen - self.before_fen


def simulate(run: Run, changes: Mapping[str, Value]) -> list[Change]:
    """Every policy whose result changes, by county. Raises PackErrors naming an unknown parameter.

    `changes` are {"living_allowance.amount": 10000} or {"dibao_line": 90000}, money in fen.
    """
    now, then = program(run.as_of_date), changed_program(run.as_of_date, changes)
    touched = sorted(name for name, policy in then.policies.items() if policy != now.policies.get(name))
    if not touched:
        return []
    snapshot = _snapshot(run)
    units = snapshot.unit_rows()
    before, after = (
        planes.evaluate(
            p, snapshot.persons, snapshot.households, snapshot.employers, reasons=False, asks=False, policies=touched
        )
        for p in (now, then)
    )
    rows: list[Change] = []
    for name in touched:
        policy = then.policies[name]
        counties = np.array([code[:6] for code in units[policy.unit].villages.to_pylist()])
        rows += _by_county(policy, counties, _result(before, policy), _result(after, policy))
    return rows


Result = tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]


def _result(evaluation: Any, policy: Policy) -> Result:
    """(eligible, fen a year) of each unit."""
    eligible = evaluation.eligible(policy.id)
    fen, known = evaluation.amount(policy.id)
    return eligible, np.where(known & (eligible == 1), fen * YEAR[policy.period], 0)


def _by_county(policy: Policy, counties: npt.NDArray[np.str_], before: Result, after: Result) -> list[Change]:
    (was, had), (is_now, gets) = before, after
    entered, left = (was != 1) & (is_now == 1), (was == 1) & (is_now != 1)
    winners, losers = (gets > had) | entered, (gets < had) | left
    changes = []
    for county in np.unique(counties):
        at = counties == county
        changes.append(
            Change(
                policy=policy.id,
                county=str(county),
                before=int((was[at] == 1).sum()),
                after=int((is_now[at] == 1).sum()),
                before_fen=int(had[at].sum()),
                after_fen=int(gets[at].sum()),
                winners=int(winners[at].sum()),
                losers=int(losers[at].sum()),
                new=int(entered[at].sum()),
                unknown=int((is_now[at] == -1).sum()),
            )
        )
    return changes


def _snapshot(run: Run) -> Snapshot:
    folder = folder_of(run)
    return Snapshot(read_table(folder, "persons"), read_table(folder, "households"), read_table(folder, "employers"))
