"""The state of a task on a day: told by its reports, by its confirmation and by the day itself."""

from __future__ import annotations

from datetime import date

from tongxing.programme.models import Confirmation, Document, Milestone, PlanTask, Report

State = PlanTask.State


def last_report(task: PlanTask, today: date) -> Report | None:
    """The newest that says how it stood on this day or before."""
    told = [report for report in task.reports.all() if report.as_of_date <= today]
    return told[-1] if told else None


def confirmation(task: PlanTask) -> Confirmation | None:
    """The claim that waits or was confirmed; there is at most one."""
    return next((one for one in task.confirmations.all() if one.state != Confirmation.State.REJECTED), None)


def task_state(task: PlanTask, today: date) -> str:
    """not_started, going, blocked, late or done. What waits for the second person is neither done nor late."""
    claim = confirmation(task)
    if claim and claim.done_date <= today:
        return State.DONE if claim.state == Confirmation.State.CONFIRMED else State.GOING
    if task.due_date < today:
        return State.LATE
    report = last_report(task, today)
    if report is None:
        return State.NOT_STARTED
    return State.BLOCKED if report.blocker else State.GOING


def is_late_milestone(milestone: Milestone, today: date) -> bool:
    return milestone.reached_date is None and milestone.due_date < today


def is_late_document(document: Document, due_date: date | None, today: date) -> bool:
    """Due and not issued; without a day nothing is late."""
    return due_date is not None and due_date < today and document.issued_date is None


def days_late(due_date: date, today: date) -> int:
    return max(0, (today - due_date).days)
