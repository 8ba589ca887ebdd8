"""Who speaks for an organisation sees that one and no other, from the day on, and until it ends."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import CITY, COUNTY, today
from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post, User
from tongxing.journal.models import Entry
from tongxing.lib.credit import check_character
from tongxing.organisation.actions.speaking import end_speaking, let_speak
from tongxing.organisation.models import Employer, Spokesperson
from tongxing.organisation.queries import employers_of

pytestmark = pytest.mark.django_db
OURS, THEIRS = (body + check_character(body) for body in ("91459900000007919", "91459900000015838"))


def holder(role: str, division: str) -> User:
    user = User.objects.create(username=f"a-{role}", name=role, password="!")
    Post.objects.create(user=user, role=role, division_code=division, from_date=today())
    return user


def actor(user: User) -> Actor:
    return actor_of(Post.objects.get(user=user))


@pytest.fixture
def security() -> Actor:
    return actor(holder("security_admin", CITY))


@pytest.fixture
def hotel() -> User:
    Employer.objects.create(name="甲酒店", credit_code=OURS, division_code=COUNTY)
    Employer.objects.create(name="乙超市", credit_code=THEIRS, division_code=COUNTY)
    return holder("employer", CITY)


def names(user: User) -> list[str]:
    return [employer.name for employer in employers_of(actor(user))]


def test_one_sees_ones_own_and_nobody_elses(security: Actor, hotel: User) -> None:
    assert names(hotel) == []
    let_speak(user=hotel, credit_code=OURS.lower(), by=security)
    assert names(hotel) == ["甲酒店"]
    let_speak(user=hotel, credit_code=THEIRS, by=security)
    assert names(hotel) == ["乙超市"], "for one at a time"
    assert Spokesperson.objects.get(credit_code=OURS).until_date == today()


def test_saying_it_twice_changes_nothing(security: Actor, hotel: User) -> None:
    first = let_speak(user=hotel, credit_code=OURS, by=security)
    assert let_speak(user=hotel, credit_code=OURS, by=security) == first
    assert Entry.objects.filter(verb="organisation.speaks").count() == 1


def test_after_the_end_there_is_nothing_to_see(security: Actor, hotel: User) -> None:
    let_speak(user=hotel, credit_code=OURS, by=security)
    for _ in range(2):
        end_speaking(user=hotel, by=security)
    assert names(hotel) == []
    assert Entry.objects.filter(verb="organisation.speaks_no_more").count() == 1


def test_a_wrong_code_and_a_user_in_another_post_are_refused_in_words(security: Actor, hotel: User) -> None:
    with pytest.raises(ValidationError, match="18 位"):
        let_speak(user=hotel, credit_code="123", by=security)
    with pytest.raises(ValidationError, match="先给这个人"):
        let_speak(user=holder("planner", CITY), credit_code=OURS, by=security)


def test_nobody_says_it_of_themselves_and_no_stranger_does(hotel: User) -> None:
    for by in (actor(hotel), actor(holder("federation_county", COUNTY)), None):
        with pytest.raises(PermissionDenied):
            let_speak(user=hotel, credit_code=OURS, by=by)
    assert names(hotel) == []


def test_the_row_alone_opens_nothing_without_the_right(security: Actor, hotel: User) -> None:
    let_speak(user=hotel, credit_code=OURS, by=security)
    Post.objects.filter(user=hotel).update(role="planner")
    assert names(hotel) == []
