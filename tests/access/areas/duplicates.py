"""Files that are probably one person's: for whoever finds people; what is said of them, for whoever answers."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:duplicates": page(Right.SEE_PERSON, Right.FIND_PEOPLE),
    "desk:duplicate": page(Right.SEE_PERSON, Right.FIND_PEOPLE),
    "desk:duplicate-do": verb(Right.SEE_PERSON, Right.ANSWER_FACTS, what="different"),
}
