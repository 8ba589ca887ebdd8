"""Reviews that begin with the person's own word: is it all still so?"""

from __future__ import annotations

from collections.abc import Sequence

from tongxing.casework.models import Case, Event

ASKED = ("due", "not_entitled", "amount")  # causes where what is held is doubtful, and not what is to be done
SAME, CHANGED = "same", "changed"  # what the history of the case calls the two answers


def is_asked(case: Case) -> bool:
    """Whether the person may say that it is all still so."""
    return case.origin == Case.Origin.REVIEW and case.cause in ASKED and case.waits


def waiting_for_word(cases: Sequence[Case]) -> list[Case]:
    """Those on which the person has not said a word; one query, and none where no review waits."""
    asked = [case for case in cases if is_asked(case)]
    if not asked:
        return []
    said = set(Event.objects.filter(case__in=asked, verb__in=(SAME, CHANGED)).values_list("case", flat=True))
    return [case for case in asked if case.pk not in said]
