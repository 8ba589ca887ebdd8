"""Who may know where a protected person lives (S28). For everybody else the file names the county alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.registry.models import KeptPlace, Named, Person
from tongxing.registry.queries import running

UNKNOWN = "这个地址受保护，点了名的人才能看。"


def named_for(user_id: int, today: date) -> frozenset[int]:
    """The people whose place this user may know today."""
    open_ones = KeptPlace.objects.filter(protection__lifted_at=None)
    mine = open_ones.filter(running(today, "protection__named__"), protection__named__user=user_id)
    return frozenset(mine.values_list("person_id", flat=True))


def kept_of(person: Person) -> KeptPlace | None:
    """Asked of the file alone where nothing is kept."""
    if not person.is_protected:
        return None
    return KeptPlace.objects.select_related("protection").filter(person=person, protection__lifted_at=None).first()


def knows_place(actor: Actor, person: Person) -> bool:
    return not person.is_protected or person.pk in actor.named or (actor.people == "own" and person.pk in actor.own)


def village_of(actor: Actor, person: Person) -> str:
    """The code of the village, or of the county for whoever may not know more."""
    kept = kept_of(person) if knows_place(actor, person) else None
    return kept.village_code if kept else person.village_code


def address_of(actor: Actor, person: Person) -> str | None:
    """In full, None if it is not known. Raises PermissionDenied for whoever may not know it."""
    if not knows_place(actor, person):
        raise PermissionDenied(UNKNOWN)
    kept = kept_of(person)
    return kept.address if kept else person.opened("address")


def named_staff(person: Person, today: date) -> list[Named]:
    """Who may know it today, with their users; none where nothing is protected."""
    kept = kept_of(person)
    if kept is None:
        return []
    found = Named.objects.filter(running(today), Q(protection=kept.protection_id))
    return list(found.select_related("user").order_by("from_date", "pk"))


class NamedMiddleware:
    """Puts on `request.actor` for whom it was named; one question for a signed-in officer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None and (named := named_for(actor.user_id, timezone.localdate())):
            request.actor = replace(actor, named=named)  # type: ignore[attr-defined]
        return self.get_response(request)
