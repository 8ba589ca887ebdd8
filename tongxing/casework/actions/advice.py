"""Asking another unit to look first, and its answer; the case comes back to the step it left."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.casework.actions.rows import check_no_standing_decision, finish, locked, open_task, start, write_down
from tongxing.casework.catalogue import ADVICE, advisers, service_of
from tongxing.casework.models import Case, Task
from tongxing.casework.permission import check_task
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.content.services import Step
from tongxing.lib.place import Text

DAYS = 3  # working days for a look


@transaction.atomic
def forward(*, by: Actor | None, case: Case, role: str, words: str) -> Task:
    """Asks another unit to look first; it comes back to this step. `words` say what they should look at."""
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    check_no_standing_decision(case)
    if task.step.startswith(ADVICE) or case.state == Case.State.PROPOSED:
        raise Refused("这一步不能再转给别的单位。请先办完它。")
    if role == task.role or role not in advisers(case):
        raise Refused("请从列出的单位里选一个。")
    if not words.strip():
        raise Refused("请写一句：请对方看什么。")
    finish(task, actor, Task.Outcome.FORWARDED)
    level = pack(settings.PACK).roles[role].level
    step = Step(id=Text(ADVICE + task.step), name="先看一看", level=level, role=Text(role), working_days=DAYS)
    following = start(case, step, note=words.strip()[:200])
    write_down(case, actor, "forwarded", step=task.step, to=role)
    return following


@transaction.atomic
def advise(*, by: Actor | None, case: Case, words: str) -> Task:
    """What the other unit saw; the case goes back to the step it came from."""
    case = locked(case)
    task = open_task(case)
    actor = check_task(by, task)
    if not task.step.startswith(ADVICE):
        raise Refused("这一步不是请您先看的。")
    if not words.strip():
        raise Refused("请写一句：您看到了什么。")
    finish(task, actor, Task.Outcome.ADVISED)
    following = start(case, service_of(case).step(task.step.removeprefix(ADVICE)), note=words.strip()[:200])
    write_down(case, actor, "advised", step=task.step)
    return following
