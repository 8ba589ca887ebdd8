"""S28: where somebody lives is known to named staff and to nobody else, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post
from tongxing.casework import actions as casework
from tongxing.casework.queries import case_for, queue_for
from tongxing.casework.tests.conftest import TOWNSHIP, People, people
from tongxing.journal.models import Entry
from tongxing.moves import actions as moves
from tongxing.moves.queries import lately_for, waiting_for
from tongxing.protection import actions
from tongxing.registry.actions import unmask
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, Person
from tongxing.registry.places import address_of, named_for, named_staff, village_of
from tongxing.registry.queries import person_for, shown_people
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of, ask_office
from tongxing.residents.queries import requests_for

__all__ = ["people"]
pytestmark = pytest.mark.django_db
REASON, ADDRESS = "有人上门威胁过", "东风镇水边村七组 3 号"


@pytest.fixture
def posts(people: People) -> dict[str, Post]:
    """The township officer who is named, another one of the same township, and the county."""
    made = {
        "named": Post(user_id=2, role="township_officer", division_code=TOWNSHIP),
        "unnamed": Post(user_id=8, role="township_officer", division_code=TOWNSHIP),
        "county": Post(user_id=5, role="federation_county", division_code=cast.COUNTY),
        "far": Post(user_id=9, role="township_officer", division_code="459922100000"),
    }
    for post in made.values():
        post.from_date = cast.today()
        post.save()
    person = people.person
    person.address_sealed = ring().seal(ADDRESS, place=f"person.address.{person.pk}")
    person.save()
    mate = cast.new_person(2, with_household=False)
    cast.join(mate, cast.home_of(person), "spouse")
    return made


def protected(people: People, posts: dict[str, Post], **more: object) -> Person:
    actions.protect(by=people.county, person=people.person, reason=REASON, posts=[posts["named"].pk], **more)  # type: ignore[arg-type]
    return people.person


def as_today(actor: Actor) -> Actor:
    """As the middleware makes it."""
    return replace(actor, named=named_for(actor.user_id, cast.today()))


def test_only_the_named_find_the_person_in_the_township(people: People, posts: dict[str, Post]) -> None:
    person = protected(people, posts)
    town, other = as_today(people.town), as_today(cast.an_officer("township_officer", TOWNSHIP, 8))
    assert person_for(town, person.pk) == person and village_of(town, person) == cast.VILLAGE
    assert person_for(other, person.pk) is None
    county = as_today(people.county)
    assert person_for(county, person.pk) == person and village_of(county, person) == cast.COUNTY
    assert shown_people(county, [person.pk]) == {} and shown_people(town, [person.pk]) == {person.pk: person}


def test_everybody_in_the_household_is_kept_with_the_person(people: People, posts: dict[str, Post]) -> None:
    protected(people, posts)
    assert set(Person.objects.values_list("village_code", flat=True)) == {cast.COUNTY}
    assert set(Household.objects.values_list("village_code", flat=True)) == {cast.COUNTY}


def test_the_address_opens_for_the_named_alone(people: People, posts: dict[str, Post]) -> None:
    person, county = protected(people, posts), as_today(people.county)
    assert person.opened("address") is None
    with pytest.raises(PermissionDenied, match="受保护"):
        unmask(person=person, field="address", by=county)
    actions.name_staff(by=county, person=person, post=posts["county"].pk)
    assert unmask(person=person, field="address", by=as_today(people.county)) == ADDRESS
    own = resident_actor(account_of(person=person).user, person, cast.today())
    assert address_of(own, person) == ADDRESS and village_of(own, person) == cast.VILLAGE


def test_cases_that_run_go_on_in_the_hands_of_the_named(people: People, posts: dict[str, Post]) -> None:
    case = people.applied()
    person, other = protected(people, posts), as_today(cast.an_officer("township_officer", TOWNSHIP, 8))
    case.refresh_from_db()
    assert (case.village_code, case.division_code) == (cast.COUNTY, cast.COUNTY)
    assert case_for(other, case.number) is None and not queue_for(other).exists()
    with pytest.raises(PermissionDenied):
        casework.accept(by=other, case=case)
    assert list(queue_for(as_today(people.town))) == [case]
    casework.accept(by=as_today(people.town), case=case)
    fresh = casework.open_case(by=as_today(people.town), person=person, service="telecom_discount")
    assert fresh.village_code == cast.COUNTY


def test_what_the_person_asks_goes_to_the_federation(people: People, posts: dict[str, Post]) -> None:
    person = protected(people, posts)
    own = resident_actor(account_of(person=person).user, person, cast.today())
    made = ask_office(by=own, person=person, kind="address", words="搬到山下村了")
    assert list(requests_for(as_today(people.county))) == [made]
    assert not requests_for(as_today(cast.an_officer("township_officer", TOWNSHIP, 8))).exists()


def test_lifted_everything_is_as_it_was(people: People, posts: dict[str, Post]) -> None:
    case = people.applied()
    before = {
        "person": (people.person.village_code, bytes(people.person.address_sealed or b"")),
        "case": (case.village_code, case.division_code),
        "task": case.tasks.get().division_code,
    }
    person = protected(people, posts)
    for reason in ("", "  "):
        with pytest.raises(ValidationError, match="为什么"):
            actions.lift(by=people.county, person=person, reason=reason)
    actions.lift(by=people.county, person=person, reason="本人说不用了")
    case.refresh_from_db()
    assert before == {
        "person": (person.village_code, bytes(person.address_sealed or b"")),
        "case": (case.village_code, case.division_code),
        "task": case.tasks.get().division_code,
    }
    assert set(Household.objects.values_list("village_code", flat=True)) == {cast.VILLAGE}
    with pytest.raises(ValidationError, match="没有保护"):
        actions.lift(by=people.county, person=person, reason="再来一次")
    assert named_for(2, cast.today()) == frozenset()


def test_a_name_counts_from_its_first_day_to_the_one_before_its_last(people: People, posts: dict[str, Post]) -> None:
    today = cast.today()
    person = protected(people, posts, until_date=today + timedelta(days=2))
    assert named_for(2, today + timedelta(days=1)) and not named_for(2, today + timedelta(days=2))
    assert not named_for(2, today - timedelta(days=1))
    named = named_staff(person, today)[0]
    assert actions.unname(by=people.county, person=person, named=named.pk) == named
    assert actions.unname(by=people.county, person=person, named=named.pk).until_date == today
    assert named_for(2, today) == frozenset()


def test_who_may_not_and_what_is_missing_is_refused(people: People, posts: dict[str, Post]) -> None:
    person, chosen = people.person, [posts["named"].pk]
    for by in (people.town, people.far, cast.an_officer("medical_insurance_county", cast.COUNTY, 7), None):
        with pytest.raises(PermissionDenied):
            actions.protect(by=by, person=person, reason=REASON, posts=chosen)
    with pytest.raises(ValidationError, match="为什么"):
        actions.protect(by=people.county, person=person, reason=" ", posts=chosen)
    for nobody_near in ([], [posts["county"].pk], [posts["far"].pk]):
        with pytest.raises(ValidationError, match="乡镇或村里"):
            actions.protect(by=people.county, person=person, reason=REASON, posts=nobody_near)
    person.refresh_from_db()
    assert not person.is_protected and not Entry.objects.filter(verb__startswith="protection").exists()


def test_asked_twice_it_is_the_same_also_for_a_mate(people: People, posts: dict[str, Post]) -> None:
    person = protected(people, posts)
    mate = Person.objects.exclude(pk=person.pk).get()
    again = actions.protect(by=people.county, person=person, reason="别的", posts=[])
    assert again == actions.protect(by=people.county, person=mate, reason="别的", posts=[])


def test_the_journal_says_that_and_never_where_or_why(people: People, posts: dict[str, Post]) -> None:
    person = protected(people, posts)
    actions.lift(by=people.county, person=person, reason="本人说不用了")
    entries = Entry.objects.filter(verb__startswith="protection").order_by("pk")
    assert [entry.verb for entry in entries] == ["protection.set", "protection.named", "protection.lifted"]
    said = "".join(f"{entry.detail}{entry.subject}" for entry in entries)
    assert not any(word in said for word in (cast.VILLAGE, TOWNSHIP, REASON, "本人说", ADDRESS))


def test_whoever_does_not_know_the_place_is_offered_nobody_of_the_village(
    people: People, posts: dict[str, Post]
) -> None:
    person = protected(people, posts)
    with pytest.raises(ValidationError):
        actions.name_staff(by=as_today(people.colleague), person=person, post=posts["unnamed"].pk)
    assert actions.name_staff(by=as_today(people.colleague), person=person, post=posts["county"].pk)


def test_moves_before_name_the_county_alone_and_one_that_waits_is_taken_back(
    people: People, posts: dict[str, Post]
) -> None:
    person, town = people.person, cast.an_officer("township_officer", "459922100000", 9)
    own = resident_actor(account_of(person=person).user, person, cast.today())
    wish = moves.Wish(cast.FAR_VILLAGE, "二组 8 号", str(cast.today()))
    move = moves.ask(by=own, person=person, wish=wish)
    assert list(waiting_for(town)) == [move]
    protected(people, posts)
    move.refresh_from_db()
    assert (move.state, move.to_code, move.from_code) == ("withdrawn", "459922000000", f"{cast.COUNTY[:6]}000000")
    assert not waiting_for(town).exists() and not lately_for(town).exists()
