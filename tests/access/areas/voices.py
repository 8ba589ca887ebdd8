"""What the person says for themselves, and a conflict with the guardian."""

from __future__ import annotations

from tests.access.door import verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:case-voice": verb(Right.WORK_CASE),
    "desk:person-conflict": verb(Right.SEE_PERSON, Right.WORK_CASE),
    "desk:person-payee": verb(Right.SEE_PERSON, Right.WORK_CASE),
}
