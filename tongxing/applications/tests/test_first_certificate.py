"""From asking to everything that follows: who may, what is refused, doing it twice, the last seat."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.applications import actions
from tongxing.applications.actions import Wish
from tongxing.applications.models import Application
from tongxing.applications.queries import free_slots, linked, to_assess
from tongxing.casework import actions as casework
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.registry.models import Certificate, Person
from tongxing.residents.access import linked_actor


@pytest.fixture
def doctor(db: None) -> Actor:
    cast.build_divisions()
    cast.sign_up()
    return cast.an_officer("assessor", cast.COUNTY, 4)


@pytest.fixture
def wei(doctor: Actor) -> Person:
    return cast.new_person(41)


def asked(person: Person, slot: str = "") -> Application:
    return actions.apply_first(by=linked_actor(person, 90), person=person, wish=Wish(["limb"], slot))


def signed(person: Person, doctor: Actor, grade: int = 2) -> Certificate:
    case = asked(person).case
    case = actions.assess(by=doctor, case=case, parts=["limb"], grade=grade)
    casework.decide(by=cast.an_officer("federation_county", cast.COUNTY, 5), case=case, result="granted")
    return Certificate.objects.get(person=person)


def test_one_request_ends_with_a_certificate_and_all_that_follows_is_taken_at_once(wei: Person, doctor: Actor) -> None:
    certificate = signed(wei, doctor)
    assert (certificate.category, certificate.grade, certificate.number[-2:]) == ("limb", 2, "42")
    assert certificate.valid_until_date.year == date.today().year + 10
    found = linked(wei, cast.today())
    assert len(found) >= 3
    ids = [str(service.id) for service in found]
    taken = actions.take_linked(by=linked_actor(wei, 90), person=wei, services=ids)
    assert {case.service for case in taken} == set(ids)
    with pytest.raises(ValidationError):
        actions.take_linked(by=linked_actor(wei, 90), person=wei, services=ids)
    assert Case.objects.filter(person=wei, state="open").count() == len(ids)


def test_asked_twice_it_is_one_case_and_one_seat(wei: Person) -> None:
    slot = free_slots(wei, cast.today())[0]
    first, second = asked(wei, slot.key), asked(wei, slot.key)
    assert first == second
    assert Application.objects.count() == Case.objects.count() == 1


def test_who_has_a_certificate_and_who_says_nothing_are_told_what_to_do(wei: Person) -> None:
    with pytest.raises(Refused, match="至少一项"):
        actions.apply_first(by=linked_actor(wei, 90), person=wei, wish=Wish([]))
    with pytest.raises(Refused, match="另选"):
        asked(wei, "nowhere.2026-01-01.am")
    cast.certify(wei)
    with pytest.raises(Refused, match="有效的残疾人证"):
        asked(wei)
    assert not Case.objects.exists()


def test_a_stranger_asks_for_nobody_and_another_countys_doctor_finds_nothing(wei: Person, doctor: Actor) -> None:
    stranger = linked_actor(cast.new_person(42), 91)
    with pytest.raises(PermissionDenied):
        actions.apply_first(by=stranger, person=wei, wish=Wish(["limb"]))
    with pytest.raises(PermissionDenied):
        actions.take_linked(by=stranger, person=wei, services=["free_bus"])
    case = asked(wei).case
    far = cast.an_officer("assessor", cast.OTHER_COUNTY, 7)
    assert [a.case for a in to_assess(doctor)] == [case]
    assert not to_assess(far).exists()
    for by in (far, cast.an_officer("federation_county", cast.COUNTY, 5), linked_actor(wei, 90)):
        with pytest.raises(PermissionDenied):
            actions.assess(by=by, case=case, parts=["limb"], grade=1)


def test_the_finding_says_category_and_grade_once(wei: Person, doctor: Actor) -> None:
    case = asked(wei).case
    with pytest.raises(Refused, match="类别和等级"):
        casework.accept(by=doctor, case=case)
    for parts, grade in ([], 1), (["limb"], 0), (["unheard"], 2):
        with pytest.raises(ValidationError):
            actions.assess(by=doctor, case=case, parts=parts, grade=grade)
    actions.assess(by=doctor, case=case, parts=["visual", "limb"], grade=1)
    with pytest.raises(Refused, match="已经评定"):
        actions.assess(by=doctor, case=case, parts=["limb"], grade=1)
    county = cast.an_officer("federation_county", cast.COUNTY, 5)
    casework.decide(by=county, case=case, result="granted")
    certificate = Certificate.objects.get()
    assert (certificate.category, certificate.parts) == ("multiple", "visual,limb")
    with pytest.raises(Refused, match="不能撤销"):
        casework.undo(by=county, case=case)


def test_a_withdrawn_seat_is_free_again(wei: Person) -> None:
    slot = free_slots(wei, cast.today())[0]
    others = [cast.new_person(50 + n) for n in range(slot.place.seats)]
    for person in others:
        asked(person, slot.key)
    assert slot.key not in [free.key for free in free_slots(wei, cast.today())]
    with pytest.raises(Refused, match="约满"):
        asked(wei, slot.key)
    assert not Case.objects.filter(person=wei).exists()
    casework.withdraw(by=linked_actor(others[0], 90), case=Case.objects.get(person=others[0]), words="不办了")
    assert asked(wei, slot.key).seat == 1


def test_a_seat_is_only_offered_on_days_that_come(wei: Person) -> None:
    days = [slot.day for slot in free_slots(wei, cast.today())]
    assert days and min(days) >= cast.today() + timedelta(days=2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets only one write at a time")
def test_two_want_the_last_seat_and_one_gets_it() -> None:
    cast.build_divisions()
    people = [cast.new_person(60 + n) for n in range(8)]
    slot = free_slots(people[0], cast.today())[0]
    for person in people[: slot.place.seats - 1]:
        asked(person, slot.key)
    said: list[str] = []

    def ask(person: Person) -> None:
        try:
            asked(person, slot.key)
            said.append("got it")
        except Refused:
            said.append("full")
        finally:
            connections.close_all()

    threads = [Thread(target=ask, args=(person,)) for person in people[-2:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["full", "got it"]
    assert connection.vendor == "postgresql"
