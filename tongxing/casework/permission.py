"""Who may touch a case, and who may work on a task: the right, the area, the purpose and the role of the queue."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case, Task
from tongxing.lib.divisions import is_under
from tongxing.registry.queries import person_for


def check_case(by: Actor | None, case: Case, right: Right) -> Actor:
    """Raises PermissionDenied, in the same words for a case elsewhere and for a person whom the purpose hides."""
    check_may(by, right)
    assert by is not None
    if not case.village_code.startswith(by.prefix) or person_for(by, case.person_id) is None:
        raise PermissionDenied("这一件不归这个账号管。")
    return by


def check_task(by: Actor | None, task: Task, right: Right = Right.WORK_CASE) -> Actor:
    actor = check_case(by, task.case, right)
    if task.role != actor.role or not is_under(task.division_code, actor.division_code):
        raise PermissionDenied("这一步不在您的队列里。")
    return actor
