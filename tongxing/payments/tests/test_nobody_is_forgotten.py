"""Awards that begin, return or rise after a month is locked; and two awards that meet in one month."""

from __future__ import annotations

import pytest

from tongxing.payments import actions
from tongxing.payments.months import before, this_month
from tongxing.payments.refusal import Refused
from tongxing.payments.tests import people

pytestmark = pytest.mark.django_db


def test_a_grant_in_a_month_already_locked_owes_that_month_with_the_next_run() -> None:
    people.granted(people.with_account(1))
    people.locked(this_month())
    late = people.with_account(2)
    people.granted(late)
    actions.build(month=people.next_month())
    assert people.owed(late, this_month()) == 8000
    assert people.owed(late, people.next_month()) == 8000


def test_a_rise_in_a_month_already_locked_owes_the_difference() -> None:
    person = people.with_account(1)
    award = people.granted(person)
    people.locked(this_month())
    actions.change_rate(by=None, award=award, from_month=this_month(), monthly_fen=9000, reason="调高")
    assert people.owed(person, this_month()) == 9000


def test_a_restored_award_gets_the_locked_month_it_missed() -> None:
    person, other = people.with_account(1), people.with_account(2)
    people.granted(other)
    award = people.granted(person)
    actions.stop(by=None, award=award, from_month=this_month(), reason="查错了")
    people.locked(this_month())
    actions.restore(by=None, award=award, reason="查错了")
    assert people.owed(person, this_month()) == 8000


def test_a_stopped_award_still_running_out_refuses_a_second_one_for_the_same_months() -> None:
    person = people.with_account(1)
    award = people.granted(person, before(this_month()))
    actions.stop(by=None, award=award, from_month=people.next_month(), reason="复核")
    with pytest.raises(Refused, match="已经在发"):
        people.granted(person)
    assert people.granted(person, people.next_month()).from_month == people.next_month()
    actions.build(month=people.next_month())
    assert people.owed(person, people.next_month()) == 8000


def test_one_person_gets_a_policy_through_one_unit_only() -> None:
    person = people.with_account(1)
    people.granted(person)
    with pytest.raises(Refused, match="已经在发"):
        actions.grant(by=None, terms=actions.Terms(person, 77, people.POLICY, 8000, this_month()))


def test_taking_over_a_list_with_doubles_makes_one_award_from_the_first_of_the_month() -> None:
    person = people.with_account(1)
    rows = [actions.Taken(person.pk, person.pk, people.POLICY, 8000, this_month().replace(day=17))] * 2
    assert actions.take_over(by=None, rows=rows) == 1
    assert actions.build(month=this_month()).payments == 1
