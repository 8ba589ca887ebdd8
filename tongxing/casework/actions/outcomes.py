"""What follows from a decision in force: the award, the waiver, the thing to hand over; or the stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError

from tongxing.accounts.access import Actor
from tongxing.casework import clocks
from tongxing.casework.actions.rows import end, start
from tongxing.casework.catalogue import DELIVERY, service_of
from tongxing.casework.models import Case, Decision
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.lib.place import Text
from tongxing.payments import actions as payments
from tongxing.payments.models import Award
from tongxing.payments.refusal import Refused as Unpayable
from tongxing.registry.actions import issue_certificate, note_receipt
from tongxing.registry.queries import finding_of
from tongxing.residents.actions import news

TO_HAND_OVER = ("thing", "referral", "document")


def carry_out(decision: Decision, by: Actor | None, handed_over: bool = False) -> None:
    """Raises Refused with the reason why it cannot be paid; then nothing of the decision stands."""
    case, service = decision.case, service_of(decision.case)
    try:
        if decision.result == Decision.Result.GRANTED:
            _grant(decision, by, service, handed_over)
        elif decision.result == Decision.Result.STOPPED:
            _stop(case, by, decision.reason)
            end(case, Case.State.DECIDED)
        else:
            end(case, Case.State.DECIDED)
        once = f"{decision.pk} {handed_over}"
        news.decided(by=by, about=(case.person, case.number), due_at=clocks.told_at(), decision=once)
    except Unpayable as why:
        raise Refused(str(why)) from why


def _grant(decision: Decision, by: Actor | None, service: Service, handed_over: bool) -> None:
    case = decision.case
    if service.outcome == "certificate":
        _certify(decision, by)
    elif service.outcome == "money_monthly":
        _award(decision, by)
    elif service.outcome == "money_once":
        _pay_once(decision, by)
    elif service.outcome in TO_HAND_OVER and not handed_over:
        last = service.steps[-1]
        start(case, replace(last, id=Text(DELIVERY), name="落实"))
        return
    else:
        _received(case, by)
    end(case, Case.State.CLOSED if handed_over else Case.State.DECIDED)


def _certify(decision: Decision, by: Actor | None) -> None:
    finding = finding_of(decision.case.number)
    if finding is None:
        raise Refused("还没有评定结果，不能发证。")
    try:
        certificate = issue_certificate(by=by, finding=finding, on=clocks.today())
    except ValidationError as why:
        raise Refused(why.messages[0]) from why
    Decision.objects.filter(pk=decision.pk).update(delivered=f"certificate:{certificate.pk}")


def _received(case: Case, by: Actor | None) -> None:
    note_receipt(by=by, person=case.person, unit_id=case.unit_id, policy=case.policy, from_date=clocks.today())


def _award(decision: Decision, by: Actor | None) -> None:
    case = decision.case
    if decision.amount_fen is None or decision.from_month is None:
        raise Refused("金额还算不出来：有事实不知道。先问清楚，再批准。")
    earlier = Award.objects.filter(unit_id=case.unit_id, policy=case.policy, until_month=None).first()
    if earlier is not None and case.origin == Case.Origin.APPEAL:
        payments.change_rate(
            by=by, award=earlier, from_month=decision.from_month, monthly_fen=decision.amount_fen, reason="复核改了金额"
        )
        award = earlier
    else:
        fen = _monthly(case.policy, decision.amount_fen)
        award = payments.grant(by=by, terms=_terms(case, fen, decision.from_month))
    if decision.from_month < clocks.today().replace(day=1):
        payments.owe_arrears(by=by, award=award, from_month=decision.from_month, to_month=clocks.last_month())
    Decision.objects.filter(pk=decision.pk).update(delivered=f"award:{award.pk}")


def _terms(case: Case, fen: int, month: date) -> payments.Terms:
    after_death = service_of(case).after_death
    return payments.Terms(case.person, case.unit_id, case.policy, fen, month, case.number, after_death)


def _monthly(policy: str, fen: int) -> int:
    return fen // 12 if pack(settings.PACK).policies[policy].period == "year" else fen


def _pay_once(decision: Decision, by: Actor | None) -> None:
    case = decision.case
    if decision.amount_fen is None:
        raise Refused("金额还算不出来：有事实不知道。先问清楚，再批准。")
    month = clocks.today().replace(day=1)
    payment = payments.grant_once(by=by, terms=_terms(case, decision.amount_fen, month))
    Decision.objects.filter(pk=decision.pk).update(delivered=f"payment:{payment.pk}")


def _stop(case: Case, by: Actor | None, reason: str) -> None:
    award = Award.objects.filter(unit_id=case.unit_id, policy=case.policy, until_month=None).first()
    if award is not None:
        payments.stop(by=by, award=award, from_month=clocks.next_month(), reason=reason[:80])
