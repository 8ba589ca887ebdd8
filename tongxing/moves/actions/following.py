"""The cases of somebody who moved: they stand in the queues of the new place, where their steps go on as they were."""

from __future__ import annotations

from typing import Any

from tongxing.accounts.access import Actor
from tongxing.casework.actions.rows import write_down
from tongxing.casework.models import Case, Task
from tongxing.lib.divisions import subtree_prefix
from tongxing.moves.models import Mover
from tongxing.payments.models import Award
from tongxing.reviews.actions import review

SPLIT = "split"  # the cause of a review
WORDS = "家里人分开住了。这一项是按原来那一户批的，请看还该归谁。"
FREE: dict[str, Any] = {"claimed_by_id": None, "claimed_by_label": "", "claimed_at": None}


def bring_cases(by: Actor, mover: Mover) -> None:
    """Those that are over too: an appeal begins where the case says. Clocks run on; who had it no longer can.

    A step that stands at the city, or at the county of both villages, stays with whoever has it.
    """
    village = mover.person.village_code
    for case in Case.objects.select_for_update().filter(person=mover.person_id).order_by("pk"):
        case.village_code = village
        if case.waits:
            case.division_code = at_same_level(case.division_code, village)
            case.unit_id = _unit(case, mover)
        case.save(update_fields=["village_code", "division_code", "unit_id"])
        _bring_tasks(case)
        if case.waits:
            write_down(case, by, "moved")


def _bring_tasks(case: Case) -> None:
    for task in Task.objects.filter(case=case):
        where = at_same_level(task.division_code, case.village_code)
        if where != task.division_code:
            free = FREE if task.done_at is None else {}
            Task.objects.filter(pk=task.pk).update(division_code=where, **free)


def ask_again(by: Actor, mover: Mover) -> None:
    """What this person is paid for the household that was left goes on, and somebody looks whose it is now."""
    if mover.left_id is None or mover.joined_id == mover.left_id:
        return
    for award in Award.objects.filter(person=mover.person, unit_id=mover.left_id, until_month=None):
        review(by=by, award=award, cause=SPLIT, words=WORDS)


def at_same_level(division: str, village: str) -> str:
    """The county of the village for a county, its township for a township, the village for a village."""
    return village[: len(subtree_prefix(division))].ljust(12, "0")


def _unit(case: Case, mover: Mover) -> int:
    """A case for the household that was left is for the new one, unless something is paid to the old one, or the new
    one asks for the same."""
    if mover.joined_id is None or mover.joined_id == mover.left_id or case.unit_id != mover.left_id:
        return case.unit_id
    paid = Award.objects.filter(unit_id=case.unit_id, policy=case.policy, until_month=None)
    asked = Case.objects.filter(service=case.service, unit_id=mover.joined_id, state__in=Case.WAITING)
    return case.unit_id if paid.exists() or asked.exists() else mover.joined_id
