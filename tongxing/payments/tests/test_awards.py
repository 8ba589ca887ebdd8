"""An award begins, changes and ends; the fact that somebody receives it goes with it."""

from __future__ import annotations

import pytest

from tests import cast
from tongxing.journal.models import Entry
from tongxing.payments import actions, months
from tongxing.payments.models import Award, Payment, Rate
from tongxing.payments.queries import rate_of
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, LIVING, Money, ago
from tongxing.registry.models import Status


def test_nothing_is_granted_to_a_person_who_is_dead(money: Money) -> None:
    person = money.person(1)
    person.death_date = cast.today()
    person.save()
    with pytest.raises(Refused, match="去世"):
        money.grant(person)
    with pytest.raises(Refused, match="去世"):
        actions.grant_once(by=money.worker, terms=money.terms(person))
    assert not Award.objects.exists()


def test_what_is_open_already_is_not_granted_again(money: Money) -> None:
    person = money.person(1)
    money.grant(person)
    with pytest.raises(Refused, match="已经在发"):
        money.grant(person, FEN + 1)
    assert Rate.objects.count() == 1


@pytest.mark.parametrize("fen", [0, -1])
def test_an_amount_of_nothing_is_not_granted(money: Money, fen: int) -> None:
    with pytest.raises(Refused, match="0"):
        money.grant(money.person(1), fen)


def test_a_single_sum_is_granted_once_a_month(money: Money) -> None:
    terms = money.terms(money.person(1), policy="wheelchair_fuel")
    actions.grant_once(by=money.worker, terms=terms)
    with pytest.raises(Refused, match="已经批过"):
        actions.grant_once(by=money.worker, terms=terms)
    assert Payment.objects.count() == 1


def test_a_grant_is_a_fact_of_the_registry_until_it_stops(money: Money) -> None:
    person = money.person(1)
    award = money.grant(person)
    fact = Status.objects.get(person=person, fact=f"receives_{LIVING}")
    assert (fact.source, fact.value, fact.until_date) == ("同行发放", "true", None)
    actions.stop(by=money.worker, award=award, from_month=money.month, reason="户籍迁走")
    fact.refresh_from_db()
    assert fact.until_date is not None and fact.until_date <= cast.today()


def test_a_restored_award_is_a_fact_again(money: Money) -> None:
    person = money.person(1)
    award = actions.stop(by=money.worker, award=money.grant(person), from_month=money.month, reason="x")
    actions.restore(by=money.worker, award=award, reason="停错了")
    assert Status.objects.filter(person=person, fact=f"receives_{LIVING}", until_date=None).count() == 1


def test_stopping_twice_keeps_the_first_month_and_reason(money: Money) -> None:
    award = money.grant(money.person(1))
    actions.stop(by=money.worker, award=award, from_month=money.month, reason="低保停了")
    again = actions.stop(by=money.worker, award=award, from_month=months.after(money.month), reason="别的")
    assert (again.until_month, again.stop_reason) == (money.month, "低保停了")


def test_an_award_does_not_end_before_it_begins(money: Money) -> None:
    award = money.grant(money.person(1))
    assert actions.stop(by=money.worker, award=award, from_month=ago(3), reason="x").until_month == money.month


def test_the_newest_rate_that_has_begun_counts(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(3))
    for month, fen in ((ago(1), 9000), (ago(2), 7000), (ago(1), 9500)):
        actions.change_rate(by=money.worker, award=award, from_month=month, monthly_fen=fen, reason="复核")
    assert [rate_of(award, ago(n)) for n in (4, 3, 2, 1, 0)] == [0, FEN, 7000, 9500, 9500]


def test_an_amount_below_zero_is_refused(money: Money) -> None:
    award = money.grant(money.person(1))
    with pytest.raises(Refused, match="小于 0"):
        actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=-1, reason="x")


def test_a_mistake_of_the_last_minutes_leaves_nothing_to_pay(money: Money) -> None:
    person, other = money.person(1), money.person(2)
    award, _ = money.grant(person), money.grant(other)
    money.build()
    actions.take_back(by=money.worker, award=award)
    assert set(Payment.objects.values_list("person", flat=True)) == {other.pk}
    assert money.build().payments == 1
    assert not Status.objects.filter(person=person, fact=f"receives_{LIVING}", until_date=None).exists()


def test_what_a_locked_run_has_is_not_taken_back(money: Money) -> None:
    award = money.grant(money.person(1))
    actions.approve(by=money.checker, run=money.build())
    with pytest.raises(Refused, match="锁定"):
        actions.take_back(by=money.worker, award=award)
    assert Payment.objects.filter(award=award).count() == 1


def test_a_list_that_was_paid_before_us_is_taken_over_once(money: Money) -> None:
    person, other = money.person(1), money.person(2)
    rows = [actions.Taken(p.pk, p.pk, LIVING, FEN, ago(1)) for p in (person, other)]
    assert actions.take_over(by=None, rows=rows) == 2
    assert actions.take_over(by=None, rows=rows) == 0
    assert [award.origin for award in Award.objects.all()] == ["taken_over"] * 2


def test_each_verb_stands_in_the_journal_of_the_person(money: Money) -> None:
    person = money.person(1)
    award = money.grant(person)
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=FEN + 1, reason="复核")
    actions.stop(by=money.worker, award=award, from_month=money.month, reason="x")
    actions.restore(by=money.worker, award=award, reason="停错了")
    said = Entry.objects.filter(subject=f"person:{person.pk}", verb__startswith="pay.").values_list("verb", flat=True)
    assert set(said) == {"pay.granted", "pay.rate_changed", "pay.stopped", "pay.restored"}
