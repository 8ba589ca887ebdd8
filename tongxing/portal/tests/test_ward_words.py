"""S29: a guardian who asks for a ward is offered to write the ward's own words down; it never stops anybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import cast
from tongxing.applications.actions import Wish, apply_first
from tongxing.casework.hearing import is_to_hear
from tongxing.casework.models import Case
from tongxing.portal.tests.test_own_things import text
from tongxing.registry.models import Guardian, Person
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of, raise_conflict
from tongxing.residents.models import Voice
from tongxing.residents.voices import is_heard, voices_of

pytestmark = pytest.mark.django_db
PAGE = "/apply/free_bus/"
SAID = {"voice-how": "pictures", "voice": "想坐车去看奶奶"}


@pytest.fixture
def ward(home: Client, jia: Person) -> Person:
    """A grown man for whom 阿甲 acts, and does so now."""
    found = cast.new_person(2)
    cast.certify(found)
    Guardian.objects.create(ward=found, guardian=jia, kind="parent", proof="监护协议", from_date=date(2020, 1, 1))
    home.post("/my/for/", {"person": found.pk})
    return found


def last_look(home: Client) -> str:
    return text(home.get(PAGE + "?page=check"))


def test_who_asks_for_themselves_is_not_asked(home: Client) -> None:
    assert "自己怎么说" not in last_look(home)
    home.post(PAGE, SAID)
    assert Case.objects.exists() and not Voice.objects.exists()


def test_it_is_offered_and_never_needed(home: Client, ward: Person) -> None:
    assert f"{ward.name}自己怎么说" in last_look(home)
    home.post(PAGE, {})
    case = Case.objects.get()
    assert case.person == ward and not Voice.objects.exists() and not is_heard(case.number)


def test_the_words_stand_with_the_case_as_told_by_the_guardian(home: Client, ward: Person) -> None:
    for _ in range(2):
        home.post(PAGE, SAID)
    case = Case.objects.get()
    assert Voice.objects.get().is_retold and is_heard(case.number)
    assert [words for _, words in voices_of(case.number)] == ["想坐车去看奶奶"]


@pytest.mark.parametrize(
    ("typed", "anchor"), [({"voice": "想坐车"}, "#voice-said"), ({"voice-how": "said", "voice": " "}, "#voice")]
)
def test_half_of_it_comes_back_with_what_was_typed(
    home: Client, ward: Person, typed: dict[str, str], anchor: str
) -> None:
    response = home.post(PAGE, typed)
    page = response.content.decode()
    assert response.status_code == 422 and f'href="{anchor}"' in page and not Case.objects.exists()
    assert typed["voice"].strip() in page and " open>" in page


def test_what_was_typed_is_kept_with_the_draft(home: Client, ward: Person) -> None:
    home.post(PAGE, SAID | {"go": "leave"})
    assert "想坐车去看奶奶" in home.get(PAGE + "?page=check").content.decode()


def test_that_nobody_could_ask_does_not_spare_the_office_to_ask(home: Client, ward: Person) -> None:
    home.post(PAGE, {"voice-how": "not_asked", "voice": "他在住院"})
    case = Case.objects.get()
    assert not is_heard(case.number) and is_to_hear(case)


def test_while_they_may_differ_the_guardians_telling_is_not_enough(home: Client, ward: Person) -> None:
    home.post(PAGE, SAID)
    worker = cast.an_officer("village_worker", cast.VILLAGE, 1)
    raise_conflict(by=worker, person=ward, kind="disagrees", words="不一样")
    assert not is_heard(Case.objects.get().number)


def test_the_first_certificate_takes_them_too(ward: Person, jia: Person) -> None:
    ward.certificates.all().delete()
    guardian = resident_actor(account_of(person=jia).user, jia, cast.today(), ward.pk)
    made = apply_first(by=guardian, person=ward, wish=Wish(["limb"], word=("said", "想有一本证")))
    assert Voice.objects.get().case_number == made.case.number
