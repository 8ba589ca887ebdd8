"""A list of deaths sets the day on the person. Who is not in the registry is passed over."""

from __future__ import annotations

from collections.abc import Sequence

from tongxing.content.layout import Layout
from tongxing.exchange.lines import Line
from tongxing.exchange.plans.plan import Plan
from tongxing.exchange.scope import Scope
from tongxing.lib.dates import spoken_date


def death_plan(lines: Sequence[Line], layout: Layout, scope: Scope) -> Plan:
    plan = Plan(lines, layout)
    for line in lines:
        if line.good:
            _plan_line(plan, line)
    return plan


def _plan_line(plan: Plan, line: Line) -> None:
    person, day = line.person, line.values.get("death_date")
    if person is None:
        line.action, line.note = "none", "库里没有这个人，跳过。"
    elif person.death_date == day:
        line.action = "keep"
    else:
        line.action = "change" if person.death_date else "start"
        line.note = f"原来记的是 {spoken_date(person.death_date)}。" if person.death_date else ""
        plan.alter("person", person.id, {"death_date": person.death_date}, {"death_date": day})
