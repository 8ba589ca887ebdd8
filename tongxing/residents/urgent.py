"""Which urgent looks somebody made, and which they are to look at again (S8)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.registry.queries import within
from tongxing.residents.models import UrgentLook

ABOVE_ALL = "federation"  # answers for those who belong to no department, a township's or a village's


def _reach(actor: Actor) -> Q:
    """By officers of my department in my area."""
    if not may(actor, Right.SEE_PERSON):
        return Q(pk=None)
    departments = [actor.department or ""] + ([""] if actor.department == ABOVE_ALL else [])
    return Q(department__in=departments) & within(actor.prefix, "division_code")


def looks_for(actor: Actor) -> QuerySet[UrgentLook]:
    """One's own, and those that one may look at again."""
    return UrgentLook.objects.filter(Q(by_user_id=actor.user_id) | _reach(actor)).select_related("person")


def to_review(actor: Actor) -> QuerySet[UrgentLook]:
    """Not looked at again yet, by somebody else; the oldest first."""
    waiting = UrgentLook.objects.filter(_reach(actor), reviewed_at=None).exclude(by_user_id=actor.user_id)
    return waiting.select_related("person").order_by("due_date", "pk")


def late(actor: Actor, today: date) -> int:
    """How many of those have waited more than two working days."""
    return to_review(actor).filter(due_date__lt=today).count()
