"""Asking for the first certificate, the doctor's finding, and taking what follows from it with one word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.applications.actions.drafts import drop
from tongxing.applications.actions.helping import Helper, note_helper
from tongxing.applications.models import Application
from tongxing.applications.queries import Slot, certificate_service, linked, slots_for
from tongxing.casework import actions as casework
from tongxing.casework import clocks
from tongxing.casework.models import Case
from tongxing.casework.permission import check_task
from tongxing.casework.queries import open_task_of
from tongxing.casework.refusal import Refused
from tongxing.content.assessment import assessment
from tongxing.journal.actions import record
from tongxing.registry.actions import note_finding
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person, finding_of, valid_certificate
from tongxing.residents.actions import Word, hear


@dataclass(frozen=True)
class Wish:
    """What the person asks for: in which ways life is hard, and the `key` of a slot, or "" for a visit at home.

    `helper`: who helped to write it, with the person's yes. `word`: what a ward says themselves.
    """

    kinds: Sequence[str]
    slot: str = ""
    helper: Helper | None = None
    word: Word | None = None


@transaction.atomic
def apply_first(*, by: Actor | None, person: Person, wish: Wish) -> Application:
    """Opens the case and keeps the seat. Asked twice, the first one comes back.

    Raises PermissionDenied; Refused for somebody who has a certificate, and for a slot that is full or not offered.
    """
    check_person(by, person, Right.OWN_AFFAIRS, Right.OPEN_CASE)
    service = certificate_service()
    if service is None:
        raise Refused("这里现在不办第一次办证。请打 12345。")
    if valid_certificate(person):
        raise Refused("库里已经有一张有效的残疾人证，不用再办。")
    kinds = [kind for kind in assessment(settings.PACK).kinds if kind in wish.kinds]
    if not kinds:
        raise Refused("请选哪方面不方便，至少一项。")
    case = casework.open_case(by=by, person=person, service=str(service.id))  # holds all openers until the end
    if found := Application.objects.filter(case=case).first():
        return found
    slot = _slot(person, wish.slot)
    application = Application.objects.create(
        case=case,
        kinds=",".join(kinds),
        at_home=slot is None,
        place=slot.place.id if slot else "",
        day=slot.day if slot else None,
        half=slot.half if slot else "",
        seat=_seat(slot) if slot else None,
    )
    record(by=by, verb="applications.asked", subject=f"person:{person.pk}", case=case.number, home=slot is None)
    note_helper(by=by, case=case, helper=wish.helper)
    if wish.word is not None:
        hear(by=by, person=person, case_number=case.number, how=wish.word[0], words=wish.word[1])
    drop(by=by, person=person, service=case.service)
    return application


def _slot(person: Person, key: str) -> Slot | None:
    if not key:
        return None
    slot = next((slot for slot in slots_for(person, clocks.today()) if slot.key == key), None)
    if slot is None:
        raise Refused("这个时间约不了。请另选一个。")
    return slot


def _seat(slot: Slot) -> int:
    """The first free seat; those of withdrawn applications are free again."""
    given = Application.objects.filter(place=slot.place.id, day=slot.day, half=slot.half)
    given.filter(case__state=Case.State.WITHDRAWN).update(seat=None)
    taken = set(given.exclude(seat=None).values_list("seat", flat=True))
    free = next((seat for seat in range(1, slot.place.seats + 1) if seat not in taken), None)
    if free is None:
        raise Refused("这个时间刚刚约满了。请另选一个。")
    return free


@transaction.atomic
def assess(*, by: Actor | None, case: Case, parts: Collection[str], grade: int) -> Case:
    """The doctor's finding, and on to the county. Raises PermissionDenied; ValidationError; Refused if it is done."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    task = open_task_of(case)
    if task is None or finding_of(case.number) is not None:
        raise Refused(f"{case.number} 已经评定过了。")
    check_task(by, task, Right.ASSESS)
    note_finding(by=by, case_number=case.number, person=case.person, parts=sorted(parts), grade=grade)
    casework.accept(by=by, case=case)
    case.refresh_from_db()
    return case


@transaction.atomic
def take_linked(*, by: Actor | None, person: Person, services: Collection[str]) -> list[Case]:
    """Asks for all of these at once; what one is not entitled to, or has asked for, is left out."""
    check_may(by, Right.OWN_AFFAIRS)
    check_person(by, person, Right.OWN_AFFAIRS)
    wanted = [str(service.id) for service in linked(person, clocks.today()) if service.id in services]
    if not wanted:
        raise ValidationError("这些都已经在办了，不用再按。")
    return [casework.open_case(by=by, person=person, service=service) for service in wanted]
