"""Which households a list reaches, and whose entitlements differ between two pictures of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.exchange.plans import Plan
from tongxing.exchange.scope import Scope
from tongxing.lib.divisions import is_under, subtree_prefix
from tongxing.registry.facts import FactTables
from tongxing.registry.models import Household, ListReceived
from tongxing.rules.planes import Evaluation, evaluate
from tongxing.rules.tree import Policy, Program

YES, NO, UNKNOWN = 1, 0, -1


@dataclass(frozen=True)
class Transition:
    """One person or household that would start or stop being entitled, or whose answer would become unknown."""

    policy: str
    kind: str
    person_id: int | None
    household_id: int


def transitions(program: Program, before: FactTables, after: FactTables) -> Iterator[Transition]:
    """By policy, in the order of the tables. Both pictures hold the same people: a list moves nobody."""
    policies = [policy for policy in program.policies.values() if policy.unit != "employer"]
    names = [policy.id for policy in policies]
    was, will = (
        evaluate(program, tables.persons, tables.households, reasons=False, asks=False, policies=names)
        for tables in (before, after)
    )
    for policy in policies:
        yield from _of_policy(policy, was, will, before)


def _of_policy(policy: Policy, was: Evaluation, will: Evaluation, tables: FactTables) -> Iterator[Transition]:
    old, new = was.eligible(policy.id), will.eligible(policy.id)
    table = tables.persons if policy.unit == "person" else tables.households
    homes = table.column("household_id")
    people = table.column("person_id") if policy.unit == "person" else None
    kinds = {
        "start": (new == YES) & (old != YES),
        "stop": (new == NO) & (old == YES),
        "check": (new == UNKNOWN) & (old != UNKNOWN),
    }
    for kind, flags in kinds.items():
        for row in np.flatnonzero(flags).tolist():
            person_id = people[row].as_py() if people is not None else None
            yield Transition(policy.id, kind, person_id, homes[row].as_py())


def households_reached(plan: Plan, scope: Scope) -> list[int]:
    """Those whose facts it changes; all of the area if no fresh list was there before. Ids in order."""
    if not plan.lists or _was_fresh(scope):
        return plan.touched_households
    prefix = subtree_prefix(scope.division_code)
    inside = Household.objects.filter(village_code__startswith=prefix).values_list("id", flat=True)
    return sorted({*inside, *plan.touched_households})


def _was_fresh(scope: Scope) -> bool:
    """Whether who is not on the list was a known no already: a list of the whole area that is not too old."""
    days = pack(settings.PACK).facts[scope.fact].stale_days
    lists = ListReceived.objects.filter(fact=scope.fact)
    if days:
        lists = lists.filter(as_of_date__gte=scope.received_date - timedelta(days=days))
    areas = lists.values_list("division_code", flat=True).distinct()
    return any(is_under(scope.division_code, area) for area in areas)
