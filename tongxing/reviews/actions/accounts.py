"""Money that came back: somebody near the person finds out where it should go, and the next run pays it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.casework.actions.rows import end, finish, locked, open_task, write_down
from tongxing.casework.models import Case, Task
from tongxing.casework.permission import check_case, check_task
from tongxing.casework.refusal import Refused
from tongxing.payments.queries import returned_lines
from tongxing.residents.actions import change_account
from tongxing.reviews.actions.opening import ACCOUNT, review


def ask_for_accounts(*, by: Actor | None) -> int:
    """A case at the first step for each person whose money the bank sent back. Twice changes nothing. How many."""
    opened = 0
    for line in returned_lines():
        words = f"银行退回：{line.why}。请问清收款账户。"
        opened += review(by=by, award=line.payment.award, cause=ACCOUNT, words=words) is not None
    return opened


@transaction.atomic
def give_account(*, by: Actor | None, case: Case, number: str) -> Case:
    """The account as the card or bankbook says; held and returned money goes there with the next run."""
    case = locked(case)
    task = open_task(case)
    is_own = may(by, Right.OWN_AFFAIRS)
    actor = check_case(by, case, Right.OWN_AFFAIRS) if is_own else check_task(by, task)
    if is_own:  # one's own word waits for nobody
        Task.objects.filter(pk=task.pk, done_at=None).update(claimed_by_id=None, claimed_by_label="", claimed_at=None)
    try:
        change_account(by=actor, person=case.person, number=number)
    except ValidationError as why:
        raise Refused(str(why.message)) from why
    if case.cause == ACCOUNT:
        finish(task, actor, Task.Outcome.ACCEPTED)
        end(case, Case.State.CLOSED)
    write_down(case, actor, "account")
    return case
