"""Asking a few by lot whether the money came; and saying that an account which the bank refused is right after all."""

from __future__ import annotations

import random

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.payments.models import Line, ReceiptCheck, Run
from tongxing.payments.refusal import Refused
from tongxing.registry.models import Person
from tongxing.registry.queries import person_for


@transaction.atomic
def draw_checks(*, by: Actor | None, run: Run, size: int) -> list[ReceiptCheck]:
    """Draws so many of the payments that the bank says are paid, each with the same chance.

    The lot is seeded by the run's own digest: nobody chooses, and anybody can draw again and compare. Drawn once a run;
    afterwards the same checks come back.
    """
    check_may(by, Right.APPROVE_PAYMENTS)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if drawn := list(run.checks.order_by("pk")):
        return drawn
    paid = list(run.lines.filter(state=Line.State.PAID).order_by("number").values_list("payment", flat=True))
    if size <= 0 or not paid:
        raise Refused("抽查要至少一笔，而且银行说过已经到账。")
    picked = random.Random(f"receipts {run.digest}").sample(paid, min(size, len(paid)))  # noqa: S311 (a lot, no secret)
    checks = [ReceiptCheck(run=run, payment_id=payment) for payment in sorted(picked)]
    ReceiptCheck.objects.bulk_create(checks, batch_size=500)
    record(by=by, verb="pay.checks_drawn", subject=f"run:{run}", size=len(checks), of=len(paid))
    return list(run.checks.order_by("pk"))


@transaction.atomic
def record_check(*, by: Actor | None, check: ReceiptCheck, outcome: str) -> ReceiptCheck:
    """What the person said. It may be corrected: the journal keeps every answer."""
    check = ReceiptCheck.objects.select_for_update().select_related("payment__person").get(pk=check.pk)
    actor = _check(by, check.payment.person)
    if outcome not in ReceiptCheck.Outcome.values:
        raise Refused("请选一个：" + "、".join(map(str, ReceiptCheck.Outcome.labels)) + "。")
    check.outcome, check.by_label, check.at = outcome, actor.label[:80], timezone.now()
    check.save(update_fields=["outcome", "by_label", "at"])
    record(by=actor, verb="pay.checked", subject=f"person:{check.payment.person_id}", check=check.pk, outcome=outcome)
    return check


@transaction.atomic
def send_again(*, by: Actor | None, line: Line, reason: str) -> Line:
    """The account is right, the bank's trouble is over: the next run pays to the same account once more."""
    line = Line.objects.select_for_update().select_related("payment__person").get(pk=line.pk)
    actor = _check(by, line.payment.person)
    if line.state != Line.State.RETURNED:
        raise Refused("只有银行退回的才要再发。")
    if not reason.strip():
        raise Refused("请写一句怎么核实的。")
    line.may_repeat = True
    line.save(update_fields=["may_repeat"])
    subject = f"person:{line.payment.person_id}"
    record(by=actor, verb="pay.send_again", subject=subject, line=line.pk, reason=reason.strip()[:200])
    return line


def _check(by: Actor | None, person: Person) -> Actor:
    check_may(by, Right.WORK_CASE)
    assert by is not None
    if person_for(by, person.file.pk) is None:
        raise PermissionDenied("这个人不归这个账号管。")
    return by
