"""Organisations: for whoever speaks for one, and for nobody else."""

from __future__ import annotations

from tests.access.door import Door, page
from tongxing.accounts.rights import Right

DOORS: dict[str, Door] = {
    "portal:unit": page(Right.OWN_UNIT),
    "portal:unit-entry": page(Right.OWN_UNIT),
    "portal:places": Door(None, ("GET",)),
}
