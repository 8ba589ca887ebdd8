"""What goes to the bank: only after two approvals, with control sums, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from tongxing.lib.files import read_table
from tongxing.payments import actions
from tongxing.payments.models import Entry, Line
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import FEN, Money, reply


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_there_is_no_file_before_two_have_approved(money: Money) -> None:
    money.grant(money.person(1))
    run = money.build()
    with pytest.raises(Refused, match="两个人批准"):
        actions.bank_file(by=money.treasurer, run=run)
    actions.approve(by=money.checker, run=run)
    with pytest.raises(Refused, match="两个人批准"):
        actions.bank_file(by=money.treasurer, run=run)
    assert not Entry.objects.exists()


def test_its_last_row_is_the_number_and_sum_of_the_others(money: Money) -> None:
    for number in (1, 2, 3):
        money.grant(money.person(number), FEN + number)
    money.grant(money.person(4, account=False))
    run = money.approved()
    rows = rows_of(actions.bank_file(by=money.treasurer, run=run))
    assert rows[0] == ["流水号", "户名", "账号", "金额"]
    assert rows[-1] == ["合计", "3 笔", "", "240.06"]
    assert [row[3] for row in rows[1:-1]] == ["80.01", "80.02", "80.03"]
    assert (run.payments, run.total_fen) == (3, 24006)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_asked_for_again_it_is_the_same_bytes_and_books_nothing(money: Money, form: str) -> None:
    money.grant(money.person(1))
    run = money.approved()
    first = actions.bank_file(by=money.treasurer, run=run, form=form)
    booked = Entry.objects.count()
    assert actions.bank_file(by=money.second_treasurer, run=run, form=form) == first
    assert Entry.objects.count() == booked == 2


def test_the_workbook_bears_the_date_of_its_month_and_not_of_the_clock(money: Money) -> None:
    money.grant(money.person(1))
    content = actions.bank_file(by=money.treasurer, run=money.approved(), form="xlsx")
    said = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert said.count(f"{money.month:%Y-%m-%d}T00:00:00Z") == 2


def test_the_same_run_can_be_had_again_after_the_answer(money: Money) -> None:
    money.grant(money.person(1))
    run = money.approved()
    first = actions.bank_file(by=money.treasurer, run=run)
    money.answer(run, reply(run))
    assert actions.bank_file(by=money.treasurer, run=run) == first


def test_a_name_that_is_a_formula_is_disarmed(money: Money) -> None:
    person = money.person(1)
    person.name = '=HYPERLINK("http://x")'
    person.save()
    money.grant(person)
    rows = rows_of(actions.bank_file(by=money.treasurer, run=money.approved()))
    assert rows[1][1] == '\'=HYPERLINK("http://x")'


def test_a_formula_in_the_workbook_is_text(money: Money) -> None:
    person = money.person(1)
    person.name = "=1+1"
    person.save()
    money.grant(person)
    content = actions.bank_file(by=money.treasurer, run=money.approved(), form="xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_account_keeps_its_leading_zeros(money: Money, form: str) -> None:
    money.grant(money.person(1))
    content = actions.bank_file(by=money.treasurer, run=money.approved(), form=form)
    assert read_table(content, f"x.{form}").rows[0][2] == "000000000000000001"


def test_who_is_held_is_not_in_it_and_keeps_its_number(money: Money) -> None:
    for number in (1, 2, 3):
        money.grant(money.person(number, account=number != 2))
    rows = rows_of(actions.bank_file(by=money.treasurer, run=money.approved()))
    assert [row[0][-5:] for row in rows[1:-1]] == ["00001", "00003"]


def test_sending_marks_the_lines_and_the_run(money: Money) -> None:
    money.grant(money.person(1))
    money.grant(money.person(2, account=False))
    run = money.sent()
    assert (run.state, len(run.file_hash), run.sent_at is not None) == ("sent", 64, True)
    assert sorted(Line.objects.values_list("state", flat=True)) == ["held", "sent"]
