"""What every verb does to the rows: lock the case, finish the open task exactly once, start the next, write it down."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tongxing.accounts.access import Actor
from tongxing.casework import clocks
from tongxing.casework.catalogue import new_task
from tongxing.casework.models import Case, Decision, Event, Task
from tongxing.casework.refusal import Refused, moment, who_was_first
from tongxing.content.services import Step
from tongxing.journal.actions import record


def locked(case: Case) -> Case:
    """The case as it stands, held until the transaction ends."""
    return Case.objects.select_for_update().get(pk=case.pk)


def open_task(case: Case) -> Task:
    """Raises Refused with what became of the case."""
    task = Task.objects.select_related("case").filter(case=case, done_at=None).first()
    if task is None:
        raise Refused(f"{case.number} 现在是“{case.get_state_display()}”，这一步做不了。{who_was_first(case)}")
    return task


def check_no_standing_decision(case: Case) -> None:
    if waiting := Decision.objects.filter(case=case, state=Decision.State.WAITING).first():
        raise Refused(f"{waiting.by_label} 在 {moment(waiting.at)} 的决定还在等第二个人确认，先确认或撤销它。")


def finish(task: Task, by: Actor, outcome: str) -> None:
    """Done by whoever claimed it, or by the first who takes a free one. The other reads who was first, and when."""
    mine = Task.objects.filter(pk=task.pk, done_at=None, paused_date=None)
    mine = mine.filter(Q(claimed_by_id=by.user_id) | Q(claimed_by_id=None))
    who = {"claimed_by_id": by.user_id, "claimed_by_label": by.label[:80]}
    if mine.update(done_at=clocks.now(), outcome=outcome, **who) != 1:
        task.refresh_from_db()
        raise Refused(why_not(task, by))
    task.refresh_from_db()


def why_not(task: Task, by: Actor) -> str:
    """Why this person cannot finish or claim this task now."""
    if task.done_at:
        who = task.claimed_by_label or "别人"
        return f"这一步 {who} 已在 {moment(task.done_at)} 办过：{task.get_outcome_display()}。"
    if task.claimed_by_id is not None and task.claimed_by_id != by.user_id:
        return f"{task.claimed_by_label} 正在办（{moment(task.claimed_at)} 领的）。要接手，先请对方放回队列。"
    if task.paused_date:
        return "这一件在等材料，时钟停着。材料到了先记“已收到”。" + who_was_first(task.case)
    return "请先领办，再办这一步。"


def start(case: Case, step: Step, **fields: Any) -> Task:
    """The next task, and the case in its queue."""
    task = new_task(case, step, clocks.today())
    for name, value in fields.items():
        setattr(task, name, value)
    task.save()
    put_in_queue(case, task)
    return task


def put_in_queue(case: Case, task: Task) -> None:
    case.state, case.role, case.division_code = Case.State.OPEN, task.role, task.division_code
    case.ended_at = None
    case.save(update_fields=["state", "role", "division_code", "ended_at"])


def end(case: Case, state: str) -> None:
    case.state, case.role, case.division_code, case.ended_at = state, "", "", clocks.now()
    case.save(update_fields=["state", "role", "division_code", "ended_at"])


def write_down(case: Case, by: Actor | None, verb: str, **detail: Any) -> None:
    """One line in the history of the case, and one in the journal. No names, no numbers of people."""
    Event.objects.create(
        case=case,
        verb=verb,
        by_user_id=by.user_id if by else None,
        by_label=by.label[:80] if by else "系统",
        at=clocks.now(),
        detail=detail,
    )
    record(by=by, verb=f"case.{verb}", subject=f"person:{case.person_id}", case=case.number, **detail)
