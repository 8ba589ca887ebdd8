"""Working on a case: claim, release, accept, hand back, and the clock that stands while something is awaited."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework import clocks
from tongxing.casework.actions.notices import check_notice_over
from tongxing.casework.actions.rows import (
    check_no_standing_decision,
    finish,
    locked,
    open_task,
    start,
    why_not,
    write_down,
)
from tongxing.casework.catalogue import ADVICE, DELIVERY, item_name, service_of
from tongxing.casework.models import Ask, Case, Task
from tongxing.casework.permission import check_case, check_task
from tongxing.casework.refusal import Refused, who_was_first
from tongxing.registry.queries import finding_of
from tongxing.residents.actions import news

EVIDENCE = "evidence"


@transaction.atomic
def claim(*, by: Actor | None, case: Case) -> Task:
    """Takes the open task of the case. Claiming one's own again changes nothing. Raises Refused with who has it."""
    task = open_task(case)
    actor = check_task(by, task)
    free = Task.objects.filter(pk=task.pk, done_at=None, claimed_by_id=None)
    taken = free.update(claimed_by_id=actor.user_id, claimed_by_label=actor.label[:80], claimed_at=clocks.now())
    task.refresh_from_db()
    if taken != 1 and (task.done_at or task.claimed_by_id != actor.user_id):
        raise Refused(why_not(task, actor))
    if taken:
        write_down(task.case, actor, "claimed", step=task.step)
    return task


@transaction.atomic
def release(*, by: Actor | None, case: Case) -> Task:
    """Puts one's own task back into the queue."""
    task = open_task(case)
    actor = check_task(by, task)
    mine = Task.objects.filter(pk=task.pk, done_at=None, claimed_by_id=actor.user_id)
    if mine.update(claimed_by_id=None, claimed_by_label="", claimed_at=None) != 1:
        task.refresh_from_db()
        raise Refused(why_not(task, actor))
    task.refresh_from_db()
    write_down(task.case, actor, "released", step=task.step)
    return task


@transaction.atomic
def accept(*, by: Actor | None, case: Case) -> Task:
    """This step is in order: on to the next one. Raises Refused at the step that decides."""
    case = locked(case)
    task = open_task(case)
    service = service_of(case)
    is_assessed = any(step.assessment and step.id == task.step for step in service.steps)
    actor = check_task(by, task, Right.ASSESS if is_assessed else Right.WORK_CASE)
    if is_assessed and finding_of(case.number) is None:
        raise Refused("先写下类别和等级，再交县里。")
    if task.step == service.decide or case.origin in (Case.Origin.APPEAL, Case.Origin.REVIEW):
        raise Refused("这一步要作决定：批准，或者不批准。")
    if task.step.startswith(ADVICE) or task.step == DELIVERY:
        raise Refused("这一步不是“通过”：看过请“交回”，给了请“已经落实”。")
    if case.state == Case.State.PROPOSED:
        raise Refused("先问本人要不要：同意、不要，或者先打电话。")
    check_notice_over(case, task)
    finish(task, actor, Task.Outcome.ACCEPTED)
    following = start(case, service.steps[service.position(task.step) + 1])
    write_down(case, actor, "accepted", step=task.step)
    return following


@transaction.atomic
def hand_back(*, by: Actor | None, case: Case, item: str, words: str = "") -> Task:
    """Back to the first step for the one missing item; the clock stands until it is there.

    Raises Refused if the item is none of the service, or was asked for before: an item is asked once.
    """
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    check_no_standing_decision(case)
    service = service_of(case)
    name = item_name(service, item)
    if name is None:
        raise Refused("要补什么？请从这项服务的材料里选一项。")
    if earlier := Ask.objects.filter(case=case, item=item).first():
        day = clocks.day_of(earlier.asked_at)
        asked = f"“{name}”在 {day} 已经要过，一项只要一次。请看已交的材料。"
        raise Refused(asked + who_was_first(case))
    finish(task, actor, Task.Outcome.HANDED_BACK)
    Ask.objects.create(case=case, item=item, words=words.strip()[:200], asked_at=clocks.now())
    following = start(case, service.steps[0], paused_date=clocks.today(), pause_reason=EVIDENCE)
    write_down(case, actor, "handed_back", step=task.step, item=item)
    news.asks(by=actor, about=(case.person, case.number), due_at=clocks.told_at(), item=(item, name))
    return following


@transaction.atomic
def receive(*, by: Actor | None, case: Case, item: str) -> Task:
    """The missing item is there: the clock goes on."""
    case = locked(case)
    actor = check_case(by, case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    task = open_task(case)
    if Ask.objects.filter(case=case, item=item, answered_at=None).update(answered_at=clocks.now()) != 1:
        raise Refused("没有在等这一项，或者已经记过收到了。")
    if task.paused_date and task.pause_reason == EVIDENCE:
        _go_on(task)
    write_down(case, actor, "received", item=item)
    return task


@transaction.atomic
def pause(*, by: Actor | None, case: Case, reason: str) -> Task:
    """Stops the clock for one of the reasons that the service lists."""
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    if reason not in [known.id for known in service_of(case).pauses]:
        raise Refused("请从这项服务的暂停原因里选一个。")
    running = Task.objects.filter(pk=task.pk, done_at=None, paused_date=None, claimed_by_id=actor.user_id)
    if running.update(paused_date=clocks.today(), pause_reason=reason) != 1:
        raise Refused(why_not(task, actor))
    write_down(case, actor, "paused", step=task.step, reason=reason)
    task.refresh_from_db()
    return task


@transaction.atomic
def resume(*, by: Actor | None, case: Case) -> Task:
    """The awaited thing came. A missing item is noted with `receive`, not here."""
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    if task.paused_date is None:
        raise Refused("时钟没有停。")
    if Ask.objects.filter(case=case, answered_at=None).exists():
        raise Refused("还在等一项材料。材料到了请记“已收到”。")
    _go_on(task)
    write_down(case, actor, "resumed", step=task.step)
    return task


def _go_on(task: Task) -> None:
    assert task.paused_date is not None
    task.due_date = clocks.moved_on(task.due_date, task.paused_date, clocks.today())
    task.paused_date, task.pause_reason = None, ""
    task.save(update_fields=["due_date", "paused_date", "pause_reason"])
