"""Who may touch a case, and who may work on a task: the right, the area, the purpose and the role of the queue."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from tongxing.accounts.access import Actor, check_free, check_may
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case, Decision, Task
from tongxing.casework.refusal import who_was_first
from tongxing.content.instance import pack
from tongxing.lib.divisions import is_under
from tongxing.registry.queries import person_for


def check_case(by: Actor | None, case: Case, right: Right, *others: Right) -> Actor:
    """Raises PermissionDenied, in the same words for a case elsewhere and for a person whom the purpose hides."""
    check_may(by, right, *others)
    assert by is not None
    is_here = by.people == "own" or case.village_code.startswith(by.prefix) or case.person_id in by.named
    if not is_here or person_for(by, case.person_id) is None:
        raise PermissionDenied("这一件不归这个账号管。")
    check_free(by)
    return by


def check_task(by: Actor | None, task: Task, right: Right = Right.WORK_CASE) -> Actor:
    actor = check_case(by, task.case, right)
    is_here = is_under(task.division_code, actor.division_code) or task.case.person_id in actor.named
    if task.role != actor.role or not is_here:
        raise PermissionDenied("这一步不在您的队列里。" + who_was_first(task.case, role=actor.role))
    return actor


def check_undecided_before(by: Actor, case: Case) -> None:
    """An appeal is never decided by one who decided before (J5)."""
    earlier = Decision.objects.filter(case__in=[c.pk for c in _chain(case.about)])
    if earlier.filter(Q(by_user_id=by.user_id) | Q(second_user_id=by.user_id)).exists():
        raise PermissionDenied("原来的决定是您作的，复核要由别人来办。")


def _chain(case: Case | None) -> list[Case]:
    found = []
    while case is not None:
        found.append(case)
        case = case.about
    return found


def check_second(by: Actor | None, decision: Decision) -> Actor:
    """Another person of the same department, whose area covers the case, and who may decide."""
    actor = check_case(by, decision.case, Right.DECIDE_CASE)
    deciding = pack(settings.PACK).roles[decision.case.role] if decision.case.role else None
    if deciding is None or actor.department != deciding.department:
        raise PermissionDenied("要由作决定的部门里另一个人确认。")
    if actor.user_id == decision.by_user_id:
        raise PermissionDenied("这个决定是您作的，要由第二个人确认。")
    check_undecided_before(actor, decision.case)
    return actor
