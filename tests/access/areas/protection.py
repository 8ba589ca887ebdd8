"""Where somebody lives, kept from everybody but named staff."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:person-protect": page(Right.SEE_PERSON, Right.PROTECT_PLACE),
    "desk:person-protect-move": page(Right.SEE_PERSON, Right.PROTECT_PLACE),
    "desk:person-protect-do": verb(Right.SEE_PERSON, Right.PROTECT_PLACE, what="lift"),
}
