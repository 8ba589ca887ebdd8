"""Asking without an account, and the look at the ID card."""

from __future__ import annotations

from tests.access.door import Door, page
from tongxing.accounts.rights import Right

DOORS: dict[str, Door] = {
    "portal:guest": Door(None),
    "portal:guest-keep": Door(None),
    "portal:guest-who": Door(None),
    "portal:guest-code": Door(None),
    "portal:guest-kept": Door(None),
    "portal:guest-sent": Door(None),
    "portal:guest-take": page(Right.OWN_AFFAIRS),
    "desk:identity": page(Right.SEE_PERSON, Right.OPEN_CASE),
}
