"""One click on a list of people missing out: a case for each, all or none, and one click back (D4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue, clocks
from tongxing.casework.actions.opening import take_numbers
from tongxing.casework.models import Batch, Case, Event, Task
from tongxing.casework.refusal import Refused
from tongxing.content.services import Service, Step
from tongxing.journal.actions import Note, record_many
from tongxing.policy.models import Run
from tongxing.policy.queries import gaps
from tongxing.residents.actions import news

MOST = 20_000
WORDS = {
    "open": "已经有一件在办",
    "hidden": "不在您的查看范围",
    "gone": "库里记着已去世或迁出",
    "no_service": "这项政策没有办理服务",
}


@dataclass(frozen=True)
class Plan:
    """What one click would do: the rows it opens, and how many it skips for which reason."""

    service: Service
    rows: list[gaps.Row]
    skipped: dict[str, int]


def plan(by: Actor | None, run: Run, wanted: gaps.Filter) -> Plan:
    """The preview. Raises PermissionDenied; Refused for a list of several policies, of employers, or too long."""
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    service = catalogue.by_policy().get(wanted.policy or "")
    if service is None or wanted.kind != "missing":
        raise Refused("请先选一项政策的“漏了”名单。没有办理服务的政策，不能从这里开件。")
    found = gaps.page(by, run, wanted, 1, MOST)
    if found.total > MOST:
        raise Refused(f"一次最多开 {MOST:,} 件，这张名单有 {found.total:,} 人。请按县区或乡镇分开。")
    taken = set(Case.objects.filter(service=service.id, state__in=Case.WAITING).values_list("unit_id", flat=True))
    rows, skipped = [], dict[str, int]()
    for row in found.rows:
        why = _why_not(row, taken, service)
        if why:
            skipped[why] = skipped.get(why, 0) + 1
        else:
            rows.append(row)
    return Plan(service, rows, skipped)


def _why_not(row: gaps.Row, taken: set[int], service: Service) -> str:
    if row.person is None:
        return "hidden"
    if row.unit_id in taken:
        return "open"
    dead = row.person.death_date is not None and not service.after_death
    return "gone" if dead or row.person.moved_out_date else ""


@transaction.atomic
def open_from_gaps(*, by: Actor | None, run: Run, wanted: gaps.Filter) -> Batch:
    """A proposal for everybody on the list, in the queue of the first step; each with its own journal entry.

    Opened by somebody who may decide this service, the person's yes is enough: the check is this click.
    Raises as `plan` does, and Refused if nobody is left to open.
    """
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    first = take_numbers(0)  # holds all openers: of two who click, the second finds the first's cases
    assert first == []
    planned = plan(by, run, replace(wanted, reason=wanted.reason))
    if not planned.rows:
        raise Refused("这张名单上没有可以开的件了。" + _said(planned.skipped))
    batch = Batch.objects.create(
        policy=wanted.policy or "",
        prefix=wanted.prefix,
        run=run.pk,
        count=len(planned.rows),
        grants=may_grant(by, planned.service),
        skipped=planned.skipped,
        by_user_id=by.user_id,
        by_label=by.label[:80],
        at=clocks.now(),
    )
    _create(by, batch, planned)
    return batch


def _said(skipped: dict[str, int]) -> str:
    return "；".join(f"{WORDS[why]} {count} 人" for why, count in skipped.items())


def may_grant(by: Actor, service: Service) -> bool:
    """Whether the opener stands where the service is decided."""
    return by.role == service.step(service.decide).role and Right.DECIDE_CASE in by.rights


def _create(by: Actor, batch: Batch, planned: Plan) -> None:
    step, start = planned.service.steps[0], clocks.today()
    due = clocks.due(start, step.working_days)
    numbers = take_numbers(len(planned.rows))
    cases = [_case(by, batch, planned.service, pair) for pair in zip(planned.rows, numbers, strict=True)]
    Case.objects.bulk_create(cases, batch_size=500)
    tasks = [_task(case, step) for case in cases]
    for task in tasks:
        task.start_date, task.due_date = start, due
    Task.objects.bulk_create(tasks, batch_size=500)
    detail = {"batch": batch.pk, "service": str(planned.service.id), "origin": "gap"}
    Event.objects.bulk_create([_event(case, by, detail) for case in cases], batch_size=500)
    record_many(
        by=by,
        notes=[Note("case.opened", f"person:{case.person_id}", {"case": case.number} | detail) for case in cases],
    )
    news.proposed(by=by, about=[(case.person, case.number) for case in cases], due_at=clocks.told_at())


def _case(by: Actor, batch: Batch, service: Service, pair: tuple[gaps.Row, str]) -> Case:
    row, number = pair
    assert row.person is not None
    step = service.steps[0]
    return Case(
        number=number,
        person=row.person,
        unit_id=row.unit_id,
        service=str(service.id),
        policy=str(service.policy),
        village_code=row.person.village_code,
        state=Case.State.PROPOSED,
        origin=Case.Origin.GAP,
        batch=batch,
        role=str(step.role),
        division_code=catalogue.place_of(step, row.person.village_code),
        opened_at=batch.at,
        opened_by_id=by.user_id,
        opened_by_label=by.label[:80],
    )


def _task(case: Case, step: Step) -> Task:
    return Task(case=case, step=str(step.id), role=case.role, division_code=case.division_code)


def _event(case: Case, by: Actor, detail: dict[str, Any]) -> Event:
    label = by.label[:80]
    return Event(case=case, verb="opened", by_user_id=by.user_id, by_label=label, at=case.opened_at, detail=detail)


@transaction.atomic
def undo_batch(*, by: Actor | None, batch: Batch) -> Batch:
    """Takes the whole click back within ten minutes, if nobody has answered or worked on any of its cases yet."""
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at is not None:
        return batch
    if batch.by_user_id != by.user_id or not clocks.may_undo(batch.at):
        raise Refused("只有开这一批的人，在十分钟内可以整批撤销。以后请一件一件撤。")
    cases = list(batch.cases.select_for_update().order_by("number"))
    begun = Event.objects.filter(case__batch=batch).exclude(verb="opened").values("case").distinct().count()
    if begun:
        raise Refused(f"这一批里已有 {begun} 件有人在办或本人已答复，不能整批撤销。")
    now = clocks.now()
    Task.objects.filter(case__batch=batch, done_at=None).update(done_at=now, outcome=Task.Outcome.UNDONE)
    batch.cases.update(state=Case.State.WITHDRAWN, role="", division_code="", ended_at=now)
    events = [_event(case, by, {"batch": batch.pk}) for case in cases]
    for event in events:
        event.verb, event.at = "undone", now
    Event.objects.bulk_create(events, batch_size=500)
    notes = [
        Note("case.undone", f"person:{case.person_id}", {"case": case.number, "batch": batch.pk}) for case in cases
    ]
    record_many(by=by, notes=notes)
    news.take_back(numbers=[case.number for case in cases])
    batch.undone_at = now
    batch.save(update_fields=["undone_at"])
    return batch
