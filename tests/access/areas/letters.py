"""Forms of a letter: whoever works on the case."""

from __future__ import annotations

from tests.access.door import page
from tongxing.accounts.rights import Right

DOORS = {
    "desk:case-letter-form": page(Right.WORK_CASE),
    "desk:case-letter-file": page(Right.WORK_CASE),
    "portal:letter-form": page(Right.OWN_AFFAIRS),
    "portal:letter-file": page(Right.OWN_AFFAIRS),
}
