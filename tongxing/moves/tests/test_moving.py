"""A move is said by the person and takes effect when the township of arrival says yes; then everything has followed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tongxing.casework import actions as casework
from tongxing.casework.models import Task
from tongxing.casework.queries import case_for, queue_for
from tongxing.casework.tests.conftest import TOWNSHIP
from tongxing.journal.models import Entry
from tongxing.moves import actions
from tongxing.moves.models import Move
from tongxing.moves.queries import lately_for, move_for, waiting_for
from tongxing.moves.tests.conftest import ADDRESS, THERE, Home
from tongxing.outbox.models import Message
from tongxing.registry.models import Guardian, Household, Member
from tongxing.registry.queries import household_of, members_of, person_for
from tongxing.residents.actions import ask_office
from tongxing.residents.queries import requests_for

pytestmark = pytest.mark.django_db


def wish(**changes: object) -> actions.Wish:
    said = {"village": cast.FAR_VILLAGE, "address": ADDRESS, "day": str(cast.today())} | changes
    return actions.Wish(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"village": ""}, "village"),
        ({"village": THERE}, "village"),
        ({"address": "  "}, "address"),
        ({"day": str(cast.today() + timedelta(days=90))}, "day"),
        ({"day": str(cast.today() - timedelta(days=400))}, "day"),
        ({"day": "后天"}, "day"),
        ({"day": " "}, "day"),
    ],
)
def test_what_is_missing_is_said_at_its_field(home: Home, said: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as why:
        actions.ask(by=home.own(), person=home.person, wish=wish(**said))
    assert [one.code for one in why.value.error_list] == [field] and not Move.objects.exists()


def test_nothing_changes_before_the_township_says_yes(home: Home) -> None:
    move = home.asked(home.spouse)
    home.person.refresh_from_db()
    assert home.person.village_code == cast.VILLAGE
    assert list(waiting_for(home.there)) == [move] and not waiting_for(home.people.town).exists()
    assert not waiting_for(home.far_county).exists(), "the township answers, not the county"


def test_said_twice_it_waits_once_and_other_words_are_to_be_taken_back_first(home: Home) -> None:
    assert home.asked() == home.asked()
    with pytest.raises(ValidationError, match="先在“我的资料”里撤回"):
        home.asked(village=cast.NEXT_VILLAGE)
    actions.withdraw(by=home.own(), move=Move.objects.get())
    assert actions.withdraw(by=home.own(), move=Move.objects.get()).state == Move.State.WITHDRAWN
    assert home.asked(village=cast.NEXT_VILLAGE).state == Move.State.WAITING


def test_only_the_person_says_it_and_takes_it_back(home: Home) -> None:
    stranger = home.own(home.spouse)
    for by in (stranger, home.people.town, None):
        with pytest.raises(PermissionDenied):
            actions.ask(by=by, person=home.person, wish=wish())
    move = home.asked()
    with pytest.raises(PermissionDenied):
        actions.withdraw(by=stranger, move=move)


def test_only_the_township_of_arrival_confirms_and_once(home: Home) -> None:
    move = home.asked()
    for by in (home.people.town, home.far_county, home.own(), None):
        with pytest.raises(PermissionDenied):
            actions.confirm(by=by, move=move)
        with pytest.raises(PermissionDenied):
            actions.decline(by=by, move=move, words="不在这里")
    actions.confirm(by=home.there, move=move)
    with pytest.raises(PermissionDenied, match="已经答复过"):
        actions.confirm(by=home.there, move=move)
    with pytest.raises(ValidationError, match="撤不回"):
        actions.withdraw(by=home.own(), move=move)
    assert Entry.objects.filter(verb="moves.confirmed").count() == 1


def test_all_that_is_missing_is_said_at_once(home: Home) -> None:
    with pytest.raises(ValidationError) as why:
        actions.ask(by=home.own(), person=home.person, wish=wish(village="", address="", day=""))
    assert [one.code for one in why.value.error_list] == ["village", "address", "day"]


def test_an_address_without_the_village_gets_it(home: Home) -> None:
    move = actions.ask(by=home.own(), person=home.person, wish=wish(address="二组 8 号"))
    actions.confirm(by=home.there, move=move)
    home.person.refresh_from_db()
    assert home.person.opened("address") == "乙县西关镇桥头村二组 8 号"


def test_not_before_the_day(home: Home) -> None:
    move = actions.ask(by=home.own(), person=home.person, wish=wish(day=str(cast.today() + timedelta(days=5))))
    with pytest.raises(ValidationError, match="到那天再确认"):
        actions.confirm(by=home.there, move=move)


def test_the_whole_household_moves_with_what_is_told_of_it(home: Home) -> None:
    house = cast.home_of(home.person)
    home.moved(home.spouse, home.child)
    assert {each.village_code for each in (home.person, home.spouse, home.child)} == {cast.FAR_VILLAGE}
    assert household_of(home.child) == house and Household.objects.get(pk=house.pk).village_code == cast.FAR_VILLAGE
    assert Member.objects.count() == 3, "nobody left it"
    assert home.child.opened("address") == ADDRESS, "the village was typed"


def test_who_moves_alone_has_a_household_and_who_stays_has_a_head(home: Home) -> None:
    old = cast.home_of(home.person)
    home.moved()
    new = household_of(home.person)
    assert new is not None and new != old and new.village_code == cast.FAR_VILLAGE
    assert [(m.person, m.relation) for m in members_of(new)] == [(home.person, "head")]
    assert [(m.person, m.relation) for m in members_of(old)] == [(home.spouse, "head"), (home.child, "child")]
    assert home.spouse.village_code == cast.VILLAGE and home.spouse.opened("address") is None
    ended = Member.objects.get(person=home.person, household=old)
    assert ended.until_date == cast.today() - timedelta(days=3)


def test_a_spouse_who_leaves_with_the_child_is_its_head(home: Home) -> None:
    actions.confirm(by=home.there, move=home.asked(home.child, by=home.spouse))
    new = household_of(home.spouse)
    assert new is not None
    assert [(m.person, m.relation) for m in members_of(new)] == [(home.spouse, "head"), (home.child, "child")]
    assert [m.relation for m in members_of(cast.home_of(home.person))] == ["head"]


def test_somebody_moves_in_with_others(home: Home) -> None:
    host, move = cast.new_person(9, cast.FAR_VILLAGE), home.asked()
    for wrong, code in ((("1", "parent"), "host"), ((str(host.pk), "head"), "relation"), ((host.pk, "?"), "relation")):
        with pytest.raises(ValidationError) as why:
            actions.confirm(by=home.there, move=move, host=actions.Host(int(wrong[0]), wrong[1]))
        assert why.value.code == code
    actions.confirm(by=home.there, move=move, host=actions.Host(host.pk, "parent"))
    joined = household_of(home.person)
    assert joined is not None and joined == household_of(host)
    assert [(m.person, m.relation) for m in members_of(joined)] == [(host, "head"), (home.person, "parent")]


def test_of_whom_no_household_is_held_none_is_guessed(home: Home) -> None:
    Member.objects.filter(person=home.person).delete()
    home.moved()
    assert household_of(home.person) is None and home.person.village_code == cast.FAR_VILLAGE


def test_open_cases_stand_in_the_new_queues_and_nobody_of_the_old_place_has_them(home: Home) -> None:
    case = home.people.at_county()
    casework.claim(by=home.people.county, case=case)
    over = home.people.applied("temporary_relief")
    casework.withdraw(by=home.people.town, case=over, words="不办了")
    due = Task.objects.get(case=case, done_at=None).due_date
    home.moved()
    case.refresh_from_db()
    assert (case.village_code, case.division_code) == (cast.FAR_VILLAGE, cast.OTHER_COUNTY)
    assert list(queue_for(home.far_county)) == [case] and not queue_for(home.people.county).exists()
    task = Task.objects.get(case=case, done_at=None)
    assert (task.claimed_by_id, task.due_date) == (None, due), "free for the new unit, the clock runs on"
    assert case_for(home.far_county, over.number) and not case_for(home.people.county, over.number)
    casework.claim(by=home.far_county, case=case)
    assert case.events.filter(verb="moved").count() == 1 and not over.events.filter(verb="moved").exists()


def test_within_a_county_the_officer_who_has_it_keeps_it(home: Home) -> None:
    case = home.people.at_county()
    casework.claim(by=home.people.county, case=case)
    actions.confirm(by=home.people.town, move=home.asked(village=cast.NEXT_VILLAGE))
    assert Task.objects.get(case=case, done_at=None).claimed_by_id == home.people.county.user_id


def test_a_case_for_the_household_is_for_the_new_one(home: Home) -> None:
    case = home.people.applied("temporary_relief")
    old = cast.home_of(home.person)
    assert case.unit_id == old.pk
    home.moved()
    case.refresh_from_db()
    new = household_of(home.person)
    assert new is not None and case.unit_id == new.pk


def test_both_units_find_it_and_the_old_one_no_longer_finds_the_person(home: Home) -> None:
    move = home.moved()
    for unit in (home.people.town, home.people.worker, home.there, home.far_county):
        assert list(lately_for(unit)) == [move] and move_for(unit, move.pk) == move
    assert person_for(home.people.town, home.person.pk) is None and person_for(home.there, home.person.pk)
    elsewhere = cast.an_officer("township_officer", "459931100000", 9)
    assert move_for(elsewhere, move.pk) is None


def test_what_they_asked_of_offices_goes_along_and_guardians_stay(home: Home) -> None:
    ask_office(by=home.own(), person=home.person, kind="address", words="门牌不对")
    tie = Guardian.objects.create(ward=home.child, guardian=home.person, kind="parent", from_date=cast.today())
    home.moved(home.child)
    assert [r.person for r in requests_for(home.there)] == [home.person]
    assert not requests_for(home.people.town).exists()
    tie.refresh_from_db()
    assert tie.until_date is None


def test_everybody_hears_who_looks_after_them_and_a_grown_up_who_was_named_hears_it_before(home: Home) -> None:
    move = home.asked(home.spouse, home.child)
    assert [m.person for m in Message.objects.all()] == [home.spouse]
    actions.confirm(by=home.there, move=move)
    told = [m for m in Message.objects.filter(once__startswith="moved")]
    assert {m.person for m in told} == {home.person, home.spouse, home.child}
    assert all("乙县西关镇" in m.words for m in told)


def test_not_here_needs_words_and_leaves_all_as_it_was(home: Home) -> None:
    move = home.asked()
    with pytest.raises(ValidationError, match="写一句为什么"):
        actions.decline(by=home.there, move=move, words=" ")
    declined = actions.decline(by=home.there, move=move, words="这个门牌没有人住")
    home.person.refresh_from_db()
    assert declined.answer == "这个门牌没有人住" and home.person.village_code == cast.VILLAGE
    assert home.asked().pk != move.pk, "it can be said again"


def test_of_two_moves_of_one_person_the_second_finds_that_things_have_changed(home: Home) -> None:
    mine, theirs = home.asked(home.spouse), home.asked(village=cast.NEXT_VILLAGE, by=home.spouse)
    actions.confirm(by=home.people.town, move=theirs)
    with pytest.raises(ValidationError, match="变过"):
        actions.confirm(by=home.there, move=mine)
    home.person.refresh_from_db()
    assert home.person.village_code == cast.VILLAGE, "nothing of it was done"


def test_came_by_mistake_they_move_back(home: Home) -> None:
    old = cast.home_of(home.person)
    home.moved()
    back = home.asked(village=cast.VILLAGE)
    actions.confirm(by=home.people.town, move=back, host=actions.Host(home.spouse.pk, "spouse"))
    home.person.refresh_from_db()
    assert home.person.village_code == cast.VILLAGE and household_of(home.person) == old
    assert person_for(home.people.town, home.person.pk) and TOWNSHIP.startswith(home.people.town.prefix)


def test_a_protected_person_is_asked_to_come_and_the_journal_never_names_a_place(home: Home) -> None:
    move = home.moved()
    entries = Entry.objects.filter(verb__startswith="moves.", detail__move=move.pk)
    assert entries and all(set(entry.detail) == {"move"} for entry in entries)
    home.person.village_code = f"{cast.OTHER_COUNTY[:6]}000000"
    home.person.save()
    with pytest.raises(ValidationError, match="受保护"):
        home.asked(village=cast.VILLAGE)
