"""S28: who comes of age hears it before and on the day, and so does the guardian; once, by the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import cast
from tongxing.outbox.models import Message
from tongxing.registry.models import Guardian, Person
from tongxing.registry.queries import of_age_on, wards_of
from tongxing.residents.actions import tell_of_age

pytestmark = pytest.mark.django_db
BIRTHDAY = date(2027, 3, 1)


@pytest.fixture
def link() -> Guardian:
    mother, child = cast.new_person(1), cast.new_person(2)
    child.birth_date, child.contact = date(2009, 3, 1), "guardian"
    child.save()
    return Guardian.objects.create(
        ward=child, guardian=mother, kind="parent", proof="户口簿", from_date=date(2009, 3, 1)
    )


def told(on: date) -> list[str]:
    """Whom the news of this night is about."""
    before = set(Message.objects.values_list("pk", flat=True))
    tell_of_age(by=None, today=on)
    return [m.person.name for m in Message.objects.exclude(pk__in=before).order_by("pk")]


def test_both_are_told_four_weeks_before_and_on_the_day_once(link: Guardian) -> None:
    ward, mother = link.ward.name, link.guardian.name  # type: ignore[union-attr]
    assert told(BIRTHDAY - timedelta(days=29)) == []
    assert told(BIRTHDAY - timedelta(days=28)) == [ward, mother]
    assert Message.objects.count() == 2 and "2027年3月1日" in Message.objects.first().words  # type: ignore[union-attr]
    assert told(BIRTHDAY - timedelta(days=1)) == []
    assert len(told(BIRTHDAY)) == 2 and told(BIRTHDAY) == told(BIRTHDAY + timedelta(days=3)) == []


def test_a_night_that_was_missed_is_made_up_for_and_an_old_birthday_is_not_told(link: Guardian) -> None:
    assert told(BIRTHDAY + timedelta(days=15)) == []
    assert len(told(BIRTHDAY + timedelta(days=5))) == 2


@pytest.mark.parametrize("why", ["registered as an adult", "ended before", "died", "merged"])
def test_who_does_not_come_of_age_hears_nothing(link: Guardian, why: str) -> None:
    if why == "registered as an adult":
        Guardian.objects.update(from_date=BIRTHDAY)
    elif why == "ended before":
        Guardian.objects.update(until_date=BIRTHDAY - timedelta(days=90))
    elif why == "died":
        Person.objects.filter(pk=link.ward_id).update(death_date=date(2026, 1, 1))
    else:
        Person.objects.filter(pk=link.ward_id).update(merged_into=cast.new_person(3))
    assert told(BIRTHDAY) == []


@pytest.mark.parametrize(
    ("born", "birthday"), [(date(2008, 2, 29), date(2026, 3, 1)), (date(2010, 3, 1), date(2028, 3, 1))]
)
def test_the_day_is_the_same_for_the_message_and_for_the_link(link: Guardian, born: date, birthday: date) -> None:
    link.ward.birth_date = born
    link.ward.save()
    assert of_age_on(link.ward) == birthday
    assert link.guardian is not None
    Guardian.objects.update(from_date=born)
    assert wards_of(link.guardian, birthday - timedelta(days=1)) == [link.ward]
    assert wards_of(link.guardian, birthday) == []
