"""A month's run: built again it is the same, who cannot be paid is held or drops out, and nobody is paid twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tongxing.payments import actions, months
from tongxing.payments.models import Line, Payment, Run
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, NURSING, Money, ago, owed


def test_building_twice_gives_the_same_run(money: Money) -> None:
    for number in (1, 2, 3):
        money.grant(money.person(number), FEN + number)
    first, again = money.build(), money.build()
    assert (first.pk, first.payments, first.total_fen) == (again.pk, 3, 3 * FEN + 6)
    assert first.digest == again.digest
    assert (Run.objects.count(), Payment.objects.count(), Line.objects.count()) == (1, 3, 3)


def test_while_it_is_open_it_follows_the_records(money: Money) -> None:
    award = money.grant(money.person(1))
    before = money.build()
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=9000, reason="复核")
    money.grant(money.person(2))
    after = money.build()
    assert (after.payments, after.total_fen) == (2, 9000 + FEN)
    assert before.digest != after.digest


def test_once_approved_it_comes_back_as_it_is(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    actions.approve(by=money.checker, run=run)
    money.grant(money.person(2))
    again = money.build()
    assert (again.pk, again.payments, again.state, again.digest) == (run.pk, 1, "checked", run.digest)


def test_a_month_before_the_newest_run_is_not_built(money: Money) -> None:
    money.grant(money.person(1), month=ago(2))
    money.build(ago(1))
    with pytest.raises(Refused, match="后面的月份"):
        money.build(ago(2))
    assert [run.month for run in Run.objects.all()] == [ago(1)]


def test_next_month_may_be_built_and_no_later_one(money: Money) -> None:
    money.grant(money.person(1))
    coming = months.after(money.month)
    assert money.build(coming).payments == 1
    with pytest.raises(Refused, match="下个月"):
        money.build(months.after(coming))


def test_any_day_of_a_month_means_the_month(money: Money) -> None:
    money.grant(money.person(1))
    assert money.build(money.month.replace(day=28)).pk == money.build().pk


def test_who_has_no_account_is_held_and_counts_in_no_sum(money: Money) -> None:
    money.grant(money.person(1))
    money.grant(money.person(2, account=False))
    run = money.build()
    held = Line.objects.get(state="held")
    assert (held.why, held.payment.person_id, held.account_sealed) == ("没有收款账户", 10**12 + 2, None)
    assert (run.payments, run.total_fen, run.held) == (1, FEN, 1)


def test_who_moved_away_is_held_for_somebody_to_look(money: Money) -> None:
    person = money.person(1)
    money.grant(person)
    person.moved_out_date = cast.today()
    person.save()
    money.build()
    assert Line.objects.get().why == "户籍迁走了，等核实"


def test_what_the_bank_sent_back_is_held_while_the_account_is_the_same(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    money.settled(ago(1), back=frozenset({person.pk}))
    run = money.build()
    assert {line.payment.month: (line.state, line.why) for line in run.lines.all()} == {
        ago(1): ("held", "银行退回后还没换账户"),
        money.month: ("planned", ""),
    }


def test_with_a_new_account_the_same_payment_is_tried_again(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    money.settled(ago(1), back=frozenset({person.pk}))
    money.account(person, "6222020000000000001")
    assert owed(money.build()) == {person.pk: 2 * FEN}
    tries = Line.objects.filter(payment__month=ago(1)).order_by("pk")
    assert [line.state for line in tries] == ["returned", "planned"]
    assert Payment.objects.filter(month=ago(1)).count() == 1


def test_what_was_held_is_paid_with_the_next_run_that_can(money: Money) -> None:
    person, other = money.person(1, account=False), money.person(2)
    money.grant(person, month=ago(1))
    money.grant(other, month=ago(1))
    money.settled(ago(1))
    money.account(person, "6222020000000000001")
    assert owed(money.settled()) == {person.pk: 2 * FEN, other.pk: FEN}
    assert Payment.objects.filter(settled_at=None).count() == 0


def test_what_is_on_its_way_is_not_sent_with_the_next_run(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    money.sent(ago(1))
    assert owed(money.build()) == {person.pk: FEN}


def test_the_dead_drop_out_and_the_month_of_death_is_paid(money: Money) -> None:
    person, other = money.person(1), money.person(2)
    for each in (person, other):
        money.grant(each, month=ago(2))
    money.settled(ago(2))
    person.death_date = ago(1)
    person.save()
    assert owed(money.settled(ago(1))) == {person.pk: FEN, other.pk: FEN}
    run = money.build()
    assert owed(run) == {other.pk: FEN}
    gone = run.differences.get(kind="stopped")
    assert (gone.person_id, gone.before_fen, gone.after_fen, gone.reason) == (person.pk, FEN, 0, "已去世")


def test_what_is_left_of_the_dead_is_held_for_the_family(money: Money) -> None:
    person, other = money.person(1, account=False), money.person(2)
    for each in (person, other):
        money.grant(each, month=ago(1))
    money.settled(ago(1))
    money.account(person, "6222020000000000001")
    person.death_date = money.month - timedelta(days=1)
    person.save()
    run = money.build()
    assert [line.why for line in run.lines.filter(state="held")] == ["已去世，等家属来办"]


def test_a_suspended_award_owes_nothing(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    money.grant(money.person(2), month=ago(1))
    money.settled(ago(1))
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=0, reason="全托供养")
    run = money.build()
    assert owed(run) == {10**12 + 2: FEN}
    assert run.differences.get(kind="stopped").reason == "全托供养"


def test_two_policies_of_a_person_are_two_payments(money: Money) -> None:
    person = money.person(1)
    money.grant(person)
    money.grant(person, 5000, policy=NURSING)
    run = money.build()
    assert (run.payments, owed(run)) == (2, {person.pk: FEN + 5000})


def test_a_single_sum_is_paid_once_with_the_next_run(money: Money) -> None:
    person, other = money.person(1), money.person(2)
    actions.grant_once(by=money.worker, terms=money.terms(person, 30000, policy="wheelchair_fuel"))
    money.grant(other)
    assert owed(money.settled()) == {person.pk: 30000, other.pk: FEN}
    assert owed(money.build(months.after(money.month))) == {other.pk: FEN}
