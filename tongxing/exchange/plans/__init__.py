"""What a list would change, worked out against the registry and not yet done."""

from __future__ import annotations

from collections.abc import Sequence

from tongxing.content.layout import Layout
from tongxing.exchange.checks import check
from tongxing.exchange.lines import Line
from tongxing.exchange.matching import match
from tongxing.exchange.plans.certificates import certificate_plan
from tongxing.exchange.plans.deaths import death_plan
from tongxing.exchange.plans.plan import Edit, Gone, Plan
from tongxing.exchange.plans.statuses import status_plan
from tongxing.exchange.scope import Scope

__all__ = ["Edit", "Gone", "Plan", "make_plan"]

PLANNERS = {"status": status_plan, "death": death_plan, "certificate": certificate_plan}


def make_plan(lines: Sequence[Line], layout: Layout, scope: Scope) -> Plan:
    """Finds the people, checks the lines, sets the action of each, and gathers the records to make and to alter."""
    match(lines)
    check(lines, layout, scope)
    for line in lines:
        line.action = "" if line.good else "bad"
    return PLANNERS[scope.kind](lines, layout, scope)
