"""Milestones: a unit sets its own for a task, and says when one was reached."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.programme.actions.evidence import owner
from tongxing.programme.actions.rows import check_not_ahead, said
from tongxing.programme.catalogue import subject_of
from tongxing.programme.models import Evidence, Milestone, PlanTask, Project
from tongxing.programme.permission import check_report
from tongxing.programme.refusal import Refused

MOST = 20  # milestones a thing


@transaction.atomic
def add_milestone(*, by: Actor | None, of: PlanTask | Project, name: str, due_date: date) -> Milestone:
    """One of the unit's own; the same name and day again is the one we have."""
    actor = check_report(by, of)
    name = said(name, "节点叫什么", 80)
    if known := of.milestones.filter(name=name, due_date=due_date).first():
        return known
    count = of.milestones.count()
    if count >= MOST:
        raise Refused(f"一项最多 {MOST} 个节点。")
    made = Milestone.objects.create(**owner(of), key=f"own_{count + 1}", name=name, due_date=due_date)
    record(by=actor, verb="programme.milestone", subject=subject_of(of), milestone=made.key, due=due_date.isoformat())
    return made


@transaction.atomic
def reach_milestone(
    *, by: Actor | None, milestone: Milestone, reached_date: date, evidence: Evidence | None = None
) -> Milestone:
    """Reached on a day, with a piece of evidence of the same thing if there is one. Said twice it stays as it was."""
    of = milestone.task or milestone.project
    assert of is not None
    actor = check_report(by, of)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.reached_date == reached_date:
        return milestone
    if milestone.reached_date is not None:
        raise Refused(f"“{milestone.name}”已经记过，{milestone.reached_date:%Y-%m-%d} 到的。")
    check_not_ahead(reached_date, "到节点那天")
    if evidence is not None and (evidence.task_id, evidence.project_id) != (milestone.task_id, milestone.project_id):
        raise Refused("这份凭据是别处的。请选这一项自己的。")
    milestone.reached_date, milestone.evidence = reached_date, evidence
    milestone.save(update_fields=["reached_date", "evidence"])
    record(
        by=actor,
        verb="programme.reached",
        subject=subject_of(of),
        milestone=milestone.key,
        on=reached_date.isoformat(),
        evidence=evidence.pk if evidence else None,
    )
    return milestone
