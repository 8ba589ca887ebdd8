"""The public notice: whoever knows better may say so; it is looked into before the case goes on."""

from __future__ import annotations

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.casework import clocks
from tongxing.casework.actions.rows import locked, open_task, write_down
from tongxing.casework.catalogue import service_of
from tongxing.casework.models import Case, Objection, Task
from tongxing.casework.permission import check_task
from tongxing.casework.refusal import Refused

MOST = 50  # objections a case; more than that is no neighbour


@transaction.atomic
def object_to(*, case: Case, words: str, reach: str = "") -> Objection:
    """Anybody, without signing in, while the notice runs. The same words again are the objection we have."""
    case = locked(case)
    task = open_task(case)
    if not on_notice(case, task):
        raise Refused("这一件不在公示期里了。要反映情况，可以打 12345。")
    said = words.strip()[:500]
    if len(said) < 4:
        raise Refused("请写清楚哪里不对，让我们好去核实。")
    if known := Objection.objects.filter(case=case, words=said).first():
        return known
    if Objection.objects.filter(case=case).count() >= MOST:
        raise Refused("这一件已经收到很多意见，正在核实。")
    made = Objection.objects.create(case=case, words=said, reach=reach.strip()[:80], said_at=clocks.now())
    write_down(case, None, "objected", objection=made.pk)
    return made


def on_notice(case: Case, task: Task) -> bool:
    step = next((step for step in service_of(case).steps if step.id == task.step), None)
    return step is not None and step.notice


@transaction.atomic
def answer_objection(*, by: Actor | None, objection: Objection, answer: str) -> Objection:
    """What was found when it was looked into."""
    case = locked(objection.case)
    actor = check_task(by, open_task(case))
    if not answer.strip():
        raise Refused("请写核实的结果。")
    found = Objection.objects.filter(pk=objection.pk, answered_at=None)
    said = {"answer": answer.strip()[:500], "answered_by_label": actor.label[:80], "answered_at": clocks.now()}
    if found.update(**said) != 1:
        raise Refused("这条意见已经核实过了。")
    objection.refresh_from_db()
    write_down(case, actor, "answered", objection=objection.pk)
    return objection


def check_notice_over(case: Case, task: Task) -> None:
    """Raises Refused while the notice runs, or an objection waits."""
    if not on_notice(case, task):
        return
    if clocks.today() <= task.due_date:
        raise Refused(f"公示到 {task.due_date:%Y-%m-%d} 才满，满了再转下一步。")
    if Objection.objects.filter(case=case, answered_at=None).exists():
        raise Refused("公示期里有人提了意见，还没有核实。核实完再转下一步。")
