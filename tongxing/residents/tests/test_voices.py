"""S29: the person is heard, or it is written why not; where guardian and ward differ, a second person looks."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tongxing.registry.models import Guardian, Person
from tongxing.residents import actions
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import change_account
from tongxing.residents.models import Consent, Voice
from tongxing.residents.voices import conflict_of, is_asked, is_heard, voices_of, words_of_conflict

pytestmark = pytest.mark.django_db
ACCOUNT, OTHER = "9999001234567890123", "9999001234567890999"


@pytest.fixture
def ward() -> Person:
    """An adult of whom the mother is the guardian since they were one."""
    mother, found = cast.new_person(1), cast.new_person(2)
    Guardian.objects.create(ward=found, guardian=mother, kind="parent", proof="监护协议", from_date=date(2020, 1, 1))
    return found


def worker(user_id: int = 1) -> object:
    return cast.an_officer("village_worker", cast.VILLAGE, user_id)


def born(person: Person, years: int) -> Person:
    today = cast.today()
    person.birth_date = today.replace(year=today.year - years, day=1)
    return person


def test_who_is_asked(ward: Person) -> None:
    today = cast.today()
    assert is_asked(ward, today) and not is_asked(cast.new_person(3), today)
    assert not is_asked(born(ward, 7), today) and is_asked(born(ward, 8), today)
    ward.birth_date = None
    assert not is_asked(ward, today)
    Guardian.objects.update(until_date=today)
    assert not is_asked(Person.objects.get(pk=ward.pk), today)


def test_the_words_are_kept_sealed_and_every_time_anew(ward: Person) -> None:
    for how, words in (("not_asked", "在医院"), ("pictures", "想住在家里")):
        actions.hear(by=worker(), person=ward, case_number="2026-00001", how=how, words=words)  # type: ignore[arg-type]
    assert [words for _, words in voices_of("2026-00001")] == ["想住在家里", "在医院"]
    assert "想住在家里".encode() not in bytes(Voice.objects.latest("pk").words_sealed)
    assert is_heard("2026-00001") and not is_heard("2026-00002")


@pytest.mark.parametrize(("how", "words"), [("shouted", "要"), ("said", " "), ("not_asked", "")])
def test_nothing_is_half_said(ward: Person, how: str, words: str) -> None:
    with pytest.raises(ValidationError):
        actions.hear(by=worker(), person=ward, case_number="2026-00001", how=how, words=words)  # type: ignore[arg-type]
    assert not Voice.objects.exists()


def test_a_stranger_writes_nothing_down(ward: Person) -> None:
    far = cast.an_officer("village_worker", cast.FAR_VILLAGE, 2)
    with pytest.raises(PermissionDenied):
        actions.hear(by=far, person=ward, case_number="2026-00001", how="said", words="要")
    with pytest.raises(PermissionDenied):
        actions.raise_conflict(by=far, person=ward, kind="payee", words="钱没用上")
    with pytest.raises(PermissionDenied):
        actions.settle_conflict(by=worker(), person=ward)  # type: ignore[arg-type]


def test_a_conflict_stands_until_somebody_else_has_looked(ward: Person) -> None:
    county, other = (cast.an_officer("federation_county", cast.COUNTY, number) for number in (5, 6))
    made = actions.raise_conflict(by=county, person=ward, kind="payee", words="钱没用上")
    assert made == actions.raise_conflict(by=county, person=ward, kind="disagrees", words="别的")
    assert words_of_conflict(made) == "钱没用上"
    with pytest.raises(PermissionDenied, match="另一个人"):
        actions.settle_conflict(by=county, person=ward)
    settled = actions.settle_conflict(by=other, person=ward)
    assert settled == made and conflict_of(ward) is None
    assert actions.settle_conflict(by=other, person=ward) is None


def test_the_guardian_does_not_move_the_money_meanwhile(ward: Person) -> None:
    mother = Person.objects.exclude(pk=ward.pk).get()
    user = actions.account_of(person=mother).user
    change_account(by=resident_actor(user, mother, cast.today(), ward.pk), person=ward, number=ACCOUNT)
    actions.raise_conflict(by=worker(), person=ward, kind="payee", words="钱没用上")  # type: ignore[arg-type]
    held = resident_actor(user, mother, cast.today(), ward.pk)
    with pytest.raises(ValidationError, match="两个人看过"):
        change_account(by=held, person=ward, number=OTHER)
    own = resident_actor(actions.account_of(person=ward).user, ward, cast.today())
    assert change_account(by=own, person=ward, number=OTHER), "the person themselves"
    assert not Consent.objects.exists()
