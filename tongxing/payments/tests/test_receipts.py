"""A few are drawn by lot and asked whether the money came; an account that was right is paid to again."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.payments import actions
from tongxing.payments.models import Line, Run
from tongxing.payments.months import before, this_month
from tongxing.payments.queries import said_received
from tongxing.payments.refusal import Refused
from tongxing.payments.tests import people

pytestmark = pytest.mark.django_db


def worker(division: str = cast.VILLAGE) -> cast.Actor:
    return cast.an_officer("village_worker", division, 1)


@pytest.fixture
def run() -> Run:
    """Ten paid, and one that the bank sent back."""
    cast.build_divisions()
    for number in range(1, 12):
        people.granted(people.with_account(number), before(this_month()))
    run = people.sent(before(this_month()))
    people.answer(run, {number: "失败,系统超时" if number == 11 else "成功," for number in range(1, 12)})
    run.refresh_from_db()
    return run


def test_the_lot_falls_on_paid_lines_once_and_the_same_way(run: Run) -> None:
    drawn = actions.draw_checks(by=people.checker(), run=run, size=4)
    assert len({check.payment_id for check in drawn}) == 4
    assert {line.state for check in drawn for line in check.payment.lines.all()} == {Line.State.PAID}
    assert actions.draw_checks(by=people.checker(), run=run, size=9) == drawn
    picked = [check.payment_id for check in drawn]
    run.checks.all().delete()
    assert [check.payment_id for check in actions.draw_checks(by=people.checker(), run=run, size=4)] == picked


def test_the_lot_may_take_all_but_not_none(run: Run) -> None:
    with pytest.raises(Refused):
        actions.draw_checks(by=people.checker(), run=run, size=0)
    assert len(actions.draw_checks(by=people.checker(), run=run, size=99)) == 10


def test_answers_are_counted_with_how_sure_one_may_be(run: Run) -> None:
    checks = actions.draw_checks(by=people.checker(), run=run, size=10)
    assert said_received(run) is None
    for number, check in enumerate(checks):
        outcome = "not_received" if number == 0 else "unreached" if number == 1 else "received"
        actions.record_check(by=worker(), check=check, outcome=outcome)
    found = said_received(run)
    assert found is not None
    assert (found.drawn, found.reached, found.received) == (10, 9, 8)
    assert 0.56 < found.low < 0.57 and 0.97 < found.high < 0.99  # Wilson, 95 %, by hand


def test_a_stranger_records_nothing_and_words_must_be_known(run: Run) -> None:
    check = actions.draw_checks(by=people.checker(), run=run, size=1)[0]
    for by in (worker(cast.FAR_VILLAGE), people.sender(), None):
        with pytest.raises(PermissionDenied):
            actions.record_check(by=by, check=check, outcome="received")
    with pytest.raises(Refused, match="收到了"):
        actions.record_check(by=worker(), check=check, outcome="maybe")


def test_who_may_not_approve_draws_no_lot(run: Run) -> None:
    with pytest.raises(PermissionDenied):
        actions.draw_checks(by=worker(), run=run, size=1)


def test_a_right_account_that_the_bank_refused_for_its_own_trouble_is_paid_again_once(run: Run) -> None:
    back = run.lines.get(number=11)
    held = actions.build(month=this_month()).lines.get(payment=back.payment)
    assert held.state == Line.State.HELD
    actions.send_again(by=worker(), line=back, reason="打电话问过，账号没错，是银行系统超时")
    again = people.sent(this_month())
    line = again.lines.get(payment=back.payment)
    assert line.state == Line.State.SENT
    people.answer(again, {line.number: "失败,系统超时"})
    assert actions.build(month=people.next_month()).lines.get(payment=back.payment).state == Line.State.HELD


def test_only_what_came_back_is_sent_again_and_with_a_reason(run: Run) -> None:
    with pytest.raises(Refused, match="退回"):
        actions.send_again(by=worker(), line=run.lines.get(number=1), reason="问过")
    with pytest.raises(Refused, match="怎么核实"):
        actions.send_again(by=worker(), line=run.lines.get(number=11), reason=" ")
    with pytest.raises(PermissionDenied):
        actions.send_again(by=worker(cast.FAR_VILLAGE), line=run.lines.get(number=11), reason="问过")
