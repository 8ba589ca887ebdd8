"""How much of a month is kept back for what was paid too much before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Sum

from tongxing.payments.models import Line, Recovery, Run


@dataclass
class Plan:
    """A running recovery, with what is still to be kept back; it shrinks as the lines of a run are written."""

    recovery: int
    monthly_fen: int
    floor_fen: int
    left_fen: int

    def keep(self, fen: int) -> int:
        """Of an amount of so much: never more than is left, and never so much that the person has less than the floor.

        Plan(1, 3000, 6000, 9000).keep(8000) → 2000
        """
        kept = max(0, min(self.monthly_fen, self.left_fen, fen - self.floor_fen))
        self.left_fen -= kept
        return kept


def plans_of(run: Run) -> dict[tuple[int, str], Plan]:
    """By person and policy; what other runs keep back already is off. Two queries."""
    running = Recovery.objects.filter(state=Recovery.State.RUNNING, from_month__lte=run.month)
    kept = kept_by(running.values_list("pk", flat=True), but=run)
    return {
        (each.person_id, each.policy): Plan(
            each.pk, each.monthly_fen, each.floor_fen, each.total_fen - waived(each) - kept.get(each.pk, 0)
        )
        for each in running
    }


def waived(recovery: Recovery) -> int:
    """Forgiven only once a second person has agreed."""
    return recovery.waived_fen if recovery.agreed_by_id is not None else 0


def kept_by(recoveries: object, but: Run | None = None) -> dict[int, int]:
    """Fen kept back so far by each recovery; a line that is held keeps nothing."""
    lines = Line.objects.filter(recovery__in=recoveries).exclude(state=Line.State.HELD)
    if but is not None:
        lines = lines.exclude(run=but)
    return {row["recovery"]: row["fen"] for row in lines.values("recovery").annotate(fen=Sum("kept_fen")).order_by()}


def kept_before() -> dict[int, int]:
    """What attempts that the bank sent back had kept of payments still open: it stays kept."""
    lines = Line.objects.filter(payment__settled_at=None, state=Line.State.RETURNED).filter(~Q(kept_fen=0))
    return {row["payment"]: row["fen"] for row in lines.values("payment").annotate(fen=Sum("kept_fen")).order_by()}
