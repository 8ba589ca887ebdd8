"""What is kept of an uploaded list: every row with what it would do, whom it affects, and how many of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from tongxing.exchange import queries
from tongxing.exchange.actions.records import BULK, write_records
from tongxing.exchange.effects import Transition, households_reached, transitions
from tongxing.exchange.lines import Line
from tongxing.exchange.matching import chunks
from tongxing.exchange.models import Batch, Effect, Row
from tongxing.exchange.plans import Gone, Plan
from tongxing.exchange.scope import Scope
from tongxing.policy.program import program
from tongxing.registry.facts import FactTables, fact_tables
from tongxing.registry.keys import ring

AT_ONCE = 5_000  # households evaluated together
MANY_STOPS = 30  # per cent; a list that ends more is more likely the wrong file


def keep_preview(batch: Batch, plan: Plan, scope: Scope) -> None:
    """Rows, effects and counts of the batch; its state tells whether there is anything to commit."""
    rows = [_row(batch, line) for line in plan.lines] + [_gone_row(batch, gone) for gone in plan.gone]
    Row.objects.bulk_create(rows, batch_size=BULK)
    _keep_effects(batch, plan, scope)
    batch.counts = _counts(batch, plan)
    usable = batch.counts["good"] > 0
    batch.state = Batch.State.PREVIEWED if usable else Batch.State.QUARANTINED
    batch.save(update_fields=["counts", "state"])


def _row(batch: Batch, line: Line) -> Row:
    text = json.dumps(line.cells, ensure_ascii=False)
    return Row(
        batch=batch,
        line=line.number,
        action=line.action,
        person_id=line.person.id if line.person else None,
        household_id=line.person.household_id if line.person else None,
        note=line.note,
        problems=[{"column": problem.column, "message": problem.message} for problem in line.problems],
        cells_sealed=ring().seal(text, place=queries.place_of_row(batch.pk, line.number)),
    )


def _gone_row(batch: Batch, gone: Gone) -> Row:
    return Row(
        batch=batch, action=gone.action, person_id=gone.person_id, household_id=gone.household_id, note=gone.note
    )


def _keep_effects(batch: Batch, plan: Plan, scope: Scope) -> None:
    rows = [
        Effect(
            batch=batch,
            policy=found.policy,
            kind=found.kind,
            person_id=found.person_id,
            household_id=found.household_id,
        )
        for found in _transitions(plan, scope)
    ]
    Effect.objects.bulk_create(rows, batch_size=BULK)


def _transitions(plan: Plan, scope: Scope) -> Iterator[Transition]:
    parts = list(chunks(households_reached(plan, scope), AT_ONCE))
    day = scope.received_date
    before = [fact_tables(day, part) for part in parts]
    for was, will in zip(before, _afterwards(plan, scope, parts), strict=True):
        yield from transitions(program(day), was, will)


def _afterwards(plan: Plan, scope: Scope, parts: Iterable[list[int]]) -> list[FactTables]:
    """The facts as they would be: the plan is written, looked at, and undone before anybody can see it."""
    with transaction.atomic():
        write_records(plan)
        found = [fact_tables(scope.received_date, part) for part in parts]
        transaction.set_rollback(True)
    return found


def _counts(batch: Batch, plan: Plan) -> dict[str, Any]:
    actions = plan.actions
    bad = actions["bad"]
    same = queries.same_file(batch)
    return {
        "rows": len(plan.lines),
        "good": len(plan.lines) - bad,
        "bad": bad,
        "start": actions["start"],
        "stop": actions["stop"],
        "change": actions["change"],
        "unchanged": actions["keep"],
        "not_ours": actions["none"],
        "held": actions["held"],
        "newcomers": len(plan.persons),
        "same_as": same.pk if same else None,
        "warnings": list(_warnings(plan)),
    }


def _warnings(plan: Plan) -> Iterator[str]:
    stops = plan.actions["stop"]
    if plan.active_before and stops * 100 > plan.active_before * MANY_STOPS:
        yield f"名单会停掉 {stops:,} 个，现有的一共 {plan.active_before:,} 个。请先核对辖区选得对不对、名单全不全。"
    if plan.persons:
        yield f"有 {len(plan.persons):,} 位新持证人还没有户。入库后请村里补登同住的人，系统才会核对他们的待遇。"
    if plan.lines and plan.actions["none"] * 2 > len(plan.lines):
        yield f"{plan.actions['none']:,} 行的人不在库里，超过一半。请核对是不是别处的名单。"
