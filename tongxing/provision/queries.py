"""Reads about providers: the public list, one's own entry, those of an officer's area."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.lib.divisions import subtree_prefix
from tongxing.organisation.queries import credit_codes_of
from tongxing.provision.models import Provider


def listed(offer: str = "", division_code: str = "") -> list[Provider]:
    """What everybody may see: of one kind of service and in one division, where these are given."""
    found = Provider.objects.filter(state=Provider.State.LISTED)
    if division_code:
        found = found.filter(division_code__startswith=subtree_prefix(division_code))
    return [provider for provider in found if not offer or offer in provider.offers]


def own_providers(actor: Actor | None) -> QuerySet[Provider]:
    """The provider that the actor speaks for; every other one is nobody's."""
    return Provider.objects.filter(credit_code__in=credit_codes_of(actor).values("credit_code"))


def providers_for(actor: Actor | None) -> QuerySet[Provider]:
    """Whose entry the actor may keep: the own one; for officers who list providers those of their area."""
    mine = Q(credit_code__in=credit_codes_of(actor).values("credit_code"))
    if actor is not None and may(actor, Right.LIST_PROVIDERS):
        mine |= Q(division_code__startswith=actor.prefix)
    return Provider.objects.filter(mine)
