"""What is not as last month, and why: the regular payments of two months side by side, and everything held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Sum
from django.db.models.functions import Coalesce

from tongxing.payments import months
from tongxing.payments.drafts import Draft
from tongxing.payments.models import Award, Difference, Line, Payment, Run

REASONS = {"died": "已去世"}
KEPT = "抵扣以前多发的钱"
Last = dict[tuple[int, str], tuple[int, int, int]]


def differences(run: Run, draft: Draft, lines: Sequence[Line]) -> Iterator[Difference]:
    """Against the regular payments of the month before, each less what is kept back of it."""
    last = _last_month(draft.month)
    kept = {line.payment_id: line.kept_fen for line in lines}
    for payment in draft.regular:
        after = payment.amount_fen - kept.get(payment.pk, 0)
        before, kept_before, _ = last.pop((payment.person_id, payment.policy), (None, 0, 0))
        if before is None:
            yield _difference(run, payment, "new", (0, after), _why_new(payment))
        elif before != after:
            by_plan = kept_before != kept.get(payment.pk, 0)
            reason = KEPT if by_plan else draft.rates[payment.award_id].reason
            yield _difference(run, payment, "changed", (before, after), reason)
    yield from _stopped(run, draft, last)
    for line in lines:
        if line.state == Line.State.HELD:
            yield _difference(run, line.payment, "held", (line.amount_fen, 0), line.why)


def _last_month(month: date) -> Last:
    """(fen without what was kept back, fen kept back, award) of last month by person and policy."""
    found = Payment.objects.filter(month=months.before(month), kind=Payment.Kind.REGULAR)
    rows = found.annotate(kept=Sum("lines__kept_fen", default=0), file=Coalesce("person__merged_into", "person"))
    columns = rows.order_by().values_list("file", "policy", "amount_fen", "kept", "award")
    return {(person, policy): (fen - kept, kept, award) for person, policy, fen, kept, award in columns}


def _why_new(payment: Payment) -> str:
    award = payment.award
    return f"办件 {award.case_number} 批准" if award.case_number else str(award.get_origin_display())


def _difference(run: Run, payment: Payment, kind: str, fen: tuple[int, int], reason: str) -> Difference:
    return Difference(
        run=run,
        person_id=payment.person_id,
        policy=payment.policy,
        kind=kind,
        before_fen=fen[0],
        after_fen=fen[1],
        reason=reason[:80],
    )


def _stopped(run: Run, draft: Draft, last: Last) -> Iterator[Difference]:
    awards = Award.objects.in_bulk([award for _, _, award in last.values()])
    for (person, policy), (fen, _, award) in last.items():
        reason = draft.gone.get(award) or REASONS.get(awards[award].stop_reason, awards[award].stop_reason)
        yield Difference(
            run=run,
            person_id=person,
            policy=policy,
            kind="stopped",
            before_fen=fen,
            after_fen=0,
            reason=(reason or "本月已经发过")[:80],
        )
