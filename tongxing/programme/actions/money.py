"""Money, results and satisfaction of a project. Entries are never changed: a mistake gets an entry against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.programme.actions.rows import check_amount, check_not_ahead, said, signed
from tongxing.programme.catalogue import plan_of, subject_of
from tongxing.programme.models import Evidence, Fund, Project, ProjectPayment, Result, Satisfaction, Source
from tongxing.programme.permission import check_report
from tongxing.programme.refusal import Refused


@dataclass(frozen=True)
class Grant:
    """Fen promised and fen that came, of one source, on a day; below zero to take some back."""

    source: str
    words: str
    on: date
    budget_fen: int = 0
    received_fen: int = 0


@dataclass(frozen=True)
class Bill:
    """What is paid: positive fen, of one source, on a day, to whom and for what, and the piece that shows it."""

    source: str
    amount_fen: int
    paid_date: date
    payee: str
    evidence: Evidence | None = None


@transaction.atomic
def add_fund(*, by: Actor | None, project: Project, grant: Grant) -> Fund:
    """More (or less) budget, or money that came (or went back). No sum of a source may fall below zero."""
    actor, project = check_report(by, project), _locked(project)
    _check_source(project, grant.source)
    check_not_ahead(grant.on, "这一天")
    if not (grant.budget_fen or grant.received_fen):
        raise Refused("请写预算或者到位的金额。")
    for fen in (grant.budget_fen, grant.received_fen):
        if fen:
            check_amount(abs(fen))
    sums = Fund.objects.filter(project=project, source=grant.source).aggregate(
        budget=Sum("budget_fen", default=0), received=Sum("received_fen", default=0)
    )
    if sums["budget"] + grant.budget_fen < 0 or sums["received"] + grant.received_fen < 0:
        raise Refused("减得太多，合计会小于 0。请核对金额。")
    made = Fund.objects.create(
        project=project,
        source=grant.source,
        budget_fen=grant.budget_fen,
        received_fen=grant.received_fen,
        words=said(grant.words, "这笔钱的说明", 120),
        on_date=grant.on,
        **signed(actor),
    )
    amounts = {"budget_fen": grant.budget_fen, "received_fen": grant.received_fen}
    _write(actor, project, "programme.fund", source=grant.source, **amounts)
    return made


@transaction.atomic
def pay(*, by: Actor | None, project: Project, bill: Bill) -> ProjectPayment:
    """Writes a payment down. More than the budget is written down too: the page says that it is too much."""
    actor, project = check_report(by, project), _locked(project)
    _check_source(project, bill.source)
    check_amount(bill.amount_fen)
    check_not_ahead(bill.paid_date, "付款那天")
    if bill.evidence is not None and bill.evidence.project_id != project.pk:
        raise Refused("这份凭据是别处的。请选这个项目自己的。")
    made = ProjectPayment.objects.create(
        project=project,
        source=bill.source,
        amount_fen=bill.amount_fen,
        paid_date=bill.paid_date,
        payee=said(bill.payee, "付给谁、为什么", 120),
        evidence=bill.evidence,
        **signed(actor),
    )
    _write(actor, project, "programme.paid", payment=made.pk, source=bill.source, fen=bill.amount_fen)
    return made


@transaction.atomic
def correct_payment(*, by: Actor | None, payment: ProjectPayment, words: str) -> ProjectPayment:
    """Takes a payment back as a whole by an entry against it. Twice is once."""
    actor, project = check_report(by, payment.project), _locked(payment.project)
    if payment.corrects_id is not None:
        raise Refused("这一笔本身就是更正。要再付，请记一笔新的。")
    if known := ProjectPayment.objects.filter(corrects=payment).first():
        return known
    made = ProjectPayment.objects.create(
        project=project,
        source=payment.source,
        amount_fen=-payment.amount_fen,
        paid_date=payment.paid_date,
        payee=said(words, "为什么更正", 120),
        corrects=payment,
        **signed(actor),
    )
    _write(actor, project, "programme.corrected", payment=payment.pk, fen=made.amount_fen)
    return made


@transaction.atomic
def add_result(*, by: Actor | None, project: Project, unit: str, count: int, words: str, on: date) -> Result:
    """So many more of a unit in which the project counts; fewer, to put a mistake right, never below zero."""
    actor, project = check_report(by, project), _locked(project)
    units = [counted.unit for counted in plan_of(project).counts]
    if unit not in units:
        raise Refused(f"这个项目数的是{'、'.join(units)}。请选一个。")
    check_not_ahead(on, "这一天")
    total = Result.objects.filter(project=project, unit=unit).aggregate(n=Sum("count"))["n"] or 0
    if not 0 < abs(count) < 10**7 or total + count < 0:
        raise Refused(f"现在是 {total}{unit}，加上这一笔不对。请核对数字。")
    words = said(words, "怎么数出来的", 120)
    made = Result.objects.create(project=project, unit=unit, count=count, words=words, on_date=on, **signed(actor))
    _write(actor, project, "programme.result", unit=unit, count=count)
    return made


@transaction.atomic
def note_satisfaction(
    *, by: Actor | None, project: Project, asked: int, satisfied: int, words: str, on: date
) -> Satisfaction:
    """Of those who were asked, so many were content."""
    actor, project = check_report(by, project), _locked(project)
    check_not_ahead(on, "问的那天")
    if not 0 < asked < 10**6 or not 0 <= satisfied <= asked:
        raise Refused("满意的人不能比问的人多，问的人要在 1 个以上。")
    words = said(words, "怎么问的", 120)
    made = Satisfaction.objects.create(
        project=project, asked=asked, satisfied=satisfied, words=words, on_date=on, **signed(actor)
    )
    _write(actor, project, "programme.satisfaction", asked=asked, satisfied=satisfied)
    return made


def _locked(project: Project) -> Project:
    """Held until the transaction ends, so that two entries never both pass a check on a sum."""
    return Project.objects.select_for_update().get(pk=project.pk)


def _check_source(project: Project, source: str) -> None:
    funds = plan_of(project).funds
    if source not in funds:
        names = "、".join(str(Source(known).label) for known in funds)
        raise Refused(f"这个项目的钱来自{names}。请选一个。")


def _write(by: Actor, project: Project, verb: str, **detail: str | int) -> None:
    record(by=by, verb=verb, subject=subject_of(project), **detail)
