"""The month's run: who is paid what, and everything that is not as last month with its reason (J19, R8).

Building again while nobody has approved gives the same run from the records as they then stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.payments import months
from tongxing.payments.models import Award, Difference, Line, Payment, Rate, Run
from tongxing.payments.queries import rates_on
from tongxing.payments.refusal import Refused
from tongxing.registry.keys import ring
from tongxing.registry.models import Person

BATCH = 2000
LIVING = (Line.State.PLANNED, Line.State.SENT, Line.State.PAID)
NO_ACCOUNT, MOVED, SAME_ACCOUNT = "没有收款账户", "户籍迁走了，等核实", "银行退回后还没换账户"
DIED = "已去世，等家属来办"


@transaction.atomic
def build(*, month: date, by: Actor | None = None) -> Run:
    """The run of a month; `by` None is the system. An approved run comes back as it is. Raises Refused for a month to
    come, PermissionDenied."""
    if by is not None:
        check_may(by, Right.BUILD_PAYMENTS)
    month = month.replace(day=1)
    if month > months.after(months.this_month()):
        raise Refused("只能做到下个月的发放。")
    run = _locked(month, by)
    if not run.is_open:
        return run
    if Run.objects.filter(month__gt=month).exists():
        raise Refused("后面的月份已经做过发放，这个月不能重新做。")
    run.differences.all().delete()
    run.lines.all().delete()
    Payment.objects.filter(month=month, kind=Payment.Kind.REGULAR, lines=None).delete()
    draft = _draft(month)
    _write_payments(draft)
    lines = _lines(run, draft)
    Line.objects.bulk_create(lines, batch_size=BATCH)
    Difference.objects.bulk_create(_differences(run, draft, lines), batch_size=BATCH)
    return _sum_up(run, by)


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


@dataclass
class Draft:
    """What the month owes: regular payments made now, and everything older that has no living attempt."""

    month: date
    regular: list[Payment] = field(default_factory=list)
    left: list[Payment] = field(default_factory=list)
    rates: dict[int, Rate] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)  # award → why it is not paid


def _draft(month: date) -> Draft:
    draft = Draft(month, rates=rates_on(month))
    already = _already(month)
    for award in _awards(month):
        rate = draft.rates.get(award.pk)
        owed = rate.monthly_fen if rate else 0
        person = award.person
        if person.death_date is not None and person.death_date < month:
            draft.gone[award.pk] = "已去世"
        elif owed <= 0:
            draft.gone[award.pk] = rate.reason if rate else "没有金额"
        elif (left := owed - already.get((person.pk, award.policy), 0)) > 0:
            kind = Payment.Kind.REGULAR
            payment = Payment(award=award, person=person, policy=award.policy, month=month, kind=kind, amount_fen=left)
            draft.regular.append(payment)
    draft.left = list(_unpaid())
    return draft


def _awards(month: date) -> Iterable[Award]:
    open_then = Q(until_month=None) | Q(until_month__gt=month)
    found = Award.objects.filter(open_then, from_month__lte=month).exclude(stop_reason="一次性")
    return found.select_related("person").order_by("person__village_code", "person_id", "policy", "pk")


def _already(month: date) -> dict[tuple[int, str], int]:
    """What of the month is owed already, as arrears or by an attempt of another run."""
    found = Payment.objects.filter(month=month).exclude(kind=Payment.Kind.ONCE)
    return {
        (row["person"], row["policy"]): row["fen"]
        for row in found.values("person", "policy").annotate(fen=Sum("amount_fen"))
    }


def _unpaid() -> Iterator[Payment]:
    """Payments of whatever month without a living attempt: arrears, single sums, held and returned ones."""
    living = Line.objects.filter(payment=OuterRef("pk"), state__in=LIVING)
    found = Payment.objects.filter(~Exists(living), settled_at=None)
    yield from found.select_related("person", "award").order_by("pk")


def _write_payments(draft: Draft) -> None:
    Payment.objects.bulk_create(draft.regular, batch_size=BATCH)


def _lines(run: Run, draft: Draft) -> list[Line]:
    returned = _returned_accounts([payment.pk for payment in draft.left])
    fresh = {payment.pk for payment in draft.regular}
    payments = draft.regular + [payment for payment in draft.left if payment.pk not in fresh]
    return [_line(run, number, payment, returned) for number, payment in enumerate(payments, 1)]


def _returned_accounts(payments: list[int]) -> dict[int, str]:
    """The account from which the bank last sent a payment back; '' where somebody has made sure that it is right."""
    found = Line.objects.filter(payment__in=payments, state=Line.State.RETURNED).order_by("pk")
    return {line.payment_id: "" if line.may_repeat else account_of(line) or "" for line in found}


def account_of(line: Line) -> str | None:
    """The frozen account of a line."""
    sealed = line.account_sealed
    place = f"line.{line.run_id}.{line.payment_id}"
    return None if sealed is None else ring().open(bytes(sealed), place=place)


def _line(run: Run, number: int, payment: Payment, returned: dict[int, str]) -> Line:
    person, keys = payment.person, ring()
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


def _differences(run: Run, draft: Draft, lines: list[Line]) -> Iterator[Difference]:
    """Against the regular payments of the month before, and what is held."""
    last = _last_month(draft.month)
    for payment in draft.regular:
        before = last.pop((payment.person_id, payment.policy), None)
        if before is None:
            yield _difference(run, payment, "new", 0, _why_new(payment))
        elif before[0] != payment.amount_fen:
            yield _difference(run, payment, "changed", before[0], draft.rates[payment.award_id].reason)
    yield from _stopped(run, draft, last)
    for line in lines:
        if line.state == Line.State.HELD:
            yield _difference(run, line.payment, "held", line.amount_fen, line.why, after=0)


def _last_month(month: date) -> dict[tuple[int, str], tuple[int, int]]:
    """(fen, award) of last month by person and policy."""
    found = Payment.objects.filter(month=months.before(month), kind=Payment.Kind.REGULAR)
    return {(p.person_id, p.policy): (p.amount_fen, p.award_id) for p in found}


def _why_new(payment: Payment) -> str:
    award = payment.award
    return f"办件 {award.case_number} 批准" if award.case_number else str(award.get_origin_display())


def _difference(
    run: Run, payment: Payment, kind: str, before: int, reason: str, after: int | None = None
) -> Difference:
    return Difference(
        run=run,
        person_id=payment.person_id,
        policy=payment.policy,
        kind=kind,
        before_fen=before,
        after_fen=payment.amount_fen if after is None else after,
        reason=reason[:80],
    )


def _stopped(run: Run, draft: Draft, last: dict[tuple[int, str], tuple[int, int]]) -> Iterator[Difference]:
    awards = Award.objects.in_bulk([award for _, award in last.values()])
    for (person, policy), (fen, award) in last.items():
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


REASONS = {"died": "已去世"}


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
                line.payment.kind, line.amount_fen, line.state, account, line.account_name)  # fmt: skip
        made.update(repr(said).encode())
    return made.hexdigest()
