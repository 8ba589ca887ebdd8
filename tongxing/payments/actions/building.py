"""The month's run: who is paid what, and everything that is not as last month with its reason (J19, R8).

Building again while nobody has approved gives the same run from the records as they then stand.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.progress import progress
from tongxing.payments import months
from tongxing.payments.actions.differing import differences
from tongxing.payments.drafts import Draft, draft_of
from tongxing.payments.keeping import kept_before, plans_of
from tongxing.payments.models import Difference, Line, Payment, Run
from tongxing.payments.refusal import Refused
from tongxing.registry.keys import ring
from tongxing.registry.models import Person

BATCH = 2000
NO_ACCOUNT, MOVED, SAME_ACCOUNT = "没有收款账户", "户籍迁走了，等核实", "银行退回后还没换账户"
DIED = "已去世，等家属来办"


@transaction.atomic
def build(*, month: date, by: Actor | None = None) -> Run:
    """The run of a month; `by` None is the system. An approved run comes back as it is. Raises Refused for a month to
    come, PermissionDenied."""
    if by is not None:
        check_may(by, Right.BUILD_PAYMENTS)
    month = month.replace(day=1)
    check_month(month)
    run = _locked(month, by)
    if not run.is_open:
        return run
    if Run.objects.filter(month__gt=month).exists():
        raise Refused("后面的月份已经做过发放，这个月不能重新做。")
    run.differences.all().delete()
    run.lines.all().delete()
    Payment.objects.filter(month=month, kind=Payment.Kind.REGULAR, lines=None).delete()
    draft = draft_of(month)
    _write_payments(draft)
    lines = _lines(run, draft)
    Line.objects.bulk_create(lines, batch_size=BATCH)
    Difference.objects.bulk_create(differences(run, draft, lines), batch_size=BATCH)
    return _sum_up(run, by)


def check_month(month: date) -> None:
    """Raises Refused for a month to come; and a month left out could not be made up for later."""
    if month > months.after(months.this_month()):
        raise Refused("只能做到下个月的发放。")
    last = Run.objects.order_by("-month").first()
    if last is not None and month > months.after(last.month):
        raise Refused(f"{months.after(last.month):%Y-%m} 还没有做发放，先做它，一个月也不能跳过。")


def _locked(month: date, by: Actor | None) -> Run:
    """The row of the month, held until the end: of two who build, one waits."""
    fresh: dict[str, Any] = {"built_at": timezone.now(), "built_by_id": by.user_id if by else None}
    fresh["built_by_label"] = by.label[:80] if by else "系统"
    try:
        with transaction.atomic():
            Run.objects.get_or_create(month=month, defaults=fresh)
    except IntegrityError:
        pass
    return Run.objects.select_for_update().get(month=month)


def _write_payments(draft: Draft) -> None:
    Payment.objects.bulk_create(draft.regular, batch_size=BATCH)


def _lines(run: Run, draft: Draft) -> list[Line]:
    returned = _returned_accounts()
    fresh = {payment.pk for payment in draft.regular}
    payments = draft.regular + [payment for payment in draft.left if payment.pk not in fresh]
    lines = [_line(run, number, payment, returned) for number, payment in enumerate(progress(payments, "写每一笔"), 1)]
    _keep_back(run, lines)
    return lines


def _keep_back(run: Run, lines: list[Line]) -> None:
    """What an attempt that came back had kept stays kept; a running plan keeps its part of each month."""
    plans = plans_of(run)
    before = kept_before()
    for line in lines:
        line.amount_fen -= before.get(line.payment_id, 0)
        plan = plans.get((line.payment.person_id, line.payment.policy))
        fits = line.payment.kind == Payment.Kind.REGULAR and line.payment_id not in before
        if plan is not None and fits and line.state == Line.State.PLANNED and (kept := plan.keep(line.amount_fen)):
            line.kept_fen, line.recovery_id = kept, plan.recovery
            line.amount_fen -= kept


def _returned_accounts() -> dict[int, str]:
    """The account from which the bank last sent a payment back; '' where somebody has made sure that it is right."""
    found = Line.objects.filter(payment__settled_at=None, state=Line.State.RETURNED).order_by("pk")
    return {line.payment_id: "" if line.may_repeat else account_of(line) or "" for line in found}


def account_of(line: Line) -> str | None:
    """The frozen account of a line."""
    sealed = line.account_sealed
    place = f"line.{line.run_id}.{line.payment_id}"
    return None if sealed is None else ring().open(bytes(sealed), place=place)


def _line(run: Run, number: int, payment: Payment, returned: dict[int, str]) -> Line:
    person, keys = payment.person.file, ring()  # owed to a file that was merged since: to the account that counts
    account = person.opened("account")
    why = _why_held(person, run.month, account, returned.get(payment.pk))
    return Line(
        run=run,
        payment=payment,
        number=number,
        amount_fen=payment.amount_fen,
        account_sealed=keys.seal(account, place=f"line.{run.pk}.{payment.pk}") if account else None,
        account_name=person.name,
        village_code=person.village_code,
        state=Line.State.HELD if why else Line.State.PLANNED,
        why=why,
    )


def _why_held(person: Person, month: date, account: str | None, returned: str | None) -> str:
    if account is None:
        return NO_ACCOUNT
    if person.death_date is not None and person.death_date < month:
        return DIED
    if returned is not None and returned == account:
        return SAME_ACCOUNT
    return MOVED if person.moved_out_date is not None else ""


def _sum_up(run: Run, by: Actor | None) -> Run:
    planned = run.lines.filter(state=Line.State.PLANNED).aggregate(n=Count("pk"), fen=Sum("amount_fen"))
    run.payments, run.total_fen = planned["n"], planned["fen"] or 0
    kinds = {kind: run.differences.filter(kind=kind).count() for kind in ("new", "changed", "stopped", "held")}
    run.new, run.changed, run.stopped, run.held = kinds["new"], kinds["changed"], kinds["stopped"], kinds["held"]
    run.digest, run.built_at = digest_of(run), timezone.now()
    run.built_by_id, run.built_by_label = (by.user_id, by.label[:80]) if by else (None, "系统")
    run.save()
    record(by=by, verb="pay.built", subject=f"run:{run}", payments=run.payments, fen=run.total_fen, digest=run.digest)
    return run


def digest_of(run: Run) -> str:
    """What an approval is for: each line with its payment, amount and account. The same records give the same."""
    made = sha256()
    for line in run.lines.order_by("number").select_related("payment"):
        account = account_of(line) or ""
        said = (line.number, line.payment.person_id, line.payment.policy, f"{line.payment.month:%Y-%m}",
                line.payment.kind, line.amount_fen, line.kept_fen, line.state, account, line.account_name)  # fmt: skip
        made.update(repr(said).encode())
    return made.hexdigest()
