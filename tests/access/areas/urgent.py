"""A file outside one's scope for an hour, and who looks at it again."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:urgent": page(Right.SEE_PERSON, Right.FIND_PEOPLE),
    "desk:urgent-open": verb(Right.SEE_PERSON, Right.FIND_PEOPLE),
    "desk:urgent-look": page(Right.SEE_PERSON),
    "desk:urgent-review": verb(Right.SEE_PERSON),
}
