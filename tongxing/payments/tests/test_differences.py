"""Everything that is not as last month stands there with a reason, and nothing else does."""

from __future__ import annotations

from tongxing.payments import actions
from tongxing.payments.models import Payment, Run
from tongxing.payments.tests.conftest import FEN, LIVING, Money, ago


def kinds(run: Run) -> dict[int, tuple[str, int, int, str]]:
    found = run.differences.exclude(kind="held")
    return {d.person_id - 10**12: (d.kind, d.before_fen, d.after_fen, d.reason) for d in found}


def test_who_is_paid_as_last_month_is_no_difference(money: Money) -> None:
    money.grant(money.person(1), month=ago(1))
    money.settled(ago(1))
    run = money.build()
    assert (run.new, run.changed, run.stopped, run.differences.count()) == (0, 0, 0, 0)


def test_each_difference_says_what_it_was_and_why(money: Money) -> None:
    awards = {number: money.grant(money.person(number), month=ago(1)) for number in (1, 2, 3)}
    money.settled(ago(1))
    actions.change_rate(by=money.worker, award=awards[1], from_month=money.month, monthly_fen=9000, reason="调标准")
    actions.stop(by=money.worker, award=awards[2], from_month=money.month, reason="低保停了")
    terms = actions.Terms(money.person(4), 10**12 + 4, LIVING, FEN, money.month, "2611-00001")
    actions.grant(by=money.worker, terms=terms)
    run = money.build()
    assert kinds(run) == {
        1: ("changed", FEN, 9000, "调标准"),
        2: ("stopped", FEN, 0, "低保停了"),
        4: ("new", 0, FEN, "办件 2611-00001 批准"),
    }
    assert (run.new, run.changed, run.stopped) == (1, 1, 1)


def test_the_nights_word_for_death_is_said_in_chinese(money: Money) -> None:
    award = money.grant(money.person(1), month=ago(1))
    money.grant(money.person(2), month=ago(1))
    money.settled(ago(1))
    actions.stop(by=None, award=award, from_month=money.month, reason="died")
    assert kinds(money.build())[1][3] == "已去世"


def test_who_is_held_is_a_difference_with_its_reason(money: Money) -> None:
    money.grant(money.person(1, account=False))
    run = money.build()
    held = run.differences.get(kind="held")
    assert (held.before_fen, held.after_fen, held.reason, run.held) == (FEN, 0, "没有收款账户", 1)


def test_somebody_who_was_taken_over_is_new_with_that_reason(money: Money) -> None:
    person = money.person(1)
    actions.take_over(by=None, rows=[actions.Taken(person.pk, person.pk, LIVING, FEN, money.month)])
    assert kinds(money.build())[1] == ("new", 0, FEN, "从原来的发放名单接过来")


def test_a_run_built_again_has_its_differences_once(money: Money) -> None:
    money.grant(money.person(1))
    money.build()
    assert money.build().differences.count() == 1


def test_they_equal_a_naive_comparison_of_two_months(money: Money) -> None:
    awards = [money.grant(money.person(number), FEN + number, ago(1)) for number in range(12)]
    money.settled(ago(1))
    for number, award in enumerate(awards[:8]):
        if number % 2:
            actions.stop(by=money.worker, award=award, from_month=money.month, reason="停")
        else:
            fen = FEN + number + number % 4
            actions.change_rate(by=money.worker, award=award, from_month=money.month, monthly_fen=fen, reason="调")
    for number in range(12, 15):
        money.grant(money.person(number))
    run = money.build()
    last, now = (
        {p.person_id: p.amount_fen for p in Payment.objects.filter(month=month)} for month in (ago(1), money.month)
    )
    changed = {person for person in now.keys() & last.keys() if now[person] != last[person]}
    assert (run.new, run.changed, run.stopped) == (len(now.keys() - last.keys()), len(changed), len(last.keys() - now))
    assert not run.differences.filter(reason="").exists()
