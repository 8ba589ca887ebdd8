"""Taking back: the last step by its maker within ten minutes, or the whole case by the one who asked (D11)."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.casework import clocks
from tongxing.casework.actions.opening import take_numbers
from tongxing.casework.actions.rows import end, locked, put_in_queue, write_down
from tongxing.casework.models import Ask, Case, Decision, Task
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused, who_was_first
from tongxing.payments import actions as payments
from tongxing.payments.models import Award
from tongxing.payments.refusal import Refused as Unpayable
from tongxing.registry.actions import end_receipt
from tongxing.residents.actions import news


@transaction.atomic
def undo(*, by: Actor | None, case: Case) -> Case:
    """Takes back what this person last did on the case: a step passed on, a hand-back, a decision not yet paid.

    Raises Refused after ten minutes, if the next one has begun, or if another case has taken the place of an ended one.
    """
    take_numbers(0)  # holds all openers, so that the look for another open case is true until the end
    case = locked(case)
    actor = check_case(by, case, Right.WORK_CASE)
    waiting = Decision.objects.filter(case=case, state=Decision.State.WAITING, by_user_id=actor.user_id).first()
    if waiting is not None:
        _take_back(waiting)
        Task.objects.filter(case=case, done_at=None).update(claimed_by_id=None, claimed_by_label="", claimed_at=None)
        write_down(case, actor, "undone", step="decision")
        return case
    last = Task.objects.filter(case=case).exclude(done_at=None).order_by("-done_at", "-pk").first()
    if last is None or last.claimed_by_id != actor.user_id:
        raise Refused("上一步不是您做的，不能由您撤销。")
    if last.done_at is None or not clocks.may_undo(last.done_at):
        raise Refused("已经过了十分钟，不能直接撤销。要改，请走复核。")
    _check_place(case)
    _drop_following(case, last)
    _undo_decision(case, actor)
    _reopen(case, last)
    news.take_back(numbers=[case.number])
    write_down(case, actor, "undone", step=last.step)
    return case


def _check_place(case: Case) -> None:
    others = Case.objects.filter(service=case.service, unit_id=case.unit_id, state__in=Case.WAITING)
    if other := others.exclude(pk=case.pk).first():
        raise Refused(f"同一项后来又开了一件（{other.number}），这一件不能再撤销。请在那一件里办。")


def _drop_following(case: Case, last: Task) -> None:
    following = Task.objects.filter(case=case, done_at=None).first()
    if following is None:
        return
    if following.claimed_by_id is not None:
        raise Refused(f"下一步 {following.claimed_by_label} 已经领办，不能撤销了。请直接联系对方。")
    Task.objects.filter(pk=following.pk).update(done_at=clocks.now(), outcome=Task.Outcome.UNDONE)
    if last.outcome == Task.Outcome.HANDED_BACK:
        Ask.objects.filter(case=case, answered_at=None).delete()


def _undo_decision(case: Case, by: Actor) -> None:
    decision = Decision.objects.filter(case=case, state=Decision.State.IN_FORCE).first()
    if decision is None:
        return
    kind, _, key = decision.delivered.partition(":")
    try:
        if kind == "award":
            payments.take_back(by=by, award=Award.objects.get(pk=int(key)))
        elif kind == "certificate":
            raise Refused("残疾人证已经发了，不能撤销。有错请走更正。")
        elif kind == "payment":
            raise Refused("一次性的钱已经记下要发，不能撤销。请走更正。")
        elif decision.result == Decision.Result.GRANTED:
            end_receipt(by=by, person=case.person, unit_id=case.unit_id, policy=case.policy, until_date=clocks.today())
        elif decision.result == Decision.Result.STOPPED:
            raise Refused("停发已经记下，不能撤销。要恢复，请走复核。")
    except Unpayable as why:
        raise Refused(str(why)) from why
    _take_back(decision)


def _take_back(decision: Decision) -> None:
    Decision.objects.filter(pk=decision.pk).update(state=Decision.State.UNDONE)


def _reopen(case: Case, last: Task) -> None:
    again = Task.objects.create(
        case=case,
        step=last.step,
        role=last.role,
        division_code=last.division_code,
        start_date=last.start_date,
        due_date=last.due_date,
        note=last.note,
        claimed_by_id=last.claimed_by_id,
        claimed_by_label=last.claimed_by_label,
        claimed_at=clocks.now(),
    )
    Task.objects.filter(pk=last.pk).update(outcome=Task.Outcome.UNDONE)
    put_in_queue(case, again)


@transaction.atomic
def withdraw(*, by: Actor | None, case: Case, words: str) -> Case:
    """The person does not want to go on, in their words. They may ask again at any time."""
    case = locked(case)
    actor = check_case(by, case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    if not words.strip():
        raise Refused("请写下本人为什么撤回，写原话就行。")
    if not case.waits:
        raise Refused(f"{case.number} 现在是“{case.get_state_display()}”，不能撤回。{who_was_first(case)}")
    Decision.objects.filter(case=case, state=Decision.State.WAITING).update(state=Decision.State.UNDONE)
    Task.objects.filter(case=case, done_at=None).update(
        done_at=clocks.now(),
        outcome=Task.Outcome.WITHDRAWN,
        claimed_by_id=actor.user_id,
        claimed_by_label=actor.label[:80],
    )
    end(case, Case.State.WITHDRAWN)
    write_down(case, actor, "withdrawn", words=words.strip()[:200])
    return case
