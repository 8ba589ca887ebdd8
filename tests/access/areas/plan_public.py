"""The plan for everybody, and the desk pages behind it."""

from __future__ import annotations

from tests.access.door import Door, page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "public:plan": Door(None, ("GET",)),
    "public:plan-easy": Door(None, ("GET",)),
    "public:plan-data": Door(None, ("GET",)),
    "public:plan-newest-file": Door(None, ("GET",)),
    "public:plan-file": Door(None, ("GET",)),
    "public:plan-indicator": Door(None, ("GET",)),
    "public:plan-say": Door(None, ("POST",)),
    "public:plan-system": Door(None, ("GET",)),
    "desk:plan-remarks": page(Right.SEE_PLAN),
    "desk:plan-remark": page(Right.SEE_PLAN),
    "desk:plan-releases": page(Right.PUBLISH_FIGURES),
    "desk:plan-release-do": verb(Right.PUBLISH_FIGURES, verb="hold_back"),
}
