"""The register of the plan. Whoever sees the plan sees all of it; evidence only that of the own area."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:plan-tasks": page(Right.SEE_PLAN),
    "desk:plan-task": page(Right.SEE_PLAN),
    "desk:plan-task-do": verb(Right.SEE_PLAN),
    "desk:plan-projects": page(Right.SEE_PLAN),
    "desk:plan-project": page(Right.SEE_PLAN),
    "desk:plan-project-do": verb(Right.SEE_PLAN),
    "desk:plan-project-money": verb(Right.SEE_PLAN),
    "desk:plan-documents": page(Right.SEE_PLAN),
    "desk:plan-document": page(Right.SEE_PLAN),
    "desk:plan-document-do": verb(Right.SEE_PLAN),
    "desk:plan-evidence": page(Right.SEE_PLAN),
}
