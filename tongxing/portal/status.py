"""A case as its person sees it: one of five plain states, who has it, until when, and the one thing that is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from tongxing.accounts.access import unit_name
from tongxing.casework import catalogue, clocks
from tongxing.casework.models import Ask, Case, Decision, Task
from tongxing.content.instance import pack
from tongxing.lib.calendar import CalendarEnds
from tongxing.organisation.queries import path_name
from tongxing.payments.models import Payment

STATES = {  # word, icon, tint
    "received": ("已收到", "ok", "info"),
    "checking": ("正在核对", "wait", "info"),
    "answer": ("等您回答", "ask", "ask"),
    "needed": ("需要您补", "flag", "wait"),
    "decided": ("已决定", "ok", "ok"),
    "paid": ("已到账", "ok", "ok"),
    "delivered": ("已交付", "ok", "ok"),
    "refused": ("没有批准", "no", ""),
    "stopped": ("停发", "no", ""),
    "withdrawn": ("已撤回", "undo", ""),
}


@dataclass(frozen=True)
class Status:
    """`until` None: nothing runs, or the calendar does not reach so far; `left` are working days, below 0 when late."""

    case: Case
    key: str
    name: str
    who: str = ""
    until: date | None = None
    left: int | None = None
    missing: str = ""
    item: str = ""
    decision: Decision | None = None
    ask: Ask | None = None
    paid_at: date | None = None

    @property
    def word(self) -> str:
        return STATES[self.key][0]

    @property
    def icon(self) -> str:
        return STATES[self.key][1]

    @property
    def tint(self) -> str:
        return STATES[self.key][2]

    @property
    def is_over(self) -> bool:
        return not self.case.waits


def of_cases(cases: list[Case], names: dict[str, str]) -> list[Status]:
    """In their order; six questions whatever the number."""
    found = _Around(cases, names)
    return [found.status(case) for case in cases]


class _Around:
    """What stands around these cases, asked at once."""

    def __init__(self, cases: list[Case], names: dict[str, str]) -> None:
        standing = (Decision.State.WAITING, Decision.State.IN_FORCE)
        self.names = names
        self.tasks = {task.case_id: task for task in Task.objects.filter(case__in=cases, done_at=None)}
        self.asks = {ask.case_id: ask for ask in Ask.objects.filter(case__in=cases, answered_at=None)}
        self.decisions = {d.case_id: d for d in Decision.objects.filter(case__in=cases, state__in=standing)}
        done = Task.objects.filter(case__in=cases).exclude(done_at=None)
        self.begun = set(done.values_list("case_id", flat=True))
        self.paid = _paid(list(self.decisions.values()))

    def status(self, case: Case) -> Status:
        task, ask, decision = self.tasks.get(case.pk), self.asks.get(case.pk), self.decisions.get(case.pk)
        service = catalogue.known().get(case.service)
        in_force = decision if decision and decision.state == Decision.State.IN_FORCE else None
        item = ask.item if ask else ""
        status = Status(
            case=case,
            key="received",
            name=case.service_name,
            who=holder(case, self.names),
            until=task.due_date if task and not task.paused_date else None,
            left=_left(task),
            missing=(catalogue.item_name(service, item) or item) if service and item else "",
            item=item,
            decision=in_force,
            ask=ask,
            paid_at=self.paid.get(in_force.pk) if in_force else None,
        )
        return replace(status, key=_key(status, case.pk in self.begun))


def _paid(decisions: list[Decision]) -> dict[int, date]:
    """{decision: the day on which its first money arrived}."""
    wanted = {d.pk: d.delivered.partition(":") for d in decisions if d.delivered}
    awards = {int(key): pk for pk, (kind, _, key) in wanted.items() if kind == "award"}
    single = {int(key): pk for pk, (kind, _, key) in wanted.items() if kind == "payment"}
    found: dict[int, date] = {}
    arrived = Payment.objects.exclude(settled_at=None).order_by("settled_at")
    for payment in [*arrived.filter(award__in=awards), *arrived.filter(pk__in=single)] if wanted else []:
        pk = awards.get(payment.award_id) or single.get(payment.pk)
        if pk is not None and payment.settled_at is not None:
            found.setdefault(pk, clocks.day_of(payment.settled_at))
    return found


def _key(status: Status, begun: bool) -> str:
    case, decision = status.case, status.decision
    if case.state == Case.State.WITHDRAWN:
        return "withdrawn"
    if case.state == Case.State.PROPOSED:
        return "answer"
    if decision is None:
        return "needed" if status.ask else "checking" if begun else "received"
    if decision.result in (Decision.Result.REFUSED, Decision.Result.STOPPED):
        return str(decision.result)
    if status.paid_at is not None:
        return "paid"
    return "delivered" if case.state == Case.State.CLOSED else "decided"


def _left(task: Task | None) -> int | None:
    """Working days to the due date, negative when it is over; None while the clock stands or where no calendar is."""
    if task is None or task.paused_date:
        return None
    today, calendar = clocks.today(), clocks.calendar()
    try:
        if task.due_date < today:
            return -calendar.workdays_between(task.due_date, today)
        return calendar.workdays_between(today, task.due_date)
    except CalendarEnds:
        return None


def holder(case: Case, names: dict[str, str]) -> str:
    """甲县民政, 东镇的乡镇办事员: who has it now; '' once it is over."""
    role = pack(settings.PACK).roles.get(case.role)
    if role is None:
        return ""
    return unit_name(role, case.division_code) if role.department else path_name(case.division_code, names) + role.name
