"""Children under 14: nothing is changed for them before their guardian agreed to a text of its own (S28)."""

from __future__ import annotations

from datetime import date

from tongxing.lib.dates import full_years
from tongxing.registry.models import Person
from tongxing.residents.consents import TEXTS
from tongxing.residents.models import Consent

CHILD = "child"  # the kind of the consent
OLD_ENOUGH = 14
HELD_BACK = "孩子不满 14 岁。请监护人先答应一次，再接着办。"


def is_young(person: Person, today: date) -> bool:
    """By the clock alone; of somebody whose birthday nobody knows nothing is asked."""
    return person.birth_date is not None and full_years(person.birth_date, today) < OLD_ENOUGH


def held_back(person: Person, today: date) -> str:
    """Why whoever acts for this person may only read for now; '' once the guardian agreed to the text in force."""
    if not is_young(person, today):
        return ""
    given = Consent.objects.filter(person=person, kind=CHILD, version=TEXTS[CHILD].version, withdrawn_at=None)
    return "" if given.exists() else HELD_BACK
