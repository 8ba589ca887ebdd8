"""Whose own view is asked for, what they said, and whether guardian and ward may not want the same (S29)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from tongxing.accounts.access import Actor
from tongxing.lib.dates import full_years
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import ADULT, ends_on, guardians_of
from tongxing.residents.models import Conflict, PayeeChange, Voice

GUARDIAN_ROLE = "guardian"
OWN_ROLE = "resident"  # somebody who signed in as themselves; a link may lie with whoever keeps the phone
HEARD_FROM = 8  # years: from then on a child is asked
PAYEE_HELD = "监护有争议，换账户要当面办，由两个人看过。请到乡镇或街道。"


def is_asked(person: Person, today: date) -> bool:
    """A child from eight on, and an adult for whom somebody acts; of whom no birthday is known nobody knows it."""
    if person.birth_date is None or person.death_date is not None:
        return False
    years = full_years(person.birth_date, today)
    return years >= HEARD_FROM if years < ADULT else _has_guardian(person, today)


def _has_guardian(person: Person, today: date) -> bool:
    rows = [row for row in guardians_of(person) if row.from_date <= today]
    return any((end := ends_on(row)) is None or today < end for row in rows)


def speaks_themselves(by: Actor, person: Person) -> bool:
    return by.role == OWN_ROLE and person.pk in by.own


def voices_of(case_number: str) -> list[tuple[Voice, str]]:
    """With what was said, the newest first."""
    found = Voice.objects.filter(case_number=case_number)
    return [(voice, _words("voice", voice.person_id, voice.heard_at, voice)) for voice in found]


def is_retold(by: Actor) -> bool:
    """Whether what they write down of somebody's own view is a guardian's telling."""
    return by.role == GUARDIAN_ROLE


def is_heard(case_number: str) -> bool:
    """What a guardian tells counts, but not that nobody could ask, and not while guardian and ward may differ."""
    conflict = Exists(Conflict.objects.filter(ward=OuterRef("person"), ended_at=None))
    doubtful = Q(conflict) | Q(how=Voice.How.NOT_ASKED)
    return Voice.objects.filter(case_number=case_number).exclude(doubtful, is_retold=True).exists()


def conflict_of(person: Person) -> Conflict | None:
    """The one that stands."""
    return Conflict.objects.filter(ward=person.pk, ended_at=None).first()


def waiting_payee(person: Person) -> PayeeChange | None:
    """Another account that one officer asked for and nobody else has looked at."""
    return PayeeChange.objects.select_related("ward").filter(ward=person.pk, state=PayeeChange.State.ASKED).first()


def new_account(change: PayeeChange) -> str:
    return ring().open(bytes(change.number_sealed), place=place_of("payee", change.ward_id, change.asked_at))


def words_of_conflict(conflict: Conflict) -> str:
    return _words("conflict", conflict.ward_id, conflict.set_at, conflict)


def place_of(kind: str, person_id: int, at: datetime) -> str:
    """Where the words are sealed: known before the row has a number."""
    return f"{kind}.{person_id}.{at.timestamp()}"


def _words(kind: str, person_id: int, at: datetime, row: Voice | Conflict) -> str:
    return ring().open(bytes(row.words_sealed), place=place_of(kind, person_id, at))
