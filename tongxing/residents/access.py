"""Who asks on the residents' face: somebody for themselves, a guardian for a ward, or an officer beside the person.

`request.resident` is an Actor who sees exactly one person, or None. `request.actor` stays what it is, so the desk is
closed to residents and this face to the rights of officers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone

from tongxing.accounts.access import Actor, AskFirst, may
from tongxing.accounts.models import User
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.registry.models import Person
from tongxing.registry.queries import person_for, wards_of
from tongxing.residents.children import held_back
from tongxing.residents.models import Assisted, ResidentAccount
from tongxing.residents.voices import GUARDIAN_ROLE, OWN_ROLE

FOR, ASSIST = "for", "assist"  # in the session: the ward one acts for; the assisted sitting
SITTING = timedelta(minutes=30)
HELPER = "helper"  # the role of an officer in the person's place; no queue and no post has it
LINKED = "linked"  # the same of whoever holds a link


def resident_actor(user: User, person: Person, today: date, wanted: int | None = None) -> Actor:
    """The person for themselves, or for the ward they chose while they may still act for that one (S28)."""
    ward = next((ward for ward in wards_of(person, today) if ward.pk == wanted), None) if wanted else None
    if ward is None:
        return _actor((user.pk, person.name), OWN_ROLE, person, today)
    return _actor((user.pk, person.name), GUARDIAN_ROLE, ward, today)


def _actor(who: tuple[int, str], role: str, person: Person, today: date) -> Actor:
    """`who`: the number of the user and their name."""
    known = pack(settings.PACK)
    found = known.roles[role]
    purpose = known.purposes[found.purposes[0]]
    return Actor(
        user_id=who[0],
        name=who[1],
        role=role,
        role_name=found.name,
        department=None,
        division_code=known.divisions[0].code,
        purpose=purpose.id,
        people=purpose.people,
        rights=frozenset({Right.OWN_AFFAIRS}),
        own=frozenset({person.pk}),
        held_back=held_back(person, today),
    )


def linked_actor(person: Person, user_id: int) -> Actor:
    """Whoever holds the link that was sent to this person's phone."""
    actor = _actor((user_id, person.name), "resident", person, timezone.localdate())
    return replace(actor, role=LINKED, role_name="短信链接")


def may_assist(officer: Actor | None) -> bool:
    """Whoever opens cases for people and does not decide about them."""
    return may(officer, Right.OPEN_CASE) and not may(officer, Right.DECIDE_CASE)


def assisting_actor(officer: Actor | None, sitting: Assisted | None, now: datetime) -> Actor | None:
    """The officer in the person's place: with the rights of the person, under the officer's name."""
    if officer is None or sitting is None or not may_assist(officer) or sitting.helper_id != officer.user_id:
        return None
    if sitting.ended_at or now - sitting.begun_at >= SITTING or person_for(officer, sitting.person_id) is None:
        return None
    actor = _actor((officer.user_id, officer.name), "resident", sitting.person, timezone.localdate(now))
    return replace(actor, role=HELPER, role_name=f"{officer.role_name}代办")


class ResidentMiddleware:
    """Puts `request.resident`, and `request.sitting` where an officer sits beside the person, on each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sitting = _sitting(request)
        resident = assisting_actor(getattr(request, "actor", None), sitting, timezone.now())
        request.sitting = sitting if resident else None  # type: ignore[attr-defined]
        request.resident = resident or _resident(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A change that has to wait for a guardian's yes: the page that asks for it, with what was typed."""
        if not isinstance(error, AskFirst):
            return None
        answer: HttpResponse = resolve(reverse(settings.CHILD_CONSENT_URL)).func(request)
        return answer


def _sitting(request: HttpRequest) -> Assisted | None:
    key = request.session.get(ASSIST) if getattr(request, "actor", None) else None
    return Assisted.objects.select_related("person").filter(pk=key).first() if key else None


def _resident(request: HttpRequest) -> Actor | None:
    user = request.user
    if not user.is_authenticated or getattr(request, "actor", None) is not None:
        return None
    accounts = ResidentAccount.objects.select_related("person__merged_into").filter(user=user, user__is_active=True)
    person = next((account.person.file for account in accounts), None)
    if person is None or person.death_date is not None:
        return None
    return resident_actor(user, person, timezone.localdate(), request.session.get(FOR))
