"""Files that are probably one person's: for whoever finds people; what is said of them, for whoever answers."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:duplicates": page(Right.FIND_PEOPLE, Right.SEE_PERSON),
    "desk:duplicate": page(Right.FIND_PEOPLE, Right.SEE_PERSON),
    "desk:duplicate-do": verb(Right.SEE_PERSON, Right.ANSWER_FACTS, what="different"),
}
