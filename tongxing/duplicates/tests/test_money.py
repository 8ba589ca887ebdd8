"""After a merge nobody is paid twice, what was held goes to the kept account, and a run says nothing of a change."""

from __future__ import annotations

from tongxing.duplicates.actions import ask, confirm
from tongxing.duplicates.tests.cast import CLERK, SECOND, WHY, filed_twice, found
from tongxing.payments import actions
from tongxing.payments.models import Difference, Line, Payment
from tongxing.payments.months import after, before, this_month
from tongxing.payments.tests.people import ACCOUNT, OTHER_ACCOUNT, builder, granted, locked, with_account
from tongxing.registry.models import Person
from tongxing.residents.actions import change_account


def pair_with_account() -> tuple[Person, Person]:
    """Only the first file has an account."""
    first, second = filed_twice()
    return change_account(by=CLERK, person=first, number=ACCOUNT), second


def merge(first: Person, second: Person) -> None:
    pair = found(first, second)
    ask(by=CLERK, pair=pair, kept=first, words=WHY)
    confirm(by=SECOND, pair=pair)


def test_what_was_held_for_the_other_file_goes_to_the_kept_account_and_stays_its_payment() -> None:
    first, second = pair_with_account()
    granted(second, before(this_month()))
    other = granted(with_account(3, OTHER_ACCOUNT), before(this_month())).person
    locked(before(this_month()))
    assert Line.objects.get(payment__person=second).why == "没有收款账户"
    merge(first, second)
    run = actions.build(by=builder(), month=this_month())
    lines = run.lines.exclude(payment__person=other)
    assert sorted(lines.values_list("payment__person", "state")) == [(first.pk, "planned"), (second.pk, "planned")]
    assert not Difference.objects.filter(run=run).exists()  # the same right as last month: neither new nor stopped


def test_a_month_paid_under_the_other_number_is_not_owed_again() -> None:
    first, second = filed_twice()
    change_account(by=CLERK, person=second, number=ACCOUNT)
    award = granted(second, this_month())
    locked(this_month())
    merge(first, second)
    award.refresh_from_db()
    assert award.person == first
    owed = actions.owe_arrears(by=None, award=award, from_month=this_month(), to_month=this_month())
    assert owed == []
    assert Payment.objects.get().person == second
    run = actions.build(by=builder(), month=after(this_month()))
    assert run.lines.get().payment.person == first
