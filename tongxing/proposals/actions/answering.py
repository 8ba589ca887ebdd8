"""What the person says to a proposal: yes, no, or call me (J3). By themselves, to the village worker, or on paper."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.casework import clocks, grounds, hearing
from tongxing.casework.actions.outcomes import carry_out
from tongxing.casework.actions.rows import end, finish, locked, open_task, put_in_queue, start, write_down
from tongxing.casework.catalogue import service_of
from tongxing.casework.models import Case, Decision, Task
from tongxing.casework.permission import check_case
from tongxing.casework.refusal import Refused
from tongxing.policy.actions import decline


def _proposed(by: Actor | None, case: Case) -> tuple[Case, Actor, Task]:
    case = locked(case)
    actor = check_case(by, case, Right.WORK_CASE, Right.OWN_AFFAIRS)
    if case.state != Case.State.PROPOSED:
        raise Refused(f"{case.number} 现在是“{case.get_state_display()}”，本人已经答复过了。")
    task = open_task(case)
    if may(actor, Right.OWN_AFFAIRS) and task.claimed_by_id is not None:  # one's own word waits for nobody
        Task.objects.filter(pk=task.pk, done_at=None).update(claimed_by_id=None, claimed_by_label="", claimed_at=None)
        task.refresh_from_db()
    return case, actor, task


@transaction.atomic
def agree(*, by: Actor | None, case: Case, words: str = "") -> Case:
    """The person wants it. If the officer who proposed may grant it and the rule still says yes, it is granted now;
    else it goes on to the next step, as does a guardian's yes before the person was heard (S29)."""
    case, actor, task = _proposed(by, case)
    finish(task, actor, Task.Outcome.ACCEPTED)
    write_down(case, actor, "agreed", words=words.strip()[:200])
    ground = grounds.of(case)
    if case.batch is not None and case.batch.grants and ground.advice and hearing.may_follow(actor, case):
        _grant_ahead(case, actor, ground)
        return case
    service = service_of(case)
    position = min(service.position(task.step) + 1, len(service.steps) - 1)
    put_in_queue(case, start(case, service.steps[position]))
    return case


def _grant_ahead(case: Case, actor: Actor, ground: grounds.Ground) -> None:
    """The decision is the officer's who sent the proposal; the person's yes brings it into force."""
    assert case.batch is not None
    decision = Decision.objects.create(
        case=case,
        result=Decision.Result.GRANTED,
        state=Decision.State.IN_FORCE,
        reason="核对时已符合条件，本人同意。",
        advice=True,
        amount_fen=ground.amount_fen,
        from_month=grounds.first_month(case),
        frozen=ground.frozen,
        by_user_id=case.batch.by_user_id,
        by_label=case.batch.by_label,
        at=clocks.now(),
    )
    write_down(case, actor, "decided", result=decision.result, against=False, decision=decision.pk, ahead=True)
    carry_out(decision, None if may(actor, Right.OWN_AFFAIRS) else actor)  # nobody grants themselves anything


@transaction.atomic
def turn_down(*, by: Actor | None, case: Case, words: str) -> Case:
    """The person does not want it; their words stay, and they may change their mind."""
    case, actor, task = _proposed(by, case)
    if not words.strip():
        raise Refused("请写下本人的原话。")
    finish(task, actor, Task.Outcome.WITHDRAWN)
    decline(person=case.person, policy=case.policy, words=words.strip()[:200], by=actor)
    end(case, Case.State.WITHDRAWN)
    write_down(case, actor, "turned_down")
    return case


@transaction.atomic
def call_back(*, by: Actor | None, case: Case) -> Case:
    """The person wants to be called first: the task says so and stays."""
    case, actor, task = _proposed(by, case)
    Task.objects.filter(pk=task.pk).update(note="本人要先打个电话问清楚")
    write_down(case, actor, "wants_call")
    return case
