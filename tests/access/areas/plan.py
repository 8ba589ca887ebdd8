"""The plan on the desk. Lists behind a figure need the right to see lists beside that to see the plan."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:plan": page(Right.SEE_PLAN),
    "desk:plan-brief": page(Right.SEE_PLAN),
    "desk:plan-indicator": page(Right.SEE_PLAN),
    "desk:plan-people": page(Right.SEE_PLAN, Right.SEE_LISTS, part="counted"),
    "desk:plan-clauses": page(Right.SEE_PLAN),
    "desk:plan-clause": page(Right.SEE_PLAN),
    "desk:plan-targets": page(Right.KEEP_TARGETS),
    "desk:plan-target-do": verb(Right.KEEP_TARGETS, verb="confirm"),
}
