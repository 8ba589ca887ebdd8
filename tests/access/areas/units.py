"""Organisations: for whoever speaks for one, and for nobody else."""

from __future__ import annotations

from tests.access.door import page
from tongxing.accounts.rights import Right

DOORS = {"portal:unit": page(Right.OWN_UNIT)}
