"""What the bank says late, badly, or only for now."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from tongxing.payments import actions, papers
from tongxing.payments.models import Entry, Line, Run
from tongxing.payments.months import this_month
from tongxing.payments.refusal import Refused
from tongxing.payments.tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> Run:
    """Two people, sent to the bank."""
    for number in (1, 2):
        people.granted(people.with_account(number))
    return people.sent(this_month())


def test_a_payment_sent_back_after_it_was_paid_is_owed_again(run: Run) -> None:
    people.answer(run, {1: "成功,", 2: "成功,"})
    assert people.answer(run, {1: "失败,账号已销户"}) == actions.Reply(0, 1, known=False)
    line = run.lines.get(number=1)
    assert (line.state, line.why, line.payment.settled_at) == (Line.State.RETURNED, "账号已销户", None)
    sums = Entry.objects.values("movement").annotate(fen=Sum("amount_fen"))
    assert {row["fen"] for row in sums} == {0}
    books = Entry.objects.filter(payment=line.payment).values_list("book").annotate(fen=Sum("amount_fen"))
    assert {book: fen for book, fen in books if fen} == {}


def test_an_answer_for_another_amount_is_refused_also_where_the_line_was_answered_before(run: Run) -> None:
    people.answer(run, {1: "成功,"})
    rows = [",".join(papers.REPLY)]
    rows += [f"{papers.reference(run, line)},80.0{line.number % 2},成功," for line in run.lines.all()]
    with pytest.raises(Refused, match="第 2 行"):
        actions.bank_returns(by=people.sender(), run=run, name="回单.csv", content="\n".join(rows).encode())
    assert run.lines.get(number=2).state == Line.State.SENT


def test_a_row_without_its_number_refuses_the_file(run: Run) -> None:
    rows = [",".join(papers.REPLY), f"{papers.reference(run, run.lines.first())},80.00,成功,", ",80.00,失败,销户"]
    with pytest.raises(Refused, match="第 3 行：流水号是空的"):
        actions.bank_returns(by=people.sender(), run=run, name="回单.csv", content="\n".join(rows).encode())


def test_a_corrected_name_does_not_change_the_file_that_went_to_the_bank(run: Run) -> None:
    first = actions.bank_file(by=people.sender(), run=run)
    person = run.lines.get(number=1).payment.person
    type(person).objects.filter(pk=person.pk).update(name="改过名")
    assert actions.bank_file(by=people.sender(), run=run) == first


def test_a_line_changed_behind_the_approvals_is_not_sent() -> None:
    people.granted(people.with_account(1))
    run = people.locked(this_month())
    run.lines.update(amount_fen=999_999)
    with pytest.raises(Refused, match="指纹"):
        actions.bank_file(by=people.sender(), run=run)
