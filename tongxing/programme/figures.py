"""What a project took in, paid, brought about, and how content people are: sums over its entries, nothing typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tongxing.content.programme import ProjectPlan
from tongxing.programme.models import Project, Source


@dataclass(frozen=True)
class Line:
    """One source of money, in fen."""

    source: str
    name: str
    budget_fen: int
    received_fen: int
    paid_fen: int

    @property
    def left_fen(self) -> int:
        """Received and not yet paid; below zero where more was paid than came."""
        return self.received_fen - self.paid_fen


@dataclass(frozen=True)
class Outcome:
    """How much of one unit there is; `target` None where the plan gives no number."""

    unit: str
    count: int
    target: int | None


@dataclass(frozen=True)
class ProjectFigures:
    """`outcomes[0]` is what the money is divided by. Satisfaction counts everybody who was ever asked."""

    lines: Sequence[Line]
    outcomes: Sequence[Outcome]
    asked: int
    satisfied: int

    @property
    def budget_fen(self) -> int:
        return sum(line.budget_fen for line in self.lines)

    @property
    def received_fen(self) -> int:
        return sum(line.received_fen for line in self.lines)

    @property
    def paid_fen(self) -> int:
        return sum(line.paid_fen for line in self.lines)

    @property
    def left_fen(self) -> int:
        return self.received_fen - self.paid_fen

    @property
    def cost_per_result_fen(self) -> int | None:
        """To the nearest fen; None before there is a result or before anything was paid."""
        count = self.outcomes[0].count if self.outcomes else 0
        return (2 * self.paid_fen + count) // (2 * count) if count > 0 and self.paid_fen > 0 else None

    @property
    def satisfaction(self) -> float | None:
        """From 0 to 1; None while nobody was asked."""
        return self.satisfied / self.asked if self.asked else None

    @property
    def overspent_fen(self) -> int:
        """Paid beyond the budget, summed over the sources: what one has too much covers no other."""
        return sum(max(0, line.paid_fen - line.budget_fen) for line in self.lines)

    @property
    def ahead_fen(self) -> int:
        """Paid before the money came."""
        return sum(max(0, -line.left_fen) for line in self.lines)


def figures_of(project: Project, plan: ProjectPlan) -> ProjectFigures:
    budget: dict[str, int] = defaultdict(int)
    received: dict[str, int] = defaultdict(int)
    paid: dict[str, int] = defaultdict(int)
    for fund in project.funds.all():
        budget[fund.source] += fund.budget_fen
        received[fund.source] += fund.received_fen
    for payment in project.payments.all():
        paid[payment.source] += payment.amount_fen
    wanted = [source for source in Source if source in plan.funds or budget[source] or received[source] or paid[source]]
    counts: dict[str, int] = defaultdict(int)
    for result in project.results.all():
        counts[result.unit] += result.count
    said = list(project.satisfaction.all())
    return ProjectFigures(
        [Line(str(s), str(s.label), budget[s], received[s], paid[s]) for s in wanted],
        [Outcome(counted.unit, counts[counted.unit], counted.target) for counted in plan.counts],
        sum(one.asked for one in said),
        sum(one.satisfied for one in said),
    )
