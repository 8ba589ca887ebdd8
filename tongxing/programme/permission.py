"""Who reports: a department on what it carries in its area; on what no department carries, those without one."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from tongxing.accounts.access import Actor, check_may, may
from tongxing.accounts.rights import Right
from tongxing.programme.catalogue import department_of, units_of
from tongxing.programme.models import Document, PlanTask, Project

Thing = PlanTask | Project | Document


def is_ours(actor: Actor, units: Iterable[str], place_code: str) -> bool:
    """Whether one of the units is the actor's own, and the place in the actor's area."""
    mine = any(department_of(unit) == actor.department for unit in units)
    return mine and place_code.startswith(actor.prefix)


def may_report(actor: Actor | None, thing: Thing) -> bool:
    return actor is not None and may(actor, Right.REPORT_TASK) and is_ours(actor, units_of(thing), thing.place_code)


def check_report(by: Actor | None, thing: Thing) -> Actor:
    """Raises PermissionDenied with whose it is."""
    check_may(by, Right.REPORT_TASK)
    assert by is not None
    if not is_ours(by, units_of(thing), thing.place_code):
        raise PermissionDenied(f"这一项归{'、'.join(units_of(thing))}，由他们来报。")
    return by


def may_confirm(actor: Actor | None, thing: Thing) -> bool:
    return actor is not None and may(actor, Right.CONFIRM_TASK) and thing.place_code.startswith(actor.prefix)


def check_confirm(by: Actor | None, thing: Thing) -> Actor:
    check_may(by, Right.CONFIRM_TASK)
    assert by is not None
    if not thing.place_code.startswith(by.prefix):
        raise PermissionDenied("这一项不在您的辖区里。")
    return by


def may_look(actor: Actor | None, thing: Thing) -> bool:
    """Evidence may show people's homes, so it stays with those whose area it is of."""
    return actor is not None and may(actor, Right.SEE_PLAN) and thing.place_code.startswith(actor.prefix)
