"""Lists as files, whose a found sheet is, and filters that people keep."""

from __future__ import annotations

from tests.access.door import page, verb
from tongxing.accounts.rights import Right

DOORS = {
    "desk:exports": page(Right.EXPORT_LISTS),
    "desk:exports-whose": page(Right.SEE_JOURNAL),
    "desk:export": page(Right.EXPORT_LISTS),
    "desk:export-decide": verb(Right.EXPORT_LISTS),
    "desk:export-file": verb(Right.EXPORT_LISTS),
    "desk:saved": page(Right.SEE_LISTS),
    "desk:saved-drop": verb(Right.SEE_LISTS),
}
