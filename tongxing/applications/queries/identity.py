"""Whose ID card waits to be looked at, in the area of the one who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from tongxing.accounts.access import Actor
from tongxing.applications.models import IdentityCheck
from tongxing.registry.queries import within
from tongxing.residents.offices import NEAR


def checks_for(actor: Actor) -> QuerySet[IdentityCheck]:
    """Those of the townships' window, the oldest first; nobody else's."""
    waiting = IdentityCheck.objects.filter(within(actor.prefix, "township_code"), answered_at=None)
    found = waiting if actor.role == NEAR else waiting.none()
    return found.select_related("draft").order_by("due_date", "id")


def check_for(actor: Actor, check_id: int) -> IdentityCheck | None:
    return checks_for(actor).filter(pk=check_id).first()
