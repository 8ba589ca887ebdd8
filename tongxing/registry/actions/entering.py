"""Somebody of whom nothing was held gets a file, from an ID card that was seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.identity import parse_resident_id
from tongxing.lib.pinyin import initials
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, Member, Person
from tongxing.registry.models.person import new_serial


@dataclass(frozen=True)
class Card:
    """What stands on the card, and the phone that was proved. All in their written form."""

    name: str
    id_number: str
    phone: str


@transaction.atomic
def enter_person(*, by: Actor | None, card: Card, village: str) -> Person:
    """A file, and a household of its own, in a village of the officer's area.

    Raises PermissionDenied; ValidationError for a village elsewhere. The database holds each ID number once.
    """
    check_may(by, Right.OPEN_CASE)
    assert by is not None
    if len(village) != 12 or not village.startswith(by.prefix):
        raise ValidationError("库里没有这个人。请选住在哪个村、社区。")
    said, keys, key, today = parse_resident_id(card.id_number), ring(), new_serial(), timezone.localdate()
    person = Person.objects.create(
        id=key,
        name=card.name,
        initials=initials(card.name)[:20],
        sex=said.sex,
        birth_date=said.birth_date,
        village_code=village,
        contact=Person.Contact.SMS,
        id_number_sealed=keys.seal(said.number, place=f"person.id_number.{key}"),
        id_number_index=keys.blind_index("id_number", said.number),
        id_tail_index=keys.blind_index("id_tail", said.number[-4:]),
        phone_sealed=keys.seal(card.phone, place=f"person.phone.{key}"),
        phone_index=keys.blind_index("phone", card.phone),
        registered_date=today,
    )
    home = Household.objects.create(village_code=village)
    Member.objects.create(household=home, person=person, relation=Member.Relation.HEAD, from_date=today)
    record(by=by, verb="registry.entered", subject=f"person:{person.pk}")
    return person
