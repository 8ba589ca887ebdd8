"""S29: while guardian and ward may differ, money moves to another account only when two officers have seen it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.registry.models import Guardian, Person
from tongxing.residents import actions
from tongxing.residents.models import PayeeChange
from tongxing.residents.voices import waiting_payee

pytestmark = pytest.mark.django_db
OLD, NEW = "9999001234567890123", "9999001234567890999"


@pytest.fixture
def ward() -> Person:
    found = cast.new_person(2)
    Guardian.objects.create(ward=found, kind="organisation", proof="村居委会证明", from_date=date(2020, 1, 1))
    actions.change_account(by=officer(1), person=found, number=OLD)
    actions.raise_conflict(by=officer(1), person=found, kind="payee", words="钱没用上")
    return found


def officer(number: int) -> Actor:
    """1 is a village worker, the others may decide."""
    if number == 1:
        return cast.an_officer("village_worker", cast.VILLAGE, 1)
    return cast.an_officer("federation_county", cast.COUNTY, number)


def account(person: Person) -> str | None:
    return Person.objects.get(pk=person.pk).opened("account")


def test_no_officer_moves_it_alone(ward: Person) -> None:
    for number in (1, 5):
        with pytest.raises(ValidationError, match="两个人"):
            actions.change_account(by=officer(number), person=ward, number=NEW)
    assert account(ward) == OLD


def test_two_do(ward: Person) -> None:
    change = actions.ask_for_payee(by=officer(5), person=ward, number=NEW)
    assert account(ward) == OLD
    with pytest.raises(PermissionDenied, match="另一个人"):
        actions.settle_payee(by=officer(5), change=change, agrees=True)
    for _ in range(2):
        actions.settle_payee(by=officer(6), change=change, agrees=True)
    assert account(ward) == NEW and waiting_payee(ward) is None
    assert actions.change_account(by=officer(1), person=ward, number=NEW), "what two have seen may be noted on a case"


def test_the_second_may_say_no_and_it_stays_said(ward: Person) -> None:
    change = actions.ask_for_payee(by=officer(5), person=ward, number=NEW)
    actions.settle_payee(by=officer(6), change=change, agrees=False)
    assert actions.settle_payee(by=officer(6), change=change, agrees=True).state == "refused"
    assert account(ward) == OLD


def test_one_waits_at_a_time(ward: Person) -> None:
    first = actions.ask_for_payee(by=officer(1), person=ward, number=NEW)
    assert actions.ask_for_payee(by=officer(5), person=ward, number=NEW) == first
    with pytest.raises(ValidationError, match="第二个人"):
        actions.ask_for_payee(by=officer(5), person=ward, number="9999001234567890000")
    assert NEW.encode() not in bytes(first.number_sealed)


def test_strangers_and_who_may_not_decide_are_refused(ward: Person) -> None:
    far = cast.an_officer("federation_county", cast.OTHER_COUNTY, 7)
    with pytest.raises(PermissionDenied):
        actions.ask_for_payee(by=far, person=ward, number=NEW)
    change = actions.ask_for_payee(by=officer(5), person=ward, number=NEW)
    for stranger in (far, officer(1)):
        with pytest.raises(PermissionDenied):
            actions.settle_payee(by=stranger, change=change, agrees=True)


def test_without_a_conflict_one_is_enough(ward: Person) -> None:
    actions.settle_conflict(by=officer(5), person=ward)
    with pytest.raises(ValidationError, match="没有监护争议"):
        actions.ask_for_payee(by=officer(5), person=ward, number=NEW)
    actions.change_account(by=officer(1), person=ward, number=NEW)
    assert account(ward) == NEW


@pytest.mark.parametrize("typed", ["12", "", "六二二二"])
def test_a_number_that_is_none_is_not_asked_for(ward: Person, typed: str) -> None:
    with pytest.raises(ValidationError):
        actions.ask_for_payee(by=officer(5), person=ward, number=typed)


def test_the_database_wants_two(ward: Person) -> None:
    change = actions.ask_for_payee(by=officer(5), person=ward, number=NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayeeChange.objects.filter(pk=change.pk).update(second_id=5, second_at=timezone.now())
