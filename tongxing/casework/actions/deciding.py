"""A person decides; the rule advises. Against the rule it needs a reason and a second person (S35)."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework import clocks, grounds
from tongxing.casework.actions.outcomes import carry_out
from tongxing.casework.actions.rows import check_no_standing_decision, finish, locked, open_task, write_down
from tongxing.casework.catalogue import ADVICE, DELIVERY, service_of
from tongxing.casework.hearing import check_heard
from tongxing.casework.models import Case, Decision, Task
from tongxing.casework.permission import check_second, check_task, check_undecided_before
from tongxing.casework.refusal import Refused

SAYS_YES = (Decision.Result.GRANTED, Decision.Result.KEPT)
OF_REVIEW = (Decision.Result.STOPPED, Decision.Result.KEPT)
OF_CASE = (Decision.Result.GRANTED, Decision.Result.REFUSED)


@transaction.atomic
def decide(*, by: Actor | None, case: Case, result: str, reason: str = "") -> Decision:
    """Decides at the last step, and freezes facts, rule version and explanation with the decision.

    A no always needs a reason; so does a yes against the rule. Against the rule, or where the rule cannot tell, it
    comes into force when a second person confirms. Raises PermissionDenied; Refused, also before the person was heard.
    """
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task, Right.DECIDE_CASE)
    check_undecided_before(actor, case)
    check_no_standing_decision(case)
    check_heard(case)
    service = service_of(case)
    _check_step(case, task, str(service.decide))
    if result == Decision.Result.GRANTED and case.person.death_date is not None and not service.after_death:
        raise Refused("库里记着这个人已去世，不能批准。记错了请先更正。")
    ground = grounds.of(case)
    against = ground.advice is not (result in SAYS_YES)
    _check_words(case, result, reason.strip(), against)
    decision = Decision.objects.create(
        case=case,
        result=result,
        state=Decision.State.WAITING if against else Decision.State.IN_FORCE,
        reason=reason.strip()[:500],
        advice=ground.advice,
        amount_fen=ground.amount_fen if result in SAYS_YES else None,
        from_month=grounds.first_month(case) if result in SAYS_YES else None,
        frozen=ground.frozen,
        by_user_id=actor.user_id,
        by_label=actor.label[:80],
        at=clocks.now(),
    )
    write_down(case, actor, "decided", result=result, against=against, decision=decision.pk)
    if against:
        _keep_claimed(task, actor)
    else:
        _into_force(decision, task, actor)
    return decision


def _check_step(case: Case, task: Task, deciding: str) -> None:
    if task.step.startswith(ADVICE):
        raise Refused("别的单位请您先看一看。看完按“看过，交回”，由原来的单位决定。")
    if task.step != deciding:
        raise Refused("还没到作决定这一步。先“通过，转下一步”。")


def _check_words(case: Case, result: str, reason: str, against: bool) -> None:
    allowed = OF_REVIEW if case.origin == Case.Origin.REVIEW else OF_CASE
    if result not in allowed:
        raise Refused("请选一个决定：" + "、".join(Decision.Result(known).label for known in allowed) + "。")
    if result not in SAYS_YES and not reason:
        raise Refused("不批准或停发，要写清楚理由。这些话会写进给本人的信。")
    if against and not reason:
        raise Refused("这个决定和规则的意见不一样，要写理由，再请第二个人确认。")


def _keep_claimed(task: Task, by: Actor) -> None:
    mine = {"claimed_by_id": by.user_id, "claimed_by_label": by.label[:80], "claimed_at": clocks.now()}
    Task.objects.filter(pk=task.pk, claimed_by_id=None).update(**mine)


def _into_force(decision: Decision, task: Task, by: Actor) -> None:
    finish(task, by, Task.Outcome.DECIDED)
    carry_out(decision, by)


@transaction.atomic
def confirm(*, by: Actor | None, decision: Decision, agrees: bool) -> Decision:
    """The second person. Agreeing brings the decision into force; else the case goes on as if it had not been made."""
    case = locked(decision.case)
    decision = Decision.objects.select_for_update().select_related("case").get(pk=decision.pk)
    actor = check_second(by, decision)
    if decision.state != Decision.State.WAITING:
        raise Refused(f"这个决定现在是“{decision.get_state_display()}”，不用再确认。")
    if agrees:
        check_heard(case)  # a guardian may have come since
    decision.state = Decision.State.IN_FORCE if agrees else Decision.State.REJECTED
    decision.second_user_id, decision.second_label, decision.second_at = actor.user_id, actor.label[:80], clocks.now()
    decision.save(update_fields=["state", "second_user_id", "second_label", "second_at"])
    task = open_task(case)
    Task.objects.filter(pk=task.pk).update(claimed_by_id=None, claimed_by_label="", claimed_at=None)
    write_down(case, actor, "confirmed" if agrees else "rejected", decision=decision.pk)
    if agrees:
        task.refresh_from_db()
        _into_force(decision, task, actor)
    return decision


@transaction.atomic
def delivered(*, by: Actor | None, case: Case, words: str) -> Case:
    """A thing was handed over, a referral was taken up, a document was given: what and when, in words."""
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    if task.step != DELIVERY:
        raise Refused("这一件还没有批准，不能记落实。")
    if not words.strip():
        raise Refused("请写一句：给了什么，在哪里，谁收的。")
    finish(task, actor, Task.Outcome.DELIVERED)
    decision = case.decisions.get(state=Decision.State.IN_FORCE)
    Decision.objects.filter(pk=decision.pk).update(delivered=words.strip()[:60])
    carry_out(decision, actor, handed_over=True)
    write_down(case, actor, "delivered")
    return case
