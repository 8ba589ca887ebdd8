"""Two people approve what they saw, neither of them the maker; from the first approval on the lines are frozen."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tongxing.journal.models import Entry
from tongxing.payments import actions, months
from tongxing.payments.actions.building import account_of
from tongxing.payments.models import Approval, Line
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, Money, ago, kinds_of, owed


def test_the_maker_is_never_a_checker(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    with pytest.raises(Refused, match="您做的"):
        actions.approve(by=money.maker, run=run)
    actions.approve(by=money.checker, run=run)
    with pytest.raises(Refused, match="您做的"):
        actions.approve(by=money.maker, run=run)


def test_the_same_person_does_not_approve_twice(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    actions.approve(by=money.checker, run=run)
    with pytest.raises(Refused, match="换一个人"):
        actions.approve(by=money.checker, run=run)
    run.refresh_from_db()
    assert (run.state, Approval.objects.count()) == ("checked", 1)


def test_the_database_itself_wants_two_different_people(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    actions.approve(by=money.checker, run=run)
    same = {"by_user_id": money.checker.user_id, "by_label": "x", "digest": run.digest, "at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(run=run, step=2, **same)


def test_two_approve_and_a_third_is_not_needed(money: Money) -> None:
    money.grant(money.person(1))
    run = money.approved()
    assert (run.state, [a.step for a in run.approvals.all()]) == ("approved", [1, 2])
    with pytest.raises(Refused, match="不用再批准"):
        actions.approve(by=money.second_treasurer, run=run)


def test_a_run_without_a_payment_is_not_approved(money: Money) -> None:
    with pytest.raises(Refused, match="一笔也没有"):
        actions.approve(by=money.checker, run=money.build())


def test_a_page_seen_before_it_was_built_anew_is_not_approved(money: Money) -> None:
    award = money.grant(money.person(1))
    seen = money.build().digest
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=9000, reason="复核")
    run = money.build()
    with pytest.raises(Refused, match="重新做过"):
        actions.approve(by=money.checker, run=run, seen_digest=seen)
    assert actions.approve(by=money.checker, run=run, seen_digest=run.digest).state == "checked"


@pytest.mark.parametrize("change", [{"amount_fen": FEN * 10}, {"state": "held"}, {"number": 7}])
def test_lines_that_somebody_changed_behind_its_back_are_not_approved(money: Money, change: dict[str, object]) -> None:
    money.grant(money.person(1))
    money.grant(money.person(2))
    run = money.build()
    actions.approve(by=money.checker, run=run)
    Line.objects.filter(number=2).update(**change)
    with pytest.raises(Refused, match="指纹"):
        actions.approve(by=money.treasurer, run=run)


def test_an_account_exchanged_behind_its_back_is_not_approved(money: Money) -> None:
    for number in (1, 2):
        money.grant(money.person(number))
    run = money.build()
    line = run.lines.get(number=1)
    place = f"line.{run.pk}.{line.payment_id}"
    Line.objects.filter(pk=line.pk).update(account_sealed=cast.ring().seal("6222020000000000009", place=place))
    with pytest.raises(Refused, match="指纹"):
        actions.approve(by=money.checker, run=run)


def test_a_rate_changed_after_the_lock_counts_next_month(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    run = money.approved(ago(1))
    actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=9000, reason="调标准")
    money.build(ago(1))
    run.refresh_from_db()
    assert run.total_fen == FEN
    assert kinds_of(money.build()) == [("changed", FEN, 9000, "调标准")]


def test_an_account_changed_after_the_lock_counts_next_month(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    run = money.approved(ago(1))
    money.account(person, "6222020000000000001")
    assert account_of(run.lines.get()) == "000000000000000001"
    assert account_of(money.build().lines.get()) == "6222020000000000001"


def test_a_death_after_the_lock_counts_next_month(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    run = money.approved(ago(1))
    person.death_date = months.before(ago(1))
    person.save()
    assert b"000000000000000001" in actions.bank_file(by=money.treasurer, run=run)
    assert kinds_of(money.build()) == [("stopped", FEN, 0, "已去世")]


def test_a_stop_after_the_lock_counts_next_month(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    run = money.approved(ago(1))
    actions.stop(by=money.worker, award=award, from_month=ago(1), reason="查出不符合")
    assert owed(run) == {award.person_id: FEN}
    assert kinds_of(money.build()) == [("stopped", FEN, 0, "查出不符合")]


def test_sent_back_to_the_builder_it_may_be_built_anew_and_needs_both_approvals_again(money: Money) -> None:
    money.grant(money.person(1))
    run = actions.reopen(by=money.checker, run=money.approved(), reason="少了一个人")
    assert (run.state, run.approvals.count()) == ("built", 0)
    money.grant(money.person(2))
    assert money.approved().payments == 2
    assert Entry.objects.filter(verb="pay.approved").count() == 4
    assert Entry.objects.filter(verb="pay.reopened").count() == 1


def test_it_is_not_sent_back_without_a_reason_nor_after_it_was_sent(money: Money) -> None:
    money.grant(money.person(1))
    run = money.approved()
    with pytest.raises(Refused, match="为什么"):
        actions.reopen(by=money.checker, run=run, reason=" ")
    actions.bank_file(by=money.treasurer, run=run)
    with pytest.raises(Refused, match="已交银行"):
        actions.reopen(by=money.checker, run=run, reason="晚了")


def test_what_was_granted_between_building_and_approving_is_owed_with_the_next_run(money: Money) -> None:
    raised = money.grant(money.person(1), month=ago(1))
    run = money.build(ago(1))
    late = money.grant(money.person(2), month=ago(1))
    actions.change_rate(by=money.worker, award=raised, from_month=ago(1), monthly_fen=9000, reason="调标准")
    actions.approve(by=money.checker, run=run)
    actions.approve(by=money.treasurer, run=run)
    assert owed(run) == {raised.person_id: FEN}
    assert owed(money.build()) == {raised.person_id: 9000 + 1000, late.person_id: 2 * FEN}


def test_sent_back_and_built_again_it_takes_in_what_was_owed_with_the_next_run(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    money.grant(money.person(2))
    actions.approve(by=money.checker, run=run)
    actions.reopen(by=money.checker, run=run, reason="少了一个人")
    assert owed(money.build()) == {10**12 + 1: FEN, 10**12 + 2: FEN}
