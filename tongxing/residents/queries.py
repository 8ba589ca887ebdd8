"""Reads about residents as users, and of what they asked for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor
from tongxing.accounts.models import User
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import here, people_for
from tongxing.residents.fingerprints import fingerprint
from tongxing.residents.models import Consent, Link, Request, ResidentAccount


def person_of(user: User) -> Person | None:
    """Who the user is; an officer is nobody here."""
    account = ResidentAccount.objects.select_related("person__merged_into").filter(user=user).first()
    return account.person.file if account else None


def own_person(actor: Actor) -> Person:
    """Whose affairs the actor does."""
    return people_for(actor).get()


def open_link(token: str, now: datetime) -> Link | None:
    """The link with this token if it is still good for an answer."""
    good = Link.objects.filter(token=fingerprint("link", token), used_at=None, until_at__gt=now)
    return good.select_related("person").first()


def consents_of(person: Person) -> list[Consent]:
    return list(Consent.objects.filter(person=person))


def requests_of(person: Person) -> list[Request]:
    return list(Request.objects.filter(person=person))


def requests_for(actor: Actor) -> QuerySet[Request]:
    """What waits for this actor: of their role or department, in their area, oldest first."""
    mine = Q(role=actor.role) | Q(department=actor.department or "-")
    found = Request.objects.filter(mine, here(actor, person="person"), answered_at=None).select_related("person")
    if actor.people != "all":
        found = found.filter(person__in=people_for(actor).values("pk"))
    return found.order_by("due_date", "id")


def request_for(actor: Actor, request_id: int) -> Request | None:
    return requests_for(actor).filter(pk=request_id).first()


def words_of(request: Request) -> str:
    return ring().open(bytes(request.words_sealed), place=place_of(request, "words"))


def answer_of(request: Request) -> str:
    if request.answer_sealed is None:
        return ""
    return ring().open(bytes(request.answer_sealed), place=place_of(request, "answer"))


def place_of(request: Request, part: str) -> str:
    """Where its words are sealed: known before it has a number of its own."""
    return f"request.{part}.{request.person_id}.{request.asked_at.timestamp()}"
