"""Whose ID card waits to be looked at, in the area of the one who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor
from tongxing.applications.models import IdentityCheck
from tongxing.registry.queries import within
from tongxing.residents.offices import NEAR


def checks_for(actor: Actor) -> QuerySet[IdentityCheck]:
    """Those of the township's window, the oldest first, and those of protected people for whom the actor was named."""
    window = within(actor.prefix, "township_code") & Q(about=None) if actor.role == NEAR else Q(pk=None)
    found = IdentityCheck.objects.filter(window | Q(about__in=actor.named), answered_at=None)
    return found.select_related("draft").order_by("due_date", "id")


def check_for(actor: Actor, check_id: int) -> IdentityCheck | None:
    return checks_for(actor).filter(pk=check_id).first()
