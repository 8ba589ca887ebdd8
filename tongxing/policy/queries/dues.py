"""What the rules say of those who are paid: how much a month, or no more, or cannot tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tongxing.policy.models import Run
from tongxing.policy.queries.runs import ask


@dataclass(frozen=True)
class Dues:
    """Units by (policy, unit_id): `monthly_fen` of the entitled, the reason of the no longer entitled, the unclear."""

    monthly_fen: dict[tuple[str, int], int]
    wrong: dict[tuple[str, int], str]
    unknown: dict[tuple[str, int], str]


def dues(run: Run, policies: Collection[str]) -> Dues:
    """Two questions, whatever the number of units."""
    names = sorted(policies)
    marks = ", ".join("?" * len(names))
    owed = ask(run, f"SELECT policy, unit_id, monthly_fen FROM dues WHERE policy IN ({marks})", names)  # noqa: S608
    sql = f"SELECT policy, unit_id, kind, reason FROM lists WHERE kind IN ('wrong', 'unknown') AND policy IN ({marks})"  # noqa: S608
    listed: dict[str, dict[tuple[str, int], str]] = {"wrong": {}, "unknown": {}}
    for row in ask(run, sql, names):
        listed[row["kind"]][row["policy"], row["unit_id"]] = row["reason"]
    return Dues(
        {(row["policy"], row["unit_id"]): row["monthly_fen"] for row in owed}, listed["wrong"], listed["unknown"]
    )
