"""What a resident can get, from what is held."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "portal:rights": page(Right.OWN_AFFAIRS),
    "portal:rights-tell": verb(Right.OWN_AFFAIRS, fact="needs_care", value="true"),
    "portal:rights-ask": verb(Right.OWN_AFFAIRS, service="free_bus"),
}
