"""S28, S36: nothing is changed for a child under 14 before the guardian said yes; reading needs the link alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor, AskFirst
from tongxing.registry.models import Guardian, Person
from tongxing.registry.queries import person_for
from tongxing.residents import actions
from tongxing.residents.access import assisting_actor, linked_actor, resident_actor
from tongxing.residents.models import Consent, Request

pytestmark = pytest.mark.django_db
PAGE = Consent.Channel.PAGE


def years_ago(years: int) -> date:
    today = cast.today()
    return today.replace(year=today.year - years, day=min(today.day, 28))


@pytest.fixture
def mother() -> Person:
    return cast.new_person(1)


@pytest.fixture
def child(mother: Person) -> Person:
    found = cast.new_person(2)
    found.birth_date = years_ago(13)
    found.save()
    Guardian.objects.create(ward=found, guardian=mother, kind="parent", proof="户口簿", from_date=found.birth_date)
    return found


def acting(mother: Person, child: Person, on: date | None = None) -> Actor:
    return resident_actor(actions.account_of(person=mother).user, mother, on or cast.today(), child.pk)


def asks(by: Actor, child: Person) -> Request:
    return actions.ask_office(by=by, person=child, kind="visit", words="请来")


def test_the_guardian_is_asked_once_before_the_first_change(mother: Person, child: Person) -> None:
    su = acting(mother, child)
    assert su.role == "guardian" and person_for(su, child.pk) == child, "reading needs the link alone"
    with pytest.raises(AskFirst, match="先答应"):
        asks(su, child)
    given = actions.agree_for_child(by=su, person=child, channel=PAGE)
    assert (given.given_by_label, given.helper_label, given.version) == (mother.name, "", 1)
    assert actions.agree_for_child(by=acting(mother, child), person=child, channel=PAGE) == given
    assert asks(acting(mother, child), child).person == child


def test_a_yes_taken_back_is_asked_again_and_what_runs_goes_on(mother: Person, child: Person) -> None:
    given = actions.agree_for_child(by=acting(mother, child), person=child, channel=PAGE)
    running = asks(acting(mother, child), child)
    actions.withdraw(by=acting(mother, child), consent=given)
    with pytest.raises(AskFirst):
        actions.ask_office(by=acting(mother, child), person=child, kind="correct", words="不对", fact="dibao")
    running.refresh_from_db()
    assert running.answered_at is None
    assert actions.agree_for_child(by=acting(mother, child), person=child, channel=PAGE) != given


def test_a_yes_can_be_taken_back_while_another_is_missing(mother: Person, child: Person) -> None:
    other = Consent.objects.create(person=child, kind="texts", version=1, channel=PAGE, given_at=timezone.now())
    assert actions.withdraw(by=acting(mother, child), consent=other).withdrawn_at


def test_a_changed_text_is_asked_anew(mother: Person, child: Person) -> None:
    Consent.objects.create(person=child, kind="child", version=0, channel=PAGE, given_at=timezone.now())
    assert acting(mother, child).held_back


def test_from_the_fourteenth_birthday_nothing_is_asked(mother: Person, child: Person) -> None:
    born = child.birth_date
    assert born is not None
    birthday = born.replace(year=born.year + 14)
    assert acting(mother, child, birthday - timedelta(days=1)).held_back
    assert not acting(mother, child, birthday).held_back
    assert not acting(mother, mother).held_back, "her own affairs"


def test_the_officer_beside_the_guardian_asks_too(mother: Person, child: Person) -> None:
    worker = cast.an_officer("village_worker", cast.VILLAGE, 1)
    sitting = actions.sit_down(by=worker, person=child, channel=Consent.Channel.SPOKEN)
    helper = assisting_actor(worker, sitting, timezone.now())
    assert helper is not None
    with pytest.raises(AskFirst):
        asks(helper, child)
    given = actions.agree_for_child(by=helper, person=child, channel=Consent.Channel.SPOKEN)
    assert given.given_by_label == mother.name and given.helper_label == helper.label
    assert not assisting_actor(worker, sitting, timezone.now()).held_back  # type: ignore[union-attr]


def test_the_child_alone_and_a_stranger_cannot_say_it(mother: Person, child: Person) -> None:
    own = resident_actor(actions.account_of(person=child).user, child, cast.today())
    stranger = acting(cast.new_person(3), child)
    for by in (own, linked_actor(child, 0), stranger, None):
        with pytest.raises(PermissionDenied):
            actions.agree_for_child(by=by, person=child, channel=PAGE)
    child.contact = Person.Contact.GUARDIAN
    assert actions.agree_for_child(by=linked_actor(child, 0), person=child, channel=Consent.Channel.LINK)
