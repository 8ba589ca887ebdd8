"""A protected household moves and stays protected: the old place's people know nothing of the new one."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tongxing.accounts.models import Post
from tongxing.casework import actions as casework
from tongxing.casework.models import Task
from tongxing.casework.queries import queue_for
from tongxing.casework.tests.conftest import TOWNSHIP, People, people
from tongxing.journal.models import Entry
from tongxing.protection import actions
from tongxing.protection.tests.test_protection import as_today, posts, protected
from tongxing.registry.models import Household, Named
from tongxing.registry.places import address_of, village_of
from tongxing.registry.queries import person_for

__all__ = ["people", "posts"]
pytestmark = pytest.mark.django_db
THERE, ADDRESS = "459922100000", "桥头村二组 8 号"
PLACE = actions.Place(cast.FAR_VILLAGE, ADDRESS)
Posts = dict[str, Post]


def named_there(people: People, posts: Posts, place: actions.Place = PLACE, post: str = "far") -> None:
    actions.relocate(by=people.county, person=people.person, place=place, posts=[posts[post].pk])


def test_the_file_names_the_new_county_and_only_the_newly_named_know_more(people: People, posts: Posts) -> None:
    person = protected(people, posts)
    named_there(people, posts)
    town, there = as_today(people.town), as_today(cast.an_officer("township_officer", THERE, 9))
    assert person.village_code == f"{cast.OTHER_COUNTY[:6]}000000" and person.address_sealed is None
    assert person_for(town, person.pk) is None, "named before, and no longer"
    assert (village_of(there, person), address_of(there, person)) == (cast.FAR_VILLAGE, ADDRESS)
    with pytest.raises(PermissionDenied):
        address_of(people.far, person)
    home = Household.objects.get(members__person=person)
    assert {home.village_code} | {m.person.village_code for m in home.members.all()} == {person.village_code}


def test_open_cases_go_on_in_the_new_county(people: People, posts: Posts) -> None:
    case, person = people.at_county(), protected(people, posts)
    casework.claim(by=people.county, case=case)
    named_there(people, posts)
    case.refresh_from_db()
    assert case.division_code == case.village_code == person.village_code
    assert Task.objects.get(case=case, done_at=None).claimed_by_id is None
    assert list(queue_for(people.far)) == [case] and not queue_for(people.county).exists()
    casework.claim(by=people.far, case=case)


def test_within_a_county_a_step_near_home_is_free_for_the_newly_named(people: People, posts: Posts) -> None:
    case = people.applied()
    while case.role != "township_officer":
        casework.accept(by=people.worker, case=case)
        case.refresh_from_db()
    protected(people, posts)
    casework.claim(by=as_today(people.town), case=case)
    named_there(people, posts, actions.Place(cast.NEXT_VILLAGE, "一组 2 号"), "unnamed")
    assert Task.objects.get(case=case, done_at=None).claimed_by_id is None
    colleague = as_today(cast.an_officer("township_officer", TOWNSHIP, 8))
    assert list(queue_for(colleague)) == [case] and not queue_for(as_today(people.town)).exists()


def test_lifted_later_it_is_the_new_place_that_is_open(people: People, posts: Posts) -> None:
    person = protected(people, posts)
    named_there(people, posts)
    actions.lift(by=people.far, person=person, reason="本人说不用了")
    assert (person.village_code, person.opened("address")) == (cast.FAR_VILLAGE, ADDRESS)


@pytest.mark.parametrize(
    ("place", "post", "field"),
    [
        (actions.Place("", ADDRESS), "far", "village"),
        (actions.Place(THERE, ADDRESS), "far", "village"),
        (actions.Place(cast.FAR_VILLAGE, " "), "far", "address"),
        (PLACE, "named", "posts"),
        (PLACE, "county", "posts"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    people: People, posts: Posts, place: actions.Place, post: str, field: str
) -> None:
    person = protected(people, posts)
    with pytest.raises(ValidationError) as why:
        named_there(people, posts, place, post)
    assert why.value.code == field
    assert village_of(as_today(people.town), person) == cast.VILLAGE and Named.objects.count() == 1


def test_who_may_not_protect_does_not_move_and_what_is_open_is_moved_otherwise(people: People, posts: Posts) -> None:
    with pytest.raises(ValidationError, match="没有保护"):
        named_there(people, posts)
    person = protected(people, posts)
    for by in (as_today(people.town), people.far, None):
        with pytest.raises(PermissionDenied):
            actions.relocate(by=by, person=person, place=PLACE, posts=[posts["far"].pk])


def test_the_journal_says_that_it_was_done_and_not_where(people: People, posts: Posts) -> None:
    protected(people, posts)
    actions.relocate(
        by=people.county, person=people.person, place=PLACE, posts=[posts["far"].pk], until_date=date(2099, 1, 1)
    )
    entry = Entry.objects.get(verb="protection.relocated")
    assert entry.subject == f"person:{people.person.pk}" and entry.detail == {}
    assert Named.objects.get(user_id=9).until_date == date(2099, 1, 1)
