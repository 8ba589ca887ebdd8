"""The services of the city, and where a step of one stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from tongxing.casework import clocks
from tongxing.casework.models import Case, Task
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.content.services import Service, Step, services

ADVICE = "advice:"  # the step of somebody who was asked to look, before the step that asked
DELIVERY = "delivery"
GENERAL = {"account": "收款账户", "phone": "电话"}  # what any service may need
DIGITS = {"village": 12, "township": 9, "county": 6, "city": 4}


def known() -> Mapping[str, Service]:
    return services(settings.PACK)


def service_of(case: Case) -> Service:
    """Raises Refused for a service that the pack no longer has."""
    service = known().get(case.service)
    if service is None:
        raise Refused(f"规则包里没有服务 {case.service} 了，这一件办不下去。请管理员补上。")
    return service


def by_policy() -> dict[str, Service]:
    return {str(service.policy): service for service in known().values() if service.policy}


def place_of(step: Step, village_code: str) -> str:
    """The division in which this step of a case from this village stands."""
    return village_code[: DIGITS[step.level]].ljust(12, "0")


def new_task(case: Case, step: Step, start: date) -> Task:
    """Not saved. Raises Refused beyond the end of the calendar."""
    return Task(
        case=case,
        step=str(step.id),
        role=str(step.role),
        division_code=place_of(step, case.village_code),
        start_date=start,
        due_date=clocks.due(start, step.working_days),
    )


def item_name(service: Service, item: str) -> str | None:
    """What a missing item is called: a paper of the service, a fact of the pack, account or phone; None for others."""
    if item in GENERAL:
        return GENERAL[item]
    paper = next((paper.name for paper in service.evidence if paper.id == item), None)
    fact = pack(settings.PACK).facts.get(item)
    return paper or (fact.label if fact else None)


def advisers(case: Case) -> list[str]:
    """The roles that may be asked to look: those who work on cases, at the level of the county or the city."""
    return [
        name
        for name, role in pack(settings.PACK).roles.items()
        if "work_case" in role.rights and role.level in ("county", "city") and name != case.role
    ]


def step_name(service: Service, step: str) -> str:
    """What a step is called, an advice and a delivery included."""
    if step == DELIVERY:
        return "落实"
    name = next((known.name for known in service.steps if known.id == step.removeprefix(ADVICE)), step)
    return f"先看一看（{name}）" if step.startswith(ADVICE) else name
