"""Moves that wait for a township, and those that came to or left an area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.moves.models import Move, Mover
from tongxing.registry.models import Member, Person
from tongxing.registry.queries import household_of, members_of, within
from tongxing.residents.offices import NEAR

SHOWN = timedelta(days=90)  # so long the old and the new unit find a finished move


def waiting_for(actor: Actor) -> QuerySet[Move]:
    """What the townships of the actor's area have to confirm, the oldest first; of a township officer alone."""
    if actor.role != NEAR:
        return Move.objects.none()
    found = Move.objects.filter(within(actor.prefix, "to_code"), state=Move.State.WAITING)
    return found.select_related("person").order_by("asked_at", "id")


def lately_for(actor: Actor) -> QuerySet[Move]:
    """Who came to or left the actor's area by a confirmed move, the newest first."""
    if actor.people != "all":
        return Move.objects.none()
    area = within(actor.prefix, "from_code") | within(actor.prefix, "to_code")
    found = Move.objects.filter(area, state=Move.State.DONE, answered_at__gte=timezone.now() - SHOWN)
    return found.select_related("person").order_by("-answered_at", "-id")


def move_for(actor: Actor, move_id: int) -> Move | None:
    """One that waits for the actor's township or was turned down there, or that came to or left their area."""
    found = (moves.filter(pk=move_id).first() for moves in (waiting_for(actor), lately_for(actor), _declined_by(actor)))
    return next((move for move in found if move), None)


def _declined_by(actor: Actor) -> QuerySet[Move]:
    if actor.role != NEAR:
        return Move.objects.none()
    found = Move.objects.filter(within(actor.prefix, "to_code"), state=Move.State.DECLINED)
    return found.filter(answered_at__gte=timezone.now() - SHOWN).select_related("person")


def moves_of(person: Person) -> list[Move]:
    """Those that this person asked for, and those in which they went along; the newest first."""
    return list(Move.objects.filter(movers__person=person).select_related("person").order_by("-id"))


def movers_of(move: Move) -> list[Mover]:
    """Whoever asked first."""
    found = move.movers.select_related("person")
    return sorted(found, key=lambda mover: (mover.person_id != move.person_id, mover.pk))


def may_come_along(person: Person) -> list[Member]:
    """The others of the household who live and are here."""
    home = household_of(person)
    return [row for row in living(members_of(home)) if row.person_id != person.pk] if home else []


def living(rows: Sequence[Member]) -> list[Member]:
    return [row for row in rows if row.person.death_date is None and row.person.moved_out_date is None]


def first_day(today: date) -> date:
    """How far back a move may be said; older ones are a question for the township."""
    return today - timedelta(days=365)


def last_day(today: date) -> date:
    return today + timedelta(days=60)
