"""Where the money goes. While guardian and ward may differ, only the ward changes it alone; else two officers (S29)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.contact import parse_account
from tongxing.lib.mistakes import BadNumber
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.residents.models import Conflict, PayeeChange
from tongxing.residents.voices import PAYEE_HELD, conflict_of, new_account, place_of, speaks_themselves, waiting_payee


@transaction.atomic
def change_account(*, by: Actor | None, person: Person, number: str) -> Person:
    """Where the money goes from the next run on. Raises ValidationError with how to write it, or that it takes two."""
    actor = check_person(by, person, Right.WORK_CASE, Right.OWN_AFFAIRS)
    plain = _parsed(number)
    is_same = person.opened("account") == plain  # what two have confirmed may be written down again
    if conflict_of(person) and not speaks_themselves(actor, person) and not is_same:
        raise ValidationError(PAYEE_HELD)
    return _write(actor, person, plain)


def _parsed(number: str) -> str:
    try:
        return parse_account(number)
    except BadNumber as error:
        raise ValidationError(str(error)) from error


def _write(by: Actor, person: Person, plain: str) -> Person:
    person.account_sealed = ring().seal(plain, place=f"person.account.{person.id}")
    person.save(update_fields=["account_sealed"])
    record(by=by, verb="residents.account_changed", subject=f"person:{person.pk}")
    return person


@transaction.atomic
def ask_for_payee(*, by: Actor | None, person: Person, number: str) -> PayeeChange:
    """The first of two. The same number again is the one that waits. Raises ValidationError."""
    actor = check_person(by, person, Right.WORK_CASE)
    plain = _parsed(number)
    held = Conflict.objects.select_for_update()  # of two who ask at once, the second finds the first's
    if held.filter(ward=person.pk, ended_at=None).first() is None:
        raise ValidationError("现在没有监护争议。本人或监护人可以自己换账户。")
    if standing := waiting_payee(person):
        if new_account(standing) == plain:
            return standing
        raise ValidationError("已经有一个新账户在等第二个人看。先看完那一个。")
    now = timezone.now()
    made = PayeeChange.objects.create(
        ward=person,
        number_sealed=ring().seal(plain, place=place_of("payee", person.pk, now)),
        asked_by_id=actor.user_id,
        asked_by_label=actor.label,
        asked_at=now,
    )
    record(by=actor, verb="residents.payee_asked", subject=f"person:{person.pk}")
    return made


@transaction.atomic
def settle_payee(*, by: Actor | None, change: PayeeChange, agrees: bool) -> PayeeChange:
    """The second, who may decide and did not ask. Pressed again, what was said stands. Raises PermissionDenied."""
    actor = check_person(by, change.ward, Right.DECIDE_CASE)
    if change.asked_by_id == actor.user_id:
        raise PermissionDenied("这是您提的，要由另一个人看过。")
    state = PayeeChange.State.DONE if agrees else PayeeChange.State.REFUSED
    said = {"state": state, "second_id": actor.user_id, "second_label": actor.label, "second_at": timezone.now()}
    if PayeeChange.objects.filter(pk=change.pk, state=PayeeChange.State.ASKED).update(**said) == 1:
        if agrees:
            _write(actor, change.ward, new_account(change))
        else:
            record(by=actor, verb="residents.payee_refused", subject=f"person:{change.ward_id}")
    change.refresh_from_db()
    return change
