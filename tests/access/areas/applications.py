"""Asking for a service, the doctor's pages, and the certificate."""

from __future__ import annotations

from tests.access.door import Door, page, verb
from tongxing.accounts.rights import Right

OWN = Right.OWN_AFFAIRS
DOORS: dict[str, Door] = {
    "portal:apply": Door(None),
    "portal:apply-one": page(OWN),
    "portal:applied": page(OWN),
    "portal:same": page(OWN),
    "portal:draft-back": Door(None),
    "portal:draft-code": Door(None),
    "portal:draft-kept": page(OWN),
    "portal:draft-drop": verb(OWN),
    "portal:certificate": page(OWN),
    "portal:certificate-take": verb(OWN),
    "desk:assessments": page(Right.ASSESS),
    "desk:assessment": page(Right.ASSESS),
}
