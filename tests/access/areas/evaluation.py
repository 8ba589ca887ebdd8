"""Evaluations of the plan: for whoever writes them; files once more after proving who one is."""

from __future__ import annotations

from tests.access.door import Door, page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "public:plan-reports": Door(None, ("GET",)),
    "public:plan-report": Door(None, ("GET",)),
    "public:plan-report-file": Door(None, ("GET",)),
    "desk:plan-evaluations": page(Right.WRITE_EVALUATION),
    "desk:plan-evaluation": page(Right.WRITE_EVALUATION),
    "desk:plan-evaluation-do": verb(Right.WRITE_EVALUATION),
    "desk:plan-evaluation-write": page(Right.WRITE_EVALUATION),
    "desk:plan-evaluation-report": page(Right.WRITE_EVALUATION),
    "desk:plan-evaluation-file": page(Right.WRITE_EVALUATION),
}
