"""What is owed for months gone by: exactly what is missing, however often somebody asks."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from tests import cast
from tongxing.payments import actions
from tongxing.payments.models import Award, Payment
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, Money, ago, owed


def by_month(award: Award) -> list[int]:
    """What is owed for each of the four months up to this one."""
    found = dict(
        Payment.objects.filter(person=award.person_id, policy=award.policy)
        .values_list("month")
        .annotate(fen=Sum("amount_fen"))
    )
    return [found.get(ago(count), 0) for count in (3, 2, 1, 0)]


def test_a_restored_award_is_owed_exactly_the_months_it_missed(money: Money) -> None:
    award, _ = money.grant(money.person(1), month=ago(3)), money.grant(money.person(2), month=ago(3))
    money.settled(ago(3))
    actions.stop(by=money.worker, award=award, from_month=ago(2), reason="查错了")
    money.settled(ago(2))
    money.settled(ago(1))
    assert by_month(award) == [FEN, 0, 0, 0]
    actions.restore(by=money.worker, award=award, reason="停错了")
    assert by_month(award) == [FEN, FEN, FEN, 0]
    assert owed(money.settled()) == {award.person_id: 3 * FEN, 10**12 + 2: FEN}
    assert by_month(award) == [FEN] * 4


def test_restoring_twice_owes_nothing_more(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(2))
    actions.stop(by=money.worker, award=award, from_month=ago(1), reason="x")
    for _ in range(2):
        actions.restore(by=money.worker, award=award, reason="停错了")
    assert Payment.objects.filter(month=ago(1)).count() == 1


def test_the_dead_are_not_restored(money: Money) -> None:
    person = money.person(1)
    award = actions.stop(by=None, award=money.grant(person), from_month=money.month, reason="died")
    person.death_date = cast.today()
    person.save()
    with pytest.raises(Refused, match="去世"):
        actions.restore(by=money.worker, award=award, reason="弄错了")


def test_beside_a_newer_award_the_old_one_is_not_restored(money: Money) -> None:
    person = money.person(1)
    old = actions.stop(by=money.worker, award=money.grant(person), from_month=money.month, reason="x")
    money.grant(person)
    with pytest.raises(Refused, match="另外在发"):
        actions.restore(by=money.worker, award=old, reason="停错了")


def test_asking_for_arrears_twice_owes_nothing_more(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(2))
    first = actions.owe_arrears(by=money.worker, award=award, from_month=ago(2), to_month=ago(1))
    again = actions.owe_arrears(by=money.worker, award=award, from_month=ago(2), to_month=ago(1))
    assert ([payment.month for payment in first], again) == ([ago(2), ago(1)], [])


def test_a_month_that_was_paid_in_full_is_owed_nothing(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    money.settled(ago(1))
    assert actions.owe_arrears(by=money.worker, award=award, from_month=ago(1), to_month=ago(1)) == []


def test_months_before_the_award_are_owed_nothing(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    made = actions.owe_arrears(by=money.worker, award=award, from_month=ago(3), to_month=ago(1))
    assert [payment.month for payment in made] == [ago(1)]


def test_a_rise_in_the_past_owes_the_difference_of_each_month(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(2))
    money.settled(ago(2))
    money.settled(ago(1))
    actions.change_rate(by=money.worker, award=award, from_month=ago(2), monthly_fen=9000, reason="补调")
    actions.owe_arrears(by=money.worker, award=award, from_month=ago(2), to_month=ago(1))
    assert by_month(award) == [0, 9000, 9000, 0]
    assert owed(money.build()) == {award.person_id: 9000 + 2 * 1000}


def test_a_cut_in_the_past_owes_nothing_and_takes_nothing(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    money.settled(ago(1))
    actions.change_rate(by=money.worker, award=award, from_month=ago(1), monthly_fen=5000, reason="复核")
    assert actions.owe_arrears(by=money.worker, award=award, from_month=ago(1), to_month=ago(1)) == []
    assert owed(money.build()) == {award.person_id: 5000}


def test_arrears_of_a_month_still_open_are_not_paid_a_second_time_with_it(money: Money) -> None:
    award = money.grant(money.person(1))
    actions.owe_arrears(by=money.worker, award=award, from_month=money.month, to_month=money.month)
    assert owed(money.build()) == {award.person_id: FEN}


def test_arrears_under_an_open_run_are_not_paid_a_second_time_when_it_is_built_again(money: Money) -> None:
    award = money.grant(money.person(1))
    money.build()
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=9000, reason="复核")
    actions.owe_arrears(by=money.worker, award=award, from_month=money.month, to_month=money.month)
    assert owed(money.build()) == {award.person_id: 9000}


def test_single_sums_of_a_month_count_in_no_monthly_arrears(money: Money) -> None:
    person = money.person(1)
    actions.grant_once(by=money.worker, terms=money.terms(person, 30000, ago(1), "wheelchair_fuel"))
    award = money.grant(person, FEN, ago(1), "wheelchair_fuel")
    made = actions.owe_arrears(by=money.worker, award=award, from_month=ago(1), to_month=ago(1))
    assert [payment.amount_fen for payment in made] == [FEN]


def test_a_month_that_was_made_up_and_corrected_is_left_to_a_person(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    for fen in (FEN, FEN + 1, FEN + 2):
        actions.change_rate(by=money.worker, award=award, from_month=ago(1), monthly_fen=fen, reason="复核")
        if fen < FEN + 2:
            actions.owe_arrears(by=money.worker, award=award, from_month=ago(1), to_month=ago(1))
    with pytest.raises(Refused, match="人工核对"):
        actions.owe_arrears(by=money.worker, award=award, from_month=ago(1), to_month=ago(1))
    assert by_month(award) == [0, 0, FEN + 1, 0]


def test_months_after_a_death_are_not_owed_and_the_month_of_death_is(money: Money) -> None:
    person = money.person(1)
    award = money.grant(person, month=ago(3))
    person.death_date = ago(2).replace(day=15)
    person.save()
    made = actions.owe_arrears(by=money.worker, award=award, from_month=ago(3), to_month=ago(1))
    assert [payment.month for payment in made] == [ago(3), ago(2)]


def test_an_award_stopped_since_the_page_was_opened_is_owed_nothing_more(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(2))
    actions.stop(by=money.worker, award=Award.objects.get(), from_month=ago(1), reason="x")
    made = actions.owe_arrears(by=money.worker, award=award, from_month=ago(2), to_month=ago(1))
    assert [payment.month for payment in made] == [ago(2)]
