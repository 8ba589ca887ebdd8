"""An officer beside the person does it for them: asked each time, ended by either, over after half an hour."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.residents.access import may_assist
from tongxing.residents.actions.consents import agree_to
from tongxing.residents.models import Assisted


@transaction.atomic
def sit_down(*, by: Actor | None, person: Person, channel: str) -> Assisted:
    """The person agreed just now, said or on paper. Raises PermissionDenied for whoever decides about cases."""
    actor = check_person(by, person, Right.OPEN_CASE)
    if not may_assist(actor):
        raise PermissionDenied("作决定的人不能代办。请村里或乡镇的同事来帮。")
    consent = agree_to(by=actor, person=person, kind="helped", channel=channel)
    now = timezone.now()
    Assisted.objects.filter(helper_id=actor.user_id, ended_at=None).update(ended_at=now)
    sitting = Assisted.objects.create(
        person=person, consent=consent, helper_id=actor.user_id, helper_label=actor.label, begun_at=now
    )
    record(by=actor, verb="residents.assisting", subject=f"person:{person.pk}", sitting=sitting.pk)
    return sitting


@transaction.atomic
def end_assisting(*, by: Actor | None, sitting: Assisted) -> Assisted:
    """By whoever helps. Ended twice, the first time stays."""
    if by is None or by.user_id != sitting.helper_id:
        raise PermissionDenied("这次代办不是您开始的。")
    if Assisted.objects.filter(pk=sitting.pk, ended_at=None).update(ended_at=timezone.now()) == 1:
        record(by=by, verb="residents.assisted", subject=f"person:{sitting.person_id}", sitting=sitting.pk)
    sitting.refresh_from_db()
    return sitting
