"""What the bank answers: booked once, or the whole file refused with row and column and nothing booked."""

from __future__ import annotations

import pytest

from tongxing.payments import actions
from tongxing.payments.models import BankReply, Entry, Line, Payment, Run
from tongxing.payments.queries import returned_lines
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, Money, a_file, a_row, ago, reply


@pytest.fixture
def run(money: Money) -> Run:
    """Three people, sent to the bank."""
    for number in (1, 2, 3):
        money.grant(money.person(number))
    return money.sent()


def rows_of(run: Run) -> list[str]:
    return [a_row(run, line) for line in run.lines.order_by("number")]


def refused(money: Money, run: Run, content: bytes, words: str) -> None:
    """Refused in these words, and nothing booked, marked or remembered."""
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words):
        money.answer(run, content)
    assert (Entry.objects.count(), BankReply.objects.count()) == (before, 0)
    assert set(run.lines.values_list("state", flat=True)) == {"sent"}
    assert not Payment.objects.exclude(settled_at=None).exists()


def test_what_was_paid_is_settled_and_the_run_with_it(money: Money, run: Run) -> None:
    said = money.answer(run, reply(run))
    run.refresh_from_db()
    assert (said.paid, said.returned, said.known, run.state) == (3, 0, False, "settled")
    assert not Payment.objects.filter(settled_at=None).exists()


def test_what_was_returned_keeps_the_banks_reason(money: Money, run: Run) -> None:
    said = money.answer(run, reply(run, frozenset({10**12 + 2})))
    back = Line.objects.get(state="returned")
    assert (said.paid, said.returned, back.why) == (2, 1, "账号已销户")
    assert Payment.objects.get(settled_at=None).pk == back.payment_id


def test_a_row_of_another_run_refuses_the_file(money: Money, run: Run) -> None:
    foreign = a_row(run, run.lines.get(number=1)).replace(f"{run.month:%Y%m}-", f"{ago(1):%Y%m}-")
    refused(money, run, a_file(*rows_of(run), foreign), r"第 5 行：流水号 \d{6}-00001 不是这一批的")


def test_a_row_for_somebody_held_refuses_the_file(money: Money) -> None:
    for number in (1, 2):
        money.grant(money.person(number, account=number == 1))
    run = money.sent()
    with pytest.raises(Refused, match=r"第 3 行：流水号 .* 不是这一批的"):
        money.answer(run, a_file(*rows_of(run)))
    assert Entry.objects.count() == 2


def test_a_wrong_amount_refuses_the_file(money: Money, run: Run) -> None:
    rows = [*rows_of(run)[:2], a_row(run, run.lines.get(number=3), fen=FEN - 1)]
    refused(money, run, a_file(*rows), r"第 4 行：金额是 79\.99，我们交的是 80\.00")


@pytest.mark.parametrize("amount", ["", "八十块左右", "80.005", "-80.00", "8O.00"])
def test_an_amount_that_is_none_refuses_the_file(money: Money, run: Run, amount: str) -> None:
    rows = rows_of(run)
    refused(money, run, a_file(rows[0], rows[1].replace("80.00", amount)), "第 3 行：金额")


def test_a_number_that_stands_twice_refuses_the_file(money: Money, run: Run) -> None:
    rows = rows_of(run)
    refused(money, run, a_file(*rows, rows[1]), "第 5 行：流水号 .* 写了两次")


@pytest.mark.parametrize("said", ["", "处理中", "OK", "不成功"])
def test_a_result_in_unknown_words_refuses_the_file(money: Money, run: Run, said: str) -> None:
    rows = [a_row(run, run.lines.get(number=1), said), *rows_of(run)[1:]]
    refused(money, run, a_file(*rows), f"第 2 行：结果“{said}”看不懂")


@pytest.mark.parametrize("column", ["流水号", "金额", "结果"])
def test_a_missing_column_refuses_the_file_by_its_name(money: Money, run: Run, column: str) -> None:
    content = reply(run).decode().replace(column, "备注", 1).encode()
    refused(money, run, content, f"表头里没有“{column}”")


@pytest.mark.parametrize("content", [b"", "流水号,金额,结果,原因\r\n".encode(), b"%PDF-1.7", b"\xff\xfe\x00"])
def test_a_file_with_nothing_in_it_is_refused(money: Money, run: Run, content: bytes) -> None:
    refused(money, run, content, "。")


def test_of_many_mistakes_five_are_said_and_the_rest_counted(money: Money, run: Run) -> None:
    foreign = [f"209901-{number:05},80.00,成功," for number in range(7)]
    refused(money, run, a_file(*foreign), "第 6 行：[^；]*；还有 2 处")


def test_an_answer_before_anything_was_sent_is_refused(money: Money) -> None:
    money.grant(money.person(1))
    run = money.approved()
    with pytest.raises(Refused, match="还没有交银行"):
        money.answer(run, a_file(*rows_of(run)))


def test_the_same_file_twice_changes_nothing(money: Money, run: Run) -> None:
    content = reply(run, frozenset({10**12 + 2}))
    first, before = money.answer(run, content), Entry.objects.count()
    again = money.answer(run, content)
    assert (again.paid, again.returned, first.known, again.known) == (2, 1, False, True)
    assert (Entry.objects.count(), BankReply.objects.count()) == (before, 1)


def test_the_answer_may_come_in_parts(money: Money, run: Run) -> None:
    rows = rows_of(run)
    assert money.answer(run, a_file(rows[0])).paid == 1
    run.refresh_from_db()
    assert run.state == "sent"
    assert money.answer(run, a_file(*rows[1:])).paid == 2
    run.refresh_from_db()
    assert run.state == "settled"


def test_a_later_part_may_repeat_what_was_said_before(money: Money, run: Run) -> None:
    rows = rows_of(run)
    money.answer(run, a_file(rows[0]))
    assert money.answer(run, a_file(*rows)).paid == 2
    assert Entry.objects.count() == 12


def test_the_control_row_of_the_bank_is_passed_over(money: Money, run: Run) -> None:
    assert money.answer(run, a_file(*rows_of(run), "合计,240.00,,")).paid == 3


def test_a_sheet_with_numbers_for_amounts_is_read(money: Money, run: Run) -> None:
    rows = [row.replace("80.00", "80") for row in rows_of(run)]
    assert money.answer(run, a_file(*rows)).paid == 3


def test_a_returned_line_is_listed_until_it_is_tried_again(money: Money) -> None:
    person = money.person(1)
    money.grant(person, month=ago(1))
    money.settled(ago(1), frozenset({person.pk}))
    assert [line.payment.person_id for line in returned_lines()] == [person.pk]
    money.account(person, "6222020000000000001")
    actions.build(month=money.month, by=money.maker)
    assert not returned_lines().exists()
