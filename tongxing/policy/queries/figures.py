"""Counts and money of the newest run, by policy and area. Every number here is the length of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tongxing.policy.models import Run
from tongxing.policy.queries.runs import ask

SUMS = """
SUM(entitled)::BIGINT AS entitled, SUM(receiving)::BIGINT AS receiving, SUM(missing)::BIGINT AS missing,
SUM(declined)::BIGINT AS declined, SUM(wrong)::BIGINT AS wrong, SUM(unknown)::BIGINT AS unknown,
SUM(entitled_fen)::BIGINT AS entitled_fen, SUM(missing_fen)::BIGINT AS missing_fen
"""
KINDS = ("missing", "wrong", "unknown", "declined")


@dataclass(frozen=True)
class Figures:
    """Counts of units of one policy in one area; money in fen a month."""

    policy: str
    area: str
    entitled: int
    receiving: int
    missing: int  # declined included
    declined: int
    wrong: int
    unknown: int
    entitled_fen: int
    missing_fen: int

    @property
    def missing_out(self) -> int:
        """The length of the list of those missing out: without those who said no."""
        return self.missing - self.declined

    def kind(self, kind: str) -> int:
        return self.missing_out if kind == "missing" else int(getattr(self, kind))

    @property
    def coverage(self) -> float | None:
        """Receiving of entitled; None where nobody is entitled (never 100 % of nothing)."""
        return self.receiving / self.entitled if self.entitled else None


def by_policy(run: Run, prefix: str) -> dict[str, Figures]:
    """Figures of each policy within an area."""
    sql = f"SELECT policy, {SUMS} FROM figures WHERE starts_with(village_code, ?) GROUP BY policy ORDER BY policy"  # noqa: S608
    return {row["policy"]: Figures(area=prefix, **row) for row in ask(run, sql, [prefix])}


def by_area(run: Run, prefix: str, length: int, policy: str | None = None) -> dict[tuple[str, str], Figures]:
    """Figures by policy and by the areas whose codes have `length` digits, within `prefix`."""
    sql = f"""
    SELECT policy, left(village_code, {int(length)}) AS area, {SUMS} FROM figures
    WHERE starts_with(village_code, ?) AND (? IS NULL OR policy = ?) GROUP BY ALL ORDER BY ALL
    """  # noqa: S608
    rows = ask(run, sql, [prefix, policy, policy])
    return {(row["policy"], row["area"]): Figures(**row) for row in rows}


def totals(figures: list[Figures]) -> dict[str, Any]:
    """The four lists' lengths and the missing money, summed over policies."""
    sums = {kind: sum(figure.kind(kind) for figure in figures) for kind in KINDS}
    return sums | {"missing_fen": sum(figure.missing_fen for figure in figures)}
