"""Organisations: for whoever speaks for one, and for nobody else."""

from __future__ import annotations

from tests.access.door import Door, page, verb
from tongxing.accounts.rights import Right

DOORS: dict[str, Door] = {
    "portal:unit": page(Right.OWN_UNIT),
    "portal:unit-entry": page(Right.OWN_UNIT),
    "portal:unit-correct": page(Right.OWN_UNIT),
    "desk:unit-requests": page(Right.ANSWER_FACTS),
    "desk:unit-answer": verb(Right.ANSWER_FACTS),
    "portal:places": Door(None, ("GET",)),
}
