"""A move within the city: said by the resident, confirmed by the township of arrival."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "portal:move": page(Right.OWN_AFFAIRS),
    "portal:move-withdraw": verb(Right.OWN_AFFAIRS),
    "desk:move": page(Right.SEE_PERSON, Right.OPEN_CASE),
}
